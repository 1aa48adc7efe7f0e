package store

import (
	"encoding/json"
	"fmt"
	"time"

	"earshot"
)

// LockReceiver makes the transaction the only one that plans for a receiver, so
// that its caps are exact with several processes.
func (tx *Tx) LockReceiver(name string) error {
	_, err := tx.exec(`INSERT INTO receivers (name) VALUES ($1) ON CONFLICT (name) DO UPDATE SET name = excluded.name`, name)
	return err
}

// PutAlert stores a planned alert; added is false if its key was planned
// before, in which case nothing happens. One without a reason is put into the
// outbox in the same commit.
func (tx *Tx) PutAlert(a earshot.Alert, now time.Time) (_ earshot.Alert, added bool, err error) {
	a.Created = now
	data, err := json.Marshal(a)
	if err != nil {
		return a, false, fmt.Errorf("alert %s: %w", a.Key, err)
	}
	var decided int64
	if a.Reason != "" {
		decided = ms(now)
	}
	id, added, err := queryOne(tx, scanInt, `INSERT INTO alerts (key, subject, kind, event, receiver, route, case_id, reason, why, created, decided, broadcast, data)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) ON CONFLICT (key) DO NOTHING RETURNING id`,
		a.Key, a.Subject, a.Kind, a.Event, a.Receiver, a.Route, a.Case, a.Reason, a.Why, ms(now), decided, flag(a.Broadcast), string(data))
	a.ID = id
	if err != nil || !added || a.Reason != "" {
		return a, added, err
	}
	due := now
	if a.NotBefore.After(now) {
		due = a.NotBefore
	}
	_, err = tx.exec(`INSERT INTO outbox (alert, receiver, subject, kind, step, state, urgent, due_at, created) VALUES ($1,$2,$3,$4,$5,'waiting',$6,$7,$8)`,
		a.ID, a.Receiver, a.Subject, a.Kind, a.Step, flag(a.Urgent), ms(due), ms(now))
	return a, added, err
}

// Decide sets an alert's final reason.
func (tx *Tx) Decide(alert int64, reason earshot.Reason, why string, now time.Time) error {
	_, err := tx.exec(`UPDATE alerts SET reason = $1, why = CASE WHEN $2 = '' THEN why ELSE $2 END, decided = $3 WHERE id = $4`, reason, why, ms(now), alert)
	return err
}

// SumUp records that the held (or digested) alerts of the cases were listed in
// the summary or digest of that key.
func (tx *Tx) SumUp(receiver, key string, kind earshot.AlertKind, cases []string) error {
	held := `'held_window', 'capped', 'grouped'`
	if kind == earshot.AlertDigest {
		held = `'digested', 'stale'`
	}
	for _, id := range cases {
		if _, err := tx.exec(`UPDATE alerts SET summed = $1 WHERE receiver = $2 AND case_id = $3 AND summed = '' AND reason IN (`+held+`)`, key, receiver, id); err != nil {
			return err
		}
	}
	return nil
}

// CaseAlerts returns every alert of a case with its reason, in order.
func (tx *Tx) CaseAlerts(caseID string) ([]earshot.Alert, error) {
	return queryAll(tx, scanAlert, alertQuery+` WHERE case_id = $1 ORDER BY id`, caseID)
}

// Alerts returns the newest alerts, sent and not sent, of all receivers or one.
func (tx *Tx) Alerts(receiver string, before int64, n int) ([]earshot.Alert, error) {
	return queryAll(tx, scanAlert, alertQuery+` WHERE ($1 = '' OR receiver = $1) AND ($2 = 0 OR id < $2) ORDER BY id DESC LIMIT $3`, receiver, before, n)
}

const alertQuery = `SELECT id, reason, why, data FROM alerts`

func scanAlert(r scanner) (a earshot.Alert, err error) {
	var id int64
	var reason, why, data string
	if err := r.Scan(&id, &reason, &why, &data); err != nil {
		return a, err
	}
	err = json.Unmarshal([]byte(data), &a)
	a.ID, a.Reason, a.Why = id, earshot.Reason(reason), why
	return a, err
}

