package web

import (
	"html/template"
	"slices"
	"time"

	"earshot"
	"earshot/internal/store"
)

// weekLine is one figure of the last seven days against the seven before.
type weekLine struct {
	Name        string
	Now, Before template.HTML
}

// minRate is the fewest cases a rate is given for; below it there are counts.
const minRate = 10

// week compares the last seven days with the seven before, by publication.
func (v *visit) week(tx *store.Tx) ([]weekLine, error) {
	end := v.Now.Truncate(time.Hour).Add(time.Hour)
	now, err := v.figures(tx, end.Add(-7*24*time.Hour), end)
	if err != nil {
		return nil, err
	}
	before, err := v.figures(tx, end.Add(-14*24*time.Hour), end.Add(-7*24*time.Hour))
	if err != nil {
		return nil, err
	}
	w := v.W
	return []weekLine{
		{w.Complaints, now.complaints(v), before.complaints(v)},
		{w.Compliments, now.compliments(v), before.compliments(v)},
		{w.PublicResponse, now.rate(v), before.rate(v)},
		{w.MedianFirst, now.median(v), before.median(v)},
	}, nil
}

// stretch holds what happened to everything published in [from, to).
type stretch struct {
	from, to  time.Time
	mentions  map[string]int // by intent
	answered  int
	countable int // answered, or their time has run out
	running   int // still in time
	first     []time.Duration
}

func (v *visit) figures(tx *store.Tx, from, to time.Time) (stretch, error) {
	f := stretch{from: from, to: to, mentions: map[string]int{}}
	not := v.s.competitors()
	counts, err := tx.BrandCounts(from, to)
	if err != nil {
		return f, err
	}
	for _, c := range counts {
		if !slices.Contains(not, c.A) {
			f.mentions[c.B] += int(c.N)
		}
	}
	cases, err := tx.CaseFigures(from, to, not)
	for _, c := range cases {
		switch {
		case c.Answer.Given():
			f.answered++
			f.countable++
			f.first = append(f.first, max(c.Answered.Sub(c.Published), 0))
		case c.Running:
			f.running++
		default:
			f.countable++
		}
	}
	return f, err
}

func (f stretch) span() string {
	return "from=" + f.from.UTC().Format(time.RFC3339) + "&to=" + f.to.UTC().Format(time.RFC3339)
}

func (f stretch) complaints(*visit) template.HTML {
	return number(f.mentions[string(earshot.Complaint)], "/mentions?intent=complaint&ours=1&"+f.span())
}

func (f stretch) compliments(*visit) template.HTML {
	return number(f.mentions[string(earshot.Compliment)], "/mentions?intent=compliment&ours=1&"+f.span())
}

// rate is the share that was answered in public, or the counts when they are few.
func (f stretch) rate(v *visit) template.HTML {
	href := "/cases?answer=given&" + f.span()
	if f.countable < minRate {
		return number(v.W.OfText.With("n", itoa(f.answered), "total", itoa(f.countable)), href)
	}
	return number(percent(float64(f.answered)/float64(f.countable)), href)
}

func (f stretch) median(v *visit) template.HTML {
	if len(f.first) == 0 {
		return template.HTML(template.HTMLEscapeString(v.W.NoneYet))
	}
	return number(v.Length(quantile(f.first, .5)), "/cases?answer=given&"+f.span())
}

// quantile is the smallest value that a share q of all do not exceed.
func quantile(all []time.Duration, q float64) time.Duration {
	if len(all) == 0 {
		return 0
	}
	all = slices.Sorted(slices.Values(all))
	i := int(q * float64(len(all)))
	if float64(i) == q*float64(len(all)) && i > 0 {
		i--
	}
	return all[min(i, len(all)-1)]
}
