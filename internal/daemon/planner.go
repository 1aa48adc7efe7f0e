package daemon

import (
	"cmp"
	"errors"
	"fmt"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/internal/ledger"
	"earshot/internal/store"
)

// saveCase commits what happened to a case: row, events, the alerts that each
// event asks for, and when to look at it again.
func (d *Daemon) saveCase(tx *store.Tx, s *setup, c earshot.Case, events []earshot.Event, silent earshot.Reason) error {
	if len(events) == 0 {
		return nil
	}
	now := d.now()
	if err := errors.Join(tx.PutCase(c, 0, "", now), tx.AppendEvents(events)); err != nil {
		return err
	}
	v, err := tx.View(c)
	if err != nil {
		return err
	}
	v = s.augment(v)
	for _, e := range events {
		d.countEvent(v, e)
		if err := d.plan(tx, s, earshot.Trigger{Event: e, Reason: silent}, v); err != nil {
			return fmt.Errorf("plan %s of case %s: %w", e.Kind, c.ID, err)
		}
	}
	return nil
}

func (d *Daemon) countEvent(v earshot.CaseView, e earshot.Event) {
	switch e.Kind {
	case earshot.EventOverdue:
		d.metrics.slaBreaches.WithLabelValues(v.Case.Brand).Inc()
	case earshot.EventAnswerChanged:
		if e.Data.To.Given() && !e.Data.From.Given() {
			f := earshot.Fold(v.Case.Evidence)
			d.metrics.firstResponse.WithLabelValues(v.Case.Brand).Observe(max(f.First.Sub(v.Case.Published).Seconds(), 0))
		}
	}
}

// plan asks the policy what a trigger sends, under the locks of the receivers it
// reaches, and stores every alert with its reason.
func (d *Daemon) plan(tx *store.Tx, s *setup, t earshot.Trigger, v earshot.CaseView) error {
	tally, err := d.tallies(tx, s.policy.Reach(t, v), v.Case.ID)
	if err != nil {
		return err
	}
	if tally, err = d.spread(tx, s, t, v, tally); err != nil {
		return err
	}
	planned := alert.Plan(t, v, s.policy, tally, d.now())
	if err := d.saveAlerts(tx, s, planned); err != nil {
		return err
	}
	if v.Case.ID == "" {
		return nil
	}
	tally = alert.Record(tally, planned)
	if t.Event.Kind != "" {
		// A tick's receivers are those of the ladder too.
		if tally, err = d.tallies(tx, s.policy.Reach(earshot.Trigger{Tick: true}, v), v.Case.ID); err != nil {
			return err
		}
	}
	return tx.CaseAlertTick(v.Case.ID, s.policy.NextCaseTick(v, tally, d.now()))
}

func (d *Daemon) tallies(tx *store.Tx, receivers []string, caseID string) (map[string]earshot.Tally, error) {
	tally := map[string]earshot.Tally{}
	for _, name := range receivers {
		if err := tx.LockReceiver(name); err != nil {
			return nil, err
		}
		t, err := tx.Tally(name, caseID, d.now())
		if err != nil {
			return nil, err
		}
		tally[name] = t
	}
	return tally, nil
}

// saveAlerts stores planned alerts; what has no reason yet goes to the outbox.
func (d *Daemon) saveAlerts(tx *store.Tx, s *setup, planned []earshot.Alert) error {
	for _, a := range planned {
		a, added, err := tx.PutAlert(a, d.now())
		if err != nil {
			return err
		}
		if !added {
			continue
		}
		if a.Reason != "" {
			d.countAlert(a)
		}
		if err := d.afterAlert(tx, s, a); err != nil {
			return err
		}
	}
	return nil
}

// afterAlert records what a planned alert means for its receiver: what a summary
// lists is summed up, and what is held wakes the receiver in time.
func (d *Daemon) afterAlert(tx *store.Tx, s *setup, a earshot.Alert) error {
	switch a.Kind {
	case earshot.AlertSummary:
		if err := errors.Join(tx.SumUp(a.Receiver, a.Key, a.Kind, a.Cases), tx.PlannedSummary(a.Receiver, d.now()), d.press(tx, s, a)); err != nil {
			return err
		}
	case earshot.AlertDigest:
		if err := errors.Join(tx.SumUp(a.Receiver, a.Key, a.Kind, a.Cases), tx.PlannedDigest(a.Receiver, d.now())); err != nil {
			return err
		}
	}
	switch a.Reason {
	case earshot.ReasonHeldWindow, earshot.ReasonCapped, earshot.ReasonDigested, earshot.ReasonStale:
		return d.wakeReceiver(tx, s, a.Receiver)
	}
	return nil
}

// press has the cases of a summary looked at soon: from now on reminders and the
// ladder count for them, as they do from a card.
func (d *Daemon) press(tx *store.Tx, s *setup, a earshot.Alert) error {
	if !s.policy.Presses(a.Receiver) {
		return nil
	}
	for _, id := range a.Cases {
		if err := tx.CaseAlertTick(id, d.now()); err != nil {
			return err
		}
	}
	poke(d.pokeTick)
	return nil
}

// wakeReceiver sets when a receiver next has something to be told whatever the case.
func (d *Daemon) wakeReceiver(tx *store.Tx, s *setup, name string) error {
	t, err := tx.Tally(name, "", d.now())
	if err != nil {
		return err
	}
	return tx.ReceiverTick(name, s.policy.NextTick(name, t, d.now()))
}

func (d *Daemon) countAlert(a earshot.Alert) {
	d.metrics.alerts.WithLabelValues(cmp.Or(a.Route, "none"), string(a.Reason)).Inc()
}

// tellOps sends a notice to those who run Earshot.
func (d *Daemon) tellOps(tx *store.Tx, s *setup, n earshot.OpsNotice) error {
	return d.plan(tx, s, earshot.Trigger{Ops: &n}, earshot.CaseView{})
}

// follow makes the thread of a case a source, if its post is worth watching.
func (d *Daemon) follow(tx *store.Tx, s *setup, c earshot.Case, e earshot.Entry, now time.Time) error {
	post := e
	if e.Kind == earshot.Comment {
		entries, err := tx.ThreadEntries(e.Thread)
		if err != nil {
			return err
		}
		if len(entries) > 0 && entries[0].Kind == earshot.Post {
			post = entries[0]
		}
	}
	src, ok := ledger.Follow(c, post, s.cfg.Crawl.Revisit, now)
	if !ok {
		return nil
	}
	known, exists, err := tx.Source(src.ID)
	if err != nil {
		return err
	}
	if exists {
		// News in the thread starts its schedule anew; what was remembered stays.
		known.ThreadFrom, known.Due, known.Revisits = now, src.Due, src.Revisits
		src = known
	}
	src.MinEvery, src.MaxEvery = s.cfg.Crawl.MinEvery, s.cfg.Crawl.MaxEvery
	return tx.PutSource(src)
}
