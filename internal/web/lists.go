package web

import (
	"fmt"
	"net/url"
	"strconv"
	"time"

	"earshot"
	"earshot/internal/store"
)

// caseJSON is a case in the API and the .json twins.
type caseJSON struct {
	ID         string            `json:"id"`
	Rev        int               `json:"rev"`
	Brand      string            `json:"brand"`
	Status     earshot.Status    `json:"status"`
	Work       earshot.Work      `json:"work"`
	Answer     earshot.Answer    `json:"answer"`
	Clock      earshot.Clock     `json:"clock"`
	Due        *time.Time        `json:"due,omitempty"`
	Intent     earshot.Intent    `json:"intent"`
	Sentiment  earshot.Sentiment `json:"sentiment"`
	Severity   int               `json:"severity"`
	Facet      earshot.Facet     `json:"facet,omitempty"`
	Confidence float64           `json:"confidence"`
	Unsure     bool              `json:"unsure"`
	Owner      string            `json:"owner,omitempty"`
	Published  time.Time         `json:"published"`
	FirstSeen  time.Time         `json:"first_seen"`
	Closed     *time.Time        `json:"closed,omitempty"`
	Outcome    earshot.Outcome   `json:"outcome,omitempty"`
	Cause      earshot.Facet     `json:"cause,omitempty"`
	CauseName  string            `json:"cause_name,omitempty"`
	CauseLink  string            `json:"cause_link,omitempty"`
	AsksCause  bool              `json:"asks_cause,omitempty"` // closed without a word on why: send the verb outcome with args.cause
	Recurs     []string          `json:"recurs,omitempty"`     // earlier cases of a cause that had been fixed
	FollowUp   *time.Time        `json:"follow_up,omitempty"`  // when it is asked whether it is really fixed
	PromiseDue *time.Time        `json:"promise_due,omitempty"`
	WaitedS    int64             `json:"waited_seconds"`
	Voices     int               `json:"voices"`
	Copies     int               `json:"copies"`
	Merged     string            `json:"merged_into,omitempty"`
	Title      string            `json:"title"`
	Quote      string            `json:"quote"`
	Lang       string            `json:"lang"`
	URL        string            `json:"url"`
	Site       string            `json:"site"`
	Author     string            `json:"author"`
	Comments   string            `json:"comments,omitempty"`
	Link       string            `json:"link"`
	Evidence   []evidenceJSON    `json:"evidence,omitempty"`
	Events     []earshot.Event   `json:"events,omitempty"`
	Alerts     []alertJSON       `json:"alerts,omitempty"`
}

// evidenceJSON is one piece of evidence about an answer.
type evidenceJSON struct {
	Kind       earshot.EvidenceKind `json:"kind"`
	Answer     earshot.Answer       `json:"answer"`
	SaidAt     time.Time            `json:"said_at"`
	Actor      string               `json:"actor,omitempty"`
	Confidence float64              `json:"confidence"`
	Link       string               `json:"link,omitempty"`
	Passage    string               `json:"passage,omitempty"`
	Due        *time.Time           `json:"due,omitempty"`
	Rejected   bool                 `json:"rejected,omitempty"`
}

// someTime is t for JSON, absent if there is none.
func someTime(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.UTC()
	return &t
}

func (v *visit) caseJSON(c earshot.Case, e earshot.Entry, verdict earshot.Verdict) caseJSON {
	l := store.CaseLine{Case: c, Entry: e, Verdict: verdict}
	return caseJSON{ID: c.ID, Rev: c.Rev, Brand: c.Brand, Status: c.Status(), Work: c.Work, Answer: c.Answer, Clock: c.Clock.Clock, Due: someTime(c.Clock.Due),
		Intent: c.Label.Intent, Sentiment: c.Label.Sentiment, Severity: c.Label.Severity, Facet: c.Label.Facet, Confidence: c.Label.Confidence, Unsure: c.Label.Unsure,
		Owner: c.Owner, Published: c.Published.UTC(), FirstSeen: c.FirstSeen.UTC(), Closed: someTime(c.Closed), Outcome: c.Outcome, Cause: c.Cause,
		CauseName: c.CauseName, CauseLink: webLink(c.CauseLink), AsksCause: c.WantsCause(), Recurs: c.Recurs.Cases, FollowUp: someTime(c.FollowUp.Due),
		PromiseDue: someTime(c.Promise.Due), WaitedS: int64(c.Waiting(v.Now).Seconds()), Voices: c.Voices, Copies: c.Copies, Merged: c.Merged,
		Title: e.Title, Quote: evidence(l), Lang: lineLang(l), URL: webLink(e.URL), Site: siteName(e), Author: e.Author.Name, Comments: string(e.Comments), Link: v.base() + "/cases/" + c.ID}
}

// listToday is the queue: everybody who waits, soonest due first.
func listToday(v *visit, tx *store.Tx, n int) (list, error) {
	return v.listCasesBy(tx, store.CaseFilter{Statuses: waitingStatuses, Order: store.OrderDue, NotBrands: v.s.competitors(), Limit: n}, v.W.TodayTitle)
}

