package classify

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
)

// The word tables, one per language. answer_en.txt explains the notation at its top.
//
//go:embed answer_en.txt answer_es.txt answer_it.txt answer_zh.txt answer_weights.txt
var answerFiles embed.FS

// answerRule is one line of a table: a pattern over the tokens of a clause and what it stands for.
type answerRule struct {
	kind string
	need byte // '!' the pattern holds whoever the subject is, '+' it needs the company as subject, 0 any but author and others
	re   *regexp.Regexp
	name string // kind and line number, for explain
}

// answerTable holds the compiled rules of one language.
type answerTable struct {
	lang   string
	spaced bool // words are separated by spaces
	rules  map[string][]answerRule
}

// answerTables compiles the shipped tables on first use.
var answerTables = sync.OnceValue(func() map[string]*answerTable {
	tables := map[string]*answerTable{}
	for _, lang := range []string{"en", "es", "it", "zh"} {
		src, err := answerFiles.ReadFile("answer_" + lang + ".txt")
		if err != nil {
			panic(err) // embedded: cannot be missing in a binary that was built
		}
		t, err := parseAnswerTable(lang, string(src))
		if err != nil {
			panic(err) // a table is code: a test loads all of them
		}
		tables[lang] = t
	}
	return tables
})

// answerKinds lists the kinds a table may use.
const answerKinds = " answer reply fix vow weakvow look auto ans0 fix0 silence waiting broken neg unneg unreal whyq until split early later " +
	"yes no self comp third away exclude own except_no except_yes only adv did_yes did_no ask kept co_answer co_reply co_fix co_vow co_weakvow co_look co_auto co_none co_receipt once to_you manage mine unmine "

// parseAnswerTable reads a table. Its errors name the line.
func parseAnswerTable(lang, src string) (*answerTable, error) {
	t := &answerTable{lang: lang, spaced: lang != "zh", rules: map[string][]answerRule{}}
	words := map[string]string{}
	for i, line := range strings.Split(src, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := t.addLine(words, line, i+1); err != nil {
			return nil, fmt.Errorf("answer_%s.txt:%d: %w", lang, i+1, err)
		}
	}
	return t, nil
}

// addLine takes one line: "let name = words" or "kind: pattern".
func (t *answerTable) addLine(words map[string]string, line string, number int) error {
	if def, ok := strings.CutPrefix(line, "let "); ok {
		name, value, ok := strings.Cut(def, "=")
		if !ok {
			return fmt.Errorf("let without =")
		}
		expanded, err := answerExpand(words, strings.TrimSpace(value))
		words[strings.TrimSpace(name)] = expanded
		return err
	}
	kind, pattern, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("no kind in %q", line)
	}
	rule := answerRule{kind: kind, name: fmt.Sprintf("%s.%s:%d", t.lang, strings.TrimRight(kind, "!+"), number)}
	if last := kind[len(kind)-1]; last == '!' || last == '+' {
		rule.kind, rule.need = kind[:len(kind)-1], last
	}
	if !strings.Contains(answerKinds, " "+rule.kind+" ") {
		return fmt.Errorf("unknown kind %q", rule.kind)
	}
	expanded, err := answerExpand(words, strings.TrimSpace(pattern))
	if err != nil {
		return err
	}
	if rule.re, err = regexp.Compile(t.source(expanded)); err != nil {
		return err
	}
	t.rules[rule.kind] = append(t.rules[rule.kind], rule)
	return nil
}

// answerMacro matches a use of a name defined with let.
var answerMacro = regexp.MustCompile(`<[a-z0-9]+>`)

// answerExpand replaces <name> by what the name stands for.
func answerExpand(words map[string]string, s string) (string, error) {
	var missing string
	s = answerMacro.ReplaceAllStringFunc(s, func(use string) string {
		value, ok := words[use[1:len(use)-1]]
		if !ok {
			missing = use
		}
		return "(?:" + value + ")"
	})
	if missing != "" {
		return "", fmt.Errorf("unknown name %s", missing)
	}
	return s, nil
}

// source turns a pattern into a regular expression over a clause. In a spaced language a clause is " word word ": every
// word of the pattern becomes a group that ends with a space; ~ is the rest of a word, _ up to three and __ up to seven
// words. In Chinese _ is up to four and __ up to ten characters.
func (t *answerTable) source(pattern string) string {
	if !t.spaced {
		pattern = strings.ReplaceAll(pattern, "__", "[^,]{0,10}")
		return strings.ReplaceAll(pattern, "_", "[^,]{0,4}")
	}
	pattern = strings.ReplaceAll(pattern, "~", "[^ ]*")
	pattern = answerInnerGaps(pattern)
	var b strings.Builder
	pattern, anchored := strings.CutPrefix(pattern, "^ ")
	if anchored {
		b.WriteString("^")
	}
	b.WriteString(" ")
	if answerAlternates(pattern) {
		return b.String() + "(?:" + pattern + ") "
	}
	for _, item := range answerItems(pattern) {
		b.WriteString(answerItem(item))
	}
	return b.String()
}

// answerInnerGaps expands _ and __ inside parentheses, where blanks separate words of one item.
func answerInnerGaps(pattern string) string {
	items := answerItems(pattern)
	for i, item := range items {
		if strings.Contains(item, " ") {
			item = strings.ReplaceAll(item, " __ ", " (?:[^ ]+ ){0,7}")
			items[i] = strings.ReplaceAll(item, " _ ", " (?:[^ ]+ ){0,3}")
		}
	}
	return strings.Join(items, " ")
}

// answerItem compiles one blank-separated item of a pattern.
func answerItem(item string) string {
	switch item {
	case "_":
		return "(?:[^ ]+ ){0,3}"
	case "__":
		return "(?:[^ ]+ ){0,7}"
	case "$":
		return "$"
	}
	if last := item[len(item)-1]; (last == '?' || last == '*') && answerOneGroup(item[:len(item)-1]) {
		return "(?:(?:" + item[:len(item)-1] + ") )" + string(last)
	}
	if list, ok := strings.CutSuffix(item, "|$)"); ok { // one of these words, or the end of the clause
		return "(?:(?:" + list + ")) |$)"
	}
	return "(?:" + item + ") "
}

// answerItems splits a pattern at blanks that stand outside parentheses.
func answerItems(pattern string) []string {
	var items []string
	depth, start := 0, 0
	for i := 0; i <= len(pattern); i++ {
		if i == len(pattern) || pattern[i] == ' ' && depth == 0 {
			if i > start {
				items = append(items, pattern[start:i])
			}
			start = i + 1
			continue
		}
		switch pattern[i] {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		}
	}
	return items
}

// answerAlternates says whether a pattern is a list of alternatives rather than a sequence of words.
func answerAlternates(pattern string) bool {
	depth := 0
	for _, c := range pattern {
		switch {
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '|' && depth == 0:
			return true
		}
	}
	return false
}

// answerOneGroup says whether an item is one word or one parenthesis, so that ? and * after it make all of it optional.
func answerOneGroup(item string) bool {
	if !strings.ContainsAny(item, "([") {
		return true
	}
	depth := 0
	for i, c := range item {
		switch c {
		case '(', '[':
			depth++
		case ')', ']':
			depth--
		}
		if depth == 0 && i < len(item)-1 {
			return false
		}
	}
	return item[0] == '('
}
