package crawler

import (
	"compress/gzip"
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"earshot"
)

const smallRSS = `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Tin Kettle</title><link>https://kettle.example/</link><language>en-US</language><ttl>60</ttl>
<item><title>Fourth call to &amp; fro</title><link>https://kettle.example/2026/11/fourth-call/?utm_source=rss</link>
<guid isPermaLink="false">https://kettle.example/?p=41</guid><dc:creator>Mona Reyes</dc:creator>
<pubDate>Thu, 19 Nov 2026 08:15:00 +0000</pubDate><category>phones</category>
<description>Short.</description>
<content:encoded><![CDATA[<p>I rang them for the <b>fourth</b> time.</p><p>Nobody knew a thing. See <a href="/2026/10/before/">before</a>.</p>]]></content:encoded>
<comments>https://kettle.example/2026/11/fourth-call/#comments</comments>
<wfw:commentRss>https://kettle.example/2026/11/fourth-call/feed/</wfw:commentRss><slash:comments>3</slash:comments></item>
<item><title>Older</title><link>https://kettle.example/2026/11/older/</link><guid>https://kettle.example/?p=40</guid>
<pubDate>Tue, 17 Nov 2026 08:15:00 +0000</pubDate><description>&lt;p&gt;A quiet day.&lt;/p&gt;</description></item>
</channel></rss>`

func TestFetchFeed(t *testing.T) {
	var asked http.Header
	url := serve(t, site{"/feed": func(w http.ResponseWriter, r *http.Request) {
		asked = r.Header
		w.Header().Set("ETag", `"v1"`)
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		fmt.Fprint(w, smallRSS)
	}})
	c := newTest(t, nil)
	res, err := c.Fetch(context.Background(), feedSource(url+"/feed"))
	if err != nil {
		t.Fatal(err)
	}
	if res.Outcome != OK || len(res.Entries) != 2 {
		t.Fatalf("outcome %s, %d entries", res.Outcome, len(res.Entries))
	}
	e := res.Entries[0]
	want := map[string][2]string{
		"title":     {e.Title, "Fourth call to & fro"},
		"text":      {e.Text, "I rang them for the fourth time.\n\nNobody knew a thing. See before."},
		"author":    {e.Author.Name, "Mona Reyes"},
		"canonical": {e.Canonical, "https://kettle.example/2026/11/fourth-call"},
		"url":       {e.URL, "https://kettle.example/2026/11/fourth-call/?utm_source=rss"},
		"feed":      {e.CommentFeed, "https://kettle.example/2026/11/fourth-call/feed/"},
		"comments":  {e.CommentsURL, "https://kettle.example/2026/11/fourth-call/#comments"},
		"site":      {e.Site, "kettle.example"},
		"siteName":  {e.SiteName, "Tin Kettle"},
		"lang":      {e.Lang, "en"},
		"links":     {strings.Join(e.Links, " "), "https://kettle.example/2026/10/before/"},
		"guid":      {e.GUID, "https://kettle.example/?p=41"},
		"published": {e.Published.Format(time.RFC3339), "2026-11-19T08:15:00Z"},
		"precision": {string(e.Precision), "time"},
	}
	for name, v := range want {
		if v[0] != v[1] {
			t.Errorf("%s: got %q, want %q", name, v[0], v[1])
		}
	}
	if e.CommentCount != 3 || e.Key == "" || e.Author.Key == "" || e.Hash == "" || e.Revision != 1 || e.Summary {
		t.Errorf("entry %+v", e)
	}
	if n := res.Next; n.State != earshot.SourceOK || n.Reads != 1 || n.ETag != `"v1"` || n.Title != "Tin Kettle" || n.Due.Sub(noon) < time.Hour {
		t.Errorf("next %+v", n)
	}
	res, err = c.Fetch(context.Background(), res.Next)
	if err != nil || res.Outcome != NotModified || res.Next.Reads != 2 || len(res.Entries) != 0 {
		t.Errorf("second read: %v %s %+v", err, res.Outcome, res.Next)
	}
	if asked.Get("If-None-Match") != `"v1"` || !strings.HasPrefix(asked.Get("User-Agent"), "Earshot/test") {
		t.Errorf("asked with %v", asked)
	}
}

