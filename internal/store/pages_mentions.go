package store

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"earshot"
)

// MentionFilter picks mentions for a list; a zero field picks all that count.
type MentionFilter struct {
	Brand     string
	Intent    earshot.Intent
	Sentiment earshot.Sentiment
	Lang      string
	Case      string
	Author    string // Author.Key
	Source    string // Source.ID
	Statuses  []earshot.Status
	NotBrands []string
	Severity  int
	Text      string // words that must all stand in title or text
	From, To  time.Time
	SeenFrom  time.Time
	Before    MentionMark // only older ones: where the last page ended
	Limit     int
}

// MentionMark is a place in the list of mentions, newest published first.
type MentionMark struct {
	Published time.Time
	ID        int64
}

// filter holds the conditions on the mention's own columns.
func (q MentionFilter) filter() *filter {
	f := &filter{}
	f.add("m.reason = ''")
	f.equal("m.brand", q.Brand)
	f.equal("m.intent", string(q.Intent))
	f.equal("m.sentiment", string(q.Sentiment))
	f.equal("m.lang", q.Lang)
	f.equal("m.case_id", q.Case)
	without(f, "m.brand", q.NotBrands)
	if q.Severity > 0 {
		f.add("m.severity >= ?", q.Severity)
	}
	f.span("m.published", q.From, q.To)
	f.span("m.first_seen", q.SeenFrom, time.Time{})
	return f
}

// walk is how a list of mentions is read, newest published first: which tables
// in which order, on what conditions.
type walk struct {
	*filter
	from, order string
}

// walk chooses the way with the fewest steps: through the cases if few of them
// can match, through the index of words and labels if any is asked for, else
// along the dates.
func (tx *Tx) walk(q MentionFilter) (walk, error) {
	w := walk{filter: q.filter(), from: " FROM mentions m", order: " ORDER BY m.published DESC, m.id DESC"}
	asked := terms(q.Text)
	if q.Text != "" && len(asked) == 0 {
		w.add("1 = 0") // nothing in it is a word
	}
	byLabel := q.Case == "" && q.SeenFrom.IsZero() && !unsettled(q.Statuses)
	if byLabel || q.Source != "" || q.Author != "" {
		asked = append(asked, q.labelTerms()...)
	}
	common := false
	if q.Text != "" && len(asked) > 0 && unsettled(q.Statuses) {
		var err error
		if common, err = tx.common(asked); err != nil {
			return w, err
		}
	}
	switch {
	case common:
		ids, err := tx.unsettledWith(asked, q.Statuses)
		if err != nil {
			return w, err
		}
		w.ids(ids)
		return w, nil
	case len(asked) > 0:
		w.from = " FROM mention_words w CROSS JOIN mentions m"
		w.order = " ORDER BY " + tx.d.linePos + " DESC"
		w.add(tx.d.found, tx.d.ask(asked))
		w.add(fmt.Sprintf("m.id = (%s & %d)", tx.d.linePos, 1<<placeBits-1))
		w.places(tx.d.linePos, q)
		if len(q.Statuses) > 0 {
			w.from += " JOIN cases c ON c.id = m.case_id"
		}
	case unsettled(q.Statuses):
		w.from = " FROM cases c CROSS JOIN mentions m"
		w.add("m.case_id = c.id")
		w.add("m.case_id <> ''")
	case len(q.Statuses) > 0:
		w.from += " CROSS JOIN cases c"
		w.add("c.id = m.case_id")
	}
	among(w.filter, "c.status", q.Statuses)
	return w, nil
}

// unsettled says whether all of the statuses are of cases that somebody still
// works on: there are never very many.
func unsettled(all []earshot.Status) bool {
	for _, s := range all {
		if s == "dismissed" || s == "closed" || s == "resolved" || s == "responded" {
			return false
		}
	}
	return len(all) > 0
}

// places turns dates into places in the index.
func (w *walk) places(column string, q MentionFilter) {
	if !q.From.IsZero() {
		w.add(column+" >= ?", linePlace(q.From, 0))
	}
	if !q.To.IsZero() {
		w.add(column+" < ?", linePlace(q.To.Add(time.Second), 0))
	}
}

