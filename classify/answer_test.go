package classify

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestAnswerTables(t *testing.T) {
	for lang, table := range answerTables() {
		for _, kind := range []string{"answer", "reply", "fix", "vow", "look", "auto", "silence", "ans0", "neg", "co_reply", "co_vow", "co_fix"} {
			if len(table.rules[kind]) == 0 {
				t.Errorf("%s has no rule of kind %s", lang, kind)
			}
		}
		if len(dueRules()[lang]) == 0 {
			t.Errorf("%s has no due words", lang)
		}
	}
}

func TestAnswerTableFaults(t *testing.T) {
	for _, src := range []string{"let x", "answer <x>", "answer: <x>", "nonsense: word", "answer: (word"} {
		if _, err := parseAnswerTable("en", src); err == nil {
			t.Errorf("%q passes", src)
		} else if !strings.HasPrefix(err.Error(), "answer_en.txt:1: ") {
			t.Errorf("%q: fault without its place: %v", src, err)
		}
	}
}

func TestAnswerEdges(t *testing.T) {
	long := strings.Repeat("nothing to see here, move along. ", 10<<20/33)
	texts := map[string]string{
		"empty": "", "blank": " \n\t", "emoji": "😡😡😡", "invalid": "\xff\xfe they \xc3 replied\xff",
		"marks": "....!!!???", "quote": "\"", "long": long, "unbroken": strings.Repeat("a", 10<<20), "han": strings.Repeat("回", 1<<20),
	}
	for name, text := range texts {
		for _, lang := range []string{"", "en", "es", "it", "zh", "xx"} {
			in := AnswerInput{Text: text, Brand: "Acme", Lang: lang, By: "author"}
			began := time.Now()
			checkAnswer(t, in, ReadAnswer(in))
			if took := time.Since(began); took > 5*time.Second {
				t.Errorf("%s in %q took %s", name, lang, took)
			}
		}
	}
}

// checkAnswer asserts what holds for every answer.
func checkAnswer(t *testing.T, in AnswerInput, got Answer) {
	t.Helper()
	switch got.Label {
	case AnswerResolved, AnswerResponded, AnswerPromised, AnswerSeen, AnswerNotResponded, AnswerNone:
	default:
		t.Errorf("label %q", got.Label)
	}
	if got.Start < 0 || got.End < got.Start || got.End > len(in.Text) {
		t.Fatalf("offsets %d to %d of %d", got.Start, got.End, len(in.Text))
	}
	if utf8.ValidString(in.Text) && !utf8.ValidString(in.Text[got.Start:got.End]) {
		t.Errorf("offsets %d to %d cut a character", got.Start, got.End)
	}
	if got.Confidence < 0 || got.Confidence > 1 {
		t.Errorf("confidence %v", got.Confidence)
	}
	if !got.Due.IsZero() && got.Label != AnswerPromised {
		t.Errorf("%s is due %s", got.Label, got.Due)
	}
}

func TestAnswerEndOfLongText(t *testing.T) {
	text := strings.Repeat("Some words about the weather and the road. ", 2000) + "UPDATE: Acme called and refunded me."
	got := ReadAnswer(AnswerInput{Text: text, Brand: "Acme", Lang: "en", By: "author"})
	if got.Label != AnswerResolved || !strings.Contains(text[got.Start:got.End], "refunded") {
		t.Errorf("%+v", got)
	}
}

func TestAnswerOrder(t *testing.T) {
	tests := []struct{ text, want string }{
		{"They ignored me for weeks. Update: Ann from Acme called today.", AnswerResponded},
		{"They called in March. Since then nothing.", AnswerNotResponded},
		{"They said they'd call by Friday. It is Tuesday.", AnswerNotResponded},
		{"Acme saw it but did not respond.", AnswerSeen},
		{"They called and refunded me.", AnswerResolved},
		{"They didn't reply until I posted this.", AnswerResponded},
		{"I hope they call.", AnswerNone},
		{"Did they ever answer? Nope.", AnswerNotResponded},
	}
	for _, tt := range tests {
		if got := ReadAnswer(AnswerInput{Text: tt.text, Brand: "Acme", By: "author"}); got.Label != tt.want {
			t.Errorf("%q: %s (%s), want %s", tt.text, got.Label, got.Why, tt.want)
		}
	}
}

func TestAnswerOtherBrands(t *testing.T) {
	text := "The only one who hasn't responded is Delta."
	for brand, want := range map[string]string{"Delta": AnswerNotResponded, "Zenith": AnswerResponded} {
		in := AnswerInput{Text: "Zenith was quick. " + text, Brand: brand, Lang: "en", By: "stranger", Others: []string{"Delta", "Zenith"}}
		if got := ReadAnswer(in); got.Label != want {
			t.Errorf("%s: %s (%s), want %s", brand, got.Label, got.Why, want)
		}
	}
}