func TestFetchOutcomes(t *testing.T) {
	loop := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) }
	bomb := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		z := gzip.NewWriter(w)
		chunk := []byte(strings.Repeat("a", 1<<20))
		for range 40 {
			if _, err := z.Write(chunk); err != nil {
				return
			}
		}
		if err := z.Close(); err != nil {
			return
		}
	}
	url := serve(t, site{
		"/gone": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusGone) },
		"/wait": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7200")
			w.WriteHeader(503)
		},
		"/500":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) },
		"/loop":  loop,
		"/html":  text("text/html", "<html><body><p>hello</p></body></html>"),
		"/empty": text("text/xml", ""),
		"/bomb":  bomb,
		"/file": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Location", "file:///etc/passwd")
			w.WriteHeader(302)
		},
		"/meta": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/latest", http.StatusMovedPermanently)
		},
		"/br": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Encoding", "compress")
			fmt.Fprint(w, "x")
		},
	})
	for path, want := range map[string]Outcome{
		"/gone": Gone, "/500": HTTP5xx, "/nowhere": HTTP4xx, "/loop": Refused, "/html": Unreadable, "/empty": Unreadable,
		"/bomb": TooBig, "/file": Refused, "/meta": Refused, "/br": Unreadable, "/wait": Busy,
	} {
		c := newTest(t, nil)
		res, err := c.Fetch(context.Background(), feedSource(url+path))
		if err == nil || res.Outcome != want || OutcomeOf(err) != want {
			t.Errorf("%s: outcome %s, error %v; want %s", path, res.Outcome, err, want)
			continue
		}
		if res.Next.Failures != 1 || res.Next.Reason == "" || !res.Next.Due.After(noon) || res.Next.State != earshot.SourceFailing {
			t.Errorf("%s: next %+v", path, res.Next)
		}
		if path == "/wait" && res.Next.Due.Sub(noon) < 2*time.Hour {
			t.Errorf("Retry-After not kept: due %s", res.Next.Due)
		}
	}
}

func TestFetchMoved(t *testing.T) {
	other := serve(t, site{"/new": text("application/rss+xml", smallRSS)})
	url := serve(t, site{
		"/old": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/mid", http.StatusMovedPermanently) },
		"/mid": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other+"/new", http.StatusPermanentRedirect)
		},
		"/temp": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, other+"/new", http.StatusFound) },
		"/lie": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "/login", http.StatusMovedPermanently)
		},
	})
	c := newTest(t, nil)
	res, err := c.Fetch(context.Background(), feedSource(url+"/old"))
	if err != nil || res.Outcome != Moved || res.Next.FeedURL != other+"/new" || res.Next.State != earshot.SourceMoved {
		t.Errorf("moved: %v %s %+v", err, res.Outcome, res.Next)
	}
	res, err = c.Fetch(context.Background(), res.Next)
	if err != nil || res.Next.State != earshot.SourceMoved || res.Next.FeedURL != other+"/new" {
		t.Errorf("moved again: %v %+v", err, res.Next)
	}
	res, err = c.Fetch(context.Background(), feedSource(url+"/temp"))
	if err != nil || res.Outcome != OK || res.Next.FeedURL != "" {
		t.Errorf("temporary: %v %s %+v", err, res.Outcome, res.Next)
	}
	res, err = c.Fetch(context.Background(), feedSource(url+"/lie"))
	if err == nil || res.Next.FeedURL != "" {
		t.Errorf("a redirect to no feed was remembered: %+v", res.Next)
	}
}

func TestSecretsStayHome(t *testing.T) {
	var leaked string
	other := serve(t, site{"/x": func(w http.ResponseWriter, r *http.Request) {
		leaked = r.Header.Get("Authorization")
		w.WriteHeader(404)
	}})
	var sent string
	url := serve(t, site{"/feed": func(w http.ResponseWriter, r *http.Request) {
		sent = r.Header.Get("Authorization")
		http.Redirect(w, r, other+"/x", http.StatusFound)
	}})
	secret := strings.Replace(url, "http://", "http://ann:hunter2@", 1) + "/feed"
	res, err := newTest(t, nil).Fetch(context.Background(), feedSource(secret))
	if err == nil || sent == "" || leaked != "" {
		t.Fatalf("err %v, sent %q, leaked %q", err, sent, leaked)
	}
	for _, bad := range []string{secret + "?apikey=s3cr3tvalue", "http://ann:hunter2@127.0.0.1:1/x?token=s3cr3tvalue", "http://ann:hunter2@[::1/x?token=s3cr3tvalue"} {
		r, err := newTest(t, nil).Fetch(context.Background(), feedSource(bad))
		if err == nil {
			t.Errorf("%s: no error", bad)
		}
		for _, words := range []string{fmt.Sprint(err), r.Next.Reason, res.Next.Reason} {
			if strings.Contains(words, "hunter2") || strings.Contains(words, "s3cr3t") {
				t.Errorf("a secret stands in %q", words)
			}
		}
	}
}

