package store

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"earshot"

	"golang.org/x/text/unicode/norm"
)

// The index of mentions has one line per mention that counts: the words of its
// entry and its labels (brand, intent ...) as words of their own. A line's
// number is its place in time, so that the newest come first without sorting
// and a stretch of time is a stretch of lines. What a search finds is checked
// against the mention's own columns: a label only makes it quick.

// placeBits is how much of a line's number tells mentions of one second apart.
const placeBits = 30

// maxWords is how many words of one text can be found.
const maxWords = 4000

// linePlace is a mention's line in the index: newest published first, then by id.
func linePlace(published time.Time, mention int64) int64 {
	return published.Unix()<<placeBits | mention&(1<<placeBits-1)
}

// term is what a line must hold: words that stand beside one another.
type term struct {
	words []string
	begin bool // the last word need only begin like this
}

// wordsOf cuts a text into the words of the index: lower case, without accents;
// Chinese and Japanese, which have no spaces, into pairs of neighbours.
func wordsOf(text string) []string {
	var out []string
	var word []rune
	var han []rune
	end := func() {
		if len(word) > 0 {
			out = append(out, string(word))
			word = word[:0]
		}
		for i := range len(han) - 1 {
			out = append(out, string(han[i:i+2]))
		}
		if len(han) == 1 {
			out = append(out, string(han))
		}
		han = han[:0]
	}
	for _, r := range norm.NFKD.String(text) {
		switch {
		case unicode.Is(unicode.Mn, r): // an accent, already taken from its letter
		case paired(r):
			if len(word) > 0 {
				end()
			}
			han = append(han, r)
		case unicode.IsLetter(r) || unicode.IsNumber(r):
			if len(han) > 0 {
				end()
			}
			if len(word) < 64 {
				word = append(word, unicode.ToLower(r))
			}
		default:
			end()
		}
	}
	end()
	return out
}

// paired says whether a script is written without spaces between words.
func paired(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana)
}

// LineWords are the words of a mention's line in the index: its text's, then every single
// sign of a paired script once, then its labels.
func LineWords(m earshot.Mention, e earshot.Entry) []string {
	words := wordsOf(e.Title + "\n" + e.Text)
	words = words[:min(len(words), maxWords)]
	seen := map[rune]bool{}
	for _, w := range words[:len(words):len(words)] {
		for _, r := range w {
			if paired(r) && !seen[r] {
				seen[r] = true
				words = append(words, string(r))
			}
		}
	}
	v := m.Verdict
	labels := []string{label("b", m.Brand), label("i", string(v.Intent)), label("s", string(v.Sentiment)), label("l", v.Lang), label("f", e.Source), label("a", e.Author.Key)}
	for n := 1; n <= v.Severity; n++ {
		labels = append(labels, label("v", strconv.Itoa(n)))
	}
	return append(words, labels...)
}

// label is a label as a word that no text holds.
func label(kind, value string) string {
	sum := sha256.Sum256([]byte(value))
	return "qq" + kind + hex.EncodeToString(sum[:6])
}

// terms reads what a person typed: words that must all be there, "words in a
// row" between quotation marks, and beginnings, written with a star.
func terms(typed string) []term {
	var out []term
	inside := false
	for typed != "" {
		i := strings.IndexAny(typed, "\"“”«»")
		part, rest := typed, ""
		if i >= 0 {
			_, size := utf8.DecodeRuneInString(typed[i:])
			part, rest = typed[:i], typed[i+size:]
		}
		if inside && i >= 0 {
			out = appendTerm(out, part)
		} else {
			for field := range strings.FieldsSeq(part) {
				out = appendTerm(out, field)
			}
		}
		inside, typed = !inside, rest
	}
	return out[:min(len(out), 20)]
}

func appendTerm(out []term, text string) []term {
	words := wordsOf(text)
	if len(words) == 0 {
		return out
	}
	return append(out, term{words: words, begin: strings.HasSuffix(text, "*")})
}

// labelTerms are the filter's labels as terms of the index.
func (q MentionFilter) labelTerms() []term {
	var out []term
	for _, l := range []struct{ kind, value string }{{"b", q.Brand}, {"i", string(q.Intent)}, {"s", string(q.Sentiment)}, {"l", q.Lang}, {"f", q.Source}, {"a", q.Author}} {
		if l.value != "" {
			out = append(out, term{words: []string{label(l.kind, l.value)}})
		}
	}
	if q.Severity > 0 {
		out = append(out, term{words: []string{label("v", strconv.Itoa(q.Severity))}})
	}
	return out
}

// putLine writes or takes away a mention's line, in the transaction that stores
// the mention.
func (tx *Tx) putLine(m earshot.Mention, e earshot.Entry, published time.Time) error {
	place := linePlace(published, m.ID)
	if m.Reason != "" {
		_, err := tx.exec(tx.d.dropLine, place)
		return err
	}
	_, err := tx.exec(tx.d.putLine, place, tx.d.line(LineWords(m, e)))
	return err
}
