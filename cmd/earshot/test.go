package main

import (
	"fmt"

	"earshot"
	"earshot/classify"
	"earshot/config"
	"earshot/internal/daemon"
)

type testCmd struct{ configFlag }

// Help shows an example.
func (testCmd) Help() string {
	return "Example: earshot test --config earshot.yaml\n\nA test is a line under a brand: {text: \"Stuck at the gate, thanks @Delta\", match: true, intent: complaint}"
}

// Run runs every brand's tests; exit code 1 if one fails.
func (c testCmd) Run(a *app) error {
	cfg, faults := config.Load(c.Config, config.Options{NoSecrets: true})
	if config.Broken(faults) {
		return &daemon.Faults{Config: cfg, List: faults}
	}
	model, err := loadModel(cfg.Classify.Model)
	if err != nil {
		return err
	}
	judge, faults := classify.New(classify.Options{Model: model, Brands: cfg.Brands, Threshold: cfg.Classify.Threshold})
	if judge == nil || config.Broken(faults) {
		return &daemon.Faults{Config: cfg, List: faults}
	}
	ran, failed := 0, 0
	for _, b := range cfg.Brands {
		for _, t := range b.Tests {
			ran++
			if why := brandTest(judge, b.Name, t); why != "" {
				failed++
				a.say("%s: %q: %s", b.Name, t.Text, why)
			}
		}
	}
	if err := a.print("%d brand tests, %d failed\n", ran, failed); err != nil {
		return err
	}
	if failed > 0 {
		return errQuiet
	}
	return nil
}

// brandTest returns what is wrong, or "".
func brandTest(judge *classify.Classifier, brand string, t earshot.BrandTest) string {
	e := earshot.Entry{Kind: earshot.Post, Text: t.Text}
	e.Lang, e.LangSure = classify.DetectLang(t.Text, "")
	mentions := judge.Spot(e)
	for i, m := range mentions {
		if m.Brand != brand {
			continue
		}
		if m.Reason != "" {
			return mismatch(t.Match, fmt.Sprintf("no mention: %s (%s)", m.Reason, m.Why))
		}
		if !t.Match {
			return "matched by " + m.Rule + ", and should not"
		}
		others := append(append([]earshot.Mention{}, mentions[:i]...), mentions[i+1:]...)
		if v := judge.Judge(e, m, others); t.Intent != "" && v.Intent != t.Intent {
			return fmt.Sprintf("judged %s (%.2f), wanted %s", v.Intent, v.IntentConfidence, t.Intent)
		}
		return ""
	}
	return mismatch(t.Match, "no match")
}

func mismatch(wanted bool, why string) string {
	if wanted {
		return why
	}
	return ""
}
