package alert

import (
	"strings"
	"testing"
	"time"

	"earshot"
)

func TestPolicyFaults(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*PolicyInput)
		path   string
		says   string
		warn   bool
	}{
		{name: "unknown receiver", change: func(in *PolicyInput) { in.Routes[2].To = "caer" }, path: "routes[2].to", says: `did you mean "care"?`},
		{name: "unknown receiver, nothing near", change: func(in *PolicyInput) { in.Routes[2].To = "management" }, path: "routes[2].to", says: "known are care, hook, desk, ana, ben"},
		{name: "nested", change: func(in *PolicyInput) { in.Routes[1].Routes[0].Windows = "ofice" }, path: "routes[1].routes[0].windows", says: `did you mean "office"?`},
		{name: "unknown calendar", change: func(in *PolicyInput) { in.Receivers[0].Windows = "nights" }, path: "receivers[0].windows", says: "known are always, office"},
		{name: "goes nowhere", change: func(in *PolicyInput) { in.Routes[0].To = "" }, path: "routes[0]", says: "goes nowhere"},
		{name: "two of a name", change: func(in *PolicyInput) { in.Routes[2].Name = "complaints" }, path: "routes[2].name", says: "two routes"},
		{name: "two receivers of a name", change: func(in *PolicyInput) { in.Receivers[1].Name = "care" }, path: "receivers[1].name", says: "two receivers"},
		{name: "no address", change: func(in *PolicyInput) { in.Receivers[2].Mail = nil }, path: "receivers[2]", says: "no address"},
		{name: "its own fallback", change: func(in *PolicyInput) { in.Receivers[0].Fallback = "care" }, path: "receivers[0].fallback", says: "its own fallback"},
		{name: "ladder to nobody", change: func(in *PolicyInput) { in.Routes[1].Escalate[0].To = "anna" }, path: "routes[1].escalate[0].to", says: `did you mean "ana"?`},
		{name: "ladder down", change: func(in *PolicyInput) {
			in.Routes[1].Escalate = append(in.Routes[1].Escalate, earshot.Escalation{After: time.Hour, To: "ben"})
		}, path: "routes[1].escalate[1].after", says: "goes down"},
		{name: "person without address", change: func(in *PolicyInput) { in.People[0].Slack = "" }, path: "routes[1].escalate[0].to", says: "cannot be told"},
		{name: "bad digest time", change: func(in *PolicyInput) { in.Routes[2].Digest = "ten" }, path: "routes[2].digest", says: "09:45"},
		{name: "bad digest day", change: func(in *PolicyInput) { in.Digests[1].At = "Tus 10:00" }, path: "digests.weekly.at", says: "want Mon"},
		{name: "ops", change: func(in *PolicyInput) { in.Ops = "hok" }, path: "ops", says: `did you mean "hook"?`},
		{name: "a label nobody has", change: func(in *PolicyInput) { in.Routes[1].Match = cond("intent", "complaints") }, path: "routes[1].match.intent", says: `did you mean "complaint"?`},
		{name: "account of nobody", change: func(in *PolicyInput) { in.Accounts = []earshot.Account{{Name: "x", Owner: "bem"}} }, path: "accounts[0].owner", says: `did you mean "ben"?`},
		{name: "never reached", change: func(in *PolicyInput) { in.Routes[0].Match, in.Routes[0].Continue = nil, false }, path: "routes[1]", says: "never match", warn: true},
		{name: "narrower after wider", change: func(in *PolicyInput) {
			in.Routes[1].Match = cond("intent", "complaint", "severity", ">=2")
			in.Routes[2].Match = cond("intent", "complaint", "severity", ">=3")
		}, path: "routes[2]", says: "never match", warn: true},
		{name: "windows that hide everything", change: func(in *PolicyInput) {
			var all []string
			for d := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); d.Year() < 2032; d = d.AddDate(0, 0, 1) {
				all = append(all, d.Format(time.DateOnly))
			}
			cal := in.Calendars["office"]
			cal.Holidays = all
			in.Calendars["office"] = cal
		}, path: "receivers[0].windows", says: "never opens", warn: true},
		{name: "no routes", change: func(in *PolicyInput) { in.Routes = nil }, path: "routes", says: "nobody is ever told", warn: true},
		{name: "receiver and person", change: func(in *PolicyInput) { in.Receivers[2].Name, in.Digests = "ben", nil }, path: "receivers[2].name", says: "a person", warn: true},
	} {
		in := house()
		c.change(&in)
		p, faults := NewPolicy(in)
		found := false
		for _, f := range faults {
			found = found || f.Path == c.path && strings.Contains(f.Error(), c.says) && f.Warn == c.warn
		}
		if !found {
			t.Errorf("%s: no fault at %s that says %q in %v", c.name, c.path, c.says, faults)
		}
		if (p == nil) == c.warn {
			t.Errorf("%s: a warning gives a policy, another fault none", c.name)
		}
	}
	if _, faults := NewPolicy(house()); len(faults) != 0 {
		t.Errorf("the house has faults: %v", faults)
	}
}

func TestUnnamedRoutesHaveNumbers(t *testing.T) {
	in := house()
	in.Routes[1].Name, in.Routes[1].Routes[0].Name = "", ""
	p := policy(t, in)
	v := complaint("c1", at("Mon 10:00"))
	if h := p.Match(v.Labels()); h[0].Route != "route-2" {
		t.Errorf("%q", h[0].Route)
	}
	v.Case.Voices = 9
	if h := p.Match(v.Labels()); h[0].Route != "route-2.1" || h[0].Windows != "always" || h[0].Remind != 48*time.Hour {
		t.Errorf("a nested route inherits what it leaves open: %+v", h[0])
	}
}

func TestNeutralMentionsNeedARouteThatAsks(t *testing.T) {
	in := house()
	in.Routes = append(in.Routes, earshot.Route{Name: "rest", To: "hook"}, earshot.Route{Name: "neutral", Match: cond("intent", "none"), To: "desk"})
	p := policy(t, in)
	v := complaint("c1", at("Mon 10:00"))
	v.Case.Label.Intent = earshot.NoIntent
	if h := p.Match(v.Labels()); len(h) != 1 || h[0].Route != "neutral" {
		t.Errorf("%+v", h)
	}
}

func TestFallback(t *testing.T) {
	p := policy(t, house())
	card := rekeyed(earshot.Alert{Subject: "c1", Kind: earshot.AlertCard, Step: 1, Receiver: "care"})
	got, ok := p.Fallback(card)
	if !ok || got.Receiver != "hook" || got.Key != "c1/card/1/hook" {
		t.Errorf("%+v %v", got, ok)
	}
	if _, ok := p.Fallback(got); ok {
		t.Errorf("hook has no fallback")
	}
	card.Kind = earshot.AlertEdit
	if _, ok := p.Fallback(card); ok {
		t.Errorf("an edit has nothing to change elsewhere")
	}
}
