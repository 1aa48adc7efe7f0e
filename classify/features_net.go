package classify

import "encoding/binary"

// NetToken is one token as the network reads it.
type NetToken struct {
	// Rows are rows of the vector table, Weights their weights in the sum.
	Rows    []int32
	Weights []float32
	// Position is the distance to the target, 0..NetPositions-1.
	Position int
	// Shape is a bit set of NetShapes bits.
	Shape uint16
	// Extra are NetExtras numbers: valence / 5, .3 if it has one, .5 if
	// negated, .5 if it stands in the target's clause.
	Extra [NetExtras]float32
}

// Sizes of the network's inputs.
const (
	NetPositions = 26
	NetShapes    = 12
	NetExtras    = 4
	NetDense     = 34 // the lexicon's sums and counts of cues
	NetLangs     = langCount
	netSubwords  = 1 << 15
	netLatin     = 64 // tokens read at most
	netChinese   = 80
)

// NetUnknown is the row of a token of which nothing is known; the rows before
// it are the fixed forms.
const NetUnknown = 8

// netConceptRow is where the rows of the concepts begin.
const netConceptRow = 9

// NetFixedRows are the rows before the vocabulary's.
const NetFixedRows = netConceptRow + ConceptLimit

// fixedRow returns the row of a token that is not a word, or -1.
func fixedRow(k tokenKind) int32 {
	switch k {
	case kindTarget:
		return 0
	case kindAgain:
		return 1
	case kindOther:
		return 2
	case kindNumber:
		return 3
	case kindURL:
		return 4
	case kindUser:
		return 5
	}
	return -1
}

// vocabulary maps fingerprints of words, characters and pairs of Chinese
// characters to rows: NetFixedRows + index.
type vocabulary struct {
	keys []uint32
	rows []int32
	mask uint32
	n    int
}

// fingerprint is the key of a hash in the vocabulary.
func fingerprint(hash uint64) uint32 {
	k := uint32(mix(hash) >> 32)
	if k == 0 {
		return 1
	}
	return k
}

func newVocabulary(prints []uint32) *vocabulary {
	size := 16
	for size < 2*len(prints) {
		size *= 2
	}
	v := &vocabulary{keys: make([]uint32, size), rows: make([]int32, size), mask: uint32(size - 1), n: len(prints)}
	for i, k := range prints {
		at := k & v.mask
		for v.keys[at] != 0 && v.keys[at] != k {
			at = (at + 1) & v.mask
		}
		if v.keys[at] == 0 {
			v.keys[at], v.rows[at] = k, int32(NetFixedRows+i)
		}
	}
	return v
}

// row returns the row of a hash, or -1.
func (v *vocabulary) row(hash uint64) int32 {
	k := fingerprint(hash)
	for i := k & v.mask; v.keys[i] != 0; i = (i + 1) & v.mask {
		if v.keys[i] == k {
			return v.rows[i]
		}
	}
	return -1
}

// size is the number of rows of the table: fixed, vocabulary, word parts.
func (v *vocabulary) size() int { return NetFixedRows + v.n + netSubwords }

// netWindow returns the token ranges the network reads: round the target, or
// the beginning and the end.
func (s *featureScratch) netWindow() (a, b, c, d int) {
	n, limit := len(s.tokens), netLatin
	if s.langIdx == langZH {
		limit = netChinese
	}
	if n <= limit {
		return 0, n, n, n
	}
	if s.target < 0 {
		return 0, limit / 2, n - limit/2, n
	}
	lo := max(0, min(s.target-limit/2, n-limit))
	return lo, lo + limit, n, n
}

// rowsOf appends the rows and weights of token i to dst.
func (s *featureScratch) rowsOf(i int, v *vocabulary, rows []int32, weights []float32) ([]int32, []float32) {
	t := &s.tokens[i]
	if r := fixedRow(t.kind); r >= 0 {
		return append(rows, r), append(weights, 1)
	}
	before := len(rows)
	known := false
	if r := v.row(t.hash); r >= 0 {
		rows, weights, known = append(rows, r), append(weights, 1), true
	}
	switch t.kind {
	case kindCJK:
		rows, weights = s.pairRow(i, v, rows, weights)
	case kindWord, kindTag:
		rows, weights = s.partRows(i, v, known, rows, weights)
	}
	if t.concept != 0 {
		rows, weights = append(rows, int32(netConceptRow+int(t.concept))), append(weights, 1)
	}
	if len(rows) == before {
		rows, weights = append(rows, NetUnknown), append(weights, 1)
	}
	return rows, weights
}

// pairRow adds the row of a character and the next one.
func (s *featureScratch) pairRow(i int, v *vocabulary, rows []int32, weights []float32) ([]int32, []float32) {
	if h, ok := s.pairHash(i); ok {
		if r := v.row(h); r >= 0 {
			return append(rows, r), append(weights, 1)
		}
	}
	return rows, weights
}

