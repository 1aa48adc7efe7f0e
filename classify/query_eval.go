package classify

import (
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"earshot"
)

// needsText says whether the query can only match if one of its words stands in
// the text.
func (q *Query) needsText() bool { return q.root.needsText(q) }

func (n *queryNode) needsText(q *Query) bool {
	switch n.op {
	case opTerm:
		return q.terms[n.term].field.inText()
	case opNot:
		return false
	case opOr:
		for _, k := range n.kids {
			if !k.needsText(q) {
				return false
			}
		}
		return true
	case opAnd:
		for _, k := range n.kids {
			if k.needsText(q) {
				return true
			}
		}
		return false
	}
	return true
}

// queryRun evaluates one query on one entry.
type queryRun struct {
	s     *spotScratch
	b     *spotBrand
	cands []spotCandidate // of the brand, by field and place
	lax   bool            // NOT always holds: what would match without it?
	steps int             // bounds the work of NEAR
}

// queryHit is a match of a node: one stretch of a field that covers the
// candidates first to last, of which name is the one that names the brand.
type queryHit struct {
	field      int8
	start, end int32
	cands      []int32
}

// maxQueryHits bounds the matches kept of one node.
const maxQueryHits = 512

// eval returns whether a node holds, and its places.
func (r *queryRun) eval(n *queryNode) (bool, []queryHit) {
	switch n.op {
	case opTerm:
		return r.evalTerm(n.term)
	case opNot:
		ok, _ := r.eval(n.kids[0])
		return r.lax || !ok, nil
	case opOr:
		any := false
		var hits []queryHit
		for _, k := range n.kids {
			ok, h := r.eval(k)
			any = any || ok
			hits = appendHits(hits, h)
		}
		return any, hits
	case opAnd:
		var hits []queryHit
		for _, k := range n.kids {
			ok, h := r.eval(k)
			if !ok {
				return false, nil
			}
			hits = appendHits(hits, h)
		}
		return true, hits
	}
	_, left := r.eval(n.kids[0])
	_, right := r.eval(n.kids[1])
	hits := r.pairs(n, left, right)
	return len(hits) > 0, hits
}

func appendHits(to, more []queryHit) []queryHit {
	room := maxQueryHits - len(to)
	return append(to, more[:min(room, len(more))]...)
}

// evalTerm finds a term's places, or looks at the entry's other fields.
func (r *queryRun) evalTerm(term int) (bool, []queryHit) {
	t := &r.b.query.terms[term]
	if !t.field.inText() {
		return r.s.meta(t), nil
	}
	var hits []queryHit
	for i := range r.cands {
		c := &r.cands[i]
		if int(c.term) != term || !r.inField(t.field, c.field) {
			continue
		}
		if t.raw && r.s.fields[c.field].text[c.from:c.to] != t.text {
			continue
		}
		hits = append(hits, queryHit{c.field, c.start, c.end, []int32{int32(i)}})
		if len(hits) >= maxQueryHits {
			break
		}
	}
	return len(hits) > 0, hits
}

func (r *queryRun) inField(f queryField, field int8) bool {
	switch f {
	case fieldTitle:
		return field == inTitle
	case fieldBody:
		return field == inText
	case fieldComment:
		return field == inText && r.s.e.Kind == earshot.Comment
	}
	return true
}

// meta compares a term with what the entry says beside its text.
func (s *spotScratch) meta(t *queryTerm) bool {
	switch e := s.e; t.field {
	case fieldAuthor:
		return strings.Contains(foldString(e.Author.Name), t.folded) || strings.Contains(strings.ToLower(e.Author.URL+" "+e.Author.Profile), strings.ToLower(t.text))
	case fieldSite:
		return hostUnder(strings.ToLower(strings.TrimPrefix(e.Site, "www.")), strings.Trim(t.text, `"`)) || strings.Contains(foldString(e.SiteName), t.folded)
	case fieldLang:
		return strings.EqualFold(e.Lang, strings.Trim(t.text, `"`))
	case fieldLink:
		want := strings.ToLower(strings.Trim(t.text, `"`))
		for _, l := range e.Links {
			if hostUnder(linkHost(l), want) || strings.Contains(strings.ToLower(l), want) {
				return true
			}
		}
	case fieldTag:
		for _, tag := range e.Tags {
			f := foldString(tag)
			if f == t.folded || t.prefix && strings.HasPrefix(f, t.folded) {
				return true
			}
		}
	}
	return false
}

// maxQuerySteps bounds how many pairs of places one query looks at.
const maxQuerySteps = 200000

// pairs joins places that are near enough, or in one sentence.
func (r *queryRun) pairs(n *queryNode, left, right []queryHit) []queryHit {
	var out []queryHit
	for _, a := range left {
		for _, b := range right {
			if r.steps++; r.steps > maxQuerySteps || len(out) >= maxQueryHits {
				return out
			}
			if a.field != b.field || a.start < b.end && b.start < a.end || n.ordered && b.start < a.end || !r.close(n, a, b) {
				continue
			}
			out = append(out, queryHit{a.field, min(a.start, b.start), max(a.end, b.end), append(append([]int32{}, a.cands...), b.cands...)})
		}
	}
	return out
}

