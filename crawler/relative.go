package crawler

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"earshot"
)

// relativeRE reads "3 hours ago", "hace 2 días", "2 ore fa", "3小时前": a number
// and a unit, with a word that says it is past.
var relativeRE = regexp.MustCompile(`^(?:about |hace |il y a |vor |há |posted )?(\d{1,3}|an?|un|una|uno|une|ein|eine[rm]?|um|uma)\s*(` +
	`seconds?|secs?|segundos?|secondi|secondo|秒钟?|` +
	`minutes?|mins?|minutos?|minuti|minuto|minuten|分钟|` +
	`hours?|hrs?|horas?|ore|ora|heures?|stunden?|小时|` +
	`days?|d[ií]as?|giorni|giorno|jours?|tage?n?|dias?|天|` +
	`weeks?|semanas?|settiman[ae]|semaines?|wochen?|周|星期|` +
	`months?|mes(?:es)?|mesi|mese|mois|monate?n?|m[eê]s(?:es)?|个月|` +
	`years?|años?|anni|anno|ans?|jahre?n?|anos?|年)\s*(?:ago|fa|atr[aá]s|前)?\.?$`)

var pastRE = regexp.MustCompile(`(?:^hace |^il y a |^vor |^há )|(?: ago| fa| atr[aá]s|前)\.?$`)

// relativeDate reads a date told from now; a day or more away it is day-precise.
func relativeDate(s string, now time.Time) (time.Time, earshot.Precision, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if now.IsZero() || len(s) > 60 || !pastRE.MatchString(s) {
		return time.Time{}, "", false
	}
	m := relativeRE.FindStringSubmatch(s)
	if m == nil {
		return time.Time{}, "", false
	}
	n, err := strconv.Atoi(m[1])
	if err != nil {
		n = 1
	}
	unit := relativeUnit(m[2])
	p := earshot.PrecisionTime
	if unit >= 24*time.Hour {
		p = earshot.PrecisionDay
	}
	return now.Add(-time.Duration(n) * unit).UTC(), p, true
}

func relativeUnit(w string) time.Duration {
	const day = 24 * time.Hour
	switch {
	case strings.HasPrefix(w, "sec"), strings.HasPrefix(w, "segu"), strings.HasPrefix(w, "秒"):
		return time.Second
	case strings.HasPrefix(w, "min"), w == "分钟":
		return time.Minute
	case strings.HasPrefix(w, "h"), strings.HasPrefix(w, "or"), strings.HasPrefix(w, "st"), w == "小时":
		return time.Hour
	case strings.HasPrefix(w, "we"), strings.HasPrefix(w, "sem"), strings.HasPrefix(w, "sett"), strings.HasPrefix(w, "wo"), w == "周", w == "星期":
		return 7 * day
	case strings.HasPrefix(w, "m"), w == "个月":
		return 30 * day
	case strings.HasPrefix(w, "y"), strings.HasPrefix(w, "a"), strings.HasPrefix(w, "jah"), w == "年":
		return 365 * day
	}
	return day
}
