package alert

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"earshot"
)

// Reach names the receivers whose Tally must be loaded before Plan: those the
// case's labels lead to, for a later event also every other that a route names
// (a corrected label may have left a card there), and for a tick the ladder's
// targets with their deputies.
func (p *Policy) Reach(t earshot.Trigger, v earshot.CaseView) []string {
	var names []string
	switch {
	case t.Ops != nil:
		names = addCase(names, p.opsFor(*t.Ops))
	case t.Tick:
		for _, h := range p.Match(v.Labels()) {
			names = addCase(names, h.Receiver)
			for _, e := range h.Escalate {
				for _, to := range p.chain(e.To) {
					names = addCase(names, to)
				}
			}
		}
	case t.Event.Kind == earshot.EventOpened:
		for _, h := range p.Match(v.Labels()) {
			names = addCase(names, h.Receiver)
		}
	default:
		for _, to := range everywhere(p.routes) {
			names = addCase(names, to)
		}
	}
	slices.Sort(names) // locks are always taken in one order
	return names
}

// chain lists who may act for a person: the person, the deputy, and so on.
func (p *Policy) chain(name string) []string {
	names := []string{name}
	for {
		who, ok := p.people.Find(names[len(names)-1])
		if !ok || who.Deputy == "" || slices.Contains(names, who.Deputy) {
			return names
		}
		names = append(names, who.Deputy)
	}
}

// Plan says what the trigger sends to whom, and why not: for an event exactly
// one alert per receiver it reaches, or one without receiver if it reaches
// none; for a tick the reminders and escalations of the case that are due. An
// alert with a reason is decided, one without waits in the outbox.
func Plan(t earshot.Trigger, v earshot.CaseView, p *Policy, tally map[string]earshot.Tally, now time.Time) []earshot.Alert {
	pl := planner{t: t, v: v, p: p, tally: tally, now: now}
	switch {
	case t.Ops != nil:
		return pl.ops()
	case t.Tick:
		return pl.tick()
	}
	return pl.event()
}

// planner is one call of Plan.
type planner struct {
	t     earshot.Trigger
	v     earshot.CaseView
	p     *Policy
	tally map[string]earshot.Tally
	now   time.Time
}

// alert is the trigger's alert of one kind at one hop, planned and not yet decided.
func (pl planner) alert(kind earshot.AlertKind, step int, h Hop) earshot.Alert {
	a := earshot.Alert{Subject: pl.v.Case.ID, Kind: kind, Step: step, Event: pl.t.Event.Kind, Receiver: h.Receiver, Route: h.Route,
		Case: pl.v.Case.ID, Created: pl.now, NotBefore: pl.now}
	return rekeyed(a)
}

// decided gives the alert its terminal reason, in the word and in words.
func decided(a earshot.Alert, r earshot.Reason, format string, args ...any) earshot.Alert {
	a.Reason, a.Why = r, fmt.Sprintf(format, args...)
	a.NotBefore, a.Notify, a.Broadcast, a.Urgent = time.Time{}, nil, false, false
	return a
}

func (pl planner) event() []earshot.Alert {
	hops := pl.hops()
	var out []earshot.Alert
	for _, h := range hops {
		a := pl.at(h)
		if !pl.tally[h.Receiver].PlannedKey[a.Key] {
			out = append(out, a)
		}
	}
	if len(hops) == 0 {
		return []earshot.Alert{pl.nowhere()}
	}
	return out
}

// hops are where the event is felt: where routes lead, unless the case is not
// to be told, and wherever it has a card already.
func (pl planner) hops() []Hop {
	var hops []Hop
	if !pl.v.Competitor && pl.silence() == "" {
		hops = pl.p.Match(pl.v.Labels())
	}
	routed := len(hops)
	for name, tl := range pl.tally {
		if tl.HasCard && !slices.ContainsFunc(hops[:routed], func(h Hop) bool { return h.Receiver == name }) {
			hops = append(hops, Hop{Receiver: name, Windows: pl.p.receivers[name].Windows})
		}
	}
	slices.SortStableFunc(hops[routed:], func(a, b Hop) int { return strings.Compare(a.Receiver, b.Receiver) })
	return hops
}

// silence is why a silent read, or a case from one, sends nothing new of its
// own: what people or the author do later speaks again, the clock does not.
func (pl planner) silence() earshot.Reason {
	if pl.t.Reason != "" {
		return pl.t.Reason
	}
	switch pl.t.Event.Kind {
	case earshot.EventOpened, earshot.EventOverdue, earshot.EventPromiseDue, earshot.EventPromiseBroken:
		return pl.v.Case.Silent
	case earshot.EventFollowUp:
		if pl.v.Case.Work == earshot.WorkNew { // nobody ever took a hand in it
			return pl.v.Case.Silent
		}
	}
	return ""
}

