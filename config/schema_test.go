package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// checkSchema is the part of JSON Schema that Schema uses.
func checkSchema(root, node map[string]any, v any, path string) []string {
	var bad []string
	fail := func(format string, args ...any) { bad = append(bad, path+": "+fmt.Sprintf(format, args...)) }
	if ref, ok := node["$ref"].(string); ok {
		def := root["$defs"].(map[string]any)[strings.TrimPrefix(ref, "#/$defs/")].(map[string]any)
		bad = append(bad, checkSchema(root, def, v, path)...)
	}
	if t, ok := node["type"]; ok && !typeFits(t, v) {
		fail("%v is not of type %v", v, t)
	}
	if p, ok := node["pattern"].(string); ok {
		if s, isText := v.(string); isText && !regexp.MustCompile(p).MatchString(s) {
			fail("%q does not match %s", s, p)
		}
	}
	if enum, ok := node["enum"].([]any); ok && !containsAny(enum, v) {
		fail("%v is none of %v", v, enum)
	}
	if c, ok := node["const"]; ok && !reflect.DeepEqual(c, v) {
		fail("%v is not %v", v, c)
	}
	if n, isNumber := v.(float64); isNumber {
		if low, ok := node["minimum"].(float64); ok && n < low {
			fail("%v < %v", n, low)
		}
		if high, ok := node["maximum"].(float64); ok && n > high {
			fail("%v > %v", n, high)
		}
	}
	if alternatives, ok := node["anyOf"].([]any); ok {
		bad = append(bad, anyOf(root, alternatives, v, path)...)
	}
	return append(bad, checkChildren(root, node, v, path)...)
}

func anyOf(root map[string]any, alternatives []any, v any, path string) []string {
	var bad []string
	for _, a := range alternatives {
		wrong := checkSchema(root, a.(map[string]any), v, path)
		if len(wrong) == 0 {
			return nil
		}
		bad = append(bad, wrong...)
	}
	return bad
}

func checkChildren(root, node map[string]any, v any, path string) []string {
	var bad []string
	if items, ok := node["items"].(map[string]any); ok {
		list, _ := v.([]any)
		for i, item := range list {
			bad = append(bad, checkSchema(root, items, item, fmt.Sprintf("%s[%d]", path, i))...)
		}
	}
	object, ok := v.(map[string]any)
	if !ok {
		return bad
	}
	properties, _ := node["properties"].(map[string]any)
	for key, item := range object {
		child, known := properties[key].(map[string]any)
		if !known {
			child, known = node["additionalProperties"].(map[string]any)
		}
		if known {
			bad = append(bad, checkSchema(root, child, item, join(path, key))...)
		} else if node["additionalProperties"] == false {
			bad = append(bad, join(path, key)+": unknown key")
		}
	}
	required, _ := node["required"].([]any)
	for _, key := range required {
		if _, ok := object[key.(string)]; !ok {
			bad = append(bad, join(path, key.(string))+": missing")
		}
	}
	return bad
}

func typeFits(t, v any) bool {
	if list, ok := t.([]any); ok {
		for _, one := range list {
			if typeFits(one, v) {
				return true
			}
		}
		return false
	}
	switch n := v.(type) {
	case string:
		return t == "string"
	case bool:
		return t == "boolean"
	case float64:
		return t == "number" || t == "integer" && n == float64(int64(n))
	case []any:
		return t == "array"
	case map[string]any:
		return t == "object"
	}
	return false
}

func containsAny(list []any, v any) bool {
	for _, one := range list {
		if reflect.DeepEqual(one, v) {
			return true
		}
	}
	return false
}

func schemaFaults(t *testing.T, text []byte) []string {
	t.Helper()
	var schema map[string]any
	if err := json.Unmarshal(Schema(), &schema); err != nil {
		t.Fatal(err)
	}
	data, err := yaml.YAMLToJSON(text)
	if err != nil {
		t.Fatal(err)
	}
	var v any
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return checkSchema(schema, schema, v, "")
}

func TestSchemaAcceptsWhatPasses(t *testing.T) {
	for name, text := range map[string][]byte{"example": Example(), "contract": read(t, "testdata/contract.yaml"), "minimal": []byte(minimal)} {
		if bad := schemaFaults(t, text); len(bad) > 0 {
			t.Errorf("%s: %s", name, strings.Join(bad, "\n"))
		}
	}
}

func TestSchemaRefuses(t *testing.T) {
	for _, name := range []string{"unknown-key", "zone-number", "brand-category", "brand-sla-short", "source-presets", "people", "durations", "rate", "digests",
		"route-nested", "nothing-but-zone", "secret-literal", "crawl-numbers", "storage", "classify", "source-values"} {
		file := filepath.Join("testdata", "broken", name+".yaml")
		text, err := os.ReadFile(file)
		if name == "zone-number" {
			text, err = []byte(minimal+"zone: [UTC]\n"), nil
		}
		if err != nil {
			t.Fatal(err)
		}
		if len(schemaFaults(t, text)) == 0 {
			t.Errorf("the schema accepts %s", name)
		}
	}
}

func TestSchemaIsDescribedAndStable(t *testing.T) {
	if !bytes.Equal(Schema(), Schema()) {
		t.Error("two schemas differ")
	}
	var walk func(t *testing.T, typ reflect.Type, seen map[reflect.Type]bool)
	walk = func(t *testing.T, typ reflect.Type, seen map[reflect.Type]bool) {
		for typ.Kind() == reflect.Pointer || typ.Kind() == reflect.Slice || typ.Kind() == reflect.Map {
			typ = typ.Elem()
		}
		if typ.Kind() != reflect.Struct || seen[typ] {
			return
		}
		seen[typ] = true
		for _, f := range fieldsOf(typ) {
			if f.doc == "" {
				t.Errorf("%s.%s has no description", typ.Name(), f.name)
			}
			walk(t, f.typ, seen)
		}
	}
	walk(t, reflect.TypeFor[file](), map[reflect.Type]bool{})
}
