package config

import (
	"errors"
	"strings"
	"testing"
)

func TestInit(t *testing.T) {
	var b strings.Builder
	if err := Init(&b, nil); err != nil || b.String() != string(Example()) {
		t.Errorf("init without OPML is not the example: %v", err)
	}
	good(t, []byte(b.String()))
}

func TestInitImportsOPML(t *testing.T) {
	var b strings.Builder
	if err := Init(&b, read(t, "testdata/feeds.opml")); err != nil {
		t.Fatal(err)
	}
	c := good(t, []byte(b.String()))
	var got []string
	for _, s := range c.Sources {
		got = append(got, s.Kind+" "+s.Feed+" "+strings.Join(s.Tags, ","))
	}
	want := []string{
		"feed https://getgood.example/feed.xml Marketing \"and\" PR: blogs",
		"feed https://blog.example.org/atom?x=1&y=2 Marketing \"and\" PR: blogs",
		"feed http://例子.example/rss 博客",
		"feed https://alone.example/ ",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if !strings.Contains(b.String(), "# Where entries come from.") || !strings.Contains(b.String(), "\n# Open hours, for windows") {
		t.Error("the comments around the sources are gone")
	}
}

func TestInitRefusesWhatIsNoOPML(t *testing.T) {
	var b strings.Builder
	if err := Init(&b, []byte("<opml><body><outline text='x'/></body></opml>")); !errors.Is(err, errNoFeeds) {
		t.Errorf("an OPML file without feeds: %v", err)
	}
	if err := Init(&b, []byte("feeds: none")); err == nil || b.Len() > 0 {
		t.Errorf("no OPML: %v, wrote %q", err, b.String())
	}
}
