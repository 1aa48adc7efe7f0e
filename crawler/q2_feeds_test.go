package crawler

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"html"
	"maps"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// madeItem is an item as its author meant it.
type madeItem struct {
	title, link, id, body string
	at                    time.Time
}

func makeItems(rng *rand.Rand, lang string) []madeItem {
	words := map[string][]string{
		"en": strings.Fields("kettle phone waiting clerk refund letter answer & gate <bag> Tuesday “quote” café 3>2 never again helpful"),
		"es": strings.Fields("teléfono espera señal reembolso carta respuesta & avión niño “cita” qué pésimo jamás gracias"),
		"zh": strings.Fields("电话 等待 退款 客服 从来 没有 回复 银行 & 服务 很好 谢谢"),
		"ja": strings.Fields("電話 返金 手紙 返事 銀行 とても 悪い ありがとう"),
		"ru": strings.Fields("телефон ожидание письмо ответ банк очень плохо спасибо"),
	}[lang]
	say := func(n int) string {
		var b []string
		for range n {
			b = append(b, words[rng.Intn(len(words))])
		}
		return strings.Join(b, " ")
	}
	var out []madeItem
	at := time.Date(2026, 11, 19, 10, 0, 0, 0, time.UTC)
	for i := range 3 + rng.Intn(5) {
		at = at.Add(-time.Duration(1+rng.Intn(40)) * time.Hour)
		out = append(out, madeItem{title: say(3 + rng.Intn(5)), link: fmt.Sprintf("https://made.example/%d/%d?a=1&b=%d", rng.Intn(1000), i, rng.Intn(9)),
			id: fmt.Sprintf("tag:made.example,2026:%d-%d", i, rng.Intn(1e6)), body: say(12) + "\n\n" + say(9), at: at})
	}
	return out
}

// inHTML writes a body as HTML paragraphs.
func inHTML(body string) string {
	var b strings.Builder
	for p := range strings.SplitSeq(body, "\n\n") {
		b.WriteString("<p>" + html.EscapeString(p) + "</p>")
	}
	return b.String()
}

