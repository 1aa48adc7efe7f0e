package daemon

import (
	"strings"
	"time"

	"earshot"
	"earshot/classify"
	"earshot/internal/ledger"
	"earshot/internal/store"
)

const (
	missedWithin = 120 * 24 * time.Hour // how far back a post is looked for that was a complaint after all
	missedPosts  = 12                   // how many of the author's posts about the brand, the newest
)

// openMissed opens the case of an earlier post that nothing was heard in, if its
// author now tells that nobody answered it. It opens as unsure, until the
// later post makes it sure, and its clock starts now: nobody was late with what
// nobody saw.
func (t *settling) openMissed() error {
	e := t.j.entry
	if e.Kind != earshot.Post || e.Revision > 1 || e.Author.Key == "" || t.j.job.Silent != "" {
		return nil
	}
	for _, m := range t.j.mentions {
		if m.Reason != "" || t.s.brands[m.Brand].Competitor || t.says(m) != classify.AnswerNotResponded {
			continue
		}
		if err := t.openMissedOf(m); err != nil {
			return err
		}
	}
	return nil
}

func (t *settling) openMissedOf(m earshot.Mention) error {
	a, candidates, err := t.arrival(m)
	if err != nil || ledger.Joins(a, candidates).Decision == ledger.Join {
		return err
	}
	a.Says = t.says(m) // arrival asks it only where the author has a case
	e := t.j.entry
	heard, err := t.tx.CaselessMentions(e.Author.Key, m.Brand, e.Published.Add(-missedWithin), missedPosts)
	if err != nil {
		return err
	}
	var posts []ledger.Candidate
	for _, h := range heard {
		if strings.HasPrefix(h.Mention.Verdict.By, "person:") {
			continue // somebody said what it is
		}
		posts = append(posts, ledger.Candidate{Author: h.Entry.Author.Key, URLs: []string{h.Entry.Canonical}, Last: h.Entry.Published,
			Case:  earshot.Case{Entry: h.Entry.ID, Brand: m.Brand, Published: h.Entry.Published, Label: h.Mention.Verdict.Label()},
			Words: classify.RareWords(h.Entry.Title+"\n"+h.Entry.Text, h.Entry.Lang, 60)})
	}
	found, ok := ledger.Missed(a, posts)
	if !ok {
		return nil
	}
	for _, h := range heard {
		if h.Entry.ID == found.Case.Entry {
			return t.openLate(h)
		}
	}
	return nil
}

// openLate opens a case for a mention of an entry that was settled before. The
// judge's verdict stays as it was; the case is labelled an unsure complaint.
func (t *settling) openLate(h store.Heard) error {
	story, err := t.tx.StoryOf(h.Entry.ID)
	if err != nil {
		return err
	}
	if _, known, err := t.tx.StoryCase(story, h.Mention.Brand); err != nil || known {
		return err
	}
	late := *t
	late.told, late.j, late.story = nil, judged{entry: h.Entry, mentions: []earshot.Mention{h.Mention}}, story
	late.j.entry.FirstSeen = t.now
	m := h.Mention
	m.Verdict.PComplaint, m.Verdict.Abstain = max(m.Verdict.PComplaint, earshot.CaseThreshold), true
	return late.open(m, ledger.Verdict{Decision: ledger.New, Why: "its author tells that nobody answered"})
}
