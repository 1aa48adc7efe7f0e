package daemon

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"

	"earshot"
	"earshot/crawler"
	"earshot/internal/store"
)

// Do carries out what a person did, whichever door it came through: action row,
// events, labels and outbox in one commit. The same action id twice happens
// once. It returns the case as it is then; the view is empty for actions
// without a case. Errors: *earshot.StaleError if somebody was faster,
// earshot.ErrAction if it makes no sense, an earshot.Fault if the case is unknown.
func (d *Daemon) Do(ctx context.Context, a earshot.Action) (earshot.CaseView, error) {
	if a.ID == "" {
		a.ID = rand.Text()
	}
	a.At = d.now()
	if a.Actor == "" {
		return earshot.CaseView{}, fmt.Errorf("%w: say who acts", earshot.ErrAction)
	}
	s := d.setup.Load()
	var v earshot.CaseView
	err := d.store.Write(ctx, func(tx *store.Tx) (err error) {
		x := &acting{d: d, tx: tx, s: s, a: a}
		v, err = x.run()
		return err
	})
	if err == nil {
		poke(d.pokeSend)
		poke(d.pokeTick)
		poke(d.pokeRead)
	}
	return v, err
}

// acting is one action in its transaction.
type acting struct {
	d  *Daemon
	tx *store.Tx
	s  *setup
	a  earshot.Action
}

func (x *acting) run() (earshot.CaseView, error) {
	added, err := x.tx.PutAction(x.a)
	if err != nil {
		return earshot.CaseView{}, err
	}
	switch x.a.Verb {
	case earshot.VerbMute, earshot.VerbUnmute, earshot.VerbTrack, earshot.VerbPause, earshot.VerbResume:
		if !added {
			return earshot.CaseView{}, nil
		}
		return earshot.CaseView{}, x.caseless()
	}
	v, ok, err := x.tx.CaseView(x.a.Case)
	if err != nil {
		return v, err
	}
	if !ok {
		return v, &earshot.Fault{Code: "case_unknown", What: fmt.Sprintf("there is no case %q", x.a.Case), Do: "look it up with: earshot explain URL"}
	}
	if !added {
		return x.s.augment(v), nil
	}
	if err := x.onCase(x.s.augment(v)); err != nil {
		return v, err
	}
	v, _, err = x.tx.CaseView(x.a.Case)
	return x.s.augment(v), err
}

func (x *acting) onCase(v earshot.CaseView) error {
	if err := x.tx.LockCase(v.Case.ID); err != nil {
		return err
	}
	history, err := x.tx.Events(v.Case.ID)
	if err != nil {
		return err
	}
	env := x.s.env(v, x.d.now())
	env.History = history
	switch x.a.Verb {
	case earshot.VerbMerge, earshot.VerbSplit:
		return x.both(v, env)
	}
	next, events, err := v.Case.Act(x.a, env)
	if err != nil {
		return err
	}
	if err := x.teach(v, next); err != nil {
		return err
	}
	if err := x.d.saveCase(x.tx, x.s, next, events, ""); err != nil {
		return err
	}
	if next, err = x.recurs(next, env); err != nil {
		return err
	}
	return x.refollow(next)
}

// teach keeps what a correction says about the story: it wins at once, for its
// copies too, and trains the next layer.
func (x *acting) teach(v earshot.CaseView, next earshot.Case) error {
	if x.a.Verb == earshot.VerbUndo {
		return x.unteach()
	}
	if next.Label == v.Case.Label || next.Label.By != "person:"+x.a.Actor {
		return nil
	}
	x.d.metrics.corrections.WithLabelValues(string(v.Case.Label.Intent), string(next.Label.Intent)).Inc()
	o := store.Override{Story: v.Case.Story, Brand: v.Case.Brand, Intent: next.Label.Intent,
		Ours: x.a.Args.Brand == "" || x.a.Args.Brand == v.Case.Brand, Action: x.a.ID, Actor: x.a.Actor, At: x.a.At, Was: string(v.Case.Label.Intent)}
	if err := x.tx.PutOverride(o); err != nil {
		return err
	}
	return x.relabel(o)
}

