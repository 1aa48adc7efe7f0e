package train

import (
	"fmt"
	"io"
	"math"
	"slices"
	"sort"

	"earshot/classify"
)

// Tally counts predictions of one head over one group of rows.
type Tally struct {
	Names     []string
	confusion [8][8]int // gold, predicted
	support   uint8     // labels that may be predicted; 0 means all
	bins      [10]struct{ n, right, sum float64 }
	nll       float64
	n         int
	kept, ok  int // rows decided at keepAt and more, and right among them
}

// caseAt is p(complaint) from which the product opens a case.
const caseAt = .35

// keepAt is the confidence from which the product decides.
const keepAt = .6

// Add counts one row with probabilities p and its gold label.
func (t *Tally) Add(p []float64, gold int) {
	guess := -1
	for k := range p {
		if (t.support == 0 || t.support&bit(k) != 0) && (guess < 0 || p[k] > p[guess]) {
			guess = k
		}
	}
	t.n++
	t.confusion[gold][guess]++
	t.nll -= math.Log(max(p[gold], 1e-9))
	b := &t.bins[min(9, int(p[guess]*10))]
	b.n++
	b.sum += p[guess]
	right := guess == gold
	if right {
		b.right++
	}
	if p[guess] >= keepAt {
		t.kept++
		if right {
			t.ok++
		}
	}
}

// Accuracy is the share of rows that were right.
func (t *Tally) Accuracy() float64 {
	right := 0
	for k := range t.confusion {
		right += t.confusion[k][k]
	}
	return float64(right) / float64(max(t.n, 1))
}

// F1 is the F1 score of one label, and whether the label occurs at all.
func (t *Tally) F1(k int) (float64, bool) {
	gold, guessed := 0, 0
	for j := range t.confusion {
		gold += t.confusion[k][j]
		guessed += t.confusion[j][k]
	}
	if gold+guessed == 0 {
		return 0, false
	}
	return 2 * float64(t.confusion[k][k]) / float64(gold+guessed), gold > 0
}

// MacroF1 is the mean F1 over the labels that occur in the gold data.
func (t *Tally) MacroF1() float64 {
	sum, n := 0.0, 0.0
	for k := range t.Names {
		if f, occurs := t.F1(k); occurs {
			sum += f
			n++
		}
	}
	return sum / max(n, 1)
}

// ECE is the expected calibration error over ten bins of confidence.
func (t *Tally) ECE() float64 {
	sum := 0.0
	for _, b := range t.bins {
		sum += math.Abs(b.right - b.sum)
	}
	return sum / float64(max(t.n, 1))
}

// Report gathers the tallies of one run.
type Report struct {
	tallies map[string]*Tally
	order   []string
	// complaints counts gold complaints, those with p(complaint) >= .35, and those
	// that open a case: p(complaint) >= .35, or an intent other than none.
	complaints map[string]*[3]int
}

func newReport() *Report {
	return &Report{tallies: map[string]*Tally{}, complaints: map[string]*[3]int{}}
}

func (r *Report) add(name string, names []string, support uint8, p []float64, gold int) {
	t := r.tallies[name]
	if t == nil {
		t = &Tally{Names: names, support: support}
		r.tallies[name] = t
		r.order = append(r.order, name)
	}
	t.Add(p, gold)
}

// Evaluate scores rows with a model. judge is what the rows are judged by.
func Evaluate(rows []Row, judge func(classify.Passage) classify.Scores) *Report {
	rep := newReport()
	for i := range rows {
		rep.row(&rows[i], judge(rows[i].P))
	}
	return rep
}

func (r *Report) row(row *Row, s classify.Scores) {
	set := group(row)
	if row.GoldSentiment >= 0 {
		support := uint8(0)
		if binarySets[row.Source] {
			support = bit(Negative) | bit(Positive)
		}
		r.add("sent "+set, SentimentNames, support, s.Sentiment[:], row.GoldSentiment)
		if row.Own {
			r.add("sent own "+row.P.Lang, SentimentNames, 0, s.Sentiment[:], row.GoldSentiment)
		}
	}
	if row.Own {
		r.add("int own", IntentNames, 0, s.Intent[:], row.GoldIntent)
		r.add("int own "+row.P.Lang, IntentNames, 0, s.Intent[:], row.GoldIntent)
		r.tags(row, s)
		r.addComplaint("own", row, s)
		r.addComplaint("own "+row.P.Lang, row, s)
	}
	if row.Source == "complaints" {
		r.complaintSet(row, s)
	}
}

// tags tallies own prose by what is hard about it.
func (r *Report) tags(row *Row, s classify.Scores) {
	tags := row.Tags
	if len(tags) == 0 {
		tags = []string{"plain"}
	}
	for _, tag := range tags {
		r.add("tag sent "+tag, SentimentNames, 0, s.Sentiment[:], row.GoldSentiment)
		r.add("tag int "+tag, IntentNames, 0, s.Intent[:], row.GoldIntent)
	}
}

func (r *Report) addComplaint(name string, row *Row, s classify.Scores) {
	if row.GoldIntent != Complaint {
		return
	}
	if r.complaints[name] == nil {
		r.complaints[name] = &[3]int{}
	}
	c := r.complaints[name]
	c[0]++
	likely := s.Intent[Complaint] >= caseAt
	if likely {
		c[1]++
	}
	if likely || slices.Max(s.Intent[:]) > s.Intent[None] {
		c[2]++
	}
}

// complaintSet scores complaint against everything else.
func (r *Report) complaintSet(row *Row, s classify.Scores) {
	gold := 0
	if row.GoldIntent == Complaint {
		gold = 1
	}
	c := s.Intent[Complaint]
	r.add("int complaints", []string{"other", "complaint"}, 0, []float64{1 - c, c}, gold)
	r.addComplaint("complaints", row, s)
}

// Print writes the report as a table.
func (r *Report) Print(w io.Writer) error {
	order := append([]string(nil), r.order...)
	sort.Strings(order)
	for _, name := range order {
		t := r.tallies[name]
		line := fmt.Sprintf("%-22s n %5d  acc %5.1f  F1 %5.1f  ece %4.1f  nll %.3f  kept %3.0f%% at %5.1f ", name, t.n, 100*t.Accuracy(), 100*t.MacroF1(), 100*t.ECE(), t.nll/float64(t.n),
			100*float64(t.kept)/float64(t.n), 100*float64(t.ok)/float64(max(t.kept, 1)))
		for k, label := range t.Names {
			if f, occurs := t.F1(k); occurs {
				line += fmt.Sprintf(" %.4s %2.0f", label, 100*f)
			}
		}
		if _, err := fmt.Fprintln(w, line); err != nil {
			return err
		}
	}
	return r.printComplaints(w)
}

func (r *Report) printComplaints(w io.Writer) error {
	var names []string
	for name := range r.complaints {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		c := r.complaints[name]
		n := float64(c[0])
		if _, err := fmt.Fprintf(w, "complaint recall at .35 %-14s %4.1f%% of %d; a case opens for %4.1f%%\n", name, 100*float64(c[1])/n, c[0], 100*float64(c[2])/n); err != nil {
			return err
		}
	}
	return nil
}

// MeanF1 is the mean macro-F1 of the sentiment over the public sets.
func (r *Report) MeanF1() float64 {
	sum, n := 0.0, 0.0
	for name, t := range r.tallies {
		if len(name) > 5 && name[:5] == "sent " && name[5:min(len(name), 8)] != "own" {
			sum += t.MacroF1()
			n++
		}
	}
	return sum / max(n, 1)
}
