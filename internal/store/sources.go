package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"earshot"
)

// Lease is how a due row is taken: by whom, from when, for how long. A process
// that dies gives its rows back when the lease ends.
type Lease struct {
	By  string
	Now time.Time
	For time.Duration
	N   int // at most
}

// SyncSources makes the listed sources the followed ones: new ones are due at
// once, known ones take the config's word and keep what the crawler remembers,
// and those no longer listed go (their entries stay). Threads, and what programs
// hand in, are not listed and stay.
func (tx *Tx) SyncSources(listed []earshot.Source, now time.Time) error {
	known, err := tx.Sources()
	if err != nil {
		return err
	}
	for _, s := range listed {
		if i := slices.IndexFunc(known, func(k earshot.Source) bool { return k.ID == s.ID }); i >= 0 {
			s = configured(known[i], s)
		} else {
			s.Due, s.State = now, earshot.SourceOK
		}
		if err := tx.PutSource(s); err != nil {
			return err
		}
	}
	for _, k := range known {
		if k.Kind == earshot.SourceThread || k.Kind == earshot.SourcePush || slices.ContainsFunc(listed, func(s earshot.Source) bool { return s.ID == k.ID }) {
			continue
		}
		if _, err := tx.exec(`DELETE FROM sources WHERE id = $1`, k.ID); err != nil {
			return err
		}
	}
	return nil
}

// configured takes the config's word for what the operator decides.
func configured(known, s earshot.Source) earshot.Source {
	known.URL, known.Tags, known.Lang, known.Zone, known.Reach = s.URL, s.Tags, s.Lang, s.Zone, s.Reach
	known.Comments, known.Archive, known.MinEvery, known.MaxEvery, known.Official = s.Comments, s.Archive, s.MinEvery, s.MaxEvery, s.Official
	return known
}

// PutSource writes a source with its schedule and ends its lease. A pause that a
// person set meanwhile stays.
func (tx *Tx) PutSource(s earshot.Source) error {
	if s.Paused() {
		s.State = s.Pause.Was
	}
	data, err := json.Marshal(s)
	if err != nil {
		return fmt.Errorf("source %s: %w", s.ID, err)
	}
	_, err = tx.exec(`INSERT INTO sources (id, short, kind, state, due_at, data) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, state = CASE WHEN sources.paused_until > 0 THEN 'paused' ELSE excluded.state END, due_at = excluded.due_at, data = excluded.data,
		lease_until = 0, lease_by = ''`, s.ID, SourceShort(s.ID), s.Kind, s.State, ms(s.Due), string(data))
	return err
}

// DropSource stops following a source; a thread whose case has ended.
func (tx *Tx) DropSource(id string) error {
	_, err := tx.exec(`DELETE FROM sources WHERE id = $1`, id)
	return err
}

// Sources returns every source, by id.
func (tx *Tx) Sources() ([]earshot.Source, error) {
	return queryAll(tx, scanSource, `SELECT `+sourceColumns+` FROM sources ORDER BY id`)
}

// Source returns one source.
func (tx *Tx) Source(id string) (earshot.Source, bool, error) {
	return queryOne(tx, scanSource, `SELECT `+sourceColumns+` FROM sources WHERE id = $1`, id)
}

// ClaimSources takes sources that are due, the longest waiting first.
func (tx *Tx) ClaimSources(l Lease) ([]earshot.Source, error) {
	if err := tx.endPauses(l.Now); err != nil {
		return nil, err
	}
	return queryAll(tx, scanSource, `UPDATE sources SET lease_until = $1, lease_by = $2 WHERE id IN (
		SELECT id FROM sources WHERE due_at <= $3 AND due_at > 0 AND lease_until <= $3 AND state <> 'paused'
		ORDER BY due_at, id LIMIT $4 `+tx.d.skipLocked+`) RETURNING `+sourceColumns,
		ms(l.Now.Add(l.For)), l.By, ms(l.Now), l.N)
}

// NextSource returns when the next source is due, zero if none ever is. Each
// half is answered by a few rows of an index.
func (tx *Tx) NextSource() (time.Time, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT COALESCE(MIN(t), 0) FROM (
		SELECT t FROM (SELECT due_at AS t FROM sources WHERE due_at > 0 AND lease_until = 0 AND state <> 'paused' ORDER BY due_at LIMIT 1) AS free
		UNION ALL SELECT CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END FROM sources WHERE lease_until > 0 AND due_at > 0 AND state <> 'paused'
		UNION ALL SELECT t FROM (SELECT paused_until AS t FROM sources WHERE paused_until > 0 ORDER BY paused_until LIMIT 1) AS resumed) AS soonest`)
	return at(n), err
}

// scanJSON reads a row of one JSON column.
func scanJSON[T any](r scanner) (v T, err error) {
	var data string
	if err := r.Scan(&data); err != nil {
		return v, err
	}
	err = json.Unmarshal([]byte(data), &v)
	return v, err
}
