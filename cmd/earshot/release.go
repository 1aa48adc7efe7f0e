package main

import (
	"time"

	"earshot/config"
	"earshot/internal/daemon"
)

type releaseCmd struct {
	configFlag
	Source string `arg:"" help:"Its address, as the config has it."`
}

// Help shows an example.
func (releaseCmd) Help() string {
	return "Example: earshot release https://blog.example.org/feed.xml\n\nA source that suddenly gave many old entries new names is in quarantine: what it brings is kept, and nobody is told. This ends it. The daemon may run meanwhile."
}

// Run ends the quarantine of a source.
func (c releaseCmd) Run(a *app) error {
	cfg, faults := config.Load(c.Config, config.Options{NoSecrets: true})
	if config.Broken(faults) {
		return &daemon.Faults{Config: cfg, List: faults}
	}
	if err := daemon.Release(a.ctx, cfg, c.Source, time.Now().UTC().Truncate(time.Millisecond)); err != nil {
		return err
	}
	a.say("Released: its next new entries make cards again.")
	return nil
}
