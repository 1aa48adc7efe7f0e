package crawler

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"earshot"
)

// Outline is one subscription of an OPML file.
type Outline struct {
	Title string
	Feed  string   // xmlUrl
	Site  string   // htmlUrl
	Lang  string   // language
	Tags  []string // the folders it lies in, outermost first, and its categories
}

const (
	opmlMax   = 20000 // outlines read of one file
	opmlDepth = 30
)

// ReadOPML reads OPML 1.0 and 2.0. Folders become tags. A file that breaks off
// gives what was whole; one without any subscription is a Fault.
func ReadOPML(b []byte) ([]Outline, error) {
	d := xml.NewDecoder(bytes.NewReader(repair(dropXMLEncoding(toUTF8(b, "")))))
	d.Strict, d.Entity = false, xml.HTMLEntity
	var out []Outline
	var folders []string
	seen := map[string]bool{}
	for len(out) < opmlMax {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) || err != nil && len(out) > 0 {
			break
		}
		if err != nil {
			return nil, &earshot.Fault{Code: "opml", What: "this is not an OPML file", Do: "export it again from your feed reader", Err: err}
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if !strings.EqualFold(t.Name.Local, "outline") {
				continue
			}
			o, title := outlineOf(t, folders)
			if len(folders) >= opmlDepth {
				return nil, &earshot.Fault{Code: "opml", What: fmt.Sprintf("folders are nested deeper than %d", opmlDepth), Do: "flatten them"}
			}
			folders = append(folders, title)
			if o.Feed != "" && !seen[o.Feed] {
				seen[o.Feed] = true
				out = append(out, o)
			}
		case xml.EndElement:
			if strings.EqualFold(t.Name.Local, "outline") && len(folders) > 0 {
				folders = folders[:len(folders)-1]
			}
		}
	}
	if len(out) == 0 {
		return nil, &earshot.Fault{Code: "opml", What: "the file lists no feeds", Do: "check that it is an OPML export with xmlUrl attributes"}
	}
	return out, nil
}

func outlineOf(t xml.StartElement, folders []string) (o Outline, title string) {
	attrs := map[string]string{}
	for _, a := range t.Attr {
		attrs[strings.ToLower(a.Name.Local)] = strings.TrimSpace(a.Value)
	}
	title = oneLine(firstOf(attrs["title"], attrs["text"]), 200)
	o = Outline{Title: title, Site: absolute(nil, attrs["htmlurl"]), Lang: langTag(attrs["language"])}
	if _, err := parseTarget(attrs["xmlurl"]); err == nil {
		o.Feed = attrs["xmlurl"]
	}
	o.Tags = append(o.Tags, folders...)
	for c := range strings.SplitSeq(attrs["category"], ",") {
		o.Tags = append(o.Tags, strings.Trim(c, "/ "))
	}
	o.Tags = cleanTags(o.Tags)
	return o, title
}

type opmlDoc struct {
	XMLName xml.Name      `xml:"opml"`
	Version string        `xml:"version,attr"`
	Title   string        `xml:"head>title"`
	Created string        `xml:"head>dateCreated"`
	Body    []opmlOutline `xml:"body>outline"`
}

type opmlOutline struct {
	Text     string `xml:"text,attr"`
	Title    string `xml:"title,attr,omitempty"`
	Type     string `xml:"type,attr"`
	XMLURL   string `xml:"xmlUrl,attr"`
	HTMLURL  string `xml:"htmlUrl,attr,omitempty"`
	Language string `xml:"language,attr,omitempty"`
	Category string `xml:"category,attr,omitempty"`
}

// WriteOPML writes OPML 2.0. Addresses are written as they are, credentials
// included: the file is the operator's.
func WriteOPML(title string, list []Outline, created time.Time) ([]byte, error) {
	doc := opmlDoc{Version: "2.0", Title: title, Created: created.UTC().Format(time.RFC1123)}
	for _, o := range list {
		doc.Body = append(doc.Body, opmlOutline{Text: firstOf(o.Title, Redact(o.Feed)), Title: o.Title, Type: "rss", XMLURL: o.Feed, HTMLURL: o.Site,
			Language: o.Lang, Category: strings.Join(o.Tags, ",")})
	}
	body, err := xml.MarshalIndent(doc, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write opml: %w", err)
	}
	return append([]byte(xml.Header), append(body, '\n')...), nil
}
