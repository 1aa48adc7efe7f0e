package earshot

import "time"

// Clock is how our own time to answer runs.
type Clock string

// The clocks.
const (
	ClockNone    Clock = "none"
	ClockRunning Clock = "running"
	ClockPaused  Clock = "paused"
	ClockDueSoon Clock = "due_soon"
	ClockOverdue Clock = "overdue"
)

// LateFind is how long after publication a find is too late for a clock: it
// goes to a digest only.
const LateFind = 14 * 24 * time.Hour

// SLA is the answer time that a case was promised, in a calendar's open time.
type SLA struct {
	Answer   time.Duration `json:"answer"`
	Calendar string        `json:"calendar,omitempty"`
}

// ClockState is the clock of a case. Used is open time that passed before the
// last pause; From is when it last started to run; Soon and Due are when a
// quarter, and none, of the time is left.
type ClockState struct {
	Clock Clock         `json:"clock"`
	From  time.Time     `json:"from,omitzero"`
	Used  time.Duration `json:"used,omitempty"`
	Soon  time.Time     `json:"soon,omitzero"`
	Due   time.Time     `json:"due,omitzero"`
}

// ClockAt returns the clock of the case as it stands at now: a pure function of
// the events so far, the calendar and now.
func (c Case) ClockAt(env Env) ClockState {
	prev := c.Clock
	switch {
	case c.SLA == nil || c.Answer.Given() || c.Work == WorkClosed || c.Work == WorkDismissed || c.LateFound():
		return ClockState{Clock: ClockNone}
	case c.pausedAt(env.Now):
		return pause(prev, env.Now, env.calendar(c.SLA.Calendar))
	case prev.Clock == ClockPaused:
		return run(ClockState{From: env.Now, Used: prev.Used}, *c.SLA, env)
	case prev.Clock == ClockNone || prev.Clock == "":
		return run(ClockState{From: env.Now}, *c.SLA, env)
	}
	return run(prev, *c.SLA, env)
}

func (c Case) pausedAt(now time.Time) bool {
	if c.Snoozed.After(now) {
		return true
	}
	return c.Answer == AnswerPromised && c.Promise.State != PromiseBroken && c.Promise.Due.After(now)
}

// LateFound says whether the case was found more than LateFind after publication.
func (c Case) LateFound() bool {
	return !c.Published.IsZero() && c.FirstSeen.Sub(c.Published) > LateFind
}

func pause(prev ClockState, now time.Time, cal Calendar) ClockState {
	used := prev.Used
	if !prev.From.IsZero() && prev.Clock != ClockPaused {
		used += cal.Between(prev.From, now)
	}
	return ClockState{Clock: ClockPaused, Used: used}
}

func run(s ClockState, sla SLA, env Env) ClockState {
	cal := env.calendar(sla.Calendar)
	left := max(sla.Answer-s.Used, 0)
	s.Due = cal.Add(s.From, left).UTC()
	s.Soon = cal.Add(s.From, max(left-sla.Answer/4, 0)).UTC()
	switch {
	case !env.Now.Before(s.Due):
		s.Clock = ClockOverdue
	case !env.Now.Before(s.Soon):
		s.Clock = ClockDueSoon
	default:
		s.Clock = ClockRunning
	}
	return s
}

// Waiting is the public clock: how long the writer has waited in the open, from
// publication to the first answer, or to now.
func (c Case) Waiting(now time.Time) time.Duration {
	end := now
	if c.Answer.Given() {
		end = Fold(c.Evidence).Since
	}
	return max(end.Sub(c.Published), 0)
}

// NextTick returns when the case must be looked at again, zero if only news can
// move it.
func (c Case) NextTick() time.Time {
	var next time.Time
	for _, t := range []time.Time{c.nextClock(), c.nextPromise(), c.nextFollowUp(), c.Snoozed} {
		if !t.IsZero() && (next.IsZero() || t.Before(next)) {
			next = t
		}
	}
	return next
}

func (c Case) nextClock() time.Time {
	switch c.Clock.Clock {
	case ClockRunning:
		return c.Clock.Soon
	case ClockDueSoon:
		return c.Clock.Due
	}
	return time.Time{}
}

func (c Case) nextPromise() time.Time {
	switch {
	case c.Answer != AnswerPromised || c.Promise.Due.IsZero() || c.Work == WorkDismissed || c.Work == WorkClosed:
		return time.Time{}
	case c.Promise.State == PromiseOpen:
		return c.Promise.RemindAt()
	case c.Promise.State == PromiseAtRisk:
		return c.Promise.Due
	}
	return time.Time{}
}

// PromiseState is how a promise stands.
type PromiseState string

// The states of a promise.
const (
	PromiseOpen   PromiseState = "open"
	PromiseAtRisk PromiseState = "at_risk" // due soon, reminded
	PromiseKept   PromiseState = "kept"
	PromiseBroken PromiseState = "broken"
)

// Promise is what the company said it would do, and by when.
type Promise struct {
	Response int64        `json:"response,omitempty"`
	Made     time.Time    `json:"made,omitzero"`
	Due      time.Time    `json:"due,omitzero"` // zero: no date was given
	Precise  Precision    `json:"precise,omitempty"`
	State    PromiseState `json:"state,omitempty"`
}

// RemindAt is when to remind of the promise, before it is due: at four in the
// afternoon of a day's promise (which is due at 23:59), else when a quarter of
// the time is left, at most four hours before.
func (p Promise) RemindAt() time.Time {
	lead := min(p.Due.Sub(p.Made)/4, 4*time.Hour)
	if p.Precise == PrecisionDay {
		lead = 7*time.Hour + 59*time.Minute
	}
	at := p.Due.Add(-lead)
	if at.Before(p.Made) {
		return p.Made.Add(p.Due.Sub(p.Made) / 2)
	}
	return at
}
