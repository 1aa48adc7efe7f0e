// Package alerttest holds one conformance suite for every notifier, and the
// pretend other sides it talks to on loopback. It is linked into tests only.
package alerttest

import (
	"context"
	"encoding/json"
	"errors"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/internal/words"
)

// Fault is what the other side does with the next request.
type Fault string

// The faults. Swallow takes the message and hangs up before it answers; Cut
// hangs up before it takes anything.
const (
	Busy    Fault = "busy" // 429, or its like, with a wait of seven seconds if the protocol has one
	Down    Fault = "down" // 503, or its like
	Missing Fault = "missing"
	Refused Fault = "refused"
	Locked  Fault = "locked"
	Swallow Fault = "swallow"
)

// Delivery is one message that the other side took.
type Delivery struct {
	ID        string // of the message at the other side
	Text      string // everything a person would read, decoded
	Raw       string // as it came over the wire
	Edited    bool   // an earlier message was changed
	Thread    string // ID of the message whose thread it is in
	Broadcast bool
	Plain     bool // no blocks, no HTML
	Primary   int  // buttons that stand out
}

// Other is a pretend other side.
type Other interface {
	Fail(f Fault)           // the next request
	Deliveries() []Delivery // in order
}

// Door is a notifier with its other side.
type Door struct {
	Notifier alert.Notifier
	Receiver earshot.Receiver
	Other    Other
	Edits    bool     // can change what it sent
	Buttons  bool     // shows buttons
	Secrets  []string // must not stand in any error
	Kinds    map[Fault]alert.ErrorKind
	Wait     time.Duration          // the wait that Busy asks for
	Inert    func(raw string) error // says what hostile text could do; nil checks nothing
}

// Now is the suite's time.
var now = time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC)

// Run holds the notifier to its contract. Each part opens a fresh door.
func Run(t *testing.T, open func(t *testing.T) Door) {
	for name, part := range map[string]func(*testing.T, Door){
		"post": post, "edit": edit, "line": line, "faults": faults, "doubt": doubt, "plain": plainResend,
		"hostile": hostile, "budget": budget, "cancelled": cancelled, "every kind and language": everyKind, "receipt": receipt,
	} {
		t.Run(name, func(t *testing.T) { part(t, open(t)) })
	}
}

// Card is the message of a new complaint for the door's receiver.
func (d Door) Card(key string) alert.Message {
	v := View()
	return alert.Message{Alert: earshot.Alert{Key: key, Subject: v.Case.ID, Case: v.Case.ID, Kind: earshot.AlertCard,
		Step: 1, Event: earshot.EventOpened, Receiver: d.Receiver.Name, Route: "complaints", Created: now, NotBefore: now},
		Receiver: d.Receiver, View: v, Now: now, Zone: time.UTC, Links: alert.Links{Base: "https://earshot.example.org"}, People: map[string]string{"ana": "U0ANA"}}
}

// View is a complaint as the store would show it.
func View() earshot.CaseView {
	c := earshot.Case{ID: "c7k2", Brand: "AAA", Rev: 1, Work: earshot.WorkNew, Answer: earshot.AnswerNone,
		Published: now.Add(-6 * time.Minute), FirstSeen: now, Opened: now,
		Label: earshot.Label{Intent: earshot.Complaint, Sentiment: earshot.Negative, Severity: 3, Facet: earshot.FacetProcess, Confidence: 0.91},
		Clock: earshot.ClockState{Clock: earshot.ClockRunning, Due: now.Add(4 * time.Hour)}}
	return earshot.CaseView{Case: c, Title: "Three hours at the roadside", Quote: "I have called four times. Nobody came.", Lang: "en",
		URL: "https://blog.example.org/roadside?a=1&b=2", Site: "blog.example.org",
		SiteName: "Slow Miles", Kind: earshot.Post, Author: earshot.Author{Name: "Marta Deane"},
		Published: c.Published, FirstSeen: now, Rule: "aaa-roadside", CanAnswer: true,
		Verdict: earshot.Verdict{Evidence: earshot.Passage{Text: "called four times"}}}
}

