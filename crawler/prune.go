package crawler

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var boilerRE = regexp.MustCompile(`^(?:.*[-_])?(?:nav|navbar|navigation|navi|menu|menus|breadcrumbs?|sidebars?|side-?bar\d?|widgets?|widget-area|blogroll|related|related-?posts?|relatedposts|jp-relatedposts|yarpp|yarpp-related|recommended|recommendations|more-?posts|read-?next|also-?like|you-?may.*|share|sharing|sharebar|sharedaddy|share-?buttons?|social|social-?(?:links|share|icons|media)|addthis.*|a2a_kit|addtoany.*|tags?-?links?|tagcloud|tag-?cloud|tag-?list|post-?tags|entry-?tags|post-?labels|cat-?links|post-?categories|cookies?|cookie-?(?:banner|notice|consent|bar|law|policy).*|gdpr.*|consent.*|cmp-.*|newsletter|subscribe|subscription|signup|sign-?up|mailing-?list|optin|popup|modal|advert|advertisement|adverts|ads|adsense|ad-?(?:slot|unit|container|wrapper|box)|sponsor(?:ed)?|promo|promotion|banner|site-?footer|page-?footer|footer|colophon|copyright|masthead|site-?header|page-?header|skip-?link|pagination|pager|paging|page-?nav|post-?nav(?:igation)?|nav-?links|prev-?next|next-?prev|author-?(?:box|bio|info|card)|about-?author|post-?author-?box|search-?(?:form|box)|searchform|toolbar|login|print-?only|toc|rating|ratings|archive-?list|recent-?(?:posts|comments)|popular-?posts|disclaimer-bar|back-?to-?top|screen-reader-text|sr-only|visually-hidden|hidden|noprint|feedburner|entry-?utility|postmetadata|post-?meta-?footer|post-?footer|entry-?footer|comment-?link|comments-?link)(?:[-_]\d+)?$`)

// isBoilerplate knows parts of a page that are not the article by their names.
func isBoilerplate(n *html.Node) bool {
	if n.Type != html.ElementNode {
		return false
	}
	switch n.DataAtom {
	case atom.Body, atom.Html, atom.Main, atom.Article, atom.H1, atom.P:
		return false
	}
	switch strings.ToLower(attr(n, "role")) {
	case "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar":
		return true
	}
	for word := range strings.FieldsSeq(labels(n)) {
		if len(word) < 60 && boilerRE.MatchString(word) && !namesContent(word) {
			return true
		}
	}
	return false
}

// namesContent saves words such as "has-sidebar" or "content-with-menu", which
// describe a layout, not a sidebar.
func namesContent(word string) bool {
	for _, w := range []string{"has-", "with-", "no-", "hentry", "content", "main", "-page", "wrapper-inner", "single-"} {
		if strings.Contains(word, w) {
			return true
		}
	}
	return false
}

// prune takes out of the tree what is not the article, and names what it took.
// An element that holds the larger part of the page's text stays, whatever its name.
func prune(doc *html.Node) []string {
	sizes := textSizes(doc)
	total := sizes[doc]
	var gone []*html.Node
	var names []string
	walk(doc, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return n.Type == html.DocumentNode
		}
		name := boilerName(n)
		if name == "" || sizes[n]*2 > total && total > 400 || holdsBody(n) {
			return true
		}
		gone = append(gone, n)
		if sizes[n] > 0 {
			names = addOnce(names, name)
		}
		return false
	})
	for _, n := range gone {
		detach(n)
	}
	return names
}

// sureRE are names of things no author writes as part of his text.
var sureRE = regexp.MustCompile(`^(?:.*[-_])?(?:breadcrumbs?|related-?posts?|relatedposts|jp-relatedposts|jp-post-flair|yarpp|yarpp-related|sharedaddy|share-?buttons?|social-?(?:links|share|icons|media)|addthis.*|a2a_kit|addtoany.*|tagcloud|tag-?cloud|cookie-?(?:banner|notice|consent|bar|law|policy|message|info).*|gdpr.*|newsletter|newsletter-?(?:signup|box|form)|blogroll|skip-?link|post-?nav(?:igation)?|nav-?links|author-?(?:box|bio)|postmetadata|entry-?utility|screen-reader-text|sr-only|widget|widget-area|searchform|recent-?(?:posts|comments)|popular-?posts|site-?footer|colophon)(?:[-_]\d+)?$`)

