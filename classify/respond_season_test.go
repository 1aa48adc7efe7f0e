package classify

import (
	"testing"
	"time"

	"earshot"
)

// seasonCase is a case against a brand of an invented season.
func seasonCase(brand, lang string) earshot.CaseView {
	v := respondCase()
	v.Case.Brand, v.Lang = brand, lang
	return v
}

func TestAnswersOfMatchedVoices(t *testing.T) {
	c := spotter(t, earshot.Brand{Name: "Telvanta", Official: earshot.Official{Domains: []string{"telvanta.example"}}}, earshot.Brand{Name: "Quorix"})
	matched := earshot.Author{Name: "Telvanta Responde", URL: "https://telvanta.example/ayuda"}
	for _, tt := range []struct{ lang, text string }{
		{"es", "Te llamaremos mañana por la mañana."},
		{"es", "Te vamos a llamar esta semana."},
		{"es", "Un técnico se pondrá en contacto contigo el lunes."},
		{"es", "Le escribiremos antes del viernes."},
		{"it", "Ti telefoneremo entro venerdì."},
		{"it", "Ti chiameremo domani."},
		{"it", "La contatteremo in settimana."},
	} {
		e := respondComment(matched, tt.text)
		e.Lang = tt.lang
		got := c.Answers(e, []earshot.CaseView{seasonCase("Telvanta", tt.lang)})
		if len(got) != 1 || got[0].Kind != earshot.EvidencePromise || got[0].Confidence != sureMatched {
			t.Errorf("%s: %+v", tt.text, got)
		}
	}
	plain := respondComment(matched, "La madre de Eva, te digo.")
	plain.Lang = "es"
	if got := c.Answers(plain, []earshot.CaseView{seasonCase("Telvanta", "es")}); len(got) != 1 || got[0].Kind != earshot.EvidenceClaimed {
		t.Errorf("no voice: %+v", got)
	}
	got := c.Answers(respondComment(earshot.Author{Name: "Lucinda"}, "Hello Ruth, I'm Lucinda K. from Quorix. Send me your number."), []earshot.CaseView{seasonCase("Quorix", "en")})
	if len(got) != 1 || got[0].Kind != earshot.EvidenceClaimed {
		t.Errorf("initial: %+v", got)
	}
}

func TestAnswersOfAuthorsAreNoClaims(t *testing.T) {
	c := spotter(t, earshot.Brand{Name: "Telvanta"})
	ruth := earshot.Author{Key: "ruth", Name: "Ruth"}
	for _, tt := range []struct {
		author earshot.Author
		lang   string
		text   string
		kind   earshot.EvidenceKind
	}{
		{ruth, "es", "Hoy no me llamó nadie de Telvanta.", earshot.EvidenceAuthorSilence},
		{ruth, "es", "Hoy no me llamo nadie de Telvanta.", earshot.EvidenceAuthorSilence},
		{earshot.Author{Name: "Eva"}, "es", "A mí no me llamó nadie de Telvanta.", ""},
		{earshot.Author{Name: "Ugo"}, "it", "Mi chiamò uno di Telvanta.", ""},
		{earshot.Author{Name: "Eva"}, "es", "Hola, me llamo Eva, de Telvanta. Mándame tu número.", earshot.EvidenceClaimed},
		{earshot.Author{Name: "Ugo"}, "it", "Mi chiamo Ugo, di Telvanta.", earshot.EvidenceClaimed},
	} {
		e := respondComment(tt.author, tt.text)
		e.Lang = tt.lang
		got := c.Answers(e, []earshot.CaseView{seasonCase("Telvanta", tt.lang)})
		if tt.kind == "" && len(got) > 0 && got[0].Kind == earshot.EvidenceClaimed || tt.kind != "" && (len(got) != 1 || got[0].Kind != tt.kind) {
			t.Errorf("%s: %+v", tt.text, got)
		}
	}
}

func TestDueDaysAreNoHours(t *testing.T) {
	at := time.Date(2026, 3, 23, 9, 0, 0, 0, time.UTC)
	for _, tt := range []struct{ text, due string }{
		{"They told me they will be in touch by 1 April with an answer.", "2026-04-01T23:59:00Z"},
		{"They promised to send an engineer by 6 April to look at it.", "2026-04-06T23:59:00Z"},
		{"They promised to call me by 5 working days.", "2026-03-30T23:59:00Z"},
		{"They promised to call me by 6 April at 5.", "2026-04-06T05:00:00Z"},
		{"They promised to call me by 5pm on 6 April.", "2026-04-06T17:00:00Z"},
		{"They promised to call me tomorrow by 11.", "2026-03-24T11:00:00Z"},
	} {
		got := ReadAnswer(AnswerInput{Text: tt.text, Brand: "Telvanta", Lang: "en", By: "author", At: at})
		if got.Label != AnswerPromised || got.Due.Format(time.RFC3339) != tt.due {
			t.Errorf("%s: %+v", tt.text, got)
		}
	}
}

func TestAnswerSeasonLabels(t *testing.T) {
	for _, tt := range []struct{ lang, by, text, label string }{
		{"en", "author", "My knee says that there will be snow.", AnswerNone},
		{"en", "stranger", "My knee says that there will be snow.", AnswerNone},
		{"en", "author", "You will remember the post about it.", AnswerNone},
		{"en", "stranger", "You will remember the post about it.", AnswerNone},
		{"es", "author", "El coro empieza el mes que viene.", AnswerNone},
		{"es", "stranger", "El coro empieza el mes que viene.", AnswerNone},
		{"it", "author", "Sul tronco qualcuno ci ha già inciso un cuore.", AnswerNone},
		{"it", "author", "Qualcuno ci ha già inciso un cuore.", AnswerNone},
		{"it", "stranger", "Qualcuno ci ha già inciso un cuore.", AnswerNone},
		{"it", "author", "Telvanta ha messo un cuore al mio post.", AnswerSeen},
		{"en", "author", "The mast will be repaired by Friday.", AnswerPromised},
		{"en", "author", "They said that you will get a refund by Friday.", AnswerPromised},
		{"es", "author", "Vienen el martes.", AnswerPromised},
		{"zh", "author", "特万塔看到这篇文章后联系了我。", AnswerResponded},
		{"zh", "author", "他们看到了帖子，但是没有联系我。", AnswerSeen},
		{"en", "author", "They never rang as they said they would.", AnswerNotResponded},
		{"en", "author", "They rang as they said they would, and the mast has been dealt with.", AnswerResolved},
	} {
		brand := "Telvanta"
		if tt.lang == "zh" {
			brand = "特万塔"
		}
		got := ReadAnswer(AnswerInput{Text: tt.text, Brand: brand, Lang: tt.lang, By: tt.by})
		if got.Label != tt.label {
			t.Errorf("%s %s: %+v", tt.by, tt.text, got)
		}
	}
}
