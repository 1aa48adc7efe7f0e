package crawler

import (
	"net/url"
	"strings"
	"testing"

	"earshot"
)

// presetFeeds are feeds of our own making, in the form each site documents.
var presetFeeds = map[string]string{
	"reddit": `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>reddit.com: search results</title>
<entry><author><name>/u/annlee</name><uri>https://www.reddit.com/user/annlee</uri></author><category term="travel" label="r/travel"/>
<content type="html">&lt;!-- SC_OFF --&gt;&lt;div class=&quot;md&quot;&gt;&lt;p&gt;Norvane lost my bag and nobody answers.&lt;/p&gt;&lt;/div&gt;&lt;!-- SC_ON --&gt; &amp;#32; submitted by &lt;a href=&quot;https://www.reddit.com/user/annlee&quot;&gt;/u/annlee&lt;/a&gt;</content>
<id>t3_1abcde</id><link href="https://www.reddit.com/r/travel/comments/1abcde/norvane_lost_my_bag/"/><updated>2026-11-20T10:00:00+00:00</updated><published>2026-11-20T10:00:00+00:00</published><title>Norvane lost my bag</title></entry></feed>`,
	"hackernews": `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Hacker News: Newest</title><link>https://news.ycombinator.com/newest</link>
<item><title><![CDATA[Norvane lost my bag]]></title><description><![CDATA[<p>Norvane lost my bag and nobody answers.</p><hr><p>Comments URL: <a href="https://news.ycombinator.com/item?id=99">https://news.ycombinator.com/item?id=99</a></p>]]></description>
<pubDate>Fri, 20 Nov 2026 10:00:00 +0000</pubDate><link>https://news.ycombinator.com/item?id=99</link><dc:creator>annlee</dc:creator><comments>https://news.ycombinator.com/item?id=99</comments><guid isPermaLink="false">https://news.ycombinator.com/item?id=99</guid></item></channel></rss>`,
	"mastodon-tag": `<rss version="2.0" xmlns:webfeeds="http://webfeeds.org/rss/1.0"><channel><title>#norvane</title><description>Public posts tagged #norvane</description><link>https://mastodon.social/tags/norvane</link>
<item><guid isPermaLink="true">https://mastodon.social/@annlee/112233</guid><link>https://mastodon.social/@annlee/112233</link><pubDate>Fri, 20 Nov 2026 10:00:00 +0000</pubDate>
<description>&lt;p&gt;Norvane lost my bag and nobody answers. &lt;a href="https://mastodon.social/tags/norvane"&gt;#norvane&lt;/a&gt;&lt;/p&gt;</description><category>norvane</category></item></channel></rss>`,
	"google-news": `<rss version="2.0"><channel><title>"norvane" - News</title><link>https://news.google.com/search?q=norvane</link>
<item><title>Norvane lost my bag - The Evening Post</title><link>https://news.google.com/rss/articles/CBMiQ0FB?oc=5</link><guid isPermaLink="false">CBMiQ0FB</guid><pubDate>Fri, 20 Nov 2026 10:00:00 GMT</pubDate>
<description>&lt;a href="https://news.google.com/rss/articles/CBMiQ0FB?oc=5"&gt;Norvane lost my bag and nobody answers&lt;/a&gt;&amp;nbsp;&lt;font color="#6f6f6f"&gt;The Evening Post&lt;/font&gt;</description><source url="https://evening.example">The Evening Post</source></item></channel></rss>`,
}

// TestPresetsExpandAndAreRead: every preset gives https addresses that carry the
// query, and a feed of its form gives one entry with title or text, link and date.
func TestPresetsExpandAndAreRead(t *testing.T) {
	c := newTest(t, nil)
	for _, name := range Presets() {
		addresses, err := ExpandPreset(name, "norvane")
		if err != nil || len(addresses) == 0 {
			t.Fatalf("%s: %v", name, err)
		}
		for _, a := range addresses {
			if u, err := url.Parse(a); err != nil || u.Scheme != "https" || !strings.Contains(a, "norvane") {
				t.Errorf("%s gives %q", name, a)
			}
		}
		f, err := ParseFeed([]byte(presetFeeds[name]), addresses[0], Hints{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		list := c.entriesOf(earshot.Source{ID: name}, f)
		if len(list) != 1 {
			t.Errorf("%s: %d entries", name, len(list))
			continue
		}
		e := list[0]
		if !strings.Contains(e.Title+e.Text, "Norvane lost my bag") || strings.Contains(e.Text, "<") || e.Kind != earshot.Post ||
			!strings.HasPrefix(e.URL, "https://") || e.Published.Format("2006-01-02 15:04") != "2026-11-20 10:00" {
			t.Errorf("%s: %+v", name, e)
		}
	}
	for _, bad := range []string{"", strings.Repeat("x", 301)} {
		if _, err := ExpandPreset("reddit", bad); err == nil {
			t.Errorf("a query of %d bytes was taken", len(bad))
		}
	}
}
