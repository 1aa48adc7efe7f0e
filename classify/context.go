package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// wordSet is a set of words and phrases that is looked for near a name.
type wordSet struct {
	tree    phraseTree
	phrases []string
	prefix  []bool
}

// newWordSet builds a set. A * at the end makes a prefix, _ stands for a blank.
func newWordSet(words []string) *wordSet {
	if len(words) == 0 {
		return nil
	}
	s := &wordSet{}
	seen := map[string]bool{}
	for _, w := range words {
		prefix := strings.HasSuffix(w, "*")
		w = foldString(strings.ReplaceAll(strings.TrimSuffix(w, "*"), "_", " "))
		if w == "" || seen[w] {
			continue
		}
		seen[w] = true
		s.tree.add(w, int32(len(s.phrases)))
		s.phrases = append(s.phrases, w)
		s.prefix = append(s.prefix, prefix)
	}
	return s
}

// wordHit is one word of a set in folded text.
type wordHit struct {
	phrase     string
	start, end int
}

// within returns the words of the set that stand in text[lo:hi], at most n.
func (s *wordSet) within(text []byte, lo, hi, n int) []wordHit {
	if s == nil {
		return nil
	}
	lo, hi = max(lo, 0), min(hi, len(text))
	if lo >= hi {
		return nil
	}
	var out []wordHit
	for i := lo; i < hi && len(out) < n; i++ {
		if !utf8.RuneStart(text[i]) || !leftEdge(text, i) {
			continue
		}
		if p, end := s.tree.longest(text, i, hi, s.prefix); p >= 0 {
			out = append(out, wordHit{s.phrases[p], i, end})
		}
	}
	return out
}

// leftEdge says whether a word may begin at i of folded text, which its script
// decides: Han needs no blank, Latin does.
func leftEdge(text []byte, i int) bool {
	if i == 0 || i >= len(text) {
		return true
	}
	if c := text[i-1]; c < utf8.RuneSelf && !wordByte(c) {
		return true
	}
	before, _ := utf8.DecodeLastRune(text[max(0, i-4):i])
	first, _ := utf8.DecodeRune(text[i:])
	return !spacedLetter(before) || !spacedLetter(first)
}

// rightEdge says whether a word may end at i of folded text.
func rightEdge(text []byte, i int) bool {
	if i <= 0 || i >= len(text) {
		return true
	}
	if c := text[i]; c < utf8.RuneSelf && !wordByte(c) {
		return true
	}
	last, _ := utf8.DecodeLastRune(text[max(0, i-4):i])
	after, _ := utf8.DecodeRune(text[i:])
	return !spacedLetter(last) || !spacedLetter(after)
}

func wordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_' || c >= 'A' && c <= 'Z'
}

// spacedLetter says whether a rune belongs to a script that puts blanks between
// words, so that a name inside a longer run of such runes is another word.
func spacedLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 0 && wordByte(byte(r))
	}
	if isCJK(r) || r >= 0x3000 && r <= 0x30ff || r >= 0x0E00 && r <= 0x0EFF {
		return false
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}

// commonNameSet holds the words of commonNames and commonNamesHan.
func commonNameSet() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(commonNames + commonNamesHan) {
		out[w] = true
	}
	return out
}

// Reach of context, in bytes of folded text on either side of a name.
const (
	contextNear  = 420 // for a name written as one
	contextClose = 110 // for a name in small letters
	contextNone  = 160 // for words that must not stand near
	contextHead  = 400 // of the title, or of the text for a name in the title
)
