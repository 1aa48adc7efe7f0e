package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
	"earshot/internal/words"
)

const mentionsPerPage = 25

// mentionsPage is a search over what was said; the address holds the filters.
type mentionsPage struct {
	frame
	Headline string
	Deck     template.HTML
	Search   string
	Hidden   []fact // filters that a new search keeps
	Total    int
	Begins   string // where to search for words that begin like those that found nothing
	Hits     []hit
	Facets   []facetGroup
	Chips    []choice
	Next     string
	First    string
}

// hit is one mention with the words that matched.
type hit struct {
	Line    store.MentionLine
	Label   string
	State   state
	HasCase bool
	Quote   []piece
	Lang    string
	Foreign bool
	Title   string
	Site    string
	Author  string
	Rival   bool
}

// facetGroup is a filter with how many mentions each of its values has.
type facetGroup struct {
	Name    string
	Choices []choice
}

// mentionFilter reads the filters of the address.
func (v *visit) mentionFilter(q url.Values) store.MentionFilter {
	f := store.MentionFilter{Brand: q.Get("brand"), Intent: earshot.Intent(q.Get("intent")), Sentiment: earshot.Sentiment(q.Get("sentiment")), Lang: q.Get("lang"),
		Case: q.Get("case"), Author: q.Get("author"), Severity: atoi(q.Get("severity")), Text: clip(strings.TrimSpace(q.Get("q")), 200),
		From: when(q.Get("from")), To: when(q.Get("to")), SeenFrom: when(q.Get("seen")), Limit: mentionsPerPage}
	if d := atoi(lookBack(q)); d > 0 && d < 4000 {
		f.From = v.Now.Add(-time.Duration(d) * 24 * time.Hour)
	}
	for _, s := range q["status"] {
		switch s {
		case "waiting":
			f.Statuses = append(f.Statuses, waitingStatuses...)
		case "open":
			f.Statuses = append(f.Statuses, openStatuses...)
		default:
			f.Statuses = append(f.Statuses, earshot.Status(s))
		}
	}
	if q.Get("ours") != "" || !f.SeenFrom.IsZero() {
		f.NotBrands = v.s.competitors()
	}
	var at int64
	if _, err := fmt.Sscanf(q.Get("before"), "%d.%d", &at, &f.Before.ID); err == nil {
		f.Before.Published = time.UnixMilli(at)
	}
	return f
}

// lookBack is how many days a list of mentions covers: what the address says,
// else a month if nothing at all was asked for, so that the first look is quick.
func lookBack(q url.Values) string {
	asked := q.Get("days")
	for key := range q {
		if key != "before" && key != "limit" {
			return asked
		}
	}
	return "30"
}

// mentions searches.
func (s *Server) mentions(v *visit) error {
	q := v.r.URL.Query()
	p := mentionsPage{Search: q.Get("q")}
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "mentions", v.W.MentionsTitle); err != nil {
			return err
		}
		p.Twins = "/mentions"
		f := v.mentionFilter(q)
		if f.Source, err = sourceOf(tx, q.Get("source")); err != nil {
			return err
		}
		lines, err := tx.MentionLines(f)
		if err != nil {
			return err
		}
		for _, l := range lines {
			p.Hits = append(p.Hits, v.hit(l, f.Text))
		}
		if n := len(lines); n == f.Limit {
			last := lines[n-1]
			p.Next = with(v.r.URL, "before", strconv.FormatInt(last.Entry.Published.UnixMilli(), 10)+"."+strconv.FormatInt(last.Mention.ID, 10))
		}
		return v.mentionFacets(tx, &p, f)
	})
	if err != nil {
		return err
	}
	v.mentionForm(&p, q)
	return v.render(http.StatusOK, "mentions", p)
}

// sourceOf turns the key in an address into the source's own id.
func sourceOf(tx *store.Tx, key string) (string, error) {
	if key == "" {
		return "", nil
	}
	src, err := sourceByKey(tx, key)
	return src.ID, err
}

func (v *visit) hit(l store.MentionLine, search string) hit {
	verdict := l.Mention.Verdict
	h := hit{Line: l, Label: v.label(verdict.Label()), HasCase: l.Case.ID != "", Lang: sayLang(verdict.Lang), Title: l.Entry.Title,
		Site: siteName(l.Entry), Author: v.authorName(l.Entry.Author)}
	if verdict.Intent == earshot.NoIntent {
		h.Label = v.W.Nouns[string(earshot.NoIntent)]
	}
	h.Foreign = h.Lang != "" && h.Lang != v.W.Lang
	if h.HasCase {
		h.State = v.state(l.Case)
	}
	if b, ok := v.s.brand(l.Mention.Brand); ok {
		h.Rival = b.Competitor
	}
	h.Quote = highlight(snippet(verdict.Evidence.Text, l.Entry, search), search)
	return h
}

