package earshot

import (
	"encoding/json"
	"testing"
	"time"
)

func TestACauseHasOneKeyHoweverItIsSpelt(t *testing.T) {
	for _, c := range [][2]string{{"Wrong-region dispatch", "wrong region dispatch"}, {"  WRONG region,  dispatch!", "wrong region dispatch"},
		{"Tarifa (Año 2)", "tarifa año 2"}, {"派错地区", "派错地区"}, {" -- ", ""}} {
		if got := CauseKey(c[0]); got != c[1] {
			t.Errorf("CauseKey(%q) = %q, want %q", c[0], got, c[1])
		}
	}
}

func TestClosingsFollowTheEvents(t *testing.T) {
	h := opened(0)
	h.do(1, VerbOutcome, Args{Outcome: OutcomeFixed, Cause: "wrong region"}).do(1.1, VerbUndo, Args{Undo: "outcome1"})
	if got := Closings(h.events); len(got) != 0 || h.err != nil {
		t.Errorf("what was undone is listed: %+v %v", got, h.err)
	}
	h.do(2, VerbOutcome, Args{Outcome: OutcomeFixed})
	if !h.c.WantsCause() {
		t.Error("closed without a cause, and nobody asks")
	}
	h.do(2.5, VerbOutcome, Args{Cause: " late truck ", Facet: FacetProcess, Link: "https://kb.example/7"})
	if h.err != nil || h.c.WantsCause() || h.c.CauseName != "late truck" || h.c.Outcome != OutcomeFixed || h.c.Closed != h.env(2).Now {
		t.Errorf("the cause named later: %+v %v", h.c, h.err)
	}
	if h.do(3, VerbOutcome, Args{Outcome: OutcomeFixed, Cause: "other"}); h.err == nil {
		t.Error("a cause that was named is overwritten")
	}
	h.do(4, VerbReopen, Args{}).do(5, VerbOutcome, Args{Outcome: OutcomeCompensated, Cause: "weather"})
	got := Closings(h.events)
	if len(got) != 2 || got[0].Cause != "late truck" || got[0].At != h.env(2).Now || got[0].Reopened != h.env(4).Now || got[0].Fixed() ||
		got[1].Cause != "weather" || !got[1].Reopened.IsZero() || got[1].Brand != "AAA" {
		t.Errorf("closings: %+v", got)
	}
	same(t, h)
}

func TestAFollowUpIsAskedInOpenHoursAndEnds(t *testing.T) {
	office := Calendar{Name: "office", Hours: officeHours(t)}
	h := opened(time.Hour)
	h.c.SLA.Calendar = "office"
	env := func(at time.Time) Env {
		return Env{Now: at, History: h.events, FollowUp: 6 * 24 * time.Hour, Calendar: func(string) Calendar { return office }}
	}
	monday := time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)
	act := func(at time.Time, id string, verb Verb, args Args) {
		c, events, err := h.c.Act(Action{ID: id, Verb: verb, Actor: "ana", Args: args}, env(at))
		if err != nil {
			t.Fatal(err)
		}
		h.take(c, events)
	}
	tick := func(at time.Time) { h.take(h.c.Apply(Tick{}, env(at))) }
	act(monday, "a", VerbOutcome, Args{Outcome: OutcomeFixed, Cause: "x"})
	due := time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC) // six days later is a Sunday
	if h.c.FollowUp.Due != due || h.c.NextTick() != due {
		t.Errorf("due %s, next look %s, want %s", h.c.FollowUp.Due, h.c.NextTick(), due)
	}
	if tick(due.Add(-time.Minute)); h.c.FollowUp.State != "" {
		t.Error("asked too early")
	}
	n := len(h.events)
	tick(due)
	tick(due.Add(time.Hour))
	if h.c.FollowUp.State != FollowAsked || len(h.events) != n+1 || h.events[n].Kind != EventFollowUp {
		t.Errorf("at its time: %+v, %d events", h.c.FollowUp, len(h.events)-n)
	}
	act(due.Add(2*time.Hour), "b", VerbConfirm, Args{})
	if h.c.FollowUp.State != FollowDone || h.c.Answer != AnswerResolved {
		t.Errorf("after yes: %+v %s", h.c.FollowUp, h.c.Answer)
	}
	act(due.Add(2*time.Hour+time.Minute), "c", VerbUndo, Args{Undo: "b"})
	if h.c.FollowUp.State != FollowAsked {
		t.Errorf("after the undo: %+v", h.c.FollowUp)
	}
	act(due.Add(3*time.Hour), "d", VerbReopen, Args{})
	if h.c.FollowUp != (FollowUp{}) || !h.c.Open() {
		t.Errorf("after no: %+v %s", h.c.FollowUp, h.c.Work)
	}
	same(t, h)
}

func TestWhatWasResolvedLongAgoIsNotAskedAbout(t *testing.T) {
	h := opened(0)
	env := Env{Now: day(20), FollowUp: 7 * 24 * time.Hour}
	c, _ := h.c.Apply(Response{ID: 1, Kind: EvidenceAuthorUpdate, Answer: AnswerResolved, SaidAt: day(2), FirstSeen: day(20)}, env)
	if c.Answer != AnswerResolved || c.FollowUp != (FollowUp{}) {
		t.Errorf("resolved 18 days ago: %+v", c.FollowUp)
	}
	c, _ = h.c.Apply(Response{ID: 1, Kind: EvidenceAuthorUpdate, Answer: AnswerResolved, SaidAt: day(18), FirstSeen: day(20)}, env)
	if c.FollowUp.Due != day(25) {
		t.Errorf("resolved two days ago: asked %s", c.FollowUp.Due)
	}
}

func officeHours(t *testing.T) []Hours {
	t.Helper()
	h, err := ParseHours("Mon-Fri 09:00-17:00")
	if err != nil {
		t.Fatal(err)
	}
	return h
}

// same asks that the case is its events, to the byte.
func same(t *testing.T, h *history) {
	t.Helper()
	got, err1 := json.Marshal(Rebuild(h.events))
	want, err2 := json.Marshal(h.c)
	if string(got) != string(want) || err1 != nil || err2 != nil {
		t.Errorf("rebuilt %s\nwant %s", got, want)
	}
}
