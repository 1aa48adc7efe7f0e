package main

import (
	"strings"

	"earshot"
	"earshot/classify"
	"earshot/config"
	"earshot/internal/daemon"
)

type inspectTextCmd struct {
	Text   string `arg:"" help:"The text, or - for standard input."`
	Brand  string `help:"Judge this brand, as it stands in the text."`
	Config string `help:"Spot the brands of this config." type:"path" short:"c"`
	Lang   string `help:"en, es, it, zh; else it is detected."`
	JSON   bool   `help:"JSON Lines: a line a mention."`
}

// inspected is one mention with the words that decided.
type inspected struct {
	Brand   string               `json:"brand"`
	Rule    string               `json:"rule,omitempty"`
	Reason  earshot.Reason       `json:"reason,omitempty"`
	Why     string               `json:"why,omitempty"`
	Spans   []earshot.Span       `json:"spans,omitempty"`
	Verdict *earshot.Verdict     `json:"verdict,omitempty"`
	Words   []earshot.WordWeight `json:"words,omitempty"`
}

// Run prints brands, verdicts and weighted words.
func (c inspectTextCmd) Run(a *app) error {
	text := c.Text
	if text == "-" {
		d, err := a.document("-", false)
		if err != nil {
			return err
		}
		text = string(d.Body)
	}
	brands, err := c.brands()
	if err != nil {
		return err
	}
	model, err := classify.DefaultModel()
	if err != nil {
		return err
	}
	judge, faults := classify.New(classify.Options{Model: model, Brands: brands})
	if config.Broken(faults) {
		return faults[0]
	}
	for _, m := range c.mentions(judge, model, text) {
		if c.JSON {
			err = a.json(m)
		} else {
			err = m.print(a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (c inspectTextCmd) brands() ([]earshot.Brand, error) {
	if c.Config != "" {
		cfg, faults := config.Load(c.Config, config.Options{NoSecrets: true})
		if config.Broken(faults) {
			return nil, &daemon.Faults{Config: cfg, List: faults}
		}
		return cfg.Brands, nil
	}
	if c.Brand == "" {
		return nil, &earshot.Fault{Code: "usage", What: "nothing to look for", Do: "name a --brand, or a --config with brands"}
	}
	return []earshot.Brand{{Name: c.Brand}}, nil
}

func (c inspectTextCmd) mentions(judge *classify.Classifier, model *classify.Model, text string) []inspected {
	e := earshot.Entry{Kind: earshot.Post, Text: text}
	e.Lang, e.LangSure = classify.DetectLang(text, c.Lang)
	found := judge.Spot(e)
	var out []inspected
	for i, m := range found {
		in := inspected{Brand: m.Brand, Rule: m.Rule, Reason: m.Reason, Why: m.Why, Spans: m.Spans}
		if m.Reason == "" {
			others := append(append([]earshot.Mention{}, found[:i]...), found[i+1:]...)
			v := judge.Judge(e, m, others)
			in.Verdict = &v
			for _, w := range model.Weights(classify.Passage{Text: text, Start: m.Spans[0].Start, End: m.Spans[0].End, Lang: e.Lang}, 12) {
				in.Words = append(in.Words, earshot.WordWeight{Start: w.Start, End: w.End, Text: text[w.Start:w.End], Weight: w.Weight})
			}
		}
		out = append(out, in)
	}
	return out
}

func (m inspected) print(a *app) error {
	if m.Verdict == nil {
		return a.print("%s: no mention, %s (%s)\n", m.Brand, m.Reason, m.Why)
	}
	v := m.Verdict
	var words []string
	for _, w := range m.Words {
		words = append(words, sign(w.Weight)+w.Text)
	}
	return a.print("%s: %s %.2f, %s %.2f%s\n  %s, %s, severity %d, holder %s, %s\n  decided by: %q\n  words: %s\n", m.Brand, v.Intent, v.IntentConfidence, v.Sentiment, v.Confidence,
		unsure(v), v.Facet, v.Dimension, v.Severity, v.Holder, v.Lang, v.Evidence.Text, strings.Join(words, "  "))
}

func sign(w float64) string {
	if w < 0 {
		return "-"
	}
	return "+"
}

func unsure(v *earshot.Verdict) string {
	if v.Abstain {
		return ", not sure"
	}
	return ""
}
