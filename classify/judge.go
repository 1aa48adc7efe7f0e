package classify

import (
	"slices"
	"strings"
	"unicode/utf8"

	"earshot"
)

// Judge says what an entry says about one of its mentions; others are the
// entry's other mentions, whose names are masked so that their reputation and
// their stories do not leak in. The verdict's labels are always filled; DecidedAt
// is left to the caller.
func (c *Classifier) Judge(e earshot.Entry, m earshot.Mention, others []earshot.Mention) earshot.Verdict {
	return c.judge(c.mentionInput(e, m, others))
}

// mentionInput is what Judge reads of a mention.
func (c *Classifier) mentionInput(e earshot.Entry, m earshot.Mention, others []earshot.Mention) judgeInput {
	lang := e.Lang
	if lang == "" || e.LangSure < sureLang {
		lang, _ = DetectLang(cutRunes(e.Text, langSample)+"\n"+cutRunes(e.Title, langSample), e.Lang)
	}
	in := judgeInput{title: e.Title, text: e.Text, lang: lang, channel: "blog", spans: m.Spans, brand: m.Brand, coded: m.Coded}
	for _, o := range others {
		if o.Brand == m.Brand || o.Reason == earshot.ReasonNamesake {
			continue
		}
		for _, s := range o.Spans {
			if !spanTouches(s, m.Spans) {
				in.others = append(in.others, s)
			}
		}
	}
	return in
}

// sureLang is the certainty from which an entry's language is not asked again.
const sureLang = .8

// spanTouches says whether a span overlaps one of the others.
func spanTouches(s earshot.Span, spans []earshot.Span) bool {
	for _, t := range spans {
		if s.Field == t.Field && s.Start < t.End && t.Start < s.End {
			return true
		}
	}
	return false
}

// JudgeText judges a passage without an entry. Start and end are the bytes where
// the brand stands; both 0 means it is looked for, and without a brand the whole
// text is judged. Lang may be "". What kind of prose it is, the model guesses.
func (c *Classifier) JudgeText(text, brand string, start, end int, lang string) earshot.Verdict {
	code, _ := DetectLang(text, lang)
	in := judgeInput{text: text, lang: code, brand: brand}
	if a, b := clampSpan(text, start, end); b > a {
		in.spans = []earshot.Span{{Field: earshot.FieldText, Start: a, End: b, Surface: text[a:b]}}
	} else if brand != "" {
		in.spans = findName(text, brand)
	}
	return c.judge(in)
}

// judgeInput is one mention to judge.
type judgeInput struct {
	title, text   string
	lang, channel string // channel "" is unknown
	brand         string
	spans, others []earshot.Span
	coded         bool // the brand is only hinted at
}

// judged is one passage with what the model says about it.
type judged struct {
	scope  scopePassage
	scores Scores
	weight float64 // how opinionated it is
}

func (c *Classifier) judge(in judgeInput) earshot.Verdict {
	all, total, best := c.weigh(in)
	if c.layer != nil {
		total = c.layer.apply(total, c.layerFeatures(scopes(in.title, in.text, in.spans, in.others), in))
	}
	return c.verdict(in, all, total, best)
}

// codedMost is how sure a verdict may be of a brand that is only hinted at.
const codedMost = .5

// weigh scores a mention's passages, without the layer, and joins them.
func (c *Classifier) weigh(in judgeInput) (all []judged, total Scores, best int) {
	for _, s := range scopes(in.title, in.text, in.spans, in.others) {
		all = append(all, c.scorePassage(s, in))
	}
	total, best = combine(all)
	return all, total, best
}

// verdict words a judgement: labels, and what the deciding passage says besides.
func (c *Classifier) verdict(in judgeInput, all []judged, total Scores, best int) earshot.Verdict {
	v := earshot.Verdict{Lang: in.lang, Model: c.version(), By: "model", Aspects: []earshot.Aspect{}}
	c.label(&v, total)
	if in.coded { // a guess who is meant: a person is asked, nobody is paged
		v.Abstain, v.IntentConfidence = true, min(v.IntentConfidence, codedMost)
	}
	d := c.read(all[best].scope, in)
	d.verdict = &v
	d.describe()
	return v
}

// scorePassage scores a passage at each of its places, or as a whole.
func (c *Classifier) scorePassage(s scopePassage, in judgeInput) judged {
	p := Passage{Text: s.text, Others: s.others, Lang: in.lang, Channel: in.channel}
	if len(s.targets) == 0 {
		sc := c.score(p)
		return judged{s, sc, opinion(sc)}
	}
	var list []judged
	for i, t := range s.targets {
		if i >= scopeTargets-1 && i < len(s.targets)-1 {
			continue // of many places the first ones and the last
		}
		p.Start, p.End = t.start, t.end
		sc := c.score(p)
		list = append(list, judged{s, sc, opinion(sc)})
	}
	sc, best := combine(list)
	return judged{s, sc, list[best].weight}
}

