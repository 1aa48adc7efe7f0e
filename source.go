package earshot

import "time"

// SourceKind says where entries come from.
type SourceKind string

// The kinds of source.
const (
	SourceFeed   SourceKind = "feed"
	SourceSite   SourceKind = "site"   // a blog crawled without a feed
	SourceThread SourceKind = "thread" // a post being revisited for its comments
	SourcePush   SourceKind = "push"   // entries handed in over the API
)

// SourceState is how well a source is heard.
type SourceState string

// The states of a source. Dead is no success for seven days; it is still polled.
const (
	SourceOK          SourceState = "ok"
	SourceLate        SourceState = "late"
	SourceFailing     SourceState = "failing"
	SourceDead        SourceState = "dead"
	SourceMoved       SourceState = "moved"
	SourceQuarantined SourceState = "quarantined"
	SourcePaused      SourceState = "paused"
)

// SourceStates lists every state in the order people are shown them.
var SourceStates = []SourceState{SourceOK, SourceLate, SourceFailing, SourceDead, SourceMoved, SourceQuarantined, SourcePaused}

// Source is a place entries come from, with its own due time. The first part is
// what the operator (or a case) asked for, the second is what the crawler
// remembers between reads; the store keeps both.
type Source struct {
	ID       string // stable: SourceID(Kind, URL)
	Kind     SourceKind
	URL      string // as configured; may carry credentials, never shown: use Redacted
	Tags     []string
	Lang     string        // the operator's word, or ""
	Zone     string        // for dates without a zone, or ""
	Reach    int           // 1..5, the operator's word; 0 unknown
	Comments bool          // read comments of every post, not only of open cases
	Archive  time.Duration // how far back a site is read once, silently
	MinEvery time.Duration // shortest interval between reads
	MaxEvery time.Duration // longest
	Official string        // brand whose own feed this is, or ""
	// A thread's post: its canonical URL is URL; its comments may have a feed.
	CommentFeed string
	Revisits    []time.Duration // a thread's widening schedule, counted from ThreadFrom
	ThreadFrom  time.Time

	Title        string // the feed's own, once read
	State        SourceState
	Reason       string // why it is not ok, in words
	Due          time.Time
	Reads        int // successful reads so far; the first is silent
	Failures     int // in a row
	FirstTried   time.Time
	LastTried    time.Time
	LastSuccess  time.Time
	LastNewEntry time.Time
	ETag         string
	LastModified string
	BodyHash     string        // of the last body that was parsed
	FeedURL      string        // discovered or moved-to address that is really read; "" is URL
	Every        time.Duration // the current adaptive interval
	Listed       int           // entries in the last body that was parsed and had any
	Flooded      time.Time     // when it last gave many old entries new names: in quarantine; or zero
	EmptySince   time.Time     // its body lists nothing since then, though it did before; or zero

	Pause Pause `json:"-"` // while a person has paused it; kept beside what the crawler remembers
}

// FirstRead says whether the next successful read is the source's first, which is silent.
func (s Source) FirstRead() bool { return s.Reads == 0 }
