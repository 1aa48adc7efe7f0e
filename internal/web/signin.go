package web

import (
	"errors"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
)

// signInPage asks who somebody is; setPage lets a person set a password.
type signInPage struct {
	frame
	Lone    bool
	Name    string
	Next    string
	Trouble string
	Told    string // what just happened: signed out, password set
	Link    string // of setPage: where its form goes
	Least   int    // characters of a password
}

func (v *visit) signInPage(title string) signInPage {
	return signInPage{frame: frame{Reader: v.Reader, Title: title, Path: "/", Version: v.s.o.Version}, Lone: true, Least: minPassword}
}

// within is an address of ours to go on to, "/" for anything else.
func within(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Host != "" || u.Scheme != "" || ours(next) != next || strings.HasPrefix(u.Path, "/login") || strings.HasPrefix(u.Path, "/logout") {
		return "/"
	}
	return next
}

// login shows the form, unless there is nobody to ask for.
func (s *Server) login(v *visit) error {
	if len(s.team()) == 0 {
		http.Redirect(v.w, v.r, "/", http.StatusSeeOther)
		return nil
	}
	p := v.signInPage(v.W.SignIn)
	p.Next = within(v.r.URL.Query().Get("next"))
	switch {
	case v.r.URL.Query().Has("out"):
		p.Told = v.W.SignedOut
	case p.Next != "/":
		p.Told = v.W.SignInFirst
	}
	return v.render(http.StatusOK, "login", p)
}

// signIn checks a name and a password.
func (s *Server) signIn(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	name, password := strings.TrimSpace(v.r.PostForm.Get("name")), v.r.PostForm.Get("password")
	stay := v.r.PostForm.Get("stay") != ""
	p := v.signInPage(v.W.SignIn)
	p.Name, p.Next = clip(name, 100), within(v.r.PostForm.Get("next"))
	address := s.address(v.r)
	var until time.Time
	var have store.Login
	err := v.write1(func(tx *store.Tx) (err error) {
		if until, err = limited(tx, name, address, v.Now); err == nil {
			have, _, err = tx.Login(name)
		}
		return err
	})
	if err != nil {
		return err
	}
	if !until.IsZero() {
		wait := until.Sub(v.Now)
		v.w.Header().Set("Retry-After", itoa(int(math.Ceil(wait.Seconds()))))
		p.Trouble = v.W.TooManyTries.With("time", v.Length(max(wait, time.Minute)))
		return v.render(http.StatusTooManyRequests, "login", p)
	}
	person, known := s.team().Find(name)
	ok, err := s.checked(v, known, password, have.Password)
	if errors.Is(err, errBusy) {
		v.w.Header().Set("Retry-After", "5")
		p.Trouble = v.trouble(err)
		return v.render(http.StatusServiceUnavailable, "login", p)
	}
	if err != nil {
		return err
	}
	if !ok {
		s.o.Logger.Info("sign-in refused", "address", address)
		p.Trouble = v.W.NoMatch
		return v.render(http.StatusUnauthorized, "login", p)
	}
	err = v.write1(func(tx *store.Tx) error {
		if err := tx.ForgetTries(secretHash(pairKey(name, address))); err != nil {
			return err
		}
		return s.enter(tx, v, person, stay, "signed_in")
	})
	if err != nil {
		return err
	}
	http.Redirect(v.w, v.r, p.Next, http.StatusSeeOther)
	return nil
}

// checked compares a password; for nobody it takes as long, and is never right.
func (s *Server) checked(v *visit, known bool, password, hashed string) (bool, error) {
	real := known && hashed != ""
	if !real {
		hashed = nobody
	}
	if len(password) > maxPassword {
		password = ""
	}
	ok, err := s.hasher.matches(v.r.Context(), password, hashed)
	return ok && real, err
}

// enter signs a person in and writes it down.
func (s *Server) enter(tx *store.Tx, v *visit, p earshot.Person, stay bool, deed string) error {
	if err := s.openSession(tx, v.w, v.r, p, stay, v.Now); err != nil {
		return err
	}
	if err := tx.SignedIn(p.Name, v.Now); err != nil {
		return err
	}
	return tx.PutDeed(store.Deed{At: v.Now, Actor: p.Name, Deed: deed, Subject: p.Name})
}

