package insight

import (
	"fmt"
	"math/rand"
	"slices"
	"testing"
	"time"
)

var monday = time.Date(2026, 6, 1, 9, 30, 0, 0, time.UTC)

// voicesOf makes n voices by as many authors, evenly over the time before now.
func voicesOf(n, authors int, over time.Duration, now time.Time) []Voice {
	var out []Voice
	for i := range n {
		out = append(out, Voice{At: now.Add(-over * time.Duration(i) / time.Duration(n)), Author: fmt.Sprint(i % authors)})
	}
	return out
}

// rhythm is a series of so many weeks before now, with a count for each hour.
func rhythm(weeks int, now time.Time, each func(time.Time) int) Series {
	s := Series{}
	for t := now.Add(-time.Duration(weeks) * week).Truncate(hour); t.Before(now.Truncate(hour)); t = t.Add(hour) {
		if n := each(t); n > 0 {
			s.Add(t, n)
		}
	}
	return s
}

func TestASpikeTakesManyPeopleAndMoreThanChance(t *testing.T) {
	threeAWeek := rhythm(10, monday, func(t time.Time) int {
		if t.Hour() == 11 && t.Weekday()%2 == 1 {
			return 1
		}
		return 0
	})
	busyMornings := rhythm(10, monday, func(t time.Time) int {
		if t.Hour() < 12 && t.Hour() > 5 {
			return 10
		}
		return 0
	})
	old := monday.Add(-70 * 24 * hour)
	for name, c := range map[string]struct {
		voices []Voice
		series Series
		since  time.Time
		want   bool
	}{
		"five people where three a week are usual":      {voicesOf(5, 5, 3*hour, monday), threeAWeek, old, true},
		"one person twenty times":                       {voicesOf(20, 1, 3*hour, monday), threeAWeek, old, false},
		"four people":                                   {voicesOf(12, 4, 3*hour, monday), threeAWeek, old, false},
		"a busy morning as every morning":               {voicesOf(30, 30, 3*hour, monday), busyMornings, old, false},
		"six times a busy morning":                      {voicesOf(180, 180, 3*hour, monday), busyMornings, old, true},
		"the first day, with what the feeds still list": {voicesOf(6, 6, 20*hour, monday), rhythm(1, monday.Add(-24*hour), func(t time.Time) int { return int(t.Unix() / 3600 % 5 / 4) }), monday.Add(-hour), false},
		"the first day, many at once":                   {voicesOf(50, 50, hour, monday), Series{}, monday.Add(-hour), true},
	} {
		if _, got := Spiking(c.voices, c.series, c.since, monday); got != c.want {
			for _, w := range Windows {
				t.Logf("%v: %+v", w, Measure(c.voices, c.series, c.since, monday, w))
			}
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestChanceMakesFewSpikes: a year of a steady brand, looked at after each
// complaint, must not cry wolf every week.
func TestChanceMakesFewSpikes(t *testing.T) {
	rnd := rand.New(rand.NewSource(5))
	series, began := Series{}, monday.Add(-400*24*hour)
	var voices []Voice
	spikes, open := 0, false
	for at := began; at.Before(monday); at = at.Add(time.Duration(rnd.ExpFloat64() * float64(8*hour))) {
		series.Add(at, 1)
		voices = append(voices, Voice{At: at, Author: at.String()})
		voices = slices.DeleteFunc(voices, func(v Voice) bool { return v.At.Before(at.Add(-24 * hour)) })
		if at.Before(began.Add(21 * 24 * hour)) {
			continue
		}
		_, now := Spiking(voices, series, began, at)
		if now && !open {
			spikes++
		}
		open = now
	}
	if spikes > 4 {
		t.Errorf("%d spikes in a year of nothing", spikes)
	}
}

func TestNoSeasonBeforeThreeWeeks(t *testing.T) {
	s := rhythm(10, monday, func(time.Time) int { return 2 })
	for weeks, want := range map[int]bool{1: false, 2: false, 3: true, 8: true, 9: true} {
		u, ok := s.Season(monday.Add(-hour), monday, monday.Add(-time.Duration(weeks)*week-hour))
		if ok != want || ok && (u.Expected() < 1.9 || u.Expected() > 2.1) {
			t.Errorf("%d weeks: %+v %v", weeks, u, ok)
		}
	}
}

func TestDriversNameWhatTextsShare(t *testing.T) {
	var texts [][]string
	for i := range 30 {
		words := []string{fmt.Sprintf("ticket%d", i)}
		switch {
		case i < 18:
			words = append(words, "belt", "baggage")
		case i < 26:
			words = append(words, "app", "refused")
		}
		texts = append(texts, words)
	}
	got := fmt.Sprint(Drivers(texts, 3))
	if got != "[{[baggage belt] 18} {[refused app] 8}]" {
		t.Error(got)
	}
	if d := Drivers(nil, 3); d != nil {
		t.Error(d)
	}
}
