package crawler

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"earshot"
)

// robotsCase asks whether "earshot" may fetch path.
type robotsCase struct {
	name, file string
	allowed    []string
	denied     []string
}

func robotsCases() []robotsCase {
	us := func(rules ...string) string { return "User-agent: Earshot\n" + strings.Join(rules, "\n") + "\n" }
	return []robotsCase{
		{"empty file", "", []string{"/", "/a"}, nil},
		{"only comments", "# nothing\n# here\n", []string{"/", "/a"}, nil},
		{"disallow all", us("Disallow: /"), []string{"/robots.txt"}, []string{"/", "/a", "/a?b=c"}},
		{"empty disallow allows", us("Disallow:"), []string{"/", "/a"}, nil},
		{"prefix", us("Disallow: /fish"), []string{"/Fish.asp", "/catfish", "/?id=fish", "/fis"}, []string{"/fish", "/fish.html", "/fish/salmon", "/fishheads", "/fish.php?id=x"}},
		{"folder", us("Disallow: /fish/"), []string{"/fish", "/fish.html"}, []string{"/fish/", "/fish/salmon.htm"}},
		{"star is a prefix", us("Disallow: /fish*"), []string{"/catfish"}, []string{"/fish", "/fishheads/x"}},
		{"star suffix", us("Disallow: /*.php"), []string{"/", "/windows.PHP"}, []string{"/x.php", "/folder/x.php?p", "/x.php5"}},
		{"anchored suffix", us("Disallow: /*.php$"), []string{"/x.php?p", "/x.php/", "/x.php5", "/windows.PHP"}, []string{"/x.php", "/folder/x.php"}},
		{"star inside", us("Disallow: /fish*.php"), []string{"/Fish.PHP"}, []string{"/fish.php", "/fishheads/catfish.php?x"}},
		{"two stars", us("Disallow: /a*b*c"), []string{"/ab", "/acb"}, []string{"/abc", "/axbxcx"}},
		{"double star", us("Disallow: /a**b"), []string{"/a"}, []string{"/ab", "/axxb"}},
		{"anchored exact", us("Disallow: /a$"), []string{"/ab", "/a/", "/a?x"}, []string{"/a"}},
		{"dollar inside is literal", us("Disallow: /a$b"), []string{"/a", "/ab"}, []string{"/a$b", "/a$bc"}},
		{"star dollar", us("Disallow: /*$"), nil, []string{"/", "/abc"}},
		{"anchored needs overlap check", us("Disallow: /aba*aba$"), []string{"/aba"}, []string{"/abaaba", "/abaxaba"}},
		{"longest wins allow", us("Allow: /p", "Disallow: /"), []string{"/page"}, []string{"/other"}},
		{"longest wins disallow", us("Allow: /folder", "Disallow: /folder/secret"), []string{"/folder/page"}, []string{"/folder/secret/x"}},
		{"order is nothing", us("Disallow: /", "Allow: /p"), []string{"/page"}, []string{"/x"}},
		{"tie goes to allow", us("Disallow: /folder", "Allow: /folder"), []string{"/folder/page"}, nil},
		{"tie goes to allow, other order", us("Allow: /folder", "Disallow: /folder"), []string{"/folder/page"}, nil},
		{"length counts the star", us("Allow: /page", "Disallow: /*.htm"), []string{"/page"}, []string{"/page.htm"}},
		{"root anchored allow", us("Allow: /$", "Disallow: /"), []string{"/"}, []string{"/page.htm"}},
		{"query", us("Disallow: /*?"), []string{"/a"}, []string{"/a?b", "/?b"}},
		{"query key", us("Disallow: /*?id="), []string{"/a?no=id"}, []string{"/a?id=1"}},
		{"case of path matters", us("Disallow: /A"), []string{"/a"}, []string{"/A"}},
		{"case of keys does not", "USER-AGENT: earshot\nDISALLOW: /a\n", []string{"/b"}, []string{"/a"}},
		{"case of agent does not", "User-agent: eArShOt\nDisallow: /a\n", []string{"/b"}, []string{"/a"}},
		{"agent with version", "User-agent: Earshot/1.0\nDisallow: /a\n", []string{"/b"}, []string{"/a"}},
		{"other agent", "User-agent: OtherBot\nDisallow: /\n", []string{"/", "/a"}, nil},
		{"agent is no prefix of ours", "User-agent: Ear\nDisallow: /\n", []string{"/a"}, nil},
		{"ours is no prefix of agent", "User-agent: EarshotNews\nDisallow: /\n", []string{"/a"}, nil},
		{"star group", "User-agent: *\nDisallow: /a\n", []string{"/b"}, []string{"/a"}},
		{"own group beats star", "User-agent: *\nDisallow: /\n\nUser-agent: Earshot\nDisallow: /a\n", []string{"/b"}, []string{"/a"}},
		{"own empty group beats star", "User-agent: *\nDisallow: /\n\nUser-agent: Earshot\nDisallow:\n", []string{"/b"}, nil},
		{"own group without rules beats star", "User-agent: *\nDisallow: /\n\nUser-agent: Earshot\n", []string{"/b"}, nil},
		{"star after own", "User-agent: Earshot\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n", []string{"/b"}, []string{"/a"}},
		{"groups are merged", us("Disallow: /a") + "User-agent: x\nDisallow: /x\n" + us("Disallow: /b"), []string{"/c", "/x"}, []string{"/a", "/b"}},
		{"star groups are merged", "User-agent: *\nDisallow: /a\nUser-agent: x\nDisallow: /x\nUser-agent: *\nDisallow: /b\n", []string{"/x"}, []string{"/a", "/b"}},
		{"several agents one group", "User-agent: a\nUser-agent: Earshot\nUser-agent: b\nDisallow: /a\n", []string{"/b"}, []string{"/a"}},
		{"star and own together", "User-agent: *\nUser-agent: Earshot\nDisallow: /a\n", []string{"/b"}, []string{"/a"}},
		{"blank lines end no group", "User-agent: Earshot\n\n\nDisallow: /a\n\nDisallow: /b\n", []string{"/c"}, []string{"/a", "/b"}},
		{"sitemap ends no group", "User-agent: Earshot\nSitemap: https://x.example/s.xml\nDisallow: /a\n", []string{"/b"}, []string{"/a"}},
		{"unknown keys are skipped", us("Noindex: /b", "Clean-param: x", "Disallow: /a"), []string{"/b"}, []string{"/a"}},
		{"rules before any agent", "Disallow: /a\nUser-agent: Earshot\nDisallow: /b\n", []string{"/a"}, []string{"/b"}},
		{"comment after value", us("Disallow: /a # not this"), []string{"/b"}, []string{"/a"}},
		{"comment line inside", us("Disallow: /a", "# Disallow: /b"), []string{"/b"}, []string{"/a"}},
		{"spaces around", "  User-agent :   Earshot  \n   Disallow  :   /a   \n", []string{"/b"}, []string{"/a"}},
		{"no space", "User-agent:Earshot\nDisallow:/a\n", []string{"/b"}, []string{"/a"}},
		{"tabs", "User-agent:\tEarshot\nDisallow:\t/a\n", []string{"/b"}, []string{"/a"}},
		{"missing colon", "User-agent Earshot\nDisallow /a\n", []string{"/b"}, []string{"/a"}},
		{"misspelt disallow", us("Dissallow: /a"), []string{"/b"}, []string{"/a"}},
		{"CRLF", "User-agent: Earshot\r\nDisallow: /a\r\n", []string{"/b"}, []string{"/a"}},
		{"CR only", "User-agent: Earshot\rDisallow: /a\r", []string{"/b"}, []string{"/a"}},
		{"byte order mark", "\xef\xbb\xbfUser-agent: Earshot\nDisallow: /a\n", []string{"/b"}, []string{"/a"}},
		{"no newline at end", "User-agent: Earshot\nDisallow: /a", []string{"/b"}, []string{"/a"}},
		{"escaped equals raw", us("Disallow: /%7Ejoe/"), []string{"/joe/"}, []string{"/~joe/x", "/%7ejoe/x"}},
		{"raw equals escaped", us("Disallow: /~joe/"), nil, []string{"/%7Ejoe/x"}},
		{"escaped slash is no slash", us("Disallow: /a%2Fb"), []string{"/a/b"}, []string{"/a%2fb", "/a%2Fb/c"}},
		{"hex case", us("Disallow: /a%3cd"), []string{"/a"}, []string{"/a%3Cd", "/a%3cd"}},
		{"unicode", us("Disallow: /título"), []string{"/titulo"}, []string{"/t%C3%ADtulo", "/t%c3%adtulo"}},
		{"escaped unicode", us("Disallow: /%E5%93%81"), nil, []string{"/品", "/%e5%93%81/x"}},
		{"html instead of robots", "<!doctype html><html><body>User-agent: none</body></html>", []string{"/", "/a"}, nil},
		{"binary noise", "\x00\x01\xff\xfe\nUser-agent: Earshot\nDisallow: /a\n", []string{"/b"}, []string{"/a"}},
		{"pattern without slash", us("Disallow: fish"), []string{"/fish"}, nil},
		{"star without slash", us("Disallow: *.gif$"), []string{"/a.gif?x"}, []string{"/a.gif"}},
		{"allow only", us("Allow: /a"), []string{"/a", "/b"}, nil},
		{"crawl delay starts rules", "User-agent: x\nCrawl-delay: 5\nUser-agent: Earshot\nDisallow: /a\n", []string{"/b"}, []string{"/a"}},
	}
}

