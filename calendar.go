package earshot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Calendar is open time: hours of the week in a zone, without the holidays.
// The zero Calendar, and Always, is open all the time.
type Calendar struct {
	Name     string
	Zone     *time.Location
	Hours    []Hours
	Holidays []string // 2006-01-02
}

// Hours are open minutes of one weekday, [From, To), in minutes since midnight.
type Hours struct {
	Day  time.Weekday
	From int
	To   int
}

// Always is the built-in calendar that never closes.
var Always = Calendar{Name: "always"}

// ParseHours reads "Mon-Fri 09:00-17:00, Sat 10:00-12:00"; days wrap (Sat-Mon).
func ParseHours(s string) ([]Hours, error) {
	var hours []Hours
	for part := range strings.SplitSeq(s, ",") {
		days, span, ok := strings.Cut(strings.TrimSpace(part), " ")
		if !ok {
			return nil, fmt.Errorf("hours %q: want days and a span, such as \"Mon-Fri 09:00-17:00\"", part)
		}
		from, to, err := parseSpan(span)
		if err != nil {
			return nil, err
		}
		week, err := parseDays(days)
		if err != nil {
			return nil, err
		}
		for _, d := range week {
			hours = append(hours, Hours{Day: d, From: from, To: to})
		}
	}
	return hours, nil
}

func parseSpan(s string) (from, to int, err error) {
	a, b, ok := strings.Cut(strings.TrimSpace(s), "-")
	if !ok {
		return 0, 0, fmt.Errorf("hours %q: want a span, such as 09:00-17:00", s)
	}
	if from, err = ParseClock(a); err != nil {
		return 0, 0, err
	}
	if to, err = ParseClock(b); err != nil {
		return 0, 0, err
	}
	if to <= from {
		return 0, 0, fmt.Errorf("hours %q: the end must be after the start; write a night as two spans", s)
	}
	return from, to, nil
}

// ParseClock reads "09:45" (or "24:00") as minutes since midnight.
func ParseClock(s string) (int, error) {
	h, m, ok := strings.Cut(strings.TrimSpace(s), ":")
	hh, err1 := strconv.Atoi(h)
	mm, err2 := strconv.Atoi(m)
	if !ok || len(m) != 2 || err1 != nil || err2 != nil || hh < 0 || mm < 0 || mm > 59 || hh*60+mm > 24*60 {
		return 0, fmt.Errorf("time %q: want hours and minutes, such as 09:45", s)
	}
	return hh*60 + mm, nil
}

var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// ParseWeekday reads "Tue" or "tuesday".
func ParseWeekday(s string) (time.Weekday, error) {
	t := strings.ToLower(strings.TrimSpace(s))
	for i, w := range weekdays {
		if t == w || t == strings.ToLower(time.Weekday(i).String()) {
			return time.Weekday(i), nil
		}
	}
	return 0, fmt.Errorf("day %q: want Mon Tue Wed Thu Fri Sat or Sun", s)
}

func parseDays(s string) ([]time.Weekday, error) {
	a, b, ranged := strings.Cut(s, "-")
	from, err := ParseWeekday(a)
	if err != nil {
		return nil, err
	}
	if !ranged {
		return []time.Weekday{from}, nil
	}
	to, err := ParseWeekday(b)
	if err != nil {
		return nil, err
	}
	days := []time.Weekday{from}
	for d := from; d != to; {
		d = (d + 1) % 7
		days = append(days, d)
	}
	return days, nil
}

// AlwaysOpen says whether the calendar never closes.
func (c Calendar) AlwaysOpen() bool { return len(c.Hours) == 0 }

func (c Calendar) zone() *time.Location {
	if c.Zone == nil {
		return time.UTC
	}
	return c.Zone
}

// span is an open stretch of real time.
type span struct{ from, to time.Time }

// day returns the open spans of the local day that starts at d, in order. A
// wall clock that a zone change skips falls on the next that exists, which
// time.Date does, so a span may be shorter or longer than its label says.
func (c Calendar) day(y int, m time.Month, d int) []span {
	date := time.Date(y, m, d, 0, 0, 0, 0, c.zone())
	if slices.Contains(c.Holidays, date.Format(time.DateOnly)) {
		return nil
	}
	if c.AlwaysOpen() {
		return []span{{date, time.Date(y, m, d+1, 0, 0, 0, 0, c.zone())}}
	}
	// The weekday of the date asked for, not of the instant: where a zone skips
	// midnight, the instant may fall on the day before.
	week := time.Date(y, m, d, 12, 0, 0, 0, time.UTC).Weekday()
	var spans []span
	for _, h := range c.Hours {
		if h.Day == week {
			spans = append(spans, span{time.Date(y, m, d, 0, h.From, 0, 0, c.zone()), time.Date(y, m, d, 0, h.To, 0, 0, c.zone())})
		}
	}
	slices.SortFunc(spans, func(a, b span) int { return a.from.Compare(b.from) })
	return join(spans)
}

// join merges spans that overlap, so that no open minute counts twice.
func join(spans []span) []span {
	var out []span
	for _, s := range spans {
		if n := len(out); n > 0 && !s.from.After(out[n-1].to) {
			if s.to.After(out[n-1].to) {
				out[n-1].to = s.to
			}
			continue
		}
		out = append(out, s)
	}
	return out
}

// horizon bounds every walk: a calendar whose holidays swallow all its hours
// must not loop for ever.
const horizon = 366 * 5

// Add returns the instant at which d of open time has passed since t. A
// calendar that never opens again gives the horizon, five years on.
func (c Calendar) Add(t time.Time, d time.Duration) time.Time {
	if c.AlwaysOpen() && len(c.Holidays) == 0 {
		return t.Add(d)
	}
	y, m, day := t.In(c.zone()).Date()
	for i := range horizon {
		for _, s := range c.day(y, m, day+i) {
			if !s.to.After(t) {
				continue
			}
			from := later(s.from, t)
			if open := s.to.Sub(from); d > open {
				d -= open
				continue
			}
			return from.Add(d).In(t.Location())
		}
	}
	return t.AddDate(5, 0, 0)
}

// Between returns the open time from a to b; 0 if b is not after a.
func (c Calendar) Between(a, b time.Time) time.Duration {
	if !b.After(a) {
		return 0
	}
	if c.AlwaysOpen() && len(c.Holidays) == 0 {
		return b.Sub(a)
	}
	var sum time.Duration
	y, m, day := a.In(c.zone()).Date()
	for i := range horizon {
		spans := c.day(y, m, day+i)
		for _, s := range spans {
			from, to := later(s.from, a), earlier(s.to, b)
			if to.After(from) {
				sum += to.Sub(from)
			}
		}
		if !time.Date(y, m, day+i+1, 0, 0, 0, 0, c.zone()).Before(b) {
			break
		}
	}
	return sum
}

// Open says whether t is open time.
func (c Calendar) Open(t time.Time) bool {
	return c.NextOpen(t).Equal(t)
}

// NextOpen returns t if it is open time, else the next opening.
func (c Calendar) NextOpen(t time.Time) time.Time {
	if c.AlwaysOpen() && len(c.Holidays) == 0 {
		return t
	}
	y, m, day := t.In(c.zone()).Date()
	for i := range horizon {
		for _, s := range c.day(y, m, day+i) {
			if s.to.After(t) {
				return later(s.from, t).In(t.Location())
			}
		}
	}
	return t.AddDate(5, 0, 0)
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
