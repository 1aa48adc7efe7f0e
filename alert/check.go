package alert

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"earshot"
)

// checker builds a policy and collects every fault on the way.
type checker struct {
	p      *Policy
	faults []*earshot.Fault
}

func (c *checker) fault(path, what, do string) {
	c.faults = append(c.faults, &earshot.Fault{Code: "bad_alerts", What: what, Do: do, Path: path})
}

func (c *checker) warn(path, what, do string) {
	c.faults = append(c.faults, &earshot.Fault{Code: "odd_alerts", What: what, Do: do, Path: path, Warn: true})
}

func (c *checker) receivers(in PolicyInput) {
	c.p.receivers = map[string]earshot.Receiver{}
	for i, r := range in.Receivers {
		path := fmt.Sprintf("receivers[%d]", i)
		switch _, twice := c.p.receivers[r.Name]; {
		case r.Name == "":
			c.fault(path, "a receiver has no name", "give it a name that routes can use")
			continue
		case twice:
			c.fault(path+".name", fmt.Sprintf("there are two receivers named %q", r.Name), "rename one of them")
		case r.Slack == nil && r.Webhook == nil && r.Mail == nil:
			c.fault(path, fmt.Sprintf("receiver %q has no address", r.Name), "give it slack, webhook or mail")
		}
		if _, person := in.People.Find(r.Name); person {
			c.warn(path+".name", fmt.Sprintf("%q is a receiver and a person; routes mean the receiver", r.Name), "rename the receiver")
		}
		c.knownCalendar(path+".windows", r.Windows)
		c.p.receivers[r.Name] = r
		c.p.names = append(c.p.names, r.Name)
	}
	for i, r := range in.Receivers {
		if r.Fallback != "" {
			c.fallback(fmt.Sprintf("receivers[%d].fallback", i), r)
		}
	}
}

func (c *checker) fallback(path string, r earshot.Receiver) {
	if r.Fallback == r.Name {
		c.fault(path, fmt.Sprintf("receiver %q is its own fallback", r.Name), "name another receiver")
		return
	}
	c.knownReceiver(path, r.Fallback)
}

func (c *checker) routes(routes []earshot.Route) {
	c.p.routes = compile(routes, nil, "routes", "")
	if len(routes) == 0 {
		c.warn("routes", "there are no routes, so nobody is ever told", "add a route such as {match: {intent: complaint}, to: RECEIVER}")
	}
	c.level(c.p.routes)
	seen := map[string]bool{}
	c.names(c.p.routes, seen)
}

func (c *checker) names(routes []*route, seen map[string]bool) {
	for _, r := range routes {
		if seen[r.Name] {
			c.fault(r.path+".name", fmt.Sprintf("there are two routes named %q", r.Name), "rename one of them: the alert log names routes")
		}
		seen[r.Name] = true
		c.names(r.children, seen)
	}
}

// level checks the routes of one list, and then what is nested in them.
func (c *checker) level(routes []*route) {
	for i, r := range routes {
		c.route(r)
		for _, before := range routes[:i] {
			if !before.Continue && before.To != "" && covers(before.Match, r.Match) {
				c.warn(r.path, fmt.Sprintf("route %q can never match: %q before it takes all of it", r.Name, before.Name),
					"move it up, narrow the one before, or let that one `continue: true`")
				break
			}
		}
		c.level(r.children)
	}
}

func (c *checker) route(r *route) {
	if r.To == "" && len(r.children) == 0 {
		c.fault(r.path, fmt.Sprintf("route %q goes nowhere", r.Name), "give it a receiver: to: NAME")
	}
	if r.To != "" {
		c.knownReceiver(r.path+".to", r.To)
	}
	c.knownCalendar(r.path+".windows", r.Windows)
	for i, e := range r.Escalate {
		path := fmt.Sprintf("%s.escalate[%d]", r.path, i)
		c.knownReceiver(path+".to", e.To)
		if i > 0 && e.After < r.Escalate[i-1].After {
			c.fault(path+".after", "the ladder goes down: each step must come after the one before", "put the steps in order of time")
		}
	}
	if r.Digest != "" {
		if _, err := earshot.ParseClock(r.Digest); err != nil {
			c.fault(r.path+".digest", err.Error(), "write the local time of day, such as \"10:00\"")
		}
	}
	c.match(r)
}

