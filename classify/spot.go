package classify

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"earshot"
)

// Spot finds every brand in an entry, in one pass over its folded title, text
// and tags (joined by ", ": that is what spans of the field tags count bytes
// of). A mention with a Reason was seen but is none; Why says so in words.
// Mentions come in the order of the brands. Spans are at most 64 a brand.
func (c *Classifier) Spot(e earshot.Entry) []earshot.Mention {
	s := c.scratch.Get().(*spotScratch)
	defer c.scratch.Put(s)
	s.open(c, &e)
	defer s.close()
	s.scan()
	found := s.settleAll()
	s.dropContained(found)
	return s.mentions(found)
}

// maxSpans bounds the spans that a mention carries.
const maxSpans = 64

// spotField is one field of the entry that is being read.
type spotField struct {
	name  earshot.Field
	text  string
	fold  *foldedText
	words []int32    // starts of words, once they are needed
	sents []sentence // once they are needed
}

// spotCandidate is one place where something of a brand stands.
type spotCandidate struct {
	spotUse
	field      int8
	start, end int32 // folded bytes
	from, to   int32 // original bytes
	written    nameForm
}

// nameForm says how a name is written.
type nameForm uint8

const (
	formOther  nameForm = iota
	formLower           // in small letters, though the name has a capital
	formMaybe           // a capital that its place demands: it opens a sentence or stands in a title
	formName            // a capital that only names have
	formHandle          // @name, or an address
)

// spotScratch holds what one Spot needs, lent by a pool.
type spotScratch struct {
	c      *Classifier
	e      *earshot.Entry
	fields [3]spotField
	hits   []automatonHit
	cands  []spotCandidate
}

func (s *spotScratch) open(c *Classifier, e *earshot.Entry) {
	s.c, s.e = c, e
	tags := ""
	if len(e.Tags) > 0 {
		tags = strings.Join(e.Tags, ", ")
	}
	for i, f := range [3]spotField{{name: earshot.FieldTitle, text: e.Title}, {name: earshot.FieldText, text: e.Text}, {name: earshot.FieldTags, text: tags}} {
		f.fold = borrowFold(f.text)
		f.words, f.sents = s.fields[i].words[:0], s.fields[i].sents[:0]
		s.fields[i] = f
	}
	s.hits, s.cands = s.hits[:0], s.cands[:0]
}

func (s *spotScratch) close() {
	for i := range s.fields {
		s.fields[i].fold.release()
		s.fields[i].fold, s.fields[i].text = nil, ""
	}
	s.c, s.e = nil, nil
}

// Indexes of spotScratch.fields.
const (
	inTitle = 0
	inText  = 1
	inTags  = 2
)

// scan fills cands, sorted by brand, field and place.
func (s *spotScratch) scan() {
	for i := range s.fields {
		f := &s.fields[i]
		s.hits = s.c.auto.find(f.fold.bytes, 0, len(f.fold.bytes), s.hits[:0])
		for _, h := range s.hits {
			s.consider(int8(i), h)
		}
	}
	slices.SortFunc(s.cands, func(a, b spotCandidate) int {
		return cmp.Or(cmp.Compare(a.brand, b.brand), cmp.Compare(a.field, b.field), cmp.Compare(a.start, b.start), cmp.Compare(b.end, a.end))
	})
}

// consider turns one hit into candidates if it is a whole word.
func (s *spotScratch) consider(field int8, h automatonHit) {
	f := &s.fields[field]
	text := f.fold.bytes
	start, end := int(h.start), int(h.end)
	if !handleEdge(text, start) || !leftEdge(text, start) {
		return
	}
	whole := rightEdge(text, end)
	from, to := f.fold.span(f.text, start, end)
	kind := plainPlace
	if whole {
		if elided(text, start, end) {
			return
		}
		kind, to = addressAt(f.text, from, to)
	}
	for _, u := range s.c.uses[h.pattern] {
		cand := spotCandidate{u, field, h.start, h.end, int32(from), int32(to), formOther}
		if !whole && !s.partial(&cand, text) {
			continue
		}
		if kind == otherAddress && !s.ownAddress(u) {
			continue
		}
		if kind == hostAddress {
			cand.written = formHandle
		} else if u.name >= 0 {
			cand.written = s.form(&cand, f)
		}
		s.cands = append(s.cands, cand)
	}
}