const postPage = `<!doctype html><html lang="en"><head><title>Fourth call - Tin Kettle</title>
<link rel="canonical" href="/2026/11/fourth-call/"><link rel="alternate" type="application/rss+xml" href="/feed/">
<meta property="article:published_time" content="2026-11-19T08:15:00+00:00"></head><body>
<nav><a href="/">Home</a> <a href="/about">About Delta</a></nav>
<article class="hentry"><h1 class="entry-title">Fourth call</h1><span class="author vcard"><a href="/author/mona">Mona Reyes</a></span>
<div class="entry-content"><p>I rang them for the fourth time and waited twenty minutes for somebody to pick up.</p>
<p>Nobody knew a thing about the three letters I sent, and the last clerk hung up on me mid sentence.</p></div>
<div class="sharedaddy"><a href="#">Share on things</a></div></article>
<aside><h3>Recent posts</h3><ul><li><a href="/a">Verizon again</a></li></ul></aside>
<div id="comments"><h3>2 responses</h3><ol class="commentlist">
<li class="comment even" id="comment-7"><div class="comment-body" id="div-comment-7"><div class="comment-author vcard"><cite class="fn"><a href="http://pia.example/" rel="external nofollow">Pia</a></cite> <span class="says">says:</span></div>
<div class="comment-meta commentmetadata"><a href="#comment-7">November 19, 2026 at 9:00 am</a></div><p>Same here, they never called back.</p><div class="reply"><a href="#">Reply</a></div></div>
<ul class="children"><li class="comment odd" id="comment-9"><div class="comment-body" id="div-comment-9"><div class="comment-author vcard"><cite class="fn">Delta Cares</cite></div>
<div class="comment-meta"><a href="#comment-9">November 19, 2026 at 11:30 am</a></div><p>We are sorry, Mona. Please send us your number.</p></div></li></ul></li>
</ol><div id="respond"><form id="commentform" action="/wp-comments-post.php"><textarea name="comment"></textarea></form></div></div>
<footer>Copyright Tin Kettle. We use cookies.</footer></body></html>`

const commentFeed = `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Comments on: Fourth call</title>
<item><title>By: Pia</title><link>%[1]s/2026/11/fourth-call/#comment-7</link><dc:creator>Pia</dc:creator><pubDate>Thu, 19 Nov 2026 09:00:12 +0000</pubDate><guid isPermaLink="false">%[1]s/?p=41#comment-7</guid><description>Same here, they never called back.</description></item>
<item><title>By: Rolf</title><link>%[1]s/2026/11/fourth-call/#comment-12</link><dc:creator>Rolf</dc:creator><pubDate>Fri, 20 Nov 2026 07:00:00 +0000</pubDate><guid isPermaLink="false">%[1]s/?p=41#comment-12</guid><description>Any word from them?</description></item>
</channel></rss>`

func TestComplete(t *testing.T) {
	var url string
	url = serve(t, site{
		"/2026/11/fourth-call/":      text("text/html", postPage),
		"/2026/11/fourth-call/feed/": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, commentFeed, url) },
	})
	post := url + "/2026/11/fourth-call/"
	e := earshot.Entry{Source: "src", Kind: earshot.Post, URL: post, Canonical: CanonicalURL(post), Thread: CanonicalURL(post), Site: siteOf(post),
		Title: "Fourth call", Text: "I rang them ...", Summary: true, FirstSeen: noon, CommentFeed: post + "feed/"}
	full, comments, err := newTest(t, nil).Complete(context.Background(), e)
	if err != nil {
		t.Fatal(err)
	}
	want := "I rang them for the fourth time and waited twenty minutes for somebody to pick up.\n\nNobody knew a thing about the three letters I sent, and the last clerk hung up on me mid sentence."
	if full.Text != want || full.Summary || full.Comments != earshot.CommentsOpen || full.Author.Name != "Mona Reyes" || full.Lang != "en" {
		t.Errorf("entry %+v", full)
	}
	if len(comments) != 3 {
		t.Fatalf("%d comments: %+v", len(comments), comments)
	}
	pia, cares, rolf := comments[0], comments[1], comments[2]
	if pia.Author.Name != "Pia" || pia.Author.URL != "http://pia.example/" || pia.Text != "Same here, they never called back." || pia.Kind != earshot.Comment || pia.Thread != full.Thread {
		t.Errorf("pia %+v", pia)
	}
	if cares.Author.Name != "Delta Cares" || cares.Parent != pia.Key || cares.Published.Hour() != 11 {
		t.Errorf("cares %+v", cares)
	}
	if rolf.Text != "Any word from them?" || rolf.Precision != earshot.PrecisionTime || rolf.Author.Name != "Rolf" {
		t.Errorf("rolf %+v", rolf)
	}
}

