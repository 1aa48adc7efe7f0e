package classify

import (
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// The learned reader: a multinomial logistic regression over what the rules make of a text and over its words. It corrects the
// rules where they have no pattern or are misled by one. The weights come from testdata/answers (see answer_train_test.go), where
// the rules' own features are taken with two rules in five struck out at random, so that the model learns how far to trust rules
// that meet a text for the first time.

// answerOrder is the order of the labels in a row of weights.
var answerOrder = [...]string{AnswerResponded, AnswerNotResponded, AnswerResolved, AnswerPromised, AnswerSeen, AnswerNone}

// answerWeights holds the weights of one language.
type answerWeights struct {
	scale float64
	rows  map[uint32][len(answerOrder)]int8
}

const (
	answerSure  = .5 // less than this proves no answer
	answerFair  = .4 // the same for what no rule has found
	answerVery  = .8 // and that a denial means nothing
	answerNear  = 2  // sentences on either side of the deciding one that the model reads in a long text
	answerShort = 8  // texts of up to so many sentences are read whole
)

// answerModels decodes the shipped weights on first use. A language without weights is read by the rules alone.
var answerModels = sync.OnceValue(func() map[string]*answerWeights {
	src, err := answerFiles.ReadFile("answer_weights.txt")
	if err != nil {
		panic(err) // embedded: cannot be missing in a binary that was built
	}
	models, err := parseAnswerWeights(string(src))
	if err != nil {
		panic(err) // a test loads them
	}
	return models
})

// parseAnswerWeights reads lines "lang scale base64": four bytes of hash and one signed byte a label, over and over.
func parseAnswerWeights(src string) (map[string]*answerWeights, error) {
	models := map[string]*answerWeights{}
	for i, line := range strings.Split(strings.TrimSpace(src), "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(line, "#") {
			continue
		}
		if len(fields) != 3 {
			return nil, fmt.Errorf("answer_weights.txt:%d: want three fields", i+1)
		}
		scale, err := strconv.ParseFloat(fields[1], 64)
		if err != nil {
			return nil, fmt.Errorf("answer_weights.txt:%d: %w", i+1, err)
		}
		raw, err := base64.StdEncoding.DecodeString(fields[2])
		if err != nil {
			return nil, fmt.Errorf("answer_weights.txt:%d: %w", i+1, err)
		}
		const size = 4 + len(answerOrder)
		w := &answerWeights{scale: scale, rows: make(map[uint32][len(answerOrder)]int8, len(raw)/size)}
		for ; len(raw) >= size; raw = raw[size:] {
			var row [len(answerOrder)]int8
			for k := range row {
				row[k] = int8(raw[4+k])
			}
			w.rows[binary.LittleEndian.Uint32(raw)] = row
		}
		models[fields[0]] = w
	}
	return models, nil
}

// scores gives the probability of each label.
func (w *answerWeights) scores(signs []answerSign) [len(answerOrder)]float64 {
	var z [len(answerOrder)]float64
	for _, s := range signs {
		if row, ok := w.rows[s.hash]; ok {
			for k := range z {
				z[k] += float64(row[k]) * w.scale * s.value
			}
		}
	}
	return answerSoftmax(z)
}

// answerSoftmax turns scores into probabilities.
func answerSoftmax(z [len(answerOrder)]float64) [len(answerOrder)]float64 {
	top, sum := math.Inf(-1), 0.0
	for _, v := range z {
		top = math.Max(top, v)
	}
	for k, v := range z {
		z[k] = math.Exp(v - top)
		sum += z[k]
	}
	for k := range z {
		z[k] /= sum
	}
	return z
}

// answerPick gives the most probable label. "responded" must be likely, and more likely than not where the rules say
// otherwise: to call a silence an answer is the worst mistake. So must be what the rules did not find. What falls short is none.
func answerPick(p [len(answerOrder)]float64, rules string) string {
	best := 0
	for k := range p {
		if p[k] > p[best] {
			best = k
		}
	}
	label := answerOrder[best]
	need := 0.0
	switch {
	case label == AnswerResponded && rules != AnswerResponded:
		need = answerSure
	case label == AnswerResponded || rules == AnswerNone:
		need = answerFair
	}
	if p[best] < need {
		return AnswerNone
	}
	if p[best] < answerSure && label == AnswerResolved && rules == AnswerResponded {
		return rules // that it was put right, too, must be likely
	}
	return label
}

