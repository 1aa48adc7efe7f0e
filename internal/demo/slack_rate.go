package demo

import "time"

// Bursts of the calls whose limit is per app, not per channel; they refill at
// one a second, which is Slack's tier 3 (about 50 a minute) rounded.
const (
	updateBurst  = 50
	historyBurst = 50
)

// bucket is a token bucket on the workspace's own clock.
type bucket struct {
	tokens float64
	at     time.Time
}

// take takes one token of the named bucket, or refuses with the time until there
// is one. The caller holds the lock.
func (s *Slack) take(name string, burst int) error {
	if s.opt.Rate < 0 {
		return nil
	}
	now := s.opt.Now()
	b := s.buckets[name]
	if b == nil {
		b = &bucket{tokens: float64(burst), at: now}
		s.buckets[name] = b
	}
	b.tokens = min(float64(burst), b.tokens+float64(now.Sub(b.at))/float64(s.opt.Rate))
	b.at = now
	if b.tokens < 1 {
		r := refuse("ratelimited")
		r.after = time.Duration((1 - b.tokens) * float64(s.opt.Rate))
		return r
	}
	b.tokens--
	return nil
}
