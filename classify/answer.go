package classify

import (
	"time"
)

// The labels of Answer.Label, from the strongest to the weakest.
const (
	AnswerResolved     = "resolved"      // the company put it right
	AnswerResponded    = "responded"     // the company answered the author
	AnswerPromised     = "promised"      // the company only said what it will do
	AnswerSeen         = "seen"          // the company saw it and has not answered
	AnswerNotResponded = "not_responded" // the text says that no answer came
	AnswerNone         = "none"          // the text says nothing about an answer
)

// AnswerInput is one text that may tell whether a brand answered.
type AnswerInput struct {
	Text       string
	Brand      string    // need not stand in the text
	Lang       string    // en, es, it or zh; "" is guessed
	Start, End int       // optional span of the brand, in bytes of Text
	By         string    // who wrote Text: company, author, stranger or unknown; "" is unknown
	At         time.Time // when it was written; zero: no due date is resolved
	About      string    // the complaint, optional: it makes a company's plain words an answer to something
	Aliases    []string  // other names of Brand
	Others     []string  // names of other known brands
}

// Answer says what a text tells about an answer of the brand.
type Answer struct {
	Label        string // one of the Answer constants
	Confidence   float64
	Due          time.Time // only with label promised and a known At
	DuePrecision string    // "day" or "time"
	DueText      string    // the words of the due time, as they stand in the text
	Start, End   int       // the clause that decided, in bytes of Text; both 0 when nothing did
	Why          string    // a short machine word for the rule, for explain
}

// ReadAnswer decides what in.Text says about whether in.Brand answered. It looks at a bounded part of the text (the
// beginning, the end and what stands round the brand), so it is cheap on any input, and it is pure: no clock, no I/O.
//
// Rules read the clauses; a small learned model, trained on testdata/answers, confirms or corrects them. A stranger who tells of his
// own case says nothing about the brand's answer to the author.
//
// Of several statements the latest in time wins. A bare automatic receipt ("your ticket was received") tells nothing, unless the
// text sets it against a real answer ("all I got was an automatic reply"), which says that none came. A reply that
// carries nothing but a promise is a promise, as it is in a company's own words.
func ReadAnswer(in AnswerInput) Answer {
	table := answerTableFor(in.Lang, in.Text)
	if table == nil {
		return Answer{Label: AnswerNone, Confidence: .5, Why: "language"}
	}
	doc := newAnswerDoc(in, table)
	events := doc.answerEvents()
	out := doc.learned(events, doc.answerFold(events))
	if out.Label == AnswerPromised {
		doc.answerDue(&out)
	}
	return out
}

// answerTableFor gives the word table of a language code such as "es" or "es-AR", or of the language the text seems to be in.
func answerTableFor(lang, text string) *answerTable {
	if len(lang) > 2 {
		lang = lang[:2]
	}
	if t, ok := answerTables()[lang]; ok {
		return t
	}
	if lang != "" && lang != "un" {
		lang = ""
	}
	return answerTables()[answerGuessLang(text)]
}
