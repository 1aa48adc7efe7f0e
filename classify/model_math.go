package classify

import "math"

// The numbers of Tanh: x P(x^2) / Q(x^2), the rational function of Eigen, error
// below 4e-7, clipped.
const (
	tanhClip float32 = 8.5
	tanhP6   float32 = -2.76076847742355e-16
	tanhP5   float32 = 2.00018790482477e-13
	tanhP4   float32 = -8.60467152213735e-11
	tanhP3   float32 = 5.12229709037114e-08
	tanhP2   float32 = 1.48572235717979e-05
	tanhP1   float32 = 6.37261928875436e-04
	tanhP0   float32 = 4.89352455891786e-03
	tanhQ3   float32 = 1.19825839466702e-06
	tanhQ2   float32 = 1.18534705686654e-04
	tanhQ1   float32 = 2.26843463243900e-03
	tanhQ0   float32 = 4.89352518554385e-03
)

// Tanh is the hyperbolic tangent as the network computes it, in training and
// in judging.
func Tanh(x float32) float32 {
	x = min(max(x, -tanhClip), tanhClip)
	y := x * x
	p := y*tanhP6 + tanhP5
	p = y*p + tanhP4
	p = y*p + tanhP3
	p = y*p + tanhP2
	p = y*p + tanhP1
	p = y*p + tanhP0
	q := y*tanhQ3 + tanhQ2
	q = y*q + tanhQ1
	q = y*q + tanhQ0
	return x * p / q
}

// Sigmoid is 1/(1+e^-x), by Tanh.
func Sigmoid(x float32) float32 { return .5*Tanh(.5*x) + .5 }

func sqrt32(x float32) float32 { return float32(math.Sqrt(float64(x))) }

func exp32(x float32) float32 { return float32(math.Exp(float64(x))) }

// dot32 is the inner product; the lengths are equal.
func dot32(a, b []float32) float32 {
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

// matvec writes w x to y; w is len(y) x len(x), row by row.
func matvec(w, x, y []float32) {
	n := len(x)
	i := 0
	for ; i+4 <= len(y); i += 4 {
		quad(w[i*n:][:4*n], x, y[i:i+4])
	}
	for ; i < len(y); i++ {
		y[i] = dot32(w[i*n:][:n], x)
	}
}

// plainQuad is quad without the machine's help.
func plainQuad(w, x, y []float32) {
	n := len(x)
	a, b, c, d := w[:n], w[n:][:n], w[2*n:][:n], w[3*n:][:n]
	var p, q, r, s float32
	for k, v := range x {
		p += a[k] * v
		q += b[k] * v
		r += c[k] * v
		s += d[k] * v
	}
	y[0], y[1], y[2], y[3] = p, q, r, s
}

// matmul writes x w^T to y: rows x out, from x rows x in and w out x in. Two
// rows and four outputs at a time keep eight sums in registers.
func matmul(x, w, y []float32, rows, in, out int) {
	r := 0
	for ; r+2 <= rows; r += 2 {
		x0, x1 := x[r*in:][:in], x[(r+1)*in:][:in]
		y0, y1 := y[r*out:][:out], y[(r+1)*out:][:out]
		for o := 0; o+4 <= out; o += 4 {
			block24(x0, x1, w[o*in:][:4*in], y0[o:o+4], y1[o:o+4])
		}
	}
	if r < rows {
		matvec(w[:in*out], x[r*in:][:in], y[r*out:][:out])
	}
}

// plainBlock24 is block24 without the machine's help.
func plainBlock24(x0, x1, w, y0, y1 []float32) {
	n := len(x0)
	a, b, c, d := w[:n], w[n:][:n], w[2*n:][:n], w[3*n:][:n]
	x1 = x1[:n]
	var p0, q0, r0, s0, p1, q1, r1, s1 float32
	for k, u := range x0 {
		v := x1[k]
		p0 += a[k] * u
		p1 += a[k] * v
		q0 += b[k] * u
		q1 += b[k] * v
		r0 += c[k] * u
		r1 += c[k] * v
		s0 += d[k] * u
		s1 += d[k] * v
	}
	y0[0], y0[1], y0[2], y0[3] = p0, q0, r0, s0
	y1[0], y1[1], y1[2], y1[3] = p1, q1, r1, s1
}
