package crawler

import (
	"strings"
	"testing"
	"time"

	"earshot"
)

func TestPresets(t *testing.T) {
	for name, want := range map[string]string{
		"reddit": "https://www.reddit.com/search.rss?q=delta+air+lines&sort=new", "hackernews": "https://hnrss.org/newest?q=delta+air+lines",
		"google-news": "https://news.google.com/rss/search?q=delta+air+lines", "mastodon-tag": "https://mastodon.social/tags/deltaairlines.rss",
	} {
		got, err := ExpandPreset(name, "delta air lines")
		if err != nil || len(got) == 0 || got[0] != want {
			t.Errorf("%s: %v %v", name, got, err)
		}
	}
	if got, err := ExpandPreset("mastodon-tag", "#delta@fosstodon.org"); err != nil || got[0] != "https://fosstodon.org/tags/delta.rss" {
		t.Errorf("%v %v", got, err)
	}
	for _, bad := range [][2]string{{"myspace", "x"}, {"reddit", ""}, {"mastodon-tag", "x@evil/../"}} {
		if _, err := ExpandPreset(bad[0], bad[1]); earshot.FaultCode(err) == "internal" {
			t.Errorf("%v: %v", bad, err)
		}
	}
}

func TestOPML(t *testing.T) {
	list := []Outline{{Title: "Tin & Kettle", Feed: "https://kettle.example/feed?a=1&b=2", Site: "https://kettle.example/", Lang: "en", Tags: []string{"blogs", "phones"}}}
	b, err := WriteOPML("Mine", list, noon)
	if err != nil {
		t.Fatal(err)
	}
	back, err := ReadOPML(b)
	if err != nil || len(back) != 1 || back[0].Title != list[0].Title || back[0].Feed != list[0].Feed || strings.Join(back[0].Tags, ",") != "blogs,phones" || back[0].Lang != "en" {
		t.Errorf("%v %+v", err, back)
	}
	wild := `<opml version="1.0"><body><outline text="News & more"><outline text="A" xmlUrl="http://a.example/rss"/><outline TEXT="dup" XMLURL="http://a.example/rss"/><outline text="bad" xmlUrl="javascript:x"/></outline><outline title="B" xmlUrl="http://b.example/rss">`
	got, err := ReadOPML([]byte(wild))
	if err != nil || len(got) != 2 || got[0].Tags[0] != "News & more" || got[1].Title != "B" {
		t.Errorf("%v %+v", err, got)
	}
	for _, bad := range []string{"", "<html>", "not xml at all", "<opml><body></body></opml>", strings.Repeat("<outline>", 100)} {
		if _, err := ReadOPML([]byte(bad)); earshot.FaultCode(err) != "opml" {
			t.Errorf("%q: %v", clip(bad, 20), err)
		}
	}
}

func TestScheduleHabit(t *testing.T) {
	at := func(hours ...int) (out []time.Time) {
		for _, h := range hours {
			out = append(out, noon.Add(-time.Duration(h)*time.Hour))
		}
		return out
	}
	s := earshot.Source{Kind: earshot.SourceFeed, MinEvery: 5 * time.Minute, MaxEvery: 24 * time.Hour}
	for _, c := range []struct {
		name        string
		read        Read
		least, most time.Duration
	}{
		{"hourly blog", Read{Outcome: OK, Entries: at(1, 2, 3, 4, 5)}, 10 * time.Minute, 11 * time.Minute},
		{"daily blog", Read{Outcome: OK, Entries: at(10, 34, 58, 82)}, 4 * time.Hour, 4*time.Hour + 24*time.Minute},
		{"every minute", Read{Outcome: OK, Entries: []time.Time{noon, noon.Add(-time.Minute), noon.Add(-2 * time.Minute)}}, 5 * time.Minute, 6 * time.Minute},
		{"asleep for years", Read{Outcome: OK, Entries: at(20000, 20024, 20048)}, 24 * time.Hour, 27 * time.Hour},
		{"no dates", Read{Outcome: OK}, 5 * time.Minute, 6 * time.Minute},
		{"skip hours", Read{Outcome: OK, SkipHours: []int{12, 13, 14}}, 3 * time.Hour, 3 * time.Hour},
	} {
		got := Schedule(s, c.read, noon, 0.5).Due.Sub(noon)
		if got < c.least || got > c.most {
			t.Errorf("%s: %s, want %s to %s", c.name, got, c.least, c.most)
		}
	}
}

func TestScheduleStates(t *testing.T) {
	s := earshot.Source{Kind: earshot.SourceFeed, MinEvery: time.Minute}
	now := noon
	s = Schedule(s, Read{Outcome: OK}, now, 0)
	steps := []struct {
		after time.Duration
		read  Read
		want  earshot.SourceState
	}{
		{time.Hour, Read{Outcome: HTTP5xx, Why: "x"}, earshot.SourceLate}, {time.Hour, Read{Outcome: Timeout, Why: "x"}, earshot.SourceLate}, {time.Hour, Read{Outcome: Timeout, Why: "x"}, earshot.SourceFailing},
		{time.Hour, Read{Outcome: Offline}, earshot.SourceFailing}, {8 * 24 * time.Hour, Read{Outcome: DNS, Why: "x"}, earshot.SourceDead}, {time.Hour, Read{Outcome: Moved, Why: "moved"}, earshot.SourceMoved},
		{time.Hour, Read{Outcome: NotModified}, earshot.SourceOK}, {time.Hour, Read{Outcome: Gone, Why: "gone"}, earshot.SourceFailing}, {time.Hour, Read{Outcome: OK}, earshot.SourceOK},
	}
	for i, step := range steps {
		now = now.Add(step.after)
		before := s.Failures
		s = Schedule(s, step.read, now, 0.3)
		if s.State != step.want || !s.Due.After(now) {
			t.Errorf("step %d (%s): state %s, want %s", i, step.read.Outcome, s.State, step.want)
		}
		if step.read.Outcome.Ours() && s.Failures != before {
			t.Errorf("step %d: counted although it was ours", i)
		}
		if step.read.Outcome.Success() != (s.Failures == 0) && !step.read.Outcome.Ours() {
			t.Errorf("step %d: %d failures", i, s.Failures)
		}
	}
}
