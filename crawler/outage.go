package crawler

import (
	"sync"

	"earshot"
)

// outage tells our own network's failure from the sources': when three hosts in a
// row cannot be reached (two, if no more were ever reached) and none answered in
// between, it is ours. What was counted against the sources of the first ones,
// before that was known, is taken back when they are read next.
type outage struct {
	mu     sync.Mutex
	failed map[string]bool // hosts not reached since the last answer of anybody
	known  map[string]bool // hosts that ever answered, up to outageHosts

	suspect map[string]standing // sources a network failure was counted against since the last answer of anybody
	wronged map[string]standing // those of them that our own outage explains
}

// standing is how it stood with a source before a failure was counted.
type standing struct {
	failures int
	state    earshot.SourceState
	reason   string
}

const (
	outageHosts = 3
	wrongedMax  = 10000 // a larger number is forgotten: each is one error too many, no more
)

// counted notes that a network failure was counted against a source.
func (o *outage) counted(s earshot.Source) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.suspect == nil {
		o.suspect = map[string]standing{}
	}
	key := s.ID + " " + s.URL
	if _, ok := o.suspect[key]; !ok {
		o.suspect[key] = standing{s.Failures, s.State, s.Reason}
	}
	if o.ours() {
		o.acquit()
	}
}

// acquit moves the suspects to those that were wronged.
func (o *outage) acquit() {
	if o.wronged == nil || len(o.wronged) > wrongedMax {
		o.wronged = map[string]standing{}
	}
	for key, was := range o.suspect {
		o.wronged[key] = was
	}
	o.suspect = nil
}

// fair returns a source without what was counted against it in an outage of ours.
func (o *outage) fair(s earshot.Source) earshot.Source {
	o.mu.Lock()
	defer o.mu.Unlock()
	key := s.ID + " " + s.URL
	if was, ok := o.wronged[key]; ok {
		delete(o.wronged, key)
		s.Failures, s.State, s.Reason = was.failures, was.state, was.reason
	}
	return s
}

// reached notes that a host answered, in whatever words.
func (o *outage) reached(host string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.failed, o.suspect = nil, nil
	if len(o.known) < outageHosts {
		if o.known == nil {
			o.known = map[string]bool{}
		}
		o.known[host] = true
	}
}

// missed notes a host that could not be reached and says whether the fault is ours.
func (o *outage) missed(host string) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.failed == nil {
		o.failed = map[string]bool{}
	}
	if len(o.failed) < 64 {
		o.failed[host] = true
	}
	if o.ours() {
		o.acquit()
	}
	return o.ours()
}

func (o *outage) ours() bool { return len(o.failed) >= max(2, min(outageHosts, len(o.known))) }
