package crawler

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	ext "github.com/mmcdole/gofeed/extensions"
	gojson "github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"
)

// rawFeed and rawItem are what gofeed's three formats have in common, with the
// fields its universal model drops. Everything in them is as it came.
type rawFeed struct {
	kind, title, link, language, hub string
	updated, ttl                     string
	syPeriod, syFrequency            string
	skipHours                        []string
	next                             string
	items                            []rawItem
}

type rawItem struct {
	id, link             string
	idIsLink             bool // guid with isPermaLink not false
	title, body, excerpt string
	titleHTML, bodyPlain bool
	author, authorURL    string
	published, updated   []string // candidates, best first
	commentsURL          string
	commentFeed          string
	commentCount         string
	inReplyTo            string // thr:in-reply-to ref
	inReplyHref          string
	tags                 []string
	lang                 string
}

// parseRaw runs gofeed over one sound document.
func parseRaw(doc []byte) (rawFeed, error) {
	p := gofeed.NewParser()
	p.KeepOriginalFeed = true
	p.RSSTranslator, p.AtomTranslator = plainTranslator{}, plainTranslator{}
	var f *gofeed.Feed
	var err error
	if !shielded(func() { f, err = p.Parse(bytes.NewReader(doc)) }) {
		return rawFeed{}, errors.New("parse feed: the parser gave up")
	}
	if err != nil {
		return rawFeed{}, fmt.Errorf("parse feed: %w", err)
	}
	switch o := f.OriginalFeed().(type) {
	case *rss.Feed:
		return fromRSS(o), nil
	case *atom.Feed:
		return fromAtom(o), nil
	case *gojson.Feed:
		return fromJSON(o), nil
	}
	return rawFeed{}, fmt.Errorf("parse feed: unknown kind %q", f.FeedType)
}

// plainTranslator skips gofeed's universal model, which parses every item's HTML
// again to look for images.
type plainTranslator struct{}

// Translate returns an empty feed; the original is what is read.
func (plainTranslator) Translate(any) (*gofeed.Feed, error) { return &gofeed.Feed{}, nil }

func fromRSS(f *rss.Feed) rawFeed {
	out := rawFeed{kind: "rss", title: f.Title, link: f.Link, language: f.Language, ttl: f.TTL, skipHours: f.SkipHours,
		updated: firstOf(f.LastBuildDate, f.PubDate)}
	if strings.HasPrefix(f.Version, "1.") || strings.HasPrefix(f.Version, "0.9") && f.Version != "0.91" && f.Version != "0.92" {
		out.kind = "rdf"
	}
	out.title = firstOf(out.title, extValue(f.Extensions, "dc", "title"))
	out.language = firstOf(out.language, extValue(f.Extensions, "dc", "language"))
	out.syPeriod = extValue(f.Extensions, "sy", "updatePeriod")
	out.syFrequency = extValue(f.Extensions, "sy", "updateFrequency")
	for _, l := range atomLinks(f.Extensions) {
		switch l.Attrs["rel"] {
		case "hub":
			out.hub = l.Attrs["href"]
		case "next", "prev-archive":
			out.next = firstOf(out.next, l.Attrs["href"])
		case "alternate", "":
			out.link = firstOf(out.link, l.Attrs["href"])
		}
	}
	for _, it := range f.Items {
		out.items = append(out.items, fromRSSItem(it))
	}
	return out
}

