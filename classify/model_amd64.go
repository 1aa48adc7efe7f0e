package classify

import "golang.org/x/sys/cpu"

// wide says whether the machine has AVX2 and FMA; every amd64 has SSE2.
var wide = cpu.X86.HasAVX2 && cpu.X86.HasFMA

//go:noescape
func sseBlock(x0, x1, w, y0, y1 *float32, n int)

//go:noescape
func sseQuad(w, x, y *float32, n, stride int)

//go:noescape
func avxBlock(x0, x1, w, y0, y1 *float32, n int)

//go:noescape
func avxQuad(w, x, y *float32, n int)

//go:noescape
func sseTanh(x, c *float32, n int)

// block24 is eight inner products: of x0 and x1 with four rows of w.
func block24(x0, x1, w, y0, y1 []float32) {
	n := len(x0)
	if n == 0 || n%4 != 0 {
		plainBlock24(x0, x1, w, y0, y1)
		return
	}
	_, _, _, _ = x1[n-1], w[4*n-1], y0[3], y1[3] // checked here, not in every turn
	if wide && n%8 == 0 {
		avxBlock(&x0[0], &x1[0], &w[0], &y0[0], &y1[0], n)
		return
	}
	sseBlock(&x0[0], &x1[0], &w[0], &y0[0], &y1[0], n)
}

// quad writes the inner products of x with four rows of w to y.
func quad(w, x, y []float32) {
	n := len(x)
	even := n &^ 3
	if even == 0 {
		plainQuad(w, x, y)
		return
	}
	_, _ = w[4*n-1], y[3]
	if wide && n%16 == 0 {
		avxQuad(&w[0], &x[0], &y[0], n)
		return
	}
	sseQuad(&w[0], &x[0], &y[0], even, n)
	for k := even; k < n; k++ {
		for r := range 4 {
			y[r] += w[r*n+k] * x[k]
		}
	}
}

// tanhTable is what sseTanh reads, in its order, each number four times.
var tanhTable = func() (t [13 * 4]float32) {
	for i, c := range [13]float32{-tanhClip, tanhClip, tanhP6, tanhP5, tanhP4, tanhP3, tanhP2, tanhP1, tanhP0, tanhQ3, tanhQ2, tanhQ1, tanhQ0} {
		t[4*i], t[4*i+1], t[4*i+2], t[4*i+3] = c, c, c, c
	}
	return t
}()

// tanhs applies Tanh to every number of x.
func tanhs(x []float32) {
	even := len(x) &^ 3
	if even > 0 {
		sseTanh(&x[0], &tanhTable[0], even)
	}
	for i := even; i < len(x); i++ {
		x[i] = Tanh(x[i])
	}
}
