package main

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
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

// inspected is one mention with the passages and the words that decided.
type inspected struct {
	Brand    string                  `json:"brand"`
	Rule     string                  `json:"rule,omitempty"`
	Coded    bool                    `json:"coded,omitempty"`
	Reason   earshot.Reason          `json:"reason,omitempty"`
	Why      string                  `json:"why,omitempty"`
	Spans    []earshot.Span          `json:"spans,omitempty"`
	Verdict  *earshot.Verdict        `json:"verdict,omitempty"`
	Words    []earshot.WordWeight    `json:"words,omitempty"` // bytes of the text, strongest first
	Passages []classify.InspectedRun `json:"passages,omitempty"`
}

// Run prints brands, verdicts and weighted words: below 0 towards a complaint,
// above towards praise.
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
	judge, faults := classify.New(classify.Options{Brands: brands})
	if config.Broken(faults) {
		return faults[0]
	}
	for _, m := range c.mentions(judge, text) {
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

// mentions are the brands found, or else the text as a whole, without a brand.
func (c inspectTextCmd) mentions(judge *classify.Classifier, text string) []inspected {
	in := judge.Inspect(earshot.Entry{Kind: earshot.Post, Text: text, Lang: c.Lang})
	var out []inspected
	for _, f := range in.Found {
		m := inspected{Brand: f.Mention.Brand, Rule: f.Mention.Rule, Coded: f.Mention.Coded, Reason: f.Mention.Reason, Why: f.Mention.Why, Spans: f.Mention.Spans}
		if m.Reason == "" {
			m.Verdict = &f.Mention.Verdict
			m.weigh(f.Passages)
		}
		out = append(out, m)
	}
	if in.Text != nil {
		m := inspected{Verdict: in.Text.Verdict}
		m.weigh([]classify.InspectedRun{*in.Text})
		out = append(out, m)
	}
	return out
}

// weigh gathers the words of all passages, strongest first, by their place in
// the text.
func (m *inspected) weigh(passages []classify.InspectedRun) {
	m.Passages = passages
	for _, p := range passages {
		for _, w := range p.Words {
			w.Start, w.End = w.Start+p.Start, w.End+p.Start
			m.Words = append(m.Words, w)
		}
	}
	slices.SortStableFunc(m.Words, func(a, b earshot.WordWeight) int { return cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)) })
	m.Words = m.Words[:min(len(m.Words), shownWords)]
}

// shownWords is how many words are shown, and shownWeight the least that one
// weighs.
const (
	shownWords  = 12
	shownWeight = .005
)

func (m inspected) print(a *app) error {
	if m.Verdict == nil {
		return a.print("%s: no mention, %s (%s)\n", m.Brand, m.Reason, m.Why)
	}
	v, who := m.Verdict, m.Brand
	if who == "" {
		who = "no brand is named; the text as a whole"
	}
	var words []string
	for _, w := range m.Words {
		if math.Abs(w.Weight) >= shownWeight {
			words = append(words, fmt.Sprintf("%s %+.2f", w.Text, w.Weight))
		}
	}
	severity := ""
	if v.Severity > 0 {
		severity = fmt.Sprintf(", severity %d", v.Severity)
		if len(v.Effort) > 0 {
			severity += " (" + strings.Join(v.Effort, ", ") + ")"
		}
	}
	err := a.print("%s: %s %.2f, %s %.2f%s\n  about %s, %s%s; holder %s; language %s; matched by %s\n  decided by: %q\n", who, v.Intent, v.IntentConfidence, v.Sentiment, v.Confidence,
		unsure(v), v.Facet, v.Dimension, severity, v.Holder, cmp.Or(v.Lang, "unknown"), cmp.Or(m.Rule, "nothing"), v.Evidence.Text)
	for i, p := range m.Passages {
		if len(m.Passages) > 1 {
			err = errors.Join(err, a.print("  passage %d: %q\n", i+1, p.Text))
		}
	}
	return errors.Join(err, a.print("  words: %s\n", strings.Join(words, "  ")))
}

func unsure(v *earshot.Verdict) string {
	if v.Abstain {
		return ", not sure"
	}
	return ""
}
