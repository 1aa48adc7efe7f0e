package classify

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// langSample bounds how much of a text is read to tell its language.
const langSample = 1500

// DetectLang tells the language of a text as a two-letter code and how sure
// that is, 0..1. Declared is what the feed or page says ("en-US", "zh-Hans", or
// ""): it is believed unless the script, or enough words, say otherwise, and it
// alone decides on texts too short to tell. Without any hint the answer is "".
func DetectLang(text, declared string) (lang string, sure float64) {
	declared = langCode(declared)
	text = cutRunes(text, langSample)
	if code, share := langScript(text); code != "" {
		if declared == "ja" && code == "zh" {
			return declared, .8
		}
		return code, .7 + .3*share
	}
	best, votes, lead := langVote(text)
	if declared != "" {
		if best != "" && best != declared && votes >= 8 && lead >= .6 {
			return best, .85
		}
		if best == declared {
			return declared, .97
		}
		return declared, .75
	}
	if best == "" || votes < 3 || lead < .3 {
		guess, conf := langGuess(text)
		switch {
		case guess != "" && guess == best:
			return best, max(.8, conf)
		case guess != "" && (best == "" || conf > .8):
			return guess, min(conf, .8)
		}
	}
	if best != "" {
		return best, min(.99, .5+.05*float64(votes)+.2*lead)
	}
	return "", 0
}

// langCode brings a declared language to two lower-case letters, or "".
func langCode(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, alias := range [...][2]string{{"english", "en"}, {"eng", "en"}, {"spanish", "es"}, {"spa", "es"}, {"italian", "it"}, {"ita", "it"}, {"chinese", "zh"}, {"zho", "zh"}, {"chi", "zh"}, {"cmn", "zh"}} {
		if s == alias[0] {
			return alias[1]
		}
	}
	if i := strings.IndexAny(s, "-_"); i >= 0 {
		s = s[:i]
	}
	if len(s) != 2 || s[0] < 'a' || s[0] > 'z' || s[1] < 'a' || s[1] > 'z' {
		return ""
	}
	return s
}

// langScript names the language where the script decides, and the script's
// share of the letters.
func langScript(text string) (string, float64) {
	var han, kana, hangul, cyrillic, arabic, latin int
	for _, r := range text {
		switch {
		case r < 0x250:
			if unicode.IsLetter(r) {
				latin++
			}
		case r >= 0x3040 && r <= 0x30ff:
			kana++
		case isCJK(r) && r < 0xac00 || r >= 0x20000 && isCJK(r):
			han++
		case r >= 0xac00 && r <= 0xd7a3:
			hangul++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Arabic, r):
			arabic++
		}
	}
	letters := float64(han + kana + hangul + cyrillic + arabic + latin)
	if letters == 0 {
		return "", 0
	}
	// A Han character says as much as three letters do.
	wide := float64(3 * (han + kana))
	share := wide / (wide + float64(latin))
	switch {
	case share > .3 && kana*5 > han:
		return "ja", share
	case share > .3:
		return "zh", share
	case float64(hangul) > letters/4:
		return "ko", float64(hangul) / letters
	case float64(cyrillic) > letters/2:
		return "ru", float64(cyrillic) / letters
	case float64(arabic) > letters/2:
		return "ar", float64(arabic) / letters
	}
	return "", 0
}

// langCommon are short words that are frequent in one language. A word of two
// languages votes for both.
var langCommon = map[string]string{
	"en": " the and to of was is it in that for on with they you my this have had not but are at be as we so what when from i i'm it's don't didn't has been their who how just after would your out if about me there can an which will were all any one more no up by our or does did do than then them her his she he very because could should would still much too only also never into through since than any some is are a ",
	"es": " el la los las de que y en un una es por con para no se lo me mi su al del pero como más muy ya fue ha han he le nos sin este esta cuando desde porque todo hasta hay son donde también qué tres dos yo está ni les era mis sus ustedes vosotros nosotros tengo tiene tienen hace siempre nunca otro otra pues así aquí antes después cada mismo muchas quien alguien algo mañana ayer años sido eso ",
	"it": " il lo la i gli le di che e è in un una per con non si mi ma da del della dei nel al alla sono ho ha hanno come più anche se ci ne questo questa dopo quando ancora era stato perché tutto cosa dove mai io due tre mio loro poi senza già dal sul qui nessuno alle fino ogni solo ora stesso giorno quello quella dello degli delle nella nello col coi avete abbiamo devo chi può scusate anni ogni sia tra fra così perche quanto dopo prima sempre fatto detto essere niente meglio qualcuno consigli grazie allora poi adesso oggi ieri domani voi noi lei lui ",
	"fr": " le la les de des et est en un une du que qui dans pour pas sur je ne ce au avec il vous plus mais nous ils sont ont été mon être cette ",
	"pt": " o a os as de que e do da em um uma é não para com no na por mais se foi eu meu dos das ao mas como já ele muito tem são você está ",
	"de": " der die das und ist in den von zu mit nicht ein eine auf für ich es sich dem des im auch war wie an aber noch nach wir man sie hat bei ",
}

