package crawler

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"time"

	"github.com/gocolly/colly/v2"
)

// pageTrip is what colly fetches through: our own guarded, paced, bounded get.
// colly never sees a redirect, a compressed body or an address we refused.
type pageTrip struct {
	c    *Crawler
	want request // its url is replaced by each request's
	last *response
}

// RoundTrip answers colly's request with a document fetched by get.
func (t *pageTrip) RoundTrip(req *http.Request) (*http.Response, error) {
	want := t.want
	want.url = req.URL.String()
	if req.URL.User == nil {
		want.url = withCredentials(want.url, t.want.url)
	}
	res, err := t.c.get(req.Context(), want)
	if err != nil {
		return nil, err
	}
	t.last = res
	found := req.Clone(req.Context())
	found.URL = res.url
	return &http.Response{
		StatusCode: res.status, Status: http.StatusText(res.status), Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header:  http.Header{"Content-Type": {"text/html; charset=utf-8"}}, // decoding is toUTF8's work, not colly's
		Body:    io.NopCloser(bytes.NewReader(res.body)),
		Request: found, Uncompressed: true, ContentLength: int64(len(res.body)),
	}, nil
}

// collector makes a fresh one for each job: colly's limits, cookies and robots
// cache are not used, ours are below it.
func (c *Crawler) collector(ctx context.Context, trip *pageTrip, budget uint32) *colly.Collector {
	col := colly.NewCollector(colly.StdlibContext(ctx), colly.UserAgent(c.opt.UserAgent), colly.MaxRequests(budget),
		colly.IgnoreRobotsTxt(), colly.MaxBodySize(0), colly.AllowURLRevisit(), colly.ParseHTTPErrorResponse())
	col.DisableCookies()
	col.SetRequestTimeout(24 * time.Hour) // get has its own, per hop and without waiting for the host's turn
	col.WithTransport(trip)
	return col
}

// fetchPage reads one page, robots.txt permitting.
func (c *Crawler) fetchPage(ctx context.Context, want request) (*response, error) {
	want.what, want.accept, want.robots = "page", acceptPage, true
	if _, err := parseTarget(want.url); err != nil {
		return nil, err // before colly, whose words would show the address
	}
	trip := &pageTrip{c: c, want: want}
	if err := c.collector(ctx, trip, 1).Visit(want.url); err != nil {
		trip.last.done()
		return nil, asFailure(err)
	}
	if trip.last == nil {
		return nil, fail(Unreadable, "the page was not fetched", "")
	}
	return trip.last, nil
}

// visit is one page a crawl came by.
type visit struct {
	res   *response
	depth int
}

// crawlFrom visits pages breadth first: each page names the next ones, at most
// budget pages and depth steps away. A page that fails costs only itself; the
// first one's failure is the crawl's.
func (c *Crawler) crawlFrom(ctx context.Context, start string, depth, budget int, next func(visit) []string) error {
	trip := &pageTrip{c: c, want: request{what: "page", url: start, accept: acceptPage, robots: true}}
	col := c.collector(ctx, trip, uint32(budget))
	var at int
	var queue []step
	seen := map[string]bool{CanonicalURL(start): true}
	col.OnResponse(func(*colly.Response) {
		for _, link := range next(visit{res: trip.last, depth: at}) {
			if key := CanonicalURL(link); at < depth && !seen[key] && len(seen) < 10*budget {
				seen[key] = true
				queue = append(queue, step{link, at + 1})
			}
		}
	})
	if err := col.Visit(start); err != nil {
		return asFailure(err)
	}
	for n := 1; len(queue) > 0 && n < budget; n++ {
		s := queue[0]
		queue = queue[1:]
		at = s.depth
		if err := col.Visit(s.url); err != nil && ctx.Err() != nil {
			return asFailure(ctx.Err())
		}
	}
	return nil
}

type step struct {
	url   string
	depth int
}
