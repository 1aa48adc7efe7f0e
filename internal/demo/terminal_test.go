package demo

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files anew")

// message reads testdata/NAME.json, a chat.postMessage body, as a message.
func message(t *testing.T, name string) Message {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var v Version
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	if v.Blocks != nil {
		if err := checkBlocks(v.Blocks, inMessage); err != nil {
			t.Fatalf("%s: %v %v", name, err, err.(*refusal).notes)
		}
	}
	v.At = newClock().t
	return Message{Channel: "C0CARE", Name: "care", TS: "1.000001", Versions: []Version{v}}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is drawn as\n%s\nwant\n%s", name, got, want)
	}
}

func TestCardsAreDrawn(t *testing.T) {
	for _, name := range []string{"complaint", "question-zh", "review"} {
		var b strings.Builder
		term := NewTerminal(&b, TerminalOptions{Users: []User{{ID: "U0BEN000001", Name: "ben"}}})
		term.Change(Change{Message: message(t, name)})
		golden(t, name, b.String())
		for line := range strings.SplitSeq(b.String(), "\n") {
			if n := columns(line); n > 80 {
				t.Errorf("%s: %d columns: %s", name, n, line)
			}
		}
	}
}

func TestColourOnlyWhenAsked(t *testing.T) {
	m := message(t, "complaint")
	for _, color := range []bool{false, true} {
		var b strings.Builder
		NewTerminal(&b, TerminalOptions{Color: color}).Change(Change{Message: m})
		if got := strings.Contains(b.String(), "\x1b["); got != color {
			t.Errorf("colour %v: escape sequences %v", color, got)
		}
	}
	if IsTerminal(&strings.Builder{}) {
		t.Error("a buffer is no terminal")
	}
}

func TestEditsThreadLinesAndSteps(t *testing.T) {
	var b strings.Builder
	term := NewTerminal(&b, TerminalOptions{Users: []User{{ID: "U0BEN000001", Name: "ben"}}})
	m := message(t, "complaint")
	next := m.Last()
	next.Text = "Aurelia Cares answered the complaint on Slow Miles, 13 h 57 after it was published. Please set the outcome."
	next.Metadata = Metadata{Type: CaseEvent, Payload: map[string]any{"case": "c7k2", "status": "responded"}}
	m.Versions = append(m.Versions, next)
	term.Say(20*time.Second, "Aurelia Cares answers Marta in a comment.")
	term.Change(Change{Message: m, Edit: true})
	m.Versions = append(m.Versions, next)
	term.Change(Change{Message: m, Edit: true}) // nothing changed: nothing printed
	term.Change(Change{Message: Message{Name: "care", Thread: "1.000001", Versions: []Version{{Text: "<@U0BEN000001> took it and will look into the suitcase this afternoon, before the counter in Funchal closes."}}}})
	term.Change(Change{Message: Message{Name: "care", Ephemeral: "U0BEN000001", Versions: []Version{{Text: "Undo?"}}}})
	golden(t, "changes", b.String())
	if term.Err() != nil {
		t.Error(term.Err())
	}
}

func TestHostileTextStaysText(t *testing.T) {
	var b strings.Builder
	NewTerminal(&b, TerminalOptions{}).Change(Change{Message: Message{Name: "care", Versions: []Version{{Text: "a\x1b[31mred\x07 &lt;!here&gt; \u009b2J"}}}})
	if s := b.String(); strings.ContainsAny(s, "\x1b\x07\u009b") || !strings.Contains(s, "<!here>") {
		t.Errorf("%q", s)
	}
}

func TestWrapCountsColumns(t *testing.T) {
	for _, tt := range []struct {
		text  string
		width int
		want  string
	}{
		{"one two three four", 10, "one two|three four"},
		{"请问奥雷利亚航空的中转行李是直挂到终点，还是要自己取", 20, "请问奥雷利亚航空的中|转行李是直挂到终点，|还是要自己取"},
		{"直挂到终点，是", 10, "直挂到终|点，是"},
		{"a\nb", 10, "a|b"},
		{"abcdefghijklmnop", 10, "abcdefghij|klmnop"},
		{"", 10, ""},
	} {
		var got []string
		for _, l := range wrap(plain(tt.text).cells(), tt.width) {
			s := ""
			for _, c := range l {
				s += c.text
			}
			got = append(got, s)
		}
		if g := strings.Join(got, "|"); g != tt.want {
			t.Errorf("wrap(%q, %d) = %q, want %q", tt.text, tt.width, g, tt.want)
		}
	}
}
