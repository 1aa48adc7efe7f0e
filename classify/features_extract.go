package classify

// Extractor turns passages into what the model reads. The trainer uses it, so
// that training and judging cannot drift apart. Not safe for use by several
// goroutines at once.
type Extractor struct {
	scratch featureScratch
	lists   wordLists
}

// NewExtractor returns an extractor with the given word lists.
func NewExtractor(valences []LexiconEntry, meanings []ConceptEntry) *Extractor {
	return &Extractor{lists: wordLists{newLexicon(valences), newConcepts(meanings)}}
}

// Concept returns the concept of a word in lower case, or 0.
func (e *Extractor) Concept(lang, word string) int {
	return int(e.lists.concepts.word(langIndex(lang), []byte(word), hashBytes([]byte(word))))
}

// ConceptRow is the row of the vector table that a concept adds.
func ConceptRow(concept int) int { return netConceptRow + concept }

// Linear returns the linear model's features. copies false leaves out those
// that only the passage's channel sees. The result is valid until the next
// call.
func (e *Extractor) Linear(p Passage, copies bool) []Feature {
	e.scratch.read(p, e.lists)
	shared := e.scratch.linear()
	if copies {
		e.scratch.copies(shared, channelIndex(p.Channel, p.Lang))
	}
	return e.scratch.out
}

// Channel returns the model's number for the passage's channel, or -1 if it
// names none. There are ChannelCount of them.
func Channel(p Passage) int { return channelIndex(p.Channel, p.Lang) }

// ChannelCount is the number of channels the model tells apart.
const ChannelCount = channelCount

// NetInput is one passage as the network reads it.
type NetInput struct {
	Tokens []NetToken
	// Target is the index of the target's token, or -1.
	Target int
	Dense  [NetDense]float32
	// Channel is -1 if the passage names none; Lang is 0 if unknown.
	Channel, Lang int
}

// Vocabulary is the set of words the network has vectors of.
type Vocabulary struct{ v *vocabulary }

// NewVocabulary builds a vocabulary from fingerprints, in the order of their
// rows.
func NewVocabulary(prints []uint32) *Vocabulary { return &Vocabulary{newVocabulary(prints)} }

// Size is the number of rows of the vector table.
func (v *Vocabulary) Size() int { return v.v.size() }

// Row returns the row of a fingerprint's word, or -1.
func (v *Vocabulary) Row(word string) int { return int(v.v.row(hashBytes([]byte(word)))) }

// Words calls emit for every word, character and Chinese pair of the passage's
// window: its fingerprint and form. The form is valid during the call only.
func (e *Extractor) Words(p Passage, emit func(fingerprint uint32, form []byte)) {
	s := &e.scratch
	s.read(p, e.lists)
	for i := range s.tokens {
		t := &s.tokens[i]
		if fixedRow(t.kind) >= 0 {
			continue
		}
		emit(fingerprint(t.hash), s.form(i))
		if h, ok := s.pairHash(i); ok {
			emit(fingerprint(h), s.norm[t.a:s.tokens[i+1].b])
		}
	}
}

// Net returns the network's input; it is the caller's to keep.
func (e *Extractor) Net(p Passage, v *Vocabulary) NetInput {
	s := &e.scratch
	s.read(p, e.lists)
	in := NetInput{Target: -1, Channel: channelIndex(p.Channel, p.Lang), Lang: s.langIdx}
	a, b, c, d := s.netWindow()
	for i := a; i < d; i++ {
		if i >= b && i < c {
			continue
		}
		if i == s.target {
			in.Target = len(in.Tokens)
		}
		rows, weights := s.rowsOf(i, v.v, nil, nil)
		in.Tokens = append(in.Tokens, NetToken{Rows: rows, Weights: weights, Position: s.position(i), Shape: s.netShape(i), Extra: s.netExtra(i)})
	}
	s.netDense(&in.Dense)
	return in
}
