//go:build goexperiment.simd && amd64

package train

import (
	"simd/archsimd"
	"unsafe"
)

// gemm adds A B to C: C is m x n with rows ldc apart, B is k x n with rows ldb
// apart, A's element (i, j) is a[i*ars+j*acs]. Blocks of 4 x 16 stay in
// registers.
func gemm(m, n, k int, a []float32, ars, acs int, b []float32, ldb int, c []float32, ldc int) {
	if m == 0 || n == 0 || k == 0 {
		return
	}
	_, _, _ = a[(m-1)*ars+(k-1)*acs], b[(k-1)*ldb+n-1], c[(m-1)*ldc+n-1]
	wide := n &^ 15
	i := 0
	for ; i+4 <= m; i += 4 {
		for j := 0; j < wide; j += 16 {
			block4(k, &a[i*ars], ars, acs, &b[j], ldb, &c[i*ldc+j], ldc)
		}
	}
	for ; i < m; i++ {
		for j := 0; j < wide; j += 16 {
			block1(k, &a[i*ars], acs, &b[j], ldb, &c[i*ldc+j])
		}
	}
	if wide < n {
		gemmPlain(m, n-wide, k, a, ars, acs, b[wide:], ldb, c[wide:], ldc)
	}
}

func at(p *float32, i int) *[8]float32 {
	return (*[8]float32)(unsafe.Add(unsafe.Pointer(p), i*4))
}

func scalar(p *float32, i int) float32 {
	return *(*float32)(unsafe.Add(unsafe.Pointer(p), i*4))
}

// block4 does four rows of 16 columns; gemm has checked the bounds.
func block4(k int, a *float32, ars, acs int, b *float32, ldb int, c *float32, ldc int) {
	c00, c01 := archsimd.LoadFloat32x8(at(c, 0)), archsimd.LoadFloat32x8(at(c, 8))
	c10, c11 := archsimd.LoadFloat32x8(at(c, ldc)), archsimd.LoadFloat32x8(at(c, ldc+8))
	c20, c21 := archsimd.LoadFloat32x8(at(c, 2*ldc)), archsimd.LoadFloat32x8(at(c, 2*ldc+8))
	c30, c31 := archsimd.LoadFloat32x8(at(c, 3*ldc)), archsimd.LoadFloat32x8(at(c, 3*ldc+8))
	for p := range k {
		b0, b1 := archsimd.LoadFloat32x8(at(b, p*ldb)), archsimd.LoadFloat32x8(at(b, p*ldb+8))
		x := archsimd.BroadcastFloat32x8(scalar(a, p*acs))
		c00, c01 = x.MulAdd(b0, c00), x.MulAdd(b1, c01)
		x = archsimd.BroadcastFloat32x8(scalar(a, ars+p*acs))
		c10, c11 = x.MulAdd(b0, c10), x.MulAdd(b1, c11)
		x = archsimd.BroadcastFloat32x8(scalar(a, 2*ars+p*acs))
		c20, c21 = x.MulAdd(b0, c20), x.MulAdd(b1, c21)
		x = archsimd.BroadcastFloat32x8(scalar(a, 3*ars+p*acs))
		c30, c31 = x.MulAdd(b0, c30), x.MulAdd(b1, c31)
	}
	c00.Store(at(c, 0))
	c01.Store(at(c, 8))
	c10.Store(at(c, ldc))
	c11.Store(at(c, ldc+8))
	c20.Store(at(c, 2*ldc))
	c21.Store(at(c, 2*ldc+8))
	c30.Store(at(c, 3*ldc))
	c31.Store(at(c, 3*ldc+8))
}

// block1 does one row of 16 columns.
func block1(k int, a *float32, acs int, b *float32, ldb int, c *float32) {
	c0, c1 := archsimd.LoadFloat32x8(at(c, 0)), archsimd.LoadFloat32x8(at(c, 8))
	for p := range k {
		x := archsimd.BroadcastFloat32x8(scalar(a, p*acs))
		c0 = x.MulAdd(archsimd.LoadFloat32x8(at(b, p*ldb)), c0)
		c1 = x.MulAdd(archsimd.LoadFloat32x8(at(b, p*ldb+8)), c1)
	}
	c0.Store(at(c, 0))
	c1.Store(at(c, 8))
}

// axpy adds w x to y.
func axpy(w float32, x, y []float32) {
	n := len(x) &^ 7
	y = y[:len(x)]
	v := archsimd.BroadcastFloat32x8(w)
	for i := 0; i < n; i += 8 {
		v.MulAdd(archsimd.LoadFloat32x8Slice(x[i:]), archsimd.LoadFloat32x8Slice(y[i:])).StoreSlice(y[i:])
	}
	for i := n; i < len(x); i++ {
		y[i] += w * x[i]
	}
}

// tanh8 is classify.Tanh on eight values.
func tanh8(x archsimd.Float32x8) archsimd.Float32x8 {
	c := archsimd.BroadcastFloat32x8
	x = x.Min(c(8.5)).Max(c(-8.5))
	y := x.Mul(x)
	p := y.MulAdd(c(-2.76076847742355e-16), c(2.00018790482477e-13))
	p = p.MulAdd(y, c(-8.60467152213735e-11))
	p = p.MulAdd(y, c(5.12229709037114e-08))
	p = p.MulAdd(y, c(1.48572235717979e-05))
	p = p.MulAdd(y, c(6.37261928875436e-04))
	p = p.MulAdd(y, c(4.89352455891786e-03))
	q := y.MulAdd(c(1.19825839466702e-06), c(1.18534705686654e-04))
	q = q.MulAdd(y, c(2.26843463243900e-03))
	q = q.MulAdd(y, c(4.89352518554385e-03))
	return x.Mul(p).Div(q)
}

func tanhs(x []float32) {
	n := len(x) &^ 7
	for i := 0; i < n; i += 8 {
		tanh8(archsimd.LoadFloat32x8Slice(x[i:])).StoreSlice(x[i:])
	}
	tanhPlain(x[n:])
}

func sigmoids(x []float32) {
	n := len(x) &^ 7
	half := archsimd.BroadcastFloat32x8(.5)
	for i := 0; i < n; i += 8 {
		y := tanh8(archsimd.LoadFloat32x8Slice(x[i:]).Mul(half))
		y.MulAdd(half, half).StoreSlice(x[i:])
	}
	sigmoidPlain(x[n:])
}

func adamStep(x, g, m, v []float32, rate, shrink float32) {
	n := len(g) &^ 7
	c := archsimd.BroadcastFloat32x8
	load := archsimd.LoadFloat32x8Slice
	for i := 0; i < n; i += 8 {
		d := load(g[i:])
		m8 := load(m[i:]).MulAdd(c(beta1), d.Mul(c(1-beta1)))
		v8 := load(v[i:]).MulAdd(c(beta2), d.Mul(d).Mul(c(1-beta2)))
		x8 := load(x[i:])
		move := m8.Mul(c(rate)).Div(v8.Sqrt().Add(c(adamEpsilon)))
		x8.Sub(move).Sub(x8.Mul(c(shrink))).StoreSlice(x[i:])
		m8.StoreSlice(m[i:])
		v8.StoreSlice(v[i:])
	}
	adamPlain(x[n:len(g)], g[n:], m[n:], v[n:], rate, shrink)
}
