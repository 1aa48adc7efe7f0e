package crawler

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"earshot"
)

const commentsMax = 2000 // comments read of one page

// PageComment is one reader's comment as a page shows it.
type PageComment struct {
	ID        string `json:"id"`
	Parent    string `json:"parent"` // ID of the comment answered, or ""
	Author    string `json:"author"`
	AuthorURL string `json:"author_url"`
	Published Date   `json:"published"`
	Text      string `json:"text"`

	Profile string   `json:"-"` // address on the page's own site
	Links   []string `json:"-"`
}

// commentReader finds comments in a page's tree.
type commentReader struct {
	base  *url.URL
	lang  string
	hints Hints
	items map[*html.Node]bool
}

// readComments finds the comments of a page and returns them in document order,
// with the nodes that hold them, so that the caller can take these out.
func readComments(doc *html.Node, base *url.URL, lang string, hints Hints) ([]PageComment, []*html.Node) {
	r := commentReader{base: base, lang: lang, hints: hints, items: map[*html.Node]bool{}}
	areas := topmost(findAll(doc, isCommentArea))
	var list []*html.Node
	for _, n := range findAll(doc, r.isItem) {
		if len(list) < commentsMax && (isMarked(n) || within(n, areas)) {
			list = append(list, n)
		}
	}
	list = r.distinct(list)
	if len(list) == 0 {
		for _, area := range areas {
			if found := r.repeated(area); len(found) > len(list) {
				list = found
			}
		}
	}
	for _, n := range list {
		r.items[n] = true
	}
	var out []PageComment
	for _, n := range list {
		if c, ok := r.read(n); ok {
			out = append(out, c)
		}
	}
	if len(out) == 0 {
		out = r.sequences(areas, doc)
	}
	return out, append(areas, topmost(list)...)
}

var areaRE = regexp.MustCompile(`(?i)^(comments?|comment-?list|commentlist|comments?-?(area|section|block|container|wrapper|list|wrap|holder|box|content|inner|thread|outer|template|body)s?|comments-?block|commentsblock|the-?comments|post-?comments|entry-?comments|article-?comments|user-?comments|reader-?comments|blog-?comments|all-?comments|disqus_thread|dsq-?(comments|content|app\d*)|respond|comment-?respond|comment-?form.*|commentform|replies|responses|discussion|reactions|feedback|kommentare|comentarios|commenti|commentaires|pinglun|pl-?list|trackbacks?|pings|fb-comments|livefyre.*|remarkbox|isso-thread|utterances|giscus|commento|hyvor.*|coral.*|webmentions?|mentions|commentarea|comment_?list|cmt-?list|comments_wrapper)$`)

// anyAreaRE are the names themes make of "comments"; notAreaRE those of them that
// count, link to or describe comments.
var (
	anyAreaRE  = regexp.MustCompile(`(?i)^(?:[a-z0-9]+[-_]{1,2}){0,2}(?:comments|kommentare|comentarios|commenti|commentaires)(?:[-_]{1,2}[a-z]+){0,2}$`)
	notAreaRE  = regexp.MustCompile(`(?i)(?:link|links|count|counter|number|num|open|closed|off|disabled|enabled|button|btn|toggle|icon|popup|popup-link|no-comments|has-comments|with-comments|recent-comments|latest-comments|title|label|total|view|show)`)
	itemWordRE = regexp.MustCompile(`(?i)(?:^|[ ])(?:[a-z0-9]+[-_]{1,2})?comment(?:[-_]{1,2}(?:item|card|box|entry|row|single|container|wrapper|wrap|block|inner|node|post|thread|element))(?:$|[ ])`)
)

// camelItemRE and camelAreaRE are such names where themes write them as
// "siteCommentItem"; prefixItemRE is "site-comment".
var (
	camelItemRE  = regexp.MustCompile(`(?:^|\s)[A-Za-z]*(?:[a-z]Comment|[a-z]Kommentar|leserbrief|leserkommentar)(?:Container|Item|Box|Entry|Wrapper|Row|Block|Holder)?(?:\s|$)`)
	camelAreaRE  = regexp.MustCompile(`(?:^|\s)(?:[A-Za-z]*[a-z])?(?:Comments|CommentList|CommentsList|CommentsArea|[kK]ommentarModul|[kK]ommentare|[cC]omment_entries|[cC]omment-entries)(?:\s|$)`)
	prefixItemRE = regexp.MustCompile(`(?:^| )[a-z0-9]{1,12}[-_]comment(?:$| )`)
)