// nowhere is the one alert of an event that reached nobody.
func (pl planner) nowhere() earshot.Alert {
	a := pl.alert(earshot.AlertCard, pl.t.Event.Seq, Hop{})
	switch r := pl.silence(); {
	case pl.v.Competitor:
		return decided(a, earshot.ReasonCompetitor, "%s is a competitor: counted, never alerted", pl.v.Case.Brand)
	case r != "":
		return decided(a, r, "%s", silences[r])
	case pl.v.Case.Label.Intent == earshot.NoIntent:
		return decided(a, earshot.ReasonIntentNone, "a mention without intent needs a route that matches intent: none")
	}
	return decided(a, earshot.ReasonNoRoute, "no route matches this %s about %s", pl.v.Case.Label.Intent, pl.v.Case.Brand)
}

var silences = map[earshot.Reason]string{
	earshot.ReasonFirstRead: "the first read of a source is silent; the welcome message sums it up",
	earshot.ReasonBackfill:  "history that is filled in is silent",
	earshot.ReasonFlood:     "the source sent a flood of old entries and is in quarantine",
	earshot.ReasonStale:     "found more than 14 days after it was published: digest only",
}

// at decides for one receiver.
func (pl planner) at(h Hop) earshot.Alert {
	tl := pl.tally[h.Receiver]
	switch {
	case pl.t.Event.Kind == earshot.EventSpiked:
		return pl.spiked(h, tl)
	case tl.HasCard:
		return pl.change(h, tl)
	}
	return pl.first(h, tl)
}

// first decides on the first message of the case at a receiver.
func (pl planner) first(h Hop, tl earshot.Tally) earshot.Alert {
	a := pl.alert(earshot.AlertCard, pl.t.Event.Seq, h)
	c := pl.v.Case
	mute, muted := mutedBy(tl.Mutes, pl.v, pl.now)
	switch {
	case c.LateFound():
		return decided(a, earshot.ReasonStale, "published %s before it was found: digest only", days(c.FirstSeen.Sub(c.Published)))
	case !pl.t.Event.Kind.Notifies():
		return decided(a, earshot.ReasonGrouped, "there is no card at %s yet; what tells of the case shows this too", h.Receiver)
	case settled(c) && !outlasts(pl.t.Event.Kind, c):
		return decided(a, earshot.ReasonAnsweredMeanwhile, "the case is %s: nobody needs a new card", c.Status())
	case muted:
		return decided(a, earshot.ReasonMuted, "muted by %s until %s: %s", mute.Who, pl.stamp(h.Receiver, mute.Until), mute.Why)
	case h.Digest != "":
		return decided(a, earshot.ReasonDigested, "route %s gathers a digest for %s", h.Route, h.Digest)
	case pl.inSpike(tl):
		return decided(a, earshot.ReasonInSpike, "one card at %s tells of the whole spike", h.Receiver)
	}
	if c.Label.Intent == earshot.Complaint && c.Owner != "" && c.Owner != pl.t.Event.Actor {
		a.Notify = pl.people(c.Owner)
	}
	return pl.gate(a, h, tl)
}

// gate lets a new message through windows and caps, or holds it.
func (pl planner) gate(a earshot.Alert, h Hop, tl earshot.Tally) earshot.Alert {
	a.Urgent = pl.urgent()
	a.Why = fmt.Sprintf("route %s sends this %s to %s", h.Route, pl.v.Case.Label.Intent, h.Receiver)
	window := pl.p.window(h)
	switch shut, full := !window.Open(pl.now), capReached(h.Cap, tl, window.Zone, pl.p.zone, pl.now); {
	case a.Urgent:
		if _, why := urgent(pl.v); shut || full {
			a.Why += "; " + why
		}
		return a
	case shut:
		return pl.held(a, h, window)
	case full:
		return decided(a, earshot.ReasonCapped, "%s had its %s; a summary comes when the next period starts", h.Receiver, rate(h.Cap))
	}
	if h.Group > 0 && a.Kind == earshot.AlertCard {
		a.NotBefore = pl.now.Add(h.Group)
		a.Why += fmt.Sprintf(", with what comes within %s", h.Group)
	}
	return a
}

// held ends what came while the receiver's window is shut.
func (pl planner) held(a earshot.Alert, h Hop, window earshot.Calendar) earshot.Alert {
	opens := pl.stamp(h.Receiver, window.NextOpen(pl.now))
	return decided(a, earshot.ReasonHeldWindow, "%s is outside %s until %s; a summary comes then", h.Receiver, window.Name, opens)
}

