package store

import (
	"encoding/json"
	"fmt"
	"time"

	"earshot"
)

// NewSpike stores a spike and returns it with its id.
func (tx *Tx) NewSpike(s earshot.Spike) (earshot.Spike, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT COALESCE(MAX(n), 0) + 1 FROM spikes`)
	if err != nil {
		return s, err
	}
	s.ID = earshot.SpikeID(n)
	data, err := json.Marshal(s)
	if err != nil {
		return s, fmt.Errorf("spike %s: %w", s.ID, err)
	}
	_, err = tx.exec(`INSERT INTO spikes (id, n, brand, lead, opened_at, data) VALUES ($1,$2,$3,$4,$5,$6)`, s.ID, n, s.Brand, s.Lead, ms(s.Opened), string(data))
	return s, err
}

// PutSpike writes what became of a spike.
func (tx *Tx) PutSpike(s earshot.Spike) error {
	data, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("spike %s: %w", s.ID, err)
	}
	_, err = tx.exec(`UPDATE spikes SET calmed_at = $1, data = $2 WHERE id = $3`, ms(s.Calmed), string(data), s.ID)
	return err
}

// Spike returns one spike.
func (tx *Tx) Spike(id string) (earshot.Spike, bool, error) {
	return queryOne(tx, scanJSON[earshot.Spike], `SELECT data FROM spikes WHERE id = $1`, id)
}

// OpenSpike returns the spike about a brand that is not over.
func (tx *Tx) OpenSpike(brand string) (earshot.Spike, bool, error) {
	return queryOne(tx, scanJSON[earshot.Spike], `SELECT data FROM spikes WHERE calmed_at = 0 AND brand = $1 ORDER BY n LIMIT 1`, brand)
}

// OpenSpikes returns all spikes that are not over.
func (tx *Tx) OpenSpikes() ([]earshot.Spike, error) {
	return queryAll(tx, scanJSON[earshot.Spike], `SELECT data FROM spikes WHERE calmed_at = 0 ORDER BY n`)
}

// SpikeCards returns the first alert of a spike at each receiver.
func (tx *Tx) SpikeCards(id string) ([]earshot.Alert, error) {
	return queryAll(tx, scanAlert, alertQuery+` WHERE subject = $1 AND kind = 'spike' ORDER BY receiver`, id)
}

// Complainer is one complaint with who made it and where.
type Complainer struct {
	At     time.Time
	Author string // Author.Key, or the source if nobody is named
	Case   string
	Entry  int64
}

// Complainers returns the complaints about a brand published in [from, to] that
// were news, the newest first, at most n; a copy is nobody's own word. The
// entry that is being settled is not placed in its story yet and counts.
func (tx *Tx) Complainers(brand string, from, to time.Time, n int) ([]Complainer, error) {
	return queryAll(tx, func(r scanner) (c Complainer, err error) {
		var when int64
		err = r.Scan(&when, &c.Author, &c.Case, &c.Entry)
		c.At = at(when)
		return c, err
	}, `SELECT m.published, CASE WHEN e.author_key <> '' THEN e.author_key ELSE e.source END, m.case_id, e.id FROM mentions m JOIN entries e ON e.id = m.entry
		WHERE m.brand = $1 AND m.reason = '' AND m.intent = 'complaint' AND m.published >= $2 AND m.published <= $3 AND e.silent = '' AND e.story IN (0, e.id)
		ORDER BY m.published DESC, m.id DESC LIMIT $4`, brand, ms(from), ms(to), n)
}

// SpikeFigures are the numbers that a spike's card shows.
type SpikeFigures struct {
	Count, Authors, Sites, Answered int
}

// SpikeFigures counts the complaints about a brand published in [from, to], by
// how many authors at how many places, and how many of their cases were answered.
func (tx *Tx) SpikeFigures(brand string, from, to time.Time) (SpikeFigures, error) {
	f, _, err := queryOne(tx, func(r scanner) (f SpikeFigures, err error) {
		err = r.Scan(&f.Count, &f.Authors, &f.Sites, &f.Answered)
		return f, err
	}, `SELECT COUNT(*), COUNT(DISTINCT CASE WHEN e.author_key <> '' THEN e.author_key ELSE e.source END), COUNT(DISTINCT e.source),
		COALESCE(SUM(CASE WHEN c.answer IN ('responded', 'resolved') THEN 1 ELSE 0 END), 0) FROM mentions m JOIN entries e ON e.id = m.entry LEFT JOIN cases c ON c.id = m.case_id
		WHERE m.brand = $1 AND m.reason = '' AND m.intent = 'complaint' AND m.published >= $2 AND m.published <= $3 AND e.silent = ''`, brand, ms(from), ms(to))
	return f, err
}

// ComplaintHours returns how many complaints about a brand each hour since a
// time brought, by publication.
func (tx *Tx) ComplaintHours(brand string, since time.Time) ([]HourCount, error) {
	return tx.hourCounts(countPublished, brand, string(earshot.Complaint), since)
}

// HourCount is how much one hour brought.
type HourCount struct {
	Hour time.Time
	N    int
}

func (tx *Tx) hourCounts(what, subject, label string, since time.Time) ([]HourCount, error) {
	return queryAll(tx, scanHour, `SELECT hour, n FROM counts WHERE what = $1 AND subject = $2 AND label = $3 AND hour >= $4 AND n > 0 ORDER BY hour`, what, subject, label, ms(since))
}

func scanHour(r scanner) (h HourCount, err error) {
	var when int64
	err = r.Scan(&when, &h.N)
	h.Hour = at(when)
	return h, err
}

// FirstHeard returns when the first entry was read, zero if none ever was.
func (tx *Tx) FirstHeard() (time.Time, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT first_seen FROM entries ORDER BY id LIMIT 1`)
	return at(n), err
}

// tallySpike finds the open spike about the case's brand whose card went, or is
// on its way, to the receiver.
func (tx *Tx) tallySpike(t *earshot.Tally, caseID string, _ time.Time) (err error) {
	if caseID == "" {
		return nil
	}
	t.Spike, _, err = queryOne(tx, scanText, `SELECT s.id FROM cases c JOIN spikes s ON s.brand = c.brand AND s.calmed_at = 0
		JOIN alerts a ON a.subject = s.id AND a.receiver = $1 AND a.kind = 'spike' AND a.reason IN ('', 'sent', 'edited') WHERE c.id = $2 LIMIT 1`, t.Receiver, caseID)
	return err
}

// ComplaintsBetween returns the newest complaints about a brand published in
// [from, to] that were news, at most n.
func (tx *Tx) ComplaintsBetween(brand string, from, to time.Time, n int) ([]earshot.Mention, error) {
	return queryAll(tx, scanMention, `SELECT m.id, m.data FROM mentions m JOIN entries e ON e.id = m.entry WHERE m.brand = $1 AND m.reason = '' AND m.intent = 'complaint'
		AND m.published >= $2 AND m.published <= $3 AND e.silent = '' ORDER BY m.published DESC, m.id DESC LIMIT $4`, brand, ms(from), ms(to), n)
}
