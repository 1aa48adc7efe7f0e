package earshot

import "time"

// Spike is an incident: many people complain about one brand at once. It has
// one card at each receiver that the brand's routes lead to; single cases of
// the brand are not told while it lasts.
type Spike struct {
	ID       string        `json:"id"`
	Brand    string        `json:"brand"`
	Lead     string        `json:"lead"`  // the case that said it first; it carries the events
	Since    time.Time     `json:"since"` // when the first of it was published
	Opened   time.Time     `json:"opened"`
	Calmed   time.Time     `json:"calmed,omitzero"`
	Window   time.Duration `json:"window"`   // the stretch of time in which it stood out
	Expected float64       `json:"expected"` // complaints that are usual in that stretch
	Step     int           `json:"step"`     // changes of its cards so far
	Shown    int           `json:"shown"`    // complaints its cards last told of
	ShownAt  time.Time     `json:"shown_at"`
}

// SpikeID writes the n-th spike's id: "s" and a number, so that it is never
// taken for a case's.
func SpikeID(n int64) string { return "s" + itoa(int(n)) }

// Spiked and Calmed are facts about the case that said it first: a spike began,
// or is over.
type (
	Spiked struct{ Spike string }
	Calmed struct{ Spike string }
)

func (Spiked) fact() {}
func (Calmed) fact() {}
