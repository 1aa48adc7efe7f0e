package train

import (
	"math"

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
const Gate = .9

// Calibrate fits the mix on dev rows, channel by channel: first the share of
// the net, then the temperature. Sets without a neutral label stay out: they
// would make the model too sure.
func Calibrate(sections []classify.Section, dev []Row) (classify.Mix, error) {
	mix := plainMix()
	m, err := build(sections, mix)
	if err != nil {
		return mix, err
	}
	sentiment, intent := outcomes(m, dev)
	for c := range classify.ChannelCount {
		mix.Sentiment[c], mix.SentimentT[c] = fitMix(sentiment[c])
		mix.GateT[c] = temperature(sentiment[c], 0, gated)
	}
	w, t := fitMix(intent)
	gateT := temperature(intent, 0, gated)
	for c := range classify.ChannelCount { // only own prose has all intents
		mix.Intent[c], mix.IntentT[c], mix.GateIntentT[c] = w, t, gateT
	}
	if _, _, _, ok := m.Parts(classify.Passage{Text: "x"}); ok {
		mix.Gate = Gate
	}
	return mix, nil
}

// outcomes judges the dev rows with both parts of the model.
func outcomes(m *classify.Model, dev []Row) (sentiment [classify.ChannelCount][]outcome, intent []outcome) {
	for i := range dev {
		r := &dev[i]
		if classify.Channel(r.P) < 0 || binarySets[r.Source] {
			continue
		}
		linear, net, c, _ := m.Parts(r.P)
		sure := max(linear.Sentiment[0], linear.Sentiment[1], linear.Sentiment[2]) >= Gate
		if r.GoldSentiment >= 0 {
			sentiment[c] = append(sentiment[c], outcome{linear.Sentiment[:], net.Sentiment[:], r.GoldSentiment, sure})
		}
		if r.Own {
			intent = append(intent, outcome{linear.Intent[:], net.Intent[:], r.GoldIntent, sure})
		}
	}
	return sentiment, intent
}

func build(sections []classify.Section, mix classify.Mix) (*classify.Model, error) {
	all := append(append([]classify.Section(nil), sections...), classify.Section{Tag: classify.SectionMix, Payload: classify.EncodeMix(mix)})
	return classify.LoadModel(classify.EncodeFile(all))
}

// outcome is one judged row.
type outcome struct {
	linear, net []float64
	gold        int
	sure        bool // the linear model was sure of the sentiment
}

func anyRow(outcome) bool { return true }

func gated(o outcome) bool { return o.sure }

// fitMix finds the net's share (0 to 1 by .1) and the temperature with the
// least log-loss.
func fitMix(rows []outcome) (w, t float32) {
	best := math.Inf(1)
	w, t = .5, 1
	for k := 2; k <= 8; k++ {
		share := float64(k) / 10
		heat := temperature(rows, share, anyRow)
		if loss := mixedLoss(rows, share, float64(heat), anyRow); loss < best {
			best, w, t = loss, float32(share), heat
		}
	}
	return w, t
}

// temperature finds the T of .5..3 with the least log-loss of p^(1/T) over the
// rows that use accepts.
func temperature(rows []outcome, share float64, use func(outcome) bool) float32 {
	n := 0
	for _, r := range rows {
		if use(r) {
			n++
		}
	}
	if n < 50 {
		return 1.1
	}
	best, bestLoss := 1.0, math.Inf(1)
	for t := .5; t <= 3; t += .02 {
		if loss := mixedLoss(rows, share, t, use); loss < bestLoss {
			best, bestLoss = t, loss
		}
	}
	return float32(best)
}

func mixedLoss(rows []outcome, share, t float64, use func(outcome) bool) float64 {
	loss := 0.0
	for _, r := range rows {
		if !use(r) {
			continue
		}
		sum, gold := 0.0, 0.0
		for k, p := range r.linear {
			q := math.Pow(max((1-share)*p+share*r.net[k], 1e-9), 1/t)
			sum += q
			if k == r.gold {
				gold = q
			}
		}
		loss -= math.Log(gold / sum)
	}
	return loss
}
