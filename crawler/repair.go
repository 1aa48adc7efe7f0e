package crawler

import (
	"bytes"
	"html"
	"strings"
)

// Limits of a feed before a library sees it.
const (
	feedDepth    = 100    // open elements
	feedElements = 100000 // start tags
	feedAttrs    = 100    // attributes of one element
	feedItems    = 2000   // items kept of one feed
	feedItemMax  = 1 << 20
)

// feedShape is what one linear scan of a feed's bytes shows.
type feedShape struct {
	depth    int
	elements int
	attrs    int
	items    []span // <item> or <entry> elements, whole ones, up to one more than are kept
	whole    int    // how many there are
	cutItems int    // begun but not ended
	root     string
	head     int // where the first item, or the end, begins
}

type span struct{ start, end int }

// xmlScan walks markup in one pass without building anything. It calls tag for
// each start and end tag; names keep their prefix.
func xmlScan(b []byte, tag func(name []byte, open, selfClosed bool, at span, attrs int)) {
	for i := 0; i < len(b); {
		lt := bytes.IndexByte(b[i:], '<')
		if lt < 0 {
			return
		}
		i += lt
		rest := b[i:]
		switch {
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			i += skipPast(rest, "]]>")
		case bytes.HasPrefix(rest, []byte("<!--")):
			i += skipPast(rest, "-->")
		case bytes.HasPrefix(rest, []byte("<?")):
			i += skipPast(rest, "?>")
		case bytes.HasPrefix(rest, []byte("<!")):
			i += skipPast(rest, ">")
		default:
			i += scanTag(rest, i, tag)
		}
	}
}

func skipPast(b []byte, end string) int {
	if at := bytes.Index(b, []byte(end)); at >= 0 {
		return at + len(end)
	}
	return len(b)
}

// scanTag reads one tag and returns its length. A "<" that starts no tag counts one byte.
func scanTag(b []byte, base int, tag func([]byte, bool, bool, span, int)) int {
	i, open := 1, true
	if i < len(b) && b[i] == '/' {
		i, open = 2, false
	}
	start := i
	for i < len(b) && isNameByte(b[i]) {
		i++
	}
	if i == start || b[start] >= '0' && b[start] <= '9' {
		return 1
	}
	name, attrs := b[start:i], 0
	var quote byte
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			if i > 0 && b[i-1] == '=' || i > 1 && b[i-1] == ' ' {
				quote = c
			}
		case c == '=':
			attrs++
		case c == '<':
			tag(name, open, false, span{base, base + i}, attrs)
			return i // the tag was never closed
		case c == '>':
			tag(name, open, i > 0 && b[i-1] == '/', span{base, base + i + 1}, attrs)
			return i + 1
		}
	}
	return len(b)
}

func isNameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == ':' || c == '_' || c == '-' || c == '.' || c >= 0x80
}

// local drops a namespace prefix and lowers the case.
func local(name []byte) string {
	if at := bytes.LastIndexByte(name, ':'); at >= 0 {
		name = name[at+1:]
	}
	return strings.ToLower(string(name))
}

// isItem says whether a tag is an item of a feed: RSS's and Atom's, with or
// without a prefix that is not another vocabulary's.
func isItem(name []byte) bool {
	prefix := -1
	if at := bytes.IndexByte(name, ':'); at >= 0 {
		prefix, name = at, name[at+1:]
	}
	if !bytes.EqualFold(name, []byte("item")) && !bytes.EqualFold(name, []byte("entry")) {
		return false
	}
	return prefix <= len("atom")
}

// shapeOf measures a feed.
func shapeOf(b []byte) feedShape {
	s := feedShape{head: -1}
	depth, itemAt, itemDepth := 0, -1, 0
	whole := func(end int) {
		if s.whole++; len(s.items) <= feedItems {
			s.items = append(s.items, span{itemAt, end})
		}
	}
	xmlScan(b, func(name []byte, open, self bool, at span, attrs int) {
		if s.root == "" && open {
			s.root = local(name)
		}
		if !open {
			depth = max(0, depth-1)
			if itemAt >= 0 && isItem(name) {
				whole(at.end)
				itemAt = -1
				depth = itemDepth
			}
			return
		}
		s.elements++
		s.attrs = max(s.attrs, attrs)
		if isItem(name) && !self && (itemAt < 0 || depth <= itemDepth+1) {
			if itemAt >= 0 {
				whole(at.start) // the one before was never ended
				depth = itemDepth
			}
			if s.head < 0 {
				s.head = at.start
			}
			itemAt, itemDepth = at.start, depth
		}
		if !self {
			depth++
			s.depth = max(s.depth, depth)
		}
	})
	if itemAt >= 0 {
		s.cutItems++
	}
	if s.head < 0 {
		s.head = len(b)
	}
	return s
}

func (s feedShape) sound() bool {
	return s.depth <= feedDepth && s.elements <= feedElements && s.attrs <= feedAttrs && len(s.items) <= feedItems
}

