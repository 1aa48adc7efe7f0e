package daemon

import (
	"encoding/json"
	"strings"
	"testing"
	"testing/synctest"

	"earshot"
	"earshot/config"
)

func TestCorrectionsAreExportedAsTrainingData(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		defer f.stop()
		f.tell()
		c := f.someCase()
		if err := f.do(earshot.Action{ID: "x", Case: c.ID, Verb: earshot.VerbCorrect, Actor: "ana", Args: earshot.Args{Intent: earshot.Compliment}}); err != nil {
			t.Fatal(err)
		}
		cfg, _ := config.Load(f.path, config.Options{NoSecrets: true})
		var out strings.Builder
		if err := Export(t.Context(), &out, cfg, "corrections", "jsonl"); err != nil {
			t.Fatal(err)
		}
		var r struct {
			Record, Text, Lang, Sentiment, Intent, Was, Actor, At, Domain, Split string
			Target                                                               struct {
				Text       string
				Start, End int
			}
		}
		if err := json.Unmarshal([]byte(out.String()), &r); err != nil {
			t.Fatalf("%v in %s", err, out.String())
		}
		if r.Record != "corrections" || r.Intent != "compliment" || r.Sentiment != "positive" || r.Was != "complaint" || r.Actor != "ana" || r.At == "" || r.Lang == "" || r.Domain != "blog" {
			t.Errorf("%+v", r)
		}
		if runes := []rune(r.Text); r.Target.End > len(runes) || string(runes[r.Target.Start:r.Target.End]) != r.Target.Text || r.Target.Text == "" {
			t.Errorf("the target is not where it says: %+v", r.Target)
		}
	})
}
