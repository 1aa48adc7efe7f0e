package daemon

import (
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
	"earshot/alert"
	"earshot/config"
	"earshot/internal/demo"
	"earshot/internal/insight"
	"earshot/internal/store"
)

// quietBlogs is how many blogs the world of silence has; each posts every other
// hour of the day. The first gives summaries, so that its pages are read.
const quietBlogs = 6

// hush is the world of one fault: blogs that were heard for four weeks, and
// what goes wrong then.
type hush struct {
	*fast
	mu    sync.Mutex
	fault insight.Diagnosis
	posts map[string][]crowdItem
	now   func() time.Time
}

// ServeHTTP serves feeds, and the pages of the first blog's posts.
func (w *hush) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	defer w.mu.Unlock()
	items := w.posts[r.Host]
	ill := r.Host == "b0.example"
	switch {
	case r.URL.Path == "/robots.txt":
		http.NotFound(out, r)
	case ill && w.fault == insight.FetchFailing:
		http.Error(out, "out of order", http.StatusInternalServerError)
	case r.URL.Path == "/feed.xml":
		fmt.Fprintf(out, `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>%s</title><link>http://%s/</link>`, r.Host, r.Host)
		for i := max(0, len(items)-20); i < len(items) && !(ill && w.fault == insight.FeedEmpty); i++ {
			body := "<content:encoded>" + items[i].text + "</content:encoded>"
			if ill {
				body = "<description>" + items[i].text[:40] + " [...]</description>"
			}
			fmt.Fprintf(out, `<item><title>Note %d</title><link>http://%s/%d</link><guid>%s-%d</guid><author>%s</author><pubDate>%s</pubDate>%s</item>`, i, r.Host, i, r.Host, i, items[i].author, items[i].at.Format(time.RFC1123Z), body)
		}
		fmt.Fprint(out, `</channel></rss>`)
	default:
		var i int
		if _, err := fmt.Sscanf(r.URL.Path, "/%d", &i); err != nil || i >= len(items) {
			http.NotFound(out, r)
			return
		}
		article := "<article><h1>Note</h1><p>" + items[i].text + "</p></article>"
		if w.fault == insight.LayoutChanged {
			article = "<div id=app></div><script>load()</script>"
		}
		fmt.Fprintf(out, "<html><head><title>Note %d</title></head><body><nav><a href=/>Home</a></nav>%s</body></html>", i, article)
	}
}

