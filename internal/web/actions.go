package web

import (
	"crypto/rand"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
)

// maxForm is the largest form or JSON body that is read.
const maxForm = 64 << 10

// nonce names one form on one page: sent twice, it is one action.
func nonce() string { return "web-" + rand.Text()[:20] }

// act does what a form asks. Done, the reader goes back to where the form was;
// refused, the case as it stands now says why.
func (s *Server) act(v *visit) error {
	if !v.MayAct() {
		return errRole
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxForm)
	if err := v.r.ParseForm(); err != nil {
		return &earshot.Fault{Code: "form", What: "the form could not be read", Do: "go back and send it again"}
	}
	a, err := v.action(earshot.Verb(v.r.PathValue("verb")))
	if err != nil {
		return v.refused(a.Case, err)
	}
	view, err := s.o.Do(v.r.Context(), a)
	if err != nil {
		return v.refused(a.Case, err)
	}
	id := view.Case.ID
	if id == "" {
		id = a.Case
	}
	v.seeOther(v.back("/cases/"+id), "did", a.ID)
	return nil
}

var errRole = &earshot.Fault{Code: "role", What: "You may read here, and not act", Do: "ask an admin for the role responder"}

// seeOther sends the reader on with a GET, one more parameter set.
func (v *visit) seeOther(to, key, value string) {
	u, err := url.Parse(to)
	if err != nil {
		u = &url.URL{Path: "/"}
	}
	q := u.Query()
	q.Set(key, value)
	u.RawQuery = q.Encode()
	http.Redirect(v.w, v.r, u.String(), http.StatusSeeOther)
}

// back is the page the form stood on, if that is one of ours.
func (v *visit) back(otherwise string) string {
	if b := v.r.PostForm.Get("back"); b != "" && ours(b) == b {
		return b
	}
	return otherwise
}

// caseVerbs are the verbs that a form on a case may send.
var caseVerbs = []earshot.Verb{earshot.VerbClaim, earshot.VerbAssign, earshot.VerbAnswered, earshot.VerbOutcome, earshot.VerbPromise,
	earshot.VerbKept, earshot.VerbBroken, earshot.VerbSnooze, earshot.VerbDismiss, earshot.VerbCorrect, earshot.VerbConfirm,
	earshot.VerbReject, earshot.VerbNote, earshot.VerbMerge, earshot.VerbSplit, earshot.VerbReopen, earshot.VerbUndo}

// action decodes a form to the one shape every door makes.
func (v *visit) action(verb earshot.Verb) (earshot.Action, error) {
	form := v.r.PostForm
	a := earshot.Action{ID: form.Get("id"), Case: v.r.PathValue("id"), Rev: atoi(form.Get("rev")), Verb: verb, Actor: v.Name, At: v.Now}
	if !slices.Contains(caseVerbs, verb) {
		return a, errNotFound
	}
	if !nonceLike(a.ID) {
		return a, &earshot.Fault{Code: "form", What: "the form is not one of Earshot's", Do: "open the case again and use its buttons"}
	}
	until, err := v.moment(form)
	a.Args = earshot.Args{
		Owner: form.Get("owner"), Until: until, Text: clip(strings.TrimSpace(form.Get("text")), 4000), Link: webLink(form.Get("link")),
		Outcome: earshot.Outcome(form.Get("outcome")), Facet: earshot.Facet(form.Get("facet")), Cause: clip(strings.TrimSpace(form.Get("cause")), 300),
		Intent: earshot.Intent(form.Get("intent")), Brand: form.Get("brand"), Response: int64(atoi(form.Get("response"))),
		Other: form.Get("other"), Undo: form.Get("undo"),
	}
	if err == nil && form.Get("link") != "" && a.Args.Link == "" {
		err = &earshot.Fault{Code: "link", What: "that link is no web address", Do: "paste the address of the answer, beginning with https://"}
	}
	return a, err
}

// moment reads "in 2 hours" or a date and time in the reader's zone.
func (v *visit) moment(form url.Values) (time.Time, error) {
	if d, err := time.ParseDuration(form.Get("for")); err == nil && d > 0 {
		return v.Now.Add(d), nil
	}
	text := strings.TrimSpace(form.Get("until"))
	if text == "" {
		return time.Time{}, nil
	}
	for _, layout := range []string{"2006-01-02T15:04", "2006-01-02T15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, text, v.Zone); err == nil {
			return t, nil
		}
	}
	if t, err := time.ParseInLocation(time.DateOnly, text, v.Zone); err == nil {
		return t.Add(23*time.Hour + 59*time.Minute), nil // a day's promise is good until its end
	}
	return time.Time{}, &earshot.Fault{Code: "date", What: "that date could not be read", Do: "write it as 2026-11-27 or 2026-11-27T17:00"}
}

func nonceLike(s string) bool {
	return len(s) >= 8 && len(s) <= 120 && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

func atoi(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 1<<40 {
			return 0
		}
		n = n*10 + int(r-'0')
	}
	return n
}

// refused shows the case as it is now, with what went wrong on top.
func (v *visit) refused(id string, err error) error {
	switch statusOf(err) {
	case http.StatusConflict, http.StatusUnprocessableEntity, http.StatusBadRequest:
		return v.showCase(id, statusOf(err), v.trouble(err))
	}
	return err
}

// trouble says in the reader's words why nothing was done.
func (v *visit) trouble(err error) string {
	var stale *earshot.StaleError
	if errors.As(err, &stale) {
		return v.W.Raced.With("who", stale.Who, "what", v.raced(stale), "time", v.W.AgoText.With("time", v.exactly(v.Now.Sub(stale.When))))
	}
	f := faultOf(err)
	if f.Do == "" {
		return capital(f.What) + v.W.Stop
	}
	return capital(f.What) + v.W.Stop + " " + capital(f.Do) + v.W.Stop
}

func (v *visit) raced(stale *earshot.StaleError) string {
	if t, ok := v.W.RacedWhat[string(stale.What)]; ok {
		return t
	}
	return v.W.RacedWhat["other"]
}

// exactly shows seconds, which races are won by.
func (v *visit) exactly(d time.Duration) string {
	if d < time.Minute {
		return v.W.Seconds.With("n", itoa(max(int(d.Seconds()), 1)))
	}
	return v.Length(d)
}

// done is what the reader just did, with the way back.
type done struct {
	Text  string
	Case  string
	Undo  string // the action that can still be undone, or ""
	Nonce string
	Cause bool // it was closed without a cause: asked once more
}

// done reads the action that the address names. It is shown only to whom did
// it, and only while it is fresh, so that nobody can be shown a made-up one.
func (v *visit) done(tx *store.Tx) (*done, error) {
	id := v.r.URL.Query().Get("did")
	if id == "" {
		return nil, nil
	}
	a, ok, err := tx.Action(id)
	if err != nil || !ok || a.Actor != v.Name || v.Now.Sub(a.At) > earshot.UndoWithin {
		return nil, err
	}
	d := &done{Case: a.Case, Text: v.W.Did[string(a.Verb)].With("case", a.Case, "owner", a.Args.Owner), Nonce: nonce()}
	if a.Case != "" && a.Verb != earshot.VerbUndo && a.Verb != earshot.VerbMerge && a.Verb != earshot.VerbSplit && a.Verb != earshot.VerbNote {
		d.Undo = a.ID
	}
	if a.Verb == earshot.VerbOutcome && a.Args.Outcome != "" {
		c, _, err := tx.Case(a.Case)
		d.Cause = c.WantsCause()
		return d, err
	}
	return d, nil
}
