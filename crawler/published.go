package crawler

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	urlDateRE    = regexp.MustCompile(`/((?:19|20)\d\d)[/-](\d\d?)[/-](\d\d?)(?:[/_.-]|$)`)
	urlCompactRE = regexp.MustCompile(`[/_-]((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:[/_.-]|$)`)
	dateWordRE   = regexp.MustCompile(`(?:^|[ _-])(?:date|dates?time|datum|fecha|data|pubdate|pub-?date|published|publish|published-?at|posted|postdate|timestamp|timestamps|time|created|creation|erstellt|dateline|datepublished|meta|metadata|meta-?info|info|byline|details)(?:$|[ _-])`)
	revisedRE    = regexp.MustCompile(`(?i)(?:updated|modified|last (?:change|edit)|aktualisiert|letzte [aä]nderung|zuletzt|ge[aä]ndert|stand:|actualizado|aggiornato|mis [aà] jour|modifi[eé]|更新|修改)`)
	notPostedRE  = regexp.MustCompile(`(?i)(?:©|copyright|\(c\) ?\d{4}|registered|member since|mitglied seit|joined|copyleft|born|geboren|aktuelles datum|current (?:date|time)|it is currently|the time now|today's|fecha actual|data attuale|date actuelle|当前时间|现在时间)`)
)

// published finds the date: what the page declares of its article, then a date
// element near the article, then the address, then what it declares of anything
// else, then a line that is a date, and last when it was changed.
func (r *pageReader) published(lang string) Date {
	if d := r.hints.firstDate(lang, r.meta.published...); !d.IsZero() {
		return r.onLocalDay(d, lang)
	}
	posted, changed := r.dateElements()
	if d := r.hints.firstDate(lang, append(posted, changed...)...); !d.IsZero() {
		return d
	}
	if d := r.hints.firstDate(lang, r.addressDay()); !d.IsZero() {
		return d
	}
	if d := r.hints.firstDate(lang, r.meta.otherPublished...); !d.IsZero() {
		return d
	}
	if d := r.hints.firstDate(lang, r.dateLines()...); !d.IsZero() {
		return d
	}
	if d := r.onlyDate(lang); !d.IsZero() {
		return d
	}
	return r.hints.firstDate(lang, r.meta.updated...)
}

// dateElements lists what the elements say that name the date, the surest first,
// and apart from that what they call a change.
func (r *pageReader) dateElements() (texts, changed []string) {
	for _, test := range []func(*html.Node) bool{
		label("dt-published", "published", "entry-date", "post-date", "posted-on", "date-header", "post-timestamp", "timestamp-link", "article-date", "publish-date", "pubdate", "entry-time"),
		func(n *html.Node) bool {
			return n.DataAtom == atom.Time && !revisedRE.MatchString(labels(n)+attr(n, "itemprop"))
		},
		label("date", "fecha", "data", "datetime", "post-meta", "entry-meta", "meta", "byline", "posted", "post-info", "dateline", "timestamp", "entry-footer", "post-footer"),
		func(n *html.Node) bool { return n.DataAtom == atom.Abbr && attr(n, "title") != "" },
		func(n *html.Node) bool {
			return dateWordRE.MatchString(labels(n)) && dateIn(unglue(clip(nodeText(n, nil), 160))) != "" && len(nodeText(n, nil)) < 160
		},
	} {
		posted := func(n *html.Node) bool { return test(n) && !notPosting(n) }
		n := pick(r.doc, inChrome, func(n *html.Node) bool { return posted(n) && !r.besideArticle(n) })
		if n == nil {
			n = pick(r.doc, inChrome, posted)
		}
		if n == nil {
			continue
		}
		text := unglue(oneLine(nodeText(n, nil), 200))
		if said := dateIn(text); said != "" && postedRE.MatchString(text) && !revisedRE.MatchString(text) && r.disagree(said, attr(n, "datetime")) {
			texts = append(texts, said) // a reader is told when it was posted, the machine when it was saved
		}
		if revisedRE.MatchString(text) && dateIn(text) != "" {
			text = notRevised(text)
		}
		said := []string{attr(n, "datetime"), attr(n, "content"), attr(n, "title"), dateIn(text), text}
		if revisedRE.MatchString(text) {
			changed = append(changed, said...)
			continue
		}
		texts = append(texts, said...)
	}
	return texts, changed
}

// notRevised keeps of a line with several dates those not called a change.
func notRevised(text string) string {
	for part := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '|' || r == '•' || r == '·' || r == ';' || r == '(' }) {
		if !revisedRE.MatchString(part) && dateIn(part) != "" {
			return part
		}
	}
	return text
}

// besideArticle says whether an element belongs to a teaser: a small article or
// list item with a link as its heading, of which the page holds several.
func (r *pageReader) besideArticle(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom != atom.Li && p.DataAtom != atom.Article {
			continue
		}
		like := 0
		for s := p.Parent.FirstChild; s != nil; s = s.NextSibling {
			if s.DataAtom == p.DataAtom && alike(s, p) {
				like++
			}
		}
		if like >= 3 && find(p, func(c *html.Node) bool { return c.DataAtom == atom.A }) != nil {
			return true
		}
	}
	return false
}

// dateLines lists the dates of short lines: those after the headline first, then
// those before it, then the rest; a line that speaks of a change comes last.
func (r *pageReader) dateLines() []string {
	lines := strings.Split(nodeText(r.doc, inChrome), "\n")
	head := 0
	if want := foldText(r.page.Title); want != "" {
		for i, line := range lines {
			if len(line) < 400 && foldText(line) == want {
				head = i
			}
		}
	}
	var order []string
	order = append(order, lines[head:min(head+20, len(lines))]...)
	for i := head - 1; i >= max(head-12, 0); i-- {
		order = append(order, lines[i])
	}
	order = append(order, lines...)
	var out, late []string
	for _, line := range order {
		if len(line) >= 120 || len(out) > 20 {
			continue
		}
		line = unglue(line)
		d := dateIn(line)
		switch {
		case d == "" || notPostedRE.MatchString(line) || spanRE.MatchString(line):
		case revisedRE.MatchString(line):
			late = append(late, d)
		default:
			out = append(out, d)
		}
	}
	return append(append(out, openingDates(lines)...), late...)
}
