package crawler

import (
	"context"
	"net/url"
	"sync"
	"time"
)

const (
	robotsFresh  = 24 * time.Hour      // a good copy is used for so long (RFC 9309 2.4)
	robotsRetry  = 15 * time.Minute    // an unreachable robots.txt is asked again after this
	robotsGiveUp = 30 * 24 * time.Hour // unreachable for so long counts as absent (2.3.1.4)
	robotsHosts  = 4096
)

// robotsCache keeps what each origin's robots.txt said.
type robotsCache struct {
	mu    sync.Mutex
	hosts map[string]*robotsEntry
}

type robotsEntry struct {
	turn    chan struct{} // one fetch at a time: holds a token while one looks
	file    robotsFile
	known   bool // file holds a copy that was read once
	blocked bool // unreachable: everything is disallowed for now
	since   time.Time
	expires time.Time
}

func newRobotsCache() *robotsCache { return &robotsCache{hosts: map[string]*robotsEntry{}} }

func (r *robotsCache) entry(origin string, now time.Time) *robotsEntry {
	r.mu.Lock()
	defer r.mu.Unlock()
	e := r.hosts[origin]
	if e == nil {
		if len(r.hosts) >= robotsHosts {
			r.forget(now)
		}
		e = &robotsEntry{turn: make(chan struct{}, 1)}
		r.hosts[origin] = e
	}
	return e
}

// forget drops what has expired; if nothing has, everything (a cache may).
func (r *robotsCache) forget(now time.Time) {
	for origin, e := range r.hosts {
		select {
		case e.turn <- struct{}{}:
			if now.After(e.expires) {
				delete(r.hosts, origin)
			}
			<-e.turn
		default: // being read
		}
	}
	if len(r.hosts) >= robotsHosts {
		r.hosts = map[string]*robotsEntry{}
	}
}

// allowed asks robots.txt about a page. It fails with outcome robots.
func (c *Crawler) allowed(ctx context.Context, u *url.URL) error {
	origin := u.Scheme + "://" + u.Host
	e := c.robots.entry(origin, c.opt.Now())
	select { // not a mutex: the wait for a host's turn is long, and ends with ctx
	case e.turn <- struct{}{}:
		defer func() { <-e.turn }()
	case <-ctx.Done():
		return asFailure(ctx.Err())
	}
	if now := c.opt.Now(); !now.Before(e.expires) {
		if err := c.refreshRobots(ctx, origin, u.Host, e, now); err != nil {
			return err
		}
	}
	if e.blocked {
		return fail(Robots, "robots.txt cannot be reached, so pages are left alone for now", "")
	}
	target := u.EscapedPath()
	if u.RawQuery != "" {
		target += "?" + u.RawQuery
	}
	if !e.file.allows(target) {
		return fail(Robots, "robots.txt does not allow this page", "ask the site's owner, or follow its feed")
	}
	return nil
}

// refreshRobots fetches robots.txt and settles what it means: 2xx its rules, 4xx
// no rules, 5xx and silence no pages for now, an old copy if there is one.
func (c *Crawler) refreshRobots(ctx context.Context, origin, host string, e *robotsEntry, now time.Time) error {
	res, err := c.get(ctx, request{what: "robots", url: origin + "/robots.txt", accept: "text/plain, */*;q=0.1", limit: robotsMax, prefix: true})
	defer res.done()
	outcome := OutcomeOf(err)
	switch {
	case err == nil && res.status == 200:
		e.file = parseRobots(res.body, c.agent)
		e.known, e.blocked, e.expires = true, false, now.Add(robotsFresh)
		c.pace.slow(host, e.file.delay)
	case outcome.Ours() || outcome == Busy:
		return err // says nothing about the host's wishes
	case outcome == HTTP4xx, outcome == Gone, outcome == Refused, outcome == TooBig, outcome == Unreadable, err == nil:
		e.file, e.known, e.blocked, e.expires = robotsFile{}, true, false, now.Add(robotsFresh)
	default:
		c.robotsSilent(e, now)
	}
	if !e.blocked {
		e.since = time.Time{}
	}
	return nil
}

func (c *Crawler) robotsSilent(e *robotsEntry, now time.Time) {
	e.expires = now.Add(robotsRetry)
	if e.since.IsZero() {
		e.since = now
	}
	e.blocked = !e.known && now.Sub(e.since) < robotsGiveUp
}
