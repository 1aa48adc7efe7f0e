package config

import (
	"fmt"
	"slices"
	"time"

	"earshot"
)

// routes names the unnamed ones by their place: route-1, route-2 at the top,
// and below a route its own name, a point and the place ("complaints.1").
func (r *reader) routes() {
	r.out.Routes = r.level("routes", "", "", r.file.Routes, map[string]string{})
}

func (r *reader) level(section, parent, inherited string, keys []routeKeys, seen map[string]string) []earshot.Route {
	var out []earshot.Route
	for i, k := range keys {
		path := at(section, i)
		name := k.Name
		switch {
		case name == "" && parent == "":
			name = fmt.Sprintf("route-%d", i+1)
		case name == "":
			name = fmt.Sprintf("%s.%d", parent, i+1)
		}
		if other, twice := seen[name]; twice {
			r.fault(path+".name", codeDuplicate, fmt.Sprintf("there are two routes named %q", name), "the other is "+other)
		}
		seen[name] = path
		out = append(out, r.route(path, name, inherited, k, seen))
	}
	return out
}

func (r *reader) route(path, name, inherited string, k routeKeys, seen map[string]string) earshot.Route {
	to := k.To
	if to == "" {
		to = inherited
	}
	if to == "" && len(k.Routes) == 0 && !r.faulty(path) {
		r.fault(path+".to", codeMissing, "missing", "write to: and a receiver")
	}
	r.receiver(path+".to", k.To)
	r.calendar(path+".windows", k.Windows)
	out := earshot.Route{Name: name, Match: r.matched(k.Match), To: k.To, Continue: k.Continue, Windows: k.Windows, Cap: rate(k.Cap),
		MinGap: time.Duration(k.MinGap), Group: time.Duration(k.Group), Remind: time.Duration(k.Remind), Digest: k.Digest.text}
	out.Escalate = r.ladder(path+".escalate", k.Escalate)
	if k.Digest.text != "" && (k.Remind > 0 || len(k.Escalate) > 0) {
		r.fault(path+".digest", codeConflict, "a digest has no card to remind of or to escalate", "take digest out, or remind and escalate")
	}
	out.Routes = r.level(path+".routes", name, to, k.Routes, seen)
	return out
}

// ladder checks that each step comes later than the one before.
func (r *reader) ladder(path string, keys []escalationKeys) []earshot.Escalation {
	var out []earshot.Escalation
	names := append(r.personNames(), r.receiverNames()...)
	for i, k := range keys {
		if !r.lost["people"] && !r.lost["receivers"] {
			r.refer(at(path, i)+".to", "person or receiver", k.To, names)
		}
		if i > 0 && k.After <= keys[i-1].After && !r.faulty(at(path, i)) && !r.faulty(at(path, i-1)) {
			r.fault(at(path, i)+".after", codeConflict, "does not come after the step before it", "write the steps in order")
		}
		out = append(out, earshot.Escalation{After: time.Duration(k.After), To: k.To})
	}
	return out
}

func (r *reader) digests() {
	if q := r.file.Digests.Quality; q != nil {
		r.receiver("digests.quality.to", q.To)
		r.out.Digests = append(r.out.Digests, Digest{Name: "quality", To: q.To, At: q.At.text, Minute: q.At.minute})
	}
	if w := r.file.Digests.Weekly; w != nil {
		r.receiver("digests.weekly.to", w.To)
		r.out.Digests = append(r.out.Digests, Digest{Name: "weekly", To: w.To, At: w.At.text, Weekly: true, Weekday: w.At.day, Minute: w.At.minute})
	}
	r.receiver("ops", r.file.Ops)
	r.out.Ops = r.file.Ops
}

// unused warns of receivers that nothing leads to, unless a reference that is
// wrong, or a part that could not be read, may have meant them.
func (r *reader) unused() {
	unsure := slices.ContainsFunc(r.faults, func(f *earshot.Fault) bool { return f.Code == codeUnknown })
	if unsure || len(r.lost) > 0 || r.faulty("routes") || len(r.file.Routes) == 0 {
		return
	}
	used := append(reached(r.file.Routes), r.file.Ops)
	for _, d := range r.out.Digests {
		used = append(used, d.To)
	}
	for _, k := range r.file.Receivers {
		used = append(used, k.Fallback)
	}
	for i, k := range r.file.Receivers {
		if k.Name != "" && !r.faulty(at("receivers", i)+".name") && !slices.Contains(used, k.Name) {
			r.warn(at("receivers", i)+".name", codeUnused, fmt.Sprintf("nothing leads to the receiver %q", k.Name), "name it in a route, or take it out")
		}
	}
}

func reached(routes []routeKeys) []string {
	var out []string
	for _, k := range routes {
		out = append(out, k.To)
		for _, e := range k.Escalate {
			out = append(out, e.To)
		}
		out = append(out, reached(k.Routes)...)
	}
	return out
}