// pruneSmall takes out what is surely not the article, before the extractors look:
// navigation, share buttons, related posts, cookie text; nothing that holds a
// fifth of the page's words.
func pruneSmall(doc *html.Node) []string {
	sizes := textSizes(doc)
	var gone []*html.Node
	var names []string
	walk(doc, func(n *html.Node) bool {
		if n.Type != html.ElementNode {
			return n.Type == html.DocumentNode
		}
		name := ""
		switch n.DataAtom {
		case atom.Body, atom.Html, atom.Main, atom.Article:
			return true
		case atom.Nav:
			name = "navigation"
		}
		for word := range strings.FieldsSeq(labels(n)) {
			if name == "" && len(word) < 60 && sureRE.MatchString(word) && !namesContent(word) {
				name = clip(word, 40)
			}
		}
		if name == "" || sizes[n]*5 > sizes[doc] || holdsBody(n) {
			return true
		}
		gone = append(gone, n)
		if sizes[n] > 0 {
			names = addOnce(names, name)
		}
		return false
	})
	for _, n := range gone {
		detach(n)
	}
	return names
}

func boilerName(n *html.Node) string {
	switch n.DataAtom {
	case atom.Nav:
		return "navigation"
	case atom.Aside:
		return "sidebar"
	case atom.Form, atom.Button, atom.Select, atom.Input:
		return "form"
	case atom.Footer:
		if !inside(n, atom.Article) && !inside(n, atom.Blockquote) {
			return "footer"
		}
	case atom.Header:
		if !inside(n, atom.Article) && !inside(n, atom.Main) && find(n, func(c *html.Node) bool { return c.DataAtom == atom.P }) == nil {
			return "header"
		}
	case atom.Ul, atom.Ol, atom.Div, atom.P, atom.Section, atom.Td:
		if linkFarm(n) {
			return "list of links"
		}
	}
	if isBoilerplate(n) {
		return firstField(strings.TrimSpace(labels(n)), "boilerplate")
	}
	return ""
}

func firstField(s, other string) string {
	for f := range strings.FieldsSeq(s) {
		return clip(f, 40)
	}
	return other
}

func inside(n *html.Node, a atom.Atom) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == a {
			return true
		}
	}
	return false
}

// linkFarm knows a block of many short links and next to no other text.
func linkFarm(n *html.Node) bool {
	links, linked, all := 0, 0, 0
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.Type == html.ElementNode && blockBreak(c.DataAtom) == 2 {
			return false // judged on its own when its turn comes
		}
	}
	walk(n, func(c *html.Node) bool {
		switch {
		case c.Type == html.TextNode:
			size := len(strings.TrimSpace(c.Data))
			all += size
			if inLink(c, n) {
				linked += size
			}
		case c.DataAtom == atom.A:
			links++
		}
		return true
	})
	return links >= 4 && linked*10 >= all*8 && all < links*60
}

func inLink(n, top *html.Node) bool {
	for p := n.Parent; p != nil && p != top.Parent; p = p.Parent {
		if p.DataAtom == atom.A {
			return true
		}
	}
	return false
}

// textSizes measures the text below every element, once.
func textSizes(doc *html.Node) map[*html.Node]int {
	sizes := map[*html.Node]int{}
	var measure func(n *html.Node) int
	measure = func(n *html.Node) int {
		if n.Type == html.TextNode {
			return len(strings.TrimSpace(n.Data))
		}
		sum := 0
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			sum += measure(c)
		}
		sizes[n] = sum
		return sum
	}
	measure(doc)
	return sizes
}

// dropHidden takes out what the page itself hides, unless next to nothing would be
// left (a page that only shows itself when its scripts run); of noscript only a
// copy of the article stays.
func dropHidden(doc *html.Node) {
	sizes := textSizes(doc)
	var shut, silent []*html.Node
	sum, left := 0, sizes[doc]
	walk(doc, func(n *html.Node) bool {
		if n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Html {
			return true
		}
		switch {
		case isCommentArea(n): // folded away until a reader asks for them
			return false
		case isHidden(n) && find(n, isCommentArea) == nil:
			shut = append(shut, n)
			sum += sizes[n]
		case hasAttr(n, noscriptMark):
			silent = append(silent, n)
			left -= sizes[n]
		default:
			return true
		}
		return false
	})
	for _, n := range silent {
		if find(n, func(*html.Node) bool { return true }) == nil || sizes[n] < 400 || sizes[n]*3 < left {
			detach(n)
		}
	}
	if left-sum < 500 && sum > left-sum {
		return
	}
	for _, n := range shut {
		detach(n)
	}
}

