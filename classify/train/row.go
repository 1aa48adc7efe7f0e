// Package train fits, calibrates and scores the model of package classify.
//
// It reads labelled JSON Lines (one record a line, gzip or plain) and labelled
// passages (see passages/FORMAT.md), and writes a model file. Same input, same
// seed and same build give the same bytes.
package train

import "earshot/classify"

// Labels of sentiment, in the model's order.
const (
	Negative = iota
	Neutral
	Positive
)

// Labels of intent, in the model's order.
const (
	Complaint = iota
	Compliment
	Question
	Request
	None
)

// SentimentNames and IntentNames name the labels.
var (
	SentimentNames = []string{"negative", "neutral", "positive"}
	IntentNames    = []string{"complaint", "compliment", "question", "request", "none"}
)

// Target is what one head learns from one row. Bits are labels.
type Target struct {
	// Allowed are the labels that would be right: more than one where the
	// source says less than the head does. 0 means nothing to learn.
	Allowed uint8
	// Support are the labels the source can tell apart; others get no gradient.
	Support uint8
	// Weight scales the loss.
	Weight float32
}

// Row is one labelled mention.
type Row struct {
	Source string
	Dev    bool
	// Own marks prose written for this project.
	Own       bool
	P         classify.Passage
	Sentiment Target
	Intent    Target
	// GoldSentiment and GoldIntent are the labels to score against, or -1.
	GoldSentiment, GoldIntent int
	Tags                      []string
}

// bit returns the mask of one label.
func bit(label int) uint8 { return 1 << label }

// one makes a target of a single label with full support of n labels.
func one(label, n int, weight float32) Target {
	return Target{Allowed: bit(label), Support: 1<<n - 1, Weight: weight}
}
