package classify

// Languages the features know. The order is part of the model's format.
const (
	langUnknown = iota
	langEN
	langES
	langIT
	langZH
	langDE
	langFR
	langPT
	langCount
)

// langIndex maps a language code (or a tag such as en-GB) to its number.
func langIndex(code string) int {
	if len(code) > 2 {
		code = code[:2]
	}
	for i, name := range [...]string{"", "en", "es", "it", "zh", "de", "fr", "pt"} {
		if i > 0 && code == name {
			return i
		}
	}
	return langUnknown
}

// langHints are frequent short words that tell one language from the others;
// enough to choose a lexicon where the caller did not say.
var langHints = map[string]uint8{
	"the": langEN, "and": langEN, "is": langEN, "of": langEN, "to": langEN, "it": langEN, "my": langEN, "was": langEN, "with": langEN, "you": langEN, "i": langEN, "they": langEN,
	"el": langES, "los": langES, "las": langES, "y": langES, "es": langES, "una": langES, "por": langES, "muy": langES, "del": langES, "lo": langES, "que": langES, "con": langES,
	"il": langIT, "di": langIT, "gli": langIT, "che": langIT, "è": langIT, "per": langIT, "della": langIT, "sono": langIT, "ho": langIT, "mi": langIT, "ma": langIT, "più": langIT,
	"der": langDE, "die": langDE, "und": langDE, "ist": langDE, "das": langDE, "nicht": langDE, "ich": langDE,
	"le": langFR, "les": langFR, "et": langFR, "des": langFR, "est": langFR, "je": langFR, "pas": langFR, "dans": langFR,
	"o": langPT, "não": langPT, "os": langPT, "um": langPT, "uma": langPT, "eu": langPT, "da": langPT, "em": langPT,
}

// guessLang counts Chinese characters and hint words.
func (s *featureScratch) guessLang() int {
	var votes [langCount]int
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.kind == kindCJK {
			votes[langZH]++
		} else if t.kind == kindWord {
			votes[langHints[string(s.norm[t.a:t.b])]]++
		}
	}
	votes[langUnknown] = 0
	best := langUnknown
	for i, n := range votes {
		if n > votes[best] {
			best = i
		}
	}
	return best
}

// wordClass is what the clause rules know of a word.
type wordClass uint8

const (
	classNegation wordClass = 1 << iota
	classContrast
	classQuestion
)

// wordClasses are the function words that bend a judgement: negations,
// contrast words (a clause begins with them) and question words.
var wordClasses = map[string]wordClass{
	"not": classNegation, "no": classNegation, "n't": classNegation, "never": classNegation, "without": classNegation, "cannot": classNegation,
	"nor": classNegation, "none": classNegation, "neither": classNegation, "nobody": classNegation, "nothing": classNegation, "hardly": classNegation, "dont": classNegation, "cant": classNegation, "wont": classNegation, "didnt": classNegation,
	"nunca": classNegation, "sin": classNegation, "jamás": classNegation, "tampoco": classNegation, "nadie": classNegation, "ninguno": classNegation, "ni": classNegation, "nada": classNegation, "ningún": classNegation, "ninguna": classNegation,
	"non": classNegation, "mai": classNegation, "senza": classNegation, "nemmeno": classNegation, "neanche": classNegation, "nessuno": classNegation, "nessuna": classNegation, "nessun": classNegation, "niente": classNegation, "né": classNegation,
	"nicht": classNegation, "kein": classNegation, "keine": classNegation, "nie": classNegation, "ohne": classNegation,
	"pas": classNegation, "jamais": classNegation, "sans": classNegation, "rien": classNegation, "não": classNegation, "sem": classNegation, "nem": classNegation,
	"不": classNegation, "没": classNegation, "沒": classNegation, "未": classNegation, "无": classNegation, "無": classNegation, "别": classNegation, "莫": classNegation,
	"but": classContrast, "however": classContrast, "although": classContrast, "though": classContrast, "whereas": classContrast, "while": classContrast, "yet": classContrast, "instead": classContrast, "unlike": classContrast,
	"pero": classContrast, "aunque": classContrast, "sino": classContrast, "mientras": classContrast, "embargo": classContrast,
	"ma": classContrast, "però": classContrast, "invece": classContrast, "mentre": classContrast, "sebbene": classContrast, "tuttavia": classContrast, "anziché": classContrast,
	"mais": classContrast, "mas": classContrast, "aber": classContrast, "但": classContrast, "却": classContrast, "而": classContrast,
	"what": classQuestion, "why": classQuestion, "how": classQuestion, "when": classQuestion, "where": classQuestion, "who": classQuestion, "which": classQuestion, "does": classQuestion, "anyone": classQuestion, "anybody": classQuestion,
	"qué": classQuestion, "cómo": classQuestion, "cuándo": classQuestion, "dónde": classQuestion, "cuál": classQuestion, "cuánto": classQuestion, "alguien": classQuestion, "quién": classQuestion,
	"perché": classQuestion, "come": classQuestion, "quando": classQuestion, "dove": classQuestion, "quale": classQuestion, "quanto": classQuestion, "qualcuno": classQuestion, "chi": classQuestion,
	"吗": classQuestion, "呢": classQuestion, "么": classQuestion, "谁": classQuestion, "哪": classQuestion, "几": classQuestion, "怎": classQuestion, "啥": classQuestion,
}

