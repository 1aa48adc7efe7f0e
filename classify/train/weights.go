package train

import (
	"math"
	"math/rand/v2"
)

// OwnWeight is how much more a passage of our own counts: it is the only text
// that looks like what the product reads.
const OwnWeight = 4

// epochCap is how many rows of a source are drawn anew for every epoch.
var epochCap = map[string]int{"shopping_zh": 12000, "semeval17a": 20000, "semeval17c": 18000, "zh_products": 9000}

// sourceWeight holds sources down that would drown the others.
var sourceWeight = map[string]float32{"shopping_zh": .7, "semeval17a": .8, "waimai_zh": .6}

// Weigh sets the rows' loss weights: by source, by class within the source
// (sqrt(N/(k n_c)), at most 3) and for own prose.
func Weigh(rows []Row) {
	sentiment := map[string]*[8]float64{}
	intent := map[string]*[8]float64{}
	for i := range rows {
		count(sentiment, group(&rows[i]), rows[i].GoldSentiment)
		count(intent, group(&rows[i]), rows[i].GoldIntent)
	}
	for i := range rows {
		r := &rows[i]
		w := float32(1)
		if s, ok := sourceWeight[r.Source]; ok {
			w = s
		}
		if r.Own {
			w = OwnWeight
		}
		r.Sentiment.Weight *= w * classWeight(sentiment[group(r)], r.GoldSentiment)
		r.Intent.Weight *= w * classWeight(intent[group(r)], r.GoldIntent)
	}
}

// group is the source of a row; all own prose is one source.
func group(r *Row) string {
	if r.Own {
		return "own"
	}
	return r.Source
}

func count(counts map[string]*[8]float64, source string, label int) {
	if label < 0 {
		return
	}
	if counts[source] == nil {
		counts[source] = &[8]float64{}
	}
	counts[source][label]++
}

func classWeight(counts *[8]float64, label int) float32 {
	if counts == nil || label < 0 {
		return 1
	}
	total, kinds := 0.0, 0.0
	for _, n := range counts {
		total += n
		if n > 0 {
			kinds++
		}
	}
	return float32(min(3, math.Sqrt(total/(kinds*counts[label]))))
}

// sample draws the rows of one epoch in random order: capped sources anew,
// everything else whole, complaints and own prose twice.
func sample(rows []Row, rng *rand.Rand) []int {
	left := map[string]int{}
	var order []int
	for _, i := range rng.Perm(len(rows)) {
		r := &rows[i]
		if limit, capped := epochCap[r.Source]; capped {
			if left[r.Source] >= limit {
				continue
			}
			left[r.Source]++
		}
		order = append(order, i)
		if r.Own || r.Source == "complaints" {
			order = append(order, i)
		}
	}
	rng.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
	return order
}
