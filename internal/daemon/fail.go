package daemon

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/internal/store"
)

// probe asks a receiver that left the last try without an answer whether it is
// back, with a call that may be made twice: the message itself must not be put
// in doubt again.
func (x *delivery) probe(ctx context.Context) (done bool, err error) {
	r, ok := x.s.policy.Receiver(x.l.Alert.Receiver)
	prober, can := x.s.notifier(r).(alert.Prober)
	if !ok || !can || !x.d.troubles.slow(r.Name) {
		return false, nil
	}
	ask, cancel := context.WithTimeout(ctx, probeTime)
	defer cancel()
	if err := prober.Probe(ask); err != nil {
		x.m.Receiver = r
		return true, x.failed(ctx, err)
	}
	return false, nil
}

// lookUp finds out whether a send that broke off arrived after all. Edits need
// no look: sending one twice changes nothing.
func (x *delivery) lookUp(ctx context.Context) (done bool, err error) {
	finder, can := x.n.(alert.Finder)
	if x.l.State == store.Waiting || !can || x.l.Alert.Kind == earshot.AlertEdit {
		return false, nil
	}
	if x.l.State == store.Sending {
		return true, x.retry(ctx, store.InDoubt, doubtWait, x.l.Plain, "a send broke off")
	}
	receipt, found, err := finder.Find(ctx, x.l.Alert.Key, x.m)
	switch {
	case err != nil:
		return true, x.failed(ctx, err)
	case found:
		return true, x.sent(ctx, receipt)
	case x.l.Lookups == 0 || x.l.Lookups%2 == 1:
		return true, x.retry(ctx, store.InDoubt, x.doubt(), x.l.Plain, "not found yet")
	}
	return false, nil
}

// doubt is how long to wait before the next look: a message that is in doubt
// again and again is given more and more time.
func (x *delivery) doubt() time.Duration {
	return min(doubtWait<<min(max(x.l.Lookups-4, 0), 10), longestTry)
}

func (x *delivery) retry(ctx context.Context, state store.OutboxState, after time.Duration, plain bool, why string) error {
	defer poke(x.d.pokeSend)
	return x.d.store.Write(ctx, func(tx *store.Tx) error {
		return tx.RetryLetter(x.l.Alert.ID, state, x.d.now().Add(after), plain, why)
	})
}

// failed decides by the kind of failure what becomes of the message.
func (x *delivery) failed(ctx context.Context, err error) error {
	var failure *alert.SendError
	if !errors.As(err, &failure) {
		failure = &alert.SendError{Kind: alert.Retry, Err: err}
	}
	x.d.metrics.sendFailures.WithLabelValues(x.m.Receiver.Kind(), string(failure.Kind)).Inc()
	x.d.log.Warn("send failed", "receiver", x.l.Alert.Receiver, "kind", failure.Kind, "attempt", x.l.Attempts, "err", failure.Err)
	switch failure.Kind {
	case alert.Invalid:
		if !x.l.Plain {
			return x.retry(ctx, store.Waiting, 0, true, failure.Err.Error())
		}
		return x.lost(ctx, failure, "the message is refused, also as plain text")
	case alert.Gone:
		return x.lost(ctx, failure, "nobody is there")
	}
	wait := x.d.troubles.failed(x.l.Alert.Receiver, x.m.Receiver.Kind(), failure, x.d.now())
	if failure.Kind == alert.Auth {
		return x.lockedOut(ctx, failure)
	}
	defer poke(x.d.pokeSend)
	return x.d.store.Write(ctx, func(tx *store.Tx) error {
		now := x.d.now()
		if err := x.pause(tx, failure, now.Add(wait)); err != nil {
			return err
		}
		switch {
		case failure.Kind == alert.InDoubt:
			return tx.RetryLetter(x.l.Alert.ID, store.InDoubt, now.Add(x.doubt()), x.l.Plain, failure.Err.Error())
		case x.m.Receiver.Slack == nil && x.l.Attempts >= blamed && x.l.State == store.Waiting:
			// It may be this message that the other side cannot take: let others pass.
			later := min(time.Second<<min(x.l.Attempts, 10), longestTry)
			return tx.RetryLetter(x.l.Alert.ID, store.Waiting, now.Add(max(wait, later)), x.l.Plain, failure.Err.Error())
		}
		return tx.ReturnLetter(x.l.Alert.ID, x.state(), failure.Err.Error())
	})
}

// pause leaves the receiver alone for a while. When all of an integration is
// down, one receiver tries for the others, which wait longer, until it works.
func (x *delivery) pause(tx *store.Tx, failure *alert.SendError, until time.Time) error {
	name, kind := x.l.Alert.Receiver, x.m.Receiver.Kind()
	if kind != "slack" || failure.After > 0 {
		return tx.PauseReceiver(name, until)
	}
	if x.d.troubles.scout(kind) != name {
		return tx.PauseReceiver(name, until.Add(2*slackPatience))
	}
	for _, other := range x.s.reachable(kind) {
		if other == name {
			continue
		}
		if err := tx.PauseReceiver(other, until.Add(2*slackPatience)); err != nil {
			return err
		}
	}
	return tx.PauseReceiver(name, until)
}

