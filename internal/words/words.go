// Package words holds every text a person reads, by language. It imports
// nothing of the product and has no I/O: a catalogue is a value, texts carry
// named places such as {who}.
package words

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Languages lists the languages that have a catalogue, English first.
var Languages = []string{"en", "es", "it", "zh"}

// Words is the catalogue of one language.
type Words struct {
	Lang string
	Cards
}

// For returns the catalogue of lang ("es", "es-MX", "ES"); English if there is none.
func For(lang string) *Words {
	base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(lang, "_", "-")), "-")
	switch base {
	case "es":
		return &Words{Lang: base, Cards: spanishCards()}
	case "it":
		return &Words{Lang: base, Cards: italianCards()}
	case "zh":
		return &Words{Lang: base, Cards: chineseCards()}
	}
	return &Words{Lang: "en", Cards: englishCards()}
}

// Text is a text with named places: "Due {time}".
type Text string

// With fills the places, given as name, value, name, value...
func (t Text) With(pairs ...string) string {
	var out strings.Builder
	for _, p := range t.Parts() {
		out.WriteString(p.fill(pairs))
	}
	return out.String()
}

// Part is a literal piece of a text, or the name of a place.
type Part struct {
	Literal string
	Place   string
}

func (p Part) fill(pairs []string) string {
	if p.Place == "" {
		return p.Literal
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i] == p.Place {
			return pairs[i+1]
		}
	}
	return "{" + p.Place + "}"
}

// Parts splits the text at its places, so that a place may be filled with more
// than text (a date that each reader sees in local time, a person).
func (t Text) Parts() []Part {
	var parts []Part
	rest := string(t)
	for {
		before, after, ok := strings.Cut(rest, "{")
		place, tail, closed := strings.Cut(after, "}")
		if !ok || !closed {
			break
		}
		if before != "" {
			parts = append(parts, Part{Literal: before})
		}
		parts = append(parts, Part{Place: place})
		rest = tail
	}
	if rest != "" {
		parts = append(parts, Part{Literal: rest})
	}
	return parts
}

// Plural is a text that depends on a number, which it names {n}. A language
// without a plural has the same text twice.
type Plural struct {
	One   Text
	Other Text
}

// N fills the text for n.
func (p Plural) N(n int, pairs ...string) string {
	return p.Text(n).With(append([]string{"n", strconv.Itoa(n)}, pairs...)...)
}

// Text returns the text for n, not yet filled.
func (p Plural) Text(n int) Text {
	if n == 1 {
		return p.One
	}
	return p.Other
}

// Name looks up the name of a label; a label that has none is shown as it is.
func Name(names map[string]string, label string) string {
	if n, ok := names[label]; ok {
		return n
	}
	return label
}

// Duration writes d as people say it: "3 s", "40 min", "3 h 05", "1 d 14 h", "58 days".
func (w *Words) Duration(d time.Duration) string {
	d = max(d, 0)
	minutes := int(d / time.Minute)
	hours, days := minutes/60, minutes/60/24
	switch {
	case d > 0 && d < time.Minute:
		return w.Seconds.With("n", strconv.Itoa(int(max(d, time.Second)/time.Second)))
	case minutes < 60:
		return w.Minutes.With("n", strconv.Itoa(minutes))
	case days < 1 && minutes%60 == 0:
		return w.Hours.With("n", strconv.Itoa(hours))
	case days < 1:
		return w.HoursMinutes.With("h", strconv.Itoa(hours), "m", fmt.Sprintf("%02d", minutes%60))
	case days < 10 && hours%24 != 0:
		return w.DaysHours.With("d", strconv.Itoa(days), "h", strconv.Itoa(hours%24))
	}
	return w.Days.N(days)
}

// Date writes the day of t: "Friday 20 November".
func (w *Words) Date(t time.Time) string {
	return w.DateLong.With("weekday", w.Weekdays[t.Weekday()], "day", strconv.Itoa(t.Day()), "month", w.Months[t.Month()-1])
}

// Stamp writes t with date, time and zone: "20 Nov 12:00 CET".
func (w *Words) Stamp(t time.Time) string {
	return w.DateTime.With("day", strconv.Itoa(t.Day()), "month", w.MonthsShort[t.Month()-1], "time", t.Format("15:04"), "zone", t.Format("MST"))
}

// When writes t as one says it at now: the time alone today, the weekday
// within six days, else the date.
func (w *Words) When(t, now time.Time) string {
	now = now.In(t.Location())
	day := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, t.Location())
	clock := t.Format("15:04")
	switch {
	case !t.Before(day) && t.Before(day.AddDate(0, 0, 1)):
		return w.Today.With("time", clock)
	case t.After(day.AddDate(0, 0, -6)) && t.Before(day.AddDate(0, 0, 6)):
		return w.WeekdayTime.With("weekday", w.Weekdays[t.Weekday()], "time", clock)
	}
	return w.DayTime.With("day", strconv.Itoa(t.Day()), "month", w.Months[t.Month()-1], "time", clock)
}

// Ordinal writes n as a rank, in English only; other languages use the number.
func (w *Words) Ordinal(n int) string {
	if w.Lang != "en" {
		return strconv.Itoa(n)
	}
	suffix := "th"
	if tens := n % 100; tens < 11 || tens > 13 {
		suffix = [...]string{"th", "st", "nd", "rd", "th", "th", "th", "th", "th", "th"}[n%10]
	}
	return strconv.Itoa(n) + suffix
}

// List joins items: "a, b and c".
func (w *Words) List(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	last := len(items) - 1
	return strings.Join(items[:last], w.Comma) + w.And + items[last]
}

// Quoted puts s between the quotation marks of the language.
func (w *Words) Quoted(s string) string { return w.Quote.With("text", s) }

// Known says whether lang has a catalogue of its own.
func Known(lang string) bool { return slices.Contains(Languages, lang) }
