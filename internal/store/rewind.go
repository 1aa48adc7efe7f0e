package store

import "time"

// Rewind takes back by how much the machine's clock was ahead: whatever was
// scheduled or leased by the clock as it was would else wait for that clock to
// come round again. What is due by a date of its own (an answer, a promise, a
// digest) is left as it is.
func (tx *Tx) Rewind(now time.Time, by time.Duration) error {
	for _, q := range []string{
		`UPDATE sources SET due_at = due_at - $1 WHERE due_at > $2`,
		`UPDATE sources SET lease_until = lease_until - $1 WHERE lease_until > $2`,
		`UPDATE entries SET work_due = work_due - $1 WHERE work_due > $2 AND work = 'spot'`,
		`UPDATE entries SET lease_until = lease_until - $1 WHERE lease_until > $2`,
		`UPDATE outbox SET due_at = due_at - $1 WHERE due_at > $2 AND state IN ('waiting', 'sending', 'in_doubt')`,
		`UPDATE outbox SET lease_until = lease_until - $1 WHERE lease_until > $2`,
		`UPDATE receivers SET paused = paused - $1 WHERE paused > $2`,
	} {
		if _, err := tx.exec(q, by.Milliseconds(), ms(now)); err != nil {
			return err
		}
	}
	return nil
}
