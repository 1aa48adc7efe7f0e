package config

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// place is where something stands in the file, from 1.
type place struct{ line, col int }

// pair is one key and its value in a mapping.
type pair struct {
	key   string
	node  ast.Node
	value ast.Node
}

// place is where a person looks for the pair: a plain value itself, else the key.
func (p pair) place(d *decoder) place {
	if _, ok := textOf(d.peek(p.value)); ok {
		return placeOf(p.value)
	}
	return placeOf(p.node)
}

func placeOf(n ast.Node) place {
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		return placeOf(m.Values[0].Key) // the token of a block mapping is its first colon
	}
	if n == nil || n.GetToken() == nil || n.GetToken().Position == nil {
		return place{}
	}
	p := n.GetToken().Position
	return place{p.Line, p.Column}
}

func (d *decoder) place(path string, n ast.Node) {
	d.config.places[path] = placeOf(n)
}

// follow resolves anchors and aliases.
func (d *decoder) follow(path string, n ast.Node) ast.Node {
	for range maxDepth {
		switch x := n.(type) {
		case *ast.AnchorNode:
			d.anchors[x.Name.GetToken().Value] = x.Value
			n = x.Value
		case *ast.AliasNode:
			name := x.Value.GetToken().Value
			target, ok := d.anchors[name]
			if !ok {
				d.fault(path, codeShape, fmt.Sprintf("there is no anchor &%s before this", name), `a word that begins with * needs quotes`)
				return nil
			}
			n = target
		default:
			return n
		}
	}
	return nil
}

// peek follows without reporting.
func (d *decoder) peek(n ast.Node) ast.Node {
	switch x := n.(type) {
	case *ast.AnchorNode:
		return x.Value
	case *ast.AliasNode:
		return nil
	}
	return n
}

// pairs lists a mapping's keys; a key that stands twice is a fault.
// form shows how they are written.
func (d *decoder) pairs(path string, n ast.Node, form string) ([]pair, bool) {
	values, ok := mappingOf(n)
	if !ok {
		do := "write " + form
		if text, one := textOf(n); one && glued.MatchString(text) && !strings.Contains(text, "://") {
			do = "a blank belongs after the colon"
		}
		d.fault(path, codeShape, fmt.Sprintf("keys belong here, not %s", kindOf(n)), do)
		return nil, false
	}
	seen := map[string]place{}
	var out []pair
	for _, mv := range values {
		key, ok := keyOf(mv)
		if !ok {
			d.faultAt(placeOf(mv.Key), path, codeShape, "this is no key", "a key is one plain word")
			continue
		}
		if first, twice := seen[key]; twice {
			d.faultAt(placeOf(mv.Key), join(path, key), codeDuplicate, fmt.Sprintf("key %q stands twice", key),
				fmt.Sprintf("first on line %d", first.line))
			continue
		}
		seen[key] = placeOf(mv.Key)
		out = append(out, pair{key, mv.Key, mv.Value})
	}
	return out, true
}

func mappingOf(n ast.Node) ([]*ast.MappingValueNode, bool) {
	switch x := n.(type) {
	case *ast.MappingNode:
		return x.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{x}, true
	}
	return nil, false
}

func keyOf(mv *ast.MappingValueNode) (string, bool) {
	var n ast.Node = mv.Key
	if k, ok := n.(*ast.MappingKeyNode); ok {
		n = k.Value
	}
	return textOf(n)
}

// textOf is the text of a scalar, as a person wrote it, quotes undone.
func textOf(n ast.Node) (string, bool) {
	switch x := n.(type) {
	case *ast.StringNode:
		return x.Value, true
	case *ast.LiteralNode:
		if x.Value == nil {
			return "", true
		}
		return x.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode, *ast.MergeKeyNode:
		return x.GetToken().Value, true
	}
	return "", false
}

// kindOf names a node's shape for a person.
func kindOf(n ast.Node) string {
	switch n.(type) {
	case *ast.MappingNode, *ast.MappingValueNode:
		return "keys"
	case *ast.SequenceNode:
		return "a list"
	case *ast.TagNode:
		return "a tag"
	case nil, *ast.NullNode:
		return "nothing"
	}
	return "one value"
}

// glued is a key without a blank after its colon.
var glued = regexp.MustCompile(`^[\w-]+:\S`)

// valueHint says how one value is written, and explains what YAML took for
// something else.
func valueHint(n ast.Node) string {
	if t, ok := n.(*ast.TagNode); ok {
		return fmt.Sprintf("a word that begins with ! needs quotes: %q", t.GetToken().Value)
	}
	return "write one word, number or text in quotes"
}
