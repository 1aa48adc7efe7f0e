package daemon

import (
	"cmp"
	"slices"

	"earshot"
	"earshot/classify"
	"earshot/crawler"
	"earshot/internal/store"
)

// says reads what a post tells of an answer by the mention's brand, as its
// author's own word: a sign that the post goes on about an earlier one.
func (t *settling) says(m earshot.Mention) string {
	e := t.j.entry
	if m.Reason != "" || e.Kind != earshot.Post {
		return ""
	}
	if said, known := t.told[m.Brand]; known {
		return said
	}
	if t.told == nil {
		t.told = map[string]string{}
	}
	t.told[m.Brand] = t.readSays(m)
	return t.told[m.Brand]
}

func (t *settling) readSays(m earshot.Mention) string {
	e, b := t.j.entry, t.s.brands[m.Brand]
	var others []string
	for _, o := range t.j.mentions {
		if o.Brand == m.Brand || o.Reason != "" {
			continue
		}
		for _, s := range o.Spans[:min(len(o.Spans), 8)] {
			others = append(others, s.Surface)
		}
	}
	a := classify.ReadAnswer(classify.AnswerInput{Text: e.Text, Brand: b.Name, Aliases: b.Aliases, Lang: e.Lang, By: "author", Others: others})
	if a.Label == classify.AnswerNone {
		return ""
	}
	return a.Label
}

// linkedCases are the cases whose posts a brand's own feed entry links to.
func (t *settling) linkedCases() ([]earshot.Case, error) {
	src, ok, err := t.tx.Source(t.j.entry.Source)
	if err != nil || !ok || src.Official == "" {
		return nil, err
	}
	var found []earshot.Case
	for _, link := range t.j.entry.Links {
		entries, err := t.tx.EntriesAt(crawler.CanonicalURL(link))
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			cases, err := t.tx.ThreadCases(e.Thread)
			if err != nil {
				return nil, err
			}
			for _, c := range cases {
				if c.Brand == src.Official {
					found = append(found, c)
				}
			}
		}
	}
	return found, nil
}

// unnamed are the author's own cases whose posts an entry links to without
// naming any brand: "you will remember my night on the roadside. Any word from
// them? Nope."
func (t *settling) unnamed() ([]earshot.Case, error) {
	e := t.j.entry
	named := slices.ContainsFunc(t.j.mentions, func(m earshot.Mention) bool { return m.Reason == "" })
	if named || e.Kind != earshot.Post || e.Revision > 1 || e.Author.Key == "" {
		return nil, nil
	}
	var found []earshot.Case
	for _, link := range e.Links[:min(len(e.Links), 40)] {
		cases, err := t.casesAt(link)
		if err != nil {
			return nil, err
		}
		for _, c := range cases {
			author, err := t.tx.CaseAuthor(c.ID)
			if err != nil {
				return nil, err
			}
			if author == e.Author.Key && c.Entry != e.ID && !slices.ContainsFunc(found, func(f earshot.Case) bool { return f.ID == c.ID }) {
				found = append(found, c)
			}
		}
	}
	if len(found) > 1 {
		return nil, nil // "them" may be either
	}
	return found, nil
}

// casesAt are the cases of a post at an address, also of one that the author
// wrote about it before.
func (t *settling) casesAt(link string) ([]earshot.Case, error) {
	entries, err := t.tx.EntriesAt(crawler.CanonicalURL(link))
	if err != nil {
		return nil, err
	}
	var found []earshot.Case
	for _, e := range entries {
		cases, err := t.tx.ThreadCases(e.Thread)
		if err != nil {
			return nil, err
		}
		found = append(found, cases...)
		joined, err := t.mentionCases(e.ID)
		if err != nil {
			return nil, err
		}
		found = append(found, joined...)
	}
	return found, nil
}

// mentionCases are the cases that an entry's mentions belong to.
func (t *settling) mentionCases(entry int64) ([]earshot.Case, error) {
	mentions, err := t.tx.Mentions(entry)
	if err != nil {
		return nil, err
	}
	var found []earshot.Case
	for _, m := range mentions {
		id, err := t.tx.MentionCase(entry, m.Brand)
		if err != nil {
			return nil, err
		}
		if id == "" {
			continue
		}
		c, ok, err := t.tx.Case(id)
		if err != nil {
			return nil, err
		}
		if ok && c.Merged == "" {
			found = append(found, c)
		}
	}
	return found, nil
}

// joinUnnamed counts a post that names no brand as the author's follow-up, once,
// when it brought evidence to the author's case.
func (t *settling) joinUnnamed(id string) error {
	own, err := t.unnamed()
	if err != nil || !slices.ContainsFunc(own, func(c earshot.Case) bool { return c.ID == id }) {
		return err
	}
	if known, err := joined(t.tx, id, t.j.entry.ID); err != nil || known {
		return err
	}
	c, _, err := t.tx.Case(id)
	if err != nil {
		return err
	}
	return t.apply(c, earshot.Voice{Kind: earshot.EventJoined, Entry: t.j.entry.ID})
}

// joined says whether an entry is counted as a follow-up of the case already.
func joined(tx *store.Tx, id string, entry int64) (bool, error) {
	events, err := tx.Events(id)
	return slices.ContainsFunc(events, func(e earshot.Event) bool { return e.Kind == earshot.EventJoined && e.Data.Entry == entry }), err
}

// caseless adds, for what is said under a post or in its later revisions, the
// brands named there that have no case on it: what is said of their answers is
// kept on the story, and counts when a case opens.
func (t *settling) caseless(views []earshot.CaseView) ([]earshot.CaseView, error) {
	e := t.j.entry
	if e.Kind != earshot.Comment && e.Revision <= 1 {
		return views, nil
	}
	var post earshot.Entry
	for _, m := range t.j.mentions {
		if m.Reason != "" || slices.ContainsFunc(views, func(v earshot.CaseView) bool { return v.Case.Brand == m.Brand }) {
			continue
		}
		if post.ID == 0 {
			entries, err := t.tx.ThreadEntries(e.Thread)
			if err != nil || len(entries) == 0 || entries[0].Kind != earshot.Post {
				return views, err
			}
			post = entries[0]
		}
		story, err := t.tx.StoryOf(post.ID)
		if err != nil {
			return nil, err
		}
		v := earshot.CaseView{Case: earshot.Case{Brand: m.Brand, Story: cmp.Or(story, post.ID), Entry: post.ID, Thread: post.Thread}, URL: post.URL,
			Site: post.Site, Author: post.Author, Lang: post.Lang, Kind: post.Kind, Published: post.Published}
		views = append(views, t.s.augment(v))
	}
	return views, nil
}
