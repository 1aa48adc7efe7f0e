package web

import (
	"net/http"

	"earshot"
	"earshot/internal/store"
)

// adminPage says who may do what, and who did what.
type adminPage struct {
	frame
	Headline string
	People   []earshot.Person
	Actions  []earshot.Action
	Database string
	Bytes    int64
}

// Megabytes is the size of the database for people.
func (p adminPage) Megabytes() string { return itoa(int(p.Bytes>>20)+1) + "\u00a0MB" }

// auditRows is how many actions the audit trail shows.
const auditRows = 100

// admin shows people and the audit trail; for admins.
func (s *Server) admin(v *visit) error {
	if v.Role != earshot.Admin {
		return errRole
	}
	p := adminPage{People: s.team(), Database: s.o.Store.Name()}
	var err error
	if p.Bytes, err = s.o.Store.Size(v.r.Context()); err != nil {
		return err
	}
	err = v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "admin", v.W.NavAdmin); err != nil {
			return err
		}
		p.Actions, err = tx.LastActions(auditRows)
		return err
	})
	if err != nil {
		return err
	}
	p.Headline = v.W.AdminLocal
	if len(p.People) > 0 {
		p.Headline = v.W.AdminPeople.N(len(p.People))
	}
	return v.render(http.StatusOK, "admin", p)
}
