package store

import (
	"cmp"
	"slices"
	"time"

	"earshot"
)

// keepClosings lists anew the closings of the cases that events closed, reopened
// or set back.
func (tx *Tx) keepClosings(events []earshot.Event) error {
	var moved []string
	for _, e := range events {
		switch e.Kind {
		case earshot.EventClosed, earshot.EventReopened, earshot.EventUndone:
			if !slices.Contains(moved, e.Case) {
				moved = append(moved, e.Case)
			}
		}
	}
	for _, id := range moved {
		all, err := tx.Events(id)
		if err != nil {
			return err
		}
		if err := tx.SetClosings(id, earshot.Closings(all)); err != nil {
			return err
		}
	}
	return nil
}

// SetClosings replaces what is known of the times a case was closed, as its
// events tell them.
func (tx *Tx) SetClosings(caseID string, closings []earshot.Closing) error {
	if _, err := tx.exec(`DELETE FROM closings WHERE case_id = $1`, caseID); err != nil {
		return err
	}
	for _, c := range closings {
		if _, err := tx.exec(`INSERT INTO closings (case_id, seq, brand, cause, name, facet, outcome, link, actor, closed_at, reopened_at)
			VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
			caseID, c.Seq, c.Brand, c.Key(), c.Cause, c.Facet, c.Outcome, c.Link, c.Actor, ms(c.At), ms(c.Reopened)); err != nil {
			return err
		}
	}
	return nil
}

const closingColumns = `k.case_id, k.seq, k.brand, k.name, k.facet, k.outcome, k.link, k.actor, k.closed_at, k.reopened_at`

func closingInto(c *earshot.Closing, closed, reopened *int64) []any {
	return []any{&c.Case, &c.Seq, &c.Brand, &c.Cause, &c.Facet, &c.Outcome, &c.Link, &c.Actor, closed, reopened}
}

func scanClosing(r scanner) (c earshot.Closing, err error) {
	var closed, reopened int64
	err = r.Scan(closingInto(&c, &closed, &reopened)...)
	c.At, c.Reopened = at(closed), at(reopened)
	return c, err
}

// FixedBefore returns the closings of a brand's cases that said a named cause
// was fixed and were not reopened, made before a time; of one cause by its key,
// of all if key is empty. At most n, the newest first.
func (tx *Tx) FixedBefore(brand, key string, when time.Time, n int) ([]earshot.Closing, error) {
	f := &filter{}
	f.add("k.brand = ?", brand)
	f.add("k.outcome = ?", earshot.OutcomeFixed)
	f.add("k.reopened_at = 0 AND k.cause <> ''")
	f.add("k.closed_at < ?", ms(when))
	f.equal("k.cause", key)
	f.args = append(f.args, n)
	return queryAll(tx, scanClosing, `SELECT `+closingColumns+` FROM closings k`+f.where()+` ORDER BY k.closed_at DESC, k.case_id LIMIT `+place(len(f.args)), f.args...)
}

// CauseFilter picks closings for the list of causes; a zero field picks all.
type CauseFilter struct {
	Brand     string
	NotBrands []string  // competitors
	From, To  time.Time // closed
}

// Cause is one cause of one brand's cases, over all the times that a case was
// closed with it.
type Cause struct {
	Key      string // earshot.CauseKey of its name; empty: nobody named one
	Name     string // as it was named last
	Brand    string
	Facet    earshot.Facet // as a person said last
	Link     string        // the last that was given
	Fixed    bool          // the last closing said so and holds, and no later case shows otherwise
	Cases    int           // distinct cases closed with it
	Reopened int           // closings that did not hold
	Recurred int           // cases published after the cause had been fixed
	LastSeen time.Time     // when the newest of its cases was published
	Closed   time.Time     // when a case was last closed with it
	IDs      []string      // the cases, the newest closed last; none where nobody named a cause
	Back     []string      // those that were reopened
	Again    []string      // those that came after the cause had been fixed
}

// closingLine is a closing with when its case was published.
type closingLine struct {
	earshot.Closing
	published time.Time
}

func scanClosingLine(r scanner) (l closingLine, err error) {
	var closed, reopened, published int64
	err = r.Scan(append(closingInto(&l.Closing, &closed, &reopened), &published)...)
	l.At, l.Reopened, l.published = at(closed), at(reopened), at(published)
	return l, err
}

// Causes lists why cases came about, as the people said who closed them: the
// cause with the most cases first. Closings without a named cause are one line
// a brand, with an empty Key; they are many, so they are only counted.
func (tx *Tx) Causes(q CauseFilter) ([]Cause, error) {
	f := q.filter("k.cause <> ''")
	lines, err := queryAll(tx, scanClosingLine, `SELECT `+closingColumns+`, c.published FROM closings k JOIN cases c ON c.id = k.case_id`+f.where()+
		` AND c.merged = '' ORDER BY k.closed_at, k.case_id, k.seq`, f.args...)
	if err != nil {
		return nil, err
	}
	out := gather(lines)
	f = q.filter("k.cause = ''")
	unnamed, err := queryAll(tx, func(r scanner) (c Cause, err error) {
		var closed int64
		err = r.Scan(&c.Brand, &c.Cases, &c.Reopened, &closed)
		c.Closed = at(closed)
		return c, err
	}, `SELECT k.brand, COUNT(DISTINCT k.case_id), SUM(CASE WHEN k.reopened_at > 0 THEN 1 ELSE 0 END), MAX(k.closed_at) FROM closings k`+f.where()+
		` GROUP BY k.brand ORDER BY 2 DESC, 1`, f.args...)
	return append(out, unnamed...), err
}

func (q CauseFilter) filter(which string) *filter {
	f := &filter{}
	f.add(which)
	f.equal("k.brand", q.Brand)
	without(f, "k.brand", q.NotBrands)
	f.span("k.closed_at", q.From, q.To)
	return f
}

// gather folds closings, oldest first, into causes.
func gather(lines []closingLine) []Cause {
	type name struct{ brand, key string }
	at := map[name]int{}
	var out []Cause
	fixedAt := map[name]time.Time{} // when it was first said to be fixed, and that held
	type part struct {
		cause int
		id    string
	}
	seen := map[part]bool{}
	for _, l := range lines {
		n := name{l.Brand, l.Key()}
		i, known := at[n]
		if !known {
			i, at[n] = len(out), len(out)
			out = append(out, Cause{Key: n.key, Brand: n.brand})
		}
		in := part{i, l.Case}
		out[i] = out[i].with(l, !seen[in])
		seen[in] = true
		since, fixed := fixedAt[n]
		if came := n.key != "" && fixed && l.published.After(since); came {
			out[i].Recurred, out[i].Again = out[i].Recurred+1, append(out[i].Again, l.Case)
		}
		if l.Closing.Fixed() && !fixed {
			fixedAt[n] = l.At
		}
	}
	slices.SortStableFunc(out, func(a, b Cause) int {
		return cmp.Or(cmp.Compare(flag(a.Key == ""), flag(b.Key == "")), cmp.Compare(b.Cases, a.Cases), b.LastSeen.Compare(a.LastSeen), cmp.Compare(a.Key, b.Key))
	})
	return out
}

// with adds a closing; first says that the case was not closed with the cause before.
func (c Cause) with(l closingLine, first bool) Cause {
	c.Name, c.Closed, c.Fixed = l.Cause, l.At, l.Closing.Fixed()
	c.Facet, c.Link = cmp.Or(l.Facet, c.Facet), cmp.Or(l.Link, c.Link)
	if l.published.After(c.LastSeen) {
		c.LastSeen = l.published
	}
	if !l.Reopened.IsZero() {
		c.Reopened, c.Back = c.Reopened+1, append(c.Back, l.Case)
	}
	if first {
		c.IDs, c.Cases = append(c.IDs, l.Case), c.Cases+1
	}
	return c
}
