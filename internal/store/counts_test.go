package store

import (
	"fmt"
	"math/rand"
	"testing"
	"time"

	"earshot"

	"github.com/google/go-cmp/cmp"
)

// scatter stores n entries with a mention each over a fortnight, then changes
// its mind about every third: other intents, or no mention after all.
func scatter(t *testing.T, s *Store, n int) {
	t.Helper()
	rnd := rand.New(rand.NewSource(7))
	for i := range n {
		write(t, s, func(tx *Tx) error {
			e := entry(fmt.Sprintf("c%d", i), fmt.Sprintf("Text %d", i))
			e.Published = noon.Add(-time.Duration(rnd.Intn(14*24*60)) * time.Minute)
			e.FirstSeen = e.Published.Add(time.Duration(rnd.Intn(90)) * time.Minute)
			e, err := tx.AddEntry(e, []earshot.Reason{"", "", earshot.ReasonFirstRead}[i%3], noon)
			if err != nil {
				return err
			}
			m := earshot.Mention{Brand: []string{"AAA", "BBB"}[i%2], Verdict: earshot.Verdict{Intent: earshot.Intents[i%5]}}
			if _, err := tx.PutMention(m, e); err != nil || i%3 != 1 {
				return err
			}
			if m.Verdict.Intent = earshot.Complaint; i%2 == 0 {
				m.Reason = earshot.ReasonExcluded
			}
			_, err = tx.PutMention(m, e)
			return err
		})
	}
}

type countRow struct {
	What, Subject, Label string
	Hour, N              int64
}

func countRows(t *testing.T, s *Store) []countRow {
	t.Helper()
	var rows []countRow
	read(t, s, func(tx *Tx) (err error) {
		rows, err = queryAll(tx, func(r scanner) (c countRow, err error) {
			err = r.Scan(&c.What, &c.Subject, &c.Label, &c.Hour, &c.N)
			return c, err
		}, `SELECT what, subject, label, hour, n FROM counts WHERE n <> 0 ORDER BY what, subject, label, hour`)
		return err
	})
	return rows
}

func TestCountsAreWhatTheyCount(t *testing.T) {
	s := open(t)
	scatter(t, s, 60)
	kept := countRows(t, s)
	if len(kept) < 100 {
		t.Fatalf("only %d rows", len(kept))
	}
	write(t, s, func(tx *Tx) error { return tx.Recount() })
	if d := cmp.Diff(countRows(t, s), kept); d != "" {
		t.Errorf("built anew they differ: %s", d)
	}
	write(t, s, func(tx *Tx) error { return tx.DropCounts(noon.Add(-5 * 24 * time.Hour)) })
	for _, r := range countRows(t, s) {
		if r.Hour < ms(noon.Add(-5*24*time.Hour)) {
			t.Fatalf("%+v is still there", r)
		}
	}
}

func TestBrandCountsOfAnySpanAreThoseOfItsMentions(t *testing.T) {
	s := open(t)
	scatter(t, s, 80)
	rnd := rand.New(rand.NewSource(3))
	spans := [][2]time.Time{{noon, noon}, {noon.Add(-time.Minute), noon}, {noon.Add(-13 * 24 * time.Hour).Truncate(24 * time.Hour), noon.Truncate(24 * time.Hour)}}
	for range 60 {
		from := noon.Add(-time.Duration(rnd.Intn(15*24*60)) * time.Minute)
		spans = append(spans, [2]time.Time{from, from.Add(time.Duration(rnd.Intn(5*24*60)) * time.Minute)})
	}
	read(t, s, func(tx *Tx) error {
		for _, span := range spans {
			got, err := tx.BrandCounts(span[0], span[1])
			if err != nil {
				return err
			}
			want, err := queryAll(tx, scanCount, `SELECT brand, intent, COUNT(*) FROM mentions WHERE reason = '' AND published >= $1 AND published < $2 GROUP BY brand, intent`, ms(span[0]), ms(span[1]))
			if err != nil {
				return err
			}
			by := func(all []Count) map[string]int64 {
				out := map[string]int64{}
				for _, c := range all {
					out[c.A+" "+c.B] = c.N
				}
				return out
			}
			if d := cmp.Diff(by(want), by(got)); d != "" {
				t.Errorf("%v: %s", span, d)
			}
		}
		// In half-hour zones the stretches begin between the clock's hours.
		for _, from := range []time.Time{noon.Add(-10 * 24 * time.Hour), noon.Add(-10*24*time.Hour + 30*time.Minute)} {
			got, err := tx.Stretches("AAA", nil, from, 24*time.Hour, 10)
			if err != nil {
				return err
			}
			want, err := tx.slowStretches("AAA", nil, from, 24*time.Hour, 10)
			if d := cmp.Diff(want, got); d != "" || err != nil {
				t.Errorf("from %v: %s %v", from, d, err)
			}
		}
		return nil
	})
}

func TestAnswersAreCountedWithTheTimeTheyTook(t *testing.T) {
	s := open(t)
	list(t, s, 9)
	write(t, s, func(tx *Tx) error {
		for i := range int64(9) {
			id := earshot.CaseID(i + 1)
			q := fmt.Sprintf(`UPDATE cases SET brand = 'AAA', answer = 'responded', clock = 'none', published = %d, answered_at = %d WHERE id = '%s'`, ms(noon), ms(noon)+(i+1)*60000, id)
			switch i {
			case 6:
				q = fmt.Sprintf(`UPDATE cases SET brand = 'AAA', answer = 'none', clock = 'running', published = %d WHERE id = '%s'`, ms(noon), id)
			case 7:
				q = fmt.Sprintf(`UPDATE cases SET brand = 'AAA', answer = 'none', clock = 'overdue', published = %d WHERE id = '%s'`, ms(noon), id)
			case 8:
				q = fmt.Sprintf(`UPDATE cases SET brand = 'AAA', work = 'dismissed', published = %d WHERE id = '%s'`, ms(noon), id)
			}
			if _, err := tx.exec(q); err != nil {
				return err
			}
		}
		return nil
	})
	read(t, s, func(tx *Tx) error {
		got, err := tx.AnswersTo(noon, noon.Add(time.Hour), nil, false)
		want := []Answers{{Brand: "AAA", Answered: 6, Running: 1, Late: 1, Median: 3 * time.Minute, P90: 6 * time.Minute}}
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		if err != nil {
			return err
		}
		want[0].Brand = ""
		got, err = tx.AnswersTo(noon, noon.Add(time.Hour), []string{"Rival"}, true)
		if d := cmp.Diff(want, got); d != "" {
			t.Error(d)
		}
		return err
	})
}
