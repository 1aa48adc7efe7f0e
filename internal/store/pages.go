package store

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"earshot"
)

// filter gathers the conditions of a list with their arguments.
type filter struct {
	conds []string
	args  []any
}

// add takes a condition whose question marks stand for the arguments in order.
func (f *filter) add(cond string, args ...any) {
	for _, a := range args {
		f.args = append(f.args, a)
		cond = strings.Replace(cond, "?", fmt.Sprintf("$%d", len(f.args)), 1)
	}
	f.conds = append(f.conds, cond)
}

// among asks that the column holds one of the values; no values ask nothing.
func among[T ~string](f *filter, column string, values []T) { f.list(column+" IN (", toAny(values)) }

// without asks that the column holds none of the values.
func without[T ~string](f *filter, column string, values []T) {
	f.list(column+" NOT IN (", toAny(values))
}

func (f *filter) list(head string, values []any) {
	if len(values) > 0 {
		f.add(head+strings.TrimSuffix(strings.Repeat("?,", len(values)), ",")+")", values...)
	}
}

func toAny[T any](values []T) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = v
	}
	return out
}

// place is the n-th argument in a query's text.
func place(n int) string { return fmt.Sprintf("$%d", n) }

func (f *filter) where() string {
	if len(f.conds) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(f.conds, " AND ")
}

// span asks that the column's time lies in [from, to); zero ends are open.
func (f *filter) span(column string, from, to time.Time) {
	if !from.IsZero() {
		f.add(column+" >= ?", ms(from))
	}
	if !to.IsZero() {
		f.add(column+" < ?", ms(to))
	}
}

// CaseFilter picks cases for a list; a zero field picks all.
type CaseFilter struct {
	IDs        []string
	Statuses   []earshot.Status
	Intent     earshot.Intent
	Brand      string
	NotBrands  []string // competitors
	Owner      string
	Unowned    bool
	Severity   int           // at least
	Author     string        // Author.Key
	Facet      earshot.Facet // the cause that was set, else the facet that was judged
	Cause      string        // a cause's key: cases that were ever closed with it
	NoCause    bool          // was closed without a word on why
	Unsure     bool          // asks whether its label is right
	Broken     bool          // or: the promise was broken and nothing came since
	DueFrom    time.Time
	DueTo      time.Time // due before, and the clock runs
	From, To   time.Time // published
	Answered   bool
	Unanswered bool
	NotIDs     []string
	Order      CaseOrder
	After      string // CaseLine.Mark of the last row of the page before
	Limit      int
}

func (q CaseFilter) filter(d dialect) *filter {
	f := &filter{}
	f.add(d.aside + "merged = ''")
	among(f, "id", q.IDs)
	without(f, "id", q.NotIDs)
	f.statuses(q)
	without(f, "brand", q.NotBrands)
	f.equal("brand", q.Brand)
	f.equal("intent", string(q.Intent))
	f.equal("owner", q.Owner)
	f.equal("author_key", q.Author)
	f.span("published", q.From, q.To)
	if q.Unowned {
		f.add("work = 'new'")
	}
	if q.Severity > 0 {
		f.add("severity >= ?", q.Severity)
	}
	f.equal("facet", string(q.Facet))
	if q.NoCause {
		f.add("id IN (SELECT case_id FROM closings WHERE cause = '')")
	}
	if q.Cause != "" {
		f.add("id IN (SELECT case_id FROM closings WHERE cause = ?)", q.Cause)
	}
	if q.Unsure {
		f.add("unsure = 1")
	}
	if q.Answered {
		f.add("answer IN ('responded', 'resolved')")
	}
	if q.Unanswered {
		f.add("answer NOT IN ('responded', 'resolved')")
	}
	if !q.DueTo.IsZero() {
		f.add("clock IN ('running', 'due_soon')")
		f.span("due_at", q.DueFrom, q.DueTo)
	}
	return f
}

func (f *filter) equal(column, value string) {
	if value != "" {
		f.add(column+" = ?", value)
	}
}

// statuses: a promise that was broken leaves the status promised, so it is
// known by its answer.
func (f *filter) statuses(q CaseFilter) {
	if !q.Broken {
		among(f, "status", q.Statuses)
		return
	}
	among(f, "status", append([]earshot.Status{"claimed", "new"}, q.Statuses...))
	f.add("(answer = 'promised' OR status NOT IN ('claimed', 'new'))")
}

// CaseLine is a case with what one row of a list shows of it.
type CaseLine struct {
	Case    earshot.Case
	Entry   earshot.Entry
	Verdict earshot.Verdict
	Nth     int    // which case of its author with the brand and intent this is, counted from 1; 0 unknown
	Open    int    // earlier ones that nobody answered
	Mark    string // its place in the list's order
}

func (tx *Tx) caseLines(cases []earshot.Case) ([]CaseLine, error) {
	lines := make([]CaseLine, len(cases))
	entries, mentions, err := tx.texts(cases)
	if err != nil {
		return nil, err
	}
	for i, c := range cases {
		lines[i] = CaseLine{Case: c, Entry: entries[c.Entry], Verdict: mentions[c.Mention].Verdict}
	}
	return lines, tx.authorHistory(lines)
}

