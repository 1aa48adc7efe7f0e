package demo

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/slack-go/slack"
)

func TestTransportHostsLatencyAndFaults(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := NewTransport(1)
		tr.Handle(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				t.Error(err)
			}
			w.Header().Set("X-Host", r.Host)
			if _, err := w.Write(body); err != nil {
				t.Error(err)
			}
		}), "a.example")
		tr.Handle(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, err := io.WriteString(w, "half"); err != nil {
				t.Error(err)
			}
			panic(http.ErrAbortHandler)
		}), "cut.example")
		tr.Latency(time.Second, 2*time.Second)
		c := tr.Client(0)
		start := time.Now()
		res, err := c.Post("http://a.example/x", "text/plain", strings.NewReader("hello"))
		if err != nil {
			t.Fatal(err)
		}
		if got := text(t, res); got != "hello" || res.Header.Get("X-Host") != "a.example" {
			t.Errorf("%q %v", got, res.Header)
		}
		if took := time.Since(start); took < time.Second || took > 2*time.Second {
			t.Errorf("took %s", took)
		}
		if _, err := c.Get("http://nobody.example/"); err == nil || !strings.Contains(err.Error(), "no such host") {
			t.Error(err)
		}
		res, err = c.Get("http://cut.example/")
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(res.Body); string(b) != "half" || !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%q %v", b, err)
		}
		tr.Down(func(string) error { return ErrRefused })
		if _, err := c.Get("http://a.example/"); !errors.Is(err, error(ErrRefused)) {
			t.Error(err)
		}
		if n := tr.Requests("a.example"); n != 2 {
			t.Errorf("%d requests", n)
		}
	})
}

// TestInDoubtUnderFakeTime is the case the outbox must survive: the message
// stands in the channel, but the sender was never told.
func TestInDoubtUnderFakeTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewSlack(SlackOptions{})
		tr := NewTransport(1)
		tr.Handle(s, "slack.example")
		c := slack.New(BotToken, slack.OptionAPIURL("http://slack.example/api/"), slack.OptionHTTPClient(tr.Client(10*time.Second)))
		s.Fail(Fault{Kind: FaultTimeout, Method: "chat.postMessage"})
		start := time.Now()
		if _, _, err := c.PostMessage("#care", slack.MsgOptionText("card", false), cardMetadata("new")); err == nil {
			t.Fatal("no error")
		}
		if took := time.Since(start); took != 10*time.Second {
			t.Errorf("took %s", took)
		}
		h, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C0CARE", IncludeAllMetadata: true})
		if err != nil || len(h.Messages) != 1 || h.Messages[0].Metadata.EventPayload["case"] != "c7k2" {
			t.Errorf("look-up: %+v %v", h, err)
		}
	})
}

func TestPlayRunsOnFakeTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, err := NewPlay("day", Names("example", ""), nil)
		if err != nil {
			t.Fatal(err)
		}
		var said []time.Duration
		start := time.Now()
		if err := p.Run(t.Context(), 5*time.Second, func(s Step) { said = append(said, time.Since(start)) }); err != nil {
			t.Fatal(err)
		}
		if took := time.Since(start); took != 5*time.Second+p.Story.Length {
			t.Errorf("took %s", took)
		}
		for i, at := range said {
			if want := 5*time.Second + p.Story.Steps[i].At; at != want {
				t.Errorf("step %d at %s, want %s", i, at, want)
			}
		}
	})
}

func TestPlayWaitsForListenersAndStops(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p, err := NewPlay("short", Names("example", ""), nil)
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			for _, s := range p.Web.sources() {
				url := s.Feed
				if url == "" {
					url = s.Base
				}
				get(t, p.Web, url)
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 600*time.Millisecond)
		defer cancel()
		steps := 0
		err = p.Run(ctx, time.Minute, func(Step) { steps++ })
		if !errors.Is(err, context.DeadlineExceeded) || steps != 1 {
			t.Errorf("%d steps, %v", steps, err)
		}
	})
}