// dialects writes items in every format.
func dialects() map[string]func([]madeItem) string {
	esc := html.EscapeString
	rss := func(item func(madeItem) string, root, shut string) func([]madeItem) string {
		return func(items []madeItem) string {
			var b strings.Builder
			b.WriteString(root)
			for _, it := range items {
				b.WriteString(item(it))
			}
			return b.String() + shut
		}
	}
	spaces := ` xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:atom="http://www.w3.org/2005/Atom"`
	return map[string]func([]madeItem) string{
		"rss20": rss(func(i madeItem) string {
			return fmt.Sprintf("<item><title>%s</title><link>%s</link><guid isPermaLink=\"false\">%s</guid><pubDate>%s</pubDate><description>%s</description></item>\n", esc(esc(i.title)), esc(i.link), i.id, i.at.Format(time.RFC1123Z), esc(inHTML(i.body)))
		}, `<rss version="2.0"><channel><title>Made</title><link>https://made.example/</link>`, "</channel></rss>"),
		"rss20 cdata": rss(func(i madeItem) string {
			return fmt.Sprintf("<item>\n <title><![CDATA[%s]]></title><link><![CDATA[%s]]></link><guid isPermaLink=\"false\">%s</guid><dc:date>%s</dc:date><description>short</description><content:encoded><![CDATA[%s]]></content:encoded></item>\n", esc(i.title), i.link, i.id, i.at.Format(time.RFC3339), inHTML(i.body))
		}, `<rss version="2.0"`+spaces+`><channel><title>Made</title>`, "</channel></rss>"),
		"rss091": rss(func(i madeItem) string {
			return fmt.Sprintf("<item><title>%s</title><link>%s</link><guid>%s</guid><description>%s</description><dcterms:issued>%s</dcterms:issued></item>", esc(esc(i.title)), esc(i.link), i.id, esc(inHTML(i.body)), i.at.Format(time.RFC3339))
		}, `<rss version="0.91"`+spaces+`><channel><title>Made</title>`, "</channel></rss>"),
		"rss items outside channel": rss(func(i madeItem) string {
			return fmt.Sprintf("<item><title>%s</title><link>%s</link><guid isPermaLink=\"false\">%s</guid><pubDate>%s</pubDate><description>%s</description></item>", esc(esc(i.title)), esc(i.link), i.id, i.at.Format(time.RFC822Z), esc(inHTML(i.body)))
		}, `<rss version="2.0"><channel><title>Made</title></channel>`, "</rss>"),
		"rss upper case": rss(func(i madeItem) string {
			return fmt.Sprintf("<ITEM><TITLE>%s</TITLE><LINK>%s</LINK><GUID isPermaLink=\"false\">%s</GUID><PUBDATE>%s</PUBDATE><DESCRIPTION>%s</DESCRIPTION></ITEM>", esc(esc(i.title)), esc(i.link), i.id, i.at.Format(time.RFC1123), esc(inHTML(i.body)))
		}, `<RSS version="2.0"><CHANNEL><TITLE>Made</TITLE>`, "</CHANNEL></RSS>"),
		"rss atom inside": rss(func(i madeItem) string {
			return fmt.Sprintf("<item><title>%s</title><atom:link rel=\"alternate\" href=\"%s\"/><atom:id>%s</atom:id><atom:published>%s</atom:published><description>%s</description></item>", esc(esc(i.title)), esc(i.link), i.id, i.at.Format(time.RFC3339), esc(inHTML(i.body)))
		}, `<rss version="2.0"`+spaces+`><channel><title>Made</title>`, "</channel></rss>"),
		"rdf": rss(func(i madeItem) string {
			return fmt.Sprintf("<item rdf:about=\"%s\"><title>%s</title><link>%s</link><dc:identifier>%s</dc:identifier><dc:date>%s</dc:date><description>%s</description></item>", esc(i.link), esc(esc(i.title)), esc(i.link), i.id, i.at.Format("2006-01-02T15:04:05-07:00"), esc(inHTML(i.body)))
		}, `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"`+spaces+`><channel rdf:about="x"><title>Made</title></channel>`, "</rdf:RDF>"),
		"atom html": rss(func(i madeItem) string {
			return fmt.Sprintf("<entry><title type=\"html\">%s</title><link href=\"%s\"/><id>%s</id><published>%s</published><updated>%s</updated><content type=\"html\">%s</content></entry>", esc(esc(i.title)), esc(i.link), i.id, i.at.Format(time.RFC3339), i.at.Add(time.Hour).Format(time.RFC3339), esc(inHTML(i.body)))
		}, `<feed xmlns="http://www.w3.org/2005/Atom"><title>Made</title>`, "</feed>"),
		"atom xhtml": rss(func(i madeItem) string {
			return fmt.Sprintf("<entry><title type=\"text\">%s</title><link rel=\"edit\" href=\"https://x.example/\"/><link rel=\"alternate\" href=\"%s\"/><id>%s</id><updated>%s</updated><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">%s</div></content></entry>", esc(i.title), esc(i.link), i.id, i.at.Format(time.RFC3339Nano), inHTML(i.body))
		}, `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Made</title>`, "</feed>"),
		"atom prefixed": rss(func(i madeItem) string {
			return fmt.Sprintf("<atom:entry><atom:title>%s</atom:title><atom:link href=\"%s\"/><atom:id>%s</atom:id><atom:published>%s</atom:published><atom:summary type=\"html\">%s</atom:summary></atom:entry>", esc(i.title), esc(i.link), i.id, i.at.Format(time.RFC3339), esc(inHTML(i.body)))
		}, `<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:title>Made</atom:title>`, "</atom:feed>"),
		"atom03": rss(func(i madeItem) string {
			return fmt.Sprintf("<entry><title mode=\"escaped\" type=\"text/html\">%s</title><link rel=\"alternate\" type=\"text/html\" href=\"%s\"/><id>%s</id><issued>%s</issued><modified>%s</modified><content type=\"text/html\" mode=\"escaped\">%s</content></entry>", esc(esc(i.title)), esc(i.link), i.id, i.at.Format(time.RFC3339), i.at.Format(time.RFC3339), esc(inHTML(i.body)))
		}, `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Made</title>`, "</feed>"),
		"json": jsonFeed,
	}
}

func jsonFeed(items []madeItem) string {
	type item struct {
		ID            string `json:"id"`
		URL           string `json:"url"`
		Title         string `json:"title"`
		ContentHTML   string `json:"content_html"`
		DatePublished string `json:"date_published"`
	}
	doc := struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		Items   []item `json:"items"`
	}{"https://jsonfeed.org/version/1.1", "Made", nil}
	for _, i := range items {
		doc.Items = append(doc.Items, item{i.id, i.link, i.title, inHTML(i.body), i.at.Format(time.RFC3339)})
	}
	b, err := json.Marshal(doc)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// coat puts a document into an encoding, with a label that may lie.
type coat struct {
	name    string
	lang    string
	enc     encoding.Encoding
	label   string // in the XML declaration; "" none
	charset string // in the HTTP header; "" none
	mark    string
}

func coats() []coat {
	u16 := func(e unicode.Endianness) encoding.Encoding { return unicode.UTF16(e, unicode.IgnoreBOM) }
	u32 := func(e utf32.Endianness) encoding.Encoding { return utf32.UTF32(e, utf32.IgnoreBOM) }
	return []coat{
		{"utf8", "en", nil, "utf-8", "", ""}, {"utf8 bare", "es", nil, "", "", ""}, {"utf8 bom", "zh", nil, "utf-8", "", "\xef\xbb\xbf"},
		{"utf8 labelled latin1", "es", nil, "iso-8859-1", "", ""}, {"utf8 header latin1", "zh", nil, "", "iso-8859-1", ""}, {"utf8 labelled utf16", "es", nil, "utf-16", "", ""},
		{"utf16le bom", "en", u16(unicode.LittleEndian), "utf-16", "", "\xff\xfe"}, {"utf16be bom", "es", u16(unicode.BigEndian), "utf-16", "", "\xfe\xff"},
		{"utf16le no bom", "en", u16(unicode.LittleEndian), "utf-16", "", ""}, {"utf16be no bom", "en", u16(unicode.BigEndian), "UTF-16BE", "", ""}, {"utf16 labelled utf8", "zh", u16(unicode.LittleEndian), "utf-8", "", "\xff\xfe"},
		{"utf32le bom", "en", u32(utf32.LittleEndian), "utf-32", "", "\xff\xfe\x00\x00"}, {"utf32be no bom", "es", u32(utf32.BigEndian), "utf-32", "", ""}, {"utf32le no bom", "zh", u32(utf32.LittleEndian), "utf-32le", "", ""},
		{"latin1", "es", charmap.Windows1252, "iso-8859-1", "", ""}, {"latin1 labelled utf8", "es", charmap.Windows1252, "utf-8", "", ""}, {"1252 in header", "es", charmap.Windows1252, "", "windows-1252", ""}, {"1252 unlabelled", "es", charmap.Windows1252, "", "", ""},
		{"gbk", "zh", simplifiedchinese.GBK, "gbk", "", ""}, {"gb2312 label", "zh", simplifiedchinese.GBK, "gb2312", "", ""}, {"gb18030 in header", "zh", simplifiedchinese.GB18030, "", "gb18030", ""}, {"gbk unlabelled", "zh", simplifiedchinese.GBK, "", "", ""}, {"gbk labelled utf8", "zh", simplifiedchinese.GBK, "utf-8", "utf-8", ""},
		{"sjis", "ja", japanese.ShiftJIS, "shift_jis", "", ""}, {"eucjp", "ja", japanese.EUCJP, "euc-jp", "", ""}, {"iso2022jp", "ja", japanese.ISO2022JP, "iso-2022-jp", "", ""}, {"koi8r", "ru", charmap.KOI8R, "koi8-r", "", ""}, {"1251", "ru", charmap.Windows1251, "windows-1251", "", ""},
	}
}

func (c coat) put(t *testing.T, doc string) ([]byte, string) {
	if c.label != "" && !strings.HasPrefix(doc, "{") {
		doc = `<?xml version="1.0" encoding="` + c.label + `"?>` + "\n" + doc
	}
	b := []byte(doc)
	if c.enc != nil {
		out, err := encoding.ReplaceUnsupported(c.enc.NewEncoder()).Bytes(b)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		b = out
	}
	kind := "application/xml"
	if c.charset != "" {
		kind += "; charset=" + c.charset
	}
	return append([]byte(c.mark), b...), kind
}

// damages breaks a document in the ways feeds are broken. lost is how many items may be missing.
func damages() map[string]func(string, *rand.Rand) (doc string, lost int) {
	same := func(f func(string) string) func(string, *rand.Rand) (string, int) {
		return func(s string, _ *rand.Rand) (string, int) { return f(s), 0 }
	}
	return map[string]func(string, *rand.Rand) (string, int){
		"none":          same(func(s string) string { return s }),
		"junk before":   same(func(s string) string { return "\n\n<!-- cached -->PHP Warning: foo in bar\n" + s }),
		"spaces before": same(func(s string) string { return " \r\n\t " + s }),
		"junk after":    same(func(s string) string { return s + "\n<!-- 0.12 s --><script>x()</script>" }),
		"controls":      same(func(s string) string { return strings.ReplaceAll(s, "<title>", "<title>\x0b\x01") }),
		"cut in item": func(s string, rng *rand.Rand) (string, int) {
			at := max(strings.LastIndex(s, "<item"), strings.LastIndex(s, "<entry"), strings.LastIndex(s, "<ITEM"), strings.LastIndex(s, "<atom:entry"))
			return s[:at+20+rng.Intn(60)], 1
		},
		"cut before end": func(s string, _ *rand.Rand) (string, int) {
			at := max(strings.LastIndex(s, "</item>"), strings.LastIndex(s, "</entry>"), strings.LastIndex(s, "</ITEM>"), strings.LastIndex(s, "</atom:entry>"))
			return s[:at+strings.Index(s[at:], ">")+1], 0
		},
		"bare ampersand":   same(func(s string) string { return strings.ReplaceAll(s, ">Made<", ">Made & Sons<") }),
		"unknown entities": same(func(s string) string { return strings.ReplaceAll(s, ">Made<", ">Made&nbsp;&mdash; &copy &bogus; x<") }),
		"unclosed element": same(func(s string) string { return strings.Replace(s, ">Made<", ">Made<generator>", 1) }),
		"stray end tag":    same(func(s string) string { return strings.Replace(s, "</title>", "</title></b>", 2) }),
	}
}

// tally counts agreement of what was read with what was meant.
type tally struct {
	feeds, read, items, found   int
	title, link, id, date, body int
	lost                        int
}

func (r *tally) compare(want []madeItem, got []Item, mayLose int) (why string) {
	by := map[string]Item{}
	for _, g := range got {
		by[g.ID] = g
		by[g.URL] = g
	}
	r.items += len(want) - mayLose
	for i, w := range want {
		g, ok := by[w.id]
		if !ok {
			g, ok = by[w.link]
		}
		if !ok {
			if i < len(want)-mayLose {
				r.lost++
				why = "lost an item"
			}
			continue
		}
		if i >= len(want)-mayLose {
			continue
		}
		r.found++
		for _, f := range []struct {
			ok    bool
			count *int
			name  string
		}{
			{g.Title == strings.Join(strings.Fields(w.title), " "), &r.title, "title " + g.Title + " / " + w.title}, {g.URL == w.link, &r.link, "link " + g.URL + " / " + w.link}, {g.ID == w.id, &r.id, "id " + g.ID},
			{g.Published.Truncate(time.Minute).Equal(w.at), &r.date, "date " + g.Published.String()}, {g.Text == w.body, &r.body, "body " + g.Text + " / " + w.body},
		} {
			if f.ok {
				*f.count++
			} else {
				why = f.name
			}
		}
	}
	return why
}

func TestQ2Feeds(t *testing.T) {
	const seed = 2
	rng := rand.New(rand.NewSource(seed))
	var r tally
	one := func(name string, body []byte, kind string, want []madeItem, lose int) {
		r.feeds++
		f, err := ParseFeed(body, "https://made.example/feed", Hints{ContentType: kind})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			r.items += len(want) - lose
			return
		}
		r.read++
		if why := r.compare(want, f.Items, lose); why != "" {
			t.Logf("%s: %s", name, why)
		}
	}
	writers, hurts := dialects(), damages()
	for _, dialect := range slices.Sorted(maps.Keys(writers)) {
		write := writers[dialect]
		for _, c := range coats() {
			if dialect == "json" && c.enc != nil && c.mark == "" && !strings.Contains(c.name, "utf") {
				continue // JSON has no label to carry
			}
			items := makeItems(rng, c.lang)
			body, kind := c.put(t, write(items))
			one(dialect+" in "+c.name, body, kind, items, 0)
		}
		for _, damage := range slices.Sorted(maps.Keys(hurts)) {
			hurt := hurts[damage]
			if dialect == "json" && damage != "none" && damage != "spaces before" {
				continue
			}
			items := makeItems(rng, "es")
			doc, lose := hurt(write(items), rng)
			one(dialect+" with "+damage, []byte(doc), "", items, lose)
		}
		items := makeItems(rng, "en")
		var z bytes.Buffer
		w := gzip.NewWriter(&z)
		if _, err := w.Write([]byte(write(items))); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		one(dialect+" as raw gzip", z.Bytes(), "application/gzip", items, 0)
	}
	rate := func(n int) float64 { return float64(n) / float64(r.items) }
	t.Logf("feeds: %d of %d read, %d of %d items; agreement title %.3f link %.3f id %.3f date %.3f body %.3f (seed %d)",
		r.read, r.feeds, r.found, r.items, rate(r.title), rate(r.link), rate(r.id), rate(r.date), rate(r.body), seed)
	if rate(r.title) < 0.98 || rate(r.link) < 0.95 || rate(r.id) < 0.95 || rate(r.date) < 0.95 || rate(r.body) < 0.93 || r.read < r.feeds {
		t.Fail()
	}
}
