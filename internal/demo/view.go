package demo

import (
	"bytes"
	"embed"
	"encoding/json"
	"encoding/xml"
	"fmt"
	htmlpkg "html"
	"html/template"
	"regexp"
	"strings"
	"sync"
	texttemplate "text/template"
	"time"
)

//go:embed looks
var looks embed.FS

// view is what the templates are given.
type view struct {
	Site    Site
	Base    string
	Feed    string // absolute, or ""
	Posts   []postView
	Post    *postView // nil on a home page and in a feed
	Changed time.Time
}

// postView is a post with its addresses and its text as markup.
type postView struct {
	Post
	URL      string
	Comments []commentView
	CommFeed string
	Body     template.HTML
	Excerpt  string
}

// commentView is a comment with its address and its text as markup.
type commentView struct {
	Comment
	ID   string // of the element on the page
	Link string
	Body template.HTML
}

const feedLength = 15 // items a feed shows

func (w *Web) view(s *site, p *Post) view {
	f := s.Clothes.fashion()
	v := view{Site: s.Site, Base: s.base, Changed: s.changed()}
	if f.feed != "" {
		v.Feed = s.base + f.feed
	}
	for i, q := range s.posts {
		if i == feedLength {
			break
		}
		v.Posts = append(v.Posts, w.postView(s, q))
	}
	if p != nil {
		one := w.postView(s, p)
		v.Post = &one
	}
	return v
}

func (w *Web) postView(s *site, p *Post) postView {
	v := postView{Post: *p, URL: s.base + p.path(s.Clothes), Body: w.markup(p.Text), Excerpt: excerpt(p.Text)}
	if c := s.Clothes.fashion().comments; c != "" {
		v.CommFeed = v.URL + c
	}
	for _, c := range p.Comments {
		id := s.commentID(c.N)
		v.Comments = append(v.Comments, commentView{Comment: c, ID: id, Link: v.URL + "#" + id, Body: w.markup(c.Text)})
	}
	return v
}

func (s *site) commentID(n int) string {
	if s.Clothes == Blogger {
		return fmt.Sprintf("c%d", 7000+n)
	}
	return fmt.Sprintf("comment-%d", n)
}

var linkRE = regexp.MustCompile(`\[([^\]]+)\]\(([^)\s]+)\)`)

// markup makes paragraphs of plain text and links of [words](address).
func (w *Web) markup(text string) template.HTML {
	var b strings.Builder
	for para := range strings.SplitSeq(strings.TrimSpace(text), "\n\n") {
		p := htmlpkg.EscapeString(strings.Join(strings.Fields(para), " "))
		p = linkRE.ReplaceAllStringFunc(p, w.link)
		if rest, ok := strings.CutPrefix(p, "UPDATE:"); ok {
			p = "<strong>UPDATE:</strong>" + rest
		}
		b.WriteString("<p>" + p + "</p>\n")
	}
	return template.HTML(b.String())
}

// link writes one link; post:slug stands for the address of a post of this web.
func (w *Web) link(m string) string {
	parts := linkRE.FindStringSubmatch(m)
	href := parts[2]
	if slug, ok := strings.CutPrefix(href, "post:"); ok {
		href = w.postURL(slug)
	}
	return `<a href="` + href + `">` + parts[1] + `</a>`
}

// excerpt is what a summary feed gives away: the first paragraph, plain.
func excerpt(text string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(text), "\n\n")
	return linkRE.ReplaceAllString(strings.Join(strings.Fields(first), " "), "$1")
}

// pages and feeds parse the embedded looks once.
var (
	pages = sync.OnceValues(func() (*template.Template, error) {
		return template.New("").Funcs(template.FuncMap{"iso": iso}).ParseFS(looks, "looks/*.html")
	})
	feeds = sync.OnceValues(func() (*texttemplate.Template, error) {
		return texttemplate.New("").Funcs(texttemplate.FuncMap{
			"iso": iso, "rfc": rfc, "x": xmlText, "j": jsonText, "cdata": cdata,
		}).ParseFS(looks, "looks/*.xml", "looks/*.json")
	})
)

func render(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if strings.HasSuffix(name, ".html") {
		t, err := pages()
		if err != nil {
			return nil, err
		}
		err = t.ExecuteTemplate(&b, name, data)
		return b.Bytes(), err
	}
	t, err := feeds()
	if err != nil {
		return nil, err
	}
	err = t.ExecuteTemplate(&b, name, data)
	return b.Bytes(), err
}

func iso(t time.Time) string { return t.UTC().Format(time.RFC3339) }
func rfc(t time.Time) string { return t.UTC().Format(time.RFC1123Z) }

func xmlText(v any) (string, error) {
	var b bytes.Buffer
	err := xml.EscapeText(&b, []byte(fmt.Sprint(v)))
	return b.String(), err
}

func jsonText(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}

// cdata keeps markup as it is; "]]>" would end it.
func cdata(v any) string {
	return "<![CDATA[" + strings.ReplaceAll(fmt.Sprint(v), "]]>", "]]&gt;") + "]]>"
}