func (d Door) send(t *testing.T, m alert.Message) alert.Receipt {
	t.Helper()
	r, err := d.Notifier.Notify(t.Context(), m)
	if err != nil {
		t.Fatalf("%s %s: %v", m.Alert.Kind, m.Alert.Key, err)
	}
	return r
}

func (d Door) last(t *testing.T, n int) Delivery {
	t.Helper()
	got := d.Other.Deliveries()
	if len(got) != n {
		t.Fatalf("%d deliveries, want %d", len(got), n)
	}
	return got[n-1]
}

func post(t *testing.T, d Door) {
	m := d.Card("c7k2/card/1/care")
	if r := d.send(t, m); r.Reason() != earshot.ReasonSent {
		t.Errorf("reason %q, want sent", r.Reason())
	}
	got := d.last(t, 1)
	for _, want := range []string{"Complaint", "AAA", "Three hours at the roadside", "I have called four times", "Slow Miles", "Marta Deane"} {
		if !strings.Contains(got.Text, want) {
			t.Errorf("the card does not say %q:\n%s", want, got.Text)
		}
	}
	if d.Buttons && got.Primary != 1 {
		t.Errorf("%d primary buttons, want 1", got.Primary)
	}
}

func edit(t *testing.T, d Door) {
	m := d.Card("c7k2/card/1/care")
	first := d.send(t, m)
	m.Alert.Kind, m.Alert.Key, m.Previous = earshot.AlertEdit, "c7k2/edit/2/care", &first
	m.View.Case.Work, m.View.Case.Owner, m.View.Case.Claimed = earshot.WorkClaimed, "ana", now
	second := d.send(t, m)
	if !d.Edits {
		if second.Skipped == "" || second.Reason() != earshot.ReasonGrouped {
			t.Errorf("an edit that cannot be must be skipped, and say so: %+v", second)
		}
		d.last(t, 1)
		return
	}
	got := d.last(t, 2)
	if !got.Edited || got.ID != d.Other.Deliveries()[0].ID || second.Reason() != earshot.ReasonEdited {
		t.Errorf("not the same message, changed: %+v, %+v", got, second)
	}
	if d.Buttons && !strings.Contains(got.Text, "Mark answered") {
		t.Errorf("the card does not show the next step:\n%s", got.Text)
	}
	m.Previous = nil
	if r := d.send(t, m); d.Buttons && r.Skipped == "" {
		t.Errorf("an edit without a card has nothing to change: %+v", r)
	}
}

func line(t *testing.T, d Door) {
	m := d.Card("c7k2/card/1/care")
	first := d.send(t, m)
	m.Alert.Kind, m.Alert.Key, m.Alert.Event, m.Alert.Step, m.Previous = earshot.AlertLine, "c7k2/line/2/care", earshot.EventOverdue, 2, &first
	m.Alert.Broadcast = true
	m.View.Case.Clock.Clock = earshot.ClockOverdue
	m.View.Latest = earshot.Event{Seq: 2, Kind: earshot.EventOverdue, Data: earshot.EventData{Due: now}}
	d.send(t, m)
	got := d.Other.Deliveries()
	said := got[len(got)-1]
	if !strings.Contains(said.Text, "Overdue") {
		t.Errorf("the line does not say what happened:\n%s", said.Text)
	}
	if d.Edits && d.Buttons && (said.Thread != got[0].ID || !said.Broadcast || !got[len(got)-2].Edited) {
		t.Errorf("want the card edited and a line in its thread, shown in the channel: %+v", got)
	}
}

func faults(t *testing.T, d Door) {
	for _, f := range []Fault{Busy, Down, Missing, Refused, Locked} {
		want, ok := d.Kinds[f]
		if !ok {
			continue
		}
		d.Other.Fail(f)
		_, err := d.Notifier.Notify(t.Context(), d.Card("c7k2/card/1/"+string(f)))
		failed, ok := errors.AsType[*alert.SendError](err)
		if !ok || failed.Kind != want {
			t.Errorf("%s: %v, want kind %s", f, err, want)
			continue
		}
		if f == Busy && failed.After != d.Wait {
			t.Errorf("busy: wait %s, want %s", failed.After, d.Wait)
		}
		d.silent(t, err)
	}
	if n := len(d.Other.Deliveries()); n != 0 {
		t.Errorf("%d deliveries although every request failed", n)
	}
	d.send(t, d.Card("c7k2/card/1/well"))
	d.last(t, 1)
}

