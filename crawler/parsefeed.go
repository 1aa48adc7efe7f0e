package crawler

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"earshot"
)

// Hints are what is known about a document from outside it.
type Hints struct {
	ContentType string         // of the HTTP response
	Lang        string         // the operator's word
	Zone        *time.Location // for dates without one; nil is UTC, and marks them as day-precise
	ZoneGuess   bool           // Zone is only a default: dates without their own stay day-precise
	Now         time.Time      // for "3 hours ago"; zero leaves such dates unread
	MaxBody     int64          // bytes a raw gzip body may unpack to; 0 is 10 MiB
}

// Date is a moment with how much of it was given. Its zero value is no date, and
// is written as an empty string in JSON; others as RFC 3339, with the offset they
// were written with.
type Date struct {
	time.Time
	Precision earshot.Precision
	Ambiguous bool // day and month could be swapped; settled by language
}

// MarshalJSON writes RFC 3339 or "".
func (d Date) MarshalJSON() ([]byte, error) {
	if d.IsZero() {
		return []byte(`""`), nil
	}
	return json.Marshal(d.Format(time.RFC3339))
}

// FeedInfo is what a feed says about itself.
type FeedInfo struct {
	Title    string `json:"title"`
	Link     string `json:"link"`
	Language string `json:"language"`
	Kind     string `json:"kind"` // rss, atom, json or rdf
	Hub      string `json:"hub"`

	TTL       time.Duration `json:"-"` // ttl or sy:updatePeriod: how long the feed says it stays as it is; 0 unsaid
	SkipHours []int         `json:"-"` // UTC hours nobody need ask
	Next      string        `json:"-"` // the next page of an archive
	Salvaged  bool          `json:"-"` // the document was broken and read item by item
}

// Item is one entry of a feed.
type Item struct {
	ID           string `json:"id"`
	URL          string `json:"url"`
	Title        string `json:"title"`
	Author       string `json:"author"`
	Published    Date   `json:"published"`
	Updated      Date   `json:"updated"`
	Text         string `json:"text"`
	CommentsURL  string `json:"comments_url"`
	CommentFeed  string `json:"comment_feed"`
	CommentCount int    `json:"comment_count"`

	AuthorURL string   `json:"-"`
	Lang      string   `json:"-"`
	Tags      []string `json:"-"`
	Links     []string `json:"-"`
	Summary   bool     `json:"-"` // Text is only an excerpt
	ReplyTo   string   `json:"-"` // thr:in-reply-to: id of what this comment answers
	ReplyHref string   `json:"-"`
}

// Feed is a feed that was read.
type Feed struct {
	Info    FeedInfo          `json:"feed"`
	Items   []Item            `json:"-"`
	Dropped []earshot.Dropped `json:"dropped"`
}

// ParseFeed reads RSS 0.9x to 2.0, RDF, Atom or JSON Feed from bytes as they were
// served: in any encoding, raw gzip, ill formed or cut off. A document that is no
// feed, or holds nothing that can be read, is a Fault. base is the feed's address.
func ParseFeed(r []byte, base string, hints Hints) (Feed, error) {
	if hints.MaxBody <= 0 {
		hints.MaxBody = 10 << 20
	}
	doc, err := gunzip(r, hints.MaxBody)
	if err != nil {
		return Feed{}, fail(Unreadable, "the gzip body cannot be unpacked", "")
	}
	doc = dropXMLEncoding(toUTF8(doc, hints.ContentType))
	raw, dropped, err := readFeed(doc)
	if err != nil {
		return Feed{}, err
	}
	bu, err := url.Parse(base)
	if err != nil {
		bu = &url.URL{}
	}
	f := Feed{Info: infoOf(raw, bu), Dropped: append([]earshot.Dropped{}, dropped...)}
	f.Info.Salvaged = len(dropped) > 0
	if f.Info.Language == "" {
		f.Info.Language = hints.Lang
	}
	f.Items = itemsOf(raw, bu, f.Info, hints)
	return f, nil
}

