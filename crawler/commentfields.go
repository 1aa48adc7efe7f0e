package crawler

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// read takes one comment out of its element.
func (r *commentReader) read(n *html.Node) (PageComment, bool) {
	other := func(c *html.Node) bool { return c != n && r.items[c] }
	who := r.author(n, other)
	when := r.date(n, other)
	body := r.body(n, other)
	skip := func(c *html.Node) bool {
		return other(c) || c != body && (c == who || c == when || isCommentChrome(c))
	}
	c := PageComment{ID: r.id(n), Parent: r.parent(n)}
	c.Text = strings.TrimSpace(nodeText(firstNode(body, n), skip))
	if who != nil {
		c.Author, c.AuthorURL, c.Profile = r.name(who)
	}
	if when != nil {
		c.Published = r.hints.firstDate(r.lang, attr(when, "datetime"), attr(when, "content"), innerDate(when), attr(when, "title"), dateIn(unglue(oneLine(nodeText(when, nil), 200))), oneLine(nodeText(when, nil), 120))
	}
	c.Text = withoutCaption(c.Text, c.Author)
	if c.Author == "" || c.Published.IsZero() {
		r.byline(n, other, &c)
	}
	for _, a := range findAll(firstNode(body, n), func(x *html.Node) bool { return x.DataAtom == atom.A && attr(x, "href") != "" }) {
		if l := absolute(r.base, attr(a, "href")); l != "" && len(c.Links) < 20 && !skip(a) {
			c.Links = append(c.Links, l)
		}
	}
	return c, c.Text != "" && (c.Author != "" || !c.Published.IsZero() || c.ID != "")
}

// innerDate is the machine's form of a date that stands inside the element which
// names it: what people read beside it may put the month first.
func innerDate(n *html.Node) string {
	for _, t := range findAll(n, func(x *html.Node) bool { return x.DataAtom == atom.Time && attr(x, "datetime") != "" }) {
		return attr(t, "datetime")
	}
	return ""
}

func firstNode(ns ...*html.Node) *html.Node {
	for _, n := range ns {
		if n != nil {
			return n
		}
	}
	return nil
}

// pick finds the first element of n, outside other comments, that passes one of
// the tests; an earlier test wins over an earlier element.
func pick(n *html.Node, other func(*html.Node) bool, tests ...func(*html.Node) bool) *html.Node {
	for _, test := range tests {
		var found *html.Node
		walk(n, func(c *html.Node) bool {
			if found != nil || other(c) {
				return false
			}
			if c != n && c.Type == html.ElementNode && test(c) {
				found = c
			}
			return found == nil
		})
		if found != nil {
			return found
		}
	}
	return nil
}

func prop(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool {
		p := strings.ToLower(attr(n, "itemprop"))
		for _, name := range names {
			if hasWord(p, name) {
				return true
			}
		}
		return false
	}
}

func label(names ...string) func(*html.Node) bool {
	return func(n *html.Node) bool { return hasLabel(labels(n), names...) }
}

var authorWordRE = regexp.MustCompile(`(?:^|[ _-])(?:author|authorname|commenter|commentername|username|user-?name|user|nick(?:name)?|poster|byline|autor|autore|by|name|screen-?name|fn)(?:$|[ _-])`)

func (r *commentReader) author(n *html.Node, other func(*html.Node) bool) *html.Node {
	return pick(n, other,
		prop("author", "creator"),
		label("p-author", "comment-author", "comment_author", "commentauthor", "comment-author-name", "comment__author", "comment-username", "commenter", "vcard", "author-name"),
		label("fn", "author", "author-link", "username", "user-name", "nickname", "poster", "commenter-name", "comment-by", "user", "by", "comment__user", "comment-user", "nick", "name"),
		func(c *html.Node) bool { return c.DataAtom == atom.Cite },
		func(c *html.Node) bool {
			return c.DataAtom != atom.P && authorWordRE.MatchString(labels(c)) && len(nodeText(c, nil)) < 80 && nodeText(c, nil) != ""
		},
		func(c *html.Node) bool {
			return c.DataAtom == atom.A && hasWord(attr(c, "rel"), "nofollow") && outside(c)
		},
	)
}

func outside(n *html.Node) bool {
	return n.Parent != nil && n.Parent.DataAtom != atom.P
}

func (r *commentReader) date(n *html.Node, other func(*html.Node) bool) *html.Node {
	return pick(n, other,
		prop("datepublished", "datecreated", "commenttime"),
		label("dt-published", "published", "comment-date", "comment_date", "commentdate", "comment-time", "comment__date", "comment-timestamp", "comment-datetime"),
		func(c *html.Node) bool { return c.DataAtom == atom.Time },
		label("datetime", "date", "timestamp", "time-ago", "time", "comment-meta", "commentmetadata", "comment-metadata", "posted-on", "when", "fecha", "data", "pubdate"),
		func(c *html.Node) bool { return c.DataAtom == atom.Abbr && attr(c, "title") != "" },
		label("comment-footer", "comment-info", "comment-header", "comments-post", "meta", "metadata", "byline"),
	)
}

