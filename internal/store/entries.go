package store

import (
	"encoding/json"
	"fmt"
	"time"

	"earshot"
)

// Work is what is still to be done with an entry.
type Work string

// The works of an entry.
const (
	WorkSpot   Work = "spot" // to be spotted, completed, judged, joined
	WorkDone   Work = "done"
	WorkPoison Work = "poison" // work on it failed too often; set aside
)

// AddEntry stores an entry that was not known. It is due for work; silent says
// why it makes no message of its own.
func (tx *Tx) AddEntry(e earshot.Entry, silent earshot.Reason, now time.Time) (earshot.Entry, error) {
	e.Revision = max(e.Revision, 1)
	data, err := json.Marshal(e)
	if err != nil {
		return e, fmt.Errorf("entry %s: %w", e.Key, err)
	}
	band := bands(e.Fingerprint)
	e.ID, _, err = queryOne(tx, scanInt, `INSERT INTO entries (key, source, kind, thread, canonical, url, author_key, lang, published, first_seen,
		revision, hash, finger, band0, band1, band2, band3, work, work_due, silent, data)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21) RETURNING id`,
		e.Key, e.Source, e.Kind, e.Thread, e.Canonical, e.URL, e.Author.Key, e.Lang, ms(e.Published), ms(e.FirstSeen),
		e.Revision, e.Hash, finger(e.Fingerprint), band[0], band[1], band[2], band[3], WorkSpot, ms(now), silent, string(data))
	if err != nil {
		return e, err
	}
	tx.countEntry(e, silent)
	return e, tx.putRevision(e, now)
}

// ReviseEntry stores a new revision of a known entry, beside the old text, and
// makes it due for work. It is never silent for a reason of its first reading.
func (tx *Tx) ReviseEntry(e earshot.Entry, now time.Time) error {
	if err := tx.putRevision(e, now); err != nil {
		return err
	}
	if err := tx.UpdateEntry(e); err != nil {
		return err
	}
	_, err := tx.exec(`UPDATE entries SET work = $1, work_due = $2, attempts = 0 WHERE id = $3`, WorkSpot, ms(now), e.ID)
	return err
}

func (tx *Tx) putRevision(e earshot.Entry, now time.Time) error {
	_, err := tx.exec(`INSERT INTO revisions (entry, revision, seen_at, hash, title, body) VALUES ($1,$2,$3,$4,$5,$6)
		ON CONFLICT (entry, revision) DO UPDATE SET hash = excluded.hash, title = excluded.title, body = excluded.body`,
		e.ID, e.Revision, ms(now), e.Hash, e.Title, e.Text)
	return err
}

// UpdateEntry writes what became known of an entry (its full text, its
// fingerprint) without making it a new revision.
func (tx *Tx) UpdateEntry(e earshot.Entry) error {
	data, err := json.Marshal(e)
	if err != nil {
		return fmt.Errorf("entry %s: %w", e.Key, err)
	}
	band := bands(e.Fingerprint)
	_, err = tx.exec(`UPDATE entries SET thread=$1, canonical=$2, url=$3, author_key=$4, lang=$5, published=$6, revision=$7, hash=$8,
		finger=$9, band0=$10, band1=$11, band2=$12, band3=$13, removed_at=$14, data=$15 WHERE id=$16`,
		e.Thread, e.Canonical, e.URL, e.Author.Key, e.Lang, ms(e.Published), e.Revision, e.Hash,
		finger(e.Fingerprint), band[0], band[1], band[2], band[3], ms(e.Removed), string(data), e.ID)
	return err
}

// Revision returns the text of one revision of an entry.
func (tx *Tx) Revision(entry int64, revision int) (title, text string, err error) {
	type pair struct{ title, text string }
	p, _, err := queryOne(tx, func(r scanner) (p pair, err error) { err = r.Scan(&p.title, &p.text); return p, err },
		`SELECT title, body FROM revisions WHERE entry = $1 AND revision = $2`, entry, revision)
	return p.title, p.text, err
}

const entryColumns = `id, story, data`

func scanEntry(r scanner) (e earshot.Entry, err error) {
	var id, story int64
	var data string
	if err := r.Scan(&id, &story, &data); err != nil {
		return e, err
	}
	err = json.Unmarshal([]byte(data), &e)
	e.ID = id
	return e, err
}

// Entry returns one entry.
func (tx *Tx) Entry(id int64) (earshot.Entry, bool, error) {
	return queryOne(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE id = $1`, id)
}

// EntryByKey returns the entry of that identity.
func (tx *Tx) EntryByKey(key string) (earshot.Entry, bool, error) {
	return queryOne(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE key = $1`, key)
}

// EntriesAt returns the entries at a canonical address, posts first.
func (tx *Tx) EntriesAt(canonical string) ([]earshot.Entry, error) {
	return queryAll(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE canonical = $1 ORDER BY kind DESC, id`, canonical)
}

// ThreadEntries returns a post and its comments, the post first.
func (tx *Tx) ThreadEntries(thread string) ([]earshot.Entry, error) {
	return queryAll(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE thread = $1 ORDER BY kind DESC, published, id`, thread)
}

// Job is an entry to be worked on.
type Job struct {
	Entry    earshot.Entry
	Story    int64
	Silent   earshot.Reason
	Attempts int
}

