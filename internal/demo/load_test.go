package demo

import (
	"strings"
	"testing"
	"time"

	"earshot"
)

func TestWorldIsReproducibleAndNeverRepeats(t *testing.T) {
	w, err := NewWorld(42, 8, 0.5, "Aurelia Air", "Rondello")
	if err != nil {
		t.Fatal(err)
	}
	again, err := NewWorld(42, 8, 0.5, "Aurelia Air", "Rondello")
	if err != nil {
		t.Fatal(err)
	}
	texts, about, langs := map[string]bool{}, 0, map[string]bool{}
	for n := range 2000 {
		d := w.Post(n, time.Time{})
		if e := again.Post(n, time.Time{}); e.Text != d.Text || e.Site != d.Site {
			t.Fatalf("post %d differs: %q, %q", n, d.Text, e.Text)
		}
		if texts[d.Text] {
			t.Fatalf("post %d repeats %q", n, d.Text)
		}
		texts[d.Text], langs[d.Lang] = true, true
		if d.Brand != "" {
			about++
		} else if d.Intent != earshot.NoIntent {
			t.Fatalf("post %d has an intent and no brand", n)
		}
	}
	if about < 900 || about > 1100 || len(langs) != 4 {
		t.Errorf("%d of 2000 are about a brand, %d languages", about, len(langs))
	}
}

func TestWorldFillsAWeb(t *testing.T) {
	w, err := NewWorld(1, 3, 1, "Aurelia Air")
	if err != nil {
		t.Fatal(err)
	}
	web := NewWeb(w.Sites(), Names("example", ""), newClock().now)
	drawn, err := w.Fill(web, 0, 30, time.Second)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := web.Comment(drawn[0].Slug, w.Comment(0, drawn[0], web.now())); err != nil {
		t.Fatal(err)
	}
	if raw, err := web.Config(Setting{Dir: "d", Slack: "http://x.example/api/"}); err != nil || !strings.Contains(string(raw), "http://load2.example/feed/") || !strings.Contains(string(raw), `"aurelia.example"`) {
		t.Errorf("config: %v\n%s", err, raw)
	}
	if got := web.Posts(); len(got) != 30 || got[0].Slug != "p0" || len(got[0].Comments) != 1 {
		t.Errorf("%d posts, first %+v", len(got), got[0])
	}
}

func BenchmarkFeed(b *testing.B) {
	w, err := NewWorld(1, 1, 0.5, "Aurelia Air")
	if err != nil {
		b.Fatal(err)
	}
	web := NewWeb(w.Sites(), Names("example", ""), nil)
	if _, err := w.Fill(web, 0, feedLength, time.Second); err != nil {
		b.Fatal(err)
	}
	t := NewTransport(1)
	t.Handle(web, web.Hosts()...)
	c := t.Client(time.Second)
	for b.Loop() {
		res, err := c.Get(web.feedURL("load0"))
		if err != nil {
			b.Fatal(err)
		}
		if err := res.Body.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