// How a passage of unknown kind is judged: as the kind the model takes it for,
// with a share of the judgement as blog prose, in case that
// guess is wrong. On dev passages of ours that costs nothing, on tweets and
// reviews it gives ten points. A sure judgement is not asked twice.
const (
	unknownBlog = .3
	unknownSure = .93
)

// score asks the model, twice for a passage of unknown kind. Only in blog prose
// does the sentiment go with the intent so well that it is read in its light: a
// tweet may be sad and want nothing.
func (c *Classifier) score(p Passage) Scores {
	s := c.model.Score(p)
	if p.Channel != "" {
		return together(s)
	}
	if slices.Max(s.Sentiment[:]) >= unknownSure && slices.Max(s.Intent[:]) >= unknownSure {
		return s
	}
	p.Channel = "blog"
	blog := c.model.Score(p)
	if s == blog { // the model took it for blog prose
		return together(s)
	}
	for k := range s.Sentiment {
		s.Sentiment[k] += unknownBlog * (blog.Sentiment[k] - s.Sentiment[k])
	}
	for k := range s.Intent {
		s.Intent[k] += unknownBlog * (blog.Intent[k] - s.Intent[k])
	}
	return s
}

// opinion is how much of a judgement a passage holds, .05..1.
func opinion(s Scores) float64 {
	neutral, none := s.Sentiment[1], s.Intent[4]
	return .05 + .95*(1-neutral)*(1-none)
}

// sureOpinion is the confidence from which one passage's complaint stands for
// the whole mention, whatever the others say.
const sureOpinion = .6

// combine joins passages: a mean weighed by how opinionated each is. A sure
// complaint in one of them beats praise in another. It returns the scores and
// the passage that decided.
func combine(list []judged) (Scores, int) {
	if len(list) == 0 {
		return Scores{Sentiment: [3]float64{0, 1, 0}, Intent: [5]float64{0, 0, 0, 0, 1}}, 0
	}
	var total Scores
	sum, best := 0.0, 0
	for i, j := range list {
		w := j.weight * j.weight
		sum += w
		for k := range total.Sentiment {
			total.Sentiment[k] += w * j.scores.Sentiment[k]
		}
		for k := range total.Intent {
			total.Intent[k] += w * j.scores.Intent[k]
		}
		if w > list[best].weight*list[best].weight {
			best = i
		}
	}
	for k := range total.Sentiment {
		total.Sentiment[k] /= sum
	}
	for k := range total.Intent {
		total.Intent[k] /= sum
	}
	if len(list) > 1 {
		if i := surest(list); i >= 0 && total.Intent[0] < list[i].scores.Intent[0] {
			return list[i].scores, i
		}
	}
	return total, best
}

// surest finds the passage with the surest complaint, or -1.
func surest(list []judged) int {
	at := -1
	for i, j := range list {
		if j.scores.Intent[0] >= sureOpinion && (at < 0 || j.scores.Intent[0] > list[at].scores.Intent[0]) {
			at = i
		}
	}
	return at
}

// label fills the verdict's labels and confidences.
func (c *Classifier) label(v *earshot.Verdict, s Scores) {
	si, ii := 0, 0
	for k := range s.Sentiment {
		if s.Sentiment[k] > s.Sentiment[si] {
			si = k
		}
	}
	for k := range s.Intent {
		if s.Intent[k] > s.Intent[ii] {
			ii = k
		}
	}
	v.Sentiment, v.Confidence = earshot.Sentiments[si], s.Sentiment[si]
	v.Intent, v.IntentConfidence = earshot.Intents[ii], s.Intent[ii]
	v.PComplaint = s.Intent[0]
	v.Abstain = v.IntentConfidence < c.threshold
}

// findName finds a name in a text as whole words, whatever their case; at most
// maxSpans of them.
func findName(text, name string) []earshot.Span {
	forms := nameForms(name)
	if len(forms) == 0 {
		return nil
	}
	f := borrowFold(text)
	defer f.release()
	var out []earshot.Span
	end := 0
	for _, h := range newAutomaton(forms).find(f.bytes, 0, len(f.bytes), nil) {
		if !leftEdge(f.bytes, int(h.start)) || !rightEdge(f.bytes, int(h.end)) {
			continue
		}
		a, b := f.span(text, int(h.start), int(h.end))
		if n := len(out); n > 0 && a < end {
			if out[n-1].Start >= a {
				out = out[:n-1]
			} else {
				continue
			}
		}
		end = b
		out = append(out, earshot.Span{Field: earshot.FieldText, Start: a, End: b, Surface: text[a:b]})
		if len(out) >= maxSpans {
			break
		}
	}
	if len(out) == 0 { // a name inside a longer word is better than none
		if i := strings.Index(text, name); i >= 0 && utf8.ValidString(name) {
			out = append(out, earshot.Span{Field: earshot.FieldText, Start: i, End: i + len(name), Surface: name})
		}
	}
	return out
}
