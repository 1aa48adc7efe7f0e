package crawler

import (
	"context"
	"fmt"
	"strings"
	"time"

	"earshot"
)

// Complete fetches an entry's page and returns the entry with its whole text and
// what only the page says, and the page's comments as entries of its thread; a
// comment feed, if there is one, is read as well. On error the entry comes back
// as it was. What is found is never less than what the feed gave.
func (c *Crawler) Complete(ctx context.Context, e earshot.Entry) (earshot.Entry, []earshot.Entry, error) {
	if e.URL == "" {
		return e, nil, nil
	}
	address, _, _ := strings.Cut(e.URL, "#")
	res, err := c.fetchPage(ctx, request{url: address})
	if err != nil {
		return e, nil, fmt.Errorf("complete %s: %w", Redact(e.URL), err)
	}
	if ledAway(address, res.url.String()) {
		res.done()
		return e, nil, fmt.Errorf("complete %s: %w", Redact(e.URL), fail(Gone, "the address now leads to a front page or a list", ""))
	}
	page, err := ParsePage(res.body, res.url.String(), c.hints(earshot.Source{Lang: e.Lang}, res))
	res.done()
	if err != nil {
		return e, nil, fmt.Errorf("complete %s: %w", Redact(e.URL), err)
	}
	full := merge(e, page)
	comments := c.commentsOf(full, page, e.Source)
	more, err := c.readCommentFeed(ctx, full, e.Source)
	if err != nil {
		c.log.Debug("comment feed", "url", Redact(full.CommentFeed), "outcome", OutcomeOf(err))
	}
	return full, join(comments, more), nil
}

// ledAway says whether a post's address led to a front page or a list: the post is
// gone, and what stands there must not be taken for its text.
func ledAway(asked, found string) bool {
	a, f := CanonicalURL(asked), CanonicalURL(found)
	return a != f && ownAddress(a) && !ownAddress(f)
}

func (c *Crawler) commentsOf(post earshot.Entry, page Page, source string) []earshot.Entry {
	now := c.opt.Now()
	list := commentEntries(post, page.Comments, source, func() Date { return Date{Time: now} })
	for i := range list {
		list[i].Form = earshot.FormPage
	}
	return list
}

// readCommentFeed reads the feed of a post's comments. It was found, not listed
// by the operator, so robots.txt applies to it.
func (c *Crawler) readCommentFeed(ctx context.Context, post earshot.Entry, source string) ([]earshot.Entry, error) {
	if post.CommentFeed == "" {
		return nil, nil
	}
	res, err := c.get(ctx, request{what: "comments", url: post.CommentFeed, accept: acceptFeed, robots: true, prefix: true})
	if err != nil {
		return nil, err
	}
	feed, err := ParseFeed(res.body, res.url.String(), c.hints(earshot.Source{Lang: post.Lang}, res))
	res.done()
	if err != nil {
		return nil, err
	}
	return c.feedComments(post, feed, source), nil
}

// feedComments makes a comment feed's items comments of one post. The post itself
// may be among them; it is left out.
func (c *Crawler) feedComments(post earshot.Entry, f Feed, source string) []earshot.Entry {
	now := c.opt.Now()
	keys := map[string]string{}
	var out []earshot.Entry
	for _, it := range f.Items {
		if it.Text == "" || it.ID == post.GUID && it.ID != "" || CanonicalURL(it.URL) == post.Canonical && fragmentOf(it.URL) == "" && it.Title == post.Title {
			continue
		}
		e := entryOf(earshot.Source{ID: source, Lang: post.Lang}, f.Info, it, now)
		e.Kind, e.Thread, e.Site, e.SiteName = earshot.Comment, post.Thread, post.Site, firstOf(post.SiteName, e.SiteName)
		e.Title, e.CommentFeed, e.CommentsURL, e.Summary = "", "", "", false
		e.Author = author(commentAuthor(it), it.AuthorURL, post.Site)
		e.Hash = ContentHash("", e.Text)
		e.Lang, e.LangSure = firstOf(e.Lang, post.Lang), min(0.5, max(e.LangSure, post.LangSure))
		e.Key = EntryKey(e)
		keys[it.ID] = e.Key
		e.Parent = keys[it.ReplyTo]
		out = append(out, e)
	}
	return out
}

