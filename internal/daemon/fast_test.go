package daemon

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math/rand"
	"os"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/demo"
	"earshot/internal/store"
)

// fast is the fast test world: the whole daemon, a blogosphere and a Slack in
// one process, on virtual time.
type fast struct {
	t      *testing.T
	play   *demo.Play
	slack  *demo.Slack
	web    *demo.Transport
	daemon *Daemon
	path   string
	log    *slog.Logger // nil discards, or shows if EARSHOT_TEST_LOG is set
}

// openFast starts the world; it must be called in a synctest bubble.
func openFast(t *testing.T, story string) *fast {
	t.Helper()
	f := &fast{t: t, web: demo.NewTransport(1), slack: demo.NewSlack(demo.SlackOptions{})}
	var err error
	if f.play, err = demo.NewPlay(story, demo.Names("example", ""), nil); err != nil {
		t.Fatal(err)
	}
	f.web.Handle(f.play.Web, f.play.Web.Hosts()...)
	f.web.Handle(f.slack, "slack.example")
	if f.path, err = f.play.Web.Install(demo.Setting{Dir: t.TempDir(), Slack: "http://slack.example/api/"}); err != nil {
		t.Fatal(err)
	}
	f.start()
	return f
}

func (f *fast) start() {
	f.t.Helper()
	load := func() (*config.Config, []*earshot.Fault) { return config.Load(f.path, config.Options{}) }
	log := f.log
	if log == nil || os.Getenv("EARSHOT_TEST_LOG") != "" {
		log = testLog()
	}
	var err error
	f.daemon, err = New(f.t.Context(), Options{Load: load, Transport: f.web, Rand: rand.New(rand.NewSource(1)), Logger: log, Headless: true})
	if err != nil {
		f.t.Fatal(err)
	}
	if err := f.daemon.Start(f.t.Context()); err != nil {
		f.t.Fatal(err)
	}
}

// testLog discards, or shows if EARSHOT_TEST_LOG is set.
func testLog() *slog.Logger {
	if os.Getenv("EARSHOT_TEST_LOG") != "" {
		return slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	return slog.New(slog.DiscardHandler)
}

func (f *fast) stop() {
	f.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := f.daemon.Stop(ctx); err != nil {
		f.t.Error(err)
	}
}

// tell plays the story to its end.
func (f *fast) tell() {
	f.t.Helper()
	if err := f.play.Run(f.t.Context(), time.Minute, nil); err != nil {
		f.t.Fatal(err)
	}
}

// cases returns every case by brand and the last part of its address.
func (f *fast) cases() map[string]earshot.CaseView {
	f.t.Helper()
	out := map[string]earshot.CaseView{}
	err := f.daemon.store.Read(context.Background(), func(tx *store.Tx) error {
		views, err := tx.OpenCases(nil, 1000)
		for _, v := range views {
			out[v.Case.ID] = v
		}
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return out
}

func TestEveryStoredCaseIsItsEventsAndEveryAlertHasOneReason(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "day")
		f.tell()
		time.Sleep(time.Minute) // what waits to be sent goes out
		f.stop()
		st, err := store.Open(context.Background(), f.dsn(), store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		err = st.Read(context.Background(), func(tx *store.Tx) error {
			views, err := tx.OpenCases(nil, 1000)
			if err != nil {
				return err
			}
			if len(views) < 8 {
				t.Errorf("the day brought %d cases", len(views))
			}
			for _, v := range views {
				if err := rebuilt(tx, v.Case); err != nil {
					t.Error(err)
				}
			}
			alerts, err := tx.Alerts("", 0, 10000)
			for _, a := range alerts {
				if a.Reason == "" {
					t.Errorf("alert %s was never decided", a.Key)
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
		if d := f.slack.Duplicates(); len(d) > 0 {
			t.Errorf("told twice: %v", d)
		}
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	})
}

func (f *fast) dsn() string {
	cfg, _ := config.Load(f.path, config.Options{})
	dsn, err := cfg.Storage.DSN.Reveal()
	if err != nil {
		f.t.Fatal(err)
	}
	return dsn
}

func rebuilt(tx *store.Tx, c earshot.Case) error {
	events, err := tx.Events(c.ID)
	if err != nil {
		return err
	}
	got, err1 := json.Marshal(earshot.Rebuild(events))
	want, err2 := json.Marshal(c)
	if string(got) != string(want) {
		return fmt.Errorf("case %s is not its events:\n%s\n%s", c.ID, got, want)
	}
	return errors.Join(err1, err2)
}
