package web

import (
	"net/http"
	"time"

	"earshot"
	"earshot/internal/store"
)

// accountPage is a person's own: where they are signed in, and their password.
type accountPage struct {
	frame
	Sessions []sessionRow
	Trouble  string
	Told     string
	Least    int
}

// sessionRow is one browser, for the person to know it by.
type sessionRow struct {
	store.Session
	Here bool
	What string
}

// errLocal answers on a page that makes no sense without accounts.
var errLocal = &earshot.Fault{Code: "local", What: "This Earshot serves one person on this machine, without accounts", Do: "add `people` to the config to have people sign in"}

// account shows a person's sessions and the form for another password.
func (s *Server) account(v *visit) error { return v.showAccount(http.StatusOK, "") }

func (v *visit) showAccount(code int, trouble string) error {
	p := accountPage{Trouble: trouble, Least: minPassword}
	if v.r.URL.Query().Has("set") {
		p.Told = v.W.PasswordSet
	}
	here := v.s.cookieHash(v.r)
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "account", v.W.Account); err != nil {
			return err
		}
		all, err := tx.Sessions(v.Name, v.Now)
		for _, one := range all {
			p.Sessions = append(p.Sessions, sessionRow{Session: one, Here: one.Hash == here, What: browserName(one.Agent, v.W.UnknownBrowser)})
		}
		return err
	})
	if err != nil {
		return err
	}
	return v.render(code, "account", p)
}

// newOwnPassword changes the password of whom knows the old one.
func (s *Server) newOwnPassword(v *visit) error {
	if v.Local || v.Token {
		return errLocal
	}
	if err := v.form(); err != nil {
		return err
	}
	var have store.Login
	var until time.Time
	if err := v.write1(func(tx *store.Tx) (err error) {
		if until, err = limited(tx, v.Name, s.address(v.r), v.Now); err == nil {
			have, _, err = tx.Login(v.Name)
		}
		return err
	}); err != nil {
		return err
	}
	if !until.IsZero() {
		return v.showAccount(http.StatusTooManyRequests, v.W.TooManyTries.With("time", v.Until(until)))
	}
	if err := s.knowsOld(v, have.Password); err != nil {
		return v.accountRefused(err)
	}
	hashed, err := v.newPassword(v.Name)
	if err != nil {
		return v.accountRefused(err)
	}
	person, _ := s.team().Find(v.Name)
	err = v.write1(func(tx *store.Tx) error {
		mine, _, err := tx.Session(s.cookieHash(v.r), v.Now)
		if err != nil {
			return err
		}
		return s.changePassword(tx, v, person, hashed, mine.Stay)
	})
	if err != nil {
		return err
	}
	http.Redirect(v.w, v.r, "/account?set", http.StatusSeeOther)
	return nil
}

// knowsOld asks that the form holds the password until now.
func (s *Server) knowsOld(v *visit, hashed string) error {
	ok, err := s.checked(v, true, v.r.PostForm.Get("old"), hashed)
	if err != nil {
		return err
	}
	if !ok {
		return &earshot.Fault{Code: "password", What: v.W.OldPasswordWrong}
	}
	return v.write1(func(tx *store.Tx) error { return tx.ForgetTries(secretHash(pairKey(v.Name, s.address(v.r)))) })
}

func (v *visit) accountRefused(err error) error {
	switch earshot.FaultCode(err) {
	case "password":
		return v.showAccount(http.StatusUnprocessableEntity, faultOf(err).What)
	case "busy":
		return v.showAccount(http.StatusServiceUnavailable, v.trouble(err))
	}
	return err
}

// logoutEverywhere ends every session of the person.
func (s *Server) logoutEverywhere(v *visit) error {
	if v.Local || v.Token {
		return errLocal
	}
	err := v.write1(func(tx *store.Tx) error {
		if _, err := tx.DropSessions(v.Name); err != nil {
			return err
		}
		return tx.PutDeed(store.Deed{At: v.Now, Actor: v.Name, Deed: "signed_out_everywhere", Subject: v.Name})
	})
	if err != nil {
		return err
	}
	s.setCookie(v.w, "", 0)
	http.Redirect(v.w, v.r, "/login?out", http.StatusSeeOther)
	return nil
}
