package daemon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"

	"earshot"
	"earshot/config"
	"earshot/internal/store"
)

// LearnOptions say what `earshot learn` is to do; none of them set: learn, show
// what changes, and apply it.
type LearnOptions struct {
	DryRun bool // only show
	Undo   bool // take the newest layer back
	Off    bool // no layer, and none is learnt at night until learn is run again
	By     string
}

// Learn builds the layer of corrections from what people said, beside a running
// daemon, which takes it up within two minutes. What it does is written to w.
func Learn(ctx context.Context, w io.Writer, cfg *config.Config, o LearnOptions) error {
	d := blank(Options{NoSecrets: true, Logger: slog.New(slog.DiscardHandler)})
	s, faults := d.check(cfg)
	if s == nil {
		return &Faults{cfg, faults}
	}
	st, err := openToRead(ctx, cfg)
	if err != nil {
		return err
	}
	d.store = st
	v := &learnVerb{d: d, s: s, w: w, o: o}
	return errors.Join(v.run(ctx), v.err, st.Close())
}

type learnVerb struct {
	d   *Daemon
	s   *setup
	w   io.Writer
	o   LearnOptions
	err error
}

func (v *learnVerb) line(format string, args ...any) {
	if v.err == nil {
		_, v.err = fmt.Fprintf(v.w, format+"\n", args...)
	}
}

func (v *learnVerb) run(ctx context.Context) error {
	switch {
	case v.o.Undo:
		return v.undo(ctx)
	case v.o.Off:
		return v.off(ctx)
	}
	if err := v.d.taught(ctx, v.s); err != nil {
		return err
	}
	k, err := v.d.study(ctx, v.s.classifier, true)
	if err != nil {
		return err
	}
	v.report(k)
	switch {
	case len(k.lost) > 0:
		return &earshot.Fault{Code: "learn_loss", What: fmt.Sprintf("not applied: %d corrections that hold now would be lost", len(k.lost)),
			Do: "correct one of the texts named above: they are alike and their labels are not"}
	case v.o.DryRun:
		v.line("dry run: nothing was applied")
		return nil
	case k.current.State == store.LayerOn && k.current.Hash == k.layer.Hash():
		v.line("nothing new: layer %s holds already", k.layer.Hash())
		return nil
	case len(k.taught) == 0 && k.current.ID == 0:
		return nil
	}
	if err := v.d.adopt(ctx, v.s, k, v.o.By); err != nil {
		return err
	}
	v.line("applied as layer %s; a running daemon takes it up within two minutes (earshot learn --undo takes it back)", k.layer.Hash())
	return nil
}

// report tells what was learnt and what it would change.
func (v *learnVerb) report(k *learning) {
	v.line("%d corrections to learn from%s", len(k.taught), silentWords(k.silent))
	v.line("%d words and pairs; right on %d of %d corrections, now on %d", k.layer.Features(), k.after, len(k.taught), k.before)
	for _, l := range k.lost {
		v.line("  lost: %s, %s: %q %s", l.said.Brand, l.said.Intent, excerpt(l.of.Entry.Text), l.of.Entry.URL)
	}
	v.line("%d of %d stored mentions would change", len(k.shifts), k.history)
	for _, g := range k.groups() {
		v.line("  %s: %s -> %s: %d", g.Brand, g.From, g.To, g.N)
		for _, x := range g.Examples {
			v.line("    %q %s", excerpt(x.then.Evidence.Text), x.heard.Entry.URL)
		}
	}
}

func silentWords(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d more teach nothing: they say \"not about us\", or the text is gone)", n)
}

// excerpt is the beginning of a text, on one line.
func excerpt(text string) string {
	r := []rune(strings.Join(strings.Fields(text), " "))
	if len(r) > 100 {
		return string(r[:100]) + "..."
	}
	return string(r)
}

// undo takes the newest layer back. What it changed in the history is judged by
// the layer before it.
func (v *learnVerb) undo(ctx context.Context) error {
	return v.retreat(ctx, func(tx *store.Tx) (string, error) {
		l, ok, err := tx.UndoLayer()
		if err == nil && !ok {
			err = &earshot.Fault{Code: "learn_none", What: "nothing was learnt yet", Do: "there is nothing to undo"}
		}
		return "taken back: layer " + l.Hash, err
	})
}

func (v *learnVerb) off(ctx context.Context) error {
	return v.retreat(ctx, func(tx *store.Tx) (string, error) {
		return "off: the shipped model judges, and nothing is learnt at night until you run earshot learn again", tx.PutLayer(store.Layer{
			MadeAt: v.d.now(), MadeBy: v.o.By, State: store.LayerOff, Model: v.s.classifier.Model().Version()})
	})
}

// retreat changes which layer holds, and judges the history anew by it.
func (v *learnVerb) retreat(ctx context.Context, move func(*store.Tx) (string, error)) error {
	if err := v.d.taught(ctx, v.s); err != nil {
		return err
	}
	before := v.s.classifier
	var said string
	if err := v.d.store.Write(ctx, func(tx *store.Tx) (err error) { said, err = move(tx); return err }); err != nil {
		return err
	}
	next, err := v.d.layer(ctx)
	if err != nil {
		return err
	}
	k := &learning{layer: next}
	if err := v.d.compare(ctx, before, k); err != nil {
		return err
	}
	err = v.d.store.Write(ctx, func(tx *store.Tx) error {
		for _, x := range k.shifts {
			if err := v.d.rejudge(tx, v.s, x.heard.Mention.ID, x.then); err != nil {
				return err
			}
		}
		return nil
	})
	v.line("%s; %d stored mentions judged anew", said, len(k.shifts))
	return err
}