// close says whether two places satisfy NEAR/n or SENTENCE.
func (r *queryRun) close(n *queryNode, a, b queryHit) bool {
	if b.start < a.start {
		a, b = b, a
	}
	f := &r.s.fields[a.field]
	if n.op == opSentence {
		return f.sentenceAt(f.fold.original(int(a.start))) == f.sentenceAt(f.fold.original(int(b.start)))
	}
	return f.wordAt(b.start)-f.wordAt(a.end-1) <= n.within
}

// wordAt returns the number of the word that stands at a folded byte.
func (f *spotField) wordAt(at int32) int {
	if len(f.words) == 0 {
		f.words = wordStarts(f.fold.bytes, f.words)
	}
	return sort.Search(len(f.words), func(i int) bool { return f.words[i] > at })
}

// wordStarts lists where words begin; a Chinese character is a word.
func wordStarts(text []byte, out []int32) []int32 {
	inside := false
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case isCJK(r):
			out = append(out, int32(i))
			inside = false
		case spacedLetter(r) || inside && r == '\'':
			if !inside {
				out = append(out, int32(i))
			}
			inside = true
		default:
			inside = false
		}
		i += n
	}
	return append(out, int32(len(text)))
}

// sentenceAt returns the number of the sentence that holds an original byte.
func (f *spotField) sentenceAt(at int) int {
	if len(f.sents) == 0 {
		f.sents = splitSentences(f.text, 0, len(f.text), f.sents)
	}
	return sort.Search(len(f.sents), func(i int) bool { return f.sents[i].end > at })
}

// settleQuery decides about a brand that is matched by its query.
func (s *spotScratch) settleQuery(f *spotFound, cands []spotCandidate) bool {
	b := &s.c.brands[f.brand]
	r := &queryRun{s: s, b: b, cands: cands}
	ok, hits := r.eval(b.query.root)
	if !ok {
		return s.unmatched(f, r)
	}
	f.rule = r.rule(b.query.root)
	places := r.namePlaces(hits)
	f.none = len(places) == 0
	for _, i := range places {
		v, bad := s.barred(b, &cands[i])
		if !bad {
			f.spans = append(f.spans, cands[i])
			continue
		}
		f.seen = append(f.seen, cands[i])
		if f.reason == "" {
			f.reason, f.why = v.reason, v.why
		}
	}
	if len(f.spans) > 0 {
		f.reason, f.why = "", ""
	}
	return true
}

// namePlaces picks the candidates that name the brand: those of its own words
// in the match, else its names anywhere, else all that matched.
func (r *queryRun) namePlaces(hits []queryHit) []int32 {
	var own, all []int32
	for _, h := range hits {
		for _, i := range h.cands {
			all = append(all, i)
			if r.b.nameTerm[r.cands[i].term] {
				own = append(own, i)
			}
		}
	}
	if len(own) == 0 {
		for i := range r.cands {
			if r.cands[i].name >= 0 {
				own = append(own, int32(i))
			}
		}
	}
	if len(own) == 0 {
		own = all
	}
	sort.Slice(own, func(i, j int) bool { return own[i] < own[j] })
	out := own[:0]
	for i, x := range own {
		if i == 0 || x != own[i-1] {
			out = append(out, x)
		}
	}
	return out
}

// unmatched explains why a brand whose words stand there did not match.
func (s *spotScratch) unmatched(f *spotFound, r *queryRun) bool {
	r.lax, r.steps = true, 0
	ok, hits := r.eval(r.b.query.root)
	if ok && len(hits) > 0 {
		f.reason, f.why = earshot.ReasonExcluded, "the NOT part of the query holds"
		f.rule = r.rule(r.b.query.root)
		for _, i := range r.namePlaces(hits) {
			f.seen = append(f.seen, r.cands[i])
		}
		return true
	}
	for i := range r.cands {
		c := &r.cands[i]
		if c.name >= 0 || r.b.nameTerm[c.term] {
			f.seen = append(f.seen, *c)
		}
	}
	if len(f.seen) == 0 {
		return false
	}
	f.reason, f.why = earshot.ReasonNamesake, "the name stands there, but the rest of the query does not match"
	f.rule = r.b.query.source
	return true
}

// rule writes the part of the query that matched.
func (r *queryRun) rule(n *queryNode) string {
	switch n.op {
	case opTerm:
		return r.b.query.terms[n.term].written()
	case opOr:
		for _, k := range n.kids {
			if ok, _ := r.eval(k); ok {
				return r.rule(k)
			}
		}
		return ""
	case opAnd:
		var parts []string
		for _, k := range n.kids {
			if k.op != opNot {
				parts = append(parts, r.rule(k))
			}
		}
		return strings.Join(parts, " AND ")
	case opNear, opSentence:
		word := " NEAR/" + strconv.Itoa(n.within) + " "
		if n.op == opSentence {
			word = " SENTENCE "
		} else if n.ordered {
			word = " O" + word[1:]
		}
		return r.rule(n.kids[0]) + word + r.rule(n.kids[1])
	}
	return ""
}

// written gives a term back as a query would say it.
func (t *queryTerm) written() string {
	name := ""
	for n, f := range queryFields {
		if f == t.field {
			name = n + ":"
		}
	}
	if t.raw {
		name += "raw:"
	}
	return name + t.text
}