func fromRSSItem(it *rss.Item) rawItem {
	x := it.Extensions
	out := rawItem{
		title:     firstOf(it.Title, extValue(x, "dc", "title"), extValue(x, "atom", "title"), extValue(x, "media", "title")),
		titleHTML: true,
		link:      firstOf(it.Link, custom(it, "url")),
		body:      firstOf(it.Content, extValue(x, "content", "encoded"), extInner(x, "xhtml", "body"), extValue(x, "atom", "content"), custom(it, "body"), custom(it, "content"), custom(it, "fullitem")),
		excerpt:   firstOf(it.Description, extValue(x, "dc", "description"), extValue(x, "atom", "summary"), extValue(x, "itunes", "summary"), extValue(x, "media", "description")),
		author:    firstOf(extValue(x, "dc", "creator"), extValue(x, "dc", "author"), extPerson(x, "name"), it.Author, extValue(x, "itunes", "author"), custom(it, "author")),
		authorURL: extPerson(x, "uri"),
		published: nonEmpty(it.PubDate, extValue(x, "atom", "published"), extValue(x, "atom03", "issued"), extValue(x, "dcterms", "issued"), extValue(x, "dc", "date"),
			extValue(x, "dcterms", "created"), extValue(x, "atom03", "created"), custom(it, "published"), custom(it, "date"), custom(it, "pubdate"), custom(it, "issued"), custom(it, "created")),
		updated: nonEmpty(extValue(x, "atom", "updated"), extValue(x, "dcterms", "modified"), extValue(x, "atom03", "modified"),
			custom(it, "lastbuilddate"), custom(it, "updated"), custom(it, "modified")),
		commentsURL:  it.Comments,
		commentFeed:  firstOf(extValue(x, "wfw", "commentRss"), extValue(x, "wfw", "commentRSS"), extValue(x, "wfw", "commentrss")),
		commentCount: firstOf(extValue(x, "slash", "comments"), extValue(x, "thr", "total")),
		lang:         extValue(x, "dc", "language"),
	}
	if it.GUID != nil {
		out.id = it.GUID.Value
		out.idIsLink = !strings.EqualFold(strings.TrimSpace(it.GUID.IsPermalink), "false")
	}
	if out.id == "" {
		out.id = firstOf(extValue(x, "atom", "id"), extValue(x, "dc", "identifier"))
	}
	if feed := extValue(x, "feedburner", "origLink"); feed != "" {
		out.link = feed
	}
	for _, l := range atomLinks(x) {
		out.addLink(l.Attrs["rel"], l.Attrs["type"], l.Attrs["href"], l.Attrs["count"])
	}
	out.reply(x)
	for _, c := range it.Categories {
		out.tags = append(out.tags, c.Value)
	}
	for _, c := range x["dc"]["subject"] {
		out.tags = append(out.tags, c.Value)
	}
	return out
}

func fromAtom(f *atom.Feed) rawFeed {
	out := rawFeed{kind: "atom", title: f.Title, language: f.Language, updated: f.Updated,
		syPeriod: extValue(f.Extensions, "sy", "updatePeriod"), syFrequency: extValue(f.Extensions, "sy", "updateFrequency")}
	for _, l := range f.Links {
		switch l.Rel {
		case "alternate", "":
			out.link = firstOf(out.link, l.Href)
		case "hub":
			out.hub = l.Href
		case "next", "prev-archive":
			out.next = firstOf(out.next, l.Href)
		}
	}
	owner := rawItem{}
	owner.person(f.Authors)
	for _, e := range f.Entries {
		it := fromAtomEntry(e)
		if it.author == "" {
			it.author, it.authorURL = owner.author, owner.authorURL
		}
		out.items = append(out.items, it)
	}
	return out
}

func fromAtomEntry(e *atom.Entry) rawItem {
	x := e.Extensions
	out := rawItem{id: e.ID, title: e.Title, titleHTML: true, excerpt: e.Summary, lang: extValue(x, "dc", "language"),
		published: nonEmpty(e.Published, extValue(x, "atom03", "issued"), extValue(x, "dcterms", "issued"), extValue(x, "dc", "date"),
			extValue(x, "atom", "issued"), extValue(x, "atom03", "created"), extValue(x, "atom", "created"), extValue(x, "atom", "pubDate")),
		updated:      nonEmpty(e.Updated, extValue(x, "atom03", "modified"), extValue(x, "atom", "modified"), extValue(x, "dcterms", "modified")),
		commentFeed:  firstOf(extValue(x, "wfw", "commentRss"), extValue(x, "wfw", "commentRSS")),
		commentCount: firstOf(extValue(x, "slash", "comments"), extValue(x, "thr", "total")),
		link:         extValue(x, "feedburner", "origLink"),
	}
	if e.Content != nil {
		out.body = e.Content.Value
		out.bodyPlain = e.Content.Type == "text" || e.Content.Type == "text/plain"
	}
	out.person(e.Authors)
	if out.author == "" && e.Source != nil {
		out.person(e.Source.Authors)
	}
	for _, l := range e.Links {
		out.addLink(l.Rel, l.Type, l.Href, "")
	}
	for _, l := range atomLinks(x) {
		out.addLink(l.Attrs["rel"], l.Attrs["type"], l.Attrs["href"], l.Attrs["count"])
	}
	out.reply(x)
	for _, c := range e.Categories {
		out.tags = append(out.tags, firstOf(c.Label, c.Term))
	}
	if out.author == "" {
		out.author = extValue(x, "dc", "creator")
	}
	return out
}

