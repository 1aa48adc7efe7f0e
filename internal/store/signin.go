package store

import (
	"time"

	"earshot"
)

// Login is how a person of the config signs in.
type Login struct {
	Name     string
	Password string    // argon2id with its parameters and salt
	Set      time.Time // when the password was set
	Last     time.Time // when the person signed in last, zero for never
}

// Login returns how a person signs in; ok is false before a password was set.
func (tx *Tx) Login(name string) (l Login, ok bool, err error) {
	return queryOne(tx, scanLogin, `SELECT name, password, set_at, last_at FROM logins WHERE name = $1`, name)
}

// Logins returns all of them, by name.
func (tx *Tx) Logins() ([]Login, error) {
	return queryAll(tx, scanLogin, `SELECT name, password, set_at, last_at FROM logins ORDER BY name`)
}

func scanLogin(r scanner) (l Login, err error) {
	var set, last int64
	err = r.Scan(&l.Name, &l.Password, &set, &last)
	l.Set, l.Last = at(set), at(last)
	return l, err
}

// SetPassword keeps a person's new password, already hashed.
func (tx *Tx) SetPassword(name, hashed string, now time.Time) error {
	_, err := tx.exec(`INSERT INTO logins (name, password, set_at, last_at) VALUES ($1, $2, $3, 0)
		ON CONFLICT (name) DO UPDATE SET password = excluded.password, set_at = excluded.set_at`, name, hashed, ms(now))
	return err
}

// SignedIn remembers when a person signed in.
func (tx *Tx) SignedIn(name string, now time.Time) error {
	_, err := tx.exec(`UPDATE logins SET last_at = $1 WHERE name = $2`, ms(now), name)
	return err
}

// LoginLink lets a person set a password, once and until it ends.
type LoginLink struct {
	Hash    string // SHA-256 of its secret; the secret itself is not kept
	Name    string
	By      string // the admin who asked for it, "" for the command line
	Created time.Time
	Ends    time.Time
}

