// Command earshot is the whole product in one binary: the daemon, its demo, and
// the tools around it. Each verb is a file; this one holds flags, signals and
// exit codes.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
	_ "time/tzdata" // zones of the config work on machines without a zone database

	"earshot"
	"earshot/internal/daemon"

	"github.com/alecthomas/kong"
)

// commands are the verbs in the order that help shows them.
type commands struct {
	Run         runCmd         `cmd:"" help:"Run the daemon."`
	Demo        demoCmd        `cmd:"" help:"Show the whole product: no account, no network."`
	Init        initCmd        `cmd:"" help:"Write a commented config."`
	Check       checkCmd       `cmd:"" help:"Check the config: all faults at once."`
	Test        testCmd        `cmd:"" help:"Run the brand tests written in the config."`
	Inspect     inspectCmd     `cmd:"" help:"Show what Earshot sees in a feed, a page or a text."`
	Classify    classifyCmd    `cmd:"" help:"Judge mentions: JSON Lines in, JSON Lines out."`
	Replay      replayCmd      `cmd:"" help:"Show what stored history would have sent, by the config as it stands now."`
	Explain     explainCmd     `cmd:"" help:"Tell why a post was, or was not, alerted."`
	Export      exportCmd      `cmd:"" help:"Write mentions, cases, responses or alerts as CSV or JSON Lines."`
	LoginLink   loginLinkCmd   `cmd:"" help:"Make a link with which a person sets a password."`
	Release     releaseCmd     `cmd:"" help:"End the quarantine of a source."`
	Forget      forgetCmd      `cmd:"" help:"Erase what one author wrote, and keep it from coming back."`
	Completion  completionCmd  `cmd:"" help:"Print a script that completes verbs and flags in a shell."`
	Learn       learnCmd       `cmd:"" help:"Learn from the labels people corrected."`
	Slack       slackCmd       `cmd:"" help:"Print what Slack needs to know of Earshot."`
	Healthcheck healthcheckCmd `cmd:"" help:"Ask a running daemon whether it is ready."`
	Version     versionCmd     `cmd:"" help:"Print the version."`
}

// app is what a verb may touch of the world.
type app struct {
	ctx    context.Context
	in     io.Reader
	out    io.Writer
	errOut io.Writer
}

// Exit codes of the contract.
const (
	exitFailed = 1
	exitUsage  = 2
)

// errQuiet is a failure whose words were printed already.
var errQuiet = errors.New("failed")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(&app{ctx: ctx, in: os.Stdin, out: os.Stdout, errOut: os.Stderr}, os.Args[1:]))
}

// run parses the arguments, runs the verb and returns the exit code.
func run(a *app, args []string) int {
	code := -1
	parser, err := kong.New(&commands{}, kong.Name("earshot"), kong.Description("Know who is complaining about you (or thanking you) on the open web, and whether you answered."),
		kong.Writers(a.out, a.errOut), kong.Exit(func(c int) { code = c }), kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}))
	if err != nil {
		return a.fail(err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	verb, err := parser.Parse(args)
	switch {
	case code >= 0: // help was asked for and printed
		return code
	case err != nil:
		a.say("earshot: %v (earshot --help shows the verbs)", err)
		return exitUsage
	}
	return a.fail(verb.Run(a))
}

// fail prints an error and returns its exit code; 0 for none.
func (a *app) fail(err error) int {
	var faults *daemon.Faults
	var fault *earshot.Fault
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errQuiet):
		return exitFailed
	case errors.As(err, &faults):
		a.say("%v", faults)
		return exitUsage
	case errors.As(err, &fault) && fault.Code == "usage":
		a.say("earshot: %v", err)
		return exitUsage
	}
	a.say("earshot: %v", err)
	return exitFailed
}

// say prints a line for a person.
func (a *app) say(format string, args ...any) {
	if _, err := fmt.Fprintf(a.errOut, format+"\n", args...); err != nil {
		slog.Error("cannot write to standard error", "err", err)
	}
}

// version is the module's version, and the revision it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			v += " " + s.Value[:12]
		}
	}
	return v
}
