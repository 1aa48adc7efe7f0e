package daemon

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"earshot"
	"earshot/classify"
	"earshot/crawler"
	"earshot/internal/ledger"
	"earshot/internal/store"
)

// copiesWithin is how far back copies of a text are looked for.
const copiesWithin = 60 * 24 * time.Hour

// settle puts a judged entry in its place: its story, its mentions, the evidence
// it holds, the cases it opens or moves, and the alerts that follow. All of it,
// and the mark that the work is done, is one commit.
func (d *Daemon) settle(ctx context.Context, s *setup, j judged) error {
	err := d.store.Write(ctx, func(tx *store.Tx) error {
		t := &settling{d: d, tx: tx, s: s, j: j, now: d.now()}
		return t.run()
	})
	if err != nil {
		return err
	}
	poke(d.pokeSend)
	poke(d.pokeTick)
	if s.opinions != nil {
		poke(d.pokeOpinion)
	}
	if len(j.comments)+len(j.parts) > 0 {
		poke(d.pokeWork)
	}
	return nil
}

// settling is one such commit in the making.
type settling struct {
	d      *Daemon
	tx     *store.Tx
	s      *setup
	j      judged
	now    time.Time
	story  int64
	reason earshot.Reason
	told   map[string]string // by brand: what the post tells of an answer, once read
}

func (t *settling) run() error {
	for _, step := range []func() error{t.saveEntry, t.joinStory, t.saveMentions, t.openMissed, t.saveEvidence, t.watchSpikes, t.joinCases, t.saveFound} {
		if err := step(); err != nil {
			return err
		}
	}
	return t.tx.FinishEntry(t.j.entry.ID, t.story, t.reason)
}

func (t *settling) saveEntry() error {
	if t.j.page != "" && t.j.job.Silent == "" {
		t.tx.CountPage(t.j.entry.Source, t.j.page, t.now)
	}
	return t.tx.UpdateEntry(t.j.entry)
}

// joinStory finds the story that the entry is a copy of; the first published of
// a story is its origin. Comments and revisions keep their own.
func (t *settling) joinStory() error {
	e := t.j.entry
	t.story = e.ID
	if t.j.job.Story != 0 {
		t.story = t.j.job.Story
		return nil
	}
	if e.Kind != earshot.Post {
		return nil
	}
	likely, err := t.tx.Likely(e, t.now.Add(-copiesWithin), 20)
	if err != nil {
		return err
	}
	for _, other := range likely {
		if other.Kind != earshot.Post || other.Author.Key != "" && other.Author.Key == e.Author.Key && !sameDay(other.Published, e.Published) {
			continue
		}
		if same, _ := classify.SameStory(other.Text, e.Text); !same {
			continue
		}
		story, err := t.tx.StoryOf(other.ID)
		if err != nil {
			return err
		}
		t.story = story
		return nil
	}
	return nil
}

func sameDay(a, b time.Time) bool { return a.Format(time.DateOnly) == b.Format(time.DateOnly) }

// saveMentions stores every mention; a person's word on the story wins at once.
func (t *settling) saveMentions() error {
	real := 0
	for i, m := range t.j.mentions {
		o, ok, err := t.tx.Override(t.story, m.Brand)
		if err != nil {
			return err
		}
		if ok && m.Reason == "" {
			m = overridden(m, o)
		}
		if m, err = t.tx.PutMention(m, t.j.entry); err != nil {
			return err
		}
		t.j.mentions[i] = m
		if m.Reason != "" {
			t.reason = m.Reason
			continue
		}
		real++
		t.count(m)
		if err := t.doubt(m); err != nil {
			return err
		}
	}
	if real > 0 {
		t.reason = ""
	}
	return nil
}

func overridden(m earshot.Mention, o store.Override) earshot.Mention {
	if !o.Ours {
		m.Reason, m.Why = earshot.ReasonExcluded, o.Actor+" said this is not about "+m.Brand
		return m
	}
	m.Verdict.Intent, m.Verdict.IntentConfidence, m.Verdict.Abstain, m.Verdict.By = o.Intent, 1, false, "person:"+o.Actor
	m.Verdict.PComplaint = 0
	switch o.Intent {
	case earshot.Complaint:
		m.Verdict.PComplaint, m.Verdict.Sentiment, m.Verdict.Severity = 1, earshot.Negative, max(m.Verdict.Severity, 1)
	case earshot.Compliment:
		m.Verdict.Sentiment, m.Verdict.Severity = earshot.Positive, 0
	default:
		m.Verdict.Severity = 0
	}
	return m
}

func (t *settling) count(m earshot.Mention) {
	if t.j.job.Attempts > 1 || t.j.entry.Revision > 1 {
		return // counted before
	}
	t.d.metrics.mentions.WithLabelValues(m.Brand, string(m.Verdict.Intent)).Inc()
	t.d.metrics.byLanguage.WithLabelValues(langLabel(t.j.entry.Lang), string(m.Verdict.Sentiment)).Inc()
}

// apply moves a case by a fact and plans what follows.
func (t *settling) apply(c earshot.Case, f earshot.Fact) error {
	v, err := t.tx.View(c)
	if err != nil {
		return err
	}
	v = t.s.augment(v)
	next, events := c.Apply(f, t.s.env(v, t.now))
	return t.d.saveCase(t.tx, t.s, next, events, "")
}

// joinCases finds each mention its case, or opens one.
func (t *settling) joinCases() error {
	for _, m := range t.j.mentions {
		if err := t.joinCase(m); err != nil {
			return fmt.Errorf("mention of %s: %w", m.Brand, err)
		}
	}
	return nil
}

