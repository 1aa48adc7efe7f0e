package config

import (
	"fmt"
	"strings"
)

// nearest is the known word that was probably meant, or "". Longer words may
// have more letters wrong; a beginning of at least three letters counts too.
func nearest(word string, known []string) string {
	word = strings.ToLower(word)
	best, distance := "", 1+max(1, min(3, len([]rune(word))/3))
	for _, k := range known {
		low := strings.ToLower(k)
		n := edits(word, low)
		if len(word) >= 3 && strings.HasPrefix(low, word) {
			n = 1
		}
		if n < distance && n < len([]rune(low)) {
			best, distance = k, n
		}
	}
	return best
}

// suggest says what was probably meant by word, or what there is.
func suggest(word string, known []string) string {
	best := nearest(word, known)
	switch {
	case best != "":
		return fmt.Sprintf("did you mean %q?", best)
	case len(known) == 0:
		return ""
	case len(known) > 24:
		return fmt.Sprintf("want one of %s ...", strings.Join(known[:24], ", "))
	}
	return "want one of " + strings.Join(known, ", ")
}

// edits is the optimal string alignment distance: insertions, deletions,
// replacements and swaps of neighbours.
func edits(a, b string) int {
	s, t := []rune(a), []rune(b)
	rows := [3][]int{make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := 1; i <= len(s); i++ {
		older, prev, cur := rows[0], rows[1], rows[2]
		cur[0] = i
		for j := 1; j <= len(t); j++ {
			cost := 1
			if s[i-1] == t[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				cur[j] = min(cur[j], older[j-2]+1)
			}
		}
		rows = [3][]int{prev, cur, older}
	}
	return rows[1][len(t)]
}
