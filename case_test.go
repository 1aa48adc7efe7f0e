package earshot

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// history drives one case through what happens to it, hours after its opening.
type history struct {
	c      Case
	events []Event
	err    error
	next   int64
}

func opened(sla time.Duration) *history {
	o := Opening{Brand: "AAA", Story: 1, Entry: 1, Label: Label{Intent: Complaint, Severity: 2}, Published: day(1), FirstSeen: day(1)}
	if sla > 0 {
		o.SLA = &SLA{Answer: sla}
	}
	h := &history{}
	h.c, h.events = Open("c222", o, Env{Now: day(1)})
	return h
}

func (h *history) env(hours float64) Env {
	return Env{Now: day(1).Add(time.Duration(hours * float64(time.Hour))), History: h.events}
}

func (h *history) take(c Case, events []Event) { h.c, h.events = c, append(h.events, events...) }

func (h *history) tick(hours float64) *history {
	h.take(h.c.Apply(Tick{}, h.env(hours)))
	return h
}

func (h *history) hear(hours float64, kind EvidenceKind, a Answer, due ...time.Time) *history {
	h.next++
	r := Response{ID: h.next, Kind: kind, Answer: a, SaidAt: h.env(hours).Now, FirstSeen: h.env(hours).Now}
	if len(due) > 0 {
		r.Due = due[0]
	}
	h.take(h.c.Apply(r, h.env(hours)))
	return h
}

func (h *history) do(hours float64, verb Verb, args Args) *history {
	h.next++
	c, events, err := h.c.Act(Action{ID: string(verb) + itoa(int(h.next)), Verb: verb, Actor: "ana", Args: args}, h.env(hours))
	h.err = err
	h.take(c, events)
	return h
}

func (h *history) kinds() string {
	var kinds []string
	for _, e := range h.events {
		kinds = append(kinds, string(e.Kind))
	}
	return strings.Join(kinds, " ")
}

func hours(n int) time.Time { return day(1).Add(time.Duration(n) * time.Hour) }

