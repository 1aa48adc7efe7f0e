#include "textflag.h"

// The same loops for machines with AVX2 and FMA: eight floats at a time.
// Lengths are multiples of 8.

// SUM4 adds up the lanes of four accumulators into the four floats at dst.
#define SUM4(a, b, c, d, ax, dst) \
	VHADDPS      b, a, a    \
	VHADDPS      d, c, c    \
	VHADDPS      c, a, a    \
	VEXTRACTF128 $1, a, X15 \
	VADDPS       X15, ax, ax \
	VMOVUPS      ax, dst

// func avxBlock(x0, x1, w, y0, y1 *float32, n int)
TEXT ·avxBlock(SB), NOSPLIT, $0-48
	MOVQ   x0+0(FP), SI
	MOVQ   x1+8(FP), DI
	MOVQ   w+16(FP), R8
	MOVQ   y0+24(FP), R12
	MOVQ   y1+32(FP), R13
	MOVQ   n+40(FP), CX
	LEAQ   (R8)(CX*4), R9
	LEAQ   (R9)(CX*4), R10
	LEAQ   (R10)(CX*4), R11
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	SHRQ   $3, CX

loop:
	VMOVUPS     (SI), Y8
	VMOVUPS     (DI), Y9
	VMOVUPS     (R8), Y10
	VMOVUPS     (R9), Y11
	VMOVUPS     (R10), Y12
	VMOVUPS     (R11), Y13
	VFMADD231PS Y8, Y10, Y0
	VFMADD231PS Y9, Y10, Y4
	VFMADD231PS Y8, Y11, Y1
	VFMADD231PS Y9, Y11, Y5
	VFMADD231PS Y8, Y12, Y2
	VFMADD231PS Y9, Y12, Y6
	VFMADD231PS Y8, Y13, Y3
	VFMADD231PS Y9, Y13, Y7
	ADDQ        $32, SI
	ADDQ        $32, DI
	ADDQ        $32, R8
	ADDQ        $32, R9
	ADDQ        $32, R10
	ADDQ        $32, R11
	DECQ        CX
	JNZ         loop
	SUM4(Y0, Y1, Y2, Y3, X0, (R12))
	SUM4(Y4, Y5, Y6, Y7, X4, (R13))
	VZEROUPPER
	RET

// func avxQuad(w, x, y *float32, n int)
// n is a multiple of 16.
TEXT ·avxQuad(SB), NOSPLIT, $0-32
	MOVQ   w+0(FP), R8
	MOVQ   x+8(FP), SI
	MOVQ   y+16(FP), R12
	MOVQ   n+24(FP), CX
	LEAQ   (R8)(CX*4), R9
	LEAQ   (R9)(CX*4), R10
	LEAQ   (R10)(CX*4), R11
	VXORPS Y0, Y0, Y0
	VXORPS Y1, Y1, Y1
	VXORPS Y2, Y2, Y2
	VXORPS Y3, Y3, Y3
	VXORPS Y4, Y4, Y4
	VXORPS Y5, Y5, Y5
	VXORPS Y6, Y6, Y6
	VXORPS Y7, Y7, Y7
	SHRQ   $4, CX

loop:
	VMOVUPS     (SI), Y8
	VMOVUPS     32(SI), Y9
	VFMADD231PS (R8), Y8, Y0
	VFMADD231PS 32(R8), Y9, Y4
	VFMADD231PS (R9), Y8, Y1
	VFMADD231PS 32(R9), Y9, Y5
	VFMADD231PS (R10), Y8, Y2
	VFMADD231PS 32(R10), Y9, Y6
	VFMADD231PS (R11), Y8, Y3
	VFMADD231PS 32(R11), Y9, Y7
	ADDQ        $64, SI
	ADDQ        $64, R8
	ADDQ        $64, R9
	ADDQ        $64, R10
	ADDQ        $64, R11
	DECQ        CX
	JNZ         loop
	VADDPS      Y4, Y0, Y0
	VADDPS      Y5, Y1, Y1
	VADDPS      Y6, Y2, Y2
	VADDPS      Y7, Y3, Y3
	SUM4(Y0, Y1, Y2, Y3, X0, (R12))
	VZEROUPPER
	RET
