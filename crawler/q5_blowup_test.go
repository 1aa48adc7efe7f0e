package crawler

import (
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"
)

// growing writes inputs that grow with n in one way each.
func growing() map[string]func(n int) (feed bool, doc string) {
	rep := strings.Repeat
	page := func(body string) (bool, string) { return false, "<html><body>" + body + "</body></html>" }
	feed := func(body string) (bool, string) {
		return true, `<rss version="2.0"><channel><title>x</title>` + body + "</channel></rss>"
	}
	prose := "<p>A paragraph of some length that speaks of phones, letters and clerks who never answered.</p>"
	comment := `<li class="comment" id="comment-%d"><cite class="fn">Ann</cite> <a class="date">May 3, 2026</a><div class="comment-content"><p>They never called me back.</p></div></li>`
	many := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	return map[string]func(n int) (bool, string){
		"paragraphs":      func(n int) (bool, string) { return page(rep(prose, n)) },
		"bare paragraphs": func(n int) (bool, string) { return page("<div>" + rep("<p>word ", n)) },
		"comments": func(n int) (bool, string) {
			return page(rep(prose, 5) + `<ol class="commentlist">` + many(comment, n) + "</ol>")
		},
		"unlabelled list": func(n int) (bool, string) {
			return page(rep(prose, 5) + `<div id="comments">` + many(`<div class="x"><b class="name">Ann %d</b> 3/4/2026 said they never called</div>`, n) + "</div>")
		},
		"comment areas":     func(n int) (bool, string) { return page(rep(`<div class="comments"><div class="comment">`, n)) },
		"depth of div":      func(n int) (bool, string) { return page(rep("<div>", n) + "deep words" + rep("</div>", n)) },
		"depth of comments": func(n int) (bool, string) { return page(rep(`<div class="comment" id="comment-1">Ann said this `, n)) },
		"depth of inline":   func(n int) (bool, string) { return page(rep("<b><i><font color=x>", n) + "x" + rep("<p>y", 100)) },
		"misnested":         func(n int) (bool, string) { return page(rep("<p><b id=a><i id=b></p><a href=x><a href=y></b>", n)) },
		"attributes":        func(n int) (bool, string) { return page("<p " + many("a%d=1 ", n) + ">x</p>") },
		"one long value":    func(n int) (bool, string) { return page(`<p class="` + rep("a ", n*20) + `">x</p>` + prose) },
		"links": func(n int) (bool, string) {
			return page(rep(prose, 5) + many(`<li><a href="/p/%d">Some other post</a></li>`, n))
		},
		"tables":           func(n int) (bool, string) { return page(rep("<table><tr><td>", n) + "x") },
		"text in tables":   func(n int) (bool, string) { return page("<table>" + rep("x<b>y</b>", n) + "</table>") },
		"entities":         func(n int) (bool, string) { return page("<p>" + rep("&amp;&nbsp;&#169;", n*10) + "</p>") },
		"long word":        func(n int) (bool, string) { return page("<p>" + rep("a", n*100) + "</p>") },
		"less than":        func(n int) (bool, string) { return page(rep("<", n*50)) },
		"comments in html": func(n int) (bool, string) { return page(rep("<!-- x", n*10)) },
		"dates":            func(n int) (bool, string) { return page(rep("<p>May 3, 2026 at 10:00</p>", n)) },
		"json-ld": func(n int) (bool, string) {
			return page(`<script type="application/ld+json">` + rep("[", n*10) + "</script>" + prose)
		},
		"items": func(n int) (bool, string) {
			return feed(many("<item><title>t%d</title><description>Words of some kind.</description></item>", n))
		},
		"broken items": func(n int) (bool, string) {
			return feed(many("<item><title>t%d & x</b></title><description>Words <p> &bogus; of some kind.</item>", n))
		},
		"nested items":    func(n int) (bool, string) { return feed(rep("<item>", n)) },
		"nested tags":     func(n int) (bool, string) { return feed("<item><title>t</title>" + rep("<a>", n*10)) },
		"feed attributes": func(n int) (bool, string) { return feed("<item " + many("a%d='1' ", n) + "><title>t</title></item>") },
		"feed entities":   func(n int) (bool, string) { return feed("<item><title>" + rep("&amp;", n*10) + "</title></item>") },
		"feed cdata": func(n int) (bool, string) {
			return feed("<item><title>t</title><description>" + rep("<![CDATA[x]]>", n*5) + "</description></item>")
		},
		"feed doctype": func(n int) (bool, string) {
			return true, "<!DOCTYPE x [" + many(`<!ENTITY e%d "&e;&e;">`, n) + "]><rss><channel><item><title>&e1;</title></item></channel></rss>"
		},
		"json feed depth": func(n int) (bool, string) {
			return true, `{"version":"https://jsonfeed.org/version/1","items":` + rep("[", n*10)
		},
		"updates": func(n int) (bool, string) {
			return page("<div class=post-body>" + rep("<p>UPDATE: they called.</p>", n) + "</div>")
		},
	}
}

// cpu is the processor time this process has used.
func cpu(t *testing.T) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// cost is the lesser processor time of two runs, in seconds.
func cost(t *testing.T, feed bool, doc string) float64 {
	best := time.Hour
	for range 2 {
		began := cpu(t)
		read(t, feed, doc)
		best = min(best, cpu(t)-began)
		if best > 150*time.Millisecond {
			break
		}
	}
	return best.Seconds()
}

func read(t *testing.T, feed bool, doc string) {
	if feed {
		if f, err := ParseFeed([]byte(doc), "https://x.example/feed", Hints{}); err == nil && len(f.Items) > feedItems {
			t.Errorf("%d items", len(f.Items))
		}
		return
	}
	p, err := ParsePage([]byte(doc), "https://x.example/2026/11/p/", Hints{Now: noon})
	if err != nil {
		t.Errorf("no page: %v", err)
	}
	if p.Text == "" && len(p.Comments) == 0 && strings.Contains(doc, "word") {
		t.Error("a page with words gave no text")
	}
}

func TestQ5Blowup(t *testing.T) {
	worstRatio, worstTime, ratioOf, timeOf := 0.0, 0.0, "", ""
	for name, grow := range growing() {
		var before float64
		for _, n := range []int{4000, 8000, 16000} {
			feed, doc := grow(n)
			now := cost(t, feed, doc)
			if now > worstTime {
				worstTime, timeOf = now, fmt.Sprintf("%s n=%d", name, n)
			}
			if ratio := now / before; before > 0.08 && ratio > worstRatio {
				worstRatio, ratioOf = ratio, fmt.Sprintf("%s n=%d", name, n)
			}
			if testing.Verbose() && now > 0.3 {
				t.Logf("  %s n=%d: %.2f s", name, n, now)
			}
			before = now
		}
	}
	t.Logf("blowup: worst time(2n)/time(n) %.2f (%s), worst document %.2f s of processor time (%s) (no seed: growth tables)", worstRatio, ratioOf, worstTime, timeOf)
	if worstTime > 2 {
		t.Fail()
	}
}
