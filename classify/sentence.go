package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// sentence is one sentence of a text: bytes, end exclusive, without the white
// space round it.
type sentence struct {
	start, end int
	last       bool // a paragraph ends with it
}

// text returns the sentence's words.
func (s sentence) text(all string) string { return all[s.start:s.end] }

// abbreviations are words whose full stop ends no sentence.
const abbreviations = " mr mrs ms dr prof sr sra srta dott dottssa sig sigra st jr inc ltd co corp vs etc e.g i.e eg ie no nr fig vol pag pp art av avda ud uds ee.uu approx dept est gen rep sen gov capt sgt lt col mt ft s.p.a spa s.r.l srl ecc es cfr a.m p.m u.s u.k jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri "

// splitSentences appends the sentences of text[lo:hi]. It reads our own rules
// rather than UAX 29, which ends a sentence after "Mr." and knows no ellipsis
// in mid-sentence. Every byte that is not white space is in one sentence.
func splitSentences(text string, lo, hi int, out []sentence) []sentence {
	start := lo
	for i := lo; i < hi; {
		r, n := utf8.DecodeRuneInString(text[i:hi])
		i += n
		switch {
		case r == '\n':
			out = appendSentence(text, start, i, out)
			start = i
			if len(out) > 0 {
				out[len(out)-1].last = true
			}
		case r == '。' || r == '！' || r == '？':
			i = closers(text, i, hi)
			out = appendSentence(text, start, i, out)
			start = i
		case r == '.' || r == '!' || r == '?' || r == '…':
			end := closers(text, i, hi)
			if sentenceEnds(text, start, i, end, hi, r) {
				out = appendSentence(text, start, end, out)
				start = end
			}
			i = end
		}
	}
	return appendSentence(text, start, hi, out)
}

// closers skips further stops and closing quotes after a stop.
func closers(text string, i, hi int) int {
	for i < hi {
		r, n := utf8.DecodeRuneInString(text[i:hi])
		if !strings.ContainsRune(".!?…。！？\"'”’»」』)）", r) {
			return i
		}
		if (r == '"' || r == '\'') && i+n < hi && !unicode.IsSpace(rune(text[i+n])) && text[i+n] != '.' && text[i+n] != ')' {
			return i // it opens
		}
		i += n
	}
	return i
}

// sentenceEnds decides whether a stop at the end of text[start:stop] ends a
// sentence; end is after its closers.
func sentenceEnds(text string, start, stop, end, hi int, r rune) bool {
	if end >= hi {
		return true
	}
	next, n := utf8.DecodeRuneInString(text[end:hi])
	if !unicode.IsSpace(next) {
		return isCJK(next) && r != '.'
	}
	after := strings.TrimLeft(text[end+n:min(hi, end+n+12)], " \t\"'“‘«¿¡([*-–—")
	follow, _ := utf8.DecodeRuneInString(after)
	if r == '.' && end == stop {
		return !abbreviated(text[start:stop-1]) && !unicode.IsLower(follow)
	}
	return !unicode.IsLower(follow) || r == '!' && end == stop || r == '?' && end == stop
}

// abbreviated says whether the text before a full stop ends with a known
// abbreviation or an initial.
func abbreviated(before string) bool {
	i := strings.LastIndexAny(before, " \t\n(\"“«")
	word := strings.ToLower(before[i+1:])
	if utf8.RuneCountInString(word) == 1 {
		r, _ := utf8.DecodeRuneInString(before[i+1:])
		return unicode.IsUpper(r) && word != "i"
	}
	return word != "" && len(word) < 8 && strings.Contains(abbreviations, " "+word+" ")
}

func appendSentence(text string, start, end int, out []sentence) []sentence {
	for start < end {
		r, n := utf8.DecodeRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		start += n
	}
	for start < end {
		r, n := utf8.DecodeLastRuneInString(text[start:end])
		if !unicode.IsSpace(r) {
			break
		}
		end -= n
	}
	if start >= end {
		return out
	}
	return append(out, sentence{start: start, end: end})
}
