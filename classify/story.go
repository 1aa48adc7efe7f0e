package classify

import (
	"fmt"
	"math/bits"
	"sort"
	"unicode/utf8"

	"github.com/cespare/xxhash/v2"
)

// Sizes below which texts are copies only if they are equal, and how many own
// words make a text that quotes another a text of its own.
const (
	storyTokens   = 40
	storyHan      = 80
	storyDistance = 3  // of Hamming
	storyShared   = .8 // of the shorter text's shingles
	storyOwn      = 60 // words of its own
	storyRead     = 256 << 10
)

// Simhash is a 64-bit fingerprint of a text: near copies differ in few bits. It
// is built from shingles of three words (Chinese: four characters), folded, and
// is 0 for texts under 40 words (80 Chinese characters).
func Simhash(text string) uint64 {
	tokens, han := storyWords(text)
	if !longStory(len(tokens), han) {
		return 0
	}
	var sums [64]int
	for h := range shinglesOf(tokens) {
		for b := range sums {
			sums[b] += int(h>>b&1)*2 - 1
		}
	}
	var out uint64
	for b, n := range sums {
		if n > 0 {
			out |= 1 << b
		}
	}
	if out == 0 {
		return 1
	}
	return out
}

func longStory(tokens, han int) bool {
	return tokens-han >= storyTokens || han >= storyHan || tokens >= storyTokens && han < storyTokens
}

// storyWords hashes the words of a text; han counts the Chinese characters.
func storyWords(text string) (tokens []uint64, han int) {
	f := borrowFold(cutRunes(text, storyRead))
	defer f.release()
	b := f.bytes
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case isCJK(r):
			tokens = append(tokens, xxhash.Sum64(b[i:i+n]))
			han++
			i += n
		case spacedLetter(r):
			j := i
			for j < len(b) {
				r, n := utf8.DecodeRune(b[j:])
				if !spacedLetter(r) || isCJK(r) {
					break
				}
				j += n
			}
			tokens = append(tokens, xxhash.Sum64(b[i:j]))
			i = j
		default:
			i += n
		}
	}
	return tokens, han
}

// shingleWidth is how many words make a shingle.
const shingleWidth = 3

// shinglesOf is the set of hashes of neighbouring words.
func shinglesOf(tokens []uint64) map[uint64]bool {
	out := make(map[uint64]bool, len(tokens))
	for i := 0; i+shingleWidth <= len(tokens); i++ {
		h := tokens[i]
		for _, t := range tokens[i+1 : i+shingleWidth] {
			h = mix(h*31 + t)
		}
		out[h] = true
	}
	return out
}

// SameStory says whether two texts are copies of one another, and why or why
// not. Fingerprints only propose; the shared shingles decide. A text that holds
// the other and adds sixty words of its own is no copy: it quotes.
func SameStory(a, b string) (same bool, why string) {
	ta, hanA := storyWords(a)
	tb, hanB := storyWords(b)
	if !longStory(len(ta), hanA) || !longStory(len(tb), hanB) {
		if len(ta) > 0 && equalWords(ta, tb) {
			return true, "the same words"
		}
		return false, "too short to be compared, and not equal"
	}
	sa, sb := shinglesOf(ta), shinglesOf(tb)
	shared := 0
	for h := range sa {
		if sb[h] {
			shared++
		}
	}
	share := float64(shared) / float64(max(1, min(len(sa), len(sb))))
	own := max(len(sa), len(sb)) - shared
	distance := bits.OnesCount64(Simhash(a) ^ Simhash(b))
	switch {
	case share < storyShared:
		return false, fmt.Sprintf("they share %.0f %% of their phrases", 100*share)
	case own >= storyOwn && max(len(ta), len(tb))-min(len(ta), len(tb)) >= storyOwn:
		return false, fmt.Sprintf("one quotes the other and adds %d words", max(len(ta), len(tb))-min(len(ta), len(tb)))
	case distance > storyDistance && share < .9:
		return false, fmt.Sprintf("their fingerprints differ in %d bits", distance)
	}
	return true, fmt.Sprintf("they share %.0f %% of their phrases", 100*share)
}

func equalWords(a, b []uint64) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// RareWords returns up to n words of a text that tell its matter from others:
// numbers with letters, names, long words; without everyday words. They are
// folded and in the order of their weight. It is what joining a follow-up to
// its case compares. Lang may be "".
func RareWords(text, lang string, n int) []string {
	text = cutRunes(text, 64<<10)
	f := borrowFold(text)
	defer f.release()
	type scored struct {
		word   string
		weight float64
		at     int
	}
	seen := map[string]int{}
	var list []scored
	for at, w := range storyTerms(f, text) {
		weight := w.weight(lang)
		if weight <= 0 {
			continue
		}
		if i, ok := seen[w.text]; ok {
			list[i].weight += weight / 4
			continue
		}
		seen[w.text] = len(list)
		list = append(list, scored{w.text, weight, at})
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].weight > list[j].weight })
	out := make([]string, 0, n)
	for _, s := range list[:max(0, min(n, len(list)))] {
		out = append(out, s.word)
	}
	return out
}
