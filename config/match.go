package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml/ast"

	"earshot"
)

// match is a match as it stands in the file: keys in order, each with a value,
// a list, ">=n" or "!v".
type match struct {
	conditions earshot.Match
	brands     []written // for the check that they exist
}

// written is a word of the file and its path.
type written struct{ text, path string }

func (m *match) decode(d *decoder, path string, n ast.Node) {
	pairs, ok := d.pairs(path, n, "{intent: complaint}")
	if !ok {
		return
	}
	for _, p := range pairs {
		at := join(path, p.key)
		d.config.places[at] = p.place(d)
		if !slices.Contains(earshot.MatchKeys, p.key) {
			d.fault(at, codeUnknownKey, fmt.Sprintf("unknown match key %q", p.key), suggest(p.key, earshot.MatchKeys))
			continue
		}
		m.condition(d, at, p)
	}
}

func (m *match) condition(d *decoder, at string, p pair) {
	values := d.words(at, p.value)
	if d.faulty(at) {
		return
	}
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = v.text
	}
	if len(values) == 0 {
		d.fault(at, codeValue, "an empty list matches nothing", `write a value, a list, ">=n" or "!value"`)
		return
	}
	c, err := earshot.ParseCondition(p.key, texts)
	if err != nil {
		d.fault(at, codeValue, strings.TrimPrefix(err.Error(), "match "+p.key+": "), `write a value, a list, ">=n" or "!value"`)
		return
	}
	for i, t := range c.Terms {
		m.term(d, p.key, t, values[i].path)
	}
	m.conditions = append(m.conditions, c)
}

// words reads a value or a list of values.
func (d *decoder) words(path string, n ast.Node) []written {
	n = d.enter(path, n)
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		return d.word(path, n)
	}
	var out []written
	for i, item := range seq.Values {
		at := fmt.Sprintf("%s[%d]", path, i)
		d.place(at, item)
		out = append(out, d.word(at, d.enter(at, item))...)
	}
	return out
}

func (d *decoder) word(path string, n ast.Node) []written {
	if n == nil {
		if d.faulty(path) {
			return nil
		}
		d.fault(path, codeValue, "empty", "write a value"+hashHint(d.config, path))
		return nil
	}
	var out []written
	d.scalar(path, n, func(text string) error {
		out = append(out, written{text, path})
		return nil
	})
	return out
}

// numeric gives the bounds of a key that compares.
func numeric(key string) (low, high float64, ok bool) {
	switch key {
	case "severity":
		return 1, 4, true
	case "confidence":
		return 0, 1, true
	case "history", "voices", "copies":
		return 0, 1e6, true
	}
	return 0, 0, false
}

// term checks one value of a key whose values are known.
func (m *match) term(d *decoder, key string, t earshot.Term, path string) {
	if low, high, ok := numeric(key); ok {
		numericTerm(d, key, t, path, low, high)
		return
	}
	if t.Op != "=" && t.Op != "!" {
		d.fault(path, codeValue, fmt.Sprintf("%s is no number: %s cannot be compared with it", key, t), `write a value, a list or "!value"`)
		return
	}
	if t.Value == "" {
		d.fault(path, codeValue, "empty", "write a value")
		return
	}
	if key == "brand" {
		m.brands = append(m.brands, written{t.Value, path})
	}
	known := earshot.MatchValues(key)
	if known != nil && !slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, t.Value) }) {
		d.fault(path, codeValue, fmt.Sprintf("unknown %s %q", key, t.Value), suggest(t.Value, known))
	}
}

func numericTerm(d *decoder, key string, t earshot.Term, path string, low, high float64) {
	n, err := strconv.ParseFloat(t.Value, 64)
	switch {
	case err != nil:
		d.fault(path, codeValue, fmt.Sprintf("%q is no number", t.Value), fmt.Sprintf(`%s is a number: write 3, ">=3" or "!3"`, key))
	case n < low || n > high:
		d.fault(path, codeValue, fmt.Sprintf("%s is never %s", key, t.Value), fmt.Sprintf("it goes from %g to %g", low, high))
	}
}
