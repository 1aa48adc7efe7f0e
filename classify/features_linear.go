package classify

// Feature is one hashed feature of the linear model.
type Feature struct {
	// Index is a bucket of 0..2^FeatureBits-1.
	Index uint32
	// Value is the weight of the feature in its namespace.
	Value float32
}

// FeatureBits is the logarithm of the number of buckets.
const FeatureBits = 20

// Namespaces of the linear model. Each is normalised to length 1, then scaled
// by its weight: else long texts would drown what stands by the brand.
const (
	spaceText = iota + 1
	spaceClause
	spaceSentence
	spaceLeft
	spaceRight
	spaceChars
	spaceLexicon
	spaceCue
	spaceFirst
	spaceLast
	spaceNeighbour
	spaceConcept
	spaceConceptNear
	spaceConceptHere
	spaceConceptLast
	spaceStem
	spaceStemNear
)

// mix is the finaliser of SplitMix64.
func mix(x uint64) uint64 {
	x ^= x >> 30
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 27
	x *= 0x94d049bb133111eb
	return x ^ x>>31
}

func bucket(space, sub int, hash uint64) uint32 {
	return uint32(mix(hash+uint64(space)*0x9e3779b97f4a7c15+uint64(sub)*0xc2b2ae3d27d4eb4f) >> (64 - FeatureBits))
}

// linear writes the passage's features into s.out, without channel copies. It
// returns how many of them, the letter n-grams, get no copies.
func (s *featureScratch) linear() (shared int) {
	s.out = s.out[:0]
	s.chars()
	shared = len(s.out)
	s.region(spaceText, 0, len(s.tokens), 2, 1)
	s.around()
	if s.target >= 0 {
		s.targetRegions()
	}
	s.ends()
	s.lexiconSpace()
	s.conceptSpaces()
	s.stemSpaces()
	s.cues()
	s.emit(spaceCue, cueBias, 0, 1)
	s.emit(spaceCue, cueBias, uint64(s.langIdx), .5)
	return shared
}

// copyWeight is the weight of a channel's copy of a feature (EasyAdapt).
const copyWeight = .7

// copies repeats the features from mark on in the channel's own buckets.
func (s *featureScratch) copies(mark, channel int) {
	if channel < 0 {
		return
	}
	salt := uint64(channel+1) * 0x632be59bd9b4e019
	for _, f := range s.out[mark:] {
		i := uint32(mix(uint64(f.Index)+salt) >> (64 - FeatureBits))
		s.out = append(s.out, Feature{i, f.Value * copyWeight})
	}
}

// close normalises what was emitted since mark to length w.
func (s *featureScratch) close(mark int, w float32) {
	var sum float32
	for _, f := range s.out[mark:] {
		sum += f.Value * f.Value
	}
	if sum == 0 {
		return
	}
	w /= sqrt32(sum)
	for i := mark; i < len(s.out); i++ {
		s.out[i].Value *= w
	}
}

// emit appends one feature.
func (s *featureScratch) emit(space, sub int, hash uint64, v float32) {
	s.out = append(s.out, Feature{bucket(space, sub, hash), v})
}

// gram returns the hash of one token for n-grams; negated words differ.
func (s *featureScratch) gram(i int) uint64 {
	t := &s.tokens[i]
	if t.negated && t.kind == kindWord {
		return t.hash ^ 0x5851f42d4c957f2d
	}
	return t.hash
}

// region emits n-grams of tokens lo..hi-1: words up to order, Chinese
// characters up to order+2, as one namespace of weight w.
func (s *featureScratch) region(space, lo, hi, order int, w float32) {
	mark := len(s.out)
	for i := lo; i < hi; i++ {
		if s.tokens[i].kind == kindPunct && len(s.form(i)) == 1 && s.form(i)[0] == '\n' {
			continue
		}
		s.grams(space, i, hi, order)
	}
	s.close(mark, w)
}

// grams emits the n-grams that begin at token i.
func (s *featureScratch) grams(space, i, hi, order int) {
	if s.tokens[i].kind == kindCJK {
		order += 2
	}
	h := uint64(0)
	for k := 0; k < order && i+k < hi; k++ {
		if k >= 2 && s.tokens[i+k].kind != kindCJK && s.tokens[i].kind == kindCJK {
			return
		}
		h = h*0x9e3779b97f4a7c15 + s.gram(i+k)
		v := float32(1)
		if k > 0 {
			v = .8
		}
		s.emit(space, k, h, v)
	}
}

