package web

import (
	"cmp"
	"net/http"
	"slices"
	"time"

	"earshot"
	"earshot/internal/store"
	"earshot/internal/words"
)

// adminPage says who may do what, and who did what.
type adminPage struct {
	frame
	Headline string
	People   []personRow
	Tokens   []store.Token
	Shares   []store.Share
	Trail    []trailRow
	Database string
	Bytes    int64
	Made     *made
}

// made is a secret that was just made; it is shown this once.
type made struct{ Head, Do, Secret string }

// personRow is one of the config's people with how they sign in.
type personRow struct {
	earshot.Person
	Login    store.Login
	Sessions int
}

// trailRow is one line of the audit trail: an action on a case, or a deed.
type trailRow struct {
	At         time.Time
	Actor      string
	Text, Verb string
	Case       string
	Quote      string
}

// Megabytes is the size of the database for people.
func (p adminPage) Megabytes() string { return itoa(int(p.Bytes>>20)+1) + "\u00a0MB" }

// Roles are the roles a token can have, in words.
func (p adminPage) Roles() []words.Choice {
	return choices([]earshot.Role{earshot.Viewer, earshot.Responder, earshot.Admin}, p.W.Roles)
}

// auditRows is how many lines the audit trail shows.
const auditRows = 100

// admin shows people, tokens, share links and the audit trail; for admins.
func (s *Server) admin(v *visit) error { return v.showAdmin(http.StatusOK, nil) }

func (v *visit) showAdmin(code int, m *made) error {
	p := adminPage{Database: v.s.o.Store.Name(), Made: m}
	var err error
	if p.Bytes, err = v.s.o.Store.Size(v.r.Context()); err != nil {
		return err
	}
	err = v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "admin", v.W.NavAdmin); err != nil {
			return err
		}
		if p.People, err = v.personRows(tx); err != nil {
			return err
		}
		if p.Tokens, err = tx.Tokens(); err != nil {
			return err
		}
		if p.Shares, err = tx.Shares("", v.Now); err != nil {
			return err
		}
		p.Trail, err = v.trail(tx, auditRows)
		return err
	})
	if err != nil {
		return err
	}
	p.Headline = v.W.AdminLocal
	if len(p.People) > 0 {
		p.Headline = v.W.AdminPeople.N(len(p.People))
	}
	return v.render(code, "admin", p)
}

func (v *visit) personRows(tx *store.Tx) ([]personRow, error) {
	logins, err := tx.Logins()
	if err != nil {
		return nil, err
	}
	open, err := tx.SessionCounts(v.Now)
	var out []personRow
	for _, p := range v.s.team() {
		row := personRow{Person: p, Sessions: open[p.Name]}
		if i := slices.IndexFunc(logins, func(l store.Login) bool { return l.Name == p.Name }); i >= 0 {
			row.Login = logins[i]
		}
		out = append(out, row)
	}
	return out, err
}

// trail is what people did last, newest first: on cases, and at the doors.
func (v *visit) trail(tx *store.Tx, n int) ([]trailRow, error) {
	actions, err := tx.LastActions(n)
	if err != nil {
		return nil, err
	}
	deeds, err := tx.Deeds(n)
	var out []trailRow
	for _, a := range actions {
		out = append(out, trailRow{At: a.At, Actor: a.Actor, Verb: string(a.Verb), Case: a.Case, Quote: a.Args.Text})
	}
	for _, d := range deeds {
		row := trailRow{At: d.At, Actor: d.Actor, Verb: d.Deed, Text: v.W.Deeds[d.Deed].With("subject", d.Subject, "detail", d.Detail)}
		if row.Actor == "" {
			row.Actor = v.W.CommandLine
		}
		out = append(out, row)
	}
	slices.SortStableFunc(out, func(a, b trailRow) int { return cmp.Compare(b.At.UnixMilli(), a.At.UnixMilli()) })
	return out[:min(n, len(out))], err
}

// adminLink makes a login link and shows it.
func (s *Server) adminLink(v *visit) error {
	name := v.r.PathValue("name")
	link, err := v.makeLoginLink(name)
	if err != nil {
		return err
	}
	return v.showAdmin(http.StatusOK, &made{v.W.LinkMade.With("name", name), v.W.LinkMadeDo, link})
}

// adminSignOut ends every session of a person.
func (s *Server) adminSignOut(v *visit) error {
	return v.adminDid(v.signOutPerson(v.r.PathValue("name")))
}

// adminToken makes a token and shows it.
func (s *Server) adminToken(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	token, _, err := v.makeToken(v.r.PostForm.Get("title"), earshot.Role(v.r.PostForm.Get("role")))
	if err != nil {
		return err
	}
	return v.showAdmin(http.StatusOK, &made{v.W.TokenMade, v.W.TokenMadeDo, token})
}

// adminRevoke ends a token.
func (s *Server) adminRevoke(v *visit) error {
	return v.adminDid(v.revokeToken(int64(atoi(v.r.PathValue("token")))))
}

func (v *visit) adminDid(err error) error {
	if err == nil {
		http.Redirect(v.w, v.r, "/admin", http.StatusSeeOther)
	}
	return err
}
