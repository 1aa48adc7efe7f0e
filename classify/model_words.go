package classify

import "sort"

// WordWeight says how hard one word pushed the judgement.
type WordWeight struct {
	// Start and End are bytes of the passage's text.
	Start, End int
	// Weight is + towards positive and none, - towards negative and complaint,
	// in units of the score: the difference p(positive)-p(negative) plus
	// p(compliment)-p(complaint) with and without the word, halved.
	Weight float64
	// Note says what the word was read as, where that is not plain: negated,
	// number, other brand ...
	Note string
}

// weighWords bounds how many words near the target are tried.
const weighWords = 48

// Weights returns the n words that pushed hardest, strongest first. It leaves
// each word out in turn, so it costs some fifty times a Score: it is for people
// who ask why.
func (m *Model) Weights(p Passage, n int) []WordWeight {
	s := m.pool.Get().(*featureScratch)
	s.read(p, m.lists)
	words := s.candidates()
	m.pool.Put(s)
	base := balance(m.Score(p))
	out := make([]WordWeight, 0, len(words))
	for _, w := range words {
		w.Weight = base - balance(m.Score(without(p, w.Start, w.End)))
		out = append(out, w)
	}
	sort.SliceStable(out, func(i, j int) bool { return abs64(out[i].Weight) > abs64(out[j].Weight) })
	return out[:max(0, min(n, len(out)))]
}

func abs64(x float64) float64 { return max(x, -x) }

// balance is the quantity the weights are differences of, -1..1.
func balance(s Scores) float64 {
	return (s.Sentiment[2] - s.Sentiment[0] + s.Intent[1] - s.Intent[0]) / 2
}

// candidates lists the words near the target, or at the start without one;
// neighbouring Chinese characters are taken by twos.
func (s *featureScratch) candidates() []WordWeight {
	lo := max(0, s.target-weighWords/2)
	var out []WordWeight
	for i := lo; i < len(s.tokens) && len(out) < weighWords; i++ {
		t := &s.tokens[i]
		if t.kind == kindTarget || t.kind == kindPunct && !s.asks(i) || t.kind == kindAgain {
			continue
		}
		w := WordWeight{Start: int(t.start), End: int(t.end), Note: tokenNote(t)}
		if t.kind == kindCJK && i+1 < len(s.tokens) && s.tokens[i+1].kind == kindCJK {
			w.End = int(s.tokens[i+1].end)
			i++
		}
		out = append(out, w)
	}
	return out
}

func tokenNote(t *featureToken) string {
	switch {
	case t.kind == kindOther:
		return "other brand"
	case t.kind == kindNumber:
		return "number"
	case t.negated:
		return "negated"
	case t.valence > 0:
		return "word list +"
	case t.valence < 0:
		return "word list -"
	}
	return ""
}

// without returns the passage with one span of its text blanked out; offsets
// stay as they are.
func without(p Passage, start, end int) Passage {
	lo, hi := 0, len(p.Text)
	if p.End > p.Start {
		lo, hi = windowRound(p.Text, max(0, p.Start), min(p.End, len(p.Text)))
	}
	blank := make([]byte, end-start)
	for i := range blank {
		blank[i] = ' '
	}
	p.Text = p.Text[:lo] + p.Text[lo:start] + string(blank) + p.Text[end:hi] + p.Text[hi:]
	return p
}
