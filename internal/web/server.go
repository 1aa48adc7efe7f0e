// Package web serves the dashboard, its JSON API and the operator's routes
// (health, readiness, reload, metrics). It reads the store and hands what people
// do to Do; itself it writes only who may come in (logins, sessions, tokens, share
// links, with their audit trail), and starts nothing.
package web

import (
	"context"
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"earshot"
	"earshot/internal/store"
)

// Options is everything the dashboard needs from the process around it.
type Options struct {
	Store       *store.Store
	Now         func() time.Time
	Do          func(ctx context.Context, a earshot.Action) (earshot.CaseView, error)
	Push        Pusher                                                      // takes entries from outside; nil takes none
	Similar     func(ctx context.Context, id string) (n, of int, err error) // how many mentions a correction of the case would change, of how many; nil: not counted
	Look        Looker                                                      // what stands at an address now; nil: cannot be tested
	Health      func() Health                                               // nil: everything is heard
	Brands      func() []earshot.Brand
	People      func() earshot.People // nobody on loopback: the actor is "local", admin
	Zone        *time.Location
	PublicURL   string // where people reach the dashboard, for feeds; "" is the request's own host
	Loopback    bool   // the listener is a loopback address: only loopback hosts are served
	Metrics     http.Handler
	MetricsMode string // open, token or off
	Ready       func(ctx context.Context) error
	Reload      func(ctx context.Context) error
	SlackEvents http.Handler // signed Slack requests; nil if Slack is not asked over HTTP
	Logger      *slog.Logger
	Version     string
}

// Health is how well Earshot hears, as the daemon knows it.
type Health struct {
	OK, Total int    // sources that are heard, of all
	Deaf      []Deaf // what is not, worst first
	Slack     string // trouble with Slack in words; "" when well
	NoSlack   bool   // Slack is not configured at all
}

// Deaf is one thing that cannot be heard.
type Deaf struct {
	What   string    // the source's title
	Why    string    // in words, credentials redacted
	Since  time.Time // zero: never heard
	Grave  bool      // everything is deaf, not one source
	Source string    // Source.ID, or "" if it is a brand whose rule or labels stopped
}

// Server is the dashboard as a value; Handler serves it.
type Server struct {
	o      Options
	pages  map[string]*template.Template
	assets *assets
	routes []route
	mux    http.Handler
	hasher hasher
}

// New reads the embedded pages and lays out the routes.
func New(o Options) (*Server, error) {
	if o.Store == nil || o.Do == nil {
		return nil, errors.New("web: a store and Do are needed")
	}
	s := &Server{o: withDefaults(o), hasher: newHasher()}
	var err error
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.pages, err = parsePages(s.assets); err != nil {
		return nil, err
	}
	s.routes = s.table()
	s.mux, err = s.guarded()
	return s, err
}

// Handler serves every route of the dashboard.
func (s *Server) Handler() http.Handler { return s.mux }

func withDefaults(o Options) Options {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Logger == nil {
		o.Logger = slog.New(slog.DiscardHandler)
	}
	if o.Health == nil {
		o.Health = func() Health { return Health{} }
	}
	if o.People == nil {
		o.People = func() earshot.People { return nil }
	}
	if o.Brands == nil {
		o.Brands = func() []earshot.Brand { return nil }
	}
	return o
}

// competitors are the brands that are listened to and counted, but are nobody's work.
func (s *Server) competitors() []string {
	var names []string
	for _, b := range s.o.Brands() {
		if b.Competitor {
			names = append(names, b.Name)
		}
	}
	return names
}

func (s *Server) brand(name string) (earshot.Brand, bool) {
	for _, b := range s.o.Brands() {
		if b.Name == name {
			return b, true
		}
	}
	return earshot.Brand{}, false
}

// publicHost is the host of PublicURL, or "".
func (s *Server) publicHost() string {
	u, err := url.Parse(s.o.PublicURL)
	if err != nil {
		return ""
	}
	return u.Host
}
