package earshot

import "time"

// EvidenceKind says how a response was learnt of.
type EvidenceKind string

// The kinds of evidence; see the package comment for what each does to an answer.
const (
	EvidenceOfficial      EvidenceKind = "official"       // verified or matched official identity
	EvidenceClaimed       EvidenceKind = "claimed"        // somebody claims to speak for the brand
	EvidenceBacklink      EvidenceKind = "backlink"       // the brand's own feed links to the post
	EvidenceAuthorUpdate  EvidenceKind = "author_update"  // "UPDATE: they called and refunded me"
	EvidenceAuthorSilence EvidenceKind = "author_silence" // "Any word from AAA? Nope."
	EvidenceThirdParty    EvidenceKind = "third_party"    // "the only one who hasn't responded is Delta"
	EvidenceSeen          EvidenceKind = "seen"           // seen, not answered
	EvidencePromise       EvidenceKind = "promise"        // "we'll call you by Friday"
	EvidenceMarked        EvidenceKind = "marked"         // a person's mark
)

// EvidenceKinds lists every kind in the order of the documentation.
var EvidenceKinds = []EvidenceKind{EvidenceOfficial, EvidenceClaimed, EvidenceBacklink, EvidenceAuthorUpdate,
	EvidenceAuthorSilence, EvidenceThirdParty, EvidenceSeen, EvidencePromise, EvidenceMarked}

// Answer is how far the company's public answer to a case has come.
type Answer string

// The answers, from none upwards.
const (
	AnswerNone        Answer = "none"
	AnswerSeen        Answer = "seen"
	AnswerUnconfirmed Answer = "unconfirmed"
	AnswerPromised    Answer = "promised"
	AnswerResponded   Answer = "responded"
	AnswerResolved    Answer = "resolved"
)

// Answers lists every answer, lowest first.
var Answers = []Answer{AnswerNone, AnswerSeen, AnswerUnconfirmed, AnswerPromised, AnswerResponded, AnswerResolved}

// Rank orders answers: 0 for none up to 5 for resolved.
func (a Answer) Rank() int {
	for i, b := range Answers {
		if a == b {
			return i
		}
	}
	return 0
}

// Given says whether the company answered: responded or resolved.
func (a Answer) Given() bool { return a == AnswerResponded || a == AnswerResolved }

// Response is one piece of evidence about an answer. It is kept on the story,
// also when no case is open yet, and adopted when one opens.
type Response struct {
	ID        int64 // 0 until stored
	Story     int64
	Brand     string
	Kind      EvidenceKind
	Entry     int64 // where it was read; 0 for a mark
	Revision  int
	SaidAt    time.Time
	Precision Precision
	FirstSeen time.Time
	Actor     string // who answered, as a person would name them
	ActorURL  string
	// Answer is what the evidence says: the effect of its kind, except that
	// author_update may say responded or resolved, third_party none or
	// unconfirmed, marked anything.
	Answer     Answer
	Confidence float64
	Link       string
	Passage    string // the sentence, as it stands
	Due        time.Time
	DueText    string
	DuePrecise Precision
	Note       string // "name and link match, not proven"
	Rejected   bool   // a person said this is no such evidence
	Said       string // what the whole reply says, as a key: equal for equal replies; "" for other evidence
}

// Denies says whether the evidence is a denial: the author or somebody else
// says that no answer came.
func (r Response) Denies() bool {
	return r.Answer == AnswerNone && (r.Kind == EvidenceAuthorSilence || r.Kind == EvidenceThirdParty)
}

// Fact is the part of a response the fold needs; it holds ids, no texts.
func (r Response) Fact() Evidence {
	return Evidence{Response: r.ID, Entry: r.Entry, Kind: r.Kind, Answer: r.Answer, SaidAt: r.SaidAt, Precision: r.Precision,
		FirstSeen: r.FirstSeen, Confidence: r.Confidence, Due: r.Due, DuePrecise: r.DuePrecise, Rejected: r.Rejected}
}

// Evidence is what a case keeps of a response: enough for the fold, nothing a
// person wrote.
type Evidence struct {
	Response   int64        `json:"response"`
	Entry      int64        `json:"entry,omitempty"`
	Kind       EvidenceKind `json:"kind"`
	Answer     Answer       `json:"answer"`
	SaidAt     time.Time    `json:"said_at"`
	Precision  Precision    `json:"precision,omitempty"`
	FirstSeen  time.Time    `json:"first_seen"`
	Confidence float64      `json:"confidence"`
	Due        time.Time    `json:"due,omitzero"`
	DuePrecise Precision    `json:"due_precise,omitempty"`
	By         string       `json:"by,omitempty"` // the person of a mark
	Rejected   bool         `json:"rejected,omitempty"`
}

func (e Evidence) denies() bool {
	return e.Answer == AnswerNone && (e.Kind == EvidenceAuthorSilence || e.Kind == EvidenceThirdParty)
}
