package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
)

// roundTrip is a transport made of a function.
type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func answer(r *http.Request, status int, body string, header http.Header) *http.Response {
	if header == nil {
		header = http.Header{}
	}
	return &http.Response{StatusCode: status, Header: header, Body: io.NopCloser(strings.NewReader(body)), Request: r}
}

func TestQ14Polite(t *testing.T) {
	const seed = 14
	rng := rand.New(rand.NewSource(seed))
	worst, polls := deadSources(t, rng)
	gap := hostGap(t)
	waits := askedToWait(t)
	counted := ourOutage(t)
	t.Logf("polite: dead sources at most %d polls/h after 6 h and %d polls in 30 days, smallest host gap %s, %d of 10 waits kept, %d of 50 sources with an error counted in our own outage (seed %d)",
		worst, polls, gap, waits, counted, seed)
	if worst > 1 || polls < 30*3 || gap < time.Second || waits != 10 || counted > 0 {
		t.Fail()
	}
}

// deadSources plays thirty days of sources that fail in every way.
func deadSources(t *testing.T, rng *rand.Rand) (worst, fewest int) {
	fewest = 1 << 30
	due := map[time.Time]bool{}
	for _, outcome := range []Outcome{HTTP4xx, HTTP5xx, Timeout, DNS, Unreachable, Unreadable, TooBig, Gone, Refused} {
		for _, least := range []time.Duration{time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute} {
			s := earshot.Source{Kind: earshot.SourceFeed, MinEvery: least, MaxEvery: 24 * time.Hour}
			now, polls, hours := noon, 0, map[int]int{}
			for now.Sub(noon) < 30*24*time.Hour {
				s = Schedule(s, Read{Outcome: outcome, Why: "x"}, now, rng.Float64())
				if !s.Due.After(now) {
					t.Fatalf("%s: not due in the future", outcome)
				}
				polls++
				if since := now.Sub(noon); since >= 6*time.Hour {
					hours[int(since/time.Hour)]++
				}
				now = s.Due
			}
			due[now] = true
			for _, n := range hours {
				worst = max(worst, n)
			}
			fewest = min(fewest, polls)
			if s.State != earshot.SourceDead || !strings.Contains(s.Reason, "not heard since") {
				t.Errorf("%s: state %s %q", outcome, s.State, s.Reason)
			}
			if healed := Schedule(s, Read{Outcome: OK}, now, 0); healed.State != earshot.SourceOK || healed.Failures != 0 || healed.Due.Sub(now) > 24*time.Hour {
				t.Errorf("%s: not healed: %+v", outcome, healed)
			}
		}
	}
	if len(due) < 30 {
		t.Errorf("no jitter: %d different times", len(due))
	}
	return worst, fewest
}

// hostGap lets forty feeds of two hosts be read at once and measures the gap between requests to one host.
func hostGap(t *testing.T) time.Duration {
	least := time.Hour
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		times := map[string][]time.Time{}
		c := newTest(t, func(o *Options) {
			o.PerHost, o.Now, o.Timeout = 1, time.Now, time.Minute
			o.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
				mu.Lock()
				defer mu.Unlock()
				times[r.URL.Host] = append(times[r.URL.Host], time.Now())
				return answer(r, 200, smallRSS, nil), nil
			})
		})
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() {
				if _, err := c.Fetch(t.Context(), feedSource(fmt.Sprintf("https://h%d.example/%d", i%2, i))); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		for _, ts := range times {
			slices.SortFunc(ts, time.Time.Compare)
			for i := 1; i < len(ts); i++ {
				least = min(least, ts[i].Sub(ts[i-1]))
			}
		}
		ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
		defer cancel()
		if _, err := c.Fetch(t.Context(), feedSource("https://h0.example/a")); err != nil {
			t.Error(err)
		}
		if r, err := c.Fetch(ctx, feedSource("https://h0.example/b")); err == nil || r.Next.Failures != 0 && OutcomeOf(err) == Canceled {
			t.Errorf("waiting for the host's turn must end with its context: %v", err)
		}
	})
	return least
}

