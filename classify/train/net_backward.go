package train

import (
	"math"

	"earshot/classify"
)

func exp32(x float32) float32 { return float32(math.Exp(float64(x))) }

// gradients of one batch.
type gradients struct {
	dense []float32
	rows  map[int32]int // row of the table -> its place in table
	order []int32       // rows in the order they were met
	table []float32

	df, dhid, dh, dkeys, dx, de []float32
	dgi, dgh                    []float32
	carry, next                 []float32
	turned                      []float32
}

func (g *gradients) reset(n *Net) {
	g.dense = grow(g.dense, len(n.dense))
	if g.rows == nil {
		g.rows = map[int32]int{}
	}
	clear(g.rows)
	g.order, g.table = g.order[:0], g.table[:0]
}

// row returns the gradient of a table row.
func (g *gradients) row(r int32, width int) []float32 {
	at, ok := g.rows[r]
	if !ok {
		at = len(g.order)
		g.rows[r] = at
		g.order = append(g.order, r)
		for range width {
			g.table = append(g.table, 0)
		}
	}
	return g.table[at*width:][:width]
}

// intentShare is the weight of the intent's loss beside the sentiment's.
const intentShare = .7

// smoothing is the share of a label's mass that goes to all labels.
const smoothing = .06

// backward computes the gradients of the mean loss of a batch that forward has
// run, and returns that loss.
func (n *Net) backward(b *batch, g *gradients) float64 {
	g.reset(n)
	loss := n.lossGradient(b, g)
	n.backHeads(b, g)
	n.backPool(b, g)
	n.backAttend(b, g)
	g.dx = grow(g.dx, len(b.x))
	for d := range 2 {
		n.backRecur(b, g, d)
	}
	n.backEmbed(b, g)
	return loss
}

// lossGradient turns b.sent and b.intent into gradients in place.
func (n *Net) lossGradient(b *batch, g *gradients) float64 {
	var grad [8]float32
	loss, share := 0.0, 1/float32(b.size)
	for i, ex := range b.ex {
		for _, h := range []struct {
			z []float32
			t Target
			w float32
		}{{b.sent[i*3:][:3], ex.sentiment, share}, {b.intent[i*5:][:5], ex.intent, share * intentShare}} {
			if h.t.Weight == 0 || h.t.Allowed == 0 {
				clear(h.z)
				continue
			}
			h.t.Weight *= h.w
			loss += smoothGradient(h.z, h.t, grad[:len(h.z)])
			copy(h.z, grad[:])
		}
	}
	return loss
}

// smoothGradient is maskedGradient with label smoothing over the supported
// labels (Szegedy et al. 2016).
func smoothGradient(z []float32, t Target, grad []float32) float64 {
	full := t
	full.Weight *= 1 - smoothing
	loss := maskedGradient(z, full, grad)
	kinds := 0
	for k := range z {
		kinds += int(t.Support >> k & 1)
	}
	var each [8]float32
	for k := range z {
		if t.Support&bit(k) == 0 {
			continue
		}
		one := Target{Allowed: bit(k), Support: t.Support, Weight: t.Weight * smoothing / float32(kinds)}
		loss += maskedGradient(z, one, each[:len(z)])
		axpy(1, each[:len(z)], grad)
	}
	return loss
}

// sumRows adds the rows of x to out.
func sumRows(x, out []float32) {
	for i := 0; i < len(x); i += len(out) {
		axpy(1, x[i:i+len(out)], out)
	}
}

// turn returns the transpose of a weight matrix.
func (g *gradients) turn(w []float32, s span) []float32 {
	g.turned = grow(g.turned, s.rows*s.cols)
	transpose(s.of(w), s.rows, s.cols, g.turned)
	return g.turned
}

