package crawler

import (
	"fmt"
	"math/rand"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"earshot"
)

// noon is the tests' present.
var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// newTest returns a crawler that may reach loopback, does not pace, and lives at noon.
func newTest(t testing.TB, change func(*Options)) *Crawler {
	t.Helper()
	o := Options{
		UserAgent: "Earshot/test (+https://example.org/bot)", PerHost: -1, Timeout: 5 * time.Second,
		AllowPrivate: []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")},
		Now:          func() time.Time { return noon }, Rand: rand.New(rand.NewSource(1)),
	}
	if change != nil {
		change(&o)
	}
	c, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(c.Close)
	return c
}

// site serves paths from a table; missing ones are 404.
type site map[string]http.HandlerFunc

func (s site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	key := r.URL.Path
	if r.URL.RawQuery != "" {
		key += "?" + r.URL.RawQuery
	}
	if h, ok := s[key]; ok {
		h(w, r)
		return
	}
	http.NotFound(w, r)
}

func serve(t testing.TB, s http.Handler) string {
	t.Helper()
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return srv.URL
}

func text(contentType, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		fmt.Fprint(w, body)
	}
}

func feedSource(url string) earshot.Source {
	return earshot.Source{ID: "src", Kind: earshot.SourceFeed, URL: url, MinEvery: 5 * time.Minute, MaxEvery: 24 * time.Hour}
}
