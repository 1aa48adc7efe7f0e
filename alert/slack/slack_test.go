package slack

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/alert/alerttest"
)

var care = earshot.Receiver{Name: "care", Slack: &earshot.SlackTarget{Channel: "#care"}}

func bot(t *testing.T) (alerttest.Door, *alerttest.Slack) {
	s := alerttest.NewSlack(t)
	return alerttest.Door{
		Notifier: New(Config{BotToken: s.Token, APIURL: s.URL, Interactive: true}), Receiver: care, Other: s, Edits: true, Buttons: true,
		Secrets: []string{s.Token}, Wait: 7 * time.Second, Inert: inertJSON,
		Kinds: map[alerttest.Fault]alert.ErrorKind{alerttest.Busy: alert.Retry, alerttest.Down: alert.Retry, alerttest.Missing: alert.Gone,
			alerttest.Refused: alert.Invalid, alerttest.Locked: alert.Auth, alerttest.Swallow: alert.InDoubt},
	}, s
}

func TestBot(t *testing.T) {
	alerttest.Run(t, func(t *testing.T) alerttest.Door { d, _ := bot(t); return d })
}

func TestBotWithLinksInsteadOfClicks(t *testing.T) {
	alerttest.Run(t, func(t *testing.T) alerttest.Door {
		d, s := bot(t)
		d.Notifier = New(Config{BotToken: s.Token, APIURL: strings.TrimSuffix(s.URL, "/")})
		return d
	})
}

func TestIncoming(t *testing.T) {
	alerttest.Run(t, func(t *testing.T) alerttest.Door {
		hook := alerttest.NewHook(t, readIncoming)
		return alerttest.Door{
			Notifier: NewIncoming(hook.URL+"/services/T0/B0/secret-path", nil), Receiver: care, Other: hook, Buttons: true, Secrets: []string{"secret-path"}, Wait: 7 * time.Second, Inert: inertJSON,
			Kinds: map[alerttest.Fault]alert.ErrorKind{alerttest.Busy: alert.Retry, alerttest.Down: alert.Retry, alerttest.Missing: alert.Gone,
				alerttest.Refused: alert.Invalid, alerttest.Locked: alert.Auth, alerttest.Swallow: alert.InDoubt},
		}
	})
}

// readIncoming reads a webhook's JSON as a person would.
func readIncoming(r alerttest.HookRequest) alerttest.Delivery {
	var msg struct {
		Text   string          `json:"text"`
		Blocks json.RawMessage `json:"blocks"`
	}
	if err := json.Unmarshal(r.Body, &msg); err != nil {
		return alerttest.Delivery{Text: err.Error()}
	}
	d := alerttest.ReadSlack(msg.Text, msg.Blocks)
	d.ID = r.Header.Get("X-Request-Id")
	return d
}

// alive are the places where Slack would do something: a call, a mention, a
// link in disguise.
var alive = regexp.MustCompile(`<!(here|channel|everyone|subteam)|<@U0ANA>|<#C0|<https://evil|<script|"type":"(broadcast|usergroup)"|(^|[^\p{L}])@(here|channel|everyone)`)

// inertJSON says what hostile text could do in a message. Decoded JSON is what
// Slack reads, so that is what is looked at.
func inertJSON(raw string) error {
	text, err := decoded(raw)
	if err != nil {
		return err
	}
	if hit := alive.FindString(text); hit != "" {
		return fmt.Errorf("%q is alive in %s", hit, text)
	}
	return nil
}

func decoded(raw string) (string, error) {
	raw = strings.NewReplacer(`\u003c`, "<", `\u003e`, ">", `\u0026`, "&", `\u200b`, "\u200b").Replace(raw)
	for _, r := range raw {
		if r < 0x20 && r != '\n' && r != '\t' {
			return "", fmt.Errorf("control character %q", r)
		}
	}
	return raw, nil
}