// texts loads the entries and mentions that cases were opened by.
func (tx *Tx) texts(cases []earshot.Case) (map[int64]earshot.Entry, map[int64]earshot.Mention, error) {
	entries, mentions := map[int64]earshot.Entry{}, map[int64]earshot.Mention{}
	if len(cases) == 0 {
		return entries, mentions, nil
	}
	var fe, fm filter
	var ids, of []any
	for _, c := range cases {
		ids, of = append(ids, c.Entry), append(of, c.Mention)
	}
	fe.list("id IN (", ids)
	fm.list("id IN (", of)
	es, err := queryAll(tx, scanEntry, `SELECT `+entryColumns+` FROM entries`+fe.where(), fe.args...)
	if err != nil {
		return nil, nil, err
	}
	ms, err := queryAll(tx, scanMention, `SELECT id, data FROM mentions`+fm.where(), fm.args...)
	for _, e := range es {
		entries[e.ID] = e
	}
	for _, m := range ms {
		mentions[m.ID] = m
	}
	return entries, mentions, err
}

// authorHistory counts, per line, the author's cases with the same brand and
// intent that came before it.
func (tx *Tx) authorHistory(lines []CaseLine) error {
	var f filter
	var keys []any
	for _, l := range lines {
		if k := l.Entry.Author.Key; k != "" {
			keys = append(keys, k)
		}
	}
	if len(keys) == 0 {
		return nil
	}
	f.list("author_key IN (", keys)
	f.add(tx.d.aside + "merged = ''")
	type past struct {
		key, brand, intent, answer, work string
		opened                           int64
	}
	all, err := queryAll(tx, func(r scanner) (p past, err error) {
		err = r.Scan(&p.key, &p.brand, &p.intent, &p.answer, &p.work, &p.opened)
		return p, err
	}, `SELECT author_key, brand, intent, answer, work, opened_at FROM cases`+f.where()+` LIMIT 5000`, f.args...)
	for i := range lines {
		l := &lines[i]
		for _, p := range all {
			if p.key != l.Entry.Author.Key || p.brand != l.Case.Brand || p.intent != string(l.Case.Label.Intent) || p.opened > ms(l.Case.Opened) {
				continue
			}
			l.Nth++
			if p.opened < ms(l.Case.Opened) && !earshot.Answer(p.answer).Given() && p.work != string(earshot.WorkDismissed) {
				l.Open++
			}
		}
	}
	return err
}

// EventsSince returns what happened to cases since a time, newest first.
func (tx *Tx) EventsSince(since time.Time, kinds []earshot.EventKind, n int) ([]earshot.Event, error) {
	f := &filter{}
	f.span("at", since, time.Time{})
	among(f, "kind", kinds)
	f.args = append(f.args, n)
	return queryAll(tx, scanJSON[earshot.Event], `SELECT data FROM events`+f.where()+fmt.Sprintf(` ORDER BY at DESC, case_id, seq DESC LIMIT $%d`, len(f.args)), f.args...)
}

// Action returns what a person did, by its id.
func (tx *Tx) Action(id string) (earshot.Action, bool, error) {
	return queryOne(tx, scanJSON[earshot.Action], `SELECT data FROM actions WHERE id = $1`, id)
}

// Text is one revision of an entry as it stood.
type Text struct {
	Revision    int
	Seen        time.Time
	Hash        string
	Title, Body string
}

// Texts returns the revisions of an entry, oldest first, at most n.
func (tx *Tx) Texts(entry int64, n int) ([]Text, error) {
	return queryAll(tx, func(r scanner) (t Text, err error) {
		var seen int64
		err = r.Scan(&t.Revision, &seen, &t.Hash, &t.Title, &t.Body)
		t.Seen = at(seen)
		return t, err
	}, `SELECT revision, seen_at, hash, title, body FROM revisions WHERE entry = $1 ORDER BY revision LIMIT $2`, entry, n)
}

// Comments returns the comments of a thread, oldest first, at most n, and how many there are.
func (tx *Tx) Comments(thread string, n int) ([]earshot.Entry, int, error) {
	total, _, err := queryOne(tx, scanInt, `SELECT COUNT(*) FROM entries WHERE thread = $1 AND kind = 'comment'`, thread)
	if err != nil {
		return nil, 0, err
	}
	all, err := queryAll(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE thread = $1 AND kind = 'comment' ORDER BY published, id LIMIT $2`, thread, n)
	return all, int(total), err
}

// CopiesOf returns the other entries of a story that are posts, first published first.
func (tx *Tx) CopiesOf(story, but int64, n int) ([]earshot.Entry, error) {
	return queryAll(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE story = $1 AND id <> $2 AND kind = 'post' AND story > 0 ORDER BY published, id LIMIT $3`, story, but, n)
}

// SourceEntries returns the newest entries of a source, newest first.
func (tx *Tx) SourceEntries(source string, n int) ([]earshot.Entry, error) {
	return queryAll(tx, scanEntry, `SELECT `+entryColumns+` FROM entries WHERE source = $1 ORDER BY first_seen DESC, id DESC LIMIT $2`, source, n)
}

// jsonText reads a JSON column into v; an empty column leaves it as it is.
func jsonText(data string, v any) error {
	if data == "" {
		return nil
	}
	return json.Unmarshal([]byte(data), v)
}

// Heard says whether any entry was ever read.
func (tx *Tx) Heard() (bool, error) {
	_, ok, err := queryOne(tx, scanInt, `SELECT id FROM entries LIMIT 1`)
	return ok, err
}
