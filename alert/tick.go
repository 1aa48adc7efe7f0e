package alert

import (
	"fmt"
	"slices"
	"time"

	"earshot"
)

// tick plans what has come due for the case: reminders and steps of the ladder.
func (pl planner) tick() []earshot.Alert {
	if pl.v.Competitor || settled(pl.v.Case) || resting(pl.v.Case, pl.now) {
		return nil
	}
	var out []earshot.Alert
	for _, h := range pl.p.Match(pl.v.Labels()) {
		tl := pl.tally[h.Receiver]
		if tl.FirstCard.IsZero() {
			continue
		}
		if a, due := pl.remind(h, tl); due {
			out = append(out, a)
		}
		for i, e := range h.Escalate {
			if a, due := pl.escalate(h, tl, i, e); due && !slices.ContainsFunc(out, func(b earshot.Alert) bool { return b.Key == a.Key }) {
				out = append(out, a)
			}
		}
	}
	return out
}

// resting says whether nobody is to be pressed: the case is snoozed, or an
// answer is promised for later.
func resting(c earshot.Case, now time.Time) bool {
	promised := c.Answer == earshot.AnswerPromised && c.Promise.State != earshot.PromiseBroken && c.Promise.Due.After(now)
	return c.Snoozed.After(now) || promised
}

// remind plans the latest reminder that is due. Those missed while nothing ran
// are not made up for.
func (pl planner) remind(h Hop, tl earshot.Tally) (earshot.Alert, bool) {
	n := passed(tl.FirstCard, h.Remind, pl.now)
	a := pl.alert(earshot.AlertRemind, n, h)
	if n == 0 || tl.PlannedKey[a.Key] {
		return a, false
	}
	window := pl.p.window(h)
	mute, muted := mutedBy(tl.Mutes, pl.v, pl.now)
	switch {
	case muted:
		return decided(a, earshot.ReasonMuted, "muted by %s until %s: %s", mute.Who, pl.stamp(h.Receiver, mute.Until), mute.Why), true
	case h.MinGap > 0 && pl.now.Sub(tl.LastSend) < h.MinGap:
		return decided(a, earshot.ReasonMinGap, "the case was told of %s ago; %s wants %s between", pl.now.Sub(tl.LastSend).Round(time.Minute), h.Receiver, h.MinGap), true
	case !window.Open(pl.now) && !pl.urgent():
		return pl.held(a, h, window), true
	}
	a.Notify = pl.people(pl.v.Case.Owner)
	a.Why = fmt.Sprintf("unanswered for %d times %s since the first card", n, h.Remind)
	return a, true
}

// escalate plans step i of the ladder if its open time has passed since the
// first card and nobody of those who may act was told of it.
func (pl planner) escalate(h Hop, tl earshot.Tally, i int, e earshot.Escalation) (earshot.Alert, bool) {
	at := pl.slaCalendar().Add(tl.FirstCard, e.After)
	if pl.now.Before(at) || !pl.p.pages(pl.v) || pl.toldStep(e, i+1) {
		return earshot.Alert{}, false
	}
	target := pl.p.people.Acting(e.To, pl.now)
	to := pl.p.receivers[target]
	hop := Hop{Route: h.Route, Receiver: target, Windows: to.Windows, Cap: to.Cap}
	a := pl.alert(earshot.AlertEscalate, i+1, hop)
	if mute, muted := mutedBy(pl.tally[target].Mutes, pl.v, pl.now); muted {
		return decided(a, earshot.ReasonMuted, "muted by %s until %s: %s", mute.Who, pl.stamp(target, mute.Until), mute.Why), true
	}
	if _, person := pl.p.people.Find(target); person {
		a.Notify = []string{target}
	}
	a = pl.gate(a, hop, pl.tally[target])
	if a.Reason == "" {
		a.Why = fmt.Sprintf("unanswered %s after the first card: step %d of route %s tells %s", e.After, i+1, h.Route, target)
		if target != e.To {
			a.Why += fmt.Sprintf(", who acts for %s", e.To)
		}
	}
	return a, true
}

// toldStep says whether the step was planned for anybody who may act for its target.
func (pl planner) toldStep(e earshot.Escalation, step int) bool {
	return slices.ContainsFunc(pl.p.chain(e.To), func(name string) bool {
		return pl.tally[name].PlannedKey[earshot.AlertKey(pl.v.Case.ID, earshot.AlertEscalate, step, name)]
	})
}

// slaCalendar is the calendar in which our clock and the ladder run.
func (pl planner) slaCalendar() earshot.Calendar {
	if pl.v.Case.SLA == nil {
		return earshot.Always
	}
	return pl.p.calendar(pl.v.Case.SLA.Calendar)
}

// passed counts the whole steps between from and now.
func passed(from time.Time, step time.Duration, now time.Time) int {
	if step <= 0 || from.IsZero() || now.Before(from) {
		return 0
	}
	return int(now.Sub(from) / step)
}

// NextCaseTick returns when the case has its next reminder or step of the
// ladder, zero if none. The case's own clock is Case.NextTick.
func (p *Policy) NextCaseTick(v earshot.CaseView, tally map[string]earshot.Tally, now time.Time) time.Time {
	if v.Competitor || settled(v.Case) {
		return time.Time{}
	}
	pl := planner{v: v, p: p, tally: tally, now: now}
	var next time.Time
	for _, h := range p.Match(v.Labels()) {
		tl := tally[h.Receiver]
		if tl.FirstCard.IsZero() {
			continue
		}
		if h.Remind > 0 {
			n := passed(tl.FirstCard, h.Remind, now)
			if n == 0 || tl.PlannedKey[earshot.AlertKey(v.Case.ID, earshot.AlertRemind, n, h.Receiver)] {
				n++
			}
			next = sooner(next, tl.FirstCard.Add(time.Duration(n)*h.Remind))
		}
		for i, e := range h.Escalate {
			if p.pages(v) && !pl.toldStep(e, i+1) {
				next = sooner(next, pl.slaCalendar().Add(tl.FirstCard, e.After))
			}
		}
	}
	if !next.IsZero() && resting(v.Case, now) {
		next = later(next, later(v.Case.Snoozed, v.Case.Promise.Due))
	}
	return next
}

// sooner returns the earlier of two times, of which zero is none.
func sooner(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
