package classify

import (
	"slices"
	"strings"

	"earshot"
)

// passageReader reads in one passage what stands beside the model's labels:
// facet, effort, holder, evidence.
type passageReader struct {
	c       *Classifier
	in      judgeInput
	scope   scopePassage
	fold    *foldedText
	cues    []cueHit
	sents   []sentence // of scope.text
	near    []float64  // by sentence: how much it is about the brand, 0..1
	plain   bool       // no cue word singles out the deciding sentence
	verdict *earshot.Verdict
}

// read prepares the passage that decided.
func (c *Classifier) read(s scopePassage, in judgeInput) *passageReader {
	d := &passageReader{c: c, in: in, scope: s}
	lo, hi := 0, len(s.text)
	if hi > 4*scopeMost { // a text without a brand may be of any size
		hi = runeStart(s.text, 4*scopeMost)
	}
	d.sents = splitSentences(s.text, lo, hi, nil)
	d.near = d.nearness()
	return d
}

// describe fills everything but the labels.
func (d *passageReader) describe() {
	v := d.verdict
	d.fold = borrowFold(cutRunes(d.scope.text, 4*scopeMost))
	defer d.fold.release()
	d.cues = d.outsideNames(d.c.cues.read(d.fold.bytes, d.in.lang))
	at := d.deciding()
	sum := d.sum(at)
	v.Facet = sum.facet(v.Intent)
	v.Dimension = sum.dimension(v.Facet)
	v.Evidence, v.Field = d.evidence(at)
	v.Holder = d.holder(at)
	v.Aspects = d.aspects()
	v.Leaving = d.leaving()
	v.Sarcasm = d.sarcasm(&sum)
	if v.Intent == earshot.Complaint {
		v.Severity, v.Effort = d.severity(&sum)
	}
}

// outsideNames drops cue words that are part of a brand's name.
func (d *passageReader) outsideNames(hits []cueHit) []cueHit {
	out := hits[:0]
	for _, h := range hits {
		a, b := d.fold.original(int(h.start)), d.fold.original(int(h.end))
		inside := false
		for _, t := range d.scope.targets {
			inside = inside || a >= t.start && b <= t.end
		}
		for _, o := range d.scope.others {
			inside = inside || a >= o[0] && b <= o[1]
		}
		if !inside {
			out = append(out, h)
		}
	}
	return out
}

// nearness says of each sentence how far it is about the brand: 1 where it is
// named (or no place is known), less the farther away, little where only
// another brand is named.
func (d *passageReader) nearness() []float64 {
	out := make([]float64, len(d.sents))
	last := -1
	for i, s := range d.sents {
		p := textPart{s.start, s.end}
		own := len(d.scope.targets) == 0 || holdsAny(p, d.scope.targets)
		foreign := false
		for _, o := range d.scope.others {
			foreign = foreign || o[0] >= s.start && o[1] <= s.end
		}
		switch {
		case own:
			out[i], last = 1, i
		case foreign:
			out[i], last = .15, -1
		case last >= 0:
			out[i] = .9 // the story goes on: they, the company
		default:
			out[i] = .7 // what led up to it
		}
	}
	return out
}

// sentenceOf returns the sentence that holds an original byte, or -1.
func (d *passageReader) sentenceOf(at int) int {
	for i, s := range d.sents {
		if at >= s.start && at < s.end {
			return i
		}
	}
	return -1
}

// deciding picks the sentence that speaks most for the label.
func (d *passageReader) deciding() int {
	if len(d.sents) == 0 {
		return -1
	}
	score := make([]float64, len(d.sents))
	for _, h := range d.cues {
		if i := d.sentenceOf(d.fold.original(int(h.start))); i >= 0 {
			score[i] += d.cueWeight(h)
		}
	}
	if d.verdict.Intent == earshot.Complaint {
		for _, e := range readEffort(d.fold, d.scope.text) {
			if i := d.sentenceOf(e.start); i >= 0 {
				score[i] += e.points() / 2
			}
		}
	}
	best := 0
	raw := slices.Clone(score)
	defer func() { d.plain = raw[best] == 0 }()
	for i := range score {
		score[i] = score[i]*d.near[i] + d.near[i]*.8
		if d.sents[i].start < d.scope.title {
			score[i] *= .7 // rather the post's own words than its heading
		}
		if asksAt(d.sents[i].text(d.scope.text)) {
			if q := d.verdict.Intent; q == earshot.Question || q == earshot.Request {
				score[i] += 2
			} else {
				score[i] *= .75
			}
		}
		if score[i] > score[best]+1e-9 {
			best = i
		}
	}
	return best
}

