package main

import (
	"earshot/config"
	"earshot/internal/daemon"
)

type exportCmd struct {
	configFlag
	What   string `arg:"" help:"mentions, cases, responses, alerts, corrections or all." enum:"mentions,cases,responses,alerts,corrections,all"`
	Format string `help:"csv or jsonl." enum:"csv,jsonl" default:"jsonl"`
}

// Help shows an example.
func (exportCmd) Help() string { return "Example: earshot export cases --format csv > cases.csv" }

// Run writes what is stored to standard output.
func (c exportCmd) Run(a *app) error {
	cfg, faults := config.Load(c.Config, config.Options{NoSecrets: true})
	if config.Broken(faults) {
		return &daemon.Faults{Config: cfg, List: faults}
	}
	return daemon.Export(a.ctx, a.out, cfg, c.What, c.Format)
}