// ClaimEntries takes entries whose work is due, oldest publication last seen first.
func (tx *Tx) ClaimEntries(l Lease) ([]Job, error) {
	return queryAll(tx, scanJob, `UPDATE entries SET lease_until = $1, lease_by = $2, attempts = attempts + 1 WHERE id IN (
		SELECT id FROM entries WHERE work = 'spot' AND work_due <= $3 AND lease_until <= $3
		ORDER BY work_due, id LIMIT $4 `+tx.d.skipLocked+`) RETURNING `+entryColumns+`, silent, attempts`,
		ms(l.Now.Add(l.For)), l.By, ms(l.Now), l.N)
}

func scanJob(r scanner) (j Job, err error) {
	var id int64
	var data string
	if err := r.Scan(&id, &j.Story, &data, &j.Silent, &j.Attempts); err != nil {
		return j, err
	}
	err = json.Unmarshal([]byte(data), &j.Entry)
	j.Entry.ID = id
	return j, err
}

// FinishEntry marks an entry's work done, with its story and, if it became no
// mention, the reason.
func (tx *Tx) FinishEntry(id, story int64, reason earshot.Reason) error {
	_, err := tx.exec(`UPDATE entries SET work = 'done', story = $1, reason = $2, lease_until = 0, lease_by = '' WHERE id = $3`, story, reason, id)
	return err
}

// WorkAgain makes a story's entries due to be judged anew. They keep their story
// and cases, and count as seen before.
func (tx *Tx) WorkAgain(story int64, now time.Time) error {
	_, err := tx.exec(`UPDATE entries SET work = 'spot', work_due = $1, attempts = 1 WHERE story = $2 AND work = 'done'`, ms(now), story)
	return err
}

// DelayEntry gives an entry back to be tried again at a time, or, if poison,
// sets it aside for good.
func (tx *Tx) DelayEntry(id int64, due time.Time, poison bool) error {
	work := WorkSpot
	if poison {
		work = WorkPoison
	}
	_, err := tx.exec(`UPDATE entries SET work = $1, work_due = $2, lease_until = 0, lease_by = '' WHERE id = $3`, work, ms(due), id)
	return err
}

// NextEntry returns when the next entry's work is due, zero if none is. Each
// half is answered by the first row of an index.
func (tx *Tx) NextEntry() (time.Time, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT COALESCE(MIN(t), 0) FROM (
		SELECT t FROM (SELECT work_due AS t FROM entries WHERE work = 'spot' AND lease_until = 0 ORDER BY work_due LIMIT 1) AS free
		UNION ALL SELECT t FROM (SELECT lease_until AS t FROM entries WHERE lease_until > 0 AND work = 'spot' ORDER BY lease_until LIMIT 1) AS taken) AS soonest`)
	return at(n), err
}

// FreeLeases gives back what a process that died had taken; only for a store
// that one process has to itself.
func (tx *Tx) FreeLeases() error {
	for _, table := range []string{"sources", "entries", "outbox"} {
		if _, err := tx.exec(`UPDATE ` + table + ` SET lease_until = 0, lease_by = '' WHERE lease_until > 0`); err != nil {
			return err
		}
	}
	return nil
}

// StoryOf returns the story of an entry, 0 if it was not joined yet.
func (tx *Tx) StoryOf(entry int64) (int64, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT story FROM entries WHERE id = $1`, entry)
	return n, err
}

// SetStory moves all entries of one story to another: the first published of a
// story is its origin.
func (tx *Tx) SetStory(from, to int64) error {
	for _, q := range []string{
		`UPDATE entries SET story = $1 WHERE story = $2`,
		`UPDATE cases SET story = $1 WHERE story = $2`,
	} {
		if _, err := tx.exec(q, to, from); err != nil {
			return err
		}
	}
	return nil
}

// Likely returns entries that may be copies: the same hash, or a simhash that
// shares a band, seen since the time; at most n, newest first.
func (tx *Tx) Likely(e earshot.Entry, since time.Time, n int) ([]earshot.Entry, error) {
	band := bands(e.Fingerprint)
	return queryAll(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE id <> $1 AND first_seen >= $2 AND story > 0 AND (hash = $3
		OR (band0 >= 0 AND (band0 = $4 OR band1 = $5 OR band2 = $6 OR band3 = $7))) ORDER BY id DESC LIMIT $8`,
		e.ID, ms(since), e.Hash, band[0], band[1], band[2], band[3], n)
}

// finger writes a simhash; empty for texts too short to have one.
func finger(f uint64) string {
	if f == 0 {
		return ""
	}
	return fmt.Sprintf("%016x", f)
}

// bands are the four 16-bit parts of a simhash: two texts that differ in at
// most three bits share at least one.
func bands(f uint64) [4]int64 {
	if f == 0 {
		return [4]int64{-1, -1, -1, -1}
	}
	return [4]int64{int64(f & 0xffff), int64(f >> 16 & 0xffff), int64(f >> 32 & 0xffff), int64(f >> 48)}
}

// DoneEntries returns how many entries were worked on to the end.
func (tx *Tx) DoneEntries() (int64, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT COUNT(*) FROM entries WHERE work = 'done'`)
	return n, err
}