func TestCaseHistories(t *testing.T) {
	tests := []struct {
		name   string
		h      *history
		status Status
		clock  Clock
		events string
	}{
		{"opened", opened(4 * time.Hour), "new", ClockRunning, "opened"},
		{"nobody answers", opened(4 * time.Hour).tick(3).tick(4), "overdue", ClockOverdue, "opened due_soon overdue"},
		{"nobody was promised an answer", opened(0).tick(1000), "new", ClockNone, "opened"},
		{"claimed and late all the same", opened(4*time.Hour).do(1, VerbClaim, Args{}).tick(5), "overdue", ClockOverdue, "opened claimed overdue"},
		{"answered in time", opened(4*time.Hour).hear(2, EvidenceOfficial, AnswerResponded).tick(9), "responded", ClockNone, "opened evidence_added answer_changed"},
		{"seen does not stop the clock", opened(4*time.Hour).hear(1, EvidenceSeen, AnswerSeen).tick(5), "overdue", ClockOverdue, "opened evidence_added answer_changed overdue"},
		{"a promise pauses the clock, and when broken it runs on",
			opened(4*time.Hour).hear(1, EvidencePromise, AnswerPromised, hours(25)).tick(19).tick(25).tick(27).tick(28), "overdue", ClockOverdue,
			"opened evidence_added answer_changed promise_made promise_broken due_soon overdue"},
		{"a promise is told of before it is due, and kept",
			opened(4*time.Hour).hear(1, EvidencePromise, AnswerPromised, hours(25)).tick(22).hear(24, EvidenceAuthorUpdate, AnswerResolved), "resolved", ClockNone,
			"opened evidence_added answer_changed promise_made promise_due evidence_added answer_changed promise_kept resolved"},
		{"the author says it came to nothing", opened(4*time.Hour).hear(1, EvidenceOfficial, AnswerResponded).hear(900, EvidenceAuthorSilence, AnswerNone), "new", ClockRunning,
			"opened evidence_added answer_changed evidence_added reopened"},
		{"closed, then denied", opened(0).do(1, VerbOutcome, Args{Outcome: OutcomeExplained}).hear(50, EvidenceAuthorSilence, AnswerNone), "new", ClockNone,
			"opened closed evidence_added reopened"},
		{"snoozed and awake again", opened(4*time.Hour).do(1, VerbSnooze, Args{Until: hours(10)}).tick(10).tick(12.5), "new", ClockDueSoon, "opened snoozed woke due_soon"},
		{"a claim to speak for the company is confirmed", opened(0).hear(1, EvidenceClaimed, AnswerUnconfirmed).do(2, VerbConfirm, Args{}), "responded", ClockNone,
			"opened evidence_added answer_changed evidence_added answer_changed"},
		{"and another is rejected", opened(0).hear(1, EvidenceClaimed, AnswerUnconfirmed).do(2, VerbReject, Args{}), "new", ClockNone,
			"opened evidence_added answer_changed corrected answer_changed"},
		{"not a complaint at all", opened(0).do(1, VerbCorrect, Args{Intent: NoIntent}), "dismissed", ClockNone, "opened corrected dismissed"},
		{"reopened by a person", opened(0).hear(1, EvidenceOfficial, AnswerResponded).do(2, VerbReopen, Args{}), "new", ClockNone,
			"opened evidence_added answer_changed evidence_added reopened"},
		{"dismissed and undone", func() *history {
			h := opened(0).do(0.1, VerbDismiss, Args{})
			return h.do(0.2, VerbUndo, Args{Undo: h.events[1].Action})
		}(), "new", ClockNone, "opened dismissed undone"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if tt.h.err != nil {
				t.Fatal(tt.h.err)
			}
			if tt.h.c.Status() != tt.status || tt.h.c.Clock.Clock != tt.clock {
				t.Errorf("status %s clock %s, want %s %s", tt.h.c.Status(), tt.h.c.Clock.Clock, tt.status, tt.clock)
			}
			if d := cmp.Diff(tt.events, tt.h.kinds()); d != "" {
				t.Error(d)
			}
			rebuilt(t, tt.h)
		})
	}
}

type failer interface {
	Helper()
	Errorf(string, ...any)
}

// rebuilt proves that the case equals its events, byte by byte, also after the
// events were stored.
func rebuilt(t failer, h *history) {
	t.Helper()
	var stored []Event
	text, err := json.Marshal(h.events)
	err = errors.Join(err, json.Unmarshal(text, &stored))
	want, err1 := json.Marshal(h.c)
	got, err2 := json.Marshal(Rebuild(stored))
	if err := errors.Join(err, err1, err2); err != nil {
		t.Errorf("%v", err)
	}
	if d := cmp.Diff(string(want), string(got)); d != "" {
		t.Errorf("the case is not its events: %s", d)
	}
}

func TestAnyHistoryCanBeRebuilt(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := opened(time.Duration(rapid.IntRange(0, 30).Draw(t, "sla")) * time.Hour)
		at := 0.0
		for range rapid.IntRange(1, 25).Draw(t, "steps") {
			at += rapid.Float64Range(0, 12).Draw(t, "wait")
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				h.tick(at)
			case 1:
				h.hear(at, rapid.SampledFrom(EvidenceKinds).Draw(t, "kind"), rapid.SampledFrom(Answers).Draw(t, "answer"), h.env(at+rapid.Float64Range(-5, 40).Draw(t, "due")).Now)
			case 2:
				verb := rapid.SampledFrom(Verbs).Draw(t, "verb")
				h.do(at, verb, Args{Until: h.env(at + 5).Now, Owner: "ben", Outcome: OutcomeFixed, Text: "x", Intent: rapid.SampledFrom(Intents).Draw(t, "intent"),
					Undo: h.events[len(h.events)-1].Action})
			}
			if h.c.Rev != len(h.events) {
				t.Fatalf("rev %d after %d events", h.c.Rev, len(h.events))
			}
		}
		rebuilt(t, h)
	})
}

