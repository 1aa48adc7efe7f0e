package daemon

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/classify"
	"earshot/internal/insight"
	"earshot/internal/store"
)

const (
	spikeVoices = 5000             // complaints looked at: more than that stand out anyway
	spikeTexts  = 300              // texts that the drivers are found in
	spikeEvery  = 30 * time.Second // between two looks at the spikes that last
	spikeEdit   = time.Minute      // between two changes of a spike's cards
)

// watchSpikes looks, when a complaint came in, whether so many now say the same
// that chance no longer explains it.
func (t *settling) watchSpikes() error {
	if t.j.job.Silent != "" || t.story != t.j.entry.ID {
		return nil // history, or the words of somebody else
	}
	for _, m := range t.j.mentions {
		if m.Reason != "" || m.Verdict.Intent != earshot.Complaint || t.s.brands[m.Brand].Competitor {
			continue
		}
		if err := t.d.watchSpike(t.tx, t.s, m.Brand); err != nil {
			return fmt.Errorf("spike about %s: %w", m.Brand, err)
		}
	}
	return nil
}

func (d *Daemon) watchSpike(tx *store.Tx, s *setup, brand string) error {
	if _, open, err := tx.OpenSpike(brand); open || err != nil {
		return err
	}
	now := d.now()
	said, voices, err := d.voices(tx, brand, slices.Max(insight.Windows))
	if err != nil || len(said) < insight.SpikeAuthors {
		return err
	}
	series, since, err := complaintSeries(tx, brand, now)
	if err != nil {
		return err
	}
	found, ok := insight.Spiking(voices, series, since, now)
	if !ok {
		return nil
	}
	lead, ok, err := leadCase(tx, said, found.From)
	if err != nil || !ok {
		return err
	}
	return d.openSpike(tx, s, lead, found)
}

// voices are the complaints about a brand in a window that ends now.
func (d *Daemon) voices(tx *store.Tx, brand string, window time.Duration) ([]store.Complainer, []insight.Voice, error) {
	now := d.now()
	said, err := tx.Complainers(brand, now.Add(-window), now, spikeVoices)
	var out []insight.Voice
	for _, c := range said {
		out = append(out, insight.Voice{At: c.At, Author: c.Author})
	}
	return said, out, err
}

// complaintSeries is what a brand's complaints by hour were, and since when they
// are heard.
func complaintSeries(tx *store.Tx, brand string, now time.Time) (insight.Series, time.Time, error) {
	hours, err := tx.ComplaintHours(brand, now.Add(-(insight.SeasonWeeks+2)*7*24*time.Hour))
	if err != nil {
		return nil, time.Time{}, err
	}
	since, err := tx.FirstHeard()
	return series(hours), since, err
}

func series(hours []store.HourCount) insight.Series {
	out := insight.Series{}
	for _, h := range hours {
		out.Add(h.Hour, h.N)
	}
	return out
}

// leadCase is the case of the first who said it.
func leadCase(tx *store.Tx, said []store.Complainer, from time.Time) (earshot.Case, bool, error) {
	for _, c := range slices.Backward(said) {
		if c.Case == "" || c.At.Before(from) {
			continue
		}
		found, ok, err := tx.Case(c.Case)
		if err != nil || ok && found.Merged == "" {
			return found, ok, err
		}
	}
	return earshot.Case{}, false, nil
}

// openSpike stores the spike and says so on the case that said it first; that
// event plans its cards.
func (d *Daemon) openSpike(tx *store.Tx, s *setup, lead earshot.Case, found insight.Spike) error {
	now := d.now()
	spike, err := tx.NewSpike(earshot.Spike{Brand: lead.Brand, Lead: lead.ID, Since: found.From, Opened: now, Window: found.Window,
		Expected: found.Expected, Shown: found.N, ShownAt: now})
	if err != nil {
		return err
	}
	d.log.Info("spike", "id", spike.ID, "brand", spike.Brand, "complaints", found.N, "authors", found.Authors, "expected", found.Expected)
	return d.applyCase(tx, s, lead.ID, earshot.Spiked{Spike: spike.ID})
}

// applyCase moves a case by a fact, outside of any entry's work.
func (d *Daemon) applyCase(tx *store.Tx, s *setup, id string, f earshot.Fact) error {
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
	next, events := c.Apply(f, s.env(v, d.now()))
	return d.saveCase(tx, s, next, events, "")
}

// spread tells a receiver of a spike that goes on, when a case of it leads there
// and no card of the spike did yet. One that is held is tried again each hour.
func (d *Daemon) spread(tx *store.Tx, s *setup, t earshot.Trigger, v earshot.CaseView, tally map[string]earshot.Tally) (map[string]earshot.Tally, error) {
	if t.Event.Kind != earshot.EventOpened || t.Reason != "" || v.Case.Label.Intent != earshot.Complaint || v.Competitor {
		return tally, nil
	}
	spike, open, err := tx.OpenSpike(v.Case.Brand)
	if err != nil || !open {
		return tally, err
	}
	told := earshot.Event{Case: v.Case.ID, Seq: int(d.now().Sub(spike.Opened) / time.Hour), Kind: earshot.EventSpiked, At: d.now(), Data: earshot.EventData{Spike: spike.ID}}
	planned := alert.Plan(earshot.Trigger{Event: told}, v, s.policy, tally, d.now())
	planned = slices.DeleteFunc(planned, func(a earshot.Alert) bool { return a.Kind != earshot.AlertSpike || a.Reason == earshot.ReasonDuplicate })
	if len(planned) == 0 {
		return tally, nil
	}
	if err := d.saveAlerts(tx, s, planned); err != nil {
		return tally, err
	}
	return d.tallies(tx, s.policy.Reach(t, v), v.Case.ID)
}

