package crawler

import (
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const (
	textMax  = 1 << 20 // bytes of one entry's text
	linksMax = 200     // links kept of one text
)

// textWriter builds plain text: paragraphs apart by an empty line, lines within a
// paragraph kept where the markup breaks them, runs of space folded to one.
type textWriter struct {
	b     strings.Builder
	brk   int // 0 none, 1 line, 2 paragraph pending
	space bool
	full  bool
}

func (w *textWriter) breakLine(n int) {
	if w.b.Len() > 0 {
		w.brk = max(w.brk, n)
	}
	w.space = false
}

func (w *textWriter) write(s string) {
	for _, r := range s {
		if w.full {
			return
		}
		if unicode.IsSpace(r) || r == utf8.RuneError {
			w.space = true
			continue
		}
		if invisible(r) {
			continue
		}
		w.flush()
		w.b.WriteRune(r)
		w.full = w.b.Len() >= textMax
	}
}

func (w *textWriter) flush() {
	switch {
	case w.brk == 1:
		w.b.WriteByte('\n')
	case w.brk >= 2:
		w.b.WriteString("\n\n")
	case w.space && w.b.Len() > 0:
		w.b.WriteByte(' ')
	}
	w.brk, w.space = 0, false
}

// pre keeps line breaks of preformatted text.
func (w *textWriter) pre(s string) {
	for i, line := range strings.Split(s, "\n") {
		if i > 0 {
			w.breakLine(1)
		}
		w.write(line)
	}
}

func (w *textWriter) String() string { return w.b.String() }

// blockBreak says how an element breaks the text: 2 paragraph, 1 line, 0 not.
func blockBreak(a atom.Atom) int {
	switch a {
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Main, atom.Aside, atom.Nav, atom.Blockquote,
		atom.Ul, atom.Ol, atom.Dl, atom.Table, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Pre, atom.Figure,
		atom.Figcaption, atom.Form, atom.Fieldset, atom.Hr, atom.Address, atom.Details, atom.Summary, atom.Body, atom.Center:
		return 2
	case atom.Br, atom.Li, atom.Tr, atom.Dt, atom.Dd, atom.Option, atom.Caption:
		return 1
	}
	return 0
}

// unseen elements hold nothing a reader sees.
func unseen(a atom.Atom) bool {
	switch a {
	case atom.Script, atom.Style, atom.Template, atom.Svg, atom.Math, atom.Iframe, atom.Object, atom.Embed,
		atom.Canvas, atom.Head, atom.Title, atom.Select, atom.Textarea, atom.Button, atom.Audio, atom.Video, atom.Noembed, atom.Noframes:
		return true
	}
	return false
}

// htmlText turns a fragment of HTML into plain text and the absolute links in it.
// It reads tokens only, so no nesting can hurt it.
func htmlText(fragment string, base *url.URL) (string, []string) {
	if !strings.ContainsAny(fragment, "<&") {
		return plainText(fragment), nil
	}
	z := html.NewTokenizer(strings.NewReader(fragment))
	w := &textWriter{}
	var links linkSet
	skip, skipDepth, pre := atom.Atom(0), 0, 0
	for !w.full {
		t := z.Next()
		if t == html.ErrorToken {
			break
		}
		switch t {
		case html.TextToken:
			if skip != 0 {
				continue
			}
			if pre > 0 {
				w.pre(string(z.Text()))
			} else {
				w.write(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken, html.EndTagToken:
			name, more := z.TagName()
			a := atom.Lookup(name)
			if skip != 0 {
				skipDepth += skipStep(t, a == skip)
				if skipDepth <= 0 {
					skip = 0
				}
				continue
			}
			if t == html.StartTagToken && unseen(a) {
				skip, skipDepth = a, 1
				continue
			}
			if n := blockBreak(a); n > 0 {
				w.breakLine(n)
			}
			if a == atom.Pre {
				pre = max(0, pre+skipStep(t, true))
			}
			if a == atom.A && t == html.StartTagToken && more {
				links.add(base, attrOf(z, "href"))
			}
			if (a == atom.Td || a == atom.Th) && t == html.EndTagToken {
				w.space = true
			}
		}
	}
	return w.String(), links.list
}

func skipStep(t html.TokenType, same bool) int {
	switch {
	case !same || t == html.SelfClosingTagToken:
		return 0
	case t == html.StartTagToken:
		return 1
	}
	return -1
}

func attrOf(z *html.Tokenizer, want string) string {
	for range 64 {
		key, val, more := z.TagAttr()
		if string(key) == want {
			return string(val)
		}
		if !more {
			break
		}
	}
	return ""
}

// plainText folds text that holds no markup; empty lines part paragraphs.
func plainText(s string) string {
	w := &textWriter{}
	for i, line := range strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n") {
		if i > 0 && strings.TrimSpace(line) == "" {
			w.breakLine(2)
		} else if i > 0 && w.brk == 0 {
			w.breakLine(1)
		}
		w.write(line)
	}
	return w.String()
}

// oneLine folds a title, name or other short text to one line, without markup, at most n bytes.
func oneLine(s string, n int) string {
	if strings.ContainsAny(s, "<&") {
		s, _ = htmlText(s, nil)
	}
	return clip(strings.Join(strings.Fields(dropInvisible(s)), " "), n)
}

// dropInvisible removes control, zero-width and direction-changing characters,
// which could make a name look like another.
func dropInvisible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case invisible(r), r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
}

// invisible knows control, zero-width, soft-hyphen and direction-changing
// characters. The joiners that emoji and some scripts need are kept.
func invisible(r rune) bool {
	return unicode.IsControl(r) || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' ||
		r == '\u200b' || r == '\u200e' || r == '\u200f' || r == '\ufeff' || r == '\u00ad'
}

// linkSet collects absolute http links, each once.
type linkSet struct {
	list []string
	seen map[string]bool
}

func (l *linkSet) add(base *url.URL, href string) {
	if len(l.list) >= linksMax {
		return
	}
	abs := absolute(base, href)
	if abs == "" || l.seen[abs] {
		return
	}
	if l.seen == nil {
		l.seen = map[string]bool{}
	}
	l.seen[abs] = true
	l.list = append(l.list, abs)
}

// absolute resolves an http link, without userinfo; "" if it is none.
func absolute(base *url.URL, href string) string {
	href = strings.TrimSpace(href)
	if href == "" || len(href) > maxURL || strings.HasPrefix(href, "#") {
		return ""
	}
	u, err := url.Parse(href)
	if err != nil {
		return ""
	}
	if base != nil {
		u = base.ResolveReference(u)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Hostname() == "" {
		return ""
	}
	u.User = nil
	return u.String()
}
