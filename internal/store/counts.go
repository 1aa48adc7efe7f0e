package store

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"earshot"
)

// What a row of counts counts.
const (
	countPublished = "published" // mentions by the hour they were published in; subject is the brand, label the intent
	countDay       = "day"       // the same by UTC day, so that a year is few rows
	countHeard     = "heard"     // mentions by the hour they were first seen in, but for silent reads
	countEntries   = "entries"   // entries by the hour they were first seen in, but for silent reads; subject is the source
	countPages     = "pages"     // pages read for their text, so counted; label is PageText or PageBare
)

// What reading a post's page gave: its text, or nothing more than the feed had.
const (
	PageText = "text"
	PageBare = "bare"
)

// Lengths of time in the milliseconds of a column.
const (
	hourMS = int64(time.Hour / time.Millisecond)
	dayMS  = 24 * hourMS
)

// countKey is one row of counts.
type countKey struct {
	what, subject, label string
	hour                 int64
}

func (a countKey) compare(b countKey) int {
	return cmp.Or(cmp.Compare(a.what, b.what), cmp.Compare(a.subject, b.subject), cmp.Compare(a.label, b.label), cmp.Compare(a.hour, b.hour))
}

// count notes a change of one count. It is written at the end of the
// transaction, in one order, so that two of them never wait for each other.
func (tx *Tx) count(what, subject, label string, at, step, n int64) {
	if tx.counts == nil {
		tx.counts = map[countKey]int64{}
	}
	tx.counts[countKey{what, subject, label, at - at%step}] += n
}

// flushCounts writes what count noted.
func (tx *Tx) flushCounts() error {
	for _, k := range slices.SortedFunc(maps.Keys(tx.counts), countKey.compare) {
		if tx.counts[k] == 0 {
			continue
		}
		if _, err := tx.exec(`INSERT INTO counts (what, subject, label, hour, n) VALUES ($1,$2,$3,$4,$5)
			ON CONFLICT (what, subject, label, hour) DO UPDATE SET n = counts.n + excluded.n`, k.what, k.subject, k.label, k.hour, tx.counts[k]); err != nil {
			return err
		}
	}
	tx.counts = nil
	return nil
}

// countedMention is a mention as the counts know it.
type countedMention struct {
	known           bool
	reason, intent  string
	published, seen int64
	silent          string
}

// countedBefore returns how a brand's mention in an entry was counted so far.
func (tx *Tx) countedBefore(e earshot.Entry, brand string) (countedMention, error) {
	c, ok, err := queryOne(tx, func(r scanner) (c countedMention, err error) {
		err = r.Scan(&c.silent, &c.reason, &c.intent, &c.published, &c.seen)
		return c, err
	}, `SELECT e.silent, COALESCE(m.reason, ''), COALESCE(m.intent, '-'), COALESCE(m.published, e.published), COALESCE(m.first_seen, e.first_seen)
		FROM entries e LEFT JOIN mentions m ON m.entry = e.id AND m.brand = $2 WHERE e.id = $1`, e.ID, brand)
	c.known = ok && c.intent != "-"
	if !c.known {
		c.published, c.seen = ms(e.Published), ms(e.FirstSeen)
	}
	return c, err
}

// recount takes a mention out of the counts as it was, and puts it in as it is.
func (tx *Tx) recount(was countedMention, m earshot.Mention) {
	if was.known && was.reason == "" {
		tx.countMention(was, m.Brand, was.intent, -1)
	}
	if m.Reason == "" {
		tx.countMention(was, m.Brand, string(m.Verdict.Intent), 1)
	}
}

func (tx *Tx) countMention(c countedMention, brand, intent string, n int64) {
	tx.count(countPublished, brand, intent, c.published, hourMS, n)
	tx.count(countDay, brand, intent, c.published, dayMS, n)
	if c.silent == "" {
		tx.count(countHeard, brand, intent, c.seen, hourMS, n)
	}
}

// countEntry counts an entry that was just stored.
func (tx *Tx) countEntry(e earshot.Entry, silent earshot.Reason) {
	if silent == "" {
		tx.count(countEntries, e.Source, "", ms(e.FirstSeen), hourMS, 1)
	}
}

// CountPage counts a page that was read for the text of a post of a source:
// PageText if it gave any, else PageBare.
func (tx *Tx) CountPage(source, result string, now time.Time) {
	tx.count(countPages, source, result, ms(now), hourMS, 1)
}

// BrandCounts counts the mentions published in [from, to) by brand and intent:
// whole days and hours from their counts, the ends one by one.
func (tx *Tx) BrandCounts(from, to time.Time) ([]Count, error) {
	pieces, args := countPieces(ms(from), ms(to))
	if pieces == "" {
		return nil, nil
	}
	return queryAll(tx, scanCount, `SELECT subject, label, SUM(n) FROM (`+pieces+`) AS pieces GROUP BY subject, label HAVING SUM(n) > 0`, args...)
}