// PutLoginLink keeps a link. Earlier ones of the same person stop working.
func (tx *Tx) PutLoginLink(l LoginLink) error {
	if _, err := tx.exec(`DELETE FROM login_links WHERE name = $1 OR ends <= $2`, l.Name, ms(l.Created)); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO login_links (hash, name, made_by, created, ends, used_at) VALUES ($1, $2, $3, $4, $5, 0)`,
		l.Hash, l.Name, l.By, ms(l.Created), ms(l.Ends))
	return err
}

// LoginLinkOf returns whose link it is, if it is good now.
func (tx *Tx) LoginLinkOf(hash string, now time.Time) (name string, ok bool, err error) {
	return queryOne(tx, scanText, `SELECT name FROM login_links WHERE hash = $1 AND used_at = 0 AND ends > $2`, hash, ms(now))
}

// UseLoginLink uses a link up; ok is false if it was used or has ended.
func (tx *Tx) UseLoginLink(hash string, now time.Time) (ok bool, err error) {
	n, err := tx.exec(`UPDATE login_links SET used_at = $1 WHERE hash = $2 AND used_at = 0 AND ends > $1`, ms(now), hash)
	return n == 1, err
}

// Try counts one try under a key and returns how many there were within the
// window, this one included, and when the counting starts anew.
func (tx *Tx) Try(key string, window time.Duration, now time.Time) (n int64, until time.Time, err error) {
	if _, err := tx.exec(`DELETE FROM login_tries WHERE since <= $1`, ms(now.Add(-window))); err != nil {
		return 0, until, err
	}
	type counted struct{ n, since int64 }
	c, _, err := queryOne(tx, func(r scanner) (c counted, err error) { err = r.Scan(&c.n, &c.since); return c, err },
		`INSERT INTO login_tries (key, n, since) VALUES ($1, 1, $2) ON CONFLICT (key) DO UPDATE SET n = login_tries.n + 1 RETURNING n, since`, key, ms(now))
	return c.n, at(c.since).Add(window), err
}

// ForgetTries starts the counting under the keys anew.
func (tx *Tx) ForgetTries(keys ...string) error {
	for _, k := range keys {
		if _, err := tx.exec(`DELETE FROM login_tries WHERE key = $1`, k); err != nil {
			return err
		}
	}
	return nil
}

// Session is one browser in which a person is signed in.
type Session struct {
	Hash    string // SHA-256 of the cookie; the cookie itself is not kept
	Name    string
	Role    earshot.Role // it was made for; another role needs another cookie
	Created time.Time
	Seen    time.Time     // used last, to five minutes
	Idle    time.Duration // without use, after which it ends
	Ends    time.Time     // however it is used
	Stay    bool          // the browser keeps the cookie
	Agent   string        // what the browser calls itself
}

const sessionColumns = `hash, name, role, created, seen, idle, ends, stay, agent`

// PutSession keeps a session, and forgets those that have ended.
func (tx *Tx) PutSession(s Session) error {
	if _, err := tx.exec(`DELETE FROM sessions WHERE ends <= $1 OR seen + idle <= $1`, ms(s.Seen)); err != nil {
		return err
	}
	_, err := tx.exec(`INSERT INTO sessions (`+sessionColumns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		s.Hash, s.Name, s.Role, ms(s.Created), ms(s.Seen), s.Idle.Milliseconds(), ms(s.Ends), flag(s.Stay), s.Agent)
	return err
}

// Session returns the session of a cookie, if it is good now.
func (tx *Tx) Session(hash string, now time.Time) (Session, bool, error) {
	return queryOne(tx, scanSession, `SELECT `+sessionColumns+` FROM sessions WHERE hash = $1 AND ends > $2 AND seen + idle > $2`, hash, ms(now))
}

// Sessions returns a person's sessions that are good now, the latest used first.
func (tx *Tx) Sessions(name string, now time.Time) ([]Session, error) {
	return queryAll(tx, scanSession, `SELECT `+sessionColumns+` FROM sessions WHERE name = $1 AND ends > $2 AND seen + idle > $2 ORDER BY seen DESC, hash`, name, ms(now))
}

// SessionCounts counts, by person, the sessions that are good now.
func (tx *Tx) SessionCounts(now time.Time) (map[string]int, error) {
	type one struct {
		name string
		n    int
	}
	all, err := queryAll(tx, func(r scanner) (o one, err error) { err = r.Scan(&o.name, &o.n); return o, err },
		`SELECT name, COUNT(*) FROM sessions WHERE ends > $1 AND seen + idle > $1 GROUP BY name`, ms(now))
	out := map[string]int{}
	for _, o := range all {
		out[o.name] = o.n
	}
	return out, err
}

func scanSession(r scanner) (s Session, err error) {
	var created, seen, idle, ends, stay int64
	err = r.Scan(&s.Hash, &s.Name, &s.Role, &created, &seen, &idle, &ends, &stay, &s.Agent)
	s.Created, s.Seen, s.Ends, s.Idle, s.Stay = at(created), at(seen), at(ends), time.Duration(idle)*time.Millisecond, stay == 1
	return s, err
}

// TouchSession remembers that a session was used.
func (tx *Tx) TouchSession(hash string, now time.Time) error {
	_, err := tx.exec(`UPDATE sessions SET seen = $1 WHERE hash = $2`, ms(now), hash)
	return err
}

// DropSession ends one session.
func (tx *Tx) DropSession(hash string) error {
	_, err := tx.exec(`DELETE FROM sessions WHERE hash = $1`, hash)
	return err
}

// DropSessions ends all sessions of a person and says how many.
func (tx *Tx) DropSessions(name string) (int64, error) {
	return tx.exec(`DELETE FROM sessions WHERE name = $1`, name)
}

// Deed is what a person did that is no action on a case: signing in, making a
// token, sharing, forgetting.
type Deed struct {
	At      time.Time
	Actor   string // "" for the command line
	Deed    string // signed_in, token_made ...
	Subject string // person, case or token
	Detail  string // in words, without secrets
}

// PutDeed writes one line of the audit trail.
func (tx *Tx) PutDeed(d Deed) error {
	_, err := tx.exec(`INSERT INTO audit (at, actor, deed, subject, detail) VALUES ($1, $2, $3, $4, $5)`, ms(d.At), d.Actor, d.Deed, d.Subject, d.Detail)
	return err
}

// Deeds returns the last n lines of the audit trail, newest first.
func (tx *Tx) Deeds(n int) ([]Deed, error) {
	return queryAll(tx, func(r scanner) (d Deed, err error) {
		var when int64
		err = r.Scan(&when, &d.Actor, &d.Deed, &d.Subject, &d.Detail)
		d.At = at(when)
		return d, err
	}, `SELECT at, actor, deed, subject, detail FROM audit ORDER BY at DESC, id DESC LIMIT $1`, n)
}
