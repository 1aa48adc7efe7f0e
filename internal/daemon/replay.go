package daemon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/config"
	"earshot/internal/store"
)

// ReplayOptions say what is told again.
type ReplayOptions struct {
	Since, Until time.Time
	Say          func(done, total int) // told of progress; nil tells nobody
}

// Replayed is one alert of a replay and what it was about.
type Replayed struct {
	earshot.Alert
	Brand  string
	Title  string
	URL    string
	Intent earshot.Intent
}

// Replay tells the stored history again, through the planning, grouping, caps,
// windows and outbox of a running daemon, on a private copy and a clock of its
// own. Nothing is sent and the store is only read. Delivery is taken to work at
// once: what an outage did to the live log does not come again. The alerts come
// in the order in which they were planned; one without a reason still waited.
func Replay(ctx context.Context, cfg *config.Config, o ReplayOptions) (alerts []Replayed, err error) {
	dir, err := os.MkdirTemp("", "earshot-replay-")
	if err != nil {
		return nil, fmt.Errorf("replay: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	st, err := openToRead(ctx, cfg)
	if err != nil {
		return nil, err
	}
	scratch, err := st.Scratch(ctx, filepath.Join(dir, "replay.db"), o.Since)
	if err = errors.Join(err, st.Close()); err != nil {
		return nil, err
	}
	p := &player{o: o, clock: o.Since.UTC().Truncate(time.Millisecond)}
	if err = p.build(cfg, scratch); err == nil {
		err = p.play(ctx)
	}
	if err == nil {
		alerts, err = p.result(ctx)
	}
	return alerts, errors.Join(err, scratch.Close())
}

// player is a daemon without loops, door or network, moved by its own clock.
type player struct {
	o      ReplayOptions
	d      *Daemon
	s      *setup
	clock  time.Time
	facts  []fact
	ticked time.Time // when time was last let pass
}

// fact is something that happened: it happens again at its time.
type fact struct {
	at    time.Time
	order int64
	do    func(context.Context) error
}

func (p *player) build(cfg *config.Config, scratch *store.Store) error {
	p.d = blank(Options{Clock: func() time.Time { return p.clock }, NoSecrets: true})
	s, faults := p.d.check(cfg)
	if s == nil {
		return &Faults{cfg, faults}
	}
	s.notifiers = map[string]alert.Notifier{}
	for _, kind := range []string{"slack", "webhook", "mail"} {
		s.notifiers[kind] = quiet{kind: kind, edits: kind == "webhook" || kind == "slack" && cfg.Slack.BotToken.IsSet()}
	}
	p.s, p.d.store, p.d.welcomed = s, scratch, true
	p.d.name = "replay"
	p.d.setup.Store(s)
	return nil
}

// quiet takes every message as the real notifiers would, and sends nothing.
type quiet struct {
	kind  string
	edits bool
}

// Notify gives the receipt of a message that arrived.
func (q quiet) Notify(_ context.Context, m alert.Message) (alert.Receipt, error) {
	switch a := m.Alert; {
	case a.Kind == earshot.AlertEdit && !q.edits, a.Kind == earshot.AlertLine && !q.edits && !a.Broadcast:
		return alert.Receipt{Skipped: "nothing to change there"}, nil
	default:
		return alert.Receipt{Ref: map[string]string{"replay": a.Key}, Edited: a.Kind == earshot.AlertEdit}, nil
	}
}

// play lets everything happen again, in order.
func (p *player) play(ctx context.Context) error {
	err := p.d.store.Write(ctx, func(tx *store.Tx) error {
		past, err := tx.BackTo(p.clock)
		if err != nil {
			return err
		}
		p.clock = latest(p.clock, past.Began) // before that nobody listened
		p.again(past)
		for _, name := range p.s.receiverNames() {
			if err := errors.Join(tx.LockReceiver(name), p.d.wakeReceiver(tx, p.s, name)); err != nil {
				return err
			}
		}
		return p.wakeCases(tx)
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(p.facts, func(a, b fact) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.order, b.order)) })
	for i := 0; ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		next, what, err := p.next(ctx, i)
		if err != nil || what == "" || next.After(p.o.Until) {
			return err
		}
		if next.After(p.clock) {
			p.clock = next
		}
		switch what {
		case "fact":
			err = p.facts[i].do(ctx)
			i++
			if p.o.Say != nil {
				p.o.Say(i, len(p.facts))
			}
		case "tick":
			err = p.tick(ctx)
		case "letter":
			err = p.deliver(ctx)
		}
		if err != nil {
			return err
		}
	}
}

