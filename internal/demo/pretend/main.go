// Command pretend is the demo's blogosphere and Slack as a process of their own,
// for tests in which Earshot is another process. It prints its addresses, one
// "name=value" a line, and answers questions and orders under /_/ on both.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"earshot/internal/demo"
)

// settings are the command's flags.
type settings struct {
	blogs, slack, story, state, dir, listen, request string
	manual, show                                     bool
	patience                                         time.Duration
	seed                                             uint64
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "pretend:", err)
		os.Exit(1)
	}
}

func readFlags(args []string) (settings, error) {
	var s settings
	f := flag.NewFlagSet("pretend", flag.ContinueOnError)
	f.StringVar(&s.blogs, "blogs", "127.0.0.1:0", "where the blogosphere listens; each blog has an address of its own, 127.0.7.N, on the same port")
	f.StringVar(&s.slack, "slack", "127.0.0.1:0", "where the pretend Slack listens")
	f.StringVar(&s.story, "story", "day", "which story is told")
	f.StringVar(&s.state, "state", "", "file that keeps the Slack's messages over a restart")
	f.StringVar(&s.dir, "dir", "", "write earshot.yaml and its credentials there")
	f.StringVar(&s.listen, "listen", "127.0.0.1:8080", "dashboard address for that earshot.yaml")
	f.StringVar(&s.request, "request", "", "interactivity URL that clicks are posted to when no socket is open")
	f.BoolVar(&s.manual, "manual", false, "take a step only on POST /_/step")
	f.BoolVar(&s.show, "show", false, "draw cards on standard error")
	f.DurationVar(&s.patience, "patience", time.Minute, "how long to wait for a listener before the story starts")
	f.Uint64Var(&s.seed, "seed", 1, "of the fault script")
	return s, f.Parse(args)
}

func run(ctx context.Context, args []string, out io.Writer) error {
	set, err := readFlags(args)
	if errors.Is(err, flag.ErrHelp) {
		return nil
	}
	if err != nil {
		return err
	}
	sites, err := demo.Sites()
	if err != nil {
		return err
	}
	blogs, err := demo.Listen(set.blogs, len(sites))
	if err != nil {
		return err
	}
	office, err := demo.Listen(set.slack, 0)
	if err != nil {
		return err
	}
	play, err := demo.NewPlay(set.story, demo.Addresses(blogs.Port), nil)
	if err != nil {
		return err
	}
	slack := demo.NewSlack(demo.SlackOptions{Request: set.request, Seed: set.seed})
	play.Office = slack
	keep, err := remember(set.state, slack)
	if err != nil {
		return err
	}
	serve(set, play, slack, blogs, office)
	if err := announce(out, set, play, blogs, office); err != nil {
		return err
	}
	err = tell(ctx, set, play)
	<-ctx.Done()
	closing, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return errors.Join(err, blogs.Close(closing), office.Close(closing), keep())
}

// remember restores the messages of an earlier run; the function it returns ends it.
func remember(path string, s *demo.Slack) (func() error, error) {
	if path == "" {
		return func() error { return nil }, nil
	}
	c, err := demo.OpenChronicle(path, s)
	if err != nil {
		return nil, err
	}
	return c.Close, nil
}

func serve(set settings, play *demo.Play, slack *demo.Slack, blogs, office *demo.Server) {
	if set.show {
		slack.Watch(demo.NewTerminal(os.Stderr, demo.TerminalOptions{Color: demo.IsTerminal(os.Stderr)}).Change)
	}
	for server, h := range map[*demo.Server]http.Handler{blogs: play.Web, office: slack} {
		mux := http.NewServeMux()
		demo.Control{Play: play, Slack: slack}.Register(mux)
		mux.Handle("/", h)
		server.Serve(mux)
	}
}

// announce writes the config, if asked to, and prints the addresses.
func announce(out io.Writer, set settings, play *demo.Play, blogs, office *demo.Server) error {
	config := ""
	if set.dir != "" {
		path, err := play.Web.Install(demo.Setting{Dir: set.dir, Slack: office.URL() + "/api/", Listen: set.listen})
		if err != nil {
			return err
		}
		config = path
	}
	_, err := fmt.Fprintf(out, "blogs=%s\nslack=%s\napi=%s/api/\nconfig=%s\nready\n", blogs.URL(), office.URL(), office.URL(), config)
	return err
}

// tell tells the story, unless it is told by hand.
func tell(ctx context.Context, set settings, play *demo.Play) error {
	if set.manual {
		return nil
	}
	err := play.Run(ctx, set.patience, nil)
	if errors.Is(err, context.Canceled) {
		return nil
	}
	return err
}
