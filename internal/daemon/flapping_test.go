package daemon

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/demo"
	"earshot/internal/store"
)

// diary is a blog whose feed and pages never send the same bytes twice, and say
// the same in different forms.
type diary struct {
	mu     sync.Mutex
	sent   int
	feed   string // the channel's items
	pages  map[string]string
	status map[string]int // of an address, if not 200
}

// ServeHTTP answers with the feed or a page, and a number that changes each time.
func (d *diary) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sent++
	if n := d.status[r.URL.Path]; n != 0 {
		w.WriteHeader(n)
		return
	}
	page, ok := d.pages[r.URL.RequestURI()]
	switch {
	case r.URL.Path == "/feed.xml":
		fmt.Fprintf(w, `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Ann's diary</title><link>http://diary.example/</link><!-- %d -->%s</channel></rss>`, d.sent, d.feed)
	case ok:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, "<!doctype html><html lang=en><!-- %d -->%s</html>", d.sent, page)
	default:
		http.NotFound(w, r)
	}
}

func (d *diary) set(change func(*diary)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	change(d)
}

// openDiary starts a daemon that reads one diary and its open threads every minute.
func openDiary(t *testing.T, d *diary, source, more string) *fast {
	t.Helper()
	f := &fast{t: t, web: demo.NewTransport(1), slack: demo.NewSlack(demo.SlackOptions{})}
	f.web.Handle(f.slack, "slack.example")
	f.web.Handle(d, "diary.example")
	dir := t.TempDir()
	f.path = filepath.Join(dir, "earshot.yaml")
	text := fmt.Sprintf("zone: UTC\nstorage: {dsn: \"sqlite:%s/earshot.db\"}\ncrawl: {per_host: 2000000000, interval: {min: 1m, max: 1m}, revisit: [1m]}\nbrands:\n  - {name: Norvane}\nsources:\n  - %s\n%s%sslack: {bot_token: \"file:%s/token\", api_url: \"http://slack.example/api/\"}\n",
		dir, source, more, crowdRoutes, dir)
	for name, text := range map[string]string{"token": demo.BotToken, "earshot.yaml": text} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	load := func() (*config.Config, []*earshot.Fault) { return config.Load(f.path, config.Options{}) }
	log := f.log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if os.Getenv("EARSHOT_TEST_LOG") != "" {
		log = testLog()
	}
	var err error
	if f.daemon, err = New(t.Context(), Options{Load: load, Transport: f.web, Rand: rand.New(rand.NewSource(1)), Logger: log, Headless: true}); err != nil {
		t.Fatal(err)
	}
	if err := f.daemon.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return f
}

// entryAt returns the stored entry at an address.
func (f *fast) entryAt(address string) earshot.Entry {
	f.t.Helper()
	var found []earshot.Entry
	if err := f.daemon.store.Read(context.Background(), func(tx *store.Tx) (err error) {
		found, err = tx.EntriesAt(address)
		return err
	}); err != nil || len(found) == 0 {
		f.t.Fatalf("nothing at %s: %v", address, err)
	}
	return found[0]
}

func diaryItem(title, slug, text string, at time.Time) string {
	return fmt.Sprintf(`<item><title>%s</title><link>http://diary.example/%s</link><guid>%s</guid><dc:creator>Ann Lee</dc:creator><pubDate>%s</pubDate><content:encoded><![CDATA[%s]]></content:encoded></item>`,
		title, slug, slug, at.UTC().Format(time.RFC1123Z), text)
}

