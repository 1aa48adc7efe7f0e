package web

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"
	"time"

	"earshot"
)

// operation is one route of the API: what is done, and what goes in and out. The
// description in /api/v1/openapi.json is made from it, so that it cannot lag.
type operation struct {
	pattern string // "GET /api/v1/cases/{id}"
	role    earshot.Role
	summary string
	query   []parameter
	body    any // an empty value of what is sent, nil for nothing
	answer  any // an empty value of what comes back
	code    int // of success; 0 is 200
	do      func(v *visit) (any, error)
}

// parameter is one part of the address behind the question mark.
type parameter struct{ name, says string }

// listOf is the answer of a list: its rows, and the address of what follows.
type listOf[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next,omitempty"`
}

// nothing is the answer of what leaves nothing to say.
type nothing struct{}

// apiPath begins every address of the API.
const apiPath = "/api/v1/"

// api are the routes of /api/v1.
func (s *Server) api() []route {
	out := []route{{pattern: "/api/", handler: s.page(s.missing)}, {pattern: "GET " + apiPath + "openapi.json", handler: s.page(s.openAPI)}}
	for _, op := range s.operations() {
		out = append(out, route{pattern: op.pattern, role: op.role, handler: s.page(op.serve)})
	}
	return out
}

// operations lists the API, pages first, then what changes something.
func (s *Server) operations() []operation {
	return slices.Concat(s.listOperations(), s.pageOperations(), s.actOperations(), s.doorOperations())
}

// serve answers one request.
func (op operation) serve(v *visit) error {
	out, err := op.do(v)
	if err != nil {
		return v.problem(err)
	}
	code := op.code
	if code == 0 {
		code = http.StatusOK
	}
	if _, empty := out.(nothing); empty {
		v.w.WriteHeader(http.StatusNoContent)
		return nil
	}
	return v.writeJSON(code, out)
}

// decode reads a JSON body strictly: what is misspelt is said, not ignored.
func (v *visit) decode(into any, want string) error {
	kind, _, err := mime.ParseMediaType(v.r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return &earshot.Fault{Code: "media_type", What: "the body is not application/json", Do: "send JSON and say so in Content-Type"}
	}
	d := json.NewDecoder(http.MaxBytesReader(v.w, v.r.Body, maxBody))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return &earshot.Fault{Code: "body", What: "the body could not be read: " + err.Error(), Do: "send " + want}
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return &earshot.Fault{Code: "body", What: "something follows the JSON value", Do: "send one value a request"}
	}
	return nil
}

// maxBody is the largest JSON body that is read: a long post.
const maxBody = 1 << 20

// actionID names what a program does. With Idempotency-Key a repeat by the same
// caller is the same action; the key of another caller is another.
func (v *visit) actionID() (id string, repeatable bool, err error) {
	key := v.r.Header.Get("Idempotency-Key")
	if key == "" {
		return nonce(), false, nil
	}
	if len(key) < 4 || len(key) > 80 || strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }) {
		return "", false, &earshot.Fault{Code: "idempotency_key", What: "the Idempotency-Key cannot be used", Do: "send 4 to 80 printable characters without spaces"}
	}
	return "api-" + secretHash(v.Name)[:12] + "-" + key, true, nil
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
