package ledger

import (
	"slices"
	"testing"
	"time"

	"earshot"
)

// fixedCase is a case closed on a day of June 2026 with a cause.
func fixedCase(id, cause string, outcome earshot.Outcome, day int, words ...string) Fixed {
	return Fixed{Closing: earshot.Closing{Case: id, Brand: "AAA", Outcome: outcome, Cause: cause, Facet: earshot.FacetProcess, At: june(day)}, Words: words}
}

func june(day int) time.Time { return time.Date(2026, 6, day, 12, 0, 0, 0, time.UTC) }

func closedCase(cause string, published time.Time) earshot.Case {
	return earshot.Case{ID: "c9", Brand: "AAA", Work: earshot.WorkClosed, CauseName: cause, Published: published,
		Label: earshot.Label{Intent: earshot.Complaint, Facet: earshot.FacetProcess}}
}

func TestACauseRecursOnlyAfterItWasFixed(t *testing.T) {
	const cause = "wrong-region dispatch"
	three := []Fixed{fixedCase("c3", "Wrong region dispatch", earshot.OutcomeFixed, 5), fixedCase("c1", cause, earshot.OutcomeFixed, 2), fixedCase("c2", cause, earshot.OutcomeFixed, 3)}
	reopened := fixedCase("c1", cause, earshot.OutcomeFixed, 2)
	reopened.Reopened = june(4)
	other := fixedCase("c4", cause, earshot.OutcomeFixed, 2)
	other.Brand = "Verizon"
	for _, c := range []struct {
		name  string
		c     earshot.Case
		fixed []Fixed
		want  []string
	}{
		{"the three earlier ones, oldest first", closedCase(cause, june(9)), three, []string{"c1", "c2", "c3"}},
		{"another spelling", closedCase("WRONG REGION, DISPATCH", june(9)), three, []string{"c1", "c2", "c3"}},
		{"published before the last fix", closedCase(cause, june(4)), three, []string{"c1", "c2"}},
		{"published before every fix", closedCase(cause, june(1)), three, nil},
		{"another cause", closedCase("late refund", june(9)), three, nil},
		{"no cause", closedCase("", june(9)), three, nil},
		{"made good, not fixed", closedCase(cause, june(9)), []Fixed{fixedCase("c1", cause, earshot.OutcomeCompensated, 2)}, nil},
		{"fixed, then reopened", closedCase(cause, june(9)), []Fixed{reopened}, nil},
		{"another brand", closedCase(cause, june(9)), []Fixed{other}, nil},
	} {
		got, ok := Recurs(c.c, c.fixed)
		if !slices.Equal(got.Cases, c.want) || ok != (len(c.want) > 0) || got.Proposed {
			t.Errorf("%s: %+v %v, want %v", c.name, got, ok, c.want)
		}
	}
}

func TestAResemblanceIsProposedOnlyWithAPattern(t *testing.T) {
	const cause = "wrong-region dispatch"
	past := []Fixed{
		fixedCase("c1", cause, earshot.OutcomeFixed, 1, "wrecker", "dispatched", "neighbouring", "region", "aaa", "rain"),
		fixedCase("c2", cause, earshot.OutcomeFixed, 2, "region", "wrecker", "dispatched", "twice", "aaa"),
		fixedCase("c3", cause, earshot.OutcomeFixed, 3, "wrecker", "dispatched", "neighbouring", "bridge"),
		fixedCase("c4", "late refund", earshot.OutcomeFixed, 3, "refund", "invoice", "rain"),
		fixedCase("c5", "late refund", earshot.OutcomeFixed, 4, "refund", "invoice", "region"),
	}
	n := func(words ...string) Newcomer {
		c := closedCase("", june(9))
		c.Work = earshot.WorkNew
		return Newcomer{Case: c, Words: words}
	}
	if got, ok := Resembles(n("wrecker", "dispatched", "neighbouring", "aaa"), past); !ok || !got.Proposed || got.Cause != cause || !slices.Equal(got.Cases, []string{"c1", "c2", "c3"}) {
		t.Errorf("the pattern gives %+v %v", got, ok)
	}
	elsewhere := n("wrecker", "dispatched", "neighbouring")
	elsewhere.Case.Label.Facet = earshot.FacetPrice
	unsure := n("wrecker", "dispatched", "neighbouring")
	unsure.Case.Label.Unsure = true
	before := n("wrecker", "dispatched", "neighbouring")
	before.Case.Published = june(1)
	for name, x := range map[string]Newcomer{"two words": n("wrecker", "dispatched", "aaa", "rain"), "words of another cause": n("wrecker", "dispatched", "region"),
		"words of one text only": n("twice", "bridge", "wrecker", "dispatched"), "another facet": elsewhere, "an unsure complaint": unsure, "before the fix": before} {
		if got, ok := Resembles(x, past); ok {
			t.Errorf("%s: proposed %+v", name, got)
		}
	}
	if got, ok := Resembles(n("wrecker", "dispatched", "neighbouring"), past[:1]); ok {
		t.Errorf("one fixed case is no pattern: %+v", got)
	}
}