// tickSpikes changes the cards of spikes that grow, and ends those that are over.
func (d *Daemon) tickSpikes(ctx context.Context, s *setup) error {
	if d.now().Sub(d.spikesAt) < spikeEvery {
		return nil
	}
	d.spikesAt = d.now()
	var open []earshot.Spike
	err := d.store.Read(ctx, func(tx *store.Tx) (err error) {
		open, err = tx.OpenSpikes()
		return err
	})
	if err != nil {
		return err
	}
	for _, spike := range open {
		if err := d.store.Write(ctx, func(tx *store.Tx) error { return d.tickSpike(tx, s, spike.ID) }); err != nil {
			return fmt.Errorf("spike %s: %w", spike.ID, err)
		}
	}
	return nil
}

func (d *Daemon) tickSpike(tx *store.Tx, s *setup, id string) error {
	spike, ok, err := tx.Spike(id)
	if err != nil || !ok || !spike.Calmed.IsZero() {
		return err
	}
	now := d.now()
	_, voices, err := d.voices(tx, spike.Brand, spike.Window)
	if err != nil {
		return err
	}
	series, since, err := complaintSeries(tx, spike.Brand, now)
	if err != nil {
		return err
	}
	figures, err := tx.SpikeFigures(spike.Brand, spike.Since, now)
	if err != nil {
		return err
	}
	calm := insight.Calmed(insight.Measure(voices, series, since, now, spike.Window))
	grown := figures.Count-spike.Shown > spike.Shown/10 && now.Sub(spike.ShownAt) >= spikeEdit
	if !calm && !grown {
		return nil
	}
	spike.Step, spike.Shown, spike.ShownAt = spike.Step+1, figures.Count, now
	if calm {
		spike.Calmed = now
	}
	if err := tx.PutSpike(spike); err != nil {
		return err
	}
	cards, err := tx.SpikeCards(spike.ID)
	if err != nil {
		return err
	}
	if err := d.saveAlerts(tx, s, alert.SpikeEdits(spike, cards, now)); err != nil || !calm {
		return err
	}
	return d.applyCase(tx, s, spike.Lead, earshot.Calmed{Spike: spike.ID})
}

// loadSpike adds what a spike's card shows: its figures, what they say, who said
// it first.
func (x *delivery) loadSpike(tx *store.Tx) error {
	a := x.l.Alert
	if a.Kind != earshot.AlertSpike && (a.Kind != earshot.AlertEdit || a.Subject == a.Case) {
		return nil
	}
	spike, ok, err := tx.Spike(a.Subject)
	if err != nil || !ok {
		return err
	}
	until := x.m.Now
	if !spike.Calmed.IsZero() {
		until = spike.Calmed
	}
	figures, err := tx.SpikeFigures(spike.Brand, spike.Since, until)
	if err != nil {
		return err
	}
	first, _, err := tx.CaseView(spike.Lead)
	if err != nil {
		return err
	}
	drivers, err := spikeDrivers(tx, x.s, spike, until)
	expected := spike.Expected * max(until.Sub(spike.Since).Hours()/spike.Window.Hours(), 1)
	x.m.Spike = &alert.Spike{ID: spike.ID, Brand: spike.Brand, Intent: earshot.Complaint, Count: figures.Count, Expected: expected, Since: spike.Since,
		Authors: figures.Authors, Sites: figures.Sites, Answered: figures.Answered, Drivers: drivers, First: x.s.augment(first),
		Calm: !spike.Calmed.IsZero(), Until: spike.Calmed}
	return err
}

// spikeDrivers finds what the newest complaints of a spike have in common,
// besides the brand's name.
func spikeDrivers(tx *store.Tx, s *setup, spike earshot.Spike, until time.Time) ([]alert.Driver, error) {
	mentions, err := tx.ComplaintsBetween(spike.Brand, spike.Since, until, spikeTexts)
	var texts [][]string
	for _, m := range mentions {
		names := strings.Fields(strings.ToLower(spike.Brand + " " + strings.Join(s.brands[spike.Brand].Aliases, " ")))
		words := classify.RareWords(m.Verdict.Evidence.Text, m.Verdict.Lang, 12)
		texts = append(texts, slices.DeleteFunc(words, func(w string) bool { return slices.Contains(names, w) }))
	}
	var out []alert.Driver
	for _, g := range insight.Drivers(texts, 3) {
		out = append(out, alert.Driver{Words: strings.Join(g.Words, " "), Count: g.Count})
	}
	return out, err
}

// shownRev is the revision that a message shows: the case's, or the spike's step.
func (x *delivery) shownRev() int {
	if x.m.Spike != nil {
		return x.l.Alert.Step
	}
	return x.m.View.Case.Rev
}
