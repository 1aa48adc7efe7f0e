package web

import (
	"fmt"
	"html/template"
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"earshot/internal/words"
)

// functions are what templates may call besides the reader's own methods.
func functions(a *assets) template.FuncMap {
	return template.FuncMap{
		"asset":   a.url,
		"icon":    icon,
		"fill":    fill,
		"n":       number,
		"link":    link,
		"quote":   quoted,
		"name":    words.Name,
		"capital": capital,
		"conf":    confidence,
		"pct":     percent,
		"web":     webLink,
		"esc":     url.QueryEscape,
		"join":    strings.Join,
		"dict":    dict,
		"sayLang": sayLang,
		"prose":   prose,
	}
}

func itoa(n int) string { return strconv.Itoa(n) }

// element writes one element with escaped text and attributes.
func element(tag, text string, attrs ...string) template.HTML {
	var b strings.Builder
	b.WriteString("<" + tag)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			b.WriteString(" " + attrs[i] + `="` + template.HTMLEscapeString(attrs[i+1]) + `"`)
		}
	}
	b.WriteString(">" + template.HTMLEscapeString(text) + "</" + tag + ">")
	return template.HTML(b.String())
}

// number is a figure that opens what is behind it. The address is always one
// of ours: it starts with a single slash.
func number(value any, href string) template.HTML {
	return element("a", fmt.Sprint(value), "class", "n", "href", ours(href))
}

// link is a plain link to one of our own pages.
func link(text, href string) template.HTML { return element("a", text, "href", ours(href)) }

// ours keeps an address inside Earshot.
func ours(href string) string {
	if strings.HasPrefix(href, "#") {
		return href
	}
	if !strings.HasPrefix(href, "/") || strings.HasPrefix(href, "//") || strings.HasPrefix(href, `/\`) || strings.ContainsFunc(href, unicode.IsControl) {
		return "/"
	}
	return href
}

// webLink is an address from the web as a link: http and https only, else "".
func webLink(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.ContainsAny(u.Host, "\"'<>\\^`{|}%()*&,;=!$ ") {
		return ""
	}
	u.User = nil
	return u.String()
}

// fill puts values into the places of a text; what is not yet markup is escaped.
func fill(t words.Text, pairs ...any) (template.HTML, error) {
	var b strings.Builder
	for _, p := range t.Parts() {
		if p.Place == "" {
			b.WriteString(template.HTMLEscapeString(p.Literal))
			continue
		}
		v, ok := place(p.Place, pairs)
		if !ok {
			return "", fmt.Errorf("text %q has no value for {%s}", t, p.Place)
		}
		b.WriteString(string(v))
	}
	return template.HTML(b.String()), nil
}

func place(name string, pairs []any) (template.HTML, bool) {
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] != name {
			continue
		}
		if h, ok := pairs[i+1].(template.HTML); ok {
			return h, true
		}
		return template.HTML(template.HTMLEscapeString(fmt.Sprint(pairs[i+1]))), true
	}
	return "", false
}

// quoted puts what somebody wrote between the quotation marks of its language.
func quoted(lang, text string) string {
	text = strings.TrimSpace(text)
	if text == "" {
		return ""
	}
	switch lang {
	case "es", "it", "fr", "pt":
		return "«" + text + "»"
	case "de":
		return "„" + text + "“"
	}
	return "“" + text + "”"
}

// sayLang is the lang attribute of a quote: a plain code, or "" for unknown.
func sayLang(lang string) string {
	if len(lang) < 2 || len(lang) > 3 || strings.ContainsFunc(lang, func(r rune) bool { return r < 'a' || r > 'z' }) {
		return ""
	}
	return lang
}

func capital(s string) string {
	if s == "" {
		return ""
	}
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}

// confidence draws a probability as a bar of forty with its number to two places.
func confidence(p float64) template.HTML {
	p = min(max(p, 0), 1)
	text := strconv.FormatFloat(p, 'f', 2, 64)
	return template.HTML(`<span class="conf"><svg viewBox="0 0 40 6" aria-hidden="true"><rect class="t" width="40" height="6"/><rect class="v" width="` +
		itoa(int(p*40+.5)) + `" height="6"/></svg>` + text + `</span>`)
}

// percent writes a share with a no-break space: "81 %".
func percent(p float64) string { return itoa(int(p*100+.5)) + "\u00a0%" }

// dict gives a template part several values.
func dict(pairs ...any) (map[string]any, error) {
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		k, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: %v is no name", pairs[i])
		}
		m[k] = pairs[i+1]
	}
	return m, nil
}

// mustFill fills a text of the catalogue whose places the caller knows; a place
// without a value shows its name, and a test finds it.
func mustFill(t words.Text, pairs ...any) template.HTML {
	h, err := fill(t, pairs...)
	if err != nil {
		return template.HTML(template.HTMLEscapeString(string(t)))
	}
	return h
}

// prose writes a sentence of ours in which `words` of the config stand between
// backticks.
func prose(text string) template.HTML {
	var b strings.Builder
	for i, part := range strings.Split(text, "`") {
		if i%2 == 1 {
			b.WriteString(string(element("code", part)))
		} else {
			b.WriteString(template.HTMLEscapeString(part))
		}
	}
	return template.HTML(b.String())
}
