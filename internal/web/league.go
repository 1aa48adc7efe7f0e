package web

import (
	"cmp"
	"fmt"
	"html/template"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"earshot"
	"earshot/internal/store"
)

// leagueLine is how one brand answers the people who write about it.
type leagueLine struct {
	Brand       string
	Ours        bool
	CanAnswer   bool // somebody could be recognised as speaking for it
	Mentions    int
	Complaints  int
	Compliments int
	Answered    int
	Countable   int // answered, or their time has run out
	Running     int // still in time: on neither side of the rate
	Resolved    int
	Median, P90 time.Duration
	Low, High   float64 // 95 % interval of the rate
	first       []time.Duration
	from, to    time.Time
}

// Rated says whether there are enough cases for a rate.
func (l leagueLine) Rated() bool { return l.CanAnswer && l.Countable >= minRate }

// Rate is the share answered in public.
func (l leagueLine) Rate() float64 { return float64(l.Answered) / float64(max(l.Countable, 1)) }

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

// leagueBetween counts the cases published in [from, to).
func (v *visit) leagueBetween(tx *store.Tx, from, to time.Time) ([]leagueLine, error) {
	lines := map[string]*leagueLine{}
	for _, b := range v.s.o.Brands() {
		lines[b.Name] = &leagueLine{Brand: b.Name, Ours: !b.Competitor, CanAnswer: b.Official.Known() || b.Competitor, from: from, to: to}
	}
	counts, err := tx.BrandCounts(from, to)
	if err != nil {
		return nil, err
	}
	for _, c := range counts {
		if l := lines[c.A]; l != nil {
			l.mentioned(earshot.Intent(c.B), int(c.N))
		}
	}
	cases, err := tx.CaseFigures(from, to, nil)
	for _, c := range cases {
		if l := lines[c.Brand]; l != nil {
			l.count(c)
		}
	}
	var out []leagueLine
	for _, l := range lines {
		l.Median, l.P90 = quantile(l.first, .5), quantile(l.first, .9)
		l.Low, l.High = wilson(l.Answered, l.Countable)
		out = append(out, *l)
	}
	slices.SortFunc(out, func(a, b leagueLine) int {
		return cmp.Or(cmp.Compare(yes(b.Rated()), yes(a.Rated())), cmp.Compare(b.Low, a.Low), cmp.Compare(b.Mentions, a.Mentions), cmp.Compare(a.Brand, b.Brand))
	})
	return out, err
}

func yes(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (l *leagueLine) mentioned(i earshot.Intent, n int) {
	l.Mentions += n
	switch i {
	case earshot.Complaint:
		l.Complaints += n
	case earshot.Compliment:
		l.Compliments += n
	}
}

func (l *leagueLine) count(c store.CaseFigure) {
	switch {
	case c.Answer.Given():
		l.Answered++
		l.Countable++
		l.first = append(l.first, max(c.Answered.Sub(c.Published), 0))
		if c.Answer == earshot.AnswerResolved {
			l.Resolved++
		}
	case c.Running:
		l.Running++
	default:
		l.Countable++
	}
}

// wilson is the 95 % score interval of k out of n (E. B. Wilson, 1927).
func wilson(k, n int) (low, high float64) {
	if n == 0 {
		return 0, 1
	}
	const z = 1.959964
	p, m := float64(k)/float64(n), float64(n)
	mid := (p + z*z/(2*m)) / (1 + z*z/m)
	half := z / (1 + z*z/m) * math.Sqrt(p*(1-p)/m+z*z/(4*m*m))
	return max(mid-half, 0), min(mid+half, 1)
}

// differ says whether two shares differ by more than chance explains (two-sided
// test of the difference with the pooled share, 5 %).
func differ(a, b leagueLine) bool {
	n, m := float64(a.Countable), float64(b.Countable)
	pool := float64(a.Answered+b.Answered) / (n + m)
	spread := math.Sqrt(pool * (1 - pool) * (1/n + 1/m))
	return spread > 0 && math.Abs(a.Rate()-b.Rate())/spread > 1.959964
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
	p.Deck = mustFill(w.LeagueDeckAlone, "ours", us.Brand, "n", number(w.OfText.With("n", itoa(us.Answered), "total", itoa(us.Countable)), us.Cases("&answer=given")),
		"median", number(v.Length(us.Median), us.Cases("&answer=given")))
	if theirs < 0 {
		return
	}
	them := p.Lines[theirs]
	head := w.LeagueEven
	if differ(us, them) {
		head = w.LeagueAhead
		if us.Rate() < them.Rate() {
			head = w.LeagueBehind
		}
	}
	p.Headline = head.With("ours", us.Brand, "theirs", them.Brand)
	p.Deck += " " + mustFill(w.LeagueDeckThem, "theirs", them.Brand, "n", number(w.OfText.With("n", itoa(them.Answered), "total", itoa(them.Countable)), them.Cases("&answer=given")),
		"median", number(v.Length(them.Median), them.Cases("&answer=given")))
}

// Interval draws the rate and its interval on a scale from 0 to 100.
func (l leagueLine) Interval() template.HTML {
	x := func(p float64) string { return strconv.FormatFloat(4+168*p, 'f', 1, 64) }
	return template.HTML(fmt.Sprintf(`<svg class="ci" viewBox="0 0 176 20" role="img" aria-label="%s, %s - %s"><path class="grid" d="M4 2v16M88 2v16M172 2v16"/><path class="w" d="M%s 10H%sM%s 6v8M%s 6v8"/><circle class="d" cx="%s" cy="10" r="4"/></svg>`,
		percent(l.Rate()), percent(l.Low), percent(l.High), x(l.Low), x(l.High), x(l.Low), x(l.High), x(l.Rate())))
}

func listLeague(v *visit, tx *store.Tx, n int) (list, error) {
	lines, from, to, err := v.leagueLines(tx)
	out := list{title: v.W.NavLeague, head: []string{"brand", "ours", "from", "to", "mentions", "complaints", "compliments", "answered", "of", "low", "high", "still in time", "median hours", "p90 hours", "resolved"}}
	for _, l := range lines[:min(len(lines), n)] {
		hours := func(d time.Duration) string { return strconv.FormatFloat(d.Hours(), 'f', 2, 64) }
		out.items = append(out.items, map[string]any{"brand": l.Brand, "ours": l.Ours, "from": from.UTC(), "to": to.UTC(), "mentions": l.Mentions, "complaints": l.Complaints, "compliments": l.Compliments,
			"answered": l.Answered, "of": l.Countable, "low": l.Low, "high": l.High, "still_in_time": l.Running, "median_seconds": int64(l.Median.Seconds()), "p90_seconds": int64(l.P90.Seconds()), "resolved": l.Resolved, "rated": l.Rated()})
		out.rows = append(out.rows, []string{l.Brand, strconv.FormatBool(l.Ours), v.stampCSV(from), v.stampCSV(to), itoa(l.Mentions), itoa(l.Complaints), itoa(l.Compliments), itoa(l.Answered), itoa(l.Countable),
			strconv.FormatFloat(l.Low, 'f', 3, 64), strconv.FormatFloat(l.High, 'f', 3, 64), itoa(l.Running), hours(l.Median), hours(l.P90), itoa(l.Resolved)})
		out.feed = append(out.feed, feedEntry{id: "/league#" + url.QueryEscape(l.Brand), path: "/league", updated: v.Now, title: l.Brand, text: v.W.OfText.With("n", itoa(l.Answered), "total", itoa(l.Countable))})
	}
	return out, err
}
