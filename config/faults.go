package config

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"earshot"
)

// The codes of faults in a config; they are stable.
const (
	codeUnreadable = "config_unreadable"
	codeSyntax     = "config_syntax"
	codeShape      = "config_shape"
	codeUnknownKey = "config_unknown_key"
	codeValue      = "config_value"
	codeMissing    = "config_missing"
	codeUnknown    = "config_unknown_name"
	codeDuplicate  = "config_duplicate"
	codeConflict   = "config_conflict"
	codeSecret     = "config_secret"
	codeUnsafe     = "config_unsafe"
	codeAmbiguous  = "config_ambiguous"
	codeUnused     = "config_unused"
	codeLater      = "config_later"
)

// fault notes what is wrong at path, once per path and text.
func (d *decoder) fault(path, code, what, do string) { d.note(path, code, what, do, false) }

// warn notes what is odd at path, though the config works all the same.
func (d *decoder) warn(path, code, what, do string) { d.note(path, code, what, do, true) }

func (d *decoder) note(path, code, what, do string, warn bool) {
	if path == "" { // the file as a whole
		path = "config"
		d.config.places[path] = place{1, 1}
	}
	once := path + "\x00" + what
	if d.noted[once] {
		return
	}
	d.noted[once] = true
	d.faults = append(d.faults, &earshot.Fault{Code: code, What: what, Do: do, Path: path, Warn: warn})
	at, _, _ := strings.Cut(path, " (")
	for ; at != "" && !warn; at = parent(at) {
		d.wrong[at] = true
	}
}

// parent is the path without its last step; "" is the file.
func parent(path string) string { return path[:max(strings.LastIndexAny(path, ".["), 0)] }

// faultAt is a fault at a place that is not its path's own.
func (d *decoder) faultAt(at place, path, code, what, do string) {
	path = fmt.Sprintf("%s (%d)", path, len(d.faults)+1)
	d.config.places[path] = at
	d.fault(path, code, what, do)
}

// faulty says whether something at or under path was reported already, so that
// one mistake makes one report.
func (d *decoder) faulty(path string) bool { return d.wrong[path] }

// sorted gives all faults in the order of the file, secrets taken out.
func (d *decoder) sorted() []*earshot.Fault {
	for _, f := range d.faults {
		f.What, f.Do = d.config.mask(f.What), d.config.maskLiterals(f.Do)
	}
	d.config.sort(d.faults)
	return d.faults
}

// sort orders faults by line and column; those of the same place stay in order.
func (c *Config) sort(faults []*earshot.Fault) {
	slices.SortStableFunc(faults, func(a, b *earshot.Fault) int {
		la, ca := c.Pos(a.Path)
		lb, cb := c.Pos(b.Path)
		return cmp.Or(cmp.Compare(la, lb), cmp.Compare(ca, cb))
	})
}

// Pos is where the key or value of path stands in the file, from 1. A path that
// is not in the file is where the section stands that it belongs to, or the
// beginning of the file; 0, 0 is no place at all.
func (c *Config) Pos(path string) (line, col int) {
	line, col, ok := c.find(path)
	if !ok && path != "" && len(c.lines) > 0 {
		return 1, 1
	}
	return line, col
}

func (c *Config) find(path string) (line, col int, ok bool) {
	for path != "" {
		if p, ok := c.places[path]; ok && p.line > 0 {
			return p.line, p.col, true
		}
		path = parent(path)
	}
	return 0, 0, false
}

// Describe writes a fault in one line, as compilers do: file, line, column, path,
// what is wrong, and what to do.
func (c *Config) Describe(f *earshot.Fault) string {
	var b strings.Builder
	b.WriteString(c.Name)
	if line, col := c.Pos(f.Path); line > 0 {
		fmt.Fprintf(&b, ":%d:%d", line, col)
	}
	b.WriteString(": ")
	if f.Warn {
		b.WriteString("warning: ")
	}
	path, _, _ := strings.Cut(f.Path, " (")
	if path != "" && f.Code != codeSyntax {
		b.WriteString(c.mask(path) + ": ")
	}
	b.WriteString(c.mask((&earshot.Fault{What: f.What, Err: f.Err}).Error()))
	if f.Do != "" {
		b.WriteString(" (" + c.maskLiterals(f.Do) + ")")
	}
	return b.String()
}

// Report writes every fault with its line of the file and a caret under the
// place, in the order of the file, and a count at the end.
func Report(w io.Writer, c *Config, faults []*earshot.Fault) error {
	faults = slices.Clone(faults)
	c.sort(faults)
	var b strings.Builder
	warnings := 0
	for _, f := range faults {
		if f.Warn {
			warnings++
		}
		b.WriteString(c.Describe(f) + "\n")
		if line, col, ok := c.find(f.Path); ok {
			b.WriteString(c.excerpt(line, col))
		}
	}
	if len(faults) > 0 {
		fmt.Fprintf(&b, "%s: %s, %s\n", c.Name, count(len(faults)-warnings, "fault"), count(warnings, "warning"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// excerptWidth bounds how much of a long line is shown around the caret.
const excerptWidth = 100

func (c *Config) excerpt(line, col int) string {
	if line < 1 || line > len(c.lines) {
		return ""
	}
	text := []rune(c.mask(c.lines[line-1]))
	at := min(max(col-1, 0), len(text))
	from, to := 0, len(text)
	if len(text) > excerptWidth {
		from = max(0, min(at-excerptWidth/2, len(text)-excerptWidth))
		to = min(len(text), from+excerptWidth)
	}
	before, after := "", ""
	if from > 0 {
		before = "..."
	}
	if to < len(text) {
		after = "..."
	}
	number := fmt.Sprintf("%5d | ", line)
	margin := strings.Repeat(" ", len(number)-2) + "| " + strings.Repeat(" ", len(before))
	return number + before + printable(text[from:to]) + after + "\n" + margin + blank(text[from:at]) + "^\n"
}

// printable keeps control characters of the file off the terminal.
func printable(text []rune) string {
	return strings.Map(func(r rune) rune {
		if r != '\t' && !unicode.IsPrint(r) {
			return '\ufffd'
		}
		return r
	}, string(text))
}

// blank is white space as wide as the text: tabs stay tabs, and wide characters
// get wide spaces.
func blank(text []rune) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul) || (r >= 0x3000 && r <= 0x303f) || (r >= 0xff00 && r <= 0xff60):
			return '\u3000'
		case unicode.Is(unicode.Mn, r):
			return -1
		}
		return ' '
	}, string(text))
}
