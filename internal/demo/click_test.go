package demo

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// app is an interactivity endpoint that checks signatures as the real library does.
type app struct {
	t      *testing.T
	got    []slack.InteractionCallback
	slash  []slack.SlashCommand
	answer string
}

func (a *app) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		a.t.Error(err)
	}
	v, err := slack.NewSecretsVerifier(r.Header, SigningSecret)
	if err != nil {
		a.t.Error(err)
	}
	if _, err := v.Write(body); err != nil {
		a.t.Error(err)
	}
	if err := v.Ensure(); err != nil {
		a.t.Error("signature:", err)
	}
	r.Body = io.NopCloser(strings.NewReader(string(body)))
	if r.FormValue("command") != "" {
		c, err := slack.SlashCommandParse(r)
		if err != nil {
			a.t.Error(err)
		}
		a.slash = append(a.slash, c)
	}
	if p := r.FormValue("payload"); p != "" {
		var c slack.InteractionCallback
		if err := json.Unmarshal([]byte(p), &c); err != nil {
			a.t.Error(err)
		}
		a.got = append(a.got, c)
	}
	if _, err := io.WriteString(w, a.answer); err != nil {
		a.t.Error(err)
	}
}

func TestClickIsASignedRequest(t *testing.T) {
	a := &app{t: t}
	srv := httptest.NewServer(a)
	t.Cleanup(srv.Close)
	s, c, _ := office(t, SlackOptions{Request: srv.URL})
	ch, ts, err := c.PostMessage("#care", slack.MsgOptionText("card", false), cardBlocks("case_take"), cardMetadata("new"))
	if err != nil {
		t.Fatal(err)
	}
	ack, err := s.Click(t.Context(), Click{Case: "c7k2", Action: "case_take", User: "U0BEN000001"})
	if err != nil || ack.Via != "http" || ack.Status != 200 {
		t.Fatal(ack, err)
	}
	if len(a.got) != 1 {
		t.Fatal("the app got nothing")
	}
	got := a.got[0]
	if len(got.ActionCallback.BlockActions) != 1 {
		t.Fatalf("%+v", got)
	}
	act := got.ActionCallback.BlockActions[0]
	if got.Type != slack.InteractionTypeBlockActions || got.User.ID != "U0BEN000001" || got.Channel.ID != ch || got.Container.MessageTs != ts ||
		act.ActionID != "case_take" || act.Value != "c7k2:1" || act.BlockID != "do" || got.Message.Metadata.EventPayload["case"] != "c7k2" {
		t.Errorf("payload: %+v", got)
	}
	if _, err := s.Click(t.Context(), Click{Case: "c7k2", Action: "case_more", Option: "Snooze"}); err != nil || a.got[1].ActionCallback.BlockActions[0].SelectedOption.Value != "snooze:c7k2:1" {
		t.Error(err)
	}
	if _, err := s.Click(t.Context(), Click{Case: "c7k2", Action: "case_fly"}); err == nil || !strings.Contains(err.Error(), "case_more, case_take") {
		t.Error(err)
	}
	if _, err := s.Click(t.Context(), Click{Case: "none", Action: "case_take"}); err == nil {
		t.Error("a click on nothing")
	}
	// The response_url may be used five times.
	for i := range 6 {
		res, err := http.Post(got.ResponseURL, "application/json", strings.NewReader(`{"text":"Undo?"}`))
		if err != nil || (res.StatusCode == 200) != (i < 5) {
			t.Errorf("use %d: %v %v", i+1, res, err)
		}
	}
	if last := s.Messages()[5]; last.Ephemeral != "U0BEN000001" || last.Via != "response" {
		t.Errorf("%+v", last)
	}
}

