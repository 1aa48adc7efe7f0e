package crawler

import "sync"

// outage tells our own network's failure from the sources': when three hosts in a
// row cannot be reached (two, if no more were ever reached) and none answered in
// between, it is ours.
type outage struct {
	mu     sync.Mutex
	failed map[string]bool // hosts not reached since the last answer of anybody
	known  map[string]bool // hosts that ever answered, up to outageHosts
}

const outageHosts = 3

// reached notes that a host answered, in whatever words.
func (o *outage) reached(host string) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.failed = nil
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
	return len(o.failed) >= max(2, min(outageHosts, len(o.known)))
}
