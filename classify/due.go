package classify

import (
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Precision of a due time.
const (
	DueDay  = "day"  // a date; the time is 23:59 of that day
	DueTime = "time" // a moment
)

// dueEvening is the hour from which "by Friday", said on a Friday, means the next one.
const dueEvening = 18

// dueRule is one way to name a time. Its groups n, m (the upper end of a range), dow, day, month, hour and min carry the figures.
type dueRule struct {
	re   *regexp.Regexp
	what string
}

// answerDue finds the words that say when a promise falls due, and resolves them against the time of writing when that is known.
// The clause of the promise is asked first, then its sentence, then the rest of the text.
//
// Words that leave room are read at their latest: "before Friday" and "by Friday" are both the end of Friday, "next week" is its
// Sunday, "3 to 5 days" is five. So no promise is called broken before the words allow it.
func (d *answerDoc) answerDue(out *Answer) {
	home := -1
	for i := range d.clauses {
		if start, _ := d.clauses[i].span(); start == out.Start {
			home = i
			break
		}
	}
	for _, near := range []func(i int) bool{
		func(i int) bool { return i == home },
		func(i int) bool { return home >= 0 && d.clauses[i].sentence == d.clauses[home].sentence },
		func(i int) bool { return i > home },
	} {
		for i := range d.clauses {
			if near(i) && d.dueIn(&d.clauses[i], out) {
				return
			}
		}
	}
}

// dueIn looks for due words in one clause.
func (d *answerDoc) dueIn(c *answerClause, out *Answer) bool {
	for _, rule := range dueRules()[d.table.lang] {
		m := rule.re.FindStringSubmatchIndex(c.norm)
		if m == nil {
			continue
		}
		first, last := c.token(m[0]), c.token(max(m[0], m[1]-2))
		out.DueText = d.in.Text[c.toks[first].start:c.toks[last].end]
		if d.in.At.IsZero() {
			return true
		}
		due, precision, ok := rule.resolve(dueGroups(rule.re, c.norm, m), d.in.At)
		if !ok {
			continue
		}
		out.Due, out.DuePrecision = dueClock(d.dueRest(c.norm, rule, m), due, precision)
		return true
	}
	return false
}

// dueRest gives the clause without its dates and without the words of the due time, so that "by 1 April" does not name one o'clock.
func (d *answerDoc) dueRest(norm string, found dueRule, m []int) string {
	if found.what != "tomorrow" { // "noon tomorrow" keeps its hour
		norm = norm[:m[0]] + " , " + norm[max(m[0], m[1]-1):]
	}
	for _, rule := range dueRules()[d.table.lang] {
		if rule.what == "date" {
			norm = rule.re.ReplaceAllString(norm, " , ")
		}
	}
	return norm
}

// dueGroups gives the named groups of a match.
func dueGroups(re *regexp.Regexp, s string, m []int) map[string]string {
	groups := map[string]string{}
	for i, name := range re.SubexpNames() {
		if name != "" && m[2*i] >= 0 {
			groups[strings.TrimSuffix(name, "2")] = strings.TrimSpace(s[m[2*i]:m[2*i+1]])
		}
	}
	return groups
}

// resolve turns the figures of a match into a time.
func (r dueRule) resolve(g map[string]string, at time.Time) (time.Time, string, bool) {
	n, ok := dueNumber(g["n"])
	if m, more := dueNumber(g["m"]); more {
		n, ok = m, true
	}
	switch r.what {
	case "minutes", "hours":
		unit := map[string]time.Duration{"minutes": time.Minute, "hours": time.Hour}[r.what]
		return at.Add(time.Duration(n) * unit), DueTime, ok && n < 10000
	case "days", "business", "weeks", "months":
		return dueEnd(dueAdd(at, n, r.what)), DueDay, ok && n < 1000
	case "coming": // "martedì prossimo" is never today
		day, ok := dueWeekday(g["dow"])
		return dueEnd(dueNextWeekday(at.AddDate(0, 0, 1), day, false)), DueDay, ok
	case "weekday", "nextweekday":
		day, ok := dueWeekday(g["dow"])
		return dueEnd(dueNextWeekday(at, day, r.what == "nextweekday")), DueDay, ok
	case "monthday", "date":
		return dueDate(g, at)
	}
	return dueNamed(r.what, at)
}

// dueAdd adds n days, business days, weeks or months.
func dueAdd(at time.Time, n int, unit string) time.Time {
	switch unit {
	case "weeks":
		return at.AddDate(0, 0, 7*n)
	case "months":
		return at.AddDate(0, n, 0)
	case "days":
		return at.AddDate(0, 0, n)
	}
	for n > 0 {
		at = at.AddDate(0, 0, 1)
		if at.Weekday() != time.Saturday && at.Weekday() != time.Sunday {
			n--
		}
	}
	return at
}

// dueNamed resolves words without a figure: today, tomorrow, this week, next month.
func dueNamed(what string, at time.Time) (time.Time, string, bool) {
	sunday := (7 - int(at.Weekday())) % 7
	days := map[string]int{"today": 0, "tomorrow": 1, "aftertomorrow": 2, "third": 3, "week": sunday, "nextweek": sunday + 7}
	if n, ok := days[what]; ok {
		return dueEnd(at.AddDate(0, 0, n)), DueDay, true
	}
	first := time.Date(at.Year(), at.Month(), 1, 0, 0, 0, 0, at.Location())
	switch what {
	case "month":
		return dueEnd(first.AddDate(0, 1, -1)), DueDay, true
	case "nextmonth":
		return dueEnd(first.AddDate(0, 2, -1)), DueDay, true
	case "year":
		return dueEnd(time.Date(at.Year(), time.December, 31, 0, 0, 0, 0, at.Location())), DueDay, true
	}
	return time.Time{}, "", false
}

// dueNextWeekday gives the coming weekday; today counts until the evening. With next it is the one of next week.
func dueNextWeekday(at time.Time, day time.Weekday, next bool) time.Time {
	ahead := (int(day) - int(at.Weekday()) + 7) % 7
	if ahead == 0 && at.Hour() >= dueEvening {
		ahead = 7
	}
	if next { // count from the Monday of next week
		ahead = (8-int(at.Weekday()))%7 + (int(day)+6)%7
		if at.Weekday() == time.Monday {
			ahead += 7
		}
	}
	return at.AddDate(0, 0, ahead)
}

// dueDate resolves a day of the month, with or without the month, to its first occurrence from at on.
func dueDate(g map[string]string, at time.Time) (time.Time, string, bool) {
	day, ok := dueNumber(strings.TrimRight(g["day"], "stndrh."))
	if !ok || day < 1 || day > 31 {
		return time.Time{}, "", false
	}
	month, year := at.Month(), at.Year()
	if g["month"] == "" {
		if day < at.Day() {
			month++
		}
		return dueEnd(time.Date(year, month, day, 0, 0, 0, 0, at.Location())), DueDay, true
	}
	if month, ok = dueMonth(g["month"]); !ok {
		return time.Time{}, "", false
	}
	due := dueEnd(time.Date(year, month, day, 0, 0, 0, 0, at.Location()))
	if due.Before(at) {
		due = due.AddDate(1, 0, 0)
	}
	return due, DueDay, true
}

// dueEnd is 23:59 of a day.
func dueEnd(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 23, 59, 0, 0, t.Location())
}

