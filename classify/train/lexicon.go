package train

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"earshot/classify"
)

//go:embed lexicon.tsv
var lexiconText string

//go:embed concepts.tsv
var conceptText string

// Lists are the word lists that go into the model.
type Lists struct {
	Valences []classify.LexiconEntry
	Concepts []classify.ConceptEntry
}

// ReadLists reads the lists that are built in.
func ReadLists() (Lists, error) {
	valences, err := readLexicon(lexiconText)
	if err != nil {
		return Lists{}, err
	}
	concepts, err := readConcepts(conceptText)
	return Lists{valences, concepts}, err
}

// Extractor returns a new extractor with these lists.
func (l Lists) Extractor() *classify.Extractor { return classify.NewExtractor(l.Valences, l.Concepts) }

// Sections returns the lists as parts of the model file.
func (l Lists) Sections() []classify.Section {
	return []classify.Section{{Tag: classify.SectionLexicon, Payload: classify.EncodeLexicon(l.Valences)}, {Tag: classify.SectionConcepts, Payload: classify.EncodeConcepts(l.Concepts)}}
}

// readLexicon reads lines of language, word, valence.
func readLexicon(text string) ([]classify.LexiconEntry, error) {
	var out []classify.LexiconEntry
	for n, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 3 {
			return nil, fmt.Errorf("lexicon line %d: %d fields, want 3", n+1, len(f))
		}
		v, err := strconv.ParseInt(f[2], 10, 8)
		if err != nil {
			return nil, fmt.Errorf("lexicon line %d: %w", n+1, err)
		}
		out = append(out, classify.LexiconEntry{Key: classify.LexiconKey(f[0], f[1]), Valence: int8(v)})
	}
	return out, nil
}

// readConcepts reads lines of four columns of words: en, es, it, zh. A line is
// a concept; words with _ in them (phrases) are left out.
func readConcepts(text string) ([]classify.ConceptEntry, error) {
	var out []classify.ConceptEntry
	number := 0
	for n, line := range strings.Split(text, "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		columns := strings.Split(line, "\t")
		if number++; len(columns) != 4 || number >= classify.ConceptLimit {
			return nil, fmt.Errorf("concepts line %d: %d columns, want 4; concept %d of %d", n+1, len(columns), number, classify.ConceptLimit-1)
		}
		for k, lang := range []string{"en", "es", "it", "zh"} {
			for _, word := range strings.Fields(columns[k]) {
				if strings.ContainsAny(word, "_'-") {
					continue
				}
				stem, prefix := strings.CutSuffix(word, "*")
				out = append(out, classify.ConceptEntry{Key: classify.ConceptKey(lang, stem, prefix), Concept: uint16(number)})
			}
		}
	}
	return out, nil
}
