package classify

import (
	"sort"

	"earshot"
)

// Inspection is what Earshot sees in a text: for `earshot inspect text`.
type Inspection struct {
	Lang     string        `json:"lang"`
	LangSure float64       `json:"lang_sure"`
	Found    []Inspected   `json:"brands"`
	Text     *InspectedRun `json:"text,omitempty"` // the text as a whole, where no brand was found
}

// Inspected is one brand with its passages and verdict.
type Inspected struct {
	Mention  earshot.Mention `json:"mention"` // with the Verdict; Reason says why it is no mention
	Passages []InspectedRun  `json:"passages,omitempty"`
}

// InspectedRun is one passage as it was judged.
type InspectedRun struct {
	Field     earshot.Field                 `json:"field"`
	Start     int                           `json:"start"` // bytes of the field
	Text      string                        `json:"text"`
	Sentiment map[earshot.Sentiment]float64 `json:"sentiment"`
	Intent    map[earshot.Intent]float64    `json:"intent"`
	Words     []earshot.WordWeight          `json:"words"` // bytes of Text, strongest first
	Verdict   *earshot.Verdict              `json:"verdict,omitempty"`
}

// inspectWords is how many words of a passage are shown.
const inspectWords = 12

// Inspect spots and judges like the daemon and keeps what decided: passages,
// confidences, weighted words.
func (c *Classifier) Inspect(e earshot.Entry) Inspection {
	lang, sure := DetectLang(e.Text, e.Lang)
	out := Inspection{Lang: lang, LangSure: sure, Found: []Inspected{}}
	e.Lang = lang
	mentions := c.Spot(e)
	for _, m := range mentions {
		in := Inspected{Mention: m}
		if m.Reason == "" {
			in.Mention.Verdict = c.Judge(e, m, mentions)
			in.Passages = c.runs(e, m, mentions, lang)
		}
		out.Found = append(out.Found, in)
	}
	if len(out.Found) == 0 {
		runs := c.runs(e, earshot.Mention{}, nil, lang)
		if len(runs) > 0 {
			v := c.JudgeText(e.Text, "", 0, 0, lang)
			runs[0].Verdict = &v
			out.Text = &runs[0]
		}
	}
	return out
}

// runs scores the passages of one mention again and asks for the words.
func (c *Classifier) runs(e earshot.Entry, m earshot.Mention, others []earshot.Mention, lang string) []InspectedRun {
	in := judgeInput{title: e.Title, text: e.Text, lang: lang, channel: "blog", spans: m.Spans, brand: m.Brand}
	for _, o := range others {
		if o.Brand != m.Brand && o.Reason != earshot.ReasonNamesake {
			in.others = append(in.others, o.Spans...)
		}
	}
	var out []InspectedRun
	for _, s := range scopes(in.title, in.text, in.spans, in.others) {
		j := c.scorePassage(s, in)
		run := InspectedRun{Text: s.text, Sentiment: map[earshot.Sentiment]float64{}, Intent: map[earshot.Intent]float64{}}
		run.Field, run.Start, _ = s.origin(0, len(s.text))
		for k, name := range earshot.Sentiments {
			run.Sentiment[name] = j.scores.Sentiment[k]
		}
		for k, name := range earshot.Intents {
			run.Intent[name] = j.scores.Intent[k]
		}
		run.Words = c.words(s, in)
		out = append(out, run)
	}
	return out
}

// words are the words that pushed hardest in one passage.
func (c *Classifier) words(s scopePassage, in judgeInput) []earshot.WordWeight {
	p := Passage{Text: s.text, Others: s.others, Lang: in.lang, Channel: in.channel}
	if len(s.targets) > 0 {
		p.Start, p.End = s.targets[0].start, s.targets[0].end
	}
	var out []earshot.WordWeight
	for _, w := range c.model.Weights(p, inspectWords) {
		out = append(out, earshot.WordWeight{Start: w.Start, End: w.End, Text: s.text[w.Start:w.End], Weight: w.Weight})
	}
	sort.SliceStable(out, func(i, j int) bool { return max(out[i].Weight, -out[i].Weight) > max(out[j].Weight, -out[j].Weight) })
	return out
}
