package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"time"

	"earshot"
	"earshot/internal/store"
)

// causesPage says why people complained, as the team said when it closed their
// cases: the few causes that are behind most of them first (Pareto).
type causesPage struct {
	frame
	Headline string
	Deck     template.HTML
	Spans    []choice
	Brands   []choice
	Lines    []causeLine
	Named    int // cases with a cause that somebody named
	Unnamed  int // closed without a word on why
	NoName   string
	Judged   []cause // what open and closed complaints are about, as judged
}

// causeLine is one cause with how much of all it explains so far.
type causeLine struct {
	store.Cause
	Bar    int // of a bar of 100
	Sum    float64
	SoFar  string // Sum in words: a share only of enough cases
	Link   string
	Href   string
	Back   string
	Again  string
	Facet  string
	Kind   state
	Vital  bool // with those above it, it is behind four of five cases
	Shared bool // the brand is said: there is more than one
}

// causes shows what to mend.
func (s *Server) causes(v *visit) error {
	p := causesPage{}
	from := v.Now.AddDate(0, 0, -v.days(90))
	brand := v.r.URL.Query().Get("brand")
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "causes", v.W.NavCauses); err != nil {
			return err
		}
		p.Twins = "/causes"
		if err := v.causeLines(tx, &p, from, brand); err != nil {
			return err
		}
		return v.judgedCauses(tx, &p, from, brand)
	})
	if err != nil {
		return err
	}
	for _, d := range []int{30, 90, 365} {
		p.Spans = append(p.Spans, choice{Name: v.W.LastDays.N(d), Href: with(v.r.URL, "days", itoa(d)), Current: v.days(90) == d})
	}
	p.Brands = []choice{{Name: v.W.OursOnly, Href: with(v.r.URL, "brand", ""), Current: brand == ""}}
	for _, b := range v.s.o.Brands() {
		if !b.Competitor {
			p.Brands = append(p.Brands, choice{Name: b.Name, Href: with(v.r.URL, "brand", b.Name), Current: brand == b.Name})
		}
	}
	v.causeHeads(&p)
	return v.render(http.StatusOK, "causes", p)
}

func (v *visit) causeLines(tx *store.Tx, p *causesPage, from time.Time, brand string) error {
	all, err := tx.Causes(store.CauseFilter{Brand: brand, NotBrands: v.s.competitors(), From: from})
	for _, c := range all {
		if c.Key == "" {
			p.Unnamed += c.Cases
			continue
		}
		p.Named += c.Cases
		p.Lines = append(p.Lines, v.causeLine(c))
	}
	p.NoName = "/cases?cause=-"
	if brand != "" {
		p.NoName += "&brand=" + url.QueryEscape(brand)
	}
	sum := 0
	for i := range p.Lines {
		l := &p.Lines[i]
		l.Vital = sum*5 < p.Named*4
		sum += l.Cases
		l.SoFar = v.W.OfText.With("n", itoa(sum), "total", itoa(p.Named))
		if p.Named >= minRate {
			l.SoFar = percent(float64(sum) / float64(p.Named))
		}
		l.Bar, l.Sum, l.Shared = l.Cases*100/max(p.Lines[0].Cases, 1), float64(sum)/float64(p.Named), brand == ""
	}
	return err
}

func (v *visit) causeLine(c store.Cause) causeLine {
	l := causeLine{Cause: c, Link: webLink(c.Link), Href: "/cases?" + url.Values{"cause": {c.Key}, "brand": {c.Brand}}.Encode(), Back: listed(c.Back), Again: listed(c.Again),
		Facet: v.W.Facets[string(c.Facet)], Kind: state{Icon: "new", Word: v.W.CauseOpen}}
	switch {
	case c.Fixed && c.Recurred > 0:
		l.Kind = state{Icon: "again", Tone: "warn", Word: v.W.CauseFixedAgain}
	case c.Fixed:
		l.Kind = state{Icon: "done", Tone: "good", Word: v.W.CauseFixed}
	case c.Recurred > 0 || c.Reopened > 0:
		l.Kind = state{Icon: "again", Tone: "bad", Word: v.W.CauseBack}
	}
	return l
}

// listed is the address of a list of some cases, the newest hundred.
func listed(ids []string) string {
	if len(ids) == 0 {
		return "/cases?id=-"
	}
	unique := slices.Compact(slices.Sorted(slices.Values(ids[max(0, len(ids)-100):])))
	return "/cases?" + url.Values{"id": unique}.Encode()
}

