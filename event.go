package earshot

import "time"

// EventKind is what happened to a case.
type EventKind string

// The events.
const (
	EventOpened        EventKind = "opened"
	EventJoined        EventKind = "joined"
	EventCopied        EventKind = "copied"
	EventVoice         EventKind = "voice"
	EventClaimed       EventKind = "claimed"
	EventAssigned      EventKind = "assigned"
	EventEvidenceAdded EventKind = "evidence_added"
	EventAnswerChanged EventKind = "answer_changed"
	EventPromiseMade   EventKind = "promise_made"
	EventPromiseDue    EventKind = "promise_due"
	EventPromiseKept   EventKind = "promise_kept"
	EventPromiseBroken EventKind = "promise_broken"
	EventDueSoon       EventKind = "due_soon"
	EventOverdue       EventKind = "overdue"
	EventSnoozed       EventKind = "snoozed"
	EventWoke          EventKind = "woke"
	EventCorrected     EventKind = "corrected"
	EventResolved      EventKind = "resolved"
	EventClosed        EventKind = "closed"
	EventNoted         EventKind = "noted"
	EventReopened      EventKind = "reopened"
	EventDismissed     EventKind = "dismissed"
	EventMerged        EventKind = "merged"
	EventSplit         EventKind = "split"
	EventRecurred      EventKind = "recurred"
	EventSpiked        EventKind = "spiked"
	EventCalmed        EventKind = "calmed"
	EventUndone        EventKind = "undone"
	EventFollowUp      EventKind = "follow_up" // some time after a resolution: is it really fixed?
)

// Notifies says whether the event may send a message of its own by default; the
// rest edit the card silently.
func (k EventKind) Notifies() bool {
	switch k {
	case EventOpened, EventAnswerChanged, EventPromiseDue, EventPromiseBroken, EventOverdue, EventReopened, EventRecurred, EventSpiked, EventFollowUp:
		return true
	}
	return false
}

// Event is one thing that happened to a case. Events are append-only; Seq
// counts from 1 per case, and the case row is a cache that Rebuild gives back
// to the byte. Events hold ids, not texts, so that texts can be erased.
type Event struct {
	Case   string    `json:"case"`
	Seq    int       `json:"seq"`
	Kind   EventKind `json:"kind"`
	At     time.Time `json:"at"`
	Actor  string    `json:"actor,omitempty"`  // a person, or "" for Earshot itself
	Action string    `json:"action,omitempty"` // the Action.ID that caused it
	Data   EventData `json:"data,omitzero"`
}

// EventData is what an event carries; each kind sets its own fields.
type EventData struct {
	Opening  *Opening    `json:"opening,omitempty"`   // opened
	Entry    int64       `json:"entry,omitempty"`     // joined, copied, voice
	Mention  int64       `json:"mention,omitempty"`   // joined, copied, voice
	Label    *Label      `json:"label,omitempty"`     // joined, voice, corrected: the labels now
	Evidence *Evidence   `json:"evidence,omitempty"`  // evidence_added
	From     Answer      `json:"from,omitempty"`      // answer_changed, reopened
	To       Answer      `json:"to,omitempty"`        // answer_changed, reopened
	Owner    string      `json:"owner,omitempty"`     // claimed, assigned
	Due      time.Time   `json:"due,omitzero"`        // promise_*, due_soon, overdue
	Until    time.Time   `json:"until,omitzero"`      // snoozed
	Outcome  Outcome     `json:"outcome,omitempty"`   // closed
	Facet    Facet       `json:"facet,omitempty"`     // closed: cause
	Cause    string      `json:"cause,omitempty"`     // closed, recurred: the cause in the team's words
	Link     string      `json:"link,omitempty"`      // closed: what was written down about the cause
	Other    string      `json:"other,omitempty"`     // merged, split, recurred: the other case
	Undone   string      `json:"undone,omitempty"`    // undone: the action
	Response int64       `json:"response,omitempty"`  // corrected: evidence rejected
	SLA      *SLA        `json:"sla,omitempty"`       // corrected: the promise of an answer that now holds
	Clock    *ClockState `json:"clock,omitempty"`     // any event that moved the clock
	FollowUp *FollowUp   `json:"follow_up,omitempty"` // any event that set or ended the follow-up
	Proposed bool        `json:"proposed,omitempty"`  // recurred: from the texts, no person said it
	Reason   Reason      `json:"reason,omitempty"`
	Cases    []string    `json:"cases,omitempty"`   // recurred: the earlier cases
	Adopted  []int64     `json:"adopted,omitempty"` // merged, split: responses that moved
	Copies   int         `json:"copies,omitempty"`  // merged: counts that moved
	Voices   int         `json:"voices,omitempty"`
	Spike    string      `json:"spike,omitempty"` // spiked, calmed: Spike.ID
}
