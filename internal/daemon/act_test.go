package daemon

import (
	"context"
	"errors"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/internal/demo"
)

// sighting is the card of a case as the pretend Slack shows it.
func (f *fast) sighting(id string) demo.Sighting {
	f.t.Helper()
	all := demo.Sightings(f.slack.Messages())
	i := slices.IndexFunc(all, func(s demo.Sighting) bool { return s.Case == id })
	if i < 0 {
		f.t.Fatalf("case %s has no card among %v", id, all)
	}
	return all[i]
}

// someCase returns the id of an open complaint that has a card.
func (f *fast) someCase() earshot.Case {
	f.t.Helper()
	for _, v := range f.cases() {
		if v.Case.Label.Intent == earshot.Complaint && v.Case.Open() && v.Case.Silent == "" && !v.Case.Answer.Given() {
			return v.Case
		}
	}
	f.t.Fatal("no open complaint")
	return earshot.Case{}
}

func (f *fast) do(a earshot.Action) error {
	f.t.Helper()
	_, err := f.daemon.Do(context.Background(), a)
	time.Sleep(10 * time.Second) // the card is edited
	return err
}

func TestAPersonActsAndTheCardFollows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		defer f.stop()
		f.tell()
		c := f.someCase()
		cards := len(f.slack.Messages())
		if err := f.do(earshot.Action{ID: "1", Case: c.ID, Rev: c.Rev, Verb: earshot.VerbClaim, Actor: "ana"}); err != nil {
			t.Fatal(err)
		}
		if got := f.cases()[c.ID].Case; got.Owner != "ana" || got.Work != earshot.WorkClaimed {
			t.Errorf("after the claim: %+v", got)
		}
		var stale *earshot.StaleError
		if err := f.do(earshot.Action{ID: "2", Case: c.ID, Rev: c.Rev, Verb: earshot.VerbDismiss, Actor: "ben"}); !errors.As(err, &stale) || stale.Who != "ana" {
			t.Errorf("the slower click was told %v", err)
		}
		if err := f.do(earshot.Action{ID: "3", Case: c.ID, Verb: earshot.VerbAnswered, Actor: "ana"}); err != nil {
			t.Fatal(err)
		}
		if s := f.sighting(c.ID).Statuses; s[len(s)-1] != "responded" {
			t.Errorf("the card went through %v", s)
		}
		again := f.cases()[c.ID].Case.Rev
		if err := f.do(earshot.Action{ID: "3", Case: c.ID, Verb: earshot.VerbAnswered, Actor: "ana"}); err != nil || f.cases()[c.ID].Case.Rev != again {
			t.Errorf("the same click twice happened twice (%v)", err)
		}
		if err := f.do(earshot.Action{ID: "4", Case: "cnone", Verb: earshot.VerbClaim, Actor: "ana"}); earshot.FaultCode(err) != "case_unknown" {
			t.Errorf("an unknown case gives %v", err)
		}
		time.Sleep(3 * time.Minute)
		if n := len(f.slack.Messages()); n > cards+4 {
			t.Errorf("%d messages more for one answered case", n-cards)
		}
	})
}

func TestACorrectionWinsAndCanBeUndone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		defer f.stop()
		f.tell()
		c := f.someCase()
		if err := f.do(earshot.Action{ID: "wrong", Case: c.ID, Verb: earshot.VerbCorrect, Actor: "ana", Args: earshot.Args{Intent: earshot.NoIntent}}); err != nil {
			t.Fatal(err)
		}
		if s := f.cases()[c.ID].Case.Status(); s != "dismissed" {
			t.Errorf("a case nobody complains in is %s", s)
		}
		if v := f.cases()[c.ID].Verdict; v.By != "person:ana" || v.Intent != earshot.NoIntent {
			t.Errorf("the corrected mention is judged %s by %s", v.Intent, v.By)
		}
		if err := f.do(earshot.Action{ID: "undo", Case: c.ID, Verb: earshot.VerbUndo, Actor: "ana", Args: earshot.Args{Undo: "wrong"}}); err != nil {
			t.Fatal(err)
		}
		if got := f.cases()[c.ID].Case; got.Label != c.Label || got.Status() == "dismissed" {
			t.Errorf("after the undo: %+v", got)
		}
		if v := f.cases()[c.ID].Verdict; v.By != "model" || v.Intent != earshot.Complaint {
			t.Errorf("after the undo the mention is judged %s by %s", v.Intent, v.By)
		}
	})
}

func TestAMuteHidesAndSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		defer f.stop()
		mute := earshot.Action{ID: "m", Verb: earshot.VerbMute, Actor: "ana", Args: earshot.Args{Match: `brand="Aurelia Air"`, Text: "strike day", Until: time.Now().Add(24 * time.Hour)}}
		if err := f.do(mute); err != nil {
			t.Fatal(err)
		}
		f.tell()
		for _, s := range demo.Sightings(f.slack.Messages()) {
			if s.Brand == "Aurelia Air" {
				t.Errorf("muted, and told all the same: %v", s)
			}
		}
		if err := f.do(earshot.Action{ID: "bad", Verb: earshot.VerbMute, Actor: "ana", Args: earshot.Args{Match: "nonsense"}}); !errors.Is(err, earshot.ErrAction) {
			t.Errorf("a mute of nothing gives %v", err)
		}
	})
}

func TestARestartRepeatsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		f.tell()
		time.Sleep(4 * time.Minute) // everything that falls due has fallen due
		f.stop()
		before := len(f.slack.Messages())
		f.start()
		defer f.stop()
		time.Sleep(2 * time.Minute)
		for _, m := range f.slack.Messages()[before:] {
			t.Errorf("told after the restart: %s", m.Last().Text)
		}
	})
}