// askedToWait counts the requests to wait that are kept.
func askedToWait(t *testing.T) (kept int) {
	header := func(k, v string) http.Header { return http.Header{k: {v}} }
	cases := []struct {
		name   string
		status int
		header http.Header
		body   string
		least  time.Duration
		most   time.Duration
	}{
		{"retry-after seconds", 503, header("Retry-After", "10800"), "", 3 * time.Hour, 4 * time.Hour},
		{"retry-after date", 429, header("Retry-After", noon.Add(5*time.Hour).Format(http.TimeFormat)), "", 5 * time.Hour, 6 * time.Hour},
		{"retry-after in the past", 503, header("Retry-After", "Mon, 02 Jan 2006 15:04:05 GMT"), "", time.Minute, time.Hour},
		{"retry-after of a century is capped", 503, header("Retry-After", "3153600000"), "", 24 * time.Hour, 8 * 24 * time.Hour},
		{"retry-after nonsense", 503, header("Retry-After", "soon"), "", time.Minute, time.Hour},
		{"max-age", 200, header("Cache-Control", "public, max-age=43200"), smallRSS, 12 * time.Hour, 14 * time.Hour},
		{"max-age of a year is capped", 200, header("Cache-Control", "max-age=31536000"), smallRSS, 24 * time.Hour, 27 * time.Hour},
		{"no-cache", 200, header("Cache-Control", "no-cache, max-age=43200"), smallRSS, time.Hour, 9 * time.Hour},
		{"ttl", 200, nil, strings.Replace(smallRSS, "<ttl>60<", "<ttl>900<", 1), 15 * time.Hour, 17 * time.Hour},
		{"gone", 410, nil, "", 6 * time.Hour, 24 * time.Hour},
	}
	for _, c := range cases {
		cr := newTest(t, func(o *Options) {
			o.Transport = roundTrip(func(r *http.Request) (*http.Response, error) { return answer(r, c.status, c.body, c.header), nil })
		})
		res, err := cr.Fetch(t.Context(), feedSource("https://w.example/"+strings.ReplaceAll(c.name, " ", "-")))
		if (err == nil) != (c.status == 200) {
			t.Errorf("%s: %v", c.name, err)
		}
		if wait := res.Next.Due.Sub(noon); wait >= c.least && wait <= c.most {
			kept++
		} else {
			t.Errorf("%s: waits %s, want %s to %s", c.name, wait, c.least, c.most)
		}
	}
	return kept
}

// ourOutage cuts our own line under fifty sources and counts what is held against them.
func ourOutage(t *testing.T) (counted int) {
	down := false
	c := newTest(t, func(o *Options) {
		o.Transport = roundTrip(func(r *http.Request) (*http.Response, error) {
			if down {
				return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Err: "server misbehaving", Name: r.URL.Hostname(), IsTemporary: true}}
			}
			return answer(r, 200, smallRSS, nil), nil
		})
	})
	var sources []earshot.Source
	for i := range 50 {
		res, err := c.Fetch(t.Context(), feedSource(fmt.Sprintf("https://o%d.example/feed", i)))
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, res.Next)
	}
	down = true
	for range 3 {
		for i := range sources {
			res, err := c.Fetch(t.Context(), sources[i])
			if err == nil {
				t.Fatal("fetched without a network")
			}
			sources[i] = res.Next
		}
	}
	for _, s := range sources {
		if s.Failures > 0 {
			counted++
		}
		if s.State == earshot.SourceFailing || s.State == earshot.SourceDead {
			t.Errorf("%s is %s in our own outage", s.URL, s.State)
		}
	}
	down = false
	if res, err := c.Fetch(t.Context(), sources[0]); err != nil || res.Next.State != earshot.SourceOK {
		t.Errorf("after the outage: %v %s", err, res.Next.State)
	}
	return counted
}

func TestOneDeadHostIsNotOurs(t *testing.T) {
	c := newTest(t, func(o *Options) {
		o.Transport = roundTrip(func(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused by peer") })
	})
	s := feedSource("https://one.example/feed")
	for range 5 {
		res, err := c.Fetch(t.Context(), s)
		if OutcomeOf(err) != Unreachable {
			t.Fatalf("outcome %s", OutcomeOf(err))
		}
		s = res.Next
	}
	if s.Failures != 5 {
		t.Errorf("%d failures counted", s.Failures)
	}
}