func TestQ15Robots(t *testing.T) {
	asked, right := 0, 0
	for _, c := range robotsCases() {
		f := parseRobots([]byte(c.file), "earshot")
		for want, paths := range map[bool][]string{true: c.allowed, false: c.denied} {
			for _, p := range paths {
				asked++
				if f.allows(p) == want {
					right++
				} else {
					t.Errorf("%s: %s allowed is %v", c.name, p, !want)
				}
			}
		}
	}
	served, good := robotsServed(t)
	t.Logf("robots: %d of %d rule cases, %d of %d server cases (no seed: tables)", right, asked, good, served)
}

// robotsServed checks what the answer to /robots.txt itself means.
func robotsServed(t *testing.T) (n, good int) {
	long := "User-agent: *\nDisallow: /early\n" + strings.Repeat("# padding padding padding\n", 21000) + "Disallow: /late\n"
	status := func(code int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) }
	}
	cases := []struct {
		name   string
		robots http.HandlerFunc
		path   string
		want   Outcome
	}{
		{"404 allows", status(404), "/p", OK}, {"403 allows", status(403), "/p", OK}, {"401 allows", status(401), "/p", OK}, {"410 allows", status(410), "/p", OK},
		{"500 blocks for now", status(500), "/p", Robots}, {"503 blocks for now", status(503), "/p", Robots},
		{"204 allows", status(204), "/p", OK},
		{"denied", text("text/plain", "User-agent: *\nDisallow: /p"), "/p", Robots},
		{"over 500 KiB: start counts", text("text/plain", long), "/early", Robots},
		{"over 500 KiB: end does not", text("text/plain", long), "/late", OK},
		{"redirect followed", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/real-robots", http.StatusFound) }, "/p", Robots},
		{"redirect loop allows", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/robots.txt", http.StatusFound) }, "/p", OK},
		{"silence blocks for now", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, "/p", Robots},
		{"gzip bomb allows", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Encoding", "compress")
			fmt.Fprint(w, "xx")
		}, "/p", OK},
	}
	for _, c := range cases {
		page := text("text/html", "<html><body><p>Some words stand here.</p></body></html>")
		url := serve(t, site{"/robots.txt": c.robots, "/real-robots": text("text/plain", "User-agent: *\nDisallow: /p"), "/p": page, "/early": page, "/late": page})
		cr := newTest(t, func(o *Options) { o.Timeout = 300 * time.Millisecond })
		_, _, err := cr.Complete(context.Background(), earshot.Entry{URL: url + c.path})
		n++
		if OutcomeOf(err) == c.want {
			good++
		} else {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	return n, good
}

func TestRobotsHeals(t *testing.T) {
	now, broken, reads := noon, true, 0
	url := serve(t, site{
		"/robots.txt": func(w http.ResponseWriter, _ *http.Request) {
			if reads++; broken {
				w.WriteHeader(500)
				return
			}
			fmt.Fprint(w, "User-agent: *\nDisallow: /no")
		},
		"/p": text("text/html", "<p>Some words stand here.</p>"), "/no": text("text/html", "<p>x</p>"),
	})
	c := newTest(t, func(o *Options) { o.Now = func() time.Time { return now } })
	look := func(path string) Outcome {
		_, _, err := c.Complete(context.Background(), earshot.Entry{URL: url + path})
		return OutcomeOf(err)
	}
	if got := look("/p"); got != Robots {
		t.Fatalf("while broken: %s", got)
	}
	broken = false
	now = now.Add(20 * time.Minute)
	if a, b := look("/p"), look("/no"); a != OK || b != Robots {
		t.Errorf("healed: %s, %s", a, b)
	}
	broken, now = true, now.Add(25*time.Hour)
	if a, b := look("/p"), look("/no"); a != OK || b != Robots {
		t.Errorf("the old copy should serve while it is broken: %s, %s", a, b)
	}
	before := reads
	if look("/p"); reads != before {
		t.Error("robots.txt asked again at once")
	}
}

func TestFeedIgnoresRobots(t *testing.T) {
	url := serve(t, site{"/robots.txt": text("text/plain", "User-agent: *\nDisallow: /"), "/feed": text("application/rss+xml", smallRSS)})
	if _, err := newTest(t, nil).Fetch(context.Background(), feedSource(url+"/feed")); err != nil {
		t.Errorf("a feed the operator lists is read: %v", err)
	}
}
