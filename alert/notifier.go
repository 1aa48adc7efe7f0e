package alert

import (
	"context"
	"fmt"
	"time"

	"earshot"
)

// Message is all that a notifier needs to send one alert. The caller builds it
// just before the send, so that a card always shows the case as it is now.
type Message struct {
	Alert    earshot.Alert
	Receiver earshot.Receiver
	View     earshot.CaseView   // of Alert.Case
	Views    []earshot.CaseView // of Alert.Cases, in any order
	Spike    *Spike             // of a spike
	Health   Health             // for digests and the welcome
	Links    Links
	Previous *Receipt // of the card that this edits or whose thread it joins
	Plain    bool     // no blocks: what a refused card is resent as, once
	Now      time.Time
	Zone     *time.Location    // of the receiver
	People   map[string]string // Slack user ids by name
	Lang     string            // of the receiver; "" is English
}

// Spike is an incident: many people say the same at once.
type Spike struct {
	ID       string
	Brand    string
	Intent   earshot.Intent
	Count    int
	Expected float64
	Since    time.Time
	Authors  int
	Sites    int
	Answered int
	Drivers  []Driver
	First    earshot.CaseView // the first that said it
	Calm     bool             // over
	Until    time.Time        // when it was over; zero while it lasts
}

// Driver is a group of words and how many of the spike's mentions hold them.
type Driver struct {
	Words string
	Count int
}

// Health says how well Earshot hears: why a digest's zero can be believed.
type Health struct {
	SourcesOK  int
	Sources    int
	Deaf       []string // names of sources that are not heard
	RulesAlive int
	Rules      int
	RulesDeaf  []string // brands whose rule, or whose labels, stopped, and why
	Open       int      // cases that are worth an answer, for the welcome
}

// Links are the addresses of the dashboard. Base is its public URL without a
// trailing slash, "" if there is none; Case gives the page of a case.
type Links struct {
	Base string
	Case func(id string) string
}

// OfCase returns the page of a case, "" without a dashboard.
func (l Links) OfCase(id string) string {
	switch {
	case id == "":
		return ""
	case l.Case != nil:
		return l.Case(id)
	case l.Base == "":
		return ""
	}
	return l.Base + "/cases/" + id
}

// Notifier sends one message. An error is always a *SendError.
type Notifier interface {
	Notify(ctx context.Context, m Message) (Receipt, error)
}

// Finder looks up whether a send that is in doubt arrived after all.
type Finder interface {
	Find(ctx context.Context, key string, m Message) (Receipt, bool, error)
}

// Prober asks whether the other side answers at all, with a call that may be
// repeated. An error is always a *SendError.
type Prober interface {
	Probe(ctx context.Context) error
}

// Receipt says where a message is, so that it can be changed, and what became
// of it. It goes through JSON unharmed.
type Receipt struct {
	Ref    map[string]string `json:"ref,omitempty"` // the integration's own: channel, ts, thread
	Edited bool              `json:"edited,omitempty"`
	// Skipped says why nothing was sent: this receiver cannot do such a thing.
	Skipped string `json:"skipped,omitempty"`
}

// Reason is the terminal reason of the alert that was handed over.
func (r Receipt) Reason() earshot.Reason {
	switch {
	case r.Skipped != "":
		return earshot.ReasonGrouped
	case r.Edited:
		return earshot.ReasonEdited
	}
	return earshot.ReasonSent
}

// ErrorKind says what to do about a send that failed.
type ErrorKind string

// The kinds of failure: Retry later, InDoubt (it may have arrived: find out
// first), Gone (nobody is there: fallback and ops), Invalid (the message is
// refused: resend plain, once), Auth (the integration is locked out: pause it).
const (
	Retry   ErrorKind = "retry"
	InDoubt ErrorKind = "in_doubt"
	Gone    ErrorKind = "gone"
	Invalid ErrorKind = "invalid"
	Auth    ErrorKind = "auth"
)

// ErrorKinds lists every kind; metrics are bounded by it.
var ErrorKinds = []ErrorKind{Retry, InDoubt, Gone, Invalid, Auth}

// SendError is a send that failed. Its text never holds a secret.
type SendError struct {
	Kind  ErrorKind
	After time.Duration // of Retry: not sooner, as the other side asked
	Err   error
}

// Error says what failed and what it means.
func (e *SendError) Error() string { return fmt.Sprintf("%v (%s)", e.Err, e.Kind) }

// Unwrap returns the cause.
func (e *SendError) Unwrap() error { return e.Err }
