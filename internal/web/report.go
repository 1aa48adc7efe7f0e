package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
)

// reportPage is one week on one sheet of paper, against the week before.
type reportPage struct {
	frame
	Week     string // 2026-W46
	From, To time.Time
	Headline string
	Figures  []figure
	Lines    []leagueLine
	Causes   []cause
	Worst    []row // complaints that nobody answered yet
	Kind     []row // praise
	Trust    string
	Previous string
	Next     string
	CSV      string
}

// figure is a number with what it is and what it was.
type figure struct {
	Value template.HTML
	Text  string
}

// cause is what complaints were about, now and the week before.
type cause struct {
	Name        string
	Facet       earshot.Facet
	Now, Before int
	Href, Was   string
	Share       int // of a bar of 100
}

// reports sends the reader to the last whole week.
func (s *Server) reports(v *visit) error {
	http.Redirect(v.w, v.r, "/reports/"+weekName(v.Now.In(v.Zone).AddDate(0, 0, -7)), http.StatusFound)
	return nil
}

func weekName(t time.Time) string {
	year, week := t.ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week)
}

// weekOf is the Monday that an ISO week begins with, in a zone.
func weekOf(name string, zone *time.Location) (time.Time, bool) {
	var year, week int
	if n, err := fmt.Sscanf(name, "%4d-W%2d", &year, &week); err != nil || n != 2 || week < 1 || week > 53 || year < 1990 || year > 2200 {
		return time.Time{}, false
	}
	fourth := time.Date(year, 1, 4, 0, 0, 0, 0, zone) // is always in week 1
	monday := fourth.AddDate(0, 0, -(int(fourth.Weekday())+6)%7+(week-1)*7)
	return monday, weekName(monday) == name
}

// report shows one week.
func (s *Server) report(v *visit) error {
	p := reportPage{Week: v.r.PathValue("week")}
	var ok bool
	if p.From, ok = weekOf(p.Week, v.Zone); !ok {
		return errNotFound
	}
	p.To = p.From.AddDate(0, 0, 7)
	p.Previous = "/reports/" + weekName(p.From.AddDate(0, 0, -7))
	if p.To.Before(v.Now) {
		p.Next = "/reports/" + weekName(p.To)
	}
	err := v.read(func(tx *store.Tx) error { return v.loadReport(tx, &p) })
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "report", p)
}

func (v *visit) loadReport(tx *store.Tx, p *reportPage) (err error) {
	if p.frame, err = v.frame(tx, "reports", v.W.ReportTitle.With("week", p.Week)); err != nil {
		return err
	}
	now, err := v.figures(tx, p.From, p.To)
	if err != nil {
		return err
	}
	before, err := v.figures(tx, p.From.AddDate(0, 0, -7), p.From)
	if err != nil {
		return err
	}
	if p.Lines, err = v.leagueBetween(tx, p.From, p.To); err != nil {
		return err
	}
	p.Lines = slices.DeleteFunc(p.Lines, func(l leagueLine) bool { return l.Mentions == 0 && l.Countable() == 0 })
	p.Lines = p.Lines[:min(len(p.Lines), 6)]
	if err := v.reportCauses(tx, p); err != nil {
		return err
	}
	if err := v.reportVoices(tx, p); err != nil {
		return err
	}
	p.Headline = v.reportHeadline(now, before, p)
	p.Figures = v.reportFigures(now, before, p)
	h := v.heard
	unsure, err := tx.CountCases(store.CaseFilter{From: p.From, To: p.To, Unsure: true, NotBrands: v.s.competitors()})
	p.Trust = v.W.TrustText.With("ok", itoa(h.OK), "total", itoa(h.Total), "unsure", unsure.String())
	p.CSV = "/cases.csv?" + now.span()
	return err
}

func (v *visit) reportHeadline(now, before stretch, p *reportPage) string {
	w := v.W
	head := w.ReportQuiet
	wrote := now.Countable() + now.Running
	switch {
	case wrote == 0:
		return head
	case now.Countable() < minRate:
		head = w.ReportCounts.N(wrote, "answered", itoa(now.Answered))
	default:
		rate := now.Rate()
		head = w.ReportRate.With("rate", percent(rate), "n", itoa(now.Countable()))
		if before.Countable() >= minRate {
			switch was := before.Rate(); {
			case percent(was) == percent(rate):
				head += " " + w.ReportSame
			case was < rate:
				head += " " + w.ReportUp.With("rate", percent(was))
			default:
				head += " " + w.ReportDown.With("rate", percent(was))
			}
		}
	}
	if len(p.Causes) > 0 && p.Causes[0].Now >= 3 {
		head += " " + w.ReportCause.With("cause", strings.ToLower(p.Causes[0].Name))
	}
	return head
}

