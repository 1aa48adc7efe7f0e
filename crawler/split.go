package crawler

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"earshot"
)

// posts finds the posts of a page that holds several: elements of a post's kind,
// side by side, each with a heading that links to an address of its own.
func (r *pageReader) posts() []Page {
	nodes := topmost(findAll(r.doc, isPost))
	if len(nodes) < 2 {
		return nil
	}
	var out []Page
	for _, n := range nodes {
		if p, ok := r.post(n); ok {
			out = append(out, p)
		}
	}
	if len(out) < 2 {
		return nil
	}
	return out
}

func isPost(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Article, atom.Div, atom.Section, atom.Li:
	default:
		return false
	}
	t := strings.ToLower(attr(n, "itemtype"))
	return n.DataAtom == atom.Article || strings.HasSuffix(t, "blogposting") || strings.HasSuffix(t, "/article") ||
		hasLabel(labels(n), "hentry", "h-entry", "post", "entry", "blog-post", "blogpost", "type-post", "post-outer")
}

func (r *pageReader) post(n *html.Node) (Page, bool) {
	h := find(n, func(c *html.Node) bool {
		return (c.DataAtom == atom.H1 || c.DataAtom == atom.H2 || c.DataAtom == atom.H3 || c.DataAtom == atom.H4 || hasLabel(labels(c), "entry-title", "post-title", "p-name")) && nodeText(c, nil) != ""
	})
	if h == nil {
		return Page{}, false
	}
	link := ""
	for _, a := range append(findAll(h, isAnchor), findAll(n, func(c *html.Node) bool {
		return isAnchor(c) && (hasWord(attr(c, "rel"), "bookmark") || hasLabel(labels(c), "u-url", "permalink", "entry-permalink", "timestamp-link"))
	})...) {
		link = firstOf(link, absolute(r.base, attr(a, "href")))
	}
	body := firstNode(find(n, isBody), n)
	sub := pageReader{doc: n, base: r.base, hints: r.hints, meta: meta{base: r.base}}
	p := Page{URL: link, Canonical: link, Title: oneLine(nodeText(h, nil), 500), Language: r.page.Language, SiteName: r.page.SiteName}
	p.Author, p.AuthorURL = sub.author()
	p.Published = sub.published(r.page.Language)
	p.Text = withoutTitle(nodeText(body, func(c *html.Node) bool { return c == h }), p.Title)
	var links linkSet
	for _, a := range findAll(body, isAnchor) {
		links.add(r.base, attr(a, "href"))
	}
	p.Links = links.list
	return p, link != "" && p.Text != ""
}

func isAnchor(n *html.Node) bool { return n.DataAtom == atom.A && attr(n, "href") != "" }

// Split parts an entry whose text holds several dated posts: lines that are
// nothing but a date, each opening a section. An entry that is one post comes
// back alone and unchanged; sections have keys of their own, which a new section
// on top does not shift.
func Split(e earshot.Entry) []earshot.Entry {
	if e.Kind != earshot.Post {
		return []earshot.Entry{e}
	}
	lines := strings.Split(e.Text, "\n")
	var starts []int
	var dates []Date
	for i, line := range lines {
		if d := dateHeading(line, e.Lang); !d.IsZero() {
			starts = append(starts, i)
			dates = append(dates, d)
		}
	}
	if len(starts) < 2 || starts[0] > 3 || !monotonic(dates) {
		return []earshot.Entry{e}
	}
	var out []earshot.Entry
	for i, at := range starts {
		end := len(lines)
		if i+1 < len(starts) {
			end = starts[i+1]
		}
		part := section(e, lines[at+1:end], dates[i])
		if wordCount(part.Text, 5) >= 5 {
			out = append(out, part)
		}
	}
	if len(out) < 2 {
		return []earshot.Entry{e}
	}
	return out
}

func dateHeading(line, lang string) Date {
	line = strings.TrimSpace(line)
	if len(line) < 8 || len(line) > 40 {
		return Date{}
	}
	t, p, amb, err := ParseDate(line, lang, nil)
	if err != nil || wordCount(line, 8) > 6 {
		return Date{}
	}
	return Date{t, p, amb}
}

// monotonic says whether dates only fall, or only rise, as a log's do.
func monotonic(ds []Date) bool {
	up, down := true, true
	for i := 1; i < len(ds); i++ {
		up = up && ds[i].After(ds[i-1].Time)
		down = down && ds[i].Before(ds[i-1].Time)
	}
	return up || down
}

func section(e earshot.Entry, lines []string, d Date) earshot.Entry {
	part := e
	text := strings.TrimSpace(strings.Join(lines, "\n"))
	if first, rest, ok := strings.Cut(text, "\n\n"); ok && len(first) < 120 && !strings.ContainsAny(first, ".!?。") {
		part.Title, text = first, strings.TrimSpace(rest)
	}
	part.Text = text
	part.Published, part.Precision = effective(d.Time, d.Precision, e.FirstSeen)
	part.Hash = ContentHash(part.Title, part.Text)
	part.Key = "s-" + digest(e.Key, d.Format("2006-01-02"), foldText(part.Title))
	return part
}
