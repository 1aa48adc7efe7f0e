package alert

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"earshot"
)

// PlanReceiver plans what is due at a receiver whatever the case: a summary
// when a window opens or a cap's period starts, and its digests at their local
// times. A held line's card is edited then, since it stood still meanwhile.
func PlanReceiver(p *Policy, r string, tally earshot.Tally, now time.Time) []earshot.Alert {
	var out []earshot.Alert
	var ready []earshot.Held
	at := time.Time{}
	for _, h := range tally.Held {
		if t := p.readyAt(r, h); !t.After(now) && p.windowFor(r, h).Open(now) {
			ready = append(ready, h)
			at = sooner(at, t)
		}
	}
	if cases := casesOf(ready); len(cases) > 0 {
		if !tally.LastSum.Before(at) {
			at = now // one opening, held alerts that were committed later
		}
		out = append(out, summary(r, ready[0].Reason, at, cases, now))
		out = append(out, refresh(r, ready, now)...)
	}
	return append(out, p.planDigests(r, tally, now)...)
}

// readyAt is when a held alert may first be summed up: its window is open, and
// for a cap a new period has started. A window may have shut again since.
func (p *Policy) readyAt(r string, h earshot.Held) time.Time {
	hop, window := p.hopFor(r, h), p.windowFor(r, h)
	if h.Reason != earshot.ReasonCapped || hop.Cap.N == 0 {
		return window.NextOpen(h.At)
	}
	_, next := period(hop.Cap, h.At, cmp.Or(window.Zone, p.zone))
	return window.NextOpen(next)
}

// hopFor finds the rules under which an alert was held.
func (p *Policy) hopFor(r string, h earshot.Held) Hop {
	return p.hopOf(earshot.Alert{Receiver: r, Route: h.Route})
}

func (p *Policy) windowFor(r string, h earshot.Held) earshot.Calendar {
	return p.window(p.hopFor(r, h))
}

// summary lists cases under why they were held back and when that ended; with
// the first case in its subject no two summaries are one.
func summary(receiver string, why earshot.Reason, at time.Time, cases []string, now time.Time) earshot.Alert {
	subject := string(why) + ":" + at.UTC().Format("2006-01-02T15:04:05.000Z") + ":" + cases[0]
	return rekeyed(earshot.Alert{Subject: subject, Kind: earshot.AlertSummary, Receiver: receiver, Created: now, NotBefore: now, Cases: cases,
		Why: fmt.Sprintf("%d cases were held back (%s)", len(cases), why)})
}

// heldBecause reads why a summary's cases were held back.
func heldBecause(a earshot.Alert) earshot.Reason {
	why, _, _ := strings.Cut(a.Subject, ":")
	return earshot.Reason(why)
}

// refresh edits the cards of held lines: the step is that of the line.
func refresh(receiver string, held []earshot.Held, now time.Time) []earshot.Alert {
	var out []earshot.Alert
	for _, h := range held {
		rest, ok := strings.CutPrefix(h.Key, h.Case+"/"+string(earshot.AlertLine)+"/")
		if !ok {
			continue
		}
		var step int
		if _, err := fmt.Sscanf(rest, "%d/", &step); err != nil {
			continue // a key of another form names no card to refresh
		}
		out = append(out, edited(h.Case, step, receiver, now))
	}
	return out
}

// edited brings a card up to date whose line is told in a summary.
func edited(id string, step int, receiver string, now time.Time) earshot.Alert {
	return rekeyed(earshot.Alert{Subject: id, Case: id, Kind: earshot.AlertEdit, Step: step, Receiver: receiver,
		Created: now, NotBefore: now, Why: "the card changes now that the summary told of it"})
}

func casesOf(held []earshot.Held) []string {
	var cases []string
	for _, h := range held {
		cases = addCase(cases, h.Case)
	}
	return cases
}

// NextTick returns when PlanReceiver next has something to do at the receiver,
// zero if only news can give it any.
func (p *Policy) NextTick(r string, tally earshot.Tally, now time.Time) time.Time {
	var next time.Time
	for _, h := range tally.Held {
		next = sooner(next, p.windowFor(r, h).NextOpen(later(p.readyAt(r, h), now)))
	}
	zone := p.Zone(r)
	for _, d := range p.digests {
		if d.to != r {
			continue
		}
		if at, due := d.due(tally, now, zone); due && (d.weekly || p.openDay(r, at)) {
			return now
		}
		next = sooner(next, d.next(now, zone))
	}
	for _, name := range routesOf(tally.Digested) {
		if d, ok := p.routeDigest(name, r); ok {
			for _, h := range tally.Digested {
				if h.Route == name {
					at := d.last(h.At, zone)
					if at.Before(h.At) {
						at = d.next(h.At, zone)
					}
					next = sooner(next, p.windowOf(r).NextOpen(later(at, now)))
				}
			}
		}
	}
	return next
}

// Welcome is the one message of a first day, a restore or a long outage: cases
// worth an answer, a card for which can be asked.
func Welcome(receiver string, cases []string, now time.Time) earshot.Alert {
	subject := "welcome:" + now.UTC().Format(time.DateOnly)
	return rekeyed(earshot.Alert{Subject: subject, Kind: earshot.AlertWelcome, Receiver: receiver, Created: now, NotBefore: now, Cases: cases,
		Why: "every source was tried once; reading them was silent"})
}

// AskedCard is the card that a person asked for, such as from the welcome
// message: it passes windows and caps.
func AskedCard(v earshot.CaseView, receiver, who string, now time.Time) earshot.Alert {
	return rekeyed(earshot.Alert{Subject: v.Case.ID, Case: v.Case.ID, Kind: earshot.AlertCard, Step: v.Case.Rev, Receiver: receiver, Created: now,
		NotBefore: now, Urgent: true, Why: who + " asked for the card"})
}
