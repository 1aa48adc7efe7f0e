package crawler

import (
	"fmt"
	"html"
	"math/rand"
	"strings"
	"testing"
	"time"
)

// madePage is a page as its author meant it.
type madePage struct {
	title, author, body string
	at                  time.Time
	comments            []PageComment
}

func sentences(lang string) []string {
	return map[string][]string{
		"en": {"I have been a customer of theirs for eleven years, and this is how it ends.", "The clerk was kind, but she could not find my order anywhere.", "They told me to wait until Friday; Friday came and went.", "My neighbour had the same trouble in spring.", "Nobody called me back, although they had promised it twice.", "In the end a man in a small office mended everything within a minute.", "I would buy there again, strange as it sounds.", "What a waste of an afternoon!"},
		"es": {"Llevo once años como cliente y así es como termina.", "La empleada fue amable, pero no encontró mi pedido en ninguna parte.", "Me dijeron que esperara hasta el viernes; el viernes pasó.", "Mi vecino tuvo el mismo problema en primavera.", "Nadie me llamó, aunque lo habían prometido dos veces.", "Al final un señor de una oficina pequeña lo arregló todo.", "Volvería a comprar allí, por raro que parezca."},
		"it": {"Sono loro cliente da undici anni, ed ecco come va a finire.", "L'impiegata è stata gentile, ma non trovava il mio ordine.", "Mi hanno detto di aspettare fino a venerdì; venerdì è passato.", "Il mio vicino ha avuto lo stesso problema in primavera.", "Nessuno mi ha richiamato, anche se lo avevano promesso due volte.", "Alla fine un signore in un piccolo ufficio ha sistemato tutto."},
		"zh": {"我做了他们十一年的客户，结果就是这样。", "客服很客气，可是怎么也找不到我的订单。", "他们让我等到星期五，星期五也过去了。", "我的邻居春天的时候也遇到了同样的问题。", "虽然答应了两次，但是没有人给我回电话。", "最后还是一个小办公室里的师傅一分钟就修好了。"},
	}[lang]
}

func makePage(rng *rand.Rand, lang string) madePage {
	all := sentences(lang)
	say := func(n int) string {
		var b []string
		for range n {
			b = append(b, all[rng.Intn(len(all))])
		}
		return strings.Join(b, " ")
	}
	p := madePage{title: strings.TrimRight(strings.SplitN(all[rng.Intn(len(all))], ",", 2)[0], ".;!。") + fmt.Sprintf(" %d", rng.Intn(90)+10), author: []string{"Mona Reyes", "Ugo Neri", "林小雨", "Pat Quill"}[rng.Intn(4)],
		at: time.Date(2006+rng.Intn(20), time.Month(1+rng.Intn(12)), 1+rng.Intn(28), 10, 12, 0, 0, time.UTC)}
	var paragraphs []string
	for range 3 + rng.Intn(6) {
		paragraphs = append(paragraphs, say(2+rng.Intn(3)))
	}
	p.body = strings.Join(paragraphs, "\n\n")
	for i := range 1 + rng.Intn(5) {
		at := p.at.Add(time.Duration(i*7+3) * time.Hour)
		p.comments = append(p.comments, PageComment{ID: fmt.Sprint(1000 + rng.Intn(8000)*10 + i), Author: []string{"Pia", "Rolf K.", "Anonymous", "Delta Cares", "王先生", "giulia_84"}[rng.Intn(6)], AuthorURL: fmt.Sprintf("http://reader%d.example/", rng.Intn(50)),
			Published: Date{Time: at}, Text: say(1+rng.Intn(2)) + fmt.Sprintf(" (%d)", rng.Intn(900)+100)})
	}
	return p
}

func dateWords(t time.Time, lang string, clock bool) string {
	months := map[string]string{"es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"}
	out := t.Format("January 2, 2006")
	switch {
	case lang == "zh":
		out = t.Format("2006年1月2日")
	case lang != "en":
		out = fmt.Sprintf("%d %s %d", t.Day(), strings.Fields(months[lang])[t.Month()-1], t.Year())
	}
	if clock {
		out += " " + t.Format("15:04")
	}
	return out
}

