package train

import (
	"math"

	"earshot/classify"
)

// gemmPlain is gemm without vector instructions.
func gemmPlain(m, n, k int, a []float32, ars, acs int, b []float32, ldb int, c []float32, ldc int) {
	for i := range m {
		row := c[i*ldc:][:n]
		for p := range k {
			x := a[i*ars+p*acs]
			if x == 0 {
				continue
			}
			for j, y := range b[p*ldb:][:n] {
				row[j] += x * y
			}
		}
	}
}

// transpose writes the n x m transpose of the m x n matrix a.
func transpose(a []float32, m, n int, out []float32) {
	for i := range m {
		for j := range n {
			out[j*m+i] = a[i*n+j]
		}
	}
}

// dot is the inner product.
func dot(a, b []float32) float32 {
	var s0, s1, s2, s3 float32
	b = b[:len(a)]
	i := 0
	for ; i+4 <= len(a); i += 4 {
		s0 += a[i] * b[i]
		s1 += a[i+1] * b[i+1]
		s2 += a[i+2] * b[i+2]
		s3 += a[i+3] * b[i+3]
	}
	for ; i < len(a); i++ {
		s0 += a[i] * b[i]
	}
	return s0 + s1 + s2 + s3
}

// tanhPlain and sigmoidPlain replace every value by its function.
func tanhPlain(x []float32) {
	for i, v := range x {
		x[i] = classify.Tanh(v)
	}
}

func sigmoidPlain(x []float32) {
	for i, v := range x {
		x[i] = classify.Sigmoid(v)
	}
}

// adamPlain is one step of AdamW: moments m and v, weights x, gradients g.
func adamPlain(x, g, m, v []float32, rate, shrink float32) {
	for i, d := range g {
		m[i] = beta1*m[i] + (1-beta1)*d
		v[i] = beta2*v[i] + (1-beta2)*d*d
		x[i] -= rate*m[i]/(float32(math.Sqrt(float64(v[i])))+adamEpsilon) + shrink*x[i]
	}
}
