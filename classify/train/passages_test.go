package train

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

func TestParsePassage(t *testing.T) {
	rows, err := ParsePassage(`blog | contrast,multi_brand | {{Acme=c}} lost it,\nbut {{Zen Co=p}} found it.`, "en")
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 {
		t.Fatalf("%d rows, want 2", len(rows))
	}
	a, b := rows[0], rows[1]
	if want := "Acme lost it,\nbut Zen Co found it."; a.P.Text != want {
		t.Errorf("text %q, want %q", a.P.Text, want)
	}
	if got := a.P.Text[a.P.Start:a.P.End] + "/" + b.P.Text[b.P.Start:b.P.End]; got != "Acme/Zen Co" {
		t.Errorf("targets %s", got)
	}
	if a.GoldIntent != Complaint || a.GoldSentiment != Negative || b.GoldIntent != Compliment || b.GoldSentiment != Positive {
		t.Errorf("labels %d %d, %d %d", a.GoldIntent, a.GoldSentiment, b.GoldIntent, b.GoldSentiment)
	}
	if !reflect.DeepEqual(a.P.Others, [][2]int{{b.P.Start, b.P.End}}) {
		t.Errorf("others %v", a.P.Others)
	}
	if !reflect.DeepEqual(a.Tags, []string{"contrast", "multi_brand"}) {
		t.Errorf("tags %v", a.Tags)
	}
}

func TestParseLabel(t *testing.T) {
	for _, c := range []struct {
		label             string
		intent, sentiment int
		ok                bool
	}{
		{"c", Complaint, Negative, true}, {"p", Compliment, Positive, true}, {"q", Question, Neutral, true}, {"q-", Question, Negative, true},
		{"r+", Request, Positive, true}, {"n0", None, Neutral, true}, {"", 0, 0, false}, {"x", 0, 0, false}, {"c?", 0, 0, false}, {"c--", 0, 0, false},
	} {
		m, err := parseLabel(c.label)
		if (err == nil) != c.ok {
			t.Errorf("%q: error %v", c.label, err)
		} else if c.ok && (m.intent != c.intent || m.sentiment != c.sentiment) {
			t.Errorf("%q: got %d %d", c.label, m.intent, m.sentiment)
		}
	}
}

func TestParsePassageFaults(t *testing.T) {
	for _, line := range []string{"blog | - ", "novel | - | {{A=c}}", "blog | - | nobody is marked", "blog | - | {{A=c", "blog | - | {{=c}}", "blog | - | {{A=z}}"} {
		if rows, err := ParsePassage(line, "en"); err == nil {
			t.Errorf("%q: %d rows and no error", line, len(rows))
		}
	}
	for _, line := range []string{"", "   ", "# comment"} {
		if rows, err := ParsePassage(line, "en"); err != nil || rows != nil {
			t.Errorf("%q: %v, %v", line, rows, err)
		}
	}
}

func TestLoadPassages(t *testing.T) {
	dir := t.TempDir()
	text := "# voice\nforum | - | Does {{Acme=q}} open on Sunday?\n"
	if err := os.WriteFile(filepath.Join(dir, "it-x-01.txt"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := LoadPassages(dir)
	if err != nil || len(rows) != 1 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	if r := rows[0]; r.P.Lang != "it" || r.Source != "it-x-01" || !r.Own {
		t.Errorf("row %+v", r)
	}
}

func TestPlain(t *testing.T) {
	rows, err := Plain()
	if err != nil || len(rows) < 100 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
}
