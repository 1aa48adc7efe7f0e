package daemon

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/internal/store"
)

const (
	sendLease  = time.Minute // longer than any send
	sendTime   = 30 * time.Second
	pace       = time.Second     // between messages to one receiver
	doubtWait  = 5 * time.Second // before a send in doubt is looked up
	lookups    = 2               // then it is sent again
	senders    = 8
	longestTry = 15 * time.Minute
)

// sendStep takes one due message per receiver and sends them side by side.
func (d *Daemon) sendStep(ctx context.Context) (time.Time, error) {
	free := d.sending.free()
	if free == 0 {
		return time.Time{}, nil // poked when a slot is free
	}
	var letters []store.Letter
	err := d.store.Write(ctx, func(tx *store.Tx) (err error) {
		letters, err = tx.ClaimLetters(store.Lease{By: d.name, Now: d.now(), For: sendLease, N: free})
		return err
	})
	if err != nil {
		return time.Time{}, err
	}
	for _, l := range letters {
		d.sending.take(d.loops, d.pokeSend, func() {
			if err := d.send(ctx, l); err != nil && ctx.Err() == nil {
				d.log.Error("send", "alert", l.Alert.Key, "err", err)
			}
		})
	}
	var next time.Time
	err = d.store.Read(ctx, func(tx *store.Tx) (err error) {
		next, err = tx.NextLetter()
		return err
	})
	return next, err
}

// delivery is one message on its last steps.
type delivery struct {
	d *Daemon
	s *setup
	l store.Letter
	m alert.Message
	n alert.Notifier

	cardRef []byte // of the card that is there, as stored
}

// send asks again whether the message should go, sends it, and commits what
// became of it. A crash between sending and committing leaves the row "sending",
// which the next claim treats as in doubt.
func (d *Daemon) send(ctx context.Context, l store.Letter) error {
	x := &delivery{d: d, s: d.setup.Load(), l: l}
	if err := d.store.Read(ctx, x.load); err != nil {
		return err
	}
	if x.n == nil {
		return x.end(ctx, store.Dead, earshot.ReasonUndeliverable, "receiver "+l.Alert.Receiver+" is no longer configured")
	}
	if done, err := x.release(ctx); done || err != nil {
		return err
	}
	if done, err := x.lookUp(ctx); done || err != nil {
		return err
	}
	// A send that has begun is given its time, also while we stop.
	sendCtx, cancel := context.WithTimeout(context.WithoutCancel(ctx), sendTime)
	defer cancel()
	receipt, err := x.n.Notify(sendCtx, x.m)
	if err != nil {
		return x.failed(ctx, err)
	}
	return x.sent(context.WithoutCancel(ctx), receipt)
}

// load builds the message from the case as it is now.
func (x *delivery) load(tx *store.Tx) error {
	a := x.l.Alert
	r, ok := x.s.policy.Receiver(a.Receiver)
	if !ok {
		return nil
	}
	x.n = x.s.notifier(r)
	x.m = alert.Message{Alert: a, Receiver: r, Links: alert.Links{Base: x.d.base(x.s)}, Plain: x.l.Plain,
		Now: x.d.now(), Zone: x.s.policy.Zone(a.Receiver), People: x.s.policy.SlackIDs(), Lang: r.Lang}
	if a.Case != "" {
		v, ok, err := tx.CaseView(a.Case)
		if err != nil {
			return err
		}
		if ok {
			if v, err = tx.Repetition(v); err != nil {
				return err
			}
			x.m.View = x.s.augment(v)
			x.m.View.Deputy = x.s.deputy(v.Case.Owner, x.d.now())
		}
	}
	for _, id := range a.Cases {
		v, ok, err := tx.CaseView(id)
		if err != nil {
			return err
		}
		if ok {
			x.m.Views = append(x.m.Views, x.s.augment(v))
		}
	}
	if err := x.loadCard(tx); err != nil {
		return err
	}
	health, err := x.d.health(tx, x.s)
	x.m.Health = health
	return err
}

