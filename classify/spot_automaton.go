package classify

// automaton finds many patterns in one pass: Aho-Corasick as a full table over
// byte classes. It is our own because it must report every hit without
// allocating one, and treat a soft line feed as a blank.
type automaton struct {
	class   [256]byte
	width   int32
	next    []int32 // state*width+class -> state*width, or its complement where a pattern ends
	first   []int32 // by state: the longest pattern that ends here, or -1
	suffix  []int32 // by state: the next shorter suffix where a pattern ends, or 0
	lengths []int32 // by pattern
}

// automatonHit is one occurrence: pattern and folded bytes, end exclusive.
type automatonHit struct{ pattern, start, end int32 }

// maxHits bounds the hits of one text: a text that names brands a hundred
// thousand times says nothing more than one that names them ten thousand times.
const maxHits = 20000

// newAutomaton builds the table; of equal patterns the caller passes one.
func newAutomaton(patterns []string) *automaton {
	a := &automaton{lengths: make([]int32, len(patterns))}
	a.classes(patterns)
	trie, states := a.trie(patterns)
	a.link(trie, states)
	return a
}

// classes gives every byte that stands in a pattern a number of its own.
func (a *automaton) classes(patterns []string) {
	n := byte(1)
	for _, p := range patterns {
		for i := 0; i < len(p); i++ {
			if a.class[p[i]] == 0 && n < 255 {
				a.class[p[i]] = n
				n++
			}
		}
	}
	a.class[foldSoft] = a.class[' ']
	a.width = int32(n) + 1
}

// trie inserts the patterns; -1 is no edge.
func (a *automaton) trie(patterns []string) (edges []int32, states int32) {
	row := func() []int32 {
		r := make([]int32, a.width)
		for i := range r {
			r[i] = -1
		}
		return r
	}
	edges = row()
	a.first = []int32{-1}
	states = 1
	for id, p := range patterns {
		a.lengths[id] = int32(len(p))
		at := int32(0)
		for i := 0; i < len(p); i++ {
			e := at*a.width + int32(a.class[p[i]])
			if edges[e] < 0 {
				edges[e] = states
				edges = append(edges, row()...)
				a.first = append(a.first, -1)
				states++
			}
			at = edges[e]
		}
		if a.first[at] < 0 && len(p) > 0 {
			a.first[at] = int32(id)
		}
	}
	return edges, states
}

// link turns the trie into the full table, breadth first.
func (a *automaton) link(edges []int32, states int32) {
	fail := make([]int32, states)
	a.suffix = make([]int32, states)
	queue := make([]int32, 0, states)
	for c := int32(0); c < a.width; c++ {
		if s := edges[c]; s > 0 {
			queue = append(queue, s)
		} else {
			edges[c] = 0
		}
	}
	for i := 0; i < len(queue); i++ {
		s := queue[i]
		f := fail[s]
		if a.first[f] >= 0 {
			a.suffix[s] = f
		} else {
			a.suffix[s] = a.suffix[f]
		}
		for c := int32(0); c < a.width; c++ {
			e := s*a.width + c
			if t := edges[e]; t >= 0 {
				fail[t] = edges[f*a.width+c]
				queue = append(queue, t)
			} else {
				edges[e] = edges[f*a.width+c]
			}
		}
	}
	a.encode(edges)
}

// encode premultiplies the states and marks those where something ends.
func (a *automaton) encode(edges []int32) {
	a.next = edges
	for e, s := range edges {
		v := s * a.width
		if a.first[s] >= 0 || a.suffix[s] > 0 {
			v = ^v
		}
		a.next[e] = v
	}
}

// find appends every hit in text[lo:hi] to hits, in the order of their ends.
func (a *automaton) find(text []byte, lo, hi int, hits []automatonHit) []automatonHit {
	if len(a.lengths) == 0 {
		return hits
	}
	s := int32(0)
	next := a.next
	for i := lo; i < hi; i++ {
		s = next[s+int32(a.class[text[i]])]
		if s < 0 {
			s = ^s
			hits = a.report(s/a.width, int32(i+1), hits)
			if len(hits) >= maxHits {
				return hits
			}
		}
	}
	return hits
}

// report appends what ends in a state, longest first.
func (a *automaton) report(state, end int32, hits []automatonHit) []automatonHit {
	if a.first[state] < 0 {
		state = a.suffix[state]
	}
	for state > 0 {
		p := a.first[state]
		hits = append(hits, automatonHit{p, end - a.lengths[p], end})
		state = a.suffix[state]
	}
	return hits
}
