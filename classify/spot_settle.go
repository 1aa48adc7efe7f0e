package classify

import (
	"strings"

	"earshot"
)

// spotFound is what was decided about one brand.
type spotFound struct {
	brand  int
	spans  []spotCandidate // accepted, by field and place
	seen   []spotCandidate // seen but not accepted
	rule   string
	reason earshot.Reason
	why    string
	none   bool // matched by its query without a place (author:, site:)
	coded  bool // by a coded alias only
}

// settleAll decides about every brand that has a candidate, and about those
// whose query may match without one.
func (s *spotScratch) settleAll() []spotFound {
	var out []spotFound
	i := 0
	for b := range s.c.brands {
		j := i
		for j < len(s.cands) && int(s.cands[j].brand) == b {
			j++
		}
		brand := &s.c.brands[b]
		if j > i || brand.query != nil && !brand.query.needsText() {
			if f, ok := s.settle(b, s.cands[i:j]); ok {
				out = append(out, f)
			}
		}
		i = j
		if i == len(s.cands) && !s.c.wordless {
			break
		}
	}
	return out
}

// settle decides about one brand; false if it does not stand there at all.
func (s *spotScratch) settle(b int, cands []spotCandidate) (spotFound, bool) {
	f := spotFound{brand: b}
	cands, coded := s.apart(b, cands)
	ok := false
	switch {
	case s.c.brands[b].query != nil:
		ok = s.settleQuery(&f, cands)
	default:
		s.settleNames(&f, cands)
		ok = len(f.spans)+len(f.seen) > 0
	}
	return f, s.settleCoded(&f, coded) || ok
}

// apart parts the places of coded aliases from the others.
func (s *spotScratch) apart(b int, cands []spotCandidate) (plain, coded []spotCandidate) {
	brand := &s.c.brands[b]
	if len(brand.Coded) == 0 {
		return cands, nil
	}
	for _, c := range cands {
		if c.name >= 0 && brand.names[c.name].coded {
			coded = append(coded, c)
		} else {
			plain = append(plain, c)
		}
	}
	return plain, coded
}

// settleCoded accepts coded aliases, which need no context. Where the brand is
// named as well they are more places of it; alone they are a mention that stays
// unsure.
func (s *spotScratch) settleCoded(f *spotFound, coded []spotCandidate) bool {
	b := &s.c.brands[f.brand]
	named := len(f.spans) > 0 || f.none
	for i := range coded[:min(len(coded), maxPlaces)] {
		if _, bad := s.barred(b, &coded[i]); bad {
			continue
		}
		f.spans = append(f.spans, coded[i])
		if !named && !f.coded {
			f.coded, f.rule, f.reason, f.why = true, "coded: "+b.names[coded[i].name].alias, "", ""
		}
	}
	return len(f.spans) > 0
}

// verdictOf is what is decided about one candidate.
type placeVerdict struct {
	ok     bool
	reason earshot.Reason
	why    string
}

// maxPlaces bounds the places of one brand that are looked at; a mention keeps
// maxSpans of them.
const maxPlaces = 4 * maxSpans

// settleNames decides about a brand that is matched by its names.
func (s *spotScratch) settleNames(f *spotFound, cands []spotCandidate) {
	b := &s.c.brands[f.brand]
	cands = cands[:min(len(cands), maxPlaces)]
	verdicts := make([]placeVerdict, len(cands))
	accepted := false
	for i := range cands {
		verdicts[i] = s.judgeName(b, &cands[i], cands)
		accepted = accepted || verdicts[i].ok
	}
	for i, v := range verdicts {
		// One sense a text: where the company is spoken of, its name means it.
		if !v.ok && accepted && v.reason == earshot.ReasonNamesake && v.why == "" && cands[i].written >= formMaybe {
			v.ok = true
		}
		if v.ok {
			f.spans = append(f.spans, cands[i])
			if f.rule == "" {
				f.rule = b.names[cands[i].name].alias
			}
			continue
		}
		f.seen = append(f.seen, cands[i])
		if f.reason == "" || v.reason == earshot.ReasonExcluded {
			f.reason, f.why = v.reason, v.why
		}
	}
	if len(f.spans) > 0 {
		f.reason, f.why = "", ""
		return
	}
	if len(f.seen) > 0 {
		f.rule = b.names[f.seen[0].name].alias
		if f.why == "" {
			f.why = s.whyNamesake(b, &f.seen[0])
		}
	}
}

// whyNamesake says in words that no context speaks for the company.
func (s *spotScratch) whyNamesake(b *spotBrand, cand *spotCandidate) string {
	surface := s.fields[cand.field].text[cand.from:cand.to]
	if b.category != nil {
		return "\"" + surface + "\" stands there, but nothing near it speaks of the " + b.Category + " company"
	}
	if b.any != nil {
		return "\"" + surface + "\" stands there, but none of the context words near it"
	}
	return "\"" + surface + "\" stands there as an everyday word, not as a name"
}

