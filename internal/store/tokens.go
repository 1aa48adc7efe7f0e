package store

import (
	"time"

	"earshot"
)

// Token lets a program in.
type Token struct {
	ID      int64
	Title   string // what it is for
	Role    earshot.Role
	By      string // who made it
	Created time.Time
	Last    time.Time // used last, to five minutes; zero for never
	Revoked time.Time // zero while it works
}

const tokenColumns = `id, title, role, made_by, created, last_at, revoked`

// PutToken keeps a new token by its hash and returns it with its id.
func (tx *Tx) PutToken(t Token, hash string) (Token, error) {
	id, _, err := queryOne(tx, scanInt, `INSERT INTO tokens (hash, title, role, made_by, created, last_at, revoked) VALUES ($1, $2, $3, $4, $5, 0, 0) RETURNING id`,
		hash, t.Title, t.Role, t.By, ms(t.Created))
	t.ID = id
	return t, err
}

// TokenOf returns the token of a hash, if it works.
func (tx *Tx) TokenOf(hash string) (Token, bool, error) {
	return queryOne(tx, scanToken, `SELECT `+tokenColumns+` FROM tokens WHERE hash = $1 AND revoked = 0`, hash)
}

// Tokens returns all tokens, those that work first, then by age.
func (tx *Tx) Tokens() ([]Token, error) {
	return queryAll(tx, scanToken, `SELECT `+tokenColumns+` FROM tokens ORDER BY CASE WHEN revoked = 0 THEN 0 ELSE 1 END, id DESC`)
}

// TouchToken remembers that a token was used.
func (tx *Tx) TouchToken(id int64, now time.Time) error {
	_, err := tx.exec(`UPDATE tokens SET last_at = $1 WHERE id = $2`, ms(now), id)
	return err
}

// RevokeToken ends a token; ok is false if there is none that works.
func (tx *Tx) RevokeToken(id int64, now time.Time) (t Token, ok bool, err error) {
	return queryOne(tx, scanToken, `UPDATE tokens SET revoked = $1 WHERE id = $2 AND revoked = 0 RETURNING `+tokenColumns, ms(now), id)
}

func scanToken(r scanner) (t Token, err error) {
	var created, last, revoked int64
	err = r.Scan(&t.ID, &t.Title, &t.Role, &t.By, &created, &last, &revoked)
	t.Created, t.Last, t.Revoked = at(created), at(last), at(revoked)
	return t, err
}

// Share is a link that shows one case to whoever has it.
type Share struct {
	ID      int64
	Case    string
	By      string // who shared it
	Created time.Time
	Ends    time.Time
	Last    time.Time // opened last, to five minutes; zero for never
	Revoked time.Time // zero while it works
}

const shareColumns = `id, case_id, made_by, created, ends, last_at, revoked`

// PutShare keeps a new share link by its hash and returns it with its id.
func (tx *Tx) PutShare(s Share, hash string) (Share, error) {
	id, _, err := queryOne(tx, scanInt, `INSERT INTO shares (hash, case_id, made_by, created, ends, last_at, revoked) VALUES ($1, $2, $3, $4, $5, 0, 0) RETURNING id`,
		hash, s.Case, s.By, ms(s.Created), ms(s.Ends))
	s.ID = id
	return s, err
}

// ShareOf returns the share link of a hash, if it is good now.
func (tx *Tx) ShareOf(hash string, now time.Time) (Share, bool, error) {
	return queryOne(tx, scanShare, `SELECT `+shareColumns+` FROM shares WHERE hash = $1 AND revoked = 0 AND ends > $2`, hash, ms(now))
}

// Share returns one share link, whether it is good or not.
func (tx *Tx) Share(id int64) (Share, bool, error) {
	return queryOne(tx, scanShare, `SELECT `+shareColumns+` FROM shares WHERE id = $1`, id)
}

// Shares returns the share links that are good now: of one case, or of all if
// caseID is empty; the latest first.
func (tx *Tx) Shares(caseID string, now time.Time) ([]Share, error) {
	return queryAll(tx, scanShare, `SELECT `+shareColumns+` FROM shares WHERE revoked = 0 AND ends > $1 AND ($2 = '' OR case_id = $2) ORDER BY id DESC`, ms(now), caseID)
}

// TouchShare remembers that a share link was opened.
func (tx *Tx) TouchShare(id int64, now time.Time) error {
	_, err := tx.exec(`UPDATE shares SET last_at = $1 WHERE id = $2`, ms(now), id)
	return err
}

// RevokeShare ends a share link; ok is false if it has ended already.
func (tx *Tx) RevokeShare(id int64, now time.Time) (ok bool, err error) {
	n, err := tx.exec(`UPDATE shares SET revoked = $1 WHERE id = $2 AND revoked = 0 AND ends > $1`, ms(now), id)
	return n == 1, err
}

func scanShare(r scanner) (s Share, err error) {
	var created, ends, last, revoked int64
	err = r.Scan(&s.ID, &s.Case, &s.By, &created, &ends, &last, &revoked)
	s.Created, s.Ends, s.Last, s.Revoked = at(created), at(ends), at(last), at(revoked)
	return s, err
}
