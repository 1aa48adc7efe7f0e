package daemon

import (
	"errors"
	"slices"

	"earshot"
	"earshot/crawler"
	"earshot/internal/ledger"
)

// saveEvidence reads what the entry says about answers in its thread, to its
// author's earlier posts, or as the brand's own feed, and moves those cases.
func (t *settling) saveEvidence() error {
	e, err := t.fresh(t.j.entry)
	if err != nil || e.Revision > 1 && len(e.Added) == 0 {
		return err // something was taken away or moved: nothing new was said
	}
	views, err := t.evidenceCases()
	if err != nil || len(views) == 0 {
		return err
	}
	for _, r := range t.s.classifier.Answers(e, views) {
		if err := t.evidence(r); err != nil {
			return err
		}
	}
	return nil
}

// fresh keeps of what a revision added only what no earlier revision said, and
// dates its update blocks again, since stored passages carry no dates. A post
// known from feed and page looks different in both, and each reading of the one
// after the other would else be taken for news.
func (t *settling) fresh(e earshot.Entry) (earshot.Entry, error) {
	if e.Revision <= 1 || len(e.Added) == 0 {
		return e, nil
	}
	texts, err := t.tx.Texts(e.ID, 200)
	if err != nil {
		return e, err
	}
	var before []string
	for _, text := range texts {
		if text.Revision < e.Revision {
			before = append(before, text.Title+"\n"+text.Body)
		}
	}
	seen := e
	seen.FirstSeen = t.now
	updates := crawler.Updates(seen)
	e.Added = slices.DeleteFunc(slices.Clone(e.Added), func(p earshot.Passage) bool { return !ledger.Says(p.Text, before) })
	for i, p := range e.Added {
		if at := slices.IndexFunc(updates, func(u earshot.Passage) bool { return u.Start == p.Start }); at >= 0 {
			e.Added[i].Dated, e.Added[i].Precision = updates[at].Dated, updates[at].Precision
		}
	}
	return e, nil
}

// evidenceCases are the cases an entry may be evidence for.
func (t *settling) evidenceCases() ([]earshot.CaseView, error) {
	e := t.j.entry
	var found []earshot.Case
	if e.Kind == earshot.Comment || e.Revision > 1 {
		// A post's first text tells of what led to it, not of an answer to it.
		cases, err := t.tx.ThreadCases(e.Thread)
		if err != nil {
			return nil, err
		}
		found = cases
	}
	for _, m := range t.j.mentions {
		if m.Reason == "" && e.Kind == earshot.Post && e.Revision <= 1 {
			own, err := t.followed(m)
			if err != nil {
				return nil, err
			}
			found = append(found, own...)
		}
	}
	linked, err := t.linkedCases()
	if err != nil {
		return nil, err
	}
	own, err := t.unnamed()
	if err != nil {
		return nil, err
	}
	found = append(append(found, linked...), own...)
	var views []earshot.CaseView
	seen := map[string]bool{}
	for _, c := range found {
		if seen[c.ID] {
			continue
		}
		seen[c.ID] = true
		v, err := t.tx.View(c)
		if err != nil {
			return nil, err
		}
		views = append(views, t.s.augment(v))
	}
	return t.caseless(views)
}

// followed are the author's earlier cases that this mention goes on about.
func (t *settling) followed(m earshot.Mention) ([]earshot.Case, error) {
	arrival, candidates, err := t.arrival(m)
	if err != nil {
		return nil, err
	}
	v := ledger.Joins(arrival, candidates)
	if v.Decision != ledger.Join || v.Kind != earshot.EventJoined {
		return nil, nil
	}
	c, ok, err := t.tx.Case(v.Case)
	if err != nil || !ok {
		return nil, err
	}
	return []earshot.Case{c}, nil
}

// evidence stores one response and moves its case, if there is one.
func (t *settling) evidence(r earshot.Response) error {
	e := t.j.entry
	r.Entry, r.Revision, r.FirstSeen = e.ID, e.Revision, t.now
	if e.Revision > 1 && !r.SaidAt.After(e.FirstSeen) && r.Precision != earshot.PrecisionDay {
		// An update block without a date was said when the page was changed, or at
		// the latest when we saw it; not when the post was written.
		r.SaidAt = t.now
		if e.Updated.After(e.FirstSeen) && e.Updated.Before(t.now) {
			r.SaidAt = e.Updated
		}
	}
	r.Said = saidKey(r, e)
	r, added, err := t.tx.PutResponse(r)
	if err != nil || !added {
		return err
	}
	c, ok, err := t.tx.StoryCase(r.Story, r.Brand)
	if err != nil || !ok {
		return err
	}
	if err := t.tx.AdoptResponse(r.ID, c.ID); err != nil {
		return err
	}
	return errors.Join(t.apply(c, r), t.lookBefore(c.ID), t.joinUnnamed(c.ID))
}

// lookBefore has the case's thread read once more before the case would be
// called late or its promise broken.
func (t *settling) lookBefore(id string) error {
	c, ok, err := t.tx.Case(id)
	if err != nil || !ok {
		return err
	}
	src, ok, err := t.tx.Source(ledger.ThreadID(c))
	if err != nil || !ok {
		return err
	}
	return t.tx.PutSource(ledger.Before(src, c, t.now))
}

// ownUpdates reads the update blocks that a post carried when it was first seen.
// The rest of a first text tells of what led to the post, not of an answer to it.
func (t *settling) ownUpdates(id string) error {
	e := t.j.entry
	if e.Kind != earshot.Post || e.Revision > 1 {
		return nil
	}
	if e.Added = crawler.Updates(e); len(e.Added) == 0 {
		return nil
	}
	e.Revision = 2 // it is read as the revision that it is
	c, _, err := t.tx.Case(id)
	if err != nil {
		return err
	}
	v, err := t.tx.View(c)
	if err != nil {
		return err
	}
	for _, r := range t.s.classifier.Answers(e, []earshot.CaseView{t.s.augment(v)}) {
		if err := t.evidence(r); err != nil {
			return err
		}
	}
	return nil
}

// adopt gives a new case the evidence that was kept on its story before it was opened.
func (t *settling) adopt(id string) error {
	c, _, err := t.tx.Case(id)
	if err != nil {
		return err
	}
	kept, err := t.tx.Responses(c.Story, c.Brand)
	if err != nil {
		return err
	}
	for _, r := range kept {
		if c, _, err = t.tx.Case(id); err != nil {
			return err
		}
		if err := errors.Join(t.tx.AdoptResponse(r.ID, id), t.apply(c, r)); err != nil {
			return err
		}
	}
	return nil
}
