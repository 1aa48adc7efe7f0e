package classify

import (
	"strings"
	"unicode"
)

// answerGuessWords are words that are frequent in one of the languages and rare in the others.
var answerGuessWords = map[string]string{
	"en": "the they and to of was is it i my me you we have has had not for with but from this that are be at by will sorry",
	"es": "el los las una y en por para con pero que me nos han ha he fue su del les está ya más muy mi todavía nadie usted hemos lo es se sin",
	"it": "il gli una e di che mi ci hanno ha ho è non per con ma del della nessuno più sono stato ancora sul dal alla lo si anche abbiamo",
}

// answerGuessLang guesses the language of a text from its script and its small words; it never gives an unknown one.
func answerGuessLang(text string) string {
	if len(text) > 4000 {
		text = text[:4000]
	}
	if answerHanShare(text) > 0.15 {
		return "zh"
	}
	count := map[string]int{}
	for _, word := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) }) {
		for lang, words := range answerGuessWords {
			if strings.Contains(" "+words+" ", " "+word+" ") {
				count[lang]++
			}
		}
	}
	if strings.ContainsAny(text, "ñ¿¡") {
		count["es"] += 3
	}
	best := "en"
	for _, lang := range []string{"es", "it"} {
		if count[lang] > count[best] {
			best = lang
		}
	}
	return best
}

// answerHanShare gives the share of letters that are Han characters.
func answerHanShare(text string) float64 {
	han, letters := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.Is(unicode.Han, r) {
			han++
		}
	}
	if letters == 0 {
		return 0
	}
	return float64(han) / float64(letters)
}
