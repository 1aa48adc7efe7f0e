package train

import (
	"math/rand/v2"

	"earshot/classify"
)

// forward runs a batch. rng nil leaves nothing out.
func (n *Net) forward(b *batch, ex []*example, drop dropout, rng *rand.Rand) {
	b.reset(n.size, ex)
	n.embed(b, drop, rng)
	for d := range 2 {
		n.recur(b, d)
	}
	n.attend(b)
	n.pool(b)
	mask(b.fMask, drop.feature, rng)
	apply(b.f, b.fMask)
	n.heads(b, drop, rng)
}

// mask draws a dropout mask: 0, or 1/(1-p).
func mask(m []float32, p float32, rng *rand.Rand) {
	keep := 1 / (1 - p)
	for i := range m {
		m[i] = 1
		if rng != nil && p > 0 {
			m[i] = keep
			if rng.Float32() < p {
				m[i] = 0
			}
		}
	}
}

func apply(x, m []float32) {
	for i, v := range m {
		x[i] *= v
	}
}

// embed sums the tokens' vectors and projects them.
func (n *Net) embed(b *batch, drop dropout, rng *rand.Rand) {
	z, l := n.size, n.lay
	ew := z.Vector + classify.NetExtras
	for i, ex := range b.ex {
		for t := range ex.in.Tokens {
			tok, at := &ex.in.Tokens[t], t*b.size+i
			e := b.e[at*ew:][:ew]
			copy(e[z.Vector:], tok.Extra[:])
			m := b.eMask[at*z.Vector:][:z.Vector]
			if rng != nil && t != ex.in.Target && rng.Float32() < drop.token {
				continue // the mask stays 0: the token is left out
			}
			for k, row := range tok.Rows {
				axpy(tok.Weights[k], n.table[int(row)*z.Vector:][:z.Vector], e[:z.Vector])
			}
			mask(m, drop.vector, rng)
			apply(e[:z.Vector], m)
		}
	}
	gemm(b.steps*b.size, z.Input, ew, b.e, ew, 1, l.proj.of(n.dense), z.Input, b.x, z.Input)
	for i, ex := range b.ex {
		for t := range ex.in.Tokens {
			n.eachTable(&ex.in, t, func(at int) { axpy(1, n.dense[at:at+z.Input], b.x[(t*b.size+i)*z.Input:][:z.Input]) })
		}
	}
}

// eachTable calls use with the place of every small vector that is added to
// token t: position, shapes, channel, language.
func (n *Net) eachTable(in *classify.NetInput, t int, use func(at int)) {
	l, x := n.lay, n.size.Input
	tok := &in.Tokens[t]
	use(l.pos.at + tok.Position*x)
	for k := range classify.NetShapes {
		if tok.Shape>>k&1 != 0 {
			use(l.shape.at + k*x)
		}
	}
	if in.Channel >= 0 {
		use(l.channel.at + in.Channel*x)
	}
	use(l.lang.at + in.Lang*x)
}

// bias adds a row vector to each of rows rows.
func bias(x []float32, v []float32) {
	for i := 0; i < len(x); i += len(v) {
		axpy(1, v, x[i:i+len(v)])
	}
}

// recur runs the GRU (Cho et al. 2014, in the form of cuDNN) one way:
// h' = (1-z) n + z h, n = tanh(x W + r (h U + b)).
func (n *Net) recur(b *batch, d int) {
	z, g := n.size, n.lay.gru[d]
	w := 3 * z.Hidden
	gemm(b.steps*b.size, w, z.Input, b.x, z.Input, 1, g.in.of(n.dense), w, b.gi[d], w)
	bias(b.gi[d], g.inBias.of(n.dense))
	for s := range b.steps {
		t, before := s, s-1
		if d == 1 {
			t, before = b.steps-1-s, b.steps-s
		}
		prev := b.zeros
		if s > 0 {
			prev = b.h[before*b.size*2*z.Hidden+d*z.Hidden:]
		}
		clear(b.gh)
		bias(b.gh, g.recBias.of(n.dense))
		gemm(b.size, w, z.Hidden, prev, 2*z.Hidden, 1, g.rec.of(n.dense), w, b.gh, w)
		n.gates(b, d, t, prev)
	}
}

// gates computes one step from b.gi and b.gh.
func (n *Net) gates(b *batch, d, t int, prev []float32) {
	hd := n.size.Hidden
	for i := range b.size {
		at := t*b.size + i
		h, hp := b.h[at*2*hd+d*hd:][:hd], prev[i*2*hd:][:hd]
		if t >= b.len[i] {
			copy(h, hp)
			continue
		}
		gi, gh := b.gi[d][at*3*hd:][:3*hd], b.gh[i*3*hd:][:3*hd]
		zz, rr, nn, hn := b.z[d][at*hd:][:hd], b.r[d][at*hd:][:hd], b.n[d][at*hd:][:hd], b.hn[d][at*hd:][:hd]
		copy(hn, gh[2*hd:])
		for k := range hd {
			zz[k] = gi[k] + gh[k]
			rr[k] = gi[hd+k] + gh[hd+k]
		}
		sigmoids(zz)
		sigmoids(rr)
		for k := range hd {
			nn[k] = gi[2*hd+k] + rr[k]*hn[k]
		}
		tanhs(nn)
		for k := range hd {
			h[k] = nn[k] + zz[k]*(hp[k]-nn[k])
		}
	}
}

