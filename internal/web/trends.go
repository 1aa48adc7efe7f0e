package web

import (
	"cmp"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"time"

	"earshot/internal/insight"
	"earshot/internal/store"
)

// trendWeeks is how many weeks the chart shows; the last is the one before this.
const trendWeeks = 20

// enoughMentions is how many mentions all weeks together need before limits mean anything.
const enoughMentions = 100

// trendWeek is one point of the control chart.
type trendWeek struct {
	From           time.Time
	Mentions       int
	Complaints     int
	insight.Limits // wider where there are fewer mentions
	Href           string
}

// Part is the complaints of all mentions.
func (t trendWeek) Part() insight.Part { return insight.Part{K: t.Complaints, N: t.Mentions} }

// Rate is the share of complaints.
func (t trendWeek) Rate() float64 { return t.Part().Share() }

// Plotted says whether there are enough mentions for a rate.
func (t trendWeek) Plotted() bool { return t.Mentions >= minRate }

// Out says whether the week lies outside its limits.
func (t trendWeek) Out() bool { return t.Plotted() && !t.Holds(t.Rate()) }

// share is one brand's part of all that was said.
type share struct {
	Brand string
	Ours  bool
	N     int
	Part  float64
	Href  string
}

// trendsPage shows whether complaints are more than chance explains.
type trendsPage struct {
	frame
	Headline string
	Deck     template.HTML
	Caption  string
	Brand    string
	Brands   []choice
	Weeks    []trendWeek
	Mean     float64
	Enough   bool
	Wide     template.HTML
	Narrow   template.HTML
	Shares   []share
}

// trends shows the complaint rate by week, and the share of voice.
func (s *Server) trends(v *visit) error {
	p := trendsPage{Brand: v.r.URL.Query().Get("brand")}
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "trends", v.W.NavTrends); err != nil {
			return err
		}
		if p.Weeks, err = v.trendWeeks(tx, p.Brand); err != nil {
			return err
		}
		counts, err := tx.BrandCounts(v.Now.Add(-30*24*time.Hour), v.Now.Add(time.Hour))
		p.Shares = v.shares(counts)
		return err
	})
	if err != nil {
		return err
	}
	p.Brands = []choice{{Name: v.W.OursOnly, Href: "/trends", Current: p.Brand == ""}}
	for _, b := range s.o.Brands() {
		p.Brands = append(p.Brands, choice{Name: b.Name, Href: "/trends?brand=" + url.QueryEscape(b.Name), Current: p.Brand == b.Name})
	}
	v.judgeTrend(&p)
	return v.render(http.StatusOK, "trends", p)
}

func (v *visit) trendWeeks(tx *store.Tx, brand string) ([]trendWeek, error) {
	week := 7 * 24 * time.Hour
	now := v.Now.In(v.Zone)
	monday := time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, v.Zone).AddDate(0, 0, -(int(now.Weekday())+6)%7)
	from := monday.Add(-trendWeeks * week)
	counted, err := tx.Stretches(brand, v.s.competitorsUnless(brand), from, week, trendWeeks)
	out := make([]trendWeek, trendWeeks)
	for i := range out {
		start := from.Add(time.Duration(i) * week)
		out[i] = trendWeek{From: start, Href: "/mentions?" + brandOr(brand) + "&from=" + start.UTC().Format(time.RFC3339) + "&to=" + start.Add(week).UTC().Format(time.RFC3339)}
	}
	for _, c := range counted {
		if c.N >= 0 && c.N < trendWeeks {
			out[c.N].Mentions, out[c.N].Complaints = c.Mentions, c.Complaints
		}
	}
	return out, err
}

func brandOr(brand string) string {
	if brand == "" {
		return "ours=1"
	}
	return "brand=" + url.QueryEscape(brand)
}

// competitorsUnless are the competitors, or none if one brand is looked at.
func (s *Server) competitorsUnless(brand string) []string {
	if brand != "" {
		return nil
	}
	return s.competitors()
}

// limitWeeks sets the limits of each week, and gives the mean of all.
func limitWeeks(weeks []trendWeek) (mean float64, mentions int) {
	var parts []insight.Part
	for _, w := range weeks {
		mentions += w.Mentions
		parts = append(parts, w.Part())
	}
	mean, limits := insight.PChart(parts)
	for i := range weeks {
		weeks[i].Limits = limits[i]
	}
	return mean, mentions
}

func (v *visit) judgeTrend(p *trendsPage) {
	w := v.W
	mean, mentions := limitWeeks(p.Weeks)
	p.Mean, p.Enough = mean, mentions >= enoughMentions
	last := p.Weeks[len(p.Weeks)-1]
	if !p.Enough {
		p.Headline = w.TrendTooFew
		p.Deck = mustFill(w.TrendTooFewDeck, "n", mentions, "need", enoughMentions)
		return
	}
	p.Wide, p.Narrow = v.controlChart(p, 912, 300), v.controlChart(p, 358, 220)
	switch {
	case last.Out() && last.Rate() > last.High:
		p.Headline = w.TrendHigh.With("rate", percent(last.Rate()), "limit", percent(last.High))
	case last.Out():
		p.Headline = w.TrendLow.With("rate", percent(last.Rate()), "limit", percent(last.Low))
	case !last.Plotted():
		p.Headline = w.TrendQuiet
	default:
		p.Headline = w.TrendUsual.With("rate", percent(last.Rate()))
	}
	p.Deck = mustFill(w.TrendDeck, "n", number(w.OfText.With("n", itoa(last.Complaints), "total", itoa(last.Mentions)), last.Href), "mean", percent(mean), "weeks", trendWeeks)
	out := 0
	for _, t := range p.Weeks {
		out += only(t.Out(), 1)
	}
	p.Caption = w.ChartUsual
	if out > 0 {
		p.Caption = capital(w.CountAnswers(w.ChartOut, out))
	}
}

// shares is who is talked about, of all that was said in the last month.
func (v *visit) shares(counts []store.Count) []share {
	by, total := map[string]int{}, 0
	for _, c := range counts {
		by[c.A] += int(c.N)
		total += int(c.N)
	}
	var out []share
	for name, n := range by {
		b, _ := v.s.brand(name)
		out = append(out, share{Brand: name, Ours: b.Name != "" && !b.Competitor, N: n, Part: float64(n) / float64(max(total, 1)), Href: "/mentions?days=30&brand=" + url.QueryEscape(name)})
	}
	slices.SortFunc(out, func(a, b share) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Brand, b.Brand)) })
	return out
}

// Bar is the share as the length of a bar of 100.
func (s share) Bar() int { return int(s.Part*100 + .5) }
