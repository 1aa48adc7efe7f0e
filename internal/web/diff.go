package web

import (
	"slices"
	"strings"
	"unicode"

	"earshot/internal/store"
)

// The most that is compared; larger texts are shown as changed whole.
const (
	maxParagraphs = 300
	maxWords      = 500
	maxRewritten  = 20       // paragraphs of one revision that are compared word by word
	maxCompared   = 16 << 10 // bytes of such a paragraph
)

// change is what one revision of a text changed.
type change struct {
	From, To int
	Seen     store.Text
	Was      store.Text
	Lines    []diffLine
	Title    *diffLine // nil: the title stayed
}

// diffLine is a paragraph that stayed, went, came, or was rewritten (both); a
// gap stands for paragraphs that stayed and are left out.
type diffLine struct {
	Kind  string // same, cut, add, both, gap
	Words []diffWord
}

// diffWord is a run of words that stayed, went or came.
type diffWord struct {
	Kind string // same, cut, add
	Text string
}

// changes compares each revision with the one before, newest first.
func changes(texts []store.Text) []change {
	var out []change
	for i := 1; i < len(texts); i++ {
		was, is := texts[i-1], texts[i]
		c := change{From: was.Revision, To: is.Revision, Seen: is, Was: was, Lines: surroundings(diffParagraphs(was.Body, is.Body))}
		if was.Title != is.Title {
			c.Title = &diffLine{Kind: "both", Words: diffWords(was.Title, is.Title)}
		}
		out = append(out, c)
	}
	slices.Reverse(out)
	return out
}

// edit is one step from a list to another.
type edit struct {
	kind string // same, cut, add
	text string
}

// edits is the shortest way from a to b (longest common subsequence).
func edits(a, b []string) []edit {
	best := make([][]int, len(a)+1)
	for i := range best {
		best[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				best[i][j] = best[i+1][j+1] + 1
			} else {
				best[i][j] = max(best[i+1][j], best[i][j+1])
			}
		}
	}
	var out []edit
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			out = append(out, edit{"same", a[i]})
			i, j = i+1, j+1
		case i < len(a) && (j == len(b) || best[i+1][j] >= best[i][j+1]):
			out = append(out, edit{"cut", a[i]})
			i++
		default:
			out = append(out, edit{"add", b[j]})
			j++
		}
	}
	return out
}

func paragraphsOf(text string) []string {
	var out []string
	for p := range strings.SplitSeq(text, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, clip(p, maxCompared))
		}
		if len(out) == maxParagraphs {
			return append(out, "…")
		}
	}
	return out
}

func diffParagraphs(was, is string) []diffLine {
	steps := edits(paragraphsOf(was), paragraphsOf(is))
	rewritten := 0
	var out []diffLine
	for i := 0; i < len(steps); i++ {
		s := steps[i]
		if s.kind == "cut" && i+1 < len(steps) && steps[i+1].kind == "add" && rewritten < maxRewritten {
			rewritten++
			if words := diffWords(s.text, steps[i+1].text); alike(words) {
				out = append(out, diffLine{"both", words})
				i++
				continue
			}
		}
		out = append(out, diffLine{s.kind, []diffWord{{s.kind, s.text}}})
	}
	return out
}

// alike says whether enough stayed for the rewritten paragraph to be read as one.
func alike(words []diffWord) bool {
	same, all := 0, 0
	for _, w := range words {
		all += len(w.Text)
		if w.Kind == "same" {
			same += len(w.Text)
		}
	}
	return 3*same >= all
}

// diffWords compares word by word, or character by character where a script
// has no spaces.
func diffWords(was, is string) []diffWord {
	if len(was)+len(is) > maxCompared {
		return []diffWord{{"cut", was}, {"add", is}}
	}
	a, b := tokens(was), tokens(is)
	if len(a) > maxWords || len(b) > maxWords {
		return []diffWord{{"cut", was}, {"add", is}}
	}
	var out []diffWord
	for _, e := range edits(a, b) {
		if n := len(out); n > 0 && out[n-1].Kind == e.kind {
			out[n-1].Text += e.text
			continue
		}
		out = append(out, diffWord{e.kind, e.text})
	}
	return out
}

// tokens are words with the space behind them; each Han, kana or Thai character is one.
func tokens(text string) []string {
	var out []string
	start, before := 0, rune(0)
	for i, r := range text {
		if i > start && (alone(r) || alone(before) || unicode.IsSpace(before) && !unicode.IsSpace(r)) {
			out = append(out, text[start:i])
			start = i
		}
		before = r
	}
	return append(out, text[start:])
}

func alone(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai)
}

// surroundings keeps one unchanged paragraph on each side of a change.
func surroundings(lines []diffLine) []diffLine {
	near := func(i int) bool {
		return slices.ContainsFunc(lines[max(i-1, 0):min(i+2, len(lines))], func(l diffLine) bool { return l.Kind != "same" })
	}
	var out []diffLine
	for i, l := range lines {
		switch {
		case near(i):
			out = append(out, l)
		case len(out) == 0 || out[len(out)-1].Kind != "gap":
			out = append(out, diffLine{Kind: "gap"})
		}
	}
	return out
}
