package ledger

import (
	"testing"
	"time"

	"earshot"
)

// TestAPostThatNobodyHeardIsMeantOnlyIfItAloneCanBe: "still no word about it"
// makes one earlier post a complaint, never two, nobody else's, and none about
// another matter.
func TestAPostThatNobodyHeardIsMeantOnlyIfItAloneCanBe(t *testing.T) {
	day := time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)
	post := func(entry int64, author string, words ...string) Candidate {
		return Candidate{Author: author, Words: words, URLs: []string{"https://amy.example/" + words[0]},
			Case: earshot.Case{Entry: entry, Published: day, Label: earshot.Label{Intent: earshot.NoIntent}}}
	}
	tow := post(1, "amy", "tow", "garage", "river", "scranton")
	for name, c := range map[string]struct {
		says  string
		text  string
		words []string
		links []string
		posts []Candidate
		want  int64
	}{
		"about the same thing": {says: "not_responded", text: "Still no word from AAA.", words: []string{"tow", "garage", "river"}, posts: []Candidate{tow}, want: 1},
		"linked":               {says: "not_responded", text: "No word.", words: []string{"word"}, links: []string{"https://amy.example/tow"}, posts: []Candidate{tow}, want: 1},
		"another matter":       {says: "not_responded", text: "Still no word from AAA.", words: []string{"card", "fee", "billing"}, posts: []Candidate{tow}},
		"answered":             {says: "responded", text: "Update: AAA called.", words: []string{"tow", "garage", "river"}, posts: []Candidate{tow}},
		"somebody else's":      {says: "not_responded", text: "Still no word from AAA.", words: []string{"tow", "garage", "river"}, posts: []Candidate{post(2, "ben", "tow", "garage", "river")}},
		"either of two":        {says: "not_responded", text: "Still no word from AAA.", words: []string{"tow", "garage", "river"}, posts: []Candidate{tow, post(3, "amy", "tow", "garage", "river")}},
	} {
		a := Arrival{Says: c.says, Words: c.words, Mention: earshot.Mention{Brand: "AAA", Spans: []earshot.Span{{Surface: "AAA"}}},
			Entry: earshot.Entry{ID: 9, Kind: earshot.Post, Title: "News", Text: c.text, Links: c.links, Author: earshot.Author{Key: "amy"}, Published: day.AddDate(0, 0, 20)}}
		got, ok := Missed(a, c.posts)
		if ok != (c.want != 0) || ok && got.Case.Entry != c.want {
			t.Errorf("%s: post %d %v, want %d", name, got.Case.Entry, ok, c.want)
		}
	}
}
