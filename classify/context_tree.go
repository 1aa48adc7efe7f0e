package classify

import "sort"

// phraseTree finds, from a given place on, the longest of many phrases. Unlike
// the automaton it is small and built in no time, and it is asked only near
// names and inside passages.
type phraseTree struct {
	nodes []phraseNode
}

type phraseNode struct {
	edges   []phraseEdge // by byte
	pattern int32        // that ends here, or -1
}

type phraseEdge struct {
	b  byte
	to int32
}

// add inserts a phrase under a number.
func (t *phraseTree) add(phrase string, id int32) {
	if len(t.nodes) == 0 {
		t.nodes = append(t.nodes, phraseNode{pattern: -1})
	}
	at := int32(0)
	for i := 0; i < len(phrase); i++ {
		at = t.step(at, phrase[i])
	}
	if t.nodes[at].pattern < 0 && phrase != "" {
		t.nodes[at].pattern = id
	}
}

// step follows or makes the edge for a byte.
func (t *phraseTree) step(at int32, b byte) int32 {
	edges := t.nodes[at].edges
	i := sort.Search(len(edges), func(i int) bool { return edges[i].b >= b })
	if i < len(edges) && edges[i].b == b {
		return edges[i].to
	}
	to := int32(len(t.nodes))
	edges = append(edges, phraseEdge{})
	copy(edges[i+1:], edges[i:])
	edges[i] = phraseEdge{b, to}
	t.nodes[at].edges = edges
	t.nodes = append(t.nodes, phraseNode{pattern: -1})
	return to
}

// longest returns the longest phrase that begins at text[i] and ends at hi or
// before, at the edge of a word unless free says that it is a prefix; -1 if
// there is none.
func (t *phraseTree) longest(text []byte, i, hi int, free []bool) (pattern int32, end int) {
	pattern = -1
	if len(t.nodes) == 0 {
		return -1, i
	}
	at := int32(0)
	for j := i; j < hi; j++ {
		b := text[j]
		if b == foldSoft {
			b = ' '
		}
		at = t.child(at, b)
		if at < 0 {
			break
		}
		if p := t.nodes[at].pattern; p >= 0 && (free[p] || rightEdge(text, j+1)) {
			pattern, end = p, j+1
		}
	}
	return pattern, end
}

// child returns the node behind a byte, or -1.
func (t *phraseTree) child(at int32, b byte) int32 {
	edges := t.nodes[at].edges
	for lo, hi := 0, len(edges); lo < hi; {
		mid := (lo + hi) / 2
		switch {
		case edges[mid].b == b:
			return edges[mid].to
		case edges[mid].b < b:
			lo = mid + 1
		default:
			hi = mid
		}
	}
	return -1
}
