package classify

import (
	"fmt"
	"strconv"
	"strings"
)

// Query is a rule of the query language, parsed: phrases in quotes, AND OR NOT,
// parentheses, NEAR/n and ordered ONEAR/n (n words apart at most), SENTENCE
// (both in one sentence), a prefix (bag*), exact case (raw:Gap), and the fields
// title: body: comment: author: site: lang: link: tag:. Words that stand side
// by side must all be there.
type Query struct {
	source string
	root   *queryNode
	terms  []queryTerm
}

// String returns the query as it was written.
func (q *Query) String() string { return q.source }

// QueryError says what is wrong with a query, where, and what to write instead.
type QueryError struct {
	Column int    // of the query, in characters, from 1
	What   string // what is wrong
	Do     string // what to write instead
}

// Error returns column, fault and remedy in one line.
func (e *QueryError) Error() string {
	s := "query column " + strconv.Itoa(e.Column) + ": " + e.What
	if e.Do != "" {
		s += " (" + e.Do + ")"
	}
	return s
}

// queryOp is what a node of a query does.
type queryOp uint8

const (
	opTerm queryOp = iota
	opAnd
	opOr
	opNot
	opNear
	opSentence
)

// queryNode is one node of a parsed query.
type queryNode struct {
	op      queryOp
	kids    []*queryNode
	term    int  // opTerm: index of Query.terms
	within  int  // opNear: words apart at most
	ordered bool // opNear: the left one stands first
	column  int
}

// queryTerm is one word, phrase or field value.
type queryTerm struct {
	text   string // as written
	folded string
	raw    bool       // the case must be as written
	prefix bool       // bag*
	field  queryField // where it must stand
}

// queryField is the part of an entry a term looks at.
type queryField uint8

const (
	fieldAny queryField = iota
	fieldTitle
	fieldBody
	fieldComment
	fieldAuthor
	fieldSite
	fieldLang
	fieldLink
	fieldTag
)

// queryFields are the names of the fields as they are written.
var queryFields = map[string]queryField{"title": fieldTitle, "body": fieldBody, "comment": fieldComment, "author": fieldAuthor,
	"site": fieldSite, "lang": fieldLang, "link": fieldLink, "tag": fieldTag}

// inText says whether a field is searched in running text, so that it has places.
func (f queryField) inText() bool { return f <= fieldComment }

// Bounds of a query: what a person writes is far below them.
const (
	queryLength = 16 << 10
	queryTerms  = 1000
	queryDepth  = 100
	queryWithin = 100
)

// ParseQuery reads a rule of the query language. The error is a *QueryError.
func ParseQuery(s string) (*Query, error) {
	p := &queryParser{query: &Query{source: s}}
	if len(s) > queryLength {
		return nil, &QueryError{1, "the query is too long", fmt.Sprintf("at most %d bytes", queryLength)}
	}
	if p.fault = p.lex(s); p.fault != nil {
		return nil, p.fault
	}
	root := p.or(fieldAny)
	if p.fault == nil && p.at < len(p.tokens) {
		p.fail(p.tokens[p.at], "a closing parenthesis without an opening one", "remove it")
	}
	if p.fault != nil {
		return nil, p.fault
	}
	p.query.root = root
	if !root.positive() {
		return nil, &QueryError{1, "the query only says what must not stand there", "add what to look for, such as Name NOT \"other thing\""}
	}
	return p.query, nil
}

// positive says whether a match needs something to stand in the entry.
func (n *queryNode) positive() bool {
	switch n.op {
	case opNot:
		return false
	case opOr:
		for _, k := range n.kids {
			if !k.positive() {
				return false
			}
		}
		return true
	case opAnd:
		for _, k := range n.kids {
			if k.positive() {
				return true
			}
		}
		return false
	}
	return true
}

// queryParser reads tokens into nodes; the first fault ends it.
type queryParser struct {
	query  *Query
	tokens []queryToken
	at     int
	depth  int
	fault  error
}

func (p *queryParser) fail(t queryToken, what, do string) {
	if p.fault == nil {
		p.fault = &QueryError{t.column, what, do}
	}
}

// end is the place after the last token.
func (p *queryParser) end() queryToken {
	col := 1
	if n := len(p.tokens); n > 0 {
		col = p.tokens[n-1].column + len([]rune(p.tokens[n-1].text))
	}
	return queryToken{kind: tokenEnd, column: col}
}

func (p *queryParser) peek() queryToken {
	if p.at < len(p.tokens) {
		return p.tokens[p.at]
	}
	return p.end()
}

// or reads alternatives.
func (p *queryParser) or(f queryField) *queryNode {
	first := p.and(f)
	kids := []*queryNode{first}
	for p.fault == nil && p.peek().kind == tokenOr {
		p.at++
		kids = append(kids, p.and(f))
	}
	return joinNodes(opOr, kids)
}

