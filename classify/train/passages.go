package train

import (
	"bufio"
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"earshot/classify"
)

// LoadPassages reads every LANG-WRITER-NN.txt of a folder (not of the folders
// in it). Faulty lines are errors: a typo must not silently cost a passage.
func LoadPassages(dir string) ([]Row, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, fmt.Errorf("list passages: %w", err)
	}
	sort.Strings(names)
	var rows []Row
	for _, name := range names {
		more, err := passageFile(name)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

func passageFile(name string) (rows []Row, err error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read passages: %w", err)
	}
	defer f.Close()
	base := strings.TrimSuffix(filepath.Base(name), ".txt")
	lang, _, _ := strings.Cut(base, "-")
	in := bufio.NewScanner(f)
	in.Buffer(make([]byte, 1<<16), 1<<20)
	for n := 1; in.Scan(); n++ {
		more, err := ParsePassage(in.Text(), lang)
		if err != nil {
			return nil, fmt.Errorf("%s line %d: %w", name, n, err)
		}
		for i := range more {
			more[i].Source = base
		}
		rows = append(rows, more...)
	}
	return rows, in.Err()
}

// ParsePassage reads one line of a passages file: a row for every marked
// brand. Comments and empty lines give no rows.
func ParsePassage(line, lang string) ([]Row, error) {
	line = strings.TrimSpace(line)
	if line == "" || line[0] == '#' {
		return nil, nil
	}
	parts := strings.SplitN(line, "|", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("want domain | tags | text")
	}
	domain := strings.TrimSpace(parts[0])
	if domain != "blog" && domain != "comment" && domain != "forum" {
		return nil, fmt.Errorf("unknown domain %q", domain)
	}
	text, marks, err := unmark(strings.ReplaceAll(strings.TrimSpace(parts[2]), `\n`, "\n"))
	if err != nil {
		return nil, err
	}
	if len(marks) == 0 {
		return nil, fmt.Errorf("no {{brand=label}} in the text")
	}
	tags := splitTags(parts[1])
	rows := make([]Row, len(marks))
	for i, m := range marks {
		rows[i] = m.row(classify.Passage{Text: text, Start: m.start, End: m.end, Lang: lang, Channel: "blog", Others: othersOf(marks, i)})
		rows[i].Tags = tags
	}
	return rows, nil
}

func splitTags(field string) []string {
	var out []string
	for _, t := range strings.Split(field, ",") {
		if t = strings.TrimSpace(t); t != "" && t != "-" {
			out = append(out, t)
		}
	}
	return out
}

// mark is one judged brand of a passage.
type mark struct {
	start, end        int // bytes of the text without marks
	sentiment, intent int
}

func (m mark) row(p classify.Passage) Row {
	return Row{Own: true, P: p, GoldSentiment: m.sentiment, GoldIntent: m.intent,
		Sentiment: one(m.sentiment, 3, 1), Intent: one(m.intent, 5, 1)}
}

// othersOf returns the spans of all marks but the i-th.
func othersOf(marks []mark, i int) (out [][2]int) {
	for j, m := range marks {
		if j != i {
			out = append(out, [2]int{m.start, m.end})
		}
	}
	return out
}

// unmark takes the marks {{Name=LABEL}} out of a text.
func unmark(marked string) (string, []mark, error) {
	var b strings.Builder
	var marks []mark
	for {
		before, rest, found := strings.Cut(marked, "{{")
		b.WriteString(before)
		if !found {
			return b.String(), marks, nil
		}
		inside, after, closed := strings.Cut(rest, "}}")
		eq := strings.LastIndexByte(inside, '=')
		if !closed || eq <= 0 {
			return "", nil, fmt.Errorf("mark %q is not {{Name=LABEL}}", short(rest))
		}
		m, err := parseLabel(strings.TrimSpace(inside[eq+1:]))
		if err != nil {
			return "", nil, err
		}
		m.start = b.Len()
		b.WriteString(inside[:eq])
		m.end = b.Len()
		marks = append(marks, m)
		marked = after
	}
}

func short(s string) string {
	if len(s) > 40 {
		return s[:40]
	}
	return s
}

// parseLabel reads an intent letter and an optional sentiment sign.
func parseLabel(label string) (mark, error) {
	if label == "" || len(label) > 2 {
		return mark{}, fmt.Errorf("label %q: want one of c p q r n and an optional - 0 +", label)
	}
	var m mark
	switch label[0] {
	case 'c':
		m = mark{sentiment: Negative, intent: Complaint}
	case 'p':
		m = mark{sentiment: Positive, intent: Compliment}
	case 'q':
		m = mark{sentiment: Neutral, intent: Question}
	case 'r':
		m = mark{sentiment: Neutral, intent: Request}
	case 'n':
		m = mark{sentiment: Neutral, intent: None}
	default:
		return mark{}, fmt.Errorf("label %q: unknown intent letter", label)
	}
	if len(label) == 2 {
		sign := strings.IndexByte("-0+", label[1])
		if sign < 0 {
			return mark{}, fmt.Errorf("label %q: unknown sentiment sign", label)
		}
		m.sentiment = sign
	}
	return m, nil
}

//go:embed plain.txt
var plainText string

// Plain returns the plain sentences that are built in: passages whose first
// field is the language.
func Plain() ([]Row, error) {
	var rows []Row
	for n, line := range strings.Split(plainText, "\n") {
		lang, rest, found := strings.Cut(line, "|")
		if !found || strings.HasPrefix(line, "#") {
			continue
		}
		more, err := ParsePassage(rest, lang)
		if err != nil {
			return nil, fmt.Errorf("plain sentences, line %d: %w", n+1, err)
		}
		for i := range more {
			more[i].Source = "plain"
		}
		rows = append(rows, more...)
	}
	return rows, nil
}
