package store

import (
	"cmp"
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
	last        int64 // number of the newest case
}

// Authors returns the authors with the most cases published since a time.
func (tx *Tx) Authors(since time.Time, notBrands []string, n int) ([]AuthorLine, error) {
	f := CaseFilter{From: since, NotBrands: notBrands}.filter(tx.d)
	f.add("author_key <> ''")
	f.args = append(f.args, n)
	lines, err := queryAll(tx, scanAuthor, `SELECT author_key, COUNT(*), SUM(CASE WHEN intent = 'complaint' THEN 1 ELSE 0 END), SUM(CASE WHEN intent = 'compliment' THEN 1 ELSE 0 END),
		SUM(CASE WHEN status IN (`+waitingList+`) THEN 1 ELSE 0 END), MAX(published), MAX(n) FROM cases`+f.where()+
		fmt.Sprintf(` GROUP BY author_key ORDER BY COUNT(*) DESC, MAX(published) DESC LIMIT $%d`, len(f.args)), f.args...)
	if err != nil {
		return nil, err
	}
	return lines, tx.authorNames(lines)
}

// authorNames adds how each author signed last.
func (tx *Tx) authorNames(lines []AuthorLine) error {
	if len(lines) == 0 {
		return nil
	}
	var numbers []any
	for _, l := range lines {
		numbers = append(numbers, l.last)
	}
	f := &filter{}
	f.list("n IN (", numbers)
	cases, err := queryAll(tx, scanJSON[earshot.Case], `SELECT data FROM cases`+f.where(), f.args...)
	if err != nil {
		return err
	}
	entries, _, err := tx.texts(cases)
	for _, e := range entries {
		for i := range lines {
			if l := &lines[i]; l.Key == e.Author.Key {
				l.Name, l.Site, l.Entry = e.Author.Name, cmp.Or(e.SiteName, e.Site), e.ID
			}
		}
	}
	return err
}

func scanAuthor(r scanner) (a AuthorLine, err error) {
	var last int64
	err = r.Scan(&a.Key, &a.Cases, &a.Complaints, &a.Compliments, &a.Unanswered, &last, &a.last)
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
