package crawler

import (
	"encoding/json"
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// meta is what a page says about itself: head, JSON-LD, microdata.
type meta struct {
	title, siteName, author, authorURL string
	canonical, lang                    string
	published, updated                 []string // candidates, best first
	otherPublished                     []string // of the page, a recipe, a video
	feeds, commentFeeds                []string
	tags                               []string
	commentCount                       int
	body                               string // JSON-LD articleBody, as plain text
	comments                           []ldComment
	base                               *url.URL
	props                              map[string]string // meta name or property to its first content
}

type ldComment struct {
	ID, Parent, Author, AuthorURL, Date, Text string
}

// readMeta gathers a page's own words about itself.
func readMeta(doc *html.Node, ld [][]byte, base *url.URL) meta {
	m := meta{base: base, props: map[string]string{}}
	var titleTag string
	walk(doc, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return true
		}
		switch n.DataAtom {
		case atom.Html:
			m.lang = langTag(firstOf(attr(n, "lang"), attr(n, "xml:lang")))
		case atom.Base:
			if u, err := url.Parse(attr(n, "href")); err == nil && attr(n, "href") != "" {
				m.base = base.ResolveReference(u)
			}
		case atom.Title:
			if titleTag == "" {
				titleTag = oneLine(rawText(n), 500)
			}
		case atom.Meta:
			m.metaTag(n)
		case atom.Link:
			m.linkTag(n)
		}
		return true
	})
	m.microdata(doc)
	for _, block := range ld {
		m.linkedData(block)
	}
	m.fromProps(titleTag)
	return m
}

func rawText(n *html.Node) string {
	var b strings.Builder
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

func (m *meta) metaTag(n *html.Node) {
	name := strings.ToLower(firstOf(attr(n, "property"), attr(n, "name"), attr(n, "itemprop"), attr(n, "http-equiv")))
	content := strings.TrimSpace(attr(n, "content"))
	if name == "" || content == "" {
		return
	}
	if name == "article:tag" {
		m.tags = append(m.tags, content)
	}
	if _, have := m.props[name]; !have && len(m.props) < 300 {
		m.props[name] = content
	}
}

var commentFeedRE = regexp.MustCompile(`(?i)(/comments?/(feed|default|rss|atom)|/feed/?\?.*withcomments|comments?\.(xml|rss|atom)|/(\d+)/comments/|comment[-_]?(feed|rss)|/comments/?$)`)

func (m *meta) linkTag(n *html.Node) {
	rel, href := strings.ToLower(attr(n, "rel")), attr(n, "href")
	switch {
	case hasWord(rel, "canonical"):
		m.canonical = firstOf(m.canonical, href)
	case hasWord(rel, "alternate") && isFeedType(attr(n, "type")), hasWord(rel, "feed"), hasWord(rel, "replies") && isFeedType(attr(n, "type")):
		address := absolute(m.base, href)
		title := strings.ToLower(attr(n, "title"))
		switch {
		case address == "" || len(m.feeds)+len(m.commentFeeds) > 30:
		case hasWord(rel, "replies") || commentFeedRE.MatchString(address) || strings.Contains(title, "comment") || strings.Contains(title, "coment") || strings.Contains(title, "评论"):
			m.commentFeeds = addOnce(m.commentFeeds, address)
		default:
			m.feeds = addOnce(m.feeds, address)
		}
	case hasWord(rel, "author"):
		m.authorURL = firstOf(m.authorURL, absolute(m.base, href))
	}
}

func isFeedType(t string) bool {
	t = strings.ToLower(t)
	return strings.Contains(t, "rss") || strings.Contains(t, "atom") || strings.Contains(t, "feed+json") || t == "application/xml" || t == "text/xml" || t == "application/rdf+xml"
}

func addOnce(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

// microdata reads itemprop dates and authors that belong to the article, not to a comment.
func (m *meta) microdata(doc *html.Node) {
	walk(doc, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return true
		}
		if t := strings.ToLower(attr(n, "itemtype")); strings.Contains(t, "comment") || strings.Contains(t, "review") {
			return false
		}
		if isCommentArea(n) {
			return false
		}
		for prop := range strings.FieldsSeq(strings.ToLower(attr(n, "itemprop"))) {
			switch prop {
			case "datepublished", "datecreated":
				m.published = append(m.published, firstOf(attr(n, "datetime"), attr(n, "content"), attr(n, "title"), oneLine(nodeText(n, nil), 100)))
			case "datemodified":
				m.updated = append(m.updated, firstOf(attr(n, "datetime"), attr(n, "content"), attr(n, "title"), oneLine(nodeText(n, nil), 100)))
			case "interactioncount":
				m.commentCount = max(m.commentCount, smallNumber(attr(n, "content")))
			}
		}
		return true
	})
}

