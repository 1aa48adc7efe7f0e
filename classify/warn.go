package classify

import (
	"fmt"

	"earshot"
)

// queryWarnings tells which parts of a query can never match.
func queryWarnings(brand int, q *Query) []*earshot.Fault {
	if q == nil {
		return nil
	}
	var out []*earshot.Fault
	q.root.walk(func(n *queryNode) {
		if what, do := q.never(n); what != "" {
			out = append(out, &earshot.Fault{Code: "query_never", What: fmt.Sprintf("column %d of the query: %s", n.column, what), Do: do,
				Path: fmt.Sprintf("brands[%d].query", brand), Warn: true})
		}
	})
	return out
}

func (n *queryNode) walk(visit func(*queryNode)) {
	visit(n)
	for _, k := range n.kids {
		k.walk(visit)
	}
}

// never says why a node cannot match, or "".
func (q *Query) never(n *queryNode) (what, do string) {
	switch n.op {
	case opAnd:
		return q.contradiction(n)
	case opNear, opSentence:
		return q.apart(n)
	case opTerm:
		t := q.terms[n.term]
		if t.raw && foldString(t.text) == t.text && t.text != "" && t.field == fieldLang {
			return "lang: has no exact case", "write lang:en"
		}
		if t.field == fieldLang && len(t.folded) > 3 {
			return t.text + " is no language code", "write lang:en, lang:es, lang:it or lang:zh"
		}
	}
	return "", ""
}

// contradiction finds, among what must all hold, a term and its own negation,
// or two values of a field that has one.
func (q *Query) contradiction(n *queryNode) (what, do string) {
	for _, a := range n.kids {
		for _, b := range n.kids {
			if a.op != opTerm {
				continue
			}
			ta := q.terms[a.term]
			if b.op == opNot && b.kids[0].op == opTerm && q.terms[b.kids[0].term].covers(ta) {
				return "this part can never match: " + ta.text + " must and must not stand there", "remove one of the two"
			}
			if b.op == opTerm && b.term > a.term && ta.field == q.terms[b.term].field && ta.folded != q.terms[b.term].folded && ta.field == fieldLang {
				return "this part can never match: an entry has one language", "write (lang:" + ta.text + " OR lang:" + q.terms[b.term].text + ")"
			}
		}
	}
	return "", ""
}

// covers says whether every match of u is a match of t.
func (t queryTerm) covers(u queryTerm) bool {
	if t.field != fieldAny && t.field != u.field || t.raw && (!u.raw || t.text != u.text) {
		return false
	}
	if t.prefix {
		return len(u.folded) >= len(t.folded) && u.folded[:len(t.folded)] == t.folded
	}
	return !u.prefix && t.folded == u.folded
}

// apart finds two sides that stand in different fields.
func (q *Query) apart(n *queryNode) (what, do string) {
	a, b := q.onlyField(n.kids[0]), q.onlyField(n.kids[1])
	if a == fieldTitle && (b == fieldBody || b == fieldComment) || b == fieldTitle && (a == fieldBody || a == fieldComment) {
		return "this part can never match: a title and a text are never near each other", "use AND"
	}
	return "", ""
}

// onlyField returns the field that all terms of a node share, else fieldAny.
func (q *Query) onlyField(n *queryNode) queryField {
	f, first := fieldAny, true
	n.walk(func(k *queryNode) {
		if k.op != opTerm {
			return
		}
		if g := q.terms[k.term].field; first {
			f, first = g, false
		} else if g != f {
			f = fieldAny
		}
	})
	return f
}
