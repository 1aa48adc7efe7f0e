package mail

import (
	"bytes"
	"fmt"
	"html/template"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"
	"time"

	"earshot"
	"earshot/alert"
)

// compose writes the mail: headers, then the same words plain and as HTML. Every
// header value is one line, whatever the web put into it.
func (n *Notifier) compose(m alert.Message, to []*mail.Address, id string) ([]byte, error) {
	card := alert.Linked(alert.Render(m), m.Links)
	var out bytes.Buffer
	parts := multipart.NewWriter(&out)
	head := func(name, value string) {
		fmt.Fprintf(&out, "%s: %s\r\n", name, oneLine(value))
	}
	head("From", n.from.String())
	head("To", list(to))
	head("Subject", mime.QEncoding.Encode("utf-8", oneLine(subject(card))))
	head("Date", m.Now.Format(time.RFC1123Z))
	head("Message-ID", id)
	if m.Previous != nil && m.Previous.Ref["message_id"] != "" {
		head("In-Reply-To", m.Previous.Ref["message_id"])
		head("References", m.Previous.Ref["message_id"])
	}
	head("Auto-Submitted", "auto-generated")
	head("X-Earshot-Event-Id", m.Alert.Key)
	head("MIME-Version", "1.0")
	head("Content-Type", `multipart/alternative; boundary="`+parts.Boundary()+`"`)
	out.WriteString("\r\n")
	if err := part(parts, "text/plain", plainBody(card)); err != nil {
		return nil, err
	}
	if !m.Plain {
		body, err := htmlBody(card)
		if err != nil {
			return nil, err
		}
		if err := part(parts, "text/html", body); err != nil {
			return nil, err
		}
	}
	if err := parts.Close(); err != nil {
		return nil, fmt.Errorf("mail: %w", err)
	}
	return out.Bytes(), nil
}

// oneLine keeps a value from starting a header of its own.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 {
			return ' '
		}
		return r
	}, s)
}

func list(to []*mail.Address) string {
	var out []string
	for _, a := range to {
		out = append(out, a.String())
	}
	return strings.Join(out, ", ")
}

func subject(c alert.Card) string {
	if c.Header != "" {
		return c.Header
	}
	return c.Text
}

func part(w *multipart.Writer, kind, text string) error {
	p, err := w.CreatePart(textproto.MIMEHeader{"Content-Type": {kind + "; charset=utf-8"}, "Content-Transfer-Encoding": {"quoted-printable"}})
	if err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	q := quotedprintable.NewWriter(p)
	if _, err := q.Write([]byte(text)); err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	if err := q.Close(); err != nil {
		return fmt.Errorf("mail: %w", err)
	}
	return nil
}

// plainBody is the card as text.
func plainBody(c alert.Card) string {
	var out strings.Builder
	say := func(lines ...string) {
		for _, l := range lines {
			if l = strings.TrimSpace(oneLine(l)); l != "" {
				out.WriteString(l + "\n")
			}
		}
	}
	say(c.Text)
	if c.Quote != "" {
		out.WriteString("\n")
		say("> " + c.Quote)
	}
	if c.Link != nil {
		say(c.Link.Text+":", c.Link.URL)
	}
	for _, s := range c.Sections {
		out.WriteString("\n")
		say(s.Title)
		for _, item := range s.Items {
			say("- " + withLinks(item))
		}
		if s.Left > 0 {
			say("- " + c.Words.MoreItems.N(s.Left))
		}
	}
	out.WriteString("\n")
	for _, f := range c.Fields {
		for _, l := range f.Value {
			say(f.Name + ": " + withLinks(l))
		}
	}
	say(strings.Join(c.Notes, ". "))
	for _, f := range c.Facts {
		say(withLinks(f))
	}
	for _, b := range c.Buttons {
		say(b.Text + ": " + b.URL)
	}
	out.WriteString("\n")
	say(c.Context.Plain())
	return out.String()
}

func withLinks(l alert.Line) string {
	var out strings.Builder
	for _, p := range l {
		out.WriteString(p.Text)
		if p.URL != "" {
			out.WriteString(" (" + p.URL + ")")
		}
	}
	return out.String()
}

// page is the card as HTML; the template escapes what the web wrote. Links that
// are no web pages lose their address there.
var page = template.Must(template.New("mail").Parse(`<!doctype html><html lang="{{.Words.Lang}}"><meta charset="utf-8"><body style="font:15px/1.5 sans-serif;max-width:40em;margin:1em auto">
{{define "line"}}{{range .}}{{if .URL}}<a href="{{.URL}}">{{.Text}}</a>{{else if .Bold}}<b>{{.Text}}</b>{{else if .Code}}<code>{{.Text}}</code>{{else}}{{.Text}}{{end}}{{end}}{{end}}
{{with .Header}}<h1 style="font-size:18px">{{.}}</h1>{{end}}
{{if .Quote}}<blockquote lang="{{.Lang}}" style="font:17px/1.5 serif;border-left:3px solid #999;margin:0;padding-left:1em">{{.Quote}}</blockquote>{{end}}
{{with .Link}}<p><a href="{{.URL}}">{{.Text}}</a></p>{{end}}
{{if not (or .Header .Quote)}}<p>{{.Text}}</p>{{end}}
{{range .Sections}}{{with .Title}}<h2 style="font-size:15px">{{.}}</h2>{{end}}<ul>{{range .Items}}<li>{{template "line" .}}</li>{{end}}{{if .Left}}<li>{{$.Words.MoreItems.N .Left}}</li>{{end}}</ul>{{end}}
{{if .Fields}}<table cellpadding="4">{{range .Fields}}<tr valign="top"><th align="left">{{.Name}}</th><td>{{range .Value}}{{template "line" .}}<br>{{end}}</td></tr>{{end}}</table>{{end}}
{{with .Notes}}<p>{{range .}}{{.}}. {{end}}</p>{{end}}
{{range .Facts}}<p>{{template "line" .}}</p>{{end}}
{{with .Buttons}}<p>{{range .}}<a href="{{.URL}}" style="margin-right:1em">{{if .Primary}}<b>{{.Text}}</b>{{else}}{{.Text}}{{end}}</a>{{end}}</p>{{end}}
{{with .Context}}<p style="font-size:12px;color:#555">{{template "line" .}}</p>{{end}}
</body></html>
`))

func htmlBody(c alert.Card) (string, error) {
	var out strings.Builder
	if c.Kind == earshot.AlertLine || c.Kind == earshot.AlertRemind {
		c.Sections, c.Header = nil, c.Text
	}
	if err := page.Execute(&out, c); err != nil {
		return "", fmt.Errorf("mail: %w", err)
	}
	return out.String(), nil
}
