package web

import (
	"net/url"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
)

// listDocs say what the rows of a list are; a list without one is described as rows.
var listDocs = map[string]struct {
	summary string
	query   []parameter
	answer  any
}{
	"cases": {"Cases, filtered and in order.", params("status", "open or a status; may be repeated", "brand", "", "intent", "", "owner", "a person, or none", "answer", "given or none", "facet", "", "author", "", "order", "due, worst, waiting, newest, promise", "from", "published since", "to", "published before"),
		listOf[caseJSON]{}},
	"mentions": {"Mentions, newest first.", params("q", "words to look for", "brand", "", "intent", "", "sentiment", "", "lang", "", "days", "of the last days", "from", "published since", "to", "published before", "case", "of one case", "source", "of one source"),
		listOf[mentionJSON]{}},
	"alerts":  {"What was sent, and what was not, with its reason.", params("case", "of one case", "receiver", "", "reason", ""), listOf[alertJSON]{}},
	"sources": {"Sources and how well they are heard.", params("show", "look, a state or a kind"), listOf[sourceJSON]{}},
	"league":  {"Who answers whom, ours and competitors.", params("days", "of the last days"), listOf[leagueJSON]{}},
	"people":  {"Authors, those with the most cases first.", params("days", "of the last days"), listOf[authorJSON]{}},
}

// leagueJSON is one brand's line of the response league.
type leagueJSON struct {
	Brand       string    `json:"brand"`
	Ours        bool      `json:"ours"`
	From        time.Time `json:"from"`
	To          time.Time `json:"to"`
	Mentions    int       `json:"mentions"`
	Complaints  int       `json:"complaints"`
	Compliments int       `json:"compliments"`
	Answered    int       `json:"answered"`
	Of          int       `json:"of"`
	Low         float64   `json:"low"`
	High        float64   `json:"high"`
	StillInTime int       `json:"still_in_time"`
	MedianS     int64     `json:"median_seconds"`
	P90S        int64     `json:"p90_seconds"`
	Resolved    int       `json:"resolved"`
	Rated       bool      `json:"rated"`
}

// authorJSON is one author.
type authorJSON struct {
	Name        string    `json:"name"`
	Site        string    `json:"site"`
	Cases       int       `json:"cases"`
	Complaints  int       `json:"complaints"`
	Compliments int       `json:"compliments"`
	Unanswered  int       `json:"unanswered"`
	Last        time.Time `json:"last"`
}

// params makes parameters of names and what they say.
func params(pairs ...string) []parameter {
	out := []parameter{{"limit", "rows at most, up to 200"}}
	for i := 0; i+1 < len(pairs); i += 2 {
		out = append(out, parameter{pairs[i], pairs[i+1]})
	}
	return out
}

func query(pairs ...string) string {
	q := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		q.Set(pairs[i], pairs[i+1])
	}
	return q.Encode()
}

// listOperations are the lists, the same as the .json twins.
func (s *Server) listOperations() []operation {
	var out []operation
	for name, load := range s.listers() {
		if name == "today" {
			continue // the page has more than its list
		}
		doc := listDocs[name]
		if doc.answer == nil {
			doc.summary, doc.answer = "The rows of the page "+name+".", listOf[rowJSON]{}
		}
		out = append(out, operation{pattern: "GET " + apiPath + name, summary: doc.summary, query: doc.query, answer: doc.answer, do: func(v *visit) (any, error) {
			l, err := v.list(load, maxJSON)
			if l.items == nil {
				l.items = []any{}
			}
			return listOf[any]{l.items, l.next}, err
		}})
	}
	return out
}

// pageOperations are the pages that are no plain list.
func (s *Server) pageOperations() []operation {
	return []operation{
		{pattern: "GET /api/v1/me", summary: "Who asks, and with which role.", answer: meJSON{}, do: func(v *visit) (any, error) {
			return meJSON{Name: v.Name, Role: v.Role, Token: v.Token}, nil
		}},
		{pattern: "GET /api/v1/today", summary: "Who waits: the sections of Today with their first cases.", answer: todayJSON{}, do: s.apiToday},
		{pattern: "GET /api/v1/cases/{id}", summary: "One case with its evidence, events and alerts.", answer: caseJSON{}, do: s.apiCase},
		{pattern: "GET /api/v1/cases/{id}/texts", summary: "What was written: the post with its revisions, its comments and its copies.", answer: textsJSON{}, do: s.apiTexts},
		{pattern: "GET /api/v1/sources/{id}", summary: "One source.", answer: sourceJSON{}, do: s.apiSource},
		{pattern: "GET /api/v1/why", summary: "Why an address was, or was not, heard of.", query: []parameter{{"url", "the address of a post"}}, answer: listOf[fateJSON]{}, do: s.apiWhy},
		{pattern: "GET /api/v1/rules", summary: "How each brand's rule does: hits, names that count for nothing, last match.", answer: listOf[ruleJSON]{}, do: s.apiRules},
		{pattern: "GET /api/v1/review", summary: "Labels that a person should look at, and what people corrected.", answer: reviewJSON{}, do: s.apiReview},
		{pattern: "GET /api/v1/trends", summary: "Mentions and complaints by week, with control limits, and the share of voice of 30 days.", query: []parameter{{"brand", "one brand; ours together if left out"}}, answer: trendsJSON{}, do: s.apiTrends},
		{pattern: "GET /api/v1/reports/{week}", summary: "The figures of a week, such as 2026-W46.", answer: reportJSON{}, do: s.apiReport},
		{pattern: "GET /api/v1/mutes", summary: "What is muted, by whom, why and until when.", answer: listOf[muteJSON]{}, do: s.apiMutes},
	}
}

