package alert

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"earshot"
)

func TestRegroup(t *testing.T) {
	in := house()
	in.Receivers[0].Group, in.Receivers[0].Cap = 30*time.Second, earshot.Rate{}
	l := newTimeline(t, in)
	now := at("Mon 10:00")
	var waiting []earshot.Alert
	for _, id := range []string{"c1", "c2", "c3", "c4"} {
		a := l.event(earshot.EventOpened, complaint(id, now), now)
		if !a[0].NotBefore.Equal(now.Add(30 * time.Second)) {
			t.Fatalf("%s is not held for the group: %s", id, a[0].NotBefore)
		}
		waiting = append(waiting, a...)
	}
	tl := earshot.Tally{Receiver: "care"}
	want(t, "three go as they are", Regroup(waiting[:3], tl, l.p, now.Add(30*time.Second)), "")
	got := Regroup(waiting, tl, l.p, now.Add(30*time.Second))
	want(t, "four are one message", got, "care grouped; care grouped; care grouped; care grouped; care summary [c1 c2 c3 c4]")
	tl.LastSum = now
	later := Regroup(waiting, tl, l.p, now.Add(30*time.Second))
	if len(later) != 4 || slices.ContainsFunc(later, func(a earshot.Alert) bool { return a.Reason != "" || !a.NotBefore.Equal(now.Add(time.Minute)) }) {
		t.Errorf("so soon after a summary the pile waits a minute: %s", said(later))
	}
}

func TestRegroupAPile(t *testing.T) {
	p := policy(t, house())
	now := at("Mon 10:00")
	pile := func(n int, receiver string) (waiting []earshot.Alert) {
		for i := range n {
			id := fmt.Sprintf("c%03d", i)
			waiting = append(waiting, rekeyed(earshot.Alert{Subject: id, Case: id, Kind: earshot.AlertCard, Step: 1, Receiver: receiver, Created: now, NotBefore: now}))
		}
		return waiting
	}
	listed := func(alerts []earshot.Alert) (grouped, summaries, cases int) {
		for _, a := range alerts {
			if a.Reason == earshot.ReasonGrouped {
				grouped++
			}
			if a.Kind == earshot.AlertSummary {
				summaries++
				cases += len(a.Cases)
			}
		}
		return grouped, summaries, cases
	}
	for _, c := range []struct {
		n, after, grouped, summaries int
		receiver                     string
	}{
		{n: 20, after: 6, receiver: "care"},
		{n: 95, after: 6, grouped: 95, summaries: 5, receiver: "care"},
		{n: 2000, after: 6 * 3600, grouped: 2000, summaries: 1, receiver: "care"},
		{n: 4, after: 2 * 3600, grouped: 4, summaries: 1, receiver: "care"},
		{n: 2000, after: 6, receiver: "hook"},
	} {
		got := Regroup(pile(c.n, c.receiver), earshot.Tally{Receiver: c.receiver}, p, now.Add(time.Duration(c.after)*time.Second))
		if g, s, cases := listed(got); g != c.grouped || s != c.summaries || cases != c.grouped {
			t.Errorf("%d after %d s at %s: %d grouped in %d summaries of %d, want %d in %d", c.n, c.after, c.receiver, g, s, cases, c.grouped, c.summaries)
		}
		keys := map[string]bool{}
		for _, a := range got {
			if keys[a.Key] {
				t.Errorf("%d: key twice: %s", c.n, a.Key)
			}
			keys[a.Key] = true
		}
	}
}

func TestRegroupAfterAnOutage(t *testing.T) {
	p := policy(t, house())
	then := at("Mon 10:00")
	now := then.Add(6 * time.Hour)
	waiting := func(n int, kind earshot.AlertKind, change func(*earshot.Alert)) (list []earshot.Alert) {
		for i := range n {
			id := fmt.Sprintf("%s%d", kind[:1], i)
			a := earshot.Alert{ID: int64(i + 1), Subject: id, Case: id, Kind: kind, Step: 3, Receiver: "care", Created: then.Add(time.Duration(i) * time.Minute), NotBefore: then}
			if change != nil {
				change(&a)
			}
			list = append(list, rekeyed(a))
		}
		return list
	}
	tl := earshot.Tally{Receiver: "care"}
	urgent := Regroup(waiting(9, earshot.AlertCard, func(a *earshot.Alert) { a.Urgent = true }), tl, p, now)
	want(t, "four urgent ones go singly, the rest at once in one message", urgent,
		"care grouped; care grouped; care grouped; care grouped; care grouped; care summary urgent [c4 c5 c6 c7 c8]")
	if last := urgent[len(urgent)-1]; !last.Urgent {
		t.Error("the summary of what is urgent is not urgent")
	}
	lines := Regroup(waiting(4, earshot.AlertLine, func(a *earshot.Alert) { a.Broadcast = true }), tl, p, now)
	want(t, "lines for the channel are summed up and their cards edited", lines,
		"care grouped; care edit; care grouped; care edit; care grouped; care edit; care grouped; care edit; care summary [l0 l1 l2 l3]")
	want(t, "three reminders go as they are", Regroup(waiting(3, earshot.AlertRemind, nil), tl, p, now), "")
	want(t, "four are one message", Regroup(waiting(4, earshot.AlertRemind, nil), tl, p, now), "care grouped; care grouped; care grouped; care grouped; care summary [r0 r1 r2 r3]")
}
