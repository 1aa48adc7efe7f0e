package earshot

import (
	"strconv"
	"time"
)

// CaseView is a case with what planning, rendering and joining need to know
// about it: texts, author, site, counts. Store builds it; nobody changes it.
type CaseView struct {
	Case      Case
	Title     string // of the post
	Quote     string // the evidence: at most two sentences, as written
	Lang      string
	URL       string
	Site      string
	SiteName  string
	Kind      EntryKind
	Author    Author
	Published time.Time
	Precision Precision
	FirstSeen time.Time
	Tags      []string
	Tier      string // key, standard
	Account   string
	Reach     int
	Rule      string
	Verdict   Verdict
	Comments  CommentState
	// History of the author with this brand, before this case.
	Earlier           int
	EarlierUnanswered int
	EarlierCases      []string
	Responses         []Response
	Latest            Event // the last event
	Competitor        bool
	CanAnswer         bool // the brand has official identities
	Entries           []int64
	Words             []string // rare words of the opening text, for joining
	Deputy            string   // who stands in for an owner who is away now, or ""
	SameText          []Place  // other sites where the same sentences stand
	SameReply         []Place  // other posts that the brand gave the same reply to
}

// Place is where something stands on the web, for facts with their links.
type Place struct {
	Site string // host, or the blog's name
	URL  string
	Case string // the case it belongs to, or ""
}

// Labels are what routes and SLA lines match.
func (v CaseView) Labels() Labels {
	c := v.Case
	l := Labels{
		"brand":      {c.Brand},
		"kind":       {string(v.Kind)},
		"intent":     {string(c.Label.Intent)},
		"sentiment":  {string(c.Label.Sentiment)},
		"severity":   {itoa(c.Label.Severity)},
		"confidence": {strconv.FormatFloat(c.Label.Confidence, 'f', 3, 64)},
		"lang":       {v.Lang},
		"tag":        v.Tags,
		"tier":       {v.Tier},
		"history":    {itoa(v.Earlier)},
		"voices":     {itoa(c.Voices)},
		"copies":     {itoa(c.Copies)},
	}
	return l
}

func itoa(n int) string { return strconv.Itoa(n) }
