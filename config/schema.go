package config

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"earshot"
)

// schemaNode is one node of a JSON Schema; maps marshal with sorted keys, so the
// same types always give the same bytes.
type schemaNode map[string]any

// described is a value whose shape reflection cannot see.
type described interface{ schema() schemaNode }

// Schema returns a JSON Schema (draft 2020-12) of the config, made from the Go
// types that read it, so that editors complete and check what they will accept.
func Schema() []byte {
	s := &schemaWriter{defs: schemaNode{}}
	root := s.object(reflect.TypeFor[file]())
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "Earshot configuration"
	root["$defs"] = s.defs
	out, err := json.MarshalIndent(root, "", "  ")
	if err != nil {
		panic("config: the schema does not encode: " + err.Error()) // maps of strings and numbers always do
	}
	return append(out, '\n')
}

type schemaWriter struct{ defs schemaNode }

func (s *schemaWriter) node(t reflect.Type) schemaNode {
	if d, ok := reflect.New(t).Interface().(described); ok {
		return d.schema()
	}
	switch t.Kind() {
	case reflect.Pointer:
		return s.node(t.Elem())
	case reflect.Slice:
		return s.list(t.Elem())
	case reflect.Map:
		return schemaNode{"type": "object", "additionalProperties": s.node(t.Elem())}
	case reflect.Struct:
		return s.reference(t)
	case reflect.Bool:
		return schemaNode{"type": "boolean"}
	case reflect.Int:
		return schemaNode{"type": "integer"}
	case reflect.Float64:
		return schemaNode{"type": "number"}
	}
	return schemaNode{"type": []string{"string", "number", "boolean"}}
}

// list may hold one bare value instead of a list of one, as the decoder reads it.
func (s *schemaWriter) list(elem reflect.Type) schemaNode {
	items := s.node(elem)
	list := schemaNode{"type": "array", "items": items}
	if elem.Kind() == reflect.Struct && !isScalar(elem) {
		return list
	}
	return schemaNode{"anyOf": []schemaNode{list, items}}
}

// reference puts a section under $defs, for routes contain routes.
func (s *schemaWriter) reference(t reflect.Type) schemaNode {
	name := t.Name()
	if _, done := s.defs[name]; !done {
		s.defs[name] = schemaNode{}
		s.defs[name] = s.object(t)
	}
	return schemaNode{"$ref": "#/$defs/" + name}
}

func (s *schemaWriter) object(t reflect.Type) schemaNode {
	properties, required := schemaNode{}, []string{}
	for _, f := range fieldsOf(t) {
		n := s.node(f.typ)
		n["description"] = f.doc
		if len(f.enum) > 0 {
			n["enum"] = f.enum
			delete(n, "type")
		}
		if f.typ.Kind() == reflect.Int || f.typ.Kind() == reflect.Float64 || f.typ == reflect.TypeFor[*float64]() {
			limit(n, "minimum", f.min)
			limit(n, "maximum", f.max)
		}
		properties[f.name] = n
		if f.need != "" {
			required = append(required, f.name)
		}
	}
	out := schemaNode{"type": "object", "additionalProperties": false, "properties": properties}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

func limit(n schemaNode, key, bound string) {
	if v, err := strconv.ParseFloat(bound, 64); err == nil {
		n[key] = v
	}
}

func pattern(p string) schemaNode { return schemaNode{"type": "string", "pattern": p} }

func (*Duration) schema() schemaNode {
	n := pattern(`^([0-9.]+(ms|s|m|h|d|w))+$`)
	return schemaNode{"anyOf": []schemaNode{n, {"const": 0}}}
}

func (*Size) schema() schemaNode {
	return schemaNode{"anyOf": []schemaNode{pattern(`^[0-9.]+ ?([KMGkmg]i?)?[Bb]?$`), {"type": "integer"}}}
}

func (*Rate) schema() schemaNode      { return pattern(`^[1-9][0-9]* ?/ ?[hd]$`) }
func (*clock) schema() schemaNode     { return pattern(`^[0-9]{1,2}:[0-9]{2}$`) }
func (*weekClock) schema() schemaNode { return pattern(`^[A-Za-z]+ [0-9]{1,2}:[0-9]{2}$`) }
func (*date) schema() schemaNode      { return pattern(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`) }
func (*hours) schema() schemaNode     { return pattern(`[0-9]{1,2}:[0-9]{2}-[0-9]{1,2}:[0-9]{2}`) }
func (*zone) schema() schemaNode      { return schemaNode{"type": "string"} }
func (*network) schema() schemaNode   { return pattern(`/[0-9]+$`) }
func (*secretRef) schema() schemaNode {
	return pattern(`^$|^env:[A-Za-z_][A-Za-z0-9_]*$|^file:.|^https?://(127\.|localhost|\[::1)`)
}

func (*dsnRef) schema() schemaNode {
	return pattern(`^(sqlite:.|postgres(ql)?:.|env:[A-Za-z_][A-Za-z0-9_]*$|file:.)`)
}

func (*days) schema() schemaNode {
	return pattern(`^[0-9]{4}-[0-9]{2}-[0-9]{2}(/[0-9]{4}-[0-9]{2}-[0-9]{2})?$`)
}

func (*match) schema() schemaNode {
	properties := schemaNode{}
	for _, key := range earshot.MatchKeys {
		one := schemaNode{"type": []string{"string", "number", "boolean"}}
		if _, _, number := numeric(key); number {
			one = schemaNode{"anyOf": []schemaNode{{"type": "number"}, pattern(`^(>=|<=|>|<|!)? ?[0-9.]+$`)}}
		} else if values := earshot.MatchValues(key); values != nil {
			one = pattern("^!?(" + strings.Join(values, "|") + ")$")
		}
		properties[key] = schemaNode{"anyOf": []schemaNode{one, {"type": "array", "items": one, "minItems": 1}}}
	}
	return schemaNode{"type": "object", "additionalProperties": false, "properties": properties}
}

func (*slaLines) schema() schemaNode {
	properties := schemaNode{}
	for _, intent := range earshot.Intents {
		properties[string(intent)] = (*Duration)(nil).schema()
	}
	line := (&schemaWriter{defs: schemaNode{}}).object(reflect.TypeFor[slaKeys]())
	return schemaNode{"anyOf": []schemaNode{
		{"type": "array", "items": line},
		{"type": "object", "additionalProperties": false, "properties": properties},
	}}
}
