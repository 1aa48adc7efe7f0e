package classify

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash/crc32"
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
	all, total, _ := c.weigh(in)
	l = Lesson{features: c.layerFeatures(all, in), base: total, intent: slices.Index(earshot.Intents, intent)}
	return l, l.intent >= 0 && len(l.features) > 0
}

// Compare judges a mention as c does, and as it would with another layer. It
// costs little more than one Judge.
func (c *Classifier) Compare(e earshot.Entry, m earshot.Mention, others []earshot.Mention, next *Layer) (now, then earshot.Verdict) {
	in := c.mentionInput(e, m, others)
	all, total, best := c.weigh(in)
	features := c.layerFeatures(all, in)
	with := c.WithLayer(next)
	return c.verdict(in, all, c.layer.apply(total, features), best), with.verdict(in, all, with.layer.apply(total, features), best)
}

// Holds says whether the layer gives the lesson's own text the right intent.
func (l *Layer) Holds(x Lesson) bool {
	s := l.apply(x.base, x.features)
	return argmax64(s.Intent[:]) == x.intent
}

// How the layer learns.
const (
	layerRounds = 200  // passes over the lessons at most
	layerDecay  = .02  // of the weights, in each of the first passes: L2 to zero
	layerShrink = 8    // how many passes that is
	layerMargin = 1.25 // logits that the right label is to win by: p = .78
)

// Learn builds the layer from corrections, in the order given: same lessons,
// same bytes. It starts from the shipped model (all weights 0) and moves no
// further than the margin asks for (passive-aggressive updates, Crammer et al.
// 2006, with the soft maximum of the wrong labels).
func Learn(m *Model, lessons []Lesson) *Layer {
	t := &layerTrainer{at: map[uint64]int32{}}
	for _, x := range lessons {
		t.admit(x)
	}
	for round := range layerRounds {
		if round > 0 && round <= layerShrink {
			t.shrink()
		}
		worst := 0.0
		for _, x := range t.lessons {
			worst = max(worst, t.teach(x))
		}
		if worst < .01 && round > layerShrink {
			break
		}
	}
	l := &Layer{model: m.version, lessons: len(t.lessons)}
	t.export(l)
	return l.indexed()
}

// layerTrainer holds the weights while they are learnt.
type layerTrainer struct {
	lessons []Lesson
	at      map[uint64]int32
	keys    []uint64
	weights [][8]float64 // five intents, three sentiments
}

// admit makes room for a lesson's features, unless the layer is full.
func (t *layerTrainer) admit(x Lesson) {
	if len(t.keys)+len(x.features) > LayerFeatures {
		return
	}
	for _, f := range x.features {
		if _, ok := t.at[f.key]; !ok {
			t.at[f.key] = int32(len(t.keys))
			t.keys = append(t.keys, f.key)
			t.weights = append(t.weights, [8]float64{})
		}
	}
	t.lessons = append(t.lessons, x)
}

func (t *layerTrainer) shrink() {
	for i := range t.weights {
		for k := range t.weights[i] {
			t.weights[i][k] *= 1 - layerDecay
		}
	}
}

// teach moves the weights by what one lesson lacks, and returns that.
func (t *layerTrainer) teach(x Lesson) float64 {
	lack := t.push(x, x.base.Intent[:], 0, x.intent)
	if want := sentimentOf[x.intent]; want >= 0 {
		lack = max(lack, t.push(x, x.base.Sentiment[:], 5, want))
	}
	return lack
}

// sentimentOf is the sentiment that goes with an intent, or -1 where any may.
var sentimentOf = [5]int{0, 2, -1, -1, -1}

// push is one update of a group of labels, which begins at weight k.
func (t *layerTrainer) push(x Lesson, base []float64, k, right int) float64 {
	var z [5]float64
	n := len(base)
	for j, p := range base {
		z[j] = logit(p)
	}
	norm := 0.0
	for _, f := range x.features {
		w := &t.weights[t.at[f.key]]
		for j := range n {
			z[j] += float64(w[k+j] * f.value)
		}
		norm += float64(f.value * f.value)
	}
	share, wrong := softWrong(z[:n], right)
	lack := layerMargin - (z[right] - wrong)
	if lack <= 0 {
		return 0
	}
	sum := 1.0
	for j := range n {
		sum += float64(share[j] * share[j])
	}
	step := lack / float64(norm*sum)
	for _, f := range x.features {
		w := &t.weights[t.at[f.key]]
		for j := range n {
			by := -share[j]
			if j == right {
				by = 1
			}
			w[k+j] = min(max(w[k+j]+float64(step*float64(f.value*by)), -layerCap), layerCap)
		}
	}
	return lack
}

// softWrong is the logarithm of the summed exponentials of all but the right
// one, and each one's share of it.
func softWrong(z []float64, right int) (share [5]float64, sum float64) {
	top := math.Inf(-1)
	for j, v := range z {
		if j != right {
			top = max(top, v)
		}
	}
	for j, v := range z {
		if j != right {
			share[j] = math.Exp(v - top)
			sum += share[j]
		}
	}
	for j := range z {
		share[j] /= sum
	}
	return share, top + math.Log(sum)
}