// silent checks that the error holds no secret.
func (d Door) silent(t *testing.T, err error) {
	t.Helper()
	for _, s := range d.Secrets {
		if strings.Contains(err.Error(), s) {
			t.Errorf("the error tells a secret: %v", err)
		}
	}
}

func doubt(t *testing.T, d Door) {
	m := d.Card("c7k2/card/1/care")
	d.Other.Fail(Swallow)
	_, err := d.Notifier.Notify(t.Context(), m)
	failed, ok := errors.AsType[*alert.SendError](err)
	if !ok || failed.Kind != d.Kinds[Swallow] {
		t.Fatalf("taken but not answered: %v, want kind %s", err, d.Kinds[Swallow])
	}
	d.silent(t, err)
	finder, ok := d.Notifier.(alert.Finder)
	if !ok {
		if failed.Kind == alert.InDoubt && d.Edits {
			t.Errorf("in doubt, and no way to find out")
		}
		return
	}
	receipt, found, err := finder.Find(t.Context(), m.Alert.Key, m)
	if err != nil || !found || receipt.Reason() != earshot.ReasonSent {
		t.Fatalf("the message is there and is not found: %+v %v %v", receipt, found, err)
	}
	if _, found, err = finder.Find(t.Context(), "c7k2/card/9/care", m); found || err != nil {
		t.Errorf("found a message that was never sent (%v)", err)
	}
	m.Alert.Kind, m.Alert.Key, m.Previous = earshot.AlertEdit, "c7k2/edit/2/care", &receipt
	d.send(t, m)
	if got := d.last(t, 2); got.ID != d.Other.Deliveries()[0].ID {
		t.Errorf("the receipt that was found does not edit the message")
	}
}

func plainResend(t *testing.T, d Door) {
	m := d.Card("c7k2/card/1/care")
	m.Plain = true
	d.send(t, m)
	got := d.last(t, 1)
	if !got.Plain || !strings.Contains(got.Text, "AAA") || !strings.Contains(got.Text, m.View.URL) {
		t.Errorf("want a plain sentence with the address:\n%+v", got)
	}
}

// HostileTexts are what the web may put into a name, a title or a quote.
var HostileTexts = []string{"<!here> <!channel> <!everyone>", "<@U0ANA> <#C0CARE>", "<https://evil.example|your bank>", "&lt;!here&gt; & < >", "@here @channel",
	"*bold* _it_ ~gone~ `code` ```block```", "\r\nBcc: everyone@example.org\r\n\r\nbody", "<script>alert(1)</script><img src=x onerror=alert(1)>",
	"\u202egnihsihp\u202c", "line\u2028separator\u2029", "{who} {time} %s %d", ":tada: :here:", "javascript:alert(1)", "\x00\x01\x1b[31m"}

func hostile(t *testing.T, d Door) {
	all := strings.Join(HostileTexts, " ")
	for _, text := range append(slices.Clone(HostileTexts), all) {
		m := d.Card("c7k2/card/1/care")
		v := &m.View
		for _, field := range []*string{&v.Title, &v.Quote, &v.SiteName, &v.Author.Name, &v.Rule, &v.Verdict.Evidence.Text, &v.Case.Brand, &v.Account, &v.Lang} {
			*field = text
		}
		d.send(t, m)
		got := d.Other.Deliveries()
		if d.Inert == nil {
			continue
		}
		if err := d.Inert(got[len(got)-1].Raw); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	}
	m := d.Card("c7k2/card/2/care")
	m.View.URL = "javascript:alert(1)"
	d.send(t, m)
	if got := d.Other.Deliveries(); d.Buttons && strings.Contains(got[len(got)-1].Raw, `"url":"javascript:`) {
		t.Errorf("a link that is no web page was sent")
	}
}

