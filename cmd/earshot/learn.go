package main

import (
	"cmp"
	"os"

	"earshot/config"
	"earshot/internal/daemon"
)

type learnCmd struct {
	configFlag
	DryRun bool `help:"Show what would change; apply nothing." xor:"what"`
	Undo   bool `help:"Take the last layer back." xor:"what"`
	Off    bool `help:"Judge by the shipped model alone, and stop learning at night." xor:"what"`
}

// Help shows an example.
func (learnCmd) Help() string {
	return "Corrections that people made teach a small layer over the shipped model. The daemon does this every night.\n\nExample: earshot learn --dry-run"
}

// Run learns from the corrections beside a running daemon.
func (c learnCmd) Run(a *app) error {
	cfg, faults := config.Load(c.Config, config.Options{NoSecrets: true})
	if config.Broken(faults) {
		return &daemon.Faults{Config: cfg, List: faults}
	}
	return daemon.Learn(a.ctx, a.out, cfg, daemon.LearnOptions{DryRun: c.DryRun, Undo: c.Undo, Off: c.Off, By: cmp.Or(os.Getenv("USER"), "local")})
}