// and reads what must stand together, with or without the word AND.
func (p *queryParser) and(f queryField) *queryNode {
	kids := []*queryNode{p.near(f)}
	for p.fault == nil {
		switch p.peek().kind {
		case tokenAnd:
			p.at++
		case tokenEnd, tokenOr, tokenClose:
			return joinNodes(opAnd, kids)
		}
		kids = append(kids, p.near(f))
	}
	return joinNodes(opAnd, kids)
}

func joinNodes(op queryOp, kids []*queryNode) *queryNode {
	if len(kids) == 1 {
		return kids[0]
	}
	return &queryNode{op: op, kids: kids, column: kids[0].column}
}

// near reads operands joined by NEAR, ONEAR and SENTENCE.
func (p *queryParser) near(f queryField) *queryNode {
	left := p.unary(f)
	for p.fault == nil {
		t := p.peek()
		if t.kind != tokenNear && t.kind != tokenSentence {
			return left
		}
		p.at++
		right := p.unary(f)
		if p.fault != nil {
			return left
		}
		n := &queryNode{op: opNear, kids: []*queryNode{left, right}, within: t.within, ordered: t.ordered, column: t.column}
		if t.kind == tokenSentence {
			n.op = opSentence
		}
		for _, k := range n.kids {
			if what := p.query.unplaced(k); what != "" {
				p.fail(t, t.text+" needs words of the text on both sides, not "+what, "write it with AND")
			}
		}
		left = n
	}
	return left
}

// unplaced names what in a node has no place in the text, or "".
func (q *Query) unplaced(n *queryNode) string {
	if n.op == opNot {
		return "NOT"
	}
	if n.op == opTerm && !q.terms[n.term].field.inText() {
		return "a field such as author: or site:"
	}
	for _, k := range n.kids {
		if what := q.unplaced(k); what != "" {
			return what
		}
	}
	return ""
}

// unary reads NOT, a group, a field or a term.
func (p *queryParser) unary(f queryField) *queryNode {
	t := p.peek()
	if p.depth++; p.depth > queryDepth {
		p.fail(t, "too many parentheses inside one another", "")
	}
	defer func() { p.depth-- }()
	if p.fault != nil {
		return &queryNode{}
	}
	p.at++
	switch t.kind {
	case tokenNot:
		return &queryNode{op: opNot, kids: []*queryNode{p.unary(f)}, column: t.column}
	case tokenOpen:
		n := p.or(f)
		if p.fault == nil && p.peek().kind != tokenClose {
			p.fail(t, "this parenthesis is never closed", "add )")
		}
		p.at++
		return n
	case tokenField:
		if f != fieldAny {
			p.fail(t, "a field inside another field", "close the parenthesis of the first field before it")
		}
		return p.unary(queryFields[t.text])
	case tokenTerm:
		return p.termNode(t, f)
	}
	p.at--
	p.fail(t, p.missing(t), "")
	return &queryNode{}
}

// missing says what should have stood where t stands.
func (p *queryParser) missing(t queryToken) string {
	after := "at the start"
	if p.at > 0 {
		after = "after " + p.tokens[p.at-1].text
	}
	if t.kind == tokenEnd && p.at == 0 {
		return "the query is empty"
	}
	if t.kind == tokenEnd {
		return "a word or phrase is missing " + after
	}
	return "a word or phrase is missing " + after + ", before " + t.text
}

// termNode checks and adds one term.
func (p *queryParser) termNode(t queryToken, f queryField) *queryNode {
	q := p.query
	term := queryTerm{text: t.text, raw: t.raw, field: f}
	word := t.value
	if !t.quoted && strings.HasSuffix(word, "*") {
		word, term.prefix = strings.TrimSuffix(word, "*"), true
	}
	term.folded = foldString(word)
	if t.raw {
		term.text = word
	}
	switch {
	case term.folded == "":
		p.fail(t, "nothing to look for in "+strconv.Quote(t.text), "write a word")
	case term.prefix && !longPrefix(term.folded):
		p.fail(t, "the prefix "+t.text+" is too short", "at least three letters before the *")
	case !t.quoted && strings.Contains(word, "*"):
		p.fail(t, "a * may only end a word", "write "+strings.SplitN(word, "*", 2)[0]+"*")
	case len(q.terms) >= queryTerms:
		p.fail(t, "too many words in one query", fmt.Sprintf("at most %d", queryTerms))
	}
	q.terms = append(q.terms, term)
	return &queryNode{op: opTerm, term: len(q.terms) - 1, column: t.column}
}

// longPrefix says whether a prefix is long enough to be meant: three letters,
// or two Chinese characters.
func longPrefix(folded string) bool {
	n := 0
	for _, r := range folded {
		n++
		if isCJK(r) {
			n++
		}
	}
	return n >= 3
}
