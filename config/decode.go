package config

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"earshot"
)

// limits against files that are no configs: anchors that multiply, and depth.
const (
	maxNodes = 1_000_000
	maxDepth = 64
)

// scalar is a value written as one word, such as 15m. The error of read is a
// *wrong if it can say what to write instead.
type scalar interface{ read(text string) error }

// shaped is a value that may be written in several shapes.
type shaped interface {
	decode(d *decoder, path string, n ast.Node)
}

// wrong is a value that cannot be: What it is, and what to Do.
type wrong struct{ what, do string }

func (w *wrong) Error() string { return w.what }

// decoder walks the YAML tree into Go values by their yaml tags. Unlike a
// library's it never stops at a fault, and it remembers where everything stood.
type decoder struct {
	config  *Config
	anchors map[string]ast.Node
	faults  []*earshot.Fault
	noted   map[string]bool // path and text of the faults
	wrong   map[string]bool // paths at or under which there is a fault
	nodes   int
	depth   int
	lost    map[string]bool // sections that could not be read
	partial bool            // a section is decoded without its neighbours
}

func newDecoder(name string, data []byte) *decoder {
	c := &Config{Name: name, places: map[string]place{}, values: map[string]string{},
		lines: strings.Split(strings.ReplaceAll(strings.TrimPrefix(string(data), "\ufeff"), "\r\n", "\n"), "\n")}
	return &decoder{config: c, anchors: map[string]ast.Node{}, lost: map[string]bool{}, noted: map[string]bool{}, wrong: map[string]bool{}}
}

// value decodes n into v and says whether anything was there.
func (d *decoder) value(path string, n ast.Node, v reflect.Value) bool {
	n = d.enter(path, n)
	if n == nil {
		return false
	}
	d.depth++
	defer func() { d.depth-- }()
	switch p := v.Addr().Interface().(type) {
	case shaped:
		p.decode(d, path, n)
		return true
	case scalar:
		return d.scalar(path, n, p.read)
	}
	switch v.Kind() {
	case reflect.Struct:
		return d.object(path, n, v)
	case reflect.Slice:
		return d.list(path, n, v)
	case reflect.Map:
		return d.table(path, n, v)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return d.value(path, n, v.Elem())
	default:
		return d.plain(path, n, v)
	}
}

// enter notes where the value stands and follows anchors and aliases; nil if
// there is nothing to decode.
func (d *decoder) enter(path string, n ast.Node) ast.Node {
	n = d.follow(path, n)
	if n == nil || n.Type() == ast.NullType {
		return nil
	}
	d.nodes++
	if d.nodes == maxNodes || d.depth == maxDepth {
		d.fault(path, codeShape, "the config is too deep or too large", "are there anchors that contain themselves?")
	}
	if d.nodes >= maxNodes || d.depth >= maxDepth {
		return nil
	}
	return n
}

// scalar hands the text of n to read and reports what it says.
func (d *decoder) scalar(path string, n ast.Node, read func(string) error) bool {
	text, ok := textOf(n)
	if !ok {
		d.fault(path, codeShape, fmt.Sprintf("one value belongs here, not %s", kindOf(n)), valueHint(n))
		return false
	}
	d.config.values[path] = text
	if err := read(text); err != nil {
		var w *wrong
		if errors.As(err, &w) {
			d.fault(path, codeValue, w.what, w.do)
		} else {
			d.fault(path, codeValue, err.Error(), "")
		}
	}
	return true
}

func (d *decoder) plain(path string, n ast.Node, v reflect.Value) bool {
	return d.scalar(path, n, func(text string) error {
		switch v.Kind() {
		case reflect.String:
			v.SetString(strings.TrimSpace(text))
			return nil
		case reflect.Bool:
			return readBool(text, v)
		case reflect.Int:
			return readInt(text, v)
		case reflect.Float64:
			return readFloat(text, v)
		}
		return fmt.Errorf("a %s cannot be read", v.Kind())
	})
}

func readBool(text string, v reflect.Value) error {
	switch text {
	case "true", "false":
		v.SetBool(text == "true")
		return nil
	}
	return &wrong{fmt.Sprintf("%q is neither true nor false", text), "write true or false"}
}

