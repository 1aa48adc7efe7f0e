package web

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"earshot/internal/store"
)

// How many rows the twins of a list hold.
const (
	maxCSV  = 5000
	maxJSON = 200
	maxAtom = 50
)

// list is what a list page is about, for its .csv, .json and .atom twins.
type list struct {
	title string
	head  []string
	rows  [][]string
	items []any
	feed  []feedEntry
	next  string // the API's address of what follows, or ""
}

// feedEntry is one entry of an Atom feed.
type feedEntry struct {
	id, title, text, path string
	updated               time.Time
}

// lister loads at most n rows of a list with the filters of the address.
type lister func(v *visit, tx *store.Tx, n int) (list, error)

// listers are the list pages that have twins.
func (s *Server) listers() map[string]lister {
	return map[string]lister{"today": listToday, "cases": listCases, "mentions": listMentions, "alerts": listAlerts, "sources": listSources, "league": listLeague, "people": listPeople, "causes": listCauses}
}

// twins are the routes of the twins, three for each list.
func (s *Server) twins() []route {
	var out []route
	for name, load := range s.listers() {
		for ext, write := range map[string]func(*visit, list) error{"csv": (*visit).writeCSV, "json": (*visit).writeJSONList, "atom": (*visit).writeAtom} {
			n := map[string]int{"csv": maxCSV, "json": maxJSON, "atom": maxAtom}[ext]
			out = append(out, route{pattern: "GET /" + name + "." + ext, handler: s.page(func(v *visit) error {
				l, err := v.list(load, n)
				if err != nil {
					return err
				}
				return write(v, l)
			})})
		}
	}
	return out
}

func (v *visit) list(load lister, n int) (l list, err error) {
	err = v.read(func(tx *store.Tx) (err error) {
		l, err = load(v, tx, n)
		return err
	})
	return l, err
}

// harmless keeps a spreadsheet from running what somebody wrote: a cell that
// begins like a formula gets an apostrophe in front.
func harmless(cell string) string {
	if trimmed := strings.TrimLeft(cell, " \t\r\n\u00a0\ufeff"); trimmed != "" && strings.ContainsAny(trimmed[:1], "=+-@|%") ||
		strings.HasPrefix(trimmed, "＝") || strings.HasPrefix(trimmed, "＋") || strings.HasPrefix(trimmed, "－") || strings.HasPrefix(trimmed, "＠") {
		return "'" + cell
	}
	return strings.Map(func(r rune) rune {
		if r == 0 || r == '\r' {
			return -1
		}
		return r
	}, cell)
}

// writeCSV writes UTF-8 with the mark that makes spreadsheets read it as such.
func (v *visit) writeCSV(l list) error {
	var buf bytes.Buffer
	buf.WriteString("\ufeff")
	w := csv.NewWriter(&buf)
	w.UseCRLF = true
	for _, row := range append([][]string{l.head}, l.rows...) {
		safe := make([]string, len(row))
		for i, cell := range row {
			safe[i] = harmless(cell)
		}
		if err := w.Write(safe); err != nil {
			return fmt.Errorf("csv: %w", err)
		}
	}
	if w.Flush(); w.Error() != nil {
		return fmt.Errorf("csv: %w", w.Error())
	}
	v.download("text/csv; charset=utf-8", "csv")
	v.write(http.StatusOK, buf.Bytes())
	return nil
}

// download names the file from the route, never from anything written by somebody.
func (v *visit) download(kind, ext string) {
	name := strings.TrimSuffix(strings.TrimPrefix(v.r.URL.Path, "/"), "."+ext)
	v.w.Header().Set("Content-Type", kind)
	v.w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="earshot-%s-%s.%s"`, name, v.Now.In(v.Zone).Format(time.DateOnly), ext))
}

// writeJSONList writes {"items": [...], "next": "..."}.
func (v *visit) writeJSONList(l list) error {
	if l.items == nil {
		l.items = []any{}
	}
	return v.writeJSON(http.StatusOK, struct {
		Items []any  `json:"items"`
		Next  string `json:"next,omitempty"`
	}{l.items, l.next})
}

func (v *visit) writeJSON(code int, value any) error {
	body, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("json: %w", err)
	}
	v.w.Header().Set("Content-Type", "application/json")
	v.write(code, append(body, '\n'))
	return nil
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	ID      string   `xml:"id"`
	Title   string   `xml:"title"`
	Updated string   `xml:"updated"`
	Link    atomLink `xml:"link"`
	Content string   `xml:"content"`
}

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  string      `xml:"author>name"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

// writeAtom writes a feed; all texts are plain.
func (v *visit) writeAtom(l list) error {
	base := v.base()
	self := base + v.r.URL.Path
	f := atomFeed{ID: self, Title: "Earshot: " + l.title, Author: "Earshot", Updated: v.Now.UTC().Format(time.RFC3339),
		Links: []atomLink{{"self", "application/atom+xml", self}, {"alternate", "text/html", base + strings.TrimSuffix(v.r.URL.Path, ".atom")}}}
	for _, e := range l.feed {
		f.Entries = append(f.Entries, atomEntry{ID: base + e.id, Title: e.title, Updated: e.updated.UTC().Format(time.RFC3339), Link: atomLink{"alternate", "text/html", base + e.path}, Content: e.text})
	}
	body, err := xml.Marshal(f)
	if err != nil {
		return fmt.Errorf("atom: %w", err)
	}
	v.w.Header().Set("Content-Type", "application/atom+xml; charset=utf-8")
	v.write(http.StatusOK, append([]byte(xml.Header), body...))
	return nil
}

// base is where people reach the dashboard: the config's word, else this request's host.
func (v *visit) base() string {
	if u, err := url.Parse(v.s.o.PublicURL); err == nil && u.Host != "" {
		return u.Scheme + "://" + u.Host
	}
	if v.r.TLS != nil {
		return "https://" + v.r.Host
	}
	return "http://" + v.r.Host
}

// stampCSV writes a time for a spreadsheet, in the reader's zone; "" for none.
func (r Reader) stampCSV(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(r.Zone).Format("2006-01-02 15:04:05 -07:00")
}
