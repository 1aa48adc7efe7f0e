package crawler

import (
	"regexp"
	"strings"
	"time"

	"earshot"
)

// updateRE matches the first line of a block an author added later, in en, es, it
// and zh (and their neighbours), with or without a date, a number or brackets.
var updateRE = regexp.MustCompile(`(?i)^[\s*_=\-–—>#\[(（【]*(?:(?:final|latest|another|second|third|last|quick|última|ultimo|nuevo|nuova|最新|最后|再次|二次)\s*)?` +
	`(?:up-?dates?d?|edit(?:ed)?(?: to add)?|eta|addendum|add-?on|follow-?up|post ?script|p\.? ?s\.?|postscriptum|actualizaci[oó]n(?:es)?|actualizado|actualizo|editado|edici[oó]n|a[ñn]adido|` +
	`aggiornament[oi]|aggiornato|modifica|nota aggiunta|aggiunta|atualização|mise à jour|nachtrag|更新|后续|後續|追加|补充|編輯|编辑|后记|附记|追记|进展)` +
	`\s*(?:#?\d{1,2}\b)?(?P<rest>[\s*_]*(?:$|[:：;,.!\-–—\])）】(（\[]|\d|\p{L}{3,10}\.?\s+\d{1,2}\b|(?:on|at|del?|el|al|il|of|for|as of)\s).*)$`)

// weakRE are words that open an update only with a colon, a bracket or a date after them.
var weakRE = regexp.MustCompile(`(?i)^[\s*_\[(]*(?:edit|follow-?up|p\.? ?s|modifica|edici[oó]n|进展|追加|补充|aggiunta)`)

// Updates finds the update blocks of an entry's text in the order they stand. A
// block begins at a line of update words and ends before the next one, or before
// a heading. A block's date, if it carries one without a year, is put on or after
// the post and before it was first seen; if its order is open, by the post's language.
func Updates(e earshot.Entry) []earshot.Passage {
	var out []earshot.Passage
	var cur *earshot.Passage
	blank := true
	for at := 0; at < len(e.Text); {
		end := at + lineLen(e.Text[at:])
		line := strings.TrimRight(e.Text[at:end], "\n")
		switch {
		case isUpdateLine(line):
			out = append(out, earshot.Passage{Start: at})
			cur = &out[len(out)-1]
			cur.Dated, cur.Precision = updateDate(line, e)
			cur.End = at + len(line)
		case cur != nil && blank && at > 0 && endsUpdate(line, e.Text[end:]):
			cur = nil
		case cur != nil && strings.TrimSpace(line) != "":
			cur.End = at + len(line)
		}
		blank = strings.TrimSpace(line) == ""
		at = end
	}
	for i := range out {
		out[i].Text = e.Text[out[i].Start:out[i].End]
	}
	return out
}

func lineLen(s string) int {
	if i := strings.IndexByte(s, '\n'); i >= 0 {
		return i + 1
	}
	return len(s)
}

func isUpdateLine(line string) bool {
	line = strings.TrimSpace(line)
	m := updateRE.FindStringSubmatch(line)
	if m == nil {
		return false
	}
	rest := strings.TrimSpace(m[updateRE.SubexpIndex("rest")])
	if weakRE.MatchString(line) {
		return strings.ContainsAny(line[:min(len(line), 40)], ":：])】") || strings.HasPrefix(strings.ToUpper(line), "EDIT ") && line == strings.ToUpper(line)
	}
	return rest == "" || strings.IndexAny(rest, ":：-–—.!,;])】（([") == 0 || startsMulti(rest) || dateIn(clip(line, 60)) != "" || len(monthDaysIn(clip(line, 60), "")) > 0
}

