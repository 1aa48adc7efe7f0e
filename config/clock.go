package config

import (
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // zones must be known on machines without a zone database

	"earshot"
)

// clock is a local time of day: "09:45".
type clock struct {
	text   string
	minute int
}

func (c *clock) read(text string) error {
	m, err := earshot.ParseClock(text)
	if err != nil || m >= 24*60 {
		return &wrong{fmt.Sprintf("%q is no time of day", text), `write hours and minutes, such as "09:45"`}
	}
	c.text, c.minute = strings.TrimSpace(text), m
	return nil
}

// weekClock is a local time of a weekday: "Tue 10:00".
type weekClock struct {
	text   string
	day    time.Weekday
	minute int
}

func (w *weekClock) read(text string) error {
	bad := &wrong{fmt.Sprintf("%q is no time of the week", text), `write day and time, such as "Tue 10:00"`}
	day, at, ok := strings.Cut(strings.TrimSpace(text), " ")
	if !ok {
		return bad
	}
	weekday, err := earshot.ParseWeekday(day)
	if err != nil {
		return bad
	}
	var c clock
	if err := c.read(at); err != nil {
		return bad
	}
	*w = weekClock{text: strings.TrimSpace(text), day: weekday, minute: c.minute}
	return nil
}

// zone is an IANA time zone.
type zone struct{ loc *time.Location }

func (z *zone) read(text string) error {
	text = strings.TrimSpace(text)
	loc, err := time.LoadLocation(text)
	if err != nil || text == "" || text == "Local" {
		return &wrong{fmt.Sprintf("unknown time zone %q", text), zoneHint(text)}
	}
	z.loc = loc
	return nil
}

// zoneHint finds the zone of a city without, or in the wrong, region.
func zoneHint(text string) string {
	city := strings.ReplaceAll(text[strings.LastIndex(text, "/")+1:], " ", "_")
	for _, region := range []string{"Europe", "America", "Asia", "Africa", "Australia", "Pacific", "Atlantic"} {
		if _, err := time.LoadLocation(region + "/" + city); err == nil && city != "" {
			return fmt.Sprintf("did you mean %q?", region+"/"+city)
		}
	}
	return "write a name such as Europe/Rome or UTC"
}

func (z zone) name() string {
	if z.loc == nil {
		return ""
	}
	return z.loc.String()
}

// or is the zone, or else the default.
func (z zone) or(loc *time.Location) *time.Location {
	if z.loc == nil {
		return loc
	}
	return z.loc
}

// date is a day: 2026-12-25.
type date struct{ text string }

func (d *date) read(text string) error {
	text = strings.TrimSpace(text)
	if _, err := time.Parse(time.DateOnly, text); err != nil {
		return &wrong{fmt.Sprintf("%q is no date", text), "write year-month-day, such as 2026-12-25"}
	}
	d.text = text
	return nil
}

// days is a day or a stretch of days: 2026-12-24/2027-01-02.
type days struct{ from, to string }

func (d *days) read(text string) error {
	a, b, ranged := strings.Cut(text, "/")
	if !ranged {
		b = a
	}
	var from, to date
	if from.read(a) != nil || to.read(b) != nil {
		return &wrong{fmt.Sprintf("%q is no stretch of days", text), "write first/last, such as 2026-12-24/2027-01-02"}
	}
	if to.text < from.text {
		return &wrong{fmt.Sprintf("%q ends before it begins", text), "write the first day, a slash, the last day"}
	}
	*d = days{from.text, to.text}
	return nil
}

// hours are the open hours of a week: "Mon-Fri 09:00-17:00, Sat 10:00-12:00".
type hours struct {
	text string
	open []earshot.Hours
}

func (h *hours) read(text string) error {
	open, err := earshot.ParseHours(text)
	if err != nil {
		return &wrong{err.Error(), `write days and a span, such as "Mon-Fri 09:00-17:00, Sat 10:00-12:00"`}
	}
	h.text, h.open = text, open
	return nil
}
