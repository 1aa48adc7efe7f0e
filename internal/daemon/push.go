package daemon

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/crawler"
	"earshot/internal/store"
	"earshot/internal/web"
)

// Push takes one entry from outside, by the name of who sent it. It goes the way
// of everything that is read: the same key, the same silence for what is old, the
// same work. What another source has read already is not changed by it.
func (d *Daemon) Push(ctx context.Context, p web.Pushed, by string) (web.PushResult, error) {
	now := d.now()
	src := earshot.Source{ID: "push:" + by, Kind: earshot.SourcePush, Title: by, State: earshot.SourceOK, FirstTried: now}
	var out web.PushResult
	err := d.store.Write(ctx, func(tx *store.Tx) error {
		if known, ok, err := tx.Source(src.ID); err != nil {
			return err
		} else if ok {
			src = known
		}
		r := reading{read: pushedEntry(src, p, now)}
		known, ok, err := tx.EntryByKey(r.read.Key)
		if err != nil {
			return err
		}
		if ok {
			r.known = &known
		}
		if out.Result = "same"; !ok || known.Source == src.ID {
			if out.Result, err = d.keepEntry(tx, src, r, ""); err != nil {
				return err
			}
		}
		d.metrics.entries.WithLabelValues(out.Result).Inc()
		kept, _, err := tx.EntryByKey(r.read.Key)
		if err != nil {
			return err
		}
		out.Entry = kept.ID
		src.Reads, src.LastTried, src.LastSuccess = src.Reads+1, now, now
		if out.Result != "same" {
			src.LastNewEntry = now
		}
		return tx.PutSource(src)
	})
	if err != nil {
		return out, fmt.Errorf("take an entry from %s: %w", by, err)
	}
	poke(d.pokeWork)
	return out, nil
}

// pushedEntry is what was handed in as an entry.
func pushedEntry(src earshot.Source, p web.Pushed, now time.Time) earshot.Entry {
	e := earshot.Entry{Source: src.ID, Kind: cmp.Or(p.Kind, earshot.Post), URL: p.URL, Canonical: crawler.CanonicalURL(p.URL), GUID: p.ID,
		Site: hostOf(p.URL), SiteName: p.Site, Title: strings.TrimSpace(p.Title), Text: strings.TrimSpace(strings.ReplaceAll(p.Text, "\r\n", "\n")),
		Tags: slices.Clone(p.Tags), Lang: strings.ToLower(p.Lang), FirstSeen: now, Revision: 1}
	e.Thread = e.Canonical
	if e.Kind == earshot.Comment {
		e.Thread, e.Title = crawler.CanonicalURL(p.Thread), ""
	}
	if e.Lang != "" {
		e.LangSure = 0.8 // as sure as what a feed declares
	}
	e.Summary = e.Text == ""
	e.Hash = crawler.ContentHash(e.Title, e.Text)
	e.Author = earshot.Author{Name: strings.TrimSpace(p.Author), URL: p.AuthorURL, Key: crawler.AuthorKey("", p.AuthorURL, e.Site, p.Author)}
	e.Published, e.Precision = p.Published.UTC().Truncate(time.Millisecond), earshot.PrecisionTime
	if p.Published.IsZero() {
		e.Published, e.Precision = now, earshot.PrecisionNone
	}
	if e.Published.After(now) {
		e.Published = now
	}
	e.Key = crawler.EntryKey(e)
	return e
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}
