package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/RadhiFadlillah/whatlanggo"
)

// langSample bounds how much of a text is read to tell its language.
const langSample = 3000

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
	if guess, conf := langGuess(text); guess != "" && (best == "" || votes < 3 || lead < .3) {
		if guess == best {
			return best, max(.8, conf)
		}
		if best == "" || conf > .8 {
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
	"en": " the and to of was is it in that for on with they you my this have had not but are at be as we so what when from i i'm it's don't didn't has been their who how just after would your out if about me there can an which will were all any one more no up by our or anyone ",
	"es": " el la los las de que y en un una es por con para no se lo me mi su al del pero como más muy ya fue ha han he le nos sin este esta cuando desde porque todo hasta hay son donde también qué tres dos yo está si a o ni te les era años sido eso ",
	"it": " il lo la i gli le di che e è in un una per con non si mi ma da del della dei nel al alla sono ho ha hanno come più anche se ci ne questo questa dopo quando ancora era stato perché tutto cosa dove mai io due tre mio loro poi senza già dal sul qui nessuno ",
	"fr": " le la les de des et est en un une du que qui dans pour pas sur je ne ce au avec il vous plus mais nous ils sont ont été mon être cette ",
	"pt": " o a os as de que e do da em um uma é não para com no na por mais se foi eu meu dos das ao mas como já ele muito tem são você está ",
	"de": " der die das und ist in den von zu mit nicht ein eine auf für ich es sich dem des im auch war wie an aber noch nach wir man sie hat bei ",
}

// langVote counts frequent words; it returns the language with most, how many
// it has, and its lead over the next as a share.
func langVote(text string) (string, int, float64) {
	var votes [6]int
	codes := [...]string{"en", "es", "it", "fr", "pt", "de"}
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' && r != '’' }) {
		w = strings.ReplaceAll(w, "’", "'")
		if i := strings.IndexByte(w, '\''); i > 0 && i < len(w)-2 { // l'ho, dell'anno
			w = w[i+1:]
			votes[2]++
		}
		for i, code := range codes {
			if len(w) < 8 && strings.Contains(langCommon[code], " "+w+" ") {
				votes[i]++
			}
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
	return codes[best], votes[best], float64(votes[best]-second) / float64(votes[best])
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
