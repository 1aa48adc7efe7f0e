package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	maxHops = 10          // redirects followed for one document
	maxURL  = 8 << 10     // bytes of an address
	peek    = 512         // bytes of an error page that are read before the connection goes back
	minTurn = time.Second // network time any hop may have
)

// request asks for one document.
type request struct {
	what         string // feed, page, comments or robots
	url          string
	etag         string
	lastModified string
	accept       string
	robots       bool  // robots.txt applies
	limit        int64 // 0 is Options.MaxBody
	prefix       bool  // a larger document is cut at the limit, not refused
}

// response is one document, read whole and decompressed.
type response struct {
	status    int
	header    http.Header
	body      []byte
	url       *url.URL // where it was found, after redirects
	permanent string   // the last address of an unbroken chain of permanent redirects, or ""
	cut       bool     // the end is missing: the connection broke, or the limit was reached
	over      bool     // the limit was reached
	release   func()   // gives a large document's turn back; see done
}

// done says that the body is no longer needed.
func (r *response) done() {
	if r != nil && r.release != nil {
		r.release()
		r.release = nil
	}
}

// get fetches a document: guarded, paced, bounded, redirects followed by our own
// rules. Its error is always a *failure.
func (c *Crawler) get(ctx context.Context, r request) (*response, error) {
	began := time.Now()
	res, err := c.follow(ctx, r)
	if err != nil {
		f := c.judge(hostOf(r.url), asFailure(err))
		c.observe(r.what, f.outcome, began, 0)
		c.log.Debug("fetch", "what", r.what, "url", Redact(r.url), "outcome", f.outcome, "reason", f.fault.What)
		return nil, f
	}
	outcome := OK
	if res.status == http.StatusNotModified {
		outcome = NotModified
	}
	c.observe(r.what, outcome, began, len(res.body))
	c.log.Debug("fetch", "what", r.what, "url", Redact(r.url), "outcome", outcome, "bytes", len(res.body))
	return res, nil
}

// judge finds out whether a failed connection is the host's fault or our own network's.
func (c *Crawler) judge(host string, f *failure) *failure {
	if f.noRoute || (f.outcome.network() && c.outage.missed(host)) {
		off := fail(Offline, "our own network seems to be down", "check this machine's network and name server")
		off.fault.Err = f.fault
		return off
	}
	return f
}

// follow walks the redirects. Each hop is checked, paced and timed on its own;
// the network time of all hops together is Options.Timeout.
func (c *Crawler) follow(ctx context.Context, r request) (*response, error) {
	u, err := parseTarget(r.url)
	if err != nil {
		return nil, err
	}
	first, user := u.Host, u.User
	budget := c.opt.Timeout
	permanent, unbroken := "", true
	for range maxHops + 1 {
		if r.robots {
			if err := c.allowed(ctx, u); err != nil {
				return nil, err
			}
		}
		if err := c.pace.wait(ctx, u.Host); err != nil {
			return nil, err
		}
		u.User = nil
		if u.Host == first {
			u.User = user // credentials never leave the host they were given for
		}
		began := time.Now()
		res, next, err := c.hop(ctx, r, u, max(budget, minTurn))
		budget -= time.Since(began)
		if err != nil {
			return nil, err
		}
		if next == nil {
			res.permanent = permanent
			return res, nil
		}
		if u.Scheme == "https" && next.Scheme == "http" && next.Host == first {
			user = nil // nor do they leave the encrypted channel
		}
		if unbroken = unbroken && isPermanent(res.status); unbroken {
			permanent = next.String()
		}
		u, r.etag, r.lastModified = next, "", ""
	}
	return nil, fail(Refused, fmt.Sprintf("more than %d redirects", maxHops), "open the address in a browser and use the one it ends at")
}

func isPermanent(status int) bool {
	return status == http.StatusMovedPermanently || status == http.StatusPermanentRedirect
}

// hop makes one request. next is the target of a redirect.
func (c *Crawler) hop(ctx context.Context, r request, u *url.URL, timeout time.Duration) (res *response, next *url.URL, err error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	req, err := c.build(ctx, r, u)
	if err != nil {
		return nil, nil, err
	}
	raw, err := c.trip.RoundTrip(req)
	if err != nil {
		return nil, nil, err
	}
	defer raw.Body.Close()
	c.outage.reached(u.Host)
	res = &response{status: raw.StatusCode, header: raw.Header, url: withoutUser(u)}
	if to := redirectTarget(raw); to != "" {
		next, err = resolveHop(u, to)
		return res, next, err
	}
	if raw.StatusCode != http.StatusOK {
		return res, nil, c.refusal(raw, u.Host)
	}
	return c.read(ctx, res, raw, r)
}

