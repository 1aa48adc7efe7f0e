package daemon

import (
	"earshot"
	"earshot/classify"
	"earshot/internal/ledger"
)

const (
	recurLook  = 60            // fixed cases of a brand that a new complaint is compared with, the newest
	recurNamed = 200           // and of one cause that a person named
	recurSpan  = ledger.Within // how long ago the fix may be
	recurWords = 40            // rare words that are compared of each text
)

// recurs says so if the cause that a person just named had been fixed before.
func (x *acting) recurs(c earshot.Case, env earshot.Env) (earshot.Case, error) {
	if x.a.Verb != earshot.VerbOutcome || c.CauseName == "" {
		return c, nil
	}
	closings, err := x.tx.FixedBefore(c.Brand, earshot.CauseKey(c.CauseName), c.Published, recurNamed)
	if err != nil {
		return c, err
	}
	fixed := make([]ledger.Fixed, len(closings))
	for i, k := range closings {
		fixed[i] = ledger.Fixed{Closing: k}
	}
	r, again := ledger.Recurs(c, fixed)
	if !again {
		return c, nil
	}
	next, events := c.Apply(r, env)
	return next, x.d.saveCase(x.tx, x.s, next, events, "")
}

// resembles proposes that a new complaint is a fixed cause come back. A case
// that continues one of the author's own, or that nobody is told of, is left.
func (t *settling) resembles(id string, v ledger.Verdict) error {
	c, ok, err := t.tx.Case(id)
	if err != nil || !ok || c.Silent != "" || c.Label.Intent != earshot.Complaint || c.Label.Unsure || v.Decision == ledger.Propose || t.s.brands[c.Brand].Competitor {
		return err
	}
	closings, err := t.tx.FixedBefore(c.Brand, "", c.Published, recurLook)
	if err != nil {
		return err
	}
	var fixed []ledger.Fixed
	for _, k := range closings {
		if c.Published.Sub(k.At) > recurSpan {
			continue
		}
		words, err := t.openingWords(k.Case)
		if err != nil {
			return err
		}
		fixed = append(fixed, ledger.Fixed{Closing: k, Words: words})
	}
	e := t.j.entry
	r, again := ledger.Resembles(ledger.Newcomer{Case: c, Words: classify.RareWords(e.Title+"\n"+e.Text, e.Lang, recurWords)}, fixed)
	if !again {
		return nil
	}
	return t.apply(c, r)
}

// openingWords are the rare words of the text that a case was opened for.
func (t *settling) openingWords(id string) ([]string, error) {
	c, ok, err := t.tx.Case(id)
	if err != nil || !ok {
		return nil, err
	}
	e, ok, err := t.tx.Entry(c.Entry)
	if err != nil || !ok {
		return nil, err
	}
	return classify.RareWords(e.Title+"\n"+e.Text, e.Lang, recurWords), nil
}
