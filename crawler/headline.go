package crawler

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var titleTailRE = regexp.MustCompile(`\s+(?:[|–—»«·•:]|-{1,2})\s+`)

// title prefers the heading the head's title begins with: themes add the blog's name.
func (r *pageReader) title() string {
	title := r.meta.title
	var best string
	for _, h := range findAll(r.doc, func(n *html.Node) bool {
		return n.DataAtom == atom.H1 || n.DataAtom == atom.H2 || n.DataAtom == atom.H3 || hasLabel(labels(n), "entry-title", "post-title", "p-name") || attr(n, "itemprop") == "headline"
	}) {
		text := oneLine(nodeText(h, nil), 500)
		if len(text) > len(best) && len(text) > 3 && strings.Contains(foldText(title), foldText(text)) && foldText(text) != foldText(r.meta.siteName) {
			best = text
		}
	}
	if best != "" && len(best)*3 >= len(title) {
		return best
	}
	if site := r.meta.siteName; site != "" {
		for _, sep := range titleTailRE.FindAllString(title, -1) {
			title = strings.TrimSuffix(strings.TrimPrefix(title, site+sep), sep+site)
		}
	}
	if title == "" {
		if h := find(r.doc, func(n *html.Node) bool { return n.DataAtom == atom.H1 }); h != nil {
			title = oneLine(nodeText(h, nil), 500)
		}
	}
	return title
}

func (r *pageReader) author() (name, address string) {
	name, address = authorName(authorLeadRE.ReplaceAllString(r.meta.author, "")), r.meta.authorURL
	if name != "" {
		return name, address
	}
	n := pick(r.doc, inChrome,
		func(n *html.Node) bool { return hasWord(attr(n, "rel"), "author") },
		func(n *html.Node) bool { return hasWord(attr(n, "itemprop"), "author") },
		label("p-author", "author", "byline", "post-author", "entry-author", "author-name", "vcard", "posted-by", "by-author", "article-author", "autor", "autore"),
	)
	if n == nil {
		return r.bylineText(), address
	}
	cr := commentReader{base: r.base}
	found, link, _ := cr.name(n)
	found = authorLeadRE.ReplaceAllString(found, "")
	if len(found) > 80 {
		found = ""
	}
	return found, firstOf(address, link)
}

// authorLeadRE are the words that stand before a name in what themes show only to
// screen readers, or as a link's text.
var authorLeadRE = regexp.MustCompile(`(?i)^(?:post author:?\s+(?:by\s+)?|view all (?:posts|articles) by\s+|(?:zeige )?alle (?:beitr[aä]ge|artikel) von\s+|ver todas las entradas de\s+|vedi tutti gli articoli di\s+|voir tous les articles de\s+|ver[oö]ffentlicht von\s+|von\s+|texte?\s*:\s*|auto(?:r|re|rin)\s*:\s*)`)

// bylineText finds "Posted by NAME" where markup says nothing.
func (r *pageReader) bylineText() string {
	for line := range strings.SplitSeq(nodeText(r.doc, inChrome), "\n") {
		if len(line) > 150 {
			continue
		}
		m := bylineRE.FindStringSubmatch(line)
		if m == nil {
			m = byAtEndRE.FindStringSubmatch(line)
		}
		if m != nil && wordCount(m[1], 6) < 5 {
			return oneLine(m[1], 120)
		}
	}
	return ""
}

var byAtEndRE = regexp.MustCompile(`(?:^|[,|·–—-]\s*|\d\s+)(?i:by|por|di|von|par)\s+(\p{Lu}[^,|·]{1,40}|\p{Han}{2,6})$`)

// inChrome keeps searches for author and date out of sidebars and footers.
func inChrome(n *html.Node) bool {
	if n.DataAtom != atom.Nav && n.DataAtom != atom.Aside && (!chromeAreaRE.MatchString(labels(n)) || hasLabel(labels(n), "hentry", "post")) {
		return false
	}
	return !holdsBody(n) // Blogger's "widget Blog" holds the posts
}

var chromeAreaRE = regexp.MustCompile(` (?:(?:left|right|main|site|page|top)[-_])?(?:sidebar|widget|widget-area|nav|navbar|menu|related|related-?posts|recent-?posts|recent-?comments|footer|colophon|masthead|blogroll|cookie-?\w*|popular-?posts|comments?|commentlist|yarpp)[-_\d]* `)

func (r *pageReader) tags() []string {
	var out []string
	for _, a := range findAll(r.doc, func(n *html.Node) bool { return n.DataAtom == atom.A && hasWord(attr(n, "rel"), "tag") }) {
		out = append(out, nodeText(a, nil))
	}
	return out
}