func TestDue(t *testing.T) {
	tuesday := time.Date(2026, 11, 24, 10, 0, 0, 0, time.FixedZone("CET", 3600))
	friday := time.Date(2026, 11, 27, 10, 0, 0, 0, time.UTC)
	tests := []struct {
		lang, text, want, precision string
		at                          time.Time
	}{
		{"en", "We will call you by Friday.", "2026-11-27T23:59:00+01:00", DueDay, tuesday},
		{"en", "We will call you by Friday.", "2026-11-27T23:59:00Z", DueDay, friday},
		{"en", "We will call you by Friday.", "2026-12-04T23:59:00Z", DueDay, friday.Add(9 * time.Hour)},
		{"en", "We will reply within 48 hours.", "2026-11-26T10:00:00+01:00", DueTime, tuesday},
		{"en", "We will refund you in 3-5 business days.", "2026-12-01T23:59:00+01:00", DueDay, tuesday},
		{"en", "We will call you by 5pm tomorrow.", "2026-11-25T17:00:00+01:00", DueTime, tuesday},
		{"en", "We will call you next week.", "2026-12-06T23:59:00+01:00", DueDay, tuesday},
		{"en", "We will call you on 3 December.", "2026-12-03T23:59:00+01:00", DueDay, tuesday},
		{"en", "We will call you before the 12th.", "2026-12-12T23:59:00+01:00", DueDay, tuesday},
		{"es", "Le responderemos en 48 horas.", "2026-11-26T10:00:00+01:00", DueTime, tuesday},
		{"es", "Le responderemos antes del viernes.", "2026-11-27T23:59:00+01:00", DueDay, tuesday},
		{"es", "Le llamaremos mañana.", "2026-11-25T23:59:00+01:00", DueDay, tuesday},
		{"it", "Le risponderemo entro lunedì.", "2026-11-30T23:59:00+01:00", DueDay, tuesday},
		{"it", "Le risponderemo entro 5 giorni lavorativi.", "2026-12-01T23:59:00+01:00", DueDay, tuesday},
		{"zh", "我们将在三个工作日内给您答复。", "2026-11-27T23:59:00+01:00", DueDay, tuesday},
		{"zh", "我们周五之前给您回电。", "2026-11-27T23:59:00+01:00", DueDay, tuesday},
		{"zh", "我们会在48小时内回复您。", "2026-11-26T10:00:00+01:00", DueTime, tuesday},
		{"zh", "本周内给您答复。", "2026-11-29T23:59:00+01:00", DueDay, tuesday},
		{"zh", "月底前给您退款。", "2026-11-30T23:59:00+01:00", DueDay, tuesday},
		{"zh", "下周三给您回电。", "2026-12-02T23:59:00+01:00", DueDay, tuesday},
	}
	for _, tt := range tests {
		got := ReadAnswer(AnswerInput{Text: tt.text, Brand: "Acme", Lang: tt.lang, By: "company", At: tt.at})
		if got.Label != AnswerPromised || got.Due.Format(time.RFC3339) != tt.want || got.DuePrecision != tt.precision {
			t.Errorf("%s: %s due %s (%s, %q), want %s", tt.text, got.Label, got.Due.Format(time.RFC3339), got.DuePrecision, got.DueText, tt.want)
		}
		if !strings.Contains(tt.text, got.DueText) || got.DueText == "" {
			t.Errorf("%s: due text %q", tt.text, got.DueText)
		}
	}
}

func TestAnswerGuessLang(t *testing.T) {
	for text, want := range map[string]string{
		"They called me and it is fixed.": "en", "Me han llamado y ya está.": "es", "Mi hanno chiamato, è a posto.": "it", "他们给我打电话了": "zh", "": "en",
	} {
		if got := answerGuessLang(text); got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

func FuzzReadAnswer(f *testing.F) {
	for _, lang := range []string{"en", "es", "it", "zh"} {
		for i, c := range answerCases(f, lang) {
			if i%10 == 0 {
				f.Add(c.Text, c.Brand, lang, c.By, 0, 4)
			}
		}
	}
	f.Add("\xff\xc3they replied", "\xff", "", "", -1, 99)
	at := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, text, brand, lang, by string, start, end int) {
		in := AnswerInput{Text: text, Brand: brand, Lang: lang, By: by, Start: start, End: end, At: at, Others: []string{by}}
		checkAnswer(t, in, ReadAnswer(in))
	})
}

func BenchmarkReadAnswer(b *testing.B) {
	for _, lang := range []string{"en", "es", "it", "zh"} {
		b.Run(lang, func(b *testing.B) {
			cases := answerCases(b, lang)
			for i := 0; b.Loop(); i++ {
				ReadAnswer(cases[i%len(cases)].input(b, lang))
			}
		})
	}
}

func TestAnswerWeights(t *testing.T) {
	for _, lang := range []string{"en", "es", "it", "zh"} {
		if w := answerModels()[lang]; w == nil || len(w.rows) < 1000 {
			t.Errorf("%s: no weights; train with ANSWER_TRAIN=1", lang)
		}
	}
	for _, src := range []string{"en 1", "en x AAAA", "en 1 ?"} {
		if _, err := parseAnswerWeights(src); err == nil {
			t.Errorf("%q: no error", src)
		}
	}
}

func TestAnswerPick(t *testing.T) {
	for _, tt := range []struct {
		p     [len(answerOrder)]float64
		rules string
		want  string
	}{
		{[...]float64{.45, .2, .2, .05, .05, .05}, AnswerNotResponded, AnswerNone},
		{[...]float64{.45, .2, .2, .05, .05, .05}, AnswerResponded, AnswerResponded},
		{[...]float64{.55, .2, .1, .05, .05, .05}, AnswerNone, AnswerResponded},
		{[...]float64{.1, .35, .1, .15, .15, .15}, AnswerNone, AnswerNone},
		{[...]float64{.1, .35, .1, .15, .15, .15}, AnswerPromised, AnswerNotResponded},
	} {
		if got := answerPick(tt.p, tt.rules); got != tt.want {
			t.Errorf("%v after %s: %s, want %s", tt.p, tt.rules, got, tt.want)
		}
	}
}

func TestAnswerOwnCase(t *testing.T) {
	for by, want := range map[string]string{"stranger": AnswerNone, "author": AnswerNotResponded} {
		if got := ReadAnswer(AnswerInput{Text: "They never answered me either.", Brand: "Acme", Lang: "en", By: by}); got.Label != want {
			t.Errorf("%s: %s (%s), want %s", by, got.Label, got.Why, want)
		}
	}
}