func (n *Net) backHeads(b *batch, g *gradients) {
	z, l := n.size, n.lay
	wide, width := z.Sentiment+z.Intent, z.features()
	g.dhid = grow(g.dhid, b.size*wide)
	sumRows(b.sent, l.sentBias.of(g.dense))
	sumRows(b.intent, l.intentBias.of(g.dense))
	gemm(z.Sentiment, 3, b.size, b.hid, 1, wide, b.sent, 3, l.sent.of(g.dense), 3)
	gemm(z.Intent, 5, b.size, b.hid[z.Sentiment:], 1, wide, b.intent, 5, l.intent.of(g.dense), 5)
	gemm(b.size, z.Sentiment, 3, b.sent, 3, 1, g.turn(n.dense, l.sent), z.Sentiment, g.dhid, wide)
	gemm(b.size, z.Intent, 5, b.intent, 5, 1, g.turn(n.dense, l.intent), z.Intent, g.dhid[z.Sentiment:], wide)
	for k, h := range b.hid {
		if h <= 0 {
			g.dhid[k] = 0
		} else {
			g.dhid[k] *= b.hMask[k]
		}
	}
	for i, ex := range b.ex {
		d := g.dhid[i*wide:][:wide]
		if c := ex.in.Channel; c >= 0 {
			axpy(1, d, l.featChan.of(g.dense)[c*wide:][:wide])
		}
		axpy(1, d, l.featLang.of(g.dense)[ex.in.Lang*wide:][:wide])
	}
	sumRows(g.dhid, l.featBias.of(g.dense))
	gemm(width, wide, b.size, b.f, 1, width, g.dhid, wide, l.feat.of(g.dense), wide)
	g.df = grow(g.df, b.size*width)
	gemm(b.size, width, wide, g.dhid, wide, 1, g.turn(n.dense, l.feat), width, g.df, width)
	apply(g.df, b.fMask)
}

// backPool spreads the features' gradients over the states; the attention's
// own gradient is left in b.att.
func (n *Net) backPool(b *batch, g *gradients) {
	w, width := 2*n.size.Hidden, n.size.features()
	g.dh = grow(g.dh, len(b.h))
	for i := range b.size {
		f := g.df[i*width:][:width]
		for k, d := range f[netHeads*w:][:w] {
			if b.len[i] > 0 {
				g.dh[int(b.maxAt[i*w+k])*w+k] += d
			}
		}
		if t := b.ex[i].in.Target; t >= 0 {
			axpy(1, f[(netHeads+1)*w:][:w], g.dh[(t*b.size+i)*w:][:w])
		}
		for a := range netHeads {
			n.backSoftmax(b, g, i, a, f[a*w:][:w])
		}
	}
}

// backSoftmax handles one attention head of sequence i.
func (n *Net) backSoftmax(b *batch, g *gradients, i, a int, d []float32) {
	w := len(d)
	var mean float32
	for t := range b.len[i] {
		at := t*b.size + i
		p := b.att[at*netHeads+a]
		axpy(p, d, g.dh[at*w:][:w])
		mean += p * dot(d, b.h[at*w:][:w])
	}
	for t := range b.len[i] {
		at := t*b.size + i
		p := &b.att[at*netHeads+a]
		*p *= dot(d, b.h[at*w:][:w]) - mean
	}
}

// backAttend goes from the attention's scores to the states.
func (n *Net) backAttend(b *batch, g *gradients) {
	z, l, w := n.size, n.lay, 2*n.size.Hidden
	g.dkeys = grow(g.dkeys, len(b.keys))
	att, dAtt, dPos := l.att.of(n.dense), l.att.of(g.dense), l.attPos.of(g.dense)
	for i := range b.size {
		for t := range b.len[i] {
			at := t*b.size + i
			p := b.ex[i].in.Tokens[t].Position
			k, dk := b.keys[at*z.Attention:][:z.Attention], g.dkeys[at*z.Attention:][:z.Attention]
			for a := range netHeads {
				d := b.att[at*netHeads+a]
				dPos[p*netHeads+a] += d
				for j, v := range k {
					dAtt[j*netHeads+a] += d * v
					dk[j] += d * att[j*netHeads+a]
				}
			}
			for j, v := range k {
				dk[j] *= 1 - v*v
			}
		}
	}
	gemm(w, z.Attention, b.steps*b.size, b.h, 1, w, g.dkeys, z.Attention, l.key.of(g.dense), z.Attention)
	gemm(b.steps*b.size, w, z.Attention, g.dkeys, z.Attention, 1, g.turn(n.dense, l.key), w, g.dh, w)
	n.backQuery(b, g)
}

func (n *Net) backQuery(b *batch, g *gradients) {
	z, l, w := n.size, n.lay, 2*n.size.Hidden
	turned := g.turn(n.dense, l.query)
	dq := make([]float32, z.Attention)
	for i := range b.size {
		clear(dq)
		for t := range b.len[i] {
			axpy(1, g.dkeys[(t*b.size+i)*z.Attention:][:z.Attention], dq)
		}
		axpy(1, dq, l.keyBias.of(g.dense))
		t := b.ex[i].in.Target
		if t < 0 {
			continue
		}
		gemm(w, z.Attention, 1, b.target(i, w), 1, w, dq, z.Attention, l.query.of(g.dense), z.Attention)
		gemm(1, w, z.Attention, dq, z.Attention, 1, turned, w, g.dh[(t*b.size+i)*w:], w)
	}
}