// before leaves out what stood on earlier pages of the list.
func (w *walk) before(tx *Tx, m MentionMark) {
	p := ms(m.Published)
	switch {
	case m.ID == 0:
	case strings.Contains(w.order, "published"):
		w.add("(m.published < ? OR m.published = ? AND m.id < ?)", p, p, m.ID)
		w.add("m.published <= ?", p)
	default:
		w.add(tx.d.linePos+" < ?", linePlace(m.Published, m.ID))
	}
}

// MentionLine is a mention with its entry and the case it belongs to.
type MentionLine struct {
	Mention earshot.Mention
	Entry   earshot.Entry
	Case    earshot.Case // ID "" if it has none
}

// MentionLines returns mentions, newest published first.
func (tx *Tx) MentionLines(q MentionFilter) ([]MentionLine, error) {
	w, err := tx.walk(q)
	if err != nil {
		return nil, err
	}
	w.before(tx, q.Before)
	w.args = append(w.args, q.Limit)
	ids, err := queryAll(tx, scanInt, `SELECT m.id`+w.from+w.where()+w.order+` LIMIT `+place(len(w.args)), w.args...)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	f := &filter{}
	f.list("m.id IN (", toAny(ids))
	lines, err := queryAll(tx, scanMentionLine, `SELECT m.id, m.data, e.id, e.data, COALESCE(c.data, '') FROM mentions m
		JOIN entries e ON e.id = m.entry LEFT JOIN cases c ON c.id = m.case_id`+f.where(), f.args...)
	slices.SortFunc(lines, func(a, b MentionLine) int {
		return cmp.Compare(slices.Index(ids, a.Mention.ID), slices.Index(ids, b.Mention.ID))
	})
	return lines, err
}

func scanMentionLine(r scanner) (l MentionLine, err error) {
	var mention, entry, c string
	if err := r.Scan(&l.Mention.ID, &mention, &l.Entry.ID, &entry, &c); err != nil {
		return l, err
	}
	id, of := l.Mention.ID, l.Entry.ID
	for _, part := range []struct {
		data string
		v    any
	}{{mention, &l.Mention}, {entry, &l.Entry}, {c, &l.Case}} {
		if err := jsonText(part.data, part.v); err != nil {
			return l, fmt.Errorf("mention %d: %w", id, err)
		}
	}
	l.Mention.ID, l.Entry.ID = id, of
	return l, nil
}

// Bounded is a number that was counted up to a limit only: a page must not
// wait for a count of everything.
type Bounded struct {
	N    int
	More bool // the limit was reached: N or more
}

// String is the number as people read it: "17", "1000+".
func (b Bounded) String() string {
	if b.More {
		return strconv.Itoa(b.N) + "+"
	}
	return strconv.Itoa(b.N)
}

// MentionTally is what a list of mentions holds, counted over its newest.
type MentionTally struct {
	Bounded
	Complaints int
	Waiting    int // belong to cases without a public answer
}

// TallyMentions counts what a filter picks, at most limit of the newest.
func (tx *Tx) TallyMentions(q MentionFilter, limit int) (t MentionTally, err error) {
	w, err := tx.walk(q)
	if err != nil {
		return t, err
	}
	w.args = append(w.args, limit)
	type sum struct{ n, complaints, waiting int }
	all, _, err := queryOne(tx, func(r scanner) (s sum, err error) { err = r.Scan(&s.n, &s.complaints, &s.waiting); return s, err },
		`SELECT COUNT(*), COALESCE(SUM(CASE WHEN t.intent = 'complaint' THEN 1 ELSE 0 END), 0), COALESCE(SUM(CASE WHEN s.status IN (`+waitingList+`) THEN 1 ELSE 0 END), 0)
		FROM (SELECT m.intent AS intent, m.case_id AS case_id`+w.from+w.where()+w.order+` LIMIT `+place(len(w.args))+`) t LEFT JOIN cases s ON s.id = t.case_id AND t.case_id <> ''`, w.args...)
	return MentionTally{Bounded: Bounded{all.n, all.n == limit}, Complaints: all.complaints, Waiting: all.waiting}, err
}

// waitingList are the statuses in which no public answer was seen.
const waitingList = "'overdue', 'promised', 'unconfirmed', 'seen', 'claimed', 'new'"

// Crossed is how many mentions share four labels.
type Crossed struct {
	Brand, Intent, Sentiment, Lang string
	N                              int
}

