package web

import (
	"context"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"earshot"
	"earshot/internal/store"
)

// Who may come in: login links, tokens and share links, made and ended with a
// line in the audit trail each, in one commit. Pages and the API both come here.

// linkLife is how long a login link made on the Admin page is good.
const linkLife = time.Hour

// Share links last between an hour and maxShare.
const maxShare = 90 * 24 * time.Hour

func (s *Server) commit(ctx context.Context, d store.Deed, f func(*store.Tx) error) error {
	return s.o.Store.Write(ctx, func(tx *store.Tx) error {
		if err := f(tx); err != nil {
			return err
		}
		return tx.PutDeed(d)
	})
}

// errToken keeps a stolen token from making more of its kind.
var errToken = &earshot.Fault{Code: "role", What: "A token may not make tokens or login links", Do: "sign in as an admin and use the Admin page"}

// makeLoginLink returns the address of a login link for a person.
func (v *visit) makeLoginLink(name string) (string, error) {
	if v.Token {
		return "", errToken
	}
	if _, ok := v.s.team().Find(name); !ok {
		return "", errNotFound
	}
	secret, hash := NewSecret()
	err := v.s.commit(v.r.Context(), store.Deed{At: v.Now, Actor: v.Name, Deed: "login_link", Subject: name}, func(tx *store.Tx) error {
		return tx.PutLoginLink(store.LoginLink{Hash: hash, Name: name, By: v.Name, Created: v.Now, Ends: v.Now.Add(linkLife)})
	})
	return v.base() + "/login/" + secret, err
}

// makeToken returns a new token with what the store keeps of it.
func (v *visit) makeToken(title string, role earshot.Role) (string, store.Token, error) {
	title = strings.Join(strings.Fields(title), " ")
	t := store.Token{Title: title, Role: role, By: v.Name, Created: v.Now}
	switch {
	case v.Token:
		return "", t, errToken
	case title == "" || utf8.RuneCountInString(title) > 60 || strings.ContainsFunc(title, func(r rune) bool { return !unicode.IsPrint(r) }):
		return "", t, &earshot.Fault{Code: "title", What: "the token needs a name of at most 60 characters", Do: "say what it is for, such as help desk"}
	case ranks[role] == 0:
		return "", t, &earshot.Fault{Code: "role_unknown", What: "there is no such role", Do: "take viewer, responder or admin"}
	}
	secret, _ := NewSecret()
	secret = tokenPrefix + secret
	err := v.s.commit(v.r.Context(), store.Deed{At: v.Now, Actor: v.Name, Deed: "token_made", Subject: title, Detail: string(role)}, func(tx *store.Tx) (err error) {
		t, err = tx.PutToken(t, secretHash(secret))
		return err
	})
	return secret, t, err
}

// revokeToken ends a token at once.
func (v *visit) revokeToken(id int64) error {
	return v.write1(func(tx *store.Tx) error {
		t, ok, err := tx.RevokeToken(id, v.Now)
		if err != nil {
			return err
		}
		if !ok {
			return errNotFound
		}
		return tx.PutDeed(store.Deed{At: v.Now, Actor: v.Name, Deed: "token_revoked", Subject: t.Title})
	})
}

// makeShare returns the address of a new share link of a case.
func (v *visit) makeShare(caseID string, good time.Duration) (string, store.Share, error) {
	sh := store.Share{Case: caseID, By: v.Name, Created: v.Now, Ends: v.Now.Add(good)}
	if good < time.Hour || good > maxShare {
		return "", sh, &earshot.Fault{Code: "share_time", What: "a share link lasts between an hour and 90 days", Do: "say for how long, such as 168h for a week"}
	}
	secret, hash := NewSecret()
	d := store.Deed{At: v.Now, Actor: v.Name, Deed: "share_made", Subject: caseID, Detail: "until " + sh.Ends.UTC().Format("2006-01-02 15:04 MST")}
	err := v.s.commit(v.r.Context(), d, func(tx *store.Tx) error {
		_, ok, err := tx.Case(caseID)
		if err != nil {
			return err
		}
		if !ok {
			return errNotFound
		}
		sh, err = tx.PutShare(sh, hash)
		return err
	})
	return v.base() + "/shared/" + secret, sh, err
}

// revokeShare ends a share link: an admin any, others those they made.
func (v *visit) revokeShare(id int64) (caseID string, err error) {
	err = v.write1(func(tx *store.Tx) error {
		sh, ok, err := tx.Share(id)
		switch {
		case err != nil:
			return err
		case !ok:
			return errNotFound
		case sh.By != v.Name && !v.IsAdmin():
			return &earshot.Fault{Code: "role", What: "That link was made by " + sh.By, Do: "ask them, or an admin, to end it"}
		}
		caseID = sh.Case
		if ok, err = tx.RevokeShare(id, v.Now); err != nil || !ok {
			return err // ended already is as good
		}
		return tx.PutDeed(store.Deed{At: v.Now, Actor: v.Name, Deed: "share_revoked", Subject: sh.Case})
	})
	return caseID, err
}

// signOutPerson ends every session of somebody.
func (v *visit) signOutPerson(name string) error {
	return v.s.commit(v.r.Context(), store.Deed{At: v.Now, Actor: v.Name, Deed: "signed_out_person", Subject: name}, func(tx *store.Tx) error {
		_, err := tx.DropSessions(name)
		return err
	})
}