// readFeed tries the document as it is, then repaired, then item by item.
func readFeed(doc []byte) (rawFeed, []earshot.Dropped, error) {
	trimmed := bytes.TrimLeft(doc, " \t\r\n")
	if len(trimmed) == 0 {
		return rawFeed{}, nil, fail(Unreadable, "the document is empty", "")
	}
	if trimmed[0] == '{' {
		return readJSONFeed(trimmed)
	}
	shape := shapeOf(doc)
	if shape.root == "html" || shape.root != "rss" && shape.root != "feed" && shape.root != "rdf" && shape.root != "channel" && len(shape.items) == 0 {
		return rawFeed{}, nil, notAFeed(shape.root)
	}
	if shape.sound() && shape.cutItems == 0 {
		if raw, err := parseRaw(doc); err == nil && len(raw.items) >= len(shape.items) {
			return withLost(raw, doc, shape), nil, nil
		}
		mended := repair(doc)
		if raw, err := parseRaw(mended); err == nil && len(raw.items) >= len(shape.items) {
			return raw, nil, nil
		}
	}
	return salvageFeed(doc)
}

var aboutRE = regexp.MustCompile(`^<[^>]{0,900}?\b(?:rdf:)?about\s*=\s*["']([^"'<>]{1,900})["']`)

var countRE = regexp.MustCompile(`\sthr:count\s*=\s*["'](\d{1,7})["']`)

// withLost gives items what gofeed drops: the id in RDF's rdf:about, and the number
// of comments on an Atom link.
func withLost(raw rawFeed, doc []byte, shape feedShape) rawFeed {
	if raw.kind != "rdf" && raw.kind != "atom" || len(raw.items) != len(shape.items) {
		return raw
	}
	for i := range raw.items {
		item, it := doc[shape.items[i].start:shape.items[i].end], &raw.items[i]
		if m := aboutRE.FindSubmatch(item); it.id == "" && m != nil && raw.kind == "rdf" {
			it.id, it.idIsLink = html.UnescapeString(string(m[1])), true
		}
		if m := countRE.FindSubmatch(item); it.commentCount == "" && m != nil {
			it.commentCount = string(m[1])
		}
	}
	return raw
}

func notAFeed(root string) error {
	if root == "html" {
		return fail(Unreadable, "this is a web page, not a feed", "give it as a site: source, or find its feed's address")
	}
	return fail(Unreadable, "this is not a feed", "check the address")
}

const jsonDepth = 64

func readJSONFeed(doc []byte) (rawFeed, []earshot.Dropped, error) {
	depth, deepest, inString := 0, 0, false
	for i := 0; i < len(doc); i++ {
		switch c := doc[i]; {
		case inString && c == '\\':
			i++
		case c == '"':
			inString = !inString
		case inString:
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
		}
	}
	if deepest > jsonDepth {
		return rawFeed{}, nil, fail(Unreadable, "the JSON is nested too deeply", "")
	}
	raw, err := parseRaw(doc)
	if err != nil {
		return rawFeed{}, nil, fail(Unreadable, "this is not a JSON feed", "check the address")
	}
	if len(raw.items) > feedItems {
		n := len(raw.items) - feedItems
		raw.items = raw.items[:feedItems]
		return raw, []earshot.Dropped{{What: fmt.Sprintf("%d items", n), Why: "more items than are kept of one feed"}}, nil
	}
	return raw, nil, nil
}

// salvageFeed reads each whole item on its own.
func salvageFeed(doc []byte) (rawFeed, []earshot.Dropped, error) {
	mended := repair(doc)
	shape := shapeOf(mended)
	docs, lost := salvage(mended, shape)
	var raw rawFeed
	if head, err := parseRaw(headOnly(mended, shape)); err == nil {
		raw = head
		raw.items = nil
	}
	for _, one := range docs {
		part, err := parseRaw(one)
		if err != nil || len(part.items) == 0 {
			lost++
			continue
		}
		if raw.kind == "" {
			raw.kind = part.kind
		}
		raw.items = append(raw.items, part.items...)
	}
	if len(raw.items) == 0 && raw.title == "" {
		return rawFeed{}, nil, fail(Unreadable, "the feed is broken and no item of it can be read", "")
	}
	why := []earshot.Dropped{{What: "the document as a whole", Why: "ill formed, cut off or too large; read item by item"}}
	if lost > 0 {
		why = append(why, earshot.Dropped{What: fmt.Sprintf("%d items", lost), Why: "broken, cut off or over the limits"})
	}
	return raw, why, nil
}

