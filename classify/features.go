package classify

import (
	"strings"
	"sync"
	"unicode/utf8"
)

// Passage is what the judge reads: the text round one mention. Offsets are
// bytes of Text.
type Passage struct {
	// Text may be of any size and need not be valid UTF-8; the judge looks at a
	// bounded window round the target.
	Text string
	// Start and End mark the brand that is judged. Both 0 means no target: the
	// text as a whole is judged.
	Start, End int
	// Others are the spans of other known brands. Each is read as one anonymous
	// token, so that a name's reputation never counts.
	Others [][2]int
	// Lang is en, es, it, zh (also de, fr, pt) or empty when unknown.
	Lang string
	// Channel is blog, comment, review, tweet or news. Empty lets the model
	// guess from the text which kind of prose it is.
	Channel string
}

// Channel numbers of the model. A Chinese tweet is weibo: its training texts
// have another idea of neutral than the others.
const (
	channelBlog = iota
	channelReview
	channelTweet
	channelNews
	channelWeibo
	channelCount
)

// channelGuess asks the model to guess the channel.
const channelGuess = -1

// channelIndex maps the name of a channel to its number, or to channelGuess.
func channelIndex(name, lang string) int {
	switch name {
	case "blog", "comment", "forum":
		return channelBlog
	case "review":
		return channelReview
	case "tweet":
		if lang == "zh" {
			return channelWeibo
		}
		return channelTweet
	case "news":
		return channelNews
	case "weibo":
		return channelWeibo
	}
	return channelGuess
}

// Sizes of the window, in bytes of the text: a post may be megabytes long, and
// what is said about a brand stands round its name.
const (
	windowSide = 1400 // on each side of a target
	windowHead = 1800 // without a target: the beginning,
	windowTail = 900  // and the end
)

// featureScratch holds everything that reading one passage needs, so that the
// pool can lend it to the next one: no allocation per word.
type featureScratch struct {
	norm    []byte         // normalised forms, one after the other
	tokens  []featureToken // in text order
	target  int            // index of the target's token, -1 without one
	out     []Feature      // of the linear model
	net     netScratch
	spans   [][2]int // masked spans inside the window, sorted
	dense   [lexiconFeatures]float32
	langIdx int
}

func newScratchPool() *sync.Pool {
	return &sync.Pool{New: func() any { return &featureScratch{} }}
}

// read tokenises the passage's window into the scratch and marks clauses,
// negation and the lexicon's valences.
func (s *featureScratch) read(p Passage, lists wordLists) {
	s.norm, s.tokens, s.target = s.norm[:0], s.tokens[:0], -1
	s.langIdx = langIndex(p.Lang)
	start, end := cleanSpan(p.Text, p.Start, p.End)
	if start == end {
		s.readWhole(p)
	} else {
		lo, hi := windowRound(p.Text, start, end)
		s.collectSpans(p, start, end, lo, hi)
		s.tokenise(p.Text, lo, hi, start)
	}
	if s.langIdx == langUnknown {
		s.langIdx = s.guessLang()
	}
	s.markClauses()
	s.markNegation()
	lists.valences.mark(s)
	lists.concepts.mark(s)
}

// readWhole reads the beginning and the end of a text without a target.
func (s *featureScratch) readWhole(p Passage) {
	n := len(p.Text)
	if n <= windowHead+windowTail {
		s.collectSpans(p, 0, 0, 0, n)
		s.tokenise(p.Text, 0, n, -1)
		return
	}
	head := runeStart(p.Text, windowHead)
	s.collectSpans(p, 0, 0, 0, head)
	s.tokenise(p.Text, 0, head, -1)
	tail := runeStart(p.Text, n-windowTail)
	s.collectSpans(p, 0, 0, tail, n)
	s.tokenise(p.Text, tail, n, -1)
}

// cleanSpan brings a span that callers or data got wrong back into the text;
// an empty result means that there is no target.
func cleanSpan(text string, start, end int) (int, int) {
	if start < 0 || end <= start || start >= len(text) {
		return 0, 0
	}
	if end > len(text) {
		end = len(text)
	}
	return start, end
}

// windowRound returns the bounds of the text that is read round a target.
func windowRound(text string, start, end int) (int, int) {
	lo, hi := start-windowSide, end+windowSide
	if lo < 0 {
		hi -= lo // the room that the left does not need goes to the right
		lo = 0
	}
	if hi > len(text) {
		lo -= hi - len(text)
		hi = len(text)
	}
	if lo < 0 {
		lo = 0
	}
	return runeStart(text, lo), runeStart(text, hi)
}

// runeStart moves i back to the start of the rune it stands in (3 bytes at
// most, so that invalid text cannot make it run).
func runeStart(text string, i int) int {
	if i <= 0 || i >= len(text) {
		return max(0, min(i, len(text)))
	}
	for k := 0; k < 3 && i > 0 && !utf8.RuneStart(text[i]); k++ {
		i--
	}
	return i
}

// collectSpans gathers, sorted by start, the spans inside [lo, hi) that become
// one token each: the target, its repetitions, and other brands.
func (s *featureScratch) collectSpans(p Passage, start, end, lo, hi int) {
	s.spans = s.spans[:0]
	for _, o := range p.Others {
		a, b := cleanSpan(p.Text, o[0], o[1])
		if b > a && a >= lo && b <= hi && (b <= start || a >= end) && len(s.spans) < 64 {
			s.insertSpan(a, b)
		}
	}
	if end > start {
		s.insertSpan(start, end)
		s.repeats(p.Text, start, end, lo, hi)
	}
}

// repeats masks the other places where the target's exact text stands, for
// names of three bytes and more.
func (s *featureScratch) repeats(text string, start, end, lo, hi int) {
	name := text[start:end]
	if len(name) < 3 || len(name) > 60 {
		return
	}
	for at := lo; len(s.spans) < 96; {
		i := strings.Index(text[at:hi], name)
		if i < 0 {
			return
		}
		a := at + i
		at = a + len(name)
		if a != start && wordEdge(text, a, at) {
			s.insertSpan(a, at)
		}
	}
}

// wordEdge tells whether [a, b) is not a piece of a longer ASCII word.
func wordEdge(text string, a, b int) bool {
	return (a == 0 || !asciiLetter(text[a-1])) && (b >= len(text) || !asciiLetter(text[b]))
}

func asciiLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// insertSpan keeps the spans sorted and free of overlap.
func (s *featureScratch) insertSpan(a, b int) {
	i := len(s.spans)
	for i > 0 && s.spans[i-1][0] >= b {
		i--
	}
	if i > 0 && s.spans[i-1][1] > a {
		return
	}
	s.spans = append(s.spans, [2]int{})
	copy(s.spans[i+1:], s.spans[i:])
	s.spans[i] = [2]int{a, b}
}
