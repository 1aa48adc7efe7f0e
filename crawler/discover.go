package crawler

import (
	"context"
	"net/url"
	"strings"
)

// commonFeeds are where blog engines put their feeds.
func commonFeeds() []string {
	return []string{"/feed/", "/feeds/posts/default", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss", "/feed.json"}
}

// Discover finds the feeds of a site: those its page links to, best first, else
// the first that answers at a common path. It returns the page it read on the way,
// so that nobody need fetch it again; no feed is no error.
func (c *Crawler) Discover(ctx context.Context, site string) ([]string, Page, error) {
	res, err := c.fetchPage(ctx, request{url: site})
	if err != nil {
		return nil, Page{}, err
	}
	hints := Hints{ContentType: res.header.Get("Content-Type"), Zone: c.opt.Zone, ZoneGuess: true, Now: c.opt.Now(), MaxBody: c.opt.MaxBody}
	if _, err := ParseFeed(res.body, res.url.String(), hints); err == nil {
		res.done()
		return []string{res.url.String()}, Page{}, nil // the address is a feed itself
	}
	page, err := ParsePage(res.body, res.url.String(), hints)
	res.done()
	if err != nil {
		return nil, Page{}, err
	}
	if len(page.Feeds) > 0 {
		return preferred(page.Feeds, res.url), page, nil
	}
	for _, path := range commonFeeds() {
		address := res.url.ResolveReference(&url.URL{Path: path}).String()
		if c.isFeed(ctx, address, hints) {
			return []string{address}, page, nil
		}
		if ctx.Err() != nil {
			return nil, page, asFailure(ctx.Err())
		}
	}
	return nil, page, nil
}

func (c *Crawler) isFeed(ctx context.Context, address string, hints Hints) bool {
	res, err := c.get(ctx, request{what: "feed", url: address, accept: acceptFeed, robots: true, prefix: true})
	if err != nil {
		return false
	}
	defer res.done()
	hints.ContentType = res.header.Get("Content-Type")
	f, err := ParseFeed(res.body, address, hints)
	return err == nil && f.Info.Kind != ""
}

// preferred puts the site's main feed first: on its own host, no tag's or
// author's feed, Atom before RSS only by the page's own order.
func preferred(feeds []string, page *url.URL) []string {
	var own, other []string
	for _, f := range feeds {
		u, err := url.Parse(f)
		if err != nil {
			continue
		}
		side := strings.Contains(u.Path, "/tag/") || strings.Contains(u.Path, "/category/") || strings.Contains(u.Path, "/author/")
		if !side && registrable(u.Hostname()) == registrable(page.Hostname()) {
			own = append(own, f)
		} else {
			other = append(other, f)
		}
	}
	return append(own, other...)
}
