package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// storyTerm is a word of a text with what makes it rare.
type storyTerm struct {
	text  string // folded
	upper bool   // written with a capital in mid-sentence
	digit bool
	han   bool
}

// storyTerms cuts folded text into words; Chinese gives overlapping pairs.
func storyTerms(f *foldedText, text string) []storyTerm {
	var out []storyTerm
	b := f.bytes
	for i := 0; i < len(b); {
		r, n := utf8.DecodeRune(b[i:])
		switch {
		case isCJK(r):
			if next, m := utf8.DecodeRune(b[i+n:]); isCJK(next) {
				out = append(out, storyTerm{text: string(b[i : i+n+m]), han: true})
			}
			i += n
		case spacedLetter(r):
			j, digit := i, false
			for j < len(b) {
				r, n := utf8.DecodeRune(b[j:])
				if !spacedLetter(r) {
					break
				}
				digit = digit || unicode.IsDigit(r)
				j += n
			}
			at := f.original(i)
			first, _ := utf8.DecodeRuneInString(text[min(at, len(text)):])
			out = append(out, storyTerm{text: string(b[i:j]), upper: unicode.IsUpper(first) && !opensSentence(text, at), digit: digit})
			i = j
		default:
			i += n
		}
	}
	return out
}

// everydayHan are characters that begin or end everyday pairs.
const everydayHan = "的了是我你他她它们这那在有和就不也都很到说要去会着没看好自己上下大小多少个一二三四五六七八九十年月日天时后前中里又被把给让对从为什么怎样可能还但只过得地之与及或而再想打来吗呢吧啊呀今昨明么"

// weight is how much a word tells; 0 for everyday words.
func (w storyTerm) weight(lang string) float64 {
	if w.han {
		for _, r := range w.text {
			if strings.ContainsRune(everydayHan, r) {
				return 0
			}
		}
		return 1
	}
	n := utf8.RuneCountInString(w.text)
	switch {
	case w.digit && n >= 3:
		return 2 + float64(min(n, 8))/8
	case w.digit || n < 4 && !w.upper || n < 2:
		return 0
	case everyday(w.text, lang):
		return 0
	case w.upper:
		return 2
	}
	return float64(min(n, 12)) / 12
}

// everydayWords are longer words that stand in most complaints, by language,
// folded.
var everydayWords = map[string]string{
	"en": " about after again ago all also always am another any anything are asked away back because been before being both call called calls came can can't come company could couldn't customer customers day days did didn't does doesn't doing don't done down each email even ever every everything few finally first five for four from gave get getting give going gone good got great had has have haven't having help here hour hours how however into just keep kept know last later least left let like little long look made make many maybe minutes month months more most much must need never next nice nothing now off office one only other others our out over own people phone place please post problem put really right said same say see seems sent service several she should since some someone something soon sorry still such support sure take taken tell than thank thanks that their them then there these they thing things think this those though three through time times today told took tried try trying two under until update used using very wait waiting want wanted was way week weeks well went were what when where which while who whole whose why will with without word words work working would year years yes yesterday yet you your ",
	"es": " ahora algo alguien alli antes aqui asi atencion aunque bien cada casa casi caso cliente clientes como compania con contra cosa cosas cual cuando cuenta dado dado decir desde despues dia dias dice dicen dijeron dijo donde durante ella ellos empresa entonces entre era eran eres esa ese eso esta estaba estan estar este esto estos estoy fue fueron gracias hace hacen hacer hacia han hasta hay hora horas hoy igual incluso llamada llamadas llamado llamar llame lleva llevo luego mas mejor menos mes meses mientras mismo mucho muchos muy nada nadie nunca otra otras otro otros para parece parte pero poco poder por porque pues puede pueden puedo que quien quiero respuesta sabe sea segun semana semanas ser servicio sido siempre siguen sigo sobre solo somos son soy tambien tampoco tanto tarde telefono tengo tiempo tiene tienen toda todas todavia todo todos tres tuve una unas unos usted vamos veces ver vez voy ",
	"it": " abbiamo adesso alla alle allora altra altre altri altro anche ancora anni anno aveva avevano avevo azienda bene casa chiamata chiamato chiesto ciao cioe cliente clienti come comunque con cosa cosi cui dalla dalle dato degli della delle dello detto dice dicono dopo dove due era erano essere fare fatto fino forse fra gia giorni giorno grazie hanno infatti invece loro magari mai male meglio meno mentre mesi mese mezzo mia mie miei mila mio modo molto nella nelle nessuna nessuno niente noi non nostra nostro nulla ogni oggi ora ore ormai perche pero piu poco poi prima problema proprio quale quando quanto quasi quattro quella quelle quelli quello questa queste questi questo qui quindi risposta risposto senza servizio sempre settimana settimane siamo sono sopra sotto stata stati stato stesso sua sue suo suoi tanto telefono tempo tre troppo tutta tutte tutti tutto una uno verso via volta volte vorrei ",
}

// everyday says whether a folded word is one of them; in a language without a
// list, all lists count.
func everyday(w, lang string) bool {
	if list, ok := everydayWords[lang]; ok {
		return strings.Contains(list, " "+w+" ")
	}
	for _, list := range everydayWords {
		if strings.Contains(list, " "+w+" ") {
			return true
		}
	}
	return false
}
