package classify

import (
	"math"
	"math/rand/v2"
	"testing"
)

func randoms(r *rand.Rand, n int, scale float32) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = scale * float32(r.NormFloat64())
	}
	return out
}

// TestFastMathIsPlainMath compares what the machine's wide registers compute
// with the plain loops, for every length up to 140.
func TestFastMathIsPlainMath(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	near := func(what string, n int, got, want []float32) {
		t.Helper()
		for i := range want {
			if math.Abs(float64(got[i]-want[i])) > 2e-5 {
				t.Errorf("%s of %d: %v, want %v", what, n, got, want)
				return
			}
		}
	}
	for n := range 140 {
		x0, x1, w := randoms(r, n, 1), randoms(r, n, 1), randoms(r, 4*n, 1)
		got, want := make([]float32, 8), make([]float32, 8)
		block24(x0, x1, w, got[:4], got[4:])
		plainBlock24(x0, x1, w, want[:4], want[4:])
		near("block24", n, got, want)
		quad(w, x0, got[:4])
		plainQuad(w, x0, want[:4])
		near("quad", n, got[:4], want[:4])
		x := randoms(r, n, 5)
		want = make([]float32, n)
		for i, v := range x {
			want[i] = Tanh(v)
		}
		tanhs(x)
		near("tanhs", n, x, want)
	}
	wild := []float32{-100, 100, 8.5, -8.5, 0, 1e-30, float32(math.Inf(1)), float32(math.Inf(-1))}
	tanhs(wild)
	for i, want := range []float32{-1, 1, 1, -1, 0, 0, 1, -1} {
		if math.Abs(float64(wild[i]-want)) > 1e-6 {
			t.Errorf("tanh of extreme %d is %g, want %g", i, wild[i], want)
		}
	}
}