// ownAddress says whether a use is meant to be found inside addresses.
func (s *spotScratch) ownAddress(u spotUse) bool {
	if u.term >= 0 {
		return false
	}
	n := s.c.brands[u.brand].names[u.name]
	return n.domain || n.coded
}

// partial says whether a candidate that ends inside a word counts all the same:
// a prefix of the query, or the plural of a rare name. It moves the end.
func (s *spotScratch) partial(cand *spotCandidate, text []byte) bool {
	b := &s.c.brands[cand.brand]
	if cand.term >= 0 {
		if !b.query.terms[cand.term].prefix {
			return false
		}
		end := int(cand.end)
		for end < len(text) && !rightEdge(text, end) && end-int(cand.end) < 40 {
			_, n := utf8.DecodeRune(text[end:])
			end += n
		}
		cand.extend(s.fields[cand.field].fold, s.fields[cand.field].text, end)
		return true
	}
	n := b.names[cand.name]
	if n.weak || n.caps || !n.single || n.domain || n.coded || cand.end-cand.start < 4 {
		return false
	}
	for _, plural := range []string{"s", "es"} {
		end := int(cand.end) + len(plural)
		if end <= len(text) && string(text[cand.end:end]) == plural && rightEdge(text, end) {
			cand.extend(s.fields[cand.field].fold, s.fields[cand.field].text, end)
			r, _ := utf8.DecodeRuneInString(s.fields[cand.field].text[cand.from:])
			return unicode.IsUpper(r) || unicode.IsDigit(r)
		}
	}
	return false
}

func (cand *spotCandidate) extend(f *foldedText, text string, end int) {
	cand.end = int32(end)
	_, to := f.span(text, int(cand.start), end)
	cand.to = int32(to)
}

// handleEdge says whether a pattern that begins with @ or # stands free.
func handleEdge(text []byte, i int) bool {
	if text[i] != '@' && text[i] != '#' || i == 0 {
		return true
	}
	c := text[i-1]
	return !wordByte(c) && c != '.'
}

// elisions are articles and prepositions that Italian, French and Catalan write
// with an apostrophe: dell'Enel names no Dell.
const elisions = " dell all nell sull dall coll quell bell un l d qu c s m t "

// elided says whether the word at [start, end) is such an article.
func elided(text []byte, start, end int) bool {
	if end+1 >= len(text) || text[end] != '\'' || end-start > 5 {
		return false
	}
	after, _ := utf8.DecodeRune(text[end+1:])
	if !unicode.IsLetter(after) || after == 's' && rightEdge(text, end+2) {
		return false
	}
	return strings.Contains(elisions, " "+string(text[start:end])+" ")
}

// form says how a name is written, by its first letter and its place.
func (s *spotScratch) form(cand *spotCandidate, f *spotField) nameForm {
	surface := f.text[cand.from:cand.to]
	n := s.c.brands[cand.brand].names[cand.name]
	first, size := utf8.DecodeRuneInString(surface)
	if first == '@' || cand.from > 0 && f.text[cand.from-1] == '@' {
		return formHandle
	}
	if n.caps || n.weak && strings.ToUpper(n.alias) == n.alias && strings.ToLower(n.alias) != n.alias {
		if surface == n.alias || strings.ToUpper(surface) == surface {
			return formName
		}
		return formLower
	}
	alias, _ := utf8.DecodeRuneInString(n.alias)
	if !unicode.IsUpper(alias) {
		return formOther
	}
	if !unicode.IsUpper(first) {
		return formLower
	}
	if cand.field == inTags || first == '#' || cand.from > 0 && f.text[cand.from-1] == '#' {
		return formName
	}
	if strings.ToUpper(surface) == surface && len(surface) > size {
		return formMaybe
	}
	if cand.field == inTitle || opensSentence(f.text, int(cand.from)) {
		return formMaybe
	}
	return formName
}

// opensSentence says whether what stands at i is written with a capital only
// because a sentence begins there.
func opensSentence(text string, i int) bool {
	before := strings.TrimRight(text[max(0, i-24):i], " \t\"'“‘«([*_—–-•·>")
	if before == "" {
		return true
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	return strings.ContainsRune(".!?…。！？\n\r:;；：|", r)
}