// isHidden says whether an element is not shown by its own word.
func isHidden(n *html.Node) bool {
	style := strings.ReplaceAll(strings.ToLower(attr(n, "style")), " ", "")
	return strings.Contains(style, "display:none") || strings.Contains(style, "visibility:hidden") || hasAttr(n, "hidden")
}

func hasAttr(n *html.Node, key string) bool {
	for _, a := range n.Attr {
		if a.Key == key {
			return true
		}
	}
	return false
}

// isBody knows the element that says it holds a post's text.
func isBody(n *html.Node) bool {
	if p := strings.ToLower(attr(n, "itemprop")); hasWord(p, "articlebody") {
		return true
	}
	return hasLabel(labels(n), "entry-content", "post-body", "post-content", "e-content", "entry-body", "entrybody", "entrytext", "article-body", "articlebody", "article-content",
		"post-text", "posttext", "post__content", "article__body", "article__content", "blog-post-content", "blogpost-body", "post-entry", "entry__content", "single-content",
		"storycontent", "postcontent", "postbody", "body-content", "td-post-content", "article-text", "post_content", "post_body", "entry_content", "kg-canvas", "gh-content", "postarticle-content", "blog-content", "asset-content", "asset-body", "textbody")
}

func holdsBody(n *html.Node) bool { return isBody(n) || find(n, isBody) != nil }

// articleBody returns the page's one container of a post's text, if it is sure:
// there is one, or one is far larger than the others.
func articleBody(doc *html.Node) *html.Node {
	list := topmost(findAll(doc, isBody))
	if len(list) == 0 {
		return nil
	}
	for i, n := range list {
		list[i] = innerBody(n)
	}
	best, size, second := list[0], 0, 0
	for _, n := range list {
		words := wordCount(nodeText(n, nil), 100000)
		switch {
		case words > size:
			best, size, second = n, words, size
		case words > second:
			second = words
		}
	}
	if size < wordsEnough || second*3 > size {
		return nil
	}
	if all := wordCount(nodeText(doc, nil), 100000); size*4 < all {
		return nil // most of the page lies elsewhere: let an extractor decide
	}
	return best
}

// innerBody goes down from an element that says it is the body to the one such
// element in it, if there is but one: names such as "body-content" are given to
// what holds the article and much else.
func innerBody(n *html.Node) *html.Node {
	for {
		inner := topmost(findAll(n, isBody))
		if len(inner) != 1 || wordCount(nodeText(inner[0], nil), wordsEnough) < wordsEnough {
			return n
		}
		n = inner[0]
	}
}

// outline lists the page's same-host links outside its furniture, and the way to
// older posts.
func outline(doc *html.Node, base *url.URL) (links []string, next string) {
	var set linkSet
	walk(doc, func(n *html.Node) bool {
		if n.Type == html.ElementNode && (n.DataAtom == atom.Link || n.DataAtom == atom.A) {
			href := absolute(base, attr(n, "href"))
			if next == "" && href != "" && (hasWord(attr(n, "rel"), "next") || n.DataAtom == atom.A && olderRE.MatchString(oneLine(nodeText(n, nil), 60))) && hostOf(href) == hostOf(base.String()) {
				next = href
			}
			if n.DataAtom == atom.A && href != "" && hostOf(href) == hostOf(base.String()) {
				set.add(base, attr(n, "href"))
			}
		}
		return true
	})
	return set.list, next
}

var olderRE = regexp.MustCompile(`(?i)^[\s\pP\pS]*(?:older (?:posts|entries|articles)|previous (?:posts|entries|page)|next page|entradas (?:antiguas|anteriores)|post (?:più vecchi|precedenti)|articoli (?:precedenti|meno recenti)|下一页|较早的文章|更早)[\s\pP\pS]*$`)
