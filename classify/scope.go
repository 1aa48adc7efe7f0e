package classify

import (
	"slices"
	"strings"

	"earshot"
)

// scopePassage is the stretch of an entry that is about one brand: text is the
// title (when it belongs to it), a line feed, and bytes of the field from base.
type scopePassage struct {
	text    string
	title   int // bytes of the title at the start of text, with the line feed; 0 without one
	base    int // where the rest of text begins in the entry's text
	targets []textPart
	others  [][2]int
}

// Sizes of a passage in bytes. The model learnt on passages of a few hundred
// bytes; a whole post would drown what is said about the brand.
const (
	scopeWhole   = 900 // a text up to this is one passage
	scopeEnough  = 100 // a paragraph of this size stands alone
	scopeTitle   = 420 // a longer title is none
	scopeMost    = 1100
	scopeBlind   = 1800 // of a text without a place
	scopeTargets = 3    // places scored in one passage
	scopePieces  = 6    // passages judged of one mention
)

// scopes cuts the passages about a brand out of a title and a text. Spans and
// others are of the fields title and text; both empty means the whole is judged.
func scopes(title, text string, spans, others []earshot.Span) []scopePassage {
	var inTitle, inBody []textPart
	for _, s := range spans {
		switch s.Field {
		case earshot.FieldTitle:
			if a, b := clampSpan(title, s.Start, s.End); b > a {
				inTitle = append(inTitle, textPart{a, b})
			}
		case earshot.FieldText:
			if a, b := clampSpan(text, s.Start, s.End); b > a {
				inBody = append(inBody, textPart{a, b})
			}
		}
	}
	foreign := otherParts(text, others, earshot.FieldText)
	var out []scopePassage
	for _, piece := range scopePiecesOf(text, inBody, foreign) {
		p := newScope(title, text, piece, inBody, foreign)
		if len(out) == 0 || p.title > 0 {
			p.addTitle(inTitle, otherParts(title, others, earshot.FieldTitle))
		}
		out = append(out, p)
	}
	if len(out) == 0 || len(inTitle) > 0 && out[0].title == 0 {
		head := headOf(text)
		if len(spans) == 0 && len(text) > head.end {
			head.end = runeStart(text, scopeBlind)
		}
		p := newScope(title, text, head, nil, foreign)
		p.addTitle(inTitle, otherParts(title, others, earshot.FieldTitle))
		out = append([]scopePassage{p}, out...)
	}
	if len(out) > scopePieces {
		out = append(out[:scopePieces-1], out[len(out)-1])
	}
	return out
}

// otherParts are the places of other brands in one field, sorted.
func otherParts(text string, others []earshot.Span, field earshot.Field) []textPart {
	var out []textPart
	for _, s := range others {
		if s.Field != field {
			continue
		}
		if a, b := clampSpan(text, s.Start, s.End); b > a {
			out = append(out, textPart{a, b})
		}
	}
	slices.SortFunc(out, func(a, b textPart) int { return a.start - b.start })
	return out
}

// headOf is the stretch judged with a title that alone names the brand.
func headOf(text string) textPart {
	if len(text) <= scopeWhole {
		return textPart{0, len(text)}
	}
	end := 0
	for _, s := range splitSentences(text, 0, runeStart(text, scopeWhole), nil) {
		end = s.end
	}
	return textPart{0, end}
}

// newScope builds the passage text[piece], with the title where it opens the text.
func newScope(title, text string, piece textPart, targets, foreign []textPart) scopePassage {
	p := scopePassage{base: piece.start, text: text[piece.start:piece.end]}
	if piece.start == 0 && strings.TrimSpace(title) != "" && len(title) < scopeTitle && !strings.HasPrefix(text, title) {
		p.title = len(title) + 1
		p.text = title + "\n" + p.text
	}
	for _, t := range targets {
		if t.start >= piece.start && t.end <= piece.end {
			p.targets = append(p.targets, p.shift(t))
		}
	}
	for _, o := range foreign {
		if o.start >= piece.start && o.end <= piece.end {
			s := p.shift(o)
			p.others = append(p.others, [2]int{s.start, s.end})
		}
	}
	return p
}

// shift turns bytes of the entry's text into bytes of the passage.
func (p *scopePassage) shift(t textPart) textPart {
	return textPart{t.start - p.base + p.title, t.end - p.base + p.title}
}

// addTitle adds the places of the title.
func (p *scopePassage) addTitle(targets, foreign []textPart) {
	if p.title == 0 {
		return
	}
	p.targets = append(append([]textPart{}, targets...), p.targets...)
	for _, o := range foreign {
		p.others = append(p.others, [2]int{o.start, o.end})
	}
}

