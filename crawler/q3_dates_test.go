package crawler

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"time"

	"earshot"
)

// dateCase is one written date and the moment it means ("2006-01-02" for a day).
type dateCase struct{ in, lang, want string }

func dateCases() []dateCase {
	return []dateCase{
		{"Thu, 19 Nov 2026 08:15:00 GMT", "", "2026-11-19T08:15:00Z"}, {"Thu, 19 Nov 2026 08:15:00 +0000", "", "2026-11-19T08:15:00Z"},
		{"Thu, 19 Nov 26 08:15:00 EST", "", "2026-11-19T13:15:00Z"}, {"19 Nov 2026 08:15 PDT", "", "2026-11-19T15:15:00Z"},
		{"Thu, 19 Nov 2026 08:15:00 -0330", "", "2026-11-19T11:45:00Z"}, {"Thursday, 19 November 2026 08:15:00 CET", "", "2026-11-19T07:15:00Z"},
		{"Thu,19 Nov 2026 08:15:00 +01:00", "", "2026-11-19T07:15:00Z"}, {"Thu, 9 Nov 2006 8:05:03 Z", "", "2006-11-09T08:05:03Z"},
		{"thu, 19 nov 2026 08:15:00 gmt", "", "2026-11-19T08:15:00Z"}, {"Thu Nov 19 08:15:00 2026", "", "2026-11-19"},
		{"Thu Nov 19 08:15:00 EST 2026", "", "2026-11-19T13:15:00Z"}, {"Thu Nov 19 08:15:00 +0100 2026", "", "2026-11-19T07:15:00Z"},
		{"2026-11-19T08:15:00Z", "", "2026-11-19T08:15:00Z"}, {"2026-11-19T08:15:00.123456Z", "", "2026-11-19T08:15:00Z"},
		{"2026-11-19T08:15:00+02:00", "", "2026-11-19T06:15:00Z"}, {"2026-11-19T08:15:00-0500", "", "2026-11-19T13:15:00Z"}, {"2026-11-19T08:15Z", "", "2026-11-19T08:15:00Z"},
		{"2026-11-19T08:15:00-05", "", "2026-11-19T13:15:00Z"}, {"2026-11-19 08:15:00 +0000", "", "2026-11-19T08:15:00Z"}, {"2026-11-19 08:15:00 UTC", "", "2026-11-19T08:15:00Z"},
		{"2026-11-19 08:15:00", "", "2026-11-19"}, {"2026-11-19", "", "2026-11-19"}, {"20261119", "", "2026-11-19"}, {"20261119T081500Z", "", "2026-11-19T08:15:00Z"},
		{"2026/11/19", "", "2026-11-19"}, {"2026.11.19", "", "2026-11-19"}, {"2026-11", "", "2026-11-01"}, {"2026-11-19t08:15:00z", "", "2026-11-19T08:15:00Z"},
		{"1795075200", "", "2026-11-19T08:00:00Z"}, {"1795075200000", "", "2026-11-19T08:00:00Z"}, {"2026-11-19T24:00:00Z", "", "2026-11-19T23:59:59Z"},
		{"2026-06-30T23:59:60Z", "", "2026-06-30T23:59:59Z"}, {"2026-11-19T08:15:00 Z", "", "2026-11-19T08:15:00Z"}, {"2026-11-19T08:15:00GMT", "", "2026-11-19T08:15:00Z"},
		{"2026-11-19T08:15:00 GMT+01:00", "", "2026-11-19T07:15:00Z"}, {"  2026-11-19 \n", "", "2026-11-19"},
		{"November 19, 2026", "en", "2026-11-19"}, {"November 19, 2026 at 8:15 am", "en", "2026-11-19"}, {"Nov. 19th, 2026", "en", "2026-11-19"}, {"19th of November 2026", "en", "2026-11-19"},
		{"Posted on Thursday, November 19, 2026 8:15 PM", "en", "2026-11-19"}, {"8:15 PM, November 19, 2026", "en", "2026-11-19"}, {"Nov 19 2026 08:15PM", "en", "2026-11-19"}, {"11/19/2026", "", "2026-11-19"},
		{"19/11/2026", "", "2026-11-19"}, {"19-11-2026", "it", "2026-11-19"}, {"19.11.2026", "", "2026-11-19"}, {"11/19/26 8:15 a.m.", "en", "2026-11-19"}, {"Sept 9, 2026", "en", "2026-09-09"}, {"12:00 am, May 3 2026", "en", "2026-05-03"},
		{"05/06/2026", "en", "2026-05-06"}, {"05/06/2026", "es", "2026-06-05"}, {"05/06/2026", "it", "2026-06-05"}, {"05/06/2026", "en-GB", "2026-06-05"}, {"05.06.2026", "en", "2026-06-05"}, {"5/6/26", "fr", "2026-06-05"},
		{"19 de noviembre de 2026", "es", "2026-11-19"}, {"jueves, 19 de noviembre de 2026, 08:15", "es", "2026-11-19"}, {"19 nov. 2026 08:15 h", "es", "2026-11-19"}, {"martes 3 marzo 2026", "es", "2026-03-03"}, {"mar, 3 mar 2026 10:00:00 +0100", "es", "2026-03-03T09:00:00Z"},
		{"1º de mayo de 2026", "es", "2026-05-01"}, {"ene 5, 2026", "es", "2026-01-05"}, {"dom, 04 ene 2026 10:00:00 +0000", "es", "2026-01-04T10:00:00Z"}, {"12 de setiembre del 2026", "es", "2026-09-12"},
		{"19 novembre 2026", "it", "2026-11-19"}, {"giovedì 19 novembre 2026 alle 08:15", "it", "2026-11-19"}, {"gio, 19 nov 2026 08:15:00 +0100", "it", "2026-11-19T07:15:00Z"}, {"3 gen 2026", "it", "2026-01-03"}, {"1° maggio 2026", "it", "2026-05-01"}, {"15 giu. 2026, 14.05", "it", "2026-06-15"}, {"lug 4, 2026", "it", "2026-07-04"}, {"8 ott 2026", "it", "2026-10-08"}, {"2 dic 2026 ore 9:30", "it", "2026-12-02"}, {"mar 17 mar 2026", "it", "2026-03-17"},
		{"2026年11月19日", "zh", "2026-11-19"}, {"2026年11月19日 08:15", "zh", "2026-11-19"}, {"2026年11月19日星期四 下午8:15", "zh", "2026-11-19"}, {"2026-11-19 20:15:03", "zh", "2026-11-19"}, {"二〇二六年十一月十九日", "zh", "2026-11-19"}, {"26年3月4日", "zh", "2026-03-04"}, {"2026 年 1 月 2 日 上午 10:03", "zh", "2026-01-02"}, {"2026/11/19 下午 08:15", "zh", "2026-11-19"}, {"发表于 2026-11-19", "zh", "2026-11-19"},
		{"19 novembre 2026 à 08h15", "fr", "2026-11-19"}, {"jeu., 19 nov. 2026 08:15:00 +0100", "fr", "2026-11-19T07:15:00Z"}, {"1er août 2026", "fr", "2026-08-01"}, {"3 févr. 2026", "fr", "2026-02-03"}, {"14 juil. 2026", "fr", "2026-07-14"}, {"mar. 3 mars 2026", "fr", "2026-03-03"},
		{"19. November 2026", "de", "2026-11-19"}, {"Do, 19 Nov 2026 08:15:00 +0100", "de", "2026-11-19T07:15:00Z"}, {"3. März 2026 um 8:15 Uhr", "de", "2026-03-03"}, {"Mi, 06 Mai 2026 08:00:00 +0200", "de", "2026-05-06T06:00:00Z"}, {"24. Dez. 2026", "de", "2026-12-24"}, {"19.11.2026, 08:15", "de", "2026-11-19"}, {"19.11.26 08.15", "de", "2026-11-19"}, {"4. Okt 2026 14 Uhr", "de", "2026-10-04"},
		{"19 de novembro de 2026", "pt", "2026-11-19"}, {"qui, 19 nov 2026 08:15:00 -0300", "pt", "2026-11-19T11:15:00Z"}, {"5 de março de 2026 às 08:15", "pt", "2026-03-05"}, {"7 out 2026", "pt", "2026-10-07"}, {"9 fev 2026", "pt", "2026-02-09"}, {"1 de maio de 2026", "pt", "2026-05-01"},
	}
}

