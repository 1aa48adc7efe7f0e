package store

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"earshot"
)

// OutboxState is where a message stands.
type OutboxState string

// The states of a message.
const (
	Waiting OutboxState = "waiting"
	Sending OutboxState = "sending"
	Sent    OutboxState = "sent"
	InDoubt OutboxState = "in_doubt" // a send broke off: it may or may not have arrived
	Skipped OutboxState = "dropped"
	Dead    OutboxState = "dead"
)

// Letter is one message on its way.
type Letter struct {
	Alert    earshot.Alert
	State    OutboxState // before it was taken: waiting, sending (the lease of a sender that died) or in_doubt
	Attempts int         // including this one
	Lookups  int
	Plain    bool
	Created  time.Time
}

// ClaimLetters takes one message for each receiver that may be sent to now and
// has one due: urgent ones first, and of one subject only the oldest, so that a
// thread keeps its order and a channel its pace. A message found "sending" with its lease run out was broken
// off by a crash and must be looked up before it is sent again.
func (tx *Tx) ClaimLetters(l Lease) ([]Letter, error) {
	ids, err := tx.ready(l)
	if err != nil {
		return nil, err
	}
	var letters []Letter
	for _, p := range ids {
		letter, ok, err := queryOne(tx, scanLetter, `UPDATE outbox SET state = 'sending', lease_until = $1, lease_by = $2, attempts = attempts + 1
			WHERE alert = $3 AND lease_until <= $4 RETURNING attempts, lookups, plain, created,
			(SELECT data FROM alerts WHERE alerts.id = outbox.alert)`, ms(l.Now.Add(l.For)), l.By, p.id, ms(l.Now))
		if err != nil {
			return nil, err
		}
		if ok {
			letter.Alert.ID, letter.State = p.id, OutboxState(p.text)
			letters = append(letters, letter)
		}
	}
	return letters, nil
}

// ready are the letters that may be sent now, at most one for each receiver. It
// asks receiver by receiver, so that thousands of letters that wait for one that
// is paused cost nothing.
func (tx *Tx) ready(l Lease) ([]idText, error) {
	names, err := queryAll(tx, scanText, `SELECT DISTINCT o.receiver FROM outbox o LEFT JOIN receivers r ON r.name = o.receiver
		WHERE o.state IN ('waiting', 'sending', 'in_doubt') AND COALESCE(r.paused, 0) <= $1
		AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.receiver = o.receiver AND p.state = 'sending' AND p.lease_until > $1)`, ms(l.Now))
	if err != nil {
		return nil, err
	}
	var found []idText
	for _, name := range names {
		p, ok, err := queryOne(tx, scanPair, `SELECT alert, state, urgent, due_at FROM outbox WHERE alert = (SELECT o.alert FROM outbox o
			WHERE o.receiver = $1 AND o.state IN ('waiting', 'sending', 'in_doubt') AND o.due_at <= $2 AND o.lease_until <= $2 AND `+firstOfSubject+`
			ORDER BY o.urgent DESC, o.due_at, o.alert LIMIT 1) `+tx.d.skipLocked, name, ms(l.Now))
		if err != nil {
			return nil, err
		}
		if ok {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b idText) int {
		return cmp.Or(cmp.Compare(b.urgent, a.urgent), cmp.Compare(a.due, b.due), cmp.Compare(a.id, b.id))
	})
	return found[:min(len(found), l.N)], nil
}

// firstOfSubject holds for a letter that no older one of its subject stands before.
const firstOfSubject = `NOT EXISTS (SELECT 1 FROM outbox p WHERE p.receiver = o.receiver AND p.subject = o.subject AND p.alert < o.alert
				AND p.state IN ('waiting', 'sending', 'in_doubt'))`

type idText struct {
	id          int64
	text        string
	urgent, due int64
}

func scanPair(r scanner) (p idText, err error) {
	err = r.Scan(&p.id, &p.text, &p.urgent, &p.due)
	return p, err
}

func scanLetter(r scanner) (l Letter, err error) {
	var plain, created int64
	var data string
	if err := r.Scan(&l.Attempts, &l.Lookups, &plain, &created, &data); err != nil {
		return l, err
	}
	l.Plain, l.Created = plain == 1, at(created)
	err = json.Unmarshal([]byte(data), &l.Alert)
	return l, err
}

// Collapse ends the queued edits of a subject at a receiver up to a revision:
// the edit just sent showed them too. It returns their alerts.
func (tx *Tx) Collapse(receiver, subject string, rev int) ([]int64, error) {
	return queryAll(tx, scanInt, `UPDATE outbox SET state = 'dropped' WHERE receiver = $1 AND subject = $2 AND kind = 'edit' AND state = 'waiting'
		AND step <= $3 RETURNING alert`, receiver, subject, rev)
}

// FinishLetter ends a message's way: sent, dropped or dead.
func (tx *Tx) FinishLetter(alert int64, state OutboxState, trouble string) error {
	_, err := tx.exec(`UPDATE outbox SET state = $1, trouble = $2, lease_until = 0, lease_by = '' WHERE alert = $3`, state, trouble, alert)
	return err
}

// RetryLetter puts a message back: waiting, or in doubt and to be looked up.
func (tx *Tx) RetryLetter(alert int64, state OutboxState, due time.Time, plain bool, trouble string) error {
	lookups := 0
	if state == InDoubt {
		lookups = 1
	}
	_, err := tx.exec(`UPDATE outbox SET state = $1, due_at = $2, plain = $3, trouble = $4, lookups = lookups + $5, lease_until = 0, lease_by = ''
		WHERE alert = $6`, state, ms(due), flag(plain), trouble, lookups, alert)
	return err
}

