package earshot

import (
	"fmt"
	"time"
)

// Verb is what a person does.
type Verb string

// The verbs. Mute, unmute, track, pause and resume may have no case.
const (
	VerbClaim    Verb = "claim"
	VerbAssign   Verb = "assign"
	VerbAnswered Verb = "answered"
	VerbOutcome  Verb = "outcome"
	VerbPromise  Verb = "promise" // also moves the date
	VerbKept     Verb = "kept"
	VerbBroken   Verb = "broken"
	VerbSnooze   Verb = "snooze"
	VerbDismiss  Verb = "dismiss"
	VerbCorrect  Verb = "correct"
	VerbConfirm  Verb = "confirm"
	VerbReject   Verb = "reject"
	VerbNote     Verb = "note"
	VerbMerge    Verb = "merge"
	VerbSplit    Verb = "split"
	VerbReopen   Verb = "reopen"
	VerbUndo     Verb = "undo"
	VerbMute     Verb = "mute"
	VerbUnmute   Verb = "unmute"
	VerbTrack    Verb = "track"
	VerbPause    Verb = "pause"  // stop reading a source for a while
	VerbResume   Verb = "resume" // read it again
)

// Verbs lists every verb.
var Verbs = []Verb{VerbClaim, VerbAssign, VerbAnswered, VerbOutcome, VerbPromise, VerbKept, VerbBroken, VerbSnooze, VerbDismiss,
	VerbCorrect, VerbConfirm, VerbReject, VerbNote, VerbMerge, VerbSplit, VerbReopen, VerbUndo, VerbMute, VerbUnmute, VerbTrack, VerbPause, VerbResume}

// Action is what a person did, whichever door it came through (Slack,
// dashboard, API, CLI). ID is the door's own nonce: the same ID twice is the
// same action. Rev is the case revision the person saw.
type Action struct {
	ID    string    `json:"id"`
	Case  string    `json:"case,omitempty"`
	Rev   int       `json:"rev,omitempty"`
	Verb  Verb      `json:"verb"`
	Actor string    `json:"actor"`
	At    time.Time `json:"at"`
	Args  Args      `json:"args,omitzero"`
}

// Args are an action's details; each verb reads its own.
type Args struct {
	Owner    string    `json:"owner,omitempty"`    // assign
	Until    time.Time `json:"until,omitzero"`     // snooze, mute, promise, pause
	Said     time.Time `json:"said_at,omitzero"`   // answered: when the answer was said, if not just now
	Text     string    `json:"text,omitempty"`     // note, dismiss reason, promise words, reason of a mute or pause
	Link     string    `json:"link,omitempty"`     // answered, kept, track; outcome: about the cause
	Outcome  Outcome   `json:"outcome,omitempty"`  // outcome
	Facet    Facet     `json:"facet,omitempty"`    // outcome: the cause; correct
	Cause    string    `json:"cause,omitempty"`    // outcome: the cause in words
	Intent   Intent    `json:"intent,omitempty"`   // correct
	Brand    string    `json:"brand,omitempty"`    // correct: another brand, or "none" for not about us
	Response int64     `json:"response,omitempty"` // confirm, reject
	Other    string    `json:"other,omitempty"`    // merge: the case merged into this; split: the case split off
	Undo     string    `json:"undo,omitempty"`     // undo: the action undone
	Mute     int64     `json:"mute,omitempty"`     // unmute
	Match    string    `json:"match,omitempty"`    // mute: what is muted, "key=value ..."
	Source   string    `json:"source,omitempty"`   // pause, resume: the source's short name
}

// NotOurs as Args.Brand says the mention is not about any of our brands.
const NotOurs = "none"

// StaleError is an action on a revision that is no longer current: somebody was faster.
type StaleError struct {
	Case string
	Rev  int // the current revision
	Who  string
	When time.Time
	What EventKind
}

// Error names who was faster.
func (e *StaleError) Error() string {
	return fmt.Sprintf("case %s has moved on to revision %d: %s by %s at %s", e.Case, e.Rev, e.What, e.Who, e.When.UTC().Format(time.RFC3339))
}