// MentionCross counts the newest mentions a filter picks, at most limit, by
// brand, intent, sentiment and language in one walk; its own values of these
// four are left out, so that each can be counted with the other three. More
// says that there are older ones, which were not counted.
func (tx *Tx) MentionCross(q MentionFilter, limit int) (all []Crossed, more bool, err error) {
	q.Brand, q.Intent, q.Sentiment, q.Lang, q.Before = "", "", "", "", MentionMark{}
	w, err := tx.walk(q)
	if err != nil {
		return nil, false, err
	}
	w.args = append(w.args, limit)
	all, err = queryAll(tx, func(r scanner) (c Crossed, err error) {
		err = r.Scan(&c.Brand, &c.Intent, &c.Sentiment, &c.Lang, &c.N)
		return c, err
	}, `SELECT t.brand, t.intent, t.sentiment, t.lang, COUNT(*) FROM (SELECT m.brand AS brand, m.intent AS intent, m.sentiment AS sentiment, m.lang AS lang`+
		w.from+w.where()+w.order+` LIMIT `+place(len(w.args))+`) t GROUP BY t.brand, t.intent, t.sentiment, t.lang`, w.args...)
	n := 0
	for _, c := range all {
		n += c.N
	}
	return all, n == limit, err
}

// SeenCounts counts the mentions first seen since a time by intent.
func (tx *Tx) SeenCounts(since time.Time, notBrands []string) ([]Count, error) {
	f := MentionFilter{NotBrands: notBrands, SeenFrom: since}.filter()
	return queryAll(tx, scanCount, `SELECT m.intent, '', COUNT(*) FROM mentions m`+f.where()+` GROUP BY m.intent`, f.args...)
}

// AlertFilter picks alerts for the log; a zero field picks all.
type AlertFilter struct {
	Receiver string
	Case     string
	Reasons  []earshot.Reason // "" is an alert that is still on its way
	NotEdits bool
	Since    time.Time
	Before   int64 // only older ones: the id where the last page ended
	Limit    int
}

func (q AlertFilter) filter() *filter {
	f := &filter{}
	f.equal("a.receiver", q.Receiver)
	f.equal("a.case_id", q.Case)
	among(f, "a.reason", q.Reasons)
	f.span("a.created", q.Since, time.Time{})
	if q.NotEdits {
		f.add("a.kind <> 'edit'")
	}
	if q.Before > 0 {
		f.add("a.id < ?", q.Before)
	}
	return f
}

// AlertLine is an alert and, while it is on its way, how far it came.
type AlertLine struct {
	Alert   earshot.Alert
	Decided time.Time
	State   OutboxState // "" if it never went to the outbox
	Due     time.Time
	Tries   int
	Trouble string
}

// AlertLines returns alerts, sent and not sent, newest first.
func (tx *Tx) AlertLines(q AlertFilter) ([]AlertLine, error) {
	f := q.filter()
	f.args = append(f.args, q.Limit)
	return queryAll(tx, scanAlertLine, `SELECT a.id, a.reason, a.why, a.decided, a.data, COALESCE(o.state, ''), COALESCE(o.due_at, 0),
		COALESCE(o.attempts, 0), COALESCE(o.trouble, '') FROM alerts a LEFT JOIN outbox o ON o.alert = a.id`+f.where()+
		fmt.Sprintf(` ORDER BY a.id DESC LIMIT $%d`, len(f.args)), f.args...)
}

func scanAlertLine(r scanner) (l AlertLine, err error) {
	var id, decided, due int64
	var reason, why, data string
	if err := r.Scan(&id, &reason, &why, &decided, &data, &l.State, &due, &l.Tries, &l.Trouble); err != nil {
		return l, err
	}
	err = jsonText(data, &l.Alert)
	l.Alert.ID, l.Alert.Reason, l.Alert.Why = id, earshot.Reason(reason), why
	l.Decided, l.Due = at(decided), at(due)
	return l, err
}

// AlertCounts counts the alerts planned since a time by reason and receiver.
func (tx *Tx) AlertCounts(q AlertFilter) ([]Count, error) {
	q.Before, q.Limit = 0, 0
	f := q.filter()
	return queryAll(tx, scanCount, `SELECT a.reason, a.receiver, COUNT(*) FROM alerts a`+f.where()+` GROUP BY a.reason, a.receiver`, f.args...)
}
