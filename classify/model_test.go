package classify

import (
	"bytes"
	"math"
	"os"
	"strings"
	"testing"
	"time"
)

func openDefault(t testing.TB) *Model {
	t.Helper()
	m, err := DefaultModel()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// TestScorePlain holds plain cases that any usable model gets right.
func TestScorePlain(t *testing.T) {
	m := openDefault(t)
	for _, c := range []struct {
		lang, text, brand string
		sentiment, intent int
	}{
		{"en", "Third call to Norvane this week and the refund still has not arrived. Never again.", "Norvane", 0, 0},
		{"en", "Big thanks to Norvane: the driver came back with my phone the same evening. Brilliant people.", "Norvane", 2, 1},
		{"en", "Does anybody know whether Norvane delivers on Saturdays?", "Norvane", 1, 2},
		{"es", "Llevo tres semanas esperando el reembolso de Norvane y nadie contesta. Un desastre.", "Norvane", 0, 0},
		{"it", "Grazie a Norvane, gentilissimi: il tecnico ha sistemato tutto in dieci minuti.", "Norvane", 2, 1},
		{"zh", "诺凡的客服打了三次电话都没人接，退款拖了一个月，太差了。", "诺凡", 0, 0},
	} {
		at := strings.Index(c.text, c.brand)
		s := m.Score(Passage{Text: c.text, Start: at, End: at + len(c.brand), Lang: c.lang, Channel: "blog"})
		if got := best(s.Sentiment[:]); got != c.sentiment {
			t.Errorf("%q: sentiment %d, want %d (%.2f)", c.text, got, c.sentiment, s.Sentiment)
		}
		if got := best(s.Intent[:]); got != c.intent {
			t.Errorf("%q: intent %d, want %d (%.2f)", c.text, got, c.intent, s.Intent)
		}
	}
}

func best(p []float64) int {
	at := 0
	for i, x := range p {
		if x > p[at] {
			at = i
		}
	}
	return at
}

// hostile are texts and spans that must do no harm.
func hostile() []Passage {
	long := strings.Repeat("The queue at Norvane was long, and nobody came. ", 220000)
	return []Passage{
		{}, {Text: " "}, {Text: "\xff\xfe\xfd"}, {Text: "a\xc3", Start: 0, End: 2}, {Text: "😡😡😡🔥"}, {Text: "Norvane", Start: 0, End: 7},
		{Text: "Norvane", Start: -5, End: 90}, {Text: "Norvane", Start: 7, End: 3}, {Text: "Norvane", Start: 40, End: 50}, {Text: "x", Start: 0, End: 1, Others: [][2]int{{0, 9}, {-1, 1}}},
		{Text: long, Start: 5000009, End: 5000016}, {Text: long}, {Text: long, Start: 0, End: len(long)}, {Text: strings.Repeat("\n", 5000)}, {Text: strings.Repeat("等", 400000), Start: 300000, End: 300003},
		{Text: strings.Repeat("!?", 4000), Start: 2000, End: 2001}, {Text: strings.Repeat("a", 1<<20)}, {Text: "don't n't 't ' ’s", Lang: "en"}, {Text: "http://", Lang: "xx", Channel: "pigeon"},
		{Text: "𠀀𠀁 가나다 かな ｆｕｌｌ１２３。！", Start: 4, End: 8}, {Text: "e\u0301\u0301\u0301\u200d\ufe0f"},
	}
}

func TestScoreHostile(t *testing.T) {
	m := openDefault(t)
	for i, p := range hostile() {
		begin := time.Now()
		s := m.Score(p)
		if d := time.Since(begin); d > 500*time.Millisecond {
			t.Errorf("case %d took %v", i, d)
		}
		checkSum(t, i, s.Sentiment[:])
		checkSum(t, i, s.Intent[:])
	}
}

func checkSum(t *testing.T, i int, p []float64) {
	t.Helper()
	sum := 0.0
	for _, x := range p {
		if math.IsNaN(x) || x < 0 || x > 1 {
			t.Fatalf("case %d: probability %g", i, x)
		}
		sum += x
	}
	if math.Abs(sum-1) > 1e-6 {
		t.Errorf("case %d: probabilities sum to %g", i, sum)
	}
}

func FuzzScore(f *testing.F) {
	m := openDefault(f)
	f.Add("Third call to Norvane, and no refund.", 14, 21, "en")
	f.Add("诺凡的客服", 0, 6, "zh")
	f.Fuzz(func(t *testing.T, text string, start, end int, lang string) {
		s := m.Score(Passage{Text: text, Start: start, End: end, Lang: lang})
		checkSum(t, 0, s.Sentiment[:])
		checkSum(t, 0, s.Intent[:])
		for _, w := range m.Weights(Passage{Text: text, Start: start, End: end, Lang: lang}, 3) {
			if w.Start < 0 || w.End > len(text) || w.Start >= w.End {
				t.Fatalf("word %d-%d of %d bytes", w.Start, w.End, len(text))
			}
		}
	})
}

// TestScoreIsStable asks for the same answer from many goroutines at once, and
// that a text far from the window's edge does not move the answer.
func TestScoreIsStable(t *testing.T) {
	m := openDefault(t)
	p := Passage{Text: "Third call to Norvane this week and the refund still has not arrived.", Start: 14, End: 21, Lang: "en"}
	want := m.Score(p)
	done := make(chan Scores)
	for range 8 {
		go func() { done <- m.Score(p) }()
	}
	for range 8 {
		if got := <-done; got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

func TestLoadModelRefusesGarbage(t *testing.T) {
	good, err := os.ReadFile("model.bin")
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range map[string][]byte{"empty": nil, "text": []byte("hello"), "magic only": []byte("EARM\x01\x00\x00\x00"), "format": append([]byte("EARM\x09"), good[5:]...), "cut": good[:len(good)/2], "more": append(bytes.Clone(good), 0)} {
		if _, err := LoadModel(b); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
	for at := 0; at < len(good); at += len(good)/97 + 1 {
		bad := bytes.Clone(good)
		bad[at] ^= 0x55
		if m, err := LoadModel(bad); err == nil && at != 5 && at != 7 {
			t.Errorf("byte %d flipped: no error, version %s", at, m.Version())
		}
	}
}

// TestLoadModelSections breaks each section behind a valid checksum: the
// loader must say so and never panic.
func TestLoadModelSections(t *testing.T) {
	good, err := os.ReadFile("model.bin")
	if err != nil {
		t.Fatal(err)
	}
	parts, err := decodeFile(good)
	if err != nil {
		t.Fatal(err)
	}
	for tag := range parts {
		for _, size := range []int{0, 1, 7, 13, len(parts[tag]) - 1} {
			var sections []Section
			for other, payload := range parts {
				if other == tag {
					payload = payload[:size]
				}
				sections = append(sections, Section{other, payload})
			}
			if _, err := LoadModel(EncodeFile(sections)); err == nil && !(size == 0 && (tag == SectionLexicon || tag == SectionConcepts)) {
				t.Errorf("section %s of %d bytes: no error", tag, size)
			}
		}
	}
}

func TestWeights(t *testing.T) {
	m := openDefault(t)
	text := "The driver from Norvane was horrible, horrible."
	words := m.Weights(Passage{Text: text, Start: 16, End: 23, Lang: "en"}, 3)
	if len(words) != 3 {
		t.Fatalf("got %d words, want 3", len(words))
	}
	if w := text[words[0].Start:words[0].End]; w != "horrible" || words[0].Weight >= 0 {
		t.Errorf("strongest word %q with %g, want horrible, negative", w, words[0].Weight)
	}
	if got := m.Weights(Passage{}, 5); len(got) != 0 {
		t.Errorf("empty text has %d words", len(got))
	}
}

func TestHeadRoundTrip(t *testing.T) {
	w := make([]float32, 3<<6)
	for i := range w {
		w[i] = float32(math.Sin(float64(i))) * 2
	}
	b, err := EncodeHead(w, 3, 6)
	if err != nil {
		t.Fatal(err)
	}
	h, err := decodeHead(b)
	if err != nil {
		t.Fatal(err)
	}
	for i, x := range w {
		if got := h.table[h.weights[i]]; math.Abs(float64(got-x)) > .017*2 {
			t.Fatalf("weight %d: %g became %g", i, x, got)
		}
	}
}

func BenchmarkScore(b *testing.B) {
	m := openDefault(b)
	text := "I rang Norvane on Monday, then on Wednesday, then again today. Each time a kind person took my number and promised that somebody would call. Nobody has called. The parcel is still in Leeds, and so is my patience."
	b.ReportAllocs()
	for b.Loop() {
		m.Score(Passage{Text: text, Start: 7, End: 14, Lang: "en", Channel: "blog"})
	}
}

func BenchmarkScoreLinear(b *testing.B) {
	m := openDefault(b)
	m.net = nil
	text := "I rang Norvane on Monday, then on Wednesday, then again today. Each time a kind person took my number and promised that somebody would call. Nobody has called. The parcel is still in Leeds, and so is my patience."
	for b.Loop() {
		m.Score(Passage{Text: text, Start: 7, End: 14, Lang: "en", Channel: "blog"})
	}
}
