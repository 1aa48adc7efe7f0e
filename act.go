package earshot

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// UndoWithin is how long an action can be undone.
const UndoWithin = 10 * time.Minute

// ErrAction is an action that makes no sense for the case as it stands; the
// error that wraps it says why.
var ErrAction = errors.New("cannot do that")

func refuse(format string, args ...any) error {
	return fmt.Errorf("%w: %s", ErrAction, fmt.Sprintf(format, args...))
}

// Act does what a person decided. A Rev older than what another person did
// since gives a *StaleError that names who and when; changes by Earshot itself
// (a voice, a due time) make nothing stale.
func (c Case) Act(a Action, env Env) (Case, []Event, error) {
	if err := c.stale(a); err != nil {
		return c, nil, err
	}
	if c.Merged != "" && a.Verb != VerbSplit {
		return c, nil, refuse("case %s was merged into %s", c.ID, c.Merged)
	}
	m := &move{c: c, env: env.exact(), actor: a.Actor, action: a.ID}
	if err := m.act(a); err != nil {
		return c, nil, err
	}
	return m.c, m.events, nil
}

func (c Case) stale(a Action) error {
	if a.Verb == VerbNote || a.Verb == VerbUndo || a.Rev == 0 || a.Rev >= c.Last.Seq {
		return nil
	}
	return &StaleError{Case: c.ID, Rev: c.Rev, Who: c.Last.Who, When: c.Last.At, What: c.Last.Kind}
}

func (m *move) act(a Action) error {
	switch a.Verb {
	case VerbClaim:
		return m.claim(a)
	case VerbAssign:
		return m.assign(a)
	case VerbAnswered:
		m.mark(a, AnswerResponded)
	case VerbOutcome:
		return m.outcome(a)
	case VerbPromise:
		return m.promise(a)
	case VerbKept, VerbBroken:
		return m.kept(a)
	case VerbSnooze:
		return m.snooze(a)
	case VerbDismiss:
		return m.dismiss()
	case VerbCorrect:
		return m.correct(a)
	case VerbConfirm:
		return m.confirm(a)
	case VerbReject:
		return m.reject(a)
	case VerbNote:
		return m.note(a)
	case VerbReopen:
		return m.reopen(a)
	case VerbUndo:
		return m.undo(a)
	default:
		return refuse("%q is no action on one case", a.Verb)
	}
	return nil
}

func (m *move) openOnly() error {
	if m.c.Work == WorkClosed || m.c.Work == WorkDismissed {
		return refuse("case %s is %s: reopen it first", m.c.ID, m.c.Work)
	}
	return nil
}

func (m *move) claim(a Action) error {
	if err := m.openOnly(); err != nil {
		return err
	}
	if m.c.Work == WorkClaimed && m.c.Owner == a.Actor {
		return refuse("you have case %s already", m.c.ID)
	}
	m.emit(EventClaimed, EventData{Owner: a.Actor})
	return nil
}

func (m *move) assign(a Action) error {
	if a.Args.Owner == "" {
		return refuse("say who gets case %s", m.c.ID)
	}
	if err := m.openOnly(); err != nil {
		return err
	}
	m.emit(EventAssigned, EventData{Owner: a.Args.Owner})
	return nil
}

// mark adds a person's mark, which beats all evidence said up to then: up to now,
// or up to the earlier time at which the person says the answer was given.
func (m *move) mark(a Action, answer Answer) {
	said := m.env.Now
	if !a.Args.Said.IsZero() && a.Args.Said.Before(said) {
		said = a.Args.Said.UTC().Truncate(time.Millisecond)
	}
	m.evidence(Evidence{Kind: EvidenceMarked, Answer: answer, SaidAt: said, Precision: PrecisionTime, FirstSeen: m.env.Now,
		Confidence: 1, By: a.Actor, Due: a.Args.Until})
}

func (m *move) outcome(a Action) error {
	if m.c.Work == WorkClosed {
		return m.laterCause(a)
	}
	if !slices.Contains(Outcomes, a.Args.Outcome) {
		return refuse("outcome %q: want one of %v", a.Args.Outcome, Outcomes)
	}
	m.emit(EventClosed, EventData{Outcome: a.Args.Outcome, Facet: a.Args.Facet, Cause: strings.TrimSpace(a.Args.Cause), Link: a.Args.Link})
	return nil
}

