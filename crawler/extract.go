package crawler

import (
	"bytes"
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"codeberg.org/readeck/go-readability"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"earshot"
)

// Page is what a web page holds for Earshot.
type Page struct {
	URL          string            `json:"url"`
	Canonical    string            `json:"canonical"`
	Title        string            `json:"title"`
	Author       string            `json:"author"`
	Published    Date              `json:"published"`
	Language     string            `json:"language"`
	Text         string            `json:"text"`
	Comments     []PageComment     `json:"comments"`
	CommentsOpen bool              `json:"comments_open"`
	Feeds        []string          `json:"feeds"`
	CommentFeeds []string          `json:"comment_feeds"`
	Dropped      []earshot.Dropped `json:"dropped"`

	SiteName     string               `json:"-"`
	AuthorURL    string               `json:"-"`
	Updated      Date                 `json:"-"`
	Links        []string             `json:"-"` // from the article's text
	Tags         []string             `json:"-"`
	CommentState earshot.CommentState `json:"-"`
	CommentCount int                  `json:"-"` // as the page claims; may exceed len(Comments)
	Posts        []Page               `json:"-"` // the posts of a page that holds several
	Next         string               `json:"-"` // rel=next: the older posts
	Outline      []string             `json:"-"` // same-host links outside navigation, in order
}

// Size of tree above which an extractor is not asked (its time grows faster than
// its input).
const (
	trafilaturaElements = 6000
	trafilaturaText     = 400 << 10 // bytes
	readabilityElements = 12000
	ownSmall            = 1200 // bytes of a post below which its own container beats an extractor
	wordsEnough         = 25   // fewer words from an extractor make us look further
)

// ParsePage reads a web page from bytes as they were served, in any encoding and
// of any nesting: article text without navigation, sidebar, related posts, tags
// and cookie text; author, date, language; readers' comments; feeds. address is
// where it was found. It fails with a Fault for bytes that are no page.
func ParsePage(page []byte, address string, hints Hints) (Page, error) {
	if hints.MaxBody <= 0 {
		hints.MaxBody = 10 << 20
	}
	raw, err := gunzip(page, hints.MaxBody)
	if err != nil {
		return Page{}, fail(Unreadable, "the gzip body cannot be unpacked", "")
	}
	if why := notAPage(raw, hints.ContentType); why != "" {
		return Page{}, fail(Unreadable, why, "check the address")
	}
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	t := tidy(toUTF8(raw, hints.ContentType))
	doc, err := html.Parse(bytes.NewReader(t.html))
	if err != nil {
		return plainPage(t, withoutUser(base).String()), nil
	}
	r := pageReader{doc: doc, base: base, tidied: t, hints: hints}
	return r.read(), nil
}

// notAPage says why bytes cannot be a page, or "".
func notAPage(b []byte, contentType string) string {
	if len(bytes.TrimSpace(b)) == 0 {
		return "the document is empty"
	}
	kind, _, _ := strings.Cut(strings.ToLower(contentType), ";")
	for _, media := range []string{"image/", "audio/", "video/", "font/", "application/pdf", "application/zip", "application/octet-stream"} {
		if strings.HasPrefix(strings.TrimSpace(kind), media) && !bytes.Contains(bytes.ToLower(b[:min(len(b), 2048)]), []byte("<html")) {
			return "this is " + clip(kind, 40) + ", not a web page"
		}
	}
	if bytes.HasPrefix(b, []byte("%PDF-")) || bytes.HasPrefix(b, []byte("\x89PNG")) || bytes.HasPrefix(b, []byte("PK\x03\x04")) {
		return "this is a binary file, not a web page"
	}
	return ""
}

// plainPage is the last resort: the text of the tokens.
func plainPage(t tidied, address string) Page {
	text, links := htmlText(string(t.html), nil)
	return Page{URL: address, Text: text, Links: links, Comments: []PageComment{}, Feeds: []string{}, CommentFeeds: []string{},
		Dropped: []earshot.Dropped{{What: "structure", Why: "the markup cannot be read as a page; its plain text is kept"}}}
}

type pageReader struct {
	doc    *html.Node
	base   *url.URL
	tidied tidied
	hints  Hints
	meta   meta
	page   Page
}