func TestStaleClickPressesTheOldCard(t *testing.T) {
	a := &app{t: t}
	srv := httptest.NewServer(a)
	t.Cleanup(srv.Close)
	s, c, _ := office(t, SlackOptions{Request: srv.URL})
	ch, ts, err := c.PostMessage("#care", slack.MsgOptionText("card", false), cardBlocks("case_take"), cardMetadata("new"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := c.UpdateMessage(ch, ts, slack.MsgOptionText("card", false), cardBlocks("case_answered"), cardMetadata("claimed")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Click(t.Context(), Click{Case: "c7k2", Action: "case_take"}); err == nil {
		t.Error("the button is gone")
	}
	if _, err := s.Click(t.Context(), Click{Case: "c7k2", Action: "case_take", Stale: 1}); err != nil {
		t.Error(err)
	}
}

const modal = `{"type":"modal","callback_id":"outcome","title":{"type":"plain_text","text":"Outcome"},"submit":{"type":"plain_text","text":"Save"},
	"blocks":[{"type":"input","block_id":"o","label":{"type":"plain_text","text":"What"},"element":{"type":"plain_text_input","action_id":"t"}}]}`

func TestModalNeedsAFreshTrigger(t *testing.T) {
	k := newClock()
	a := &app{t: t}
	srv := httptest.NewServer(a)
	t.Cleanup(srv.Close)
	k.t = time.Now() // the library checks the age of signatures against the real clock
	s, c, _ := office(t, SlackOptions{Request: srv.URL, Now: k.now})
	if _, _, err := c.PostMessage("#care", slack.MsgOptionText("card", false), cardBlocks("case_take"), cardMetadata("new")); err != nil {
		t.Fatal(err)
	}
	var view slack.ModalViewRequest
	if err := json.Unmarshal([]byte(modal), &view); err != nil {
		t.Fatal(err)
	}
	click := func() string {
		if _, err := s.Click(t.Context(), Click{Case: "c7k2", Action: "case_take"}); err != nil {
			t.Fatal(err)
		}
		return a.got[len(a.got)-1].TriggerID
	}
	trigger := click()
	v, err := c.OpenView(trigger, view)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.OpenView(trigger, view); err == nil || err.Error() != "exchanged_trigger_id" {
		t.Error(err)
	}
	late := click()
	k.t = k.t.Add(4 * time.Second)
	if _, err := c.OpenView(late, view); err == nil || err.Error() != "expired_trigger_id" {
		t.Error(err)
	}
	if _, err := c.UpdateView(view, "", "wrong", v.ID); err == nil || err.Error() != "hash_conflict" {
		t.Error(err)
	}
	a.answer = `{"response_action":"errors","errors":{"o":"say more"}}`
	filled := map[string]map[string]any{"o": {"t": map[string]any{"type": "plain_text_input", "value": "refunded"}}}
	if _, err := s.Submit(t.Context(), v.ID, filled); err != nil || len(s.Views()) != 1 {
		t.Error("with errors the modal stays", err)
	}
	if got := a.got[len(a.got)-1]; got.View.CallbackID != "outcome" || got.View.State.Values["o"]["t"].Value != "refunded" {
		t.Errorf("%+v", got.View)
	}
	a.answer = ""
	if _, err := s.Submit(t.Context(), v.ID, filled); err != nil || len(s.Views()) != 0 {
		t.Error("the modal closes", err)
	}
	if _, err := c.PublishView("U0ANA000001", slack.HomeTabViewRequest{Type: "home", Blocks: view.Blocks}, ""); err != nil {
		t.Error(err)
	}
}

func TestSlashCommandOverHTTP(t *testing.T) {
	a := &app{t: t, answer: `{"text":"2 open"}`}
	srv := httptest.NewServer(a)
	t.Cleanup(srv.Close)
	s, _, base := office(t, SlackOptions{Request: srv.URL})
	if _, err := http.Get(base + "/api/auth.test"); err != nil { // the workspace learns its address
		t.Fatal(err)
	}
	ack, err := s.Slash(t.Context(), "U0ANA000001", "#care", "/earshot", "queue")
	if err != nil || string(ack.Body) != a.answer || a.slash[0].Text != "queue" || a.slash[0].ChannelID != "C0CARE" {
		t.Error(ack, err, a.slash)
	}
}

// connected runs a Socket Mode client of the real library against a workspace.
func connected(t *testing.T, o SlackOptions, handle func(*socketmode.Client, socketmode.Event)) (*Slack, *slack.Client) {
	t.Helper()
	s, c, _ := office(t, o)
	quiet := socketmode.OptionLog(log.New(io.Discard, "", 0))
	sm := socketmode.New(c, quiet)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- sm.RunContext(ctx) }()
	hello := make(chan struct{}, 9)
	go func() {
		for e := range sm.Events {
			if e.Type == socketmode.EventTypeHello {
				hello <- struct{}{}
			}
			handle(sm, e)
		}
	}()
	t.Cleanup(func() { cancel(); <-done })
	select {
	case <-hello:
	case <-time.After(10 * time.Second):
		t.Fatal("no hello")
	}
	return s, c
}

func TestSocketModeByTheRealLibrary(t *testing.T) {
	s, c := connected(t, SlackOptions{}, func(sm *socketmode.Client, e socketmode.Event) {
		if e.Type == socketmode.EventTypeInteractive {
			if got := e.Data.(slack.InteractionCallback); got.ActionCallback.BlockActions[0].ActionID != "case_take" {
				t.Errorf("%+v", got)
			}
			if err := sm.Ack(*e.Request, map[string]any{"text": "taken"}); err != nil {
				t.Error(err)
			}
		}
	})
	if _, _, err := c.PostMessage("#care", slack.MsgOptionText("card", false), cardBlocks("case_take"), cardMetadata("new")); err != nil {
		t.Fatal(err)
	}
	ack, err := s.Click(t.Context(), Click{Case: "c7k2", Action: "case_take"})
	if err != nil || ack.Via != "socket" || !strings.Contains(string(ack.Body), "taken") {
		t.Errorf("%+v %s %v", ack, ack.Body, err)
	}
	if n := s.Sockets(); n != 1 {
		t.Errorf("%d sockets", n)
	}
}

func TestDeafSocketAndLateAck(t *testing.T) {
	s, c := connected(t, SlackOptions{Ack: 50 * time.Millisecond}, func(*socketmode.Client, socketmode.Event) {})
	if _, _, err := c.PostMessage("#care", slack.MsgOptionText("card", false), cardBlocks("case_take"), cardMetadata("new")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Click(t.Context(), Click{Case: "c7k2", Action: "case_take"}); err == nil || !strings.Contains(err.Error(), "did not acknowledge within 50ms") {
		t.Error(err)
	}
	s.Deafen()
	if s.Sockets() != 1 {
		t.Error("a ghost stays open")
	}
}

func TestSocketTicketIsGoodOnce(t *testing.T) {
	_, c, base := office(t, SlackOptions{})
	sm := socketmode.New(c, socketmode.OptionLog(log.New(io.Discard, "", 0)))
	_, url, err := sm.Open()
	if err != nil || !strings.HasPrefix(url, "ws://") {
		t.Fatal(url, err)
	}
	res, err := http.Get(base + "/socket/unknown")
	if err != nil || res.StatusCode != http.StatusForbidden {
		t.Error(res, err)
	}
}
