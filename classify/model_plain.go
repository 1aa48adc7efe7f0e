//go:build !amd64

package classify

// block24 is eight inner products: of x0 and x1 with four rows of w.
func block24(x0, x1, w, y0, y1 []float32) { plainBlock24(x0, x1, w, y0, y1) }

// quad writes the inner products of x with four rows of w to y.
func quad(w, x, y []float32) { plainQuad(w, x, y) }

// tanhs applies Tanh to every number of x.
func tanhs(x []float32) {
	for i, v := range x {
		x[i] = Tanh(v)
	}
}
