package earshot

import (
	"slices"
	"strings"
	"time"
	"unicode"
)

// Closing is one time that a person closed a case: how it ended and why it had
// come to it. The cause is the team's own name for it, never an author's words.
type Closing struct {
	Case     string
	Brand    string
	Seq      int // of the closed event
	Outcome  Outcome
	Facet    Facet
	Cause    string // as it was named; "" if nobody said
	Link     string // what was written down about it, say in a knowledge base
	Actor    string
	At       time.Time
	Reopened time.Time // zero: it stayed closed
}

// Key is what makes two names of a cause the same.
func (c Closing) Key() string { return CauseKey(c.Cause) }

// Fixed says whether the cause was said to be gone, and nobody has reopened the
// case since.
func (c Closing) Fixed() bool { return c.Outcome == OutcomeFixed && c.Reopened.IsZero() }

// CauseKey folds the name of a cause to what counts of it: letters and digits in
// lower case, one space between words. "Wrong-region dispatch" and "wrong region
// dispatch" are one cause.
func CauseKey(name string) string {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r)
	})
	return strings.Join(words, " ")
}

// Closings returns the times that a case was closed by a person, in order, from
// all its events. A cause that was named after closing belongs to that closing;
// what was undone never happened.
func Closings(events []Event) []Closing {
	undone := map[string]bool{}
	for _, e := range events {
		if e.Kind == EventUndone {
			undone[e.Data.Undone] = true
		}
	}
	var brand string
	var out []Closing
	closed := false
	for _, e := range events {
		if e.Action != "" && undone[e.Action] {
			continue
		}
		switch e.Kind {
		case EventOpened:
			brand = e.Data.Opening.Brand
		case EventClosed:
			c := Closing{Case: e.Case, Brand: brand, Seq: e.Seq, Outcome: e.Data.Outcome, Facet: e.Data.Facet, Cause: e.Data.Cause, Link: e.Data.Link, Actor: e.Actor, At: e.At}
			if n := len(out); closed && n > 0 {
				c.Seq, c.At = out[n-1].Seq, out[n-1].At
				out = out[:n-1]
			}
			out, closed = append(out, c), true
		case EventReopened:
			if n := len(out); closed && n > 0 {
				out[n-1].Reopened = e.At
			}
			closed = false
		}
	}
	return out
}

// Recurrence says that a cause came back after it had been fixed.
type Recurrence struct {
	Cause    string   `json:"cause_name,omitempty"`
	Cases    []string `json:"cases,omitempty"`    // the earlier cases, oldest first
	Proposed bool     `json:"proposed,omitempty"` // Earshot thinks so from the texts; no person said it
}

func (Recurrence) fact() {}

// named is a proposal after a person named the cause: right, or none at all.
func (r Recurrence) named(cause string) Recurrence {
	if CauseKey(r.Cause) != CauseKey(cause) {
		return Recurrence{}
	}
	r.Proposed = false
	return r
}

// recurred says so once for a cause, and again only if a person names another.
func (m *move) recurred(r Recurrence) {
	if len(r.Cases) == 0 || len(m.c.Recurs.Cases) > 0 && (r.Proposed || CauseKey(m.c.Recurs.Cause) == CauseKey(r.Cause)) {
		return
	}
	m.emit(EventRecurred, EventData{Cause: r.Cause, Cases: slices.Clone(r.Cases), Proposed: r.Proposed})
}

// WantsCause says whether a person closed the complaint without a word on what
// had caused it: worth asking once more, never worth a refusal.
func (c Case) WantsCause() bool {
	return c.Work == WorkClosed && c.Merged == "" && c.CauseName == "" && c.Label.Intent == Complaint && c.Outcome != OutcomeNoReply
}

// FollowState is how far asking again has come.
type FollowState string

// The states of a follow-up; "" waits for its time.
const (
	FollowAsked FollowState = "asked"
	FollowDone  FollowState = "done" // a person, or the author, said that it is fixed
)

// FollowUp is the question after a resolution: is it really fixed?
type FollowUp struct {
	Due   time.Time   `json:"due,omitzero"`
	State FollowState `json:"state,omitempty"`
}

// Waiting says whether the question is still to be asked, or to be answered.
func (f FollowUp) Waiting() bool { return !f.Due.IsZero() && f.State != FollowDone }

// followAt returns the follow-up of the case as it stands: none unless it was
// resolved, else Env.FollowUp after that, when the calendar is open. What was
// resolved longer ago than that when we learnt of it is not asked about.
func (c Case) followAt(env Env) FollowUp {
	since, ok := c.settledSince()
	switch {
	case !ok:
		return FollowUp{}
	case !c.FollowUp.Due.IsZero():
		return c.FollowUp
	case env.FollowUp <= 0 || since.Add(env.FollowUp).Before(env.Now):
		return FollowUp{}
	}
	cal := Always
	if c.SLA != nil {
		cal = env.calendar(c.SLA.Calendar)
	}
	return FollowUp{Due: cal.NextOpen(since.Add(env.FollowUp)).UTC()}
}

// settledSince returns when a complaint, question or request was put right, by
// the evidence or as the person said who closed it.
func (c Case) settledSince() (time.Time, bool) {
	switch {
	case c.Work == WorkDismissed, c.Merged != "", c.Label.Intent == Compliment, c.Label.Intent == NoIntent:
		return time.Time{}, false
	case c.Work == WorkClosed && (c.Outcome == OutcomeFixed || c.Outcome == OutcomeCompensated):
		return c.Closed, true
	case c.Answer == AnswerResolved:
		return Fold(c.Evidence).Since, true
	}
	return time.Time{}, false
}

// followed ends the follow-up when a person or the author says that it is fixed.
func (f FollowUp) followed(e Evidence) FollowUp {
	sure := e.Kind == EvidenceMarked || e.Kind == EvidenceAuthorUpdate
	if f.Waiting() && sure && e.Answer == AnswerResolved {
		f.State = FollowDone
	}
	return f
}

func (m *move) tickFollowUp(now time.Time) {
	f := m.c.FollowUp
	if f.State == "" && !f.Due.IsZero() && !now.Before(f.Due) {
		m.emit(EventFollowUp, EventData{Due: f.Due})
	}
}

func (c Case) nextFollowUp() time.Time {
	if c.FollowUp.State != "" {
		return time.Time{}
	}
	return c.FollowUp.Due
}
