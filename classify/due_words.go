package classify

import (
	"sort"
	"strconv"
	"strings"
	"time"
)

// dueWords are the number, weekday and month words of a language, weekdays from Monday, months from January.
type dueWords struct {
	numbers  map[string]int
	weekdays []string
	months   []string
}

// dueLexicon gives the words of a language.
func dueLexicon(lang string) dueWords {
	switch lang {
	case "es":
		return dueWords{
			map[string]int{"un": 1, "una": 1, "dos": 2, "un par de": 2, "tres": 3, "unos": 3, "unas": 3, "pocos": 3, "pocas": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "doce": 12, "quince": 15, "veinte": 20, "veinticuatro": 24, "treinta": 30, "cuarenta y ocho": 48, "setenta y dos": 72},
			strings.Fields("lunes martes miércoles jueves viernes sábado domingo"),
			strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
		}
	case "it":
		return dueWords{
			map[string]int{"un": 1, "una": 1, "due": 2, "un paio di": 2, "tre": 3, "pochi": 3, "poche": 3, "qualche": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9, "dieci": 10, "dodici": 12, "quindici": 15, "venti": 20, "ventiquattro": 24, "trenta": 30, "quarantotto": 48, "settantadue": 72},
			strings.Fields("lunedì martedì mercoledì giovedì venerdì sabato domenica"),
			strings.Fields("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
		}
	case "zh":
		return dueWords{
			map[string]int{"一": 1, "两": 2, "二": 2, "三": 3, "几": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10, "十一": 11, "十二": 12, "十五": 15, "二十": 20, "二十四": 24, "三十": 30, "四十八": 48, "七十二": 72, "十三": 13, "十四": 14, "十六": 16, "十七": 17, "十八": 18, "十九": 19, "二十五": 25, "二十八": 28, "三十一": 31, "数": 3},
			strings.Fields("一 二 三 四 五 六 日"),
			nil,
		}
	}
	return dueWords{
		map[string]int{"a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "couple of": 2, "a couple": 2, "three": 3, "a few": 3, "few": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "twelve": 12, "fourteen": 14, "fifteen": 15, "twenty": 20, "twenty four": 24, "twentyfour": 24, "thirty": 30, "forty eight": 48, "fortyeight": 48, "seventytwo": 72, "ninety": 90},
		strings.Fields("monday tuesday wednesday thursday friday saturday sunday"),
		strings.Fields("january february march april may june july august september october november december"),
	}
}

// dueNumberPattern matches figures and the number words of a language, the longest first.
func dueNumberPattern(lang string) string {
	var words []string
	for w := range dueLexicon(lang).numbers {
		words = append(words, w)
	}
	sort.Slice(words, func(i, j int) bool {
		return len(words[i]) > len(words[j]) || len(words[i]) == len(words[j]) && words[i] < words[j]
	})
	return `(?:\d{1,3}(?:-\d{1,3})?|` + strings.Join(words, "|") + `)`
}

func dueWeekdayPattern(lang string) string {
	return "(?:" + strings.Join(dueLexicon(lang).weekdays, "|") + ")"
}

func dueMonthPattern(lang string) string {
	return "(?:" + strings.Join(dueLexicon(lang).months, "|") + ")"
}

// dueNumber reads a figure, a range of figures (its upper end) or a number word of any of the languages.
func dueNumber(s string) (int, bool) {
	if i := strings.LastIndexByte(s, '-'); i >= 0 {
		s = s[i+1:]
	}
	if n, err := strconv.Atoi(s); err == nil {
		return n, true
	}
	for _, lang := range []string{"en", "es", "it", "zh"} {
		if n, ok := dueLexicon(lang).numbers[s]; ok {
			return n, true
		}
	}
	return 0, false
}

// dueWeekday reads a weekday of any of the languages.
func dueWeekday(s string) (time.Weekday, bool) {
	if s == "天" {
		s = "日"
	}
	for _, lang := range []string{"en", "es", "it", "zh"} {
		for i, w := range dueLexicon(lang).weekdays {
			if w == s {
				return time.Weekday((i + 1) % 7), true
			}
		}
	}
	return 0, false
}

// dueMonth reads a month of any of the languages; the Chinese ones are numbers.
func dueMonth(s string) (time.Month, bool) {
	for _, lang := range []string{"en", "es", "it"} {
		for i, w := range dueLexicon(lang).months {
			if w == s {
				return time.Month(i + 1), true
			}
		}
	}
	n, ok := dueNumber(strings.TrimSuffix(strings.TrimSuffix(s, "份"), "月"))
	return time.Month(n), ok && n >= 1 && n <= 12
}
