package crawler

import (
	"context"
	"fmt"
	"math/rand"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"code.dny.dev/ssrf"

	"earshot"
)

// canary counts connections, not requests: a refused address must not even be dialled.
func canary(t *testing.T, host string) (address string, hits *atomic.Int64) {
	t.Helper()
	l, err := net.Listen("tcp", host)
	if err != nil {
		t.Skip("no second loopback address here:", err)
	}
	hits = &atomic.Int64{}
	srv := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	srv.Listener.Close()
	srv.Listener = l
	srv.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			hits.Add(1)
		}
	}
	srv.Start()
	t.Cleanup(srv.Close)
	return l.Addr().String(), hits
}

// rebinder answers with a public address first and a private one ever after.
type rebinder struct{ asked atomic.Int64 }

func (r *rebinder) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	if r.asked.Add(1) == 1 {
		return []netip.Addr{netip.MustParseAddr("127.0.0.2"), netip.MustParseAddr("::1")}, nil
	}
	return []netip.Addr{netip.MustParseAddr("127.0.0.2")}, nil
}

func TestQ7SSRF(t *testing.T) {
	const seed = 7
	rng := rand.New(rand.NewSource(seed))
	tried, passed := prefixSweep(t, rng)
	address, hits := canary(t, "127.0.0.2:0")
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		t.Fatal(err)
	}
	tried += spellings(t, port)
	tried += detours(t, address)
	controls, allowed := publicControls(rng)
	t.Logf("ssrf: %d tricks, %d addresses let through, %d connections, %d/%d public controls allowed (seed %d)", tried, passed, hits.Load(), allowed, controls, seed)
	if passed > 0 || hits.Load() > 0 || allowed != controls {
		t.Fail()
	}
}

// prefixSweep asks the guard about addresses all over the special-purpose networks, in both families' spellings.
func prefixSweep(t *testing.T, rng *rand.Rand) (tried, passed int) {
	g := newGuard(nil, nil)
	prefixes := append(append([]netip.Prefix{}, ssrf.IPv4DeniedPrefixes...), ssrf.IPv6DeniedPrefixes...)
	for _, s := range []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "0.0.0.0/8", "224.0.0.0/4", "240.0.0.0/4",
		"fc00::/7", "fe80::/10", "ff00::/8", "::/128", "::1/128", "64:ff9b::/96", "2001:db8::/32", "2002::/16", "fec0::/10"} {
		prefixes = append(prefixes, netip.MustParsePrefix(s))
	}
	for _, p := range prefixes {
		for range 20 {
			ip := randomIn(p, rng)
			forms := []netip.Addr{ip}
			if ip.Is4() {
				forms = append(forms, netip.AddrFrom16(ip.As16()), netip.MustParseAddr("64:ff9b::"+ip.String()))
			}
			for _, f := range forms {
				for _, network := range []string{"tcp4", "tcp6"} {
					tried++
					if g.control(network, netip.AddrPortFrom(f, 80).String(), nil) == nil {
						passed++
						t.Errorf("%s let through", f)
					}
				}
			}
		}
	}
	return tried, passed
}

