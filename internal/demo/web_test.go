package demo

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
	"github.com/mmcdole/gofeed"
)

// clock is a time that only moves when told to.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func newClock() *clock { return &clock{time.Date(2026, 11, 18, 20, 0, 0, 0, time.UTC)} }

func stage(t *testing.T, story string) (*Play, *clock) {
	t.Helper()
	c := newClock()
	p, err := NewPlay(story, Names("example", ""), c.now)
	if err != nil {
		t.Fatal(err)
	}
	return p, c
}

// get asks the web for a URL.
func get(t *testing.T, w http.Handler, url string, header ...string) *http.Response {
	t.Helper()
	r := httptest.NewRequest("GET", url, nil)
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	rec := httptest.NewRecorder()
	w.ServeHTTP(rec, r)
	return rec.Result()
}

func text(t *testing.T, r *http.Response) string {
	t.Helper()
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func playAll(t *testing.T, p *Play, c *clock) {
	t.Helper()
	start := c.t
	for {
		step, more, err := p.Next()
		if err != nil {
			t.Fatalf("step %+v: %v", step, err)
		}
		if !more {
			return
		}
		c.t = start.Add(step.At)
	}
}

func TestEveryStoryCanBeTold(t *testing.T) {
	for _, name := range Stories() {
		p, c := stage(t, name)
		playAll(t, p, c)
		last := p.Story.Steps[len(p.Story.Steps)-1].At
		if p.Story.Length <= last {
			t.Errorf("%s: ends at %s, before its last step has been seen", name, p.Story.Length)
		}
		for i, s := range p.Story.Steps {
			if s.Say == "" || i > 0 && s.At < p.Story.Steps[i-1].At {
				t.Errorf("%s: step %+v says nothing, or is out of order", name, s)
			}
		}
		for _, e := range p.Story.Expect {
			if p.Web.PostURL(e.Post) == "" {
				t.Errorf("%s expects something of %q, which is never published", name, e.Post)
			}
			if e.What == "" {
				t.Errorf("%s: %+v does not say what it expects", name, e)
			}
		}
	}
}

func TestFeedsReadAsFeeds(t *testing.T) {
	p, c := stage(t, "day")
	playAll(t, p, c)
	for _, s := range p.Web.sources() {
		if s.Feed == "" {
			continue
		}
		res := get(t, p.Web, s.Feed)
		feed, err := gofeed.NewParser().Parse(res.Body)
		if err != nil {
			t.Errorf("%s: %v", s.Feed, err)
			continue
		}
		if feed.Title != s.Site.Name || len(feed.Items) < 2 {
			t.Errorf("%s: title %q, %d items", s.Feed, feed.Title, len(feed.Items))
		}
		for _, it := range feed.Items {
			if it.PublishedParsed == nil || it.Title == "" {
				t.Errorf("%s: %+v has no date or title", s.Feed, it)
			}
			if page := get(t, p.Web, it.Link); page.StatusCode != 200 {
				t.Errorf("%s: %s answers %d", s.Feed, it.Link, page.StatusCode)
			}
		}
	}
}

func TestSummariesNeedThePage(t *testing.T) {
	p, c := stage(t, "day")
	playAll(t, p, c)
	const far = "Conosce la città meglio di me"
	if feed := text(t, get(t, p.Web, p.Web.feedURL("lunaristretta"))); strings.Contains(feed, far) {
		t.Error("the feed gives the whole text away")
	}
	page := text(t, get(t, p.Web, p.Web.PostURL("pacco")))
	for _, want := range []string{far, "cookie", "Leggi anche", "Pubblicità", "Rondello Risponde"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

func TestConditionalGet(t *testing.T) {
	p, c := stage(t, "day")
	url := p.Web.feedURL("slowmiles")
	first := get(t, p.Web, url)
	etag, modified := first.Header.Get("ETag"), first.Header.Get("Last-Modified")
	if etag == "" || modified == "" {
		t.Fatalf("no validators: %v", first.Header)
	}
	if r := get(t, p.Web, url, "If-None-Match", etag); r.StatusCode != http.StatusNotModified {
		t.Errorf("same ETag: %d", r.StatusCode)
	}
	if r := get(t, p.Web, url, "If-Modified-Since", modified); r.StatusCode != http.StatusNotModified {
		t.Errorf("same date: %d", r.StatusCode)
	}
	c.t = c.t.Add(time.Second)
	if err := p.Take(Step{Publish: "six-days"}); err != nil {
		t.Fatal(err)
	}
	if r := get(t, p.Web, url, "If-None-Match", etag); r.StatusCode != http.StatusOK {
		t.Errorf("after a new post: %d", r.StatusCode)
	}
	if s := p.Web.Served()[0]; s.Feed != 4 || s.NotModified != 2 {
		t.Errorf("served %+v", s)
	}
}

func TestCommentsStandInFeedAndOnPage(t *testing.T) {
	p, c := stage(t, "day")
	playAll(t, p, c)
	url := p.Web.PostURL("six-days")
	feed, err := gofeed.NewParser().Parse(get(t, p.Web, url+"feed/").Body)
	if err != nil {
		t.Fatal(err)
	}
	if len(feed.Items) != 2 || feed.Items[1].Link != url+"#comment-2" {
		t.Errorf("comment feed: %+v", feed.Items)
	}
	page := text(t, get(t, p.Web, url))
	if !strings.Contains(page, `<a href="http://aurelia.example/care" class="url"`) {
		t.Error("the company's comment has no address")
	}
}

func TestUpdateIsPartOfThePost(t *testing.T) {
	p, c := stage(t, "day")
	playAll(t, p, c)
	for _, url := range []string{p.Web.feedURL("mendedfence"), p.Web.PostURL("refund")} {
		if !strings.Contains(text(t, get(t, p.Web, url)), "<strong>UPDATE:</strong> Kestine called me") {
			t.Errorf("%s lacks the update", url)
		}
	}
}

func TestBrokenFeedHeals(t *testing.T) {
	p, _ := stage(t, "day")
	url := p.Web.feedURL("mendedfence")
	set := func(m Mood) {
		t.Helper()
		if err := p.Web.SetMood("mendedfence", m); err != nil {
			t.Fatal(err)
		}
	}
	set(Unavailable)
	if r := get(t, p.Web, url); r.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("unavailable: %d", r.StatusCode)
	}
	set(Truncated)
	if body := text(t, get(t, p.Web, url)); strings.Contains(body, "</rss>") {
		t.Error("truncated, and yet it has an end")
	}
	set(Healthy)
	if body := text(t, get(t, p.Web, url)); !strings.Contains(body, "</rss>") {
		t.Error("healed, and yet it has no end")
	}
}

func TestUnknownHostListsTheSites(t *testing.T) {
	p, _ := stage(t, "day")
	if body := text(t, get(t, p.Web, "http://127.0.0.1:9/")); !strings.Contains(body, `<a href="http://haibian.example/">海边的行李箱</a>`) {
		t.Errorf("index: %s", body)
	}
	if r := get(t, p.Web, "http://127.0.0.1:9/slowmiles/feed/"); r.Header.Get("Location") != "http://slowmiles.example/feed/" {
		t.Errorf("redirect: %v", r.Header)
	}
}

func TestConfigIsYAMLAndNamesEverySource(t *testing.T) {
	p, _ := stage(t, "day")
	raw, err := p.Web.Config(Setting{Dir: "/tmp/a dir", Slack: "http://127.0.0.1:9/api/"})
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Sources []map[string]any
		Brands  []struct {
			Name     string
			Official struct{ Domains, Feeds []string }
		}
		Slack map[string]string
	}
	if err := yaml.Unmarshal(raw, &c); err != nil {
		t.Fatalf("%v\n%s", err, raw)
	}
	if len(c.Sources) != 9 || c.Slack["bot_token"] != "file:/tmp/a dir/bot.token" {
		t.Errorf("%d sources, slack %v", len(c.Sources), c.Slack)
	}
	if o := c.Brands[0].Official; len(o.Domains) != 1 || o.Domains[0] != "aurelia.example" || o.Feeds[0] != "http://aurelia.example/news.rss" {
		t.Errorf("official: %+v", o)
	}
	if _, err := json.Marshal(c); err != nil {
		t.Fatal(err)
	}
}
