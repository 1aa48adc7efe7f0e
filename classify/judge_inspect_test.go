package classify

import (
	"testing"

	"earshot"
)

func TestInspectShowsWhatDecided(t *testing.T) {
	c := newJudge(t, "Norvane", "Telmora")
	in := c.Inspect(earshot.Entry{Text: "Norvane left me waiting three hours by the road.\n\nA Telmora shop opened."})
	if in.Lang != "en" || len(in.Found) != 2 || len(in.Found[0].Passages) != 1 {
		t.Fatalf("%+v", in)
	}
	run := in.Found[0].Passages[0]
	if len(run.Words) == 0 || len(run.Sentiment) != 3 || len(run.Intent) != 5 || in.Found[0].Mention.Verdict.Intent == "" {
		t.Errorf("%+v", run)
	}
	for _, w := range run.Words {
		if run.Text[w.Start:w.End] != w.Text {
			t.Errorf("%+v does not stand in %q", w, run.Text)
		}
	}
	if none := c.Inspect(earshot.Entry{Text: "Nobody is named here, and nothing works."}); none.Text == nil || none.Text.Verdict == nil {
		t.Errorf("%+v", none)
	}
	c.Inspect(earshot.Entry{})
}
