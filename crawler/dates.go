package crawler

import (
	"errors"
	"strconv"
	"strings"
	"time"

	"earshot"
)

var errNoDate = errors.New("no date that can be read")

// ParseDate reads a date as found in feeds and pages: RFC 822 and 3339, ISO 8601
// and the variants in use, with day and month names in en es it zh fr de pt.
// lang ("" unknown) settles the order of numeric dates, zone is taken when the
// date has none (nil is UTC). Precision is day for a date without a time, or with
// a time but no zone and no zone given. ambiguous says the order of day and month
// was settled by language alone, or guessed.
func ParseDate(s, lang string, zone *time.Location) (t time.Time, p earshot.Precision, ambiguous bool, err error) {
	t, p, ambiguous, err = parseDate(s, lang, zone, true)
	return t.UTC(), p, ambiguous, err
}

// parseDate is ParseDate, but the time keeps the offset it was written with; sure
// is false for a zone that is only the best guess, so that a date without its own
// stays day-precise.
func parseDate(s, lang string, zone *time.Location, sure bool) (t time.Time, p earshot.Precision, ambiguous bool, err error) {
	if len(s) > 200 {
		s = clip(s, 200)
	}
	d := dateParts{lang: langOf(lang)}
	if epoch, ok := parseEpoch(strings.TrimSpace(s)); ok {
		return epoch, earshot.PrecisionTime, false, nil
	}
	d.scan(dateTokens(s))
	return d.resolve(zone, sure)
}

func langOf(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	lang, region, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	if lang == "en" && region != "" && region != "us" && region != "ph" {
		return "en-gb"
	}
	return lang
}

// parseEpoch reads seconds or milliseconds since 1970.
func parseEpoch(s string) (time.Time, bool) {
	if len(s) != 10 && len(s) != 13 {
		return time.Time{}, false
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return time.Time{}, false
	}
	if len(s) == 13 {
		return time.UnixMilli(n).UTC(), true
	}
	return time.Unix(n, 0).UTC(), true
}

// dateParts collects what the tokens say.
type dateParts struct {
	lang             string
	year, month, day int
	named            bool // the month was a word
	tuesday          bool // that word was "mar", which is also a Tuesday
	dots             bool // numbers are parted by dots: day first in every language
	nums             []dateToken
	hour, min, sec   int
	nano             int
	hasTime          bool
	pm, am           bool
	offset           int
	hasZone          bool
	ambiguous        bool
	bad              bool
}

func (d *dateParts) scan(ts []dateToken) {
	for i := 0; i < len(ts); {
		n := d.take(ts, i)
		if n <= 0 {
			n = 1
		}
		i += n
	}
}

// take reads what stands at ts[i] and returns how many tokens it used.
func (d *dateParts) take(ts []dateToken, i int) int {
	t := ts[i]
	if !t.num {
		return d.takeWord(ts, i)
	}
	next := textAt(ts, i+1)
	d.dots = d.dots || next == "." && len(d.nums) == 0 && numAt(ts, i+2) && textAt(ts, i+3) == "."
	switch {
	case next == "年":
		d.year = fullYear(t)
		return 2
	case next == "月":
		d.month, d.named = t.n, true
		return 2
	case next == "日" || next == "号" || next == "號":
		d.day = t.n
		return 2
	case !d.hasTime && (next == ":" || next == "点" || next == "點" || next == "时" || next == "時" || next == "h" || next == "uhr"):
		return d.takeTime(ts, i)
	case !d.hasTime && len(t.text) <= 2 && next == "." && d.hasDate() && numAt(ts, i+2) && len(ts[i+2].text) == 2 && t.n < 24 && !numAt(ts, i+4):
		return d.takeTime(ts, i) // 14.05
	case !d.hasTime && (next == "am" || next == "pm") && t.n <= 12 && len(t.text) <= 2:
		d.hour, d.hasTime = t.n, true
		return 1
	case len(t.text) == 8 && len(d.nums) == 0 && !d.named:
		d.year, d.month, d.day = t.n/10000, t.n/100%100, t.n%100
		d.named = true
		return 1
	case d.hasDate() && !d.hasTime && (len(t.text) == 6 || len(t.text) == 4) && prevIs(ts, i, "t"):
		d.compactTime(t)
		return 1
	}
	if next == "st" || next == "nd" || next == "rd" || next == "th" || next == "º" || next == "er" || next == "o" && !ts[i+1].spaced {
		d.nums = append(d.nums, dateToken{num: true, text: t.text + "x", n: t.n}) // surely a day
		return 2
	}
	d.nums = append(d.nums, t)
	return 1
}