// openSilent preloads four weeks of history and starts the daemon.
func openSilent(t *testing.T, fault insight.Diagnosis, begin time.Time, rests func(time.Time) bool) *hush {
	t.Helper()
	from := time.Now()
	w := &hush{fast: &fast{t: t, web: demo.NewTransport(1), slack: demo.NewSlack(demo.SlackOptions{})}, posts: map[string][]crowdItem{},
		now: func() time.Time { return begin.Add(time.Since(from) * seasonPace) }}
	w.web.Handle(w.slack, "slack.example")
	dir := t.TempDir()
	w.path = filepath.Join(dir, "earshot.yaml")
	var sources strings.Builder
	for i := range quietBlogs {
		w.web.Handle(w, fmt.Sprintf("b%d.example", i))
		fmt.Fprintf(&sources, "  - {feed: \"http://b%d.example/feed.xml\", lang: en}\n", i)
	}
	text := fmt.Sprintf("zone: UTC\nstorage: {dsn: \"sqlite:%s/earshot.db\"}\ncrawl: {per_host: 2000000000, interval: {min: 1h, max: 1h}, revisit: [30d]}\nbrands: [{name: Norvane}]\nsources:\n%s"+
		"receivers: [{name: care, slack: {channel: \"#care\"}}, {name: desk, slack: {channel: \"#desk\"}}]\nroutes: [{match: {intent: complaint}, to: care}]\nops: desk\nslack: {bot_token: \"file:%s/token\", api_url: \"http://slack.example/api/\"}\n", dir, &sources, dir)
	for name, text := range map[string]string{"token": demo.BotToken, "earshot.yaml": text} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	log := slog.New(slog.DiscardHandler)
	if os.Getenv("EARSHOT_TEST_LOG") != "" {
		log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	load := func() (*config.Config, []*earshot.Fault) { return config.Load(w.path, config.Options{}) }
	var err error
	if w.daemon, err = New(t.Context(), Options{Load: load, Clock: w.now, Transport: w.web, Rand: rand.New(rand.NewSource(1)), Logger: log, Headless: true}); err != nil {
		t.Fatal(err)
	}
	err = w.daemon.store.Write(t.Context(), func(tx *store.Tx) error { return w.history(tx, begin, rests) })
	if err != nil {
		t.Fatal(err)
	}
	w.fault = fault
	if err := w.daemon.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

// history is what four weeks brought: entries that were worked on.
func (w *hush) history(tx *store.Tx, begin time.Time, rests func(time.Time) bool) error {
	first := begin.Add(-28 * 24 * time.Hour)
	for _, src := range w.daemon.setup.Load().sources {
		src.State, src.Reads, src.FirstTried, src.LastSuccess, src.Due, src.Listed = earshot.SourceOK, 500, first, begin, begin.Add(time.Minute), 20
		if err := tx.PutSource(src); err != nil {
			return err
		}
	}
	for at := first; at.Before(begin); at = at.Add(time.Hour) {
		for i := range quietBlogs {
			n, ok := w.post(i, at, rests)
			if !ok {
				continue
			}
			if err := w.keep(tx, i, n, at); err != nil {
				return err
			}
		}
	}
	return nil
}

// keep stores one post of the history as if it had been worked on.
func (w *hush) keep(tx *store.Tx, blog, n int, at time.Time) error {
	host := fmt.Sprintf("b%d.example", blog)
	src := w.daemon.setup.Load().sources[blog]
	e := earshot.Entry{Key: fmt.Sprintf("old-%d-%d", blog, n), Source: src.ID, Kind: earshot.Post, URL: fmt.Sprintf("http://%s/old/%d", host, n), Canonical: fmt.Sprintf("%s/old/%d", host, n),
		Thread: fmt.Sprintf("%s/old/%d", host, n), Text: w.posts[host][n].text, Hash: fmt.Sprint(blog, n), Published: at, FirstSeen: at.Add(30 * time.Minute)}
	e, err := tx.AddEntry(e, "", at)
	if err != nil {
		return err
	}
	if blog == 0 {
		tx.CountPage(src.ID, store.PageText, at)
	}
	if strings.Contains(e.Text, "Norvane") {
		v := earshot.Verdict{Intent: earshot.NoIntent}
		if strings.Contains(e.Text, "angry") {
			v.Intent = earshot.Complaint
		}
		if _, err := tx.PutMention(earshot.Mention{Brand: "Norvane", Verdict: v}, e); err != nil {
			return err
		}
	}
	return tx.FinishEntry(e.ID, e.ID, "")
}

// post lets a blog write, if it is its hour; it returns the post's number.
func (w *hush) post(blog int, at time.Time, rests func(time.Time) bool) (int, bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	host := fmt.Sprintf("b%d.example", blog)
	hour := int(at.Unix() / 3600)
	switch {
	case at.Hour()%2 != blog%2 || at.Hour() < 6 || rests(at):
		return 0, false
	case blog == 0 && w.fault == insight.FeedFrozen, w.fault == insight.Quiet && at.Hour()/2 != 5:
		return 0, false
	}
	text := fmt.Sprintf("The beans of row %d are up, the radio plays, and the slugs of %s are awake at number %d again.", hour, host, hour+blog)
	name := "Norvane"
	if w.fault == insight.RuleStopped {
		name = "Umbrella Nine"
	}
	if n := hour + 7*blog; n%3 == 0 && w.fault != insight.Quiet {
		text = fmt.Sprintf("The %s office in street %d is open from nine to five, and bus %d stops in front of it.", name, hour, hour+blog)
		if n%2 == 0 && w.fault != insight.NoComplaints {
			text = spikeText(name, hour+blog)
		}
	}
	w.posts[host] = append(w.posts[host], crowdItem{fmt.Sprintf("Writer %d", hour%9), text, at})
	return len(w.posts[host]) - 1, true
}

// live lets so many hours pass, with what the blogs write in them.
func (w *hush) live(hours int, rests func(time.Time) bool, each func()) {
	for range hours {
		for i := range quietBlogs {
			w.post(i, w.now().UTC().Truncate(time.Second), rests)
		}
		time.Sleep(time.Hour / seasonPace)
		each()
	}
}

func (w *hush) broken() []insight.Finding {
	var out []insight.Finding
	for _, f := range w.daemon.found() {
		if f.Diagnosis.Broken() {
			out = append(out, f)
		}
	}
	return out
}

// TestSilence: seven faults, each named by its first stage; and a quiet weekend
// is no alarm.
func TestSilence(t *testing.T) {
	right := 0
	wednesday := time.Date(2026, 6, 3, 6, 0, 0, 0, time.UTC)
	never := func(time.Time) bool { return false }
	faults := []insight.Diagnosis{insight.FetchFailing, insight.FeedEmpty, insight.FeedFrozen, insight.LayoutChanged, insight.RuleStopped, insight.NoComplaints, insight.Quiet}
	for _, fault := range faults {
		t.Run(string(fault), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := openSilent(t, fault, wednesday, never)
				w.live(62, never, func() {})
				found := w.daemon.found()
				if len(found) != 1 || found[0].Diagnosis != fault {
					t.Errorf("found %+v", found)
				} else {
					right++
				}
				w.told(fault)
				w.stop()
			})
		})
	}
	alarms := 0
	t.Run("weekend", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			weekend := func(at time.Time) bool { return at.Weekday() == time.Saturday || at.Weekday() == time.Sunday }
			w := openSilent(t, "", time.Date(2026, 6, 5, 18, 0, 0, 0, time.UTC), weekend)
			w.live(64, weekend, func() {
				alarms += len(w.broken())
			})
			if alarms > 0 {
				t.Errorf("%d alarms: %+v", alarms, w.broken())
			}
			w.stop()
		})
	})
	fmt.Printf("silence: %d of %d faults named, %d alarms on a quiet weekend\n", right, len(faults), alarms)
}

