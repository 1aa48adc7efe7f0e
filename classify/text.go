package classify

import (
	"strings"
	"unicode/utf8"
)

// textPart is a stretch of a text: bytes, end exclusive.
type textPart struct{ start, end int }

// paragraphs cuts text[lo:hi] at line feeds; empty lines give nothing.
func paragraphs(text string, lo, hi int) []textPart {
	var out []textPart
	for lo < hi {
		end := hi
		if i := strings.IndexByte(text[lo:hi], '\n'); i >= 0 {
			end = lo + i
		}
		if strings.TrimSpace(text[lo:end]) != "" {
			out = append(out, textPart{lo, end})
		}
		lo = end + 1
	}
	return out
}

// clampSpan brings offsets that a caller got wrong to the bounds of runes; an
// empty result means there is no span.
func clampSpan(text string, start, end int) (int, int) {
	start, end = cleanSpan(text, start, end)
	if start == end {
		return 0, 0
	}
	for start > 0 && !utf8.RuneStart(text[start]) {
		start--
	}
	for end < len(text) && !utf8.RuneStart(text[end]) {
		end++
	}
	return start, end
}

// cutRunes shortens s to n bytes at most, at a rune's start.
func cutRunes(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return s[:runeStart(s, n)]
}
