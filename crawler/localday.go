package crawler

import (
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"earshot"
)

const halfDay = 12 // hours; no zone is further west of UTC, and 14 is the furthest east

// onLocalDay gives a moment that a page states in UTC the day its readers are
// told: the one in the address, or beside the headline. The moment stays; only its
// zone changes, to the nearest one that agrees.
func (r *pageReader) onLocalDay(d Date, lang string) Date {
	if _, offset := d.Zone(); offset != 0 || d.Precision != earshot.PrecisionTime {
		return d
	}
	for _, c := range r.meta.published {
		if other := r.hints.firstDate(lang, c); other.Equal(d.Time) {
			if _, offset := other.Zone(); offset != 0 {
				return other
			}
		}
	}
	shown := append([]string{r.addressDay()}, r.meta.published...)
	if shown[0] == "" {
		posted, _ := r.dateElements()
		shown = append(shown, posted...)
	}
	for _, s := range shown {
		other := r.hints.firstDate(lang, s)
		if other.IsZero() || revisedRE.MatchString(s) || other.Equal(d.Time) && other.Precision == earshot.PrecisionTime {
			continue
		}
		if local, ok := shiftTo(d, other.Time); ok {
			return local
		}
		if sameDay := other.Format(time.DateOnly) == d.Format(time.DateOnly); sameDay {
			return d
		}
	}
	return d
}

// shiftTo moves a UTC moment into the nearest zone in which it falls on the day
// written in t, if that is the day before or after and there is such a zone.
func shiftTo(d Date, t time.Time) (Date, bool) {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	var hours int
	switch into := d.Sub(day); {
	case into < 0 && into >= -14*time.Hour: // east: it is tomorrow there
		hours = int((-into + time.Hour - 1) / time.Hour)
	case into >= 24*time.Hour && into < (24+halfDay)*time.Hour: // west: it is still yesterday
		hours = -int(into/time.Hour) + 23
	default:
		return d, false
	}
	d.Time = d.In(time.FixedZone("", hours*3600))
	return d, true
}

// addressDay is the day that stands in the page's address, or "".
func (r *pageReader) addressDay() string {
	for _, re := range []*regexp.Regexp{urlDateRE, urlCompactRE} {
		if m := re.FindStringSubmatch(r.page.URL); m != nil {
			return m[1] + "-" + m[2] + "-" + m[3]
		}
	}
	return ""
}

var (
	postedRE = regexp.MustCompile(`(?i)(?:\bpubli|\bpubbli|\bposted|ver[oö]ffentlicht|erschienen|eingestellt|发布|发表)`)
	spanRE   = regexp.MustCompile(`\d{1,2}[:.]\d\d\s*(?:uhr|h|am|pm)?\s*(?:-|–|bis|to)\s*\d{1,2}[:.]\d\d`)
	gluedRE  = regexp.MustCompile(`\b(\d{1,2}[./]\d{1,2}[./](?:(?:19|20)\d\d|\d\d)|(?:19|20)\d\d)(\d\d?:\d\d)`)
	monthRE  = regexp.MustCompile(`(\p{L}{3,9}\.?\s)(\d\d)((?:19|20)\d\d)\b`)
)

// unglue parts date and time, day and year that stand in neighbouring elements
// without a blank between them.
func unglue(s string) string {
	return monthRE.ReplaceAllString(gluedRE.ReplaceAllString(westernDigits(s), "$1 $2"), "$1$2 $3")
}

// westernDigits writes Arabic, Persian and Devanagari digits as 0 to 9.
func westernDigits(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x0660 && r <= 0x096F }) {
		return s
	}
	return strings.Map(func(r rune) rune {
		for _, zero := range []rune{0x0660, 0x06F0, 0x0966} {
			if r >= zero && r <= zero+9 {
				return r - zero + '0'
			}
		}
		return r
	}, s)
}

// notPosting says whether a date element tells of an event or of now, or holds a
// span of hours.
func notPosting(n *html.Node) bool {
	text := clip(nodeText(n, nil), 200)
	return spanRE.MatchString(strings.ToLower(text)) || notPostedRE.MatchString(text)
}

// disagree says whether two writings of a date are more than a day apart.
func (r *pageReader) disagree(a, b string) bool {
	da, db := r.hints.firstDate(r.page.Language, a), r.hints.firstDate(r.page.Language, b)
	if da.IsZero() || db.IsZero() {
		return false
	}
	apart := da.Sub(db.Time)
	return apart > 36*time.Hour || apart < -36*time.Hour
}

// openingDates are the dates that paragraphs begin with, as in "3.11.2026 - The
// council has ...".
func openingDates(lines []string) []string {
	var out []string
	for _, line := range lines {
		if len(line) < 120 {
			continue
		}
		head := unglue(clip(line, 60))
		if d := dateIn(head); d != "" && strings.Index(head, d) < 30 && strings.IndexAny(strings.TrimSpace(head[strings.Index(head, d)+len(d):]), "-–—:|") == 0 {
			out = append(out, d)
		}
	}
	return out
}

// onlyDate is the date that sidebars and other furniture hold, if they hold but
// one and it is no teaser's.
func (r *pageReader) onlyDate(lang string) Date {
	var only Date
	many := false
	see := func(candidates ...string) {
		d := r.hints.firstDate(lang, candidates...)
		switch {
		case d.IsZero():
		case only.IsZero():
			only = d
		case only.Format(time.DateOnly) != d.Format(time.DateOnly):
			many = true
		}
	}
	walk(r.doc, func(n *html.Node) bool {
		if n.Type != html.ElementNode || n.DataAtom == atom.Nav || n.DataAtom == atom.Footer || n.DataAtom == atom.A && hasBlock(n) {
			return n.Type == html.DocumentNode
		}
		if n.DataAtom == atom.Time && !r.besideArticle(n) && !notPosting(n) {
			see(attr(n, "datetime"), dateIn(unglue(nodeText(n, nil))))
			return false
		}
		if n.DataAtom != atom.Body && !hasBlock(n) && blockBreak(n.DataAtom) > 0 {
			line := unglue(oneLine(nodeText(n, nil), 400))
			if d := dateIn(line); d != "" && len(line) < 120 && !notPosting(n) && !revisedRE.MatchString(line) && !r.besideArticle(n) {
				see(d)
			}
		}
		return !many
	})
	if many {
		return Date{}
	}
	return only
}
