package alert

import (
	"time"

	"earshot"
)

// A receiver that had so many new messages in so short a time is crowded: in a
// spike even what is severe is then told by the spike's one card.
const (
	crowd     = 5
	crowdTime = 10 * time.Minute
)

func crowded(tl earshot.Tally, now time.Time) bool {
	n := 0
	for _, at := range tl.Sent {
		if now.Sub(at) < crowdTime {
			n++
		}
	}
	return n >= crowd
}

// spiked decides on the one card of a spike at a receiver.
func (pl planner) spiked(h Hop, tl earshot.Tally) earshot.Alert {
	a := pl.alert(earshot.AlertSpike, pl.t.Event.Seq, h)
	a.Subject = pl.t.Event.Data.Spike
	a = rekeyed(a)
	mute, muted := mutedBy(tl.Mutes, pl.v, pl.now)
	switch {
	case tl.Spike == a.Subject:
		return decided(a, earshot.ReasonDuplicate, "the card of spike %s is there already", tl.Spike)
	case muted:
		return decided(a, earshot.ReasonMuted, "muted by %s until %s: %s", mute.Who, pl.stamp(h.Receiver, mute.Until), mute.Why)
	case h.Digest != "":
		return decided(a, earshot.ReasonDigested, "route %s gathers a digest for %s", h.Route, h.Digest)
	}
	return pl.gate(a, h, tl)
}

// inSpike says whether the card of a spike stands for the case's own at a
// receiver. Key accounts keep theirs, and severe cases while they are few. What
// the clock says of a case that was in a spike is not news later either.
func (pl planner) inSpike(tl earshot.Tally) bool {
	switch {
	case pl.v.Case.Label.Intent != earshot.Complaint || pl.v.Tier == "key":
		return false
	case tl.Spike != "":
		return !pl.urgent() || crowded(tl, pl.now)
	}
	switch pl.t.Event.Kind {
	case earshot.EventOverdue, earshot.EventPromiseDue, earshot.EventPromiseBroken:
		return tl.InSpike
	}
	return false
}

// SpikeEdits change the cards of a spike in place; first are the alerts that
// sent them.
func SpikeEdits(s earshot.Spike, first []earshot.Alert, now time.Time) []earshot.Alert {
	event := earshot.EventSpiked
	if !s.Calmed.IsZero() {
		event = earshot.EventCalmed
	}
	seen := map[string]bool{}
	var out []earshot.Alert
	for _, f := range first {
		if gone := f.Reason != "" && f.Reason != earshot.ReasonSent && f.Reason != earshot.ReasonEdited; gone || seen[f.Receiver] {
			continue
		}
		seen[f.Receiver] = true
		out = append(out, rekeyed(earshot.Alert{Subject: s.ID, Case: s.Lead, Kind: earshot.AlertEdit, Step: s.Step, Event: event, Receiver: f.Receiver,
			Route: f.Route, Created: now, NotBefore: now, Why: "the spike's card changes in place"}))
	}
	return out
}
