package crawler

import (
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// dateToken is a run of digits, a folded word, or one mark.
type dateToken struct {
	num    bool
	text   string
	n      int
	spaced bool // blank before it
}

func dateTokens(s string) []dateToken {
	var out []dateToken
	s = strings.ToLower(norm.NFKD.String(hangulDates.Replace(westernDigits(s))))
	spaced := false
	for i := 0; i < len(s) && len(out) < 60; {
		r := rune(s[i])
		size := 1
		if r >= 0x80 {
			for _, first := range s[i:] {
				r = first
				break
			}
			size = len(string(r))
		}
		switch {
		case unicode.Is(unicode.Mn, r): // accents
			i += size
			continue
		case unicode.IsSpace(r):
			spaced = true
			i += size
			continue
		case r >= '0' && r <= '9':
			j := i
			for j < len(s) && s[j] >= '0' && s[j] <= '9' {
				j++
			}
			t := dateToken{num: true, text: s[i:j], spaced: spaced}
			if n, err := strconv.Atoi(t.text); err == nil && j-i <= 8 {
				t.n = n
			}
			out = append(out, t)
			i = j
		case r < 0x80 && unicode.IsLetter(r), r > 0x80 && r < 0x2000 && unicode.IsLetter(r):
			word, n := wordAt(s[i:])
			out = append(out, dateToken{text: word, spaced: spaced})
			i += n
		default:
			out = append(out, dateToken{text: string(r), spaced: spaced})
			i += size
		}
		spaced = false
	}
	return out
}

// hangulDates writes the Korean signs for year, month and day as the Chinese ones.
var hangulDates = strings.NewReplacer("년", "年", "월", "月", "일", "日")

// wordAt reads letters, dropping the accents between them.
func wordAt(s string) (string, int) {
	var b strings.Builder
	for i, r := range s {
		if unicode.Is(unicode.Mn, r) {
			continue
		}
		if !unicode.IsLetter(r) || r >= 0x2000 {
			return b.String(), i
		}
		b.WriteRune(r)
	}
	return b.String(), len(s)
}
