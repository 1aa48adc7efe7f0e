package train

import (
	"math/rand/v2"
	"sort"

	"earshot/classify"
)

// NetPlan says how a network is trained.
type NetPlan struct {
	Epochs  int
	Dense   float64 // peak rate of the dense weights
	Vectors float64 // peak rate of the vectors; 0 freezes them and their projection
	Seed    uint64
	Drop    dropout
	Own     float32 // scales the weights of own prose
}

// PublicPlan is the first stage: all rows, from nothing.
func PublicPlan(seed uint64) NetPlan {
	return NetPlan{Epochs: 4, Dense: 1.5e-3, Vectors: 8e-4, Seed: seed, Drop: dropout{vector: .3, token: .08, feature: .4}, Own: .02}
}

// OwnPlan is the second stage: the words stay as they are.
func OwnPlan(seed uint64) NetPlan {
	return NetPlan{Epochs: 5, Dense: 1.5e-3, Seed: seed, Drop: dropout{vector: .3, token: .1, feature: .4}, Own: 1}
}

const (
	batchSize = 64
	poolSize  = 40 // batches that are sorted by length together
	emaLimit  = .985
)

// reader turns rows into examples, changed a little every time.
type reader struct {
	ex    *classify.Extractor
	vocab *classify.Vocabulary
	rng   *rand.Rand
	calm  []int // own rows that judge nothing, by index: for padding
	rows  []Row
	own   float32
}

func newReader(rows []Row, ex *classify.Extractor, vocab *classify.Vocabulary, rng *rand.Rand) *reader {
	r := &reader{ex: ex, vocab: vocab, rng: rng, rows: rows}
	for i := range rows {
		if rows[i].Own && rows[i].GoldIntent == None {
			r.calm = append(r.calm, i)
		}
	}
	return r
}

// example reads one row for training.
func (r *reader) example(row *Row) *example {
	p := augment(row, r.rng)
	if p.End == 0 && r.rng.IntN(4) == 0 {
		p = pseudoTarget(p, r.rng)
	}
	if row.Own && len(r.calm) > 0 && r.rng.IntN(8) == 0 {
		p = r.pad(p)
	}
	if r.rng.IntN(10) == 0 {
		p.Channel = ""
	}
	e := &example{in: r.ex.Net(p, r.vocab), sentiment: row.Sentiment, intent: row.Intent}
	if row.Own {
		e.sentiment.Weight *= r.own
		e.intent.Weight *= r.own
	}
	return e
}

// pad puts a passage that judges nothing, in the same language, before or
// after p: posts go on about other things.
func (r *reader) pad(p classify.Passage) classify.Passage {
	for range 8 {
		other := r.rows[r.calm[r.rng.IntN(len(r.calm))]].P
		if other.Lang != p.Lang || other.Text == p.Text {
			continue
		}
		if r.rng.IntN(2) == 0 {
			p.Text += "\n" + other.Text
			return p
		}
		shift := len(other.Text) + 1
		p.Text = other.Text + "\n" + p.Text
		p.Start, p.End = p.Start+shift, p.End+shift
		p.Others = shifted(p.Others, shift)
		return p
	}
	return p
}

func shifted(spans [][2]int, by int) (out [][2]int) {
	for _, s := range spans {
		out = append(out, [2]int{s[0] + by, s[1] + by})
	}
	return out
}

// pseudoTarget makes a random capitalised word, tag or handle the target: the
// only way some languages ever show one.
func pseudoTarget(p classify.Passage, rng *rand.Rand) classify.Passage {
	var spans [][2]int
	start := -1
	for i := 0; i <= len(p.Text) && i < 1200; i++ {
		if i < len(p.Text) && p.Text[i] > ' ' {
			if start < 0 {
				start = i
			}
			continue
		}
		if start >= 0 && i-start >= 3 && markedWord(p.Text[start:i]) {
			spans = append(spans, [2]int{start, i})
		}
		start = -1
	}
	if len(spans) == 0 {
		return p
	}
	s := spans[rng.IntN(len(spans))]
	p.Start, p.End = s[0], s[1]
	return p
}

// markedWord tells whether a word could be a name.
func markedWord(w string) bool {
	if w[0] == '#' || w[0] == '@' {
		return true
	}
	if w[0] < 'A' || w[0] > 'Z' {
		return false
	}
	for i := range len(w) {
		if c := w[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// TrainNet trains n on rows and leaves the average of its weights in it.
func TrainNet(n *Net, rows []Row, ex *classify.Extractor, vocab *classify.Vocabulary, plan NetPlan, draw func([]Row, *rand.Rand) []int, say func(string, ...any)) {
	rng := rand.New(rand.NewPCG(plan.Seed, 2))
	read := newReader(rows, ex, vocab, rng)
	read.own = plan.Own
	first := draw(rows, rng)
	opt := newOptimiser(n, plan.Epochs*(len(first)/batchSize+1), plan.Dense, plan.Vectors)
	avg := newAverage(n)
	run := &netRun{net: n, opt: opt, avg: avg, rng: rng, plan: plan}
	for e := range plan.Epochs {
		order := first
		if e > 0 {
			order = draw(rows, rng)
		}
		loss := 0.0
		for lo := 0; lo < len(order); lo += batchSize * poolSize {
			loss += run.pool(read, order[lo:min(len(order), lo+batchSize*poolSize)])
		}
		say("net epoch %d: %d rows, mean loss %.4f", e+1, len(order), loss/float64(len(order)/batchSize+1))
	}
	copy(n.dense, avg.net.dense)
	copy(n.table, avg.net.table)
}

// netRun is the state of one training run.
type netRun struct {
	net  *Net
	opt  *optimiser
	avg  *average
	rng  *rand.Rand
	plan NetPlan
	b    batch
	g    gradients
}

// pool trains on some rows in batches of similar length.
func (u *netRun) pool(read *reader, rows []int) float64 {
	list := make([]*example, 0, len(rows))
	for _, i := range rows {
		if ex := read.example(&read.rows[i]); len(ex.in.Tokens) > 0 {
			list = append(list, ex)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return len(list[i].in.Tokens) < len(list[j].in.Tokens) })
	var starts []int
	for lo := 0; lo < len(list); lo += batchSize {
		starts = append(starts, lo)
	}
	u.rng.Shuffle(len(starts), func(i, j int) { starts[i], starts[j] = starts[j], starts[i] })
	loss := 0.0
	for _, lo := range starts {
		u.net.forward(&u.b, list[lo:min(len(list), lo+batchSize)], u.plan.Drop, u.rng)
		loss += u.net.backward(&u.b, &u.g)
		u.opt.update(u.net, &u.g)
		if u.opt.step%averageEvery == 0 {
			u.avg.update(u.net, emaLimit, u.plan.Vectors > 0)
		}
	}
	return loss
}

// Judge returns the network's probabilities for one passage, in floats: what
// the quantised network of the model file approximates.
func (n *Net) Judge(p classify.Passage, ex *classify.Extractor, vocab *classify.Vocabulary, b *batch) (s classify.Scores) {
	in := ex.Net(p, vocab)
	if len(in.Tokens) == 0 {
		return s
	}
	n.forward(b, []*example{{in: in}}, dropout{}, nil)
	softmaxTo(b.sent, s.Sentiment[:])
	softmaxTo(b.intent, s.Intent[:])
	return s
}

func softmaxTo(z []float32, out []float64) {
	sum := float32(0)
	top := z[0]
	for _, x := range z {
		top = max(top, x)
	}
	for _, x := range z {
		sum += exp32(x - top)
	}
	for k, x := range z {
		out[k] = float64(exp32(x-top) / sum)
	}
}
