package daemon

import (
	"context"
	"math"
	"slices"
	"strings"

	"earshot"
	"earshot/internal/store"
)

// again makes the facts of a replay of what is stored: events as they were
// saved, mutes, and messages that no event of a case asked for.
func (p *player) again(past store.Past) {
	for _, b := range past.Batches {
		p.fact(fact{at: b.At, order: b.Order}, func(tx *store.Tx) error { return p.events(tx, b) })
	}
	for _, a := range past.Actions {
		p.fact(fact{at: a.At, order: math.MaxInt64}, func(tx *store.Tx) error {
			if a.Verb == earshot.VerbUnmute {
				_, err := tx.EndMute(a.Args.Mute, p.clock)
				return err
			}
			return tx.RestoreMute(past.Mutes[a.ID], a.ID)
		})
	}
	for _, a := range past.Alerts {
		if own(a) {
			p.fact(fact{at: a.Created, order: a.ID}, func(tx *store.Tx) error { return p.asked(tx, a) })
		}
	}
}

// fact adds one that is a transaction of its own.
func (p *player) fact(f fact, do func(*store.Tx) error) {
	f.do = func(ctx context.Context) error { return p.d.store.Write(ctx, do) }
	p.facts = append(p.facts, f)
}

// events saves what happened to a case, as it was saved then.
func (p *player) events(tx *store.Tx, b store.Batch) error {
	earlier, err := tx.Events(b.Case)
	if err != nil {
		return err
	}
	c := earshot.Rebuild(slices.Concat(earlier, b.Events))
	if err := tx.PutCase(c, b.N, b.Author, p.clock); err != nil {
		return err
	}
	silent := earshot.Reason("")
	for _, e := range b.Events {
		if e.Data.Opening != nil {
			silent = e.Data.Opening.Silent
		}
	}
	if err := p.d.saveCase(tx, p.s, c, b.Events, silent); err != nil {
		return err
	}
	return tx.StopClocks()
}

// own says whether the alert was asked for by something that is no event of a
// case: a notice, a welcome, a person who wanted a card, a spike of its own.
func own(a earshot.Alert) bool {
	switch a.Kind {
	case earshot.AlertOps, earshot.AlertWelcome:
		return true
	case earshot.AlertSpike:
		return a.Subject != a.Case
	case earshot.AlertCard:
		return a.Event == "" && strings.HasSuffix(a.Why, "asked for the card")
	}
	return false
}

// asked plans such an alert again as it was; what was decided when it was planned
// stays decided.
func (p *player) asked(tx *store.Tx, a earshot.Alert) error {
	a.ID = 0
	switch a.Reason {
	case earshot.ReasonNoRoute, earshot.ReasonMuted, earshot.ReasonHeldWindow, earshot.ReasonCapped, earshot.ReasonMinGap, earshot.ReasonDigested:
	default:
		a.Reason = ""
	}
	if err := tx.LockReceiver(a.Receiver); err != nil {
		return err
	}
	return p.d.saveAlerts(tx, p.s, []earshot.Alert{a})
}