// write1 runs f in one transaction that may write.
func (v *visit) write1(f func(*store.Tx) error) error { return v.s.o.Store.Write(v.r.Context(), f) }

// form reads a small form.
func (v *visit) form() error {
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxForm)
	if err := v.r.ParseForm(); err != nil {
		return &earshot.Fault{Code: "form", What: "the form could not be read", Do: "go back and send it again"}
	}
	return nil
}

var errLink = &earshot.Fault{Code: "login_link", What: "This link has been used, or its time is over", Do: "ask an admin for a new one: `earshot login-link NAME` on the machine where Earshot runs"}

// linked returns whose login link this is; people who left the config have none.
func (v *visit) linked(tx *store.Tx) (earshot.Person, error) {
	name, ok, err := tx.LoginLinkOf(secretHash(v.r.PathValue("link")), v.Now)
	if err != nil {
		return earshot.Person{}, err
	}
	p, known := v.s.team().Find(name)
	if !ok || !known {
		return p, errLink
	}
	return p, nil
}

// linkPage asks for a password. Looking at a link does not use it up: mail and
// chat programs look at links before people do.
func (s *Server) linkPage(v *visit) error {
	var who earshot.Person
	if err := v.read(func(tx *store.Tx) (err error) {
		who, err = v.linked(tx)
		return err
	}); err != nil {
		return err
	}
	return v.askPassword(http.StatusOK, who.Name, "")
}

func (v *visit) askPassword(code int, name, trouble string) error {
	p := v.signInPage(v.W.SetPassword)
	p.Name, p.Link, p.Trouble = name, v.r.URL.Path, trouble
	return v.render(code, "password", p)
}

// linkSet sets the password, ends every other session of the person, and signs in.
func (s *Server) linkSet(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	var who earshot.Person
	if err := v.read(func(tx *store.Tx) (err error) {
		who, err = v.linked(tx)
		return err
	}); err != nil {
		return err
	}
	hashed, err := v.newPassword(who.Name)
	if err != nil {
		return v.refusedPassword(who.Name, err)
	}
	err = v.write1(func(tx *store.Tx) error {
		ok, err := tx.UseLoginLink(secretHash(v.r.PathValue("link")), v.Now)
		if err != nil {
			return err
		}
		if !ok {
			return errLink
		}
		return s.changePassword(tx, v, who, hashed, false)
	})
	if err != nil {
		return err
	}
	http.Redirect(v.w, v.r, "/", http.StatusSeeOther)
	return nil
}

// newPassword checks and hashes the password that the form holds twice.
func (v *visit) newPassword(name string) (string, error) {
	password := v.r.PostForm.Get("password")
	if err := v.checkPassword(name, password, v.r.PostForm.Get("again")); err != nil {
		return "", err
	}
	return v.s.hasher.hash(v.r.Context(), password)
}

// refusedPassword shows the form again for what the person can mend.
func (v *visit) refusedPassword(name string, err error) error {
	switch {
	case errors.Is(err, errBusy):
		return v.askPassword(http.StatusServiceUnavailable, name, v.trouble(err))
	case earshot.FaultCode(err) == "password":
		return v.askPassword(http.StatusUnprocessableEntity, name, faultOf(err).What)
	}
	return err
}

// changePassword keeps the new password; only this browser stays signed in.
func (s *Server) changePassword(tx *store.Tx, v *visit, p earshot.Person, hashed string, stay bool) error {
	if err := tx.SetPassword(p.Name, hashed, v.Now); err != nil {
		return err
	}
	if _, err := tx.DropSessions(p.Name); err != nil {
		return err
	}
	return s.enter(tx, v, p, stay, "password_set")
}

// logout ends this browser's session.
func (s *Server) logout(v *visit) error {
	if err := v.write1(func(tx *store.Tx) error { return tx.DropSession(s.cookieHash(v.r)) }); err != nil {
		return err
	}
	s.setCookie(v.w, "", 0)
	v.w.Header().Set("Clear-Site-Data", `"cache"`)
	http.Redirect(v.w, v.r, "/login?out", http.StatusSeeOther)
	return nil
}