// Lengths of the word parts that are features, and how many words round the
// target they are taken from.
const (
	charMin, charMax = 3, 5
	charWords        = 40
)

// chars emits the 3-5-grams of letters of the words near the target.
func (s *featureScratch) chars() {
	mark := len(s.out)
	at := max(s.target, 0)
	lo, hi := 0, len(s.tokens)
	if s.target >= 0 {
		lo, hi = max(0, at-charWords), min(hi, at+charWords)
	}
	for i := lo; i < hi && len(s.out)-mark < 900; i++ {
		if k := s.tokens[i].kind; k == kindWord || k == kindTag {
			s.charGrams(s.form(i))
		}
	}
	s.close(mark, 1)
}

func (s *featureScratch) charGrams(w []byte) {
	if len(w) < charMin {
		return
	}
	for i := -1; i+charMin <= len(w)+1; i++ {
		h := uint64(14695981039346656037)
		for k := 0; k < charMax && i+k <= len(w); k++ {
			c := byte('_')
			if j := i + k; j >= 0 && j < len(w) {
				c = w[j]
			}
			h = (h ^ uint64(c)) * 1099511628211
			if k+1 >= charMin {
				s.emit(spaceChars, k, h, 1)
			}
		}
	}
}

// around emits the words left and right of the target by distance: 1, 2-3,
// 4-6, 7-12.
func (s *featureScratch) around() {
	if s.target < 0 {
		return
	}
	mark := len(s.out)
	for d := 1; d <= 12; d++ {
		b := distanceBucket(d)
		if i := s.target - d; i >= 0 {
			s.emit(spaceLeft, b, s.gram(i), 1)
		}
		if i := s.target + d; i < len(s.tokens) {
			s.emit(spaceRight, b, s.gram(i), 1)
		}
		s.pairAround(d, b)
	}
	s.close(mark, 1)
}

// pairAround emits the pair that ends or begins at distance d.
func (s *featureScratch) pairAround(d, b int) {
	if i := s.target - d - 1; i >= 0 {
		s.emit(spaceLeft, 8+b, s.gram(i)*0x9e3779b97f4a7c15+s.gram(i+1), .8)
	}
	if i := s.target + d; i+1 < len(s.tokens) {
		s.emit(spaceRight, 8+b, s.gram(i)*0x9e3779b97f4a7c15+s.gram(i+1), .8)
	}
}

func distanceBucket(d int) int {
	switch {
	case d <= 1:
		return 0
	case d <= 3:
		return 1
	case d <= 6:
		return 2
	}
	return 3
}

// targetRegions emits the clause, the sentence and the neighbouring sentences
// of the target.
func (s *featureScratch) targetRegions() {
	t := &s.tokens[s.target]
	lo, hi := s.bounds(func(o *featureToken) bool { return o.clause == t.clause })
	s.region(spaceClause, max(0, lo-3), min(len(s.tokens), hi+3), 3, 1)
	lo, hi = s.bounds(func(o *featureToken) bool { return o.sentence == t.sentence })
	s.region(spaceSentence, lo, hi, 2, .8)
	lo, hi = s.bounds(func(o *featureToken) bool { return o.sentence > t.sentence && o.sentence <= t.sentence+2 })
	s.region(spaceNeighbour, lo, hi, 2, .7)
}

// bounds returns the first and one past the last token that keep accepts.
func (s *featureScratch) bounds(keep func(*featureToken) bool) (lo, hi int) {
	lo = -1
	for i := range s.tokens {
		if keep(&s.tokens[i]) {
			if lo < 0 {
				lo = i
			}
			hi = i + 1
		}
	}
	return max(lo, 0), hi
}

// ends emits the first and the last sentence when there are several: stories
// open with the scene and close with the verdict.
func (s *featureScratch) ends() {
	n := len(s.tokens)
	if n == 0 || s.tokens[n-1].sentence == 0 {
		return
	}
	lastSentence := s.tokens[n-1].sentence
	lo, hi := s.bounds(func(o *featureToken) bool { return o.sentence == 0 })
	s.region(spaceFirst, lo, hi, 1, .5)
	lo, hi = s.bounds(func(o *featureToken) bool { return o.sentence == lastSentence })
	s.region(spaceLast, lo, hi, 2, .7)
}

// lexiconSpace emits the lexicon sums.
func (s *featureScratch) lexiconSpace() {
	for i, v := range s.lexiconValues() {
		if v != 0 {
			s.emit(spaceLexicon, i, 0, v)
		}
	}
}
