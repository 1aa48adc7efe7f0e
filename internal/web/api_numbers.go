package web

import (
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
)

// textsJSON is what was written in a case's thread.
type textsJSON struct {
	Post      entryJSON      `json:"post"`
	Revisions []revisionJSON `json:"revisions"`
	Comments  []entryJSON    `json:"comments"`
	Commented int            `json:"comments_total"`
	Copies    []entryJSON    `json:"copies"`
}

// entryJSON is one post or comment.
type entryJSON struct {
	ID        int64             `json:"id"`
	Kind      earshot.EntryKind `json:"kind"`
	URL       string            `json:"url"`
	Site      string            `json:"site"`
	Author    string            `json:"author"`
	Title     string            `json:"title"`
	Text      string            `json:"text"`
	Lang      string            `json:"lang"`
	Published time.Time         `json:"published"`
	FirstSeen time.Time         `json:"first_seen"`
	Removed   *time.Time        `json:"removed,omitempty"`
}

// revisionJSON is how a text stood at one time.
type revisionJSON struct {
	Revision int       `json:"revision"`
	Seen     time.Time `json:"seen"`
	Title    string    `json:"title"`
	Text     string    `json:"text"`
}

func entriesJSON(all ...earshot.Entry) []entryJSON {
	out := []entryJSON{}
	for _, e := range all {
		out = append(out, entryJSON{ID: e.ID, Kind: e.Kind, URL: webLink(e.URL), Site: siteName(e), Author: e.Author.Name, Title: e.Title, Text: e.Text, Lang: e.Lang,
			Published: e.Published.UTC(), FirstSeen: e.FirstSeen.UTC(), Removed: someTime(e.Removed)})
	}
	return out
}

func (s *Server) apiTexts(v *visit) (any, error) {
	out := textsJSON{Revisions: []revisionJSON{}}
	err := v.read(func(tx *store.Tx) error {
		c, ok, err := tx.Case(v.r.PathValue("id"))
		if err != nil {
			return err
		}
		if !ok {
			return errNotFound
		}
		post, _, err := tx.Entry(c.Entry)
		if err != nil {
			return err
		}
		out.Post = entriesJSON(post)[0]
		texts, err := tx.Texts(c.Entry, maxRevisions)
		if err != nil {
			return err
		}
		for _, t := range texts {
			out.Revisions = append(out.Revisions, revisionJSON{t.Revision, t.Seen, t.Title, t.Body})
		}
		comments, total, err := tx.Comments(c.Thread, maxJSON)
		if err != nil {
			return err
		}
		out.Comments, out.Commented = entriesJSON(comments...), total
		copies, err := tx.CopiesOf(c.Story, c.Entry, maxJSON)
		out.Copies = entriesJSON(copies...)
		return err
	})
	return out, err
}

// fateJSON is what became of one entry.
type fateJSON struct {
	Entry  entryJSON      `json:"entry"`
	Work   string         `json:"work"`   // spot, done or poison
	Silent earshot.Reason `json:"silent"` // why it makes no message of its own
	Reason earshot.Reason `json:"reason"` // why it became no mention
	Brands []namedJSON    `json:"brands"`
}

// namedJSON is a brand that was seen in an entry.
type namedJSON struct {
	Brand  string         `json:"brand"`
	Reason earshot.Reason `json:"reason"` // why it counts for nothing
	Why    string         `json:"why"`
	Intent earshot.Intent `json:"intent"`
	Case   string         `json:"case"`
}

func (s *Server) apiWhy(v *visit) (any, error) {
	out := listOf[fateJSON]{Items: []fateJSON{}}
	err := v.read(func(tx *store.Tx) error {
		all, err := tx.Fates(spellings(strings.TrimSpace(v.r.URL.Query().Get("url"))), fatesShown)
		for _, f := range all {
			if err != nil {
				return err
			}
			var one fateJSON
			if one, err = fateOf(tx, f); err == nil {
				out.Items = append(out.Items, one)
			}
		}
		return err
	})
	return out, err
}

func fateOf(tx *store.Tx, f store.Fate) (fateJSON, error) {
	out := fateJSON{Entry: entriesJSON(f.Entry)[0], Work: string(f.Work), Silent: f.Silent, Reason: f.Reason, Brands: []namedJSON{}}
	mentions, err := tx.Mentions(f.Entry.ID)
	if err != nil {
		return out, err
	}
	cases, err := tx.MentionCases(f.Entry.ID)
	for _, m := range mentions {
		out.Brands = append(out.Brands, namedJSON{Brand: m.Brand, Reason: m.Reason, Why: m.Why, Intent: m.Verdict.Intent, Case: cases[m.Brand]})
	}
	return out, err
}

// ruleJSON is how one brand's rule did in the last 30 days.
type ruleJSON struct {
	Brand     string     `json:"brand"`
	Rule      string     `json:"rule"`
	Hits      int        `json:"hits"`
	NotCount  int        `json:"names_not_counted"`
	NotOurs   int        `json:"not_ours"`
	LastMatch *time.Time `json:"last_match,omitempty"`
}

func (s *Server) apiRules(v *visit) (any, error) {
	out := listOf[ruleJSON]{Items: []ruleJSON{}}
	err := v.read(func(tx *store.Tx) error {
		lines, err := v.ruleLines(tx)
		for _, l := range lines {
			out.Items = append(out.Items, ruleJSON{Brand: l.Brand.Name, Rule: l.Rule, Hits: l.Hits, NotCount: l.Near, NotOurs: l.NotOurs, LastMatch: someTime(l.Last)})
		}
		return err
	})
	return out, err
}