// learned lets the model confirm or correct what the rules found.
func (d *answerDoc) learned(events []answerEvent, rules Answer) Answer {
	w := answerModels()[d.table.lang]
	if w == nil || len(d.clauses) == 0 || d.compares(events) {
		return rules
	}
	near := d
	if n := len(d.clauses); d.clauses[n-1].sentence-d.clauses[0].sentence >= answerShort {
		if rules.Label == AnswerNone {
			return rules // a long text in which no rule holds: words alone prove nothing
		}
		near = d.near(rules.Start)
		events = near.answerEvents()
	}
	signs := near.answerSigns(events, rules)
	p := w.scores(signs)
	label := answerPick(p, rules.Label)
	if d.fancied(label, events, rules) {
		return rules
	}
	if label == AnswerNone && rules.Label == AnswerNotResponded && d.in.By != "stranger" && p[len(p)-1] < answerVery {
		return rules // a denial stands unless the words are plainly about something else
	}
	k := slices.Index(answerOrder[:], label)
	if label == rules.Label {
		rules.Confidence = (rules.Confidence + p[k]) / 2
		return rules
	}
	out := Answer{Label: label, Confidence: p[k], Why: d.table.lang + ".model"}
	if out.Label == AnswerNone {
		return out
	}
	c := near.evidence(w, signs, k)
	out.Start, out.End = near.clauses[c].span()
	return out
}

// fancied says whether the model's label is one that only its words suggest: a promise where no rule holds and nobody gives or gets one,
// or a mere look where the rules tell of an answer that followed it.
func (d *answerDoc) fancied(label string, events []answerEvent, rules Answer) bool {
	if d.in.By != "author" && d.in.By != "stranger" {
		return false
	}
	switch {
	case label == AnswerPromised && rules.Label == AnswerNone:
		for i := range d.clauses {
			if c := &d.clauses[i]; d.concerned(c) || d.hearsay(c) {
				return false
			}
		}
		return true
	case label == AnswerSeen && rules.Label == AnswerResponded:
		for _, look := range events {
			for _, answer := range events {
				if look.kind == "look" && (answer.kind == "answer" || answer.kind == "reply") && d.follows(look, answer) {
					return true
				}
			}
		}
	}
	return false
}

// answerThen are, by language, the words that join a look and the answer that followed it.
var answerThen = map[string][]string{"en": {" and ", " then "}, "es": {" y ", " luego ", " después "}, "it": {" e ", " poi ", " dopo "}, "zh": {"后", "就", "便", "并"}}

// follows says whether event b is told, in the sentence of a, as what came after it: "they saw the post and called me".
func (d *answerDoc) follows(a, b answerEvent) bool {
	c := &d.clauses[b.clause]
	if a.clause > b.clause || a.clause == b.clause && a.start >= b.start || d.clauses[a.clause].sentence != c.sentence {
		return false
	}
	from, to := 0, min(len(c.norm), b.start+1)
	if a.clause == b.clause {
		from = a.start
	}
	for _, w := range answerThen[d.table.lang] {
		if strings.Contains(c.norm[from:to], w) {
			return true
		}
	}
	return false
}

// compares says whether the text sets one brand against others: who is who there is for the rules to say.
func (d *answerDoc) compares(events []answerEvent) bool {
	for _, e := range events {
		if e.kind == "did_yes" || e.kind == "did_no" {
			return true
		}
	}
	for i := range d.clauses {
		if strings.Contains(d.clauses[i].norm, answerOther) {
			return true
		}
	}
	return false
}

// near gives the part of a long text round the place that decided.
func (d *answerDoc) near(at int) *answerDoc {
	home := 0
	for i := range d.clauses {
		if start, _ := d.clauses[i].span(); start <= at {
			home = d.clauses[i].sentence
		}
	}
	part := *d
	part.clauses = nil
	for _, c := range d.clauses {
		if c.sentence >= home-answerNear && c.sentence <= home+answerNear {
			part.clauses = append(part.clauses, c)
		}
	}
	return &part
}

// evidence gives the clause whose words speak most for label k.
func (d *answerDoc) evidence(w *answerWeights, signs []answerSign, k int) int {
	sum := make([]float64, len(d.clauses))
	for _, s := range signs {
		if row, ok := w.rows[s.hash]; ok && s.clause >= 0 {
			sum[s.clause] += float64(row[k])
		}
	}
	best := 0
	for i, v := range sum {
		if v > sum[best] {
			best = i
		}
	}
	return best
}
