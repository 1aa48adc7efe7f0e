package earshot

import "time"

// Role is what a person may do.
type Role string

// The roles: a viewer reads, a responder acts on cases, an admin manages people and sources.
const (
	Viewer    Role = "viewer"
	Responder Role = "responder"
	Admin     Role = "admin"
)

// Person is somebody in the config's people. The file says who people are; the
// database holds how they log in.
type Person struct {
	Name   string
	Slack  string // Slack user id
	Mail   string
	Role   Role
	Zone   *time.Location
	Lang   string
	Deputy string
	Away   []Away
}

// Away is a stretch of whole days, both ends included, in the person's zone.
type Away struct{ From, To string } // 2006-01-02

// AwayAt says whether the person is away at t.
func (p Person) AwayAt(t time.Time) bool {
	zone := p.Zone
	if zone == nil {
		zone = time.UTC
	}
	day := t.In(zone).Format(time.DateOnly)
	for _, a := range p.Away {
		if a.From <= day && day <= a.To {
			return true
		}
	}
	return false
}

// People finds persons by name.
type People []Person

// Find returns the person of that name.
func (ps People) Find(name string) (Person, bool) {
	for _, p := range ps {
		if p.Name == name {
			return p, true
		}
	}
	return Person{}, false
}

// Acting returns who acts for name at t: the person, or while away the deputy
// (or the deputy's deputy; a ring of absent people gives the first).
func (ps People) Acting(name string, t time.Time) string {
	at := name
	for range ps {
		p, ok := ps.Find(at)
		if !ok || !p.AwayAt(t) || p.Deputy == "" {
			return at
		}
		at = p.Deputy
	}
	return name
}
