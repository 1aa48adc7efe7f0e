package words

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"earshot"
)

// leaves walks a catalogue and calls see with the path and text of every leaf.
func cardLeaves(path string, v reflect.Value, see func(path, text string)) {
	switch v.Kind() {
	case reflect.String:
		see(path, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			cardLeaves(path+"."+v.Type().Field(i).Name, v.Field(i), see)
		}
	case reflect.Map:
		if v.Len() == 0 {
			see(path, "")
		}
		for _, k := range v.MapKeys() {
			cardLeaves(fmt.Sprintf("%s[%s]", path, k), v.MapIndex(k), see)
		}
	case reflect.Array:
		for i := range v.Len() {
			cardLeaves(fmt.Sprintf("%s[%d]", path, i), v.Index(i), see)
		}
	}
}

func cardPlaces(text string) []string {
	var out []string
	for _, p := range Text(text).Parts() {
		if p.Place != "" && !slices.Contains(out, p.Place) {
			out = append(out, p.Place)
		}
	}
	slices.Sort(out)
	return out
}

// TestEveryLanguageSaysEverything fails for a missing key, and for a
// translation that names what English does not.
func TestEveryLanguageSaysEverything(t *testing.T) {
	english := map[string]string{}
	cardLeaves("", reflect.ValueOf(For("en").Cards), func(path, text string) { english[path] = text })
	for _, lang := range Languages {
		got := map[string]string{}
		cardLeaves("", reflect.ValueOf(For(lang).Cards), func(path, text string) { got[path] = text })
		for path, en := range english {
			text, ok := got[path]
			if !ok || strings.TrimSpace(text) == "" {
				t.Errorf("%s: %s is missing", lang, path)
				continue
			}
			known := append(cardPlaces(en), "n")
			for _, p := range cardPlaces(text) {
				if !slices.Contains(known, p) {
					t.Errorf("%s: %s names {%s}, which English %q does not", lang, path, p, en)
				}
			}
			for _, p := range cardPlaces(en) {
				if !slices.Contains(cardPlaces(text), p) && p != "nth" && !strings.Contains(path, ".One") {
					t.Errorf("%s: %s leaves out {%s}: %q", lang, path, p, text)
				}
			}
		}
		for path := range got {
			if _, ok := english[path]; !ok {
				t.Errorf("%s: %s is not in English", lang, path)
			}
		}
	}
}

// TestStyle holds the guide: sentence case, no shouting, no "click here".
func TestStyle(t *testing.T) {
	for _, lang := range Languages {
		cardLeaves("", reflect.ValueOf(For(lang).Cards), func(path, text string) {
			lower := strings.ToLower(text)
			if strings.ContainsAny(text, "!！") || strings.Contains(lower, "oops") || strings.Contains(lower, "click here") || strings.Contains(lower, "did not respond") {
				t.Errorf("%s: %s: %q", lang, path, text)
			}
			if len([]rune(text)) > 75 && strings.HasPrefix(path, ".Buttons") {
				t.Errorf("%s: %s is too long for a button: %q", lang, path, text)
			}
		})
	}
}

func named[T ~string](t *testing.T, lang, name string, names map[string]string, labels []T) {
	t.Helper()
	for _, l := range labels {
		if names[string(l)] == "" {
			t.Errorf("%s: %s has no word for %q", lang, name, l)
		}
	}
}

// TestEveryLabelHasAName fails when a label is added to the product and nobody
// says what people call it.
func TestEveryLabelHasAName(t *testing.T) {
	facets := []earshot.Facet{earshot.FacetProduct, earshot.FacetService, earshot.FacetStaff, earshot.FacetProcess, earshot.FacetPolicy, earshot.FacetPrice, earshot.FacetImage}
	for _, lang := range Languages {
		w := For(lang)
		named(t, lang, "Intents", w.Intents, earshot.Intents)
		named(t, lang, "Nouns", w.Nouns, earshot.Intents)
		named(t, lang, "Many", w.Many, earshot.Intents)
		named(t, lang, "The", w.The, earshot.Intents)
		named(t, lang, "Ask", w.Ask, earshot.Intents)
		named(t, lang, "Statuses", w.Statuses, earshot.Statuses)
		named(t, lang, "Outcomes", w.Outcomes, earshot.Outcomes)
		named(t, lang, "Evidence", w.Evidence, earshot.EvidenceKinds)
		named(t, lang, "Facets", w.Facets, facets)
	}
}

func TestFor(t *testing.T) {
	for lang, want := range map[string]string{"en": "en", "": "en", "xx": "en", "ES": "es", "es-MX": "es", "zh_CN": "zh", "it": "it"} {
		if got := For(lang).Lang; got != want {
			t.Errorf("%q: %s, want %s", lang, got, want)
		}
	}
}

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		-time.Hour: "0 min", 3 * time.Second: "3 s", time.Millisecond: "1 s", 40 * time.Minute: "40 min", 3 * time.Hour: "3 h", 3*time.Hour + 5*time.Minute: "3 h 05", 38 * time.Hour: "1 d 14 h",
		48 * time.Hour: "2 days", 24 * time.Hour: "1 day", 58*24*time.Hour + time.Hour: "58 days",
	} {
		if got := For("en").Duration(d); got != want {
			t.Errorf("%s: %q, want %q", d, got, want)
		}
	}
}

func TestWhen(t *testing.T) {
	now := time.Date(2026, 11, 20, 10, 0, 0, 0, time.UTC) // a Friday
	for at, want := range map[time.Time]string{
		now.Add(time.Hour): "11:00 today", now.AddDate(0, 0, 3): "Monday 10:00", now.AddDate(0, 0, -1): "Thursday 10:00", now.AddDate(0, 0, 30): "20 December 10:00",
	} {
		if got := For("en").When(at, now); got != want {
			t.Errorf("%s: %q, want %q", at, got, want)
		}
	}
}

func TestOrdinal(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 12: "12th", 21: "21st", 113: "113th"} {
		if got := For("en").Ordinal(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

func TestTextFillsItsPlaces(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Due {time}", "Due noon"}, {"{time}", "noon"}, {"no place", "no place"}, {"{other} stays", "{other} stays"}, {"half { open", "half { open"},
	} {
		if got := Text(c.text).With("time", "noon"); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
	if got := Text("{a}").With("a", "{b}", "b", "no"); got != "{b}" {
		t.Errorf("what is filled in is not read again: %q", got)
	}
}