// notDates must not be read: a wrong date is worse than none.
func notDates() []string {
	return []string{"", "yesterday", "soon", "3", "2026", "19 Nov", "99/99/2026", "2026-13-45", "31/02/2026x31", "Feb 30, 2026", "call 555-123-4567", "v1.2.3", "10.0.0.1", "10:15", "in 3 days", "0000-00-00 00:00:00", "0001-01-01T00:00:00Z", "May I help you", "12345678901234567890", "29 Feb 2025"}
}

func TestQ3Dates(t *testing.T) {
	const seed = 3
	read, wrong, total := 0, 0, 0
	check := func(in, lang, want string) {
		total++
		got, p, _, err := ParseDate(in, lang, nil)
		if err != nil {
			t.Errorf("%q (%s): not read", in, lang)
			return
		}
		read++
		s := got.Format(time.RFC3339)
		if p == earshot.PrecisionDay {
			s = got.Format("2006-01-02")
		}
		if s != want {
			wrong++
			t.Errorf("%q (%s): got %s, want %s", in, lang, s, want)
		}
	}
	for _, c := range dateCases() {
		check(c.in, c.lang, c.want)
	}
	for _, c := range generatedDates(rand.New(rand.NewSource(seed)), 4000) {
		check(c.in, c.lang, c.want)
	}
	for _, s := range notDates() {
		if got, _, _, err := ParseDate(s, "en", nil); err == nil {
			wrong++
			t.Errorf("%q read as %s", s, got)
		}
	}
	ambiguous := 0
	for _, c := range []struct {
		in, lang string
		want     bool
	}{{"05/06/2026", "en", true}, {"05/06/2026", "es", true}, {"05/06/2026", "", true}, {"25/06/2026", "en", false}, {"06/06/2026", "en", false}, {"2026-05-06", "en", false}, {"5 June 2026", "", false}} {
		if _, _, amb, err := ParseDate(c.in, c.lang, nil); err != nil || amb != c.want {
			t.Errorf("%q (%s): ambiguous %v, %v", c.in, c.lang, amb, err)
		} else {
			ambiguous++
		}
	}
	t.Logf("dates: %d of %d read, %d wrong (%.2f %%), %d of 7 ambiguities marked (seed %d)", read, total, wrong, 100*float64(wrong)/float64(max(read, 1)), ambiguous, seed)
}

