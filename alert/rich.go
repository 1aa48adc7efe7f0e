package alert

import (
	"strings"
	"time"

	"earshot/internal/words"
)

// Piece is a run of a line. Text is plain and may come from the web: whoever
// draws it escapes it. The other fields say what it is besides.
type Piece struct {
	Text   string
	Bold   bool
	Code   bool
	URL    string    // a link
	At     time.Time // a time that each reader sees in their own zone; Text is the fallback
	Person string    // somebody to mention by name; Text is the fallback
}

// Line is one line of text.
type Line []Piece

// Plain returns the line's text without anything else.
func (l Line) Plain() string {
	var out strings.Builder
	for _, p := range l {
		out.WriteString(p.Text)
	}
	return out.String()
}

// fill puts pieces into the places of a text, given as name, piece, name, piece.
func fill(t words.Text, places map[string]Piece) Line {
	var line Line
	for _, part := range t.Parts() {
		if p, ok := places[part.Place]; ok && part.Place != "" {
			line = append(line, p)
			continue
		}
		line = append(line, Piece{Text: part.Literal})
	}
	return line
}

func plain(s string) Line { return Line{{Text: s}} }

// clip shortens s to n characters at a word, and says so with an ellipsis.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	cut := string(r[:n-1])
	if i := strings.LastIndexAny(cut, " \t\n"); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:-–.") + "…"
}

// tidy makes one line of text: white space and control characters become
// single spaces, and marks that turn the direction of text go.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r < 0x20, r == 0x7f, r >= 0x80 && r < 0xa0, r == 0x2028, r == 0x2029:
			return ' '
		case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r == 0xfeff:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// name is somebody's name for a thing or person: one line, at most 60 characters.
func name(s string) string { return clip(tidy(s), 60) }

// calm takes the shouting out of a line: words in capitals become small, but
// for short ones, which are names (AAA, UPS), and those that keep names.
func calm(s, keep string) string {
	fields := strings.Fields(s)
	loud, long := 0, 0
	for _, w := range fields {
		if len([]rune(w)) > 3 {
			long++
			if shouts(w) {
				loud++
			}
		}
	}
	if loud < 2 || loud*2 < long {
		return strings.TrimRight(s, "!")
	}
	for i, w := range fields {
		if shouts(w) && !strings.Contains(keep, strings.Trim(w, ".,!?'\"")) {
			fields[i] = strings.ToLower(w)
		}
	}
	r := []rune(strings.TrimRight(strings.Join(fields, " "), "!"))
	if len(r) > 0 {
		r[0] = []rune(strings.ToUpper(string(r[0])))[0]
	}
	return string(r)
}

func shouts(w string) bool { return strings.ToUpper(w) == w && strings.ToLower(w) != w }

// sentences returns the first n sentences of s, at most limit characters, and
// whether anything was cut.
func sentences(s string, n, limit int) (string, bool) {
	s = tidy(s)
	r := []rune(s)
	end := len(r)
	for i, c := range r {
		full := strings.ContainsRune("。！？", c)
		stop := full || strings.ContainsRune(".!?…", c) && (i+1 == len(r) || r[i+1] == ' ' || strings.ContainsRune("”\"'»)", r[i+1])) && !abbreviates(r, i)
		if stop {
			if n--; n == 0 {
				end = i + 1
				for end < len(r) && strings.ContainsRune("”\"'»)」』", r[end]) {
					end++
				}
				break
			}
		}
	}
	out := clip(strings.TrimSpace(string(r[:end])), limit)
	return out, strings.HasSuffix(out, "…") && !strings.HasSuffix(string(r[:end]), "…")
}

// abbreviates says whether the stop at i follows a single letter or a title
// ("U.S.", "Mr."), which ends no sentence.
func abbreviates(r []rune, i int) bool {
	start := i
	for start > 0 && r[start-1] != ' ' && r[start-1] != '.' {
		start--
	}
	switch word := string(r[start:i]); word {
	case "Mr", "Mrs", "Ms", "Dr", "St", "vs", "Sr", "Sra", "Sig", "No":
		return true
	default:
		return r[i] == '.' && len([]rune(word)) == 1
	}
}
