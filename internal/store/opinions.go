package store

import (
	"fmt"
	"time"
)

// OpinionState says how far a second opinion is.
type OpinionState string

// The states of a second opinion.
const (
	OpinionWaiting OpinionState = "waiting"
	OpinionDone    OpinionState = "done"
	OpinionFailed  OpinionState = "failed"
)

// AskOpinion makes a mention due for a second opinion; one that was asked about
// is asked about again, since its text is another.
func (tx *Tx) AskOpinion(mention int64, now time.Time) error {
	_, err := tx.exec(`INSERT INTO second_opinion (mention, state, due_at) VALUES ($1, 'waiting', $2)
		ON CONFLICT (mention) DO UPDATE SET state = 'waiting', due_at = excluded.due_at, attempts = 0, trouble = ''`, mention, ms(now))
	return err
}

// DueOpinion is a mention that waits for a second opinion.
type DueOpinion struct {
	Mention  int64
	Attempts int // this one included
}

// ClaimOpinions takes mentions whose second opinion is due.
func (tx *Tx) ClaimOpinions(l Lease) ([]DueOpinion, error) {
	return queryAll(tx, func(r scanner) (o DueOpinion, err error) { err = r.Scan(&o.Mention, &o.Attempts); return o, err },
		`UPDATE second_opinion SET lease_until = $1, attempts = attempts + 1 WHERE mention IN (
		SELECT mention FROM second_opinion WHERE state = 'waiting' AND due_at <= $2 AND lease_until <= $2 ORDER BY due_at, mention LIMIT $3 `+tx.d.skipLocked+`)
		RETURNING mention, attempts`, ms(l.Now.Add(l.For)), ms(l.Now), l.N)
}

// EndOpinion says what became of it: done, or failed with the trouble in words.
func (tx *Tx) EndOpinion(mention int64, state OpinionState, trouble string) error {
	_, err := tx.exec(`UPDATE second_opinion SET state = $1, trouble = $2, lease_until = 0 WHERE mention = $3`, state, trouble, mention)
	return err
}

// DelayOpinion puts it off; free says that nobody was asked, so that it does not
// count as an attempt.
func (tx *Tx) DelayOpinion(mention int64, due time.Time, trouble string, free bool) error {
	_, err := tx.exec(`UPDATE second_opinion SET due_at = $1, trouble = $2, lease_until = 0, attempts = attempts - $3 WHERE mention = $4`,
		ms(due), trouble, flag(free), mention)
	return err
}

// NextOpinion is when one is due, zero if none waits.
func (tx *Tx) NextOpinion() (time.Time, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT COALESCE(MIN(CASE WHEN lease_until > due_at THEN lease_until ELSE due_at END), 0) FROM second_opinion WHERE state = 'waiting'`)
	return at(n), err
}

// OpinionState returns how far a mention's second opinion is, and its trouble.
func (tx *Tx) OpinionState(mention int64) (OpinionState, string, error) {
	type row struct {
		state   OpinionState
		trouble string
	}
	v, _, err := queryOne(tx, func(r scanner) (v row, err error) { err = r.Scan(&v.state, &v.trouble); return v, err },
		`SELECT state, trouble FROM second_opinion WHERE mention = $1`, mention)
	return v.state, v.trouble, err
}

// Opinion returns what the endpoint said of a text before, by the text's hash.
func (tx *Tx) Opinion(hash string) (sentiment, intent string, ok bool, err error) {
	type row struct{ s, i string }
	v, ok, err := queryOne(tx, func(r scanner) (v row, err error) { err = r.Scan(&v.s, &v.i); return v, err },
		`SELECT sentiment, intent FROM opinions WHERE hash = $1`, hash)
	return v.s, v.i, ok, err
}

// PutOpinion keeps what the endpoint said of a text.
func (tx *Tx) PutOpinion(hash, sentiment, intent string, now time.Time) error {
	_, err := tx.exec(`INSERT INTO opinions (hash, sentiment, intent, at) VALUES ($1,$2,$3,$4) ON CONFLICT (hash) DO NOTHING`, hash, sentiment, intent, ms(now))
	return err
}

// Spend takes one question out of a period's budget; false if it is used up.
func (tx *Tx) Spend(period string, budget int) (bool, error) {
	if budget <= 0 {
		return false, nil
	}
	n, err := tx.exec(`INSERT INTO budgets (period, used) VALUES ($1, 1)
		ON CONFLICT (period) DO UPDATE SET used = budgets.used + 1 WHERE budgets.used < $2`, period, budget)
	if err != nil {
		return false, fmt.Errorf("budget: %w", err)
	}
	return n > 0, nil
}
