//go:build !goexperiment.simd || !amd64

package train

// gemm adds A B to C: C is m x n with rows ldc apart, B is k x n with rows ldb
// apart, A's element (i, j) is a[i*ars+j*acs]. Built with GOEXPERIMENT=simd
// this is some eight times faster; the sums then differ in their last bits.
func gemm(m, n, k int, a []float32, ars, acs int, b []float32, ldb int, c []float32, ldc int) {
	gemmPlain(m, n, k, a, ars, acs, b, ldb, c, ldc)
}

// axpy adds w x to y.
func axpy(w float32, x, y []float32) {
	y = y[:len(x)]
	for i, v := range x {
		y[i] += w * v
	}
}

func tanhs(x []float32) { tanhPlain(x) }

func sigmoids(x []float32) { sigmoidPlain(x) }

func adamStep(x, g, m, v []float32, rate, shrink float32) { adamPlain(x, g, m, v, rate, shrink) }