// origin turns bytes of the passage into a field and its bytes.
func (p *scopePassage) origin(start, end int) (earshot.Field, int, int) {
	if start < p.title {
		return earshot.FieldTitle, start, min(end, p.title-1)
	}
	return earshot.FieldText, start - p.title + p.base, end - p.title + p.base
}

// scopePiecesOf groups the places of a brand into stretches of the text.
func scopePiecesOf(text string, spans, foreign []textPart) []textPart {
	if len(spans) == 0 {
		return nil
	}
	if len(text) <= scopeWhole && len(foreign) == 0 {
		return []textPart{{0, len(text)}}
	}
	var out []textPart
	for _, s := range spans {
		if n := len(out); n > 0 && s.end <= out[n-1].end {
			continue
		}
		piece := textPart{0, len(text)}
		if len(text) > scopeWhole {
			piece = scopeRound(text, s, spans, foreign)
		}
		if holdsAny(piece, foreign) {
			piece = scopeSentences(text, piece, s, spans, foreign)
		}
		if n := len(out); n > 0 && piece.start < out[n-1].end {
			piece.start = out[n-1].end
		}
		if piece.start <= s.start {
			out = append(out, piece)
		}
	}
	return out
}

// scopeWindow is how far round a place paragraphs and sentences are looked for.
const scopeWindow = 4000

// scopeRound is the stretch about one place: its paragraph, widened by its
// neighbours while it is short (a heading, a line of a list) and they name no
// other brand alone, or cut to the sentences near by if it is long.
func scopeRound(text string, s textPart, own, foreign []textPart) textPart {
	lo, hi := runeStart(text, s.start-scopeWindow), runeStart(text, s.end+scopeWindow)
	ps := paragraphs(text, lo, hi)
	at := 0
	for i, p := range ps {
		if p.start <= s.start {
			at = i
		}
	}
	if len(ps) == 0 {
		return s
	}
	out := ps[at]
	if out.end-out.start > scopeMost {
		return scopeSentences(text, out, s, own, foreign)
	}
	for i, j := at-1, at+1; out.end-out.start < scopeEnough; {
		switch {
		case j < len(ps) && ps[j].end-out.start <= scopeMost && !foreignOnly(ps[j], own, foreign):
			out.end = ps[j].end
			j++
		case i >= 0 && out.end-ps[i].start <= scopeMost && !foreignOnly(ps[i], own, foreign):
			out.start = ps[i].start
			i--
		default:
			return out
		}
	}
	return out
}

// foreignOnly says whether a stretch names other brands and not this one: it is
// about them.
func foreignOnly(p textPart, own, foreign []textPart) bool {
	return holdsAny(p, foreign) && !holdsAny(p, own)
}

func holdsAny(p textPart, spans []textPart) bool {
	for _, s := range spans {
		if s.start >= p.start && s.end <= p.end {
			return true
		}
	}
	return false
}

// scopeSentences takes the sentence of a place, the ones after it up to one that
// names only others, since a story goes on ("they", "the company"), and the ones
// that led up to it.
func scopeSentences(text string, para, s textPart, own, foreign []textPart) textPart {
	sents := splitSentences(text, para.start, para.end, nil)
	at := 0
	for i, x := range sents {
		if x.start <= s.start {
			at = i
		}
	}
	if len(sents) == 0 {
		return s
	}
	out := textPart{sents[at].start, max(sents[at].end, s.end)}
	if out.end-out.start > scopeMost { // one endless sentence
		return textPart{max(out.start, runeStart(text, s.start-scopeMost/2)), min(out.end, runeStart(text, s.end+scopeMost/2))}
	}
	for j := at + 1; j < len(sents) && sents[j].end-out.start <= scopeMost && !foreignOnly(textPart{sents[j].start, sents[j].end}, own, foreign); j++ {
		out.end = sents[j].end
	}
	if i := leadIn(sents, at, own, foreign); out.end-sents[i].start <= scopeMost {
		out.start = sents[i].start
	}
	return out
}

// leadIn returns the first sentence of what leads up to sents[at]: back to the
// start of its paragraph, or to itself if another brand's story stands between.
func leadIn(sents []sentence, at int, own, foreign []textPart) int {
	for i := at - 1; i >= 0; i-- {
		if foreignOnly(textPart{sents[i].start, sents[i].end}, own, foreign) {
			return at
		}
		if sents[i].last && len(foreign) > 0 {
			return i + 1
		}
	}
	return 0
}
