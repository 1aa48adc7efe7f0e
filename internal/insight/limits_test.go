package insight

import (
	"math"
	"slices"
	"testing"

	"earshot"
)

func TestNumbersAreHonest(t *testing.T) {
	l := Part{81, 263}.Interval()
	if math.Abs(l.Low-.2553) > .001 || math.Abs(l.High-.3662) > .001 { // a worked example of the score interval
		t.Errorf("81 of 263: %.4f to %.4f", l.Low, l.High)
	}
	if l := (Part{0, 10}).Interval(); l.Low != 0 || l.High < .2 || l.High > .35 {
		t.Errorf("0 of 10: %.3f to %.3f", l.Low, l.High)
	}
	if Differ(Part{5, 10}, Part{6, 10}) || !Differ(Part{50, 100}, Part{80, 100}) || Differ(Part{}, Part{1, 1}) {
		t.Error("two shares differ only by more than chance")
	}
}

func TestTailsAgreeWithTheirSums(t *testing.T) {
	if got := AtMost(2, 3); math.Abs(got-.42319) > 1e-5 { // e^-3 (1 + 3 + 4.5)
		t.Errorf("at most 2 of 3: %f", got)
	}
	if got := None(6.91); got > .001 || None(6.9) < .001 {
		t.Errorf("none of 6.91: %g", got)
	}
	for _, c := range []struct {
		n, seen int
		units   float64
	}{{1, 0, 10}, {5, 3, 8}, {20, 160, 8}, {40, 160, 8}, {3, 160, 8}, {100, 900, 9}} {
		below := negativeBinomialBelow(c.n, float64(c.seen)+.5, c.units/(c.units+1))
		if got := AtLeast(c.n, c.seen, c.units); math.Abs(got-(1-below)) > 1e-9 {
			t.Errorf("%+v: %g, want %g", c, got, 1-below)
		}
	}
	// With much data the tail is the Poisson's own.
	if got, want := AtLeast(20, 100000, 10000), 1-AtMost(19, 10); math.Abs(got-want) > want/50 {
		t.Errorf("20 of 10: %g, Poisson says %g", got, want)
	}
	if AtLeast(5, 2, 8) < AtLeast(5, 200, 800) {
		t.Error("few data must give wider limits than many of the same rate")
	}
}

func TestChartLimitsAreWiderWithFewer(t *testing.T) {
	mean, limits := PChart([]Part{{10, 100}, {100, 1000}, {1, 5}})
	if math.Abs(mean-111./1105) > 1e-9 || len(limits) != 3 || limits[0].High <= limits[1].High || limits[2].Low != 0 {
		t.Errorf("mean %f, %+v", mean, limits)
	}
	if !limits[0].Holds(.1) || limits[1].Holds(.2) {
		t.Error("a fifth of a thousand is out, a tenth of a hundred is not")
	}
}

func TestTheLeagueIsOrderedByWhatIsSure(t *testing.T) {
	lines := []Line{
		{Brand: "lucky", CanAnswer: true, Answered: 9, Late: 1},
		{Brand: "good", CanAnswer: true, Answered: 80, Late: 20},
		{Brand: "few", CanAnswer: true, Answered: 3, Mentions: 50},
		{Brand: "mute", Answered: 0, Late: 100, Mentions: 900},
	}
	slices.SortFunc(lines, Line.Compare)
	var order []string
	for _, l := range lines {
		order = append(order, l.Brand)
	}
	if !slices.Equal(order, []string{"good", "lucky", "few", "mute"}) {
		t.Error(order)
	}
	var l Line
	l.Add(earshot.Complaint, 2)
	l.Add(earshot.NoIntent, 3)
	if l.Mentions != 5 || l.Complaints != 2 {
		t.Errorf("%+v", l)
	}
}