func randomIn(p netip.Prefix, rng *rand.Rand) netip.Addr {
	b := p.Addr().AsSlice()
	for i := p.Bits(); i < len(b)*8; i++ {
		if rng.Intn(2) == 1 {
			b[i/8] |= 1 << (7 - i%8)
		}
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

// spellings writes loopback in every way an address can be written.
func spellings(t *testing.T, port string) int {
	c := newTest(t, func(o *Options) { o.AllowPrivate = nil; o.Timeout = 2 * time.Second; o.Resolver = loopbackResolver{} })
	hosts := []string{"127.0.0.2", "127.2", "127.0.2", "2130706434", "0x7f000002", "0x7f.0x0.0x0.0x2", "0177.0.0.2", "017700000002", "[::ffff:127.0.0.2]", "[::ffff:7f00:2]",
		"[0:0:0:0:0:ffff:7f00:0002]", "localhost", "LOCALHOST", "127.0.0.2.", "name.example", "127。0。0。2", "①②⑦.0.0.2", "0", "0.0.0.0", "[::]", "[::1]", "ann:pw@127.0.0.2", "example.com@127.0.0.2", "[fe80::1%25lo]", "127.0.0.2%00.example.com"}
	n := 0
	for _, h := range hosts {
		for _, scheme := range []string{"http", "https", "HTTP"} {
			address := scheme + "://" + h + ":" + port + "/"
			for _, kind := range []earshot.SourceKind{earshot.SourceFeed, earshot.SourceSite, earshot.SourceThread} {
				n++
				if _, err := c.Fetch(context.Background(), earshot.Source{ID: "x", Kind: kind, URL: address}); err == nil {
					t.Errorf("%s fetched as %s", address, kind)
				}
			}
		}
	}
	for _, address := range []string{"file:///etc/passwd", "gopher://127.0.0.2:" + port, "ftp://127.0.0.2/", "jar:http://127.0.0.2!/", "//127.0.0.2/", "http:127.0.0.2", "data:text/xml,<rss/>"} {
		n++
		if _, err := c.Fetch(context.Background(), feedSource(address)); OutcomeOf(err) != Refused && OutcomeOf(err) != Unreachable {
			t.Errorf("%s: %v", address, err)
		}
	}
	return n
}

// loopbackResolver answers every name, also one that is a number in disguise, with loopback.
type loopbackResolver struct{}

func (loopbackResolver) LookupNetIP(context.Context, string, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("127.0.0.2"), netip.MustParseAddr("::ffff:127.0.0.2")}, nil
}

// detours reach for the canary by every indirect way: redirects, links, robots, feeds, stored addresses, rebinding.
func detours(t *testing.T, canary string) int {
	bad := "http://" + canary
	pages := site{
		"/meta": text("text/html", `<html><head><meta http-equiv="refresh" content="0;url=`+bad+`/"><link rel="icon" href="`+bad+`/favicon.ico"><link rel="alternate" type="application/rss+xml" href="`+bad+`/feed"></head><body><p>hi</p><a rel="next" href="`+bad+`/page/2">Older posts</a><img src="`+bad+`/x.png"></body></html>`),
		"/feed": text("application/xml", `<rss version="2.0" xmlns:wfw="http://wellformedweb.org/CommentAPI/"><channel><title>x</title><item><title>t</title><link>`+bad+`/post</link><description>words enough</description><wfw:commentRss>`+bad+`/c</wfw:commentRss></item></channel></rss>`),
	}
	for _, code := range []int{301, 302, 303, 307, 308} {
		pages[fmt.Sprintf("/r%d", code)] = func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, bad+"/", code) }
	}
	good := serve(t, pages)
	only := func(o *Options) {
		o.AllowPrivate = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}
		o.Timeout = 2 * time.Second
	}
	c := newTest(t, only)
	ctx := context.Background()
	n := 0
	for _, code := range []int{301, 302, 303, 307, 308} {
		for _, kind := range []earshot.SourceKind{earshot.SourceFeed, earshot.SourceSite, earshot.SourceThread} {
			n++
			if r, err := c.Fetch(ctx, earshot.Source{ID: "x", Kind: kind, URL: fmt.Sprintf("%s/r%d", good, code)}); err == nil || r.Next.FeedURL != "" && strings.Contains(r.Next.FeedURL, canary) {
				t.Errorf("redirect %d as %s: %v %q", code, kind, err, r.Next.FeedURL)
			}
		}
	}
	attempts := []func() error{
		func() error {
			_, err := c.Fetch(ctx, earshot.Source{ID: "x", Kind: earshot.SourceSite, URL: good + "/meta"})
			return err
		},
		func() error {
			s := feedSource(good + "/gone")
			s.FeedURL = bad + "/"
			_, err := c.Fetch(ctx, s)
			return err
		},
		func() error {
			_, err := c.Fetch(ctx, earshot.Source{ID: "x", Kind: earshot.SourceThread, URL: good + "/meta", CommentFeed: bad + "/c"})
			return err
		},
		func() error {
			r, err := c.Fetch(ctx, feedSource(good+"/feed"))
			if err != nil || len(r.Entries) != 1 {
				t.Errorf("the feed itself: %v", err)
				return err
			}
			_, _, err = c.Complete(ctx, r.Entries[0])
			return err
		},
		func() error {
			robots := serve(t, site{"/robots.txt": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, bad+"/robots.txt", http.StatusFound) }, "/p": text("text/html", "<p>words</p>")})
			_, _, err := c.Complete(ctx, earshot.Entry{URL: robots + "/p"})
			return err
		},
		func() error {
			c := newTest(t, func(o *Options) { only(o); o.AllowPrivate = nil; o.Resolver = &rebinder{} })
			for range 4 {
				if _, err := c.Fetch(ctx, feedSource("http://rebind.example:"+canary[strings.LastIndexByte(canary, ':')+1:]+"/")); err == nil {
					t.Error("rebinding fetched")
				}
			}
			return nil
		},
		func() error {
			proxied := newTest(t, func(o *Options) { only(o); o.Proxy = good })
			_, err := proxied.Fetch(ctx, feedSource(bad+"/feed"))
			if OutcomeOf(err) != Refused {
				t.Errorf("through a proxy: %v", err)
			}
			return err
		},
	}
	for _, attempt := range attempts {
		n++
		if err := attempt(); err != nil && OutcomeOf(err) == OK {
			t.Error(err)
		}
	}
	return n
}

// publicControls are addresses that must be let through.
func publicControls(rng *rand.Rand) (n, allowed int) {
	g := newGuard(nil, nil)
	for n < 500 {
		ip := netip.AddrFrom4([4]byte{byte(rng.Intn(223) + 1), byte(rng.Intn(256)), byte(rng.Intn(256)), byte(rng.Intn(254) + 1)})
		if n%3 == 0 {
			ip = netip.MustParseAddr(fmt.Sprintf("2a0%d:%x:%x::%x", rng.Intn(8), rng.Intn(65535)+1, rng.Intn(65536), rng.Intn(65535)+1))
		}
		special := false
		for _, p := range append(append([]netip.Prefix{}, ssrf.IPv4DeniedPrefixes...), ssrf.IPv6DeniedPrefixes...) {
			special = special || p.Contains(ip)
		}
		if special {
			continue
		}
		n++
		network := "tcp4"
		if ip.Is6() {
			network = "tcp6"
		}
		if g.control(network, netip.AddrPortFrom(ip, uint16([]int{80, 443, 8080}[n%3])).String(), nil) == nil {
			allowed++
		}
	}
	return n, allowed
}