// meJSON is who asks.
type meJSON struct {
	Name  string       `json:"name"`
	Role  earshot.Role `json:"role"`
	Token bool         `json:"token"`
}

// todayJSON is the first screen.
type todayJSON struct {
	Sections []sectionJSON `json:"sections"`
	Sources  int           `json:"sources"`
	Heard    int           `json:"sources_heard"`
}

// sectionJSON is one section of Today; More says that there are Count or more.
type sectionJSON struct {
	ID    string     `json:"id"`
	Title string     `json:"title"`
	Count int        `json:"count"`
	More  bool       `json:"more"`
	Cases []caseJSON `json:"cases"`
}

func (s *Server) apiToday(v *visit) (any, error) {
	h := s.o.Health()
	out := todayJSON{Sources: h.Total, Heard: h.OK, Sections: []sectionJSON{}}
	err := v.read(func(tx *store.Tx) error {
		sections, err := v.waiting(tx)
		for _, sec := range sections {
			out.Sections = append(out.Sections, sectionJSON{ID: sec.ID, Title: sec.Title, Count: sec.Count.N, More: sec.Count.More, Cases: v.rowsJSON(sec.Rows)})
		}
		return err
	})
	return out, err
}

func (v *visit) rowsJSON(rows []row) []caseJSON {
	out := []caseJSON{}
	for _, r := range rows {
		out = append(out, v.caseJSON(r.Line.Case, r.Line.Entry, r.Line.Verdict))
	}
	return out
}

// apiCase is one case with its evidence, events and alerts.
func (s *Server) apiCase(v *visit) (any, error) {
	var out caseJSON
	err := v.read(func(tx *store.Tx) error {
		view, ok, err := tx.CaseView(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		if !ok {
			return errNotFound
		}
		if out, err = v.viewJSON(tx, view); err != nil {
			return err
		}
		if out.Events, err = tx.Events(view.Case.ID); err != nil {
			return err
		}
		lines, err := tx.AlertLines(store.AlertFilter{Case: view.Case.ID, Limit: maxJSON})
		for _, l := range lines {
			out.Alerts = append(out.Alerts, v.alertJSON(l))
		}
		return err
	})
	return out, err
}

func (v *visit) viewJSON(tx *store.Tx, view earshot.CaseView) (caseJSON, error) {
	entry, _, err := tx.Entry(view.Case.Entry)
	out := v.caseJSON(view.Case, entry, view.Verdict)
	responses := map[int64]earshot.Response{}
	for _, r := range view.Responses {
		responses[r.ID] = r
	}
	for _, e := range view.Case.Evidence {
		r := responses[e.Response]
		if r.Actor == "" {
			r.Actor = e.By
		}
		out.Evidence = append(out.Evidence, evidenceJSON{Kind: e.Kind, Answer: e.Answer, SaidAt: e.SaidAt, Actor: r.Actor, Confidence: e.Confidence,
			Link: webLink(r.Link), Passage: r.Passage, Due: someTime(e.Due), Rejected: e.Rejected})
	}
	return out, err
}

// apiSource is one source.
func (s *Server) apiSource(v *visit) (any, error) {
	var out sourceJSON
	err := v.read(func(tx *store.Tx) error {
		src, err := sourceByKey(tx, v.r.PathValue("id"))
		out = v.sourceJSON(src)
		return err
	})
	return out, err
}

func (v *visit) sourceJSON(s earshot.Source) sourceJSON {
	r := v.sourceRow(s)
	return sourceJSON{ID: sourceKey(s.ID), Kind: s.Kind, Name: r.Name, Address: r.Address, Tags: append([]string{}, s.Tags...), State: s.State, Reason: redacted(s.Reason), Failures: s.Failures,
		Due: someTime(s.Due), LastSuccess: someTime(s.LastSuccess), LastNewEntry: someTime(s.LastNewEntry), EveryS: int64(s.Every.Seconds())}
}

// muteJSON is one mute.
type muteJSON struct {
	ID    int64     `json:"id"`
	Who   string    `json:"who"`
	Why   string    `json:"why"`
	Until time.Time `json:"until"`
	Match string    `json:"match"`
}

func (s *Server) apiMutes(v *visit) (any, error) {
	out := listOf[muteJSON]{Items: []muteJSON{}}
	err := v.read(func(tx *store.Tx) error {
		mutes, err := tx.Mutes(v.Now)
		for _, m := range mutes {
			out.Items = append(out.Items, muteJSON{ID: m.ID, Who: m.Who, Why: m.Why, Until: m.Until, Match: strings.TrimSpace(m.Text)})
		}
		return err
	})
	return out, err
}

// rowJSON is a row that is described nowhere yet.
type rowJSON map[string]any
