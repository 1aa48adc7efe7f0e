package classify

import (
	"cmp"
	"slices"

	"earshot"
)

// dropContained takes a span from a brand where a longer name of another brand
// covers it: "Canon EOS" is no Canon when both are listened for.
func (s *spotScratch) dropContained(found []spotFound) {
	if len(found) < 2 {
		return
	}
	type place struct {
		field    int8
		from, to int32
		brand    int
	}
	var all []place
	for _, f := range found {
		for _, c := range f.spans {
			all = append(all, place{c.field, c.from, c.to, f.brand})
		}
	}
	slices.SortFunc(all, func(a, b place) int {
		return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	// Of the names that start at or before a place, the one that reaches farthest.
	for k := range found {
		f := &found[k]
		f.spans = slices.DeleteFunc(f.spans, func(c spotCandidate) bool {
			i, _ := slices.BinarySearchFunc(all, c, func(p place, c spotCandidate) int {
				return cmp.Or(cmp.Compare(p.field, c.field), cmp.Compare(p.from, c.from+1))
			})
			for j := i - 1; j >= 0 && j > i-32 && all[j].field == c.field; j-- {
				if p := all[j]; p.brand != f.brand && p.to >= c.to && p.to-p.from > c.to-c.from {
					return true
				}
			}
			return false
		})
	}
}

// mentions builds the result: spans of one brand do not overlap, the longest
// name at a place wins.
func (s *spotScratch) mentions(found []spotFound) []earshot.Mention {
	var out []earshot.Mention
	for _, f := range found {
		m := earshot.Mention{Brand: s.c.brands[f.brand].Name, Rule: f.rule, Reason: f.reason, Why: f.why, Coded: f.coded}
		switch {
		case len(f.spans) > 0:
			m.Spans = s.spans(f.spans)
			if onlyTags(m.Spans) {
				m.Reason, m.Why = earshot.ReasonTagOnly, "the name stands in the tags only"
			}
		case f.none:
		case len(f.seen) > 0 && f.reason != "":
			m.Spans = s.spans(f.seen)
		default:
			continue // covered by another brand's longer name
		}
		if m.Reason == "" || len(m.Spans) > 0 {
			out = append(out, m)
		}
	}
	return out
}

func (s *spotScratch) spans(cands []spotCandidate) []earshot.Span {
	slices.SortStableFunc(cands, func(a, b spotCandidate) int {
		return cmp.Or(cmp.Compare(a.field, b.field), cmp.Compare(a.from, b.from), cmp.Compare(b.to, a.to))
	})
	out := make([]earshot.Span, 0, min(len(cands), maxSpans))
	field, end := int8(-1), int32(0)
	for _, c := range cands {
		if c.field == field && c.from < end || c.from >= c.to {
			continue
		}
		f := &s.fields[c.field]
		out = append(out, earshot.Span{Field: f.name, Start: int(c.from), End: int(c.to), Surface: f.text[c.from:c.to]})
		field, end = c.field, c.to
		if len(out) >= maxSpans {
			break
		}
	}
	return out
}

func onlyTags(spans []earshot.Span) bool {
	for _, s := range spans {
		if s.Field != earshot.FieldTags {
			return false
		}
	}
	return true
}
