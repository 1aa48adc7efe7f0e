package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
)

// actOperations are what programs do: actions of people, a help desk's answer,
// and entries handed in.
func (s *Server) actOperations() []operation {
	return []operation{
		{pattern: "POST /api/v1/actions", summary: "Do one action on a case, or mute, unmute, track. Send Idempotency-Key to make a repeat harmless; a stale rev gives 409 with who was faster.",
			body: asked{}, answer: doneJSON{}, do: s.apiAct},
		{pattern: "POST /api/v1/cases/{id}/responses", summary: "Report an answer that was given elsewhere, such as by a help desk. An outcome closes the case.",
			body: reported{}, answer: doneJSON{}, do: s.apiRespond},
		{pattern: "POST /api/v1/mentions", summary: "Hand in one post or comment; it goes the way of everything that is read. Sent again, it is the same entry, or a revision of it.",
			body: Pushed{}, answer: takenJSON{}, code: http.StatusAccepted, do: s.apiPush},
	}
}

// asked is the body of POST /api/v1/actions.
type asked struct {
	Case string       `json:"case,omitempty"`
	Rev  int          `json:"rev,omitempty"`
	Verb earshot.Verb `json:"verb"`
	Args earshot.Args `json:"args,omitzero"`
}

// doneJSON is what an action led to: the case as it is now, if it has one.
type doneJSON struct {
	Action string    `json:"action"`
	Case   *caseJSON `json:"case,omitempty"`
}

// apiAct does one action.
func (s *Server) apiAct(v *visit) (any, error) {
	var q asked
	if err := v.decode(&q, `{"case","rev","verb","args"}`); err != nil {
		return nil, err
	}
	return v.do(earshot.Action{Case: q.Case, Rev: q.Rev, Verb: q.Verb, Args: q.Args}, "")
}

// do carries an action out for a program; part tells apart the actions of one request.
func (v *visit) do(a earshot.Action, part string) (any, error) {
	if !slices.Contains(earshot.Verbs, a.Verb) {
		return nil, &earshot.Fault{Code: "verb", What: "unknown verb " + string(a.Verb), Do: "see the list of verbs in the documentation"}
	}
	if a.Args.Link != "" && webLink(a.Args.Link) == "" {
		return nil, &earshot.Fault{Code: "link", What: "the link is no web address", Do: "send an address with http or https"}
	}
	id, repeatable, err := v.actionID()
	if err != nil {
		return nil, err
	}
	a.ID, a.Actor, a.At = id+part, v.Name, v.Now
	if a.Verb == earshot.VerbMute {
		if err := checkMute(a); err != nil {
			return nil, err
		}
	}
	if repeatable {
		if err := v.sameAsBefore(a); err != nil {
			return nil, err
		}
	}
	view, err := v.s.o.Do(v.r.Context(), a)
	if err != nil {
		return nil, err
	}
	out := doneJSON{Action: a.ID}
	if view.Case.ID == "" {
		return out, nil
	}
	err = v.read(func(tx *store.Tx) error {
		c, err := v.viewJSON(tx, view)
		out.Case = &c
		return err
	})
	return out, err
}

// sameAsBefore refuses an Idempotency-Key that was used for something else.
func (v *visit) sameAsBefore(a earshot.Action) error {
	return v.read(func(tx *store.Tx) error {
		was, ok, err := tx.Action(a.ID)
		if err != nil || !ok || was.Verb == a.Verb && was.Case == a.Case && sameArgs(was.Args, a.Args) {
			return err
		}
		return &earshot.Fault{Code: "idempotency_reused", What: "this Idempotency-Key was used for another action", Do: "take a new key for each action, and the same only to repeat it"}
	})
}

// sameArgs compares times as moments, whatever their zone.
func sameArgs(a, b earshot.Args) bool {
	if !a.Until.Equal(b.Until) || !a.Said.Equal(b.Said) {
		return false
	}
	a.Until, a.Said, b.Until, b.Said = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	return a == b
}

// reported is the body of POST /api/v1/cases/{id}/responses.
type reported struct {
	Answer  earshot.Answer  `json:"answer"`            // responded or promised
	SaidAt  time.Time       `json:"said_at,omitzero"`  // when it was said; now if left out
	Text    string          `json:"text,omitempty"`    // what was said
	Link    string          `json:"link,omitempty"`    // where it can be read
	Due     time.Time       `json:"due,omitzero"`      // of a promise
	Outcome earshot.Outcome `json:"outcome,omitempty"` // closes the case
	Facet   earshot.Facet   `json:"facet,omitempty"`   // the cause, with an outcome
	Rev     int             `json:"rev,omitempty"`     // of the case as it was read; 0 does not ask
}