// strongAreaRE are names no theme gives to what holds the article too.
var strongAreaRE = regexp.MustCompile(`(?i)^(disqus_thread|dsq-.*|comment-?list|commentlist|comments-?list|comment-?thread|comments-?area|comment-?holder|comments-?block)$`)

// isCommentArea knows the part of a page that holds what readers wrote, or the form for it.
func isCommentArea(n *html.Node) bool {
	if n.Type != html.ElementNode || n.DataAtom == atom.Body || n.DataAtom == atom.Html || n.DataAtom == atom.A || n.DataAtom == atom.Article && !strings.Contains(labels(n), "comment") {
		return false
	}
	if camelAreaRE.MatchString(attr(n, "class")+" "+attr(n, "id")) && !hasArticle(n) {
		return true
	}
	for word := range strings.FieldsSeq(labels(n)) {
		if (areaRE.MatchString(word) || anyAreaRE.MatchString(word) && !notAreaRE.MatchString(word)) && (strongAreaRE.MatchString(word) || !hasArticle(n)) {
			return true
		}
	}
	return false
}

// hasArticle says whether a supposed comment area holds the article itself, as
// when a theme labels the whole content "comments-open".
func hasArticle(n *html.Node) bool {
	return find(n, func(c *html.Node) bool {
		ls := labels(c)
		return hasLabel(ls, "entry-content", "post-body", "post-content", "article-body", "articlebody") && !strings.Contains(ls, "comment") ||
			attr(c, "itemprop") == "articleBody"
	}) != nil
}

var itemIDRE = regexp.MustCompile(`(?i)^(?:li-?|div-?)?(?:comment|cmt|comm|reply|response|c|kommentar|dsq-comment|post|tc|ping)[-_:]?(\d{1,24}|[0-9a-f]{8,40})$`)

// isMarked knows a comment by markup that means nothing else.
func isMarked(n *html.Node) bool {
	if t := strings.ToLower(attr(n, "itemtype")); strings.HasSuffix(t, "schema.org/comment") || strings.HasSuffix(t, "usercomments") {
		return true
	}
	if p := strings.ToLower(attr(n, "itemprop")); p == "comment" || p == "comments" {
		return true
	}
	ls := labels(n)
	if hasLabel(ls, "u-comment", "p-comment") && hasLabel(ls, "h-cite", "h-entry") {
		return true
	}
	return hasLabel(ls, "comment") && itemIDRE.MatchString(attr(n, "id")) || hasLabel(ls, "hcomment")
}

// isItem knows the element of one comment.
func (r *commentReader) isItem(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Li, atom.Div, atom.Article, atom.Section, atom.Tr, atom.Td, atom.Dl, atom.Table, atom.Blockquote, atom.P:
	default:
		return false
	}
	if isMarked(n) {
		return true
	}
	ls := labels(n)
	if itemIDRE.MatchString(attr(n, "id")) && !hasLabel(ls, "hentry", "type-post") {
		return true
	}
	return itemWordRE.MatchString(ls) || prefixItemRE.MatchString(ls) || camelItemRE.MatchString(attr(n, "class")) || hasLabel(ls, "comment", "comment-item", "commentitem", "comment_item", "comment-body", "comment-wrap", "comment-wrapper", "comment-container", "comment-box",
		"comment-entry", "comment-single", "single-comment", "comments__item", "comment__item", "comment-list__item", "comments-item", "user-comment", "usercomment",
		"comment-block", "comment-post", "comment-holder", "media-comment", "commentlist-item", "reply-item", "reply", "h-cite", "post", "response", "cmt", "comment-inner", "thread-comment",
		"comment-row", "comment-content-wrap", "depth-1", "depth-2", "depth-3", "even", "odd", "comentario", "commento", "kommentar", "pl-item", "feedback-item", "comments-post")
}

// distinct keeps one element for each comment: of nested ones that are the same
// comment, the outer; a reply inside a comment is one of its own; a mere list of
// comments is none.
func (r *commentReader) distinct(list []*html.Node) []*html.Node {
	set, kept := map[*html.Node]bool{}, map[*html.Node]bool{}
	for _, n := range list {
		set[n] = true
	}
	var out []*html.Node
	for _, n := range list {
		if isContainer(n, set) {
			continue
		}
		if outer := enclosing(n, kept); outer != nil && sameComment(outer, n) {
			continue
		}
		kept[n] = true
		out = append(out, n)
	}
	return out
}

