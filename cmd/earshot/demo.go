package main

import (
	"context"
	"errors"
	"time"

	"earshot/internal/demo"
)

type demoCmd struct {
	Once   bool   `help:"End after the story: exit 0, or 1 if a step did not happen."`
	Story  string `help:"Which story to tell: day or short." default:"day"`
	Listen string `help:"Where the dashboard listens." default:"127.0.0.1:8080"`
}

// Help shows an example.
func (demoCmd) Help() string { return "Examples:\n  earshot demo\n  earshot demo --once --story short" }

// Run tells the story, and keeps the dashboard until Ctrl-C unless once.
func (c demoCmd) Run(a *app) error {
	stage, err := openStage(a, c)
	if err != nil {
		return err
	}
	err = c.tell(a, stage)
	ctx, cancel := context.WithTimeout(context.Background(), stopWithin)
	defer cancel()
	return errors.Join(err, stage.close(ctx))
}

func (c demoCmd) tell(a *app, s *stage) error {
	a.say("A small blogosphere and a pretend Slack run on this machine. The dashboard: %s\n", s.daemon.URL())
	err := s.play.Run(a.ctx, 20*time.Second, func(step demo.Step) { s.terminal.Say(step.At, step.Say) })
	if errors.Is(err, context.Canceled) {
		return nil
	}
	if err != nil {
		return err
	}
	missed := s.play.Check(s.slack.Messages(), s.slack.Duplicates())
	for _, m := range missed {
		a.say("did not happen: %s", m)
	}
	a.say("\nThe story is told: %d of %d things happened as they should.", len(s.play.Story.Expect)-min(len(missed), len(s.play.Story.Expect)), len(s.play.Story.Expect))
	if !c.Once {
		a.say("The dashboard stays at %s until Ctrl-C.", s.daemon.URL())
		<-a.ctx.Done()
		return nil
	}
	if len(missed) > 0 {
		return errQuiet
	}
	return nil
}
