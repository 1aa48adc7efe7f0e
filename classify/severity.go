package classify

import (
	"strings"
	"unicode/utf8"
)

// severity weighs what the complaint cost the writer: 1 a remark, 2 an
// annoyance, 3 real effort or harm, 4 both or worse. It also returns what it
// stands on, as written.
func (d *passageReader) severity(sum *cueSum) (int, []string) {
	points := 0.0
	var list []string
	for _, e := range readEffort(d.fold, d.scope.text) {
		i := d.sentenceOf(e.start)
		if i < 0 || d.near[i] < .5 {
			continue
		}
		if p := e.points(); p > 0 {
			points += p
			if len(list) < 6 {
				list = append(list, strings.TrimSpace(d.scope.text[e.start:e.end]))
			}
		}
	}
	points = min(points, 3)
	if sum[cueWaiting] > 0 {
		points += .5
	}
	if sum[cueHarm] > 0 {
		points += 1.5
	}
	if sum[cueVulnerable] > 0 {
		points++
	}
	if sum[cueThreat] > 0 {
		points += .75
	}
	if d.verdict.Leaving {
		points++
	}
	switch {
	case points >= 3.5:
		return 4, list
	case points >= 1.75:
		return 3, list
	case points >= .5:
		return 2, list
	}
	return 1, list
}

// effortKind is what a number counts.
type effortKind uint8

const (
	effortNone     effortKind = iota
	effortContacts            // calls, mails, visits
	effortHours               // waiting, in hours
	effortGoods               // the same thing, several times
	effortMoney
)

// effort is one number with what it counts: original bytes of the passage.
type effort struct {
	kind       effortKind
	amount     float64
	start, end int
}

// points is what an effort adds to severity.
func (e effort) points() float64 {
	switch e.kind {
	case effortContacts:
		switch {
		case e.amount >= 4:
			return 2
		case e.amount >= 2:
			return 1
		}
	case effortHours:
		switch {
		case e.amount >= 24*14:
			return 2
		case e.amount >= 24*3, e.amount >= 3 && e.amount < 24:
			return 1
		case e.amount >= .3:
			return .5
		}
	case effortGoods:
		switch {
		case e.amount >= 4:
			return 2
		case e.amount >= 2:
			return 1
		}
	case effortMoney:
		if e.amount >= 1000 {
			return 1.5
		}
		return .75
	}
	return 0
}

// readEffort finds numbers that count calls, hours, goods or money, in digits
// and in words of four languages; at most 24.
func readEffort(f *foldedText, text string) []effort {
	var out []effort
	words := effortWords(f.bytes)
	for i := 0; i < len(words) && len(out) < 24; i++ {
		w := words[i]
		if w.han {
			if e, ok := hanEffort(f.bytes, w); ok {
				out = append(out, e.original(f, text))
			}
			continue
		}
		n, ok := numberWord(w.text)
		if !ok {
			continue
		}
		if e, ok := money(f.bytes, words, i, n); ok {
			out = append(out, e.original(f, text))
			continue
		}
		if e, ok := countedNoun(words, i, n); ok {
			out = append(out, e.original(f, text))
		}
	}
	return out
}

// original turns folded bytes into bytes of the text.
func (e effort) original(f *foldedText, text string) effort {
	e.start, e.end = f.span(text, e.start, e.end)
	return e
}

// effortWord is a word of folded text, or a run of Chinese numerals.
type effortWord struct {
	text       string
	start, end int
	han        bool
}

// effortWords cuts folded text into words; Chinese gives its numerals only.
func effortWords(text []byte) []effortWord {
	var out []effortWord
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		switch {
		case hanDigit(r) >= 0 || r == '第':
			j := i + n
			for j < len(text) {
				r, n := utf8.DecodeRune(text[j:])
				if hanDigit(r) < 0 && (r < '0' || r > '9') && r != '.' {
					break
				}
				j += n
			}
			out = append(out, effortWord{string(text[i:j]), i, j, true})
			i = j
		case spacedLetter(r):
			j := i + n
			for j < len(text) {
				r, n := utf8.DecodeRune(text[j:])
				if !spacedLetter(r) && !((r == '.' || r == ',') && j+1 < len(text) && text[j+1] >= '0' && text[j+1] <= '9' && text[j-1] >= '0' && text[j-1] <= '9') {
					break
				}
				j += n
			}
			next, _ := utf8.DecodeRune(text[j:])
			digits := text[i] >= '0' && text[i] <= '9'
			out = append(out, effortWord{string(text[i:j]), i, j, digits && isCJK(next)})
			i = j
		default:
			i += n
		}
	}
	return out
}
