package crawler

import (
	"strings"
	"testing"
	"time"

	"earshot"
)

func TestCanonicalURL(t *testing.T) {
	for in, want := range map[string]string{
		"http://www.Example.COM/a/":                          "https://example.com/a",
		"https://example.com/a":                              "https://example.com/a",
		"https://example.com:443/a#top":                      "https://example.com/a",
		"http://example.com:8080/a":                          "https://example.com:8080/a",
		"https://example.com/?p=12":                          "https://example.com?p=12",
		"https://example.com/x?id=3&utm_source=rss&fbclid=z": "https://example.com/x?id=3",
		"https://example.com/x?b=2&a=1":                      "https://example.com/x?b=2&a=1",
		"https://example.com/a//b/%7Ejoe/%e5%93%81":          "https://example.com/a/b/~joe/%E5%93%81",
		"https://ann:pw@example.com/a?":                      "https://example.com/a",
		"https://example.com/a/index.html":                   "https://example.com/a",
		"https://www.com/a":                                  "https://www.com/a",
		"https://example.com./a":                             "https://example.com/a",
		"mailto:a@example.com":                               "",
		"/relative":                                          "",
		"https://[2001:DB8::1]:8443/a":                       "https://[2001:db8::1]:8443/a",
		"https://example.com/a?utm_campaign=x":               "https://example.com/a",
		"https://example.com/" + strings.Repeat("a", maxURL): "",
	} {
		if got := CanonicalURL(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestUsableCanonical(t *testing.T) {
	for _, c := range []struct {
		served, claimed string
		want            bool
	}{
		{"https://blog.example.com/2026/a/", "https://www.example.com/2026/a/", true},
		{"https://blog.example.com/2026/a/", "https://blog.example.com/", false},
		{"https://blog.example.com/2026/a/", "https://blog.example.com/blog/", false},
		{"https://blog.example.com/2026/a/", "https://blog.example.com/tag/phones", false},
		{"https://blog.example.com/2026/a/", "https://other.example/2026/a/", false},
		{"https://ann.blogspot.com/2026/a.html", "https://ben.blogspot.com/2026/a.html", false},
		{"https://a.example.co.uk/x-post", "https://b.example.co.uk/x-post", true},
		{"https://blog.example.com/?p=3", "https://blog.example.com/?p=3", true},
	} {
		if got := usableCanonical(c.served, c.claimed); got != c.want {
			t.Errorf("%s on %s: %v", c.claimed, c.served, got)
		}
	}
}

func TestAuthorKey(t *testing.T) {
	same := [][2][4]string{
		{{"", "http://pia.example/", "a.example", "Pia"}, {"", "https://www.pia.example", "b.example", "Pia Lund"}},
		{{"", "", "a.example", "Pia  Lund"}, {"", "", "www.a.example", "pia lund"}},
		{{"https://m.example/@pia", "", "a.example", "x"}, {"https://m.example/@pia/", "", "b.example", "y"}},
	}
	for _, p := range same {
		if a, b := AuthorKey(p[0][0], p[0][1], p[0][2], p[0][3]), AuthorKey(p[1][0], p[1][1], p[1][2], p[1][3]); a != b || a == "" {
			t.Errorf("%v and %v differ", p[0], p[1])
		}
	}
	for _, name := range []string{"admin", "Anonymous", "guest"} {
		if AuthorKey("", "", "a.example", name) == AuthorKey("", "", "b.example", name) {
			t.Errorf("%s joins across sites", name)
		}
	}
	if AuthorKey("", "https://a.example/author/pia", "a.example", "Pia") != AuthorKey("", "", "a.example", "Pia") {
		t.Error("a page about the author on the site itself is no address of his own")
	}
	if AuthorKey("", "", "a.example", "  ") != "" {
		t.Error("no name, no key")
	}
}

func TestContentHash(t *testing.T) {
	if ContentHash("A  Title", "Some\n\nwords") != ContentHash("a title", "some words") {
		t.Error("case and space are no revision")
	}
	if ContentHash("ＡＢＣ", "x") != ContentHash("abc", "x") {
		t.Error("width is no revision")
	}
	if ContentHash("a", "b c") == ContentHash("a b", "c") {
		t.Error("title and text must not run into each other")
	}
}

func TestRedact(t *testing.T) {
	for in, want := range map[string]string{
		"https://ann:pw@example.com/feed?apikey=abc&x=1":                 "https://example.com/feed?apikey=...&x=1",
		"https://example.com/?access_token=abc":                          "https://example.com/?access_token=...",
		"https://example.com/?q=delta":                                   "https://example.com/?q=delta",
		"https://example.com/?z=0123456789abcdef0123456789abcdef":        "https://example.com/?z=...",
		"https://example.com/#access_token=abc":                          "https://example.com/",
		"https://example.com/?sig=a&auth=b&password=c&X-Amz-Signature=d": "https://example.com/?sig=...&auth=...&password=...&X-Amz-Signature=...",
		"http://a b:pw@x/":                                               "(unreadable address)",
	} {
		if got := Redact(in); got != want {
			t.Errorf("%q gives %q, want %q", in, got, want)
		}
	}
}

func TestRevise(t *testing.T) {
	old := earshot.Entry{ID: 4, Key: "k", Kind: earshot.Post, Title: "T", Text: "First words.\n\nSecond words.", Published: noon.AddDate(0, 0, -20), FirstSeen: noon.AddDate(0, 0, -19), Revision: 1, Lang: "en"}
	old.Hash = ContentHash(old.Title, old.Text)
	old = Noticed(old)
	same := old
	same.Text = "first  words.\n\nSecond words."
	same.Hash = ContentHash(same.Title, same.Text)
	if _, change := Revise(old, same); change == Revised {
		t.Error("space and case made a revision")
	}
	next := old
	next.ID, next.Key, next.FirstSeen = 0, "other", noon
	next.Text = "UPDATE 11/18: They called and refunded me.\n\nThey were nice about it.\n\nUPDATE 11/10: Nothing yet.\n\nFirst words.\n\nSecond words, and more."
	next.Hash = ContentHash(next.Title, next.Text)
	got, change := Revise(old, next)
	if change != Revised || got.ID != 4 || got.Key != "k" || got.Revision != 2 || !got.FirstSeen.Equal(old.FirstSeen) {
		t.Fatalf("%v %+v", change, got)
	}
	if len(got.Added) < 2 || !strings.Contains(got.Added[0].Text, "refunded") || !strings.Contains(got.Added[0].Text, "nice about it") || !strings.HasPrefix(got.Added[1].Text, "UPDATE 11/10") {
		t.Fatalf("added %+v", got.Added)
	}
	if d := got.Added[0].Dated; d.Format("2006-01-02") != "2026-11-18" {
		t.Errorf("dated %s", d)
	}
	for _, a := range got.Added {
		if got.Text[a.Start:a.End] != a.Text {
			t.Errorf("offsets of %q", a.Text)
		}
	}
}

func TestUpdates(t *testing.T) {
	post := earshot.Entry{Published: time.Date(2026, 12, 20, 0, 0, 0, 0, time.UTC), FirstSeen: time.Date(2027, 1, 15, 0, 0, 0, 0, time.UTC)}
	for _, c := range []struct{ name, lang, text, block, date string }{
		{"en, dated, over new year", "en", "Words.\n\nUPDATE 1/3: They called.\n\nAnd paid.", "UPDATE 1/3: They called.\n\nAnd paid.", "2027-01-03"},
		{"en, before new year", "en", "Words.\n\nUpdate, December 28: nothing yet.", "Update, December 28: nothing yet.", "2026-12-28"},
		{"en, undated", "en", "Words.\n\nUPDATE: They called.", "UPDATE: They called.", ""},
		{"en, edit", "en", "Words.\n\nEDIT: fixed it.", "EDIT: fixed it.", ""},
		{"en, bracketed", "en", "Words.\n\n[Updated Jan 5, 2027] They wrote.", "[Updated Jan 5, 2027] They wrote.", "2027-01-05"},
		{"es, day first", "es", "Texto.\n\nACTUALIZACIÓN 3/1: me llamaron.", "ACTUALIZACIÓN 3/1: me llamaron.", "2027-01-03"},
		{"es, named", "es", "Texto.\n\nActualización (3 de enero): me llamaron.", "Actualización (3 de enero): me llamaron.", "2027-01-03"},
		{"it", "it", "Testo.\n\nAggiornamento del 5 gennaio: rimborsato.", "Aggiornamento del 5 gennaio: rimborsato.", "2027-01-05"},
		{"zh", "zh", "正文。\n\n更新（1月3日）：他们打电话来了。", "更新（1月3日）：他们打电话来了。", "2027-01-03"},
		{"zh, undated", "zh", "正文。\n\n【更新】已经退款。", "【更新】已经退款。", ""},
		{"numeric, only one reading fits", "en", "Words.\n\nUPDATE 14/1: They wrote.", "UPDATE 14/1: They wrote.", "2027-01-14"},
		{"on top, ends at the original", "en", "UPDATE: They called.\n\nOriginal post:\n\nWords.", "UPDATE: They called.", ""},
	} {
		post.Lang, post.Text = c.lang, c.text
		got := Updates(post)
		if len(got) != 1 || got[0].Text != c.block {
			t.Errorf("%s: %+v", c.name, got)
			continue
		}
		date := ""
		if !got[0].Dated.IsZero() {
			date = got[0].Dated.Format("2006-01-02")
		}
		if date != c.date {
			t.Errorf("%s: dated %q, want %q", c.name, date, c.date)
		}
	}
	for _, text := range []string{"They promised to update me on Friday.", "Update my address, they said, and I did, and nothing came of it for weeks on end.", "Editing is hard.", "The update broke my phone.", "更新手机以后就坏了。", "Edited volumes bore me."} {
		post.Text, post.Lang = text, ""
		if got := Updates(post); len(got) != 0 {
			t.Errorf("%q is no update: %+v", text, got)
		}
	}
}

func TestSplit(t *testing.T) {
	e := earshot.Entry{Key: "k", Kind: earshot.Post, Lang: "en", FirstSeen: noon, Text: "November 18, 2026\n\nThe bank\n\nThey lost my card again and nobody knew why.\n\nNovember 12, 2026\n\nThe train came late, as it does, and nobody said sorry."}
	got := Split(e)
	if len(got) != 2 || got[0].Title != "The bank" || got[0].Published.Format("2006-01-02") != "2026-11-18" || got[0].Key == got[1].Key || !strings.HasPrefix(got[1].Text, "The train") {
		t.Errorf("%+v", got)
	}
	e.Text = "On November 18, 2026 I went there.\n\nIt was closed."
	if got := Split(e); len(got) != 1 || got[0].Text != e.Text {
		t.Errorf("one post was split: %+v", got)
	}
}
