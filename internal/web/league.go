package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"earshot"
	"earshot/internal/insight"
	"earshot/internal/store"
)

// leagueLine is one brand's line with the stretch of time it counts.
type leagueLine struct {
	insight.Line
	from, to time.Time
}

// Low and High are the ends of the 95 % interval of the rate.
func (l leagueLine) Low() float64  { return l.Part().Interval().Low }
func (l leagueLine) High() float64 { return l.Part().Interval().High }

// Cases is the address of the brand's cases of that time, with one more filter.
func (l leagueLine) Cases(more string) string { return "/cases?" + l.filter() + more }

// Said is the address of the brand's mentions of that time, with one more filter.
func (l leagueLine) Said(more string) string { return "/mentions?" + l.filter() + more }

func (l leagueLine) filter() string {
	return "brand=" + url.QueryEscape(l.Brand) + "&from=" + l.from.UTC().Format(time.RFC3339) + "&to=" + l.to.UTC().Format(time.RFC3339)
}

// leaguePage compares us with our competitors.
type leaguePage struct {
	frame
	Headline string
	Deck     template.HTML
	Days     int
	Spans    []choice
	From, To time.Time
	Lines    []leagueLine
}

// league shows who answers whom, and how soon.
func (s *Server) league(v *visit) error {
	p := leaguePage{Days: v.days(90)}
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "league", v.W.NavLeague); err != nil {
			return err
		}
		p.Twins = "/league"
		p.Lines, p.From, p.To, err = v.leagueLines(tx)
		return err
	})
	if err != nil {
		return err
	}
	for _, d := range []int{30, 90, 365} {
		p.Spans = append(p.Spans, choice{Name: v.W.LastDays.N(d), Href: with(v.r.URL, "days", itoa(d)), Current: p.Days == d})
	}
	v.leagueHeadline(&p)
	return v.render(http.StatusOK, "league", p)
}

// days is the length of time a page of numbers looks back.
func (v *visit) days(usual int) int {
	if d := atoi(v.r.URL.Query().Get("days")); d > 0 && d <= 1000 {
		return d
	}
	return usual
}

// leagueLines counts the cases published in the last days, by brand, best first:
// by the lower end of the interval, so that a small sample cannot lead by luck.
func (v *visit) leagueLines(tx *store.Tx) ([]leagueLine, time.Time, time.Time, error) {
	to := v.Now.Truncate(time.Hour).Add(time.Hour)
	from := to.Add(-time.Duration(v.days(90)) * 24 * time.Hour)
	lines, err := v.leagueBetween(tx, from, to)
	return lines, from, to, err
}

// leagueBetween counts what was published in [from, to).
func (v *visit) leagueBetween(tx *store.Tx, from, to time.Time) ([]leagueLine, error) {
	lines := map[string]*insight.Line{}
	for _, b := range v.s.o.Brands() {
		lines[b.Name] = &insight.Line{Brand: b.Name, Ours: !b.Competitor, CanAnswer: b.Official.Known() || b.Competitor}
	}
	counts, err := tx.BrandCounts(from, to)
	if err != nil {
		return nil, err
	}
	for _, c := range counts {
		if l := lines[c.A]; l != nil {
			l.Add(earshot.Intent(c.B), int(c.N))
		}
	}
	answers, err := tx.AnswersTo(from, to, nil, false)
	for _, a := range answers {
		if l := lines[a.Brand]; l != nil {
			l.Answered, l.Resolved, l.Running, l.Late, l.Median, l.P90 = a.Answered, a.Resolved, a.Running, a.Late, a.Median, a.P90
		}
	}
	var out []leagueLine
	for _, l := range lines {
		out = append(out, leagueLine{*l, from, to})
	}
	slices.SortFunc(out, func(a, b leagueLine) int { return a.Compare(b.Line) })
	return out, err
}

