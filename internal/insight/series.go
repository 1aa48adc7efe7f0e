package insight

import "time"

const (
	hour = time.Hour
	week = 7 * 24 * time.Hour
)

// SeasonWeeks is how many weeks back the same hours of the week are compared,
// and SeasonFrom how many must be known before there is a season at all.
const (
	SeasonWeeks = 8
	SeasonFrom  = 3
)

// Series is how much each hour brought, by the hour's number since 1970 (UTC).
type Series map[int64]int

// Add counts n at a time.
func (s Series) Add(t time.Time, n int) { s[t.Unix()/3600] += n }

// Sum counts the hours that [from, to) touches, and says how many they are.
func (s Series) Sum(from, to time.Time) (n, hours int) {
	if !to.After(from) {
		return 0, 0
	}
	for h := from.Unix() / 3600; h*3600 < to.Unix(); h++ {
		n += s[h]
		hours++
	}
	return n, hours
}

// Usual is what was counted in stretches like one stretch of time: Seen in
// Units stretches of that length.
type Usual struct {
	Seen   int
	Units  float64
	Season bool // the same hours of earlier weeks, not just the time before
}

// Expected is how many are usual in one such stretch.
func (u Usual) Expected() float64 {
	if u.Units == 0 {
		return 0
	}
	return float64(u.Seen) / u.Units
}

// Season compares [from, to) with the same hours of up to eight weeks before,
// as far back as since; ok is false if fewer than three are known. Weeks that
// the stretch itself reaches into are passed over.
func (s Series) Season(from, to, since time.Time) (u Usual, ok bool) {
	length := to.Sub(from)
	if length <= 0 {
		return Usual{}, false
	}
	first, weeks := int((length+week-1)/week), 0
	for k := first; k < first+SeasonWeeks; k++ {
		back := -time.Duration(k) * week
		if from.Add(back).Before(since) {
			break
		}
		n, hours := s.Sum(from.Add(back), to.Add(back))
		weeks++
		u.Seen += n
		u.Units += float64(hours) * float64(hour) / float64(length)
	}
	u.Season = true
	return u, weeks >= SeasonFrom
}

// lookbacks are the stretches of time before a young brand's window.
var lookbacks = []time.Duration{3 * 24 * hour, 7 * 24 * hour, 21 * 24 * hour}

// usual is the season of [from, to), or before three weeks the busiest of the
// last days and weeks: what feeds still list thins out backwards, and must not
// make today look busy.
func (s Series) usual(from, to, since time.Time) Usual {
	if u, ok := s.Season(from, to, since); ok {
		return u
	}
	var best Usual
	for _, back := range lookbacks {
		n, hours := s.Sum(from.Add(-back), from.Truncate(hour)) // without the window's own first hour
		u := Usual{Seen: n, Units: float64(hours) * float64(hour) / float64(to.Sub(from))}
		if best.Units == 0 || u.Expected() >= best.Expected() {
			best = u
		}
	}
	return best
}
