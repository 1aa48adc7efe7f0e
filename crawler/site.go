package crawler

import (
	"context"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"earshot"
)

const (
	listBudget    = 6  // pages of lists read in one go
	listDepth     = 3  // how far older posts are followed
	archiveBudget = 60 // pages of lists and posts on the first, silent read
	archiveDepth  = 20
	postBudget    = 15 // posts read in one go
	repostAfter   = 24 * time.Hour
)

// fetchSite reads a blog: through its feed once one is found, else by crawling its
// lists of posts.
func (c *Crawler) fetchSite(ctx context.Context, s earshot.Source) (Result, Read, error) {
	if s.FeedURL != "" {
		out, read, err := c.fetchFeed(ctx, s)
		if err != nil && out.Next.FeedURL == "" {
			return c.searchSite(ctx, out.Next) // the feed it had is no more
		}
		return out, read, err
	}
	return c.searchSite(ctx, s)
}

func (c *Crawler) searchSite(ctx context.Context, s earshot.Source) (Result, Read, error) {
	if s.BodyHash == "" { // never crawled yet, or not as it is now
		feeds, _, err := c.Discover(ctx, s.URL)
		if err != nil {
			return Result{Next: s}, Read{}, err
		}
		for _, f := range feeds[:min(len(feeds), 3)] {
			next := s
			next.FeedURL, next.ETag, next.LastModified = f, "", ""
			out, read, err := c.fetchFeed(ctx, next)
			if err == nil && len(out.Entries) > 0 {
				return out, read, nil
			}
		}
	}
	return c.crawlSite(ctx, s)
}

// siteCrawl gathers posts while lists are walked.
type siteCrawl struct {
	c       *Crawler
	s       earshot.Source
	home    *url.URL
	oldest  time.Time // posts older than this end the walk; zero on later reads
	posts   []Page
	links   []string
	linked  map[string]bool
	home1st string // digest of the first list's links
}

// crawlSite walks the lists of posts (same host, bounded depth and pages) and
// reads the posts they name. An unchanged first list ends it.
func (c *Crawler) crawlSite(ctx context.Context, s earshot.Source) (Result, Read, error) {
	home, err := parseTarget(s.URL)
	if err != nil {
		return Result{Next: s}, Read{}, err
	}
	w := &siteCrawl{c: c, s: s, home: home, linked: map[string]bool{}}
	depth, budget := listDepth, listBudget
	if s.FirstRead() && s.Archive > 0 {
		depth, budget = archiveDepth, archiveBudget
		w.oldest = c.opt.Now().Add(-s.Archive)
	}
	if err := c.crawlFrom(ctx, s.URL, depth, budget, w.list); err != nil {
		return Result{Next: s}, Read{}, err
	}
	out := Result{Next: s, Feed: FeedInfo{Title: s.Title, Link: s.URL}}
	read := Read{Outcome: OK}
	if w.home1st == s.BodyHash && !s.FirstRead() {
		read.Outcome = NotModified
		return out, read, nil
	}
	posts := w.posts
	for i, link := range w.links {
		if i >= max(postBudget, budget-listBudget) || ctx.Err() != nil {
			out.Dropped = append(out.Dropped, earshot.Dropped{What: fmt.Sprintf("%d pages", len(w.links)-i), Why: "over the page budget of one read"})
			break
		}
		if page, ok := c.postPage(ctx, s, link); ok {
			posts = append(posts, page)
			if !w.oldest.IsZero() && !page.Published.IsZero() && page.Published.Before(w.oldest) {
				break
			}
		}
	}
	out.Entries = c.pagesToEntries(s, posts)
	for _, e := range out.Entries {
		if e.Precision != earshot.PrecisionNone {
			read.Entries = append(read.Entries, e.Published)
			read.New = read.New || e.Published.After(s.LastNewEntry)
		}
	}
	out.Next.BodyHash = w.home1st
	return out, read, nil
}

// list reads one list page and says where to go on.
func (w *siteCrawl) list(v visit) []string {
	page, err := ParsePage(v.res.body, v.res.url.String(), w.c.hints(w.s, v.res))
	v.res.done()
	if err != nil {
		return nil
	}
	before := len(w.links)
	posts := page.Posts
	for _, p := range posts {
		w.add(p.URL)
	}
	if len(posts) == 0 {
		for _, link := range page.Outline {
			if w.looksLikePost(link) {
				w.add(link)
			}
		}
	}
	if v.depth == 0 {
		w.home1st = digest(w.links...)
		if w.home1st == w.s.BodyHash && !w.s.FirstRead() {
			return nil
		}
		if len(w.links) == 0 && page.Text != "" {
			w.posts = append(w.posts, page) // the blog is one page
		}
	}
	if len(w.links) == before || page.Next == "" || !w.sameHost(page.Next) || w.tooOld(posts) {
		return nil
	}
	return []string{page.Next}
}