func TestFetchThread(t *testing.T) {
	var url, body string
	gone := false
	body = postPage
	url = serve(t, site{
		"/2026/11/fourth-call/": func(w http.ResponseWriter, _ *http.Request) {
			if gone {
				w.WriteHeader(404)
				return
			}
			fmt.Fprint(w, body)
		},
		"/2026/11/fourth-call": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently)
		},
		"/2026/11/fourth-call/feed/": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintf(w, commentFeed, url) },
	})
	post := url + "/2026/11/fourth-call/"
	s := earshot.Source{ID: "th", Kind: earshot.SourceThread, URL: CanonicalURL(post), CommentFeed: post + "feed/", ThreadFrom: noon.Add(-2 * time.Hour),
		Revisits: []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour}}
	c := newTest(t, nil)
	res, err := c.Fetch(context.Background(), s)
	if err != nil || res.Outcome != OK || len(res.Entries) != 4 || res.Entries[0].Kind != earshot.Post {
		t.Fatalf("%v %s %d entries", err, res.Outcome, len(res.Entries))
	}
	if got := res.Next.Due.Sub(noon); got != 4*time.Hour {
		t.Errorf("next look in %s, want 4h", got)
	}
	again, err := c.Fetch(context.Background(), res.Next)
	if err != nil || len(again.Entries) != 2 || again.Entries[0].Kind != earshot.Comment || again.Entries[0].Key != res.Entries[1].Key {
		t.Fatalf("unchanged page: %v, %d entries", err, len(again.Entries))
	}
	gone = true
	first, err := c.Fetch(context.Background(), again.Next)
	if err == nil || first.Removed {
		t.Errorf("one 404 is not enough: %v %+v", err, first)
	}
	second, err := c.Fetch(context.Background(), first.Next)
	if err == nil || !second.Removed || second.Outcome != Gone {
		t.Errorf("second 404: %v %+v", err, second)
	}
}

func TestFetchSite(t *testing.T) {
	list := `<html lang="it"><head><title>Diario</title></head><body><div class="post"><h2><a href="/2026/11/treno/">Il treno</a></h2><p>Ancora in ritardo.</p></div>
<div class="post"><h2><a href="/2026/10/banca/">La banca</a></h2><p>Nessuna risposta.</p></div></body></html>`
	page := func(title, body string) string {
		return `<html lang="it"><head><title>` + title + `</title></head><body><h1>` + title + `</h1><p class="date">12 novembre 2026</p><div class="post-body"><p>` + strings.Repeat(body+" ", 12) + `</p></div></body></html>`
	}
	url := serve(t, site{
		"/":               text("text/html", list),
		"/2026/11/treno/": text("text/html", page("Il treno", "Il treno era di nuovo in ritardo di un'ora.")),
		"/2026/10/banca/": text("text/html", page("La banca", "La banca non ha mai risposto alla lettera.")),
	})
	s := earshot.Source{ID: "site", Kind: earshot.SourceSite, URL: url + "/"}
	c := newTest(t, nil)
	res, err := c.Fetch(context.Background(), s)
	if err != nil || len(res.Entries) != 2 || res.Entries[0].Title != "Il treno" || res.Entries[0].Lang != "it" {
		t.Fatalf("%v %+v", err, res)
	}
	if d := res.Entries[0].Published.Format("2006-01-02"); d != "2026-11-12" || res.Entries[0].Precision != earshot.PrecisionDay {
		t.Errorf("date %s %s", d, res.Entries[0].Precision)
	}
	res, err = c.Fetch(context.Background(), res.Next)
	if err != nil || res.Outcome != NotModified {
		t.Errorf("unchanged site: %v %s", err, res.Outcome)
	}
}

func TestSiteWithFeed(t *testing.T) {
	url := serve(t, site{
		"/":        text("text/html", `<html><head><link rel="alternate" type="application/rss+xml" href="/rss.xml"></head><body><p>hi</p></body></html>`),
		"/rss.xml": text("application/rss+xml", smallRSS),
	})
	res, err := newTest(t, nil).Fetch(context.Background(), earshot.Source{ID: "s", Kind: earshot.SourceSite, URL: url + "/"})
	if err != nil || len(res.Entries) != 2 || res.Next.FeedURL != url+"/rss.xml" || res.Next.State != earshot.SourceOK {
		t.Fatalf("%v %+v", err, res.Next)
	}
}
