package crawler

import (
	"log/slog"
	"math/rand"
	"net/http"
	"net/netip"
	"net/url"
	"sync"
	"time"

	"earshot"
)

// Options are the crawler's settings. The zero value of a field takes the
// default named beside it.
type Options struct {
	UserAgent    string         // "Earshot"; its product token (up to the first "/" or space) is what robots.txt is asked for
	PerHost      int            // requests a second to one host, burst 1; 0 is 1, a negative number switches pacing off
	Timeout      time.Duration  // network time of one document with all its redirects; 30s
	MaxBody      int64          // bytes of one document after decompression; 10 MiB
	Proxy        string         // http, https or socks5 URL; "" dials directly
	AllowPrivate []netip.Prefix // networks the guard lets through although they are not public
	MinEvery     time.Duration  // shortest interval between reads of a source; 5m
	MaxEvery     time.Duration  // longest; 24h
	Zone         *time.Location // for dates without a zone, after the source's own; UTC

	Now       func() time.Time  // the one clock for dates and due times; time.Now
	Transport http.RoundTripper // nil is the guarded transport; what is given here is trusted with every address
	Resolver  Resolver          // nil is the system's
	Rand      *rand.Rand        // jitter; seeded from the clock when nil
	Observe   func(FetchEvent)  // told once per document; nil tells nobody
	Logger    *slog.Logger      // nil discards
}

// FetchEvent says how one document was fetched. It never carries an address.
type FetchEvent struct {
	What     string // feed, page, comments or robots
	Outcome  Outcome
	Duration time.Duration // network and waiting for the host's turn
	Bytes    int64         // of the body, decompressed
}

// Crawler fetches and parses. It is safe for concurrent use.
type Crawler struct {
	opt     Options
	agent   string // product token for robots.txt
	trip    http.RoundTripper
	guard   *guard
	pace    *pace
	robots  *robotsCache
	outage  *outage
	visited *recent
	large   chan struct{} // turns of large documents, held from reading to parsed
	log     *slog.Logger

	randMu sync.Mutex // rand.Rand is not safe for concurrent use
	rand   *rand.Rand
}

// New returns a Crawler. It fails with a Fault if the proxy address cannot be used.
func New(o Options) (*Crawler, error) {
	o = o.withDefaults()
	c := &Crawler{
		opt:     o,
		agent:   productToken(o.UserAgent),
		guard:   newGuard(o.AllowPrivate, o.Resolver),
		pace:    newPace(o.PerHost),
		robots:  newRobotsCache(),
		outage:  &outage{},
		visited: newRecent(20000),
		large:   make(chan struct{}, largeMax),
		log:     o.Logger,
		rand:    o.Rand,
	}
	c.trip = o.Transport
	if c.trip != nil {
		return c, nil
	}
	proxy, err := proxyURL(o.Proxy)
	if err != nil {
		return nil, err
	}
	c.trip = guardedTransport(c.guard, proxy)
	return c, nil
}

func (o Options) withDefaults() Options {
	if o.UserAgent == "" {
		o.UserAgent = "Earshot"
	}
	if o.PerHost == 0 {
		o.PerHost = 1
	}
	if o.Timeout <= 0 {
		o.Timeout = 30 * time.Second
	}
	if o.MaxBody <= 0 {
		o.MaxBody = 10 << 20
	}
	if o.MinEvery <= 0 {
		o.MinEvery = 5 * time.Minute
	}
	if o.MaxEvery <= 0 {
		o.MaxEvery = 24 * time.Hour
	}
	o.MaxEvery = max(o.MinEvery, o.MaxEvery)
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Rand == nil {
		o.Rand = rand.New(rand.NewSource(o.Now().UnixNano()))
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	return o
}

func proxyURL(s string) (*url.URL, error) {
	if s == "" {
		return nil, nil
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5") {
		return nil, &earshot.Fault{Code: "proxy", What: "crawl.proxy is not an http, https or socks5 address", Do: "write it as http://host:port"}
	}
	return u, nil
}

// Close drops idle connections. A Crawler may be used again afterwards.
func (c *Crawler) Close() {
	if t, ok := c.trip.(interface{ CloseIdleConnections() }); ok {
		t.CloseIdleConnections()
	}
}

func (c *Crawler) jitter() float64 {
	c.randMu.Lock()
	defer c.randMu.Unlock()
	return c.rand.Float64()
}

func (c *Crawler) observe(what string, o Outcome, began time.Time, n int) {
	if c.opt.Observe != nil {
		c.opt.Observe(FetchEvent{What: what, Outcome: o, Duration: time.Since(began), Bytes: int64(n)})
	}
}

// Result is what one read of a source brought.
type Result struct {
	Entries []earshot.Entry
	Next    earshot.Source // what the store keeps, in every case: state, reason, due time, validators
	Outcome Outcome
	Dropped []earshot.Dropped
	Feed    FeedInfo
	Removed bool // a thread's post is no longer there: keep the snapshot, date its removal
}
