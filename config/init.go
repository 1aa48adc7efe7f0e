package config

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"
)

//go:embed example.yaml
var example []byte

// Example returns a commented config that passes.
func Example() []byte { return bytes.Clone(example) }

// Init writes a commented config for a new user; the feeds of an OPML file, if
// one is given, become its sources.
func Init(w io.Writer, opml []byte) error {
	text := string(example)
	if len(opml) > 0 {
		sources, err := importSources(opml)
		if err != nil {
			return err
		}
		text = replaceSection(text, "sources:\n", sources)
	}
	_, err := io.WriteString(w, text)
	return err
}

// replaceSection swaps the indented lines under a top-level key.
func replaceSection(text, key, body string) string {
	head, rest, ok := strings.Cut(text, "\n"+key)
	if !ok {
		return text
	}
	_, tail, _ := strings.Cut(rest, "\n\n")
	return head + "\n" + key + body + "\n" + tail
}

// outline is one node of an OPML file: a feed, or a folder of them.
type outline struct {
	Title    string    `xml:"title,attr"`
	Text     string    `xml:"text,attr"`
	Feed     string    `xml:"xmlUrl,attr"`
	Children []outline `xml:"outline"`
}

var errNoFeeds = errors.New("the OPML file names no feeds")

func importSources(opml []byte) (string, error) {
	var doc struct {
		Outlines []outline `xml:"body>outline"`
	}
	if err := xml.Unmarshal(opml, &doc); err != nil {
		return "", fmt.Errorf("read the OPML file: %w", err)
	}
	var b strings.Builder
	seen := map[string]bool{}
	writeOutlines(&b, doc.Outlines, "", seen)
	if b.Len() == 0 {
		return "", errNoFeeds
	}
	return b.String(), nil
}

// writeOutlines writes each feed once, tagged with its folder.
func writeOutlines(b *strings.Builder, outlines []outline, folder string, seen map[string]bool) {
	for _, o := range outlines {
		title := oneLine(o.Title)
		if title == "" {
			title = oneLine(o.Text)
		}
		feed := strings.TrimSpace(o.Feed)
		if feed == "" {
			writeOutlines(b, o.Children, title, seen)
			continue
		}
		u, err := url.Parse(feed)
		if err != nil || u.Host == "" || (u.Scheme != "http" && u.Scheme != "https") || seen[feed] {
			continue
		}
		seen[feed] = true
		fmt.Fprintf(b, "  - {feed: %s", strconv.Quote(feed))
		if folder != "" {
			fmt.Fprintf(b, ", tags: [%s]", strconv.Quote(folder))
		}
		b.WriteString("}")
		if title != "" {
			b.WriteString("   # " + title)
		}
		b.WriteString("\n")
	}
}

// oneLine makes a text from elsewhere safe to stand in a comment or a quote.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == '\u2028' || r == '\u2029' || r == '\u0085' {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
