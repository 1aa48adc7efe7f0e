package classify

import "math"

// togetherLift says how much oftener an intent (row, in the order of
// earshot.Intents) goes with a sentiment (column) than by chance, counted on
// the labelled passages of train/passages with one added to each cell.
var togetherLift = [5][3]float64{
	{2.625, 0.003, 0.004},
	{0.004, 0.004, 4.044},
	{0.561, 2.074, 0.051},
	{0.643, 1.828, 0.296},
	{0.004, 2.671, 0.006},
}

// togetherHeat is the temperature that takes back the overconfidence of
// multiplying two judges who read the same words; fitted on dev passages.
const togetherHeat = 1.8

// together reads the sentiment in the light of the intent: the model's two
// heads know nothing of each other and may say "compliment" and "negative" at
// once. The intent stays as it is: on dev passages the other way round cost it
// as much as it gave.
func together(s Scores) Scores {
	out := Scores{Intent: s.Intent}
	sum := 0.0
	for i := range togetherLift {
		for k, lift := range togetherLift[i] {
			p := math.Pow(s.Intent[i]*s.Sentiment[k]*lift, 1/togetherHeat)
			out.Sentiment[k] += p
			sum += p
		}
	}
	if !(sum > 0) {
		return s
	}
	for k := range out.Sentiment {
		out.Sentiment[k] /= sum
	}
	return out
}