// told checks that those who run Earshot were told once, of what is broken only,
// and that the dashboard and the daily review say it too.
func (w *hush) told(fault insight.Diagnosis) {
	w.t.Helper()
	notices := 0
	for _, m := range w.slack.Messages() {
		text := m.Versions[0].Text
		if strings.Contains(m.Name, "care") {
			continue
		}
		if strings.Contains(text, "Norvane: ") || strings.Contains(text, "b0.example: ") || strings.Contains(text, "is not heard") {
			notices++
		}
	}
	health := w.daemon.webHealth()
	if want := map[bool]int{true: 1}[fault.Broken()]; notices != want || len(health.Deaf) != want {
		for _, m := range w.slack.Messages() {
			if !strings.Contains(m.Name, "care") {
				w.t.Log(m.Name, m.Versions[0].Text)
			}
		}
		w.t.Errorf("%d notices, dashboard %+v", notices, health.Deaf)
	}
	var review alert.Health
	err := w.daemon.store.Read(w.t.Context(), func(tx *store.Tx) (err error) {
		review, err = w.daemon.health(tx, w.daemon.setup.Load())
		return err
	})
	card := alert.Render(alert.Message{Alert: earshot.Alert{Kind: earshot.AlertDigest, Route: "quality"}, Health: review, Now: w.now(), Zone: time.UTC})
	want := map[insight.Diagnosis]string{insight.RuleStopped: "matches none of it", insight.NoComplaints: "nothing is judged a complaint", insight.FeedFrozen: "nothing new where about",
		insight.Quiet: "All 1 rules are alive."}[fault]
	if err != nil || !strings.Contains(card.Context.Plain(), want) {
		w.t.Errorf("the daily review says %q (%v), want %q", card.Context.Plain(), err, want)
	}
}
