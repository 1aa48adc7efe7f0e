package classify

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"earshot"
)

// spotName is one way to write a brand.
type spotName struct {
	alias  string // as configured: the Rule of a mention
	weak   bool   // an everyday word or a short abbreviation: needs context
	caps   bool   // an abbreviation: in capitals or it is weak
	single bool   // one plain word
	domain bool   // an official host
	coded  bool   // what those write who avoid the name
}

// spotUse says what a pattern stands for: a name of a brand, or a term of its query.
type spotUse struct {
	brand int32
	name  int32 // index of spotBrand.names, or -1
	term  int32 // index of Query.terms, or -1
}

// spotBrand is a compiled brand.
type spotBrand struct {
	earshot.Brand
	names    []spotName
	query    *Query
	nameTerm []bool // by term: it names the brand (the others are its context)
	any      *wordSet
	none     *wordSet
	category *wordSet
}

// spotBuilder gathers the patterns of all brands.
type spotBuilder struct {
	patterns   []string
	ids        map[string]int
	uses       [][]spotUse
	common     map[string]bool
	categories map[string]*wordSet
}

// brand compiles one brand; a faulty query is left out.
func (b *spotBuilder) brand(i int, brand earshot.Brand) (spotBrand, error) {
	sb := spotBrand{Brand: brand, any: newWordSet(brand.Context.Any), none: newWordSet(brand.Context.None)}
	if brand.Category != "" {
		if _, ok := b.categories[brand.Category]; !ok {
			b.categories[brand.Category] = newWordSet(categoryWords(brand.Category))
		}
		sb.category = b.categories[brand.Category]
	}
	b.names(i, &sb)
	if strings.TrimSpace(brand.Query) == "" {
		return sb, nil
	}
	q, err := ParseQuery(brand.Query)
	if err != nil {
		return sb, err
	}
	sb.query = q
	b.terms(i, &sb)
	return sb, nil
}

// names adds the name, the aliases, the coded ones and the official hosts.
func (b *spotBuilder) names(i int, sb *spotBrand) {
	seen := map[string]bool{}
	for _, alias := range append([]string{sb.Name}, sb.Aliases...) {
		n := b.describe(alias)
		for _, form := range nameForms(alias) {
			if !seen[form] {
				seen[form] = true
				b.add(form, spotUse{int32(i), int32(len(sb.names)), -1})
			}
		}
		sb.names = append(sb.names, n)
	}
	for _, alias := range sb.Coded {
		for _, form := range nameForms(alias) {
			if !seen[form] {
				seen[form] = true
				b.add(form, spotUse{int32(i), int32(len(sb.names)), -1})
			}
		}
		sb.names = append(sb.names, spotName{alias: alias, coded: true})
	}
	for _, host := range sb.Official.Domains {
		host = foldString(strings.TrimPrefix(host, "www."))
		if host != "" && !seen[host] {
			seen[host] = true
			b.add(host, spotUse{int32(i), int32(len(sb.names)), -1})
			sb.names = append(sb.names, spotName{alias: host, domain: true})
		}
	}
}

// terms adds the text terms of the query and finds out which of them name the brand.
func (b *spotBuilder) terms(i int, sb *spotBrand) {
	own := map[string]bool{}
	for _, alias := range append([]string{sb.Name}, sb.Aliases...) {
		for _, form := range nameForms(alias) {
			own[form] = true
		}
	}
	first := strings.Fields(foldString(sb.Name) + " ")
	for k, t := range sb.query.terms {
		named := own[t.folded] || own[strings.TrimLeft(t.folded, "@#")] || len(first) > 0 && strings.HasPrefix(strings.TrimLeft(t.folded, "@#"), first[0]) && !t.prefix
		sb.nameTerm = append(sb.nameTerm, named && t.field.inText())
		if t.field.inText() {
			b.add(t.folded, spotUse{int32(i), -1, int32(k)})
		}
	}
}

func (b *spotBuilder) add(pattern string, u spotUse) {
	id, ok := b.ids[pattern]
	if !ok {
		id = len(b.patterns)
		b.ids[pattern] = id
		b.patterns = append(b.patterns, pattern)
		b.uses = append(b.uses, nil)
	}
	b.uses[id] = append(b.uses[id], u)
}

// describe says how far a name can be trusted alone.
func (b *spotBuilder) describe(alias string) spotName {
	n := spotName{alias: alias}
	folded := foldString(alias)
	letters, han, upper := 0, 0, 0
	for _, r := range alias {
		letters++
		if isCJK(r) {
			han++
		}
		if unicode.IsUpper(r) {
			upper++
		}
	}
	n.single = !strings.ContainsAny(folded, " @#.&'") && han == 0 || han > 0 && letters <= 4
	switch {
	case strings.HasPrefix(folded, "@") || strings.HasPrefix(folded, "#"):
	case b.common[folded]:
		n.weak = true
	case han > 0:
		n.weak = letters < 2
	case n.single && letters <= 4 && upper == letters:
		n.caps = true
		n.weak = letters <= 2
	case n.single && letters <= 2:
		n.weak = true
	}
	return n
}

// nameForms lists the folded ways to write a name: as it is, glued together
// (cocacola, macys), and with & spelt in other ways.
func nameForms(alias string) []string {
	base := strings.TrimRight(foldString(alias), "!.,")
	if base == "" {
		base = foldString(alias)
	}
	forms := []string{base}
	if strings.Contains(base, "&") {
		tight := strings.ReplaceAll(strings.ReplaceAll(base, " &", "&"), "& ", "&")
		forms = append(forms, tight, strings.ReplaceAll(tight, "&", " & "), strings.ReplaceAll(tight, "&", " and "))
	}
	glued := strings.NewReplacer(" ", "", "'", "").Replace(base)
	if glued != base && utf8.RuneCountInString(glued) >= 5 {
		forms = append(forms, glued)
		if strings.Contains(base, " ") && strings.Contains(base, "'") {
			forms = append(forms, strings.ReplaceAll(base, "'", ""))
		}
	}
	if glued != base && strings.HasSuffix(base, "'s") {
		forms = append(forms, strings.TrimSuffix(base, "'s")+"s")
	}
	out := forms[:0]
	for _, f := range forms {
		if f != "" {
			out = append(out, f)
		}
	}
	return out
}
