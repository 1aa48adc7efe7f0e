package classify

import (
	"reflect"
	"strings"
	"testing"
)

// forms returns the normalised forms of a text.
func forms(p Passage) []string {
	var s featureScratch
	s.read(p, wordLists{newLexicon(nil), newConcepts(nil)})
	out := []string{}
	for i := range s.tokens {
		out = append(out, string(s.form(i)))
	}
	return out
}

func TestTokens(t *testing.T) {
	for _, c := range []struct {
		text       string
		start, end int
		want       string
	}{
		{"I don't like AAA's trucks!!!", 13, 16, "i do n't like <t> ' s trucks !!!"},
		{"It's sooooo cold", 0, 0, "it 's soo cold"},
		{"L'albergo dell’Hotel", 0, 0, "l albergo dell hotel"},
		{"call @bob at 4:10, see https://a.example/x #BadDay :-(", 0, 0, "call <user> at <num> , see <url> badday :-("},
		{"等了３天，太慢！", 0, 0, "等 了 <num> 天 , 太 慢 !"},
		{"Ｎｏ way… 1,200.50 kg", 0, 0, "no way . <num> kg"},
		{"Acme sold Acme", 0, 4, "<t> sold <again>"},
		{"😡 ok", 0, 0, "😡 ok"},
	} {
		if got := strings.Join(forms(Passage{Text: c.text, Start: c.start, End: c.end}), " "); got != c.want {
			t.Errorf("%q: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestOthersAreMasked(t *testing.T) {
	got := forms(Passage{Text: "Delta beats United", Start: 0, End: 5, Others: [][2]int{{12, 18}}})
	if want := []string{"<t>", "beats", "<other>"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestClauses(t *testing.T) {
	for _, c := range []struct {
		text    string
		clauses int16
	}{
		{"one two", 0}, {"one, two", 1}, {"one but two", 1}, {"bello però caro", 1}, {"好但是贵", 1}, {"好不过贵", 1}, {"one. two; three", 2},
	} {
		var s featureScratch
		s.read(Passage{Text: c.text}, wordLists{newLexicon(nil), newConcepts(nil)})
		if got := s.tokens[len(s.tokens)-1].clause; got != c.clauses {
			t.Errorf("%q: last clause %d, want %d", c.text, got, c.clauses)
		}
	}
}

func TestNegationReach(t *testing.T) {
	var s featureScratch
	s.read(Passage{Text: "not one two three four five, six"}, wordLists{newLexicon(nil), newConcepts(nil)})
	var reached []string
	for i := range s.tokens {
		if s.tokens[i].negated {
			reached = append(reached, string(s.form(i)))
		}
	}
	if got := strings.Join(reached, " "); got != "one two three four" {
		t.Errorf("negated %q", got)
	}
}

// TestWindow asks that what is far from the target does not count.
func TestWindow(t *testing.T) {
	far := strings.Repeat("lovely ", 5000)
	a := forms(Passage{Text: far + "Acme broke it. " + far, Start: len(far), End: len(far) + 4})
	if len(a) < 100 || len(a) > 2*windowSide {
		t.Fatalf("%d tokens", len(a))
	}
	found := false
	for _, f := range a {
		found = found || f == "<t>"
	}
	if !found {
		t.Error("the target is not among the tokens")
	}
}

func TestGuessLang(t *testing.T) {
	for lang, text := range map[string]string{"en": "the queue was long and they did not call", "es": "los del banco no me llaman y es muy tarde", "it": "il corriere non è venuto e sono ancora qui che aspetto", "zh": "等了三天还没有到"} {
		var s featureScratch
		s.read(Passage{Text: text}, wordLists{newLexicon(nil), newConcepts(nil)})
		if s.langIdx != langIndex(lang) {
			t.Errorf("%q: language %d, want %s", text, s.langIdx, lang)
		}
	}
}