func listCases(v *visit, tx *store.Tx, n int) (list, error) {
	f := v.caseFilter(v.r.URL.Query())
	f.Limit = v.limit(n)
	l, err := v.listCasesBy(tx, f, v.W.CasesTitle)
	if len(l.items) < f.Limit {
		l.next = ""
	}
	return l, err
}

// limit is how many rows a program asks for, at most n.
func (v *visit) limit(n int) int {
	if asked := atoi(v.r.URL.Query().Get("limit")); asked > 0 && asked < n {
		return asked
	}
	return n
}

func (v *visit) listCasesBy(tx *store.Tx, f store.CaseFilter, title string) (list, error) {
	lines, err := tx.CaseLines(f)
	out := list{title: title, head: []string{"case", "brand", "status", "intent", "severity", "owner", "published", "found", "due", "waited hours", "answer", "site", "author", "language", "quote", "address"}}
	for _, l := range lines {
		c, j := l.Case, v.caseJSON(l.Case, l.Entry, l.Verdict)
		out.next = v.base() + with(v.r.URL, "after", l.Mark)
		out.items = append(out.items, j)
		out.rows = append(out.rows, []string{c.ID, c.Brand, string(j.Status), string(j.Intent), itoa(j.Severity), c.Owner, v.stampCSV(c.Published), v.stampCSV(c.FirstSeen),
			v.stampCSV(c.Clock.Due), strconv.FormatFloat(c.Waiting(v.Now).Hours(), 'f', 1, 64), string(c.Answer), j.Site, j.Author, j.Lang, j.Quote, j.URL})
		out.feed = append(out.feed, feedEntry{id: "/cases/" + c.ID, path: "/cases/" + c.ID, updated: c.Opened,
			title: fmt.Sprintf("%s: %s, %s (%s)", c.Brand, v.label(c.Label), j.Site, v.W.Statuses[string(j.Status)]), text: quoted(j.Lang, j.Quote)})
	}
	return out, err
}

// mentionJSON is a mention in the API and the .json twins.
type mentionJSON struct {
	ID         int64             `json:"id"`
	Brand      string            `json:"brand"`
	Intent     earshot.Intent    `json:"intent"`
	Sentiment  earshot.Sentiment `json:"sentiment"`
	Severity   int               `json:"severity"`
	Facet      earshot.Facet     `json:"facet,omitempty"`
	Confidence float64           `json:"confidence"`
	Abstain    bool              `json:"abstain"`
	Evidence   string            `json:"evidence"`
	Lang       string            `json:"lang"`
	Case       string            `json:"case,omitempty"`
	Status     earshot.Status    `json:"status,omitempty"`
	Kind       earshot.EntryKind `json:"kind"`
	Title      string            `json:"title"`
	URL        string            `json:"url"`
	Site       string            `json:"site"`
	Author     string            `json:"author"`
	Published  time.Time         `json:"published"`
	FirstSeen  time.Time         `json:"first_seen"`
}

func listMentions(v *visit, tx *store.Tx, n int) (list, error) {
	f := v.mentionFilter(v.r.URL.Query())
	var err error
	if f.Source, err = sourceOf(tx, v.r.URL.Query().Get("source")); err != nil {
		return list{}, err
	}
	f.Limit = v.limit(n)
	lines, err := tx.MentionLines(f)
	out := list{title: v.W.MentionsTitle, head: []string{"mention", "brand", "intent", "sentiment", "severity", "confidence", "case", "status", "published", "found", "site", "author", "language", "title", "evidence", "address"}}
	for _, l := range lines {
		m, e, d := l.Mention, l.Entry, l.Mention.Verdict
		j := mentionJSON{ID: m.ID, Brand: m.Brand, Intent: d.Intent, Sentiment: d.Sentiment, Severity: d.Severity, Facet: d.Facet, Confidence: d.IntentConfidence, Abstain: d.Abstain,
			Evidence: excerpt(d.Evidence.Text, e), Lang: d.Lang, Case: l.Case.ID, Kind: e.Kind, Title: e.Title, URL: webLink(e.URL), Site: siteName(e), Author: e.Author.Name, Published: e.Published, FirstSeen: e.FirstSeen}
		if j.Case != "" {
			j.Status = l.Case.Status()
		}
		out.items = append(out.items, j)
		out.rows = append(out.rows, []string{strconv.FormatInt(m.ID, 10), m.Brand, string(j.Intent), string(j.Sentiment), itoa(j.Severity), strconv.FormatFloat(j.Confidence, 'f', 2, 64), j.Case,
			string(j.Status), v.stampCSV(e.Published), v.stampCSV(e.FirstSeen), j.Site, j.Author, j.Lang, j.Title, j.Evidence, j.URL})
		path := "/mentions"
		if j.Case != "" {
			path = "/cases/" + j.Case
		}
		out.feed = append(out.feed, feedEntry{id: "/mentions#" + strconv.FormatInt(m.ID, 10), path: path, updated: e.FirstSeen,
			title: fmt.Sprintf("%s: %s, %s", m.Brand, v.label(d.Label()), j.Site), text: quoted(j.Lang, j.Evidence)})
	}
	if n := len(lines); n > 0 && n == f.Limit {
		last := lines[n-1]
		out.next = v.base() + with(v.r.URL, "before", fmt.Sprintf("%d.%d", last.Entry.Published.UnixMilli(), last.Mention.ID))
	}
	return out, err
}

