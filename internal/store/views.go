package store

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"earshot"
)

// View gathers what planning, rendering and joining need to know of a case. What
// only the config knows (tier, official identities, competitor, reach) is for
// the caller to add.
func (tx *Tx) View(c earshot.Case) (earshot.CaseView, error) {
	v := earshot.CaseView{Case: c}
	steps := []func(*earshot.CaseView) error{tx.viewEntry, tx.viewMention, tx.viewHistory, tx.viewResponses, tx.viewLatest}
	for _, step := range steps {
		if err := step(&v); err != nil {
			return v, fmt.Errorf("view of case %s: %w", c.ID, err)
		}
	}
	return v, nil
}

// CaseView returns the view of a case by its public id; a merged case gives the
// one it went into.
func (tx *Tx) CaseView(id string) (earshot.CaseView, bool, error) {
	for range 10 { // a chain of merges is short; a ring cannot be, but must not hang us
		c, ok, err := tx.Case(id)
		if err != nil || !ok {
			return earshot.CaseView{}, false, err
		}
		if c.Merged == "" {
			v, err := tx.View(c)
			return v, true, err
		}
		id = c.Merged
	}
	return earshot.CaseView{}, false, fmt.Errorf("case %s: merged in a ring", id)
}

func (tx *Tx) viewEntry(v *earshot.CaseView) error {
	e, ok, err := tx.Entry(v.Case.Entry)
	if err != nil || !ok {
		return err
	}
	v.Title, v.URL, v.Site, v.SiteName, v.Kind, v.Author = e.Title, e.URL, e.Site, e.SiteName, e.Kind, e.Author
	v.Published, v.Precision, v.FirstSeen, v.Tags, v.Comments, v.Lang = e.Published, e.Precision, e.FirstSeen, e.Tags, e.Comments, e.Lang
	if v.Title == "" {
		v.Title, err = tx.threadTitle(e.Thread)
	}
	if err != nil {
		return err
	}
	src, ok, err := tx.Source(e.Source)
	if ok {
		v.Reach = src.Reach
		v.Tags = append(slices.Clone(v.Tags), src.Tags...)
		if v.SiteName == "" {
			v.SiteName = src.Title
		}
	}
	return err
}