// unteach takes a correction back: the story is judged anew.
func (x *acting) unteach() error {
	stories, err := x.tx.DropOverride(x.a.Args.Undo)
	if err != nil {
		return err
	}
	for _, story := range stories {
		if err := x.tx.WorkAgain(story, x.d.now()); err != nil {
			return err
		}
	}
	poke(x.d.pokeWork)
	return nil
}

// relabel makes the correction hold for what is stored of the story, so that
// lists and counts agree with the card.
func (x *acting) relabel(o store.Override) error {
	mentions, entries, err := x.tx.StoryMentions(o.Story, o.Brand)
	if err != nil {
		return err
	}
	for i, m := range mentions {
		if m.Reason != "" || entries[i].Kind == earshot.Comment {
			continue // a comment has its own opinion
		}
		if _, err := x.tx.PutMention(overridden(m, o), entries[i]); err != nil {
			return err
		}
	}
	return nil
}

// refollow watches the thread again when a case lives again.
func (x *acting) refollow(c earshot.Case) error {
	if x.a.Verb != earshot.VerbReopen {
		return nil
	}
	post, ok, err := x.tx.Entry(c.Entry)
	if err != nil || !ok {
		return err
	}
	return x.d.follow(x.tx, x.s, c, post, x.d.now())
}

// both merges another case into this one, or splits it off again.
func (x *acting) both(v earshot.CaseView, env earshot.Env) error {
	other, ok, err := x.tx.Case(x.a.Args.Other)
	if err != nil {
		return err
	}
	if !ok {
		return fmt.Errorf("%w: there is no case %q", earshot.ErrAction, x.a.Args.Other)
	}
	move := earshot.Split
	kept, gone := v.Case, other
	if x.a.Verb == earshot.VerbMerge {
		move = earshot.Merge
		if other.Opened.Before(v.Case.Opened) {
			kept, gone = other, v.Case // the older keeps its id
		}
	}
	kept, gone, events, err := move(kept, gone, x.a, env)
	if err != nil {
		return err
	}
	for _, c := range []earshot.Case{kept, gone} {
		var own []earshot.Event
		for _, e := range events {
			if e.Case == c.ID {
				own = append(own, e)
			}
		}
		if err := x.d.saveCase(x.tx, x.s, c, own, ""); err != nil {
			return err
		}
	}
	return nil
}

// caseless are the actions on no case: mutes, pauses of sources, and links to be tracked.
func (x *acting) caseless() error {
	switch x.a.Verb {
	case earshot.VerbMute:
		return x.mute()
	case earshot.VerbPause, earshot.VerbResume:
		return x.pause()
	case earshot.VerbUnmute:
		ended, err := x.tx.EndMute(x.a.Args.Mute, x.d.now())
		if err == nil && !ended {
			err = fmt.Errorf("%w: mute %d has ended already", earshot.ErrAction, x.a.Args.Mute)
		}
		return err
	}
	return x.track()
}

func (x *acting) mute() error {
	args := x.a.Args
	match, err := earshot.ParseMatch(args.Match)
	switch {
	case err != nil:
		return fmt.Errorf("%w: %w", earshot.ErrAction, err)
	case len(match) == 0:
		return fmt.Errorf("%w: say what to mute, such as brand=AAA", earshot.ErrAction)
	case strings.TrimSpace(args.Text) == "":
		return fmt.Errorf("%w: say why", earshot.ErrAction)
	case !args.Until.After(x.d.now()):
		return fmt.Errorf("%w: mute until a time that is still to come", earshot.ErrAction)
	}
	_, err = x.tx.PutMute(earshot.Mute{Who: x.a.Actor, Why: args.Text, Until: args.Until, Match: match, Text: args.Match}, x.a.ID)
	return err
}

// track reads a link that a person pointed at, now and on the widening schedule.
func (x *acting) track() error {
	link := crawler.CanonicalURL(x.a.Args.Link)
	if link == "" {
		return fmt.Errorf("%w: %q is no address of a page", earshot.ErrAction, x.a.Args.Link)
	}
	return x.tx.PutSource(tracked(x.a.Args.Link, link, x.s.cfg.Crawl, x.d.now()))
}
