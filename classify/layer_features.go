package classify

import (
	"math"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// layerFeature is one word, pair of words, or whole passage, with its share of
// a mention.
type layerFeature struct {
	key   uint64
	value float64
}

// What a layer's features weigh. Squared values sum to 1: one in four for the
// text itself, so that a correction counts most for its own words, the rest for
// its words and pairs, none of which may weigh more than a tenth. A text of one
// word is so learnt mostly by heart.
const (
	layerSelf  = .25
	layerMost  = .1
	layerTriad = .5 // of three Chinese characters, against 1 for two
)

// Salts that keep the kinds of features apart.
const (
	saltWord = 0x8f1b8c97a5d3e261
	saltPair = 0x5bd1e995c2b2ae35
	saltTrio = 0x27d4eb2f165667c5
	saltText = 0x9e3779b97f4a7c15
)

// layerFeatures reads the passages of a mention: words that say something, the
// pairs with one in them, and each passage as a whole; sorted by key.
func (c *Classifier) layerFeatures(passages []scopePassage, in judgeInput) []layerFeature {
	s := c.model.pool.Get().(*featureScratch)
	defer c.model.pool.Put(s)
	weights := map[uint64]float64{}
	var whole []uint64
	for _, x := range passages {
		p := Passage{Text: x.text, Others: x.others, Lang: in.lang, Channel: in.channel}
		if len(x.targets) > 0 {
			p.Start, p.End = x.targets[0].start, x.targets[0].end
		}
		s.read(p, c.model.lists)
		whole = append(whole, s.layerWords(in.lang, weights))
	}
	return spread(weights, whole)
}

// layerWords adds the words and pairs that were read, and returns the hash of
// all of them.
func (s *featureScratch) layerWords(lang string, to map[uint64]float64) uint64 {
	text := uint64(saltText)
	for i := range s.tokens {
		t := &s.tokens[i]
		text = mix(text ^ t.hash)
		tells := s.tells(i, lang)
		if tells && t.kind != kindCJK {
			to[mix(s.gram(i)^saltWord)] = 1
		}
		if i+1 >= len(s.tokens) || !s.pairs(i) || !s.pairs(i+1) {
			continue
		}
		if tells && s.tells(i+1, lang) || t.kind != kindCJK && (tells || s.tells(i+1, lang)) {
			to[mix(s.gram(i)*saltPair+s.gram(i+1))] = 1
		}
		if t.kind == kindCJK && i+2 < len(s.tokens) && s.tokens[i+1].kind == kindCJK && s.tokens[i+2].kind == kindCJK &&
			(tells || s.tells(i+1, lang) || s.tells(i+2, lang)) {
			to[mix((s.gram(i)*saltTrio+s.gram(i+1))*saltTrio+s.gram(i+2))] = layerTriad
		}
	}
	return mix(text)
}

// pairs says whether a token may be half of a pair.
func (s *featureScratch) pairs(i int) bool {
	k := s.tokens[i].kind
	return k == kindWord || k == kindCJK || k == kindTag || k == kindEmoji
}

// tells says whether a token means something of its own: no number, no name, no
// everyday word.
func (s *featureScratch) tells(i int, lang string) bool {
	form := s.form(i)
	switch s.tokens[i].kind {
	case kindEmoji:
		return true
	case kindCJK:
		return !strings.Contains(everydayHan, string(form))
	case kindWord, kindTag:
		return utf8.RuneCount(form) >= 4 && !everydayForm(form, lang)
	}
	return false
}

// everydaySets are the everyday words by language, made once.
var everydaySets = sync.OnceValue(func() map[string]map[string]bool {
	out := map[string]map[string]bool{"": {}}
	for lang, list := range everydayWords {
		out[lang] = map[string]bool{}
		for _, w := range strings.Fields(list) {
			out[lang][w], out[""][w] = true, true
		}
	}
	return out
})

// everydayForm says whether a word is an everyday one of the language, or of
// any if the language has no list.
func everydayForm(form []byte, lang string) bool {
	sets := everydaySets()
	set, ok := sets[lang]
	if !ok {
		set = sets[""]
	}
	return set[string(form)]
}

// spread turns weights into values whose squares sum to 1.
func spread(weights map[uint64]float64, whole []uint64) []layerFeature {
	sum := 0.0
	keys := make([]uint64, 0, len(weights))
	for k := range weights {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		sum += float64(weights[k] * weights[k])
	}
	out := make([]layerFeature, 0, len(keys)+len(whole))
	left := 1.0
	for _, k := range keys {
		square := min(layerMost, (1-layerSelf)*float64(weights[k]*weights[k])/sum)
		left -= square
		out = append(out, layerFeature{k, math.Sqrt(square)})
	}
	slices.Sort(whole)
	whole = slices.Compact(whole)
	for _, k := range whole {
		out = append(out, layerFeature{k, math.Sqrt(left / float64(len(whole)))})
	}
	slices.SortStableFunc(out, func(a, b layerFeature) int {
		switch {
		case a.key < b.key:
			return -1
		case a.key > b.key:
			return 1
		}
		return 0
	})
	return out
}