// leagueHeadline compares our first brand that has a rate with the best competitor that has one.
func (v *visit) leagueHeadline(p *leaguePage) {
	w := v.W
	ours := slices.IndexFunc(p.Lines, func(l leagueLine) bool { return l.Ours && l.Rated() })
	theirs := slices.IndexFunc(p.Lines, func(l leagueLine) bool { return !l.Ours && l.Rated() })
	if ours < 0 {
		p.Headline = w.LeagueTooFew
		return
	}
	us := p.Lines[ours]
	p.Headline = w.LeagueAlone.With("ours", us.Brand, "rate", percent(us.Rate()))
	p.Deck = mustFill(w.LeagueDeckAlone, "ours", us.Brand, "n", number(w.OfText.With("n", itoa(us.Answered), "total", itoa(us.Countable())), us.Cases("&answer=given")),
		"median", number(v.Length(us.Median), us.Cases("&answer=given")))
	if theirs < 0 {
		return
	}
	them := p.Lines[theirs]
	head := w.LeagueEven
	if insight.Differ(us.Part(), them.Part()) {
		head = w.LeagueAhead
		if us.Rate() < them.Rate() {
			head = w.LeagueBehind
		}
	}
	p.Headline = head.With("ours", us.Brand, "theirs", them.Brand)
	p.Deck += " " + mustFill(w.LeagueDeckThem, "theirs", them.Brand, "n", number(w.OfText.With("n", itoa(them.Answered), "total", itoa(them.Countable())), them.Cases("&answer=given")),
		"median", number(v.Length(them.Median), them.Cases("&answer=given")))
}

// Interval draws the rate and its interval on a scale from 0 to 100.
func (l leagueLine) Interval() template.HTML {
	x := func(p float64) string { return strconv.FormatFloat(4+168*p, 'f', 1, 64) }
	return template.HTML(fmt.Sprintf(`<svg class="ci" viewBox="0 0 176 20" role="img" aria-label="%s, %s - %s"><path class="grid" d="M4 2v16M88 2v16M172 2v16"/><path class="w" d="M%s 10H%sM%s 6v8M%s 6v8"/><circle class="d" cx="%s" cy="10" r="4"/></svg>`,
		percent(l.Rate()), percent(l.Low()), percent(l.High()), x(l.Low()), x(l.High()), x(l.Low()), x(l.High()), x(l.Rate())))
}

func listLeague(v *visit, tx *store.Tx, n int) (list, error) {
	lines, from, to, err := v.leagueLines(tx)
	out := list{title: v.W.NavLeague, head: []string{"brand", "ours", "from", "to", "mentions", "complaints", "compliments", "answered", "of", "low", "high", "still in time", "median hours", "p90 hours", "resolved"}}
	for _, l := range lines[:min(len(lines), n)] {
		hours := func(d time.Duration) string { return strconv.FormatFloat(d.Hours(), 'f', 2, 64) }
		out.items = append(out.items, map[string]any{"brand": l.Brand, "ours": l.Ours, "from": from.UTC(), "to": to.UTC(), "mentions": l.Mentions, "complaints": l.Complaints, "compliments": l.Compliments,
			"answered": l.Answered, "of": l.Countable(), "low": l.Low(), "high": l.High(), "still_in_time": l.Running, "median_seconds": int64(l.Median.Seconds()), "p90_seconds": int64(l.P90.Seconds()), "resolved": l.Resolved, "rated": l.Rated()})
		out.rows = append(out.rows, []string{l.Brand, strconv.FormatBool(l.Ours), v.stampCSV(from), v.stampCSV(to), itoa(l.Mentions), itoa(l.Complaints), itoa(l.Compliments), itoa(l.Answered), itoa(l.Countable()),
			strconv.FormatFloat(l.Low(), 'f', 3, 64), strconv.FormatFloat(l.High(), 'f', 3, 64), itoa(l.Running), hours(l.Median), hours(l.P90), itoa(l.Resolved)})
		out.feed = append(out.feed, feedEntry{id: "/league#" + url.QueryEscape(l.Brand), path: "/league", updated: v.Now, title: l.Brand, text: v.W.OfText.With("n", itoa(l.Answered), "total", itoa(l.Countable()))})
	}
	return out, err
}
