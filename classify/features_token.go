package classify

import (
	"unicode"
	"unicode/utf8"
)

// tokenKind says what a token is.
type tokenKind uint8

const (
	kindWord tokenKind = iota
	kindNumber
	kindURL
	kindUser
	kindTag
	kindPunct
	kindEmoji
	kindCJK
	kindTarget
	kindAgain // the target's name once more
	kindOther // another known brand
)

// Shapes of a word, as bits.
const (
	shapeTitle = 1 << iota
	shapeCaps
	shapeLong // letters repeated three times or more
)

// featureToken is one token of the window.
type featureToken struct {
	start, end int32  // bytes of the text
	a, b       int32  // normalised form in scratch.norm
	hash       uint64 // of the normalised form
	clause     int16
	sentence   int16
	valence    float32 // of the lexicon, -5..5, 0 if unknown
	concept    uint16  // of the concept lists, 0 if none
	kind       tokenKind
	shape      uint8
	negated    bool
	cut        bool // a clause ends with this token
	stop       bool // a sentence ends with this token
}

// tokenise appends the tokens of text[lo:hi]; target is where the target
// starts, or -1.
func (s *featureScratch) tokenise(text string, lo, hi, target int) {
	span := 0
	for i := lo; i < hi; {
		for span < len(s.spans) && s.spans[span][1] <= i {
			span++
		}
		if span < len(s.spans) && i >= s.spans[span][0] {
			s.addMasked(text, s.spans[span], target)
			i = s.spans[span][1]
			continue
		}
		stop := hi
		if span < len(s.spans) {
			stop = s.spans[span][0]
		}
		i = s.next(text, i, stop)
	}
}

// addMasked appends one of the three anonymous tokens.
func (s *featureScratch) addMasked(text string, span [2]int, target int) {
	kind, form := kindOther, "<other>"
	if target >= 0 && span[0] == target {
		kind, form = kindTarget, "<t>"
		s.target = len(s.tokens)
	} else if target >= 0 && s.sameAsTarget(text, span, target) {
		kind, form = kindAgain, "<again>"
	}
	a := len(s.norm)
	s.norm = append(s.norm, form...)
	s.push(span[0], span[1], a, kind, 0)
}

// sameAsTarget tells whether a span repeats the target's text.
func (s *featureScratch) sameAsTarget(text string, span [2]int, target int) bool {
	n := span[1] - span[0]
	return target+n <= len(text) && text[target:target+n] == text[span[0]:span[1]]
}

// push appends a token whose normalised form starts at a and ends the buffer.
func (s *featureScratch) push(start, end, a int, kind tokenKind, shape uint8) {
	s.tokens = append(s.tokens, featureToken{
		start: int32(start), end: int32(end), a: int32(a), b: int32(len(s.norm)),
		hash: hashBytes(s.norm[a:]), kind: kind, shape: shape,
	})
}

// next reads one token (or white space) at i and returns where to go on.
func (s *featureScratch) next(text string, i, hi int) int {
	r, n := utf8.DecodeRuneInString(text[i:hi])
	switch {
	case r == ' ' || r == '\t' || r == '\r':
		return i + n
	case r == '\n':
		return s.fixed(i, i+n, "\n", kindPunct)
	case r == utf8.RuneError && n <= 1:
		return i + max(n, 1)
	case r == '@' || r == '#':
		return s.handle(text, i, hi, r)
	case isCJK(r):
		return s.cjk(text, i, n)
	case isDigit(r):
		return s.number(text, i, hi)
	case unicode.IsLetter(r):
		if j := urlEnd(text, i, hi); j > 0 {
			return s.fixed(i, j, "<url>", kindURL)
		}
		return s.word(text, i, hi)
	case unicode.IsSpace(r) || unicode.Is(unicode.Mn, r) || r == 0xfe0f || r == 0x200d:
		return i + n
	}
	return s.symbol(text, i, hi, r, n)
}

// fixed appends a token with a fixed form.
func (s *featureScratch) fixed(start, end int, form string, kind tokenKind) int {
	a := len(s.norm)
	s.norm = append(s.norm, form...)
	s.push(start, end, a, kind, 0)
	if form == "\n" {
		s.last().cut, s.last().stop = true, true
	}
	return end
}

func (s *featureScratch) last() *featureToken { return &s.tokens[len(s.tokens)-1] }

// handle reads @user, or the word of a #tag.
func (s *featureScratch) handle(text string, i, hi int, r rune) int {
	j := i + 1
	for j < hi && (asciiLetter(text[j]) || isDigit(rune(text[j])) || text[j] == '_') {
		j++
	}
	if j == i+1 {
		if r == '#' {
			return j
		}
		return s.fixed(i, j, "@", kindPunct)
	}
	if r == '@' {
		return s.fixed(i, j, "<user>", kindUser)
	}
	a := len(s.norm)
	for _, c := range []byte(text[i+1 : j]) {
		s.norm = append(s.norm, lowerASCII(c))
	}
	s.push(i, j, a, kindTag, 0)
	return j
}

func lowerASCII(c byte) byte {
	if c >= 'A' && c <= 'Z' {
		return c | 0x20
	}
	return c
}

// cjk appends one character as one token.
func (s *featureScratch) cjk(text string, i, n int) int {
	a := len(s.norm)
	s.norm = append(s.norm, text[i:i+n]...)
	s.push(i, i+n, a, kindCJK, 0)
	return i + n
}