// ReturnLetter puts a message back as it was: its try came to nothing, and not
// by its own fault. When it may go is the receiver's matter.
func (tx *Tx) ReturnLetter(alert int64, state OutboxState, trouble string) error {
	_, err := tx.exec(`UPDATE outbox SET state = $1, trouble = $2, lease_until = 0, lease_by = '' WHERE alert = $3`, state, trouble, alert)
	return err
}

// ReviveLetters makes what was put off after failed tries due now: the receiver
// is back.
func (tx *Tx) ReviveLetters(receiver string, now time.Time) error {
	_, err := tx.exec(`UPDATE outbox SET due_at = $1 WHERE receiver = $2 AND state = 'waiting' AND trouble <> '' AND due_at > $1`, ms(now), receiver)
	return err
}

// ResumeReceivers ends every pause: credentials or addresses may be new.
func (tx *Tx) ResumeReceivers() error {
	_, err := tx.exec(`UPDATE receivers SET paused = 0`)
	return err
}

// HastenReceiver ends a pause at a time, if it would have lasted longer.
func (tx *Tx) HastenReceiver(name string, until time.Time) error {
	_, err := tx.exec(`UPDATE receivers SET paused = $1 WHERE name = $2 AND paused > $1`, ms(until), name)
	return err
}

// PauseReceiver holds everything for a receiver back until a time.
func (tx *Tx) PauseReceiver(name string, until time.Time) error {
	if err := tx.LockReceiver(name); err != nil {
		return err
	}
	_, err := tx.exec(`UPDATE receivers SET paused = $1 WHERE name = $2 AND paused < $1`, ms(until), name)
	return err
}

// NextLetter returns when the next message may go, zero if none waits. One that
// stands behind another of its subject, or whose receiver is being sent to, has
// no time of its own: the end of that send wakes the sender.
func (tx *Tx) NextLetter() (time.Time, error) {
	// Who is being sent to counts with the end of that lease; who is not, with its
	// first letter and the end of its pause.
	waits, err := queryAll(tx, scanWait, `SELECT r.receiver, COALESCE(MAX(s.paused), 0), COALESCE(MAX(p.lease_until), 0)
		FROM (SELECT DISTINCT receiver FROM outbox WHERE state IN ('waiting', 'sending', 'in_doubt')) AS r
		LEFT JOIN receivers s ON s.name = r.receiver LEFT JOIN outbox p ON p.receiver = r.receiver AND p.state = 'sending' GROUP BY r.receiver`)
	if err != nil {
		return time.Time{}, err
	}
	var next int64
	for _, w := range waits {
		if w.lease == 0 {
			if w.lease, _, err = queryOne(tx, scanInt, `SELECT o.due_at FROM outbox o WHERE o.receiver = $1 AND o.state IN ('waiting', 'sending', 'in_doubt')
				AND `+firstOfSubject+` ORDER BY o.due_at LIMIT 1`, w.name); err != nil {
				return time.Time{}, err
			}
		}
		if t := max(w.lease, w.paused); next == 0 || t < next {
			next = t
		}
	}
	return at(next), nil
}

// wait is what keeps a receiver's letters: a pause, and a send that is under way.
type wait struct {
	name          string
	paused, lease int64
}

func scanWait(r scanner) (w wait, err error) {
	err = r.Scan(&w.name, &w.paused, &w.lease)
	return w, err
}

// OutboxLoad returns how many messages wait, and since when the oldest does.
func (tx *Tx) OutboxLoad() (pending int64, oldest time.Time, err error) {
	type load struct{ n, oldest int64 }
	l, _, err := queryOne(tx, func(r scanner) (l load, err error) { err = r.Scan(&l.n, &l.oldest); return l, err },
		`SELECT COUNT(*), COALESCE(MIN(created), 0) FROM outbox WHERE state IN ('waiting', 'sending', 'in_doubt')`)
	return l.n, at(l.oldest), err
}

// Card is the living message of a subject at a receiver.
type Card struct {
	Ref       string // the receiver's own address of it, JSON
	Rev       int
	FirstSent time.Time
	LastSent  time.Time
}

// Card returns the message of a subject at a receiver.
func (tx *Tx) Card(subject, receiver string) (Card, bool, error) {
	return queryOne(tx, func(r scanner) (c Card, err error) {
		var first, last int64
		err = r.Scan(&c.Ref, &c.Rev, &first, &last)
		c.FirstSent, c.LastSent = at(first), at(last)
		return c, err
	}, `SELECT ref, rev, first_sent, last_sent FROM cards WHERE subject = $1 AND receiver = $2`, subject, receiver)
}

// PutCard remembers where the message is; fresh says it is a new message, not an edit.
func (tx *Tx) PutCard(subject, receiver, ref string, rev int, fresh bool, now time.Time) error {
	last := int64(0)
	if fresh {
		last = ms(now)
	}
	_, err := tx.exec(`INSERT INTO cards (subject, receiver, ref, rev, first_sent, last_sent) VALUES ($1,$2,$3,$4,$5,$5)
		ON CONFLICT (subject, receiver) DO UPDATE SET ref = excluded.ref, rev = excluded.rev,
		last_sent = CASE WHEN $6 > 0 THEN $6 ELSE cards.last_sent END`, subject, receiver, ref, rev, ms(now), last)
	return err
}
