package classify

import (
	"math"
	"slices"

	"earshot"
)

// Layer is what people's corrections taught: sparse weights over the shipped
// model, by word and pair of words. It moves the logits of a mention that
// shares features with a corrected one, and nothing else. It is an immutable
// value; nil and the empty Layer change nothing.
type Layer struct {
	model   string // version of the model it was learnt over
	lessons int
	index   map[uint64]int32
	keys    []uint64 // ascending
	weights []layerWeights
	hash    string
}

// layerWeights are what one feature adds to the logits of the intents and the
// sentiments.
type layerWeights struct {
	intent    [5]float32
	sentiment [3]float32
}

// Limits of a layer.
const (
	// LayerFeatures is how many features a layer holds at most; of more, those
	// of the newest corrections are dropped.
	LayerFeatures = 1 << 17
	// layerCap is the largest weight of one feature, in logits.
	layerCap = 8
)

// orNone is nil for a layer that changes nothing.
func (l *Layer) orNone() *Layer {
	if l == nil || len(l.keys) == 0 {
		return nil
	}
	return l
}

// Lesson is one correction as the layer learns it.
type Lesson struct {
	features []layerFeature
	base     Scores // what the shipped model says
	intent   int    // the right one, of earshot.Intents
}

// Lesson reads a corrected mention. ok is false for an intent that is none of
// earshot.Intents, and for a mention without a word to learn from.
func (c *Classifier) Lesson(e earshot.Entry, m earshot.Mention, others []earshot.Mention, intent earshot.Intent) (l Lesson, ok bool) {
	in := c.mentionInput(e, m, others)
	_, total, _ := c.weigh(in)
	l = Lesson{features: c.layerFeatures(scopes(in.title, in.text, in.spans, in.others), in), base: total, intent: slices.Index(earshot.Intents, intent)}
	return l, l.intent >= 0 && len(l.features) > 0
}

// Compare judges a mention as c does, and as it would with another layer. Where
// both layers say the same of its words, which is soon seen, moved is false and
// the verdicts are empty.
func (c *Classifier) Compare(e earshot.Entry, m earshot.Mention, others []earshot.Mention, next *Layer) (now, then earshot.Verdict, moved bool) {
	in := c.mentionInput(e, m, others)
	features := c.layerFeatures(scopes(in.title, in.text, in.spans, in.others), in)
	next = next.orNone()
	if c.layer.push(features) == next.push(features) {
		return now, then, false
	}
	all, total, best := c.weigh(in)
	with := c.WithLayer(next)
	return c.verdict(in, all, c.layer.apply(total, features), best), with.verdict(in, all, next.apply(total, features), best), true
}

// Flips says for each of the layers whether the mention's intent would be
// another under it than it is now.
func (c *Classifier) Flips(e earshot.Entry, m earshot.Mention, others []earshot.Mention, layers []*Layer) []bool {
	out := make([]bool, len(layers))
	in := c.mentionInput(e, m, others)
	features := c.layerFeatures(scopes(in.title, in.text, in.spans, in.others), in)
	now := c.layer.push(features)
	var base *Scores
	for i, l := range layers {
		if l.push(features) == now {
			continue
		}
		if base == nil {
			_, total, _ := c.weigh(in)
			base = &total
		}
		is, would := c.layer.apply(*base, features), l.apply(*base, features)
		out[i] = argmax64(is.Intent[:]) != argmax64(would.Intent[:])
	}
	return out
}

// Holds says whether the layer gives the lesson's own text the right intent.
func (l *Layer) Holds(x Lesson) bool {
	s := l.apply(x.base, x.features)
	return argmax64(s.Intent[:]) == x.intent
}

// apply moves a judgement. Without a shared feature it is returned as it is.
func (l *Layer) apply(s Scores, features []layerFeature) Scores {
	z := l.push(features)
	if z == ([8]float64{}) {
		return s
	}
	tilt(s.Intent[:], z[:5])
	tilt(s.Sentiment[:], z[5:])
	return s
}

// push is what the layer adds to the logits of intents and sentiments.
func (l *Layer) push(features []layerFeature) (z [8]float64) {
	if l == nil {
		return z
	}
	for _, f := range features {
		i, ok := l.index[f.key]
		if !ok {
			continue
		}
		w := &l.weights[i]
		for j, v := range w.intent {
			z[j] += float64(float64(v) * f.value)
		}
		for j, v := range w.sentiment {
			z[5+j] += float64(float64(v) * f.value)
		}
	}
	return z
}

// tilt adds z to the logits of p.
func tilt(p, z []float64) {
	sum := 0.0
	for j := range p {
		p[j] = max(p[j], 1e-6) * math.Exp(z[j])
		sum += p[j]
	}
	for j := range p {
		p[j] /= sum
	}
}

// Lessons is how many corrections the layer learnt from.
func (l *Layer) Lessons() int { return l.lessons }

// Features is how many features have a weight.
func (l *Layer) Features() int { return len(l.keys) }

// Model is the version of the model the layer was learnt over.
func (l *Layer) Model() string { return l.model }

// Hash names the layer by its content, twelve hexadecimal digits; "" for none.
func (l *Layer) Hash() string {
	if l.orNone() == nil {
		return ""
	}
	return l.hash
}
