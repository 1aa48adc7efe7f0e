package ledger

import "earshot"

// notResponded is what a text says that tells of no answer (Arrival.Says).
const notResponded = "not_responded"

// Missed returns the author's one earlier post that waits for an answer, as this
// arrival tells, and that no case was opened for: whoever writes "still no word
// about it" had asked for one. Posts are the author's posts that name the brand
// and have no case, as candidates without a case's id. If two are meant, none is.
func Missed(a Arrival, posts []Candidate) (Candidate, bool) {
	if a.Says != notResponded || a.Entry.Kind != earshot.Post {
		return Candidate{}, false
	}
	var found []Candidate
	for _, p := range posts {
		if !sameAuthor(a, p) || !within(a, p) || p.Case.Label.Intent != earshot.NoIntent {
			continue
		}
		if v, _ := follows(a, p); v.Decision == Join {
			found = append(found, p)
		}
	}
	if len(found) != 1 {
		return Candidate{}, false
	}
	return found[0], true
}
