package web

import (
	"cmp"
	"net/http"
	"slices"

	"earshot"
	"earshot/internal/store"
	"earshot/internal/words"
)

// reviewPage asks people about labels, and shows what they said so far.
type reviewPage struct {
	frame
	Headline    string
	Total       store.Bounded
	Rows        []row
	Corrections []correction
	Precision   []precision
}

// correction is what a person said about a label.
type correction struct {
	store.Override
	From, To string
}

// precision is how often people agreed with a label that they looked at.
type precision struct {
	Brand, Label string
	Agreed, N    int
}

// Rated says whether there are enough for a share.
func (p precision) Rated() bool { return p.N >= minRate }

// Share is the share of labels that people agreed with.
func (p precision) Share() float64 { return float64(p.Agreed) / float64(max(p.N, 1)) }

// reviewRows is how many unsure cases are asked about at once.
const reviewRows = 20

// review is where people teach.
func (s *Server) review(v *visit) error {
	p := reviewPage{}
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "review", v.W.NavReview); err != nil {
			return err
		}
		f := store.CaseFilter{Statuses: openStatuses, Unsure: true, NotBrands: v.s.competitors(), Order: store.OrderNewest, Limit: reviewRows}
		if p.Total, err = tx.CountCases(f); err != nil {
			return err
		}
		lines, err := tx.CaseLines(f)
		if err != nil {
			return err
		}
		for _, l := range lines {
			r := v.row(l)
			r.Head, r.Sub = v.Ago(l.Case.FirstSeen), confidence(l.Case.Label.Confidence)
			p.Rows = append(p.Rows, r)
		}
		all, err := tx.Overrides()
		v.learnt(&p, all)
		return err
	})
	if err != nil {
		return err
	}
	p.Headline = v.W.ReviewNone
	if p.Total.N > 0 {
		p.Headline = capital(v.W.CountAnswers(v.W.ReviewHead, p.Total.N))
	}
	return v.render(http.StatusOK, "review", p)
}

// learnt lists the corrections, newest first, and counts agreement.
func (v *visit) learnt(p *reviewPage, all []store.Override) {
	by := map[[2]string]*precision{}
	for _, o := range slices.Backward(all) {
		c := correction{Override: o, From: words.Name(v.W.Intents, o.Was), To: words.Name(v.W.Intents, string(o.Intent))}
		if !o.Ours {
			c.To = v.W.NotAboutUs
		}
		if len(p.Corrections) < 50 {
			p.Corrections = append(p.Corrections, c)
		}
		key := [2]string{o.Brand, o.Was}
		if by[key] == nil {
			by[key] = &precision{Brand: o.Brand, Label: c.From}
		}
		by[key].N++
		by[key].Agreed += only(o.Ours && earshot.Intent(o.Was) == o.Intent, 1)
	}
	for _, b := range by {
		p.Precision = append(p.Precision, *b)
	}
	slices.SortFunc(p.Precision, func(a, b precision) int { return cmp.Or(cmp.Compare(a.Brand, b.Brand), cmp.Compare(b.N, a.N)) })
}