// target returns the state at the target of sequence i, or zeros.
func (b *batch) target(i, width int) []float32 {
	if t := b.ex[i].in.Target; t >= 0 {
		return b.h[(t*b.size+i)*width:][:width]
	}
	return b.zeros[:width]
}

// attend computes the attention of two heads over each sequence.
func (n *Net) attend(b *batch) {
	z, l, w := n.size, n.lay, 2*n.size.Hidden
	for i := range b.size {
		q := b.query[i*z.Attention:][:z.Attention]
		copy(q, l.keyBias.of(n.dense))
		gemm(1, z.Attention, w, b.target(i, w), w, 1, l.query.of(n.dense), z.Attention, q, z.Attention)
	}
	gemm(b.steps*b.size, z.Attention, w, b.h, w, 1, l.key.of(n.dense), z.Attention, b.keys, z.Attention)
	att, pos := l.att.of(n.dense), l.attPos.of(n.dense)
	for i := range b.size {
		for t := range b.len[i] {
			at := t*b.size + i
			k := b.keys[at*z.Attention:][:z.Attention]
			axpy(1, b.query[i*z.Attention:][:z.Attention], k)
			tanhs(k)
			p := b.ex[i].in.Tokens[t].Position
			for a := range netHeads {
				sum := pos[p*netHeads+a]
				for j, v := range k {
					sum += v * att[j*netHeads+a]
				}
				b.att[at*netHeads+a] = sum
			}
		}
		for a := range netHeads {
			b.softmaxOver(i, a)
		}
	}
}

// softmaxOver normalises head a of sequence i over time.
func (b *batch) softmaxOver(i, a int) {
	top := float32(-1e30)
	for t := range b.len[i] {
		top = max(top, b.att[(t*b.size+i)*netHeads+a])
	}
	var sum float32
	for t := range b.len[i] {
		p := &b.att[(t*b.size+i)*netHeads+a]
		*p = exp32(*p - top)
		sum += *p
	}
	for t := range b.len[i] {
		b.att[(t*b.size+i)*netHeads+a] /= sum
	}
}

// pool fills f: two weighted sums of the states, their maximum, the target's
// state, and the passage's numbers.
func (n *Net) pool(b *batch) {
	w, width := 2*n.size.Hidden, n.size.features()
	for i := range b.size {
		f := b.f[i*width:][:width]
		top, at := f[netHeads*w:][:w], b.maxAt[i*w:][:w]
		for t := range b.len[i] {
			row := t*b.size + i
			h := b.h[row*w:][:w]
			for a := range netHeads {
				axpy(b.att[row*netHeads+a], h, f[a*w:][:w])
			}
			for k, v := range h {
				if t == 0 || v > top[k] {
					top[k], at[k] = v, int32(row)
				}
			}
		}
		copy(f[(netHeads+1)*w:], b.target(i, w))
		copy(f[(netHeads+2)*w:], b.ex[i].in.Dense[:])
	}
}

// heads computes the hidden layers and the logits.
func (n *Net) heads(b *batch, drop dropout, rng *rand.Rand) {
	z, l := n.size, n.lay
	wide := z.Sentiment + z.Intent
	gemm(b.size, wide, z.features(), b.f, z.features(), 1, l.feat.of(n.dense), wide, b.hid, wide)
	bias(b.hid, l.featBias.of(n.dense))
	for i, ex := range b.ex {
		h := b.hid[i*wide:][:wide]
		if c := ex.in.Channel; c >= 0 {
			axpy(1, l.featChan.of(n.dense)[c*wide:][:wide], h)
		}
		axpy(1, l.featLang.of(n.dense)[ex.in.Lang*wide:][:wide], h)
		for k, v := range h {
			h[k] = max(v, 0)
		}
	}
	mask(b.hMask, drop.feature, rng)
	apply(b.hid, b.hMask)
	bias(b.sent, l.sentBias.of(n.dense))
	bias(b.intent, l.intentBias.of(n.dense))
	gemm(b.size, 3, z.Sentiment, b.hid, wide, 1, l.sent.of(n.dense), 3, b.sent, 3)
	gemm(b.size, 5, z.Intent, b.hid[z.Sentiment:], wide, 1, l.intent.of(n.dense), 5, b.intent, 5)
}
