package insight

import (
	"cmp"
	"time"

	"earshot"
)

// MinRate is the fewest cases a rate is given for; below it there are counts.
const MinRate = 10

// Line is how one brand answers the people who write about it, of all that was
// published in one stretch of time.
type Line struct {
	Brand       string
	Ours        bool
	CanAnswer   bool // somebody could be recognised as speaking for it
	Mentions    int
	Complaints  int
	Compliments int
	Answered    int
	Resolved    int           // of those answered
	Late        int           // not answered, and their time has run out
	Running     int           // still in time: on neither side of the rate
	Median, P90 time.Duration // from publication to the first answer
}

// Add counts mentions of an intent.
func (l *Line) Add(i earshot.Intent, n int) {
	l.Mentions += n
	switch i {
	case earshot.Complaint:
		l.Complaints += n
	case earshot.Compliment:
		l.Compliments += n
	}
}

// Countable is how many were answered or should have been by now.
func (l Line) Countable() int { return l.Answered + l.Late }

// Part is what was answered of what is countable.
func (l Line) Part() Part { return Part{l.Answered, l.Countable()} }

// Rated says whether there are enough cases for a rate.
func (l Line) Rated() bool { return l.CanAnswer && l.Countable() >= MinRate }

// Rate is the share answered in public.
func (l Line) Rate() float64 { return l.Part().Share() }

// Compare orders a league, best first: those with a rate by the lower end of
// its interval, so that a small sample cannot lead by luck; then by mentions.
func (l Line) Compare(o Line) int {
	rated := func(l Line) int {
		if l.Rated() {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(rated(l), rated(o)), cmp.Compare(o.Part().Interval().Low, l.Part().Interval().Low),
		cmp.Compare(o.Mentions, l.Mentions), cmp.Compare(l.Brand, o.Brand))
}
