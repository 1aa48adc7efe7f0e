package web

import (
	"html/template"
	"time"

	"earshot"
	"earshot/internal/words"
)

// Reader is who reads a page, and how times and words are written for them.
type Reader struct {
	Name  string
	Role  earshot.Role
	Lang  string
	Local bool // one person on this machine, without an account
	Token bool // a program with an API token
	Zone  *time.Location
	Now   time.Time
	W     *words.Pages
}

// MayAct says whether the reader may do more than read.
func (r Reader) MayAct() bool { return r.Role == earshot.Responder || r.Role == earshot.Admin }

// IsAdmin says whether the reader may see who may do what.
func (r Reader) IsAdmin() bool { return r.Role == earshot.Admin }

// Exact is the time to the minute with its zone: "Thu 19 Nov 2026, 22:40 CET".
func (r Reader) Exact(t time.Time) string {
	t = t.In(r.Zone)
	w := r.W
	return w.ExactTime.With("weekday", w.WeekdaysShort[t.Weekday()], "day", itoa(t.Day()), "month", w.MonthsShort[t.Month()-1],
		"year", itoa(t.Year()), "time", t.Format("15:04"), "zone", zoneName(t))
}

// zoneName is CET, or GMT+5 where a zone has no letters.
func zoneName(t time.Time) string {
	name := t.Format("MST")
	if len(name) > 0 && (name[0] == '+' || name[0] == '-') {
		return "GMT" + name
	}
	return name
}

func (r Reader) exactDay(t time.Time) string {
	t = t.In(r.Zone)
	w := r.W
	return w.ExactDay.With("weekday", w.WeekdaysShort[t.Weekday()], "day", itoa(t.Day()), "month", w.MonthsShort[t.Month()-1], "year", itoa(t.Year()))
}

// stamp wraps what people read in a time element with the exact moment.
func (r Reader) stamp(t time.Time, text string) template.HTML {
	return element("time", text, "datetime", t.In(r.Zone).Format(time.RFC3339), "title", r.Exact(t))
}

// Ago is how long ago t was: "26 min ago", "yesterday 17:48", "3 Nov".
func (r Reader) Ago(t time.Time) template.HTML {
	if t.IsZero() {
		return template.HTML(template.HTMLEscapeString(r.W.Never))
	}
	d := r.Now.Sub(t)
	switch {
	case d < 0:
		return r.In(t)
	case d < time.Minute:
		return r.stamp(t, r.W.JustNow)
	case d < 20*time.Hour:
		return r.stamp(t, r.W.AgoText.With("time", r.W.Duration(coarse(d))))
	case d < 8*24*time.Hour:
		return r.Clock(t)
	}
	return r.stamp(t, r.Day(t))
}

// coarse drops the minutes of what is more than an hour ago.
func coarse(d time.Duration) time.Duration {
	if d > time.Hour {
		return d.Truncate(time.Hour)
	}
	return d
}

// In is how long until t: "in 48 min", "tomorrow 10:00".
func (r Reader) In(t time.Time) template.HTML {
	d := t.Sub(r.Now)
	switch {
	case t.IsZero():
		return template.HTML(template.HTMLEscapeString(r.W.Never))
	case d <= 0:
		return r.stamp(t, r.W.Now)
	case d < time.Minute:
		return r.stamp(t, r.W.InText.With("time", r.W.Duration(time.Minute)))
	case d < 20*time.Hour:
		return r.stamp(t, r.W.InText.With("time", r.W.Duration(d)))
	}
	return r.Clock(t)
}

// Clock is the time of day, with the day if that is not today.
func (r Reader) Clock(t time.Time) template.HTML { return r.stamp(t, r.ClockText(t)) }

// ClockText is what Clock shows, without markup.
func (r Reader) ClockText(t time.Time) string {
	t = t.In(r.Zone)
	clock := t.Format("15:04")
	switch days := r.daysFrom(t); {
	case days == 0:
		return clock
	case days == -1:
		return r.W.Yesterday.With("time", clock)
	case days == 1:
		return r.W.Tomorrow.With("time", clock)
	case days > -7 && days < 7:
		return r.W.WeekdayClock.With("weekday", r.W.WeekdaysShort[t.Weekday()], "time", clock)
	}
	return r.Day(t)
}

// daysFrom counts calendar days from today to t in the reader's zone.
func (r Reader) daysFrom(t time.Time) int {
	noon := func(t time.Time) time.Time {
		t = t.In(r.Zone)
		return time.Date(t.Year(), t.Month(), t.Day(), 12, 0, 0, 0, time.UTC)
	}
	return int(noon(t).Sub(noon(r.Now)).Hours() / 24)
}

// Day is the date, with the year if it is not this one.
func (r Reader) Day(t time.Time) string {
	t = t.In(r.Zone)
	text := r.W.DayText
	if t.Year() != r.Now.In(r.Zone).Year() {
		text = r.W.DayYear
	}
	return text.With("day", itoa(t.Day()), "month", r.W.MonthsShort[t.Month()-1], "year", itoa(t.Year()))
}

// Published is when something was written: a bare day is never shown with a time.
func (r Reader) Published(t time.Time, p earshot.Precision) template.HTML {
	if p == earshot.PrecisionDay && r.Now.Sub(t) < 8*24*time.Hour {
		return element("time", r.Day(t), "datetime", t.In(r.Zone).Format(time.DateOnly), "title", r.exactDay(t))
	}
	return r.Ago(t)
}

// Length writes a duration: "3 h 05".
func (r Reader) Length(d time.Duration) string { return r.W.Duration(d) }

// Since is the time from t to now as a length.
func (r Reader) Since(t time.Time) string { return r.W.Duration(r.Now.Sub(t)) }

// Until is the time from now to t as a length.
func (r Reader) Until(t time.Time) string { return r.W.Duration(t.Sub(r.Now)) }

// LongNow is the page's date line: "Friday 20 November 2026, 09:12".
func (r Reader) LongNow() template.HTML {
	t := r.Now.In(r.Zone)
	w := r.W
	return r.stamp(r.Now, w.LongDate.With("weekday", w.Weekdays[t.Weekday()], "day", itoa(t.Day()), "month", w.Months[t.Month()-1],
		"year", itoa(t.Year()), "time", t.Format("15:04")))
}

// ZoneName is the reader's zone, for the foot of the page.
func (r Reader) ZoneName() string {
	if r.Zone == time.Local {
		return zoneName(r.Now.In(r.Zone))
	}
	return r.Zone.String()
}
