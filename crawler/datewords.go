package crawler

// monthWords returns the month of a folded word in en es it fr de pt and those of
// moreMonths, full or abbreviated, or 0. Words are matched by their longest listed prefix, so
// "sept." and "septiembre" are one.
func monthWord(w string) int {
	if m, ok := monthNames[w]; ok {
		return m
	}
	return 0
}

var monthNames = buildMonths()

func buildMonths() map[string]int {
	lists := [...][]string{
		1:  {"january", "jan", "enero", "ene", "gennaio", "gen", "janvier", "janv", "januar", "janner", "jaenner", "janeiro", "genn"},
		2:  {"february", "feb", "febr", "febrero", "febbraio", "febb", "fevrier", "fevr", "fev", "februar", "fevereiro"},
		3:  {"march", "mar", "marzo", "mars", "marz", "maerz", "mrz", "marco"},
		4:  {"april", "apr", "abril", "abr", "aprile", "avril", "avr"},
		5:  {"may", "mayo", "maggio", "mag", "magg", "mai", "maio"},
		6:  {"june", "jun", "junio", "giugno", "giu", "juin", "juni", "junho", "giug"},
		7:  {"july", "jul", "julio", "luglio", "lug", "juillet", "juil", "juli", "julho", "lugl"},
		8:  {"august", "aug", "agosto", "ago", "aout", "aou"},
		9:  {"september", "sep", "sept", "septiembre", "setiembre", "set", "settembre", "sett", "septembre", "setembro"},
		10: {"october", "oct", "octubre", "ottobre", "ott", "octobre", "oktober", "okt", "outubro", "out"},
		11: {"november", "nov", "noviembre", "novembre", "novembro"},
		12: {"december", "dec", "diciembre", "dic", "dicembre", "decembre", "dezember", "dez", "dezembro"},
	}
	m := make(map[string]int, 400)
	for month, names := range lists {
		for _, name := range append(names, moreMonths[month]...) {
			m[name] = month
		}
	}
	return m
}

// moreMonths are months of other languages (nl sv da nb fi pl cs uk ru tr ro hu el
// id ca ar ko), folded as dateTokens folds words: lower case, without accents.
var moreMonths = [...][]string{
	1:  {"januari", "januara", "tammikuuta", "tammikuu", "stycznia", "styczen", "ledna", "leden", "sichnia", "січня", "января", "январь", "янв", "ocak", "ianuarie", "ian", "januar", "ιανουαριου", "gener", "يناير", "جانفي"},
	2:  {"februari", "helmikuuta", "helmikuu", "lutego", "luty", "unora", "unor", "лютого", "февраля", "февраль", "фев", "subat", "februarie", "februar", "φεβρουαριου", "febrer", "فبراير", "فيفري"},
	3:  {"maart", "mrt", "marts", "maaliskuuta", "maaliskuu", "marca", "marzec", "brezna", "brezen", "березня", "марта", "март", "mart", "martie", "marcius", "μαρτιου", "maret", "مارس"},
	4:  {"huhtikuuta", "huhtikuu", "kwietnia", "kwiecien", "dubna", "duben", "квітня", "апреля", "апрель", "апр", "nisan", "aprilie", "aprilis", "απριλιου", "ابريل", "أبريل", "أفريل"},
	5:  {"mei", "maj", "toukokuuta", "toukokuu", "maja", "kvetna", "kveten", "травня", "мая", "маи", "mayıs", "majus", "μαιου", "maig", "مايو", "ماي"},
	6:  {"kesakuuta", "kesakuu", "czerwca", "czerwiec", "cervna", "cerven", "червня", "июня", "июнь", "haziran", "iunie", "junius", "ιουνιου", "juny", "يونيو", "جوان"},
	7:  {"heinakuuta", "heinakuu", "lipca", "lipiec", "cervence", "cervenec", "липня", "июля", "июль", "temmuz", "iulie", "julius", "ιουλιου", "juliol", "يوليو", "جويلية"},
	8:  {"augustus", "augusti", "elokuuta", "elokuu", "sierpnia", "sierpien", "srpna", "srpen", "серпня", "августа", "август", "авг", "agustos", "augusztus", "αυγουστου", "agustus", "agost", "اغسطس", "أغسطس", "أوت"},
	9:  {"syyskuuta", "syyskuu", "wrzesnia", "wrzesien", "zari", "вересня", "сентября", "сентябрь", "сен", "eylul", "septembrie", "szeptember", "σεπτεμβριου", "setembre", "سبتمبر"},
	10: {"lokakuuta", "lokakuu", "pazdziernika", "pazdziernik", "rijna", "rijen", "жовтня", "октября", "октябрь", "окт", "ekim", "octombrie", "oktobar", "οκτωβριου", "اكتوبر", "أكتوبر"},
	11: {"marraskuuta", "marraskuu", "listopada", "listopad", "listopadu", "листопада", "ноября", "ноябрь", "kasım", "kasim", "noiembrie", "νοεμβριου", "nopember", "نوفمبر"},
	12: {"joulukuuta", "joulukuu", "grudnia", "grudzien", "prosince", "prosinec", "грудня", "декабря", "декабрь", "дек", "aralık", "aralik", "decembrie", "δεκεμβριου", "desember", "desembre", "ديسمبر"},
}

// zoneSeconds returns the offset of a zone's abbreviation. Those that name
// different zones in different places keep the meaning mail gave them (RFC 822).
func zoneSeconds(name string) (int, bool) {
	const h = 3600
	switch name {
	case "z", "ut", "utc", "gmt", "wet":
		return 0, true
	case "est", "cdt":
		return -5 * h, true
	case "edt", "ast":
		return -4 * h, true
	case "cst", "mdt":
		return -6 * h, true
	case "mst", "pdt":
		return -7 * h, true
	case "pst":
		return -8 * h, true
	case "akst":
		return -9 * h, true
	case "akdt":
		return -8 * h, true
	case "hst":
		return -10 * h, true
	case "adt", "brt", "art":
		return -3 * h, true
	case "bst", "cet", "met", "mez", "west":
		return 1 * h, true
	case "cest", "mest", "mesz", "eet", "sast":
		return 2 * h, true
	case "eest", "msk", "trt":
		return 3 * h, true
	case "ist":
		return 5*h + h/2, true
	case "hkt", "sgt", "awst":
		return 8 * h, true
	case "jst", "kst":
		return 9 * h, true
	case "aest":
		return 10 * h, true
	case "aedt":
		return 11 * h, true
	case "nzst":
		return 12 * h, true
	case "nzdt":
		return 13 * h, true
	}
	return 0, false
}
