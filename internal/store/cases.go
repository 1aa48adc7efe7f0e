package store

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"

	"earshot"
)

// NextCase returns a free case number and its public id.
func (tx *Tx) NextCase() (int64, string, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT COALESCE(MAX(n), 0) + 1 FROM cases`)
	return n, earshot.CaseID(n), err
}

// PutCase writes the case row; n and authorKey count only for a new one.
func (tx *Tx) PutCase(c earshot.Case, n int64, authorKey string, now time.Time) error {
	data, err := json.Marshal(c)
	if err != nil {
		return fmt.Errorf("case %s: %w", c.ID, err)
	}
	f := earshot.Fold(c.Evidence)
	_, err = tx.exec(`INSERT INTO cases (id, n, rev, brand, story, thread, author_key, work, answer, clock, status, intent, severity, owner,
		merged, silent, published, opened_at, closed_at, answered_at, due_at, promise_at, tick_at, moved_at, data, facet, unsure)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20,$21,$22,$23,$24,$25,$26,$27)
		ON CONFLICT (id) DO UPDATE SET rev=excluded.rev, work=excluded.work, answer=excluded.answer, clock=excluded.clock, status=excluded.status,
		intent=excluded.intent, severity=excluded.severity, owner=excluded.owner, merged=excluded.merged, closed_at=excluded.closed_at,
		answered_at=excluded.answered_at, due_at=excluded.due_at, promise_at=excluded.promise_at, tick_at=excluded.tick_at,
		moved_at=excluded.moved_at, data=excluded.data, facet=excluded.facet, unsure=excluded.unsure`,
		c.ID, n, c.Rev, c.Brand, c.Story, c.Thread, authorKey, c.Work, c.Answer, c.Clock.Clock, c.Status(), c.Label.Intent, c.Label.Severity, c.Owner,
		c.Merged, c.Silent, ms(c.Published), ms(c.Opened), ms(c.Closed), ms(f.First), ms(c.Clock.Due), ms(standing(c)), ms(c.NextTick()), ms(now), string(data),
		cmp.Or(c.Cause, c.Label.Facet), flag(c.Label.Unsure))
	return err
}

// standing is when the promise that still holds is due.
func standing(c earshot.Case) time.Time {
	if c.Answer != earshot.AnswerPromised || c.Promise.State == earshot.PromiseBroken {
		return time.Time{}
	}
	return c.Promise.Due
}

// AppendEvents adds what happened to cases in one step, and keeps the list of
// closings true to it.
func (tx *Tx) AppendEvents(events []earshot.Event) error {
	for _, e := range events {
		data, err := json.Marshal(e)
		if err != nil {
			return fmt.Errorf("event %d of case %s: %w", e.Seq, e.Case, err)
		}
		if _, err := tx.exec(`INSERT INTO events (case_id, seq, kind, at, actor, action, batch, data) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`,
			e.Case, e.Seq, e.Kind, ms(e.At), e.Actor, e.Action, events[0].Seq, string(data)); err != nil {
			return err
		}
	}
	return tx.keepClosings(events)
}

// Events returns what happened to a case, in order.
func (tx *Tx) Events(caseID string) ([]earshot.Event, error) {
	return queryAll(tx, scanJSON[earshot.Event], `SELECT data FROM events WHERE case_id = $1 ORDER BY seq`, caseID)
}

// Case returns one case by its public id.
func (tx *Tx) Case(id string) (earshot.Case, bool, error) {
	return queryOne(tx, scanJSON[earshot.Case], `SELECT data FROM cases WHERE id = $1`, id)
}

// ThreadCase returns the case of a brand in a thread that a comment belongs to:
// not merged, the oldest.
func (tx *Tx) ThreadCase(thread, brand string) (earshot.Case, bool, error) {
	return queryOne(tx, scanJSON[earshot.Case], `SELECT data FROM cases WHERE thread = $1 AND brand = $2 AND merged = '' ORDER BY n LIMIT 1`, thread, brand)
}

// StoryCase returns the case of a brand on a story.
func (tx *Tx) StoryCase(story int64, brand string) (earshot.Case, bool, error) {
	return queryOne(tx, scanJSON[earshot.Case], `SELECT data FROM cases WHERE story = $1 AND brand = $2 AND merged = '' ORDER BY n LIMIT 1`, story, brand)
}

// ThreadCases returns the cases of all brands in a thread.
func (tx *Tx) ThreadCases(thread string) ([]earshot.Case, error) {
	return queryAll(tx, scanJSON[earshot.Case], `SELECT data FROM cases WHERE thread = $1 AND merged = '' ORDER BY n`, thread)
}

// AuthorCases returns an author's cases with a brand since a time, newest first.
func (tx *Tx) AuthorCases(authorKey, brand string, since time.Time) ([]earshot.Case, error) {
	if authorKey == "" {
		return nil, nil
	}
	return queryAll(tx, scanJSON[earshot.Case], `SELECT data FROM cases WHERE author_key = $1 AND brand = $2 AND merged = '' AND published >= $3 ORDER BY n DESC LIMIT 50`,
		authorKey, brand, ms(since))
}

// DueCases returns the ids of cases that must be looked at by now.
func (tx *Tx) DueCases(now time.Time, n int) ([]string, error) {
	return queryAll(tx, scanText, `SELECT id FROM cases WHERE (tick_at > 0 AND tick_at <= $1) OR (alert_at > 0 AND alert_at <= $1)
		ORDER BY id LIMIT $2 `+tx.d.skipLocked, ms(now), n)
}

// CaseAlertTick sets when a reminder or escalation of a case is due, zero for never.
func (tx *Tx) CaseAlertTick(id string, when time.Time) error {
	_, err := tx.exec(`UPDATE cases SET alert_at = $1 WHERE id = $2`, ms(when), id)
	return err
}

// NextTick returns when the next case or receiver must be looked at, zero if none.
func (tx *Tx) NextTick() (time.Time, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT COALESCE(MIN(t), 0) FROM (SELECT MIN(tick_at) AS t FROM cases WHERE tick_at > 0
		UNION ALL SELECT MIN(alert_at) FROM cases WHERE alert_at > 0
		UNION ALL SELECT MIN(tick_at) FROM receivers WHERE tick_at > 0) AS ticks WHERE t IS NOT NULL`)
	return at(n), err
}

