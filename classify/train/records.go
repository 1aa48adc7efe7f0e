package train

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"unicode/utf8"

	"earshot/classify"
)

// record is one line of the labelled JSON Lines. Offsets are code points.
type record struct {
	Lang   string `json:"lang"`
	Text   string `json:"text"`
	Target *struct {
		Text  string `json:"text"`
		Start *int   `json:"start"`
		End   *int   `json:"end"`
	} `json:"target"`
	Sentiment *string        `json:"sentiment"`
	Intent    string         `json:"intent"`
	Domain    string         `json:"domain"`
	Source    string         `json:"source"`
	Split     string         `json:"split"`
	Extra     map[string]any `json:"extra"`
}

// permissive are the public sets whose data carries a permissive notice.
var permissive = map[string]bool{"mams": true, "sentfin": true, "finentity": true, "newsmtsc": true}

// LoadRecords reads every *.jsonl and *.jsonl.gz of a folder. onlyPermissive
// keeps the sets with a permissive notice and own prose: own_*, and
// corrections.jsonl as `earshot export corrections` writes it.
func LoadRecords(dir string, onlyPermissive bool) ([]Row, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.jsonl*"))
	if err != nil {
		return nil, fmt.Errorf("list records: %w", err)
	}
	sort.Strings(names)
	var rows []Row
	for _, name := range names {
		set, _, _ := strings.Cut(filepath.Base(name), ".")
		own := strings.HasPrefix(set, "own_") || set == "corrections"
		if set == "support_threads_sample" || onlyPermissive && !own && !permissive[set] {
			continue
		}
		more, err := recordFile(name, set, own)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

func recordFile(name, set string, own bool) ([]Row, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var in io.Reader = f
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			return nil, err
		}
	}
	rows, err := readRecords(in, set, own)
	if err == nil && own {
		maskNeighbours(rows)
	}
	return rows, err
}

func readRecords(in io.Reader, set string, own bool) ([]Row, error) {
	scan := bufio.NewScanner(in)
	scan.Buffer(make([]byte, 1<<16), 1<<24)
	var rows []Row
	for n := 1; scan.Scan(); n++ {
		var rec record
		if err := json.Unmarshal(scan.Bytes(), &rec); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		if row, ok := rec.row(set, own); ok {
			rows = append(rows, row)
		}
	}
	return rows, scan.Err()
}

// maskNeighbours gives rows of the same text each other's targets as other
// brands.
func maskNeighbours(rows []Row) {
	byText := map[string][]int{}
	for i := range rows {
		byText[rows[i].P.Text] = append(byText[rows[i].P.Text], i)
	}
	for _, group := range byText {
		for _, i := range group {
			for _, j := range group {
				if a, b := rows[i].P, rows[j].P; a.Start != b.Start && b.End > 0 {
					rows[i].P.Others = append(rows[i].P.Others, [2]int{b.Start, b.End})
				}
			}
		}
	}
}

// row converts a record; false for one that teaches nothing.
func (rec *record) row(set string, own bool) (Row, bool) {
	text := strings.TrimPrefix(unescape(rec.Text, set), "\ufeff")
	r := Row{Source: set, Dev: rec.Split == "dev" || !own && heldOut(text), Own: own, GoldSentiment: -1, GoldIntent: -1,
		P: classify.Passage{Text: text, Lang: rec.Lang, Channel: rec.Domain}}
	if own || rec.Domain == "forum" {
		r.P.Channel = "blog"
	}
	if set == "sentihood" {
		r.P.Channel = "review"
	}
	rec.place(&r)
	rec.label(&r)
	r.Tags = rec.tags()
	return r, r.GoldSentiment >= 0 || r.GoldIntent >= 0
}

// heldOut tells whether a text of a public set is kept for dev: one in 25, by
// the hash of its letters, the same in all sets, since sets repeat one another.
func heldOut(text string) bool {
	key := letters(text)
	h := fnv.New32a()
	if _, err := io.WriteString(h, key); err != nil {
		return false // a hash never fails to write
	}
	return key != "" && h.Sum32()%25 == 0
}

// unescape undoes the JSON escapes that one source left in its texts.
func unescape(text, set string) string {
	if set != "semeval17a" && set != "semeval17c" || !strings.Contains(text, `\`) {
		return text
	}
	return strings.NewReplacer(`\u2019`, "’", `\u2018`, "‘", `\u201c`, "“", `\u201d`, "”", `\u2013`, "–", `\u2014`, "—", `\u2026`, "…", `\"`, `"`, `\u002c`, ",", `\n`, " ").Replace(text)
}

// place converts the target's offsets to bytes of the text as it is kept.
func (rec *record) place(r *Row) {
	t := rec.Target
	if t == nil || t.Start == nil || t.End == nil {
		return
	}
	start, end := codePoint(rec.Text, *t.Start), codePoint(rec.Text, *t.End)
	if r.P.Text != rec.Text { // unescaped: find the target again
		name := rec.Text[start:end]
		start = strings.Index(r.P.Text, name)
		end = start + len(name)
	}
	if start >= 0 && end > start {
		r.P.Start, r.P.End = start, end
	}
}

// codePoint returns the byte offset of the n-th code point.
func codePoint(s string, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRuneInString(s[at:])
		at += size
	}
	return at
}

func (rec *record) tags() (out []string) {
	list, _ := rec.Extra["tags"].([]any)
	for _, t := range list {
		if s, ok := t.(string); ok {
			out = append(out, s)
		}
	}
	return out
}

// indexOf returns the position of a name, or -1.
func indexOf(names []string, name string) int {
	for i, n := range names {
		if n == name {
			return i
		}
	}
	return -1
}
