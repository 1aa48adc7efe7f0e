package config

import "strings"

// The parser's time grows with the square of what is nested or stands on one
// line, so both are bounded.
const (
	maxLine = 20_000
	maxOpen = 1_000
)

// bracket is a bracket and its place.
type bracket struct {
	place
	bracket rune
}

func closing(open rune) string {
	if open == '[' {
		return "]"
	}
	return "}"
}

// scan follows the brackets of a section, skipping quotes and comments as YAML does.
type scan struct {
	open    []bracket // not closed so far, the innermost last
	surplus []bracket // that close nothing
	deep    []bracket // those beyond maxOpen
}

func scanSection(s section) scan {
	var b scan
	for i, line := range strings.Split(s.text, "\n") {
		b.line([]rune(line), s.line+i+1)
	}
	return b
}

func (b *scan) line(line []rune, number int) {
	var quote, before rune = 0, ' '
	flow := len(b.open) > 0 // a closing bracket means something only after an opening one
	for i, c := range line {
		switch {
		case quote != 0:
			if c == quote && (quote == '\'' || before != '\\') {
				quote = 0
			}
		case c == '#' && (before == ' ' || before == '\t'):
			return
		case (c == '"' || c == '\'') && strings.ContainsRune(" \t[{,:", before):
			quote = c
		case c == '{' || c == '[':
			// Within a plain word a bracket is a letter, unless the word stands in brackets.
			if len(b.open) > 0 || strings.ContainsRune(" \t", before) {
				b.push(bracket{place{number, i + 1}, c})
				flow = true
			}
		case (c == '}' || c == ']') && len(b.open) > 0:
			b.open = b.open[:len(b.open)-1]
		case (c == '}' || c == ']') && flow:
			b.surplus = append(b.surplus, bracket{place{number, i + 1}, c})
		}
		before = c
	}
}

func (b *scan) push(open bracket) {
	b.open = append(b.open, open)
	if len(b.open) > maxOpen {
		b.deep = append(b.deep, open)
	}
}

// tooDeep reports what no config needs and the parser would take for ever to
// read: brackets in brackets in brackets, and endless lines.
func (d *decoder) tooDeep(sections []section) bool {
	if len(sections) == 0 {
		sections = []section{{text: strings.Join(d.config.lines, "\n")}}
	}
	for _, s := range sections {
		if deep := scanSection(s).deep; len(deep) > 0 {
			d.faultAt(deep[0].place, s.key, codeShape, "too many brackets are open here", "expected the closing ones before this")
			return true
		}
	}
	for i, line := range d.config.lines {
		if len(line) > maxLine || strings.Count(line, "- ") > maxDepth && strings.Trim(line, "- ") == "" {
			d.faultAt(place{i + 1, 1}, "config", codeShape, "this line is too long", "write it as several lines")
			return true
		}
	}
	return false
}
