package store

import (
	"fmt"
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

// search is the one place that knows how texts are searched: here word by word
// with LIKE over the current text, to be replaced by a full-text index.
func (f *filter) search(text string) {
	for _, word := range strings.Fields(text) {
		like := "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(strings.ToLower(word)) + "%"
		f.add(`EXISTS (SELECT 1 FROM revisions r WHERE r.entry = e.id AND r.revision = e.revision
			AND (lower(r.title) LIKE ? ESCAPE '\' OR lower(r.body) LIKE ? ESCAPE '\'))`, like, like)
	}
}

func (q MentionFilter) filter() *filter {
	f := &filter{}
	f.add("m.reason = ''")
	f.equal("m.brand", q.Brand)
	f.equal("m.intent", string(q.Intent))
	f.equal("m.sentiment", string(q.Sentiment))
	f.equal("m.lang", q.Lang)
	f.equal("m.case_id", q.Case)
	f.equal("e.author_key", q.Author)
	f.equal("e.source", q.Source)
	among(f, "c.status", q.Statuses)
	without(f, "m.brand", q.NotBrands)
	if q.Severity > 0 {
		f.add("m.severity >= ?", q.Severity)
	}
	f.span("m.published", q.From, q.To)
	f.span("m.first_seen", q.SeenFrom, time.Time{})
	f.search(q.Text)
	return f
}

// tables names only the tables that the filter needs, so that counting stays cheap.
func (q MentionFilter) tables() string {
	t := " FROM mentions m"
	if q.Author != "" || q.Source != "" || strings.TrimSpace(q.Text) != "" {
		t += " JOIN entries e ON e.id = m.entry"
	}
	if len(q.Statuses) > 0 {
		t += " JOIN cases c ON c.id = m.case_id"
	}
	return t
}

// MentionLine is a mention with its entry and the case it belongs to.
type MentionLine struct {
	Mention earshot.Mention
	Entry   earshot.Entry
	Case    earshot.Case // ID "" if it has none
}

// MentionLines returns mentions, newest published first.
func (tx *Tx) MentionLines(q MentionFilter) ([]MentionLine, error) {
	f := q.filter()
	if q.Before.ID > 0 {
		p := ms(q.Before.Published)
		f.add("(m.published < ? OR m.published = ? AND m.id < ?)", p, p, q.Before.ID)
	}
	f.args = append(f.args, q.Limit)
	return queryAll(tx, scanMentionLine, `SELECT m.id, m.data, e.id, e.data, COALESCE(c.data, '') FROM mentions m
		JOIN entries e ON e.id = m.entry LEFT JOIN cases c ON c.id = m.case_id`+f.where()+
		fmt.Sprintf(` ORDER BY m.published DESC, m.id DESC LIMIT $%d`, len(f.args)), f.args...)
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

// CountMentions returns how many mentions a filter picks.
func (tx *Tx) CountMentions(q MentionFilter) (int, error) {
	f := q.filter()
	n, _, err := queryOne(tx, scanInt, `SELECT COUNT(*)`+q.tables()+f.where(), f.args...)
	return int(n), err
}

// Crossed is how many mentions share four labels.
type Crossed struct {
	Brand, Intent, Sentiment, Lang string
	N                              int
}

// MentionCross counts the mentions a filter picks by brand, intent, sentiment
// and language in one walk; its own values of these four are left out, so that
// each can be counted with the other three.
func (tx *Tx) MentionCross(q MentionFilter) ([]Crossed, error) {
	q.Brand, q.Intent, q.Sentiment, q.Lang, q.Before = "", "", "", "", MentionMark{}
	f := q.filter()
	return queryAll(tx, func(r scanner) (c Crossed, err error) {
		err = r.Scan(&c.Brand, &c.Intent, &c.Sentiment, &c.Lang, &c.N)
		return c, err
	}, `SELECT m.brand, m.intent, m.sentiment, m.lang, COUNT(*)`+q.tables()+f.where()+` GROUP BY m.brand, m.intent, m.sentiment, m.lang`, f.args...)
}

// BrandCounts counts the mentions published in [from, to) by brand and intent.
func (tx *Tx) BrandCounts(from, to time.Time) ([]Count, error) {
	f := MentionFilter{From: from, To: to}.filter()
	return queryAll(tx, scanCount, `SELECT m.brand, m.intent, COUNT(*) FROM mentions m`+f.where()+` GROUP BY m.brand, m.intent`, f.args...)
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