// generatedDates writes random moments in the layouts of seven languages.
func generatedDates(rng *rand.Rand, n int) []dateCase {
	months := map[string][]string{
		"en": strings.Fields("January February March April May June July August September October November December"),
		"es": strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
		"it": strings.Fields("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
		"fr": strings.Fields("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
		"de": strings.Fields("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
		"pt": strings.Fields("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
	}
	langs := []string{"en", "es", "it", "fr", "de", "pt", "zh"}
	var out []dateCase
	for range n {
		at := time.Unix(rng.Int63n(1800000000-631152000)+631152000, 0).UTC()
		lang := langs[rng.Intn(len(langs))]
		day, dayOnly := at.Format("2006-01-02"), true
		var s string
		switch m := months[lang]; {
		case lang == "zh":
			s = at.Format([]string{"2006年1月2日", "2006年01月02日 15:04", "2006-01-02 15:04:05", "2006/1/2 15:04"}[rng.Intn(4)])
		default:
			name := m[at.Month()-1]
			abbr := name
			if r := []rune(name); len(r) > 3 && lang != "fr" && !(lang == "it" && false) {
				abbr = string(r[:3]) + []string{"", "."}[rng.Intn(2)]
			}
			word := []string{name, abbr}[rng.Intn(2)]
			forms := []string{
				fmt.Sprintf("%d %s %d", at.Day(), word, at.Year()), fmt.Sprintf("%02d %s %d, %s", at.Day(), word, at.Year(), at.Format("15:04")),
				fmt.Sprintf("%d. %s %d", at.Day(), word, at.Year()), fmt.Sprintf("%s %d, %d", word, at.Day(), at.Year()), fmt.Sprintf("%d de %s de %d", at.Day(), word, at.Year()),
			}
			s = forms[rng.Intn(len(forms))]
		}
		if rng.Intn(3) == 0 {
			s, dayOnly = at.Format([]string{time.RFC1123Z, time.RFC3339, time.RFC822Z, time.RFC850, time.UnixDate, "2 Jan 2006 15:04:05 -0700", "2006-01-02 15:04:05 -0700", "Mon, 2 Jan 06 15:04:05 MST"}[rng.Intn(8)]), false
			if strings.Count(s, ":") == 1 { // RFC 822 has no seconds
				at = at.Truncate(time.Minute)
			}
		}
		want := day
		if !dayOnly {
			want = at.Format(time.RFC3339)
		}
		out = append(out, dateCase{s, lang, want})
	}
	return out
}

func TestRelativeDates(t *testing.T) {
	for in, want := range map[string]time.Duration{"3 hours ago": 3 * time.Hour, "hace 2 días": 48 * time.Hour, "2 ore fa": 2 * time.Hour, "3小时前": 3 * time.Hour, "5 分钟前": 5 * time.Minute,
		"an hour ago": time.Hour, "un giorno fa": 24 * time.Hour, "il y a 3 jours": 72 * time.Hour, "vor 2 Wochen": 14 * 24 * time.Hour, "1 month ago": 30 * 24 * time.Hour, "hace un mes": 30 * 24 * time.Hour} {
		got, _, ok := relativeDate(in, noon)
		if !ok || noon.Sub(got) != want {
			t.Errorf("%q: %s %v", in, noon.Sub(got), ok)
		}
	}
	for _, in := range []string{"3 hours", "ago", "2 people liked this", "5 días"} {
		if got, _, ok := relativeDate(in, noon); ok {
			t.Errorf("%q read as %s", in, got)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, c := range dateCases() {
		f.Add(c.in, c.lang)
	}
	f.Fuzz(func(t *testing.T, s, lang string) {
		got, p, _, err := ParseDate(s, lang, time.UTC)
		if err == nil && (got.Year() < 1969 || got.Year() > 2300 && len(s) != 13 || p == earshot.PrecisionNone) {
			t.Errorf("%q gives %s %s", s, got, p)
		}
	})
}