// reviewJSON is the page Label review.
type reviewJSON struct {
	Unsure      []caseJSON       `json:"unsure"`
	Corrections []correctionJSON `json:"corrections"`
}

// correctionJSON is a label that a person set.
type correctionJSON struct {
	Brand  string         `json:"brand"`
	Was    string         `json:"was"`
	Intent earshot.Intent `json:"intent"`
	Ours   bool           `json:"ours"`
	By     string         `json:"by"`
	At     time.Time      `json:"at"`
}

func (s *Server) apiReview(v *visit) (any, error) {
	out := reviewJSON{Unsure: []caseJSON{}, Corrections: []correctionJSON{}}
	err := v.read(func(tx *store.Tx) error {
		lines, err := tx.CaseLines(store.CaseFilter{Statuses: openStatuses, Unsure: true, NotBrands: s.competitors(), Order: store.OrderNewest, Limit: maxJSON})
		if err != nil {
			return err
		}
		for _, l := range lines {
			out.Unsure = append(out.Unsure, v.caseJSON(l.Case, l.Entry, l.Verdict))
		}
		all, err := tx.Overrides()
		for _, o := range all {
			out.Corrections = append(out.Corrections, correctionJSON{Brand: o.Brand, Was: o.Was, Intent: o.Intent, Ours: o.Ours, By: o.Actor, At: o.At.UTC()})
		}
		return err
	})
	return out, err
}

// trendsJSON is the page Trends.
type trendsJSON struct {
	Brand  string      `json:"brand"`
	Mean   float64     `json:"mean_complaint_rate"`
	Enough bool        `json:"enough"` // of mentions for limits to mean something
	Weeks  []weekJSON  `json:"weeks"`
	Shares []shareJSON `json:"share_of_voice"`
}

// weekJSON is one week of Trends.
type weekJSON struct {
	From       time.Time `json:"from"`
	Mentions   int       `json:"mentions"`
	Complaints int       `json:"complaints"`
	Low        float64   `json:"low"`
	High       float64   `json:"high"`
	Out        bool      `json:"out_of_limits"`
}

// shareJSON is a brand's part of all mentions of 30 days.
type shareJSON struct {
	Brand    string  `json:"brand"`
	Ours     bool    `json:"ours"`
	Mentions int     `json:"mentions"`
	Part     float64 `json:"part"`
}

func (s *Server) apiTrends(v *visit) (any, error) {
	out := trendsJSON{Brand: v.r.URL.Query().Get("brand"), Weeks: []weekJSON{}, Shares: []shareJSON{}}
	err := v.read(func(tx *store.Tx) error {
		weeks, err := v.trendWeeks(tx, out.Brand)
		if err != nil {
			return err
		}
		n := 0
		out.Mean, n = limitWeeks(weeks)
		out.Enough = n >= enoughMentions
		for _, w := range weeks {
			out.Weeks = append(out.Weeks, weekJSON{w.From.UTC(), w.Mentions, w.Complaints, w.Low, w.High, w.Out()})
		}
		counts, err := tx.BrandCounts(v.Now.Add(-30*24*time.Hour), v.Now.Add(time.Hour))
		for _, sh := range v.shares(counts) {
			out.Shares = append(out.Shares, shareJSON{sh.Brand, sh.Ours, sh.N, sh.Part})
		}
		return err
	})
	return out, err
}

// reportJSON is the weekly report in figures.
type reportJSON struct {
	Week   string       `json:"week"`
	From   time.Time    `json:"from"`
	To     time.Time    `json:"to"`
	Ours   figuresJSON  `json:"ours"`
	Before figuresJSON  `json:"week_before"`
	Brands []leagueJSON `json:"brands"`
}

// figuresJSON is a stretch of time of all our brands together.
type figuresJSON struct {
	Complaints  int   `json:"complaints"`
	Compliments int   `json:"compliments"`
	Answered    int   `json:"answered"`
	Of          int   `json:"of"`
	MedianS     int64 `json:"median_seconds"`
}

func figuresOf(f stretch) figuresJSON {
	return figuresJSON{f.mentions[string(earshot.Complaint)], f.mentions[string(earshot.Compliment)], f.Answered, f.Countable(), int64(f.Median.Seconds())}
}

func (s *Server) apiReport(v *visit) (any, error) {
	from, ok := weekOf(v.r.PathValue("week"), v.Zone)
	if !ok {
		return nil, errNotFound
	}
	to, was := from.AddDate(0, 0, 7), from.AddDate(0, 0, -7)
	out := reportJSON{Week: v.r.PathValue("week"), From: from.UTC(), To: to.UTC(), Brands: []leagueJSON{}}
	err := v.read(func(tx *store.Tx) error {
		now, err := v.figures(tx, from, to)
		if err != nil {
			return err
		}
		before, err := v.figures(tx, was, from)
		if err != nil {
			return err
		}
		out.Ours, out.Before = figuresOf(now), figuresOf(before)
		lines, err := v.leagueBetween(tx, from, to)
		for _, l := range lines {
			out.Brands = append(out.Brands, leagueOf(l, from, to))
		}
		return err
	})
	return out, err
}

func leagueOf(l leagueLine, from, to time.Time) leagueJSON {
	return leagueJSON{Brand: l.Brand, Ours: l.Ours, From: from.UTC(), To: to.UTC(), Mentions: l.Mentions, Complaints: l.Complaints, Compliments: l.Compliments, Answered: l.Answered, Of: l.Countable(),
		Low: l.Low(), High: l.High(), StillInTime: l.Running, MedianS: int64(l.Median.Seconds()), P90S: int64(l.P90.Seconds()), Resolved: l.Resolved, Rated: l.Rated()}
}
