package config

import (
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// secretKeys are the keys that hold secrets, for lines that were not understood.
var secretKeys = []string{"bot_token", "app_token", "signing_secret", "webhook_url", "password", "secret", "key", "token"}

// What looks like a secret wherever it stands: Slack's tokens and hooks, the
// user part of a URL, query parameters that carry keys. The first group, or
// else all of it, is the secret.
var secretShapes = []*regexp.Regexp{
	regexp.MustCompile(`xox[a-z]-[\w-]+|xapp-[\w-]+`),
	regexp.MustCompile(`hooks\.slack\.com/([^\s"'},]+)`),
	regexp.MustCompile(`://[^\s/@"':]*:([^\s"']*)@`), // a password may hold any sign, though it should not
	regexp.MustCompile(`://([^\s/"'?#]+)@`),
	regexp.MustCompile(`(?i)[?&][\w.-]*(?:key|token|secret|passw|pwd|auth|sig)[\w.-]*=([^\s&"'#},]+)`),
	regexp.MustCompile(`(?i)\bpassword=([^\s"'},]+)`),
	regexp.MustCompile(`(?i)(?:^|[\s{,"'])[\w-]*(?:token|secret|passw|pwd|credential|api_?key|webhook_url)[\w-]*["']?[ \t]*[:=][ \t]*("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s,}]+)`),
	regexp.MustCompile(`(?:^|[\s{,])key["']?[ \t]*:[ \t]*("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s,}]+)`),
}

// mask overwrites what is, or looks like, a secret with asterisks, one for one,
// so that columns stay true.
func (c *Config) mask(s string) string {
	s = c.maskLiterals(s)
	for _, shape := range secretShapes {
		s = maskShape(s, shape)
	}
	return s
}

func (c *Config) maskLiterals(s string) string {
	for _, literal := range c.hidden {
		s = strings.ReplaceAll(s, literal, stars(literal))
	}
	return s
}

func maskShape(s string, shape *regexp.Regexp) string {
	var b strings.Builder
	end := 0
	for _, m := range shape.FindAllStringSubmatchIndex(s, -1) {
		from, to := m[0], m[1]
		if len(m) > 2 && m[2] >= 0 {
			from, to = m[2], m[3]
		}
		b.WriteString(s[end:from])
		if reference(strings.Trim(s[from:to], `"'`)) || strings.Trim(s[from:to], `"'*`) == "" {
			b.WriteString(s[from:to])
		} else {
			b.WriteString(stars(s[from:to]))
		}
		end = to
	}
	return b.String() + s[end:]
}

func stars(s string) string { return strings.Repeat("*", len([]rune(s))) }

// minSecret is how long a literal must be to be hidden wherever it stands.
const minSecret = 3

// hide remembers a literal that stands where a secret belongs. Each of its lines
// is hidden, for a report shows single lines.
func (d *decoder) hide(literal string) {
	for line := range strings.Lines(literal) {
		line = strings.TrimPrefix(strings.TrimPrefix(strings.TrimSpace(line), "env:"), "file:")
		if len(line) >= minSecret && !slices.Contains(d.config.hidden, line) {
			d.config.hidden = append(d.config.hidden, line)
		}
	}
	slices.SortStableFunc(d.config.hidden, func(a, b string) int { return len(b) - len(a) })
}

// hideAll hides every scalar under an unknown key that may be a misspelt secret.
func (d *decoder) hideAll(key string, n ast.Node) {
	for _, k := range secretKeys {
		if edits(strings.ToLower(key), k) <= 2 && len(key) > 3 {
			d.hideScalars(n)
			return
		}
	}
}

// hideMisplaced hides what stands where keys with secrets belong.
func (d *decoder) hideMisplaced(fields []field, n ast.Node) {
	if slices.ContainsFunc(fields, func(f field) bool { return f.typ == reflect.TypeFor[secretRef]() || f.typ == reflect.TypeFor[dsnRef]() }) {
		d.hideScalars(n)
	}
}

// hideLost hides the lines without a key of a section that could not be read, if
// it has a key for a secret: they may be the secret's.
func (d *decoder) hideLost(s section) {
	if !slices.ContainsFunc(secretKeys, func(k string) bool { return strings.Contains(s.text, k) }) {
		return
	}
	for line := range strings.Lines(s.text) {
		if line = strings.Trim(line, " \t\r\n-[]{},\"'"); !strings.Contains(line, ":") {
			d.hide(line)
		}
	}
}

func (d *decoder) hideScalars(n ast.Node) {
	if n == nil {
		return
	}
	if text, ok := textOf(n); ok {
		if !reference(text) {
			d.hide(text)
		}
		return
	}
	ast.Walk(scalarVisitor{d}, n)
}

type scalarVisitor struct{ d *decoder }

// Visit hides the scalars of the tree.
func (v scalarVisitor) Visit(n ast.Node) ast.Visitor {
	if text, ok := textOf(n); ok && !reference(text) {
		v.d.hide(text)
	}
	return v
}
