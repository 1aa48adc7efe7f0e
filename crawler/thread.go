package crawler

import (
	"context"

	"earshot"
)

// fetchThread looks at a post again: its page if it changed, and its comment
// feed. The entries are the post, when its page was read, and its comments; the
// caller knows which are new. A post that is gone sets Result.Removed: at once
// for 410, after the second 404 in a row.
func (c *Crawler) fetchThread(ctx context.Context, s earshot.Source) (Result, Read, error) {
	out := Result{Next: s}
	post := threadPost(s, c)
	res, err := c.threadPage(ctx, s)
	if err == nil && ledAway(firstOf(s.FeedURL, s.URL), res.url.String()) {
		res.done()
		err = fail(HTTP4xx, "the post's address now leads to a front page or a list", "")
		asFailure(err).status = 404
	}
	if err != nil {
		f := asFailure(err)
		if f.status == 404 || f.outcome == Gone {
			out.Removed = f.outcome == Gone || s.Failures >= 1
			gone := fail(Gone, "the post is no longer there", "")
			if !out.Removed {
				gone = fail(HTTP4xx, f.fault.What, f.fault.Do)
			}
			gone.status = f.status
			return out, Read{}, gone
		}
		return out, Read{}, err
	}
	defer res.done()
	read := Read{Outcome: NotModified}
	if s.FeedURL == "" && SameThread(res.url.String(), s.URL) {
		out.Next.FeedURL, post.URL = res.url.String(), res.url.String()
	}
	var comments []earshot.Entry
	if hash := bodyHash(res.body); res.status != 304 && hash != s.BodyHash {
		page, err := ParsePage(res.body, res.url.String(), c.hints(s, res))
		res.done() // before the comment feed is read: nobody waits for a turn while he holds one
		if err != nil {
			return out, Read{}, err
		}
		read.Outcome = OK
		post = merge(post, page)
		post.Summary = false
		comments = c.commentsOf(post, page, s.ID)
		out.Entries = append(out.Entries, post)
		out.Dropped = page.Dropped
		out.Next.ETag, out.Next.LastModified, out.Next.BodyHash = "", "", ""
		if !res.cut {
			out.Next.ETag, out.Next.LastModified, out.Next.BodyHash = validator(res, "ETag"), validator(res, "Last-Modified"), hash
		}
		out.Next.Title = firstOf(post.Title, s.Title)
		out.Next.CommentFeed = firstOf(s.CommentFeed, post.CommentFeed)
	}
	post.CommentFeed = out.Next.CommentFeed
	more, err := c.readCommentFeed(ctx, post, s.ID)
	if err != nil {
		out.Dropped = append(out.Dropped, earshot.Dropped{What: "comment feed", Why: asFailure(err).fault.What})
	}
	if comments = join(comments, more); len(comments) > 0 {
		read.Outcome = OK
		out.Entries = append(out.Entries, comments...)
	}
	return out, read, nil
}

// threadPage reads the post's page. A thread is known by its canonical address,
// whose scheme is a key's, not the server's: without a served address (FeedURL)
// plain http is tried when https cannot be had.
func (c *Crawler) threadPage(ctx context.Context, s earshot.Source) (*response, error) {
	address := firstOf(s.FeedURL, s.URL)
	want := request{url: address, etag: s.ETag, lastModified: s.LastModified}
	res, err := c.fetchPage(ctx, want)
	if out := OutcomeOf(err); err == nil || s.FeedURL != "" || !(out == Unreachable || out == Timeout || out == Offline || out == Robots) || len(address) < 8 || address[:8] != "https://" {
		return res, err
	}
	want.url = "http://" + address[8:]
	plain, plainErr := c.fetchPage(ctx, want)
	if plainErr != nil && asFailure(plainErr).status == 0 {
		return res, err
	}
	return plain, plainErr
}

// threadPost is the entry a thread's post starts as, before its page is read.
func threadPost(s earshot.Source, c *Crawler) earshot.Entry {
	now := c.opt.Now()
	served := firstOf(s.FeedURL, s.URL)
	e := earshot.Entry{Source: s.ID, Kind: earshot.Post, URL: served, Canonical: CanonicalURL(s.URL), Site: siteOf(s.URL), Title: s.Title,
		Summary: true, FirstSeen: now, Published: now, Precision: earshot.PrecisionNone, CommentFeed: s.CommentFeed, Revision: 1, Form: earshot.FormPage}
	e.Thread = e.Canonical
	e.Lang, e.LangSure = declaredLang(s.Lang)
	e.Key = EntryKey(e)
	return e
}
