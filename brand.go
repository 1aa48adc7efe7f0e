package earshot

import "time"

// Brand is a name the operator listens for.
type Brand struct {
	Name       string        // as people are shown it; unique
	Aliases    []string      // other names; the Name itself always counts as one
	Coded      []string      // what those write who avoid the name ("rhymes with singular", a hate site, misspellings): heard, always unsure, never pages
	Category   string        // brings context words: airline bank delivery energy food hotel insurance media rail shop software tech telecom travel
	Query      string        // optional rule in the query language; replaces Name and Aliases when set
	Context    Context       // words that must, or must not, stand near
	Official   Official      // who may speak for the brand
	Owner      string        // person
	Competitor bool          // listened to and counted, never alerted on
	FollowUp   time.Duration // after a resolution: is it really fixed? 0 is never
	SLA        []SLALine     // first line that matches counts
	Tests      []BrandTest   // what `earshot test` runs
}

// Context tells a brand from its namesakes: any of Any must stand near, none of None.
type Context struct {
	Any  []string
	None []string
}

// Official lists the identities that may answer for a brand. A brand without
// any "cannot be seen to answer" and is not ranked.
type Official struct {
	Domains  []string // hosts and their subdomains
	Names    []string // names under which the brand comments
	Accounts []string // profile URLs
	Feeds    []string // the brand's own feeds
}

// Known says whether anybody could be recognised as speaking for the brand.
func (o Official) Known() bool {
	return len(o.Domains)+len(o.Names)+len(o.Accounts)+len(o.Feeds) > 0
}

// SLALine promises an answer within Answer of the calendar's open time to cases that match.
type SLALine struct {
	Match    Match
	Answer   time.Duration
	Calendar string // a calendar's name; "" is always
}

// BrandTest is one line of the brand tests written in the config.
type BrandTest struct {
	Text   string
	Match  bool
	Intent Intent // "" is not checked
}

// Account is a known customer: entries that match it are its, with its tier and owner.
type Account struct {
	Name   string
	Author string
	Site   string
	Tier   string // "key" or "standard"
	Owner  string
}