func budget(t *testing.T, d Door) {
	long := strings.Repeat("Ein sehr langes Wort <&> 很长的句子。", 400)
	m := d.Card("c7k2/card/1/care")
	v := &m.View
	for _, field := range []*string{&v.Title, &v.Quote, &v.SiteName, &v.Author.Name, &v.Rule, &v.Verdict.Evidence.Text, &v.Case.Brand, &v.Account} {
		*field = long
	}
	v.URL = "https://blog.example.org/" + strings.Repeat("x", 2500)
	d.send(t, m)
	m = d.Card("2026-11-20/digest/0/care")
	m.Alert.Kind, m.Alert.Route, m.Alert.Case, m.View = earshot.AlertDigest, "quality", "", earshot.CaseView{}
	for range 300 {
		other := View()
		other.Title, other.SiteName = long, long
		m.Views = append(m.Views, other)
	}
	d.send(t, m) // the other side refuses what breaks its limits
	d.last(t, 2)
}

func cancelled(t *testing.T, d Door) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := d.Notifier.Notify(ctx, d.Card("c7k2/card/1/care"))
	failed, ok := errors.AsType[*alert.SendError](err)
	if !ok || failed.Kind != alert.Retry {
		t.Errorf("cancelled before it left: %v, want kind retry", err)
	}
	if n := len(d.Other.Deliveries()); n != 0 {
		t.Errorf("%d deliveries after a cancel", n)
	}
}

// unfilled is a place in a text that nothing was put into; Slack's own dates
// have two of the kind.
var unfilled = regexp.MustCompile(`\{(n|h|m|d|who|what|site|brand|label|answer|owner|reason|title|text|total|names|ok|date|digest|counts|words|` +
	`expected|authors|sites|case|cases|status|line|evidence)\}`)

func everyKind(t *testing.T, d Door) {
	for _, lang := range words.Languages {
		for _, kind := range []earshot.AlertKind{earshot.AlertEscalate, earshot.AlertDigest, earshot.AlertSummary,
			earshot.AlertWelcome, earshot.AlertSpike, earshot.AlertOps} {
			m := d.Card("x/" + string(kind) + "/" + lang)
			m.Alert.Kind, m.Lang, m.Views, m.Alert.Cases = kind, lang, []earshot.CaseView{View()}, []string{"c7k2"}
			m.Alert.Subject, m.Alert.Route = "held_window:2026-11-20", "quality"
			m.Alert.Ops = &earshot.OpsNotice{Key: "feed:dead", What: "Slow Miles has not been read for 7 days", Do: "open its page"}
			m.Spike = &alert.Spike{ID: "s1", Brand: "AAA", Intent: earshot.Complaint, Count: 41, Expected: 6, Since: now.Add(-3 * time.Hour),
				Authors: 33, Sites: 21, Drivers: []alert.Driver{{Words: "bag belt", Count: 27}}, First: View()}
			m.Health = alert.Health{SourcesOK: 184, Sources: 186, Deaf: []string{"Slow Miles", "Gate Notes"}, Rules: 4, RulesAlive: 4}
			before := len(d.Other.Deliveries())
			d.send(t, m)
			if got := d.Other.Deliveries(); len(got) != before+1 || strings.TrimSpace(got[before].Text) == "" || unfilled.MatchString(got[before].Text) {
				t.Errorf("%s in %s: %+v", kind, lang, got[before:])
			}
		}
	}
}

func receipt(t *testing.T, d Door) {
	r := d.send(t, d.Card("c7k2/card/1/care"))
	raw, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	var back alert.Receipt
	if err := json.Unmarshal(raw, &back); err != nil || len(back.Ref) != len(r.Ref) {
		t.Fatalf("%s: %v", raw, err)
	}
	for k, v := range r.Ref {
		if back.Ref[k] != v {
			t.Errorf("ref %s: %q, was %q", k, back.Ref[k], v)
		}
	}
}
