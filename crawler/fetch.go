package crawler

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"time"

	"earshot"
)

const (
	acceptFeed = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, application/json;q=0.7, */*;q=0.1"
	acceptPage = "text/html, application/xhtml+xml;q=0.9, */*;q=0.1"
)

// Fetch reads a source that is due. Result.Next is what the store keeps, also
// when an error is returned: state, reason in words, failures, next due time and
// validators. The error carries no credentials of the source's address.
func (c *Crawler) Fetch(ctx context.Context, s earshot.Source) (Result, error) {
	if s.MinEvery <= 0 {
		s.MinEvery = c.opt.MinEvery
	}
	if s.MaxEvery <= 0 {
		s.MaxEvery = c.opt.MaxEvery
	}
	s = c.outage.fair(s)
	var out Result
	var read Read
	var err error
	switch s.Kind {
	case earshot.SourceThread:
		out, read, err = c.fetchThread(ctx, s)
	case earshot.SourceSite:
		out, read, err = c.fetchSite(ctx, s)
	case earshot.SourcePush:
		out, err = Result{Next: s}, fail(Refused, "a push source is not fetched", "post its entries to the API")
	default:
		out, read, err = c.fetchFeed(ctx, s)
	}
	now := c.opt.Now()
	if err == nil {
		out.Outcome = read.Outcome
		out.Next = Schedule(out.Next, read, now, c.jitter())
		return out, nil
	}
	f := asFailure(err)
	out.Outcome = f.outcome
	if f.outcome.network() {
		c.outage.counted(s)
	}
	out.Next = Schedule(out.Next, Read{Outcome: f.outcome, Why: f.fault.What, RetryAfter: f.after}, now, c.jitter())
	return out, fmt.Errorf("fetch %s: %w", Redact(s.URL), f)
}

// fetchFeed reads one feed: the address a permanent redirect once named if there
// is one, else the configured one.
func (c *Crawler) fetchFeed(ctx context.Context, s earshot.Source) (Result, Read, error) {
	address := firstOf(s.FeedURL, s.URL)
	res, err := c.get(ctx, request{what: "feed", url: withCredentials(address, s.URL), etag: s.ETag, lastModified: s.LastModified, accept: acceptFeed, prefix: true})
	if err != nil {
		return Result{Next: forgetMove(s, err)}, Read{}, err
	}
	defer res.done()
	read := Read{Outcome: OK, Fresh: fresh(res.header), RetryAfter: retryAfter(res.header, c.opt.Now())}
	if s.Kind == earshot.SourceFeed && (s.FeedURL != "" || res.permanent != "") {
		read.Outcome, read.Why = Moved, "it has moved to "+Redact(firstOf(res.permanent, s.FeedURL))
	}
	hash := bodyHash(res.body)
	if res.status == 304 || hash == s.BodyHash {
		if read.Outcome == OK {
			read.Outcome = NotModified
		}
		return Result{Next: s}, read, nil
	}
	feed, err := ParseFeed(res.body, res.url.String(), c.hints(s, res))
	if err != nil {
		if res.over {
			err = fail(TooBig, "the document is larger than crawl.max_body and no part of it can be read", "check the address")
		}
		return Result{Next: forgetMove(s, err)}, Read{}, err
	}
	if res.cut {
		feed.Dropped = append(feed.Dropped, earshot.Dropped{What: "the end of the document", Why: "it broke off, or is over crawl.max_body"})
	}
	if res.permanent != "" {
		s.FeedURL = withoutUserinfo(res.permanent)
	}
	return c.fedResult(s, feed, res, hash, read)
}

// fedResult turns a parsed feed into entries and what is remembered of it.
func (c *Crawler) fedResult(s earshot.Source, feed Feed, res *response, hash string, read Read) (Result, Read, error) {
	out := Result{Feed: feed.Info, Dropped: feed.Dropped}
	out.Entries = c.entriesOf(s, feed)
	read.Fresh = max(read.Fresh, feed.Info.TTL)
	read.SkipHours = feed.Info.SkipHours
	for _, e := range out.Entries {
		if e.Precision != earshot.PrecisionNone {
			read.Entries = append(read.Entries, e.Published)
			read.New = read.New || e.Published.After(s.LastNewEntry)
		}
	}
	s.Title = firstOf(feed.Info.Title, s.Title)
	s.ETag, s.LastModified, s.BodyHash = "", "", ""
	if !res.cut {
		s.ETag, s.LastModified, s.BodyHash = validator(res, "ETag"), validator(res, "Last-Modified"), hash
	}
	out.Next = s
	return out, read, nil
}

// validator keeps a header the server may be shown again, if it is of sane size.
func validator(res *response, name string) string {
	v := res.header.Get(name)
	if len(v) > 512 {
		return ""
	}
	return v
}

// forgetMove returns to the configured address when the one a redirect named
// fails for a reason of its own.
func forgetMove(s earshot.Source, err error) earshot.Source {
	switch OutcomeOf(err) {
	case HTTP4xx, Gone, Unreadable, Refused, DNS:
		if s.FeedURL != "" {
			s.FeedURL, s.ETag, s.LastModified, s.BodyHash = "", "", "", ""
		}
	}
	return s
}

func (c *Crawler) hints(s earshot.Source, res *response) Hints {
	h := Hints{Lang: s.Lang, Zone: c.opt.Zone, ZoneGuess: true, Now: c.opt.Now(), MaxBody: c.opt.MaxBody}
	if zone := c.zoneOf(s); zone != nil {
		h.Zone, h.ZoneGuess = zone, false
	}
	if res != nil {
		h.ContentType = res.header.Get("Content-Type")
	}
	return h
}

func (c *Crawler) zoneOf(s earshot.Source) *time.Location {
	if s.Zone == "" {
		return nil
	}
	zone, err := time.LoadLocation(s.Zone)
	if err != nil {
		c.log.Warn("source has an unknown zone", "zone", s.Zone)
		return nil
	}
	return zone
}

func bodyHash(b []byte) string {
	h := sha256.Sum256(b)
	return hex.EncodeToString(h[:])
}