// commentAuthor reads the name from the item, else from a title like "By: Ann".
func commentAuthor(it Item) string {
	if it.Author != "" {
		return it.Author
	}
	title := it.Title
	if _, by, ok := strings.Cut(title, " by "); ok {
		return oneLine(by, 120)
	}
	for _, prefix := range []string{"By: ", "Por: ", "Di: ", "由: ", "来自: ", "作者: "} {
		if by, ok := strings.CutPrefix(title, prefix); ok {
			return oneLine(by, 120)
		}
	}
	return ""
}

// join adds what the feed brought to what the page showed; the same comment,
// known by its key or by writer and words, counts once, and the richer one wins.
func join(page, feed []earshot.Entry) []earshot.Entry {
	at := map[string]int{}
	words := map[string]int{}
	out := make([]earshot.Entry, 0, len(page)+len(feed))
	for _, e := range append(append(out, page...), feed...) {
		w := foldText(e.Author.Name) + "\x00" + foldText(e.Text)
		i, have := at[e.Key]
		if !have {
			i, have = words[w]
		}
		if have {
			out[i] = richer(out[i], e)
			continue
		}
		at[e.Key], words[w] = len(out), len(out)
		out = append(out, e)
	}
	return out
}

func richer(a, b earshot.Entry) earshot.Entry {
	if len(b.Text) > len(a.Text)*11/10 {
		a.Text, a.Hash, a.Links = b.Text, b.Hash, b.Links
	}
	if b.Precision == earshot.PrecisionTime && a.Precision != earshot.PrecisionTime {
		a.Published, a.Precision = b.Published, b.Precision
	}
	a.Author.Name = firstOf(a.Author.Name, b.Author.Name)
	a.Author.URL = firstOf(a.Author.URL, b.Author.URL)
	a.Author.Key = firstOf(a.Author.Key, b.Author.Key)
	a.GUID = firstOf(a.GUID, b.GUID)
	a.Parent = firstOf(a.Parent, b.Parent)
	return a
}

// merge adds what the page says to what the feed said. Of a page that holds
// several posts only the entry's own is taken.
func merge(e earshot.Entry, p Page) earshot.Entry {
	for _, post := range p.Posts {
		if SameThread(post.URL, e.URL) {
			p.Text, p.Links = post.Text, post.Links
			p.Title, p.Author = firstOf(post.Title, p.Title), firstOf(post.Author, p.Author)
		}
	}
	if e.Summary || len(p.Text) > len(e.Text) {
		if wordCount(p.Text, 10) >= min(10, wordCount(e.Text, 10)) {
			e.Text, e.Links, e.Summary = p.Text, p.Links, false
		}
	}
	e.Title = firstOf(e.Title, p.Title)
	e.SiteName = firstOf(e.SiteName, p.SiteName)
	if e.Lang == "" && p.Language != "" {
		e.Lang, e.LangSure = declaredLang(p.Language)
	}
	if e.Author.Name == "" {
		e.Author = author(p.Author, p.AuthorURL, e.Site)
	} else if e.Author.URL == "" && p.AuthorURL != "" && foldText(p.Author) == foldText(e.Author.Name) {
		e.Author.URL = p.AuthorURL
		e.Author.Key = AuthorKey(e.Author.Profile, p.AuthorURL, e.Site, e.Author.Name)
	}
	if (e.Precision == earshot.PrecisionNone || e.Precision == "") && !p.Published.IsZero() {
		e.Published, e.Precision = effective(p.Published.Time, p.Published.Precision, e.FirstSeen)
	}
	if e.Updated.IsZero() && !p.Updated.IsZero() && p.Updated.After(e.Published.Add(time.Minute)) {
		e.Updated = p.Updated.UTC()
	}
	if len(p.CommentFeeds) == 1 {
		e.CommentFeed = firstOf(e.CommentFeed, p.CommentFeeds[0])
	} else if e.CommentFeed == "" {
		e.CommentFeed = ownCommentFeed(p.CommentFeeds, e.URL)
	}
	if len(e.Tags) == 0 {
		e.Tags = p.Tags
	}
	e.Comments = p.CommentState
	e.CommentCount = max(e.CommentCount, p.CommentCount)
	e.Hash = ContentHash(e.Title, e.Text)
	return e
}

// ownCommentFeed picks the feed of this post's comments, not of the whole site's.
func ownCommentFeed(feeds []string, link string) string {
	post := strings.TrimPrefix(CanonicalURL(link), "https://")
	for _, f := range feeds {
		if strings.HasPrefix(strings.TrimPrefix(CanonicalURL(f), "https://"), post+"/") || strings.Contains(f, "p=") && strings.Contains(f, "feed=") {
			return f
		}
	}
	return ""
}