// match checks the words that a label can have at all.
func (c *checker) match(r *route) {
	for _, cond := range r.Match {
		known := earshot.MatchValues(cond.Key)
		for _, t := range cond.Terms {
			if known == nil || t.Op != "=" && t.Op != "!" || slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, t.Value) }) {
				continue
			}
			c.fault(r.path+".match."+cond.Key, fmt.Sprintf("no case ever has %s %q", cond.Key, t.Value), meant(t.Value, known))
		}
	}
}

// covers says whether whatever narrow matches, wide matches too.
func covers(wide, narrow earshot.Match) bool {
	for _, w := range wide {
		n, ok := narrow.Condition(w.Key)
		if !ok || !slices.ContainsFunc(n.Terms, func(t earshot.Term) bool { return t.Op != "!" }) {
			return false
		}
		for _, t := range n.Terms {
			if t.Op != "!" && !slices.ContainsFunc(w.Terms, func(u earshot.Term) bool { return implies(t, u) }) {
				return false
			}
		}
	}
	return true
}

// implies says whether a value that satisfies t satisfies u.
func implies(t, u earshot.Term) bool {
	switch {
	case t == u:
		return true
	case t.Op == u.Op && (t.Op == ">=" || t.Op == ">"):
		return t.Num >= u.Num
	case t.Op == u.Op && (t.Op == "<=" || t.Op == "<"):
		return t.Num <= u.Num
	}
	return t.Op == "=" && u.Op == "=" && strings.EqualFold(t.Value, u.Value)
}

func (c *checker) knownReceiver(path, name string) {
	if _, ok := c.p.Receiver(name); ok {
		return
	}
	if _, person := c.p.people.Find(name); person {
		c.fault(path, fmt.Sprintf("%q cannot be told: no slack id and no mail", name), "give the person one of the two")
		return
	}
	known := slices.Clone(c.p.names)
	for _, who := range c.p.people {
		known = append(known, who.Name)
	}
	c.fault(path, fmt.Sprintf("there is no receiver %q", name), meant(name, known))
}

func (c *checker) knownCalendar(path, name string) {
	if _, ok := c.p.calendars[name]; ok || name == "" || name == earshot.Always.Name {
		return
	}
	known := []string{earshot.Always.Name}
	for n := range c.p.calendars {
		known = append(known, n)
	}
	slices.Sort(known)
	c.fault(path, fmt.Sprintf("there is no calendar %q", name), meant(name, known))
}

// windows warns of a receiver whose windows never open.
func (c *checker) windows() {
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for i, name := range c.p.names {
		cal := c.p.calendar(c.p.receivers[name].Windows)
		if cal.NextOpen(from).Sub(from) > 370*24*time.Hour {
			c.warn(fmt.Sprintf("receivers[%d].windows", i), fmt.Sprintf("calendar %q never opens, so %q would hear nothing", cal.Name, name),
				"give the calendar hours that are not holidays")
		}
	}
}

func (c *checker) accounts(accounts []earshot.Account) {
	for i, a := range accounts {
		if _, ok := c.p.people.Find(a.Owner); a.Owner != "" && !ok {
			var known []string
			for _, who := range c.p.people {
				known = append(known, who.Name)
			}
			c.fault(fmt.Sprintf("accounts[%d].owner", i), fmt.Sprintf("there is no person %q", a.Owner), meant(a.Owner, known))
		}
	}
}

// meant proposes the nearest known name, or lists them all.
func meant(word string, known []string) string {
	best, distance := "", 3
	for _, k := range known {
		if d := editDistance(strings.ToLower(word), strings.ToLower(k)); d < distance {
			best, distance = k, d
		}
	}
	switch {
	case best != "":
		return fmt.Sprintf("did you mean %q?", best)
	case len(known) == 0:
		return "define it first"
	}
	return "known are " + strings.Join(known, ", ")
}

// editDistance counts the letters to insert, drop or change (Levenshtein).
func editDistance(a, b string) int {
	s, t := []rune(a), []rune(b)
	row := make([]int, len(t)+1)
	for j := range row {
		row[j] = j
	}
	for i := range s {
		left := row[0]
		row[0] = i + 1
		for j := range t {
			cost := left
			if s[i] != t[j] {
				cost++
			}
			left = row[j+1]
			row[j+1] = min(cost, row[j]+1, left+1)
		}
	}
	return row[len(t)]
}
