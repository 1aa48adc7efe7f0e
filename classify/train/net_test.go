package train

import (
	"math"
	"math/rand/v2"
	"testing"

	"earshot/classify"
)

// TestGradients checks the hand-written backward pass against central
// differences, weight by weight, on a tiny network.
func TestGradients(t *testing.T) {
	z := NetSize{Vector: 5, Input: 4, Hidden: 3, Attention: 4, Sentiment: 4, Intent: 5}
	rng := rand.New(rand.NewPCG(7, 7))
	n := NewNet(z, 12, rng)
	for i := range n.table {
		n.table[i] = float32(rng.NormFloat64())
	}
	ex := []*example{
		{in: tinyInput(rng, 5, 2), sentiment: one(2, 3, 1), intent: one(0, 5, 1)},
		{in: tinyInput(rng, 3, -1), sentiment: one(0, 3, 2), intent: Target{Allowed: 0b11100, Support: 0b11111, Weight: .5}},
		{in: tinyInput(rng, 1, 0), sentiment: Target{Allowed: 1, Support: 0b101, Weight: 1}},
	}
	var b batch
	var g gradients
	loss := func() float64 {
		n.forward(&b, ex, dropout{}, nil)
		var scratch gradients
		scratch.reset(n)
		return n.lossGradient(&b, &scratch)
	}
	n.forward(&b, ex, dropout{}, nil)
	n.backward(&b, &g)
	dense := append([]float32(nil), g.dense...)
	for i := range n.dense {
		checkGradient(t, "dense", i, &n.dense[i], dense[i], loss)
	}
	for r, at := range g.rows {
		for k := range z.Vector {
			checkGradient(t, "table", int(r), &n.table[int(r)*z.Vector+k], g.table[at*z.Vector+k], loss)
		}
	}
}

func checkGradient(t *testing.T, what string, i int, w *float32, got float32, loss func() float64) {
	t.Helper()
	const h = 4e-3
	old := *w
	*w = old + h
	up := loss()
	*w = old - h
	down := loss()
	*w = old
	want := (up - down) / (2 * h)
	if d := math.Abs(want - float64(got)); d > 3e-3+.02*math.Abs(want) {
		t.Errorf("%s %d: gradient %g, differences say %g", what, i, got, want)
	}
}

func tinyInput(rng *rand.Rand, tokens, target int) classify.NetInput {
	in := classify.NetInput{Target: target, Channel: rng.IntN(classify.ChannelCount), Lang: rng.IntN(3)}
	for range tokens {
		in.Tokens = append(in.Tokens, classify.NetToken{Rows: []int32{int32(rng.IntN(12)), int32(rng.IntN(12))}, Weights: []float32{1, .5},
			Position: rng.IntN(classify.NetPositions), Shape: uint16(rng.IntN(1 << classify.NetShapes)), Extra: [classify.NetExtras]float32{.2, .3}})
	}
	for i := range in.Dense {
		in.Dense[i] = rng.Float32()
	}
	return in
}
