package alert

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"earshot"
)

// digest is a digest of its own, with its schedule read.
type digest struct {
	name   string
	to     string
	minute int // of the local day
	day    time.Weekday
	weekly bool
}

func (c *checker) digests(specs []DigestSpec) {
	for _, s := range specs {
		path := "digests." + s.Name
		c.knownReceiver(path+".to", s.To)
		d, err := parseDigest(s)
		if err != nil {
			c.fault(path+".at", err.Error(), "write \"09:45\" for every day, \"Tue 10:00\" for once a week")
			continue
		}
		c.p.digests = append(c.p.digests, d)
	}
	slices.SortFunc(c.p.digests, func(a, b digest) int { return strings.Compare(a.name, b.name) })
}

func parseDigest(s DigestSpec) (digest, error) {
	d := digest{name: s.Name, to: s.To}
	clock := s.At
	if day, rest, ok := strings.Cut(strings.TrimSpace(s.At), " "); ok {
		week, err := earshot.ParseWeekday(day)
		if err != nil {
			return d, err
		}
		d.day, d.weekly, clock = week, true, rest
	}
	minute, err := earshot.ParseClock(clock)
	d.minute = minute
	return d, err
}

// at returns the digest's time on the local day of t, moved by whole days. A
// wall clock that a zone change skips falls on the next that exists.
func (d digest) at(t time.Time, days int, zone *time.Location) time.Time {
	y, m, day := t.In(zone).Date()
	return time.Date(y, m, day+days, 0, d.minute, 0, 0, zone)
}

func (d digest) on(t time.Time) bool { return !d.weekly || t.Weekday() == d.day }

// last returns the digest's latest time at or before t, next its first after t.
func (d digest) last(t time.Time, zone *time.Location) time.Time {
	for days := 0; ; days-- {
		if at := d.at(t, days, zone); !at.After(t) && d.on(at.In(zone)) {
			return at
		}
	}
}

func (d digest) next(t time.Time, zone *time.Location) time.Time {
	for days := 0; ; days++ {
		if at := d.at(t, days, zone); at.After(t) && d.on(at.In(zone)) {
			return at
		}
	}
}

// late is how long after its time a digest is still worth sending, and fresh
// how long if none was ever sent, so that a first start in the afternoon does
// not open with this morning's digest.
const (
	late  = 6 * time.Hour
	fresh = 10 * time.Minute
)

// due says whether the digest's own time has come and was not yet used.
func (d digest) due(tally earshot.Tally, now time.Time, zone *time.Location) (time.Time, bool) {
	at := d.last(now, zone)
	if tally.LastDigest.IsZero() {
		return at, now.Sub(at) < fresh
	}
	return at, tally.LastDigest.Before(at) && now.Sub(at) < late
}

// digestAlert lists cases under the digest's name and local date.
func digestAlert(name, receiver string, at time.Time, zone *time.Location, cases []string, now time.Time) earshot.Alert {
	subject := name + ":" + at.In(zone).Format(time.DateOnly)
	return earshot.Alert{Key: earshot.AlertKey(subject, earshot.AlertDigest, 0, receiver), Subject: subject, Kind: earshot.AlertDigest, Receiver: receiver,
		Route: name, Created: now, Cases: cases, Expires: at.Add(late),
		Why: fmt.Sprintf("the digest %s goes to %s at %s", name, receiver, at.In(zone).Format("Mon 15:04 MST"))}
}

// planDigests gathers the digests of a receiver that are due: its own, and one
// for each route whose local time has come since something was gathered.
func (p *Policy) planDigests(r string, tally earshot.Tally, now time.Time) []earshot.Alert {
	var out []earshot.Alert
	zone := p.Zone(r)
	for _, d := range p.digests {
		at, due := d.due(tally, now, zone)
		if d.to == r && due && (d.weekly || p.openDay(r, at)) {
			out = append(out, digestAlert(d.name, r, at, zone, p.leftOver(tally.Digested), now))
		}
	}
	for _, name := range routesOf(tally.Digested) {
		d, ok := p.routeDigest(name, r)
		if !ok {
			continue
		}
		at := d.last(now, zone)
		if gathered := upTo(tally.Digested, name, at); len(gathered) > 0 && p.windowOf(r).Open(now) {
			a := digestAlert(name, r, at, zone, gathered, now)
			a.Expires = time.Time{} // what was gathered is told, however late
			out = append(out, a)
		}
	}
	return out
}

// routeDigest is the digest that a route asks for.
func (p *Policy) routeDigest(name, receiver string) (digest, bool) {
	rt, ok := find(p.routes, name)
	if !ok || rt.Digest == "" {
		return digest{}, false
	}
	d, err := parseDigest(DigestSpec{Name: name, To: receiver, At: rt.Digest})
	return d, err == nil
}

// openDay says whether the receiver's calendar opens at all on the day of t: a
// daily digest keeps holidays.
func (p *Policy) openDay(r string, t time.Time) bool {
	cal := p.windowOf(r)
	y, m, d := t.In(p.Zone(r)).Date()
	start := time.Date(y, m, d, 0, 0, 0, 0, p.Zone(r))
	return cal.NextOpen(start).Before(time.Date(y, m, d+1, 0, 0, 0, 0, p.Zone(r)))
}

// windowOf is the receiver's own window.
func (p *Policy) windowOf(r string) earshot.Calendar { return p.calendar(p.receivers[r].Windows) }

// leftOver are the gathered cases that no route's digest takes, such as those
// found late: the receiver's own digest lists them.
func (p *Policy) leftOver(held []earshot.Held) []string {
	var cases []string
	for _, h := range held {
		if _, ok := p.routeDigest(h.Route, ""); !ok {
			cases = addCase(cases, h.Case)
		}
	}
	return cases
}

func upTo(held []earshot.Held, route string, at time.Time) []string {
	var cases []string
	for _, h := range held {
		if h.Route == route && !h.At.After(at) {
			cases = addCase(cases, h.Case)
		}
	}
	return cases
}

func routesOf(held []earshot.Held) []string {
	var names []string
	for _, h := range held {
		names = addCase(names, h.Route)
	}
	slices.Sort(names)
	return names
}

func addCase(list []string, id string) []string {
	if id == "" || slices.Contains(list, id) {
		return list
	}
	return append(list, id)
}
