package web

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxShown is how much of one text a page shows; the original has the rest.
const maxShown = 24 << 10

// maxMarks is how many marks one text shows.
const maxMarks = 400

// mark is a stretch of a text that means something: bytes, end exclusive.
type mark struct {
	Start, End int
	Class      string // against, for, ask, due; "name" only names a brand
	Note       int    // the note that explains it, 0 for none
}

// piece is a run of text under one mark; its bits may name a brand.
type piece struct {
	Class string
	Note  int // set where the mark ends
	Bits  []bit
}

// bit is text that names a brand, or does not.
type bit struct {
	Text string
	Name bool
}

// paragraphs cuts a text at its empty lines and lays the marks over it. Marks
// that do not fit the text (it changed since) are left out; of two that
// overlap the first wins.
func paragraphs(text string, marks []mark) [][]piece {
	if len(text) > maxShown {
		text = strings.ToValidUTF8(text[:maxShown], "") + " …"
	}
	marks = fitting(text, marks)
	var out [][]piece
	for start := 0; start < len(text); {
		end := len(text)
		if i := strings.Index(text[start:], "\n\n"); i >= 0 {
			end = start + i
		}
		if strings.TrimSpace(text[start:end]) != "" {
			out = append(out, pieces(text, start, end, marks))
		}
		start = end + 2
	}
	return out
}

// fitting keeps marks that lie within the text on whole characters, and of
// overlapping ones (names aside) the first.
func fitting(text string, marks []mark) []mark {
	var out []mark
	for _, m := range marks[:min(len(marks), maxMarks)] {
		if m.Start < 0 || m.Start >= m.End || m.End > len(text) || !utf8.RuneStart(text[m.Start]) || (m.End < len(text) && !utf8.RuneStart(text[m.End])) {
			continue
		}
		clash := slices.ContainsFunc(out, func(o mark) bool {
			return o.Class != "name" && m.Class != "name" && m.Start < o.End && o.Start < m.End
		})
		if !clash {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b mark) int { return cmp.Compare(a.Start, b.Start) })
	return out
}

// pieces cuts text[start:end] wherever a mark begins or ends.
func pieces(text string, start, end int, marks []mark) []piece {
	cuts := []int{start, end}
	for _, m := range marks {
		for _, at := range []int{m.Start, m.End} {
			if at > start && at < end {
				cuts = append(cuts, at)
			}
		}
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []piece
	for i := 0; i+1 < len(cuts); i++ {
		p := piece{Bits: []bit{{Text: text[cuts[i]:cuts[i+1]]}}}
		for _, m := range marks {
			if m.Start > cuts[i] || m.End < cuts[i+1] {
				continue
			}
			if m.Class == "name" {
				p.Bits[0].Name = true
				continue
			}
			p.Class = m.Class
			if m.End == cuts[i+1] {
				p.Note = m.Note
			}
		}
		if n := len(out); n > 0 && out[n-1].Class == p.Class && out[n-1].Note == 0 {
			out[n-1].Bits, out[n-1].Note = append(out[n-1].Bits, p.Bits...), p.Note
			continue
		}
		out = append(out, p)
	}
	return out
}

// found is the mark over the first place where a passage stands in a text.
func found(text, passage, class string, note int) (mark, bool) {
	passage = strings.TrimSpace(passage)
	i := strings.Index(text, passage)
	if i < 0 || passage == "" {
		return mark{}, false
	}
	return mark{i, i + len(passage), class, note}, true
}

// highlight marks every place where a searched word stands, whatever its case.
func highlight(text string, search string) []piece {
	lower := strings.ToLower(text)
	var marks []mark
	if len(lower) == len(text) { // else the places would not be the same
		for _, word := range strings.Fields(strings.ToLower(search)) {
			for at := 0; len(marks) < 50; {
				i := strings.Index(lower[at:], word)
				if i < 0 {
					break
				}
				marks = append(marks, mark{at + i, at + i + len(word), "q", 0})
				at += i + len(word)
			}
		}
	}
	return pieces(text, 0, len(text), fitting(text, marks))
}