// laterCause names the cause of a case that was closed without one.
func (m *move) laterCause(a Action) error {
	cause := strings.TrimSpace(a.Args.Cause)
	if cause == "" || m.c.CauseName != "" || m.c.Outcome == "" || a.Args.Outcome != "" && a.Args.Outcome != m.c.Outcome {
		return refuse("case %s is closed already", m.c.ID)
	}
	m.emit(EventClosed, EventData{Outcome: m.c.Outcome, Facet: cmp.Or(a.Args.Facet, m.c.Cause), Cause: cause, Link: a.Args.Link})
	return nil
}

func (m *move) promise(a Action) error {
	if err := m.openOnly(); err != nil {
		return err
	}
	if !a.Args.Until.After(m.env.Now) {
		return refuse("a promise needs a date that is still to come")
	}
	m.mark(a, AnswerPromised)
	return nil
}

func (m *move) kept(a Action) error {
	if m.c.Promise.State == "" {
		return refuse("case %s has no promise", m.c.ID)
	}
	if a.Verb == VerbBroken {
		m.emit(EventPromiseBroken, EventData{Due: m.c.Promise.Due})
		return nil
	}
	m.mark(a, AnswerResponded)
	if m.c.Promise.State != PromiseKept {
		m.emit(EventPromiseKept, EventData{Due: m.c.Promise.Due})
	}
	return nil
}

func (m *move) snooze(a Action) error {
	if err := m.openOnly(); err != nil {
		return err
	}
	if !a.Args.Until.After(m.env.Now) {
		return refuse("snooze until a time that is still to come")
	}
	m.emit(EventSnoozed, EventData{Until: a.Args.Until.UTC()})
	return nil
}

func (m *move) dismiss() error {
	if err := m.openOnly(); err != nil {
		return err
	}
	m.emit(EventDismissed, EventData{})
	return nil
}

// correct sets the label a person gave. What is about no brand of ours, or is
// nobody's opinion, needs no work.
func (m *move) correct(a Action) error {
	if a.Args.Brand == "" && a.Args.Intent == "" {
		return refuse("say what is right: an intent, a brand, or \"not about us\"")
	}
	l := m.c.Label
	l.Unsure, l.Confidence, l.By = false, 1, "person:"+a.Actor
	if a.Args.Intent != "" {
		if !slices.Contains(Intents, a.Args.Intent) {
			return refuse("intent %q: want one of %v", a.Args.Intent, Intents)
		}
		l = l.withIntent(a.Args.Intent)
	}
	if a.Args.Facet != "" {
		l.Facet = a.Args.Facet
	}
	m.emit(EventCorrected, EventData{Label: &l, SLA: m.slaFor(l)})
	if a.Args.Brand != "" || l.Intent == NoIntent {
		m.emit(EventDismissed, EventData{})
	}
	return nil
}

func (m *move) slaFor(l Label) *SLA {
	if m.env.SLA == nil {
		return m.c.SLA
	}
	return m.env.SLA(l)
}

// withIntent keeps the label consistent: only a complaint has a severity, and
// an opinion has its sentiment.
func (l Label) withIntent(i Intent) Label {
	l.Intent = i
	switch i {
	case Complaint:
		l.Sentiment, l.Severity = Negative, max(l.Severity, 1)
	case Compliment:
		l.Sentiment, l.Severity = Positive, 0
	default:
		l.Severity = 0
	}
	return l
}

// confirm says yes to what the card asks: it is fixed, this response is one, or
// else this is what the label says.
func (m *move) confirm(a Action) error {
	switch {
	case a.Args.Response == 0 && m.c.FollowUp.Waiting():
		m.mark(a, AnswerResolved) // yes, it is fixed
	case a.Args.Response != 0 || m.c.Answer == AnswerUnconfirmed:
		m.mark(a, AnswerResponded)
	case m.c.Label.Unsure:
		l := m.c.Label.withIntent(m.c.Label.Intent)
		l.Unsure, l.Confidence, l.By = false, 1, "person:"+a.Actor
		m.emit(EventCorrected, EventData{Label: &l, SLA: m.slaFor(l)})
	default:
		return refuse("case %s asks nothing", m.c.ID)
	}
	return nil
}

