package classify

// conceptSpaces emits the concepts of the passage: all of them with their
// pairs, those near the target, and those of the last sentence. The buckets
// are the same for all languages.
func (s *featureScratch) conceptSpaces() {
	n := len(s.tokens)
	if n == 0 {
		return
	}
	s.conceptSpan(spaceConcept, 0, n, 1)
	last := s.tokens[n-1].sentence
	if last > 0 {
		lo, hi := s.bounds(func(o *featureToken) bool { return o.sentence == last })
		s.conceptSpan(spaceConceptLast, lo, hi, .7)
	}
	if s.target < 0 {
		return
	}
	s.conceptSpan(spaceConceptNear, max(0, s.target-8), min(n, s.target+9), 1)
	here := s.tokens[s.target].sentence
	lo, hi := s.bounds(func(o *featureToken) bool { return o.sentence == here })
	s.conceptSpan(spaceConceptHere, lo, hi, .7)
}

// conceptSpan emits concepts and pairs of neighbouring concepts of the tokens
// lo..hi-1 as one namespace of weight w.
func (s *featureScratch) conceptSpan(space, lo, hi int, w float32) {
	mark := len(s.out)
	before := uint64(0)
	for i := lo; i < hi; i++ {
		h := s.conceptHash(i)
		if h == 0 {
			continue
		}
		s.emit(space, 0, h, 1)
		if before != 0 {
			s.emit(space, 1, before*0x9e3779b97f4a7c15+h, .7)
		}
		before = h
	}
	s.close(mark, w)
}

// conceptHash is the hash of token i's concept, or 0: numbers, other brands,
// the target, ? and ! count as concepts, and a negated concept is another one.
func (s *featureScratch) conceptHash(i int) uint64 {
	t := &s.tokens[i]
	switch t.kind {
	case kindNumber, kindOther, kindTarget, kindURL:
		return 1000 + uint64(t.kind)
	case kindPunct:
		if f := s.form(i)[0]; f == '?' || f == '!' {
			return 2000 + uint64(f)
		}
		return 0
	}
	if t.concept == 0 {
		if s.classOf(t)&classNegation != 0 {
			return 3000
		}
		return 0
	}
	if t.negated {
		return 5000 + uint64(t.concept)
	}
	return uint64(t.concept)
}

// stemSpaces emits pairs and triples of word beginnings, in the whole text and
// near the target: what inflection would scatter over many buckets.
func (s *featureScratch) stemSpaces() {
	s.stemSpan(spaceStem, 0, len(s.tokens), .8)
	if s.target >= 0 {
		s.stemSpan(spaceStemNear, max(0, s.target-10), min(len(s.tokens), s.target+11), .8)
	}
}

func (s *featureScratch) stemSpan(space, lo, hi int, w float32) {
	mark := len(s.out)
	var one, two uint64
	for i := lo; i < hi; i++ {
		h := s.stem(i)
		if h == 0 {
			continue
		}
		s.emit(space, 0, h, .7)
		if one != 0 {
			s.emit(space, 1, one*0x9e3779b97f4a7c15+h, 1)
		}
		if two != 0 {
			s.emit(space, 2, two*0x9e3779b97f4a7c15+h, .6) // one word left out
		}
		one, two = h, one
	}
	s.close(mark, w)
}

// stemLength is how many bytes of a word make its stem.
const stemLength = 5

// stem is the hash of a word's beginning, or 0 for what is no word.
func (s *featureScratch) stem(i int) uint64 {
	t := &s.tokens[i]
	switch t.kind {
	case kindPunct:
		if !t.stop {
			return 0
		}
	case kindCJK:
		return 0
	}
	f := s.form(i)
	if t.kind == kindWord && len(f) > stemLength {
		return hashBytes(f[:stemLength])
	}
	return t.hash
}
