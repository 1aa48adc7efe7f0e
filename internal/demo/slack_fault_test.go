package demo

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

func TestOneMessageASecondAChannel(t *testing.T) {
	k := newClock()
	_, c, base := office(t, SlackOptions{Now: k.now})
	post := func(channel string) error {
		_, _, err := c.PostMessage(channel, slack.MsgOptionText("x", false))
		return err
	}
	for range 3 {
		if err := post("#care"); err != nil {
			t.Fatal(err)
		}
	}
	var limited *slack.RateLimitedError
	if err := post("#care"); !errors.As(err, &limited) || limited.RetryAfter != time.Second {
		t.Fatalf("fourth at once: %v", err)
	}
	if err := post("#desk"); err != nil {
		t.Errorf("another channel: %v", err)
	}
	k.t = k.t.Add(time.Second)
	if err := post("#care"); err != nil {
		t.Errorf("a second later: %v", err)
	}
	res, err := http.Post(base+"/hook/care", "application/json", strings.NewReader(`{"text":"by webhook"}`))
	if err != nil || res.StatusCode != http.StatusTooManyRequests || res.Header.Get("Retry-After") != "1" {
		t.Errorf("webhook shares the limit: %v %v", res, err)
	}
}

func TestFaultScript(t *testing.T) {
	s, c, _ := office(t, SlackOptions{Rate: -1})
	post := func(text string) error {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		_, _, err := c.PostMessageContext(ctx, "#care", slack.MsgOptionText(text, false))
		return err
	}
	s.Fail(Fault{Kind: FaultUnavailable}, Fault{Kind: FaultRateLimited, After: 7 * time.Second}, Fault{Kind: FaultTimeout},
		Fault{Kind: FaultLost}, Fault{Kind: FaultCut}, Fault{Kind: FaultSlow, For: time.Millisecond})
	var status slack.StatusCodeError
	if err := post("unavailable"); !errors.As(err, &status) || status.Code != 503 {
		t.Errorf("unavailable: %v", err)
	}
	var limited *slack.RateLimitedError
	if err := post("limited"); !errors.As(err, &limited) || limited.RetryAfter != 7*time.Second {
		t.Errorf("ratelimited: %v", err)
	}
	for _, k := range []string{"timeout", "lost", "cut"} {
		if err := post(k); err == nil {
			t.Errorf("%s: no error", k)
		}
	}
	if err := post("slow"); err != nil {
		t.Errorf("slow: %v", err)
	}
	var texts []string
	for _, m := range s.Messages() {
		texts = append(texts, m.Last().Text)
	}
	if want := []string{"timeout", "cut", "slow"}; !slices.Equal(texts, want) {
		t.Errorf("stored %v, want %v", texts, want)
	}
}

func TestFaultsUntilATimeAndByMethod(t *testing.T) {
	k := newClock()
	s := NewSlack(SlackOptions{Now: k.now})
	s.Fail(Fault{Kind: FaultUnavailable, Until: k.t.Add(time.Hour)}, Fault{Kind: FaultSlow, Method: "chat.update", N: 2})
	if f := s.faults.draw("chat.postMessage", k.t); f.Kind != FaultUnavailable {
		t.Error(f)
	}
	k.t = k.t.Add(time.Hour)
	if f := s.faults.draw("chat.postMessage", k.t); f.Kind != "" {
		t.Error("after the outage", f)
	}
	for i, want := range []FaultKind{FaultSlow, FaultSlow, ""} {
		if f := s.faults.draw("chat.update", k.t); f.Kind != want {
			t.Errorf("update %d: %q, want %q", i, f.Kind, want)
		}
	}
}

func TestChaosIsReproducible(t *testing.T) {
	history := func(seed uint64) []FaultKind {
		s := NewSlack(SlackOptions{})
		s.SetChaos(seed, Chaos{FaultUnavailable: .2, FaultTimeout: .2, FaultSlow: .1})
		var out []FaultKind
		for range 200 {
			out = append(out, s.faults.draw("chat.postMessage", time.Time{}).Kind)
		}
		return out
	}
	a, b, other := history(7), history(7), history(8)
	if !slices.Equal(a, b) || slices.Equal(a, other) {
		t.Error("the same seed must give the same faults, another seed others")
	}
	n := 0
	for _, k := range a {
		if k != "" {
			n++
		}
	}
	if n < 60 || n > 140 {
		t.Errorf("%d of 200 calls failed, want about 100", n)
	}
}