// state is what the message is put back as: one in doubt stays in doubt.
func (x *delivery) state() store.OutboxState {
	if x.l.State == store.Waiting {
		return store.Waiting
	}
	return store.InDoubt
}

// arrived sets the pace of the channel and, if the receiver was in trouble, ends that.
func (x *delivery) arrived(tx *store.Tx, now time.Time) error {
	name := x.l.Alert.Receiver
	for _, key := range []string{"receiver/" + name, "integration/" + x.m.Receiver.Kind()} {
		if _, err := tx.Healed(key); err != nil { // also what an earlier process told of
			return err
		}
	}
	if x.d.troubles.worked(name, now) {
		if err := errors.Join(tx.ReviveLetters(name, now), x.resume(tx, now)); err != nil {
			return err
		}
	}
	if x.m.Receiver.Slack == nil {
		return nil
	}
	wait := pace
	if !x.l.Alert.Urgent && x.l.Alert.Kind != earshot.AlertEdit {
		wait = x.d.troubles.pace(name, now)
	}
	return tx.PauseReceiver(name, now.Add(wait))
}

// resume lets the others of the integration go on, which waited for this one;
// not those that asked to be left alone.
func (x *delivery) resume(tx *store.Tx, now time.Time) error {
	if x.m.Receiver.Slack == nil {
		return nil
	}
	for _, other := range x.s.reachable(x.m.Receiver.Kind()) {
		if x.d.troubles.asking(other, now) {
			continue
		}
		if err := tx.HastenReceiver(other, now.Add(pace)); err != nil {
			return err
		}
	}
	poke(x.d.pokeSend)
	return nil
}

// lost gives a message up: its fallback receiver and ops are told.
func (x *delivery) lost(ctx context.Context, failure *alert.SendError, why string) error {
	a := x.l.Alert
	if err := x.end(ctx, store.Dead, earshot.ReasonUndeliverable, why+": "+failure.Err.Error()); err != nil {
		return err
	}
	defer poke(x.d.pokeSend)
	return x.d.store.Write(ctx, func(tx *store.Tx) error {
		if other, ok := x.s.policy.Fallback(a); ok {
			if err := x.d.saveAlerts(tx, x.s, []earshot.Alert{other}); err != nil {
				return err
			}
		}
		first, err := tx.Notice("receiver/"+a.Receiver, x.d.now())
		if err != nil || !first || a.Kind == earshot.AlertOps {
			return err
		}
		return x.d.tellOps(tx, x.s, earshot.OpsNotice{Key: "receiver/" + a.Receiver + "/" + x.d.now().Format(time.RFC3339),
			What: fmt.Sprintf("Messages to %s do not arrive: %s.", a.Receiver, why), Do: "check the channel and that Earshot is a member of it"})
	})
}

// lockedOut pauses the whole integration: nothing is dropped. Those who run
// Earshot are told once, over another integration if theirs is the locked one
// and has a fallback.
func (x *delivery) lockedOut(ctx context.Context, failure *alert.SendError) error {
	kind, now := x.m.Receiver.Kind(), x.d.now()
	x.d.log.Error("integration locked out", "integration", kind, "err", failure.Err)
	defer poke(x.d.pokeSend)
	return x.d.store.Write(ctx, func(tx *store.Tx) error {
		for _, name := range x.s.reachable(kind) {
			if err := tx.PauseReceiver(name, now.Add(time.Minute)); err != nil {
				return err
			}
		}
		if err := tx.ReturnLetter(x.l.Alert.ID, x.state(), failure.Err.Error()); err != nil {
			return err
		}
		first, err := tx.Notice("integration/"+kind, now)
		if err != nil || !first {
			return err
		}
		return x.d.tellOps(tx, x.s, earshot.OpsNotice{Key: "integration/" + kind + "/" + now.Format(time.RFC3339), Integration: kind,
			What: fmt.Sprintf("Earshot's credentials for %s are refused (%s). Nothing is lost: every message waits.", kind, failure.Err),
			Do:   "put valid credentials into the config and reload: what waits is then sent"})
	})
}

// reachable lists the receivers, and the people who may be written to, that one
// integration serves.
func (s *setup) reachable(kind string) []string {
	names := s.receiverNames()
	for _, who := range s.cfg.People {
		names = append(names, who.Name)
	}
	return slices.DeleteFunc(names, func(name string) bool {
		r, ok := s.policy.Receiver(name)
		return !ok || r.Kind() != kind
	})
}