func (x *delivery) loadCard(tx *store.Tx) error {
	card, ok, err := tx.Card(x.l.Alert.Subject, x.l.Alert.Receiver)
	if err != nil || !ok {
		return err
	}
	var receipt alert.Receipt
	if err := json.Unmarshal([]byte(card.Ref), &receipt); err != nil {
		return fmt.Errorf("card of %s: %w", x.l.Alert.Subject, err)
	}
	x.m.Previous, x.cardRef = &receipt, []byte(card.Ref)
	return nil
}

// release drops or regroups what should no longer go as it was planned.
func (x *delivery) release(ctx context.Context) (done bool, err error) {
	a := x.l.Alert
	if (a.Kind == earshot.AlertEdit || a.Kind == earshot.AlertLine) && x.m.Previous == nil {
		return true, x.end(ctx, store.Skipped, earshot.ReasonGrouped, "there is no card to change; what tells of the case shows this too")
	}
	views := x.m.Views
	if a.Case != "" {
		views = []earshot.CaseView{x.m.View}
	}
	decision, reason := alert.ReleaseAll(a, views, x.s.policy, x.d.now())
	switch decision {
	case alert.DecisionDrop:
		return true, x.end(ctx, store.Skipped, reason, "asked again before sending: "+string(reason))
	case alert.DecisionRegroup:
		return x.regroup(ctx)
	}
	return false, nil
}

// regroup sums up what waits for the receiver, if it is too much to send singly.
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
		tally, err := tx.Tally(name, "", x.d.now())
		if err != nil {
			return err
		}
		out := alert.Regroup(waiting, tally, x.s.policy, x.d.now())
		done = len(out) > 0
		for _, a := range out {
			if err := x.regrouped(tx, a); err != nil {
				return err
			}
		}
		return nil
	})
	if done {
		poke(x.d.pokeSend)
	}
	return done, err
}

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

// lookUp finds out whether a send that broke off arrived after all. Edits need
// no look: sending one twice changes nothing.
func (x *delivery) lookUp(ctx context.Context) (done bool, err error) {
	finder, can := x.n.(alert.Finder)
	if x.l.State == store.Waiting || !can || x.l.Alert.Kind == earshot.AlertEdit {
		return false, nil
	}
	if x.l.State == store.Sending {
		return true, x.retry(ctx, store.InDoubt, doubtWait, false, "a send broke off")
	}
	receipt, found, err := finder.Find(ctx, x.l.Alert.Key, x.m)
	switch {
	case err != nil:
		return true, x.failed(ctx, err)
	case found:
		return true, x.sent(ctx, receipt)
	case x.l.Lookups < lookups:
		return true, x.retry(ctx, store.InDoubt, doubtWait, false, "not found yet")
	}
	return false, nil
}

func (x *delivery) retry(ctx context.Context, state store.OutboxState, after time.Duration, plain bool, why string) error {
	defer poke(x.d.pokeSend)
	return x.d.store.Write(ctx, func(tx *store.Tx) error {
		return tx.RetryLetter(x.l.Alert.ID, state, x.d.now().Add(after), plain, why)
	})
}

// end finishes the message without having sent it.
func (x *delivery) end(ctx context.Context, state store.OutboxState, reason earshot.Reason, why string) error {
	a := x.l.Alert
	a.Reason = reason
	x.d.countAlert(a)
	defer poke(x.d.pokeSend)
	return x.d.store.Write(ctx, func(tx *store.Tx) error {
		if err := errors.Join(tx.Decide(a.ID, reason, why, x.d.now()), tx.FinishLetter(a.ID, state, why)); err != nil {
			return err
		}
		if reason != earshot.ReasonHeldWindow {
			return nil
		}
		return x.d.wakeReceiver(tx, x.s, a.Receiver)
	})
}

