package main

import (
	"net/netip"
	"strings"

	"earshot"
	"earshot/crawler"
)

type inspectFeedCmd struct {
	Arg          string `arg:"" help:"File, address, or - for standard input."`
	URL          string `help:"The feed's address, for relative links of a file."`
	JSON         bool   `help:"JSON Lines: the feed, then a line an entry."`
	AllowPrivate bool   `help:"Allow private and loopback addresses."`
}

// Run prints what is in the feed.
func (c inspectFeedCmd) Run(a *app) error {
	d, err := a.document(c.Arg, c.AllowPrivate)
	if err != nil {
		return err
	}
	base := c.URL
	if base == "" {
		base = d.URL
	}
	feed, err := crawler.ParseFeed(d.Body, base, hints(d))
	if err != nil {
		return err
	}
	if feed.Dropped == nil {
		feed.Dropped = []earshot.Dropped{}
	}
	if !c.JSON {
		return c.text(a, feed)
	}
	if err := a.json(feed); err != nil {
		return err
	}
	for _, it := range feed.Items {
		if err := a.json(it); err != nil {
			return err
		}
	}
	return nil
}

func (c inspectFeedCmd) text(a *app, f crawler.Feed) error {
	if err := a.print("%s feed: %s (%s), %d entries\n", f.Info.Kind, f.Info.Title, f.Info.Link, len(f.Items)); err != nil {
		return err
	}
	for _, it := range f.Items {
		when := "no date"
		if !it.Published.IsZero() {
			when = it.Published.Format("2006-01-02 15:04 -07:00")
		}
		if err := a.print("\n%s\n  %s  %s\n  %s\n  %s\n", it.Title, when, it.Author, it.URL, firstWords(it.Text, 200)); err != nil {
			return err
		}
	}
	return a.dropped(f.Dropped)
}

func (a *app) dropped(list []earshot.Dropped) error {
	for _, d := range list {
		if err := a.print("left out: %s (%s)\n", d.What, d.Why); err != nil {
			return err
		}
	}
	return nil
}

// firstWords shortens a text to about n bytes for a line of the terminal.
func firstWords(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	for i := range s {
		if i >= n {
			return s[:i] + " ..."
		}
	}
	return s
}

// everywhere lets a person look at an address on the own network.
func everywhere() []netip.Prefix {
	return []netip.Prefix{netip.MustParsePrefix("0.0.0.0/0"), netip.MustParsePrefix("::/0")}
}