// PutAction stores what a person did; added is false if that very action (by
// its id) was done before.
func (tx *Tx) PutAction(a earshot.Action) (added bool, err error) {
	data, err := json.Marshal(a)
	if err != nil {
		return false, fmt.Errorf("action %s: %w", a.ID, err)
	}
	n, err := tx.exec(`INSERT INTO actions (id, case_id, verb, actor, at, data) VALUES ($1,$2,$3,$4,$5,$6) ON CONFLICT (id) DO NOTHING`,
		a.ID, a.Case, a.Verb, a.Actor, ms(a.At), string(data))
	return n == 1, err
}

// Actions returns what people did to a case, in order.
func (tx *Tx) Actions(caseID string) ([]earshot.Action, error) {
	return queryAll(tx, scanJSON[earshot.Action], `SELECT data FROM actions WHERE case_id = $1 ORDER BY at, id`, caseID)
}

// CaseAuthor returns who wrote a case's first mention, by author key.
func (tx *Tx) CaseAuthor(id string) (string, error) {
	key, _, err := queryOne(tx, scanText, `SELECT author_key FROM cases WHERE id = $1`, id)
	return key, err
}

// LockCase makes the transaction the only one that moves the case.
func (tx *Tx) LockCase(id string) error {
	if tx.d.skipLocked == "" {
		return nil // a SQLite transaction that writes is alone
	}
	_, err := tx.exec(`SELECT id FROM cases WHERE id = $1 FOR UPDATE`, id)
	return err
}
