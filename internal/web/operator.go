package web

import (
	"encoding/json"
	"fmt"
	"net/http"

	"earshot"
)

// healthy says that the process answers, nothing more.
func (s *Server) healthy(w http.ResponseWriter, _ *http.Request) {
	s.say(w, http.StatusOK, "Earshot is alive.\n")
}

// ready says whether work can be done: schema current, store writable, loops alive.
func (s *Server) ready(w http.ResponseWriter, r *http.Request) {
	if s.o.Ready != nil {
		if err := s.o.Ready(r.Context()); err != nil {
			s.say(w, http.StatusServiceUnavailable, "Earshot is not ready: "+err.Error()+"\n")
			return
		}
	}
	s.say(w, http.StatusOK, "Earshot is ready.\n")
}

// reload reads the config again; a bad file changes nothing.
func (s *Server) reload(w http.ResponseWriter, r *http.Request) {
	switch {
	case reader(r).Role != earshot.Admin:
		s.refuse(w, r, http.StatusForbidden, &earshot.Fault{Code: "role", What: "only an admin may reload the config", Do: "ask an admin, or send SIGHUP to the process"})
	case s.o.Reload == nil:
		s.refuse(w, r, http.StatusNotImplemented, &earshot.Fault{Code: "reload", What: "this Earshot cannot reload", Do: "restart it"})
	default:
		if err := s.o.Reload(r.Context()); err != nil {
			s.say(w, http.StatusUnprocessableEntity, "Nothing was changed: "+err.Error()+"\n")
			return
		}
		s.say(w, http.StatusOK, "Reloaded.\n")
	}
}

// metrics serves the Prometheus page as `http.metrics` says.
func (s *Server) metrics(w http.ResponseWriter, r *http.Request) {
	switch {
	case s.o.Metrics == nil || s.o.MetricsMode == "off":
		s.refuse(w, r, http.StatusNotFound, &earshot.Fault{Code: "metrics_off", What: "metrics are off here", Do: "set http.metrics in the config"})
	case s.o.MetricsMode == "token" && !s.mayScrape(r):
		w.Header().Set("WWW-Authenticate", `Bearer realm="earshot metrics"`)
		s.refuse(w, r, http.StatusUnauthorized, &earshot.Fault{Code: "token", What: "metrics need a token", Do: "send `Authorization: Bearer TOKEN`; an admin makes tokens on the Admin page, viewer is enough"})
	default:
		s.o.Metrics.ServeHTTP(w, r)
	}
}

// mayScrape says whether a request brings a token that works.
func (s *Server) mayScrape(r *http.Request) bool {
	given, ok := bearer(r)
	if !ok {
		return false
	}
	_, ok, err := s.tokenReader(r.Context(), given)
	if err != nil {
		s.o.Logger.Error("metrics", "err", err)
	}
	return ok && err == nil
}

// say writes a line of plain text.
func (s *Server) say(w http.ResponseWriter, code int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(code)
	if _, err := fmt.Fprint(w, text); err != nil {
		s.o.Logger.Debug("answer cut short", "err", err)
	}
}

// problem is RFC 9457 with our fault code and the next step.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"`
	Code   string `json:"code"`
	Do     string `json:"do,omitempty"`
	// Of a stale action: who was faster, when, with what.
	Who  string `json:"who,omitempty"`
	When string `json:"when,omitempty"`
	What string `json:"what,omitempty"`
	Rev  int    `json:"rev,omitempty"`
}

// problemJSON writes the problem.
func (s *Server) problemJSON(w http.ResponseWriter, p problem) {
	p.Type = "about:blank"
	if p.Title == "" {
		p.Title = http.StatusText(p.Status)
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	if err := json.NewEncoder(w).Encode(p); err != nil {
		s.o.Logger.Debug("answer cut short", "err", err)
	}
}
