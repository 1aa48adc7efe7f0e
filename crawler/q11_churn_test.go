package crawler

import (
	"fmt"
	"math/rand"
	"slices"
	"strings"
	"testing"
	"time"

	"earshot"
)

// shelf is a store in miniature: entries by key, recognised as the daemon does.
type shelf struct{ known []earshot.Entry }

// put returns how many entries are new to it.
func (s *shelf) put(list []earshot.Entry) (fresh []string) {
	for _, e := range list {
		if _, _, ok := Recognise(s.known, e); ok {
			continue
		}
		s.known = append(s.known, e)
		fresh = append(fresh, e.Title)
	}
	return fresh
}

// blog is a feed that changes between reads.
type blog struct {
	scheme, host string
	slash        string
	guid         func(i int) string
	slug         func(i int) string
	posts        []int
	reverse      bool
	tracking     string
	touch        string // added to every text, which alone is no news
}

func newBlog(n int) *blog {
	b := &blog{scheme: "http", host: "blog.example.com", slash: "/",
		guid: func(i int) string { return fmt.Sprintf("guid-%d", i) }, slug: func(i int) string { return fmt.Sprintf("2026/11/post-number-%d", i) }}
	for i := range n {
		b.posts = append(b.posts, i)
	}
	return b
}

func (b *blog) feed() string {
	posts := slices.Clone(b.posts)
	if b.reverse {
		slices.Reverse(posts)
	}
	var w strings.Builder
	w.WriteString(`<rss version="2.0"><channel><title>Blog</title>`)
	for _, i := range posts {
		fmt.Fprintf(&w, `<item><title>Post number %d</title><link>%s://%s/%s%s%s</link><guid isPermaLink="false">%s</guid><pubDate>%s</pubDate><description>&lt;p&gt;This is what happened to me on day %d with the phone company and its %d clerks.%s&lt;/p&gt;</description></item>`,
			i, b.scheme, b.host, b.slug(i), b.slash, b.tracking, b.guid(i), noon.Add(-time.Duration(i+1)*time.Hour).Format(time.RFC1123Z), i, i+3, b.touch)
	}
	return w.String() + "</channel></rss>"
}

func (b *blog) read(t *testing.T, c *Crawler) []earshot.Entry {
	f, err := ParseFeed([]byte(b.feed()), "https://blog.example.com/feed", Hints{})
	if err != nil {
		t.Fatal(err)
	}
	return c.entriesOf(earshot.Source{ID: "blog"}, f)
}

func TestQ11Churn(t *testing.T) {
	const seed = 11
	rng := rand.New(rand.NewSource(seed))
	c := newTest(t, nil)
	churns := map[string]func(*blog){
		"nothing":          func(*blog) {},
		"guid churn":       func(b *blog) { b.guid = func(int) string { return fmt.Sprint(rng.Int63()) } },
		"guids dropped":    func(b *blog) { b.guid = func(int) string { return "" } },
		"one guid for all": func(b *blog) { b.guid = func(int) string { return "same" } },
		"https":            func(b *blog) { b.scheme = "https" },
		"www":              func(b *blog) { b.host = "www.blog.example.com" },
		"no slash":         func(b *blog) { b.slash = "" },
		"tracking":         func(b *blog) { b.tracking = "?utm_source=rss&utm_medium=feed" },
		"slug rename":      func(b *blog) { b.slug = func(i int) string { return fmt.Sprintf("2026/11/a-better-name-%d", i) } },
		"moved host":       func(b *blog) { b.host = "new.example.com"; b.scheme = "https" },
		"moved permalinks": func(b *blog) {
			b.slug = func(i int) string { return fmt.Sprintf("archives/%05d.html", i) }
			b.slash = ""
		},
		"reversed":       func(b *blog) { b.reverse = true },
		"guid and https": func(b *blog) { b.guid = func(int) string { return fmt.Sprint(rng.Int63()) }; b.scheme = "https" },
		"slug and tracking": func(b *blog) {
			b.slug = func(i int) string { return fmt.Sprintf("x/new-name-of-%d", i) }
			b.tracking = "?utm_source=x"
		},
		"edited":        func(b *blog) { b.touch = " Corrected a word." },
		"older dropped": func(b *blog) { b.posts = b.posts[:5] },
	}
	repeated, cases := 0, 0
	for name, churn := range churns {
		b, s := newBlog(12), &shelf{}
		if got := s.put(b.read(t, c)); len(got) != 12 {
			t.Fatalf("%s: %d of 12 posts at first", name, len(got))
		}
		churn(b)
		for range 2 {
			cases++
			if again := s.put(b.read(t, c)); len(again) > 0 {
				repeated += len(again)
				t.Errorf("%s: repeated %q", name, again)
			}
		}
		b.posts = append([]int{100}, b.posts...) // a post that is really new
		if got := s.put(b.read(t, c)); len(got) != 1 || got[0] != "Post number 100" {
			t.Errorf("%s: after a new post: %q", name, got)
		}
	}
	missed := reusedGUID(t, c)
	t.Logf("churn: %d re-reads, %d entries repeated, %d new posts missed (seed %d)", cases, repeated, missed, seed)
	if repeated+missed > 0 {
		t.Fail()
	}
}

// reusedGUID puts a new post under an old guid, with and without its own link.
func reusedGUID(t *testing.T, c *Crawler) (missed int) {
	item := func(title, link, body string, age time.Duration) string {
		return fmt.Sprintf(`<item><title>%s</title><link>%s</link><guid isPermaLink="false">fixed</guid><pubDate>%s</pubDate><description>%s</description></item>`, title, link, noon.Add(-age).Format(time.RFC1123Z), body)
	}
	for _, link := range [][2]string{{"https://b.example/2026/one-post/", "https://b.example/2026/two-post/"}, {"https://b.example/", "https://b.example/"}, {"", ""}} {
		s := &shelf{}
		for i, doc := range []string{item("One", link[0], "The first story of the bank that lost my card.", 9*time.Hour), item("Two", link[1], "A quite different story about a train that never came.", time.Hour)} {
			f, err := ParseFeed([]byte(`<rss version="2.0"><channel><title>B</title>`+doc+`</channel></rss>`), "https://b.example/feed", Hints{})
			if err != nil {
				t.Fatal(err)
			}
			if got := s.put(c.entriesOf(earshot.Source{ID: "b"}, f)); len(got) != 1 {
				missed++
				t.Errorf("links %q: post %d is not new", link, i)
			}
		}
	}
	return missed
}

func TestDuplicateIDs(t *testing.T) {
	doc := `<rss version="2.0"><channel><title>B</title>
<item><title>A</title><guid>x</guid><description>first words here</description></item>
<item><title>B</title><guid>x</guid><description>other words here</description></item>
<item><title>A</title><guid>x</guid><description>first words here</description></item></channel></rss>`
	f, err := ParseFeed([]byte(doc), "https://b.example/feed", Hints{})
	if err != nil {
		t.Fatal(err)
	}
	list := newTest(t, nil).entriesOf(earshot.Source{ID: "b"}, f)
	if len(list) != 2 || list[0].Key == list[1].Key {
		t.Errorf("%d entries: %+v", len(list), list)
	}
}
