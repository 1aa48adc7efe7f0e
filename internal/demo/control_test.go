package demo

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/slack-go/slack"
)

func TestControlDrivesFromOutside(t *testing.T) {
	p, _ := stage(t, "day")
	s := NewSlack(SlackOptions{})
	mux := http.NewServeMux()
	Control{Play: p, Slack: s}.Register(mux)
	ask := func(method, path, body string, want int) string {
		t.Helper()
		rec := httptest.NewRecorder()
		mux.ServeHTTP(rec, httptest.NewRequest(method, path, strings.NewReader(body)))
		if rec.Code != want {
			t.Errorf("%s %s: %d %s", method, path, rec.Code, rec.Body)
		}
		return rec.Body.String()
	}
	if got := ask("POST", "/_/step", "", 200); !strings.Contains(got, `"publish":"six-days"`) {
		t.Error(got)
	}
	ask("POST", "/_/step", `{"publish":"pacco"}`, 200)
	ask("POST", "/_/step", `{"publish":"nothing"}`, 400)
	if got := ask("POST", "/_/publish", `{"slug":"own","site":"tidepool","title":"T","text":"Aurelia Air lost my nets."}`, 200); !strings.Contains(got, "http://tidepool.example/entries/own") {
		t.Error(got)
	}
	if got := ask("POST", "/_/comment", `{"on":"own","author":"Hob","text":"Mine, too."}`, 200); !strings.Contains(got, `"n":1`) {
		t.Error(got)
	}
	ask("POST", "/_/edit", `{"on":"own","text":"UPDATE: found."}`, 200)
	ask("POST", "/_/mood", `{"site":"tidepool","mood":"unavailable"}`, 200)
	ask("POST", "/_/fault", `{"kind":"timeout","n":2,"for":"1s","lasting":"5s"}`, 200)
	ask("POST", "/_/fault", `{"kind":"slow","for":"soon"}`, 400)
	ask("POST", "/_/fault", `{"chaos":{"unavailable":0.5},"seed":3}`, 200)
	ask("POST", "/_/fault", `{"heal":true}`, 200)
	ask("POST", "/_/click", `{"case":"c7k2","action":"case_take"}`, 400)
	for _, name := range []string{"messages", "duplicates", "calls", "views", "blogs", "posts", "missed"} {
		var got []any
		if err := json.Unmarshal([]byte(ask("GET", "/_/"+name+".json", "", 200)), &got); err != nil || got == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestChronicleOutlivesTheProcess(t *testing.T) {
	file := filepath.Join(t.TempDir(), "slack.jsonl")
	first, c, _ := office(t, SlackOptions{})
	log, err := OpenChronicle(file, first)
	if err != nil {
		t.Fatal(err)
	}
	ch, ts, err := c.PostMessage("#care", slack.MsgOptionText("one", false), cardMetadata("new"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := c.UpdateMessage(ch, ts, slack.MsgOptionText("two", false)); err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(f, `{"message":{"chan`); err != nil { // a kill in the middle of a line
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	second := NewSlack(SlackOptions{})
	log, err = OpenChronicle(file, second)
	if err != nil {
		t.Fatal(err)
	}
	if m := second.Messages(); len(m) != 1 || m[0].Last().Text != "two" || m[0].Last().Metadata.Text("case") != "c7k2" {
		t.Errorf("%+v", m)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestListenOnEveryAddress(t *testing.T) {
	sites, err := Sites()
	if err != nil {
		t.Fatal(err)
	}
	s, err := Listen("127.0.0.1:0", len(sites))
	if err != nil {
		t.Skip("no loopback addresses besides 127.0.0.1:", err)
	}
	p, err := NewPlay("short", Addresses(s.Port), nil)
	if err != nil {
		t.Fatal(err)
	}
	s.Serve(p.Web)
	for _, h := range p.Web.Hosts() {
		res, err := http.Get("http://" + h + "/")
		if err != nil || res.StatusCode != 200 {
			t.Fatal(h, res, err)
		}
		if err := res.Body.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestLoopbackResolver(t *testing.T) {
	ips, err := Loopback{}.LookupNetIP(t.Context(), "ip", "slowmiles.localhost")
	if err != nil || ips[0].String() != "127.0.0.1" {
		t.Error(ips, err)
	}
	if _, err := (Loopback{}).LookupNetIP(t.Context(), "ip", "slowmiles.example"); err == nil {
		t.Error("no other name is known")
	}
}
