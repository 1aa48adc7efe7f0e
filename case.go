package earshot

import (
	"slices"
	"time"
)

// Work is what people did with a case.
type Work string

// The works.
const (
	WorkNew       Work = "new"
	WorkClaimed   Work = "claimed"
	WorkClosed    Work = "closed"
	WorkDismissed Work = "dismissed"
)

// Status is the one derived word for cards, metadata, metrics and the API.
type Status string

// Statuses lists every status, in the order of which holds first.
var Statuses = []Status{"dismissed", "closed", "resolved", "responded", "overdue", "promised", "unconfirmed", "seen", "claimed", "new"}

// Outcome is how a case ended.
type Outcome string

// The outcomes.
const (
	OutcomeFixed       Outcome = "fixed"       // the cause was removed
	OutcomeCompensated Outcome = "compensated" // refund, credit, replacement
	OutcomeExplained   Outcome = "explained"   // answered, nothing to fix
	OutcomeThanked     Outcome = "thanked"
	OutcomeDeclined    Outcome = "declined" // answered, not granted
	OutcomeNoReply     Outcome = "no_reply" // decided not to answer
)

// Outcomes lists every outcome.
var Outcomes = []Outcome{OutcomeFixed, OutcomeCompensated, OutcomeExplained, OutcomeThanked, OutcomeDeclined, OutcomeNoReply}

// Label is what a case is routed and timed by.
type Label struct {
	Intent     Intent    `json:"intent"`
	Sentiment  Sentiment `json:"sentiment"`
	Severity   int       `json:"severity"`
	Facet      Facet     `json:"facet,omitempty"`
	Dimension  Dimension `json:"dimension,omitempty"`
	Confidence float64   `json:"confidence"`
	Unsure     bool      `json:"unsure,omitempty"`
	By         string    `json:"by,omitempty"`
}

// Label returns the label a case takes from the verdict.
func (v Verdict) Label() Label {
	l := Label{Intent: v.CaseIntent(), Sentiment: v.Sentiment, Severity: v.Severity, Facet: v.Facet, Dimension: v.Dimension,
		Confidence: v.IntentConfidence, Unsure: v.Unsure(), By: v.By}
	if l.Intent == Complaint {
		l.Severity = max(l.Severity, 1)
	}
	return l
}

// Opening is what a case starts from.
type Opening struct {
	Brand     string    `json:"brand"`
	Story     int64     `json:"story"`
	Entry     int64     `json:"entry"`
	Mention   int64     `json:"mention"`
	Thread    string    `json:"thread,omitempty"`
	Label     Label     `json:"label"`
	Published time.Time `json:"published"`
	Precision Precision `json:"precision,omitempty"`
	FirstSeen time.Time `json:"first_seen"`
	SLA       *SLA      `json:"sla,omitempty"`
	Owner     string    `json:"owner,omitempty"`
	Earlier   []string  `json:"earlier,omitempty"` // the author's earlier cases: linked, not joined
	Silent    Reason    `json:"silent,omitempty"`  // first_read, backfill, ...: no card
}

// LastAct is the last thing a person did to a case.
type LastAct struct {
	Seq  int       `json:"seq"`
	Who  string    `json:"who"`
	At   time.Time `json:"at"`
	Kind EventKind `json:"kind"`
}

// Case is what the team works on. It is a cache of its events: Rebuild gives it
// back to the byte. It holds ids, not texts.
type Case struct {
	ID        string     `json:"id"`
	Brand     string     `json:"brand"`
	Rev       int        `json:"rev"` // the last event's Seq
	Story     int64      `json:"story"`
	Entry     int64      `json:"entry"`
	Mention   int64      `json:"mention"`
	Thread    string     `json:"thread,omitempty"`
	Work      Work       `json:"work"`
	Answer    Answer     `json:"answer"`
	Clock     ClockState `json:"clock"`
	Label     Label      `json:"label"`
	Published time.Time  `json:"published"`
	Precision Precision  `json:"precision,omitempty"`
	FirstSeen time.Time  `json:"first_seen"`
	Opened    time.Time  `json:"opened"`
	Closed    time.Time  `json:"closed,omitzero"`
	Owner     string     `json:"owner,omitempty"`
	Claimed   time.Time  `json:"claimed,omitzero"`
	SLA       *SLA       `json:"sla,omitempty"`
	Snoozed   time.Time  `json:"snoozed,omitzero"`
	Outcome   Outcome    `json:"outcome,omitempty"`
	Cause     Facet      `json:"cause,omitempty"`
	CauseName string     `json:"cause_name,omitempty"` // the cause in the team's words
	CauseLink string     `json:"cause_link,omitempty"`
	Recurs    Recurrence `json:"recurs,omitzero"`    // the cause had been fixed before
	FollowUp  FollowUp   `json:"follow_up,omitzero"` // is it really fixed?
	Evidence  []Evidence `json:"evidence,omitempty"`
	Promise   Promise    `json:"promise,omitzero"`
	Disagrees bool       `json:"disagrees,omitempty"` // the author denies a person's mark
	Voices    int        `json:"voices,omitempty"`    // other people who said the same in its thread
	Copies    int        `json:"copies,omitempty"`    // the same text elsewhere
	Joined    int        `json:"joined,omitempty"`    // the author's own follow-ups
	Merged    string     `json:"merged,omitempty"`    // the case this one went into
	Earlier   []string   `json:"earlier,omitempty"`
	Silent    Reason     `json:"silent,omitempty"`
	Last      LastAct    `json:"last,omitzero"`
}

