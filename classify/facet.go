package classify

import (
	"strings"
	"unicode/utf8"

	"earshot"
)

// cueKind is what a cue word speaks for.
type cueKind uint8

// The cue kinds. The facets come first, in the order of facetOrder, then the
// dimensions in the order of dimensionOrder.
const (
	cueProduct cueKind = iota
	cueService
	cueStaff
	cueProcess
	cuePolicy
	cuePrice
	cueImage
	cueReliability
	cueResponsiveness
	cueAssurance
	cueEmpathy
	cueTangibles
	cuePraise     // a good word
	cueDamn       // a bad word
	cueWaiting    // effort without a number: again, still, on hold
	cueHarm       // injury, loss of home, health, large loss
	cueVulnerable // who was hit: a child, a patient, a soldier
	cueThreat     // lawyers, regulators, fraud, never again
	cueLeaving    // switching to another brand
	cueMockery    // thanks for nothing
	cueContact    // a call, a mail, a visit
	cueGoods      // what may break several times
	cueKinds
)

var (
	facetOrder     = [...]earshot.Facet{earshot.FacetProduct, earshot.FacetService, earshot.FacetStaff, earshot.FacetProcess, earshot.FacetPolicy, earshot.FacetPrice, earshot.FacetImage}
	dimensionOrder = [...]earshot.Dimension{earshot.Reliability, earshot.Responsiveness, earshot.Assurance, earshot.Empathy, earshot.Tangibles}
)

// cueTable is the cue words of one language, in the notation of newWordSet.
type cueTable map[cueKind]string

// cueBook finds all cue words of all languages in one pass.
type cueBook struct {
	tree  phraseTree
	kinds [][cueLanguages][]cueKind // by pattern and language
	free  []bool                    // by pattern: it is a prefix
}

// cueLanguages is how many languages have cue words: false friends ("cola" is a
// queue in one and a drink in the next) count in their own language only.
const cueLanguages = 4

// cueLanguage numbers the languages with cue words; -1 is none of them.
func cueLanguage(lang string) int {
	switch lang {
	case "en":
		return 0
	case "es":
		return 1
	case "it":
		return 2
	case "zh":
		return 3
	}
	return -1
}

// cueHit is one cue word in folded text.
type cueHit struct {
	kinds      []cueKind
	start, end int32
}

func newCueBook() *cueBook {
	b := &cueBook{}
	ids := map[string]int{}
	for lang, table := range [cueLanguages]cueTable{cuesEN, cuesES, cuesIT, cuesZH} {
		for kind := cueKind(0); kind < cueKinds; kind++ {
			b.learn(ids, lang, kind, table[kind])
		}
	}
	return b
}

// learn adds the words of one kind.
func (b *cueBook) learn(ids map[string]int, lang int, kind cueKind, words string) {
	for _, w := range strings.Fields(words) {
		free := strings.HasSuffix(w, "*")
		key := foldString(strings.ReplaceAll(strings.TrimSuffix(w, "*"), "_", " "))
		id, ok := ids[key]
		if !ok {
			id = len(ids)
			ids[key] = id
			b.tree.add(key, int32(id))
			b.kinds = append(b.kinds, [cueLanguages][]cueKind{})
			b.free = append(b.free, free)
		}
		b.kinds[id][lang] = append(b.kinds[id][lang], kind)
		b.free[id] = b.free[id] || free
	}
}

// read returns the cue words of folded text in a language, by place; of words
// that overlap the longest alone counts. A text in another language is read
// with the English words, which travel.
func (b *cueBook) read(text []byte, lang string) []cueHit {
	var out []cueHit
	l := max(0, cueLanguage(lang))
	for i, last := 0, 0; i < len(text); i++ {
		if i < last || !utf8.RuneStart(text[i]) || !leftEdge(text, i) {
			continue
		}
		p, end := b.tree.longest(text, i, len(text), b.free)
		if p < 0 || len(b.kinds[p][l]) == 0 {
			continue
		}
		out = append(out, cueHit{b.kinds[p][l], int32(i), int32(end)})
		last = end
	}
	return out
}

// has says whether a hit is of a kind.
func (h cueHit) has(kind cueKind) bool {
	for _, k := range h.kinds {
		if k == kind {
			return true
		}
	}
	return false
}

// cueSum adds up cue words by kind, weighed by how near the deciding words are.
type cueSum [cueKinds]float64

func (s *cueSum) add(h cueHit, weight float64) {
	for _, k := range h.kinds {
		s[k] += weight
	}
}

// facet picks what the mention is about; a tie goes to what people most often
// mean by the intent.
func (s *cueSum) facet(intent earshot.Intent) earshot.Facet {
	best, top := -1, 0.0
	for i := range facetOrder {
		w := s[int(cueProduct)+i]
		if cueKind(i) == cueService {
			w *= .8 // "service" is said of everything
		}
		if w > top {
			best, top = i, w
		}
	}
	if best >= 0 {
		return facetOrder[best]
	}
	if s[cueWaiting] > 0 || s[cueContact] > 0 {
		return earshot.FacetService
	}
	if intent == earshot.Complaint || intent == earshot.Request {
		return earshot.FacetService
	}
	return earshot.FacetProduct
}

// dimension picks the service-quality dimension.
func (s *cueSum) dimension(facet earshot.Facet) earshot.Dimension {
	best, top := -1, 0.0
	for i := range dimensionOrder {
		if w := s[int(cueReliability)+i]; w > top {
			best, top = i, w
		}
	}
	if best >= 0 {
		return dimensionOrder[best]
	}
	switch facet {
	case earshot.FacetService, earshot.FacetProcess:
		return earshot.Responsiveness
	case earshot.FacetStaff:
		return earshot.Empathy
	case earshot.FacetPolicy, earshot.FacetPrice, earshot.FacetImage:
		return earshot.Assurance
	}
	return earshot.Reliability
}
