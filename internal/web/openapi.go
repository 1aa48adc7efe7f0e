package web

import (
	"cmp"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"earshot"
)

var pathPart = regexp.MustCompile(`\{([a-z]+)\}`)

// openAPI describes the API in OpenAPI 3.1, made from the operations themselves.
func (s *Server) openAPI(v *visit) error {
	doc := s.describe()
	doc["servers"] = []any{map[string]any{"url": v.base()}}
	return v.writeJSON(http.StatusOK, doc)
}

// describe is the description without the address of this server.
func (s *Server) describe() map[string]any {
	schemas := schemaSet{}
	paths := map[string]map[string]any{}
	ops := s.operations()
	slices.SortFunc(ops, func(a, b operation) int { return cmp.Compare(a.pattern, b.pattern) })
	for _, op := range ops {
		method, path, _ := strings.Cut(op.pattern, " ")
		if paths[path] == nil {
			paths[path] = map[string]any{}
		}
		paths[path][strings.ToLower(method)] = op.describe(schemas)
	}
	problems := schemas.of(problem{})
	return map[string]any{
		"openapi": "3.1.0",
		"info": map[string]any{"title": "Earshot", "version": cmp.Or(s.o.Version, "unknown"),
			"description": "Who complains about you, or thanks you, on the open web, and whether you answered. Times are RFC 3339 in UTC. Lists give `next`, the address of what follows. Errors are application/problem+json with a stable `code` and the next step in `do`."},
		"paths":    paths,
		"security": []any{map[string]any{"token": []string{}}},
		"components": map[string]any{"schemas": schemas, "securitySchemes": map[string]any{"token": map[string]any{"type": "http", "scheme": "bearer", "description": "An API token, made on the Admin page."}},
			"responses": map[string]any{"problem": map[string]any{"description": "Nothing was done; `do` is the next step.", "content": map[string]any{"application/problem+json": map[string]any{"schema": problems}}}}},
	}
}

// describe is one operation.
func (op operation) describe(schemas schemaSet) map[string]any {
	rt := route{pattern: op.pattern, role: op.role}
	code := cmp.Or(op.code, http.StatusOK)
	good := map[string]any{"description": http.StatusText(code)}
	if _, empty := op.answer.(nothing); !empty {
		good["content"] = map[string]any{"application/json": map[string]any{"schema": schemas.of(op.answer)}}
	}
	answers := map[string]any{strconv.Itoa(code): good, "default": map[string]any{"$ref": "#/components/responses/problem"}}
	method, path, _ := strings.Cut(op.pattern, " ")
	if op.body != nil {
		answers["409"] = map[string]any{"$ref": "#/components/responses/problem"}
	}
	out := map[string]any{"summary": op.summary, "operationId": operationID(method, path), "responses": answers,
		"description": "Needs the role " + string(rt.least()) + ".", "tags": []string{strings.Split(strings.TrimPrefix(path, apiPath), "/")[0]}}
	var params []any
	for _, m := range pathPart.FindAllStringSubmatch(path, -1) {
		params = append(params, map[string]any{"name": m[1], "in": "path", "required": true, "schema": map[string]any{"type": "string"}})
	}
	for _, q := range op.query {
		params = append(params, map[string]any{"name": q.name, "in": "query", "description": q.says, "schema": map[string]any{"type": "string"}})
	}
	if op.body != nil {
		params = append(params, map[string]any{"name": "Idempotency-Key", "in": "header", "description": "The same key, the same action: a repeat changes nothing. 4 to 80 characters.", "schema": map[string]any{"type": "string"}})
		out["requestBody"] = map[string]any{"required": true, "content": map[string]any{"application/json": map[string]any{"schema": schemas.of(op.body)}}}
	}
	if params != nil {
		out["parameters"] = params
	}
	return out
}

// operationID is a name for generated clients: "getCasesIdTexts".
func operationID(method, path string) string {
	id := strings.ToLower(method)
	for part := range strings.SplitSeq(strings.TrimPrefix(path, apiPath), "/") {
		id += capital(strings.Trim(part, "{}"))
	}
	return id
}

// words of the contract, for the types that hold one of them.
var wordLists = map[string][]string{
	"earshot.Intent": texts(earshot.Intents), "earshot.Answer": texts(earshot.Answers), "earshot.Verb": texts(earshot.Verbs), "earshot.EvidenceKind": texts(earshot.EvidenceKinds),
	"earshot.SourceState": texts(earshot.SourceStates), "earshot.Role": {"viewer", "responder", "admin"}, "earshot.EntryKind": {"post", "comment"},
	"earshot.Sentiment": {"negative", "neutral", "positive"}, "earshot.SourceKind": {"feed", "site", "thread", "push"},
	"earshot.Work": {"new", "claimed", "closed", "dismissed"}, "earshot.Clock": {"none", "running", "paused", "due_soon", "overdue"},
	"earshot.Status":  {"dismissed", "closed", "resolved", "responded", "overdue", "promised", "unconfirmed", "seen", "claimed", "new"},
	"earshot.Outcome": texts(earshot.Outcomes),
}

func texts[T ~string](all []T) []string {
	var out []string
	for _, one := range all {
		out = append(out, string(one))
	}
	return out
}