// export writes the weights to the layer, by key.
func (t *layerTrainer) export(l *Layer) {
	order := make([]int, len(t.keys))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if t.keys[a] < t.keys[b] {
			return -1
		}
		return 1 // keys are unique
	})
	for _, i := range order {
		var w layerWeights
		for j := range 5 {
			w.intent[j] = float32(t.weights[i][j])
		}
		for j := range 3 {
			w.sentiment[j] = float32(t.weights[i][5+j])
		}
		if w != (layerWeights{}) {
			l.keys, l.weights = append(l.keys, t.keys[i]), append(l.weights, w)
		}
	}
}

func logit(p float64) float64 { return math.Log(max(p, 1e-6)) }

func argmax64(p []float64) int {
	at := 0
	for i, x := range p {
		if x > p[at] {
			at = i
		}
	}
	return at
}

// apply moves a judgement. Without a shared feature it is returned as it is.
func (l *Layer) apply(s Scores, features []layerFeature) Scores {
	if l == nil || len(l.keys) == 0 {
		return s
	}
	var z [8]float64
	hits := 0
	for _, f := range features {
		i, ok := l.index[f.key]
		if !ok {
			continue
		}
		hits++
		w := &l.weights[i]
		for j, v := range w.intent {
			z[j] += float64(float64(v) * f.value)
		}
		for j, v := range w.sentiment {
			z[5+j] += float64(float64(v) * f.value)
		}
	}
	if hits == 0 {
		return s
	}
	tilt(s.Intent[:], z[:5])
	tilt(s.Sentiment[:], z[5:])
	return s
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

// Hash names the layer by its content: twelve hexadecimal digits.
func (l *Layer) Hash() string { return l.hash }

// The bytes of a layer: magic, CRC-32 of the rest, lessons, features, the
// model's version as 16 bytes, then key and eight float32 a feature.
const (
	layerMagic  = "EARL"
	layerHeader = 32
	layerRow    = 8 + 8*4
)

// Bytes writes the layer; ReadLayer reads it.
func (l *Layer) Bytes() []byte {
	out := make([]byte, layerHeader, layerHeader+layerRow*len(l.keys))
	copy(out, layerMagic)
	binary.LittleEndian.PutUint32(out[8:], uint32(l.lessons))
	binary.LittleEndian.PutUint32(out[12:], uint32(len(l.keys)))
	copy(out[16:32], l.model)
	for i, key := range l.keys {
		out = binary.LittleEndian.AppendUint64(out, key)
		for _, v := range append(l.weights[i].intent[:], l.weights[i].sentiment[:]...) {
			out = binary.LittleEndian.AppendUint32(out, math.Float32bits(v))
		}
	}
	binary.LittleEndian.PutUint32(out[4:], crc32.ChecksumIEEE(out[8:]))
	return out
}

// ReadLayer reads what Bytes wrote. The error says what is wrong with it.
func ReadLayer(b []byte) (*Layer, error) {
	if len(b) < layerHeader || string(b[:4]) != layerMagic {
		return nil, errors.New("not a layer of corrections: magic EARL is missing")
	}
	if crc32.ChecksumIEEE(b[8:]) != binary.LittleEndian.Uint32(b[4:]) {
		return nil, errors.New("layer of corrections: checksum does not match")
	}
	n := int(binary.LittleEndian.Uint32(b[12:]))
	if n > LayerFeatures || len(b) != layerHeader+layerRow*n {
		return nil, fmt.Errorf("layer of corrections: %d features announced in %d bytes", n, len(b))
	}
	l := &Layer{lessons: int(binary.LittleEndian.Uint32(b[8:])), keys: make([]uint64, n), weights: make([]layerWeights, n)}
	for _, c := range b[16:32] {
		if c != 0 {
			l.model += string(rune(c))
		}
	}
	for i := range n {
		row := b[layerHeader+layerRow*i:]
		l.keys[i] = binary.LittleEndian.Uint64(row)
		for k := range 8 {
			v := math.Float32frombits(binary.LittleEndian.Uint32(row[8+4*k:]))
			if !(v >= -layerCap && v <= layerCap) {
				return nil, fmt.Errorf("layer of corrections: weight %d of feature %d is out of range", k, i)
			}
			if k < 5 {
				l.weights[i].intent[k] = v
			} else {
				l.weights[i].sentiment[k-5] = v
			}
		}
	}
	return l.indexed(), nil
}

func (l *Layer) indexed() *Layer {
	l.index = make(map[uint64]int32, len(l.keys))
	for i, key := range l.keys {
		l.index[key] = int32(i)
	}
	sum := sha256.Sum256(l.Bytes())
	l.hash = hex.EncodeToString(sum[:6])
	return l
}
