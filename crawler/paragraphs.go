package crawler

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// breakParagraphs makes paragraphs of text parted by two or more <br>, as blogs
// wrote it for ten years: extractors know paragraphs only, and glue words together
// where a <br> stood.
func breakParagraphs(doc *html.Node) {
	parents := map[*html.Node]bool{}
	var order []*html.Node
	walk(doc, func(n *html.Node) bool {
		if n.DataAtom == atom.Br && n.Parent != nil && !parents[n.Parent] && holdsFlow(n.Parent) && followedByBreak(n) {
			parents[n.Parent] = true
			order = append(order, n.Parent)
		}
		return true
	})
	for _, p := range order {
		splitAtBreaks(p)
	}
}

func holdsFlow(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Div, atom.Td, atom.Section, atom.Article, atom.Main, atom.Body, atom.Center, atom.Blockquote, atom.Dd, atom.Li:
		return true
	}
	return false
}

func followedByBreak(br *html.Node) bool {
	for s := br.NextSibling; s != nil; s = s.NextSibling {
		if s.Type == html.TextNode && strings.TrimSpace(s.Data) == "" {
			continue
		}
		return s.DataAtom == atom.Br
	}
	return false
}

// splitAtBreaks wraps each run of inline children between double breaks in a <p>.
func splitAtBreaks(parent *html.Node) {
	var children []*html.Node
	for c := parent.FirstChild; c != nil; c = c.NextSibling {
		children = append(children, c)
	}
	for _, c := range children {
		parent.RemoveChild(c)
	}
	var run *html.Node
	breaks := 0
	for _, c := range children {
		switch {
		case c.DataAtom == atom.Br:
			if breaks++; breaks >= 2 {
				run = nil
			}
			continue
		case c.Type == html.ElementNode && blockBreak(c.DataAtom) == 2:
			run, breaks = nil, 0
			parent.AppendChild(c)
			continue
		case run == nil && c.Type == html.TextNode && strings.TrimSpace(c.Data) == "":
			continue
		}
		if run == nil {
			run = &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
			parent.AppendChild(run)
		} else if breaks == 1 {
			run.AppendChild(&html.Node{Type: html.ElementNode, Data: "br", DataAtom: atom.Br})
		}
		breaks = 0
		run.AppendChild(c)
	}
}

// spaceBreaks puts a blank beside every remaining <br> for extractors that drop it.
func spaceBreaks(doc *html.Node) {
	for _, br := range findAll(doc, func(n *html.Node) bool { return n.DataAtom == atom.Br }) {
		br.Parent.InsertBefore(&html.Node{Type: html.TextNode, Data: "\n"}, br)
	}
}
