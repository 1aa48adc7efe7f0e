package train

import (
	"math/rand/v2"

	"earshot/classify"
)

// publicShare is the share of public rows beside own prose in the second stage:
// enough not to forget them.
const publicShare = .12

// fitNet trains the network in two stages: on everything, own prose counting
// next to nothing, then on own prose with some of the rest. Several runs of the
// second stage are averaged, weight by weight: they start at the same point, so
// their mean is as good as an ensemble and costs one network.
func fitNet(rows, dev []Row, lists Lists, o Options) (classify.Section, error) {
	ex := lists.Extractor()
	n, prints, err := firstStage(rows, ex, o)
	if err != nil {
		return classify.Section{}, err
	}
	vocab := classify.NewVocabulary(prints)
	sum := n
	for k := range o.Runs {
		run := n.clone()
		o.Say("second stage, run %d of %d", k+1, o.Runs)
		TrainNet(run, rows, ex, vocab, OwnPlan(o.Seed+uint64(k)), ownSample, o.Say)
		if k == 0 {
			sum = run
		} else {
			sum.mean(run, k) // k networks are in sum
		}
	}
	sum.calm(dev, ex, vocab)
	return sum.Section(prints)
}

// firstStage trains on all rows, or takes the result of an earlier run.
func firstStage(rows []Row, ex *classify.Extractor, o Options) (*Net, []uint32, error) {
	if o.Keep != "" {
		n, prints, found, err := loadCheckpoint(o.Keep)
		if err != nil || found {
			return n, prints, err
		}
	}
	prints, forms := BuildVocabulary(rows, ex)
	vocab := classify.NewVocabulary(prints)
	n := NewNet(DefaultNetSize, vocab.Size(), rand.New(rand.NewPCG(o.Seed, 9)))
	if o.Vectors != "" {
		found, err := n.LoadVectors(o.Vectors, vocab)
		if err != nil {
			return nil, nil, err
		}
		n.SpreadConcepts(forms, ex, vocab)
		o.Say("%d words, %d with a vector", len(prints), found)
	}
	plan := PublicPlan(o.Seed)
	plan.Epochs = o.NetEpochs
	TrainNet(n, rows, ex, vocab, plan, sample, o.Say)
	if o.Keep != "" {
		return n, prints, saveCheckpoint(o.Keep, n, prints)
	}
	return n, prints, nil
}

// ownSample draws all own prose and some of the other rows.
func ownSample(rows []Row, rng *rand.Rand) []int {
	var out []int
	for _, i := range sample(rows, rng) {
		if rows[i].Own || rng.Float64() < publicShare {
			out = append(out, i)
		}
	}
	return out
}

// clone copies a network.
func (n *Net) clone() *Net {
	c := *n
	c.dense, c.table = append([]float32(nil), n.dense...), append([]float32(nil), n.table...)
	return &c
}

// mean turns n, the mean of k networks, into the mean with one more.
func (n *Net) mean(more *Net, k int) {
	w := 1 / float32(k+1)
	for i, x := range more.dense {
		n.dense[i] += w * (x - n.dense[i])
	}
	for i, x := range more.table {
		n.table[i] += w * (x - n.table[i])
	}
}

// calm scales the network's outputs so that it is as sure as it is right on own
// dev rows. The second stage leaves it far too sure, and a mean of two
// probabilities is only as good as the surer one.
func (n *Net) calm(dev []Row, ex *classify.Extractor, vocab *classify.Vocabulary) {
	var b batch
	var sentiment, intent []judged
	for i := range dev {
		if r := &dev[i]; r.Own {
			s := n.Judge(r.P, ex, vocab, &b)
			sentiment = append(sentiment, judged{s.Sentiment[:], r.GoldSentiment})
			intent = append(intent, judged{s.Intent[:], r.GoldIntent})
		}
	}
	n.scale(1/temperature(sentiment), n.lay.sent, n.lay.sentBias)
	n.scale(1/temperature(intent), n.lay.intent, n.lay.intentBias)
}

// scale multiplies dense weights.
func (n *Net) scale(by float32, spans ...span) {
	for _, s := range spans {
		for i := range s.of(n.dense) {
			n.dense[s.at+i] *= by
		}
	}
}