func (w *siteCrawl) tooOld(posts []Page) bool {
	if w.s.FirstRead() && w.s.Archive == 0 || !w.s.FirstRead() && len(w.links) >= postBudget {
		return true
	}
	for _, p := range posts {
		if !w.oldest.IsZero() && !p.Published.IsZero() && p.Published.Before(w.oldest) {
			return true
		}
	}
	return false
}

func (w *siteCrawl) add(link string) {
	if key := CanonicalURL(link); key != "" && !w.linked[key] && w.sameHost(link) && len(w.links) < 500 {
		w.linked[key] = true
		w.links = append(w.links, link)
	}
}

func (w *siteCrawl) sameHost(link string) bool {
	u, err := url.Parse(link)
	return err == nil && keyHost(u) == keyHost(w.home)
}

var postPathRE = regexp.MustCompile(`(?i)/(?:19|20)\d\d/\d{1,2}/|/(?:19|20)\d\d-\d\d|/(?:post|posts|blog|entry|article|articles|story|archives?|p|weblog|journal)/[^/]+/?$|[?&]p=\d+|/[a-z0-9\p{L}]+(?:[-_][a-z0-9\p{L}]+){2,}(?:\.html?|\.php)?/?$|/\d{3,}(?:\.html?)?/?$`)
var notPostRE = regexp.MustCompile(`(?i)/(?:tag|tags|category|categories|author|about|contact|privacy|terms|impressum|login|search|page|feed|archives?/?$|wp-(?:login|admin|content)|label|user|account|shop|cart)(?:/|$)|\.(?:jpe?g|png|gif|pdf|zip|mp[34]|xml|rss|css|js)$`)

// looksLikePost guesses from the address whether it leads to a post.
func (w *siteCrawl) looksLikePost(link string) bool {
	u, err := url.Parse(link)
	if err != nil || !w.sameHost(link) || !ownAddress(CanonicalURL(link)) {
		return false
	}
	target := u.EscapedPath()
	if u.RawQuery != "" {
		target += "?" + u.RawQuery
	}
	return !notPostRE.MatchString(u.Path) && postPathRE.MatchString(target) && strings.HasPrefix(target, strings.TrimSuffix(w.home.EscapedPath(), "/"))
}

// postPage reads one post, unless it was read in this process within a day.
func (c *Crawler) postPage(ctx context.Context, s earshot.Source, link string) (Page, bool) {
	key := s.ID + " " + CanonicalURL(link)
	if c.visited.within(key, c.opt.Now(), repostAfter) {
		return Page{}, false
	}
	res, err := c.fetchPage(ctx, request{url: link})
	if err != nil {
		return Page{}, false
	}
	page, err := ParsePage(res.body, res.url.String(), c.hints(s, res))
	res.done()
	if err != nil || page.Text == "" {
		return Page{}, false
	}
	c.visited.mark(key, c.opt.Now())
	return page, true
}

// pagesToEntries makes an entry of each page, its comments after it if the source
// wants them.
func (c *Crawler) pagesToEntries(s earshot.Source, pages []Page) []earshot.Entry {
	now := c.opt.Now()
	var out []earshot.Entry
	for _, p := range pages {
		it := Item{URL: p.URL, Title: p.Title, Author: p.Author, AuthorURL: p.AuthorURL, Published: p.Published, Updated: p.Updated,
			Text: p.Text, Lang: firstOf(s.Lang, p.Language), Tags: p.Tags, Links: p.Links, CommentCount: p.CommentCount}
		e := entryOf(s, FeedInfo{Title: firstOf(p.SiteName, s.Title)}, it, now)
		if c := CanonicalURL(p.Canonical); c != "" && ownAddress(c) {
			e.Canonical, e.Thread = c, c
		}
		e.Form = earshot.FormPage
		e.Comments = p.CommentState
		e.CommentFeed = ownCommentFeed(p.CommentFeeds, p.URL)
		e.Key = EntryKey(e)
		out = append(out, e)
		if s.Comments {
			out = append(out, c.commentsOf(e, p, s.ID)...)
		}
	}
	return out
}