// sent commits a message that arrived, and ends the edits that it showed too.
func (x *delivery) sent(ctx context.Context, receipt alert.Receipt) error {
	a := x.l.Alert
	a.Reason = receipt.Reason()
	x.d.countAlert(a)
	x.d.countDelay(x)
	ref, err := json.Marshal(receipt)
	if err != nil {
		return fmt.Errorf("receipt of %s: %w", a.Key, err)
	}
	return x.d.store.Write(ctx, func(tx *store.Tx) error {
		now := x.d.now()
		if err := errors.Join(tx.Decide(a.ID, a.Reason, receipt.Skipped, now), tx.FinishLetter(a.ID, store.Sent, "")); err != nil {
			return err
		}
		if x.m.Receiver.Slack != nil {
			if err := tx.PauseReceiver(a.Receiver, now.Add(pace)); err != nil {
				return err
			}
		}
		if a.Case == "" || receipt.Skipped != "" {
			return nil
		}
		if fresh := a.Kind == earshot.AlertCard || a.Kind == earshot.AlertSpike; fresh || x.m.Previous != nil {
			if !fresh {
				ref = x.cardRef // a line or reminder has an address of its own; the card's stays
			}
			if err := tx.PutCard(a.Subject, a.Receiver, string(ref), x.m.View.Case.Rev, fresh, now); err != nil {
				return err
			}
		}
		return x.collapse(tx)
	})
}

// collapse ends the queued edits up to the revision that was just shown.
func (x *delivery) collapse(tx *store.Tx) error {
	a := x.l.Alert
	shown, err := tx.Collapse(a.Receiver, a.Subject, x.m.View.Case.Rev)
	if err != nil {
		return err
	}
	for _, id := range shown {
		if err := tx.Decide(id, earshot.ReasonEdited, "shown together with a newer change", x.d.now()); err != nil {
			return err
		}
		x.d.countAlert(earshot.Alert{Route: a.Route, Reason: earshot.ReasonEdited})
	}
	return nil
}

func (d *Daemon) countDelay(x *delivery) {
	if x.l.Alert.Kind != earshot.AlertCard || x.m.Previous != nil {
		return
	}
	d.metrics.publishToAlert.Observe(max(d.now().Sub(x.m.View.Published).Seconds(), 0))
	d.metrics.fetchToAlert.Observe(max(d.now().Sub(x.m.View.FirstSeen).Seconds(), 0))
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
	case alert.InDoubt:
		return x.retry(ctx, store.InDoubt, doubtWait, x.l.Plain, failure.Err.Error())
	case alert.Invalid:
		if !x.l.Plain {
			return x.retry(ctx, store.Waiting, 0, true, failure.Err.Error())
		}
		return x.lost(ctx, failure, "the message is refused, also as plain text")
	case alert.Gone:
		return x.lost(ctx, failure, "nobody is there")
	case alert.Auth:
		return x.lockedOut(ctx, failure)
	}
	wait := max(failure.After, min(time.Second<<min(x.l.Attempts, 10), longestTry))
	if failure.After > 0 {
		if err := x.d.store.Write(ctx, func(tx *store.Tx) error { return tx.PauseReceiver(x.l.Alert.Receiver, x.d.now().Add(failure.After)) }); err != nil {
			return err
		}
	}
	return x.retry(ctx, store.Waiting, wait, x.l.Plain, failure.Err.Error())
}

// lost gives a message up: its fallback receiver and ops are told.
func (x *delivery) lost(ctx context.Context, failure *alert.SendError, why string) error {
	a := x.l.Alert
	if err := x.end(ctx, store.Dead, earshot.ReasonUndeliverable, why+": "+failure.Err.Error()); err != nil {
		return err
	}
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

// lockedOut pauses the whole integration: nothing is dropped.
func (x *delivery) lockedOut(ctx context.Context, failure *alert.SendError) error {
	until := x.d.now().Add(time.Minute)
	err := x.d.store.Write(ctx, func(tx *store.Tx) error {
		for _, name := range x.s.receiverNames() {
			if x.s.receivers[name].Kind() != x.m.Receiver.Kind() {
				continue
			}
			if err := tx.PauseReceiver(name, until); err != nil {
				return err
			}
		}
		return tx.RetryLetter(x.l.Alert.ID, store.Waiting, until, x.l.Plain, failure.Err.Error())
	})
	x.d.log.Error("integration locked out", "integration", x.m.Receiver.Kind(), "err", failure.Err)
	return err
}
