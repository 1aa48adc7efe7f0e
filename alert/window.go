package alert

import (
	"fmt"
	"time"

	"earshot"
)

// period returns when the cap's period that holds t began, and when the next
// begins: clock hours and local days.
func period(r earshot.Rate, t time.Time, zone *time.Location) (from, to time.Time) {
	y, m, d := t.In(zone).Date()
	if r.Per < 24*time.Hour {
		from = t.Truncate(max(r.Per, time.Minute))
		return from, from.Add(max(r.Per, time.Minute))
	}
	return time.Date(y, m, d, 0, 0, 0, 0, zone), time.Date(y, m, d+1, 0, 0, 0, 0, zone)
}

// capReached says whether the receiver had all its new messages of the period.
func capReached(r earshot.Rate, tl earshot.Tally, zone, fallback *time.Location, now time.Time) bool {
	if r.N <= 0 {
		return false
	}
	if zone == nil {
		zone = fallback
	}
	from, _ := period(r, now, zone)
	n := 0
	for _, at := range tl.Sent {
		if !at.Before(from) {
			n++
		}
	}
	return n >= r.N
}

func rate(r earshot.Rate) string {
	per := r.Per.String()
	switch r.Per {
	case time.Hour:
		per = "hour"
	case 24 * time.Hour:
		per = "day"
	}
	return fmt.Sprintf("%d messages a %s", r.N, per)
}

// Counts says whether the alert is a new message that a cap counts: not what
// changes a message or stays in its thread, and not what sums others up.
func Counts(a earshot.Alert) bool {
	switch a.Kind {
	case earshot.AlertCard, earshot.AlertSpike, earshot.AlertEscalate:
		return true
	}
	return a.Broadcast
}

// mutedBy returns the mute that hides the case.
func mutedBy(mutes []earshot.Mute, v earshot.CaseView, now time.Time) (earshot.Mute, bool) {
	labels := v.Labels()
	for _, m := range mutes {
		if m.Until.After(now) && m.Match.Holds(labels) {
			return m, true
		}
	}
	return earshot.Mute{}, false
}

// Hidden previews a mute: the alerts that it would have hidden, of those that
// were sent for the cases given.
func Hidden(m earshot.Mute, sent []earshot.Alert, views map[string]earshot.CaseView) []earshot.Alert {
	var out []earshot.Alert
	for _, a := range sent {
		v, ok := views[a.Case]
		if ok && (Counts(a) || a.Kind == earshot.AlertRemind) && m.Match.Holds(v.Labels()) {
			out = append(out, a)
		}
	}
	return out
}
