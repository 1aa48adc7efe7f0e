package daemon

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"testing/synctest"

	"earshot"
	"earshot/internal/store"
)

// seasonGoals are the product's figures, in percent; the floors below are what
// is reached, less a margin, and are to be raised with it.
const (
	goalAnswer, goalResponded = 95, 1
	goalJoined, goalWrong     = 95, 1
	goalDue, goalBreaches     = 95, 0
)

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
// another one, SEASON_MISSES=1 prints every miss.
func TestSeason(t *testing.T) {
	posts, seed := seasonNumber(t, "SEASON_POSTS", 150), seasonNumber(t, "SEASON_SEED", 1)
	tongues := seasonTongues(t)
	synctest.Test(t, func(t *testing.T) {
		s := newSeason(uint64(seed), posts, seasonBegins(), tongues)
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
				for _, m := range y.misses {
					fmt.Println("  ", m)
				}
			}
		}
	})
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
