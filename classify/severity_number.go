package classify

import (
	"strconv"
	"strings"
)

// numberWords are number words of three languages, folded: cardinals, ordinals
// and counts. "One" is left out: it counts nothing.
var numberWords = map[string]float64{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "hundred": 100, "dozen": 12, "half": .5,
	"second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "twice": 2, "thrice": 3, "several": 3, "countless": 10, "umpteenth": 10, "couple": 2,
	"dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12, "quince": 15, "veinte": 20, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "cien": 100, "docena": 12, "media": .5, "medio": .5,
	"segunda": 2, "segundo": 2, "tercera": 3, "tercer": 3, "tercero": 3, "cuarta": 4, "cuarto": 4, "quinta": 5, "quinto": 5, "sexta": 6, "sexto": 6, "septima": 7, "octava": 8, "novena": 9, "decima": 10, "enesima": 10, "varias": 3, "varios": 3,
	"due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8, "nove": 9, "dieci": 10, "undici": 11, "dodici": 12, "quindici": 15, "venti": 20, "trenta": 30, "quaranta": 40, "cinquanta": 50, "cento": 100, "dozzina": 12, "mezza": .5, "mezzo": .5, "mezz'ora": .5,
	"seconda": 2, "secondo": 2, "terza": 3, "terzo": 3, "quarta": 4, "quarto": 4, "sesta": 6, "sesto": 6, "settima": 7, "settimo": 7, "ottava": 8, "ennesima": 10, "ennesimo": 10, "diverse": 3, "parecchie": 4,
}

// numberWord reads a number in digits ("4", "4th", "1.200", "0.98") or words.
func numberWord(w string) (float64, bool) {
	if n, ok := numberWords[w]; ok {
		return n, true
	}
	if w == "" || w[0] < '0' || w[0] > '9' {
		return 0, false
	}
	digits := strings.TrimRight(w, "abcdefghijklmnopqrstuvwxyzªº")
	return digitsNumber(digits)
}

// digitsNumber reads digits whose marks may be the English or the continental
// ones: a mark before exactly three digits groups, any other is the decimal one.
func digitsNumber(s string) (float64, bool) {
	i := strings.LastIndexAny(s, ".,")
	if i >= 0 && len(s)-i-1 != 3 {
		s = strings.NewReplacer(".", "", ",", "").Replace(s[:i]) + "." + s[i+1:]
	} else {
		s = strings.NewReplacer(".", "", ",", "").Replace(s)
	}
	n, err := strconv.ParseFloat(s, 64)
	return n, err == nil
}

// timeUnits are hours by unit, folded.
var timeUnits = map[string]float64{
	"minute": 1. / 60, "minutes": 1. / 60, "mins": 1. / 60, "hour": 1, "hours": 1, "hrs": 1, "day": 24, "days": 24, "week": 168, "weeks": 168, "month": 720, "months": 720, "night": 24, "nights": 24, "evenings": 24, "afternoons": 24, "mornings": 24, "weekends": 48,
	"minuto": 1. / 60, "minutos": 1. / 60, "hora": 1, "horas": 1, "dia": 24, "dias": 24, "semana": 168, "semanas": 168, "mes": 720, "meses": 720, "noche": 24, "noches": 24, "tardes": 24, "mananas": 24,
	"minuti": 1. / 60, "ora": 1, "ore": 1, "giorno": 24, "giorni": 24, "settimana": 168, "settimane": 168, "mese": 720, "mesi": 720, "notte": 24, "notti": 24, "pomeriggi": 24, "mattine": 24,
}

// moneyUnits are currencies in words and codes, folded.
const moneyUnits = " dollar dollars bucks usd euro euros eur pound pounds quid gbp pesos peso soles reais cents centimos centesimi yuan rmb francs "

// moneySigns are currency signs that touch a number.
const moneySigns = "$€£¥"

// money says whether the number words[i] is an amount of money.
func money(text []byte, words []effortWord, i int, n float64) (effort, bool) {
	w := words[i]
	if w.text[0] >= '0' && w.text[0] <= '9' {
		if at := signBefore(text, w.start); at >= 0 {
			return effort{effortMoney, n, at, w.end}, true
		}
		if end := signAfter(text, w.end); end > 0 {
			return effort{effortMoney, n, w.start, end}, true
		}
	}
	if i+1 < len(words) && strings.Contains(moneyUnits, " "+words[i+1].text+" ") && words[i+1].start-w.end <= 2 {
		return effort{effortMoney, n, w.start, words[i+1].end}, true
	}
	return effort{}, false
}

// signBefore returns where a currency sign before byte i begins, or -1.
func signBefore(text []byte, i int) int {
	for _, sign := range []string{"$", "€", "£", "¥"} {
		if at := i - len(sign); at >= 0 && string(text[at:i]) == sign {
			return at
		}
		if at := i - len(sign) - 1; at >= 0 && string(text[at:i-1]) == sign && text[i-1] == ' ' {
			return at
		}
	}
	return -1
}

// signAfter returns where a currency sign after byte i ends, or 0.
func signAfter(text []byte, i int) int {
	if i < len(text) && text[i] == ' ' {
		i++
	}
	for _, sign := range strings.Split(moneySigns, "") {
		if end := i + len(sign); end <= len(text) && string(text[i:end]) == sign {
			return end
		}
	}
	return 0
}

// countedNoun looks behind a number for what it counts: "four separate phone
// calls", "la tercera vez", "tre settimane".
func countedNoun(words []effortWord, i int, n float64) (effort, bool) {
	w := words[i]
	if w.text == "twice" || w.text == "thrice" {
		return effort{effortContacts, n, w.start, w.end}, true
	}
	for j := i + 1; j < len(words) && j <= i+3; j++ {
		x := words[j]
		if x.start-words[j-1].end > 2 { // a stop or a comma between
			break
		}
		if h, ok := timeUnits[x.text]; ok {
			if j+1 < len(words) && (words[j+1].text == "ago" || words[j+1].text == "fa") {
				return effort{}, false // when, not how long
			}
			return effort{effortHours, n * h, w.start, x.end}, true
		}
		if j+1 < len(words) && effortNouns[words[j+1].text] == effortContacts && words[j+1].start-x.end <= 1 {
			continue // "phone call" is a call
		}
		if effortNouns[x.text] != effortNone {
			return effort{effortNouns[x.text], n, w.start, x.end}, n >= 2
		}
	}
	return effort{}, false
}

// effortNouns are the nouns of the cue tables that a number may count.
var effortNouns = buildEffortNouns()

func buildEffortNouns() map[string]effortKind {
	out := map[string]effortKind{}
	for _, t := range []cueTable{cuesEN, cuesES, cuesIT} {
		for _, w := range strings.Fields(t[cueGoods]) {
			out[strings.TrimSuffix(w, "*")] = effortGoods
			if strings.HasSuffix(w, "*") {
				out[strings.TrimSuffix(w, "*")+"es"] = effortGoods
			}
		}
		for _, w := range strings.Fields(t[cueContact]) {
			out[foldString(w)] = effortContacts
		}
	}
	return out
}
