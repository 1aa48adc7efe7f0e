package main

import (
	"strings"

	"earshot"
	"earshot/crawler"
)

type inspectPageCmd struct {
	Arg          string `arg:"" help:"File, address, or - for standard input."`
	URL          string `help:"The page's address, for relative links of a file."`
	JSON         bool   `help:"One JSON object."`
	AllowPrivate bool   `help:"Allow private and loopback addresses."`
}

// Run prints what is on the page, and what was left out.
func (c inspectPageCmd) Run(a *app) error {
	d, err := a.document(c.Arg, c.AllowPrivate)
	if err != nil {
		return err
	}
	base := c.URL
	if base == "" {
		base = d.URL
	}
	page, err := crawler.ParsePage(d.Body, base, hints(d))
	if err != nil {
		return err
	}
	if c.JSON {
		return a.json(full(page))
	}
	return c.text(a, page)
}

// full gives lists that are empty rather than null.
func full(p crawler.Page) crawler.Page {
	if p.Comments == nil {
		p.Comments = []crawler.PageComment{}
	}
	if p.Feeds == nil {
		p.Feeds = []string{}
	}
	if p.CommentFeeds == nil {
		p.CommentFeeds = []string{}
	}
	if p.Dropped == nil {
		p.Dropped = []earshot.Dropped{}
	}
	return p
}

func (c inspectPageCmd) text(a *app, p crawler.Page) error {
	when := "no date"
	if !p.Published.IsZero() {
		when = p.Published.Format("2006-01-02 15:04 -07:00")
	}
	if err := a.print("%s\n%s, %s, %s\n%s\nfeeds: %s\n\n%s\n", p.Title, p.Author, when, p.Language, p.Canonical, strings.Join(p.Feeds, " "), p.Text); err != nil {
		return err
	}
	for _, cm := range p.Comments {
		if err := a.print("\n-- %s %s\n%s\n", cm.Author, cm.AuthorURL, cm.Text); err != nil {
			return err
		}
	}
	return a.dropped(p.Dropped)
}
