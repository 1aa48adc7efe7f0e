package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/config"
	"earshot/internal/daemon"
)

type checkCmd struct {
	configFlag
	NoSecrets bool     `help:"Do not look whether the secrets are there (for CI)."`
	Routes    []string `help:"Show where an alert with these labels would go: key=value." placeholder:"KEY=VALUE" sep:" "`
	Labels    []string `arg:"" optional:"" help:"More labels for --routes."`
	Schema    bool     `help:"Print the JSON Schema of the config, for editors."`
}

// Help shows an example.
func (checkCmd) Help() string {
	return "Examples:\n  earshot check --config earshot.yaml\n  earshot check --routes intent=complaint severity=4 lang=es"
}

// Run prints every fault at once, then whether the config works.
func (c checkCmd) Run(a *app) error {
	if c.Schema {
		_, err := a.out.Write(config.Schema())
		return err
	}
	cfg, faults := config.Load(c.Config, config.Options{NoSecrets: c.NoSecrets, Later: daemon.Later()})
	faults = daemon.Check(cfg, faults, daemon.Options{NoSecrets: c.NoSecrets})
	if err := config.Report(a.errOut, cfg, faults); err != nil {
		return err
	}
	if config.Broken(faults) {
		return &earshot.Fault{Code: "usage", What: "the config cannot be used", Do: "mend the lines above"}
	}
	if len(c.Routes)+len(c.Labels) > 0 {
		return c.routes(a, cfg)
	}
	_, err := fmt.Fprintf(a.out, "%s is good: %s, %s, %s, %s\n", c.Config, counted(len(cfg.Brands), "brand"), counted(len(cfg.Sources), "source"), counted(len(cfg.Receivers), "receiver"), counted(len(cfg.Routes), "route"))
	return err
}

func (c checkCmd) routes(a *app, cfg *config.Config) error {
	policy, faults := daemon.Policy(cfg)
	if policy == nil {
		return &daemon.Faults{Config: cfg, List: faults}
	}
	labels, err := labels(slices.Concat(c.Routes, c.Labels))
	if err != nil {
		return err
	}
	hops := policy.Match(labels)
	if len(hops) == 0 {
		_, err = fmt.Fprintln(a.out, "no route matches: nobody would hear of it")
	}
	for _, h := range hops {
		if _, err := fmt.Fprintf(a.out, "%s -> %s%s\n", h.Route, h.Receiver, hopWords(h)); err != nil {
			return err
		}
	}
	return err
}

// hopWords says what holds at the receiver.
func hopWords(h alert.Hop) string {
	words := ""
	if h.Digest != "" {
		words += ", in a digest at " + h.Digest
	}
	if h.Windows != "" {
		words += ", within " + h.Windows
	}
	if h.Cap.N > 0 {
		per := "hour"
		if h.Cap.Per > time.Hour {
			per = "day"
		}
		words += fmt.Sprintf(", at most %d a %s", h.Cap.N, per)
	}
	if h.Group > 0 {
		words += ", grouped for " + plainDuration(h.Group)
	}
	if h.Remind > 0 {
		words += ", reminded every " + plainDuration(h.Remind)
	}
	for _, e := range h.Escalate {
		words += ", " + e.To + " told after " + plainDuration(e.After)
	}
	return words
}

// plainDuration writes a duration as the config does: 48h, not 48h0m0s.
func plainDuration(d time.Duration) string {
	return strings.NewReplacer("h0m0s", "h", "m0s", "m").Replace(d.String())
}

// labels reads key=value arguments as a case's labels.
func labels(args []string) (earshot.Labels, error) {
	l := earshot.Labels{}
	for _, arg := range args {
		m, err := earshot.ParseMatch(arg)
		if err != nil {
			return nil, &earshot.Fault{Code: "usage", What: "--routes " + arg + ": " + err.Error(), Do: "write for example --routes intent=complaint"}
		}
		for _, c := range m {
			for _, t := range c.Terms {
				l[c.Key] = append(l[c.Key], t.Value)
			}
		}
	}
	return l, nil
}

// counted writes a number with its noun.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