// diaryLooks are forms in which one post stands in its feed and on its page.
var diaryLooks = []struct{ name, feed, page, edited, editedPage, news string }{
	{"short feed, long page",
		"<p>Norvane lost my order again and I am very angry.</p><p>The post <a href='x'>Waiting</a> appeared first on Ann's diary.</p>",
		"<article><h1>Waiting</h1><p>Norvane lost my order again and I am very angry.</p><p>Nobody answered the telephone for three days, and the desk in town was shut whenever I came by.</p><p>I want my money back, and so does my neighbour who ordered with me.</p></article>",
		"<p>Norvane lost my order again and I am very angry. Their manager shouted at me today.</p><p>The post <a href='x'>Waiting</a> appeared first on Ann's diary.</p>",
		"<article><h1>Waiting</h1><p>Norvane lost my order again and I am very angry. Their manager shouted at me today.</p><p>Nobody answered the telephone for three days, and the desk in town was shut whenever I came by.</p><p>I want my money back, and so does my neighbour who ordered with me.</p></article>", "Their manager shouted"},
	{"byline glued to a very short post",
		"<p>Norvane lost my order. Awful service, I am furious.</p>",
		"<div class=post><span>Posted by Ann Lee</span><span>Waiting</span><span>Norvane lost my order. Awful service, I am furious.</span></div>",
		"<p>Norvane lost my order. Awful service, I am furious. Still no refund after a week.</p>",
		"<div class=post><span>Posted by Ann Lee</span><span>Waiting</span><span>Norvane lost my order. Awful service, I am furious. Still no refund after a week.</span></div>", "Still no refund"},
	{"other quotes and line breaks",
		"<p>Norvane said “soon” – and lost my order.<br>Terrible service, I am angry.</p>",
		"<article><h1>Waiting</h1><p>Norvane said \"soon\" - and lost my order.</p><p>Terrible service, I am angry.</p></article>",
		"<p>Norvane said “soon” – and lost my order.<br>Terrible service, I am angry.<br>UPDATE: Norvane called and refunded me.</p>",
		"<article><h1>Waiting</h1><p>Norvane said \"soon\" - and lost my order.</p><p>Terrible service, I am angry.</p><p>UPDATE: Norvane called and refunded me.</p></article>", "called and refunded"},
}

// TestTwoFormsOfAPostAreNoEdits: two hundred readings of feed and page in turn, never
// the same bytes, make no revision; an edit that both show makes exactly one.
func TestTwoFormsOfAPostAreNoEdits(t *testing.T) {
	for i, l := range diaryLooks {
		for _, pageFirst := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, page first %v", l.name, pageFirst), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					at := time.Now()
					d := &diary{feed: diaryItem("Beans", "beans", "<p>The beans are up, and the radio plays.</p>", at.Add(-time.Hour)), pages: map[string]string{}}
					f := openDiary(t, d, `{feed: "http://diary.example/feed.xml", lang: en}`, "")
					time.Sleep(11 * time.Minute)
					slug := fmt.Sprintf("waiting-for-them-%d", i)
					d.set(func(d *diary) {
						d.feed += diaryItem("Waiting", slug, l.feed, time.Now())
						d.pages["/"+slug] = "<head><title>Waiting | Ann's diary</title></head><body>" + l.page + "</body>"
					})
					time.Sleep(100 * time.Minute)
					address := "https://diary.example/" + slug
					if e := f.entryAt(address); e.Revision != 1 || len(e.Forms) != 2 {
						t.Errorf("unchanged, read in %d forms: revision %d, text %q", len(e.Forms), e.Revision, e.Text)
					}
					feed := func(d *diary) { d.feed = strings.Replace(d.feed, l.feed, l.edited, 1) }
					page := func(d *diary) { d.pages["/"+slug] = strings.Replace(d.pages["/"+slug], l.page, l.editedPage, 1) }
					if pageFirst {
						feed, page = page, feed
					}
					d.set(feed)
					time.Sleep(3 * time.Minute)
					d.set(page)
					time.Sleep(30 * time.Minute)
					if e := f.entryAt(address); e.Revision != 2 || !strings.Contains(e.Text, l.news) {
						t.Errorf("edited once: revision %d, text %q", e.Revision, e.Text)
					}
					f.stop()
				})
			})
		}
	}
}
