package earshot

import (
	"slices"
	"time"
)

// Fact is what may move a case without a person: a Voice, a Response, a
// Recurrence, a Rejudged or a Tick.
type Fact interface{ fact() }

// Voice is one more mention that belongs to the case.
type Voice struct {
	Kind    EventKind // EventJoined (the author again), EventVoice (somebody else), EventCopied (the same text elsewhere)
	Entry   int64
	Mention int64
	Label   Label
}

// Rejudged is a new verdict on the case's own mention: by what corrections
// taught, or by a second opinion.
type Rejudged struct{ Label Label }

// Tick is time passing: the case is looked at at Env.Now.
type Tick struct{}

func (Voice) fact()    {}
func (Response) fact() {}
func (Rejudged) fact() {}
func (Tick) fact()     {}

// move collects the events of one change and keeps the case current.
type move struct {
	c      Case
	env    Env
	actor  string
	action string
	events []Event
}

// emit appends an event and applies it. If it moves the clock, the event says
// to what, so that rebuilding needs no calendar.
func (m *move) emit(kind EventKind, data EventData) {
	e := Event{Case: m.c.ID, Seq: m.c.Rev + 1, Kind: kind, At: m.env.Now.UTC(), Actor: m.actor, Action: m.action, Data: data}
	next := m.c.with(e)
	if kind == EventUndone {
		next = Rebuild(append(slices.Clone(m.env.History), append(slices.Clone(m.events), e)...))
	}
	if clock := next.ClockAt(m.env); clock != m.c.Clock {
		e.Data.Clock = &clock
		next.Clock = clock
	}
	if f := next.followAt(m.env); f != next.FollowUp {
		e.Data.FollowUp, next.FollowUp = &f, f
	}
	m.c, m.events = next, append(m.events, e)
}

// Open starts a case. The clock starts at the first sight of the entry.
func Open(id string, o Opening, env Env) (Case, []Event) {
	env = env.exact()
	o.Published, o.FirstSeen = o.Published.UTC(), o.FirstSeen.UTC()
	e := Event{Case: id, Seq: 1, Kind: EventOpened, At: env.Now.UTC(), Data: EventData{Opening: &o}}
	c := Case{}.with(e)
	if c.SLA != nil {
		started := c
		started.Clock = ClockState{Clock: ClockRunning, From: o.FirstSeen}
		clock := started.ClockAt(env)
		e.Data.Clock = &clock
		c.Clock = clock
	}
	m := move{c: c, env: env, events: []Event{e}}
	if c.Clock.Clock == ClockOverdue {
		// Found alive but late (an outage of ours): say so once, at once.
		m.emit(EventOverdue, EventData{Due: c.Clock.Due})
	}
	return m.c, m.events
}

// Apply moves the case by a fact and returns it with what happened. The same
// fact twice happens once.
func (c Case) Apply(f Fact, env Env) (Case, []Event) {
	m := move{c: c, env: env.exact()}
	switch f := f.(type) {
	case Voice:
		m.voice(f)
	case Response:
		m.response(f)
	case Recurrence:
		m.recurred(f)
	case Rejudged:
		m.rejudged(f)
	case Tick:
		m.tick()
	case Spiked:
		m.emit(EventSpiked, EventData{Spike: f.Spike})
	case Calmed:
		m.emit(EventCalmed, EventData{Spike: f.Spike})
	}
	return m.c, m.events
}

func (m *move) voice(v Voice) {
	data := EventData{Entry: v.Entry, Mention: v.Mention}
	if l := m.c.Label.raisedBy(v); l != m.c.Label {
		data.Label = &l
		if m.env.SLA != nil && l.Intent != m.c.Label.Intent {
			data.SLA = m.env.SLA(l)
		}
	}
	m.emit(v.Kind, data)
}

