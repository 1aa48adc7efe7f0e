package alert

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"earshot"
)

// route is a checked route with what it inherits filled in.
type route struct {
	earshot.Route
	path     string // in the config: routes[2].routes[0]
	none     bool   // it, or a parent, asks for mentions without an intent
	children []*route
}

// Hop is one receiver that a case reaches, and by which rules: the route's own,
// else the receiver's.
type Hop struct {
	Route    string
	Receiver string
	Windows  string
	Cap      earshot.Rate
	MinGap   time.Duration
	Group    time.Duration
	Remind   time.Duration
	Escalate []earshot.Escalation
	Digest   string
}

// inherit fills what a nested route leaves open from its parent. Continue and
// the match are its own.
func inherit(r earshot.Route, parent *route) earshot.Route {
	if parent == nil {
		return r
	}
	r.To = cmp.Or(r.To, parent.To)
	r.Windows = cmp.Or(r.Windows, parent.Windows)
	r.Cap = cmp.Or(r.Cap, parent.Cap)
	r.MinGap = cmp.Or(r.MinGap, parent.MinGap)
	r.Group = cmp.Or(r.Group, parent.Group)
	r.Remind = cmp.Or(r.Remind, parent.Remind)
	r.Digest = cmp.Or(r.Digest, parent.Digest)
	if r.Escalate == nil {
		r.Escalate = parent.Escalate
	}
	return r
}

// compile names the routes, fills in what they inherit and notes where each
// stands in the config.
func compile(routes []earshot.Route, parent *route, path, number string) []*route {
	var out []*route
	for i, r := range routes {
		n := fmt.Sprintf("%s%d", number, i+1)
		at := fmt.Sprintf("%s[%d]", path, i)
		c := &route{Route: inherit(r, parent), path: at}
		if c.Name == "" {
			c.Name = "route-" + n
		}
		c.none = parent != nil && parent.none || asksForNone(r.Match)
		c.children = compile(r.Routes, c, at+".routes", n+".")
		out = append(out, c)
	}
	return out
}

// asksForNone says whether the match names the intent none: a sure neutral
// mention is carded only where a route asks for it.
func asksForNone(m earshot.Match) bool {
	c, ok := m.Condition("intent")
	return ok && slices.ContainsFunc(c.Terms, func(t earshot.Term) bool { return t.Op == "=" && t.Value == string(earshot.NoIntent) })
}

// Match returns the hops of a case with these labels: the first route that
// matches, deeper routes before their parent, more after a route that
// continues; each receiver once.
func (p *Policy) Match(labels earshot.Labels) []Hop {
	var hops []Hop
	for _, r := range match(p.routes, labels) {
		if slices.ContainsFunc(hops, func(h Hop) bool { return h.Receiver == r.To }) {
			continue
		}
		hops = append(hops, p.hop(r))
	}
	return hops
}

func match(routes []*route, labels earshot.Labels) []*route {
	var out []*route
	for _, r := range routes {
		if !r.Match.Holds(labels) {
			continue
		}
		deeper := match(r.children, labels)
		if len(deeper) == 0 && r.takes(labels) {
			deeper = []*route{r}
		}
		out = append(out, deeper...)
		if !r.Continue && len(deeper) > 0 {
			break
		}
	}
	return out
}

// takes says whether the route itself may take what it matches: it needs a
// receiver, and a mention without intent needs a route that asks for it.
func (r *route) takes(labels earshot.Labels) bool {
	return r.To != "" && (r.none || !slices.Contains(labels["intent"], string(earshot.NoIntent)))
}

// hop settles what holds at the route's receiver.
func (p *Policy) hop(r *route) Hop {
	to := p.receivers[r.To]
	return Hop{Route: r.Name, Receiver: r.To, Windows: cmp.Or(r.Windows, to.Windows), Cap: cmp.Or(r.Cap, to.Cap),
		MinGap: cmp.Or(r.MinGap, to.MinGap), Group: cmp.Or(r.Group, to.Group), Remind: r.Remind, Escalate: r.Escalate, Digest: r.Digest}
}

// everywhere lists each receiver that any route names.
func everywhere(routes []*route) []string {
	var names []string
	for _, r := range routes {
		names = append(names, r.To)
		names = append(names, everywhere(r.children)...)
	}
	return names
}

// Presses says whether any route to the receiver reminds or escalates.
func (p *Policy) Presses(receiver string) bool { return presses(p.routes, receiver) }

func presses(routes []*route, receiver string) bool {
	return slices.ContainsFunc(routes, func(r *route) bool {
		return r.To == receiver && (r.Remind > 0 || len(r.Escalate) > 0) || presses(r.children, receiver)
	})
}

// find returns the route of that name.
func find(routes []*route, name string) (*route, bool) {
	for _, r := range routes {
		if r.Name == name {
			return r, true
		}
		if c, ok := find(r.children, name); ok {
			return c, true
		}
	}
	return nil, false
}
