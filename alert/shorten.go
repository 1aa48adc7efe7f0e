package alert

import "strings"

// Shorten takes from the card what matters least, more at each level, and says
// on the card what it took. At level 0 nothing goes; false says that there is
// nothing left to take.
func Shorten(c Card, level int) (Card, bool) {
	if level == 0 {
		return c, true
	}
	var took []string
	if c.Quote != "" {
		short := clip(c.Quote, max(300>>(level-1), 40))
		if short != c.Quote {
			c.Quote, took = short, append(took, c.Words.CutQuote)
		}
	}
	if level > 1 && len(c.Notes)+len(c.Facts) > 0 {
		c.Notes, c.Facts, took = nil, nil, append(took, c.Words.CutNotes)
	}
	c.Sections = shorterSections(c, max(perSection-2*level, 1))
	if len(took) > 0 {
		c.Context = append(c.Context[:len(c.Context):len(c.Context)], Piece{Text: " " + c.Words.Cut.With("what", strings.Join(took, c.Words.Comma)) + c.Words.Stop})
	}
	return c, level < perSection
}

// shorterSections lists fewer items and counts the rest.
func shorterSections(c Card, n int) []Section {
	out := make([]Section, len(c.Sections))
	for i, s := range c.Sections {
		if extra := len(s.Items) - n; extra > 0 {
			s.Items, s.Left = s.Items[:n:n], s.Left+extra
		}
		out[i] = s
	}
	return out
}
