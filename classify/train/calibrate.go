package train

import (
	"math"
	"slices"

	"earshot/classify"
)

// plainMix has no opinion: the net counts half, nothing is softened.
func plainMix() classify.Mix {
	var m classify.Mix
	for c := range classify.ChannelCount {
		m.Sentiment[c], m.Intent[c] = .5, .5
		m.SentimentT[c], m.IntentT[c], m.GateT[c], m.GateIntentT[c] = 1, 1, 1, 1
	}
	m.Gate = 2
	return m
}

// Gate is the linear model's certainty, in sentiment and in intent, above which
// the net is not asked.
const Gate = .8

// Calibrate fits the mix on dev rows, channel by channel: the net's share, then
// the link of the two heads, then the temperatures. Sets without a neutral label
// stay out: they would make the model too sure. fit are the training rows, which
// the link is counted on.
func Calibrate(sections []classify.Section, fit, dev []Row) (classify.Mix, error) {
	mix := plainMix()
	m, err := build(sections, mix)
	if err != nil {
		return mix, err
	}
	all := outcomes(m, dev)
	own := keepOutcomes(all, func(o *outcome) bool { return o.own })
	share := bestShare(own, intentHead)
	for c := range classify.ChannelCount {
		rows := keepOutcomes(all, func(o *outcome) bool { return o.channel == c })
		mix.Sentiment[c], mix.Intent[c] = bestShare(rows, sentimentHead), share
	}
	mix.Link = link(fit)
	fitLink(&mix, own)
	if _, _, _, ok := m.Parts(classify.Passage{Text: "x"}); ok {
		mix.Gate = Gate
	}
	fitTemperatures(&mix, all, own)
	return mix, nil
}

// fitTemperatures fits them on what the mix makes of the rows; only own prose
// has all intents.
func fitTemperatures(mix *classify.Mix, all, own []outcome) {
	intentT := temperature(mixed(mix, own, intentHead, false))
	gateIntentT := temperature(mixed(mix, own, intentHead, true))
	for c := range classify.ChannelCount {
		rows := keepOutcomes(all, func(o *outcome) bool { return o.channel == c })
		mix.SentimentT[c] = temperature(mixed(mix, rows, sentimentHead, false))
		mix.GateT[c] = temperature(mixed(mix, rows, sentimentHead, true))
		mix.IntentT[c], mix.GateIntentT[c] = intentT, gateIntentT
	}
}

// fitLink finds how much each head heeds the other: 0 to 1 by .1, least
// log-loss.
func fitLink(mix *classify.Mix, own []outcome) {
	for head, w := range []*float32{&mix.LinkSentiment, &mix.LinkIntent} {
		best, bestLoss := float32(0), math.Inf(1)
		for k := 0; k <= 10; k++ {
			*w = float32(k) / 10
			rows := mixed(mix, own, head, false)
			if loss := softLoss(rows, float64(temperature(rows))); loss < bestLoss {
				best, bestLoss = *w, loss
			}
		}
		*w = best
	}
}

// link counts P(s, i) / (P(s) P(i)) over own prose, with a small count added to
// every pair.
func link(rows []Row) (out [15]float32) {
	var joint [15]float64
	var s [3]float64
	var t [5]float64
	total := 0.0
	for k := range joint {
		joint[k] = 3
	}
	for i := range rows {
		if r := &rows[i]; r.Own && r.GoldSentiment >= 0 && r.GoldIntent >= 0 { // a correction may have no sentiment
			joint[rows[i].GoldSentiment*5+rows[i].GoldIntent]++
		}
	}
	for k, n := range joint {
		s[k/5] += n
		t[k%5] += n
		total += n
	}
	for k, n := range joint {
		out[k] = float32(n * total / (s[k/5] * t[k%5]))
	}
	return out
}

// outcome is one judged row: both parts of the model, both heads.
type outcome struct {
	linear, net classify.Scores
	channel     int
	gold        [2]int // of sentimentHead and intentHead, -1 if there is none
	own         bool
}

// The heads of an outcome.
const (
	sentimentHead = iota
	intentHead
)

