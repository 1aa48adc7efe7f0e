package daemon

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// seasonTongue is what one language's people write: sentences by kind, with
// slots. None of it comes from the lists the detection reads.
type seasonTongue struct {
	lang  string
	lines map[string][]string
	used  map[string][]string // by writer and kind: what is left before sentences come again
}

// seasonTongues reads the material of every language.
func seasonTongues(t *testing.T, folder string) []*seasonTongue {
	t.Helper()
	var out []*seasonTongue
	for _, lang := range []string{"en", "es", "it", "zh"} {
		raw, err := os.ReadFile(filepath.Join("testdata", "season", folder, lang+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		tongue := &seasonTongue{lang: lang, lines: map[string][]string{}, used: map[string][]string{}}
		kind := ""
		for line := range strings.Lines(string(raw)) {
			line = strings.TrimSpace(line)
			if k, ok := strings.CutPrefix(line, "## "); ok {
				kind = k
			} else if line != "" {
				tongue.lines[kind] = append(tongue.lines[kind], line)
			}
		}
		out = append(out, tongue)
	}
	return out
}

// pick draws a sentence of a kind for a writer, who says all of them once before
// one again: people do not repeat their own asides word for word.
func (g *seasonTongue) pick(r *rand.Rand, writer, kind string) string {
	left := g.used[writer+kind]
	if len(left) == 0 {
		if len(g.lines[kind]) == 0 {
			panic(fmt.Sprintf("no %s sentences of kind %q", g.lang, kind))
		}
		left = append(left, g.lines[kind]...)
		r.Shuffle(len(left), func(i, j int) { left[i], left[j] = left[j], left[i] })
	}
	g.used[writer+kind] = left[1:]
	return left[0]
}

// seasonSlots fill a sentence.
type seasonSlots map[string]string

func (g *seasonTongue) fill(text string, s seasonSlots) string {
	for k, v := range s {
		text = strings.ReplaceAll(text, "{"+k+"}", v)
	}
	text = " " + text
	for _, c := range seasonContractions(g.lang) {
		from, to, _ := strings.Cut(c, ">")
		text = strings.ReplaceAll(text, from, to)
	}
	text = strings.TrimSpace(text)
	if g.lang == "zh" {
		return text
	}
	first := []rune(text)
	return strings.ToUpper(string(first[:1])) + string(first[1:])
}

// seasonContractions are what preposition and article become when a thing with
// its article fills a slot.
func seasonContractions(lang string) []string {
	switch lang {
	case "es":
		return []string{" de el > del ", " a el > al "}
	case "it":
		return []string{" di il > del ", " di lo > dello ", " di la > della ", " di le > delle ", " di l'> dell'",
			" su il > sul ", " su lo > sullo ", " su la > sulla ", " su le > sulle ", " su l'> sull'"}
	}
	return nil
}

// seasonDay writes a day without its year.
func seasonDay(lang string, t time.Time) string {
	months := map[string]string{
		"es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
		"it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
	}
	switch lang {
	case "zh":
		return fmt.Sprintf("%d月%d日", t.Month(), t.Day())
	case "es":
		return fmt.Sprintf("%d de %s", t.Day(), strings.Fields(months[lang])[t.Month()-1])
	case "it":
		return fmt.Sprintf("%d %s", t.Day(), strings.Fields(months[lang])[t.Month()-1])
	}
	return fmt.Sprintf("%d %s", t.Day(), t.Month())
}

// seasonWeekday names a day of the week.
func seasonWeekday(lang string, d time.Weekday) string {
	switch lang {
	case "es":
		return strings.Fields("domingo lunes martes miércoles jueves viernes sábado")[d]
	case "it":
		return strings.Fields("domenica lunedì martedì mercoledì giovedì venerdì sabato")[d]
	case "zh":
		return strings.Fields("周日 周一 周二 周三 周四 周五 周六")[d]
	}
	return d.String()
}

// seasonMark opens an update in an edited post.
func seasonMark(lang string, on time.Time) string {
	word := map[string]string{"en": "UPDATE", "es": "ACTUALIZACIÓN", "it": "AGGIORNAMENTO", "zh": "更新"}[lang]
	switch {
	case on.IsZero() && lang == "zh":
		return word + "："
	case on.IsZero():
		return word + ": "
	case lang == "zh":
		return word + "（" + seasonDay(lang, on) + "）："
	}
	return word + " (" + seasonDay(lang, on) + "): "
}
