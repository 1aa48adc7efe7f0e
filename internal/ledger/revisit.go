package ledger

import (
	"time"

	"earshot"
)

// Follow returns the thread source that watches the post of an open case, or
// false if nothing is to be watched: the case is at rest, or the schedule has
// run out. The schedule counts from when the case was opened or reopened.
func Follow(c earshot.Case, post earshot.Entry, revisits []time.Duration, now time.Time) (earshot.Source, bool) {
	if !Watched(c) || len(revisits) == 0 || post.URL == "" {
		return earshot.Source{}, false
	}
	s := earshot.Source{ID: "thread:" + c.Thread, Kind: earshot.SourceThread, URL: post.URL, CommentFeed: post.CommentFeed,
		Revisits: revisits, ThreadFrom: now, State: earshot.SourceOK, Title: post.Title, Lang: post.Lang, Due: now.Add(revisits[0])}
	return s, true
}

// Watched says whether news in the case's thread can still matter. A responded
// case is watched too: the author may say that it came to nothing.
func Watched(c earshot.Case) bool {
	return c.Work != earshot.WorkDismissed && c.Merged == "" && c.Answer != earshot.AnswerResolved
}

// NextRevisit returns when a thread is looked at next, counted from from: the
// first step of the schedule that is still to come. After the last step the
// thread is left alone, and the result is zero.
func NextRevisit(from time.Time, revisits []time.Duration, now time.Time) time.Time {
	for _, step := range revisits {
		if at := from.Add(step); at.After(now) {
			return at
		}
	}
	return time.Time{}
}
