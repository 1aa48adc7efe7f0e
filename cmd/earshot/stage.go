package main

import (
	"context"
	"errors"
	"os"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/daemon"
	"earshot/internal/demo"
)

// stage is the demo's world with the real daemon in it.
type stage struct {
	dir      string
	blogs    *demo.Server
	office   *demo.Server
	play     *demo.Play
	slack    *demo.Slack
	terminal *demo.Terminal
	daemon   *daemon.Daemon
}

func openStage(a *app, c demoCmd) (*stage, error) {
	s := &stage{}
	if err := s.open(a, c); err != nil {
		return nil, errors.Join(err, s.close(a.ctx))
	}
	return s, nil
}

func (s *stage) open(a *app, c demoCmd) error {
	var err error
	if s.dir, err = os.MkdirTemp("", "earshot-demo-"); err != nil {
		return err
	}
	if s.blogs, err = demo.Listen("127.0.0.1:0", 0); err != nil {
		return err
	}
	if s.office, err = demo.Listen("127.0.0.1:0", 0); err != nil {
		return err
	}
	if s.play, err = demo.NewPlay(c.Story, demo.Names("localhost", s.blogs.Port), nil); err != nil {
		return &earshot.Fault{Code: "usage", What: "there is no story " + c.Story, Do: "take day or short", Err: err}
	}
	s.slack = demo.NewSlack(demo.SlackOptions{})
	s.play.Office = s.slack
	s.terminal = demo.NewTerminal(a.out, demo.TerminalOptions{Color: demo.IsTerminal(a.out), Zone: time.Local})
	s.slack.Watch(s.terminal.Change)
	s.blogs.Serve(s.play.Web)
	s.office.Serve(s.slack)
	return s.listen(a, c)
}

// listen starts the daemon on the stage.
func (s *stage) listen(a *app, c demoCmd) error {
	path, err := s.play.Web.Install(demo.Setting{Dir: s.dir, Slack: s.office.URL() + "/api/", Listen: c.Listen})
	if err != nil {
		return err
	}
	load := func() (*config.Config, []*earshot.Fault) { return config.Load(path, config.Options{}) }
	s.daemon, err = daemon.New(a.ctx, daemon.Options{Path: path, Load: load, Resolver: demo.Loopback{}, Version: version(), Open: true})
	if err != nil {
		return err
	}
	return s.daemon.Start(a.ctx)
}

func (s *stage) close(ctx context.Context) error {
	var errs []error
	if s.daemon != nil {
		errs = append(errs, s.daemon.Stop(ctx))
	}
	for _, server := range []*demo.Server{s.blogs, s.office} {
		if server != nil {
			errs = append(errs, server.Close(ctx))
		}
	}
	if s.dir != "" {
		errs = append(errs, os.RemoveAll(s.dir))
	}
	return errors.Join(errs...)
}
