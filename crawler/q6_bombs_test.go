package crawler

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// zeros compresses n bytes of nothing.
func zeros(t *testing.T, n int64, encoding string) []byte {
	t.Helper()
	var b bytes.Buffer
	var w io.WriteCloser = gzip.NewWriter(&b)
	if encoding == "br" {
		w = brotli.NewWriterLevel(&b, 1)
	}
	if encoding == "zstd" {
		z, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		w = z
	}
	chunk := make([]byte, 1<<20)
	for ; n > 0; n -= int64(len(chunk)) {
		if _, err := w.Write(chunk); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// bombs are servers that mean us harm.
func bombs(t *testing.T) site {
	small := zeros(t, 200<<20, "gzip")
	var nested bytes.Buffer
	w := gzip.NewWriter(&nested)
	if _, err := w.Write(small); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	zst, br := zeros(t, 200<<20, "zstd"), zeros(t, 200<<20, "br")
	packed := func(encoding string, body []byte) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			if encoding != "" {
				w.Header().Set("Content-Encoding", encoding)
			}
			if _, err := w.Write(body); err != nil {
				return
			}
		}
	}
	flood := func(w http.ResponseWriter, r *http.Request) {
		chunk := []byte(strings.Repeat("<item><title>x</title></item>", 2000))
		for r.Context().Err() == nil {
			if _, err := w.Write(chunk); err != nil {
				return
			}
		}
	}
	drip := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write([]byte("<")); err != nil {
				return
			}
			if err := http.NewResponseController(w).Flush(); err != nil {
				return
			}
			select {
			case <-r.Context().Done():
			case <-time.After(50 * time.Millisecond):
			}
		}
	}
	return site{
		"/gzip": packed("gzip", small), "/raw": packed("", small), "/nested": packed("gzip, gzip", nested.Bytes()), "/rawnested": packed("gzip", nested.Bytes()), "/zstd": packed("zstd", zst), "/br": packed("br", br),
		"/chain": packed("gzip, gzip, gzip, gzip", small), "/flood": flood, "/drip": drip,
		"/body": func(w http.ResponseWriter, _ *http.Request) {
			if _, err := io.CopyN(w, zero{}, 50<<20); err != nil {
				return
			}
		},
		"/headers": func(w http.ResponseWriter, _ *http.Request) {
			for i := range 20000 {
				w.Header().Set(fmt.Sprintf("X-H-%d", i), "v")
			}
		},
		"/around": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/around", http.StatusFound) },
		"/silent": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
		"/xml":    text("application/xml", "<rss><channel>"+strings.Repeat("<a>", 2000000)),
		"/honest": text("application/rss+xml", smallRSS),
	}
}

type zero struct{}

func (zero) Read(p []byte) (int, error) { return len(p), nil }

func TestQ6Bombs(t *testing.T) {
	url := serve(t, bombs(t))
	c := newTest(t, func(o *Options) { o.Timeout = 3 * time.Second })
	runtime.GC()
	var before, peak runtime.MemStats
	runtime.ReadMemStats(&before)
	began := time.Now()
	var wg sync.WaitGroup
	paths := []string{"/gzip", "/raw", "/nested", "/rawnested", "/zstd", "/br", "/chain", "/flood", "/drip", "/body", "/headers", "/around", "/silent", "/xml"}
	for i := range 64 {
		wg.Go(func() {
			path := paths[i%len(paths)]
			if res, err := c.Fetch(context.Background(), feedSource(url+path)); err == nil && path != "/flood" {
				t.Errorf("%s: outcome %s", path, res.Outcome)
			}
		})
	}
	honest, slowest := 0, time.Duration(0)
	for time.Since(began) < 3*time.Second {
		asked := time.Now()
		if _, err := c.Fetch(context.Background(), feedSource(url+"/honest")); err == nil {
			honest++
		}
		slowest = max(slowest, time.Since(asked))
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		if m.HeapInuse > peak.HeapInuse {
			peak = m
		}
		time.Sleep(20 * time.Millisecond)
	}
	wg.Wait()
	took := time.Since(began)
	heap := (peak.HeapInuse - min(before.HeapInuse, peak.HeapInuse)) >> 20
	t.Logf("bombs: 64 at once over in %s, heap grew by at most %d MB (server included), %d honest reads, slowest %s (no seed: table)", took.Round(time.Millisecond), heap, honest, slowest.Round(time.Millisecond))
	if took > 60*time.Second || heap > 400 || honest == 0 {
		t.Fail()
	}
}