func (c *Crawler) build(ctx context.Context, r request, u *url.URL) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, fail(Refused, "the address cannot be requested", "check the address")
	}
	req.Header.Set("User-Agent", c.opt.UserAgent)
	req.Header.Set("Accept", r.accept)
	req.Header.Set("Accept-Encoding", "gzip")
	if user := u.User; user != nil {
		password, _ := user.Password()
		req.SetBasicAuth(user.Username(), password)
		req.URL.User = nil
	}
	if r.etag != "" {
		req.Header.Set("If-None-Match", r.etag)
	}
	if r.lastModified != "" {
		req.Header.Set("If-Modified-Since", r.lastModified)
	}
	return req, nil
}

// read takes the body. A body that breaks off is kept and marked: a feed's whole
// items can still be read.
func (c *Crawler) read(ctx context.Context, res *response, raw *http.Response, r request) (*response, *url.URL, error) {
	failed := true
	limit := r.limit
	if limit <= 0 {
		limit = c.opt.MaxBody
	}
	body, err := readBody(raw.Body, raw.Header.Get("Content-Encoding"), limit, func() error {
		select {
		case c.large <- struct{}{}:
			res.release = func() { <-c.large }
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	defer func() {
		if failed {
			res.done()
		}
	}()
	switch {
	case errors.Is(err, errTooBig) && r.prefix:
		res.over = true
	case errors.Is(err, errTooBig):
		return nil, nil, fail(TooBig, fmt.Sprintf("the document is larger than %d bytes", limit), "raise crawl.max_body if you trust it")
	case errors.Is(err, errBomb):
		return nil, nil, fail(TooBig, "the document unpacks to far more than was sent", "")
	case errors.Is(err, errEncoding):
		return nil, nil, fail(Unreadable, "the server sent a compression that was not asked for", "")
	case err != nil && len(body) == 0:
		return nil, nil, err
	}
	failed = false
	res.body, res.cut = body, err != nil
	return res, nil, nil
}

func redirectTarget(r *http.Response) string {
	switch r.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		return r.Header.Get("Location")
	}
	return ""
}

// refusal names a status that brings no document; 304 is no failure.
func (c *Crawler) refusal(r *http.Response, host string) error {
	if r.StatusCode == http.StatusNotModified {
		return nil
	}
	if _, err := io.CopyN(io.Discard, r.Body, peek); err != nil && !errors.Is(err, io.EOF) {
		c.log.Debug("error page broke off", "status", r.StatusCode)
	}
	wait := retryAfter(r.Header, c.opt.Now())
	f := statusFailure(r.StatusCode, wait)
	f.status, f.after = r.StatusCode, wait
	if f.outcome == Busy {
		c.pace.hold(host, max(wait, time.Second))
	}
	return f
}

func statusFailure(status int, wait time.Duration) *failure {
	name := strings.TrimSpace(fmt.Sprintf("%d %s", status, http.StatusText(status)))
	switch {
	case status == http.StatusGone:
		return fail(Gone, "the server says it is gone for good (410)", "remove the source, or find its new address")
	case status == http.StatusTooManyRequests, status == http.StatusServiceUnavailable && wait > 0:
		return fail(Busy, "the server asks us to wait ("+name+")", "")
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return fail(HTTP4xx, "the server does not let us in ("+name+")", "check the credentials, or ask the site's owner")
	case status >= 500:
		return fail(HTTP5xx, "the server is in trouble ("+name+")", "")
	case status >= 400:
		return fail(HTTP4xx, "the server answered "+name, "check the address")
	}
	return fail(Unreadable, "the server answered "+name+" without a document", "")
}

// parseTarget reads an address given to us; only http and https with a host will do.
func parseTarget(s string) (*url.URL, error) {
	if len(s) > maxURL {
		return nil, fail(Refused, "the address is longer than 8 KiB", "")
	}
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil {
		return nil, fail(Refused, "the address cannot be read", "check the address")
	}
	return u, checkTarget(u)
}

func checkTarget(u *url.URL) error {
	if u.Scheme != "http" && u.Scheme != "https" {
		return fail(Refused, "only http and https addresses are fetched, not "+clip(u.Scheme, 20), "")
	}
	if u.Hostname() == "" {
		return fail(Refused, "the address names no host", "check the address")
	}
	return nil
}

// resolveHop reads a Location. Credentials in it are dropped: a redirect may not hand us any.
func resolveHop(base *url.URL, to string) (*url.URL, error) {
	if len(to) > maxURL {
		return nil, fail(Refused, "a redirect to an address longer than 8 KiB", "")
	}
	ref, err := url.Parse(strings.TrimSpace(to))
	if err != nil {
		return nil, fail(Refused, "a redirect to an address that cannot be read", "")
	}
	next := base.ResolveReference(ref)
	next.User, next.Fragment = nil, ""
	return next, checkTarget(next)
}

func withoutUser(u *url.URL) *url.URL {
	v := *u
	v.User = nil
	return &v
}

func hostOf(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	return strings.ToLower(u.Host)
}
