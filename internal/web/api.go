package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"time"

	"earshot"
	"earshot/internal/store"
)

// api are the routes of /api/v1. Lists are those of the .json twins.
func (s *Server) api() []route {
	out := []route{
		{pattern: "GET /api/v1/cases/{id}", handler: s.page(s.apiCase)},
		{pattern: "POST /api/v1/actions", handler: s.page(s.apiAct)},
		{pattern: "/api/", handler: s.page(s.missing)},
	}
	for name, load := range s.listers() {
		if name == "today" {
			continue
		}
		out = append(out, route{pattern: "GET /api/v1/" + name, handler: s.page(func(v *visit) error {
			l, err := v.list(load, maxJSON)
			if err != nil {
				return err
			}
			return v.writeJSONList(l)
		})})
	}
	return out
}

// apiCase is one case with its evidence, events and alerts.
func (s *Server) apiCase(v *visit) error {
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
	if err != nil {
		return err
	}
	return v.writeJSON(http.StatusOK, out)
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

// asked is the body of POST /api/v1/actions.
type asked struct {
	Case string       `json:"case"`
	Rev  int          `json:"rev"`
	Verb earshot.Verb `json:"verb"`
	Args earshot.Args `json:"args"`
}

// apiAct does one action. The header Idempotency-Key makes a repeat harmless.
func (s *Server) apiAct(v *visit) error {
	if !v.MayAct() {
		return errRole
	}
	a, err := v.askedAction()
	if err != nil {
		return err
	}
	view, err := s.o.Do(v.r.Context(), a)
	if err != nil {
		return v.problem(err)
	}
	if view.Case.ID == "" {
		return v.writeJSON(http.StatusOK, map[string]string{"action": a.ID})
	}
	var out caseJSON
	if err := v.read(func(tx *store.Tx) (err error) {
		out, err = v.viewJSON(tx, view)
		return err
	}); err != nil {
		return err
	}
	return v.writeJSON(http.StatusOK, out)
}

func (v *visit) askedAction() (earshot.Action, error) {
	var q asked
	kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return earshot.Action{}, &earshot.Fault{Code: "media_type", What: "the body is not application/json", Do: "send JSON and say so in Content-Type"}
	}
	d := json.NewDecoder(http.MaxBytesReader(v.w, v.r.Body, maxForm))
	d.DisallowUnknownFields()
	if err := d.Decode(&q); err != nil {
		return earshot.Action{}, &earshot.Fault{Code: "body", What: "the body could not be read: " + err.Error(), Do: `send {"case","rev","verb","args"}`}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return earshot.Action{}, &earshot.Fault{Code: "body", What: "something follows the JSON value", Do: "send one action a request"}
	}
	if !slices.Contains(earshot.Verbs, q.Verb) {
		return earshot.Action{}, &earshot.Fault{Code: "verb", What: "unknown verb " + string(q.Verb), Do: "see the list of verbs in the documentation"}
	}
	id := nonce()
	if key := v.r.Header.Get("Idempotency-Key"); key != "" {
		id = "api-" + key
	}
	if !nonceLike(id) {
		return earshot.Action{}, &earshot.Fault{Code: "idempotency_key", What: "the Idempotency-Key cannot be used", Do: "send 4 to 100 printable characters without spaces"}
	}
	if q.Args.Link != "" && webLink(q.Args.Link) == "" {
		return earshot.Action{}, &earshot.Fault{Code: "link", What: "args.link is no web address", Do: "send an address with http or https"}
	}
	a := earshot.Action{ID: id, Case: q.Case, Rev: q.Rev, Verb: q.Verb, Actor: v.Name, At: v.Now, Args: q.Args}
	if a.Verb == earshot.VerbMute {
		return a, checkMute(a)
	}
	return a, nil
}

// problem answers with problem+json; a stale action names who was faster.
func (v *visit) problem(err error) error {
	var stale *earshot.StaleError
	if !errors.As(err, &stale) {
		return err
	}
	v.s.problemJSON(v.w, problem{Status: http.StatusConflict, Code: "stale", Detail: v.trouble(err), Do: "read the case again and decide anew",
		Who: stale.Who, When: stale.When.UTC().Format(time.RFC3339), What: string(stale.What), Rev: stale.Rev})
	return nil
}