func TestTickOfAnythingHappensOnce(t *testing.T) {
	h := opened(4 * time.Hour).tick(5)
	n := len(h.events)
	if h.tick(5).tick(6); len(h.events) != n {
		t.Errorf("ticking again said %s", h.kinds())
	}
	if !h.c.NextTick().IsZero() {
		t.Errorf("an overdue case waits for news, not for %s", h.c.NextTick())
	}
}

func TestTheSlowerClickIsToldWhoWasFaster(t *testing.T) {
	h := opened(0)
	seen := h.c.Rev
	h.do(1, VerbClaim, Args{})
	_, _, err := h.c.Act(Action{ID: "late", Verb: VerbDismiss, Actor: "ben", Rev: seen}, h.env(2))
	var stale *StaleError
	if !errors.As(err, &stale) || stale.Who != "ana" {
		t.Fatalf("got %v, want ana was faster", err)
	}
	h.hear(3, EvidenceSeen, AnswerSeen)
	if _, _, err := h.c.Act(Action{ID: "x", Verb: VerbDismiss, Actor: "ben", Rev: h.c.Last.Seq}, h.env(4)); err != nil {
		t.Errorf("news from Earshot itself made a click stale: %v", err)
	}
}

func TestMergeAndSplit(t *testing.T) {
	older, younger := opened(0), opened(0)
	younger.c.ID = "c333"
	for i := range younger.events {
		younger.events[i].Case = "c333"
	}
	younger.hear(1, EvidenceOfficial, AnswerResponded)
	act := Action{ID: "m", Actor: "ana"}
	a, b, events, err := Merge(older.c, younger.c, act, older.env(2))
	if err != nil || a.Answer != AnswerResponded || a.Voices != 1 || b.Merged != "c222" {
		t.Fatalf("merged: %+v %+v %v", a, b, err)
	}
	a, b, more, err := Split(a, b, act, older.env(3))
	if err != nil || a.Answer != AnswerNone || a.Voices != 0 || b.Merged != "" || b.Answer != AnswerResponded {
		t.Fatalf("split: %+v %+v %v", a, b, err)
	}
	all := append(events, more...)
	for _, h := range []*history{{c: a, events: append(older.events, of("c222", all)...)}, {c: b, events: append(younger.events, of("c333", all)...)}} {
		rebuilt(t, h)
	}
}

func of(id string, events []Event) []Event {
	return slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return e.Case != id })
}

func TestCaseIDsAreUnique(t *testing.T) {
	seen := map[string]bool{}
	for n := range int64(40000) {
		id := CaseID(n + 1)
		if seen[id] || len(id) < 4 {
			t.Fatalf("case %d: id %q", n+1, id)
		}
		seen[id] = true
	}
}

func TestMatch(t *testing.T) {
	labels := Labels{"intent": {"complaint"}, "severity": {"3"}, "tag": {"blogs", "press"}, "lang": {"it"}}
	for text, want := range map[string]bool{
		"":                                     true,
		"intent=complaint":                     true,
		"intent=compliment,complaint":          true,
		"severity=>=3":                         true,
		"severity=>3":                          false,
		"lang=!en,!es":                         true,
		"lang=!it":                             false,
		"tag=press":                            true,
		"tag=!press":                           false,
		`intent=complaint tag="blogs" lang=it`: true,
		"tier=key":                             false,
	} {
		m, err := ParseMatch(text)
		if err != nil {
			t.Fatal(err)
		}
		if m.Holds(labels) != want {
			t.Errorf("%q: %v, want %v", text, !want, want)
		}
	}
	for _, bad := range []string{"nope=1", "intent", "severity=>=x"} {
		if _, err := ParseMatch(bad); err == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}
