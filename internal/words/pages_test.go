package words

import (
	"reflect"
	"strings"
	"testing"
)

// TestPagesAreComplete walks every text of the dashboard in every language.
func TestPagesAreComplete(t *testing.T) {
	english := PagesFor("en")
	for _, lang := range Languages {
		p := PagesFor(lang)
		for i := range reflect.TypeFor[Pages]().NumField() {
			f := reflect.TypeFor[Pages]().Field(i)
			if f.Name == "Words" {
				continue
			}
			for j := range f.Type.NumField() {
				name := lang + " " + f.Name + "." + f.Type.Field(j).Name
				complete(t, name, reflect.ValueOf(p).Elem().Field(i).Field(j), reflect.ValueOf(english).Elem().Field(i).Field(j))
			}
		}
	}
}

// complete asks that a text is there and has the places that the English one has.
func complete(t *testing.T, name string, v, english reflect.Value) {
	t.Helper()
	switch v.Kind() {
	case reflect.String:
		if strings.TrimSpace(v.String()) == "" {
			t.Errorf("%s is empty", name)
		}
		if got, want := placesOf(Text(v.String())), placesOf(Text(english.String())); v.Type() == reflect.TypeFor[Text]() && got != want {
			t.Errorf("%s has the places %q, English has %q", name, got, want)
		}
		if strings.ContainsAny(v.String(), "!") {
			t.Errorf("%s shouts: %q", name, v)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			complete(t, name+"."+v.Type().Field(i).Name, v.Field(i), english.Field(i))
		}
	case reflect.Array, reflect.Slice:
		for i := range v.Len() {
			complete(t, name, v.Index(i), english.Index(i))
		}
	case reflect.Map:
		if v.Len() != english.Len() || v.Len() == 0 {
			t.Errorf("%s has %d entries, English has %d", name, v.Len(), english.Len())
		}
		for _, k := range v.MapKeys() {
			complete(t, name+"["+k.String()+"]", v.MapIndex(k), english.MapIndex(k))
		}
	}
}

// placesOf are the names of a text's places, sorted by first appearance, without repeats.
func placesOf(t Text) string {
	var out []string
	seen := map[string]bool{}
	for _, p := range t.Parts() {
		if p.Place != "" && !seen[p.Place] {
			seen[p.Place] = true
			out = append(out, p.Place)
		}
	}
	return strings.Join(out, " ")
}

func TestSmallCountsAreWords(t *testing.T) {
	p := PagesFor("en")
	for n, want := range map[int]string{1: "one answer is overdue", 2: "two answers are overdue", 12: "twelve answers are overdue", 13: "13 answers are overdue"} {
		if got := p.CountAnswers(p.AnswersOverdue, n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
}