// isContainer says whether an element only lists comments: two of those below it
// are siblings alike, and it says nothing itself.
func isContainer(n *html.Node, set map[*html.Node]bool) bool {
	if itemIDRE.MatchString(attr(n, "id")) && n.DataAtom != atom.Ol && n.DataAtom != atom.Ul {
		return false
	}
	inner := topmost(findAll(n, func(c *html.Node) bool { return set[c] }))
	for i := 1; i < len(inner); i++ {
		if inner[i].Parent == inner[i-1].Parent && inner[i].Data == inner[i-1].Data && alike(inner[i], inner[i-1]) {
			return wordCount(nodeText(n, func(c *html.Node) bool { return c != n && set[c] }), 12) < 12
		}
	}
	return false
}

func alike(a, b *html.Node) bool {
	fa, _, _ := strings.Cut(strings.TrimSpace(attr(a, "class")), " ")
	fb, _, _ := strings.Cut(strings.TrimSpace(attr(b, "class")), " ")
	return fa == fb
}

func enclosing(n *html.Node, set map[*html.Node]bool) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if set[p] {
			return p
		}
	}
	return nil
}

// sameComment says whether inner is only a part of outer: their numbers agree, or
// no list of replies lies between and inner is no comment by itself.
func sameComment(outer, inner *html.Node) bool {
	a, b := itemNumber(outer), itemNumber(inner)
	if a != "" && b != "" {
		return a == b
	}
	for p := inner.Parent; p != nil && p != outer; p = p.Parent {
		if p.DataAtom == atom.Ul || p.DataAtom == atom.Ol || hasLabel(labels(p), "children", "replies", "comment-replies", "comment-children", "thread", "comment-list", "commentlist", "comment__replies", "nested") {
			return false
		}
	}
	return !isMarked(inner) && !alike(outer, inner) || b == "" && !hasDate(inner)
}

func itemNumber(n *html.Node) string {
	if m := itemIDRE.FindStringSubmatch(attr(n, "id")); m != nil {
		return m[1]
	}
	return ""
}

// hasDate says whether an element names a moment of its own.
func hasDate(n *html.Node) bool {
	return find(n, func(c *html.Node) bool { return c.DataAtom == atom.Time }) != nil || dateIn(clip(nodeText(n, nil), 600)) != ""
}

func topmost(list []*html.Node) []*html.Node {
	set := map[*html.Node]bool{}
	for _, n := range list {
		set[n] = true
	}
	var out []*html.Node
	for _, n := range list {
		if enclosing(n, set) == nil {
			out = append(out, n)
		}
	}
	return out
}

func within(n *html.Node, areas []*html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		for _, a := range areas {
			if p == a {
				return true
			}
		}
	}
	return false
}

// commentsState says whether readers can still write there.
func commentsState(doc *html.Node) earshot.CommentState {
	form := find(doc, func(n *html.Node) bool {
		if n.DataAtom == atom.Textarea {
			name := strings.ToLower(attr(n, "name") + " " + attr(n, "id"))
			return strings.Contains(name, "comment") || strings.Contains(name, "coment") || strings.Contains(name, "commento") || strings.Contains(name, "message") && underComments(n)
		}
		return n.DataAtom == atom.Form && (hasLabel(labels(n), "comment-form", "commentform", "comments_form", "comments-form") || strings.Contains(attr(n, "action"), "wp-comments-post"))
	})
	if form != nil {
		return earshot.CommentsOpen
	}
	var closed bool
	walk(doc, func(n *html.Node) bool {
		if n.Type == html.TextNode && len(n.Data) < 300 && closedRE.MatchString(n.Data) {
			closed = true
		}
		return !closed
	})
	if closed {
		return earshot.CommentsClosed
	}
	return earshot.CommentsUnknown
}

func underComments(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if isCommentArea(p) {
			return true
		}
	}
	return false
}

var closedRE = regexp.MustCompile(`(?i)comments? (?:are|is|have been|on this (?:entry|post) (?:are|have been))? ?(?:now )?(?:closed|disabled|turned off)|commenting (?:is|has been) (?:now )?(?:closed|disabled)|(?:los )?comentarios (?:est[aá]n |han sido )?(?:cerrados|desactivados)|(?:i )?commenti (?:sono )?(?:chiusi|disabilitati|disattivati)|(?:评论|留言|回复)(?:功能)?(?:已|被)?(?:经)?(?:关闭|禁用)`)
