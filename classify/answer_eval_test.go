package classify

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"
)

// First-look scores, macro-F1 / share of texts wrongly called responded: each batch was written before the rules had seen it and scored
// once, before its misses were looked at. Only these figures say how the rules do on new sentences; the rules have since learnt from
// every batch, so the floors below only keep what was reached. Batch 1 was written beside the rules. Batches 2, 3, 4, 6, 7 and 10 were
// made hard on purpose (idioms, hearsay, broken promises); batches 5, 8, 9 and 11 are everyday wording.
//
//	batch   en          es          it          zh
//	1       .843/.075   .867/.000   .903/.000   .901/.025
//	2       .767/.068   .709/.091   .717/.045   .730/.068
//	3       .897/.024   .818/.048   .758/.095   .765/.119
//	4       .656/.073   .744/.049   .723/.073   .846/.049
//	5       .862/.000   .903/.000   .902/.000   .883/.024
//	6       .782/.024   .802/.071   .751/.071   .922/.048
//	7       .807/.025   .788/.050   .821/.000   .799/.025
//	8       1.00/.000   1.00/.000   .975/.024   .931/.000
//	9       .827/.033   .854/.033   .899/.000   .779/.067
//	10      .713/.042   .749/.000   .605/.000   .662/.083
//	11      1.00/.000   1.00/.000   .943/.000   1.00/.000
//
// Batches 12 to 20 are by another writer, who had not seen the rules. Rules alone / rules with the model (answer_model.go), which was
// trained on the batches before; 12 to 14, 16 and 17 are full of idioms, 15 and 18 to 20 are everyday wording. The model replaced
// the rules after batch 17, so batches 18 to 20 were scored as shipped then. From batches 12 to 18 the rules learnt only two things, a
// stranger's own case and a denial inside what was answered; their misses went into the model.
//
//	batch   en                     es                     it                     zh
//	12      .856/.000  .872/.017   .758/.033  .831/.017   .812/.050  .790/.050   .720/.100  .731/.083
//	13      .791/.050  .855/.025   .540/.125  .734/.075   .718/.025  .777/.000   .616/.075  .695/.075
//	14      .644/.066  .751/.033   .602/.066  .692/.033   .529/.049  .601/.049   .563/.033  .671/.033
//	15      .880/.033  .939/.017   .816/.050  .915/.017   .849/.033  .817/.033   .862/.050  .878/.017
//	16      .751/.052  .797/.034   .694/.017  .792/.000   .743/.034  .787/.000   .813/.017  .925/.000
//	17      .754/.025  .816/.000   .610/.025  .739/.025   .689/.050  .780/.025   .696/.050  .746/.000
//	18                 .977/.000              .902/.000              .954/.000              .953/.000
//	19                 .882/.000              .876/.000              .890/.000              .948/.000
//	20                 .810/.000              .868/.000              .898/.000              .902/.033
//
// Batches 21 and 22 are by a third writer, everyday voices with many company comments; scored as shipped before anything learnt from them.
//
//	21                 .803/.000              .764/.030              .728/.045              .954/.000
//	22                 .770/.030              .755/.061              .807/.015              .730/.030

// answerCase is one row of testdata/answers.
type answerCase struct {
	Batch  int      `json:"batch"`
	Label  string   `json:"label"`
	By     string   `json:"by"`
	Brand  string   `json:"brand"`
	Text   string   `json:"text"`
	At     string   `json:"at"`
	Due    string   `json:"due"`
	Others []string `json:"others"`
}

func answerCases(t testing.TB, lang string) []answerCase {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "answers", lang+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var cases []answerCase
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var c answerCase
		if err := json.Unmarshal(lines.Bytes(), &c); err != nil {
			t.Fatalf("%s: %v: %s", lang, err, lines.Text())
		}
		cases = append(cases, c)
	}
	return cases
}

func (c answerCase) input(t testing.TB, lang string) AnswerInput {
	in := AnswerInput{Text: c.Text, Brand: c.Brand, Lang: lang, By: c.By, Others: c.Others}
	if c.At != "" {
		at, err := time.Parse(time.RFC3339, c.At)
		if err != nil {
			t.Fatal(err)
		}
		in.At = at
	}
	return in
}

// answerScore counts what was said against what is true.
type answerScore struct {
	confusion map[[2]string]int
	n         int
}

func (s *answerScore) add(want, got string) {
	if s.confusion == nil {
		s.confusion = map[[2]string]int{}
	}
	s.confusion[[2]string{want, got}]++
	s.n++
}

// macro gives the mean F1 over the labels that occur, and the share of all texts wrongly called responded.
func (s *answerScore) macro() (f1, wrongResponded float64) {
	labels := map[string]bool{}
	for k := range s.confusion {
		labels[k[0]] = true
	}
	for label := range labels {
		var tp, fp, fn float64
		for k, n := range s.confusion {
			switch {
			case k[0] == label && k[1] == label:
				tp += float64(n)
			case k[1] == label:
				fp += float64(n)
			case k[0] == label:
				fn += float64(n)
			}
		}
		if tp > 0 {
			f1 += 2 * tp / (2*tp + fp + fn)
		}
		if label == AnswerResponded {
			wrongResponded = fp / float64(s.n)
		}
	}
	return f1 / float64(len(labels)), wrongResponded
}

func TestAnswerFloors(t *testing.T) {
	for _, lang := range []string{"en", "es", "it", "zh"} {
		t.Run(lang, func(t *testing.T) {
			var all answerScore
			batches := map[int]*answerScore{}
			for _, c := range answerCases(t, lang) {
				in := c.input(t, lang)
				got := ReadAnswer(in)
				if batches[c.Batch] == nil {
					batches[c.Batch] = &answerScore{}
				}
				batches[c.Batch].add(c.Label, got.Label)
				all.add(c.Label, got.Label)
				if got.Label != c.Label && os.Getenv("ANSWER_MISSES") != "0" {
					t.Logf("batch %d want %s got %s (%s) by=%s brand=%s: %s", c.Batch, c.Label, got.Label, got.Why, c.By, c.Brand, c.Text)
				}
				if c.Due != "" && got.Label == AnswerPromised && !strings.HasPrefix(got.Due.Format(time.RFC3339), c.Due) {
					t.Errorf("batch %d due want %s got %s (%q): %s", c.Batch, c.Due, got.Due, got.DueText, c.Text)
				}
			}
			var keys []int
			for k := range batches {
				keys = append(keys, k)
			}
			sort.Ints(keys)
			for _, k := range keys {
				f1, wrong := batches[k].macro()
				t.Logf("%s batch %d: n=%d macro-F1 %.3f wrong responded %.3f", lang, k, batches[k].n, f1, wrong)
			}
			f1, wrong := all.macro()
			if msg := fmt.Sprintf("%s: macro-F1 %.3f, wrong responded %.3f", lang, f1, wrong); f1 < .90 || wrong > .02 {
				t.Error(msg)
			}
		})
	}
}
