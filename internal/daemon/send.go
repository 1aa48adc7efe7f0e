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
	doubtWait  = 5 * time.Second // before a send in doubt is looked up, twice; then it is sent again
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
	if done, err := x.probe(ctx); done || err != nil {
		return err
	}
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
func (x *delivery) load(tx *store.Tx) (err error) {
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
	if err := errors.Join(x.loadCard(tx), x.loadSpike(tx)); err != nil {
		return err
	}
	if a.Kind != earshot.AlertDigest && a.Kind != earshot.AlertWelcome {
		return nil // nothing else says how well we hear
	}
	if x.m.Health, err = x.d.health(tx, x.s); err != nil || a.Kind != earshot.AlertWelcome {
		return err
	}
	x.m.Health.Open, err = x.s.worth(tx)
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
		return true, x.end(ctx, store.Skipped, reason, askedAgain(reason))
	case alert.DecisionRegroup:
		return x.regroup(ctx)
	}
	return false, nil
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
		if err := x.arrived(tx, now); err != nil {
			return err
		}
		if a.Case == "" || receipt.Skipped != "" {
			return nil
		}
		asCard := a.Kind == earshot.AlertRemind && x.m.Previous == nil // of a case that only a summary told of
		if fresh := a.Kind == earshot.AlertCard || a.Kind == earshot.AlertSpike || asCard; fresh || x.m.Previous != nil {
			if !fresh {
				ref = x.cardRef // a line or reminder has an address of its own; the card's stays
			}
			if err := tx.PutCard(a.Subject, a.Receiver, string(ref), x.shownRev(), fresh, now); err != nil {
				return err
			}
		}
		return x.collapse(tx)
	})
}

// collapse ends the queued edits up to the revision that was just shown.
func (x *delivery) collapse(tx *store.Tx) error {
	a := x.l.Alert
	shown, err := tx.Collapse(a.Receiver, a.Subject, x.shownRev())
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
