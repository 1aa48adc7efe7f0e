package classify

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// head is one quantised linear classifier over hashed features. Weights are
// int8 under square-root companding: w = sign(q) (q/127)^2 scale, which keeps
// the many small weights apart.
type head struct {
	classes int
	bits    int
	weights []byte // (1 << bits) * classes, aliases the model's bytes
	table   [256]float32
}

// headHeader is classes (1 byte), bits (1 byte), two unused bytes and the
// scale (float32).
const headHeader = 8

func decodeHead(b []byte) (*head, error) {
	if len(b) < headHeader {
		return nil, errors.New("linear head: too short")
	}
	h := &head{classes: int(b[0]), bits: int(b[1])}
	if h.classes < 2 || h.classes > 8 || h.bits < 4 || h.bits > FeatureBits {
		return nil, fmt.Errorf("linear head: %d classes, %d bits", h.classes, h.bits)
	}
	scale := math.Float32frombits(binary.LittleEndian.Uint32(b[4:]))
	if !(scale >= 0 && scale < 1e6) {
		return nil, errors.New("linear head: scale out of range")
	}
	h.weights = b[headHeader:]
	if len(h.weights) != h.classes<<h.bits {
		return nil, fmt.Errorf("linear head: %d weights, want %d", len(h.weights), h.classes<<h.bits)
	}
	for i := range h.table {
		h.table[i] = expand(int8(i), scale)
	}
	return h, nil
}

// expand undoes the companding.
func expand(q int8, scale float32) float32 {
	f := float32(q) / 127
	if f < 0 {
		return -f * f * scale
	}
	return f * f * scale
}

// EncodeHead quantises float weights (bucket-major, 1<<bits buckets of classes
// values each) to the form the model file holds.
func EncodeHead(w []float32, classes, bits int) ([]byte, error) {
	if len(w) != classes<<bits {
		return nil, fmt.Errorf("encode head: %d weights, want %d", len(w), classes<<bits)
	}
	var scale float32
	for _, x := range w {
		scale = max(scale, x, -x)
	}
	out := make([]byte, headHeader, headHeader+len(w))
	out[0], out[1] = byte(classes), byte(bits)
	binary.LittleEndian.PutUint32(out[4:], math.Float32bits(scale))
	for _, x := range w {
		out = append(out, byte(compand(x, scale)))
	}
	return out, nil
}

// compand is the inverse of expand, rounded to the nearest step.
func compand(x, scale float32) int8 {
	if scale == 0 {
		return 0
	}
	f := math.Round(127 * math.Sqrt(math.Abs(float64(x/scale))))
	if x < 0 {
		f = -f
	}
	return int8(f)
}

// score adds up the features' weights; the logits fill out[:classes].
func (h *head) score(features []Feature, out *[8]float32) {
	switch h.classes {
	case 3:
		h.score3(features, out)
	default:
		h.scoreN(features, out)
	}
}

func (h *head) score3(features []Feature, out *[8]float32) {
	var a, b, c float32
	shift := FeatureBits - h.bits
	for _, f := range features {
		w := h.weights[int(f.Index>>shift)*3:]
		w = w[:3]
		a += h.table[w[0]] * f.Value
		b += h.table[w[1]] * f.Value
		c += h.table[w[2]] * f.Value
	}
	out[0], out[1], out[2] = a, b, c
}

func (h *head) scoreN(features []Feature, out *[8]float32) {
	shift, n := FeatureBits-h.bits, h.classes
	for i := range out {
		out[i] = 0
	}
	for _, f := range features {
		w := h.weights[int(f.Index>>shift)*n:]
		w = w[:n]
		for k, q := range w {
			out[k] += h.table[q] * f.Value
		}
	}
}

// softmax turns logits into probabilities in place.
func softmax(z []float32) {
	top := z[0]
	for _, x := range z {
		top = max(top, x)
	}
	var sum float32
	for i, x := range z {
		z[i] = exp32(x - top)
		sum += z[i]
	}
	for i := range z {
		z[i] /= sum
	}
}

// argmax returns the index of the greatest value.
func argmax(z []float32) int {
	best := 0
	for i, x := range z {
		if x > z[best] {
			best = i
		}
	}
	return best
}
