package web

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// described is the API's description as a client reads it.
func described(t *testing.T, h http.Handler) map[string]any {
	t.Helper()
	got := get(h, "/api/v1/openapi.json")
	var doc map[string]any
	if err := json.Unmarshal(got.Body.Bytes(), &doc); err != nil || got.Code != 200 {
		t.Fatalf("openapi.json: %d, %v", got.Code, err)
	}
	return doc
}

// at walks into a JSON value; nil where there is nothing.
func at(v any, path ...string) any {
	for _, p := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[p]
	}
	return v
}

// validate says where a value does not fit a schema of the description.
func validate(doc map[string]any, schema, value any, where string) []string {
	if ref, ok := at(schema, "$ref").(string); ok {
		schema = at(doc, strings.Split(strings.TrimPrefix(ref, "#/"), "/")...)
		if schema == nil {
			return []string{where + ": nothing at " + ref}
		}
	}
	if list, ok := at(schema, "enum").([]any); ok && !slices.Contains(list, value) {
		return []string{fmt.Sprintf("%s: %v is none of %v", where, value, list)}
	}
	var bad []string
	switch kind := at(schema, "type"); kind {
	case "object":
		m, ok := value.(map[string]any)
		if !ok {
			return []string{where + ": no object"}
		}
		required, _ := at(schema, "required").([]any)
		for _, name := range required {
			if _, ok := m[name.(string)]; !ok {
				bad = append(bad, where+"."+name.(string)+" is missing")
			}
		}
		for name, v := range m {
			inner := at(schema, "properties", name)
			if inner == nil && at(schema, "additionalProperties") == false {
				bad = append(bad, where+"."+name+" is not described")
			} else if inner != nil {
				bad = append(bad, validate(doc, inner, v, where+"."+name)...)
			}
		}
	case "array":
		list, ok := value.([]any)
		if !ok {
			return []string{where + ": no array"}
		}
		for i, v := range list {
			bad = append(bad, validate(doc, at(schema, "items"), v, fmt.Sprintf("%s[%d]", where, i))...)
		}
	case "string":
		s, ok := value.(string)
		if !ok {
			return []string{fmt.Sprintf("%s: %v is no string", where, value)}
		}
		if at(schema, "format") == "date-time" {
			if _, err := time.Parse(time.RFC3339, s); err != nil {
				bad = append(bad, where+": "+err.Error())
			}
		}
	case "integer", "number":
		if n, ok := value.(float64); !ok || kind == "integer" && n != float64(int64(n)) {
			bad = append(bad, fmt.Sprintf("%s: %v is no %s", where, value, kind))
		}
	case "boolean":
		if _, ok := value.(bool); !ok {
			bad = append(bad, where+": no boolean")
		}
	default:
		bad = append(bad, fmt.Sprintf("%s: the schema has the type %v", where, kind))
	}
	return bad
}

func TestEveryRouteOfTheAPIIsDescribedAndEveryAnswerFits(t *testing.T) {
	w, ids := populate(t)
	pushed := func(context.Context, Pushed, string) (PushResult, error) {
		return PushResult{Entry: 7, Result: "added"}, nil
	}
	s := server(t, w, func(o *Options) { o.Push = pushed })
	doc := described(t, s.Handler())
	bodies := map[string]string{
		"POST /api/v1/actions":              `{"case":"` + ids["new"] + `","verb":"claim"}`,
		"POST /api/v1/cases/{id}/responses": `{"answer":"responded","text":"we called","link":"https://desk.example/1"}`,
		"POST /api/v1/mentions":             `{"url":"https://blog.example/p","text":"Norrsken Rail was late again."}`,
		"POST /api/v1/admin/tokens":         `{"title":"desk","role":"viewer"}`,
		"POST /api/v1/cases/{id}/shares":    `{"hours":24}`,
	}
	patterns := 0
	for _, r := range s.routes {
		if !strings.HasPrefix(r.address(), apiPath) || strings.HasSuffix(r.address(), "openapi.json") {
			continue
		}
		patterns++
		method, path := concrete(s, r.pattern, ids["ledger"])
		path = strings.NewReplacer("{token}", "1", "{share}", "1").Replace(path)
		op := at(doc, "paths", r.address(), strings.ToLower(method))
		if op == nil || at(op, "summary") == "" || at(op, "operationId") == "" {
			t.Errorf("%s is not described", r.pattern)
			continue
		}
		if body := bodies[r.pattern]; body != "" {
			var sent any
			if err := json.Unmarshal([]byte(body), &sent); err != nil {
				t.Fatal(err)
			}
			for _, b := range validate(doc, at(op, "requestBody", "content", "application/json", "schema"), sent, r.pattern+" body") {
				t.Error(b)
			}
		} else if method == http.MethodPost {
			t.Errorf("%s has no sample here", r.pattern)
		}
		got := ask(s.Handler(), method, path, bodies[r.pattern], "Content-Type", "application/json")
		answer := at(op, "responses", fmt.Sprint(got.Code))
		if answer == nil || got.Code >= 300 {
			t.Errorf("%s answers %d, which is not described: %s", r.pattern, got.Code, got.Body)
			continue
		}
		if schema := at(answer, "content", "application/json", "schema"); schema != nil {
			var value any
			if err := json.Unmarshal(got.Body.Bytes(), &value); err != nil {
				t.Errorf("%s: %v", r.pattern, err)
			}
			for _, b := range validate(doc, schema, value, r.pattern) {
				t.Error(b)
			}
		} else if got.Body.Len() > 0 {
			t.Errorf("%s says %q, and that is not described", r.pattern, got.Body)
		}
	}
	all := 0
	for _, methods := range doc["paths"].(map[string]any) {
		all += len(methods.(map[string]any))
	}
	if all != patterns {
		t.Errorf("%d operations are described, %d exist", all, patterns)
	}
	got := get(s.Handler(), "/api/v1/cases/czzz")
	var p any
	if err := json.Unmarshal(got.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	for _, b := range validate(doc, at(doc, "components", "responses", "problem", "content", "application/problem+json", "schema"), p, "problem") {
		t.Error(b)
	}
}

func TestListsOfTheAPIArePagedToTheirEnd(t *testing.T) {
	w, _ := populate(t)
	h := w.handler()
	for _, name := range []string{"cases", "mentions", "alerts"} {
		whole := map[string]any{}
		if err := json.Unmarshal(get(h, "/api/v1/"+name).Body.Bytes(), &whole); err != nil {
			t.Fatal(err)
		}
		want, seen := len(whole["items"].([]any)), map[string]bool{}
		next := "/api/v1/" + name + "?limit=2"
		for range 100 {
			var page struct {
				Items []map[string]any `json:"items"`
				Next  string           `json:"next"`
			}
			if err := json.Unmarshal(get(h, next).Body.Bytes(), &page); err != nil {
				t.Fatal(err)
			}
			for _, item := range page.Items {
				seen[fmt.Sprint(item["id"])] = true
			}
			if next = pathOf(page.Next); next == "" {
				break
			}
		}
		if next != "" || len(seen) != want {
			t.Errorf("%s: %d rows in pages of two, %d at once, then %q", name, len(seen), want, next)
		}
	}
}