func (v *visit) reportFigures(now, before stretch, p *reportPage) []figure {
	w := v.W
	total := func(f stretch) (n int) {
		for _, c := range f.mentions {
			n += c
		}
		return n
	}
	was := func(n int) string { return w.WasText.With("n", itoa(n)) }
	median := w.NoneYet
	if before.Answered > 0 {
		median = w.WasText.With("n", v.Length(before.Median))
	}
	return []figure{
		{number(total(now), "/mentions?ours=1&"+now.span()), w.NavMentions + w.Comma + was(total(before))},
		{now.complaints(v), w.Complaints + w.Comma + was(before.mentions[string(earshot.Complaint)])},
		{now.compliments(v), w.Compliments + w.Comma + was(before.mentions[string(earshot.Compliment)])},
		{now.rate(v), w.PublicResponse + w.Comma + w.WasText.With("n", plain(before.rate(v)))},
		{now.median(v), w.MedianFirst + w.Comma + median},
	}
}

// plain is the text of a number that is a link.
func plain(h template.HTML) string {
	s := string(h)
	if i := strings.IndexByte(s, '>'); i >= 0 {
		s = strings.TrimSuffix(s[i+1:], "</a>")
	}
	return s
}

// reportCauses counts what the complaints were about: the cause that a person
// set, else the facet that was judged.
func (v *visit) reportCauses(tx *store.Tx, p *reportPage) error {
	not := v.s.competitors()
	counts := map[earshot.Facet]*cause{}
	for i, span := range [][2]time.Time{{p.From, p.To}, {p.From.AddDate(0, 0, -7), p.From}} {
		found, err := tx.FacetCounts(store.CaseFilter{From: span[0], To: span[1], Intent: earshot.Complaint, NotBrands: not})
		if err != nil {
			return err
		}
		for _, c := range found {
			f := earshot.Facet(c.A)
			if f == "" {
				continue
			}
			if counts[f] == nil {
				counts[f] = &cause{Name: v.W.Facets[string(f)], Facet: f, Href: p.causeHref(f, p.From), Was: p.causeHref(f, p.From.AddDate(0, 0, -7))}
			}
			if i == 0 {
				counts[f].Now = int(c.N)
			} else {
				counts[f].Before = int(c.N)
			}
		}
	}
	most := 1
	for _, c := range counts {
		most = max(most, c.Now)
	}
	for _, c := range counts {
		c.Share = c.Now * 100 / most
		p.Causes = append(p.Causes, *c)
	}
	slices.SortFunc(p.Causes, func(a, b cause) int {
		return cmp.Or(cmp.Compare(b.Now, a.Now), cmp.Compare(b.Before, a.Before), cmp.Compare(a.Name, b.Name))
	})
	return nil
}

// reportVoices picks the worst complaints still unanswered, and a kind word.
func (v *visit) reportVoices(tx *store.Tx, p *reportPage) error {
	f := store.CaseFilter{From: p.From, To: p.To, Intent: earshot.Complaint, Statuses: waitingStatuses, Order: store.OrderWorst, NotBrands: v.s.competitors(), Limit: 3}
	worst, err := tx.CaseLines(f)
	if err != nil {
		return err
	}
	f.Intent, f.Statuses, f.Limit = earshot.Compliment, nil, 2
	kind, err := tx.CaseLines(f)
	for _, l := range worst {
		p.Worst = append(p.Worst, v.row(l))
	}
	for _, l := range kind {
		p.Kind = append(p.Kind, v.row(l))
	}
	return err
}

// causeHref is the list of complaints about a facet in the week that begins then.
func (p *reportPage) causeHref(f earshot.Facet, from time.Time) string {
	return "/cases?intent=complaint&facet=" + string(f) + "&from=" + from.UTC().Format(time.RFC3339) + "&to=" + from.AddDate(0, 0, 7).UTC().Format(time.RFC3339)
}
