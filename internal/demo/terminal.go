package demo

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"
)

// TerminalOptions are how a Terminal prints. The zero value of a field takes the
// default named beside it.
type TerminalOptions struct {
	Width int            // columns; 80
	Color bool           // styles by escape sequences; see IsTerminal
	Zone  *time.Location // of dates and times; UTC
	Users []User         // to name who is mentioned; the people of the demo's config
}

// Terminal prints what happens in a pretend Slack for people who watch: a card
// when it appears, one line when it is edited, thread lines indented. It is safe
// for concurrent use.
type Terminal struct {
	opt TerminalOptions

	mu  sync.Mutex
	out io.Writer
	err error
}

// NewTerminal returns a Terminal that prints to w.
func NewTerminal(w io.Writer, o TerminalOptions) *Terminal {
	if o.Width <= 0 {
		o.Width = 80
	}
	if o.Zone == nil {
		o.Zone = time.UTC
	}
	if o.Users == nil {
		o.Users = desk()
	}
	return &Terminal{opt: o, out: w}
}

// IsTerminal says whether w is a terminal, so that colour will not end up in a file.
func IsTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// Err returns the first error of writing; nothing is printed after it.
func (t *Terminal) Err() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.err
}

// Change prints a change; it is made to be given to Slack.Watch.
func (t *Terminal) Change(c Change) {
	m := c.Message
	switch {
	case c.Deleted:
		t.line("- ", plain(subject(m)+" was taken away"), dim)
	case c.Edit:
		t.edit(m)
	case m.Thread != "":
		t.line("    ", t.mrkdwn(m.Last().Text), 0)
	case m.Ephemeral != "":
		t.line("    (only "+t.name(m.Ephemeral)+" sees this) ", t.mrkdwn(m.Last().Text), dim)
	default:
		t.card(m)
	}
}

// Say prints what happens in the blogosphere: a step of the story.
func (t *Terminal) Say(at time.Duration, words string) {
	head := fmt.Sprintf("%3ds  ", int(at.Seconds()))
	t.print("\n" + t.paint(head, dim) + t.paint(words, italic) + "\n")
}

// edit prints one line: what the card says now. A silent edit that changed
// neither status nor words prints nothing.
func (t *Terminal) edit(m Message) {
	now, before := m.Last(), m.Versions[len(m.Versions)-2]
	if now.Text == before.Text && now.Metadata.Text("status") == before.Metadata.Text("status") {
		return
	}
	head := subject(m)
	if s := now.Metadata.Text("status"); s != "" {
		head += " " + s
	}
	prefix := "~ " + head + ": "
	cells := cut(t.mrkdwn(now.Text).cells(), t.opt.Width-columns(prefix))
	t.print(t.paint("~ ", bold) + t.paint(head, bold) + ": " + t.draw(cells) + "\n")
}

// line prints a paragraph behind a prefix; later lines are indented as far.
func (t *Terminal) line(prefix string, s spans, extra style) {
	var b strings.Builder
	width := t.opt.Width - columns(prefix)
	for i, l := range wrap(s.with(extra).cells(), width) {
		if i > 0 {
			prefix = strings.Repeat(" ", columns(prefix))
		}
		b.WriteString(t.paint(prefix, dim) + t.draw(l) + "\n")
	}
	t.print(b.String())
}

// subject is what a message is called in one line.
func subject(m Message) string {
	if id := m.Last().Metadata.Text("case"); id != "" {
		return id
	}
	return "#" + m.Name
}

func (t *Terminal) name(user string) string {
	for _, u := range t.opt.Users {
		if u.ID == user {
			return u.Name
		}
	}
	return user
}

func (t *Terminal) print(s string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.err == nil {
		_, t.err = io.WriteString(t.out, s)
	}
}
