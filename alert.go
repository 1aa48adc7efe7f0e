package earshot

import "time"

// Reason is the one word that says what became of a trigger at a receiver, or
// why an entry never became one. Log, metric, explain and UI show the same word.
type Reason string

// The reasons. HeldWindow, Capped and MinGap are terminal for that alert: the
// summary that lists it is an alert of its own.
const (
	ReasonSent              Reason = "sent"
	ReasonEdited            Reason = "edited"
	ReasonGrouped           Reason = "grouped"
	ReasonDigested          Reason = "digested"
	ReasonHeldWindow        Reason = "held_window"
	ReasonCapped            Reason = "capped"
	ReasonMinGap            Reason = "min_gap"
	ReasonMuted             Reason = "muted"
	ReasonNoRoute           Reason = "no_route"
	ReasonStale             Reason = "stale"
	ReasonBackfill          Reason = "backfill"
	ReasonFirstRead         Reason = "first_read"
	ReasonDuplicate         Reason = "duplicate"
	ReasonAnsweredMeanwhile Reason = "answered_meanwhile"
	ReasonExpired           Reason = "expired"
	ReasonInSpike           Reason = "in_spike"
	ReasonUndeliverable     Reason = "undeliverable"
	// Before a case.
	ReasonNotFetched  Reason = "not_fetched"
	ReasonQuarantined Reason = "quarantined"
	ReasonFlood       Reason = "flood"
	ReasonBoilerplate Reason = "boilerplate"
	ReasonTagOnly     Reason = "tag_only"
	ReasonNamesake    Reason = "namesake"
	ReasonExcluded    Reason = "excluded"
	ReasonCompetitor  Reason = "competitor"
	ReasonIntentNone  Reason = "intent_none"
)

// Reasons lists every reason; metrics are bounded by it.
var Reasons = []Reason{ReasonSent, ReasonEdited, ReasonGrouped, ReasonDigested, ReasonHeldWindow, ReasonCapped, ReasonMinGap, ReasonMuted,
	ReasonNoRoute, ReasonStale, ReasonBackfill, ReasonFirstRead, ReasonDuplicate, ReasonAnsweredMeanwhile, ReasonExpired, ReasonInSpike,
	ReasonUndeliverable, ReasonNotFetched, ReasonQuarantined, ReasonFlood, ReasonBoilerplate, ReasonTagOnly, ReasonNamesake,
	ReasonExcluded, ReasonCompetitor, ReasonIntentNone}

// AlertKind is what is sent.
type AlertKind string

// The kinds of alert.
const (
	AlertCard     AlertKind = "card"     // the first message of a case at a receiver
	AlertEdit     AlertKind = "edit"     // the same message, changed in place
	AlertLine     AlertKind = "line"     // a line in the card's thread
	AlertRemind   AlertKind = "remind"   // still unanswered
	AlertEscalate AlertKind = "escalate" // still unanswered: somebody else is told
	AlertDigest   AlertKind = "digest"   // what was gathered since the last
	AlertSummary  AlertKind = "summary"  // what a window, cap or outage held back
	AlertWelcome  AlertKind = "welcome"  // the first day's one message
	AlertSpike    AlertKind = "spike"
	AlertOps      AlertKind = "ops" // something is deaf
)

// Trigger is what asks for alerts: an event of a case, or a tick (Event.Kind
// "" with Tick set) that looks whether a reminder, escalation, digest, window or
// cap period has come due.
type Trigger struct {
	Event Event
	Tick  bool
	Ops   *OpsNotice
	// Reason is set by a silent read (first_read, backfill, flood, stale): the
	// case is kept, nothing new is sent.
	Reason Reason
}

// OpsNotice is news for those who run Earshot.
type OpsNotice struct {
	Key  string // source id or integration: one notice per key and state
	What string
	Do   string
	// Integration is the one that cannot be used, if the news is that: the news
	// must go another way.
	Integration string `json:",omitempty"`
}

// Alert is what was, or was not, sent to one receiver for one trigger. Reason
// "" means it is planned and not yet decided; a terminal reason at planning
// says why it will not be sent.
type Alert struct {
	ID        int64
	Key       string // AlertKey(subject, kind, step, receiver)
	Subject   string // case id, spike id, digest date or source id
	Kind      AlertKind
	Step      int // event seq, or reminder number
	Event     EventKind
	Receiver  string
	Route     string
	Case      string
	Reason    Reason
	Why       string // the reason in words, for explain
	Created   time.Time
	NotBefore time.Time // do not send before
	Expires   time.Time // do not send after; zero never
	Urgent    bool      // passes caps and windows: severity 4, key accounts
	Notify    []string  // people to mention
	Broadcast bool      // also show the thread line in the channel
	Cases     []string  // digest, summary, welcome: the cases listed
	Ops       *OpsNotice
}

// AlertKey is the identity of an alert: the same key is never sent twice.
func AlertKey(subject string, kind AlertKind, step int, receiver string) string {
	return subject + "/" + string(kind) + "/" + itoa(step) + "/" + receiver
}