// langCodes numbers the languages of langCommon.
var langCodes = [...]string{"en", "es", "it", "fr", "pt", "de"}

// langWords says of each common word, as a set of bits, whose it is.
var langWords = buildLangWords()

func buildLangWords() map[string]uint8 {
	out := map[string]uint8{}
	for i, code := range langCodes {
		for _, w := range strings.Fields(langCommon[code]) {
			out[w] |= 1 << i
		}
	}
	return out
}

// langSpellings are letters that one language has and its neighbours have not;
// lang counts as in langVote.
var langSpellings = [...]struct {
	letters string
	lang    int
}{{"zion", 2}, {"cch", 2}, {"ggi", 2}, {"zz", 2}, {"gli ", 2}, {"tt", 2}, {" è ", 2}, {"ò", 2}, {"ù", 2}, {"ì", 2}, {"ghi", 2}, {"sci", 2},
	{"ción", 1}, {"idad", 1}, {" ll", 1}, {" y ", 1}, {"ado ", 1}, {"ando ", 1}, {" hay ", 1}, {"í", 1}, {"á", 1},
	{"ing ", 0}, {"th", 0}, {" wh", 0}, {"'t ", 0}, {"ough", 0}, {" a ", 0}, {"ção", 4}, {"ões", 4}, {"lh", 4}, {"eux", 3}, {"ç", 3}, {"ü", 5}, {"sch", 5}}

// langVote counts frequent words; it returns the language with most, how many
// it has, and its lead over the next as a share.
func langVote(text string) (string, int, float64) {
	var votes [6]int
	langTally(text, &votes)
	for _, cue := range langSpellings {
		if strings.Contains(text, cue.letters) {
			votes[cue.lang]++
		}
	}
	if strings.ContainsAny(text, "¿¡ñ") {
		votes[1] += 3
	}
	if strings.ContainsAny(text, "ãõ") {
		votes[4] += 2
	}
	best, second := 0, -1
	for i := 1; i < len(votes); i++ {
		if votes[i] > votes[best] {
			best, second = i, votes[best]
		} else if votes[i] > second {
			second = votes[i]
		}
	}
	if votes[best] == 0 {
		return "", 0, 0
	}
	if second < 0 {
		second = 0
	}
	return langCodes[best], votes[best], float64(votes[best]-second) / float64(votes[best])
}

// langTally gives each language a vote for each of its common words; elisions
// (l'ho, dell'anno) are Italian.
func langTally(text string, votes *[6]int) {
	var word [12]byte
	n, long := 0, false
	for i := 0; i <= len(text); {
		r, size := rune(' '), 1
		if i < len(text) {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		i += size
		switch r = unicode.ToLower(r); {
		case unicode.IsLetter(r):
			if n+utf8.RuneLen(r) > len(word) {
				long = true
				continue
			}
			n += utf8.EncodeRune(word[n:], r)
		case (r == '\'' || r == '’') && n > 0 && n <= 5: // l'ho, dell'anno, don't
			if i < len(text) && text[i] != 's' && text[i] != 't' && text[i] != ' ' {
				votes[2]++
			}
			n, long = 0, false
		default:
			if n > 0 && !long {
				for mask := langWords[string(word[:n])]; mask != 0; mask &= mask - 1 {
					votes[bits.TrailingZeros8(mask)]++
				}
			}
			n, long = 0, false
		}
	}
}

// langGuess asks the trigram detector, among the languages we are told of; it
// is a coin toss below some forty letters.
func langGuess(text string) (string, float64) {
	if utf8.RuneCountInString(text) < 40 {
		return "", 0
	}
	info := whatlanggo.DetectWithOptions(text, whatlanggo.Options{Whitelist: map[whatlanggo.Lang]bool{
		whatlanggo.Eng: true, whatlanggo.Spa: true, whatlanggo.Ita: true, whatlanggo.Cmn: true, whatlanggo.Fra: true, whatlanggo.Por: true, whatlanggo.Deu: true}})
	code := whatlanggo.LangToStringShort(info.Lang)
	if len(code) != 2 {
		return "", 0
	}
	return code, info.Confidence
}
