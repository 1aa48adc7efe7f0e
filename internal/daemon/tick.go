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
	"earshot/internal/web"
)

// welcomeAfter is how long the welcome message waits for sources that never answer.
const welcomeAfter = 10 * time.Minute

// tickEvery is the least time between two looks at what has come due.
const tickEvery = 200 * time.Millisecond

// tickStep moves every case and receiver whose time has come.
func (d *Daemon) tickStep(ctx context.Context) (time.Time, error) {
	last, now := d.ticked, d.now()
	if next := last.Add(tickEvery); next.After(now) && next.Sub(now) <= tickEvery {
		return next, nil // poked by every entry: nobody needs minutes counted in milliseconds
	}
	d.ticked = now
	if err := d.leap(ctx, last); err != nil {
		return time.Time{}, err
	}
	d.slackState()
	var due []string
	err := d.store.Read(ctx, func(tx *store.Tx) (err error) {
		if d.doubted() {
			return nil
		}
		due, err = tx.DueCases(d.now(), 100)
		return err
	})
	if err != nil {
		return time.Time{}, err
	}
	s := d.setup.Load()
	for _, id := range due {
		if err := d.store.Write(ctx, func(tx *store.Tx) error { return d.tickCase(tx, s, id) }); err != nil {
			return time.Time{}, fmt.Errorf("case %s: %w", id, err)
		}
	}
	if err := d.store.Write(ctx, func(tx *store.Tx) error { return d.tickReceivers(tx, s) }); err != nil {
		return time.Time{}, err
	}
	if err := errors.Join(d.tickSpikes(ctx, s), d.tickSilence(ctx, s)); err != nil {
		return time.Time{}, err
	}
	poke(d.pokeSend)
	var next time.Time
	err = d.store.Read(ctx, func(tx *store.Tx) (err error) {
		next, err = tx.NextTick()
		return err
	})
	if !d.welcomed && (next.IsZero() || next.After(d.now().Add(time.Second))) {
		next = d.now().Add(time.Second)
	}
	if d.doubted() && next.Before(d.believed) {
		next = d.believed
	}
	return next, err
}

// tickCase lets time pass for one case, then asks for its reminders.
func (d *Daemon) tickCase(tx *store.Tx, s *setup, id string) error {
	if err := tx.LockCase(id); err != nil {
		return err
	}
	c, ok, err := tx.Case(id)
	if err != nil || !ok {
		return err
	}
	v, err := tx.View(c)
	if err != nil {
		return err
	}
	v = s.augment(v)
	next, events := c.Apply(earshot.Tick{}, s.env(v, d.now()))
	if len(events) == 0 {
		// Looked at, and nothing had come due: a reminder may have.
		if err := tx.PutCase(next, 0, "", d.now()); err != nil {
			return err
		}
	}
	if err := d.saveCase(tx, s, next, events, ""); err != nil {
		return err
	}
	if v, err = tx.View(next); err != nil {
		return err
	}
	return d.plan(tx, s, earshot.Trigger{Tick: true}, s.augment(v))
}

// tickReceivers plans what is due whatever the case: summaries, digests, and
// once the welcome.
func (d *Daemon) tickReceivers(tx *store.Tx, s *setup) error {
	if err := d.welcome(tx, s); err != nil {
		return err
	}
	due, err := tx.DueReceivers(d.now())
	if err != nil {
		return err
	}
	for _, name := range due {
		if err := tx.LockReceiver(name); err != nil {
			return err
		}
		t, err := tx.Tally(name, "", d.now())
		if err != nil {
			return err
		}
		if err := d.saveAlerts(tx, s, alert.PlanReceiver(s.policy, name, t, d.now())); err != nil {
			return err
		}
		if err := d.wakeReceiver(tx, s, name); err != nil {
			return err
		}
	}
	return nil
}

// welcome sends each receiver the first day's one message, when every source was
// tried once or has had ten minutes for it.
func (d *Daemon) welcome(tx *store.Tx, s *setup) error {
	if d.welcomed {
		return nil
	}
	sources, err := tx.Sources()
	if err != nil {
		return err
	}
	untried := slices.ContainsFunc(sources, func(src earshot.Source) bool {
		return src.Kind != earshot.SourceThread && !src.Paused() && (src.FirstTried.IsZero() || d.away && src.LastTried.Before(d.started))
	})
	if untried && d.now().Sub(d.started) < welcomeAfter {
		return nil
	}
	if pending, err := tx.NextEntry(); err != nil || !pending.IsZero() && !pending.After(d.now()) {
		return err // what the first reads brought is still being judged
	}
	worth, err := tx.Worth(5)
	if err != nil {
		return err
	}
	for _, name := range routed(s) {
		if err := tx.LockReceiver(name); err != nil {
			return err
		}
		first, err := tx.Welcome(name, d.now())
		if err != nil {
			return err
		}
		if !first {
			continue
		}
		if err := d.saveAlerts(tx, s, []earshot.Alert{alert.Welcome(name, worth, d.now())}); err != nil {
			return err
		}
		if err := d.wakeReceiver(tx, s, name); err != nil {
			return err
		}
	}
	d.welcomed = true
	return nil
}

// longAway is how long nothing may be heard before the start until people are
// told in one message what they missed, as on the first day.
const longAway = 24 * time.Hour

// comeBack finds out whether Earshot was away for long, or its store is an old
// backup: then what is read first is silent, and everybody is welcomed again.
func (d *Daemon) comeBack(tx *store.Tx) error {
	sources, err := tx.Sources()
	if err != nil {
		return err
	}
	var heard time.Time
	for _, src := range sources {
		heard = latest(heard, src.LastSuccess)
	}
	if d.away = !heard.IsZero() && d.started.Sub(heard) > longAway; !d.away {
		return nil
	}
	d.log.Info("back after a long time: what was missed comes in one message", "last_heard", heard)
	return tx.WelcomeAgain()
}

// worth counts the cases of our brands that an answer would still do good to.
func (s *setup) worth(tx *store.Tx) (n int, err error) {
	counts, err := tx.CaseCounts()
	for _, c := range counts {
		done := []earshot.Status{"dismissed", "closed", "resolved", "responded"}
		if !s.brands[c.A].Competitor && !slices.Contains(done, earshot.Status(c.B)) {
			n += int(c.N)
		}
	}
	return n, err
}

// routed are the receivers that hear of cases: a webhook takes cases, not greetings.
func routed(s *setup) []string {
	var names []string
	for _, name := range s.receiverNames() {
		if s.receivers[name].Webhook == nil {
			names = append(names, name)
		}
	}
	return names
}

// health says how well we hear, for digests and the welcome.
func (d *Daemon) health(tx *store.Tx, s *setup) (alert.Health, error) {
	sources, err := tx.Sources()
	bySource, brands := d.unheard(sources)
	h := alert.Health{Rules: len(s.cfg.Brands), RulesAlive: len(s.cfg.Brands) - len(brands), RulesDeaf: deafNames(brands)}
	for _, src := range sources {
		if src.Kind == earshot.SourceThread || src.Paused() {
			continue
		}
		h.Sources++
		deaf, silent := bySource[src.ID]
		switch {
		case !hears(src):
			h.Deaf = append(h.Deaf, deafWords(src))
		case silent:
			h.Deaf = append(h.Deaf, deafNames([]web.Deaf{deaf})...)
		default:
			h.SourcesOK++
		}
	}
	return h, err
}
