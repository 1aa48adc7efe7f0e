package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"
)

// world is a store with cases in it and a Do that works as the daemon's does.
type world struct {
	t     testing.TB
	store *store.Store
	now   time.Time
}

// friday is when every test looks: a weekday morning.
var friday = time.Date(2026, 11, 20, 8, 12, 0, 0, time.UTC)

func newWorld(t testing.TB) *world {
	t.Helper()
	s, err := store.Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "web.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return &world{t: t, store: s, now: friday}
}

var brands = []earshot.Brand{
	{Name: "Norrsken Rail", Owner: "ana", Official: earshot.Official{Domains: []string{"norrsken.example"}}},
	{Name: "Banca Lume", Official: earshot.Official{Domains: []string{"lume.example"}}},
	{Name: "Kestrel Air", Competitor: true},
}

func (w *world) options() Options {
	return Options{Store: w.store, Now: func() time.Time { return w.now }, Do: w.do, Brands: func() []earshot.Brand { return brands },
		Zone: mustZone(w.t, "Europe/Rome"), Loopback: true, Version: "test"}
}

func mustZone(t testing.TB, name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func (w *world) handler(change ...func(*Options)) http.Handler {
	w.t.Helper()
	o := w.options()
	for _, c := range change {
		c(&o)
	}
	s, err := New(o)
	if err != nil {
		w.t.Fatal(err)
	}
	return s.Handler()
}

func (w *world) write(f func(*store.Tx) error) {
	w.t.Helper()
	if err := w.store.Write(context.Background(), f); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) env(history []earshot.Event) earshot.Env {
	return earshot.Env{Now: w.now, History: history, SLA: func(l earshot.Label) *earshot.SLA { return sla(l.Intent) }}
}

func sla(i earshot.Intent) *earshot.SLA {
	switch i {
	case earshot.Complaint, earshot.Question, earshot.Request:
		return &earshot.SLA{Answer: 4 * time.Hour}
	case earshot.Compliment:
		return &earshot.SLA{Answer: 48 * time.Hour}
	}
	return nil
}

// do is the daemon's Do in small: one commit of action, events and case.
func (w *world) do(ctx context.Context, a earshot.Action) (view earshot.CaseView, err error) {
	err = w.store.Write(ctx, func(tx *store.Tx) error {
		if a.Verb == earshot.VerbMute || a.Verb == earshot.VerbUnmute {
			return w.doMute(tx, a)
		}
		if a.Verb == earshot.VerbPause || a.Verb == earshot.VerbResume {
			return w.doPause(tx, a)
		}
		c, ok, err := tx.Case(a.Case)
		if err != nil || !ok {
			return errors.Join(err, earshot.ErrAction)
		}
		history, err := tx.Events(a.Case)
		if err != nil {
			return err
		}
		var events []earshot.Event
		if a.Verb == earshot.VerbMerge {
			other, ok, err := tx.Case(a.Args.Other)
			if err != nil || !ok {
				return errors.Join(err, fmt.Errorf("%w: there is no case %s", earshot.ErrAction, a.Args.Other))
			}
			if c, other, events, err = earshot.Merge(c, other, a, w.env(history)); err != nil {
				return err
			}
			if err := tx.PutCase(other, 0, "", w.now); err != nil {
				return err
			}
		} else if c, events, err = c.Act(a, w.env(history)); err != nil {
			return err
		}
		if added, err := tx.PutAction(a); err != nil || !added {
			return err
		}
		if err := errors.Join(tx.PutCase(c, 0, "", w.now), tx.AppendEvents(events)); err != nil {
			return err
		}
		view, err = tx.View(c)
		return err
	})
	return view, err
}

func (w *world) doPause(tx *store.Tx, a earshot.Action) error {
	src, ok, err := tx.SourceByShort(a.Args.Source)
	switch {
	case err != nil || !ok || a.Verb == earshot.VerbPause && a.Args.Text == "":
		return errors.Join(err, earshot.ErrAction)
	case a.Verb == earshot.VerbResume:
		return tx.ResumeSource(src.ID, w.now)
	}
	return tx.PauseSource(src.ID, earshot.Pause{Who: a.Actor, Why: a.Args.Text, Since: w.now, Until: a.Args.Until})
}

func (w *world) doMute(tx *store.Tx, a earshot.Action) error {
	if _, err := tx.PutAction(a); err != nil {
		return err
	}
	if a.Verb == earshot.VerbUnmute {
		_, err := tx.EndMute(a.Args.Mute, w.now)
		return err
	}
	_, err := tx.PutMute(earshot.Mute{Who: a.Actor, Why: a.Args.Text, Until: a.Args.Until, Text: a.Args.Match}, a.ID)
	return err
}

// post is one invented entry with what was judged in it.
type post struct {
	source, site, siteName, author, title, text, lang string
	brand, evidence                                   string
	intent                                            earshot.Intent
	severity                                          int
	facet                                             earshot.Facet
	confidence                                        float64
	ago, foundAfter                                   time.Duration
	effort                                            []string
	leaving, unsure                                   bool
	kind                                              earshot.EntryKind
	thread                                            string
	noCase                                            bool
	silent                                            earshot.Reason
	others                                            []other
}

// other is another brand in the same text.
type other struct {
	brand, evidence string
	intent          earshot.Intent
	confidence      float64
}

func (p post) verdict() earshot.Verdict {
	return verdict(p.text, p.evidence, p.lang, p.intent, p.confidence, p.severity, p.facet, p.effort, p.leaving, p.unsure)
}

func verdict(text, evidence, lang string, intent earshot.Intent, conf float64, severity int, facet earshot.Facet, effort []string, leaving, unsure bool) earshot.Verdict {
	start := max(strings.Index(text, evidence), 0)
	v := earshot.Verdict{Intent: intent, IntentConfidence: conf, Confidence: conf, Severity: severity, Facet: facet, Lang: lang, Effort: effort, Leaving: leaving,
		Abstain: unsure, Holder: earshot.HolderAuthor, By: "model", Field: earshot.FieldText, Sentiment: earshot.Neutral,
		Evidence: earshot.Passage{Start: start, End: start + len(evidence), Text: evidence}}
	switch intent {
	case earshot.Complaint:
		v.Sentiment, v.PComplaint = earshot.Negative, conf
	case earshot.Compliment:
		v.Sentiment = earshot.Positive
	}
	return v
}

// entry makes the entry of a post.
func (w *world) entry(p post) earshot.Entry {
	address := "https://" + p.site + "/" + fmt.Sprintf("%x", sha256.Sum256([]byte(p.title+p.text)))[:8]
	e := earshot.Entry{Key: address, Source: p.source, Kind: earshot.Post, URL: address, Canonical: address, Thread: address, Site: p.site, SiteName: p.siteName,
		Title: p.title, Text: p.text, Lang: p.lang, Author: earshot.Author{Key: p.site + "/" + p.author, Name: p.author},
		Published: w.now.Add(-p.ago), Precision: earshot.PrecisionTime, FirstSeen: w.now.Add(-p.ago + p.foundAfter), Comments: earshot.CommentsOpen}
	if p.kind == earshot.Comment {
		e.Kind, e.Thread, e.Title = earshot.Comment, p.thread, ""
	}
	sum := sha256.Sum256([]byte(p.text))
	e.Hash = hex.EncodeToString(sum[:])
	return e
}

// hear stores a post, its mentions and, unless it asks for none, its case. It
// returns the case's id and the entry.
func (w *world) hear(p post) (string, earshot.Entry) {
	w.t.Helper()
	if p.confidence == 0 {
		p.confidence = .9
	}
	if p.source == "" {
		p.source = "feed:" + p.site
	}
	id, e := "", w.entry(p)
	w.write(func(tx *store.Tx) error {
		var err error
		if e, err = tx.AddEntry(e, p.silent, e.FirstSeen); err != nil {
			return err
		}
		if err := tx.FinishEntry(e.ID, e.ID, ""); err != nil || p.brand == "" {
			return err
		}
		m, err := tx.PutMention(earshot.Mention{Brand: p.brand, Rule: p.brand, Spans: spans(p.text, p.brand), Verdict: p.verdict()}, e)
		if err != nil {
			return err
		}
		for _, o := range p.others {
			v := verdict(p.text, o.evidence, p.lang, o.intent, o.confidence, 0, "", nil, false, false)
			if _, err := tx.PutMention(earshot.Mention{Brand: o.brand, Rule: o.brand, Spans: spans(p.text, o.brand), Verdict: v}, e); err != nil {
				return err
			}
		}
		if p.noCase {
			return nil
		}
		n, next, err := tx.NextCase()
		if err != nil {
			return err
		}
		id = next
		o := earshot.Opening{Brand: p.brand, Story: e.ID, Entry: e.ID, Mention: m.ID, Thread: e.Thread, Label: m.Verdict.Label(), Published: e.Published,
			Precision: e.Precision, FirstSeen: e.FirstSeen, SLA: sla(p.intent), Silent: p.silent}
		c, events := earshot.Open(id, o, earshot.Env{Now: e.FirstSeen})
		for next := c.NextTick(); !next.IsZero() && !next.After(w.now); next = c.NextTick() {
			env := w.env(nil)
			env.Now = next
			var more []earshot.Event
			c, more = c.Apply(earshot.Tick{}, env)
			events = append(events, more...)
		}
		return errors.Join(tx.PutCase(c, n, e.Author.Key, w.now), tx.AppendEvents(events), tx.SetMentionCase(m.ID, id))
	})
	return id, e
}

func spans(text, brand string) []earshot.Span {
	var out []earshot.Span
	for at := 0; ; {
		i := strings.Index(text[at:], brand)
		if i < 0 {
			return out
		}
		out = append(out, earshot.Span{Field: earshot.FieldText, Start: at + i, End: at + i + len(brand), Surface: brand})
		at += i + len(brand)
	}
}

// answer adds evidence to a case, said some time ago.
func (w *world) answer(id string, r earshot.Response, ago time.Duration) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		c, _, err := tx.Case(id)
		if err != nil {
			return err
		}
		r.Story, r.Brand, r.SaidAt, r.FirstSeen, r.Precision = c.Story, c.Brand, w.now.Add(-ago), w.now.Add(-ago+5*time.Minute), earshot.PrecisionTime
		r, _, err = tx.PutResponse(r)
		if err != nil {
			return err
		}
		env := w.env(nil)
		env.Now = r.FirstSeen
		c, events := c.Apply(r, env)
		return errors.Join(tx.AdoptResponse(r.ID, id), tx.PutCase(c, 0, "", w.now), tx.AppendEvents(events))
	})
}

// by does what a person would, some time ago.
func (w *world) by(who, id string, verb earshot.Verb, ago time.Duration, args earshot.Args) {
	w.t.Helper()
	then := w.now
	w.now = then.Add(-ago)
	defer func() { w.now = then }()
	a := earshot.Action{ID: fmt.Sprintf("seed-%s-%s-%d", id, verb, ago), Case: id, Verb: verb, Actor: who, At: w.now, Args: args}
	if _, err := w.do(context.Background(), a); err != nil {
		w.t.Fatalf("%s by %s on %s: %v", verb, who, id, err)
	}
}

// alert plans an alert for a case; a reason decides it at once.
func (w *world) alert(id string, kind earshot.AlertKind, step int, receiver string, reason earshot.Reason, why string) {
	w.t.Helper()
	w.write(func(tx *store.Tx) error {
		_, _, err := tx.PutAlert(earshot.Alert{Key: earshot.AlertKey(id, kind, step, receiver), Subject: id, Case: id, Kind: kind, Step: step, Event: earshot.EventOpened,
			Receiver: receiver, Route: "complaints", Reason: reason, Why: why}, w.now.Add(-time.Duration(30-step)*time.Minute))
		return err
	})
}
