package daemon

import (
	"context"
	"errors"

	"earshot"
	"earshot/alert"
	"earshot/internal/store"
)

// regroup sums up what waits for the receiver, if it is too much to send singly.
// What needs no telling any more is dropped first, each with its reason.
func (x *delivery) regroup(ctx context.Context) (done bool, err error) {
	err = x.d.store.Write(ctx, func(tx *store.Tx) error {
		name := x.l.Alert.Receiver
		if err := tx.LockReceiver(name); err != nil {
			return err
		}
		waiting, err := tx.WaitingCards(name)
		if err != nil {
			return err
		}
		dropped, waiting, err := x.outdated(tx, waiting)
		if err != nil {
			return err
		}
		tally, err := tx.Tally(name, "", x.d.now())
		if err != nil {
			return err
		}
		out := append(dropped, alert.Regroup(waiting, tally, x.s.policy, x.d.now())...)
		for _, a := range out {
			done = done || a.ID == x.l.Alert.ID
			if err := x.regrouped(tx, a); err != nil {
				return err
			}
		}
		if len(dropped) > 0 {
			return x.d.wakeReceiver(tx, x.s, name)
		}
		return nil
	})
	poke(x.d.pokeSend)
	return done, err
}

// outdated parts what is answered, closed, merged or shut out by now from what
// still waits.
func (x *delivery) outdated(tx *store.Tx, waiting []earshot.Alert) (dropped, rest []earshot.Alert, err error) {
	for _, a := range waiting {
		c, ok, err := tx.Case(a.Case)
		if err != nil {
			return nil, nil, err
		}
		decision, reason := alert.DecisionSend, earshot.Reason("")
		if ok {
			decision, reason = alert.Release(a, earshot.CaseView{Case: c}, x.s.policy, x.d.now())
		}
		if decision == alert.DecisionDrop {
			a.Reason, a.Why = reason, askedAgain(reason)
			dropped = append(dropped, a)
			continue
		}
		rest = append(rest, a)
	}
	return dropped, rest, nil
}

func askedAgain(reason earshot.Reason) string { return "asked again before sending: " + string(reason) }

func (x *delivery) regrouped(tx *store.Tx, a earshot.Alert) error {
	switch {
	case a.ID == 0:
		return x.d.saveAlerts(tx, x.s, []earshot.Alert{a})
	case a.Reason != "":
		x.d.countAlert(a)
		return errors.Join(tx.Decide(a.ID, a.Reason, a.Why, x.d.now()), tx.FinishLetter(a.ID, store.Skipped, ""))
	}
	return tx.RetryLetter(a.ID, store.Waiting, a.NotBefore, false, "")
}
