package main

import (
	"fmt"
	"log/slog"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/daemon"
	"earshot/internal/demo"
)

type replayCmd struct {
	configFlag
	Since string `help:"How far back: 30d, 12h, or a date (2026-11-01)." default:"30d"`
	JSON  bool   `help:"Every decision as JSON, one a line." name:"json"`
}

// Help shows an example.
func (replayCmd) Help() string {
	return "Examples:\n  earshot replay --since 7d\n  earshot replay --since 30d --json | jq 'select(.reason == \"capped\")'\n\n" +
		"The stored history, with its verdicts and what people did, goes through the real planning, grouping, caps and windows of the config, on a private copy: try another with --config NEW. Brands and sources are not read anew. Nothing is sent, nothing is changed."
}

// Run prints what would have been sent, to whom, and what would not, and why.
func (c replayCmd) Run(a *app) error {
	cfg, faults := config.Load(c.Config, config.Options{NoSecrets: true})
	if config.Broken(faults) {
		return &daemon.Faults{Config: cfg, List: faults}
	}
	o := daemon.ReplayOptions{Until: time.Now()}
	var err error
	if o.Since, err = since(c.Since, o.Until, cfg.Zone); err != nil {
		return err
	}
	if demo.IsTerminal(a.errOut) {
		o.Say = a.progress
	}
	alerts, err := daemon.Replay(a.ctx, cfg, o)
	if err != nil {
		return err
	}
	if c.JSON {
		return daemon.PrintReplayJSON(a.out, alerts)
	}
	return daemon.PrintReplay(a.out, alerts, o, cfg.Zone)
}

// progress shows how far long work has come, on one line of the terminal.
func (a *app) progress(done, total int) {
	if done%50 != 0 && done != total {
		return
	}
	end := ""
	if done == total {
		end = "\n"
	}
	if _, err := fmt.Fprintf(a.errOut, "\r%d of %d events%s", done, total, end); err != nil {
		slog.Error("cannot write to standard error", "err", err)
	}
}

// since reads a duration back from now, or a date in the config's zone.
func since(text string, now time.Time, zone *time.Location) (time.Time, error) {
	if day, err := time.ParseInLocation(time.DateOnly, text, zone); err == nil {
		return day, nil
	}
	d, err := config.ParseDuration(text)
	if err != nil || d <= 0 {
		return time.Time{}, &earshot.Fault{Code: "usage", What: fmt.Sprintf("--since %q is no duration and no date", text), Do: "write for example --since 30d or --since 2026-11-01"}
	}
	return now.Add(-d), nil
}