// wakeCases finds out when the open cases have their next reminder.
func (p *player) wakeCases(tx *store.Tx) error {
	views, err := tx.OpenCases([]earshot.Status{"new", "claimed", "seen", "unconfirmed", "promised", "overdue"}, 1_000_000)
	if err != nil {
		return err
	}
	for _, v := range views {
		v = p.s.augment(v)
		tally, err := p.d.tallies(tx, p.s.policy.Reach(earshot.Trigger{Tick: true}, v), v.Case.ID)
		if err != nil {
			return err
		}
		if err := tx.CaseAlertTick(v.Case.ID, p.s.policy.NextCaseTick(v, tally, p.clock)); err != nil {
			return err
		}
	}
	return nil
}

// next is what comes next and when: what happened, then what had come due, then
// what was to be sent.
func (p *player) next(ctx context.Context, i int) (at time.Time, what string, err error) {
	var tick, letter time.Time
	err = p.d.store.Read(ctx, func(tx *store.Tx) (err error) {
		if tick, err = tx.NextTick(); err == nil {
			letter, err = tx.NextLetter()
		}
		return err
	})
	offer := func(t time.Time, name string) {
		if !t.IsZero() && (what == "" || t.Before(at)) {
			at, what = t, name
		}
	}
	if i < len(p.facts) {
		offer(p.facts[i].at, "fact")
	}
	if !tick.IsZero() {
		offer(latest(tick, p.ticked.Add(tickEvery), p.clock), "tick")
	}
	if !letter.IsZero() {
		offer(latest(letter, p.clock), "letter")
	}
	return at, what, err
}

func latest(times ...time.Time) time.Time { return slices.MaxFunc(times, time.Time.Compare) }

// tick lets time pass. In a replay of what is stored, what clocks did is among
// the facts, and only reminders and lists come of it.
func (p *player) tick(ctx context.Context) error {
	p.ticked = p.clock
	return p.d.store.Write(ctx, func(tx *store.Tx) error {
		due, err := tx.DueCases(p.clock, 1000)
		if err != nil {
			return err
		}
		for _, id := range due {
			if err := p.tickCase(tx, id); err != nil {
				return fmt.Errorf("case %s: %w", id, err)
			}
		}
		return p.d.tickReceivers(tx, p.s)
	})
}

func (p *player) tickCase(tx *store.Tx, id string) error {
	c, ok, err := tx.Case(id)
	if err != nil || !ok {
		return err
	}
	v, err := tx.View(c)
	if err != nil {
		return err
	}
	return p.d.plan(tx, p.s, earshot.Trigger{Tick: true}, p.s.augment(v))
}

// deliver takes what may go now, one message a receiver, through the last steps.
func (p *player) deliver(ctx context.Context) error {
	var letters []store.Letter
	err := p.d.store.Write(ctx, func(tx *store.Tx) (err error) {
		letters, err = tx.ClaimLetters(store.Lease{By: p.d.name, Now: p.clock, For: sendLease, N: senders})
		return err
	})
	if err != nil {
		return err
	}
	if len(letters) == 0 {
		p.clock = p.clock.Add(breath)
	}
	for _, l := range letters {
		if err := p.d.send(ctx, l); err != nil {
			return fmt.Errorf("alert %s: %w", l.Alert.Key, err)
		}
	}
	return nil
}

// result reads what was planned, with what each is about.
func (p *player) result(ctx context.Context) (out []Replayed, err error) {
	err = p.d.store.Read(ctx, func(tx *store.Tx) error {
		alerts, err := tx.AlertsSince(p.o.Since)
		if err != nil {
			return err
		}
		out, err = describe(tx, alerts)
		return err
	})
	return out, err
}

// describe adds to alerts what their cases are about.
func describe(tx *store.Tx, alerts []earshot.Alert) ([]Replayed, error) {
	known := map[string]Replayed{}
	var out []Replayed
	for _, a := range alerts {
		r, ok := known[a.Case]
		if !ok && a.Case != "" {
			c, found, err := tx.Case(a.Case)
			if err != nil {
				return nil, err
			}
			if found {
				v, err := tx.View(c)
				if err != nil {
					return nil, err
				}
				r = Replayed{Brand: c.Brand, Title: cmp.Or(v.Title, v.Quote), URL: v.URL, Intent: c.Label.Intent}
			}
			known[a.Case] = r
		}
		r.Alert = a
		out = append(out, r)
	}
	return out, nil
}
