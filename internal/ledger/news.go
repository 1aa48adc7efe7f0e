package ledger

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// shortest is how many characters make a sentence that is recognised inside
// another: less would be found everywhere.
const shortest = 8

// Says says whether a text says anything that none of the earlier texts said. A
// sentence counts as said before if it stands in one of them, or holds a whole
// sentence of them, as when title and byline ran into it.
func Says(text string, earlier []string) bool {
	var known []string
	for _, e := range earlier {
		for _, s := range sentences(e) {
			if s = squeeze(s); utf8.RuneCountInString(s) >= shortest {
				known = append(known, s)
			}
		}
	}
	all := squeeze(strings.Join(earlier, "\n"))
	return slices.ContainsFunc(sentences(text), func(s string) bool {
		s = squeeze(s)
		return s != "" && !strings.Contains(all, s) && !slices.ContainsFunc(known, func(k string) bool { return strings.Contains(s, k) })
	})
}

// squeeze makes texts comparable whose white space differs.
func squeeze(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