// cueWeight is how much a cue word speaks for the verdict's label.
func (d *passageReader) cueWeight(h cueHit) float64 {
	w := 0.0
	bad := d.verdict.Intent == earshot.Complaint || d.verdict.Sentiment == earshot.Negative
	good := d.verdict.Intent == earshot.Compliment || d.verdict.Sentiment == earshot.Positive
	for _, k := range h.kinds {
		switch {
		case bad && (k == cueDamn || k == cueWaiting || k == cueHarm || k == cueThreat || k == cueLeaving || k == cueMockery):
			w += 1
		case good && k == cuePraise:
			w += 1
		case k <= cueImage:
			w += .25
		}
	}
	return w
}

// asksAt says whether a sentence ends with a question mark.
func asksAt(s string) bool {
	for i := len(s) - 1; i >= 0 && i >= len(s)-6; i-- {
		if s[i] == '?' {
			return true
		}
	}
	return len(s) >= 3 && s[len(s)-3:] == "？"
}

// sum adds the cue words up, most for those of the deciding sentence.
func (d *passageReader) sum(at int) cueSum {
	var s cueSum
	denied := d.denied()
	for _, h := range d.cues {
		if holdsByte(denied, d.fold.original(int(h.start))) {
			continue // "the people were not the problem" is not about the people
		}
		i := d.sentenceOf(d.fold.original(int(h.start)))
		if i < 0 {
			continue
		}
		w := .5 * d.near[i]
		if i == at {
			w = 1
		}
		s.add(h, w)
	}
	return s
}

// maxEvidence bounds the evidence, in bytes: it is quoted on cards.
const maxEvidence = 420

// evidence is the deciding sentence, and the one that names the brand if it is
// its neighbour and both are short.
func (d *passageReader) evidence(at int) (earshot.Passage, earshot.Field) {
	if at < 0 {
		return earshot.Passage{}, earshot.FieldText
	}
	start, end := d.sents[at].start, d.sents[at].end
	if d.near[at] < 1 {
		for _, k := range []int{at - 1, at + 1} {
			if k >= 0 && k < len(d.sents) && d.near[k] == 1 && d.sents[k].start >= d.scope.title && !d.sents[min(k, at)].last &&
				max(end, d.sents[k].end)-min(start, d.sents[k].start) <= maxEvidence {
				start, end = min(start, d.sents[k].start), max(end, d.sents[k].end)
				break
			}
		}
	}
	opinion := d.verdict.Intent == earshot.Complaint || d.verdict.Intent == earshot.Compliment
	if k := at + 1; d.plain && opinion && start == d.sents[at].start && k < len(d.sents) && d.near[k] >= .9 && !d.sents[at].last && d.sents[k].end-start <= maxEvidence {
		end = d.sents[k].end // "Telmora is another story." and the story
	}
	if end-start > maxEvidence {
		start, end = d.cutEvidence(start, end)
	}
	field, a, b := d.scope.origin(start, end)
	return earshot.Passage{Start: a, End: b, Text: d.scope.text[start:end]}, field
}

// cutEvidence shortens an endless sentence to what stands round the brand.
func (d *passageReader) cutEvidence(start, end int) (int, int) {
	mid := start + maxEvidence/2
	for _, t := range d.scope.targets {
		if t.start >= start && t.end <= end {
			mid = t.start
			break
		}
	}
	a := max(start, mid-maxEvidence/2)
	b := min(end, a+maxEvidence)
	a, b = runeStart(d.scope.text, a), runeStart(d.scope.text, b)
	return a, max(a, b)
}

// aspects are facets judged on their own, where one passage praises one and
// damns another: "the people were kind, the process was hopeless".
func (d *passageReader) aspects() []earshot.Aspect {
	out := []earshot.Aspect{}
	type side struct {
		facet     earshot.Facet
		sentiment earshot.Sentiment
	}
	seen := map[side]bool{}
	blamed, last := false, -1
	for _, part := range d.clauses() {
		var s cueSum
		for _, h := range part.cues {
			s.add(h, 1)
		}
		good, bad := s[cuePraise], s[cueDamn]+s[cueWaiting]+s[cueMockery]+s[cueHarm]
		if part.negated {
			good, bad = bad, good
		}
		if blamed = blamed && part.sentence == last; blamed && good == bad {
			bad++ // "..., the process was"
		}
		blamed, last = part.negated, part.sentence
		if good == bad || !s.facetNamed() || good > bad && d.verdict.Intent == earshot.Complaint && strings.ContainsAny(part.text, "\"“”«»「」") {
			continue // praise in scare quotes is none
		}
		a := earshot.Aspect{Facet: s.facet(earshot.NoIntent), Sentiment: earshot.Positive, Evidence: part.text}
		if bad > good {
			a.Sentiment = earshot.Negative
		}
		if k := (side{a.Facet, a.Sentiment}); !seen[k] && len(out) < 6 {
			seen[k] = true
			out = append(out, a)
		}
	}
	return out
}

// facetNamed says whether any facet word is in the sum.
func (s *cueSum) facetNamed() bool {
	for i := range facetOrder {
		if s[i] > 0 {
			return true
		}
	}
	return false
}
