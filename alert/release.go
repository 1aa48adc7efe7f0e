package alert

import (
	"time"

	"earshot"
)

// Decision is what Release says of an alert that is about to leave.
type Decision string

// The decisions. Regroup means: ask Regroup with all that waits for the
// receiver; what it leaves alone is sent.
const (
	DecisionSend    Decision = "send"
	DecisionRegroup Decision = "regroup"
	DecisionDrop    Decision = "drop"
)

// overslept is how long past its time a card may still go alone: after an hour
// of outage people want a summary, not each card that waited. stuck is when to
// ask whether others wait too: sending is slower than what comes in.
const (
	overslept = time.Hour
	stuck     = 5 * time.Second
)

// Release is asked again just before each send, with the case as it is now. The
// reason is that of a drop, else "".
func Release(a earshot.Alert, v earshot.CaseView, p *Policy, now time.Time) (Decision, earshot.Reason) {
	return ReleaseAll(a, []earshot.CaseView{v}, p, now)
}

// ReleaseAll is Release for an alert that lists several cases. A list whose
// cases are all settled by now is dropped; the daily quality review always goes.
func ReleaseAll(a earshot.Alert, views []earshot.CaseView, p *Policy, now time.Time) (Decision, earshot.Reason) {
	if a.Reason != "" {
		return DecisionDrop, a.Reason
	}
	if !a.Expires.IsZero() && now.After(a.Expires) {
		return DecisionDrop, earshot.ReasonExpired
	}
	switch a.Kind {
	case earshot.AlertCard, earshot.AlertRemind, earshot.AlertEscalate:
		if len(views) == 0 {
			return DecisionDrop, earshot.ReasonExpired
		}
		return releaseCase(a, views[0], p, now)
	case earshot.AlertLine:
		return releaseLine(a, now)
	case earshot.AlertSummary, earshot.AlertDigest:
		return releaseList(a, views)
	}
	return DecisionSend, ""
}

func releaseCase(a earshot.Alert, v earshot.CaseView, p *Policy, now time.Time) (Decision, earshot.Reason) {
	c := v.Case
	asked := a.Kind == earshot.AlertCard && a.Event == ""
	switch {
	case c.Merged != "":
		return DecisionDrop, earshot.ReasonDuplicate
	case settled(c) && !asked && !outlasts(a.Event, c):
		return DecisionDrop, earshot.ReasonAnsweredMeanwhile
	case a.Kind != earshot.AlertCard && resting(c, now):
		return DecisionDrop, earshot.ReasonExpired
	case !a.Urgent && !p.window(p.hopOf(a)).Open(now):
		return DecisionDrop, earshot.ReasonHeldWindow
	case a.Kind == earshot.AlertCard && (a.NotBefore.After(a.Created) || now.Sub(a.NotBefore) > stuck) || oversleeps(a, now):
		return DecisionRegroup, ""
	}
	return DecisionSend, ""
}

// releaseLine asks again about a line in a thread: one that is also shown in the
// channel is a new message there.
func releaseLine(a earshot.Alert, now time.Time) (Decision, earshot.Reason) {
	if a.Broadcast && oversleeps(a, now) {
		return DecisionRegroup, ""
	}
	return DecisionSend, ""
}

func oversleeps(a earshot.Alert, now time.Time) bool { return now.Sub(a.NotBefore) > overslept }

// hopOf finds the rules under which the alert was planned.
func (p *Policy) hopOf(a earshot.Alert) Hop {
	if rt, ok := find(p.routes, a.Route); ok && rt.To == a.Receiver {
		return p.hop(rt)
	}
	r := p.receivers[a.Receiver]
	return Hop{Receiver: a.Receiver, Windows: r.Windows, Cap: r.Cap}
}

func releaseList(a earshot.Alert, views []earshot.CaseView) (Decision, earshot.Reason) {
	if a.Route == qualityDigest {
		return DecisionSend, ""
	}
	for _, v := range views {
		if !settled(v.Case) || outlasts(earshot.EventFollowUp, v.Case) || outlasts(earshot.EventRecurred, v.Case) {
			return DecisionSend, ""
		}
	}
	if len(views) == 0 {
		return DecisionDrop, earshot.ReasonExpired
	}
	if a.Kind == earshot.AlertDigest {
		return DecisionSend, "" // a digest of what was answered is still news
	}
	return DecisionDrop, earshot.ReasonAnsweredMeanwhile
}

// qualityDigest is the one digest that is sent when it is empty: it says why
// zero can be believed.
const qualityDigest = "quality"
