package web

import (
	"net/http"
	"time"

	"earshot"
	"earshot/internal/store"
)

// sharePage makes and ends the share links of one case.
type sharePage struct {
	frame
	Case   string
	Shares []store.Share
	Made   string // the new link, shown this once
}

// share shows the links of a case.
func (s *Server) share(v *visit) error { return v.showShares(v.r.PathValue("id"), "") }

func (v *visit) showShares(caseID, made string) error {
	if !v.MayAct() {
		return errRole
	}
	p := sharePage{Case: caseID, Made: made}
	err := v.read(func(tx *store.Tx) (err error) {
		_, ok, err := tx.Case(caseID)
		if err != nil {
			return err
		}
		if !ok {
			return errNotFound
		}
		if p.frame, err = v.frame(tx, "cases", v.W.ShareTitle.With("case", caseID)); err != nil {
			return err
		}
		p.Shares, err = tx.Shares(caseID, v.Now)
		return err
	})
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "share", p)
}

// shareCase makes a link and shows it.
func (s *Server) shareCase(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	good, err := time.ParseDuration(v.r.PostForm.Get("for"))
	if err != nil {
		good = 0
	}
	made, _, err := v.makeShare(v.r.PathValue("id"), good)
	if err != nil {
		return err
	}
	return v.showShares(v.r.PathValue("id"), made)
}

// unshare ends a link and goes back to where the form was.
func (s *Server) unshare(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	caseID, err := v.revokeShare(int64(atoi(v.r.PathValue("share"))))
	if err != nil {
		return err
	}
	http.Redirect(v.w, v.r, v.back("/cases/"+caseID+"/share"), http.StatusSeeOther)
	return nil
}

// sharedPage is a case for somebody who has a link and nothing else.
type sharedPage struct {
	casePage
	Share store.Share
}

var errShare = &earshot.Fault{Code: "share_link", What: "This link was ended, or its time is over", Do: "ask whoever gave it to you for another one"}

// shared shows the case of a share link. The reader is nobody: no role, no name,
// and so no form and no navigation.
func (s *Server) shared(v *visit) error {
	var p sharedPage
	err := v.read(func(tx *store.Tx) error {
		sh, ok, err := tx.ShareOf(secretHash(v.r.PathValue("link")), v.Now)
		if err != nil {
			return err
		}
		if !ok {
			return errShare
		}
		p.Share = sh
		c, ok, err := tx.Case(sh.Case)
		for hops := 0; err == nil && ok && c.Merged != "" && hops < 10; hops++ {
			c, ok, err = tx.Case(c.Merged)
		}
		if err != nil {
			return err
		}
		return p.load(v, tx, c.ID)
	})
	if err != nil {
		return err
	}
	p.describe(v)
	if v.Now.Sub(p.Share.Last) >= touchEvery {
		if err := v.write1(func(tx *store.Tx) error { return tx.TouchShare(p.Share.ID, v.Now) }); err != nil {
			return err
		}
	}
	return v.render(http.StatusOK, "shared", &p)
}
