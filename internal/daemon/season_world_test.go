package daemon

import (
	"fmt"
	"log/slog"
	"math/rand"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/demo"
)

// seasonPace is how many hours of the season pass in one of the bubble's: the
// daemon's loops look up every 30 seconds, and a season has many.
const seasonPace = 60

// seasonLength is how long the season lasts: the last post is of day 78, what
// comes of it ends 30 days later, and the rest lets clocks and revisits run out.
const seasonLength = 142 * 24 * time.Hour

// seasonBegins is the season's first moment.
func seasonBegins() time.Time { return time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) }

// seasonClock runs seasonPace times as fast as the bubble it was made in.
func seasonClock() func() time.Time {
	from := time.Now()
	return func() time.Time { return seasonBegins().Add(time.Since(from) * seasonPace) }
}

// openSeason builds the web of a season and starts the daemon that listens to it.
func openSeason(t *testing.T, s *season) (*fast, *demo.Web) {
	t.Helper()
	clock := seasonClock()
	web := demo.NewWeb(s.sites(), demo.Names("example", ""), clock)
	f := &fast{t: t, web: demo.NewTransport(1), slack: demo.NewSlack(demo.SlackOptions{})}
	f.web.Handle(web, web.Hosts()...)
	f.web.Handle(f.slack, "slack.example")
	dir := t.TempDir()
	f.path = filepath.Join(dir, "earshot.yaml")
	for name, text := range map[string]string{"token": demo.BotToken, "earshot.yaml": s.config(dir)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	log := slog.New(slog.DiscardHandler)
	if os.Getenv("EARSHOT_TEST_LOG") != "" {
		log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	load := func() (*config.Config, []*earshot.Fault) { return config.Load(f.path, config.Options{}) }
	var err error
	f.daemon, err = New(t.Context(), Options{Load: load, Clock: clock, Transport: f.web, Rand: rand.New(rand.NewSource(1)), Logger: log, Headless: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.daemon.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return f, web
}

// play lets the season happen.
func (s *season) play(t *testing.T, f *fast, web *demo.Web) {
	t.Helper()
	for _, step := range append(s.steps, seasonStep{at: s.start.Add(seasonLength)}) {
		if wait := step.at.Sub(f.daemon.now()); wait > 0 {
			time.Sleep(wait / seasonPace)
		}
		if step.do == nil {
			continue
		}
		if err := step.do(web); err != nil {
			t.Fatal(err)
		}
	}
}

func (s *season) sites() []demo.Site {
	var out []demo.Site
	for _, b := range s.blogs {
		out = append(out, demo.Site{Slug: b.slug, Name: b.name, Lang: b.tongue.lang, Author: b.author, Clothes: b.clothes, Source: true})
		if b.slug == b.tongue.lang+"0" {
			name, _, _ := strings.Cut(b.tongue.lines["mirror"][0], " | ")
			out = append(out, demo.Site{Slug: s.mirrors[b.tongue.lang], Name: name, Lang: b.tongue.lang, Author: name, Clothes: demo.Plain, Source: true})
		}
	}
	for _, b := range s.brands {
		out = append(out, demo.Site{Slug: b.slug, Name: b.name, Lang: "en", Author: b.name, Clothes: demo.Newsroom, Brand: b.name})
	}
	return out
}

// seasonFeeds is where each kind of site has its feed.
func seasonFeeds() map[demo.Clothes]string {
	return map[demo.Clothes]string{demo.WordPress: "/feed/", demo.Atom: "/atom.xml", demo.JSONFeed: "/feed.json", demo.Summaries: "/rss.xml",
		demo.Blogger: "/feeds/posts/default", demo.Plain: "/rss", demo.Newsroom: "/news.rss"}
}

// config writes the operator's file: revisits are the default ones. No host is
// ever waited for: the crawler holds a lock while it waits to ask for robots.txt,
// and a bubble whose goroutines wait for a lock stands still.
func (s *season) config(dir string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "zone: UTC\nstorage: {dsn: \"sqlite:%s/earshot.db\"}\ncrawl: {per_host: 2000000000, interval: {min: 6h, max: 12h}}\n", dir)
	b.WriteString("brands:\n")
	for _, c := range s.brands {
		fmt.Fprintf(&b, "  - name: %s\n    aliases: [%s]\n    category: %s\n", c.name, c.han, s.place.category[c.trade])
		fmt.Fprintf(&b, "    official: {domains: [%s.example], names: [%q, %q, %q, %q], feeds: [\"http://%s.example/news.rss\"]}\n", c.slug, s.place.desk(c, "en"), s.place.desk(c, "es"), s.place.desk(c, "it"), s.place.desk(c, "zh"), c.slug)
		fmt.Fprintf(&b, "    sla: [{match: {intent: complaint}, answer: 72h}, {match: {intent: compliment}, answer: 7d}]\n")
	}
	b.WriteString("sources:\n")
	for _, site := range s.sites() {
		if site.Source {
			fmt.Fprintf(&b, "  - {feed: \"http://%s.example%s\", lang: %s}\n", site.Slug, seasonFeeds()[site.Clothes], site.Lang)
		}
	}
	b.WriteString("receivers: [{name: care, slack: {channel: \"#care\"}}]\nroutes: [{name: all, match: {intent: [complaint, compliment, question, request]}, to: care}]\n")
	fmt.Fprintf(&b, "slack: {bot_token: \"file:%s/token\", api_url: \"http://slack.example/api/\"}\n", dir)
	return b.String()
}
