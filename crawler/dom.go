package crawler

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walk visits n and all below it in document order; visit says whether to go
// down. The tree is at most pageDepth deep.
func walk(n *html.Node, visit func(*html.Node) bool) {
	if !visit(n) {
		return
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		walk(c, visit)
	}
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

// labels are an element's class words and id, lower case, in one string with
// spaces around each.
func labels(n *html.Node) string {
	var b strings.Builder
	for _, a := range n.Attr {
		if a.Key == "class" || a.Key == "id" {
			b.WriteByte(' ')
			b.WriteString(strings.ToLower(clip(a.Val, 400)))
		}
	}
	if b.Len() == 0 {
		return ""
	}
	b.WriteByte(' ')
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r == '\r' {
			return ' '
		}
		return r
	}, b.String())
}

func hasLabel(ls string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(ls, " "+w+" ") {
			return true
		}
	}
	return false
}

func hasWord(list, word string) bool {
	for f := range strings.FieldsSeq(list) {
		if strings.EqualFold(f, word) {
			return true
		}
	}
	return false
}

// find returns the first element below n, in document order, that matches.
func find(n *html.Node, match func(*html.Node) bool) *html.Node {
	var found *html.Node
	walk(n, func(c *html.Node) bool {
		if found == nil && c != n && c.Type == html.ElementNode && match(c) {
			found = c
		}
		return found == nil
	})
	return found
}

func findAll(n *html.Node, match func(*html.Node) bool) []*html.Node {
	var out []*html.Node
	walk(n, func(c *html.Node) bool {
		if c != n && c.Type == html.ElementNode && match(c) {
			out = append(out, c)
		}
		return true
	})
	return out
}

func detach(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

// nodeText is the plain text below n; skip leaves parts out.
func nodeText(n *html.Node, skip func(*html.Node) bool) string {
	w := &textWriter{}
	writeNode(w, n, skip, false)
	return w.String()
}

func writeNode(w *textWriter, n *html.Node, skip func(*html.Node) bool, pre bool) {
	switch n.Type {
	case html.TextNode:
		if pre {
			w.pre(n.Data)
		} else {
			w.write(n.Data)
		}
		return
	case html.ElementNode:
		if unseen(n.DataAtom) || skip != nil && skip(n) {
			return
		}
	case html.DocumentNode:
	default:
		return
	}
	brk := blockBreak(n.DataAtom)
	if brk > 0 {
		w.breakLine(brk)
	}
	for c := n.FirstChild; c != nil && !w.full; c = c.NextSibling {
		writeNode(w, c, skip, pre || n.DataAtom == atom.Pre)
	}
	switch {
	case brk > 0:
		w.breakLine(brk)
	case n.DataAtom == atom.Td || n.DataAtom == atom.Th:
		w.space = true
	}
}

// wordCount counts words, and CJK characters as words, up to a limit.
func wordCount(s string, limit int) int {
	n, in := 0, false
	for _, r := range s {
		switch {
		case r == ' ' || r == '\n' || r == '\t':
			in = false
		case r >= 0x2E80:
			n++
			in = false
		case !in:
			n++
			in = true
		}
		if n >= limit {
			return n
		}
	}
	return n
}
