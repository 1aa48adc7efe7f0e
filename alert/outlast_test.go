package alert

import (
	"testing"

	"earshot"
)

// TestTheQuestionAfterAResolutionReachesWhoeverHasNoCard: "is it really fixed?"
// and "the fixed cause came back" are told where the case has no card yet, though
// the case is settled: as a card, or in the summary of what was held.
func TestTheQuestionAfterAResolutionReachesWhoeverHasNoCard(t *testing.T) {
	asked := func(c *earshot.Case) {
		c.Work, c.Answer, c.Owner = earshot.WorkClaimed, earshot.AnswerResolved, "ana"
		c.FollowUp = earshot.FollowUp{Due: at("Mon 10:00"), State: earshot.FollowAsked}
	}
	again := func(c *earshot.Case) {
		c.Work, c.Outcome, c.Recurs = earshot.WorkClosed, earshot.OutcomeFixed, earshot.Recurrence{Cause: "wrong region", Cases: []string{"c0"}}
	}
	for _, c := range []struct {
		name   string
		kind   earshot.EventKind
		change func(*earshot.Case)
		when   string
		want   string
	}{
		{"really fixed?", earshot.EventFollowUp, asked, "Mon 10:00", "care card @ana"},
		{"it came back", earshot.EventRecurred, again, "Mon 10:00", "care card"},
		{"at night", earshot.EventFollowUp, asked, "Mon 22:00", "care held_window"},
		{"answered meanwhile", earshot.EventFollowUp, func(c *earshot.Case) { asked(c); c.FollowUp.State = earshot.FollowDone }, "Mon 10:00", "care answered_meanwhile"},
		{"dismissed", earshot.EventRecurred, func(c *earshot.Case) { again(c); c.Work = earshot.WorkDismissed }, "Mon 10:00", "care answered_meanwhile"},
		{"from a silent reading, nobody took it up", earshot.EventFollowUp, func(c *earshot.Case) { asked(c); c.Work, c.Silent = earshot.WorkNew, earshot.ReasonFirstRead }, "Mon 10:00", "first_read"},
		{"from a silent reading, taken up", earshot.EventFollowUp, func(c *earshot.Case) { asked(c); c.Silent = earshot.ReasonFirstRead }, "Mon 10:00", "care card @ana"},
	} {
		now := at(c.when)
		v := with(complaint("c1", now), c.change)
		l := newTimeline(t, house())
		got := l.event(c.kind, v, now)
		want(t, c.name, got, c.want)
		if a := got[0]; a.Reason == "" {
			if d, r := Release(a, v, l.p, now); d != DecisionSend {
				t.Errorf("%s: %s %q at the door, want it sent", c.name, d, r)
			}
		}
	}
	l := newTimeline(t, house())
	v := with(complaint("c1", at("Mon 22:00")), asked)
	l.event(earshot.EventFollowUp, v, at("Mon 22:00"))
	morning := l.receiver("care", at("Tue 09:00"))
	want(t, "in the morning", morning, "care summary [c1]")
	if d, r := ReleaseAll(morning[0], []earshot.CaseView{v}, l.p, at("Tue 09:00")); d != DecisionSend {
		t.Errorf("the summary: %s %q, want it sent", d, r)
	}
}
