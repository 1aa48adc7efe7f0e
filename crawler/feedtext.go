package crawler

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html/atom"
)

var tagStartRE = regexp.MustCompile(`</?([A-Za-z][A-Za-z0-9]*)`)

// titleOf reads a title that may hold markup. What looks like a tag but is none
// of HTML's ("<Kettle> 2.0 is out") is kept as it stands.
func titleOf(r rawItem) string {
	if !r.titleHTML {
		return clip(strings.Join(strings.Fields(dropInvisible(r.title)), " "), 500)
	}
	return oneLine(tagStartRE.ReplaceAllStringFunc(r.title, func(tag string) string {
		if atom.Lookup([]byte(strings.ToLower(strings.Trim(tag, "</")))) == 0 {
			return "&lt;" + tag[1:]
		}
		return tag
	}), 500)
}

// bodyText takes the longer of content and description: some feeds put the
// excerpt where the content belongs.
func bodyText(body, excerpt string, plain bool, base *url.URL) (string, []string) {
	if body == "" {
		return htmlText(excerpt, base)
	}
	if plain {
		return plainText(body), nil
	}
	text, links := htmlText(body, base)
	if strings.TrimSpace(text) == "" && excerpt != "" {
		return htmlText(excerpt, base)
	}
	return text, links
}

var moreRE = regexp.MustCompile(`(?i)(\[?(\.\.\.|…|&#8230;|&hellip;)\]?|read more|continue reading|leer m[aá]s|seguir leyendo|continua a leggere|leggi tutto|阅读全文|阅读更多|全文)[\s\pP\pS]{0,6}$`)

// isExcerpt guesses whether a text is only the beginning of the post.
func isExcerpt(body, excerpt, text string) bool {
	if moreRE.MatchString(text) || strings.Contains(text, "The post ") && strings.Contains(text, "appeared first on") && len(text) < 900 {
		return true
	}
	return body == "" && len(text) < 600 || text == "" || excerpt != "" && body == excerpt && len(text) < 600
}

// firstDate reads the first candidate that is a date.
func (h Hints) firstDate(lang string, candidates ...string) Date {
	for _, c := range candidates {
		if c == "" {
			continue
		}
		if t, p, amb, err := parseDate(c, lang, h.Zone, !h.ZoneGuess); err == nil {
			return Date{t, p, amb}
		}
		if t, p, ok := relativeDate(c, h.Now); ok {
			return Date{t, p, false}
		}
	}
	return Date{}
}

var mailNameRE = regexp.MustCompile(`^\s*[^@\s]+@[^@\s]+\s*\((.+)\)\s*$`)
var nameMailRE = regexp.MustCompile(`^\s*(.+?)\s*[<(][^@\s]+@[^@\s]+[>)]\s*$`)

// authorName drops the mail address RSS puts beside a name.
func authorName(s string) string {
	for _, re := range []*regexp.Regexp{mailNameRE, nameMailRE} {
		if m := re.FindStringSubmatch(s); m != nil {
			s = m[1]
			break
		}
	}
	name := oneLine(s, 120)
	name = strings.TrimPrefix(strings.TrimPrefix(name, "mailto:"), "by ")
	if at := strings.IndexByte(name, '@'); at > 0 && !strings.Contains(name, " ") {
		name = name[:at]
	}
	return strings.Trim(name, " ,;:|")
}

func cleanTags(tags []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, t := range tags {
		t = oneLine(t, 80)
		if t != "" && !seen[t] && len(out) < 50 {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}

// firstOf returns the first of the words that is not blank.
func firstOf(words ...string) string {
	for _, w := range words {
		if strings.TrimSpace(w) != "" {
			return strings.TrimSpace(w)
		}
	}
	return ""
}

func nonEmpty(words ...string) []string {
	var out []string
	for _, w := range words {
		if strings.TrimSpace(w) != "" {
			out = append(out, strings.TrimSpace(w))
		}
	}
	return out
}
