package store

import (
	"slices"
	"testing"
	"time"

	"earshot"
)

func TestCausesAreCountedAsPeopleNamedThem(t *testing.T) {
	s := open(t)
	list(t, s, 9) // brands AAA, BBB, Rival in turn; e0 is published nine hours ago
	close := func(id, cause string, o earshot.Outcome, at, reopened time.Time) earshot.Closing {
		return earshot.Closing{Case: id, Brand: "AAA", Seq: 2, Outcome: o, Facet: earshot.FacetProcess, Cause: cause, Actor: "ana", At: at, Reopened: reopened}
	}
	id := func(n int64) string { return earshot.CaseID(n) }
	write(t, s, func(tx *Tx) error {
		for _, c := range []earshot.Closing{
			close(id(1), "Wrong region", earshot.OutcomeFixed, noon.Add(-7*time.Hour), time.Time{}),
			close(id(4), "wrong-region", earshot.OutcomeFixed, noon.Add(-time.Hour), noon),
			close(id(7), "", earshot.OutcomeExplained, noon, time.Time{}),
		} {
			if err := tx.SetClosings(c.Case, []earshot.Closing{c}); err != nil {
				return err
			}
		}
		return tx.SetClosings(id(4), []earshot.Closing{close(id(4), "wrong-region", earshot.OutcomeFixed, noon.Add(-time.Hour), noon)}) // twice is once
	})
	read(t, s, func(tx *Tx) error {
		got, err := tx.Causes(CauseFilter{})
		if err != nil {
			return err
		}
		if len(got) != 2 || got[0].Key != "wrong region" || got[0].Name != "wrong-region" || got[0].Cases != 2 || got[0].Reopened != 1 || got[0].Recurred != 1 || got[0].Fixed || got[1].Key != "" || got[1].Cases != 1 {
			t.Errorf("causes %+v", got)
		}
		if !slices.Equal(got[0].IDs, []string{id(1), id(4)}) || !got[0].LastSeen.Equal(noon.Add(-6*time.Hour)) {
			t.Errorf("its cases %v, last seen %s", got[0].IDs, got[0].LastSeen)
		}
		cases, err := tx.CaseLines(CaseFilter{Cause: "wrong region", Limit: 10})
		if len(cases) != 2 {
			t.Errorf("%d cases behind the cause, want 2", len(cases))
		}
		fixed, err2 := tx.FixedBefore("AAA", "wrong region", noon, 10)
		if len(fixed) != 1 || fixed[0].Case != id(1) || !fixed[0].At.Equal(noon.Add(-7*time.Hour)) {
			t.Errorf("fixed and not reopened: %+v", fixed)
		}
		if none, err := tx.Causes(CauseFilter{Brand: "BBB"}); len(none) != 0 || err != nil {
			t.Errorf("another brand: %+v %v", none, err)
		}
		if err == nil {
			err = err2
		}
		return err
	})
}