func (r *pageReader) read() Page {
	r.page = Page{URL: withoutUser(r.base).String(), Comments: []PageComment{}, Feeds: []string{}, CommentFeeds: []string{}, Dropped: []earshot.Dropped{}}
	for _, limit := range r.tidied.over {
		r.drop("markup", "more "+limit+" than are read of a page; the text was kept")
	}
	dropHidden(r.doc)
	r.meta = readMeta(r.doc, r.tidied.ld, r.base)
	r.base = r.meta.base
	lang := firstOf(r.hints.Lang, r.meta.lang)
	r.page.CommentState = commentsState(r.doc)
	r.page.CommentsOpen = r.page.CommentState == earshot.CommentsOpen
	r.comments(lang)
	r.page.Outline, r.page.Next = outline(r.doc, r.base)
	r.head(lang)
	r.body()
	return r.page
}

func (r *pageReader) drop(what, why string) {
	if len(r.page.Dropped) < 50 {
		r.page.Dropped = append(r.page.Dropped, earshot.Dropped{What: what, Why: why})
	}
}

// comments reads the comments and takes what holds them out of the tree.
func (r *pageReader) comments(lang string) {
	list, nodes := readComments(r.doc, r.base, lang, r.hints)
	if len(r.meta.comments) > len(list) {
		cr := commentReader{base: r.base, lang: lang, hints: r.hints}
		list = cr.fromLinkedData(r.meta.comments)
	}
	r.page.Comments = append(r.page.Comments, list...)
	r.page.CommentCount = max(r.meta.commentCount, len(list))
	for _, n := range nodes {
		detach(n)
	}
}

// head settles title, author, date and addresses.
func (r *pageReader) head(lang string) {
	m, p := &r.meta, &r.page
	p.Language = lang
	p.SiteName = m.siteName
	p.Title = r.title()
	p.Author, p.AuthorURL = r.author()
	p.Published = r.published(lang)
	p.Updated = r.hints.firstDate(lang, m.updated...)
	p.Tags = cleanTags(append(m.tags, r.tags()...))
	p.Feeds = append(p.Feeds, m.feeds...)
	p.CommentFeeds = append(p.CommentFeeds, m.commentFeeds...)
	if claimed := absolute(r.base, m.canonical); claimed != "" && usableCanonical(r.page.URL, claimed) {
		p.Canonical = claimed
	} else if claimed != "" && CanonicalURL(claimed) != CanonicalURL(r.page.URL) {
		r.drop("canonical address", "it names another site, a root or a list page")
	}
	if p.Canonical == "" {
		p.Canonical = r.page.URL
	}
}

// body finds the article's text: a container that says it is one, then
// trafilatura, then readability, then all text.
func (r *pageReader) body() {
	breakParagraphs(r.doc)
	r.page.Posts = r.posts()
	for _, d := range pruneSmall(r.doc) {
		r.drop(d, "not part of the article")
	}
	found := r.extract()
	if own := articleBody(r.doc); own != nil {
		a, b := len(nodeText(own, nil)), 0
		if found != nil {
			b = len(nodeText(found, nil))
		}
		if a < ownSmall || b*10 < a*6 || b*10 > a*16 { // extractors are tuned to long articles
			prune(own)
			found = own
		}
	}
	if found == nil {
		prune(r.doc)
		found = r.doc
	}
	r.take(found)
	r.addLead(found)
	if len(r.meta.body) > len(r.page.Text)*3/2 {
		r.page.Text = r.meta.body
	}
	if r.page.Text == "" {
		r.page.Text = oneLine(firstOf(r.meta.props["og:description"], r.meta.props["description"]), 2000)
	}
}

// extract asks the libraries, the better and slower one first, within their limits.
func (r *pageReader) extract() *html.Node {
	elements := countElements(r.doc, readabilityElements+1)
	if elements <= trafilaturaElements && textSizes(r.doc)[r.doc] <= trafilaturaText {
		if n := r.trafilatura(); n != nil {
			return n
		}
	} else {
		r.drop("lists and links", fmt.Sprintf("more than %d elements or %d bytes; read by a simpler way", trafilaturaElements, trafilaturaText))
	}
	if elements <= readabilityElements {
		return r.readability()
	}
	return nil
}

func (r *pageReader) take(n *html.Node) {
	r.page.Text = withoutFurniture(withoutTail(withoutTitle(nodeText(n, nil), r.page.Title)))
	var links linkSet
	for _, a := range findAll(n, func(c *html.Node) bool { return c.DataAtom == atom.A }) {
		links.add(r.base, attr(a, "href"))
	}
	r.page.Links = links.list
}

// withoutTitle drops the title where it stands again as the text's first line.
func withoutTitle(text, title string) string {
	first, rest, ok := strings.Cut(text, "\n")
	if ok && title != "" && foldText(first) == foldText(title) {
		return strings.TrimSpace(rest)
	}
	return text
}

