package classify

import (
	"strconv"
	"strings"
	"unicode"
)

// queryTokenKind says what a token of a query is.
type queryTokenKind uint8

const (
	tokenEnd queryTokenKind = iota
	tokenTerm
	tokenAnd
	tokenOr
	tokenNot
	tokenNear
	tokenSentence
	tokenOpen
	tokenClose
	tokenField
)

// queryToken is one token with the column it stands in.
type queryToken struct {
	kind    queryTokenKind
	text    string // as written; a field's name
	value   string // of a term: without quotes and raw:
	quoted  bool
	raw     bool
	within  int
	ordered bool
	column  int
}

// lex cuts a query into tokens.
func (p *queryParser) lex(s string) error {
	rs := []rune(s)
	for i := 0; i < len(rs); {
		switch r := rs[i]; {
		case unicode.IsSpace(r):
			i++
		case r == '(' || r == '（':
			p.tokens = append(p.tokens, queryToken{kind: tokenOpen, text: "(", column: i + 1})
			i++
		case r == ')' || r == '）':
			p.tokens = append(p.tokens, queryToken{kind: tokenClose, text: ")", column: i + 1})
			i++
		case queryQuote(r):
			end, err := p.phrase(rs, i, i, false)
			if err != nil {
				return err
			}
			i = end
		default:
			end, err := p.word(rs, i)
			if err != nil {
				return err
			}
			i = end
		}
	}
	return nil
}

func queryQuote(r rune) bool { return r == '"' || r == '“' || r == '”' || r == '«' || r == '»' }

// phrase reads a quoted phrase that opens at i; from is where its token starts.
func (p *queryParser) phrase(rs []rune, from, i int, raw bool) (int, error) {
	for j := i + 1; j < len(rs); j++ {
		if queryQuote(rs[j]) {
			p.tokens = append(p.tokens, queryToken{kind: tokenTerm, text: string(rs[from : j+1]), value: string(rs[i+1 : j]), quoted: true, raw: raw, column: from + 1})
			return j + 1, nil
		}
	}
	return 0, &QueryError{i + 1, "this quotation mark is never closed", `add "`}
}

// word reads an operator, a field's name, raw: or a plain word.
func (p *queryParser) word(rs []rune, i int) (int, error) {
	j := i
	for j < len(rs) && !unicode.IsSpace(rs[j]) && !strings.ContainsRune("()（）", rs[j]) && !(queryQuote(rs[j]) && j > i) {
		if rs[j] == ':' && p.fieldAt(string(rs[i:j])) {
			return p.field(rs, i, j)
		}
		j++
	}
	text := string(rs[i:j])
	if name, rest, ok := strings.Cut(text, ":"); ok && rest != "" && !strings.HasPrefix(rest, "//") && lettersOnly(name) {
		return 0, &QueryError{i + 1, "unknown field " + strconv.Quote(name), "known: title body comment author site lang link tag raw; put quotes round a word with a colon"}
	}
	t := queryToken{kind: tokenTerm, text: text, value: text, column: i + 1}
	if err := t.operator(); err != nil {
		return 0, err
	}
	p.tokens = append(p.tokens, t)
	return j, nil
}

// fieldAt says whether a word before a colon is a field or raw.
func (p *queryParser) fieldAt(name string) bool {
	_, ok := queryFields[name]
	return ok || name == "raw"
}

func lettersOnly(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return s != ""
}

// field reads what follows a field's colon at j.
func (p *queryParser) field(rs []rune, i, j int) (int, error) {
	name := string(rs[i:j])
	if j+1 >= len(rs) || unicode.IsSpace(rs[j+1]) {
		return 0, &QueryError{i + 1, name + ": is followed by nothing", "write the word directly after the colon"}
	}
	if name != "raw" {
		p.tokens = append(p.tokens, queryToken{kind: tokenField, text: name, column: i + 1})
		return j + 1, nil
	}
	if queryQuote(rs[j+1]) {
		return p.phrase(rs, i, j+1, true)
	}
	k := j + 1
	for k < len(rs) && !unicode.IsSpace(rs[k]) && !strings.ContainsRune("()（）", rs[k]) {
		k++
	}
	if k == j+1 {
		return 0, &QueryError{i + 1, "raw: needs a word or phrase", `write raw:Gap or raw:"The Gap"`}
	}
	p.tokens = append(p.tokens, queryToken{kind: tokenTerm, text: string(rs[i:k]), value: string(rs[j+1 : k]), raw: true, column: i + 1})
	return k, nil
}

// operator turns a word into an operator if it is one.
func (t *queryToken) operator() error {
	name, n, slash := strings.Cut(t.text, "/")
	upper := strings.ToUpper(name)
	switch {
	case !slash && t.text == "AND":
		t.kind = tokenAnd
	case !slash && t.text == "OR":
		t.kind = tokenOr
	case !slash && t.text == "NOT":
		t.kind = tokenNot
	case !slash && t.text == "SENTENCE":
		t.kind, t.text = tokenSentence, "SENTENCE"
	case upper != "NEAR" && upper != "ONEAR":
	case !slash && name == upper:
		return &QueryError{t.column, name + " needs a distance", "write " + name + "/8: at most eight words apart"}
	case !slash:
	case name != upper:
		return &QueryError{t.column, "operators are written in capitals", "write " + upper + "/" + n}
	default:
		within, err := strconv.Atoi(n)
		if err != nil || within < 1 || within > queryWithin {
			return &QueryError{t.column, "the distance of " + t.text + " is no number of words", "write " + name + "/n with n from 1 to " + strconv.Itoa(queryWithin)}
		}
		t.kind, t.within, t.ordered = tokenNear, within, upper == "ONEAR"
	}
	return nil
}
