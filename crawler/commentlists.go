package crawler

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"earshot"
)

// repeated finds comments in an area whose markup says nothing: the largest group
// of sibling elements alike in tag and class, each with some text and a name or a date.
func (r *commentReader) repeated(area *html.Node) []*html.Node {
	var best []*html.Node
	walk(area, func(parent *html.Node) bool {
		if parent.Type != html.ElementNode || parent.DataAtom == atom.Form {
			return false
		}
		groups := map[string][]*html.Node{}
		for c := parent.FirstChild; c != nil; c = c.NextSibling {
			if mayBeComment(c.DataAtom) {
				first, _, _ := strings.Cut(strings.TrimSpace(attr(c, "class")), " ")
				key := c.Data + "." + first
				groups[key] = append(groups[key], c)
			}
		}
		for _, g := range groups {
			if len(g) > len(best) && r.plausible(g) {
				best = g
			}
		}
		return len(best) < 3
	})
	return best
}

// mayBeComment says whether an element of this kind could be one comment; lists
// and headings could not.
func mayBeComment(a atom.Atom) bool {
	switch a {
	case atom.Li, atom.Div, atom.Article, atom.Section, atom.P, atom.Table, atom.Tr, atom.Blockquote:
		return true
	}
	return false
}

// plausible says whether most of a group look like comments.
func (r *commentReader) plausible(group []*html.Node) bool {
	good := 0
	for _, n := range group[:min(len(group), 20)] {
		text := nodeText(n, nil)
		if len(text) > 10 && (dateIn(clip(text, 400)) != "" || pick(n, never, label("author", "name", "user", "nick", "username", "fn")) != nil || find(n, func(c *html.Node) bool { return c.DataAtom == atom.Time || c.DataAtom == atom.Cite }) != nil) {
			good++
		}
	}
	return good > 0 && good*10 >= min(len(group), 20)*6
}

// sequences reads comments that no element holds: Blogger's old dt/dd lists, and
// paragraphs each followed by a "Posted by" line.
func (r *commentReader) sequences(areas []*html.Node, doc *html.Node) []PageComment {
	var out []PageComment
	for _, dl := range findAll(doc, func(n *html.Node) bool { return n.DataAtom == atom.Dl && (within(n, areas) || isCommentArea(n)) }) {
		out = append(out, r.definitionList(dl)...)
	}
	if len(out) > 0 {
		return out
	}
	for _, area := range areas {
		out = append(out, r.postedBy(area)...)
	}
	return out
}

// definitionList reads dt author, dd text, dd date.
func (r *commentReader) definitionList(dl *html.Node) []PageComment {
	var out []PageComment
	var cur *PageComment
	for c := dl.FirstChild; c != nil; c = c.NextSibling {
		switch {
		case c.DataAtom == atom.Dt:
			out = append(out, PageComment{ID: r.id(c)})
			cur = &out[len(out)-1]
			cur.Author, cur.AuthorURL, cur.Profile = r.name(c)
		case c.DataAtom == atom.Dd && cur != nil:
			text := strings.TrimSpace(nodeText(c, nil))
			if d := r.hints.firstDate(r.lang, innerDate(c), dateIn(text), attr(c, "title")); hasLabel(labels(c), "comment-footer", "comment-date", "date") || !d.IsZero() && len(text) < 80 {
				cur.Published = d
			} else {
				cur.Text = strings.TrimSpace(cur.Text + "\n\n" + text)
			}
		}
	}
	return withText(out)
}

func withText(list []PageComment) []PageComment {
	var out []PageComment
	for _, c := range list {
		if c.Text != "" && len(out) < commentsMax {
			out = append(out, c)
		}
	}
	return out
}

// postedBy reads text up to each line "Posted by NAME at DATE".
func (r *commentReader) postedBy(area *html.Node) []PageComment {
	var out []PageComment
	var text []string
	for line := range strings.SplitSeq(nodeText(area, func(n *html.Node) bool { return n.DataAtom == atom.Form }), "\n") {
		m := bylineRE.FindStringSubmatch(line)
		if m == nil || len(line) > 200 {
			if len(text) > 0 || !isHeadingLine(line) {
				text = append(text, line)
			}
			continue
		}
		body := strings.TrimSpace(strings.Join(text, "\n"))
		text = nil
		if body != "" && len(out) < commentsMax {
			out = append(out, PageComment{Author: oneLine(m[1], 120), Published: r.hints.firstDate(r.lang, dateIn(line)), Text: body})
		}
	}
	return out
}

// isHeadingLine knows "Comments (3)" and its like above the first comment.
func isHeadingLine(line string) bool {
	line = strings.ToLower(strings.TrimSpace(line))
	return line == "" || len(line) < 60 && (strings.Contains(line, "comment") || strings.Contains(line, "coment") || strings.Contains(line, "commenti") || strings.Contains(line, "评论") || strings.Contains(line, "留言") || strings.Contains(line, "responses") || strings.Contains(line, "trackback"))
}

// ldComments turns JSON-LD's comments into the same shape.
func (r *commentReader) fromLinkedData(list []ldComment) []PageComment {
	var out []PageComment
	for _, c := range list {
		if len(out) < commentsMax {
			out = append(out, PageComment{ID: shortID(fragmentOr(c.ID)), Parent: shortID(fragmentOr(c.Parent)), Author: oneLine(c.Author, 120), AuthorURL: c.AuthorURL,
				Published: r.hints.firstDate(r.lang, c.Date), Text: c.Text})
		}
	}
	return out
}

func fragmentOr(id string) string { return firstOf(fragmentOf(id), id) }

// commentEntries turns a page's comments into entries of the post's thread.
func commentEntries(post earshot.Entry, list []PageComment, source string, now func() Date) []earshot.Entry {
	keys := map[string]string{}
	out := make([]earshot.Entry, 0, len(list))
	seen := now()
	used := map[string]bool{}
	for _, c := range list {
		e := earshot.Entry{
			Source: source, Kind: earshot.Comment, Thread: post.Thread, Site: post.Site, SiteName: post.SiteName,
			Text: c.Text, Links: c.Links, Lang: post.Lang, LangSure: min(post.LangSure, 0.5), FirstSeen: seen.Time, Revision: 1,
			URL: commentURL(post.URL, c.ID), Hash: ContentHash("", c.Text),
		}
		e.Author = earshot.Author{Name: c.Author, URL: c.AuthorURL, Profile: c.Profile, Key: AuthorKey(c.Profile, c.AuthorURL, post.Site, c.Author)}
		e.Published, e.Precision = effective(c.Published.Time, c.Published.Precision, seen.Time)
		e.Canonical = CanonicalURL(e.URL)
		if isNumber(c.ID) {
			e.Key = "c-" + digest(e.Thread, strings.TrimLeft(c.ID, "0"))
		} else {
			e.Key = EntryKey(e)
		}
		if used[e.Key] {
			continue
		}
		used[e.Key] = true
		if c.ID != "" {
			keys[c.ID] = e.Key
		}
		e.Parent = keys[c.Parent]
		out = append(out, e)
	}
	return out
}

func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// commentURL is the place of a comment within its post's page.
func commentURL(post, id string) string {
	post, _, _ = strings.Cut(post, "#")
	switch {
	case id == "":
		return post
	case isNumber(id):
		return post + "#comment-" + id
	}
	return post + "#" + strings.Map(func(r rune) rune {
		if r <= ' ' || r == '#' || r == '"' || r == '<' || r == '>' {
			return -1
		}
		return r
	}, id)
}
