package ledger

import (
	"slices"
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
	s := earshot.Source{ID: ThreadID(c), Kind: earshot.SourceThread, URL: c.Thread, FeedURL: post.URL, CommentFeed: post.CommentFeed,
		Revisits: revisits, ThreadFrom: now, State: earshot.SourceOK, Title: post.Title, Lang: post.Lang, Due: now.Add(revisits[0])}
	return Before(s, c, now), true
}

// ThreadID is the id of the source that watches a case's thread.
func ThreadID(c earshot.Case) string { return "thread:" + c.Thread }

// Watched says whether news in the case's thread can still matter. A responded
// case is watched too: the author may say that it came to nothing.
func Watched(c earshot.Case) bool {
	return c.Work != earshot.WorkDismissed && c.Merged == "" && c.Answer != earshot.AnswerResolved
}

// Before adds to a thread's schedule a look shortly before each moment at which
// the case would be called due soon, overdue, at risk or broken: nobody is to
// be reminded of what was answered in public since the last look.
func Before(s earshot.Source, c earshot.Case, now time.Time) earshot.Source {
	for _, at := range moments(c) {
		lead := min(time.Hour, at.Sub(now)/8)
		look := at.Add(-lead).Truncate(time.Millisecond) // as it is stored: a step between two would be due before it is reached, again and again
		step := look.Sub(s.ThreadFrom)
		if lead <= 0 || step <= 0 {
			continue
		}
		i, known := slices.BinarySearch(s.Revisits, step)
		if !known {
			s.Revisits = slices.Insert(slices.Clone(s.Revisits), i, step)
		}
		if s.Due.IsZero() || look.Before(s.Due) {
			s.Due = look
		}
	}
	return s
}

// moments are when, as things stand, the case would next be called late.
func moments(c earshot.Case) []time.Time {
	var out []time.Time
	switch c.Clock.Clock {
	case earshot.ClockRunning:
		out = append(out, c.Clock.Soon, c.Clock.Due)
	case earshot.ClockDueSoon:
		out = append(out, c.Clock.Due)
	}
	if c.Answer == earshot.AnswerPromised && !c.Promise.Due.IsZero() && c.Promise.State != earshot.PromiseBroken {
		out = append(out, c.Promise.RemindAt(), c.Promise.Due)
	}
	return out
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
