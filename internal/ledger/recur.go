package ledger

import (
	"cmp"
	"slices"
	"strings"

	"earshot"
)

// Fixed is an earlier case of the brand that a person closed as fixed, with the
// rare words of the text it was opened for (only Resembles needs them).
type Fixed struct {
	earshot.Closing
	Words []string
}

// Recurs says whether a case that a person closed with a cause shows that the
// cause came back: the post was published after others with that cause were
// closed as fixed. What was published before a fix and is closed after it is the
// same trouble, not a new one.
func Recurs(c earshot.Case, fixed []Fixed) (earshot.Recurrence, bool) {
	key := earshot.CauseKey(c.CauseName)
	if c.Work != earshot.WorkClosed || key == "" {
		return earshot.Recurrence{}, false
	}
	before := slices.DeleteFunc(earlier(c, fixed), func(f Fixed) bool { return f.Key() != key })
	return recurrence(c.CauseName, before, false), len(before) > 0
}

// Newcomer is a case just opened, with the rare words of its text.
type Newcomer struct {
	Case  earshot.Case
	Words []string
}

// What a text must share with the texts behind a fixed cause before Earshot
// speaks of it unasked: rare words that at least two of those texts have and the
// texts of other causes have not; one fewer where the facet is the same. Fewer
// than two fixed cases prove no pattern.
const (
	patternCases = 2
	patternWords = 4
)

// Resembles proposes that a new complaint is an old cause come back, by the
// words of its text and by its facet. It is meant to stay silent in doubt: a
// person names causes, Earshot only reminds of them.
func Resembles(n Newcomer, fixed []Fixed) (earshot.Recurrence, bool) {
	if n.Case.Label.Intent != earshot.Complaint || n.Case.Label.Unsure {
		return earshot.Recurrence{}, false
	}
	groups := byCause(earlier(n.Case, fixed))
	best, most := []Fixed(nil), 0
	for _, g := range groups {
		if len(g) < patternCases {
			continue
		}
		shared := len(oncePerPhrase(common(n.Words, pattern(g, groups, n.Case.Brand))))
		if sameFacet(n.Case, g) {
			shared++
		}
		if shared >= patternWords && shared > most {
			best, most = g, shared
		}
	}
	if best == nil {
		return earshot.Recurrence{}, false
	}
	return recurrence(best[len(best)-1].Cause, best, true), true
}

// earlier are the cases fixed before the post of c was published, oldest first.
func earlier(c earshot.Case, fixed []Fixed) []Fixed {
	var out []Fixed
	for _, f := range fixed {
		if f.Closing.Fixed() && f.Case != c.ID && f.Brand == c.Brand && f.At.Before(c.Published) {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b Fixed) int { return cmp.Or(a.At.Compare(b.At), strings.Compare(a.Case, b.Case)) })
	return out
}

func recurrence(cause string, before []Fixed, proposed bool) earshot.Recurrence {
	r := earshot.Recurrence{Cause: cause, Proposed: proposed}
	for _, f := range before {
		if !slices.Contains(r.Cases, f.Case) {
			r.Cases = append(r.Cases, f.Case)
		}
	}
	return r
}

// byCause groups what has a cause, in the order in which causes were first fixed.
func byCause(fixed []Fixed) [][]Fixed {
	var groups [][]Fixed
	at := map[string]int{}
	for _, f := range fixed {
		key := f.Key()
		if key == "" {
			continue
		}
		i, known := at[key]
		if !known {
			i, at[key] = len(groups), len(groups)
			groups = append(groups, nil)
		}
		groups[i] = append(groups[i], f)
	}
	return groups
}

// pattern are the words that mark a cause: at least two of its texts, and half
// of them, have the word; no text of another cause has it, and it is no part of
// the brand's name.
func pattern(group []Fixed, all [][]Fixed, brand string) []string {
	count := map[string]int{}
	var order []string
	for _, f := range group {
		for _, w := range slices.Compact(slices.Sorted(slices.Values(f.Words))) {
			if count[w] == 0 {
				order = append(order, w)
			}
			count[w]++
		}
	}
	for _, other := range all {
		if other[0].Key() == group[0].Key() {
			continue
		}
		for _, f := range other {
			for _, w := range f.Words {
				delete(count, w)
			}
		}
	}
	brand = strings.ToLower(brand)
	return slices.DeleteFunc(order, func(w string) bool {
		return count[w] < patternCases || count[w]*2 < len(group) || strings.Contains(brand, w)
	})
}

// oncePerPhrase counts the overlapping pairs of one Chinese phrase once.
func oncePerPhrase(words []string) []string {
	return slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		return slices.ContainsFunc(words, func(before string) bool { return before != w && runsInto(before, w) })
	})
}

// sameFacet says whether what the complaint is about is what people said that
// most of the group's cases were about.
func sameFacet(c earshot.Case, group []Fixed) bool {
	n := 0
	for _, f := range group {
		if f.Facet != "" && f.Facet == c.Label.Facet {
			n++
		}
	}
	return n*2 > len(group)
}
