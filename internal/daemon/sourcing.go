package daemon

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"earshot"
	"earshot/crawler"
	"earshot/internal/web"
)

// longestPause is how long a source can be paused: whoever wants it for good
// takes it out of the config, where others find it.
const longestPause = 92 * 24 * time.Hour

// pause keeps a source from being read until a time, or ends that.
func (x *acting) pause() error {
	src, ok, err := x.tx.SourceByShort(x.a.Args.Source)
	switch {
	case err != nil:
		return err
	case !ok:
		return fmt.Errorf("%w: there is no such source", earshot.ErrAction)
	case x.a.Verb == earshot.VerbResume && !src.Paused():
		return fmt.Errorf("%w: the source is not paused", earshot.ErrAction)
	case x.a.Verb == earshot.VerbResume:
		return x.tx.ResumeSource(src.ID, x.d.now())
	}
	p := earshot.Pause{Who: x.a.Actor, Why: strings.TrimSpace(x.a.Args.Text), Since: x.d.now(), Until: x.a.Args.Until}
	switch {
	case p.Why == "":
		return fmt.Errorf("%w: say why", earshot.ErrAction)
	case !p.Until.After(p.Since) || p.Until.Sub(p.Since) > longestPause:
		return fmt.Errorf("%w: a pause ends within three months; to stop for good, take the source out of the config", earshot.ErrAction)
	case src.Kind != earshot.SourceFeed && src.Kind != earshot.SourceSite:
		return fmt.Errorf("%w: only a feed or a site can be paused", earshot.ErrAction)
	}
	return x.tx.PauseSource(src.ID, p)
}

// Limits of a look at an address.
const (
	lookFor   = 20 * time.Second
	lookItems = 8
	lookWords = 240 // bytes of an entry's text
)

// Look reads an address as a source would be, for a person: with the crawler's
// own guards and manners, one at a time, and nothing of it is kept.
func (d *Daemon) Look(ctx context.Context, address string) (web.Sight, error) {
	select {
	case d.looking <- struct{}{}:
		defer func() { <-d.looking }()
	default:
		return web.Sight{}, &earshot.Fault{Code: "busy", What: "somebody is testing an address just now", Do: "try again in a moment"}
	}
	ctx, cancel := context.WithTimeout(ctx, lookFor)
	defer cancel()
	s := d.setup.Load()
	doc, err := s.crawler.Document(ctx, address)
	if errors.Is(err, context.DeadlineExceeded) {
		err = &earshot.Fault{Code: "slow", What: fmt.Sprintf("no answer within %v", lookFor), Do: "see whether the site is up, and try again", Err: err}
	}
	if err != nil {
		return web.Sight{}, err
	}
	return d.sight(s, doc)
}

// sight says what a document is and what stands in it: a feed, else a page.
func (d *Daemon) sight(s *setup, doc crawler.Document) (web.Sight, error) {
	hints := crawler.Hints{ContentType: doc.ContentType, Now: d.now(), Zone: s.cfg.Zone, ZoneGuess: true}
	out := web.Sight{URL: crawler.Redact(doc.URL), Cut: doc.Cut}
	if feed, err := crawler.ParseFeed(doc.Body, doc.URL, hints); err == nil {
		out.Kind, out.Title, out.Total = string(feed.Info.Kind), feed.Info.Title, len(feed.Items)
		for _, it := range feed.Items[:min(len(feed.Items), lookItems)] {
			out.Entries = append(out.Entries, s.seen(it.Title, it.Text, it.URL, it.Author, it.Published))
		}
		return out, nil
	}
	page, err := crawler.ParsePage(doc.Body, doc.URL, hints)
	if err != nil {
		return out, err
	}
	out.Kind, out.Title, out.Feeds, out.Total = "page", page.Title, page.Feeds[:min(len(page.Feeds), lookItems)], 1
	out.Entries = []web.SightEntry{s.seen(page.Title, page.Text, page.Canonical, page.Author, page.Published)}
	return out, nil
}

// seen is an entry with the brands in it.
func (s *setup) seen(title, text, link, author string, at crawler.Date) web.SightEntry {
	e := web.SightEntry{Title: title, Text: clipped(text, lookWords), URL: link, Author: author, Published: at.Time, Precision: at.Precision}
	for _, m := range s.classifier.Spot(earshot.Entry{Title: title, Text: text, URL: link}) {
		if m.Reason == "" {
			e.Brands = append(e.Brands, m.Brand)
		}
	}
	return e
}

// clipped shortens a text to about n bytes, between words.
func clipped(text string, n int) string {
	text = strings.Join(strings.Fields(text), " ")
	for i := range text {
		if i >= n {
			return text[:i] + " ..."
		}
	}
	return text
}
