package demo

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Channel is one channel, direct message or archived room of the pretend Slack.
type Channel struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Archived bool   `json:"is_archived"`
	Outside  bool   `json:"-"` // the bot was not invited
	User     string `json:"user,omitempty"`
}

// User is one person in the pretend Slack.
type User struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Real string `json:"real_name"`
	Mail string `json:"-"`
	Zone string `json:"tz"`
}

// SlackOptions are the settings of a pretend Slack. The zero value of a field
// takes the default named beside it.
type SlackOptions struct {
	Bot      string    // bot token; BotToken
	App      string    // app token; AppToken
	Secret   string    // signing secret; SigningSecret
	Channels []Channel // #care, #urgent, #desk, #old (archived), #private (bot not invited)
	Users    []User    // Ana, Ben, and the app's own U0EARSHOT00

	// Request is the app's interactivity URL: clicks are posted there, signed,
	// when no socket is open. Client posts them; nil is http.DefaultClient.
	Request string
	Client  *http.Client

	Rate  time.Duration    // between messages of a channel; 1s, a negative number has no limit
	Burst int              // messages a channel takes at once; 3
	Ack   time.Duration    // in which a click must be acknowledged; 3s
	Now   func() time.Time // time.Now
	Seed  uint64           // of the fault script's draws
}

// Slack is a pretend Slack workspace behind its Web API. It enforces the limits
// of the real one and remembers every message with its edits. It is safe for
// concurrent use; the zero value is not usable.
type Slack struct {
	opt    SlackOptions
	mux    *http.ServeMux
	faults faults

	mu       sync.Mutex
	channels []*Channel
	messages []*Message
	byTS     map[string]*Message // "channel ts"
	lastTS   int64               // microseconds: timestamps are unique and rise
	buckets  map[string]*bucket
	triggers map[string]trigger
	hooks    map[string]*hook
	views    map[string]*View
	watchers []func(Change)
	calls    []Call
	sockets  []*socket
	serial   int
	base     string // own address, as the last caller used it
}

// NewSlack returns a workspace.
func NewSlack(o SlackOptions) *Slack {
	s := &Slack{opt: o.withDefaults(), byTS: map[string]*Message{}, buckets: map[string]*bucket{},
		triggers: map[string]trigger{}, hooks: map[string]*hook{}, views: map[string]*View{}}
	s.faults.seed(s.opt.Seed)
	for _, c := range s.opt.Channels {
		s.channels = append(s.channels, &c)
	}
	s.mux = http.NewServeMux()
	s.mux.HandleFunc("/api/{method}", s.serveAPI)
	s.mux.HandleFunc("POST /hook/{channel}", s.serveHook)
	s.mux.HandleFunc("POST /response/{id}", s.serveResponse)
	s.mux.HandleFunc("GET /socket/{ticket}", s.serveSocket)
	return s
}

func (o SlackOptions) withDefaults() SlackOptions {
	if o.Bot == "" {
		o.Bot = BotToken
	}
	if o.App == "" {
		o.App = AppToken
	}
	if o.Secret == "" {
		o.Secret = SigningSecret
	}
	if o.Channels == nil {
		o.Channels = []Channel{{ID: "C0CARE", Name: "care"}, {ID: "C0URGENT", Name: "urgent"}, {ID: "C0DESK", Name: "desk"},
			{ID: "C0OLD", Name: "old", Archived: true}, {ID: "C0PRIVATE", Name: "private", Outside: true}}
	}
	if o.Users == nil {
		o.Users = desk()
	}
	if o.Client == nil {
		o.Client = http.DefaultClient
	}
	if o.Rate == 0 {
		o.Rate = time.Second
	}
	if o.Burst == 0 {
		o.Burst = 3
	}
	if o.Ack == 0 {
		o.Ack = 3 * time.Second
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

// desk are the people of the demo's config.
func desk() []User {
	return []User{{ID: "U0ANA000001", Name: "ana", Real: "Ana Prieto", Mail: "ana@desk.example", Zone: "Europe/Rome"},
		{ID: "U0BEN000001", Name: "ben", Real: "Ben Okafor", Mail: "ben@desk.example", Zone: "America/New_York"}}
}

// botUser is the app's own user; teamID and appID name the workspace and the app.
const (
	botUser = "U0EARSHOT00"
	botID   = "B0EARSHOT00"
	teamID  = "T0PRETEND00"
	appID   = "A0EARSHOT00"
)

// ServeHTTP answers /api/METHOD, /hook/CHANNEL, /response/ID and /socket/TICKET.
func (s *Slack) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.mux.ServeHTTP(w, r) }

// channel finds a channel by id, "#name", name, or (a direct message) user id.
// The caller holds the lock.
func (s *Slack) channel(name string) *Channel {
	bare := strings.TrimPrefix(name, "#")
	for _, c := range s.channels {
		if c.ID == name || c.Name == bare || c.User != "" && c.User == name {
			return c
		}
	}
	if _, ok := s.user(name); !ok {
		return nil
	}
	dm := &Channel{ID: "D" + name[1:], Name: "", User: name}
	s.channels = append(s.channels, dm)
	return dm
}

func (s *Slack) user(id string) (User, bool) {
	if id == botUser {
		return User{ID: botUser, Name: "earshot", Real: "Earshot", Zone: "Etc/UTC"}, true
	}
	for _, u := range s.opt.Users {
		if u.ID == id {
			return u, true
		}
	}
	return User{}, false
}

// stamp returns the next message timestamp. The caller holds the lock.
func (s *Slack) stamp() string {
	s.lastTS = max(s.lastTS+1, s.opt.Now().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.lastTS/1e6, s.lastTS%1e6)
}

// name returns an identifier nobody used before. The caller holds the lock.
func (s *Slack) name(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s%08d", prefix, s.serial)
}

// secret returns an unguessable name, for addresses that need no token.
func secret() string {
	b := make([]byte, 12)
	rand.Read(b)
	return hex.EncodeToString(b)
}