// Env is what a move may depend on besides the case: the one now of the
// transaction, calendars by name, the SLA that a label is promised, and for an
// undo the events so far.
type Env struct {
	Now      time.Time
	Calendar func(name string) Calendar
	SLA      func(Label) *SLA
	FollowUp time.Duration // after a resolution, until it is asked about; 0 never
	History  []Event
}

// exact gives now as the store keeps it, so that a case folded in memory and
// one read back are equal: UTC, whole milliseconds.
func (e Env) exact() Env {
	e.Now = e.Now.UTC().Truncate(time.Millisecond)
	return e
}

func (e Env) calendar(name string) Calendar {
	if e.Calendar == nil || name == "" || name == Always.Name {
		return Always
	}
	return e.Calendar(name)
}

// Status derives the one word; the first that holds.
func (c Case) Status() Status {
	switch {
	case c.Work == WorkDismissed:
		return "dismissed"
	case c.Work == WorkClosed:
		return "closed"
	case c.Answer.Given():
		return Status(c.Answer)
	case c.Clock.Clock == ClockOverdue:
		return "overdue"
	case c.Answer == AnswerPromised && c.Promise.State != PromiseBroken:
		return "promised"
	case c.Answer == AnswerUnconfirmed, c.Answer == AnswerSeen:
		return Status(c.Answer)
	case c.Work == WorkClaimed:
		return "claimed"
	}
	return "new"
}

// Open says whether somebody may still have to do something.
func (c Case) Open() bool {
	return c.Work != WorkClosed && c.Work != WorkDismissed && c.Answer != AnswerResolved
}

// Rebuild folds events, in Seq order, into the case. Events whose action was
// undone are counted but leave no trace.
func Rebuild(events []Event) Case {
	undone := map[string]bool{}
	for _, e := range events {
		if e.Kind == EventUndone {
			undone[e.Data.Undone] = true
		}
	}
	var c Case
	for _, e := range events {
		if e.Action != "" && undone[e.Action] && e.Kind != EventUndone {
			c.Rev = e.Seq
			continue
		}
		c = c.with(e)
	}
	return c
}

// with is the only place where a case changes.
func (c Case) with(e Event) Case {
	c.ID, c.Rev = e.Case, e.Seq
	if e.Actor != "" {
		c.Last = LastAct{Seq: e.Seq, Who: e.Actor, At: e.At, Kind: e.Kind}
	}
	switch e.Kind {
	case EventOpened:
		c = c.opened(e)
	case EventJoined, EventVoice, EventCopied:
		c = c.heard(e)
	case EventEvidenceAdded:
		c.Evidence = append(slices.Clone(c.Evidence), *e.Data.Evidence)
		c = c.refold()
		c.FollowUp = c.FollowUp.followed(*e.Data.Evidence)
	case EventClaimed, EventAssigned:
		c.Work, c.Owner = WorkClaimed, e.Data.Owner
		c.Claimed = e.At
	case EventClosed:
		c = c.closed(e)
	case EventDismissed:
		c.Work, c.Closed = WorkDismissed, e.At
	case EventReopened:
		c = c.reopened()
	case EventSnoozed:
		c.Snoozed = e.Data.Until
	case EventWoke:
		c.Snoozed = time.Time{}
	case EventPromiseDue:
		c.Promise.State = PromiseAtRisk
	case EventPromiseKept:
		c.Promise.State = PromiseKept
	case EventPromiseBroken:
		c.Promise.State = PromiseBroken
	case EventCorrected:
		c = c.corrected(e)
	case EventRecurred:
		c.Recurs = Recurrence{Cause: e.Data.Cause, Cases: e.Data.Cases, Proposed: e.Data.Proposed}
	case EventFollowUp:
		c.FollowUp.State = FollowAsked
	case EventMerged:
		c = c.merged(e)
	case EventSplit:
		c = c.split(e)
	}
	if e.Data.Clock != nil {
		c.Clock = *e.Data.Clock
	}
	if e.Data.FollowUp != nil {
		c.FollowUp = *e.Data.FollowUp
	}
	return c
}

