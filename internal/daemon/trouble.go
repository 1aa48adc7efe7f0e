package daemon

import (
	"cmp"
	"slices"
	"sync"
	"time"

	"earshot/alert"
)

const (
	slackPatience = 3 * time.Second // between tries while Slack is down: what is urgent goes within 5 s of its return
	otherPatience = time.Minute     // the same for a webhook or a mail server, which somebody else runs
	probeTime     = 1500 * time.Millisecond
	outage        = time.Minute     // trouble this long is an outage: what waited is told calmly
	calmly        = time.Minute     // how long
	calmPace      = 4 * time.Second // between messages then, over all channels of an integration
	blamed        = 3               // tries after which the message itself may be what is refused
)

// troubles remembers which receivers cannot be reached, since when, and which
// came back a moment ago. It is this process's own view; what must outlive it
// (who is paused, what waits) is in the store.
type troubles struct {
	mu sync.Mutex
	at map[string]trouble
}

// trouble is how it stands with one receiver.
type trouble struct {
	kind     string // of integration: slack, webhook, mail
	failures int    // in a row
	since    time.Time
	why      string
	locked   bool      // our credentials are refused
	asked    time.Time // it asked to be left alone until then
	slow     bool      // the last try was never answered: ask with a short call first
	calm     time.Time // until then messages leave slowly, after an outage
}

// failed notes a failed try and returns how long to leave the receiver alone.
func (t *troubles) failed(name, kind string, e *alert.SendError, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	s := t.at[name]
	if s.failures == 0 {
		s.since = now
	}
	s.kind, s.why, s.locked = kind, e.Err.Error(), e.Kind == alert.Auth
	s.slow = e.Kind == alert.InDoubt || s.slow && e.Kind == alert.Retry
	s.failures++
	if e.After > 0 {
		s.asked = now.Add(e.After)
	}
	if t.at == nil {
		t.at = map[string]trouble{}
	}
	t.at[name] = s
	patience := otherPatience
	if kind == "slack" {
		patience = slackPatience
	}
	return max(e.After, min(time.Second<<min(s.failures-1, 10), patience))
}

// worked notes a message that arrived. It says whether that ended a trouble.
func (t *troubles) worked(name string, now time.Time) (recovered bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	s, ok := t.at[name]
	if !ok {
		return false
	}
	recovered = s.failures > 0
	if recovered && now.Sub(s.since) > outage {
		s.calm = now.Add(calmly)
	}
	s.failures, s.slow, s.locked, s.why = 0, false, false, ""
	t.at[name] = s
	if !s.calm.After(now) {
		delete(t.at, name)
	}
	return recovered
}

// pace is how long a channel waits after a message: a second, or after an
// outage so long that all channels together bring a few in a minute.
func (t *troubles) pace(name string, now time.Time) time.Duration {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.at[name].calm.After(now) {
		return pace
	}
	n := 0
	for _, s := range t.at {
		if s.calm.After(now) && s.kind == t.at[name].kind {
			n++
		}
	}
	return min(time.Duration(n)*calmPace, 5*calmPace)
}

// scout is the receiver of an integration that tries for the others: the one
// longest in trouble.
func (t *troubles) scout(kind string) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	best := ""
	for name, s := range t.at {
		if s.kind != kind || s.failures == 0 {
			continue
		}
		if o := t.at[best]; best == "" || s.since.Before(o.since) || s.since.Equal(o.since) && name < best {
			best = name
		}
	}
	return best
}

// asking says whether the receiver asked to be left alone until later than now.
func (t *troubles) asking(name string, now time.Time) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.at[name].asked.After(now)
}

// slow says whether the receiver left the last try without an answer.
func (t *troubles) slow(name string) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.at[name].slow
}

// forget drops what is known, such as when new credentials were given.
func (t *troubles) forget() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.at = nil
}

// outageNews is a trouble worth telling people of.
type outageNews struct {
	Kind  string // of integration
	What  string // the receiver, or the integration that is locked out
	Why   string
	Since time.Time
}

// list tells of integrations that are locked out and of receivers that could
// not be reached for some minutes, the oldest first.
func (t *troubles) list(now time.Time) []outageNews {
	t.mu.Lock()
	defer t.mu.Unlock()
	var out []outageNews
	for name, s := range t.at {
		what := name
		if s.locked {
			what = s.kind
		}
		i := slices.IndexFunc(out, func(o outageNews) bool { return o.What == what })
		if s.failures == 0 || i >= 0 || !s.locked && now.Sub(s.since) < 5*outage {
			continue
		}
		out = append(out, outageNews{Kind: s.kind, What: what, Why: s.why, Since: s.since})
	}
	slices.SortFunc(out, func(a, b outageNews) int { return cmp.Or(a.Since.Compare(b.Since), cmp.Compare(a.What, b.What)) })
	return out
}