// number reads digits with what stands between them (3.50, 4:10, 1,200).
func (s *featureScratch) number(text string, i, hi int) int {
	j, last := i, i
	for j < hi {
		r, n := utf8.DecodeRuneInString(text[j:hi])
		if isDigit(r) {
			j += n
			last = j
			continue
		}
		if r != '.' && r != ',' && r != ':' && r != '/' {
			break
		}
		j += n
	}
	return s.fixed(i, last, "<num>", kindNumber)
}

// isDigit knows ASCII and full-width digits.
func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// urlEnd returns the end of a web address that starts at i, or 0.
func urlEnd(text string, i, hi int) int {
	t := text[i:hi]
	if !(hasPrefixFold(t, "http") || hasPrefixFold(t, "www.") || hasPrefixFold(t, "pic.tw")) {
		return 0
	}
	j := 0
	dot := false
	for j < len(t) && t[j] > ' ' && t[j] < 0x80 && t[j] != '"' && t[j] != '<' {
		dot = dot || t[j] == ':' || t[j] == '.'
		j++
	}
	if !dot || j < 6 {
		return 0
	}
	return i + j
}

func hasPrefixFold(t, prefix string) bool {
	if len(t) < len(prefix) {
		return false
	}
	for i := 0; i < len(prefix); i++ {
		if lowerASCII(t[i]) != prefix[i] {
			return false
		}
	}
	return true
}

// word reads a run of letters and digits; an apostrophe inside splits it.
func (s *featureScratch) word(text string, i, hi int) int {
	a, j := len(s.norm), i
	upper, letters, run, long := 0, 0, 0, false
	var prev rune
	for j < hi {
		r, n := wordRune(text, j, hi)
		if n == 0 {
			break
		}
		if unicode.IsUpper(r) {
			upper++
			r = unicode.ToLower(r)
		}
		letters++
		j += n
		if r == prev {
			run++
		} else {
			run, prev = 0, r
		}
		if run >= 2 {
			long = true
			continue
		}
		s.norm = utf8.AppendRune(s.norm, r)
		if letters >= 64 {
			break
		}
	}
	s.push(i, j, a, kindWord, wordShape(upper, letters, long, text[i]))
	return s.apostrophe(text, j, hi)
}

// wordRune returns the rune at j if it belongs to a word, with full-width
// letters brought to ASCII.
func wordRune(text string, j, hi int) (rune, int) {
	c := text[j]
	if c < 0x80 {
		if asciiLetter(c) || c >= '0' && c <= '9' {
			return rune(c), 1
		}
		return 0, 0
	}
	r, n := utf8.DecodeRuneInString(text[j:hi])
	if r >= 'Ａ' && r <= 'ｚ' {
		r -= 'Ａ' - 'A'
	}
	if isCJK(r) || !(unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)) {
		return 0, 0
	}
	return r, n
}

func wordShape(upper, letters int, long bool, first byte) (shape uint8) {
	switch {
	case upper > 1 && upper == letters:
		shape = shapeCaps
	case upper > 0 && (first >= 'A' && first <= 'Z' || first >= 0x80):
		shape = shapeTitle
	}
	if long {
		shape |= shapeLong
	}
	return shape
}

// apostrophe handles what follows a word: n't and 's become tokens of their
// own, l' and dell' end where the apostrophe stands.
func (s *featureScratch) apostrophe(text string, j, hi int) int {
	n := apostropheLen(text, j, hi)
	if n == 0 || j+n >= hi {
		return j
	}
	if r, _ := wordRune(text, j+n, hi); r == 0 {
		return j
	}
	rest := text[j+n : hi]
	k := 0
	for k < len(rest) && asciiLetter(rest[k]) {
		k++
	}
	if k > 2 {
		return j + n
	}
	t := s.last()
	if k == 1 && rest[0]|0x20 == 't' && t.b-t.a >= 2 && s.norm[t.b-1] == 'n' {
		return s.negativeForm(j+n+k, t)
	}
	switch clitic := lowerForm(rest[:k]); clitic {
	case "s", "d", "m", "re", "ve", "ll":
		return s.fixed(j, j+n+k, "'"+clitic, kindWord)
	}
	return j + n
}

// negativeForm splits "don't" into "do" and "n't".
func (s *featureScratch) negativeForm(end int, t *featureToken) int {
	if t.b-t.a > 1 {
		t.b--
		t.end--
		t.hash = hashBytes(s.norm[t.a:t.b])
	}
	return s.fixed(int(t.end), end, "n't", kindWord)
}

// lowerForm returns the constant for a short ASCII suffix: no allocation.
func lowerForm(x string) string {
	for _, c := range [...]string{"s", "d", "m", "re", "ve", "ll"} {
		if len(x) == len(c) && hasPrefixFold(x, c) {
			return c
		}
	}
	return ""
}

func apostropheLen(text string, j, hi int) int {
	if j < hi && text[j] == '\'' {
		return 1
	}
	if j+3 <= hi && text[j:j+3] == "’" {
		return 3
	}
	return 0
}

// isCJK tells whether a rune is read as a word of its own.
func isCJK(r rune) bool {
	return r >= 0x3400 && r <= 0x9fff || r >= 0x3040 && r <= 0x30ff || r >= 0xf900 && r <= 0xfaff || r >= 0x20000 && r <= 0x3134f || r >= 0xac00 && r <= 0xd7a3
}

// hashBytes is FNV-1a, 64 bits.
func hashBytes(b []byte) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range b {
		h = (h ^ uint64(c)) * 1099511628211
	}
	return h
}