// alertJSON is an alert in the API and the .json twins.
type alertJSON struct {
	ID       int64             `json:"id"`
	Kind     earshot.AlertKind `json:"kind"`
	Case     string            `json:"case,omitempty"`
	Receiver string            `json:"receiver,omitempty"`
	Route    string            `json:"route,omitempty"`
	Reason   earshot.Reason    `json:"reason"` // empty while it is on its way
	Why      string            `json:"why"`
	Created  time.Time         `json:"created"`
	Decided  *time.Time        `json:"decided,omitempty"`
	Tries    int               `json:"tries,omitempty"`
}

func (v *visit) alertJSON(l store.AlertLine) alertJSON {
	a := l.Alert
	return alertJSON{ID: a.ID, Kind: a.Kind, Case: a.Case, Receiver: a.Receiver, Route: a.Route, Reason: a.Reason, Why: v.alertWhy(l), Created: a.Created.UTC(),
		Decided: someTime(l.Decided), Tries: l.Tries}
}

func listAlerts(v *visit, tx *store.Tx, n int) (list, error) {
	f := v.alertFilter()
	f.Limit = v.limit(n)
	lines, err := tx.AlertLines(f)
	out := list{title: v.W.AlertsTitle, head: []string{"alert", "planned", "decided", "kind", "case", "receiver", "route", "reason", "why"}}
	for _, l := range lines {
		j := v.alertJSON(l)
		r := v.alertRow(l)
		out.items = append(out.items, j)
		out.rows = append(out.rows, []string{strconv.FormatInt(j.ID, 10), v.stampCSV(j.Created), v.stampCSV(l.Decided), string(j.Kind), j.Case, j.Receiver, j.Route, string(j.Reason), j.Why})
		path := r.Href
		if path == "" {
			path = "/alerts"
		}
		out.feed = append(out.feed, feedEntry{id: "/alerts#" + strconv.FormatInt(j.ID, 10), path: path, updated: r.At, title: r.What + ": " + r.State.Word, text: r.Why})
	}
	if len(lines) > 0 && len(lines) == f.Limit {
		out.next = v.base() + with(v.r.URL, "before", strconv.FormatInt(lines[len(lines)-1].Alert.ID, 10))
	}
	return out, err
}

// sourceJSON is a source in the API and the .json twins: no credentials.
type sourceJSON struct {
	ID           string              `json:"id"`
	Kind         earshot.SourceKind  `json:"kind"`
	Name         string              `json:"name"`
	Address      string              `json:"address"`
	Tags         []string            `json:"tags"`
	State        earshot.SourceState `json:"state"`
	Reason       string              `json:"reason,omitempty"`
	Failures     int                 `json:"failures"`
	Due          *time.Time          `json:"due,omitempty"`
	LastSuccess  *time.Time          `json:"last_success,omitempty"`
	LastNewEntry *time.Time          `json:"last_new_entry,omitempty"`
	EveryS       int64               `json:"interval_seconds"`
}

func listSources(v *visit, tx *store.Tx, n int) (list, error) {
	picked, err := tx.SourceLines(v.sourceFilter(v.limit(n)))
	out := list{title: v.W.SourcesTitle, head: []string{"source", "kind", "name", "address", "state", "in words", "failures", "last success", "last new entry", "next read", "tags"}}
	for _, s := range picked {
		r := v.sourceRow(s)
		j := sourceJSON{ID: sourceKey(s.ID), Kind: s.Kind, Name: r.Name, Address: r.Address, Tags: append([]string{}, s.Tags...), State: s.State, Reason: redacted(s.Reason), Failures: s.Failures,
			Due: someTime(s.Due), LastSuccess: someTime(s.LastSuccess), LastNewEntry: someTime(s.LastNewEntry), EveryS: int64(s.Every.Seconds())}
		out.items = append(out.items, j)
		out.rows = append(out.rows, []string{j.ID, string(j.Kind), j.Name, j.Address, string(j.State), r.Words, itoa(j.Failures), v.stampCSV(s.LastSuccess), v.stampCSV(s.LastNewEntry), v.stampCSV(s.Due), v.W.List(s.Tags)})
		out.feed = append(out.feed, feedEntry{id: "/sources/" + j.ID + "?" + url.Values{"state": {string(s.State)}}.Encode(), path: "/sources/" + j.ID, updated: latest(s), title: j.Name + ": " + r.State.Word, text: r.Words})
	}
	return out, err
}

// latest is when a source last did something, for its feed entry.
func latest(s earshot.Source) time.Time {
	t := s.FirstTried
	for _, o := range []time.Time{s.LastTried, s.LastSuccess} {
		if o.After(t) {
			t = o
		}
	}
	return t
}
