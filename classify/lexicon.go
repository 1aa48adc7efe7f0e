package classify

import (
	"encoding/binary"
	"errors"
	"math"
)

// lexicon maps words to a valence of -5..5. It keeps 32-bit fingerprints, no
// strings: an open-addressing table of a power of two slots.
type lexicon struct {
	keys []uint32
	vals []int8
	mask uint32
}

// wordLists are the lists the features look words up in.
type wordLists struct {
	valences *lexicon
	concepts *concepts
}

// LexiconEntry is one word of a valence list.
type LexiconEntry struct {
	Key     uint32 // LexiconKey
	Valence int8   // -5..5
}

// LexiconKey is the fingerprint under which a word of a language is stored.
// The word must be in lower case; lang is a code such as "it".
func LexiconKey(lang, word string) uint32 {
	return lexiconKey(langIndex(lang), hashBytes([]byte(word)))
}

func lexiconKey(lang int, hash uint64) uint32 {
	k := uint32(mix(hash+uint64(lang)*0x9e3779b97f4a7c15) >> 32)
	if k == 0 {
		return 1 // 0 marks an empty slot
	}
	return k
}

// newLexicon builds the table; of equal keys the first wins.
func newLexicon(entries []LexiconEntry) *lexicon {
	size := 16
	for size < len(entries)*2 {
		size *= 2
	}
	l := &lexicon{keys: make([]uint32, size), vals: make([]int8, size), mask: uint32(size - 1)}
	for _, e := range entries {
		i := e.Key & l.mask
		for l.keys[i] != 0 && l.keys[i] != e.Key {
			i = (i + 1) & l.mask
		}
		if l.keys[i] == 0 {
			l.keys[i], l.vals[i] = e.Key, e.Valence
		}
	}
	return l
}

// EncodeLexicon writes the section SectionLexicon: five bytes an entry.
func EncodeLexicon(entries []LexiconEntry) []byte {
	out := make([]byte, 0, 5*len(entries))
	for _, e := range entries {
		out = binary.LittleEndian.AppendUint32(out, e.Key)
		out = append(out, byte(e.Valence))
	}
	return out
}

// decodeLexicon reads what EncodeLexicon wrote.
func decodeLexicon(b []byte) (*lexicon, error) {
	if len(b)%5 != 0 {
		return nil, errors.New("lexicon: length is not a multiple of 5")
	}
	entries := make([]LexiconEntry, 0, len(b)/5)
	for ; len(b) > 0; b = b[5:] {
		key := binary.LittleEndian.Uint32(b)
		if key == 0 {
			return nil, errors.New("lexicon: key 0")
		}
		entries = append(entries, LexiconEntry{Key: key, Valence: int8(b[4])})
	}
	return newLexicon(entries), nil
}

func (l *lexicon) get(lang int, hash uint64) float32 {
	if l == nil || len(l.keys) == 0 {
		return 0
	}
	key := lexiconKey(lang, hash)
	for i := key & l.mask; l.keys[i] != 0; i = (i + 1) & l.mask {
		if l.keys[i] == key {
			return float32(l.vals[i])
		}
	}
	return 0
}

// mark fills in the valences of all tokens. Chinese is looked up by pairs of
// characters and, where no pair is known, by single ones.
func (l *lexicon) mark(s *featureScratch) {
	for i := range s.tokens {
		t := &s.tokens[i]
		switch t.kind {
		case kindWord, kindTag, kindEmoji:
			t.valence = l.word(s.langIdx, t.hash)
		case kindCJK:
			l.markChinese(s, i)
		}
	}
}

// word looks up the text's language, then English: brands' slang and
// interjections are English everywhere.
func (l *lexicon) word(lang int, hash uint64) float32 {
	if v := l.get(lang, hash); v != 0 || lang == langEN || lang == langUnknown {
		return v
	}
	return 0
}

func (l *lexicon) markChinese(s *featureScratch, i int) {
	t := &s.tokens[i]
	if i+1 < len(s.tokens) && s.tokens[i+1].kind == kindCJK && s.tokens[i+1].a == t.b {
		if v := l.get(langZH, hashBytes(s.norm[t.a:s.tokens[i+1].b])); v != 0 {
			t.valence = v
			return
		}
	}
	if i > 0 && s.tokens[i-1].valence != 0 && s.tokens[i-1].kind == kindCJK {
		return
	}
	t.valence = l.get(langZH, t.hash)
}

// lexiconFeatures is the number of values that lexiconValues computes.
const lexiconFeatures = 18

// Regions of a lexicon sum.
const (
	regionAll = iota
	regionClause
	regionNear3
	regionNear7
	regionOther
	regionEnd // the text's last sentence: stories end with their verdict
)

// lexiconValues sums valences by region: three values each, tanh of half the
// positive, negative and total sum. A valence counts .6, negated -.7.
func (s *featureScratch) lexiconValues() []float32 {
	var pos, neg [6]float32
	for i := range s.tokens {
		v := s.tokens[i].valence * .6
		if v == 0 {
			continue
		}
		if s.tokens[i].negated {
			v *= -.7
		}
		for r := range pos {
			if s.inRegion(i, r) {
				pos[r] += max(v, 0)
				neg[r] += max(-v, 0)
			}
		}
	}
	for r := range pos {
		s.dense[3*r] = tanh32(pos[r] / 2)
		s.dense[3*r+1] = tanh32(neg[r] / 2)
		s.dense[3*r+2] = tanh32((pos[r] - neg[r]) / 2)
	}
	return s.dense[:]
}

func tanh32(x float32) float32 { return float32(math.Tanh(float64(x))) }

// inRegion tells whether token i lies in a region.
func (s *featureScratch) inRegion(i, region int) bool {
	t := &s.tokens[i]
	switch region {
	case regionAll:
		return true
	case regionEnd:
		return t.sentence == s.tokens[len(s.tokens)-1].sentence
	}
	if s.target < 0 {
		return false
	}
	d := i - s.target
	if d < 0 {
		d = -d
	}
	same := t.clause == s.tokens[s.target].clause
	switch region {
	case regionClause:
		return same
	case regionNear3:
		return d <= 3
	case regionNear7:
		return d <= 7
	}
	return !same
}
