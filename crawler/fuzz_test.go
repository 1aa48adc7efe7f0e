package crawler

import (
	"encoding/json"
	"math/rand"
	"strings"
	"testing"
	"unicode/utf8"

	"earshot"
)

func FuzzParseFeed(f *testing.F) {
	f.Add([]byte(smallRSS), "https://x.example/feed")
	rng := rand.New(rand.NewSource(1))
	for _, write := range dialects() {
		f.Add([]byte(write(makeItems(rng, "es"))), "http://y.example/")
	}
	f.Add([]byte("<rss><channel><item><title>x"), "")
	f.Add([]byte("\x1f\x8b\x08"), "::")
	f.Fuzz(func(t *testing.T, b []byte, base string) {
		feed, err := ParseFeed(b, base, Hints{MaxBody: 1 << 20})
		if err != nil && earshot.FaultCode(err) == "internal" {
			t.Errorf("no fault: %v", err)
		}
		for _, it := range feed.Items {
			for _, s := range []string{it.Title, it.Text, it.Author} {
				if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\x1b") {
					t.Errorf("unclean text %q", s)
				}
			}
			if it.URL != "" && !strings.HasPrefix(it.URL, "http") {
				t.Errorf("address %q", it.URL)
			}
			if _, err := json.Marshal(it); err != nil {
				t.Error(err)
			}
		}
	})
}

func FuzzParsePage(f *testing.F) {
	f.Add([]byte(postPage), "https://x.example/2026/11/p/")
	rng := rand.New(rand.NewSource(1))
	for _, tpl := range pageTemplates() {
		f.Add([]byte(makePage(rng, "en").write(tpl, "en")), "http://y.example/p")
	}
	f.Fuzz(func(t *testing.T, b []byte, address string) {
		p, err := ParsePage(b, address, Hints{Now: noon, MaxBody: 1 << 20})
		if err != nil && earshot.FaultCode(err) == "internal" {
			t.Errorf("no fault: %v", err)
		}
		if !utf8.ValidString(p.Text) || strings.ContainsAny(p.Text, "\x00\x1b") {
			t.Errorf("unclean text %q", p.Text)
		}
		for _, c := range p.Comments {
			if c.Text == "" || !utf8.ValidString(c.Text+c.Author+c.ID) {
				t.Errorf("comment %+v", c)
			}
		}
		if _, err := json.Marshal(p); err != nil {
			t.Error(err)
		}
	})
}

func FuzzCanonicalURL(f *testing.F) {
	for _, s := range []string{"https://www.example.com/a/?utm_source=x&p=1#c", "http://[::1]:80/%2f//", "https://a@b:c@d/"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := CanonicalURL(s)
		if c != "" && CanonicalURL(c) != c {
			t.Errorf("%q gives %q, which gives %q", s, c, CanonicalURL(c))
		}
		if r := Redact(s); !utf8.ValidString(r) && utf8.ValidString(s) {
			t.Errorf("redacted %q", r)
		}
	})
}
