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

// gapMark stands at the end of a text that something parts from the next one. It
// is no blank, so that extractors which trim what they keep do not glue words.
const gapMark = "\uE000"

// markGaps sets the marks in a tree that is given to such an extractor.
func markGaps(doc *html.Node) {
	var last *html.Node // the text before, not yet known to be parted from the next
	var visit func(n *html.Node)
	part := func() {
		if last != nil {
			end := strings.TrimRight(last.Data, " \t\r\n")
			last.Data = end + gapMark + last.Data[len(end):]
			last = nil
		}
	}
	visit = func(n *html.Node) {
		if n.Type == html.TextNode {
			if n.Data != "" && strings.TrimLeft(n.Data, " \t\r\n") != n.Data {
				part()
			}
			if strings.TrimSpace(n.Data) != "" {
				if last = n; strings.TrimRight(n.Data, " \t\r\n") != n.Data {
					part()
				}
			}
			return
		}
		apart := n.Type == html.ElementNode && (blockBreak(n.DataAtom) > 0 || n.DataAtom == atom.Td || n.DataAtom == atom.Th || n.DataAtom == atom.Br)
		if apart {
			part()
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			visit(c)
		}
		if apart {
			part()
		}
	}
	visit(doc)
}

// clearGaps makes blanks of the marks.
func clearGaps(n *html.Node) {
	walk(n, func(c *html.Node) bool {
		if c.Type == html.TextNode && strings.Contains(c.Data, gapMark) {
			c.Data = strings.ReplaceAll(c.Data, gapMark, " ")
		}
		return true
	})
}
