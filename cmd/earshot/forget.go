package main

import (
	"time"

	"earshot/config"
	"earshot/internal/daemon"
)

type forgetCmd struct {
	configFlag
	Author string `arg:"" help:"The author's key, address or name."`
	DryRun bool   `help:"Only list what would be erased."`
}

// Help shows an example.
func (forgetCmd) Help() string {
	return "Examples:\n  earshot forget \"Marta Deane\" --dry-run\n  earshot forget https://marta.example.org/\n\nErases the texts, names and addresses of one author, and keeps a salted hash so that a later reading brings nothing back. Labels and the course of cases stay. The daemon may run meanwhile; there is no undo."
}

// Run erases an author.
func (c forgetCmd) Run(a *app) error {
	cfg, faults := config.Load(c.Config, config.Options{NoSecrets: true})
	if config.Broken(faults) {
		return &daemon.Faults{Config: cfg, List: faults}
	}
	return daemon.Forget(a.ctx, a.out, cfg, c.Author, time.Now().UTC().Truncate(time.Millisecond), c.DryRun)
}
