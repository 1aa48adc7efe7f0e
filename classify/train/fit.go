package train

import (
	"fmt"
	"os"
	"strings"
	"unicode"

	"earshot/classify"
)

// Options says what a model is built from.
type Options struct {
	// Data is a folder of labelled JSON Lines; empty for none.
	Data string
	// Passages is a folder of labelled passages; empty for none.
	Passages string
	// Plain adds the plain sentences that are built in.
	Plain bool
	// Permissive leaves out sets without a permissive notice.
	Permissive bool
	Seed       uint64
	// LinearEpochs is the number of passes of the linear model.
	LinearEpochs int
	// NetEpochs is the number of passes of the network's first stage; 0 builds a
	// linear model only. Readers is how many networks read blog prose.
	NetEpochs, Readers int
	// Vectors is a file of word vectors to start from (see LoadVectors), or "".
	Vectors string
	// Keep is a file that keeps the network of the first stage; if it is there,
	// training begins with it.
	Keep string
	// Say reports progress.
	Say func(format string, args ...any)
}

// Load reads all rows the options name.
func Load(o Options) ([]Row, error) {
	var rows []Row
	if o.Data != "" {
		more, err := LoadRecords(o.Data, o.Permissive)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	if o.Passages != "" {
		more, err := LoadPassages(o.Passages)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	if o.Plain {
		more, err := Plain()
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	if len(rows) == 0 {
		return nil, fmt.Errorf("no labelled text: name a folder with --data or --passages")
	}
	return rows, nil
}

// Split separates training from dev rows. A text that stands in dev under any
// source is not trained on.
func Split(rows []Row) (fit, dev []Row) {
	seen := map[string]bool{}
	for i := range rows {
		if rows[i].Dev {
			dev = append(dev, rows[i])
			seen[letters(rows[i].P.Text)] = true
		}
	}
	for i := range rows {
		if !rows[i].Dev && !seen[letters(rows[i].P.Text)] {
			fit = append(fit, rows[i])
		}
	}
	return fit, dev
}

// letters is what two copies of a text have in common: its words in lower
// case, without web addresses, handles, digits and marks.
func letters(text string) string {
	var b strings.Builder
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if strings.HasPrefix(w, "@") || strings.HasPrefix(w, "http") {
			continue
		}
		for _, c := range w {
			if unicode.IsLetter(c) {
				b.WriteRune(c)
			}
		}
	}
	return b.String()
}

// Fit builds a model file from the rows.
func Fit(rows []Row, o Options) ([]byte, error) {
	fit, dev := Split(rows)
	Weigh(fit)
	lists, err := ReadLists()
	if err != nil {
		return nil, err
	}
	lin := NewLinear(lists.Extractor())
	lin.Fit(fit, o.LinearEpochs, o.Seed, o.Say)
	sections, err := lin.Sections()
	if err != nil {
		return nil, err
	}
	if o.NetEpochs > 0 {
		net, err := fitNet(fit, dev, lists, o)
		if err != nil {
			return nil, err
		}
		sections = append(sections, net...)
	}
	return finish(append(sections, lists.Sections()...), fit, dev, o)
}

// finish calibrates on the dev rows and joins the sections.
func finish(sections []classify.Section, fit, dev []Row, o Options) ([]byte, error) {
	mix, err := Calibrate(sections, fit, dev)
	if err != nil {
		return nil, err
	}
	o.Say("mix %+v", mix)
	return classify.EncodeFile(append(sections, classify.Section{Tag: classify.SectionMix, Payload: classify.EncodeMix(mix)})), nil
}

// WriteFile writes a model next to its place first, then moves it there.
func WriteFile(name string, b []byte) error {
	tmp := name + ".new"
	if err := os.WriteFile(tmp, b, 0o644); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	if err := os.Rename(tmp, name); err != nil {
		return fmt.Errorf("write model: %w", err)
	}
	return nil
}