// chineseContrast are the second characters of two-character contrast words
// whose first one alone says nothing.
var chineseContrast = map[string]string{"不": "过", "可": "是", "然": "而", "只": "是", "反": "而"}

// classOf returns the class of a token.
func (s *featureScratch) classOf(t *featureToken) wordClass {
	if t.kind != kindWord && t.kind != kindCJK {
		return 0
	}
	return wordClasses[string(s.norm[t.a:t.b])]
}

// form returns the normalised form of token i without copying it.
func (s *featureScratch) form(i int) []byte {
	return s.norm[s.tokens[i].a:s.tokens[i].b]
}

// contrastAt tells whether a contrast word begins at token i.
func (s *featureScratch) contrastAt(i int) bool {
	t := &s.tokens[i]
	if s.classOf(t)&classContrast != 0 {
		return true
	}
	if t.kind != kindCJK || i+1 >= len(s.tokens) {
		return false
	}
	second, ok := chineseContrast[string(s.form(i))]
	return ok && string(s.form(i+1)) == second
}

// markClauses numbers clauses and sentences. A clause ends at punctuation and
// before a contrast word.
func (s *featureScratch) markClauses() {
	clause, sentence := int16(0), int16(0)
	for i := range s.tokens {
		t := &s.tokens[i]
		if i > 0 && clause < 32000 && s.contrastAt(i) {
			clause++
		}
		t.clause, t.sentence = clause, sentence
		if t.cut && clause < 32000 {
			clause++
		}
		if t.stop && sentence < 32000 {
			sentence++
		}
	}
}

// negationScope is how many tokens after a negation it reaches. Who did nothing
// at all ("nobody", "nadie", "nessuno") reaches on to the end of what was not
// done; in Chinese a token is one character.
const (
	negationScope        = 4
	negationScopeChinese = 6
	nobodyScope          = 8
)

// nobodies are the negations that stand for who acts.
var nobodies = map[string]bool{"nobody": true, "none": true, "nadie": true, "ninguno": true, "ninguna": true, "ningún": true,
	"nessuno": true, "nessuna": true, "nessun": true}

// reach is how many tokens after token i its negation reaches.
func (s *featureScratch) reach(i int) int {
	switch {
	case s.tokens[i].kind == kindCJK:
		return negationScopeChinese
	case nobodies[string(s.form(i))], i+1 < len(s.tokens) && string(s.form(i)) == "no" && string(s.form(i+1)) == "one":
		return nobodyScope
	}
	return negationScope
}

// markNegation marks the tokens in reach of a negation; punctuation and
// contrast words end it. The target takes up no room.
func (s *featureScratch) markNegation() {
	left := 0
	for i := range s.tokens {
		t := &s.tokens[i]
		if t.cut || s.contrastAt(i) {
			left = 0
		}
		if left > 0 {
			t.negated = true
			if t.kind != kindTarget && t.kind != kindOther {
				left--
			}
		}
		if s.classOf(t)&classNegation != 0 && !s.contrastAt(i) {
			left = max(left, s.reach(i))
		}
	}
}
