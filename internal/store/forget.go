package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"earshot"
)

// Erased says what forgetting an author took away, or would take.
type Erased struct {
	Entries   int
	Mentions  int
	Responses int
	Cases     []string // that keep their course, without the person
	Cards     int      // messages that still quote the person, out of our reach
}

// EachEntry calls f with every entry, by id.
func (tx *Tx) EachEntry(f func(earshot.Entry) error) error {
	last := int64(0)
	for {
		batch, err := queryAll(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE id > $1 ORDER BY id LIMIT 2000`, last)
		if err != nil || len(batch) == 0 {
			return err
		}
		for _, e := range batch {
			if err := f(e); err != nil {
				return err
			}
		}
		last = batch[len(batch)-1].ID
	}
}

// AuthorEntries returns everything an author wrote, oldest first.
func (tx *Tx) AuthorEntries(key string) ([]earshot.Entry, error) {
	return queryAll(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE author_key = $1 ORDER BY id`, key)
}

// Forgotten says whether an author is not to be read again.
func (tx *Tx) Forgotten(key string) (bool, error) {
	if key == "" {
		return false, nil
	}
	type row struct{ hash, salt string }
	rows, err := queryAll(tx, func(r scanner) (o row, err error) { err = r.Scan(&o.hash, &o.salt); return o, err }, `SELECT hash, salt FROM forgotten`)
	for _, r := range rows {
		if r.hash == saltedHash(r.salt, key) {
			return true, err
		}
	}
	return false, err
}

func saltedHash(salt, key string) string {
	sum := sha256.Sum256([]byte(salt + "\x00" + key))
	return hex.EncodeToString(sum[:])
}

// Forget erases what an author wrote, wherever it is kept, and keeps a salted hash
// so that a later reading brings nothing back. Labels, times and the course of
// cases stay: they say what the company did, and no longer about whom.
func (tx *Tx) Forget(key string, now time.Time) (Erased, error) {
	var out Erased
	entries, err := tx.AuthorEntries(key)
	if err != nil {
		return out, err
	}
	for _, e := range entries {
		if err := tx.eraseEntry(e, &out); err != nil {
			return out, err
		}
	}
	if _, err := tx.exec(`UPDATE cases SET author_key = '' WHERE author_key = $1`, key); err != nil {
		return out, err
	}
	known, err := tx.Forgotten(key)
	if err != nil || known {
		return out, err
	}
	salt := rand.Text()
	_, err = tx.exec(`INSERT INTO forgotten (hash, salt, at) VALUES ($1, $2, $3)`, saltedHash(salt, key), salt, ms(now))
	return out, err
}

// Compact rewrites a SQLite file, so that what was erased does not stay in its
// free pages; PostgreSQL does so by itself in time. Writers wait meanwhile.
func (s *Store) Compact(ctx context.Context) error {
	for _, q := range s.d.compact {
		if _, err := s.write.ExecContext(ctx, q); err != nil {
			return queryError(q, err)
		}
	}
	return nil
}

// eraseEntry takes the words, the name and the address out of an entry and out of
// all that was made of it.
func (tx *Tx) eraseEntry(e earshot.Entry, out *Erased) error {
	blank := earshot.Entry{ID: e.ID, Key: fmt.Sprintf("forgotten-%d", e.ID), Source: e.Source, Kind: e.Kind, Thread: e.Thread, Lang: e.Lang,
		Published: e.Published, Precision: e.Precision, FirstSeen: e.FirstSeen, Revision: e.Revision, Removed: e.Removed, Comments: e.Comments}
	if e.Kind == earshot.Post {
		blank.Thread = blank.Key
		if err := tx.renameThread(e.Thread, blank.Key); err != nil {
			return err
		}
	}
	if err := tx.UpdateEntry(blank); err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE entries SET key = $1, work = 'done' WHERE id = $2`, blank.Key, e.ID); err != nil {
		return err
	}
	if _, err := tx.exec(`UPDATE revisions SET title = '', body = '', hash = '' WHERE entry = $1`, e.ID); err != nil {
		return err
	}
	out.Entries++
	if err := tx.eraseMentions(blank, out); err != nil {
		return err
	}
	return tx.eraseResponses(e.ID, out)
}

func (tx *Tx) eraseMentions(e earshot.Entry, out *Erased) error {
	mentions, err := tx.Mentions(e.ID)
	if err != nil {
		return err
	}
	cases, err := tx.MentionCases(e.ID)
	if err != nil {
		return err
	}
	for _, m := range mentions {
		v := m.Verdict
		m.Spans, m.Rule, m.Why = nil, "", ""
		m.Verdict = earshot.Verdict{Sentiment: v.Sentiment, Intent: v.Intent, Confidence: v.Confidence, IntentConfidence: v.IntentConfidence, PComplaint: v.PComplaint,
			Facet: v.Facet, Dimension: v.Dimension, Severity: v.Severity, Holder: v.Holder, Abstain: v.Abstain, Lang: v.Lang, By: v.By, DecidedAt: v.DecidedAt}
		if _, err := tx.PutMention(m, e); err != nil {
			return err
		}
		out.Mentions++
		if id := cases[m.Brand]; id != "" {
			out.Cases = append(out.Cases, id)
			n, _, err := queryOne(tx, scanInt, `SELECT COUNT(*) FROM cards WHERE subject = $1`, id)
			if err != nil {
				return err
			}
			out.Cards += int(n)
		}
	}
	return nil
}

// eraseResponses takes the words out of the evidence that was read in an entry.
func (tx *Tx) eraseResponses(entry int64, out *Erased) error {
	all, err := queryAll(tx, scanResponse, `SELECT id, data FROM responses WHERE entry = $1 ORDER BY id`, entry)
	for _, r := range all {
		if err != nil {
			return err
		}
		r.Actor, r.ActorURL, r.Link, r.Passage, r.DueText, r.Note = "", "", "", "", "", ""
		var data []byte
		if data, err = json.Marshal(r); err == nil {
			_, err = tx.exec(`UPDATE responses SET data = $1 WHERE id = $2`, string(data), r.ID)
		}
		out.Responses++
	}
	return err
}

// renameThread takes the address of a post out of its comments, cases and their
// events, and stops revisiting it.
func (tx *Tx) renameThread(from, to string) error {
	if from == "" {
		return nil
	}
	entries, err := tx.ThreadEntries(from)
	if err != nil {
		return err
	}
	for _, e := range entries {
		e.Thread = to
		if err := tx.UpdateEntry(e); err != nil {
			return err
		}
	}
	if err := tx.DropSource("thread:" + from); err != nil {
		return err
	}
	cases, err := queryAll(tx, scanJSON[earshot.Case], `SELECT data FROM cases WHERE thread = $1 ORDER BY n`, from)
	for _, c := range cases {
		if err != nil {
			return err
		}
		err = tx.renameCaseThread(c, to)
	}
	return err
}

// renameCaseThread changes the case and the event it is rebuilt from alike.
func (tx *Tx) renameCaseThread(c earshot.Case, to string) error {
	c.Thread = to
	data, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("case %s: %w", c.ID, err)
	}
	if _, err := tx.exec(`UPDATE cases SET thread = $1, data = $2 WHERE id = $3`, to, string(data), c.ID); err != nil {
		return err
	}
	events, err := tx.Events(c.ID)
	for _, e := range events {
		if err != nil || e.Data.Opening == nil {
			continue
		}
		e.Data.Opening.Thread = to
		if data, err = json.Marshal(e); err == nil {
			_, err = tx.exec(`UPDATE events SET data = $1 WHERE case_id = $2 AND seq = $3`, string(data), c.ID, e.Seq)
		}
	}
	return err
}
