package config

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// field is one key of a section, read from the tags of its Go field:
//
//	yaml  the key
//	doc   what it means, for the schema
//	need  what to write if it is missing; only required keys have it
//	enum  the values it may have, separated by spaces
//	min, max  bounds, both included
type field struct {
	name  string
	doc   string
	need  string
	enum  []string
	min   string
	max   string
	index int
	typ   reflect.Type
}

func fieldsOf(t reflect.Type) []field {
	fields := make([]field, 0, t.NumField())
	for i := range t.NumField() {
		f := t.Field(i)
		name := f.Tag.Get("yaml")
		if name == "" {
			continue
		}
		fields = append(fields, field{name: name, doc: f.Tag.Get("doc"), need: f.Tag.Get("need"), enum: strings.Fields(f.Tag.Get("enum")),
			min: f.Tag.Get("min"), max: f.Tag.Get("max"), index: i, typ: f.Type})
	}
	return fields
}

func find(fields []field, name string) (field, bool) {
	i := slices.IndexFunc(fields, func(f field) bool { return f.name == name })
	if i < 0 {
		return field{}, false
	}
	return fields[i], true
}

func names(fields []field) []string {
	out := make([]string, len(fields))
	for i, f := range fields {
		out[i] = f.name
	}
	return out
}

// constrain checks a value that is there, or each of a list, against its field's tags.
func (d *decoder) constrain(path string, f field, v reflect.Value) {
	if v.Kind() == reflect.Slice {
		for i := range v.Len() {
			item := at(path, i)
			if _, listed := d.config.places[item]; !listed { // one value alone is a list of one
				item = path
			}
			d.constrain(item, f, v.Index(i))
		}
		return
	}
	if d.faulty(path) {
		return
	}
	if v.Kind() == reflect.String && len(f.enum) > 0 && v.String() != "" && !slices.Contains(f.enum, v.String()) {
		d.fault(path, codeValue, fmt.Sprintf("unknown value %q", v.String()), suggest(v.String(), f.enum))
	}
	if f.min != "" || f.max != "" {
		d.bounds(path, f, reflect.Indirect(v))
	}
}

func (d *decoder) bounds(path string, f field, v reflect.Value) {
	n, ok := magnitude(v)
	if !ok {
		return
	}
	written := d.config.values[path]
	low, lowOK := bound(v.Type(), f.min)
	high, highOK := bound(v.Type(), f.max)
	switch {
	case lowOK && highOK && (n < low || n > high):
		d.fault(path, codeValue, fmt.Sprintf("%s is out of bounds", written), fmt.Sprintf("want %s to %s", f.min, f.max))
	case lowOK && n < low:
		d.fault(path, codeValue, fmt.Sprintf("%s is too little", written), fmt.Sprintf("want %s or more", f.min))
	case highOK && n > high:
		d.fault(path, codeValue, fmt.Sprintf("%s is too much", written), fmt.Sprintf("want %s or less", f.max))
	}
}

func magnitude(v reflect.Value) (float64, bool) {
	switch v.Kind() {
	case reflect.Int, reflect.Int64:
		return float64(v.Int()), true
	case reflect.Float64:
		return v.Float(), true
	}
	return 0, false
}

// bound reads a bound in the notation of the field's own type.
func bound(t reflect.Type, text string) (float64, bool) {
	if text == "" {
		return 0, false
	}
	if p, ok := reflect.New(t).Interface().(scalar); ok {
		if err := p.read(text); err != nil {
			return 0, false
		}
		return magnitude(reflect.ValueOf(p).Elem())
	}
	n, err := strconv.ParseFloat(text, 64)
	return n, err == nil
}

func isScalar(t reflect.Type) bool {
	_, ok := reflect.New(t).Interface().(scalar)
	return ok
}

func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}