func smallNumber(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1e6 {
			break
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// fromProps fills what JSON-LD and microdata left open.
func (m *meta) fromProps(titleTag string) {
	p := m.props
	m.title = firstOf(m.title, p["og:title"], p["twitter:title"], p["dc.title"], p["title"], titleTag)
	m.siteName = oneLine(firstOf(p["og:site_name"], p["application-name"], m.siteName), 200)
	m.author = firstOf(m.author, p["author"], p["article:author"], p["dc.creator"], p["parsely-author"], p["sailthru.author"], p["byl"])
	if strings.HasPrefix(m.author, "http") {
		m.authorURL, m.author = firstOf(m.authorURL, absolute(m.base, m.author)), ""
	}
	m.lang = firstOf(m.lang, langTag(p["content-language"]), langTag(p["og:locale"]), langTag(p["dc.language"]))
	m.published = append(append(nonEmpty(p["article:published_time"], p["og:article:published_time"], p["og:published_time"]), m.published...), nonEmpty(p["datepublished"], p["article.published"], p["dc.date.issued"],
		p["dcterms.created"], p["dcterms.date"], p["dc.date"], p["parsely-pub-date"], p["sailthru.date"], p["publish-date"], p["publishdate"], p["pubdate"],
		p["publish_date"], p["date"], p["article:published"], p["cxenseparse:recs:publishtime"], p["citation_publication_date"], p["weibo:article:create_at"])...)
	m.updated = append(m.updated, nonEmpty(p["article:modified_time"], p["og:updated_time"], p["datemodified"], p["last-modified"], p["lastmod"])...)
	m.canonical = firstOf(m.canonical, p["og:url"])
	m.title = oneLine(m.title, 500)
}

// linkedData reads one JSON-LD block.
func (m *meta) linkedData(block []byte) {
	block = []byte(strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(string(block)), "<!--"), "-->")))
	if deepJSON(block) {
		return
	}
	var v any
	if json.Unmarshal(block, &v) != nil { // pages hold broken blocks; the markup says the rest
		if found := ldDateRE.FindSubmatch(block); found != nil {
			m.otherPublished = append(m.otherPublished, string(found[1]))
		}
		return
	}
	budget := 5000
	m.ldNode(v, &budget)
}

var ldDateRE = regexp.MustCompile(`"datePublished"\s*:\s*"([^"]{8,40})"`)

// deepJSON says whether JSON is nested deeper than anything honest.
func deepJSON(b []byte) bool {
	depth, in := 0, false
	for i := 0; i < len(b); i++ {
		switch c := b[i]; {
		case in && c == '\\':
			i++
		case c == '"':
			in = !in
		case !in && (c == '{' || c == '['):
			if depth++; depth > jsonDepth {
				return true
			}
		case !in && (c == '}' || c == ']'):
			depth--
		}
	}
	return false
}

func (m *meta) ldNode(v any, budget *int) {
	if *budget--; *budget < 0 {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			m.ldNode(e, budget)
		}
	case map[string]any:
		m.ldNode(v["@graph"], budget)
		kind := strings.ToLower(ldString(v["@type"]))
		if strings.Contains(kind, "article") || strings.Contains(kind, "posting") || strings.Contains(kind, "discussion") || strings.Contains(kind, "report") {
			m.ldArticle(v, budget)
		} else if !strings.Contains(kind, "comment") && !strings.Contains(kind, "review") {
			m.otherPublished = append(m.otherPublished, nonEmpty(ldString(v["datePublished"]))...)
		}
		m.ldNode(v["mainEntity"], budget)
	}
}

func (m *meta) ldArticle(v map[string]any, budget *int) {
	m.title = firstOf(m.title, ldString(v["headline"]), ldString(v["name"]))
	if d := ldString(v["datePublished"]); d != "" {
		m.published = append([]string{d}, m.published...)
	}
	if d := ldString(v["dateModified"]); d != "" {
		m.updated = append([]string{d}, m.updated...)
	}
	name, address := ldPerson(v["author"])
	m.author, m.authorURL = firstOf(m.author, name), firstOf(m.authorURL, absolute(m.base, address))
	m.commentCount = max(m.commentCount, smallNumber(ldString(v["commentCount"])))
	if body, _ := htmlText(ldString(v["articleBody"]), m.base); len(body) > len(m.body) {
		m.body = body
	}
	if lang := langTag(ldString(v["inLanguage"])); m.lang == "" {
		m.lang = lang
	}
	m.ldComments(v["comment"], "", budget, 0)
}

func (m *meta) ldComments(v any, parent string, budget *int, depth int) {
	list, ok := v.([]any)
	if !ok && v != nil {
		list = []any{v}
	}
	for _, e := range list {
		c, ok := e.(map[string]any)
		if *budget--; !ok || *budget < 0 || depth > 20 {
			continue
		}
		name, address := ldPerson(firstAny(c["author"], c["creator"]))
		id := firstOf(ldString(c["@id"]), ldString(c["identifier"]), ldString(c["url"]))
		text, _ := htmlText(ldString(firstAny(c["text"], c["commentText"], c["description"])), m.base)
		if text != "" {
			m.comments = append(m.comments, ldComment{ID: id, Parent: parent, Author: name, AuthorURL: absolute(m.base, address),
				Date: firstOf(ldString(c["datePublished"]), ldString(c["dateCreated"]), ldString(c["commentTime"])), Text: text})
		}
		m.ldComments(c["comment"], id, budget, depth+1)
	}
}

func firstAny(vs ...any) any {
	for _, v := range vs {
		if v != nil {
			return v
		}
	}
	return nil
}

// ldString reads a string, the first of a list, or the name of a node.
func ldString(v any) string {
	switch v := v.(type) {
	case string:
		return strings.TrimSpace(v)
	case float64:
		b, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(b)
	case []any:
		if len(v) > 0 {
			if s, ok := v[0].(string); ok {
				return s
			}
			return ldString(mapOf(v[0])["name"])
		}
	case map[string]any:
		return ldString(firstAny(v["@value"], v["name"], v["@id"]))
	}
	return ""
}

func mapOf(v any) map[string]any {
	m, ok := v.(map[string]any)
	if !ok {
		return nil
	}
	return m
}

func ldPerson(v any) (name, address string) {
	if list, ok := v.([]any); ok && len(list) > 0 {
		v = list[0]
	}
	switch v := v.(type) {
	case string:
		return v, ""
	case map[string]any:
		name, ok := v["name"].(string)
		if !ok {
			name = ""
		}
		address, ok := v["url"].(string)
		if !ok {
			address = ""
		}
		return name, address
	}
	return "", ""
}
