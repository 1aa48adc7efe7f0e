package earshot

import (
	"cmp"
	"slices"
	"time"
)

// Folded is what all evidence of a case together says.
type Folded struct {
	Answer    Answer
	By        int64     // the response that decided, 0 if none
	Since     time.Time // when that was said
	Reopened  bool      // the last step was a denial after an answer
	Asked     time.Time // the last denial: "none as of"
	Promise   Evidence  // the promise that stands, if Answer is promised
	Disagrees bool      // an author's denial follows a person's mark
	First     time.Time // the first time an answer was given; zero if never
}

// Fold walks the evidence in the order it was said, whatever the order it was
// found in: (said_at, first_seen, id). Walking so the answer only rises; a
// denial by the author or a third party sets it to none; a mark sets it as
// marked. Rejected evidence is skipped. The result is the same for every
// permutation of the input.
func Fold(evidence []Evidence) Folded {
	walk := slices.Clone(evidence)
	slices.SortFunc(walk, compareEvidence)
	f := Folded{Answer: AnswerNone}
	marked := false
	for _, e := range walk {
		if e.Rejected {
			continue
		}
		f.step(e, marked)
		marked = marked || e.Kind == EvidenceMarked
	}
	return f
}

// compareEvidence is the total order of the walk. Evidence of day precision is
// compared by its instant too: crawler and reader place a bare day at its start,
// so that anything said at a known time on that day comes after it. A mark made
// at the same instant goes last, since a mark beats all evidence said at or
// before it.
func compareEvidence(a, b Evidence) int {
	return cmp.Or(
		a.SaidAt.Compare(b.SaidAt),
		cmp.Compare(boolInt(a.Kind == EvidenceMarked), boolInt(b.Kind == EvidenceMarked)),
		a.FirstSeen.Compare(b.FirstSeen),
		cmp.Compare(a.Response, b.Response),
		cmp.Compare(a.Kind, b.Kind),
		cmp.Compare(a.Answer, b.Answer),
	)
}

func (f *Folded) step(e Evidence, marked bool) {
	switch {
	case e.denies():
		f.Reopened = f.Answer.Given()
		f.Disagrees = f.Disagrees || (marked && f.Reopened && e.Kind == EvidenceAuthorSilence)
		f.Asked = e.SaidAt
		f.set(AnswerNone, e)
	case e.Kind == EvidenceMarked:
		f.Reopened, f.Disagrees = false, false
		f.set(e.Answer, e)
	case e.Answer.Rank() > f.Answer.Rank():
		f.Reopened = false
		f.set(e.Answer, e)
	case e.Answer == AnswerPromised && f.Answer == AnswerPromised:
		f.Promise = e // a newer promise moves the date
	}
}

func (f *Folded) set(a Answer, e Evidence) {
	f.Answer, f.By, f.Since = a, e.Response, e.SaidAt
	f.Promise = Evidence{}
	if a == AnswerPromised {
		f.Promise = e
	}
	if a.Given() && f.First.IsZero() {
		f.First = e.SaidAt
	}
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
