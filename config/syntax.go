package config

import (
	"bytes"
	"errors"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"earshot"
)

// parse reads the YAML into f; false if nothing could be read. If the file as a
// whole is no YAML, each section is read on its own, so that one bracket does
// not hide the faults of all others; what is missing then is in d.lost.
func (d *decoder) parse(data []byte, f *file) bool {
	data = bytes.ReplaceAll(bytes.TrimPrefix(data, []byte("\ufeff")), []byte("\r\n"), []byte("\n"))
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		d.faultAt(notText(data), "config", codeShape, "this is no text in UTF-8", "save the file as UTF-8")
		if bytes.IndexByte(data, 0) >= 0 { // UTF-16, or no text at all
			return false
		}
		data = bytes.ToValidUTF8(data, []byte("\ufffd"))
	}
	sections := d.sections()
	if d.tooDeep(sections) {
		return false
	}
	tree, err := parseYAML(data)
	if err != nil {
		return d.salvage(sections, err, f)
	}
	root, ok := d.document(tree)
	if ok {
		d.value("", root, reflect.ValueOf(f).Elem())
	}
	return ok
}

// notText is the place of the first byte that is no text.
func notText(data []byte) place {
	at := place{1, 1}
	for len(data) > 0 {
		r, size := utf8.DecodeRune(data)
		switch {
		case r == 0 || r == utf8.RuneError && size == 1:
			return at
		case r == '\n':
			at = place{at.line + 1, 1}
		default:
			at.col++
		}
		data = data[size:]
	}
	return at
}

// document finds the one document of a file.
func (d *decoder) document(tree *ast.File) (ast.Node, bool) {
	var bodies []ast.Node
	for _, doc := range tree.Docs {
		if doc.Body != nil && doc.Body.Type() != ast.NullType {
			bodies = append(bodies, doc.Body)
		}
	}
	if len(bodies) == 0 {
		d.faultAt(place{1, 1}, "config", codeMissing, "the file is empty", "earshot init writes one")
		return nil, false
	}
	if len(bodies) > 1 {
		d.faultAt(placeOf(bodies[1]), "document", codeShape, "a config is one document", "take the --- out")
	}
	return bodies[0], true
}

var errParser = errors.New("this is no YAML")

// parseYAML never panics, whatever the library makes of odd bytes.
func parseYAML(data []byte) (f *ast.File, err error) {
	defer func() {
		if recover() != nil {
			f, err = nil, errParser
		}
	}()
	return parser.ParseBytes(data, 0, parser.AllowDuplicateMapKey())
}

// section is a top-level key with the lines up to the next, from line on.
type section struct {
	key  string
	line int // from 0
	text string
}

var topKey = regexp.MustCompile(`^["']?([A-Za-z_][\w-]*)["']?[ \t]*:(?:[ \t]|$)`)

func (d *decoder) sections() []section {
	var out []section
	end := len(d.config.lines)
	for i, line := range slices.Backward(d.config.lines) {
		if m := topKey.FindStringSubmatch(line); m != nil {
			out = append(out, section{key: m[1], line: i, text: strings.Join(d.config.lines[i:end], "\n") + "\n"})
			end = i
		}
	}
	slices.Reverse(out)
	return out
}

// salvage decodes what can be read of a broken file.
func (d *decoder) salvage(sections []section, whole error, f *file) bool {
	var good []ast.Node
	for _, s := range sections {
		padded := strings.Repeat("\n", s.line) + s.text // so that lines count as in the file
		tree, err := parseYAML([]byte(padded))
		if err != nil {
			d.lost[s.key] = true
			d.hideLost(s)
			d.broken(s, err)
			continue
		}
		for _, doc := range tree.Docs {
			if doc.Body != nil {
				good = append(good, doc.Body)
			}
		}
	}
	if len(d.lost) == 0 { // only the joints between sections are wrong
		d.syntax(whole, section{text: strings.Join(d.config.lines, "\n")}, 0)
		return false
	}
	for _, n := range good {
		d.partial = true
		d.value("", n, reflect.ValueOf(f).Elem())
	}
	d.partial = false
	return len(good) > 0
}

// broken reports what is wrong in a section: in each of its items, or if each is
// fine for itself, in the whole.
func (d *decoder) broken(s section, err error) {
	found := false
	for _, item := range s.items() {
		if _, err := parseYAML([]byte(item.text)); err != nil {
			d.syntax(err, item, item.line)
			found = true
		}
	}
	if !found {
		d.syntax(err, s, 0)
	}
}

var dash = regexp.MustCompile(`^ *- `)

// items are the section's list items, each below a key of its own so that it is
// YAML by itself; none if the section is no list of lines with dashes.
func (s section) items() []section {
	lines := strings.Split(s.text, "\n")
	mark := ""
	var starts []int
	for i, line := range lines {
		if mark == "" {
			mark = dash.FindString(line)
		}
		if mark != "" && strings.HasPrefix(line, mark) {
			starts = append(starts, i)
		}
	}
	var out []section
	for n, i := range starts {
		end := len(lines)
		if n+1 < len(starts) {
			end = starts[n+1]
		}
		// The key goes in place of the line above.
		out = append(out, section{line: s.line + i - 1, text: "items:\n" + strings.Join(lines[i:end], "\n")})
	}
	return out
}

