package store

import (
	"fmt"
	"time"

	"earshot"
)

// AuthorLine is one author with what became of what he wrote.
type AuthorLine struct {
	Key         string
	Name, Site  string
	Cases       int
	Complaints  int
	Compliments int
	Unanswered  int // cases that are open and without a public answer
	Last        time.Time
	Entry       int64
}

// Authors returns the authors with the most cases published since a time.
func (tx *Tx) Authors(since time.Time, notBrands []string, n int) ([]AuthorLine, error) {
	f := CaseFilter{From: since, NotBrands: notBrands}.filter()
	f.add("author_key <> ''")
	f.args = append(f.args, n)
	lines, err := queryAll(tx, scanAuthor, `SELECT author_key, COUNT(*), SUM(CASE WHEN intent = 'complaint' THEN 1 ELSE 0 END), SUM(CASE WHEN intent = 'compliment' THEN 1 ELSE 0 END),
		SUM(CASE WHEN status IN ('overdue', 'promised', 'unconfirmed', 'seen', 'claimed', 'new') THEN 1 ELSE 0 END), MAX(published) FROM cases`+f.where()+
		fmt.Sprintf(` GROUP BY author_key ORDER BY COUNT(*) DESC, MAX(published) DESC LIMIT $%d`, len(f.args)), f.args...)
	if err != nil {
		return nil, err
	}
	for i := range lines {
		e, ok, err := queryOne(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE thread IN (SELECT thread FROM cases WHERE author_key = $1) AND author_key = $1 ORDER BY id DESC LIMIT 1`, lines[i].Key)
		if err != nil {
			return nil, err
		}
		if ok {
			lines[i].Name, lines[i].Site, lines[i].Entry = e.Author.Name, e.SiteName, e.ID
			if e.SiteName == "" {
				lines[i].Site = e.Site
			}
		}
	}
	return lines, nil
}

func scanAuthor(r scanner) (a AuthorLine, err error) {
	var last int64
	err = r.Scan(&a.Key, &a.Cases, &a.Complaints, &a.Compliments, &a.Unanswered, &last)
	a.Last = at(last)
	return a, err
}

// ReasonCounts counts, by brand and reason, the names that were seen since a
// time and count for nothing (namesake, tag_only ...).
func (tx *Tx) ReasonCounts(since time.Time) ([]Count, error) {
	return queryAll(tx, scanCount, `SELECT brand, reason, COUNT(*) FROM mentions WHERE reason <> '' AND first_seen >= $1 GROUP BY brand, reason`, ms(since))
}

// LastActions returns what people did last, newest first.
func (tx *Tx) LastActions(n int) ([]earshot.Action, error) {
	return queryAll(tx, scanJSON[earshot.Action], `SELECT data FROM actions ORDER BY at DESC, id LIMIT $1`, n)
}
