package classify

import (
	"strings"
	"unicode/utf8"
)

// clausePart is a clause of the judged passage with its cue words.
type clausePart struct {
	text     string
	cues     []cueHit
	sentence int
	negated  bool // "weren't the problem": its bad words speak well of it
}

// contrastWords begin a clause that says the opposite of the one before.
const contrastWords = " but however although though whereas while yet instead still except pero aunque sino mientras embargo cambio ma però invece mentre sebbene tuttavia eppure solo "

// clauses cuts the sentences about the brand at commas, semicolons, dashes and
// contrast words, and hands out the cue words.
func (d *passageReader) clauses() []clausePart {
	var out []clausePart
	k := 0
	for i, s := range d.sents {
		if d.near[i] < .5 || len(out) > 60 {
			continue
		}
		for _, c := range cutClauses(d.scope.text, s.start, s.end) {
			part := clausePart{text: strings.TrimSpace(d.scope.text[c.start:c.end]), sentence: i}
			for k < len(d.cues) && d.fold.original(int(d.cues[k].start)) < c.start {
				k++
			}
			for j := k; j < len(d.cues) && d.fold.original(int(d.cues[j].start)) < c.end; j++ {
				part.cues = append(part.cues, d.cues[j])
			}
			part.negated = deniesBad(part.text)
			if part.text != "" {
				out = append(out, part)
			}
		}
	}
	return out
}

// cutClauses cuts one sentence.
func cutClauses(text string, lo, hi int) []textPart {
	var out []textPart
	start := lo
	for i := lo; i < hi; {
		r, n := utf8.DecodeRuneInString(text[i:hi])
		i += n
		cut := strings.ContainsRune(",;:，；：、–—()（）", r)
		if r == ' ' && contrastAhead(text[i:hi]) || isCJK(r) && hanContrast(text[i-n:hi]) {
			if r != ' ' {
				i -= n
			}
			if i > start {
				out = append(out, textPart{start, i})
				start = i
			}
			i += max(1, n)
			continue
		}
		if cut && i > start {
			out = append(out, textPart{start, i - n})
			start = i
		}
	}
	if start < hi {
		out = append(out, textPart{start, hi})
	}
	return out
}

// contrastAhead says whether a contrast word follows.
func contrastAhead(s string) bool {
	w, _, ok := strings.Cut(s[:min(len(s), 16)], " ")
	return ok && strings.Contains(contrastWords, " "+strings.ToLower(w)+" ")
}

// hanContrast says whether a Chinese contrast word begins here.
func hanContrast(s string) bool {
	for _, w := range []string{"但是", "不过", "可是", "然而", "但", "只是", "却"} {
		if strings.HasPrefix(s, w) {
			return true
		}
	}
	return false
}

// denials turn a bad word into a good one: "were not the problem".
var denials = [...]string{"not the problem", "weren't the problem", "wasn't the problem", "aren't the problem", "isn't the problem", "no complaint", "no problem", "without a problem", "without problem", "never a problem", "never failed", "never let me down", "not a single complaint", "zero issues",
	"no era el problema", "no eran el problema", "no es el problema", "no son el problema", "sin problema", "ninguna queja", "ni una queja", "sin queja", "nunca me ha fallado", "nunca fall",
	"non era il problema", "non erano il problema", "non è il problema", "non sono il problema", "senza problemi", "nessun problema", "nessuna lamentela", "mai un problema", "mai avuto problemi",
	"不是问题", "没有问题", "没问题", "没毛病", "没出过", "没掉过", "无可挑剔", "没话说", "没得说"}

func deniesBad(clause string) bool {
	s := strings.ToLower(strings.ReplaceAll(clause, "’", "'"))
	for _, d := range denials {
		if strings.Contains(s, d) {
			return true
		}
	}
	return false
}

// denied are the clauses that say what was not at fault.
func (d *passageReader) denied() []textPart {
	var out []textPart
	for _, s := range d.sents {
		if !deniesBad(s.text(d.scope.text)) {
			continue
		}
		for _, c := range cutClauses(d.scope.text, s.start, s.end) {
			if deniesBad(d.scope.text[c.start:c.end]) {
				out = append(out, c)
			}
		}
	}
	return out
}

func holdsByte(parts []textPart, at int) bool {
	for _, p := range parts {
		if at >= p.start && at < p.end {
			return true
		}
	}
	return false
}