var furnitureRE = regexp.MustCompile(`(?i)^[\s\pP\pS]*(?:this entry was posted|posted (?:by|on|in|at)|written by|published (?:by|on|in)|filed under|tagged|tags?:|labels?:|categor(?:y|ies):|by [^.]{2,40}$|permalink|trackback|comments? ?\(\d+\)|\d+ comments?|no comments|leave a comment|share this|email this|print this|continue reading|read more|` +
	`publicado (?:por|el|en)|escrito por|archivado en|etiquetas?:|categor[ií]as?:|\d+ comentarios?|compartir|pubblicato (?:da|il|in)|scritto da|postato da|etichette:|categori[ae]:|\d+ commenti|condividi|` +
	`发表于|发布于|标签[:：]|分类[:：]|分享[:：]|阅读\(|评论\()`)

// withoutFurniture drops lines at the text's start and end that only say when, by
// whom and under what it was posted.
func withoutFurniture(text string) string {
	lines := strings.Split(text, "\n")
	for range 8 {
		if len(lines) > 2 && isFurniture(lines[0]) {
			lines = lines[1:]
		}
		if len(lines) > 2 && isFurniture(lines[len(lines)-1]) {
			lines = lines[:len(lines)-1]
		}
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

func isFurniture(line string) bool {
	line = strings.TrimSpace(line)
	if len(line) > 160 {
		return false
	}
	if line == "" || furnitureRE.MatchString(line) {
		return true
	}
	d := dateIn(line)
	return d != "" && wordCount(strings.Trim(strings.Replace(line, d, "", 1), " ,;:.|-–—()·•@"), 3) < 3
}

func (r *pageReader) trafilatura() *html.Node {
	doc := cloneTree(r.doc)
	markGaps(doc)
	var res *trafilatura.ExtractResult
	var err error
	ok := shielded(func() {
		res, err = trafilatura.ExtractDocument(doc, trafilatura.Options{
			OriginalURL: r.base, ExcludeComments: true, EnableFallback: true, IncludeLinks: true, HtmlDateMode: trafilatura.Disabled,
		})
	})
	if ok && err == nil && res.ContentNode != nil {
		clearGaps(res.ContentNode)
	}
	if !ok || err != nil || res.ContentNode == nil || wordCount(nodeText(res.ContentNode, nil), wordsEnough) < wordsEnough || r.flattened(res.ContentNode) || r.glued(res.ContentNode) {
		return nil
	}
	return res.ContentNode
}

// flattened says whether an extractor made one line of what stands in several on
// the page, title and byline among it, as trafilatura's last resort does.
func (r *pageReader) flattened(n *html.Node) bool {
	text := nodeText(n, nil)
	if strings.Contains(text, "\n") {
		return false
	}
	want := foldText(text)
	for line := range strings.SplitSeq(nodeText(r.doc, nil), "\n") {
		if strings.Contains(foldText(line), want) {
			return false
		}
	}
	return true
}

// glued says whether an extractor ran words together that stand apart on the page,
// as trafilatura's last resort does at every paragraph's end.
func (r *pageReader) glued(n *html.Node) bool {
	have := map[string]bool{}
	for w := range strings.FieldsSeq(nodeText(r.doc, nil)) {
		have[w] = true
	}
	words, unknown := 0, 0
	for w := range strings.FieldsSeq(nodeText(n, nil)) {
		if cjk(w) {
			continue
		}
		if words++; !have[w] {
			unknown++
		}
	}
	return unknown*50 > words
}

// cjk says whether a word is of a script that sets no blanks between words.
func cjk(w string) bool {
	return strings.IndexFunc(w, func(r rune) bool { return r >= 0x2E80 && r < 0xD7A4 }) >= 0
}

func (r *pageReader) readability() *html.Node {
	p := readability.NewParser()
	var article readability.Article
	var err error
	ok := shielded(func() { article, err = p.ParseAndMutate(cloneTree(r.doc), r.base) })
	if !ok || err != nil || article.Node == nil || wordCount(nodeText(article.Node, nil), wordsEnough) < wordsEnough {
		return nil
	}
	return article.Node
}

func countElements(n *html.Node, limit int) int {
	count := 0
	walk(n, func(c *html.Node) bool {
		if c.Type == html.ElementNode {
			count++
		}
		return count < limit
	})
	return count
}

func cloneTree(n *html.Node) *html.Node {
	c := &html.Node{Type: n.Type, DataAtom: n.DataAtom, Data: n.Data, Namespace: n.Namespace, Attr: append([]html.Attribute(nil), n.Attr...)}
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		c.AppendChild(cloneTree(k))
	}
	return c
}
