package config

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"earshot"
)

//go:embed ambiguous.txt
var ambiguousWords string

// ambiguous warns of names that are everyday words, when nothing tells the brand
// from the word.
func (r *reader) ambiguous(path string, b earshot.Brand) {
	if b.Query != "" || b.Category != "" || len(b.Context.Any) > 0 || len(b.Context.None) > 0 {
		return
	}
	for i, name := range append([]string{b.Name}, b.Aliases...) {
		where := path + ".name"
		if i > 0 {
			where = at(path+".aliases", i-1)
		}
		if everyday(name) {
			r.warn(where, codeAmbiguous, fmt.Sprintf("%q is an everyday word or has namesakes", name), "write category:, or context: {any: [...]}, so that only the brand is heard")
		}
	}
}

// everyday says whether the name stands in the list of ambiguous names. What
// begins with @ or # is a handle and is not.
func everyday(name string) bool {
	name = strings.ToLower(strings.TrimSpace(name))
	return slices.ContainsFunc(strings.Split(ambiguousWords, "\n"), func(line string) bool {
		return line != "" && line[0] != '#' && line == name
	})
}

// hashHint helps with the oldest trap of YAML: a value that begins with # is a comment.
func hashHint(c *Config, path string) string {
	line, _ := c.Pos(path)
	if line < 1 || line > len(c.lines) {
		return ""
	}
	key := path[strings.LastIndex(path, ".")+1:]
	text := c.lines[line-1]
	if strings.Contains(text, key+": #") || strings.Contains(text, "- #") {
		return `; what begins with # is a comment without quotes: "#..."`
	}
	return ""
}

var index = regexp.MustCompile(`\[\d*\]`)

// later warns of keys that are accepted while their part of the product is not
// there yet, each once.
func (r *reader) later(keys []string) {
	for _, key := range keys {
		key = index.ReplaceAllString(key, "")
		first := ""
		for path := range r.config.places {
			if index.ReplaceAllString(path, "") == key && (first == "" || r.before(path, first)) {
				first = path
			}
		}
		if first != "" {
			r.warn(first, codeLater, "not in effect yet", "it is read and kept for a later version")
		}
	}
}

func (r *reader) before(a, b string) bool {
	p, q := r.config.places[a], r.config.places[b]
	return p.line < q.line || (p.line == q.line && p.col < q.col)
}
