package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/daemon"

	systemd "github.com/coreos/go-systemd/v22/daemon"
)

// stopWithin is how long a clean stop may take.
const stopWithin = 20 * time.Second

type configFlag struct {
	Config string `help:"The config file." default:"earshot.yaml" type:"path" short:"c"`
}

func (f configFlag) load(o config.Options) func() (*config.Config, []*earshot.Fault) {
	return func() (*config.Config, []*earshot.Fault) { return config.Load(f.Config, o) }
}

type runCmd struct {
	configFlag
	LogLevel  slog.Level `help:"debug, info, warn or error." default:"info"`
	LogFormat string     `help:"text or json." enum:"text,json" default:"text"`
}

// Help shows an example.
func (runCmd) Help() string {
	return "Example: earshot run --config earshot.yaml\n\nSIGHUP or POST /-/reload reads the config again; a bad file changes nothing. SIGTERM stops cleanly."
}

// Run runs the daemon until a signal ends it.
func (c runCmd) Run(a *app) error {
	log := c.logger(a)
	d, err := daemon.New(a.ctx, daemon.Options{Path: c.Config, Load: c.load(config.Options{}), Logger: log, Version: version()})
	if err != nil {
		return err
	}
	if err := d.Start(a.ctx); err != nil {
		return err
	}
	log.Info("earshot runs", "version", version(), "dashboard", d.URL())
	c.tell(log, systemd.SdNotifyReady)
	hup := make(chan os.Signal, 1)
	signal.Notify(hup, syscall.SIGHUP)
	for {
		select {
		case <-hup:
			if err := d.Reload(a.ctx); err != nil {
				log.Error("reload", "err", err)
			}
		case <-a.ctx.Done():
			log.Info("stopping")
			c.tell(log, systemd.SdNotifyStopping)
			ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
			defer cancel()
			return d.Stop(ctx)
		}
	}
}

// tell says to systemd, if it started us, what is going on (Type=notify).
func (runCmd) tell(log *slog.Logger, state string) {
	if _, err := systemd.SdNotify(false, state); err != nil {
		log.Warn("tell systemd", "err", err)
	}
}

func (c runCmd) logger(a *app) *slog.Logger {
	o := &slog.HandlerOptions{Level: c.LogLevel}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(a.errOut, o))
	}
	return slog.New(slog.NewTextHandler(a.errOut, o))
}