// Tally loads what planning must remember about a receiver, and about one case
// at it (caseID may be empty). Messages that are planned and not yet sent count
// as sent, so that a cap holds while Slack is down.
func (tx *Tx) Tally(receiver, caseID string, now time.Time) (earshot.Tally, error) {
	t := earshot.Tally{Receiver: receiver, PlannedKey: map[string]bool{}}
	steps := []func(*earshot.Tally, string, time.Time) error{tx.tallySent, tx.tallyHeld, tx.tallyCase, tx.tallySpike, tx.tallyReceiver, tx.tallyMutes}
	for _, step := range steps {
		if err := step(&t, caseID, now); err != nil {
			return t, fmt.Errorf("tally of %s: %w", receiver, err)
		}
	}
	return t, nil
}

func (tx *Tx) tallySent(t *earshot.Tally, _ string, now time.Time) error {
	// What a cap counts is alert.Counts: cards, spikes, escalations, and lines
	// that are shown in the channel.
	sent, err := queryAll(tx, scanInt, `SELECT created FROM alerts WHERE receiver = $1 AND created >= $2 AND reason IN ('', 'sent', 'edited')
		AND (kind IN ('card', 'spike', 'escalate') OR broadcast = 1) ORDER BY created`, t.Receiver, ms(now.Add(-24*time.Hour)))
	for _, n := range sent {
		t.Sent = append(t.Sent, at(n))
	}
	return err
}

func (tx *Tx) tallyHeld(t *earshot.Tally, _ string, _ time.Time) error {
	held, err := queryAll(tx, scanHeld, `SELECT case_id, key, route, reason, created FROM alerts
		WHERE receiver = $1 AND summed = '' AND reason IN ('held_window', 'capped', 'digested', 'stale') ORDER BY id`, t.Receiver)
	for _, h := range held {
		if h.Reason == earshot.ReasonDigested || h.Reason == earshot.ReasonStale {
			t.Digested = append(t.Digested, h)
		} else {
			t.Held = append(t.Held, h)
		}
	}
	return err
}

func scanHeld(r scanner) (h earshot.Held, err error) {
	var when int64
	err = r.Scan(&h.Case, &h.Key, &h.Route, &h.Reason, &when)
	h.At = at(when)
	return h, err
}

func (tx *Tx) tallyCase(t *earshot.Tally, caseID string, _ time.Time) error {
	if caseID == "" {
		return nil
	}
	planned, err := queryAll(tx, scanAlert, alertQuery+` WHERE case_id = $1 AND receiver = $2 ORDER BY id`, caseID, t.Receiver)
	if err != nil {
		return err
	}
	for _, a := range planned {
		t.PlannedKey[a.Key] = true
		t.InSpike = t.InSpike || a.Reason == earshot.ReasonInSpike
		if a.Reason != "" && a.Reason != earshot.ReasonSent && a.Reason != earshot.ReasonEdited {
			continue
		}
		switch a.Kind {
		case earshot.AlertRemind:
			t.Reminders++
			t.HasCard = true // it joins the card's thread, or is the card
		case earshot.AlertEscalate:
			t.Escalated++
		case earshot.AlertCard:
			t.HasCard = true
			if t.FirstCard.IsZero() {
				t.FirstCard = a.Created
			}
		}
		if a.Kind == earshot.AlertCard || a.Kind == earshot.AlertRemind || a.Broadcast {
			t.LastSend = a.Created
		}
	}
	if t.FirstCard.IsZero() {
		t.FirstCard, err = tx.firstSummary(t.Receiver, caseID)
	}
	return err
}