// apiRespond takes the answer of a help desk as the mark of whoever sent it.
func (s *Server) apiRespond(v *visit) (any, error) {
	var q reported
	if err := v.decode(&q, `{"answer":"responded","text","link","said_at"}`); err != nil {
		return nil, err
	}
	a := earshot.Action{Case: v.r.PathValue("id"), Rev: q.Rev, Args: earshot.Args{Text: clip(strings.TrimSpace(q.Text), 4000), Link: q.Link, Said: q.SaidAt}}
	switch {
	case q.Answer == earshot.AnswerResponded:
		a.Verb = earshot.VerbAnswered
	case q.Answer == earshot.AnswerPromised && !q.Due.IsZero():
		a.Verb, a.Args.Until = earshot.VerbPromise, q.Due
	case q.Answer == earshot.AnswerPromised:
		return nil, &earshot.Fault{Code: "due", What: "a promise needs a date", Do: "send due, such as 2026-11-27T17:00:00Z"}
	default:
		return nil, &earshot.Fault{Code: "answer", What: "answer is neither responded nor promised", Do: `send {"answer":"responded"}; with an outcome the case is closed too`}
	}
	if q.SaidAt.After(v.Now) {
		return nil, &earshot.Fault{Code: "said_at", What: "said_at is still to come", Do: "send when the answer was given"}
	}
	if q.Outcome != "" && !slices.Contains(earshot.Outcomes, q.Outcome) {
		return nil, &earshot.Fault{Code: "outcome", What: "there is no outcome " + string(q.Outcome), Do: "see the list of outcomes in the description of the API"}
	}
	out, err := v.do(a, "")
	if err != nil || q.Outcome == "" {
		return out, err
	}
	return v.do(earshot.Action{Case: a.Case, Verb: earshot.VerbOutcome, Args: earshot.Args{Outcome: q.Outcome, Facet: q.Facet}}, "-outcome")
}

// Pushed is one post or comment that a program hands in.
type Pushed struct {
	ID        string            `json:"id,omitempty"`         // the sender's own, to know it again
	URL       string            `json:"url"`                  // where it can be read
	Kind      earshot.EntryKind `json:"kind,omitempty"`       // post if left out
	Thread    string            `json:"thread,omitempty"`     // of a comment: the address of its post
	Site      string            `json:"site,omitempty"`       // the name of the place, such as Trustpilot
	Title     string            `json:"title,omitempty"`      // of a post
	Text      string            `json:"text"`                 // plain text
	Author    string            `json:"author,omitempty"`     // as shown
	AuthorURL string            `json:"author_url,omitempty"` // the author's own page
	Lang      string            `json:"lang,omitempty"`       // en es it zh or another two-letter code
	Published time.Time         `json:"published,omitzero"`   // now if left out
	Tags      []string          `json:"tags,omitempty"`
}

// PushResult says what became of it.
type PushResult struct {
	Entry  int64
	Result string // added, revised or same
}

// Pusher takes one entry from outside, by the name of who sent it.
type Pusher func(ctx context.Context, p Pushed, by string) (PushResult, error)

// takenJSON is the answer of POST /api/v1/mentions.
type takenJSON struct {
	Entry  int64  `json:"entry"`
	Result string `json:"result"` // added, revised or same
	Why    string `json:"why"`    // where to read what became of it
}

// Limits of what is handed in, in bytes.
const (
	maxPushText = 512 << 10
	maxPushLine = 1000
)

// apiPush hands an entry to the pipeline.
func (s *Server) apiPush(v *visit) (any, error) {
	var p Pushed
	if err := v.decode(&p, `{"url","text","author","published"}`); err != nil {
		return nil, err
	}
	if s.o.Push == nil {
		return nil, &earshot.Fault{Code: "push", What: "this Earshot takes no entries", Do: "run it as a daemon"}
	}
	if err := checkPush(p); err != nil {
		return nil, err
	}
	r, err := s.o.Push(v.r.Context(), p, v.Name)
	if err != nil {
		return nil, err
	}
	return takenJSON{Entry: r.Entry, Result: r.Result, Why: v.base() + "/why?" + query("url", p.URL)}, nil
}

func checkPush(p Pushed) error {
	bad := func(what, do string) error { return &earshot.Fault{Code: "entry", What: what, Do: do} }
	lines := slices.Concat([]string{p.ID, p.URL, p.Thread, p.Site, p.Title, p.Author, p.AuthorURL}, p.Tags)
	switch {
	case webLink(p.URL) == "":
		return bad("url is no web address", "send the address at which people read it, with http or https")
	case strings.TrimSpace(p.Text) == "" && strings.TrimSpace(p.Title) == "":
		return bad("there is no text", "send text, as plain text")
	case len(p.Text) > maxPushText || slices.ContainsFunc(lines, func(l string) bool { return len(l) > maxPushLine }) || len(p.Tags) > 50:
		return bad("that is too long", "send at most 512 KiB of text, 1000 bytes in every other field, 50 tags")
	case p.Kind != "" && p.Kind != earshot.Post && p.Kind != earshot.Comment:
		return bad("kind is neither post nor comment", "leave it out for a post")
	case p.Kind == earshot.Comment && webLink(p.Thread) == "":
		return bad("a comment needs the address of its post", "send thread")
	case p.AuthorURL != "" && webLink(p.AuthorURL) == "":
		return bad("author_url is no web address", "leave it out, or send it with http or https")
	case p.Lang != "" && len(p.Lang) != 2:
		return bad("lang is no two-letter code", "leave it out: Earshot reads the language from the text")
	}
	return nil
}