// judgedCauses counts what complaints were about by their labels, so that there
// is something to see before anybody has named a cause.
func (v *visit) judgedCauses(tx *store.Tx, p *causesPage, from time.Time, brand string) error {
	counts, err := tx.FacetCounts(store.CaseFilter{From: from, Brand: brand, Intent: earshot.Complaint, NotBrands: v.s.competitors()})
	slices.SortFunc(counts, func(a, b store.Count) int { return int(b.N - a.N) })
	for _, c := range counts {
		if c.A == "" {
			continue
		}
		q := url.Values{"intent": {"complaint"}, "facet": {c.A}, "from": {from.UTC().Format(time.RFC3339)}}
		if brand != "" {
			q.Set("brand", brand)
		}
		p.Judged = append(p.Judged, cause{Name: v.W.Facets[c.A], Facet: earshot.Facet(c.A), Now: int(c.N), Href: "/cases?" + q.Encode(), Share: int(c.N) * 100 / max(int(counts[0].N), 1)})
	}
	return err
}

// causeHeads says the one thing: what is behind most, or what to do to know it.
func (v *visit) causeHeads(p *causesPage) {
	w := v.W
	again, back := 0, 0
	for _, l := range p.Lines {
		again, back = again+l.Recurred, back+l.Reopened
	}
	switch {
	case len(p.Lines) == 0:
		p.Headline = w.CausesNone
		return
	case len(p.Lines) == 1:
		p.Headline = w.CausesOne.With("cause", p.Lines[0].Name, "n", itoa(p.Named))
	case p.Named < minRate:
		p.Headline = w.CausesFew.With("cause", p.Lines[0].Name, "n", itoa(p.Lines[0].Cases), "cases", itoa(p.Named))
	default:
		few := 0
		for _, l := range p.Lines {
			few += only(l.Vital, 1)
		}
		p.Headline = w.CausesHead.N(few, "cause", p.Lines[0].Name, "total", itoa(len(p.Lines)), "part", percent(p.Lines[few-1].Sum), "cases", itoa(p.Named))
	}
	if again+back == 0 {
		p.Deck = esc(w.CausesHeld)
		return
	}
	var ids, reopened []string
	for _, l := range p.Lines {
		ids, reopened = append(ids, l.Cause.Again...), append(reopened, l.Cause.Back...)
	}
	cost := w.CausesCostFew
	if p.Named >= minRate {
		cost = w.CausesCost
	}
	p.Deck = mustFill(cost, "again", number(again, listed(ids)), "back", number(back, listed(reopened)), "part", percent(float64(again)/float64(max(p.Named, 1))))
}

// listCauses is the page's table for programs.
func listCauses(v *visit, tx *store.Tx, n int) (list, error) {
	p := causesPage{}
	err := v.causeLines(tx, &p, v.Now.AddDate(0, 0, -v.days(90)), v.r.URL.Query().Get("brand"))
	out := list{title: v.W.NavCauses, head: []string{"cause", "brand", "about", "cases", "part so far", "fixed", "reopened", "came again", "last seen", "last closed", "written down"}}
	for _, l := range p.Lines[:min(len(p.Lines), v.limit(n))] {
		out.items = append(out.items, map[string]any{"cause": l.Name, "key": l.Key, "brand": l.Brand, "facet": l.Cause.Facet, "cases": l.Cases, "cumulative": l.Sum, "fixed": l.Fixed,
			"reopened": l.Reopened, "recurred": l.Recurred, "last_seen": someTime(l.LastSeen), "closed": someTime(l.Closed), "link": l.Link, "ids": l.IDs})
		out.rows = append(out.rows, []string{l.Name, l.Brand, string(l.Cause.Facet), itoa(l.Cases), percent(l.Sum), l.Kind.Word, itoa(l.Reopened), itoa(l.Recurred), v.stampCSV(l.LastSeen), v.stampCSV(l.Closed), l.Link})
		out.feed = append(out.feed, feedEntry{id: "/causes#" + url.QueryEscape(l.Brand+" "+l.Key), path: l.Href, updated: l.Closed, title: l.Brand + ": " + l.Name, text: l.Kind.Word})
	}
	return out, err
}
