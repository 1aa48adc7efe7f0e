package alert

import (
	"testing"
	"time"

	"earshot"
)

func TestRelease(t *testing.T) {
	p := policy(t, house())
	now := at("Mon 10:00")
	card := earshot.Alert{Kind: earshot.AlertCard, Event: earshot.EventOpened, Case: "c1", Receiver: "care", Route: "complaints", Created: now, NotBefore: now}
	open := complaint("c1", now)
	for _, c := range []struct {
		name     string
		alert    func(*earshot.Alert)
		change   func(*earshot.Case)
		now      time.Time
		decision Decision
		reason   earshot.Reason
	}{
		{name: "still true", decision: DecisionSend},
		{name: "answered", change: func(c *earshot.Case) { c.Answer = earshot.AnswerResponded }, decision: DecisionDrop, reason: earshot.ReasonAnsweredMeanwhile},
		{name: "closed", change: func(c *earshot.Case) { c.Work = earshot.WorkClosed }, decision: DecisionDrop, reason: earshot.ReasonAnsweredMeanwhile},
		{name: "dismissed", change: func(c *earshot.Case) { c.Work = earshot.WorkDismissed }, decision: DecisionDrop, reason: earshot.ReasonAnsweredMeanwhile},
		{name: "merged", change: func(c *earshot.Case) { c.Merged, c.Work = "c0", earshot.WorkClosed }, decision: DecisionDrop, reason: earshot.ReasonDuplicate},
		{name: "urgent and answered", alert: func(a *earshot.Alert) { a.Urgent = true }, change: func(c *earshot.Case) { c.Answer = earshot.AnswerResolved }, decision: DecisionDrop, reason: earshot.ReasonAnsweredMeanwhile},
		{name: "asked for, though answered", alert: func(a *earshot.Alert) { a.Urgent, a.Event = true, "" }, change: func(c *earshot.Case) { c.Answer = earshot.AnswerResolved }, decision: DecisionSend},
		{name: "the window shut meanwhile", now: at("Mon 18:30"), decision: DecisionDrop, reason: earshot.ReasonHeldWindow},
		{name: "urgent at night", alert: func(a *earshot.Alert) { a.Urgent, a.Created, a.NotBefore = true, at("Mon 23:00"), at("Mon 23:00") }, now: at("Mon 23:00"), decision: DecisionSend},
		{name: "urgent behind a pile", alert: func(a *earshot.Alert) { a.Urgent = true }, now: at("Mon 10:00").Add(6 * time.Second), decision: DecisionRegroup},
		{name: "a reminder after an outage", alert: func(a *earshot.Alert) { a.Kind = earshot.AlertRemind }, now: at("Mon 12:00"), decision: DecisionRegroup},
		{name: "a line for the channel after an outage", alert: func(a *earshot.Alert) { a.Kind, a.Broadcast = earshot.AlertLine, true }, now: at("Mon 12:00"), decision: DecisionRegroup},
		{name: "a line in its thread after an outage", alert: func(a *earshot.Alert) { a.Kind = earshot.AlertLine }, now: at("Mon 12:00"), decision: DecisionSend},
		{name: "expired", alert: func(a *earshot.Alert) { a.Expires = now.Add(-time.Minute) }, decision: DecisionDrop, reason: earshot.ReasonExpired},
		{name: "after an outage", now: at("Mon 12:00"), decision: DecisionRegroup},
		{name: "a moment late", now: at("Mon 10:00").Add(4 * time.Second), decision: DecisionSend},
		{name: "behind a pile", now: at("Mon 10:00").Add(6 * time.Second), decision: DecisionRegroup},
		{name: "in a group", alert: func(a *earshot.Alert) { a.NotBefore = now.Add(time.Second) }, now: now.Add(time.Second), decision: DecisionRegroup},
		{name: "a reminder, snoozed", alert: func(a *earshot.Alert) { a.Kind = earshot.AlertRemind }, change: func(c *earshot.Case) { c.Snoozed = now.Add(time.Hour) }, decision: DecisionDrop, reason: earshot.ReasonExpired},
		{name: "an edit of an answered case", alert: func(a *earshot.Alert) { a.Kind = earshot.AlertEdit }, change: func(c *earshot.Case) { c.Answer = earshot.AnswerResponded }, decision: DecisionSend},
		{name: "decided already", alert: func(a *earshot.Alert) { a.Reason = earshot.ReasonCapped }, decision: DecisionDrop, reason: earshot.ReasonCapped},
	} {
		a, v := card, open
		if c.alert != nil {
			c.alert(&a)
		}
		if c.change != nil {
			c.change(&v.Case)
		}
		if c.now.IsZero() {
			c.now = now
		}
		if d, r := Release(a, v, p, c.now); d != c.decision || r != c.reason {
			t.Errorf("%s: %s %q, want %s %q", c.name, d, r, c.decision, c.reason)
		}
	}
}

func TestReleaseOfLists(t *testing.T) {
	p := policy(t, house())
	now := at("Tue 09:00")
	open, done := complaint("c1", now), complaint("c2", now)
	done.Case.Answer = earshot.AnswerResponded
	sum := summary("care", earshot.ReasonHeldWindow, now, []string{"c1", "c2"}, now)
	quality := digestAlert("quality", "care", now, rome, nil, now)
	weekly := digestAlert("weekly", "desk", now, rome, nil, now)
	for _, c := range []struct {
		name  string
		a     earshot.Alert
		views []earshot.CaseView
		want  Decision
	}{
		{"one still waits", sum, []earshot.CaseView{open, done}, DecisionSend},
		{"all were answered", sum, []earshot.CaseView{done}, DecisionDrop},
		{"the daily review goes empty", quality, nil, DecisionSend},
		{"another digest does not", weekly, nil, DecisionDrop},
		{"what was answered is still news", weekly, []earshot.CaseView{done}, DecisionSend},
	} {
		if d, _ := ReleaseAll(c.a, c.views, p, now); d != c.want {
			t.Errorf("%s: %s, want %s", c.name, d, c.want)
		}
	}
}