func (t *settling) joinCase(m earshot.Mention) error {
	has, err := t.tx.MentionCase(t.j.entry.ID, m.Brand)
	if err != nil || has != "" {
		return err // a revision of what a case was opened for: its evidence was read, its place is known
	}
	arrival, candidates, err := t.arrival(m)
	if err != nil {
		return err
	}
	v := ledger.Joins(arrival, candidates)
	switch v.Decision {
	case ledger.Join:
		return t.join(m, v)
	case ledger.New, ledger.Propose:
		return t.open(m, v)
	}
	if m.Reason == "" && t.reason == "" {
		t.reason = v.Reason
	}
	return nil
}

// arrival gathers a mention and the cases it may belong to.
func (t *settling) arrival(m earshot.Mention) (ledger.Arrival, []ledger.Candidate, error) {
	e := t.j.entry
	a := ledger.Arrival{Entry: e, Mention: m, Story: t.story, Words: classify.RareWords(e.Title+"\n"+e.Text, e.Lang, 40)}
	story, inStory, err1 := t.tx.StoryCase(t.story, m.Brand)
	thread, inThread, err2 := t.tx.ThreadCase(e.Thread, m.Brand)
	cases, err3 := t.tx.AuthorCases(e.Author.Key, m.Brand, e.Published.Add(-ledger.Within))
	if err := errors.Join(err1, err2, err3); err != nil {
		return a, nil, err
	}
	if inStory {
		cases = append(cases, story)
	}
	if inThread {
		cases = append(cases, thread)
	}
	var out []ledger.Candidate
	for _, c := range cases {
		if slices.ContainsFunc(out, func(o ledger.Candidate) bool { return o.Case.ID == c.ID }) {
			continue
		}
		cand, err := t.candidate(c)
		if err != nil {
			return a, nil, err
		}
		out = append(out, cand)
	}
	if slices.ContainsFunc(out, func(c ledger.Candidate) bool { return c.Author == e.Author.Key && c.Case.Entry != e.ID }) {
		a.Says = t.says(m) // dear to read, and asked only of a post that may go on about its author's earlier one
	}
	return a, out, nil
}

func (t *settling) candidate(c earshot.Case) (ledger.Candidate, error) {
	out := ledger.Candidate{Case: c}
	first, ok, err := t.tx.Entry(c.Entry)
	if err != nil {
		return out, err
	}
	if ok {
		out.Words = classify.RareWords(first.Title+"\n"+first.Text, first.Lang, 60)
	}
	if out.Author, err = t.tx.CaseAuthor(c.ID); err != nil {
		return out, err
	}
	out.URLs, err = t.tx.CaseURLs(c.ID)
	return out, err
}

func (t *settling) join(m earshot.Mention, v ledger.Verdict) error {
	c, ok, err := t.tx.Case(v.Case)
	if err != nil || !ok {
		return err
	}
	if err := t.tx.SetMentionCase(m.ID, c.ID); err != nil {
		return err
	}
	if err := t.apply(c, earshot.Voice{Kind: v.Kind, Entry: t.j.entry.ID, Mention: m.ID, Label: m.Verdict.Label()}); err != nil {
		return err
	}
	return t.follow(c.ID)
}

// open opens a case. On a first reading only what is of the last 14 days becomes
// one; what is older is counted and listed.
func (t *settling) open(m earshot.Mention, v ledger.Verdict) error {
	e := t.j.entry
	silent := t.j.job.Silent
	if (silent == earshot.ReasonFirstRead || silent == earshot.ReasonFlood) && t.now.Sub(e.Published) > earshot.LateFind {
		t.reason = earshot.ReasonBackfill
		return nil
	}
	n, id, err := t.tx.NextCase()
	if err != nil {
		return err
	}
	o := earshot.Opening{Brand: m.Brand, Story: t.story, Entry: e.ID, Mention: m.ID, Thread: e.Thread, Label: m.Verdict.Label(),
		Published: e.Published, Precision: e.Precision, FirstSeen: e.FirstSeen, Earlier: v.Earlier, Silent: silent}
	probe := t.s.augment(earshot.CaseView{Case: earshot.Case{Brand: m.Brand, Label: o.Label}, Kind: e.Kind, Lang: e.Lang, Tags: e.Tags,
		Author: e.Author, Site: e.Site, Earlier: len(v.Earlier)})
	o.SLA, o.Owner = t.s.sla(probe), t.s.owner(probe)
	c, events := earshot.Open(id, o, t.s.env(probe, t.now))
	if err := t.tx.PutCase(c, n, e.Author.Key, t.now); err != nil {
		return err
	}
	if err := t.tx.SetMentionCase(m.ID, id); err != nil {
		return err
	}
	if err := t.d.saveCase(t.tx, t.s, c, events, silent); err != nil {
		return err
	}
	if err := errors.Join(t.adopt(id), t.ownUpdates(id), t.resembles(id, v)); err != nil {
		return err
	}
	return t.follow(id)
}

// follow makes the thread of an open case a source with a widening schedule.
func (t *settling) follow(id string) error {
	c, ok, err := t.tx.Case(id)
	if err != nil || !ok {
		return err
	}
	return t.d.follow(t.tx, t.s, c, t.j.entry, t.now)
}

// saveFound stores the comments and further posts that the page brought, due
// for work of their own.
func (t *settling) saveFound() error {
	found := slices.Concat(t.j.comments, t.j.parts)
	for _, e := range found {
		_, known, err := t.tx.EntryByKey(e.Key)
		if err != nil {
			return err
		}
		gone, err := t.tx.Forgotten(e.Author.Key)
		if err != nil {
			return err
		}
		if known || gone {
			continue
		}
		e.FirstSeen = t.now
		if _, err := t.tx.AddEntry(crawler.Noticed(e), t.j.job.Silent, t.now); err != nil {
			return err
		}
	}
	return nil
}
