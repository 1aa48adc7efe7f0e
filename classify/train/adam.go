package train

import "math"

// Constants of AdamW (Loshchilov and Hutter 2019).
const (
	beta1, beta2 = .9, .98
	adamEpsilon  = 1e-8
	decay        = .01
	clipNorm     = 2
)

// optimiser keeps the moments of a network's weights. The table's are updated
// only where a batch touched it (lazy Adam).
type optimiser struct {
	m, v           []float32 // dense
	tm, tv         []float32 // table
	step           int
	dense, vectors float64 // peak rates
	steps, warm    int     // of the schedule
	// fixed are the words' rows of the projection, if the words are frozen: two
	// networks that share a table must share them.
	fixed []float32
}

func newOptimiser(n *Net, steps int, dense, vectors float64) *optimiser {
	o := &optimiser{m: make([]float32, len(n.dense)), v: make([]float32, len(n.dense)), dense: dense, vectors: vectors, steps: steps, warm: min(300, steps/5+1)}
	if vectors == 0 {
		o.fixed = append(o.fixed, n.projection()...)
		return o
	}
	o.tm, o.tv = make([]float32, len(n.table)), make([]float32, len(n.table))
	return o
}

// projection is what turns a word's vector into the network's input.
func (n *Net) projection() []float32 {
	return n.lay.proj.of(n.dense)[:n.size.Vector*n.size.Input]
}

// share is the schedule: a linear warm-up, then a cosine down to 5 %.
func (o *optimiser) share() float64 {
	if o.step < o.warm {
		return float64(o.step) / float64(o.warm)
	}
	x := float64(o.step-o.warm) / float64(max(1, o.steps-o.warm))
	return .05 + .95*.5*(1+math.Cos(math.Pi*min(1, x)))
}

// update applies the gradients of one batch.
func (o *optimiser) update(n *Net, g *gradients) {
	o.step++
	clip(g)
	fix := math.Sqrt(1-math.Pow(beta2, float64(o.step))) / (1 - math.Pow(beta1, float64(o.step)))
	rate := o.dense * o.share()
	adamStep(n.dense, g.dense, o.m, o.v, float32(rate*fix), float32(rate*decay))
	if o.fixed != nil {
		copy(n.projection(), o.fixed)
		return
	}
	rate = o.vectors * o.share() * fix
	w := n.size.Vector
	for at, r := range g.order {
		lo := int(r) * w
		adamStep(n.table[lo:lo+w], g.table[at*w:][:w], o.tm[lo:lo+w], o.tv[lo:lo+w], float32(rate), 0)
	}
}

// clip scales the dense gradient down to clipNorm.
func clip(g *gradients) {
	sum := 0.0
	for _, d := range g.dense {
		sum += float64(d) * float64(d)
	}
	if norm := math.Sqrt(sum); norm > clipNorm {
		f := float32(clipNorm / norm)
		for i := range g.dense {
			g.dense[i] *= f
		}
		for i := range g.table {
			g.table[i] *= f
		}
	}
}

// average is an exponential moving average of all weights: what is shipped.
type average struct {
	net *Net
	n   int
}

func newAverage(n *Net) *average { return &average{net: n.clone()} }

// averageEvery is how many steps lie between two updates of the average.
const averageEvery = 16

// update moves the average towards n, with decay min(limit, k/(k+9)); words tells
// whether the table moves at all.
func (a *average) update(n *Net, limit float64, words bool) {
	a.n++
	w := float32(1 - min(limit, float64(a.n)/float64(a.n+9)))
	for i, x := range n.dense {
		a.net.dense[i] += w * (x - a.net.dense[i])
	}
	if !words {
		return
	}
	for i, x := range n.table {
		a.net.table[i] += w * (x - a.net.table[i])
	}
}