// pairHash is the hash of Chinese character i and the one after it.
func (s *featureScratch) pairHash(i int) (uint64, bool) {
	if s.tokens[i].kind != kindCJK || i+1 >= len(s.tokens) || s.tokens[i+1].kind != kindCJK || s.tokens[i+1].a != s.tokens[i].b {
		return 0, false
	}
	return hashBytes(s.norm[s.tokens[i].a:s.tokens[i+1].b]), true
}

// netParts is the number of word parts of one word at most.
const netParts = 16

// partRows adds the rows of a word's 4- and 5-letter parts, "<" and ">" being
// its ends; together they weigh half a word, or a whole one if it is unknown.
func (s *featureScratch) partRows(i int, v *vocabulary, known bool, rows []int32, weights []float32) ([]int32, []float32) {
	w := s.form(i)
	if len(w) < 3 {
		return rows, weights
	}
	before := len(rows)
	base := int32(NetFixedRows + v.n)
	for at := -1; at+4 <= len(w)+1 && len(rows)-before < netParts; at++ {
		h := uint64(14695981039346656037)
		for k := 0; k < 5 && at+k <= len(w); k++ {
			c := byte('_')
			if j := at + k; j >= 0 && j < len(w) {
				c = w[j]
			}
			h = (h ^ uint64(c)) * 1099511628211
			if k >= 3 {
				rows = append(rows, base+int32(mix(h)%netSubwords))
			}
		}
	}
	f := 1 / sqrt32(float32(len(rows)-before))
	if known {
		f /= 2
	}
	for range len(rows) - before {
		weights = append(weights, f)
	}
	return rows, weights
}

// position returns the row of the position table for token i.
func (s *featureScratch) position(i int) int {
	if s.target < 0 {
		return 0
	}
	d := i - s.target
	if d < 0 {
		return 13 - distance(-d)
	}
	return 13 + distance(d)
}

// distance groups a distance in tokens: to 6 as it is, then 7-8, 9-11, 12-15,
// 16-21, 22-30, more.
func distance(d int) int {
	for i, limit := range [...]int{8, 11, 15, 21, 30} {
		if d <= 6 {
			return d
		}
		if d <= limit {
			return 7 + i
		}
	}
	return 12
}

// netShape returns the shape bits of token i.
func (s *featureScratch) netShape(i int) uint16 {
	t := &s.tokens[i]
	bits := uint16(t.shape) // title, caps, long: bits 0-2
	switch t.kind {
	case kindWord:
		if t.shape == 0 {
			bits |= 1 << 3
		}
	case kindTag:
		bits |= 1 << 4
	case kindNumber, kindURL, kindUser:
		bits |= 1 << 5
	case kindPunct:
		bits |= 1 << 6
	case kindEmoji:
		bits |= 1 << 7
	case kindCJK:
		bits |= 1 << 8
	case kindTarget:
		bits |= 1 << 9
	}
	switch class := s.classOf(t); {
	case class&classNegation != 0:
		bits |= 1 << 10
	case class&classContrast != 0:
		bits |= 1 << 11
	}
	return bits
}

// netExtra returns the numbers of token i.
func (s *featureScratch) netExtra(i int) (x [NetExtras]float32) {
	t := &s.tokens[i]
	if t.valence != 0 {
		x[0], x[1] = t.valence/5, .3
	}
	if t.negated {
		x[2] = .5
	}
	if s.target >= 0 && t.clause == s.tokens[s.target].clause {
		x[3] = .5
	}
	return x
}

// netDense fills the passage's numbers: lexicon sums, then counts of cues.
func (s *featureScratch) netDense(out *[NetDense]float32) {
	*out = [NetDense]float32{}
	if len(s.tokens) == 0 {
		return
	}
	n := copy(out[:], s.lexiconValues())
	c := s.countCues()
	for _, count := range [...]int{c.question, c.exclaim, c.numbers, c.negations, c.quotes, c.others, c.again, c.caps, c.urls, c.contrastLeft, c.contrastRight} {
		out[n] = float32(min(count, 3)) / 3
		n++
	}
	if s.asks(len(s.tokens) - 1) {
		out[n] = 1
	}
	out[n+1] = float32(min(len(s.tokens), 80)) / 80
	if s.target >= 0 {
		out[n+2] = 1
		out[n+3] = float32(s.target) / float32(len(s.tokens))
		if s.asksHere() {
			out[n+4] = 1
		}
	}
}

// asksHere tells whether the target's sentence is a question.
func (s *featureScratch) asksHere() bool {
	here := s.tokens[s.target].sentence
	for i := s.target; i < len(s.tokens) && s.tokens[i].sentence == here; i++ {
		if s.asks(i) {
			return true
		}
	}
	return false
}

func encodeVocabulary(prints []uint32) []byte {
	out := make([]byte, 0, 4*len(prints))
	for _, p := range prints {
		out = binary.LittleEndian.AppendUint32(out, p)
	}
	return out
}
