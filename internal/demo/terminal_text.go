package demo

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/graphemes"
	"golang.org/x/text/width"
)

// style is how a piece of text is drawn.
type style uint8

const (
	bold style = 1 << iota
	dim
	italic
	strike
	under
	warm // complaints
	cool // compliments
)

// span is text in one style; spans is a paragraph.
type span struct {
	text  string
	style style
}

type spans []span

// cell is one grapheme with its width in columns.
type cell struct {
	text  string
	width int
	style style
}

func plain(s string) spans { return spans{{s, 0}} }

func (s spans) with(extra style) spans {
	out := make(spans, len(s))
	for i, one := range s {
		out[i] = span{one.text, one.style | extra}
	}
	return out
}

func (s spans) cells() []cell {
	var out []cell
	for _, one := range s {
		for g := graphemes.FromString(one.text); g.Next(); {
			out = append(out, cell{g.Value(), graphemeWidth(g.Value()), one.style})
		}
	}
	return out
}

// graphemeWidth is 2 for East Asian wide characters and emoji, else 1. Only the
// first rune counts: what follows in a grapheme is drawn on top of it.
func graphemeWidth(g string) int {
	if g == "" {
		return 0
	}
	first, _ := utf8.DecodeRuneInString(g)
	switch width.LookupRune(first).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

func columns(s string) int { return measure(plain(s).cells()) }

func measure(cells []cell) int {
	n := 0
	for _, c := range cells {
		n += c.width
	}
	return n
}

// tokenRE finds what Slack's markup sets in angle brackets, and bold, italic and
// struck words.
var tokenRE = regexp.MustCompile(`<([^<>]+)>|\*([^*\n]+)\*|~([^~\n]+)~|_([^_\n]+)_`)

// mrkdwn reads Slack's markup.
func (t *Terminal) mrkdwn(s string) spans {
	var out spans
	for s != "" {
		m := tokenRE.FindStringSubmatchIndex(s)
		if m == nil {
			break
		}
		out = append(out, span{unescape(s[:m[0]]), 0})
		switch {
		case m[2] >= 0:
			out = append(out, t.bracket(s[m[2]:m[3]]))
		case m[4] >= 0:
			out = append(out, t.mrkdwn(s[m[4]:m[5]]).with(bold)...)
		case m[6] >= 0:
			out = append(out, t.mrkdwn(s[m[6]:m[7]]).with(strike)...)
		case inWord(s, m[0], m[1]):
			out = append(out, span{unescape(s[m[0]:m[1]]), 0})
		default:
			out = append(out, t.mrkdwn(s[m[8]:m[9]]).with(italic)...)
		}
		s = s[m[1]:]
	}
	return append(out, span{unescape(s), 0})
}

// inWord says whether underscores at start and end stand inside a word, as in promise_made.
func inWord(s string, start, end int) bool {
	letter := func(b byte) bool { return b >= '0' && b <= '9' || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' }
	return start > 0 && letter(s[start-1]) || end < len(s) && letter(s[end])
}

// bracket reads <url|words>, <@U1>, <#C1|name>, <!date^1^format|words> and <!here>.
func (t *Terminal) bracket(s string) span {
	target, words, named := strings.Cut(s, "|")
	switch {
	case strings.HasPrefix(target, "@"):
		return span{"@" + t.name(target[1:]), bold}
	case strings.HasPrefix(target, "!date^"):
		return span{t.date(strings.Split(target, "^")[1], unescape(words)), 0}
	case strings.HasPrefix(target, "!"):
		return span{"@" + target[1:], bold}
	case strings.HasPrefix(target, "#") && named:
		return span{"#" + unescape(words), 0}
	case named:
		return span{unescape(words), under}
	}
	return span{unescape(target), under}
}

// date shows a Unix time in the watcher's zone; words if it is none.
func (t *Terminal) date(unix, words string) string {
	n, err := strconv.ParseInt(unix, 10, 64)
	if err != nil {
		return words
	}
	return time.Unix(n, 0).In(t.opt.Zone).Format("2 Jan 15:04")
}

func unescape(s string) string {
	return strings.NewReplacer("&lt;", "<", "&gt;", ">", "&amp;", "&").Replace(s)
}

// draw writes cells, with their styles if the terminal has any.
func (t *Terminal) draw(cells []cell) string {
	var b strings.Builder
	for i := 0; i < len(cells); {
		j := i
		var run strings.Builder
		for j < len(cells) && cells[j].style == cells[i].style {
			run.WriteString(cells[j].text)
			j++
		}
		b.WriteString(t.paint(run.String(), cells[i].style))
		i = j
	}
	return b.String()
}

// paint sets text in a style. Control characters of the web never reach the terminal.
func (t *Terminal) paint(s string, st style) string {
	s = strings.Map(func(r rune) rune {
		if string(r) == hardSpace {
			return ' '
		}
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 {
			return -1
		}
		return r
	}, s)
	if !t.opt.Color || st == 0 || s == "" {
		return s
	}
	codes := ""
	for i, code := range []string{"1", "2", "3", "9", "4", "33", "32"} {
		if st&(1<<i) != 0 {
			codes += ";" + code
		}
	}
	return "\x1b[" + codes[1:] + "m" + s + "\x1b[0m"
}

// jsonNumber writes a whole number that JSON made a float.
func jsonNumber(f float64) string { return strconv.FormatInt(int64(f), 10) }
