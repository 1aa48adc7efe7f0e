package web

import (
	"reflect"
	"regexp"
	"strings"
	"time"

	"earshot"
)

// schemaSet are the JSON Schemas of Go types, by name; of adds what it meets.
type schemaSet map[string]any

var notWord = regexp.MustCompile(`[^A-Za-z0-9]+`)

// of is the schema of a value's type: structs by reference, the rest in place.
func (set schemaSet) of(value any) map[string]any { return set.typed(reflect.TypeOf(value), false) }

func (set schemaSet) typed(t reflect.Type, mayBeEmpty bool) map[string]any {
	if list := wordLists[t.String()]; list != nil {
		if mayBeEmpty {
			list = append([]string{""}, list...)
		}
		return map[string]any{"type": "string", "enum": list}
	}
	if t == reflect.TypeFor[time.Time]() {
		return map[string]any{"type": "string", "format": "date-time"}
	}
	switch t.Kind() {
	case reflect.Pointer:
		return set.typed(t.Elem(), mayBeEmpty)
	case reflect.String:
		return map[string]any{"type": "string"}
	case reflect.Bool:
		return map[string]any{"type": "boolean"}
	case reflect.Float64, reflect.Float32:
		return map[string]any{"type": "number"}
	case reflect.Int, reflect.Int64, reflect.Int32:
		return map[string]any{"type": "integer"}
	case reflect.Slice:
		return map[string]any{"type": "array", "items": set.typed(t.Elem(), false)}
	case reflect.Map:
		return map[string]any{"type": "object"}
	case reflect.Struct:
		return set.structure(t)
	}
	return map[string]any{}
}

// structure adds a struct by its name and returns the reference to it.
func (set schemaSet) structure(t reflect.Type) map[string]any {
	name := schemaName(t)
	ref := map[string]any{"$ref": "#/components/schemas/" + name}
	if _, known := set[name]; known {
		return ref
	}
	properties, required := map[string]any{}, []string{}
	set[name] = nil // a type may hold itself
	for f := range t.Fields() {
		tag, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if !f.IsExported() || tag == "-" {
			continue
		}
		if tag == "" {
			tag = f.Name
		}
		optional := strings.Contains(options, "omit")
		properties[tag] = set.typed(f.Type, !optional)
		if !optional {
			required = append(required, tag)
		}
	}
	set[name] = map[string]any{"type": "object", "properties": properties, "required": required, "additionalProperties": false}
	return ref
}

// schemaName is a type's name for readers: caseJSON is Case, listOf[caseJSON] is
// CaseList; what is kept as it is in the store is a record: earshot.Event is
// EventRecord.
func schemaName(t reflect.Type) string {
	name, inner, generic := strings.Cut(t.Name(), "[")
	if generic {
		inner = inner[strings.LastIndexAny(inner, "./")+1:]
		return capital(clean(inner)) + "List"
	}
	if t.PkgPath() == reflect.TypeFor[earshot.Event]().PkgPath() {
		return name + "Record"
	}
	return capital(clean(name))
}

func clean(name string) string {
	return strings.TrimSuffix(notWord.ReplaceAllString(name, ""), "JSON")
}
