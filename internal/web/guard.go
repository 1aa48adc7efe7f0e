package web

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"strings"

	"earshot"
)

// policy allows our own stylesheet, fonts and pictures, one script file of ours,
// and forms that go to ourselves; no script in a page, no eval, no frame around
// us, no request to anybody else.
const policy = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// headers sets what holds for every answer, errors included.
func headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

// sameSite refuses unsafe requests that another site made a browser send.
func (s *Server) sameSite(next http.Handler) http.Handler {
	c := http.NewCrossOriginProtection()
	if u, err := url.Parse(s.o.PublicURL); err == nil && u.Host != "" {
		// A proxy in front may call us by another name than the browser does.
		if err := c.AddTrustedOrigin(u.Scheme + "://" + u.Host); err != nil {
			s.o.Logger.Warn("http.public_url is no origin", "err", err)
		}
	}
	c.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.refuse(w, r, http.StatusForbidden, &earshot.Fault{Code: "cross_origin", What: "another site asked for this",
			Do: "open Earshot itself and do it there"})
	}))
	return c.Handler(next)
}

// knownHost keeps a page that resolves its own name to 127.0.0.1 from reading
// us: a loopback listener answers to loopback names only, and to its public
// name only once people must sign in.
func (s *Server) knownHost(next http.Handler) http.Handler {
	if !s.o.Loopback {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if loopbackHost(r.Host) || (len(s.team()) > 0 && r.Host == s.publicHost()) {
			next.ServeHTTP(w, r)
			return
		}
		s.refuse(w, r, http.StatusMisdirectedRequest, &earshot.Fault{Code: "host", What: "Earshot listens on this machine only and does not know the name it was called by",
			Do: "open it as http://127.0.0.1 with its port"})
	})
}

// loopbackHost says whether a Host header names this machine.
func loopbackHost(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	name = strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(name, "["), "]"), ".")
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}

type readerKey struct{}

// team are those who may sign in, as the config says now.
func (s *Server) team() earshot.People { return s.o.People() }

// identified lets a request through once it is known who asks and that the route
// is theirs. Without people that is "local", on loopback only; with people
// somebody must have signed in, or bring a token where programs ask.
func (s *Server) identified(rt route, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		me, ok, err := s.whoAsks(w, r, rt)
		switch {
		case err != nil:
			s.visit(w, r).fault(err)
		case !ok:
			s.askWho(w, r, rt)
		case !atLeast(me.Role, rt.least()):
			r = r.WithContext(context.WithValue(r.Context(), readerKey{}, me))
			s.refuse(w, r, http.StatusForbidden, roleFault(rt.least()))
		default:
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), readerKey{}, me)))
		}
	})
}

var errNoPeople = &earshot.Fault{Code: "no_people", What: "Nobody may sign in here: the config names no people", Do: "add `people` to the config, or listen on 127.0.0.1"}

// whoAsks returns the reader; ok is false for a stranger.
func (s *Server) whoAsks(w http.ResponseWriter, r *http.Request, rt route) (Reader, bool, error) {
	people := s.team()
	if given, ok := bearer(r); ok && rt.programs() {
		return s.tokenReader(r.Context(), given)
	}
	switch {
	case len(people) > 0:
		return s.signedIn(w, r, people)
	case !s.o.Loopback:
		return Reader{}, false, errNoPeople
	}
	return Reader{Name: "local", Role: earshot.Admin, Zone: s.o.Zone, Local: true}, true, nil
}

// askWho sends a person's browser to the login page and back; programs and forms
// are told.
func (s *Server) askWho(w http.ResponseWriter, r *http.Request, rt route) {
	if _, token := bearer(r); (r.Method == http.MethodGet || r.Method == http.MethodHead) && !rt.programs() && !wantsJSON(r) && !token {
		to := "/login"
		if next := within(r.URL.RequestURI()); next != "/" {
			to += "?" + url.Values{"next": {next}}.Encode()
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return
	}
	f := &earshot.Fault{Code: "login", What: "Nobody is signed in", Do: "open `/login`, sign in, and do it again"}
	if rt.programs() {
		w.Header().Set("WWW-Authenticate", `Bearer realm="earshot"`)
		f.Do = "send `Authorization: Bearer TOKEN`; an admin makes tokens on the Admin page"
	}
	s.refuse(w, r, http.StatusUnauthorized, f)
}

var ranks = map[earshot.Role]int{earshot.Viewer: 1, earshot.Responder: 2, earshot.Admin: 3}

// atLeast says whether a role may do what another may.
func atLeast(have, want earshot.Role) bool { return ranks[have] > 0 && ranks[have] >= ranks[want] }

func roleFault(least earshot.Role) *earshot.Fault {
	if least == earshot.Admin {
		return &earshot.Fault{Code: "role", What: "Only an admin may do this", Do: "ask an admin; the config says who that is"}
	}
	return errRole
}

// reader returns who reads; an open route has nobody.
func reader(r *http.Request) Reader {
	me, _ := r.Context().Value(readerKey{}).(Reader)
	return me
}
