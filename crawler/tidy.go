package crawler

import (
	"bytes"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Limits of a page before a tree is built of it.
const (
	pageElements = 20000   // elements; beyond, only text is kept
	pageDepth    = 300     // open elements; deeper tags are dropped, their text stays
	pageAttrs    = 40      // attributes kept of an element
	pageAttrLen  = 4 << 10 // bytes kept of one value
	pageText     = 2 << 20 // bytes of text
	pageScripts  = 40      // JSON-LD blocks
	ldMax        = 512 << 10
)

// noscriptMark marks the elements that stood as noscript on the page.
const noscriptMark = "data-earshot-noscript"

// tidied is a page made harmless: well nested, bounded, without what no reader
// sees. It can be given to any library.
type tidied struct {
	html     []byte
	ld       [][]byte // JSON-LD blocks, as they stood
	elements int
	over     []string // limits that were reached
}

// tidyWriter rewrites a page token by token with a stack of its own, so that no
// nesting, misnesting or number of attributes reaches the tree builder.
type tidyWriter struct {
	page  []byte
	at    int // bytes of page behind the current token
	z     *html.Tokenizer
	out   bytes.Buffer
	stack []string
	count map[string]int // open elements by name
	res   tidied
	text  int
	last  map[string]int // where each hidden element's last end tag stands
}

// tidy bounds a page in one pass over its tokens.
func tidy(page []byte) tidied {
	w := &tidyWriter{page: page, z: html.NewTokenizer(bytes.NewReader(page)), count: map[string]int{}, last: map[string]int{}}
	w.out.Grow(len(page))
	for {
		switch w.next() {
		case html.ErrorToken:
			w.closeTo(0)
			w.res.html = w.out.Bytes()
			return w.res
		case html.TextToken:
			w.writeText(w.z.Text())
		case html.StartTagToken:
			w.start(false)
		case html.SelfClosingTagToken:
			w.start(true)
		case html.EndTagToken:
			name, _ := w.z.TagName()
			w.end(string(name))
		}
	}
}

func (w *tidyWriter) limit(why string) {
	for _, have := range w.res.over {
		if have == why {
			return
		}
	}
	w.res.over = append(w.res.over, why)
}

func (w *tidyWriter) writeText(t []byte) {
	if w.text += len(t); w.text > pageText {
		w.limit("text")
		return
	}
	w.out.WriteString(html.EscapeString(string(bytes.ToValidUTF8(t, nil))))
}

func (w *tidyWriter) start(selfClosed bool) {
	raw, more := w.z.TagName()
	name := string(raw)
	a := atom.Lookup(raw)
	switch {
	case a == atom.Noscript && w.count["body"] > 0:
		w.noscript()
		return
	case hidden(a) && selfClosed, a == atom.Plaintext, a == atom.Xmp, a == atom.Listing:
		return
	case a == atom.Script:
		w.script(more)
		return
	case hidden(a):
		w.skip(name)
		return
	}
	w.implied(a)
	if w.res.elements >= pageElements {
		w.limit("elements")
		w.breakText(a)
		return
	}
	if len(w.stack) >= pageDepth && !isVoid(a) {
		w.limit("depth")
		w.breakText(a)
		return
	}
	w.res.elements++
	w.out.WriteByte('<')
	w.out.WriteString(name)
	if more {
		w.attrs()
	}
	w.out.WriteByte('>')
	if !isVoid(a) {
		w.stack = append(w.stack, name)
		w.count[name]++
	}
}

// breakText keeps paragraphs apart where their tags were dropped.
func (w *tidyWriter) breakText(a atom.Atom) {
	if b := w.out.Bytes(); blockBreak(a) > 0 && len(b) > 0 && b[len(b)-1] != '\n' {
		w.out.WriteByte('\n')
	}
}

func (w *tidyWriter) attrs() {
	for n := 0; ; n++ {
		key, val, more := w.z.TagAttr()
		k := string(key)
		if n < pageAttrs && len(k) < 64 && k != "" && !strings.HasPrefix(k, "on") && k != "style" || k == "style" && hides(val) {
			w.out.WriteByte(' ')
			w.out.WriteString(k)
			w.out.WriteString(`="`)
			w.out.WriteString(html.EscapeString(clip(string(bytes.ToValidUTF8(val, nil)), pageAttrLen)))
			w.out.WriteByte('"')
		}
		if n == pageAttrs {
			w.limit("attributes")
		}
		if !more {
			return
		}
	}
}

// hides says whether a style may hide its element; other styles are not kept.
func hides(style []byte) bool {
	style = bytes.ToLower(style)
	return bytes.Contains(style, []byte("none")) || bytes.Contains(style, []byte("hidden"))
}

// end closes down to the named element; an end tag that ends nothing is dropped.
func (w *tidyWriter) end(name string) {
	if name == "br" || name == "p" && w.count["p"] == 0 {
		w.out.WriteString("<br>")
		return
	}
	if w.count[name] == 0 {
		return
	}
	for i := len(w.stack) - 1; i >= 0; i-- {
		if w.stack[i] == name {
			w.closeTo(i)
			return
		}
		if w.stack[i] == "table" || w.stack[i] == "td" && isInline(name) {
			return // a stray end tag does not tear its cell or table
		}
	}
}

func (w *tidyWriter) closeTo(n int) {
	for i := len(w.stack) - 1; i >= n; i-- {
		name := w.stack[i]
		w.out.WriteString("</" + name + ">")
		w.count[name]--
	}
	w.stack = w.stack[:n]
}

// implied ends what a start tag ends without saying so.
func (w *tidyWriter) implied(a atom.Atom) {
	for len(w.stack) > 0 {
		top := w.stack[len(w.stack)-1]
		switch {
		case top == "p" && blockBreak(a) > 0 && a != atom.Br,
			top == "li" && a == atom.Li,
			(top == "dt" || top == "dd") && (a == atom.Dt || a == atom.Dd),
			top == "option" && a == atom.Option,
			(top == "td" || top == "th") && (a == atom.Td || a == atom.Th || a == atom.Tr || a == atom.Tbody),
			top == "tr" && (a == atom.Tr || a == atom.Tbody):
			w.closeTo(len(w.stack) - 1)
		case a == atom.A && w.count["a"] > 0:
			w.end("a")
			return
		case isInline(top) && w.count["p"] > 0 && (a == atom.P || a == atom.Div):
			w.end("p") // <p><b>...<p>: the paragraph ends, and what is open in it
			return
		default:
			return
		}
	}
}

func isInline(name string) bool {
	switch name {
	case "a", "b", "i", "em", "strong", "font", "span", "u", "s", "small", "big", "tt", "code", "nobr", "strike", "cite", "q", "sub", "sup":
		return true
	}
	return false
}

// script keeps JSON-LD aside and drops all other scripts.
func (w *tidyWriter) script(more bool) {
	ld := false
	for more {
		var key, val []byte
		key, val, more = w.z.TagAttr()
		ld = ld || string(key) == "type" && bytes.Contains(bytes.ToLower(val), []byte("ld+json"))
	}
	if w.next() != html.TextToken {
		return
	}
	if ld && len(w.res.ld) < pageScripts && len(w.z.Raw()) <= ldMax {
		w.res.ld = append(w.res.ld, bytes.Clone(w.z.Raw()))
	}
}

// noscript keeps what stands for scripts that do not run: the tokenizer gives it as
// raw text, which is tidied on its own. Outside body, and so inside itself, it is
// skipped. dropHidden decides whether it is worth reading.
func (w *tidyWriter) noscript() {
	if w.next() != html.TextToken || w.res.elements >= pageElements || w.text > pageText {
		return
	}
	inner := tidy(bytes.Clone(w.z.Raw()))
	w.res.elements += inner.elements + 1
	w.text += len(inner.html)
	w.out.WriteString("<div " + noscriptMark + `="1">`)
	w.out.Write(inner.html)
	w.out.WriteString("</div>")
}

// next moves to the next token.
func (w *tidyWriter) next() html.TokenType {
	t := w.z.Next()
	w.at += len(w.z.Raw())
	return t
}

// skip passes over an element nobody reads. One that never ends is not skipped:
// it would take the rest of the page with it.
func (w *tidyWriter) skip(name string) {
	last, known := w.last[name]
	if !known {
		last = bytes.LastIndex(w.page, []byte("</"+name))
		w.last[name] = last
	}
	for w.at <= last {
		switch w.next() {
		case html.ErrorToken:
			return
		case html.EndTagToken:
			if n, _ := w.z.TagName(); string(n) == name {
				return
			}
		}
	}
}

func hidden(a atom.Atom) bool {
	switch a {
	case atom.Style, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Noscript, atom.Canvas, atom.Noembed, atom.Noframes, atom.Audio, atom.Video, atom.Frameset:
		return true
	}
	return false
}

func isVoid(a atom.Atom) bool {
	switch a {
	case atom.Area, atom.Base, atom.Br, atom.Col, atom.Embed, atom.Hr, atom.Img, atom.Input, atom.Link, atom.Meta, atom.Param, atom.Source, atom.Track, atom.Wbr:
		return true
	}
	return false
}
