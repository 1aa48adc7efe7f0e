package train

import (
	"sort"
	"unicode/utf8"

	"earshot/classify"
)

// Limits of the vocabulary.
const (
	vocabularyWords = 34000 // words and single characters
	vocabularyPairs = 20000 // pairs of Chinese characters
	wordTexts       = 4     // a word must stand in so many texts; own prose counts for two
	pairTexts       = 8
)

// entry is one candidate for the vocabulary.
type entry struct {
	print uint32
	form  string
	texts int
	last  int // the text that was counted last
}

// BuildVocabulary chooses the commonest words, characters and pairs. It
// returns their fingerprints and forms in the order of their rows.
func BuildVocabulary(rows []Row, ex *classify.Extractor) (prints []uint32, forms []string) {
	seen := map[uint32]*entry{}
	for i := range rows {
		step := 1
		if rows[i].Own {
			step = 2
		}
		ex.Words(rows[i].P, func(print uint32, form []byte) {
			e := seen[print]
			if e == nil {
				e = &entry{print: print, form: string(form), last: -1}
				seen[print] = e
			}
			if e.last != i {
				e.last = i
				e.texts += step
			}
		})
	}
	var words, pairs []*entry
	for _, e := range seen {
		if isPair(e.form) {
			if e.texts >= pairTexts {
				pairs = append(pairs, e)
			}
		} else if e.texts >= wordTexts {
			words = append(words, e)
		}
	}
	for _, e := range append(commonest(words, vocabularyWords), commonest(pairs, vocabularyPairs)...) {
		prints, forms = append(prints, e.print), append(forms, e.form)
	}
	return prints, forms
}

// isPair tells whether a form is two Chinese characters.
func isPair(form string) bool {
	return utf8.RuneCountInString(form) == 2 && len(form) >= 6
}

// commonest returns the first limit entries, by number of texts, then form.
func commonest(list []*entry, limit int) []*entry {
	sort.Slice(list, func(i, j int) bool {
		if list[i].texts != list[j].texts {
			return list[i].texts > list[j].texts
		}
		return list[i].form < list[j].form
	})
	return list[:min(limit, len(list))]
}