func startsMulti(s string) bool {
	for _, p := range []string{"：", "–", "—", "】", "（", "）"} {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// endsUpdate knows a heading or a rule, which closes an update block: a short line
// without a full stop, alone, followed by a longer paragraph.
func endsUpdate(line, after string) bool {
	line = strings.TrimSpace(line)
	if line == "" {
		return false
	}
	if strings.Trim(line, "-*_=~•· ") == "" || regexpOriginal.MatchString(line) {
		return true
	}
	if len(line) > 60 || strings.ContainsAny(line[len(line)-1:], ".!?:;,\"') ") || strings.HasSuffix(line, "。") || strings.HasSuffix(line, "！") {
		return false
	}
	return strings.HasPrefix(after, "\n") && len(strings.TrimSpace(after)) > len(line)
}

var regexpOriginal = regexp.MustCompile(`(?i)^[\s\pP\pS]*(?:original (?:post|entry|story)|the original|post original|entrada original|post originale|原文|原帖)[\s\pP\pS]*`)

// Days and months without a year: "3/4", "March 3", "3 de marzo", "3月4日".
var (
	numbersRE  = regexp.MustCompile(`\b(\d{1,2})[/.\-](\d{1,2})\b`)
	monthDayRE = regexp.MustCompile(`(?i)\b(\p{L}{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b`)
	dayMonthRE = regexp.MustCompile(`(?i)\b(\d{1,2})(?:st|nd|rd|th|º|°|\.)?\s+(?:de\s+|of\s+)?(\p{L}{3,10})\b`)
	hanRE      = regexp.MustCompile(`(\d{1,2})月(\d{1,2})日?`)
)

// updateDate reads the date of an update's first line.
func updateDate(line string, e earshot.Entry) (time.Time, earshot.Precision) {
	if len(line) > 120 {
		line = clip(line, 120)
	}
	if whole := dateIn(line); whole != "" {
		if t, p, _, err := ParseDate(whole, e.Lang, nil); err == nil {
			return t, p
		}
	}
	var found []time.Time
	for _, md := range monthDaysIn(line, e.Lang) {
		if t, ok := placeYear(md[0], md[1], e); ok {
			found = append(found, t)
		}
	}
	if len(found) == 0 {
		return time.Time{}, ""
	}
	return found[0], earshot.PrecisionDay
}

// monthDaysIn lists the (month, day) readings of a date without a year, the
// likelier first: named months are sure; of numbers the language's order leads.
func monthDaysIn(line, lang string) [][2]int {
	if m := hanRE.FindStringSubmatch(line); m != nil {
		return [][2]int{{smallNumber(m[1]), smallNumber(m[2])}}
	}
	for _, m := range dayMonthRE.FindAllStringSubmatch(line, 4) {
		if month := monthOf(m[2]); month > 0 {
			return [][2]int{{month, smallNumber(m[1])}}
		}
	}
	for _, m := range monthDayRE.FindAllStringSubmatch(line, 4) {
		if month := monthOf(m[1]); month > 0 {
			return [][2]int{{month, smallNumber(m[2])}}
		}
	}
	m := numbersRE.FindStringSubmatch(line)
	if m == nil {
		return nil
	}
	a, b := smallNumber(m[1]), smallNumber(m[2])
	if l := langOf(lang); l == "en" || l == "zh" || l == "" {
		return [][2]int{{a, b}, {b, a}}
	}
	return [][2]int{{b, a}, {a, b}}
}

func monthOf(word string) int {
	for _, t := range dateTokens(word) {
		return monthWord(t.text)
	}
	return 0
}

// placeYear finds the year that puts a day on or after the post and not after it
// was first seen; ok is false if none does.
func placeYear(month, day int, e earshot.Entry) (time.Time, bool) {
	if month < 1 || month > 12 || day < 1 {
		return time.Time{}, false
	}
	from := e.Published.UTC().Truncate(24 * time.Hour)
	until := e.FirstSeen
	if until.IsZero() || until.Before(e.Published) {
		until = e.Published.AddDate(1, 0, 0)
	}
	for year := from.Year(); year <= until.UTC().Year(); year++ {
		if day > monthDays(year, month) {
			continue
		}
		t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
		if !t.Before(from) && !t.After(until) {
			return t, true
		}
	}
	return time.Time{}, false
}
