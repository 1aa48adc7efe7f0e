package train

import (
	"math/rand/v2"

	"earshot/classify"
)

// publicShare is the share of public rows beside own prose in the second stage:
// enough not to forget them.
const publicShare = .12

// fitNet trains the network in two stages. The first reads everything, own prose
// counting next to nothing; its weights read all channels but blog prose. The
// second goes on from there, on own prose with some of the rest, and gives the
// weights for blog prose. Words and their projection stay as the first stage
// left them: the two share them, and own prose is too little to move a hundred
// numbers a word (it learns single words by heart). Several second stages differ
// by their seeds; the mean of what they say counts.
func fitNet(rows, dev []Row, lists Lists, o Options) ([]classify.Section, error) {
	ex := lists.Extractor()
	public, prints, err := firstStage(rows, ex, o)
	if err != nil {
		return nil, err
	}
	vocab := classify.NewVocabulary(prints)
	var prose []*Net
	for k := range o.Readers {
		n := public.clone()
		o.Say("second stage, network %d of %d", k+1, o.Readers)
		TrainNet(n, rows, ex, vocab, OwnPlan(o.Seed+uint64(k)), ownSample, o.Say)
		n.calm(dev, ex, vocab)
		prose = append(prose, n)
	}
	return sections(public, prose, prints)
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
