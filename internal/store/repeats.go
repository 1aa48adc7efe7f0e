package store

import (
	"cmp"
	"slices"

	"earshot"
)

// maxRepeats is how many places one fact about repetition looks at.
const maxRepeats = 100

// Repetition adds to a view where else the text of the case stands, and where
// else the brand gave the reply that was given here.
func (tx *Tx) Repetition(v earshot.CaseView) (earshot.CaseView, error) {
	var err error
	if v.SameText, err = tx.sameText(v); err != nil {
		return v, err
	}
	v.SameReply, err = tx.sameReply(v)
	return v, err
}

// sameText lists other sites with the same sentences: copies of the story, and
// texts that are equal once spaces and case are left out. Of a site only the
// first published counts; the case's own site does not.
func (tx *Tx) sameText(v earshot.CaseView) ([]earshot.Place, error) {
	entries, err := queryAll(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE id <> $1 AND (story = $2 AND kind = 'post' OR hash <> ''
		AND hash = (SELECT hash FROM entries WHERE id = $1)) ORDER BY published, id LIMIT $3`, v.Case.Entry, v.Case.Story, maxRepeats)
	var out []earshot.Place
	for _, e := range entries {
		site := cmp.Or(e.Site, e.SiteName)
		if site == "" || site == v.Site || slices.ContainsFunc(out, func(p earshot.Place) bool { return p.Site == site }) {
			continue
		}
		out = append(out, earshot.Place{Site: site, URL: e.URL})
	}
	return out, err
}

// sameReply lists where else the brand's last reply to the case was given, word
// for word but for the name it greets.
func (tx *Tx) sameReply(v earshot.CaseView) ([]earshot.Place, error) {
	last := -1
	for i, r := range v.Responses {
		if r.Said != "" && !r.Rejected {
			last = i
		}
	}
	if last < 0 {
		return nil, nil
	}
	r := v.Responses[last]
	return queryAll(tx, scanPlace, `SELECT e.id, e.story, e.data, MIN(r.case_id) FROM responses r JOIN entries e ON e.id = r.entry
		WHERE r.brand = $1 AND r.said = $2 AND r.entry <> $3 GROUP BY e.id, e.story, e.data, e.published ORDER BY e.published, e.id LIMIT $4`,
		r.Brand, r.Said, r.Entry, maxRepeats)
}

func scanPlace(r scanner) (p earshot.Place, err error) {
	e, err := scanEntry(scanWith{r, &p.Case})
	p.Site, p.URL = cmp.Or(e.SiteName, e.Site), e.URL
	return p, err
}

// scanWith reads one column more than the scan it is given to.
type scanWith struct {
	scanner
	more any
}

// Scan reads the columns and the one behind them.
func (s scanWith) Scan(dest ...any) error { return s.scanner.Scan(append(dest, s.more)...) }
