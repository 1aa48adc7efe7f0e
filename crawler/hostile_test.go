package crawler

import (
	"encoding/json"
	"math/rand"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// TestHostile is the crawler's part of Q1: thousands of broken documents, none of
// which may panic, take long, or let unclean text through.
func TestHostile(t *testing.T) {
	const seed = 1
	rng := rand.New(rand.NewSource(seed))
	var seeds []string
	for _, name := range []string{"rss20", "rdf", "atom xhtml", "atom03", "json"} {
		seeds = append(seeds, dialects()[name](makeItems(rng, "es")))
	}
	for _, tpl := range pageTemplates() {
		seeds = append(seeds, makePage(rng, "zh").write(tpl, "zh"))
	}
	scraps := []string{"<", ">", "</", "<![CDATA[", "]]>", "<!--", "&", "&#0;", "&#x110000;", "\x00", "\xff\xfe", "\x1b[31m", "<script>", "<title>", "<plaintext>", "<svg><style>", "</body>", "<table><a>", "\u202e", "\u200b",
		strings.Repeat("<b>", 600), strings.Repeat("a", 70000), `<a href="javascript:alert(1)">`, `<base href="http://169.254.169.254/">`, "<frameset>", "<textarea>", "<select><option>", "<math><mi>", "\r", "<?xml version='1.1' encoding='utf-7'?>", "<!DOCTYPE x [<!ENTITY a 'b'>]>"}
	worst, docs := time.Duration(0), 0
	for docs < 2000 {
		b := []byte(seeds[rng.Intn(len(seeds))])
		for range 1 + rng.Intn(6) {
			at := rng.Intn(len(b) + 1)
			switch rng.Intn(4) {
			case 0:
				b = b[:at]
			case 1:
				scrap := scraps[rng.Intn(len(scraps))]
				b = append(b[:at:at], append([]byte(scrap), b[at:]...)...)
			case 2:
				if at < len(b) {
					b[at] ^= byte(1 << rng.Intn(8))
				}
			default:
				end := min(len(b), at+rng.Intn(200))
				b = append(b[:at:at], b[end:]...)
			}
		}
		docs++
		began := cpu(t)
		feed, ferr := ParseFeed(b, "https://x.example/feed", Hints{})
		page, perr := ParsePage(b, "https://x.example/2026/11/post-of-mine/", Hints{Now: noon})
		worst = max(worst, cpu(t)-began)
		if ferr == nil {
			clean(t, feed.Info.Title)
			for _, it := range feed.Items {
				clean(t, it.Title, it.Text, it.Author, it.URL)
			}
		}
		if perr == nil {
			clean(t, page.Title, page.Text, page.Author, page.URL, page.Canonical)
			for _, c := range page.Comments {
				clean(t, c.Text, c.Author, c.AuthorURL, c.ID)
			}
			if _, err := json.Marshal(page); err != nil {
				t.Error(err)
			}
		}
	}
	t.Logf("hostile: %d documents, worst %s of processor time (seed %d)", docs, worst.Round(time.Millisecond), seed)
	if worst > 2*time.Second {
		t.Fail()
	}
}

func clean(t *testing.T, texts ...string) {
	for _, s := range texts {
		if !utf8.ValidString(s) || strings.ContainsAny(s, "\x00\x1b\u202e") {
			t.Errorf("unclean: %q", s)
		}
	}
}
