package web

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
)

// How long a session lasts: unused, and however it is used. A person who asks to
// stay signed in gets the longer pair.
const (
	sessionIdle = 12 * time.Hour
	sessionLong = 7 * 24 * time.Hour
	stayIdle    = 14 * 24 * time.Hour
	stayLong    = 30 * 24 * time.Hour
	touchEvery  = 5 * time.Minute
)

// secretHash is what the store keeps of a cookie, a token or a link. The secrets
// are random and long, so that a plain hash is enough.
func secretHash(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// NewSecret makes a secret of 130 random bits for an address, and what the store
// keeps of it.
func NewSecret() (secret, hash string) {
	secret = strings.ToLower(rand.Text())
	return secret, secretHash(secret)
}

// secure says whether people reach the dashboard over https.
func (s *Server) secure() bool { return strings.HasPrefix(s.o.PublicURL, "https://") }

// sessionCookie is the cookie's name; over https the prefix makes browsers refuse
// one that another host, or plain http, tries to set.
func (s *Server) sessionCookie() string {
	if s.secure() {
		return "__Host-earshot"
	}
	return "earshot_session"
}

// setCookie gives the browser its session, or takes it away if secret is empty.
func (s *Server) setCookie(w http.ResponseWriter, secret string, keep time.Duration) {
	c := &http.Cookie{Name: s.sessionCookie(), Value: secret, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.secure()}
	switch {
	case secret == "":
		c.MaxAge = -1
	case keep > 0:
		c.MaxAge = int(keep.Seconds())
	}
	http.SetCookie(w, c)
}

// cookieHash is what the store keeps of this request's cookie, "" without one.
func (s *Server) cookieHash(r *http.Request) string {
	c, err := r.Cookie(s.sessionCookie())
	if err != nil || c.Value == "" || len(c.Value) > 100 {
		return ""
	}
	return secretHash(c.Value)
}

// openSession signs a person in on this browser under a new cookie; the one it
// came with, if any, stops working.
func (s *Server) openSession(tx *store.Tx, w http.ResponseWriter, r *http.Request, p earshot.Person, stay bool, now time.Time) error {
	if old := s.cookieHash(r); old != "" {
		if err := tx.DropSession(old); err != nil {
			return err
		}
	}
	n := store.Session{Name: p.Name, Role: p.Role, Created: now, Seen: now, Idle: sessionIdle, Ends: now.Add(sessionLong), Stay: stay, Agent: clip(strings.ToValidUTF8(r.UserAgent(), ""), 200)}
	if stay {
		n.Idle, n.Ends = stayIdle, now.Add(stayLong)
	}
	return s.putSession(tx, w, n)
}

func (s *Server) putSession(tx *store.Tx, w http.ResponseWriter, n store.Session) error {
	secret, hash := NewSecret()
	n.Hash = hash
	if err := tx.PutSession(n); err != nil {
		return err
	}
	keep := time.Duration(0)
	if n.Stay {
		keep = n.Ends.Sub(n.Seen)
	}
	s.setCookie(w, secret, keep)
	return nil
}

// signedIn returns who this browser's cookie stands for, as the config knows them
// now: a person who left it is nobody. The role is the config's; where it changed
// since the cookie was made, the cookie is changed too.
func (s *Server) signedIn(w http.ResponseWriter, r *http.Request, people earshot.People) (Reader, bool, error) {
	hash := s.cookieHash(r)
	if hash == "" {
		return Reader{}, false, nil
	}
	now := s.o.Now()
	var have store.Session
	var ok bool
	err := s.o.Store.Read(r.Context(), func(tx *store.Tx) (err error) {
		have, ok, err = tx.Session(hash, now)
		return err
	})
	if err != nil || !ok {
		return Reader{}, false, err
	}
	p, known := people.Find(have.Name)
	if !known {
		return Reader{}, false, s.o.Store.Write(r.Context(), func(tx *store.Tx) error { return tx.DropSession(hash) })
	}
	switch {
	case have.Role != p.Role:
		err = s.rotate(r.Context(), w, have, p.Role, now)
	case now.Sub(have.Seen) >= touchEvery && r.Header.Get("HX-Trigger") != "live": // a page that refreshes itself is nobody's use
		err = s.o.Store.Write(r.Context(), func(tx *store.Tx) error { return tx.TouchSession(hash, now) })
	}
	return Reader{Name: p.Name, Role: p.Role, Lang: p.Lang, Zone: p.Zone}, true, err
}

// rotate replaces a session's cookie; how long it lasts stays as it was.
func (s *Server) rotate(ctx context.Context, w http.ResponseWriter, have store.Session, role earshot.Role, now time.Time) error {
	return s.o.Store.Write(ctx, func(tx *store.Tx) error {
		if err := tx.DropSession(have.Hash); err != nil {
			return err
		}
		have.Role, have.Seen = role, now
		return s.putSession(tx, w, have)
	})
}

// Login limits within tryWindow: one name from one address, all names from one
// address, one name from everywhere. The last is wide, so that a stranger cannot
// keep a person out; whoever is kept out still gets in with a login link.
const (
	tryWindow    = 15 * time.Minute
	triesPair    = 6
	triesAddress = 30
	triesName    = 120
)

// limited counts a try to sign in and says until when further ones are refused,
// zero if this one may go on. What the narrow limit refuses does not count for
// the wide ones: one address alone never shuts a name for the others.
func limited(tx *store.Tx, name, address string, now time.Time) (time.Time, error) {
	for _, count := range []struct {
		key  string
		most int64
	}{{pairKey(name, address), triesPair}, {"address " + address, triesAddress}, {"name " + name, triesName}} {
		n, until, err := tx.Try(secretHash(count.key), tryWindow, now)
		if err != nil || n > count.most {
			return until, err
		}
	}
	return time.Time{}, nil
}

func pairKey(name, address string) string { return fmt.Sprintf("pair %q %s", name, address) }

// address is where a request comes from, for counting. A proxy on this machine is
// believed when it names its client; an IPv6 neighbourhood counts as one.
func (s *Server) address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		host = r.RemoteAddr
	}
	ip, err := netip.ParseAddr(host)
	if err == nil && ip.IsLoopback() && s.o.PublicURL != "" {
		chain := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if client, bad := netip.ParseAddr(strings.TrimSpace(chain[len(chain)-1])); bad == nil {
			ip = client
		}
	}
	if err != nil {
		return "unknown"
	}
	ip = ip.Unmap().WithZone("")
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}