// raisedBy returns the label after one more voice: severity only rises; the
// author's own complaint turns the case into one; a person's label stays.
func (l Label) raisedBy(v Voice) Label {
	if v.Label.Intent != Complaint || v.Kind == EventCopied {
		return l
	}
	if l.Intent != Complaint && v.Kind == EventJoined && !l.byPerson() {
		return v.Label
	}
	if l.Intent == Complaint {
		l.Severity = max(l.Severity, v.Label.Severity)
		if !v.Label.Unsure && v.Kind == EventJoined {
			l.Unsure = false
		}
	}
	return l
}

// rejudged changes the label of a case that no person has labelled or taken up.
// A case does not vanish: where nothing is wanted any more, it asks a person.
func (m *move) rejudged(r Rejudged) {
	l := r.Label
	if l.Intent == NoIntent {
		l = m.c.Label
		l.Unsure, l.By = true, r.Label.By
	}
	if m.c.Work != WorkNew || m.c.Merged != "" || m.c.Label.byPerson() || l == m.c.Label {
		return
	}
	m.emit(EventCorrected, EventData{Label: &l, SLA: m.slaFor(l)})
}

func (l Label) byPerson() bool { return len(l.By) > 7 && l.By[:7] == "person:" }

func (m *move) response(r Response) {
	if r.ID != 0 && slices.ContainsFunc(m.c.Evidence, func(e Evidence) bool { return e.Response == r.ID }) {
		return
	}
	fact := r.Fact()
	m.evidence(fact)
}

// evidence adds one fact and says what it changed.
func (m *move) evidence(fact Evidence) {
	before := m.c
	fact.SaidAt, fact.FirstSeen, fact.Due = fact.SaidAt.UTC(), fact.FirstSeen.UTC(), fact.Due.UTC()
	m.emit(EventEvidenceAdded, EventData{Evidence: &fact})
	m.settle(before, fact)
}

// settle emits what follows from a changed answer.
func (m *move) settle(before Case, fact Evidence) {
	from, to := before.Answer, m.c.Answer
	handled := before.Work == WorkClosed && before.Merged == ""
	switch {
	case before.Work == WorkDismissed:
		return
	case fact.denies() && (from.Given() && to == AnswerNone || handled && !fact.SaidAt.Before(before.Closed)):
		m.emit(EventReopened, EventData{From: from, To: to})
	case from != to:
		m.emit(EventAnswerChanged, EventData{From: from, To: to})
	}
	m.settlePromise(before)
	if to == AnswerResolved && from != to {
		m.emit(EventResolved, EventData{})
	}
}

func (m *move) settlePromise(before Case) {
	was, is := before.Promise, m.c.Promise
	if is.State == PromiseOpen && (was.State != PromiseOpen || !was.Due.Equal(is.Due) || was.Response != is.Response) {
		m.emit(EventPromiseMade, EventData{Due: is.Due})
	}
	if m.c.Answer.Given() && (is.State == PromiseOpen || is.State == PromiseAtRisk) {
		m.emit(EventPromiseKept, EventData{Due: is.Due})
	}
}

// tick emits everything that has come due by now, each once.
func (m *move) tick() {
	now := m.env.Now
	if !m.c.Snoozed.IsZero() && !m.c.Snoozed.After(now) {
		m.emit(EventWoke, EventData{})
	}
	m.tickPromise(now)
	m.tickFollowUp(now)
	was := m.c.Clock.Clock
	clock := m.c.ClockAt(m.env)
	if clock.Clock == was {
		return
	}
	switch clock.Clock {
	case ClockDueSoon:
		m.emit(EventDueSoon, EventData{Due: clock.Due})
	case ClockOverdue:
		m.emit(EventOverdue, EventData{Due: clock.Due})
	}
}

func (m *move) tickPromise(now time.Time) {
	at := m.c.nextPromise()
	if at.IsZero() || now.Before(at) {
		return
	}
	if !now.Before(m.c.Promise.Due) {
		m.emit(EventPromiseBroken, EventData{Due: m.c.Promise.Due})
		return
	}
	m.emit(EventPromiseDue, EventData{Due: m.c.Promise.Due})
}
