package train

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestGemm(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for _, c := range []struct{ m, n, k int }{{1, 1, 1}, {4, 16, 8}, {5, 19, 7}, {9, 33, 12}, {3, 3, 64}} {
		a, b := noise(rng, c.m*c.k), noise(rng, c.k*c.n)
		got, want := make([]float32, c.m*c.n), make([]float32, c.m*c.n)
		gemm(c.m, c.n, c.k, a, c.k, 1, b, c.n, got, c.n)
		gemmPlain(c.m, c.n, c.k, a, c.k, 1, b, c.n, want, c.n)
		at := make([]float32, len(a))
		transpose(a, c.m, c.k, at)
		twice := make([]float32, c.m*c.n)
		gemm(c.m, c.n, c.k, at, 1, c.m, b, c.n, twice, c.n)
		for i := range want {
			if math.Abs(float64(got[i]-want[i])) > 1e-4 || math.Abs(float64(twice[i]-want[i])) > 1e-4 {
				t.Fatalf("%+v at %d: %g and %g, want %g", c, i, got[i], twice[i], want[i])
			}
		}
	}
}

func noise(rng *rand.Rand, n int) []float32 {
	x := make([]float32, n)
	for i := range x {
		x[i] = float32(rng.NormFloat64())
	}
	return x
}

func BenchmarkGemm(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 1))
	x, w, y := noise(rng, 64*64), noise(rng, 64*192), make([]float32, 64*192)
	for b.Loop() {
		gemm(64, 192, 64, x, 64, 1, w, 192, y, 192)
	}
	b.ReportMetric(float64(b.N)*64*64*192/b.Elapsed().Seconds()/1e9, "GMAC/s")
}