func TestMetadata(t *testing.T) {
	d, s := bot(t)
	m := d.Card("c7k2/card/1/care")
	receipt, err := d.Notifier.Notify(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	var meta struct {
		Type    string         `json:"event_type"`
		Payload map[string]any `json:"event_payload"`
	}
	if err := json.Unmarshal(s.Message(receipt.Ref["ts"]).Metadata, &meta); err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"key": "c7k2/card/1/care", "case": "c7k2", "rev": 1.0, "url": m.View.URL, "brand": "AAA", "label": "complaint", "status": "new"}
	if meta.Type != "earshot_case" || fmt.Sprint(meta.Payload) != fmt.Sprint(want) {
		t.Errorf("%s %v, want %v", meta.Type, meta.Payload, want)
	}
	m.Alert.Kind, m.Alert.Key, m.Previous = earshot.AlertEdit, "c7k2/edit/2/care", &receipt
	m.View.Case.Work, m.View.Case.Rev = earshot.WorkClaimed, 2
	if _, err := d.Notifier.Notify(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(s.Message(receipt.Ref["ts"]).Metadata, &meta); err != nil {
		t.Fatal(err)
	}
	if meta.Payload["status"] != "claimed" || meta.Payload["key"] != "c7k2/card/1/care" {
		t.Errorf("after an edit: %v", meta.Payload)
	}
}

func TestACardSomebodyDeletedStaysAway(t *testing.T) {
	d, s := bot(t)
	m := d.Card("c7k2/card/1/care")
	receipt, err := d.Notifier.Notify(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	s.Delete(receipt.Ref["ts"])
	m.Alert.Kind, m.Alert.Key, m.Previous = earshot.AlertLine, "c7k2/line/2/care", &receipt
	got, err := d.Notifier.Notify(t.Context(), m)
	if err != nil || got.Skipped == "" || len(s.Deliveries()) != 1 {
		t.Errorf("%+v %v, %d deliveries", got, err, len(s.Deliveries()))
	}
}

func TestFindALineInItsThreadBehindOthers(t *testing.T) {
	d, s := bot(t)
	m := d.Card("c7k2/card/1/care")
	receipt, err := d.Notifier.Notify(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	m.Alert.Kind, m.Alert.Event, m.Previous = earshot.AlertLine, earshot.EventNoted, &receipt
	for i := range 5 {
		m.Alert.Key = fmt.Sprintf("c7k2/line/%d/care", i+2)
		if _, err := d.Notifier.Notify(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	fresh := New(Config{BotToken: s.Token, APIURL: s.URL}) // after a restart nothing is remembered
	got, found, err := fresh.Find(t.Context(), "c7k2/line/2/care", m)
	if err != nil || !found || got.Ref["thread"] != receipt.Ref["ts"] {
		t.Errorf("%+v %v %v", got, found, err)
	}
	m.Previous = nil
	m.Alert.Kind, m.Alert.Key = earshot.AlertCard, "c7k2/card/1/care"
	if got, found, err = fresh.Find(t.Context(), m.Alert.Key, m); err != nil || !found || got.Ref["ts"] != receipt.Ref["ts"] {
		t.Errorf("by channel name: %+v %v %v", got, found, err)
	}
}

func TestAnEditIsNeverInDoubt(t *testing.T) {
	d, s := bot(t)
	m := d.Card("c7k2/card/1/care")
	receipt, err := d.Notifier.Notify(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	m.Alert.Kind, m.Previous = earshot.AlertEdit, &receipt
	s.Fail(alerttest.Swallow)
	_, err = d.Notifier.Notify(t.Context(), m)
	if failed, ok := errors.AsType[*alert.SendError](err); !ok || failed.Kind != alert.Retry {
		t.Errorf("%v, want retry", err)
	}
}

func TestKindOf(t *testing.T) {
	for word, want := range map[string]alert.ErrorKind{
		"ratelimited": alert.Retry, "channel_not_found": alert.Gone, "is_archived": alert.Gone, "not_in_channel": alert.Gone, "invalid_blocks": alert.Invalid,
		"msg_blocks_too_long": alert.Invalid, "invalid_auth": alert.Auth, "token_revoked": alert.Auth, "fatal_error": alert.InDoubt, "something_new": alert.Invalid,
	} {
		if got := kindOf(word); got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
}

// TestAReminderIsTheCardWhereThereIsNone reminds of a case that only a summary
// told of: people get its card, which later changes in place.
func TestAReminderIsTheCardWhereThereIsNone(t *testing.T) {
	d, s := bot(t)
	m := d.Card("c7k2/remind/1/care")
	m.Alert.Kind = earshot.AlertRemind
	r, err := d.Notifier.Notify(t.Context(), m)
	if err != nil || r.Ref["ts"] == "" || r.Skipped != "" {
		t.Fatalf("receipt %+v, %v", r, err)
	}
	got := s.Deliveries()
	if len(got) != 1 || got[0].Thread != "" || got[0].Primary != 1 {
		t.Errorf("delivered %+v, want one card with its primary button", got)
	}
	found, ok, err := d.Notifier.(alert.Finder).Find(t.Context(), m.Alert.Key, m)
	if err != nil || !ok || found.Ref["ts"] != r.Ref["ts"] {
		t.Errorf("looked up: %+v %v %v", found, ok, err)
	}
}