// headOnly is the feed without its items, balanced.
func headOnly(doc []byte, s feedShape) []byte {
	head := doc[:s.head]
	if len(head) > feedItemMax || shapeOf(head).elements > feedElements/10 {
		return nil
	}
	return closeAll(head)
}

func infoOf(raw rawFeed, base *url.URL) FeedInfo {
	f := FeedInfo{
		Title:    oneLine(raw.title, 300),
		Link:     absolute(base, strings.TrimSpace(raw.link)),
		Language: langTag(raw.language),
		Kind:     raw.kind,
		Hub:      absolute(base, raw.hub),
		TTL:      ttlOf(raw),
		Next:     absolute(base, raw.next),
	}
	for _, h := range raw.skipHours {
		if n, err := strconv.Atoi(strings.TrimSpace(h)); err == nil && n >= 0 && n <= 24 {
			f.SkipHours = append(f.SkipHours, n%24)
		}
	}
	if len(f.SkipHours) >= 24 {
		f.SkipHours = nil
	}
	return f
}

func ttlOf(raw rawFeed) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(raw.ttl)); err == nil && n > 0 {
		return time.Duration(min(n, 60*24*7)) * time.Minute
	}
	period := map[string]time.Duration{"hourly": time.Hour, "daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour}[strings.ToLower(raw.syPeriod)]
	if n, err := strconv.Atoi(strings.TrimSpace(raw.syFrequency)); err == nil && n > 1 {
		period /= time.Duration(min(n, 1000))
	}
	return period
}

var langRE = regexp.MustCompile(`^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$`)

// langTag accepts a language tag, in lower case with hyphens, or "".
func langTag(s string) string {
	s = strings.TrimSpace(s)
	if !langRE.MatchString(s) {
		return ""
	}
	return strings.ToLower(strings.ReplaceAll(s, "_", "-"))
}

func itemsOf(raw rawFeed, base *url.URL, info FeedInfo, hints Hints) []Item {
	items := make([]Item, 0, len(raw.items))
	for _, r := range raw.items {
		items = append(items, itemOf(r, base, firstOf(langTag(r.lang), hints.Lang, info.Language), hints))
	}
	return items
}

func itemOf(r rawItem, base *url.URL, lang string, hints Hints) Item {
	link := absolute(base, strings.TrimSpace(r.link))
	if link == "" && (r.idIsLink || strings.HasPrefix(strings.TrimSpace(r.id), "http")) {
		link = absolute(nil, strings.TrimSpace(r.id))
	}
	body, excerpt := strings.TrimSpace(r.body), strings.TrimSpace(r.excerpt)
	it := Item{
		ID:          clip(strings.TrimSpace(r.id), 1000),
		URL:         link,
		Title:       titleOf(r),
		Author:      authorName(r.author),
		AuthorURL:   absolute(base, r.authorURL),
		Lang:        lang,
		CommentsURL: absolute(base, r.commentsURL),
		CommentFeed: absolute(base, r.commentFeed),
		ReplyTo:     strings.TrimSpace(r.inReplyTo),
		ReplyHref:   absolute(base, r.inReplyHref),
		Tags:        cleanTags(r.tags),
	}
	textBase := base
	if u, err := url.Parse(link); err == nil && link != "" {
		textBase = u
	}
	it.Text, it.Links = bodyText(body, excerpt, r.bodyPlain, textBase)
	it.Summary = isExcerpt(body, excerpt, it.Text)
	if n, err := strconv.Atoi(strings.TrimSpace(r.commentCount)); err == nil && n > 0 && n < 1e7 {
		it.CommentCount = n
	}
	it.Published = hints.firstDate(lang, r.published...)
	it.Updated = hints.firstDate(lang, r.updated...)
	if it.Published.IsZero() {
		it.Published = it.Updated
	}
	return it
}
