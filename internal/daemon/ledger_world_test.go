package daemon

import (
	"cmp"
	"fmt"
	"math/rand"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/demo"
)

// chronicle is a small blogosphere of its own for one story of the ledger, told
// over days or months: the whole daemon on a clock that runs faster than the
// bubble's.
type chronicle struct {
	*fast
	blogs *demo.Web
	start time.Time
	right func() time.Time // the time as it really is, which the web keeps
	pace  time.Duration
}

// chronicleSetting is where and when a chronicle plays.
type chronicleSetting struct {
	start   time.Time
	pace    int           // world hours in an hour of the bubble; 0 is 60
	blogs   []string      // slugs; the author of blog "amy" is Amy
	leap    *atomic.Int64 // by how much the machine's clock is wrong; nil never
	windows string        // of the one receiver; "" is always
	yaml    string        // brands and whatever else, after storage, crawl, sources and slack
}

func tellChronicle(t *testing.T, s chronicleSetting) *chronicle {
	t.Helper()
	if s.pace == 0 {
		s.pace = 60
	}
	from := time.Now()
	if s.leap == nil {
		s.leap = &atomic.Int64{}
	}
	right := func() time.Time { return s.start.Add(time.Since(from) * time.Duration(s.pace)) }
	clock := func() time.Time { return right().Add(time.Duration(s.leap.Load())) }
	var sites []demo.Site
	feeds := ""
	for _, slug := range s.blogs {
		name := strings.ToUpper(slug[:1]) + slug[1:]
		sites = append(sites, demo.Site{Slug: slug, Name: name + " writes", Lang: "en", Author: name, Clothes: demo.WordPress, Source: true})
		feeds += fmt.Sprintf("  - {feed: \"http://%s.example/feed/\", lang: en}\n", slug)
	}
	c := &chronicle{blogs: demo.NewWeb(sites, demo.Names("example", ""), right), right: right, start: s.start, pace: time.Duration(s.pace)}
	c.fast = &fast{t: t, web: demo.NewTransport(1), slack: demo.NewSlack(demo.SlackOptions{})}
	c.web.Handle(c.blogs, c.blogs.Hosts()...)
	c.web.Handle(c.slack, "slack.example")
	dir := t.TempDir()
	c.path = filepath.Join(dir, "earshot.yaml")
	text := fmt.Sprintf("zone: UTC\nstorage: {dsn: \"sqlite:%s/earshot.db\"}\ncrawl: {per_host: 2000000000, interval: {min: 1h, max: 2h}, revisit: [1h, 6h, 1d, 3d, 7d, 14d, 30d]}\nsources:\n%s"+
		"receivers: [{name: care, slack: {channel: \"#care\"}, windows: %s}]\nroutes: [{name: all, match: {intent: [complaint, compliment, question, request]}, to: care}]\n"+
		"slack: {bot_token: \"file:%s/token\", api_url: \"http://slack.example/api/\"}\n%s", dir, feeds, cmp.Or(s.windows, "always"), dir, s.yaml)
	for name, text := range map[string]string{"token": demo.BotToken, "earshot.yaml": text} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	load := func() (*config.Config, []*earshot.Fault) { return config.Load(c.path, config.Options{}) }
	var err error
	c.daemon, err = New(t.Context(), Options{Load: load, Clock: clock, Transport: c.web, Rand: rand.New(rand.NewSource(1)), Logger: testLog(), Headless: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := c.daemon.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.until(6 * time.Hour) // the silent first reading is over
	return c
}

// until lets time pass until d after the start.
func (c *chronicle) until(d time.Duration) {
	if wait := c.start.Add(d).Sub(c.right()); wait > 0 {
		time.Sleep(wait / c.pace)
	}
}

// post publishes now, and waits until it was read.
func (c *chronicle) post(blog, slug, title, text string) {
	c.t.Helper()
	if err := c.blogs.Publish(demo.Post{Slug: slug, Site: blog, Title: title, Text: text}); err != nil {
		c.t.Fatal(err)
	}
	c.wait(5 * time.Hour * max(1, c.pace/120)) // a loop looks every half minute of the bubble
}

func (c *chronicle) wait(d time.Duration) { time.Sleep(d / c.pace) }

// caseOf is the case that was opened for a post.
func (c *chronicle) caseOf(slug string) (earshot.CaseView, bool) {
	c.t.Helper()
	for _, v := range c.cases() {
		if strings.Contains(v.URL, "/"+slug+"/") {
			return v, true
		}
	}
	return earshot.CaseView{}, false
}

func (c *chronicle) mustCase(slug string) earshot.CaseView {
	c.t.Helper()
	v, ok := c.caseOf(slug)
	if !ok {
		c.t.Fatalf("the post %q has no case", slug)
	}
	return v
}

// act does something to the case of a post and waits for its cards.
func (c *chronicle) act(slug string, verb earshot.Verb, args earshot.Args) {
	c.t.Helper()
	v := c.mustCase(slug)
	if _, err := c.daemon.Do(c.t.Context(), earshot.Action{Case: v.Case.ID, Verb: verb, Actor: "ana", Args: args}); err != nil {
		c.t.Fatalf("%s %s: %v", verb, slug, err)
	}
	c.wait(time.Hour)
}

// said are the messages in Slack, cards as they are now, that hold all words.
func (c *chronicle) said(words ...string) []demo.Message {
	return slices.DeleteFunc(c.slack.Messages(), func(m demo.Message) bool {
		shown := m.Last().Text + string(m.Last().Blocks)
		return slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(shown, w) })
	})
}

// comment puts a comment under a post now.
func (c *chronicle) comment(slug, author, url, text string) {
	c.t.Helper()
	if _, err := c.blogs.Comment(slug, demo.Comment{Author: author, URL: url, Text: text}); err != nil {
		c.t.Fatal(err)
	}
}
