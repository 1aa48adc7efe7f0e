package web

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"earshot"
)

// program asks the API as one token does.
func (o *office) program(title string, role earshot.Role) func(method, path, body string, headers ...string) (int, map[string]any) {
	o.t.Helper()
	v := &visit{Reader: Reader{Name: "ana", Role: earshot.Admin, Now: o.now}, s: o.s}
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, "/", nil)
	if err != nil {
		o.t.Fatal(err)
	}
	v.r = r
	token, _, err := v.makeToken(title, role)
	if err != nil {
		o.t.Fatal(err)
	}
	return func(method, path, body string, headers ...string) (int, map[string]any) {
		got := o.browser().ask(method, path, body, append([]string{"Authorization", "Bearer " + token, "Content-Type", "application/json"}, headers...)...)
		var out map[string]any
		if got.Body.Len() > 0 {
			if err := json.Unmarshal(got.Body.Bytes(), &out); err != nil {
				o.t.Errorf("%s %s: %v: %s", method, path, err, got.Body)
			}
		}
		return got.Code, out
	}
}

func TestARepeatedRequestIsOneAction(t *testing.T) {
	o := openOffice(t)
	desk, other := o.program("desk", earshot.Responder), o.program("other", earshot.Responder)
	note := `{"case":"` + o.ids["new"] + `","verb":"note","args":{"text":"called them"}}`
	for range 3 {
		if code, out := desk("POST", "/api/v1/actions", note, "Idempotency-Key", "key-1"); code != 200 {
			t.Fatalf("%d %v", code, out)
		}
	}
	if code, out := desk("POST", "/api/v1/actions", strings.Replace(note, "called", "wrote", 1), "Idempotency-Key", "key-1"); code != 422 || out["code"] != "idempotency_reused" {
		t.Errorf("the key for another action: %d %v", code, out)
	}
	if code, _ := other("POST", "/api/v1/actions", note, "Idempotency-Key", "key-1"); code != 200 {
		t.Errorf("somebody else's key-1: %d", code)
	}
	_, out := desk("GET", "/api/v1/cases/"+o.ids["new"], "")
	notes := 0
	for _, e := range out["events"].([]any) {
		if at(e, "kind") == "noted" {
			notes++
		}
	}
	if notes != 2 {
		t.Errorf("%d notes, want one of each program", notes)
	}
	if code, out := desk("POST", "/api/v1/actions", note, "Idempotency-Key", "a b"); code != 400 || out["code"] != "idempotency_key" {
		t.Errorf("a key with a space: %d %v", code, out)
	}
}

func TestAHelpDeskReportsItsAnswer(t *testing.T) {
	o := openOffice(t)
	desk, reader := o.program("desk", earshot.Responder), o.program("reader", earshot.Viewer)
	path := "/api/v1/cases/" + o.ids["overdue"] + "/responses"
	said := o.now.Add(-90 * time.Minute).UTC().Truncate(time.Second)
	body := `{"answer":"responded","said_at":"` + said.Format(time.RFC3339) + `","text":"refunded","link":"https://desk.example/t/1"}`
	if code, _ := reader("POST", path, body); code != http.StatusForbidden {
		t.Errorf("a viewer reports an answer: %d", code)
	}
	code, out := desk("POST", path, body)
	if code != 200 || at(out, "case", "status") != "responded" {
		t.Fatalf("%d %v", code, out)
	}
	evidence := at(out, "case", "evidence").([]any)
	last := evidence[len(evidence)-1]
	if at(last, "actor") != "token:desk" || at(last, "said_at") != said.Format(time.RFC3339) {
		t.Errorf("the evidence is %v", last)
	}
	code, out = desk("POST", "/api/v1/cases/"+o.ids["new"]+"/responses", `{"answer":"responded","outcome":"explained","facet":"policy"}`, "Idempotency-Key", "once")
	if code != 200 || at(out, "case", "status") != "closed" {
		t.Errorf("with an outcome: %d %v", code, out)
	}
	code, out = desk("POST", "/api/v1/cases/"+o.ids["due"]+"/responses", `{"answer":"promised","due":"2026-11-27T17:00:00Z"}`)
	if code != 200 || at(out, "case", "status") != "promised" {
		t.Errorf("a promise: %d %v", code, out)
	}
	for body, want := range map[string]string{`{"answer":"promised"}`: "due", `{"answer":"none"}`: "answer", `{"answer":"responded","link":"javascript:x"}`: "link",
		`{"answer":"responded","said_at":"2031-01-01T00:00:00Z"}`: "said_at", `{"answer":"responded","outcome":"bliss"}`: "outcome", `{"anwser":"x"}`: "body", `{} {}`: "body"} {
		if code, out := desk("POST", path, body); code < 400 || out["code"] != want || out["do"] == nil {
			t.Errorf("%s: %d %v, want the code %s", body, code, out, want)
		}
	}
	if _, _, err := o.act("ben", o.ids["thanks"]); err != nil {
		t.Fatal(err)
	}
	code, out = desk("POST", "/api/v1/cases/"+o.ids["thanks"]+"/responses", `{"answer":"responded","rev":1}`)
	if code != http.StatusConflict || out["who"] != "ben" {
		t.Errorf("a stale rev: %d %v", code, out)
	}
}

// act claims a case for somebody.
func (o *office) act(who, id string) (earshot.CaseView, string, error) {
	view, err := o.do(context.Background(), earshot.Action{ID: "claim-" + id, Case: id, Verb: earshot.VerbClaim, Actor: who, At: o.now})
	return view, id, err
}

func TestWhatIsHandedInIsChecked(t *testing.T) {
	var took []Pushed
	o := openOffice(t, func(opt *Options) {
		opt.Push = func(_ context.Context, p Pushed, by string) (PushResult, error) {
			took = append(took, p)
			return PushResult{Entry: 3, Result: "added"}, nil
		}
	})
	desk := o.program("desk", earshot.Responder)
	code, out := desk("POST", "/api/v1/mentions", `{"url":"https://reviews.example/r/1","text":"Late again.","author":"Ivo","published":"2026-11-20T07:00:00+01:00"}`)
	if code != http.StatusAccepted || out["result"] != "added" || len(took) != 1 || !strings.Contains(out["why"].(string), "/why?url=https%3A%2F%2Freviews.example") {
		t.Fatalf("%d %v", code, out)
	}
	for body, says := range map[string]string{`{"url":"file:///etc/passwd","text":"x"}`: "no web address", `{"url":"https://a.example","text":" "}`: "no text",
		`{"url":"https://a.example","text":"x","kind":"comment"}`: "address of its post", `{"url":"https://a.example","text":"x","lang":"english"}`: "two-letter",
		`{"url":"https://a.example","text":"x","title":"` + strings.Repeat("t", 1001) + `"}`: "too long", `{"url":"https://a.example","text":"` + strings.Repeat("t", maxPushText+1) + `"}`: "too long"} {
		if code, out := desk("POST", "/api/v1/mentions", body); code != 422 || !strings.Contains(out["detail"].(string), says) {
			t.Errorf("%.60s: %d %v", body, code, out)
		}
	}
	if len(took) != 1 {
		t.Errorf("%d entries were taken", len(took))
	}
}
