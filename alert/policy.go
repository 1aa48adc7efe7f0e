package alert

import (
	"fmt"
	"slices"
	"time"

	"earshot"
)

// PolicyInput is what the config says about alerts.
type PolicyInput struct {
	Routes         []earshot.Route
	Receivers      []earshot.Receiver
	People         earshot.People
	Calendars      map[string]earshot.Calendar
	Zone           *time.Location // where no calendar says otherwise; nil is UTC
	Digests        []DigestSpec
	Ops            string  // the receiver that hears what is deaf; "" nobody
	AlertThreshold float64 // of the intent's confidence, for escalation, mentions of people and broadcasts
	Accounts       []earshot.Account
}

// DigestSpec is a digest of the receiver's own: quality, weekly.
type DigestSpec struct {
	Name string
	To   string
	At   string // "09:45" every day, "Tue 10:00" once a week
}

// Policy is the checked form of PolicyInput. It is immutable: a reload makes a
// new one.
type Policy struct {
	routes    []*route
	receivers map[string]earshot.Receiver
	names     []string // of receivers, in the order of the config
	people    earshot.People
	calendars map[string]earshot.Calendar
	zone      *time.Location
	digests   []digest
	ops       string
	threshold float64
}

// NewPolicy checks the input and returns all its faults. A policy comes back
// even with faults that are only warnings; with others it is nil.
func NewPolicy(in PolicyInput) (*Policy, []*earshot.Fault) {
	p := &Policy{people: in.People, calendars: in.Calendars, zone: in.Zone, ops: in.Ops, threshold: in.AlertThreshold}
	if p.zone == nil {
		p.zone = time.UTC
	}
	c := &checker{p: p}
	c.receivers(in)
	c.routes(in.Routes)
	c.digests(in.Digests)
	if in.Ops != "" {
		c.knownReceiver("ops", in.Ops)
	}
	c.accounts(in.Accounts)
	c.windows()
	if slices.ContainsFunc(c.faults, func(f *earshot.Fault) bool { return !f.Warn }) {
		return nil, c.faults
	}
	return p, c.faults
}

// Receiver returns the receiver of that name. A person is a receiver too: a
// direct message in Slack, else a mail.
func (p *Policy) Receiver(name string) (earshot.Receiver, bool) {
	if r, ok := p.receivers[name]; ok {
		return r, true
	}
	who, ok := p.people.Find(name)
	if !ok {
		return earshot.Receiver{}, false
	}
	r := earshot.Receiver{Name: name, Lang: who.Lang}
	switch {
	case who.Slack != "":
		r.Slack = &earshot.SlackTarget{Channel: who.Slack}
	case who.Mail != "":
		r.Mail = &earshot.MailTarget{To: []string{who.Mail}}
	default:
		return earshot.Receiver{}, false
	}
	return r, true
}

// Receivers lists the names of the configured receivers.
func (p *Policy) Receivers() []string { return slices.Clone(p.names) }

// SlackIDs maps people to their Slack user ids, for mentions.
func (p *Policy) SlackIDs() map[string]string {
	ids := map[string]string{}
	for _, who := range p.people {
		if who.Slack != "" {
			ids[who.Name] = who.Slack
		}
	}
	return ids
}

// Zone is where the receiver lives: its calendar's zone, a person's own, else
// the default.
func (p *Policy) Zone(receiver string) *time.Location {
	if r, ok := p.receivers[receiver]; ok {
		if cal := p.calendar(r.Windows); cal.Zone != nil {
			return cal.Zone
		}
	}
	if who, ok := p.people.Find(receiver); ok && who.Zone != nil {
		return who.Zone
	}
	return p.zone
}

// Fallback readdresses an alert to the fallback of a receiver that is gone. It
// says no for a receiver without one, and for what belongs to a message that
// only the lost receiver had.
func (p *Policy) Fallback(a earshot.Alert) (earshot.Alert, bool) {
	r, ok := p.receivers[a.Receiver]
	if !ok || r.Fallback == "" || a.Kind == earshot.AlertEdit || a.Kind == earshot.AlertLine && !a.Broadcast {
		return a, false
	}
	a.Why = fmt.Sprintf("%s is gone, so its fallback %s is told. %s", a.Receiver, r.Fallback, a.Why)
	a.ID, a.Receiver, a.Reason = 0, r.Fallback, ""
	if a.Kind == earshot.AlertLine {
		a.Kind, a.Broadcast = earshot.AlertCard, false
	}
	a.Key = earshot.AlertKey(a.Subject, a.Kind, a.Step, a.Receiver)
	return a, true
}

// opsFor is who hears the notice: the receiver for ops, or its fallback if the
// news is that its own integration cannot be used.
func (p *Policy) opsFor(n earshot.OpsNotice) string {
	r := p.receivers[p.ops]
	other, ok := p.receivers[r.Fallback]
	if ok && n.Integration != "" && r.Kind() == n.Integration && other.Kind() != n.Integration {
		return other.Name
	}
	return p.ops
}

// calendar returns the calendar of that name; "" and "always" never close.
func (p *Policy) calendar(name string) earshot.Calendar {
	if c, ok := p.calendars[name]; ok {
		return c
	}
	return earshot.Always
}

// window is the calendar in which a hop's receiver may be told.
func (p *Policy) window(h Hop) earshot.Calendar { return p.calendar(h.Windows) }

// pages says whether the case is sure enough to mention people, to broadcast
// and to escalate.
func (p *Policy) pages(v earshot.CaseView) bool {
	return !v.Case.Label.Unsure && v.Case.Label.Confidence >= p.threshold
}

// urgent says whether the case passes caps and windows, and why.
func urgent(v earshot.CaseView) (bool, string) {
	switch {
	case v.Case.Label.Unsure:
		return false, ""
	case v.Case.Label.Severity >= 4:
		return true, "severity 4 passes caps and windows"
	case v.Tier == "key":
		return true, "a key account passes caps and windows"
	}
	return false, ""
}