func readInt(text string, v reflect.Value) error {
	n, err := strconv.Atoi(strings.ReplaceAll(text, "_", ""))
	if err != nil {
		return &wrong{fmt.Sprintf("%q is no whole number", text), "write it in digits, such as 2"}
	}
	v.SetInt(int64(n))
	return nil
}

func readFloat(text string, v reflect.Value) error {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil || f != f {
		return &wrong{fmt.Sprintf("%q is no number", text), "write it in digits, such as 0.6"}
	}
	v.SetFloat(f)
	return nil
}

// list decodes a sequence; one value alone is a list of one.
func (d *decoder) list(path string, n ast.Node, v reflect.Value) bool {
	items := []ast.Node{n}
	seq, ok := n.(*ast.SequenceNode)
	elem := v.Type().Elem()
	if ok {
		items = seq.Values
	} else if elem.Kind() == reflect.Struct && !isScalar(elem) {
		d.fault(path, codeShape, fmt.Sprintf("a list belongs here, not %s", kindOf(n)), `start each item with "- "`)
		return false
	}
	out := reflect.MakeSlice(v.Type(), len(items), len(items))
	for i, item := range items {
		at := path
		if ok {
			at = fmt.Sprintf("%s[%d]", path, i)
			d.place(at, item)
		}
		d.item(at, item, out.Index(i))
	}
	v.Set(out)
	return true
}

func (d *decoder) item(path string, n ast.Node, v reflect.Value) {
	present := d.value(path, n, v)
	if v.Kind() == reflect.String && (!present || v.String() == "") && !d.faulty(path) {
		d.fault(path, codeValue, "empty", "write something or take the item out"+hashHint(d.config, path))
	}
	if v.Kind() == reflect.Struct && !present && !d.faulty(path) {
		d.fault(path, codeValue, "empty item", "write its keys or take the dash out")
	}
}

// table decodes a mapping whose keys are names.
func (d *decoder) table(path string, n ast.Node, v reflect.Value) bool {
	pairs, ok := d.pairs(path, n, "name: {...} for each")
	if !ok {
		return false
	}
	v.Set(reflect.MakeMap(v.Type()))
	for _, p := range pairs {
		at := join(path, p.key)
		d.config.places[at] = p.place(d)
		item := reflect.New(v.Type().Elem()).Elem()
		if !d.value(at, p.value, item) && !d.faulty(at) {
			d.fault(at, codeValue, "empty", "write its keys or take the name out")
		}
		v.SetMapIndex(reflect.ValueOf(p.key), item)
	}
	return true
}

// object decodes a mapping into a struct: every key must be a field.
func (d *decoder) object(path string, n ast.Node, v reflect.Value) bool {
	fields := fieldsOf(v.Type())
	pairs, ok := d.pairs(path, n, fmt.Sprintf("{%s: ...}", fields[0].name))
	if !ok {
		d.hideMisplaced(fields, n)
		return false
	}
	for _, p := range pairs {
		at := join(path, p.key)
		d.config.places[at] = p.place(d)
		f, known := find(fields, p.key)
		if !known {
			d.config.places[at] = placeOf(p.node)
			d.fault(at, codeUnknownKey, fmt.Sprintf("unknown key %q", p.key), keyHint(p.key, fields))
			d.hideAll(p.key, p.value)
			continue
		}
		if d.value(at, p.value, v.Field(f.index)) {
			d.constrain(at, f, v.Field(f.index))
		}
	}
	if path != "" || !d.partial {
		d.required(path, fields, pairs, v)
	}
	return true
}

func keyHint(key string, fields []field) string {
	if key == "<<" {
		return "keys are not merged here: write them out"
	}
	return suggest(key, names(fields))
}

// required reports the keys that are not there, unless one of those that are is
// a misspelling of it and was reported as such.
func (d *decoder) required(path string, fields []field, pairs []pair, v reflect.Value) {
	for _, f := range fields {
		at := join(path, f.name)
		if f.need == "" || !v.Field(f.index).IsZero() || d.faulty(at) || misspelt(f.name, fields, pairs) {
			continue
		}
		d.fault(at, codeMissing, "missing", f.need+hashHint(d.config, at))
	}
}

func misspelt(name string, fields []field, pairs []pair) bool {
	return slices.ContainsFunc(pairs, func(p pair) bool {
		_, known := find(fields, p.key)
		return !known && nearest(p.key, names(fields)) == name
	})
}