// judgeName decides about one place where a name stands. A namesake without a
// why may still be saved by the rest of the text.
func (s *spotScratch) judgeName(b *spotBrand, cand *spotCandidate, all []spotCandidate) placeVerdict {
	if v, bad := s.barred(b, cand); bad {
		return v
	}
	n := b.names[cand.name]
	needs := n.weak || n.caps && cand.written == formLower || b.any != nil && n.single && !n.domain
	if !needs || cand.written == formHandle || n.domain {
		return placeVerdict{ok: true}
	}
	if s.inContext(b, cand) {
		return placeVerdict{ok: true}
	}
	no := placeVerdict{reason: earshot.ReasonNamesake}
	if b.any != nil {
		return no
	}
	customer := s.nearWords(s.c.customers, cand, contextNear) > 0
	if b.category != nil {
		no.ok = customer && (cand.written == formName || cand.written == formMaybe && !s.usedLower(all))
		return no
	}
	switch cand.written {
	case formName:
		no.ok = true
	case formMaybe:
		no.ok = !s.usedLower(all)
	case formOther:
		no.ok = customer
	}
	return no
}

// usedLower says whether the entry also uses the name as a plain word.
func (s *spotScratch) usedLower(all []spotCandidate) bool {
	for i := range all {
		if all[i].written == formLower {
			return true
		}
	}
	return false
}

// barred says whether words that must not stand near do, or whether the name is
// part of an everyday phrase.
func (s *spotScratch) barred(b *spotBrand, cand *spotCandidate) (placeVerdict, bool) {
	text := s.fields[cand.field].fold.bytes
	lo, hi := int(cand.start)-contextNone, int(cand.end)+contextNone
	for _, h := range b.none.within(text, lo, hi, 8) {
		return placeVerdict{reason: earshot.ReasonExcluded, why: "\"" + h.phrase + "\" stands near, which the context excludes"}, true
	}
	if cand.name >= 0 && !b.names[cand.name].single {
		return placeVerdict{}, false
	}
	for _, h := range s.c.namesakes.within(text, int(cand.start)-40, int(cand.end)+40, 8) {
		if h.start <= int(cand.start) && h.end >= int(cand.end) && h.end-h.start > int(cand.end-cand.start) {
			return placeVerdict{reason: earshot.ReasonNamesake, why: "it is part of \"" + h.phrase + "\""}, true
		}
	}
	return placeVerdict{}, false
}

// inContext says whether the words near a name, the title, or a link speak for
// the company.
func (s *spotScratch) inContext(b *spotBrand, cand *spotCandidate) bool {
	reach, want := contextNear, 1
	if cand.written == formLower && !b.names[cand.name].caps {
		if s.nearWords(b.any, cand, contextClose)+s.nearWords(b.category, cand, contextClose) > 0 {
			return true
		}
		want = 2
	}
	if s.nearWords(b.any, cand, reach)+s.nearWords(b.category, cand, reach) >= want {
		return true
	}
	for _, link := range s.e.Links {
		for _, host := range b.Official.Domains {
			if hostUnder(linkHost(link), host) {
				return true
			}
		}
	}
	return false
}

// nearWords counts different words of a set near a candidate; a title lends its
// words to the text, and the text's head to the title.
func (s *spotScratch) nearWords(set *wordSet, cand *spotCandidate, reach int) int {
	if set == nil {
		return 0
	}
	seen := map[string]bool{}
	count := func(field int, lo, hi int) {
		for _, h := range set.within(s.fields[field].fold.bytes, lo, hi, 8) {
			if field != int(cand.field) || h.end <= int(cand.start) || h.start >= int(cand.end) {
				seen[h.phrase] = true
			}
		}
	}
	count(int(cand.field), int(cand.start)-reach, int(cand.end)+reach)
	if reach < contextNear {
		return len(seen)
	}
	if cand.field != inTitle {
		count(inTitle, 0, contextHead)
	}
	if cand.field != inText {
		count(inText, 0, contextHead)
	}
	if cand.field != inTags {
		count(inTags, 0, contextHead)
	}
	return len(seen)
}

// linkHost returns the host of an absolute address, in lower case.
func linkHost(link string) string {
	_, rest, ok := strings.Cut(link, "://")
	if !ok {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	host, _, _ := strings.Cut(rest, ":")
	return strings.ToLower(strings.TrimPrefix(strings.ToLower(host), "www."))
}

// hostUnder says whether host is domain or one of its subdomains.
func hostUnder(host, domain string) bool {
	domain = strings.ToLower(strings.TrimPrefix(strings.TrimSuffix(domain, "/"), "www."))
	if _, rest, ok := strings.Cut(domain, "://"); ok {
		domain = rest
	}
	return domain != "" && (host == domain || strings.HasSuffix(host, "."+domain))
}
