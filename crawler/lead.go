package crawler

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// leadRE are the names given to the paragraph that stands between headline and text.
var leadRE = regexp.MustCompile(`(?:^|[ _-])(?:lead|lede|leadtext|intro|introtext|introduction|teaser|teaser-?text|standfirst|stand-first|dek|deck|subtitle|sub-?title|subhead|subheadline|sub-?heading|summary|excerpt|abstract|kicker-text|chapo|chapeau|bajada|copete|entradilla|sommario|occhiello|vorspann|preamble|ingress|description|strapline|article-?header|entry-?header|content-?header)(?:$|[ _-])`)

const (
	leadMin = 8   // words of a paragraph to be one
	leadMax = 120 // words beyond which it is no lead but another text
)

// addLead puts the lead before the text, where an extractor passed over it: a
// paragraph between the headline and the text's first line, in an element that is
// named as one or is the headline's own header.
func (r *pageReader) addLead(found *html.Node) {
	first, _, _ := strings.Cut(r.page.Text, "\n")
	head := r.headline()
	if head == nil || first == "" {
		return
	}
	want := foldText(clip(first, 60))
	past, done := false, false
	var lead []string
	walk(r.doc, func(n *html.Node) bool {
		if done || n.Type != html.ElementNode {
			return !done
		}
		if n == head {
			past = true
			return false
		}
		if !past || blockBreak(n.DataAtom) == 0 || hasBlock(n) {
			return true
		}
		text := oneLine(nodeText(n, nil), 2000)
		if text == "" {
			return false
		}
		if strings.Contains(foldText(text), want) {
			done = true
			return false
		}
		words := wordCount(text, leadMax+1)
		if words >= leadMin && words <= leadMax && isLead(n) && !inChrome(n) && !isFurniture(text) && len(lead) < 3 {
			lead = append(lead, text)
		}
		return false
	})
	if !done || len(lead) == 0 {
		return
	}
	have := foldText(r.page.Text)
	var out []string
	for _, l := range lead {
		if !strings.Contains(have, foldText(l)) {
			out = append(out, l)
		}
	}
	r.page.Text = strings.TrimSpace(strings.Join(append(out, r.page.Text), "\n\n"))
}

// headline is the heading that the page's title was taken from.
func (r *pageReader) headline() *html.Node {
	want := foldText(r.page.Title)
	return find(r.doc, func(n *html.Node) bool {
		return (n.DataAtom == atom.H1 || n.DataAtom == atom.H2) && want != "" && foldText(nodeText(n, nil)) == want
	})
}

// isLead says whether a paragraph is named as a lead, or its parents are, up to
// what also holds the text.
func isLead(n *html.Node) bool {
	for p, up := n, 0; p != nil && up < 4; p, up = p.Parent, up+1 {
		if p.DataAtom == atom.Nav || p.DataAtom == atom.Aside || p.DataAtom == atom.Footer || p.DataAtom == atom.Figure || p.DataAtom == atom.Figcaption {
			return false
		}
		if p.DataAtom == atom.Header && up > 0 || leadRE.MatchString(labels(p)) || hasWord(attr(p, "itemprop"), "description") {
			return linkShare(n) < 50
		}
	}
	return false
}

// linkShare is how much of an element's text is in links, in percent.
func linkShare(n *html.Node) int {
	all, linked := 0, 0
	walk(n, func(c *html.Node) bool {
		if c.Type == html.TextNode {
			size := len(strings.TrimSpace(c.Data))
			all += size
			if inLink(c, n) {
				linked += size
			}
		}
		return true
	})
	return linked * 100 / max(all, 1)
}

// hasBlock says whether an element holds another block.
func hasBlock(n *html.Node) bool {
	return find(n, func(c *html.Node) bool { return c.DataAtom != atom.Br && blockBreak(c.DataAtom) > 0 }) != nil
}
