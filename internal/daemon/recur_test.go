package daemon

import (
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/internal/store"
)

const roadhelp = "brands: [{name: Roadhelp, official: {domains: [roadhelp.example], names: [Roadhelp Care]}, sla: {complaint: 72h}, followup: 7d}]\nclassify: {threshold: 0.3, alert_threshold: 0.3}\n" // what is tried here is the ledger, not the judge

func spring(month time.Month, day, hour int) time.Time {
	return time.Date(2026, month, day, hour, 0, 0, 0, time.UTC)
}

// misdirected are three complaints of one cause, in their writers' own words.
func misdirected() [][2]string {
	return [][2]string{
		{"Roadhelp sent the truck to the wrong state", "I waited three hours beside a dead car and I am furious. Roadhelp dispatched the wrecker to Ohio while I stood in Indiana, and the dispatcher would not correct the region. Terrible service."},
		{"Four calls and no wrecker", "This was the worst night of the winter. Roadhelp dispatched a wrecker to another region twice, the dispatcher argued with me about where I was, and nobody came. I am very angry."},
		{"Never again, Roadhelp", "Roadhelp left my mother on the motorway for five hours. Their dispatcher had the wrong region on his screen and sent the wrecker across the border. An awful, useless company."},
	}
}

func TestACauseThatComesBackIsSaidOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := tellChronicle(t, chronicleSetting{start: spring(3, 2, 0), blogs: []string{"amy", "ben", "cleo", "dora", "evan"}, yaml: roadhelp})
		defer c.stop()
		const cause = "wrong-region dispatch"
		for i, m := range misdirected() {
			c.post([]string{"amy", "ben", "cleo"}[i], []string{"first", "second", "third"}[i], m[0], m[1])
		}
		var earlier []string
		for _, slug := range []string{"first", "second", "third"} {
			c.act(slug, earshot.VerbOutcome, earshot.Args{Outcome: earshot.OutcomeFixed, Facet: earshot.FacetProcess, Cause: cause})
			earlier = append(earlier, c.mustCase(slug).Case.ID)
		}
		c.until(20 * 24 * time.Hour)
		// A fourth in quite other words: only a person knows that it is the same.
		c.post("dora", "fourth", "Sick of it", "Roadhelp is useless. I stood in the snow for six hours with two children because they had me in the wrong county. I am so angry I could scream.")
		v := c.mustCase("fourth")
		if len(v.Case.Recurs.Cases) > 0 {
			t.Errorf("other words are taken for the cause unasked: %+v", v.Case.Recurs)
		}
		c.act("fourth", earshot.VerbOutcome, earshot.Args{Outcome: earshot.OutcomeFixed, Cause: "Wrong region dispatch"})
		v = c.mustCase("fourth")
		if !slices.Equal(v.Case.Recurs.Cases, earlier) || v.Case.Recurs.Proposed {
			t.Errorf("the fourth came back after %+v, want %v", v.Case.Recurs, earlier)
		}
		c.wait(48 * time.Hour)
		if told := c.said("has come back"); len(told) != 1 || len(c.said("has come back", earlier[0], earlier[1], earlier[2])) != 1 {
			t.Errorf("told %d times, want once, naming %v", len(told), earlier)
		}
		err := c.daemon.store.Read(t.Context(), func(tx *store.Tx) error {
			causes, err := tx.Causes(store.CauseFilter{})
			if len(causes) != 1 || causes[0].Cases != 4 || causes[0].Recurred != 1 || !causes[0].Fixed || causes[0].Key != "wrong region dispatch" || causes[0].Facet != earshot.FacetProcess {
				t.Errorf("causes: %+v", causes)
			}
			if err := rebuilt(tx, v.Case); err != nil {
				t.Error(err)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestACauseIsRecognisedByItsWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := tellChronicle(t, chronicleSetting{start: spring(3, 2, 0), blogs: []string{"amy", "ben", "cleo", "dora", "evan"}, yaml: roadhelp})
		defer c.stop()
		for i, m := range misdirected() {
			c.post([]string{"amy", "ben", "cleo"}[i], []string{"first", "second", "third"}[i], m[0], m[1])
		}
		for _, slug := range []string{"first", "second", "third"} { // all three at once: nothing came back among them
			c.act(slug, earshot.VerbOutcome, earshot.Args{Outcome: earshot.OutcomeFixed, Facet: earshot.FacetProcess, Cause: "wrong-region dispatch"})
			if r := c.mustCase(slug).Case.Recurs; len(r.Cases) > 0 {
				t.Errorf("%s, published before any fix, came back after %v", slug, r.Cases)
			}
		}
		c.until(10 * 24 * time.Hour)
		c.post("dora", "again", "Roadhelp sent the wrecker elsewhere", "I am furious with Roadhelp. The dispatcher insisted on the wrong region, dispatched the wrecker to a town I have never heard of, and hung up on me. Horrible.")
		c.post("evan", "other", "Roadhelp charged me twice", "I am furious with Roadhelp. They charged my card twice for the yearly membership and refuse to refund the money. Horrible, useless people.")
		r := c.mustCase("again").Case.Recurs
		if len(r.Cases) != 3 || !r.Proposed || r.Cause != "wrong-region dispatch" {
			t.Errorf("the same words give %+v", r)
		}
		if r := c.mustCase("other").Case.Recurs; len(r.Cases) > 0 {
			t.Errorf("another matter is taken for the cause: %+v", r)
		}
		if n := len(c.said("Perhaps a cause that was fixed has come back")); n != 1 {
			t.Errorf("proposed %d times, want once", n)
		}
		c.act("again", earshot.VerbOutcome, earshot.Args{Outcome: earshot.OutcomeFixed, Cause: "wrong-region dispatch"})
		c.wait(24 * time.Hour)
		if n := len(c.said("A cause that was fixed has come back")); n != 0 {
			t.Errorf("told again what was proposed: %d", n)
		}
		if r := c.mustCase("again").Case.Recurs; r.Proposed || len(r.Cases) != 3 {
			t.Errorf("after a person agreed: %+v", r)
		}
	})
}

