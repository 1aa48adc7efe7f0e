package earshot

import (
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func day(n int) time.Time { return time.Date(2026, 3, n, 10, 0, 0, 0, time.UTC) }

func said(n int, kind EvidenceKind, a Answer) Evidence {
	return Evidence{Response: int64(n), Kind: kind, Answer: a, SaidAt: day(n), FirstSeen: day(n)}
}

func TestFoldReadsAHistory(t *testing.T) {
	tests := []struct {
		name     string
		evidence []Evidence
		want     Answer
		reopened bool
	}{
		{"nothing was said", nil, AnswerNone, false},
		{"the company saw it", []Evidence{said(1, EvidenceSeen, AnswerSeen)}, AnswerSeen, false},
		{"an answer is not taken back by a look", []Evidence{said(1, EvidenceOfficial, AnswerResponded), said(2, EvidenceSeen, AnswerSeen)}, AnswerResponded, false},
		{"answered and then repaired", []Evidence{said(1, EvidenceOfficial, AnswerResponded), said(2, EvidenceAuthorUpdate, AnswerResolved)}, AnswerResolved, false},
		{"any word? nope", []Evidence{said(1, EvidenceAuthorSilence, AnswerNone)}, AnswerNone, false},
		{"answered, but the author says it came to nothing", []Evidence{said(1, EvidenceOfficial, AnswerResponded), said(2, EvidenceAuthorSilence, AnswerNone)}, AnswerNone, true},
		{"a mark beats what was said before it", []Evidence{said(1, EvidenceAuthorSilence, AnswerNone), said(2, EvidenceMarked, AnswerResponded)}, AnswerResponded, false},
		{"a mark may set it lower", []Evidence{said(1, EvidenceClaimed, AnswerUnconfirmed), said(2, EvidenceMarked, AnswerNone)}, AnswerNone, false},
		{"silence, then at last an answer", []Evidence{said(1, EvidenceAuthorSilence, AnswerNone), said(5, EvidenceOfficial, AnswerResponded)}, AnswerResponded, false},
		{"found late, said early: the later word counts", []Evidence{said(5, EvidenceOfficial, AnswerResponded), said(1, EvidenceAuthorSilence, AnswerNone)}, AnswerResponded, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Fold(tt.evidence)
			if got.Answer != tt.want || got.Reopened != tt.reopened {
				t.Errorf("got %s (reopened %v), want %s (reopened %v)", got.Answer, got.Reopened, tt.want, tt.reopened)
			}
		})
	}
}

func TestFoldSaysWhenTheAuthorDisagreesWithAMark(t *testing.T) {
	f := Fold([]Evidence{said(1, EvidenceMarked, AnswerResponded), said(4, EvidenceAuthorSilence, AnswerNone)})
	if !f.Disagrees || f.Answer != AnswerNone {
		t.Errorf("got %+v", f)
	}
}

// anyEvidence draws evidence with clashing times, so that ties are tried too.
func anyEvidence(t *rapid.T) []Evidence {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Evidence {
		kind := rapid.SampledFrom(EvidenceKinds).Draw(t, "kind")
		return Evidence{Response: rapid.Int64Range(1, 1000).Draw(t, "id"), Kind: kind,
			Answer: rapid.SampledFrom(Answers).Draw(t, "answer"), SaidAt: day(rapid.IntRange(1, 4).Draw(t, "said")),
			FirstSeen: day(rapid.IntRange(1, 4).Draw(t, "seen")), Rejected: rapid.Bool().Draw(t, "rejected")}
	}), 0, 8).Draw(t, "evidence")
}

func TestFoldIsTheSameForEveryOrderOfDiscovery(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		evidence := anyEvidence(t)
		// Ids are unique in a store; equal ids would make the order arbitrary.
		for i := range evidence {
			evidence[i].Response = int64(i + 1)
		}
		want := Fold(evidence)
		rng := rand.New(rand.NewPCG(1, uint64(len(evidence))))
		for range 5 {
			rng.Shuffle(len(evidence), func(i, j int) { evidence[i], evidence[j] = evidence[j], evidence[i] })
			if d := cmp.Diff(want, Fold(evidence)); d != "" {
				t.Fatalf("another order, another answer: %s", d)
			}
		}
	})
}
