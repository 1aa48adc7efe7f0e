package ledger

import (
	"slices"
	"strings"
	"unicode"

	"earshot"
)

// bareWords is how many rare words of its own a text may have about the brand
// and still bring no new matter.
const bareWords = 1

// bare says whether the text says nothing about the brand but how it stands with
// an answer: "Any word from AAA? Nope." The sentences that name the brand, each
// with the one that follows, hold no matter of their own.
func bare(a Arrival) bool {
	if a.Says == "" {
		return false
	}
	lines := sentences(a.Entry.Title + "\n" + a.Entry.Text)
	var own []string
	named := false
	for i, s := range lines {
		if !names(a.Mention, s) && (i == 0 || !names(a.Mention, lines[i-1])) {
			continue
		}
		named = named || names(a.Mention, s)
		for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if slices.Contains(a.Words, w) && !ofBrand(a.Mention, w) && !slices.Contains(own, w) {
				own = append(own, w)
			}
		}
	}
	return named && len(own) <= bareWords
}

// awaits returns the author's one earlier case that still has no answer, if
// there is exactly one: whoever asks "any word?" then means that.
func awaits(a Arrival, candidates []Candidate) (Candidate, bool) {
	var open []Candidate
	for _, c := range candidates {
		waits := c.Case.Work != earshot.WorkDismissed && c.Case.Merged == "" && !c.Case.Answer.Given() && c.Case.Label.Intent != earshot.Compliment
		if sameAuthor(a, c) && within(a, c) && waits {
			open = append(open, c)
		}
	}
	if len(open) != 1 {
		return Candidate{}, false
	}
	return open[0], true
}

// byAsking: a text that takes up an earlier story, says how it stands with an
// answer and nothing else about the brand, belongs to the one case of its author
// that waits for one.
func byAsking(a Arrival, candidates []Candidate) (Verdict, bool) {
	if a.Entry.Kind != earshot.Post || !bare(a) {
		return Verdict{}, false
	}
	word := Continuation(a.Entry.Title + "\n" + a.Entry.Text)
	if word == "" {
		return Verdict{}, false
	}
	c, one := awaits(a, candidates)
	if !one {
		return Verdict{}, false
	}
	return Verdict{Decision: Join, Case: c.Case.ID, Kind: earshot.EventJoined,
		Why: "the author goes on (\"" + word + "\"), tells only of an answer (" + a.Says + "), and waits for one in this case alone"}, true
}
