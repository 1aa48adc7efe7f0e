package classify

import (
	"errors"
	"testing"

	"earshot"
)

func TestQueryMatches(t *testing.T) {
	post := earshot.Entry{Kind: earshot.Post, Title: "Night train to Vienna", Text: "The Norvane train left late. My bags were gone. Nobody at the Norvane desk knew, and the GAP in the roof let the rain in.",
		Author: earshot.Author{Name: "Ada Lindqvist", URL: "https://ada.example/"}, Site: "ada.example", Lang: "en", Links: []string{"https://news.norvane.example/late"}, Tags: []string{"Rail travel"}}
	for _, tt := range []struct {
		query string
		want  bool
	}{
		{`Norvane`, true}, {`norvane AND bags`, true}, {`norvane bags`, true}, {`norvane AND plane`, false}, {`plane OR train`, true},
		{`"Norvane train"`, true}, {`"train Norvane"`, false}, {`Norvane NOT plane`, true}, {`Norvane NOT bags`, false}, {`Norvane AND NOT (plane OR boat)`, true},
		{`bag*`, true}, {`bag`, false}, {`"My bag"`, false},
		{`Norvane NEAR/2 desk`, true}, {`desk NEAR/1 Norvane`, true}, {`Norvane NEAR/2 rain`, false}, {`(Norvane OR Telmora) NEAR/3 (late OR lost)`, true},
		{`Norvane ONEAR/1 train`, true}, {`train ONEAR/3 Norvane`, false},
		{`Norvane SENTENCE late`, true}, {`bags SENTENCE late`, false}, {`bags SENTENCE gone`, true},
		{`raw:GAP`, true}, {`raw:Gap`, false}, {`gap`, true},
		{`title:Vienna`, true}, {`title:Norvane`, false}, {`body:Vienna`, false}, {`body:(Norvane AND rain)`, true}, {`comment:Norvane`, false},
		{`author:lindqvist`, true}, {`author:"Ada Lindqvist" AND Norvane`, true}, {`site:ada.example`, true}, {`site:example`, true}, {`site:bob.example`, false},
		{`lang:en Norvane`, true}, {`lang:es Norvane`, false}, {`link:norvane.example`, true}, {`tag:"rail travel"`, true}, {`tag:rail*`, true}, {`tag:rail`, false},
		{`((Norvane))`, true}, {`“Norvane train”`, true}, {`Norvane NEAR/8 (plane OR bag*)`, true},
	} {
		c, faults := New(Options{Model: &Model{}, Brands: []earshot.Brand{{Name: "Norvane", Query: tt.query}}})
		if len(faults) > 0 {
			t.Errorf("%s: %v", tt.query, faults[0])
			continue
		}
		got := false
		for _, m := range c.Spot(post) {
			got = got || m.Reason == ""
		}
		if got != tt.want {
			t.Errorf("%s: matched %v, want %v", tt.query, got, tt.want)
		}
	}
}

func TestQueryNamesItsSpans(t *testing.T) {
	c := spotter(t, earshot.Brand{Name: "Delta Air Lines", Aliases: []string{"Delta", "@Delta"}, Query: `(Delta NEAR/8 (flight OR gate OR bag*)) OR "Delta Air Lines" OR @Delta`})
	ms := c.Spot(earshot.Entry{Text: "The gate agent from Delta took my bags. Thanks, @Delta."})
	if len(ms) != 1 || len(ms[0].Spans) == 0 || ms[0].Spans[0].Surface != "Delta" || ms[0].Rule != "Delta NEAR/8 gate" {
		t.Fatalf("got %+v", ms)
	}
	if got := spotted(c, earshot.Entry{Text: "The delta is wide here."}); got != "Delta Air Lines:namesake" {
		t.Errorf("got %s", got)
	}
}

func TestQueryExcludes(t *testing.T) {
	c := spotter(t, earshot.Brand{Name: "Norvane", Query: `Norvane NOT recipe`})
	if got := spotted(c, earshot.Entry{Text: "A Norvane recipe for two"}); got != "Norvane:excluded" {
		t.Errorf("got %s", got)
	}
}

func TestParseQuerySaysWhatIsWrong(t *testing.T) {
	for _, tt := range []struct {
		query  string
		column int
		what   string
	}{
		{``, 1, "the query is empty"},
		{`(Norvane`, 1, "this parenthesis is never closed"},
		{`Norvane)`, 8, "a closing parenthesis without an opening one"},
		{`"Norvane`, 1, "this quotation mark is never closed"},
		{`Norvane AND`, 12, "a word or phrase is missing after AND"},
		{`OR Norvane`, 1, "a word or phrase is missing at the start, before OR"},
		{`Norvane NEAR flight`, 9, "NEAR needs a distance"},
		{`Norvane near/3 flight`, 9, "operators are written in capitals"},
		{`Norvane NEAR/0 flight`, 9, "the distance of NEAR/0 is no number of words"},
		{`Norvane NEAR/x flight`, 9, "the distance of NEAR/x is no number of words"},
		{`ba*`, 1, "the prefix ba* is too short"},
		{`b*gs`, 1, "a * may only end a word"},
		{`autor:Ada`, 1, `unknown field "autor"`},
		{`title: Norvane`, 1, "title: is followed by nothing"},
		{`NOT Norvane`, 1, "the query only says what must not stand there"},
		{`Norvane NEAR/3 (NOT x)`, 9, "NEAR/3 needs words of the text on both sides, not NOT"},
		{`Norvane NEAR/3 site:x.example`, 9, "NEAR/3 needs words of the text on both sides, not a field such as author: or site:"},
	} {
		_, err := ParseQuery(tt.query)
		var q *QueryError
		if !errors.As(err, &q) || q.Column != tt.column || q.What != tt.what {
			t.Errorf("%s:\n got %v\nwant column %d: %s", tt.query, err, tt.column, tt.what)
		}
	}
}

func TestNewWarnsOfQueriesThatNeverMatch(t *testing.T) {
	for _, query := range []string{`Norvane AND NOT Norvane`, `Norvane NOT norv*`, `lang:en lang:es Norvane`, `title:Norvane NEAR/3 body:late`} {
		_, faults := New(Options{Model: &Model{}, Brands: []earshot.Brand{{Name: "x"}, {Name: "Norvane", Query: query}}})
		if len(faults) != 1 || !faults[0].Warn || faults[0].Path != "brands[1].query" {
			t.Errorf("%s: got %v", query, faults)
		}
	}
	_, faults := New(Options{Model: &Model{}, Brands: []earshot.Brand{{Name: "x", Query: "(a"}}})
	if len(faults) != 1 || faults[0].Warn || faults[0].Path != "brands[0].query" || faults[0].Do == "" {
		t.Errorf("got %v", faults)
	}
}

func FuzzParseQuery(f *testing.F) {
	for _, s := range []string{`(Delta NEAR/8 (flight OR bag*)) OR "Delta Air Lines" OR @Delta`, `NOT NOT a`, `raw:"x`, `title:(a OR b)`, `((((`, `移动 ONEAR/2 "营业厅"`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		q, err := ParseQuery(s)
		if (q == nil) == (err == nil) {
			t.Fatal("a query or an error, not both")
		}
		if err != nil {
			return
		}
		c, _ := New(Options{Model: &Model{}, Brands: []earshot.Brand{{Name: "n", Query: s}}})
		c.Spot(earshot.Entry{Text: s + " " + s, Title: s})
	})
}