func textAt(ts []dateToken, i int) string {
	if i < len(ts) && !ts[i].num {
		return ts[i].text
	}
	return ""
}

// textNum is the number's digits at ts[i], or "".
func textNum(ts []dateToken, i int) string {
	if numAt(ts, i) {
		return ts[i].text
	}
	return ""
}

func numAt(ts []dateToken, i int) bool { return i < len(ts) && ts[i].num }

func prevIs(ts []dateToken, i int, w string) bool { return i > 0 && ts[i-1].text == w }

func (d *dateParts) hasDate() bool {
	return d.named && (d.day > 0 || len(d.nums) > 0) || len(d.nums) >= 3 || d.year > 0 && d.month > 0
}

func (d *dateParts) compactTime(t dateToken) {
	n := t.n
	if len(t.text) == 6 {
		d.sec, n = n%100, n/100
	}
	d.hour, d.min, d.hasTime = n/100, n%100, true
}

// takeTime reads 14:05, 14:05:09.123, 14h05, 14.05, 14点05分, with an offset after it.
func (d *dateParts) takeTime(ts []dateToken, i int) int {
	d.hour, d.hasTime = ts[i].n, true
	used := 2
	if numAt(ts, i+used) && !(ts[i+1].text == "uhr") {
		d.min = ts[i+used].n
		used++
	}
	if m := textAt(ts, i+used); (m == ":" || m == "分" || m == "." || m == "'") && numAt(ts, i+used+1) && len(ts[i+used+1].text) <= 2 && (m != "." || ts[i+1].text == ".") {
		d.sec = ts[i+used+1].n
		used += 2
	}
	if m := textAt(ts, i+used); (m == "." || m == "," || m == ":" && used >= 4 && len(textNum(ts, i+used+1)) == 3) && numAt(ts, i+used+1) && !ts[i+used+1].spaced && m != "分" {
		d.nano = fraction(ts[i+used+1].text)
		used += 2
	}
	return used + d.takeOffset(ts, i+used)
}