// threadTitle is the title of the post that a comment stands under.
func (tx *Tx) threadTitle(thread string) (string, error) {
	e, _, err := queryOne(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE thread = $1 AND kind = 'post' ORDER BY id LIMIT 1`, thread)
	return e.Title, err
}

func (tx *Tx) viewMention(v *earshot.CaseView) error {
	m, ok, err := tx.Mention(v.Case.Mention)
	if err != nil || !ok {
		return err
	}
	v.Verdict, v.Rule = m.Verdict, m.Rule
	v.Quote = strings.TrimSpace(m.Verdict.Evidence.Text)
	if v.Lang == "" || m.Verdict.Lang != "" {
		v.Lang = m.Verdict.Lang
	}
	v.Entries, err = queryAll(tx, scanInt, `SELECT entry FROM mentions WHERE case_id = $1 ORDER BY entry`, v.Case.ID)
	return err
}

func (tx *Tx) viewHistory(v *earshot.CaseView) error {
	if v.Author.Key == "" {
		return nil
	}
	earlier, err := tx.AuthorCases(v.Author.Key, v.Case.Brand, time.Unix(0, 0))
	for _, c := range earlier {
		if c.ID == v.Case.ID || c.Opened.After(v.Case.Opened) || c.Label.Intent != v.Case.Label.Intent {
			continue
		}
		v.Earlier++
		v.EarlierCases = append(v.EarlierCases, c.ID)
		if !c.Answer.Given() && c.Work != earshot.WorkDismissed {
			v.EarlierUnanswered++
		}
	}
	return err
}

func (tx *Tx) viewResponses(v *earshot.CaseView) (err error) {
	v.Responses, err = tx.CaseResponses(v.Case.ID)
	return err
}

func (tx *Tx) viewLatest(v *earshot.CaseView) error {
	e, ok, err := queryOne(tx, scanJSON[earshot.Event], `SELECT data FROM events WHERE case_id = $1 ORDER BY seq DESC LIMIT 1`, v.Case.ID)
	if ok {
		v.Latest = e
	}
	return err
}

// OpenCases returns the views of cases in the given statuses, the longest
// waiting first; all statuses if none is given.
func (tx *Tx) OpenCases(statuses []earshot.Status, n int) ([]earshot.CaseView, error) {
	cases, err := queryAll(tx, scanJSON[earshot.Case], `SELECT data FROM cases WHERE merged = '' AND ($1 = '' OR $1 LIKE '%,' || status || ',%')
		ORDER BY published, n LIMIT $2`, statusList(statuses), n)
	if err != nil {
		return nil, err
	}
	var views []earshot.CaseView
	for _, c := range cases {
		v, err := tx.View(c)
		if err != nil {
			return nil, err
		}
		views = append(views, v)
	}
	return views, nil
}

func statusList(statuses []earshot.Status) string {
	if len(statuses) == 0 {
		return ""
	}
	var b strings.Builder
	b.WriteByte(',')
	for _, s := range statuses {
		b.WriteString(string(s) + ",")
	}
	return b.String()
}

// Count is a number with the labels it counts.
type Count struct {
	A, B string
	N    int64
}

func scanCount(r scanner) (c Count, err error) {
	err = r.Scan(&c.A, &c.B, &c.N)
	return c, err
}

// CaseCounts returns how many cases each brand has in each status.
func (tx *Tx) CaseCounts() ([]Count, error) {
	return queryAll(tx, scanCount, `SELECT brand, status, COUNT(*) FROM cases WHERE merged = '' GROUP BY brand, status`)
}

// SourceCounts returns how many sources there are in each state.
func (tx *Tx) SourceCounts() ([]Count, error) {
	return queryAll(tx, scanCount, `SELECT state, '', COUNT(*) FROM sources GROUP BY state`)
}

// PromiseCounts returns how many promises stand in each state.
func (tx *Tx) PromiseCounts() ([]Count, error) {
	return queryAll(tx, scanCount, `SELECT kind, '', COUNT(*) FROM events WHERE kind IN ('promise_made', 'promise_kept', 'promise_broken') GROUP BY kind`)
}

// OldestUnanswered returns per brand when the longest waiting complaint was published.
func (tx *Tx) OldestUnanswered() ([]Count, error) {
	return queryAll(tx, scanCount, `SELECT brand, '', MIN(published) FROM cases WHERE merged = '' AND intent = 'complaint'
		AND status NOT IN ('dismissed', 'closed', 'resolved', 'responded') GROUP BY brand`)
}

// LastMatches returns per brand when its last mention was first seen.
func (tx *Tx) LastMatches() ([]Count, error) {
	// The brands are stepped through by the index: a million mentions are few brands.
	return queryAll(tx, scanCount, `WITH RECURSIVE b(brand) AS (SELECT MIN(brand) FROM mentions
		UNION ALL SELECT (SELECT MIN(m.brand) FROM mentions m WHERE m.brand > b.brand) FROM b WHERE b.brand IS NOT NULL)
		SELECT brand, '', last FROM (SELECT b.brand AS brand, (SELECT MAX(m.first_seen) FROM mentions m WHERE m.brand = b.brand AND m.reason = '') AS last
		FROM b WHERE b.brand IS NOT NULL) t WHERE last IS NOT NULL`)
}

// LastNewEntry returns when the newest entry was first seen, zero if there is none.
func (tx *Tx) LastNewEntry() (time.Time, error) {
	n, _, err := queryOne(tx, scanInt, `SELECT COALESCE(MAX(first_seen), 0) FROM (SELECT first_seen FROM entries ORDER BY id DESC LIMIT 50) newest`)
	return at(n), err
}

// Worth returns the ids of the cases most worth an answer: open complaints, the
// severest and newest first.
func (tx *Tx) Worth(n int) ([]string, error) {
	return queryAll(tx, scanText, `SELECT id FROM cases WHERE merged = '' AND status NOT IN ('dismissed', 'closed', 'resolved', 'responded')
		AND intent <> 'none' ORDER BY CASE WHEN intent = 'complaint' THEN 0 ELSE 1 END, severity DESC, published DESC, n LIMIT $1`, n)
}
