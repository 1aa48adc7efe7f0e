package crawler

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// pace keeps the gap between requests to one host. It runs on the monotonic
// clock, not on Options.Now: a stepped wall clock must not make us impolite.
type pace struct {
	perSecond int // <= 0: no pacing
	mu        sync.Mutex
	hosts     map[string]*hostPace
}

type hostPace struct {
	limiter *rate.Limiter
	until   time.Time // Retry-After: nobody asks before
	used    time.Time
}

const (
	paceHosts   = 4096             // hosts remembered before idle ones are forgotten
	paceIdle    = 10 * time.Minute // a host unused for so long may be forgotten
	pacePatient = 15 * time.Second // a held host is waited for this long, else refused as busy
)

func newPace(perSecond int) *pace {
	return &pace{perSecond: perSecond, hosts: map[string]*hostPace{}}
}

// wait blocks until the host may be asked again, or ctx ends.
func (p *pace) wait(ctx context.Context, host string) error {
	delay, held := p.reserve(host, time.Now())
	if held > 0 {
		f := fail(Busy, "the server asked us to wait", "")
		f.after = held
		return f
	}
	if delay <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(delay)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// reserve takes the host's next turn and says how long until then. held is set
// instead when the host asked for more patience than we have.
func (p *pace) reserve(host string, now time.Time) (delay, held time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h := p.host(host, now)
	h.used = now
	if wait := h.until.Sub(now); wait > 0 {
		if wait > pacePatient {
			return 0, wait
		}
		delay = wait
	}
	if h.limiter != nil {
		delay = max(delay, h.limiter.ReserveN(now, 1).DelayFrom(now))
	}
	return delay, 0
}

func (p *pace) host(host string, now time.Time) *hostPace {
	h := p.hosts[host]
	if h != nil {
		return h
	}
	if len(p.hosts) >= paceHosts {
		p.forget(now)
	}
	h = &hostPace{}
	if p.perSecond > 0 {
		h.limiter = rate.NewLimiter(rate.Limit(p.perSecond), 1)
	}
	p.hosts[host] = h
	return h
}

// forget drops hosts that are idle and not held.
func (p *pace) forget(now time.Time) {
	for name, h := range p.hosts {
		if now.Sub(h.used) > paceIdle && !h.until.After(now) {
			delete(p.hosts, name)
		}
	}
}

// hold makes everybody leave the host alone for d.
func (p *pace) hold(host string, d time.Duration) {
	if d <= 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	h := p.host(host, now)
	if until := now.Add(min(d, retryAfterMax)); until.After(h.until) {
		h.until = until
	}
}

// slow spaces requests to the host by at least gap (robots.txt crawl-delay).
func (p *pace) slow(host string, gap time.Duration) {
	if p.perSecond <= 0 || gap <= time.Second/time.Duration(p.perSecond) {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.host(host, time.Now()).limiter.SetLimit(rate.Every(min(gap, 10*time.Second)))
}
