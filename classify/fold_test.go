package classify

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestFoldString(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"Norvane", "norvane"}, {"Café", "cafe"}, {"Cafe\u0301", "cafe"}, {"STRASSE", "strasse"}, {"Straße", "strasse"}, {"Ｎｏｒ　Ｖａ", "nor va"}, {"a\u00a0\u2011b", "a b"}, {"ﬁn", "fin"}, {"O’Hara", "o'hara"},
		{"a\u200bb", "ab"}, {"x  -  y", "x y"}, {"移动", "移动"}, {"ΣΑΣ", "σασ"}, {"①", "1"}, {"Ångström", "angstrom"}, {" \n\t ", ""}, {"ＡＴ＆Ｔ", "at&t"},
	} {
		if got := foldString(tt.in); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
	}
}

func TestFoldLeadsBack(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"a", "Z", " ", "  ", "\n", "\n\n", "-", "é", "e\u0301", "ß", "ﬁ", "移", "Ｘ", "\u00a0", "\u200b", "\xff", "Ω", "’", "🙂", "각"})).Draw(rt, "parts")
		text := strings.Join(parts, "") + "Norvane"
		f := borrowFold(text)
		defer f.release()
		i := strings.Index(string(f.bytes), "norvane")
		if i < 0 {
			rt.Fatalf("%q folded to %q", text, f.bytes)
		}
		if a, b := f.span(text, i, i+7); text[a:b] != "Norvane" {
			rt.Fatalf("%q: span is %q", text, text[a:b])
		}
		last := 0
		for j := range f.bytes {
			o := f.original(j)
			if o < last-4 || o > len(text) {
				rt.Fatalf("%q: byte %d comes from %d after %d", text, j, o, last)
			}
			last = max(last, o)
		}
		if utf8.ValidString(text) && !utf8.Valid(f.bytes) {
			rt.Fatalf("%q folded to invalid text", text)
		}
	})
}