func (p madePage) write(t pageTemplate, lang string) string {
	var body, plain, comments strings.Builder
	for i, para := range strings.Split(p.body, "\n\n") {
		body.WriteString("<p>" + html.EscapeString(para) + "</p>\n")
		if i > 0 {
			plain.WriteString("<br><br>")
		}
		plain.WriteString(html.EscapeString(para))
	}
	for _, c := range p.comments {
		comments.WriteString(strings.NewReplacer("{id}", c.ID, "{name}", html.EscapeString(c.Author), "{url}", c.AuthorURL, "{when}", dateWords(c.Published.Time, lang, true),
			"{isowhen}", c.Published.Format(time.RFC3339), "{text}", html.EscapeString(c.Text)).Replace(t.comment))
	}
	return strings.NewReplacer("{title}", html.EscapeString(p.title), "{author}", p.author, "{date}", dateWords(p.at, lang, false), "{iso}", p.at.Format(time.RFC3339), "{body}", body.String(),
		"{plainbody}", plain.String(), "{comments}", comments.String(), "{lang}", lang, "{tags}", "phones").Replace(t.page)
}

// bag counts words, and each CJK character as one.
func bag(s string) map[string]int {
	b := map[string]int{}
	var word []rune
	flush := func() {
		if len(word) > 0 {
			b[strings.ToLower(string(word))]++
			word = word[:0]
		}
	}
	for _, r := range s {
		switch {
		case r >= 0x2E80:
			flush()
			b[string(r)]++
		case r == '\'' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= 0xC0:
			word = append(word, r)
		default:
			flush()
		}
	}
	flush()
	return b
}

func f1(want, got string) float64 {
	a, b := bag(want), bag(got)
	both, na, nb := 0, 0, 0
	for w, n := range a {
		na += n
		both += min(n, b[w])
	}
	for _, n := range b {
		nb += n
	}
	if both == 0 {
		return 0
	}
	p, r := float64(both)/float64(nb), float64(both)/float64(na)
	return 2 * p * r / (p + r)
}

func TestQ4Articles(t *testing.T) {
	const seed = 4
	rng := rand.New(rand.NewSource(seed))
	var pages, comments, found, authors, when, leaks, dates, titles, writers int
	var sum float64
	for _, tpl := range pageTemplates() {
		for _, lang := range []string{"en", "es", "it", "zh"} {
			for range 3 {
				made := makePage(rng, lang)
				p, err := ParsePage([]byte(made.write(tpl, lang)), "https://blog.example/2026/x/the-post/", Hints{Lang: lang})
				if err != nil {
					t.Fatalf("%s: %v", tpl.name, err)
				}
				pages++
				score := f1(made.body, p.Text)
				sum += score
				if score < 0.95 {
					t.Logf("%s (%s): F1 %.3f\n got %q\nwant %q", tpl.name, lang, score, p.Text, made.body)
				}
				if p.Published.Format("2006-01-02") == made.at.Format("2006-01-02") {
					dates++
				} else {
					t.Logf("%s (%s): date %s, want %s", tpl.name, lang, p.Published, made.at)
				}
				if p.Title == made.title {
					titles++
				} else {
					t.Logf("%s (%s): title %q, want %q", tpl.name, lang, p.Title, made.title)
				}
				if p.Author == made.author {
					writers++
				} else if strings.Contains(tpl.page, "{author}") {
					t.Logf("%s (%s): author %q, want %q", tpl.name, lang, p.Author, made.author)
				} else {
					writers++
				}
				for _, c := range made.comments {
					comments++
					if strings.Contains(p.Text, c.Text) {
						leaks++
						t.Logf("%s (%s): comment leaks", tpl.name, lang)
					}
					got := commentWith(p.Comments, c.Text)
					if got == nil {
						t.Logf("%s (%s): comment not found: %q in %q", tpl.name, lang, c.Text, p.Comments)
						continue
					}
					found++
					if got.Author == c.Author {
						authors++
					} else {
						t.Logf("%s (%s): comment author %q, want %q", tpl.name, lang, got.Author, c.Author)
					}
					if got.Published.Format("2006-01-02") == c.Published.Format("2006-01-02") {
						when++
					} else {
						t.Logf("%s (%s): comment date %s, want %s", tpl.name, lang, got.Published, c.Published)
					}
				}
			}
		}
	}
	rate := func(n, of int) float64 { return float64(n) / float64(of) }
	t.Logf("articles: %d pages, word F1 %.3f, comments found %.1f %% (author %.1f %%, date %.1f %%), leaking %.1f %%, date %.3f, title %.3f, author %.3f (seed %d)",
		pages, sum/float64(pages), 100*rate(found, comments), 100*rate(authors, comments), 100*rate(when, comments), 100*rate(leaks, comments), rate(dates, pages), rate(titles, pages), rate(writers, pages), seed)
	if sum/float64(pages) < 0.965 || rate(found, comments) < 0.8 || rate(leaks, comments) > 0.03 || rate(dates, pages) < 0.9 {
		t.Fail()
	}
}

func commentWith(list []PageComment, text string) *PageComment {
	for i := range list {
		if list[i].Text == text {
			return &list[i]
		}
	}
	return nil
}
