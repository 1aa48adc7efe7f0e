package daemon

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"

	"earshot"
	"earshot/internal/store"
)

// seasonFigures is a set of figures for one language: answer right, wrong
// "responded", follow-ups joined, wrong joins and promise due right in percent,
// wrong SLA breaches as a number.
type seasonFigures struct {
	answer, responded, joined, wrong, due float64
	breaches                              int
}

// seasonGoal is what the product promises, in every language.
func seasonGoal() seasonFigures {
	return seasonFigures{answer: 95, responded: 1, joined: 95, wrong: 1, due: 95, breaches: 0}
}

// seasonFloors are no goals: they are what the short season of seed 1 reaches,
// less one or two cases, so that a step back is seen. Most of what is missing is
// read wrongly before the ledger hears of it: plain misfortunes told without a
// hard word open no case, desks that say "we will call you" in Spanish or Italian
// count as strangers, and dates of some comment lists are read in American order.
// Raise a floor when its figure rises.
func seasonFloors() map[string]seasonFigures {
	return map[string]seasonFigures{
		"en": {answer: 86, responded: 3.5, joined: 85, wrong: 2.8, due: 80, breaches: 1},
		"es": {answer: 82, responded: 3.6, joined: 80, wrong: 2.9, due: 50, breaches: 1},
		"it": {answer: 82, responded: 3.6, joined: 80, wrong: 2.9, due: 80, breaches: 1},
		"zh": {answer: 90, responded: 3.4, joined: 80, wrong: 2.8, due: 66, breaches: 1},
	}
}

// seasonNumber reads a whole number from the environment.
func seasonNumber(t *testing.T, name string, usual int) int {
	t.Helper()
	v := os.Getenv(name)
	if v == "" {
		return usual
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// TestSeason lets an invented season of blogs pass before the daemon and counts
// what its ledger knows at the end. SEASON_POSTS makes it longer, SEASON_SEED
// another one (even seeds are of the second world), SEASON_MISSES=1 prints every miss.
func TestSeason(t *testing.T) {
	if testing.Short() {
		t.Skip("a season takes half a minute")
	}
	posts, seed := seasonNumber(t, "SEASON_POSTS", 150), seasonNumber(t, "SEASON_SEED", 1)
	place := seasonPlaceOf(seed)
	tongues := seasonTongues(t, place.folder)
	synctest.Test(t, func(t *testing.T) {
		s := newSeason(uint64(seed), posts, seasonBegins(), place, tongues)
		f, web := openSeason(t, s)
		s.play(t, f, web)
		f.stop()
		st, err := store.Open(context.Background(), f.dsn(), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var tallies map[string]*seasonTally
		err = st.Read(context.Background(), func(tx *store.Tx) (err error) {
			if tallies, err = s.score(tx, web); err != nil {
				return err
			}
			return seasonSound(t, tx)
		})
		if err != nil {
			t.Error(err)
		}
		if err := st.Close(); err != nil {
			t.Error(err)
		}
		for _, g := range tongues {
			y := tallies[g.lang]
			fmt.Printf("season seed %d, %d posts, %s: %s\n", seed, s.posts, g.lang, y.line())
			if os.Getenv("SEASON_MISSES") != "" {
				fmt.Println("  ", strings.Join(y.misses, "\n   "))
			}
			if got := y.figures(); posts == 150 && seed == 1 && !got.reaches(seasonFloors()[g.lang]) {
				t.Errorf("%s fell below its floor: %+v, floor %+v, goal %+v", g.lang, got, seasonFloors()[g.lang], seasonGoal())
			}
		}
	})
}

// reaches says whether the figures are at least as good as others.
func (f seasonFigures) reaches(least seasonFigures) bool {
	return f.answer >= least.answer && f.responded <= least.responded && f.joined >= least.joined && f.wrong <= least.wrong &&
		f.due >= least.due && f.breaches <= least.breaches
}

// seasonSound checks what must hold whatever was understood: every stored case
// is its events, and no alert is without a reason.
func seasonSound(t *testing.T, tx *store.Tx) error {
	t.Helper()
	views, err := tx.OpenCases(nil, 100000)
	if err != nil {
		return err
	}
	for _, v := range views {
		if err := rebuilt(tx, v.Case); err != nil {
			t.Error(err)
		}
	}
	alerts, err := tx.Alerts("", 0, 100000)
	counts := map[earshot.Reason]int{}
	for _, a := range alerts {
		counts[a.Reason]++
		if a.Reason == "" {
			t.Errorf("alert %s was never decided", a.Key)
		}
	}
	fmt.Printf("season: %d cases, %d alerts %v\n", len(views), len(alerts), counts)
	return err
}
