package daemon

import (
	"context"
	"fmt"
	"time"

	"earshot"
	"earshot/classify"
	"earshot/internal/store"
)

const (
	layerEvery  = 2 * time.Minute // between two looks whether another process learnt
	nightlyHour = 3               // local time of the zone
	nightlyMin  = 30
	similarOf   = 300 // newest mentions of a brand that a correction is tried on
)

// layer reads the layer that holds; nil for none.
func (d *Daemon) layer(ctx context.Context) (l *classify.Layer, err error) {
	var row store.Layer
	if err := d.store.Read(ctx, func(tx *store.Tx) (err error) { row, _, err = tx.Layer(); return err }); err != nil {
		return nil, err
	}
	if row.State != store.LayerOn || len(row.Data) == 0 {
		return nil, nil
	}
	l, err = classify.ReadLayer(row.Data)
	if err != nil {
		return nil, fmt.Errorf("layer %d: %w", row.ID, err)
	}
	return l, nil
}

// taught gives a setup's classifier the layer that holds. A layer that cannot be
// read is left out, and the log says so: the shipped model judges.
func (d *Daemon) taught(ctx context.Context, s *setup) error {
	l, err := d.layer(ctx)
	if err != nil && ctx.Err() != nil {
		return err
	}
	if err != nil {
		d.log.Error("what corrections taught is left out", "err", err)
	}
	s.classifier = s.classifier.WithLayer(l)
	return nil
}

// freshLayer swaps in a layer that was learnt, undone or switched off since.
func (d *Daemon) freshLayer(ctx context.Context) error {
	var hash string
	err := d.store.Read(ctx, func(tx *store.Tx) (err error) { hash, err = tx.LayerHash(); return err })
	if err != nil || hash == d.setup.Load().classifier.Layer().Hash() {
		return err
	}
	d.reload.Lock()
	defer d.reload.Unlock()
	s := *d.setup.Load()
	if err := d.taught(ctx, &s); err != nil {
		return err
	}
	d.setup.Store(&s)
	d.log.Info("what corrections taught", "layer", s.classifier.Layer().Hash())
	return nil
}

// learnStep looks for a layer that another process learnt, and learns every night.
func (d *Daemon) learnStep(ctx context.Context) (time.Time, error) {
	now := d.now()
	if now.Sub(d.layerSeen) >= layerEvery {
		if err := d.freshLayer(ctx); err != nil {
			return time.Time{}, err
		}
		d.layerSeen = now
	}
	if now.Before(nightly(d.learnt, d.setup.Load().cfg.Zone)) {
		return now.Add(layerEvery), nil
	}
	if err := d.learnAtNight(ctx); err != nil {
		return time.Time{}, err
	}
	d.learnt = now
	return now.Add(layerEvery), d.freshLayer(ctx)
}

// nightly is the first half past three in the morning after a time.
func nightly(after time.Time, zone *time.Location) time.Time {
	y, m, day := after.In(zone).Date()
	at := time.Date(y, m, day, nightlyHour, nightlyMin, 0, 0, zone)
	if !at.After(after) {
		at = time.Date(y, m, day+1, nightlyHour, nightlyMin, 0, 0, zone)
	}
	return at
}

// learnAtNight learns from new corrections, if there are any; not if learning is
// off, nor what a person took back.
func (d *Daemon) learnAtNight(ctx context.Context) error {
	s := d.setup.Load()
	k, err := d.study(ctx, s.classifier, false)
	if err != nil {
		return err
	}
	var undone bool
	if err := d.store.Read(ctx, func(tx *store.Tx) (err error) { undone, err = tx.UndoneLayer(k.source); return err }); err != nil {
		return err
	}
	switch {
	case undone, k.current.State == store.LayerOff, k.current.Source == k.source, len(k.taught) == 0 && k.current.ID == 0:
		return nil
	case len(k.lost) > 0:
		d.log.Warn("learning: not applied, it would lose corrections that hold now", "lost", len(k.lost), "see", "earshot learn --dry-run")
		return nil
	}
	if err := d.compare(ctx, s.classifier, k); err != nil {
		return err
	}
	d.log.Info("learnt from corrections", "corrections", len(k.taught), "right", k.after, "right_before", k.before, "mentions_changed", len(k.shifts))
	return d.adopt(ctx, s, k, "nightly")
}

// Similar says how many of a brand's newest mentions would change if the case's
// label were corrected and the next learn took it up: for the label that would
// change most. of is how many were looked at.
func (d *Daemon) Similar(ctx context.Context, id string) (n, of int, err error) {
	c := d.setup.Load().classifier
	err = d.store.Read(ctx, func(tx *store.Tx) error {
		v, ok, err := tx.CaseView(id)
		if err != nil || !ok {
			return err
		}
		h, ok, err := tx.HeardMention(v.Case.Mention)
		if err != nil || !ok {
			return err
		}
		layers, err := guesses(tx, c, h)
		if err != nil {
			return err
		}
		n, of, err = count(ctx, tx, c, v.Case.Story, h.Mention.Brand, layers)
		return err
	})
	return n, of, err
}

// guesses are the layers that each other label of a mention would lead to.
func guesses(tx *store.Tx, c *classify.Classifier, h store.Heard) ([]*classify.Layer, error) {
	others, err := tx.Mentions(h.Entry.ID)
	if err != nil {
		return nil, err
	}
	var layers []*classify.Layer
	for _, intent := range earshot.Intents {
		if intent == h.Mention.Verdict.Intent {
			continue
		}
		if lesson, ok := c.Lesson(h.Entry, h.Mention, others, intent); ok {
			layers = append(layers, c.Layer().Plus(c.Model(), lesson))
		}
	}
	return layers, nil
}

// count tries the layers on a brand's newest mentions in other stories.
func count(ctx context.Context, tx *store.Tx, c *classify.Classifier, story int64, brand string, layers []*classify.Layer) (n, of int, err error) {
	lately, err := tx.HeardLately(brand, similarOf)
	if err != nil {
		return 0, 0, err
	}
	flips := make([]int, len(layers))
	for _, h := range lately {
		if err := ctx.Err(); err != nil {
			return 0, 0, err
		}
		its, err := tx.StoryOf(h.Entry.ID)
		if err != nil {
			return 0, 0, err
		}
		if its == story || byOther(h.Mention.Verdict) {
			continue
		}
		others, err := tx.Mentions(h.Entry.ID)
		if err != nil {
			return 0, 0, err
		}
		of++
		for i, flipped := range c.Flips(h.Entry, h.Mention, others, layers) {
			flips[i] += flag(flipped)
			n = max(n, flips[i])
		}
	}
	return n, of, nil
}
