package train

import (
	"math"
	"math/rand/v2"

	"earshot/classify"
)

// NetSize are the widths of the network.
type NetSize struct {
	Vector    int // of a word, in training
	Input     int // of a word, after its projection
	Hidden    int // of the GRU, each way
	Attention int
	Sentiment int // hidden layer of the sentiment head
	Intent    int // hidden layer of the intent head
}

// DefaultNetSize is what the shipped model has.
var DefaultNetSize = NetSize{Vector: 100, Input: 64, Hidden: 64, Attention: 64, Sentiment: 80, Intent: 80}

// netHeads is the number of attention heads.
const netHeads = 2

// span is a matrix inside the flat vector of dense weights.
type span struct{ at, rows, cols int }

func (s span) of(p []float32) []float32 { return p[s.at : s.at+s.rows*s.cols] }

// layout says where the dense weights stand. All matrices are in x out.
type layout struct {
	proj, pos, shape, channel, lang    span
	gru                                [2]gruLayout // forward, backward
	key, query, keyBias, att, attPos   span
	feat, featBias, featChan, featLang span
	sent, sentBias, intent, intentBias span
	total                              int
}

type gruLayout struct{ in, inBias, rec, recBias span }

// features is the width of the vector that the heads read.
func (z NetSize) features() int { return 8*z.Hidden + classify.NetDense }

// newLayout lays the weights out, one after the other, in the order in which
// the model file holds them.
func newLayout(z NetSize) *layout {
	l := &layout{}
	add := func(rows, cols int) span {
		s := span{l.total, rows, cols}
		l.total += rows * cols
		return s
	}
	l.proj = add(z.Vector+classify.NetExtras, z.Input)
	l.pos, l.shape = add(classify.NetPositions, z.Input), add(classify.NetShapes, z.Input)
	l.channel, l.lang = add(classify.ChannelCount, z.Input), add(classify.NetLangs, z.Input)
	for d := range l.gru {
		l.gru[d] = gruLayout{add(z.Input, 3*z.Hidden), add(1, 3*z.Hidden), add(z.Hidden, 3*z.Hidden), add(1, 3*z.Hidden)}
	}
	l.key, l.query, l.keyBias = add(2*z.Hidden, z.Attention), add(2*z.Hidden, z.Attention), add(1, z.Attention)
	l.att, l.attPos = add(z.Attention, netHeads), add(classify.NetPositions, netHeads)
	wide := z.Sentiment + z.Intent
	l.feat, l.featBias = add(z.features(), wide), add(1, wide)
	l.featChan, l.featLang = add(classify.ChannelCount, wide), add(classify.NetLangs, wide)
	l.sent, l.sentBias = add(z.Sentiment, 3), add(1, 3)
	l.intent, l.intentBias = add(z.Intent, 5), add(1, 5)
	return l
}

// Net is the network in training.
type Net struct {
	size  NetSize
	lay   *layout
	dense []float32 // all dense weights
	table []float32 // rows of size.Vector
	// hasVector are the rows whose vector was read from a file.
	hasVector map[int]bool
}

// NewNet draws first weights: dense ones uniform by Glorot and Bengio (2010),
// vectors normal with the given deviation.
func NewNet(z NetSize, rows int, rng *rand.Rand) *Net {
	n := &Net{size: z, lay: newLayout(z), hasVector: map[int]bool{}}
	n.dense = make([]float32, n.lay.total)
	n.table = make([]float32, rows*z.Vector)
	l := n.lay
	for _, s := range []span{l.proj, l.gru[0].in, l.gru[0].rec, l.gru[1].in, l.gru[1].rec, l.key, l.query, l.att, l.feat, l.sent, l.intent} {
		limit := math.Sqrt(6 / float64(s.rows+s.cols))
		w := s.of(n.dense)
		for i := range w {
			w[i] = float32((2*rng.Float64() - 1) * limit)
		}
	}
	for _, s := range []span{l.pos, l.shape, l.channel, l.lang} {
		w := s.of(n.dense)
		for i := range w {
			w[i] = float32(rng.NormFloat64() * .05)
		}
	}
	for i := range n.table {
		n.table[i] = float32(rng.NormFloat64() * .03)
	}
	return n
}

// example is one row as the network learns it.
type example struct {
	in                classify.NetInput
	sentiment, intent Target
}

// dropout says how much is left out in training; zero values leave all in.
type dropout struct {
	vector, token, feature float32
}

// batch holds the activations of one batch, time-major: token t of sequence b
// is row t*size+b.
type batch struct {
	size, steps int
	len         []int
	ex          []*example
	e, eMask    []float32
	x           []float32
	gi          [2][]float32
	z, r, n, hn [2][]float32 // gates; hn is the recurrent part of n
	h           []float32    // both ways, side by side
	gh          []float32    // scratch of one step
	keys        []float32
	query       []float32
	att         []float32 // attention weights, netHeads a token
	f, fMask    []float32
	maxAt       []int32
	hid, hMask  []float32
	sent        []float32 // logits
	intent      []float32
	zeros       []float32
}

// grow returns a slice of n zeros, reusing the memory of s.
func grow(s []float32, n int) []float32 {
	if cap(s) < n {
		return make([]float32, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// reset sizes the batch for the given examples.
func (b *batch) reset(z NetSize, ex []*example) {
	b.ex, b.size, b.steps = ex, len(ex), 0
	b.len = b.len[:0]
	for _, e := range ex {
		b.len = append(b.len, len(e.in.Tokens))
		b.steps = max(b.steps, len(e.in.Tokens))
	}
	n, wide := b.size*b.steps, z.Sentiment+z.Intent
	b.e, b.eMask = grow(b.e, n*(z.Vector+classify.NetExtras)), grow(b.eMask, n*z.Vector)
	b.x = grow(b.x, n*z.Input)
	for d := range b.gi {
		b.gi[d] = grow(b.gi[d], n*3*z.Hidden)
		b.z[d], b.r[d], b.n[d], b.hn[d] = grow(b.z[d], n*z.Hidden), grow(b.r[d], n*z.Hidden), grow(b.n[d], n*z.Hidden), grow(b.hn[d], n*z.Hidden)
	}
	b.h, b.gh = grow(b.h, n*2*z.Hidden), grow(b.gh, b.size*3*z.Hidden)
	b.keys, b.query, b.att = grow(b.keys, n*z.Attention), grow(b.query, b.size*z.Attention), grow(b.att, n*netHeads)
	b.f, b.fMask = grow(b.f, b.size*z.features()), grow(b.fMask, b.size*z.features())
	b.hid, b.hMask = grow(b.hid, b.size*wide), grow(b.hMask, b.size*wide)
	b.sent, b.intent = grow(b.sent, b.size*3), grow(b.intent, b.size*5)
	b.zeros = grow(b.zeros, b.size*2*z.Hidden)
	if cap(b.maxAt) < b.size*2*z.Hidden {
		b.maxAt = make([]int32, b.size*2*z.Hidden)
	}
	b.maxAt = b.maxAt[:b.size*2*z.Hidden]
}
