package main

import (
	"earshot/config"
	"earshot/internal/daemon"
)

type explainCmd struct {
	configFlag
	What  string `arg:"" help:"A case (c7k2) or the address of a post."`
	Track bool   `help:"Have the daemon read this page, now and as it moves."`
}

// Help shows an example.
func (explainCmd) Help() string {
	return "Examples:\n  earshot explain c7k2\n  earshot explain https://blog.example.org/my-bag\n  earshot explain --track https://blog.example.org/my-bag"
}

// Run tells the whole story of a case, or why a post became none.
func (c explainCmd) Run(a *app) error {
	cfg, faults := config.Load(c.Config, config.Options{NoSecrets: true})
	if config.Broken(faults) {
		return &daemon.Faults{Config: cfg, List: faults}
	}
	if c.Track {
		return daemon.Track(a.ctx, a.out, cfg, c.What)
	}
	return daemon.Explain(a.ctx, a.out, cfg, c.What)
}