// countPieces selects what makes up [from, to): single mentions up to the first
// full hour, hours up to the first full day, days, and the same backwards.
func countPieces(from, to int64) (string, []any) {
	up := func(t, step int64) int64 { return (t + step - 1) / step * step }
	hourA, hourB := min(up(from, hourMS), to), max(to-to%hourMS, from)
	hourB = max(hourA, hourB)
	dayA, dayB := min(up(hourA, dayMS), hourB), hourB-hourB%dayMS
	dayB = max(dayA, dayB)
	const (
		hours  = `SELECT subject, label, n FROM counts WHERE what = '` + countPublished + `' AND hour >= ? AND hour < ?`
		days   = `SELECT subject, label, n FROM counts WHERE what = '` + countDay + `' AND hour >= ? AND hour < ?`
		single = `SELECT brand AS subject, intent AS label, 1 AS n FROM mentions WHERE reason = '' AND published >= ? AND published < ?`
	)
	f := &filter{}
	for _, p := range []struct {
		query    string
		from, to int64
	}{{single, from, hourA}, {hours, hourA, dayA}, {days, dayA, dayB}, {hours, dayB, hourB}, {single, hourB, to}} {
		if p.from < p.to {
			f.add(p.query, p.from, p.to)
		}
	}
	return strings.Join(f.conds, " UNION ALL "), f.args
}

// Stretch is how often something was mentioned in one stretch of time.
type Stretch struct {
	N          int // which, counted from the start
	Mentions   int
	Complaints int
}

// Stretches counts a brand's mentions (of all but the given brands, if brand is
// empty) from a time on in n stretches of equal length, by publication. Hours
// that do not start with the clock's, as in Kolkata, are counted one by one.
func (tx *Tx) Stretches(brand string, notBrands []string, from time.Time, each time.Duration, n int) ([]Stretch, error) {
	if ms(from)%hourMS != 0 || each%time.Hour != 0 {
		return tx.slowStretches(brand, notBrands, from, each, n)
	}
	f := &filter{}
	f.add("what = ?", countPublished)
	f.equal("subject", brand)
	without(f, "subject", notBrands)
	f.span("hour", from, from.Add(time.Duration(n)*each))
	return tx.stretches(f, "hour", "n", "label", " FROM counts", from, each)
}

func (tx *Tx) slowStretches(brand string, notBrands []string, from time.Time, each time.Duration, n int) ([]Stretch, error) {
	f := MentionFilter{Brand: brand, NotBrands: notBrands, From: from, To: from.Add(time.Duration(n) * each)}.filter()
	return tx.stretches(f, "m.published", "1", "m.intent", " FROM mentions m", from, each)
}

func (tx *Tx) stretches(f *filter, when, n, intent, table string, from time.Time, each time.Duration) ([]Stretch, error) {
	f.args = append(f.args, ms(from), each.Milliseconds())
	group := fmt.Sprintf("(%s - $%d) / $%d", when, len(f.args)-1, len(f.args))
	return queryAll(tx, func(r scanner) (s Stretch, err error) { err = r.Scan(&s.N, &s.Mentions, &s.Complaints); return s, err },
		`SELECT `+group+`, SUM(`+n+`), SUM(CASE WHEN `+intent+` = 'complaint' THEN `+n+` ELSE 0 END)`+table+f.where()+` GROUP BY 1 HAVING SUM(`+n+`) > 0 ORDER BY 1`, f.args...)
}

// Recount builds all counts anew from what they count. Pages are known only
// from their posts: one that still has a summary gave no text.
func (tx *Tx) Recount() error {
	hour := func(column string, step int64) string { return fmt.Sprintf("%s - %s %% %d", column, column, step) }
	for _, q := range []string{
		`DELETE FROM counts`,
		`INSERT INTO counts (what, subject, label, hour, n) SELECT '` + countPublished + `', brand, intent, ` + hour("published", hourMS) + `, COUNT(*) FROM mentions WHERE reason = '' GROUP BY 2, 3, 4`,
		`INSERT INTO counts (what, subject, label, hour, n) SELECT '` + countDay + `', brand, intent, ` + hour("published", dayMS) + `, COUNT(*) FROM mentions WHERE reason = '' GROUP BY 2, 3, 4`,
		`INSERT INTO counts (what, subject, label, hour, n) SELECT '` + countHeard + `', m.brand, m.intent, ` + hour("m.first_seen", hourMS) + `, COUNT(*)
			FROM mentions m JOIN entries e ON e.id = m.entry WHERE m.reason = '' AND e.silent = '' GROUP BY 2, 3, 4`,
		`INSERT INTO counts (what, subject, label, hour, n) SELECT '` + countEntries + `', source, '', ` + hour("first_seen", hourMS) + `, COUNT(*) FROM entries WHERE silent = '' GROUP BY 2, 4`,
	} {
		if _, err := tx.exec(q); err != nil {
			return err
		}
	}
	return nil
}

// DropCounts forgets counts of hours before a time.
func (tx *Tx) DropCounts(before time.Time) error {
	_, err := tx.exec(`DELETE FROM counts WHERE hour < $1`, ms(before))
	return err
}
