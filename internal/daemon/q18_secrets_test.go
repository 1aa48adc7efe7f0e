package daemon

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"earshot/config"
	"earshot/internal/demo"
	"earshot/internal/web"
)

// lockedBuffer takes log lines from several goroutines.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// TestQ18Secrets plants secrets in the config, lets the whole daemon run and
// fail on them, and looks for them everywhere a person or a machine can read.
func TestQ18Secrets(t *testing.T) {
	planted := []string{demo.BotToken, demo.SigningSecret, "pl4nted-user", "pl4nted-pass", "pl4nted-key", "pl4nted-hook"}
	shown := map[string]string{}
	synctest.Test(t, func(t *testing.T) {
		f := &fast{t: t, web: demo.NewTransport(1), slack: demo.NewSlack(demo.SlackOptions{})}
		var err error
		if f.play, err = demo.NewPlay("short", demo.Names("example", ""), nil); err != nil {
			t.Fatal(err)
		}
		f.web.Handle(f.play.Web, f.play.Web.Hosts()...)
		f.web.Handle(f.slack, "slack.example")
		if f.path, err = f.play.Web.Install(demo.Setting{Dir: t.TempDir(), Slack: "http://slack.example/api/"}); err != nil {
			t.Fatal(err)
		}
		plant(t, f.path)
		log := &lockedBuffer{}
		f.log = slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug}))
		f.start()
		f.slack.Fail(demo.Fault{Kind: demo.FaultUnavailable, N: 2})
		f.tell()
		time.Sleep(2 * time.Minute)
		shown["pages"] = pages(t, f)
		shown["metrics"] = f.metrics()
		f.stop()
		shown["log"] = log.b.String()
		cfg, _ := config.Load(f.path, config.Options{})
		var out bytes.Buffer
		if err := Export(context.Background(), &out, cfg, "all", "jsonl"); err != nil {
			t.Error(err)
		}
		shown["export"] = out.String()
		out.Reset()
		if err := Explain(context.Background(), &out, cfg, "http://private.example/feed"); err != nil {
			t.Error(err)
		}
		shown["explain"] = out.String()
		shown["config"] = fmt.Sprintf("%v %+v", cfg, cfg.Slack)
	})
	found := 0
	for where, text := range shown {
		if len(text) == 0 {
			t.Errorf("%s is empty: nothing was looked at", where)
		}
		for _, secret := range planted {
			if i := strings.Index(text, secret); i >= 0 {
				found++
				t.Errorf("%s shows a secret: ...%s...", where, strings.ReplaceAll(text[max(0, i-80):i], "\n", " "))
			}
		}
	}
	fmt.Printf("Q18 secrets: %d planted, %d places looked at, %d found\n", len(planted), len(shown), found)
}

// plant adds a source with credentials that fails, and a webhook with a key in
// its address.
func plant(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(string(text), "\nreceivers:\n", "\n  - {feed: \"http://pl4nted-user:pl4nted-pass@private.example/feed?apikey=pl4nted-key\"}\nreceivers:\n"+
		"  - {name: hook, webhook: {url: \"http://hooks.example/T0/pl4nted-hook?token=pl4nted-key\", secret: \"file:"+path+"\"}}\n", 1)
	changed = strings.Replace(changed, "\nroutes:\n", "\nroutes:\n  - {name: copy, to: hook, continue: true}\n", 1)
	if err := os.WriteFile(path, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
}

// pages renders what a person can open, without a listener.
func pages(t *testing.T, f *fast) string {
	t.Helper()
	w, err := web.New(f.daemon.webOptions(f.daemon.setup.Load()))
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, path := range []string{"/", "/sources", "/alerts", "/mentions", "/sources.json", "/alerts.csv", "/api/v1/sources", "/api/v1/alerts"} {
		r := httptest.NewRequest("GET", "http://127.0.0.1:8080"+path, nil)
		r.RemoteAddr = "127.0.0.1:1000"
		rec := httptest.NewRecorder()
		w.Handler().ServeHTTP(rec, r)
		fmt.Fprintf(&all, "%s %d\n%v\n%s\n", path, rec.Code, rec.Header(), rec.Body)
	}
	return all.String()
}

func (f *fast) metrics() string {
	rec := httptest.NewRecorder()
	f.daemon.metrics.handler().ServeHTTP(rec, httptest.NewRequest("GET", "/metrics", nil))
	return rec.Body.String()
}