// snippet is the evidence, or, if the searched words stand elsewhere, what is
// written around the first of them.
func snippet(decided string, e earshot.Entry, search string) string {
	text := excerpt(decided, e)
	wanted := strings.Fields(strings.ToLower(search))
	if len(wanted) == 0 || strings.Contains(strings.ToLower(text), wanted[0]) {
		return text
	}
	whole := strings.Join(strings.Fields(e.Text), " ")
	lower := strings.ToLower(whole)
	i := strings.Index(lower, wanted[0])
	if i < 0 || len(lower) != len(whole) {
		return text
	}
	start := max(i-100, 0)
	if cut := strings.IndexByte(whole[start:i], ' '); start > 0 && cut >= 0 {
		start += cut + 1
	}
	around := strings.ToValidUTF8(whole[start:], "")
	if start > 0 {
		around = "… " + around
	}
	return clip(around, 240)
}

// How far a page counts: beyond it says "1000+".
const (
	countsTo = 1000
	facetsOf = 5000
)

// mentionFacets counts what the filters leave, by each of four labels with the
// other three held: all of it, or, where there is much, the newest of it.
func (v *visit) mentionFacets(tx *store.Tx, p *mentionsPage, f store.MentionFilter) error {
	w := v.W
	crossed, more, err := tx.MentionCross(f, facetsOf)
	if err != nil {
		return err
	}
	all, err := tx.TallyMentions(f, countsTo)
	if err != nil {
		return err
	}
	brand, intent, sentiment, lang := map[string]int{}, map[string]int{}, map[string]int{}, map[string]int{}
	for _, c := range crossed {
		b, i, s, l := fits(f.Brand, c.Brand), fits(string(f.Intent), c.Intent), fits(string(f.Sentiment), c.Sentiment), fits(f.Lang, c.Lang)
		brand[c.Brand] += only(i && s && l, c.N)
		intent[c.Intent] += only(b && s && l, c.N)
		sentiment[c.Sentiment] += only(b && i && l, c.N)
		lang[c.Lang] += only(b && i && s, c.N)
	}
	if more {
		for _, b := range v.s.o.Brands() {
			brand[b.Name] += 0
		}
	}
	p.Total = all.N
	p.Facets = []facetGroup{
		v.facet(w.FilterIntent, "intent", intent, w.Intents, more), v.facet(w.FilterBrand, "brand", brand, nil, more),
		v.facet(w.FilterSentiment, "sentiment", sentiment, w.SentimentNames, more), v.facet(w.FilterLang, "lang", lang, w.Languages, more),
	}
	v.mentionHeads(p, f, all)
	return nil
}

// fits says whether a value passes a filter that may be unset.
func fits(filter, value string) bool { return filter == "" || filter == value }

// facet lists the values of one label, most first; the current one is taken
// away by choosing it again. More says that the counts are of the newest only.
func (v *visit) facet(name, key string, counts map[string]int, names map[string]string, more bool) facetGroup {
	g := facetGroup{Name: name}
	now := v.r.URL.Query().Get(key)
	for value, n := range counts {
		if n == 0 && value != now && !more {
			continue
		}
		c := choice{Name: words.Name(names, value), N: n, More: more && n > 0, Href: with(v.r.URL, key, value), Current: value == now && now != ""}
		if c.Current {
			c.Href = with(v.r.URL, key, "")
		}
		g.Choices = append(g.Choices, c)
	}
	slices.SortFunc(g.Choices, func(a, b choice) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Name, b.Name)) })
	return g
}

func (v *visit) mentionHeads(p *mentionsPage, f store.MentionFilter, all store.MentionTally) {
	w := v.W
	if p.Total == 0 {
		p.Headline = w.MentionsNone
		if f.Text != "" && !strings.Contains(f.Text, "*") {
			p.Begins = with(v.r.URL, "q", f.Text+"*")
		}
		return
	}
	about := ""
	if f.Text != "" {
		about = w.HitsFor.With("words", f.Text)
	}
	head := w.MentionsHead
	if all.More {
		head = w.MentionsMany
	}
	p.Headline = head.N(p.Total, "where", about, "complaints", itoa(all.Complaints))
	if len(f.Statuses) == 0 && all.Waiting > 0 {
		p.Deck = mustFill(w.MentionsUnanswered.Text(all.Waiting), "n", number(all.Waiting, with(v.r.URL, "status", "waiting")))
	}
}

func (v *visit) mentionForm(p *mentionsPage, q url.Values) {
	for _, key := range []string{"brand", "intent", "sentiment", "lang", "days", "from", "to", "status", "author", "source", "ours"} {
		for _, value := range q[key] {
			p.Hidden = append(p.Hidden, fact{key, template.HTML(template.HTMLEscapeString(value))})
		}
	}
	g := facetGroup{Name: v.W.FilterTime}
	for _, d := range []int{1, 7, 30, 90} {
		g.Choices = append(g.Choices, choice{Name: v.W.LastDays.N(d), Href: with(v.r.URL, "days", itoa(d), "from", "", "to", ""), Current: lookBack(q) == itoa(d)})
	}
	g.Choices = append(g.Choices, choice{Name: v.W.AnyTime, Href: with(v.r.URL, "days", "all", "from", "", "to", ""), Current: atoi(lookBack(q)) == 0 && q.Get("from") == ""})
	p.Facets = append(p.Facets, g)
	p.Chips = v.chips(q)
	if len(q) == 0 || len(p.Chips) == 0 && lookBack(q) == "30" {
		p.Chips = []choice{{Name: v.W.LastDays.N(30), Href: "/mentions?days=all"}}
	}
	if q.Get("before") != "" {
		p.First = with(v.r.URL)
	}
}