func (o *outcome) parts(head int) (linear, net []float64) {
	if head == intentHead {
		return o.linear.Intent[:], o.net.Intent[:]
	}
	return o.linear.Sentiment[:], o.net.Sentiment[:]
}

// outcomes judges the dev rows with both parts of the model.
func outcomes(m *classify.Model, dev []Row) (out []outcome) {
	for i := range dev {
		r := &dev[i]
		if classify.Channel(r.P) < 0 || binarySets[r.Source] {
			continue
		}
		o := outcome{gold: [2]int{r.GoldSentiment, r.GoldIntent}, own: r.Own}
		o.linear, o.net, o.channel, _ = m.Parts(r.P)
		out = append(out, o)
	}
	return out
}

func keepOutcomes(all []outcome, keep func(*outcome) bool) (out []outcome) {
	for i := range all {
		if keep(&all[i]) {
			out = append(out, all[i])
		}
	}
	return out
}

// judged is a distribution and the label that was right.
type judged struct {
	p    []float64
	gold int
}

// bestShare finds the net's share, .2 to .8 by .1, with the least log-loss.
func bestShare(rows []outcome, head int) float32 {
	best, bestLoss := float32(.5), math.Inf(1)
	for k := 2; k <= 8; k++ {
		share := float64(k) / 10
		var list []judged
		for i := range rows {
			linear, net := rows[i].parts(head)
			if gold := rows[i].gold[head]; gold >= 0 {
				list = append(list, judged{meanOf(linear, net, share), gold})
			}
		}
		if loss := softLoss(list, float64(temperature(list))); loss < bestLoss && len(list) > 0 {
			best, bestLoss = float32(share), loss
		}
	}
	return best
}

func meanOf(a, b []float64, w float64) []float64 {
	out := make([]float64, len(a))
	for k := range a {
		out[k] = (1-w)*a[k] + w*b[k]
	}
	return out
}

// mixed applies the mix, without temperatures, to the rows that have a label.
// gated takes the rows, and the linear model alone, where that is sure.
func mixed(mix *classify.Mix, rows []outcome, head int, gated bool) (out []judged) {
	for i := range rows {
		o := &rows[i]
		if o.gold[head] < 0 || gated && slices.Max(o.linear.Sentiment[:]) < Gate {
			continue
		}
		ws, wi := float64(mix.Sentiment[o.channel]), float64(mix.Intent[o.channel])
		if gated {
			ws, wi = 0, 0
		}
		s, t := narrow(meanOf(o.linear.Sentiment[:], o.net.Sentiment[:], ws)), narrow(meanOf(o.linear.Intent[:], o.net.Intent[:], wi))
		mix.Couple(o.channel, s, t)
		p := s
		if head == intentHead {
			p = t
		}
		out = append(out, judged{widen(p), o.gold[head]})
	}
	return out
}

func narrow(x []float64) []float32 {
	out := make([]float32, len(x))
	for i, v := range x {
		out[i] = float32(v)
	}
	return out
}

func widen(x []float32) []float64 {
	out := make([]float64, len(x))
	for i, v := range x {
		out[i] = float64(v)
	}
	return out
}

func build(sections []classify.Section, mix classify.Mix) (*classify.Model, error) {
	all := append(append([]classify.Section(nil), sections...), classify.Section{Tag: classify.SectionMix, Payload: classify.EncodeMix(mix)})
	return classify.LoadModel(classify.EncodeFile(all))
}

// temperature finds the T of .5..3 with the least log-loss of p^(1/T).
func temperature(rows []judged) float32 {
	if len(rows) < 50 {
		return 1.1
	}
	best, bestLoss := 1.0, math.Inf(1)
	for t := .5; t <= 3; t += .02 {
		if loss := softLoss(rows, t); loss < bestLoss {
			best, bestLoss = t, loss
		}
	}
	return float32(best)
}

// softLoss is the log-loss of p^(1/t), renormalised.
func softLoss(rows []judged, t float64) float64 {
	loss := 0.0
	for _, r := range rows {
		sum := 0.0
		for _, p := range r.p {
			sum += math.Pow(max(p, 1e-9), 1/t)
		}
		loss -= math.Log(math.Pow(max(r.p[r.gold], 1e-9), 1/t) / sum)
	}
	return loss
}
