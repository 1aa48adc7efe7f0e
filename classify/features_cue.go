package classify

// Cues: what a passage looks like, beside its words.
const (
	cueQuestion      = iota // a question mark anywhere
	cueExclaim              // an exclamation mark
	cueAsksHere             // the target's sentence ends with a question mark
	cueEndsAsking           // the text ends with a question mark
	cueLength               // bucket of the number of tokens
	cueNumbers              // how many numbers, up to 3
	cueNegations            // how many negations, up to 3
	cueQuote                // quotation marks
	cueOthers               // other brands, up to 2
	cuePlace                // where the target stands: first token, last fifth ...
	cueAgain                // the target is named again
	cueQuestionWord         // a question word in the target's sentence
	cueCaps                 // words in capitals
	cueURL                  // a web address
	cueContrast             // a contrast word before, after the target
	cueFirstVocative        // the text opens with the target and a comma
	cueStartQuestion        // the text opens with a question word
	cueBias                 // always there
)

// cueCounts are the sums the cues need.
type cueCounts struct {
	question, exclaim, numbers, negations, quotes, others, again, caps, urls int
	contrastLeft, contrastRight                                              int
}

// cues emits the cue features, each with value .5.
func (s *featureScratch) cues() {
	if len(s.tokens) == 0 {
		return
	}
	c := s.countCues()
	s.cue(cueQuestion, min(c.question, 2))
	s.cue(cueExclaim, min(c.exclaim, 2))
	s.cue(cueLength, lengthBucket(len(s.tokens)))
	s.cue(cueNumbers, min(c.numbers, 3))
	s.cue(cueNegations, min(c.negations, 3))
	s.cue(cueQuote, min(c.quotes, 1))
	s.cue(cueOthers, min(c.others, 2))
	s.cue(cueAgain, min(c.again, 2))
	s.cue(cueCaps, min(c.caps, 2))
	s.cue(cueURL, min(c.urls, 1))
	s.placeCues(c)
	s.questionCues()
}

// cue emits one cue with its level; level 0 says nothing.
func (s *featureScratch) cue(name, level int) {
	if level > 0 {
		s.emit(spaceCue, name, uint64(level), .5)
	}
}

func lengthBucket(n int) int {
	b := 1
	for n > 6 {
		n /= 2
		b++
	}
	return b
}

func (s *featureScratch) countCues() (c cueCounts) {
	for i := range s.tokens {
		t := &s.tokens[i]
		switch t.kind {
		case kindNumber:
			c.numbers++
		case kindOther:
			c.others++
		case kindAgain:
			c.again++
		case kindURL:
			c.urls++
		case kindPunct:
			c.punct(s.form(i))
		}
		c.words(s, i)
	}
	return c
}

func (c *cueCounts) punct(form []byte) {
	for _, b := range form {
		switch b {
		case '?':
			c.question++
		case '!':
			c.exclaim++
		case '"':
			c.quotes++
		}
	}
}

func (c *cueCounts) words(s *featureScratch, i int) {
	t := &s.tokens[i]
	if t.shape&shapeCaps != 0 {
		c.caps++
	}
	if s.contrastAt(i) {
		if i < s.target {
			c.contrastLeft++
		} else if s.target >= 0 {
			c.contrastRight++
		}
	} else if s.classOf(t)&classNegation != 0 {
		c.negations++
	}
}

// placeCues says where the target stands in the text.
func (s *featureScratch) placeCues(c cueCounts) {
	if s.target < 0 {
		s.cue(cuePlace, 9)
		return
	}
	n := len(s.tokens)
	s.cue(cuePlace, 1+5*s.target/n)
	if s.target == 0 {
		s.cue(cuePlace, 7)
	}
	if s.target >= n-2 {
		s.cue(cuePlace, 8)
	}
	if s.target <= 2 && s.target+1 < n && string(s.form(s.target+1)) == "," {
		s.cue(cueFirstVocative, 1)
	}
	s.cue(cueContrast, min(c.contrastLeft, 1))
	s.cue(cueContrast, 2*min(c.contrastRight, 1))
}

// questionCues looks for questions: in the target's sentence, at the start and
// at the end of the text.
func (s *featureScratch) questionCues() {
	if s.classOf(&s.tokens[0])&classQuestion != 0 {
		s.cue(cueStartQuestion, 1)
	}
	if s.asks(len(s.tokens) - 1) {
		s.cue(cueEndsAsking, 1)
	}
	if s.target < 0 {
		return
	}
	here := s.tokens[s.target].sentence
	for i := range s.tokens {
		if s.tokens[i].sentence != here {
			continue
		}
		if s.classOf(&s.tokens[i])&classQuestion != 0 {
			s.cue(cueQuestionWord, 1)
		}
		if s.asks(i) {
			s.cue(cueAsksHere, 1)
		}
	}
}

// asks tells whether token i is a run with a question mark.
func (s *featureScratch) asks(i int) bool {
	if s.tokens[i].kind != kindPunct {
		return false
	}
	for _, b := range s.form(i) {
		if b == '?' {
			return true
		}
	}
	return false
}