func TestAfterAWhileItIsAskedWhetherItIsFixed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := tellChronicle(t, chronicleSetting{start: spring(3, 2, 0), blogs: []string{"amy", "ben", "cleo"}, yaml: roadhelp})
		defer c.stop()
		for i, m := range misdirected() {
			slug := []string{"first", "second", "third"}[i]
			c.post([]string{"amy", "ben", "cleo"}[i], slug, m[0], m[1])
			c.act(slug, earshot.VerbOutcome, earshot.Args{Outcome: []earshot.Outcome{earshot.OutcomeFixed, earshot.OutcomeCompensated, earshot.OutcomeExplained}[i], Cause: "x" + slug})
		}
		c.until(6 * 24 * time.Hour)
		if n := len(c.said("Is it really fixed?")); n != 0 {
			t.Errorf("asked %d times before a week had passed", n)
		}
		c.until(10 * 24 * time.Hour)
		if n := len(c.said("Is it really fixed?")); n != 2 {
			t.Errorf("asked %d times, want once for what was fixed and once for what was made good", n)
		}
		c.act("first", earshot.VerbConfirm, earshot.Args{})
		c.act("second", earshot.VerbReopen, earshot.Args{})
		first, second := c.mustCase("first").Case, c.mustCase("second").Case
		if first.FollowUp.State != earshot.FollowDone || first.Work != earshot.WorkClosed || first.Answer != earshot.AnswerResolved {
			t.Errorf("yes, fixed: %s, %s, %+v", first.Work, first.Answer, first.FollowUp)
		}
		if !second.Open() || second.FollowUp.Waiting() {
			t.Errorf("no, reopened: %s, %+v", second.Work, second.FollowUp)
		}
		c.until(40 * 24 * time.Hour)
		if n := len(c.said("Is it really fixed?")); n != 2 {
			t.Errorf("asked %d times in all, want it to stop when done", n)
		}
	})
}
