package web

import (
	"html/template"
	"slices"
	"time"

	"earshot"
	"earshot/internal/insight"
	"earshot/internal/store"
)

// weekLine is one figure of the last seven days against the seven before.
type weekLine struct {
	Name        string
	Now, Before template.HTML
}

// minRate is the fewest cases a rate is given for; below it there are counts.
const minRate = insight.MinRate

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
	from, to     time.Time
	mentions     map[string]int // by intent
	insight.Line                // of all our brands together
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
			f.Add(earshot.Intent(c.B), int(c.N))
		}
	}
	answers, err := tx.AnswersTo(from, to, not, true)
	for _, a := range answers {
		f.Answered, f.Resolved, f.Running, f.Late, f.Median, f.P90 = a.Answered, a.Resolved, a.Running, a.Late, a.Median, a.P90
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
	if f.Countable() < minRate {
		return number(v.W.OfText.With("n", itoa(f.Answered), "total", itoa(f.Countable())), href)
	}
	return number(percent(f.Rate()), href)
}

func (f stretch) median(v *visit) template.HTML {
	if f.Answered == 0 {
		return template.HTML(template.HTMLEscapeString(v.W.NoneYet))
	}
	return number(v.Length(f.Median), "/cases?answer=given&"+f.span())
}
