package daemon

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"earshot"
	"earshot/config"
	"earshot/crawler"
	"earshot/internal/demo"
	"earshot/internal/store"
)

// feedOf is an RSS feed of n posts, every fourth of which names the brand.
func feedOf(n int) string {
	var b strings.Builder
	b.WriteString(`<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Bench</title><link>http://blog.example/</link>`)
	date := time.Now().Add(-time.Hour).UTC().Format(time.RFC1123Z)
	for i := range n {
		text := fmt.Sprintf("Day %d in the garden. The beans are up, the slugs are too, and the radio plays. Row %d stays empty.", i, i*7)
		if i%4 == 0 {
			text = fmt.Sprintf("I have called Norvane %d times about my order number %d and nobody has ever called me back.", i+2, i*13)
		}
		fmt.Fprintf(&b, "<item><title>Post %d</title><link>http://blog.example/%d</link><guid>%d</guid><pubDate>%s</pubDate><content:encoded>%s %s</content:encoded></item>", i, i, i, date, text, filler(i))
	}
	b.WriteString("</channel></rss>")
	return b.String()
}

// filler makes each text a post of its own, of ordinary length, in full.
func filler(i int) string {
	words := strings.Fields("morning kettle ladder river basket candle winter engine market garden window pencil station blanket copper meadow thunder harbour lantern pocket")
	var b strings.Builder
	for n := range 60 {
		b.WriteString(words[(i*31+n*n*7+n*i)%len(words)] + " ")
		if n%9 == 8 {
			b.WriteString("came and went. ")
		}
	}
	return b.String()
}

const benchConfig = `
storage: {dsn: "sqlite:%s"}
crawl: {per_host: 1000, interval: {min: 1s, max: 1s}}
brands: [{name: Norvane}]
sources: [{feed: "http://blog.example/feed.xml"}]
receivers: [{name: care, slack: {channel: "#care"}, group: 1s}]
routes: [{match: {intent: complaint}, to: care}]
slack: {bot_token: "file:%s", api_url: "http://slack.example/api/"}
`

// BenchmarkEntries measures entries a second from the feed's bytes to the outbox:
// fetched, spotted, judged, joined, planned and stored.
func BenchmarkEntries(b *testing.B) {
	const entries = 2000
	for b.Loop() {
		dir := b.TempDir()
		token, path := filepath.Join(dir, "token"), filepath.Join(dir, "earshot.yaml")
		text := fmt.Sprintf(benchConfig, filepath.Join(dir, "e.db"), token)
		if err := os.WriteFile(token, []byte(demo.BotToken), 0o600); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
		web := demo.NewTransport(1)
		feed := feedOf(entries)
		web.Handle(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if _, err := io.WriteString(w, feed); err != nil {
				b.Error(err)
			}
		}), "blog.example")
		web.Handle(demo.NewSlack(demo.SlackOptions{}), "slack.example")
		load := func() (*config.Config, []*earshot.Fault) { return config.Load(path, config.Options{}) }
		d, err := New(context.Background(), Options{Load: load, Transport: web, Headless: true})
		if err != nil {
			b.Fatal(err)
		}
		began := time.Now()
		if err := d.Start(context.Background()); err != nil {
			b.Fatal(err)
		}
		waitDone(b, d, entries)
		b.ReportMetric(entries/time.Since(began).Seconds(), "entries/s")
		if err := d.Stop(context.Background()); err != nil {
			b.Error(err)
		}
	}
}

func waitDone(b *testing.B, d *Daemon, want int64) {
	b.Helper()
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		var done int64
		err := d.store.Read(context.Background(), func(tx *store.Tx) (err error) {
			done, err = tx.DoneEntries()
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		if done >= want {
			return
		}
	}
	b.Fatal("the entries were not done in time")
}

// BenchmarkPoll304 measures what a poll that finds nothing new costs in CPU, as a
// ratio to a bare net/http loop against the same server in the same run.
func BenchmarkPoll304(b *testing.B) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		if _, err := io.WriteString(w, feedOf(10)); err != nil {
			b.Error(err)
		}
	}))
	defer server.Close()
	c, err := crawler.New(crawler.Options{PerHost: -1, Transport: http.DefaultTransport})
	if err != nil {
		b.Fatal(err)
	}
	src := earshot.Source{ID: "feed", Kind: earshot.SourceFeed, URL: server.URL}
	res, err := c.Fetch(context.Background(), src)
	if err != nil {
		b.Fatal(err)
	}
	const rounds = 2000
	for b.Loop() {
		bare := cpu(b, func() error { return bareLoop(server.URL, rounds) })
		ours := cpu(b, func() error {
			for range rounds {
				if _, err := c.Fetch(context.Background(), res.Next); err != nil {
					return err
				}
			}
			return nil
		})
		b.ReportMetric(ours.Seconds()/bare.Seconds(), "x-bare")
	}
}

func bareLoop(url string, n int) error {
	for range n {
		req, err := http.NewRequest(http.MethodGet, url, nil)
		if err != nil {
			return err
		}
		req.Header.Set("If-None-Match", `"1"`)
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			return err
		}
		if err := resp.Body.Close(); err != nil {
			return err
		}
	}
	return nil
}

// cpu is the processor time that f takes, ours and the kernel's.
func cpu(b *testing.B, f func() error) time.Duration {
	b.Helper()
	before := usage(b)
	if err := f(); err != nil {
		b.Fatal(err)
	}
	return usage(b) - before
}

func usage(b *testing.B) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		b.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
