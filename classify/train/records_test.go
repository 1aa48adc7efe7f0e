package train

import (
	"strings"
	"testing"
)

func TestReadRecords(t *testing.T) {
	in := `{"lang":"zh","text":"等了很久，顺丰没来","target":{"text":"顺丰","start":5,"end":7},"sentiment":"negative","domain":"review","split":"train"}
{"lang":"en","text":"@acme why?","target":{"text":"acme"},"sentiment":null,"intent":"neither","domain":"tweet","split":"dev"}
{"lang":"en","text":"nothing to learn","sentiment":null,"domain":"tweet","split":"train"}
`
	rows, err := readRecords(strings.NewReader(in), "complaints", false)
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 2 {
		t.Fatalf("%d rows, want 2", len(rows))
	}
	if p := rows[0].P; p.Text[p.Start:p.End] != "顺丰" {
		t.Errorf("target %q", p.Text[p.Start:p.End])
	}
	if r := rows[1]; !r.Dev || r.P.End != 0 || r.Intent.Allowed&bit(Complaint) != 0 || r.GoldIntent != None {
		t.Errorf("row %+v", r)
	}
	if _, err := readRecords(strings.NewReader("{broken"), "x", false); err == nil {
		t.Error("broken line gives no error")
	}
}

func TestBinarySetsHaveNoNeutral(t *testing.T) {
	s := "positive"
	rec := record{Text: "好", Sentiment: &s, Domain: "review", Lang: "zh"}
	row, ok := rec.row("htl_zh", false)
	if !ok || row.Sentiment.Support&bit(Neutral) != 0 || row.Intent.Allowed != bit(Compliment) {
		t.Errorf("row %+v, %v", row, ok)
	}
}

func TestMaskedGradient(t *testing.T) {
	var g [3]float32
	loss := maskedGradient([]float32{1, 50, 1}, Target{Allowed: 1, Support: 0b101, Weight: 1}, g[:])
	if g[1] != 0 || g[0] != -.5 || g[2] != .5 || loss < .69 || loss > .7 {
		t.Errorf("gradient %v, loss %g", g, loss)
	}
}

func TestSplitKeepsDevTextsOut(t *testing.T) {
	rows := []Row{{Dev: true}, {}, {}}
	rows[0].P.Text, rows[1].P.Text, rows[2].P.Text = "Same text, @you!", "same TEXT", "other"
	fit, dev := Split(rows)
	if len(dev) != 1 || len(fit) != 1 || fit[0].P.Text != "other" {
		t.Errorf("fit %v, dev %v", fit, dev)
	}
}

func TestTally(t *testing.T) {
	tally := &Tally{Names: SentimentNames}
	tally.Add([]float64{.7, .2, .1}, Negative)
	tally.Add([]float64{.5, .3, .2}, Neutral)
	if tally.Accuracy() != .5 || tally.kept != 1 || tally.ok != 1 {
		t.Errorf("accuracy %g, kept %d, right %d", tally.Accuracy(), tally.kept, tally.ok)
	}
	if f := tally.MacroF1(); f < .33 || f > .34 {
		t.Errorf("macro-F1 %g", f)
	}
}