// repair mends what most often breaks a feed: bytes before the document, control
// characters, bare ampersands, named entities XML does not know, and CDATA that
// never ends.
func repair(b []byte) []byte {
	if at := rootAt(b); at > 0 {
		b = b[at:]
	}
	var out bytes.Buffer
	out.Grow(len(b) + 64)
	for i := 0; i < len(b); i++ {
		c := b[i]
		switch {
		case c == '<' && bytes.HasPrefix(b[i:], []byte("<![CDATA[")):
			n := skipPast(b[i:], "]]>")
			out.Write(dropControls(b[i : i+n]))
			if !bytes.HasSuffix(b[i:i+n], []byte("]]>")) {
				out.WriteString("]]>")
			}
			i += n - 1
		case c == '&':
			text, n := entity(b[i:])
			out.WriteString(text)
			i += n - 1
		case c == '<' && !startsMarkup(b[i:]):
			out.WriteString("&lt;")
		case c < 0x20 && c != '\t' && c != '\n' && c != '\r':
		default:
			out.WriteByte(c)
		}
	}
	return out.Bytes()
}

// rootAt finds where the document begins: at the XML declaration or the root element.
func rootAt(b []byte) int {
	head := bytes.ToLower(b[:min(len(b), 64<<10)])
	best := -1
	for _, mark := range []string{"<?xml", "<rss", "<feed", "<rdf:rdf", "<rdf", "<channel", "<atom:feed"} {
		if at := bytes.Index(head, []byte(mark)); at >= 0 && (best < 0 || at < best) {
			best = at
		}
	}
	return best
}

func startsMarkup(b []byte) bool {
	if len(b) < 2 {
		return false
	}
	c := b[1]
	return c == '/' || c == '!' || c == '?' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80
}

func dropControls(b []byte) []byte {
	return bytes.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, b)
}

// entity returns what stands for the "&..." at the start of b, and its length:
// XML's five and legal numbers stay, HTML's names become characters, the rest is
// a bare ampersand.
func entity(b []byte) (string, int) {
	end := bytes.IndexByte(b[:min(len(b), 40)], ';')
	if end < 2 || bytes.ContainsAny(b[1:end], " &<>\n\t") {
		return "&amp;", 1
	}
	whole := string(b[:end+1])
	switch whole {
	case "&amp;", "&lt;", "&gt;", "&quot;", "&apos;":
		return whole, len(whole)
	}
	text := html.UnescapeString(whole)
	if text == whole {
		return "&amp;", 1
	}
	if r := []rune(text)[0]; r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
		return "", len(whole)
	}
	return html.EscapeString(text), len(whole)
}

// salvage cuts a feed into small documents of one item each, so that one broken
// or monstrous item costs only itself. dropped counts the items left out.
func salvage(b []byte, s feedShape) (docs [][]byte, dropped int) {
	open, shut := shell(b[:s.head], s.root)
	for i, at := range s.items {
		item := b[at.start:at.end]
		if i >= feedItems || len(item) > feedItemMax {
			dropped++
			continue
		}
		if one := shapeOf(item); one.depth > feedDepth || one.elements > feedElements/10 || one.attrs > feedAttrs {
			dropped++
			continue
		}
		doc := make([]byte, 0, len(open)+len(item)+len(shut))
		doc = append(append(append(doc, open...), closeAll(item)...), shut...)
		docs = append(docs, doc)
	}
	return docs, dropped + s.whole - len(s.items) + s.cutItems
}

// shell makes the start and end of a one-item document that keeps the root's
// namespaces and what the feed says about itself, if that is small and balanced.
func shell(head []byte, root string) (open, shut []byte) {
	switch root {
	case "feed":
		return []byte(startTag(head, "feed")), []byte("</feed>")
	case "rdf":
		return []byte(startTag(head, "rdf")), []byte("</rdf:RDF>")
	}
	return []byte(startTag(head, "rss") + "<channel>"), []byte("</channel></rss>")
}

// startTag returns the root's own start tag if it can be trusted, else a plain one with the usual namespaces.
func startTag(head []byte, root string) string {
	found := ""
	xmlScan(head, func(name []byte, open, self bool, at span, attrs int) {
		if found == "" && open && !self && local(name) == root && attrs <= feedAttrs && at.end-at.start < 8<<10 && head[at.end-1] == '>' {
			found = string(head[at.start:at.end])
		}
	})
	if found != "" && (root != "feed" || !strings.Contains(found, ":feed")) && (root != "rdf" || strings.Contains(found, "rdf:RDF")) {
		return found
	}
	const spaces = ` xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
		` xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/"` +
		` xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:atom="http://www.w3.org/2005/Atom"`
	switch root {
	case "feed":
		return `<feed xmlns="http://www.w3.org/2005/Atom"` + spaces + `>`
	case "rdf":
		return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"` + spaces + `>`
	}
	return `<rss version="2.0"` + spaces + `>`
}

// closeAll ends every element an item leaves open, and drops end tags that end nothing.
func closeAll(item []byte) []byte {
	var stack []string
	var out bytes.Buffer
	last := 0
	xmlScan(item, func(name []byte, open, self bool, at span, _ int) {
		out.Write(item[last:at.start])
		last = at.end
		whole := item[at.start:at.end]
		if open {
			out.Write(bytes.TrimRight(bytes.TrimSuffix(bytes.TrimSuffix(whole, []byte(">")), []byte("/")), " "))
			if self {
				out.WriteByte('/')
			} else {
				stack = append(stack, string(name))
			}
			out.WriteByte('>')
			return
		}
		for i := len(stack) - 1; i >= 0; i-- {
			if stack[i] != string(name) {
				continue
			}
			for j := len(stack) - 1; j >= i; j-- {
				out.WriteString("</" + stack[j] + ">")
			}
			stack = stack[:i]
			break
		}
	})
	out.Write(item[last:])
	for i := len(stack) - 1; i >= 0; i-- {
		out.WriteString("</" + stack[i] + ">")
	}
	return out.Bytes()
}