// syntax reports what the parser said of a section, in words that say what was
// expected. The parser's lines count from offset on.
func (d *decoder) syntax(err error, s section, offset int) {
	at, message, token := place{s.line + 1, 1}, err.Error(), ""
	var y yaml.Error
	if errors.As(err, &y) && y.GetToken() != nil && y.GetToken().Position != nil {
		p := y.GetToken().Position
		at, message, token = place{p.Line + offset, p.Column}, y.GetMessage(), y.GetToken().Value
	}
	what, do := explain(message, token)
	brackets := scanSection(s)
	switch {
	case len(brackets.surplus) > 0 && !strings.Contains(what, "quote"):
		at, what, do = brackets.surplus[0].place, fmt.Sprintf("the %c here closes nothing", brackets.surplus[0].bracket), "expected none, or quotes around it"
	case len(brackets.open) > 0 && !strings.Contains(what, "quote"):
		last := brackets.open[len(brackets.open)-1] // the innermost
		at, what = last.place, fmt.Sprintf("the %c opened here is not closed", last.bracket)
		do = fmt.Sprintf("expected %q", closing(last.bracket)) + d.commentHint(at.line)
	case strings.Contains(what, "tab"):
		at = d.tab(at)
	case strings.Contains(message, "mapping value is not allowed"):
		at, what, do = d.deeper(at, what, do)
	}
	key := fmt.Sprintf("syntax (%d)", len(d.faults)+1)
	d.config.places[key] = at
	d.faults = append(d.faults, &earshot.Fault{Code: codeSyntax, What: what, Do: do, Path: key})
}

// commentHint helps with {channel: #care}, where YAML takes the rest of the line
// for a comment.
func (d *decoder) commentHint(line int) string {
	if line <= len(d.config.lines) && strings.Contains(d.config.lines[line-1], ": #") {
		return `; what begins with # is a comment without quotes: "#..."`
	}
	return ""
}

// deeper finds the line that is indented too far, which YAML takes for more of
// the value above it.
func (d *decoder) deeper(at place, what, do string) (place, string, string) {
	if at.line >= len(d.config.lines) || strings.Contains(string([]rune(d.config.lines[at.line-1])[at.col-1:]), ": ") {
		return at, what, do
	}
	next := d.config.lines[at.line]
	if indent := len(next) - len(strings.TrimLeft(next, " ")); topKey.MatchString(next[indent:]) {
		what, do = explain("value is not allowed in this context", "")
		return place{at.line + 1, indent + 1}, what, do
	}
	return at, what, do
}

// tab finds the tab in the indentation that the parser stumbled over.
func (d *decoder) tab(at place) place {
	for i := max(at.line-1, 0); i < len(d.config.lines); i++ {
		line := d.config.lines[i]
		indent := line[:len(line)-len(strings.TrimLeft(line, " \t"))]
		if tab := strings.IndexByte(indent, '\t'); tab >= 0 {
			return place{i + 1, tab + 1}
		}
	}
	return at
}

// explain turns the parser's words into what was expected.
func explain(message, token string) (what, do string) {
	token, _, _ = strings.Cut(strings.TrimSpace(token), "\n")
	for _, e := range explanations() {
		if strings.Contains(message, e.part) {
			return strings.ReplaceAll(e.what, "TOKEN", fmt.Sprintf("%.1s", token)), e.do
		}
	}
	return message, "compare with what earshot init writes"
}

type explanation struct{ part, what, do string }

func explanations() []explanation {
	return []explanation{
		{"-quoted text", "a quote is opened here and never closed", "expected the closing quote on the same line"},
		{"',' or ']'", "an item of a list in [ ] ends here", `expected "," or "]"`},
		{"',' or '}'", "a value within { } ends here", `expected "," or "}"`},
		{`'\t'`, "a tab cannot indent", "expected spaces"},
		{"'\t'", "a tab cannot indent", "expected spaces"},
		{"tab character", "a tab cannot indent", "expected spaces"},
		{"mapping value is not allowed", "a key stands where it cannot", `expected one "key: value" on a line, indented like its neighbours; a value that holds ": " needs quotes`},
		{"value is not allowed in this context", "this line is indented unlike its neighbours", "expected as many spaces as the keys beside it have"},
		{"unexpected key name", "a word stands alone", `expected "key: value"`},
		{"non-map value", "a word stands alone", `expected "key: value"`},
		{"reserved character", "a value cannot begin with TOKEN", "expected quotes around it"},
		{"invalid header option", "a value that begins with > or | is a block of text to YAML", `expected quotes around it, such as ">=3"`},
		{"escape character", "an unknown escape follows a backslash", `expected '...' around text with backslashes`},
		{"could not find '", "a bracket here has no partner", "expected it in quotes if it is part of a text"},
		{"could not find flow", "a bracket here has no partner", "expected it in quotes if it is part of a text"},
		{"unexpected scalar value type", "YAML takes a word here for something else", `expected a value; one that begins with ! & * needs quotes`},
		{"could not find map value", "a value is missing here", `expected "key: value"`},
		{"sequence was used where mapping is expected", "a list stands where keys belong", `expected "key: value"`},
		{"block sequence entries are not allowed", "a list stands where it cannot", "expected it on lines of its own, under its key"},
		{"unexpected directive", "a value cannot begin with %", "expected quotes around it"},
	}
}
