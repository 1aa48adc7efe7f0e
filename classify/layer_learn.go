package classify

import (
	"math"
	"slices"
)

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

// Plus returns the layer with one more lesson, without learning the others
// again: what the next Learn would roughly give.
func (l *Layer) Plus(m *Model, x Lesson) *Layer {
	t := &layerTrainer{at: map[uint64]int32{}}
	if l != nil {
		for i, key := range l.keys {
			t.at[key] = int32(i)
			t.keys = append(t.keys, key)
			var w [8]float64
			for j, v := range l.weights[i].intent {
				w[j] = float64(v)
			}
			for j, v := range l.weights[i].sentiment {
				w[5+j] = float64(v)
			}
			t.weights = append(t.weights, w)
		}
	}
	t.admit(x)
	for range layerRounds {
		if len(t.lessons) == 0 || t.teach(x) < .01 {
			break
		}
	}
	out := &Layer{model: m.version, lessons: len(t.lessons)}
	t.export(out)
	return out.indexed()
}
