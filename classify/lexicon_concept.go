package classify

import (
	"encoding/binary"
	"errors"
)

// ConceptLimit bounds the numbers of concepts: 1..ConceptLimit-1.
const ConceptLimit = 320

// ConceptEntry is one word, or beginning of words, that stands for a meaning
// which the four languages share.
type ConceptEntry struct {
	Key     uint32 // ConceptKey
	Concept uint16 // 1..ConceptLimit-1
}

// prefixLang sets beginnings of words apart from whole words.
const prefixLang = 32

// ConceptKey is the fingerprint of a word in lower case; prefix means all words
// that begin so.
func ConceptKey(lang, word string, prefix bool) uint32 {
	l := langIndex(lang)
	if prefix {
		l += prefixLang
	}
	return lexiconKey(l, hashBytes([]byte(word)))
}

// concepts maps fingerprints to concepts: open addressing.
type concepts struct {
	keys []uint32
	vals []uint16
	mask uint32
}

// newConcepts builds the table; of equal keys the first wins.
func newConcepts(entries []ConceptEntry) *concepts {
	size := 16
	for size < len(entries)*3 {
		size *= 2
	}
	c := &concepts{keys: make([]uint32, size), vals: make([]uint16, size), mask: uint32(size - 1)}
	for _, e := range entries {
		i := e.Key & c.mask
		for c.keys[i] != 0 && c.keys[i] != e.Key {
			i = (i + 1) & c.mask
		}
		if c.keys[i] == 0 {
			c.keys[i], c.vals[i] = e.Key, e.Concept
		}
	}
	return c
}

// EncodeConcepts writes the section SectionConcepts: six bytes an entry.
func EncodeConcepts(entries []ConceptEntry) []byte {
	out := make([]byte, 0, 6*len(entries))
	for _, e := range entries {
		out = binary.LittleEndian.AppendUint32(out, e.Key)
		out = binary.LittleEndian.AppendUint16(out, e.Concept)
	}
	return out
}

func decodeConcepts(b []byte) (*concepts, error) {
	if len(b)%6 != 0 {
		return nil, errors.New("concepts: length is not a multiple of 6")
	}
	entries := make([]ConceptEntry, 0, len(b)/6)
	for ; len(b) > 0; b = b[6:] {
		e := ConceptEntry{binary.LittleEndian.Uint32(b), binary.LittleEndian.Uint16(b[4:])}
		if e.Key == 0 || e.Concept == 0 || e.Concept >= ConceptLimit {
			return nil, errors.New("concepts: key or number out of range")
		}
		entries = append(entries, e)
	}
	return newConcepts(entries), nil
}

func (c *concepts) get(lang int, hash uint64) uint16 {
	key := lexiconKey(lang, hash)
	for i := key & c.mask; c.keys[i] != 0; i = (i + 1) & c.mask {
		if c.keys[i] == key {
			return c.vals[i]
		}
	}
	return 0
}

// word returns the concept of a word: its own, else that of its longest
// beginning that has one.
func (c *concepts) word(lang int, form []byte, hash uint64) uint16 {
	if v := c.get(lang, hash); v != 0 {
		return v
	}
	best := uint16(0)
	h := uint64(14695981039346656037)
	for i, b := range form {
		h = (h ^ uint64(b)) * 1099511628211
		if i >= 1 && i < 12 {
			if v := c.get(lang+prefixLang, h); v != 0 {
				best = v
			}
		}
	}
	return best
}

// mark fills in the concepts of all tokens. Chinese words of four characters
// at most are looked up, the longest first; their concept stands at the first
// character.
func (c *concepts) mark(s *featureScratch) {
	for i := 0; i < len(s.tokens); {
		t := &s.tokens[i]
		switch t.kind {
		case kindWord, kindTag:
			t.concept = c.word(s.langIdx, s.form(i), t.hash)
			i++
		case kindCJK:
			i += c.chinese(s, i)
		default:
			i++
		}
	}
}

// chinese marks the word that begins at character i and returns its length, or
// 1 if none does.
func (c *concepts) chinese(s *featureScratch, i int) int {
	n := 1
	for n < 4 && i+n < len(s.tokens) && s.tokens[i+n].kind == kindCJK {
		n++
	}
	for ; n > 0; n-- {
		if v := c.get(langZH, hashBytes(s.norm[s.tokens[i].a:s.tokens[i+n-1].b])); v != 0 {
			s.tokens[i].concept = v
			return n
		}
	}
	return 1
}
