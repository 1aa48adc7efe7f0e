package train

import (
	"math"
	"math/rand/v2"

	"earshot/classify"
)

// linearHead is one softmax regression over hashed features, trained with
// AdaGrad (Duchi et al. 2011): rare features keep a large step.
type linearHead struct {
	classes, bits int
	w, g          []float32 // weights and sums of squared gradients
	sum           []float32 // of the weights after every epoch but the first
}

func newLinearHead(classes, bits int) *linearHead {
	n := classes << bits
	return &linearHead{classes: classes, bits: bits, w: make([]float32, n), g: make([]float32, n), sum: make([]float32, n)}
}

// logits fills z[:classes].
func (h *linearHead) logits(features []classify.Feature, z *[8]float32) {
	*z = [8]float32{}
	shift, n := classify.FeatureBits-h.bits, h.classes
	for _, f := range features {
		w := h.w[int(f.Index>>shift)*n:][:n]
		for k, x := range w {
			z[k] += x * f.Value
		}
	}
}

// step learns from one row and returns its loss.
func (h *linearHead) step(features []classify.Feature, t Target, rate float32) float64 {
	if t.Weight == 0 || t.Allowed == 0 {
		return 0
	}
	var z, grad [8]float32
	h.logits(features, &z)
	loss := maskedGradient(z[:h.classes], t, grad[:h.classes])
	shift, n := classify.FeatureBits-h.bits, h.classes
	for _, f := range features {
		at := int(f.Index>>shift) * n
		w, g := h.w[at:at+n], h.g[at:at+n]
		for k := range w {
			d := grad[k] * f.Value
			if d == 0 {
				continue
			}
			g[k] += d * d
			w[k] -= rate * d / float32(math.Sqrt(float64(g[k])+1e-8))
		}
	}
	return loss
}

// maskedGradient is the softmax gradient over the supported labels, towards
// the allowed ones: p - q, where q is p restricted to the allowed labels. It
// returns the loss -log sum of allowed p. Gradient and loss are weighted.
func maskedGradient(z []float32, t Target, grad []float32) float64 {
	top := float32(math.Inf(-1))
	for k, x := range z {
		if t.Support&bit(k) != 0 {
			top = max(top, x)
		}
	}
	var all, good float64
	var p [8]float64
	for k, x := range z {
		if t.Support&bit(k) == 0 {
			continue
		}
		p[k] = math.Exp(float64(x - top))
		all += p[k]
		if t.Allowed&bit(k) != 0 {
			good += p[k]
		}
	}
	good = max(good, 1e-30)
	for k := range z {
		d := p[k] / all
		if t.Allowed&bit(k) != 0 {
			d -= p[k] / good
		}
		grad[k] = t.Weight * float32(d)
	}
	return -float64(t.Weight) * math.Log(good/all)
}

// Sizes of the linear heads, as powers of two.
const (
	sentimentBits = 19
	intentBits    = 19
	channelBits   = 15
)

// Linear is the hashed linear model in training.
type Linear struct {
	sentiment, intent, channel *linearHead
	ex                         *classify.Extractor
	kept                       int // epochs in the sums
}

// NewLinear returns an untrained model.
func NewLinear(ex *classify.Extractor) *Linear {
	return &Linear{newLinearHead(3, sentimentBits), newLinearHead(5, intentBits), newLinearHead(classify.ChannelCount, channelBits), ex, 0}
}

// linearRate is AdaGrad's step.
const linearRate = .08

// Fit trains for some epochs over rows; say reports progress.
func (l *Linear) Fit(rows []Row, epochs int, seed uint64, say func(string, ...any)) {
	rng := rand.New(rand.NewPCG(seed, 1))
	for e := range epochs {
		order := sample(rows, rng)
		loss := 0.0
		for _, i := range order {
			loss += l.learn(&rows[i], rng)
		}
		if e > 0 || epochs == 1 {
			l.remember()
		}
		say("linear epoch %d: %d rows, mean loss %.4f", e+1, len(order), loss/float64(len(order)))
	}
}

// remember adds the weights to the sum that Sections takes the mean of: the
// mean over epochs errs less than the last one.
func (l *Linear) remember() {
	l.kept++
	for _, h := range []*linearHead{l.sentiment, l.intent, l.channel} {
		axpy(1, h.w, h.sum)
	}
}

func (l *Linear) learn(r *Row, rng *rand.Rand) float64 {
	p := augment(r, rng)
	copies := rng.Float32() > .15
	f := thin(l.ex.Linear(p, copies), featureDrop, rng)
	loss := l.sentiment.step(f, r.Sentiment, linearRate)
	loss += l.intent.step(f, r.Intent, linearRate)
	if !copies {
		if c := classify.Channel(r.P); c >= 0 {
			l.channel.step(f, channelTarget(r, c), linearRate)
		}
	}
	return loss
}

// featureDrop is the share of features that a training step leaves out: as a
// penalty on weights it is stronger on common features than on rare ones
// (Wager, Wang and Liang 2013).
const featureDrop = 0

// thin drops features in place and scales the others up.
func thin(f []classify.Feature, drop float32, rng *rand.Rand) []classify.Feature {
	keep := f[:0]
	for _, x := range f {
		if rng.Float32() >= drop {
			x.Value /= 1 - drop
			keep = append(keep, x)
		}
	}
	return keep
}

// channelTarget teaches the guess of the channel; own prose is rare and gets
// more weight.
func channelTarget(r *Row, c int) Target {
	t := one(c, classify.ChannelCount, 1)
	if r.Own {
		t.Weight = 6
	}
	return t
}

// augment hides other brands behind a mask half of the time, as the product
// knows some brands and not others.
func augment(r *Row, rng *rand.Rand) classify.Passage {
	p := r.P
	if len(p.Others) > 0 && rng.IntN(2) == 0 {
		p.Others = nil
	}
	return p
}

// Sections returns the model's parts, quantised.
func (l *Linear) Sections() ([]classify.Section, error) {
	var out []classify.Section
	for _, h := range []struct {
		tag  string
		head *linearHead
	}{{classify.SectionSentiment, l.sentiment}, {classify.SectionIntent, l.intent}, {classify.SectionChannel, l.channel}} {
		mean := make([]float32, len(h.head.sum))
		axpy(1/float32(max(1, l.kept)), h.head.sum, mean)
		b, err := classify.EncodeHead(mean, h.head.classes, h.head.bits)
		if err != nil {
			return nil, err
		}
		out = append(out, classify.Section{Tag: h.tag, Payload: b})
	}
	return out, nil
}