// firstSummary returns when a summary first told the receiver of a case that has
// no card there, zero if none did.
func (tx *Tx) firstSummary(receiver, caseID string) (time.Time, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT COALESCE(MIN(created), 0) FROM alerts WHERE kind = 'summary' AND reason IN ('', 'sent')
		AND key IN (SELECT summed FROM alerts WHERE case_id = $1 AND receiver = $2 AND kind = 'card' AND summed <> '')`, caseID, receiver)
	return at(n), err
}

func (tx *Tx) tallyReceiver(t *earshot.Tally, _ string, _ time.Time) error {
	type pair struct{ digest, sum int64 }
	p, _, err := queryOne(tx, func(r scanner) (p pair, err error) { err = r.Scan(&p.digest, &p.sum); return p, err },
		`SELECT last_digest, last_sum FROM receivers WHERE name = $1`, t.Receiver)
	t.LastDigest, t.LastSum = at(p.digest), at(p.sum)
	return err
}

func (tx *Tx) tallyMutes(t *earshot.Tally, _ string, now time.Time) (err error) {
	t.Mutes, err = tx.Mutes(now)
	return err
}

// PlannedDigest and PlannedSummary record when the last one was planned.
func (tx *Tx) PlannedDigest(receiver string, at time.Time) error {
	_, err := tx.exec(`UPDATE receivers SET last_digest = $1 WHERE name = $2`, ms(at), receiver)
	return err
}

// PlannedSummary records when the last summary was planned.
func (tx *Tx) PlannedSummary(receiver string, at time.Time) error {
	_, err := tx.exec(`UPDATE receivers SET last_sum = $1 WHERE name = $2`, ms(at), receiver)
	return err
}

// Welcome marks a receiver as welcomed; first is false if it was before.
func (tx *Tx) Welcome(receiver string, now time.Time) (first bool, err error) {
	n, err := tx.exec(`UPDATE receivers SET welcomed = $1 WHERE name = $2 AND welcomed = 0`, ms(now), receiver)
	return n == 1, err
}

// WelcomeAgain makes every receiver due for a welcome message.
func (tx *Tx) WelcomeAgain() error {
	_, err := tx.exec(`UPDATE receivers SET welcomed = 0`)
	return err
}

// ReceiverTick sets when held alerts, a digest or a reminder may be due there.
func (tx *Tx) ReceiverTick(receiver string, when time.Time) error {
	_, err := tx.exec(`UPDATE receivers SET tick_at = $1 WHERE name = $2`, ms(when), receiver)
	return err
}

// WaitingCards returns the cards that wait to be sent to a receiver, and what
// else would be a new message there: reminders, escalations, lines shown in the
// channel.
func (tx *Tx) WaitingCards(receiver string) ([]earshot.Alert, error) {
	return queryAll(tx, scanAlert, alertQuery+` WHERE reason = '' AND receiver = $1 AND (kind IN ('card', 'remind', 'escalate') OR broadcast = 1)
		AND id IN (SELECT alert FROM outbox WHERE state IN ('waiting', 'sending')) ORDER BY id`, receiver)
}

// DueReceivers returns the receivers whose tick has come.
func (tx *Tx) DueReceivers(now time.Time) ([]string, error) {
	return queryAll(tx, scanText, `SELECT name FROM receivers WHERE tick_at > 0 AND tick_at <= $1 ORDER BY tick_at`, ms(now))
}

// PutMute stores a mute and returns it with its id.
func (tx *Tx) PutMute(m earshot.Mute, action string) (earshot.Mute, error) {
	id, _, err := queryOne(tx, scanInt, `INSERT INTO mutes (who, why, until_at, matching, action) VALUES ($1,$2,$3,$4,$5) RETURNING id`,
		m.Who, m.Why, ms(m.Until), m.Text, action)
	m.ID = id
	return m, err
}

// EndMute ends a mute now.
func (tx *Tx) EndMute(id int64, now time.Time) (bool, error) {
	n, err := tx.exec(`UPDATE mutes SET until_at = $1 WHERE id = $2 AND until_at > $1`, ms(now), id)
	return n == 1, err
}

// Mutes returns the mutes that hold at now, with their match parsed.
func (tx *Tx) Mutes(now time.Time) ([]earshot.Mute, error) {
	return queryAll(tx, scanMute, `SELECT id, who, why, until_at, matching FROM mutes WHERE until_at > $1 ORDER BY id`, ms(now))
}

func scanMute(r scanner) (m earshot.Mute, err error) {
	var until int64
	if err := r.Scan(&m.ID, &m.Who, &m.Why, &until, &m.Text); err != nil {
		return m, err
	}
	m.Until = at(until)
	m.Match, err = earshot.ParseMatch(m.Text)
	return m, err
}

// Notice records that ops was told of a trouble; first is false if it was told
// and has not healed since.
func (tx *Tx) Notice(key string, now time.Time) (first bool, err error) {
	n, err := tx.exec(`INSERT INTO notices (key, at, open) VALUES ($1,$2,1) ON CONFLICT (key) DO UPDATE SET at = excluded.at, open = 1 WHERE notices.open = 0`, key, ms(now))
	return n == 1, err
}

// Healed closes a notice; was is false if none was open.
func (tx *Tx) Healed(key string) (was bool, err error) {
	n, err := tx.exec(`UPDATE notices SET open = 0 WHERE key = $1 AND open = 1`, key)
	return n == 1, err
}