func (r *commentReader) body(n *html.Node, other func(*html.Node) bool) *html.Node {
	found := pick(n, other,
		prop("text", "commenttext"),
		label("e-content", "comment-content", "comment_content", "commentcontent", "comment-text", "comment_text", "commenttext", "comment__content", "comment__text", "comment__body", "comment-message", "comment-copy", "comment-bodytext"),
		label("post-message", "message", "comment-body", "comment_body", "commentbody", "comment-entry", "comment-main", "comment-txt", "reply-content", "reply-text", "user-text"),
		label("p-content", "text", "content", "body", "entry-content", "texto", "testo", "txt"),
		func(c *html.Node) bool {
			return hasLabel(labels(c), "p-name", "p-summary") && wordCount(nodeText(c, nil), 4) >= 3
		},
	)
	if found == nil || strings.TrimSpace(nodeText(found, other)) == "" {
		return nil
	}
	return found
}

var chromeRE = regexp.MustCompile(`(?:^|[ _-])(?:reply|reply-?link|edit-?link|permalink|avatar|gravatar|photo|says|meta|metadata|commentmetadata|datetime|votes?|likes?|rating|share|flag|report|actions?|buttons?|controls?|toolbar|toggle|badge|footer|menu|moderation|comment-?form|respond|timestamp|time-ago|screen-reader-text|visually-hidden|sr-only)(?:$|[ _-])`)

// isCommentChrome knows what stands around a comment's words: reply links, votes, dates.
func isCommentChrome(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Form, atom.Time, atom.Nav, atom.Footer, atom.Label:
		return true
	}
	if n.DataAtom == atom.P || n.DataAtom == atom.Li || n.DataAtom == atom.Article {
		return hasLabel(labels(n), "comment-meta", "comment-footer", "comment-awaiting-moderation", "reply")
	}
	return chromeRE.MatchString(labels(n)) && wordCount(nodeText(n, nil), 40) < 40
}

var saysRE = regexp.MustCompile(`(?i)\s*(?:says?|said|wrote|writes|dice|dijo|escribi[oó]|ha scritto|scrive|dice che|a écrit|dit|schrieb|sagt|说|写道|disse)?(?: on| el| il)?\s*(?:[:：…,|-]|\.\.\.)*\s*$`)
var postedByRE = regexp.MustCompile(`(?i)^(?:posted by|comment by|by|written by|publicado por|escrito por|por|scritto da|postato da|di|from|von|par|author|name|作者)\s*:?\s+`)

// name reads who wrote it, and where his name leads.
func (r *commentReader) name(who *html.Node) (name, address, profile string) {
	inner := firstNode(pick(who, never, label("p-name", "fn", "author-name", "name", "user"), prop("name")), who)
	name = oneLine(nodeText(inner, isCommentChrome), 120)
	if name == "" {
		name = oneLine(nodeText(inner, nil), 120)
	}
	name = strings.TrimSpace(saysRE.ReplaceAllString(postedByRE.ReplaceAllString(name, ""), ""))
	if i := strings.IndexAny(name, "|•·"); i > 0 {
		name = strings.TrimSpace(name[:i])
	}
	link := who
	if who.DataAtom != atom.A {
		link = pick(who, never, func(c *html.Node) bool {
			return c.DataAtom == atom.A && !strings.Contains(attr(c, "href"), "#") && !isCommentChrome(c)
		})
	}
	if link == nil && who.Parent != nil && who.Parent.DataAtom == atom.A {
		link = who.Parent
	}
	if link == nil {
		return name, firstOf(itempropURL(who, r.base)), ""
	}
	address = absolute(r.base, attr(link, "href"))
	if profileRE.MatchString(address) && authenticated(address, siteOf(r.base.String())) && !strings.Contains(attr(link, "rel"), "external") {
		profile = address
	}
	return name, address, profile
}

// profileRE matches the paths under which platforms keep their users' pages.
var profileRE = regexp.MustCompile(`(?i)/(?:@[^/]+|(?:u|user|users|profile|profiles|member|members|people|usuario|utente|by)/[^/]+|user\?id=[^&]+|space-uid-\d+[^/]*)/?$`)

// authenticated says whether a profile's address can only stand there because the
// platform put it there: it lies on the site itself, or is Blogger's on a Blogger
// site. An address a commenter typed elsewhere proves nothing.
func authenticated(profile, site string) bool {
	host := hostname(siteOf(profile))
	if strings.Contains(site, ".blogspot.") {
		return host == "blogger.com" || host == "draft.blogger.com"
	}
	return registrable(host) == registrable(hostname(site))
}

func itempropURL(n *html.Node, base *url.URL) string {
	if u := pick(n, never, prop("url")); u != nil {
		return absolute(base, firstOf(attr(u, "href"), attr(u, "content")))
	}
	return ""
}

func never(*html.Node) bool { return false }

