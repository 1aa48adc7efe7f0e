package web

import (
	"context"
	"net"
	"net/http"
	"strings"

	"earshot"
)

// policy allows our own stylesheet, fonts and pictures, and forms that go to
// ourselves; no script at all, no frame around us, no request to anybody else.
const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

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
		if loopbackHost(r.Host) || (len(s.o.People) > 0 && r.Host == s.publicHost()) {
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

// identified lets a request through once it is known who reads. Without people
// that is "local", on loopback only; with people somebody must have signed in.
func (s *Server) identified(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case len(s.o.People) > 0:
			s.refuse(w, r, http.StatusUnauthorized, &earshot.Fault{Code: "login", What: "This Earshot has people, and signing in is not part of this version",
				Do: "take `people` out of the config to use the dashboard on this machine as one person; the Slack cards work for everybody meanwhile"})
		case !s.o.Loopback:
			s.refuse(w, r, http.StatusForbidden, &earshot.Fault{Code: "no_people", What: "Nobody may sign in here: the config names no people",
				Do: "add `people` to the config, or listen on 127.0.0.1"})
		default:
			me := Reader{Name: "local", Role: earshot.Admin, Zone: s.o.Zone, Local: true}
			next.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), readerKey{}, me)))
		}
	})
}

// reader returns who reads; an open route has nobody.
func reader(r *http.Request) Reader {
	me, _ := r.Context().Value(readerKey{}).(Reader)
	return me
}
