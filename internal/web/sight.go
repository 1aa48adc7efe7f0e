package web

import (
	"context"
	"net/http"
	"time"

	"earshot"
	"earshot/internal/store"
)

// Sight is what Earshot sees at an address just now; nothing of it is kept.
type Sight struct {
	URL     string // where it was found, credentials redacted
	Kind    string // rss, atom, json, rdf or page
	Title   string
	Total   int          // entries there
	Entries []SightEntry // the first of them; of a page, itself
	Feeds   []string     // that a page names
	Cut     bool         // it broke off, or is longer than may be read
}

// SightEntry is one entry with the brands that are named in it.
type SightEntry struct {
	Title, Text, URL, Author string
	Published                time.Time
	Precision                earshot.Precision
	Brands                   []string
}

// Looker reads an address with the crawler's guards and shows what is there.
type Looker func(ctx context.Context, address string) (Sight, error)

// sightPage shows a test of an address.
type sightPage struct {
	frame
	Name    string
	Href    string // the source's page, "" for an address that is not followed
	Sight   Sight
	Trouble string
	Named   int // entries that name a brand
	Link    string
}

// lookSource tests a followed source as it is read, with its credentials.
func (s *Server) lookSource(v *visit) error {
	var src earshot.Source
	err := v.read(func(tx *store.Tx) (err error) {
		src, err = sourceByKey(tx, v.r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	if src.Kind == earshot.SourcePush {
		return errNotFound
	}
	return v.look(src.URL, sightPage{Name: sourceName(src), Href: "/sources/" + sourceKey(src.ID)})
}

// lookAddress tests an address that somebody thinks of following.
func (s *Server) lookAddress(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	address := webLink(v.r.PostForm.Get("address"))
	if address == "" {
		return v.showSight(http.StatusUnprocessableEntity, sightPage{Trouble: v.W.AddBadAddress})
	}
	return v.look(address, sightPage{Name: redacted(address)})
}

func (v *visit) look(address string, p sightPage) error {
	if v.s.o.Look == nil {
		return errNotFound
	}
	code := http.StatusOK
	seen, err := v.s.o.Look(v.r.Context(), address)
	if err != nil {
		// What the crawler says of an address may repeat it: credentials go.
		code, p.Trouble = http.StatusUnprocessableEntity, redacted(v.trouble(err))
	}
	p.Sight = seen
	p.Sight.Kind = v.W.SightKinds[seen.Kind]
	for _, e := range seen.Entries {
		p.Named += only(len(e.Brands) > 0, 1)
	}
	return v.showSight(code, p)
}

func (v *visit) showSight(code int, p sightPage) error {
	err := v.read(func(tx *store.Tx) (err error) {
		p.frame, err = v.frame(tx, "sources", v.W.SightTitle)
		return err
	})
	if err != nil {
		return err
	}
	return v.render(code, "sight", p)
}

// pauseSource pauses a source, or ends its pause.
func (s *Server) pauseSource(v *visit) error {
	if err := v.form(); err != nil {
		return err
	}
	form := v.r.PostForm
	a := earshot.Action{ID: form.Get("id"), Verb: earshot.VerbPause, Actor: v.Name, At: v.Now, Args: earshot.Args{Source: v.r.PathValue("id")}}
	var err error
	if form.Get("resume") != "" {
		a.Verb = earshot.VerbResume
	} else {
		a.Args.Text = clip(form.Get("text"), 300)
		a.Args.Until, err = v.moment(form)
	}
	if err == nil && !nonceLike(a.ID) {
		err = &earshot.Fault{Code: "form", What: "the form is not one of Earshot's", Do: "open the source again and use its form"}
	}
	if err == nil {
		_, err = s.o.Do(v.r.Context(), a)
	}
	if err != nil {
		return v.showSource(statusOf(err), v.trouble(err))
	}
	v.seeOther("/sources/"+v.r.PathValue("id"), "did", a.ID)
	return nil
}
