package main

import (
	"fmt"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/daemon"
)

type loginLinkCmd struct {
	configFlag
	Name string        `arg:"" help:"A person of the config."`
	For  time.Duration `help:"How long the link is good." default:"1h"`
}

// Help shows an example.
func (loginLinkCmd) Help() string {
	return "Example: earshot login-link ana\n\nThe person opens the link and sets a password. It works once; a new one ends the one before. The daemon may run meanwhile."
}

// maxLinkLife bounds how long a login link may lie about.
const maxLinkLife = 7 * 24 * time.Hour

// Run prints a link with which a person sets a password.
func (c loginLinkCmd) Run(a *app) error {
	if c.For < time.Minute || c.For > maxLinkLife {
		return &earshot.Fault{Code: "usage", What: "--for is out of range", Do: "take between 1m and 168h"}
	}
	cfg, faults := config.Load(c.Config, config.Options{NoSecrets: true})
	if config.Broken(faults) {
		return &daemon.Faults{Config: cfg, List: faults}
	}
	now := time.Now().UTC().Truncate(time.Millisecond)
	link, err := daemon.LoginLink(a.ctx, cfg, c.Name, now, c.For)
	if err != nil {
		return err
	}
	a.say("For %s, once, until %s:", c.Name, now.Add(c.For).Local().Format("Mon 2 Jan 15:04 MST"))
	_, err = fmt.Fprintln(a.out, link)
	return err
}
