package train

import (
	"os"
	"path/filepath"
	"testing"

	"earshot/classify"
)

// exported are lines of `earshot export corrections --format jsonl`: a label, a
// label without a sentiment, and "not about us", which teaches nothing.
const exported = `{"record":"corrections","story":7,"brand":"Norvane","was":"complaint","intent":"compliment","sentiment":"positive","ours":true,"actor":"ana","at":"2026-11-20T09:00:00Z","url":"http://blog.example/p","lang":"it","text":"È così: Norvane mi ha lasciato senza parole.","target":{"text":"Norvane","start":8,"end":15},"domain":"blog","split":"train","kind":"post"}
{"record":"corrections","story":8,"brand":"Norvane","was":"none","intent":"question","sentiment":null,"ours":true,"actor":"ben","at":"2026-11-20T09:00:00Z","url":"","lang":"en","text":"Norvane on Sundays, anyone?","target":{"text":"Norvane","start":0,"end":7},"domain":"blog","split":"train","kind":"comment"}
{"record":"corrections","story":9,"brand":"Norvane","was":"complaint","intent":"","sentiment":null,"ours":false,"actor":"ana","at":"2026-11-20T09:00:00Z","url":"","lang":"","text":"","domain":"blog","split":"train","kind":""}
`

func TestFitReadsExportedCorrections(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "corrections.jsonl"), []byte(exported), 0o600); err != nil {
		t.Fatal(err)
	}
	rows, err := Load(Options{Data: dir, Permissive: true})
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	first, second := rows[0], rows[1]
	if p := first.P; p.Text[p.Start:p.End] != "Norvane" || p.Channel != "blog" || p.Lang != "it" || first.GoldIntent != Compliment || first.GoldSentiment != Positive {
		t.Errorf("%+v", first)
	}
	if second.GoldIntent != indexOf(IntentNames, "question") || second.GoldSentiment != -1 || second.Dev {
		t.Errorf("%+v", second)
	}
	b, err := Fit(append(smallRows(t), rows...), Options{Seed: 3, LinearEpochs: 1, Say: func(string, ...any) {}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := classify.LoadModel(b); err != nil {
		t.Error(err)
	}
}
