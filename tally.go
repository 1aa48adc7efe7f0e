package earshot

import "time"

// Tally is what planning must remember about one receiver. The store loads it
// in the transaction that holds the receiver's lock, so that caps are exact
// with several processes.
type Tally struct {
	Receiver string
	Sent     []time.Time // new messages within the last 24 hours, oldest first
	// Of the case that the trigger is about:
	HasCard    bool
	FirstCard  time.Time
	LastSend   time.Time // last message (not edit) of this case
	Reminders  int       // reminders sent so far
	Escalated  int       // steps of the ladder done
	PlannedKey map[string]bool
	// Of the receiver:
	Held       []Held    // held_window and capped alerts not yet summed up
	Digested   []Held    // gathered for the next digest
	LastDigest time.Time // when the last digest was planned
	LastSum    time.Time // when the last summary was planned
	Mutes      []Mute
	Spike      string // the brand's open spike, if its card went or goes to the receiver; or ""
	InSpike    bool   // of the case: a spike's card stood for its own here
}

// Held is an alert that waits to be listed in a summary or digest.
type Held struct {
	Case   string
	Key    string
	Route  string
	Reason Reason
	At     time.Time
}

// Mute is who, why, until; it hides alerts that match.
type Mute struct {
	ID    int64
	Who   string
	Why   string
	Until time.Time
	Match Match
	Text  string // the match as the person wrote it
}
