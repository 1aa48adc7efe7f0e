package web

import (
	"encoding/json"
	"strings"

	"earshot"
)

// fragment is a change of the config as lines to review and paste: the file
// stays the truth, the dashboard never writes it.
type fragment struct {
	Title, Text string
	Lines       string
	Try         string // a command that shows what Earshot sees there, or ""
}

// added is the line for the source that the form asks for; nil if it asks for none.
func (v *visit) added() (*fragment, string) {
	q := v.r.URL.Query()
	if !q.Has("add") {
		return nil, ""
	}
	address := webLink(q.Get("add"))
	if address == "" {
		return nil, v.W.AddBadAddress
	}
	kind := "feed"
	if q.Get("kind") == "site" {
		kind = "site"
	}
	return &fragment{Title: v.W.AddLine, Text: v.W.AddLineText, Lines: "sources:\n" + sourceLine(kind, address, strings.FieldsFunc(clip(q.Get("tags"), 200), func(r rune) bool { return r == ',' || r == ' ' })),
		Try: inspectCommand(kind, address)}, ""
}

// sourceLine is one line under `sources`. A JSON string is a YAML string too.
func sourceLine(kind, address string, tags []string) string {
	line := "  - {" + kind + ": " + yamlString(address)
	if kind == "site" {
		line += ", comments: true"
	}
	var quoted []string
	for _, t := range tags {
		quoted = append(quoted, yamlString(t))
	}
	if len(quoted) > 0 {
		line += ", tags: [" + strings.Join(quoted, ", ") + "]"
	}
	return line + "}"
}

func yamlString(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		return `""`
	}
	return string(text)
}

// inspectCommand shows on a terminal what Earshot sees at an address.
func inspectCommand(kind, address string) string {
	what := "feed"
	if kind == "site" {
		what = "page"
	}
	return "earshot inspect " + what + " '" + strings.ReplaceAll(address, "'", "%27") + "'"
}

// mend is what to do about a source: nothing if it is well.
func (v *visit) mend(r sourceRow) *fragment {
	s, w := r.Source, v.W
	kind := string(s.Kind)
	if kind != "feed" && kind != "site" {
		return nil
	}
	f := &fragment{Title: w.MendTitle, Try: inspectCommand(kind, redacted(s.URL))}
	switch s.State {
	case earshot.SourceOK, earshot.SourceLate:
		f.Title, f.Text = w.MendStop, w.MendStopText
		f.Lines = "# " + strings.TrimSpace(sourceLine(kind, redacted(s.URL), s.Tags))
	case earshot.SourceMoved:
		f.Text = w.MendMoved
		f.Lines = sourceLine(kind, redacted(s.FeedURL), s.Tags)
	case earshot.SourceDead, earshot.SourceFailing:
		f.Text = w.MendFailing
		f.Lines = "# " + strings.TrimSpace(sourceLine(kind, redacted(s.URL), s.Tags))
	case earshot.SourceQuarantined:
		f.Text = w.MendQuarantined
	default:
		return nil
	}
	if s.State == earshot.SourceMoved && (s.FeedURL == "" || s.FeedURL == s.URL) {
		f.Lines = ""
	}
	return f
}