func fromJSON(f *gojson.Feed) rawFeed {
	out := rawFeed{kind: "json", title: f.Title, link: f.HomePageURL, language: f.Language, next: f.NextURL}
	for _, it := range f.Items {
		r := rawItem{id: it.ID, link: firstOf(it.URL, it.ExternalURL), title: it.Title, body: it.ContentHTML, excerpt: it.Summary,
			published: nonEmpty(it.DatePublished), updated: nonEmpty(it.DateModified), tags: it.Tags, lang: it.Language}
		if r.body == "" {
			r.body, r.bodyPlain = it.ContentText, true
		}
		authors := append(append(slices.Clone(it.Authors), it.Author), append(slices.Clone(f.Authors), f.Author)...)
		for _, a := range authors {
			if a != nil && r.author == "" {
				r.author, r.authorURL = a.Name, a.URL
			}
		}
		out.items = append(out.items, r)
	}
	return out
}

func (r *rawItem) person(ps []*atom.Person) {
	for _, p := range ps {
		if r.author == "" && p != nil {
			r.author, r.authorURL = firstOf(p.Name, p.Email), p.URI
		}
	}
}

// addLink takes an Atom link for what its relation says it is.
func (r *rawItem) addLink(rel, kind, href, count string) {
	feed := strings.Contains(kind, "atom") || strings.Contains(kind, "rss") || strings.Contains(kind, "xml") && !strings.Contains(kind, "html")
	switch {
	case href == "":
	case rel == "replies" && feed:
		r.commentFeed = firstOf(r.commentFeed, href)
		r.commentCount = firstOf(r.commentCount, count)
	case rel == "replies":
		r.commentsURL = firstOf(r.commentsURL, href)
		r.commentCount = firstOf(r.commentCount, count)
	case rel == "comments":
		r.commentsURL = firstOf(r.commentsURL, href)
	case rel == "alternate" || rel == "":
		r.link = firstOf(r.link, href)
	case rel == "related" || rel == "via" || rel == "self":
	}
}

// reply reads thr:in-reply-to (RFC 4685): the entry is a comment.
func (r *rawItem) reply(x ext.Extensions) {
	for _, e := range x["thr"]["in-reply-to"] {
		r.inReplyTo = firstOf(r.inReplyTo, e.Attrs["ref"])
		r.inReplyHref = firstOf(r.inReplyHref, e.Attrs["href"])
	}
}

func atomLinks(x ext.Extensions) []ext.Extension {
	var out []ext.Extension
	for _, p := range []string{"atom", "atom10", "atom03", "http://www.w3.org/2005/Atom"} {
		out = append(out, x[p]["link"]...)
	}
	return out
}

// extValue returns the first value of an extension element, its case aside.
func extValue(x ext.Extensions, prefix, name string) string {
	for _, e := range x[prefix][name] {
		if v := strings.TrimSpace(e.Value); v != "" {
			return v
		}
	}
	for _, key := range slices.Sorted(maps.Keys(x[prefix])) {
		if strings.EqualFold(key, name) {
			for _, e := range x[prefix][key] {
				if v := strings.TrimSpace(e.Value); v != "" {
					return v
				}
			}
		}
	}
	return ""
}

// extInner flattens an element that holds markup, such as xhtml:body.
func extInner(x ext.Extensions, prefix, name string) string {
	var b strings.Builder
	for _, e := range x[prefix][name] {
		innerText(&b, e, 0)
	}
	return strings.TrimSpace(b.String())
}

func innerText(b *strings.Builder, e ext.Extension, depth int) {
	if depth > feedDepth {
		return
	}
	b.WriteString(e.Value + "\n")
	for _, name := range slices.Sorted(maps.Keys(e.Children)) {
		for _, c := range e.Children[name] {
			innerText(b, c, depth+1)
		}
	}
}

// extPerson reads atom:author inside an RSS item.
func extPerson(x ext.Extensions, field string) string {
	for _, a := range x["atom"]["author"] {
		for _, c := range a.Children[field] {
			if v := strings.TrimSpace(c.Value); v != "" {
				return v
			}
		}
	}
	return ""
}

func custom(it *rss.Item, name string) string {
	for _, key := range slices.Sorted(maps.Keys(it.Custom)) {
		if strings.EqualFold(key, name) {
			return strings.TrimSpace(it.Custom[key])
		}
	}
	return ""
}
