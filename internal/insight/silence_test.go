package insight

import (
	"testing"
	"time"
)

// listening is a world of blogs and one brand that has been heard for ten
// weeks: each blog brings so many entries on working days and fewer at
// weekends, a third of them name the brand, a third of those complain.
type listening struct {
	ears  []Ear
	rules []Rule
	now   time.Time
}

const blogs = 6

func hear(now time.Time, weekend bool) *listening {
	l := &listening{now: now, rules: []Rule{{Brand: "Norvane", Mentions: Series{}, Complaints: Series{}}}}
	from := now.Add(-70 * 24 * hour).Truncate(hour)
	for i := range blogs {
		e := Ear{ID: string(rune('a' + i)), Read: now, Since: from, Entries: Series{}}
		for t := from; t.Before(now.Truncate(hour)); t = t.Add(hour) {
			busy := t.Hour()%2 == i%2 && t.Hour() > 6
			if weekend && (t.Weekday() == time.Saturday || t.Weekday() == time.Sunday) || !busy {
				continue
			}
			l.add(&e, t)
		}
		l.ears = append(l.ears, e)
	}
	return l
}

func (l *listening) add(e *Ear, t time.Time) {
	e.Entries.Add(t, 1)
	e.Pages = append(e.Pages, Part{1, 1})
	n := int(t.Unix()/3600) + int(e.ID[0])
	if n%3 != 0 {
		return
	}
	l.rules[0].Mentions.Add(t, 1)
	if n%9 == 0 {
		l.rules[0].Complaints.Add(t, 1)
	}
}

// since drops what a series brought after a time.
func (s Series) drop(after time.Time, keep func(h int64) bool) {
	for h := range s {
		if h*3600 >= after.Unix() && !keep(h) {
			delete(s, h)
		}
	}
}

func never(int64) bool { return false }

func TestSilenceIsNamedByItsFirstStage(t *testing.T) {
	wednesday := time.Date(2026, 6, 3, 20, 0, 0, 0, time.UTC)
	twoDays := wednesday.Add(-48 * hour)
	right := 0
	cases := []struct {
		name   string
		want   Diagnosis
		source bool
		break_ func(*listening)
	}{
		{"the fetch fails", FetchFailing, true, func(l *listening) {
			l.ears[0].Failing = true
			l.ears[0].Entries.drop(twoDays, never)
		}},
		{"the feed is frozen", FeedFrozen, true, func(l *listening) { l.ears[0].Entries.drop(twoDays, never) }},
		{"the feed is empty", FeedEmpty, true, func(l *listening) {
			l.ears[0].EmptySince = twoDays
			l.ears[0].Entries.drop(twoDays, never)
		}},
		{"the layout changed", LayoutChanged, true, func(l *listening) {
			for range 20 {
				l.ears[0].Pages = append(l.ears[0].Pages, Part{0, 1})
			}
		}},
		{"the rule stopped", RuleStopped, false, func(l *listening) {
			l.rules[0].Mentions.drop(twoDays, never)
			l.rules[0].Complaints.drop(twoDays, never)
		}},
		{"the classifier is deaf", NoComplaints, false, func(l *listening) { l.rules[0].Complaints.drop(twoDays, never) }},
		{"truly quiet", Quiet, false, func(l *listening) {
			for _, e := range l.ears {
				e.Entries.drop(twoDays, func(h int64) bool { return h%12 < 2 })
			}
			l.rules[0].Mentions.drop(twoDays, never)
			l.rules[0].Complaints.drop(twoDays, never)
		}},
	}
	for _, c := range cases {
		l := hear(wednesday, true)
		c.break_(l)
		got := Listen(l.ears, l.rules, l.now.Add(-70*24*hour), l.now)
		if len(got) != 1 || got[0].Diagnosis != c.want || (got[0].Source != "") != c.source {
			t.Errorf("%s: %+v", c.name, got)
			continue
		}
		right++
	}
	t.Logf("silence: %d of %d faults named", right, len(cases))
}

func TestAQuietWeekendIsNoAlarm(t *testing.T) {
	monday := time.Date(2026, 6, 8, 8, 0, 0, 0, time.UTC)
	for at := monday.Add(-72 * hour); at.Before(monday); at = at.Add(hour) {
		l := hear(at, true)
		if got := Listen(l.ears, l.rules, at.Add(-70*24*hour), at); len(got) != 0 {
			t.Fatalf("at %v: %+v", at, got)
		}
	}
	// The same weekend is an alarm where weekends are as busy as any day.
	l := hear(monday, false)
	saturday := monday.Add(-56 * hour)
	for _, e := range l.ears {
		e.Entries.drop(saturday, never)
	}
	if got := Listen(l.ears, l.rules, monday.Add(-70*24*hour), monday); len(got) == 0 {
		t.Error("nothing was noticed where weekends are busy")
	}
}

func TestTooLittleToTellSaysNothing(t *testing.T) {
	now := time.Date(2026, 6, 3, 20, 0, 0, 0, time.UTC)
	l := hear(now, true)
	rare := Series{}
	for t := now.Add(-70 * 24 * hour); t.Before(now.Add(-10 * 24 * hour)); t = t.Add(56 * hour) { // three a week, then none for ten days
		rare.Add(t, 1)
	}
	l.rules = []Rule{{Brand: "Small", Mentions: rare, Complaints: rare}}
	if got := Listen(l.ears, l.rules, now.Add(-70*24*hour), now); len(got) != 0 {
		t.Errorf("three a week, ten days of none: %+v", got)
	}
	l = hear(now, true)
	l.rules[0].Mentions.drop(now.Add(-48*hour), never)
	if got := Listen(l.ears, l.rules, now.Add(-14*24*hour), now); len(got) != 0 {
		t.Errorf("a fortnight old: %+v", got)
	}
}
