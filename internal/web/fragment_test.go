package web

import (
	"net/url"
	"strings"
	"testing"

	"earshot"
	"earshot/internal/store"
)

func TestASourceIsAddedAsLinesToReview(t *testing.T) {
	w, _ := populate(t)
	ask := func(q url.Values) string { return get(w.handler(), "/sources?"+q.Encode()).Body.String() }
	body := ask(url.Values{"add": {"https://blog.example.org/feed.xml"}, "tags": {"blogs, press"}})
	for _, want := range []string{`- {feed: &#34;https://blog.example.org/feed.xml&#34;, tags: [&#34;blogs&#34;, &#34;press&#34;]}`, `earshot inspect feed &#39;https://blog.example.org/feed.xml&#39;`} {
		if !strings.Contains(body, want) {
			t.Errorf("the lines do not hold %q", want)
		}
	}
	if body := ask(url.Values{"add": {"https://forum.example.org/"}, "kind": {"site"}}); !strings.Contains(body, "{site: &#34;https://forum.example.org/&#34;, comments: true}") {
		t.Error("a site is not written as one")
	}
	for _, bad := range []string{"javascript:alert(1)", "not an address", "file:///etc/passwd", ""} {
		if body := ask(url.Values{"add": {bad}}); !strings.Contains(body, `role="alert"`) || strings.Contains(body, "earshot inspect") {
			t.Errorf("%q is taken for an address", bad)
		}
	}
	if body := ask(url.Values{"add": {"https://u:hunter2@x.example/'$(reboot)'"}}); strings.Contains(body, "hunter2") || strings.Contains(body, "reboot)&#39;&#39;") {
		t.Error("a password, or a command, stands in the lines")
	}
}

func TestATroubledSourceSaysWhatToDo(t *testing.T) {
	w := newWorld(t)
	for state, want := range map[earshot.SourceState]string{"ok": "To stop reading it", "moved": "https://new.example/feed", "dead": "hears it again by itself", "quarantined": "calm again"} {
		src := earshot.Source{ID: "feed:" + string(state), Kind: earshot.SourceFeed, URL: "https://old.example/feed?apikey=s3cr3tkey", FeedURL: "https://new.example/feed", State: state}
		w.write(func(tx *store.Tx) error { return tx.PutSource(src) })
		body := get(w.handler(), "/sources/"+sourceKey(src.ID)).Body.String()
		if !strings.Contains(body, want) || strings.Contains(body, "s3cr3tkey") {
			t.Errorf("%s: no %q, or a key is shown", state, want)
		}
	}
}