// reject says no: this response is none, or else this is not what the label says.
func (m *move) reject(a Action) error {
	response := a.Args.Response
	if response == 0 && m.c.Answer == AnswerUnconfirmed {
		response = Fold(m.c.Evidence).By
	}
	if response == 0 {
		return m.correct(Action{ID: a.ID, Actor: a.Actor, Args: Args{Intent: NoIntent}})
	}
	if !slices.ContainsFunc(m.c.Evidence, func(e Evidence) bool { return e.Response == response }) {
		return refuse("case %s has no response %d", m.c.ID, response)
	}
	before := m.c
	m.emit(EventCorrected, EventData{Response: response})
	m.settle(before, Evidence{})
	return nil
}

func (m *move) note(a Action) error {
	if a.Args.Text == "" {
		return refuse("a note needs words")
	}
	m.emit(EventNoted, EventData{})
	return nil
}

func (m *move) reopen(a Action) error {
	if m.c.Open() && !m.c.Answer.Given() {
		return refuse("case %s is open", m.c.ID)
	}
	from := m.c.Answer
	if from.Given() {
		mark := Evidence{Kind: EvidenceMarked, Answer: AnswerNone, SaidAt: m.env.Now.UTC(), Precision: PrecisionTime,
			FirstSeen: m.env.Now.UTC(), Confidence: 1, By: a.Actor}
		m.emit(EventEvidenceAdded, EventData{Evidence: &mark})
	}
	m.emit(EventReopened, EventData{From: from, To: m.c.Answer})
	return nil
}

func (m *move) undo(a Action) error {
	i := slices.IndexFunc(m.env.History, func(e Event) bool { return e.Action == a.Args.Undo && e.Action != "" })
	if i < 0 {
		return refuse("there is no action %q on case %s", a.Args.Undo, m.c.ID)
	}
	if m.env.Now.Sub(m.env.History[i].At) > UndoWithin {
		return refuse("only the last %d minutes can be undone: do the opposite instead", int(UndoWithin.Minutes()))
	}
	m.emit(EventUndone, EventData{Undone: a.Args.Undo})
	return nil
}

// Merge lets the older case keep its id and take over the younger's voices and
// evidence; the younger closes and redirects. Split undoes it.
func Merge(older, younger Case, a Action, env Env) (Case, Case, []Event, error) {
	if older.ID == younger.ID || older.Brand != younger.Brand || older.Merged != "" || younger.Merged != "" {
		return older, younger, nil, refuse("cases %s and %s cannot be one", older.ID, younger.ID)
	}
	env = env.exact()
	keep := move{c: older, env: env, actor: a.Actor, action: a.ID}
	var adopted []int64
	before := keep.c
	keep.emit(EventMerged, EventData{Other: younger.ID, Voices: 1 + younger.Voices, Copies: younger.Copies})
	for _, e := range younger.Evidence {
		if slices.ContainsFunc(keep.c.Evidence, func(k Evidence) bool { return k.Response == e.Response && e.Response != 0 }) {
			continue
		}
		adopted = append(adopted, e.Response)
		keep.emit(EventEvidenceAdded, EventData{Evidence: &e})
	}
	if keep.c.Answer != before.Answer {
		keep.emit(EventAnswerChanged, EventData{From: before.Answer, To: keep.c.Answer})
	}
	gone := move{c: younger, env: env, actor: a.Actor, action: a.ID}
	gone.emit(EventMerged, EventData{Other: older.ID, Reason: ReasonDuplicate, Adopted: adopted})
	return keep.c, gone.c, append(keep.events, gone.events...), nil
}

// Split undoes a merge: gone gets its life back, and its evidence leaves kept.
func Split(kept, gone Case, a Action, env Env) (Case, Case, []Event, error) {
	if gone.Merged != kept.ID {
		return kept, gone, nil, refuse("case %s was not merged into %s", gone.ID, kept.ID)
	}
	var adopted []int64
	for _, e := range gone.Evidence {
		if e.Response != 0 {
			adopted = append(adopted, e.Response)
		}
	}
	env = env.exact()
	k := move{c: kept, env: env, actor: a.Actor, action: a.ID}
	k.emit(EventSplit, EventData{Other: gone.ID, Adopted: adopted, Voices: 1 + gone.Voices, Copies: gone.Copies})
	g := move{c: gone, env: env, actor: a.Actor, action: a.ID}
	g.emit(EventSplit, EventData{Other: kept.ID, Reason: ReasonDuplicate})
	return k.c, g.c, append(k.events, g.events...), nil
}
