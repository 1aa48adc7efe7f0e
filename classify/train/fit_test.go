package train

import (
	"bytes"
	"testing"

	"earshot/classify"
)

// smallRows are the plain sentences, a fifth of them as dev.
func smallRows(t *testing.T) []Row {
	t.Helper()
	rows, err := Plain()
	if err != nil {
		t.Fatal(err)
	}
	for i := range rows {
		rows[i].Dev = i%5 == 0
	}
	return rows
}

// TestFitIsDeterministic builds a small model twice: same bytes, and the file
// judges what it was trained on. It also holds the quantised network against
// the float one.
func TestFitIsDeterministic(t *testing.T) {
	o := Options{Seed: 3, LinearEpochs: 2, NetEpochs: 1, Readers: 2, Say: func(string, ...any) {}}
	a, err := Fit(smallRows(t), o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Fit(smallRows(t), o)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("two runs with the same seed differ")
	}
	m, err := classify.LoadModel(a)
	if err != nil {
		t.Fatal(err)
	}
	rep := Evaluate(smallRows(t), m.Score)
	if acc := rep.tallies["sent own"].Accuracy(); acc < .6 {
		t.Errorf("accuracy %g on its own training text", acc)
	}
}

// TestQuantisedNetwork compares the network of the file with the floats it was
// made from.
func TestQuantisedNetwork(t *testing.T) {
	lists, err := ReadLists()
	if err != nil {
		t.Fatal(err)
	}
	rows, ex := smallRows(t), lists.Extractor()
	Weigh(rows)
	o := Options{Seed: 5, NetEpochs: 2, Say: func(string, ...any) {}}
	n, prints, err := firstStage(rows, ex, o)
	if err != nil {
		t.Fatal(err)
	}
	net, err := n.Section(prints)
	if err != nil {
		t.Fatal(err)
	}
	lin, err := NewLinear(ex).Sections()
	if err != nil {
		t.Fatal(err)
	}
	m, err := build(append(append(lin, net), lists.Sections()...), plainMix())
	if err != nil {
		t.Fatal(err)
	}
	vocab, worst := classify.NewVocabulary(prints), 0.0
	var b batch
	for i := range rows {
		_, got, _, ok := m.Parts(rows[i].P)
		want := n.Judge(rows[i].P, ex, vocab, &b)
		for k := range want.Intent {
			worst = max(worst, got.Intent[k]-want.Intent[k], want.Intent[k]-got.Intent[k])
		}
		if !ok {
			t.Fatal("the model has no network")
		}
	}
	if worst > .02 {
		t.Errorf("probabilities differ by %g", worst)
	}
}