// dueHour finds a time of day such as "5pm", "14:30", "las 17" or "alle 9".
var dueHour = regexp.MustCompile(` (?:(\d{1,2})(?::(\d\d))? ?(am|pm) |(?:at|by|before|until|las|alle|le ore|ore) (\d{1,2})(?::(\d\d))? |(noon|midday|mediodía|mezzogiorno) )`)

// dueClock narrows a day to a time of day where the clause names one.
func dueClock(norm string, due time.Time, precision string) (time.Time, string) {
	m := dueHour.FindStringSubmatch(norm)
	if m == nil || precision != DueDay {
		return due, precision
	}
	hour, minute := 12, 0
	if m[6] == "" {
		hour, _ = strconv.Atoi(m[1] + m[4])
		minute, _ = strconv.Atoi(m[2] + m[5])
		if m[3] == "pm" && hour < 12 {
			hour += 12
		}
	}
	if hour > 23 || minute > 59 {
		return due, precision
	}
	return time.Date(due.Year(), due.Month(), due.Day(), hour, minute, 0, 0, due.Location()), DueTime
}

// dueRules compiles the tables of due_words.go on first use.
var dueRules = sync.OnceValue(func() map[string][]dueRule {
	rules := map[string][]dueRule{}
	for lang, lines := range dueTable() {
		for _, line := range lines {
			what, pattern, _ := strings.Cut(line, ": ")
			pattern = strings.NewReplacer("NUM", dueNumberPattern(lang), "DOW", dueWeekdayPattern(lang), "MON", dueMonthPattern(lang)).Replace(pattern)
			rules[lang] = append(rules[lang], dueRule{regexp.MustCompile(pattern), what})
		}
	}
	return rules
})