// change decides how the card that is there changes: silently, or with a line
// in its thread that a few events also show in the channel.
func (pl planner) change(h Hop, tl earshot.Tally) earshot.Alert {
	e := pl.t.Event
	edit := pl.alert(earshot.AlertEdit, e.Seq, h)
	edit.Why = fmt.Sprintf("the card at %s changes in place", h.Receiver)
	if !speaks(e, pl.v.Case) || pl.t.Reason != "" {
		return edit
	}
	if mute, muted := mutedBy(tl.Mutes, pl.v, pl.now); muted && e.Actor == "" {
		edit.Why += fmt.Sprintf(", silently: muted by %s", mute.Who)
		return edit
	}
	a := pl.alert(earshot.AlertLine, e.Seq, h)
	a.Why = fmt.Sprintf("the card at %s changes, and its thread says so", h.Receiver)
	a.Notify = pl.told(e)
	if !shown(e.Kind) || !pl.p.pages(pl.v) {
		return a
	}
	return pl.broadcast(a, h, tl)
}

// broadcast decides whether the line is shown in the channel, where it is a
// new message: a shut window holds it, a reached cap keeps it in the thread.
func (pl planner) broadcast(a earshot.Alert, h Hop, tl earshot.Tally) earshot.Alert {
	window := pl.p.window(h)
	a.Urgent = pl.urgent()
	switch {
	case !a.Urgent && !window.Open(pl.now):
		return pl.held(a, h, window)
	case !a.Urgent && capReached(h.Cap, tl, window.Zone, pl.p.zone, pl.now):
		a.Why += fmt.Sprintf("; not shown in the channel, which had its %s", rate(h.Cap))
		return a
	}
	a.Broadcast = true
	a.Why += " and shows it in the channel"
	return a
}

// speaks says whether the event is worth a line in the thread: what a person
// did, what changed the answer, what is due. One step that makes several events
// says one of them.
func speaks(e earshot.Event, c earshot.Case) bool {
	switch e.Kind {
	case earshot.EventEvidenceAdded, earshot.EventWoke, earshot.EventResolved:
		return false
	case earshot.EventAnswerChanged:
		return e.Data.To != earshot.AnswerPromised // promise_made follows, and says until when
	case earshot.EventPromiseKept:
		return e.Actor == "" && !c.Answer.Given()
	case earshot.EventCorrected:
		return e.Actor != "" && c.Work != earshot.WorkDismissed
	case earshot.EventPromiseMade, earshot.EventMerged, earshot.EventSplit:
		return true
	}
	return e.Actor != "" || e.Kind.Notifies()
}

// shown says whether the line is shown in the channel as well.
func shown(k earshot.EventKind) bool {
	return k == earshot.EventOverdue || k == earshot.EventReopened
}

// told are the people a line mentions.
func (pl planner) told(e earshot.Event) []string {
	switch e.Kind {
	case earshot.EventOverdue, earshot.EventReopened, earshot.EventPromiseDue, earshot.EventPromiseBroken, earshot.EventRecurred,
		earshot.EventFollowUp, earshot.EventAssigned:
		if pl.v.Case.Owner != e.Actor {
			return pl.people(pl.v.Case.Owner)
		}
	}
	return nil
}

// people gives who is to be mentioned for a name now, if the case is sure
// enough to mention anybody: the person, or while away the deputy.
func (pl planner) people(name string) []string {
	if name == "" || !pl.p.pages(pl.v) {
		return nil
	}
	return []string{pl.p.people.Acting(name, pl.now)}
}

func (pl planner) urgent() bool {
	yes, _ := urgent(pl.v)
	return yes
}

func (pl planner) ops() []earshot.Alert {
	to := pl.p.opsFor(*pl.t.Ops)
	a := pl.alert(earshot.AlertOps, 0, Hop{Receiver: to, Route: "ops"})
	a.Subject, a.Case, a.Ops = pl.t.Ops.Key, "", pl.t.Ops
	a = rekeyed(a)
	a.Why = "those who run Earshot are told once"
	switch {
	case to == "":
		return []earshot.Alert{decided(a, earshot.ReasonNoRoute, "the config names no receiver for ops")}
	case pl.tally[to].PlannedKey[a.Key]:
		return nil
	}
	return []earshot.Alert{a}
}

func (pl planner) stamp(receiver string, t time.Time) string {
	return t.In(pl.p.Zone(receiver)).Format("Mon 2 Jan 15:04 MST")
}

// settled says whether there is nothing left to ask of anybody.
func settled(c earshot.Case) bool {
	return !c.Open() || c.Answer.Given() || c.Merged != ""
}

func days(d time.Duration) string { return fmt.Sprintf("%d days", int(d.Hours()/24)) }

// rekeyed gives the alert the key that its parts make.
func rekeyed(a earshot.Alert) earshot.Alert {
	a.Key = earshot.AlertKey(a.Subject, a.Kind, a.Step, a.Receiver)
	return a
}