func (r *commentReader) id(n *html.Node) string {
	for _, v := range []string{attr(n, "id"), attr(n, "data-comment-id"), attr(n, "data-id"), attr(n, "itemid")} {
		if v = strings.TrimSpace(v); v != "" {
			return shortID(v)
		}
	}
	inner := find(n, func(c *html.Node) bool {
		return !r.items[c] && (itemIDRE.MatchString(attr(c, "id")) || c.DataAtom == atom.A && itemIDRE.MatchString(attr(c, "name")))
	})
	if inner != nil {
		return shortID(firstOf(attr(inner, "id"), attr(inner, "name")))
	}
	if prev := n.PrevSibling; prev != nil && prev.Type == html.ElementNode && prev.DataAtom == atom.A {
		return shortID(firstOf(attr(prev, "id"), attr(prev, "name")))
	}
	return ""
}

// shortID reduces the ways platforms write a comment's id to its number.
func shortID(v string) string {
	if m := itemIDRE.FindStringSubmatch(v); m != nil {
		return m[1]
	}
	return clip(v, 120)
}

func (r *commentReader) parent(n *html.Node) string {
	for _, v := range []string{attr(n, "data-parent-id"), attr(n, "data-parent")} {
		if v != "" && v != "0" {
			return shortID(v)
		}
	}
	if outer := enclosing(n, r.items); outer != nil {
		return r.id(outer)
	}
	return ""
}

var bylineRE = regexp.MustCompile(`(?i)^\s*(?:posted by|comment by|written by|by|publicado por|escrito por|scritto da|postato da|von|par)(?:\s*[:：]\s*|\s+)(.{1,60}?)\s*(?:[|•·,]|\bon\b|\bat\b|\bel\b|\bil\b|\bam\b|\ble\b|$)`)
var wroteRE = regexp.MustCompile(`(?i)^\s*(.{1,60}?)\s+(?:says|said|wrote|writes|dice|dijo|escribió|ha scritto|scrive|a écrit|schrieb|说|写道|disse)\b`)

// byline reads name and date from lines such as "Posted by: Ann at May 3, 2006 4:10 PM".
func (r *commentReader) byline(n *html.Node, other func(*html.Node) bool, c *PageComment) {
	lines := strings.Split(nodeText(n, other), "\n")
	for i, line := range lines {
		if len(line) > 200 || i > 2 && i < len(lines)-3 {
			continue
		}
		if c.Published.IsZero() {
			c.Published = r.hints.firstDate(r.lang, dateIn(unglue(line)))
		}
		if c.Author != "" {
			continue
		}
		if m := bylineRE.FindStringSubmatch(line); m != nil {
			c.Author = oneLine(m[1], 120)
		} else if m := wroteRE.FindStringSubmatch(line); m != nil {
			c.Author = oneLine(m[1], 120)
		}
		if c.Author != "" {
			c.Text = strings.TrimSpace(strings.Replace(c.Text, line, "", 1))
		}
	}
}

var saysOnlyRE = regexp.MustCompile(`(?i)^[\s\pP\pS]*(?:says?|said|wrote|writes|dice|dijo|escribió|ha scritto|scrive|a écrit|schrieb|说|写道|reply|responder|rispondi|回复|permalink|link|#\d*)?[\s\pP\pS]*$`)

// withoutCaption drops lines at a comment's start and end that only name its
// writer or its date, or are a link's words.
func withoutCaption(text, name string) string {
	lines := strings.Split(text, "\n")
	for range 4 {
		if len(lines) > 1 && isCaption(lines[0], name) {
			lines = lines[1:]
		}
		if len(lines) > 1 && isCaption(lines[len(lines)-1], name) {
			lines = lines[:len(lines)-1]
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func isCaption(line, name string) bool {
	if line = strings.TrimSpace(line); len(line) > 160 {
		return false
	}
	rest := line
	if d := dateIn(line); d != "" {
		rest = strings.Replace(rest, d, "", 1)
	}
	if name != "" {
		rest = strings.Replace(rest, name, "", 1)
	}
	return rest != line && wordCount(strings.Trim(rest, " ,;:.|-–—()·•@#"), 3) < 3 || saysOnlyRE.MatchString(line)
}

var dateInRE = regexp.MustCompile(`(?i)\b(\d{4}[-/.年년]\s?\d{1,2}[-/.月월]\s?\d{1,2}[日일]?|\d{1,2}\.\d{1,2}\.\d{2,4}|\d{1,2}\.\s\d{1,2}\.\s\d{4}|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}-\d{1,2}-\d{2,4}|\d{4}\.?\s\p{L}{3,12}\.?\s\d{1,2}\b|\d{1,2}(?:st|nd|rd|th|º|er|\.)?\s+(?:de\s+|of\s+)?\p{L}{3,12}\.?,?\s+(?:del?\s+)?\d{4}|\p{L}{3,12}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})(?:,?\s*(?:at|a las|alle|ore|um|à|@|T|-|–|\|)?\s*\d{1,2}[:.h点]\d{2}(?::\d{2})?(?:分)?\s*(?:[ap]\.?m\.?)?)?`)

// dateIn finds the first thing in a line that looks like a date.
func dateIn(line string) string { return dateInRE.FindString(line) }