// backRecur goes back through the GRU one way.
func (n *Net) backRecur(b *batch, g *gradients, d int) {
	z, l := n.size, n.lay.gru[d]
	hd, w, total := z.Hidden, 3*z.Hidden, b.steps*b.size
	g.dgi, g.dgh = grow(g.dgi, total*w), grow(g.dgh, total*w)
	g.carry, g.next = grow(g.carry, b.size*hd), grow(g.next, b.size*hd)
	turned := g.turn(n.dense, l.rec)
	for s := b.steps - 1; s >= 0; s-- {
		t, before := s, s-1
		if d == 1 {
			t, before = b.steps-1-s, b.steps-s
		}
		prev := b.zeros
		if s > 0 {
			prev = b.h[before*b.size*2*hd+d*hd:]
		}
		n.backGates(b, g, d, t, prev)
		gemm(b.size, hd, w, g.dgh[t*b.size*w:], w, 1, turned, hd, g.next, hd)
		g.carry, g.next = g.next, g.carry
		if s > 0 {
			gemm(hd, w, b.size, prev, 1, 2*hd, g.dgh[t*b.size*w:], w, l.rec.of(g.dense), w)
		}
	}
	sumRows(g.dgi, l.inBias.of(g.dense))
	sumRows(g.dgh, l.recBias.of(g.dense))
	gemm(z.Input, w, total, b.x, 1, z.Input, g.dgi, w, l.in.of(g.dense), w)
	gemm(total, z.Input, w, g.dgi, w, 1, g.turn(n.dense, l.in), z.Input, g.dx, z.Input)
}

// backGates handles one step: from g.carry and g.dh to g.dgi, g.dgh and the
// direct part of g.next.
func (n *Net) backGates(b *batch, g *gradients, d, t int, prev []float32) {
	hd := n.size.Hidden
	for i := range b.size {
		at := t*b.size + i
		carry, next := g.carry[i*hd:][:hd], g.next[i*hd:][:hd]
		if t >= b.len[i] {
			copy(next, carry)
			continue
		}
		dh, hp := g.dh[at*2*hd+d*hd:][:hd], prev[i*2*hd:][:hd]
		zz, rr, nn, hn := b.z[d][at*hd:][:hd], b.r[d][at*hd:][:hd], b.n[d][at*hd:][:hd], b.hn[d][at*hd:][:hd]
		gi, gh := g.dgi[at*3*hd:][:3*hd], g.dgh[at*3*hd:][:3*hd]
		for k := range hd {
			dout := dh[k] + carry[k]
			dz := dout * (hp[k] - nn[k]) * zz[k] * (1 - zz[k])
			dn := dout * (1 - zz[k]) * (1 - nn[k]*nn[k])
			dr := dn * hn[k] * rr[k] * (1 - rr[k])
			next[k] = dout * zz[k]
			gi[k], gi[hd+k], gi[2*hd+k] = dz, dr, dn
			gh[k], gh[hd+k], gh[2*hd+k] = dz, dr, dn*rr[k]
		}
	}
}

// backEmbed goes from the inputs to the vectors and the small tables.
func (n *Net) backEmbed(b *batch, g *gradients) {
	z, l := n.size, n.lay
	ew, total := z.Vector+classify.NetExtras, b.steps*b.size
	gemm(ew, z.Input, total, b.e, 1, ew, g.dx, z.Input, l.proj.of(g.dense), z.Input)
	g.de = grow(g.de, total*ew)
	gemm(total, ew, z.Input, g.dx, z.Input, 1, g.turn(n.dense, l.proj), ew, g.de, ew)
	for i, ex := range b.ex {
		for t := range ex.in.Tokens {
			tok, at := &ex.in.Tokens[t], t*b.size+i
			dx := g.dx[at*z.Input:][:z.Input]
			n.eachTable(&ex.in, t, func(p int) { axpy(1, dx, g.dense[p:p+z.Input]) })
			de := g.de[at*ew:][:z.Vector]
			apply(de, b.eMask[at*z.Vector:][:z.Vector])
			for k, row := range tok.Rows {
				axpy(tok.Weights[k], de, g.row(row, z.Vector))
			}
		}
	}
}
