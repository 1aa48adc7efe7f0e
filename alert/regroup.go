package alert

import (
	"cmp"
	"slices"
	"time"

	"earshot"
)

// How much may wait as single cards before it is summed up: together within a
// receiver's group time, or piled up because sending is slower than what comes.
const (
	together = 3
	piled    = 20
	pressing = 4           // urgent cards that go singly, however many wait
	listed   = 20          // cases in one summary
	flood    = 5 * listed  // from here on one summary tells the number
	pause    = time.Minute // between summaries of a pile
)

// Regroup looks at all new messages about cases that wait for one receiver, when
// the first is due, and sums up what would be a flood: those with reason grouped
// are done, a summary is new, those with a later NotBefore wait for the next
// summary. A handful goes as it is, the urgent first; a webhook takes each. A
// line that is summed up leaves an edit, so that its card shows what it said.
func Regroup(waiting []earshot.Alert, tally earshot.Tally, p *Policy, now time.Time) []earshot.Alert {
	r, _ := p.Receiver(tally.Receiver)
	if r.Webhook != nil {
		return nil
	}
	var cards, urgent []earshot.Alert
	group, limit := r.Group, piled
	for _, a := range waiting {
		late := oversleeps(a, now)
		switch {
		case a.Reason != "" || a.Kind != earshot.AlertCard && !late:
		case a.Urgent:
			urgent = append(urgent, a)
		default:
			cards = append(cards, a)
			group = max(group, p.hopOf(a).Group)
			if late {
				limit = together
			}
		}
	}
	if group > 0 {
		limit = together
	}
	var out []earshot.Alert
	if len(urgent) > pressing+1 {
		sorted(urgent)
		out = heap(urgent[pressing:], tally, pause, now)
	}
	if len(cards) > limit {
		out = append(out, heap(cards, tally, max(pause, group), now)...)
	}
	return out
}

// heap sums the alerts up, or puts them off if there was a summary a moment ago.
func heap(pile []earshot.Alert, tally earshot.Tally, pause time.Duration, now time.Time) []earshot.Alert {
	if next := tally.LastSum.Add(pause); next.After(now) {
		return postpone(pile, next)
	}
	return grouped(pile, tally.Receiver, now)
}

func postpone(pile []earshot.Alert, until time.Time) []earshot.Alert {
	out := slices.Clone(pile)
	for i := range out {
		out[i].NotBefore = until
	}
	return out
}

func sorted(pile []earshot.Alert) {
	slices.SortStableFunc(pile, func(a, b earshot.Alert) int {
		return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.Case, b.Case))
	})
}

// grouped ends the alerts and lists their cases in summaries.
func grouped(pile []earshot.Alert, receiver string, now time.Time) []earshot.Alert {
	sorted(pile)
	var cases []string
	var out []earshot.Alert
	for _, a := range pile {
		cases = addCase(cases, a.Case)
		out = append(out, decided(a, earshot.ReasonGrouped, "%d cases came together and are told in one message", len(pile)))
		if a.Kind == earshot.AlertLine {
			out = append(out, edited(a.Case, a.Step, receiver, now))
		}
	}
	size := listed
	if len(cases) > flood {
		size = len(cases)
	}
	first := pile[0].Created
	for part := range slices.Chunk(cases, size) {
		s := summary(receiver, earshot.ReasonGrouped, first, slices.Clone(part), now)
		s.Urgent = pile[0].Urgent
		out = append(out, s)
		first = first.Add(time.Millisecond) // each part is a summary of its own
	}
	return out
}

// Record returns the tallies with the alerts counted, so that several triggers
// can be planned in one transaction. Of planned alerts it notes what Plan reads
// again; the store derives the same from its rows.
func Record(tally map[string]earshot.Tally, alerts []earshot.Alert) map[string]earshot.Tally {
	out := make(map[string]earshot.Tally, len(tally))
	for name, tl := range tally {
		out[name] = tl
	}
	for _, a := range alerts {
		if a.Receiver != "" {
			out[a.Receiver] = recorded(out[a.Receiver], a)
		}
	}
	return out
}

func recorded(tl earshot.Tally, a earshot.Alert) earshot.Tally {
	tl.Receiver = a.Receiver
	keys := map[string]bool{a.Key: true}
	for k := range tl.PlannedKey {
		keys[k] = true
	}
	tl.PlannedKey = keys
	held := earshot.Held{Case: a.Case, Key: a.Key, Route: a.Route, Reason: a.Reason, At: a.Created}
	switch a.Reason {
	case earshot.ReasonHeldWindow, earshot.ReasonCapped:
		tl.Held = append(slices.Clone(tl.Held), held)
	case earshot.ReasonDigested, earshot.ReasonStale:
		tl.Digested = append(slices.Clone(tl.Digested), held)
	case "":
		tl = sent(tl, a)
	}
	return tl
}

func sent(tl earshot.Tally, a earshot.Alert) earshot.Tally {
	if Counts(a) {
		tl.Sent = append(slices.Clone(tl.Sent), a.Created)
	}
	switch a.Kind {
	case earshot.AlertCard:
		tl.HasCard = true
		if tl.FirstCard.IsZero() {
			tl.FirstCard = a.Created
		}
		tl.LastSend = a.Created
	case earshot.AlertRemind:
		tl.Reminders++
		tl.HasCard = true
		tl.LastSend = a.Created
	case earshot.AlertEscalate:
		tl.Escalated++
	case earshot.AlertSummary:
		tl.LastSum, tl.Held = a.Created, without(tl.Held, a.Cases)
	case earshot.AlertDigest:
		tl.LastDigest, tl.Digested = a.Created, without(tl.Digested, a.Cases)
	}
	if a.Broadcast {
		tl.LastSend = a.Created
	}
	return tl
}

// without drops the held alerts of the cases that were listed.
func without(held []earshot.Held, cases []string) []earshot.Held {
	return slices.DeleteFunc(slices.Clone(held), func(h earshot.Held) bool { return slices.Contains(cases, h.Case) })
}