func fraction(digits string) int {
	digits = (digits + "000000000")[:9]
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// takeOffset reads +0200, +02:00, -5, as it follows a time or a zone's name.
func (d *dateParts) takeOffset(ts []dateToken, i int) int {
	sign := textAt(ts, i)
	if (sign != "+" && sign != "-" && sign != "−") || !numAt(ts, i+1) {
		return 0
	}
	t := ts[i+1]
	if sign == "-" && (len(t.text) > 4 || len(t.text) == 3) {
		return 0
	}
	h, m, used := t.n, 0, 2
	if len(t.text) >= 3 {
		h, m = t.n/100, t.n%100
	} else if textAt(ts, i+2) == ":" && numAt(ts, i+3) {
		m, used = ts[i+3].n, 4
	}
	if h > 14 || m > 59 {
		return 0
	}
	d.offset, d.hasZone = h*3600+m*60, true
	if sign != "+" {
		d.offset = -d.offset
	}
	return used
}

func (d *dateParts) takeWord(ts []dateToken, i int) int {
	w := ts[i].text
	switch w {
	case "am", "上", "凌", "早":
		d.am = true
		return 1
	case "pm", "下", "晚":
		d.pm = true
		return 1
	case "a", "p":
		if d.hasTime && textAt(ts, i+1) == "." && textAt(ts, i+2) == "m" {
			d.am, d.pm = w == "a", w == "p"
			return 3
		}
		return 1
	}
	if m := monthWord(w); m > 0 && (!d.named || d.tuesday) {
		d.tuesday = w == "mar" && !d.named // es it fr: the day's name, if a month follows
		d.month, d.named = m, true
		return 1
	}
	if m, n := chineseNumber(ts, i); n > 0 {
		return d.takeChinese(ts, i, m, n)
	}
	if d.hasTime && !d.hasZone {
		if off, ok := zoneSeconds(w); ok {
			d.offset, d.hasZone = off, true
			if n := d.takeOffset(ts, i+1); n > 0 {
				return n + 1
			}
		}
	}
	return 1
}

// takeChinese reads a number written in Chinese characters before its unit.
func (d *dateParts) takeChinese(ts []dateToken, i, value, n int) int {
	switch textAt(ts, i+n) {
	case "年":
		d.year = value
	case "月":
		d.month, d.named = value, true
	case "日", "号":
		d.day = value
	}
	return n
}

// chineseNumber reads 二〇二四, 十二, 二十三 at ts[i].
func chineseNumber(ts []dateToken, i int) (value, n int) {
	tens := false
	for ; i+n < len(ts); n++ {
		at := strings.Index("零一二三四五六七八九", ts[i+n].text)
		switch {
		case ts[i+n].num || ts[i+n].text == "":
			return value, n
		case ts[i+n].text == "〇":
			value *= 10
		case ts[i+n].text == "十":
			value, tens = max(value, 1)*10, true
		case at >= 0 && tens:
			value += at / 3
		case at >= 0:
			value = value*10 + at/3
		default:
			return value, n
		}
	}
	return value, n
}

func fullYear(t dateToken) int {
	if len(t.text) == 2 {
		if t.n < 70 {
			return 2000 + t.n
		}
		return 1900 + t.n
	}
	return t.n
}

// resolve turns the parts into a time.
func (d *dateParts) resolve(zone *time.Location, sure bool) (time.Time, earshot.Precision, bool, error) {
	d.settle()
	if d.pm && d.hour < 12 {
		d.hour += 12
	}
	if d.am && d.hour == 12 {
		d.hour = 0
	}
	if d.hour == 24 && d.min == 0 {
		d.hour, d.min, d.sec, d.nano = 23, 59, 59, 0
	}
	d.sec = min(d.sec, 59) // leap seconds
	if d.bad || d.year < 1970 || d.year > 2200 || d.month < 1 || d.month > 12 || d.day < 1 || d.day > monthDays(d.year, d.month) ||
		d.hour > 23 || d.min > 59 {
		return time.Time{}, earshot.PrecisionNone, false, errNoDate
	}
	where, p := zone, earshot.PrecisionTime
	switch {
	case d.hasZone:
		where = time.FixedZone("", d.offset)
	case zone == nil:
		where, p = time.UTC, earshot.PrecisionDay
	}
	if !d.hasTime || !d.hasZone && !sure {
		p = earshot.PrecisionDay
	}
	t := time.Date(d.year, time.Month(d.month), d.day, d.hour, d.min, d.sec, d.nano, where)
	return t, p, d.ambiguous, nil
}

func monthDays(year, month int) int {
	return time.Date(year, time.Month(month)+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// settle gives the bare numbers their places.
func (d *dateParts) settle() {
	nums := d.nums
	if d.named { // month known: what is left are day and year
		for _, t := range nums {
			switch {
			case d.day == 0 && t.n >= 1 && t.n <= 31 && (len(t.text) <= 2 || strings.HasSuffix(t.text, "x")):
				d.day = t.n
			case d.year == 0 && (len(t.text) == 4 || len(t.text) == 2):
				d.year = fullYear(t)
			}
		}
		return
	}
	if len(nums) == 2 && len(nums[0].text) == 4 && !d.hasTime {
		d.year, d.month, d.day = nums[0].n, nums[1].n, 1 // W3C-DTF month
		return
	}
	if len(nums) < 3 {
		d.bad = d.year == 0 || d.month == 0 || d.day == 0
		return
	}
	a, b, c := nums[0], nums[1], nums[2]
	if len(a.text) == 4 {
		d.year, d.month, d.day = a.n, b.n, c.n
		if d.month > 12 && d.day <= 12 {
			d.month, d.day = d.day, d.month
		}
		return
	}
	d.year = fullYear(c)
	d.month, d.day = b.n, a.n
	monthFirst := (d.lang == "en" || d.lang == "") && !d.dots
	switch {
	case a.n > 12 || b.n > 12:
		if b.n > 12 {
			d.month, d.day = a.n, b.n
		}
	case a.n == b.n:
	case monthFirst:
		d.month, d.day, d.ambiguous = a.n, b.n, true
	default:
		d.ambiguous = true
	}
	if len(c.text) == 2 && a.n > 31 { // 24/05/06 can only be year first
		d.year, d.month, d.day = fullYear(a), b.n, c.n
	}
}

// effective returns the time an entry counts from: never after it was first seen.
func effective(published time.Time, p earshot.Precision, firstSeen time.Time) (time.Time, earshot.Precision) {
	if published.IsZero() || p == earshot.PrecisionNone {
		return firstSeen, earshot.PrecisionNone
	}
	if published.After(firstSeen) {
		return firstSeen, p
	}
	return published.UTC(), p
}