func (c Case) opened(e Event) Case {
	o := *e.Data.Opening
	return Case{ID: e.Case, Rev: e.Seq, Brand: o.Brand, Story: o.Story, Entry: o.Entry, Mention: o.Mention, Thread: o.Thread,
		Work: WorkNew, Answer: AnswerNone, Clock: ClockState{Clock: ClockNone}, Label: o.Label, Published: o.Published, Precision: o.Precision,
		FirstSeen: o.FirstSeen, Opened: e.At, SLA: o.SLA, Owner: o.Owner, Earlier: o.Earlier, Silent: o.Silent}
}

func (c Case) heard(e Event) Case {
	switch e.Kind {
	case EventJoined:
		c.Joined++
	case EventVoice:
		c.Voices++
	case EventCopied:
		c.Copies++
	}
	if e.Data.Label != nil {
		c.Label = *e.Data.Label
	}
	if e.Data.SLA != nil {
		c.SLA = e.Data.SLA
	}
	return c
}

func (c Case) reopened() Case {
	c.Work = WorkNew
	if c.Owner != "" && !c.Claimed.IsZero() {
		c.Work = WorkClaimed
	}
	c.Outcome, c.Cause, c.CauseName, c.CauseLink = "", "", "", ""
	c.Closed, c.Snoozed = time.Time{}, time.Time{}
	return c
}

// closed: a cause that is named later changes nothing else.
func (c Case) closed(e Event) Case {
	if c.Work != WorkClosed {
		c.Closed = e.At
	}
	c.Work, c.Outcome, c.Cause, c.CauseName, c.CauseLink = WorkClosed, e.Data.Outcome, e.Data.Facet, e.Data.Cause, e.Data.Link
	if c.Recurs.Proposed && c.CauseName != "" {
		c.Recurs = c.Recurs.named(c.CauseName)
	}
	return c
}

func (c Case) corrected(e Event) Case {
	if e.Data.Label != nil {
		c.Label = *e.Data.Label
		c.SLA = e.Data.SLA
	}
	if e.Data.Response != 0 {
		c.Evidence = slices.Clone(c.Evidence)
		for i := range c.Evidence {
			if c.Evidence[i].Response == e.Data.Response {
				c.Evidence[i].Rejected = true
			}
		}
		c = c.refold()
	}
	return c
}

// merged: on the case that stays, the other's counts and (by evidence_added
// events of their own) responses came over; on the one that goes, it closes.
func (c Case) merged(e Event) Case {
	c.Voices += e.Data.Voices
	c.Copies += e.Data.Copies
	if e.Data.Reason == ReasonDuplicate {
		c.Merged, c.Work, c.Closed = e.Data.Other, WorkClosed, e.At
	}
	return c
}

func (c Case) split(e Event) Case {
	c.Voices -= e.Data.Voices
	c.Copies -= e.Data.Copies
	if e.Data.Reason == ReasonDuplicate {
		c.Merged = ""
		return c.reopened()
	}
	c.Evidence = slices.DeleteFunc(slices.Clone(c.Evidence), func(v Evidence) bool { return slices.Contains(e.Data.Adopted, v.Response) })
	return c.refold()
}

// refold recomputes what follows from the evidence.
func (c Case) refold() Case {
	f := Fold(c.Evidence)
	c.Answer, c.Disagrees = f.Answer, f.Disagrees
	if f.Answer == AnswerPromised {
		p := Promise{Response: f.Promise.Response, Made: f.Promise.SaidAt, Due: f.Promise.Due, Precise: f.Promise.DuePrecise, State: PromiseOpen}
		if p.Response != c.Promise.Response || !p.Due.Equal(c.Promise.Due) || !p.Made.Equal(c.Promise.Made) {
			c.Promise = p
		}
	}
	return c
}

const caseAlphabet = "23456789bcdfghjkmnpqrstvwxz"

// CaseID writes the n-th case's public id: "c" and at least three characters of
// an alphabet without vowels and look-alikes, so that no id spells a word.
// Consecutive numbers give ids that look unlike each other.
func CaseID(n int64) string {
	const base = int64(len(caseAlphabet))
	const first = base * base * base
	// Within the first block a fixed multiplier, coprime to the block, spreads neighbours.
	if n < first {
		n = n * 7919 % first
	}
	digits := []byte{}
	for ; n > 0 || len(digits) < 3; n /= base {
		digits = append(digits, caseAlphabet[n%base])
	}
	slices.Reverse(digits)
	return "c" + string(digits)
}
