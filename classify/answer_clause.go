package classify

import (
	"sort"
	"strings"
)

// answerClause is the unit the rules look at.
type answerClause struct {
	norm     string // " word word " or, in Chinese, the bare characters
	toks     []answerToken
	at       []int // where each token begins in norm
	sentence int
	first    bool // opens its sentence
	question bool // its sentence ends with a question mark
	hits     map[string][]answerHit
}

// answerHit is one match of a rule in a clause.
type answerHit struct {
	rule       *answerRule
	start, end int // in norm
}

// answerDoc is a text cut into clauses.
type answerDoc struct {
	in      AnswerInput
	table   *answerTable
	clauses []answerClause
	named   bool // the brand stands in the text
}

// newAnswerDoc reads the windows of in.Text into clauses.
func newAnswerDoc(in AnswerInput, table *answerTable) *answerDoc {
	d := &answerDoc{in: in, table: table}
	sentence := 0
	for _, w := range answerWindows(in) {
		s := &answerScanner{text: in.Text, spaced: table.spaced, lang: table.lang}
		s.scan(w.start, w.end, answerNames(in, w.start, w.end))
		sentence = d.addSentences(s.out, sentence)
	}
	for i := range d.clauses {
		d.named = d.named || strings.Contains(d.clauses[i].norm, answerOwn)
	}
	return d
}

// addSentences cuts tokens at strong punctuation and adds each sentence's clauses; it gives the next sentence number.
func (d *answerDoc) addSentences(toks []answerToken, sentence int) int {
	start := 0
	for i := 0; i <= len(toks); i++ {
		if i < len(toks) && !strings.Contains(".!?\n", toks[i].norm) {
			continue
		}
		question := i < len(toks) && toks[i].norm == "?"
		if i > start {
			d.addClauses(toks[start:i], sentence, question)
			sentence++
		}
		start = i + 1
	}
	return sentence
}

// addClauses cuts one sentence at weak punctuation and where a "split" rule matches.
func (d *answerDoc) addClauses(toks []answerToken, sentence int, question bool) {
	first := true
	start := 0
	for i := 0; i <= len(toks); i++ {
		if i < len(toks) && !toks[i].punct {
			continue
		}
		if i > start {
			for _, part := range d.split(toks[start:i]) {
				c := d.clause(part)
				c.sentence, c.question, c.first = sentence, question, first
				d.clauses = append(d.clauses, c)
				first = false
			}
		}
		start = i + 1
	}
}

// split cuts a stretch without punctuation in front of each split word.
func (d *answerDoc) split(toks []answerToken) [][]answerToken {
	if len(toks) > 400 {
		return append(d.split(toks[:400]), d.split(toks[400:])...)
	}
	c := d.clause(toks)
	var cuts []int
	for _, h := range d.find(&c, "split") {
		if k := c.token(h.start); k > 0 {
			cuts = append(cuts, k)
		}
	}
	sort.Ints(cuts)
	var parts [][]answerToken
	from := 0
	for _, k := range append(cuts, len(toks)) {
		if k > from {
			parts = append(parts, toks[from:k])
			from = k
		}
	}
	return parts
}

// clause joins tokens into the form that rules match.
func (d *answerDoc) clause(toks []answerToken) answerClause {
	c := answerClause{toks: toks, at: make([]int, len(toks)), hits: map[string][]answerHit{}}
	var b strings.Builder
	if d.table.spaced {
		b.WriteByte(' ')
	}
	for i, tok := range toks {
		c.at[i] = b.Len()
		b.WriteString(tok.norm)
		if d.table.spaced {
			b.WriteByte(' ')
		}
	}
	c.norm = b.String()
	return c
}

// token gives the index of the token at or just after a place in norm.
func (c *answerClause) token(at int) int {
	k := sort.SearchInts(c.at, at+1) - 1
	if k < 0 {
		return 0
	}
	if c.at[k] < at && c.norm[at] == ' ' && k+1 < len(c.at) {
		k++ // a match begins with the blank before its first word
	}
	return k
}

// span gives the bytes of the original text that the clause covers.
func (c *answerClause) span() (int, int) {
	return c.toks[0].start, c.toks[len(c.toks)-1].end
}

// find gives the matches of all rules of a kind, by place.
func (d *answerDoc) find(c *answerClause, kind string) []answerHit {
	if hits, ok := c.hits[kind]; ok {
		return hits
	}
	hits := []answerHit{}
	rules := d.table.rules[kind]
	for i := range rules {
		for _, m := range rules[i].re.FindAllStringIndex(c.norm, -1) {
			if m[1] > m[0] {
				hits = append(hits, answerHit{&rules[i], m[0], m[1]})
			}
		}
	}
	sort.SliceStable(hits, func(i, j int) bool { return hits[i].start < hits[j].start })
	c.hits[kind] = hits
	return hits
}

// has says whether any rule of the kind matches in the clause.
func (d *answerDoc) has(c *answerClause, kind string) bool { return len(d.find(c, kind)) > 0 }

// before gives the last hit of a kind that ends by the place at, or begins before it and runs into it.
func (d *answerDoc) before(c *answerClause, kind string, at int) (answerHit, bool) {
	var best answerHit
	ok := false
	for _, h := range d.find(c, kind) {
		if h.start < at || h.start == 0 && at == 0 {
			best, ok = h, true
		}
	}
	return best, ok
}

// distance counts the words (in Chinese the characters) between two places of a clause.
func (d *answerDoc) distance(c *answerClause, from, to int) int {
	if to <= from {
		return 0
	}
	return max(0, c.token(to)-c.token(from))
}
