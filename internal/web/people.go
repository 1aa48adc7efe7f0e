package web

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"earshot/internal/store"
)

// peoplePage lists who writes about us, most often first.
type peoplePage struct {
	frame
	Headline string
	Days     int
	Spans    []choice
	Lines    []personLine
}

// personLine is an author with the address of what they wrote.
type personLine struct {
	store.AuthorLine
	Href string
}

const peoplePerPage = 50

// people shows the authors.
func (s *Server) people(v *visit) error {
	p := peoplePage{Days: v.days(90)}
	again := 0
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "people", v.W.NavPeople); err != nil {
			return err
		}
		p.Twins = "/people"
		lines, err := v.authors(tx, peoplePerPage)
		for _, l := range lines {
			if l.Name == "" {
				l.Name = v.W.Nameless
			}
			if l.Complaints > 1 {
				again++
			}
			p.Lines = append(p.Lines, personLine{l, "/cases?author=" + url.QueryEscape(l.Key)})
		}
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range []int{30, 90, 365} {
		p.Spans = append(p.Spans, choice{Name: v.W.LastDays.N(d), Href: with(v.r.URL, "days", itoa(d)), Current: p.Days == d})
	}
	switch {
	case len(p.Lines) == 0:
		p.Headline = v.W.PeopleNone
	case again == 0:
		p.Headline = v.W.PeopleOnce
	default:
		p.Headline = v.W.PeopleAgain.N(again)
	}
	return v.render(http.StatusOK, "people", p)
}

func (v *visit) authors(tx *store.Tx, n int) ([]store.AuthorLine, error) {
	return tx.Authors(v.Now.Add(-time.Duration(v.days(90))*24*time.Hour), v.s.competitors(), n)
}

func listPeople(v *visit, tx *store.Tx, n int) (list, error) {
	lines, err := v.authors(tx, min(v.limit(n), 500))
	out := list{title: v.W.NavPeople, head: []string{"author", "site", "cases", "complaints", "compliments", "without an answer", "last"}}
	for _, l := range lines {
		out.items = append(out.items, map[string]any{"name": l.Name, "site": l.Site, "cases": l.Cases, "complaints": l.Complaints, "compliments": l.Compliments, "unanswered": l.Unanswered, "last": l.Last})
		out.rows = append(out.rows, []string{l.Name, l.Site, itoa(l.Cases), itoa(l.Complaints), itoa(l.Compliments), itoa(l.Unanswered), v.stampCSV(l.Last)})
		href := "/cases?author=" + url.QueryEscape(l.Key)
		out.feed = append(out.feed, feedEntry{id: "/people#" + strconv.FormatInt(l.Entry, 10), path: href, updated: l.Last, title: l.Name, text: l.Site})
	}
	return out, err
}
