package web

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"

	"golang.org/x/net/html"
)

// paths are all pages that can be read, with a case that exists.
func paths(s *Server, caseID string) []string {
	var out []string
	for _, r := range s.routes {
		if method, path := concrete(s, r.pattern, caseID); method == http.MethodGet && !strings.HasPrefix(r.pattern, "/") && !r.open && path != "/reports" {
			out = append(out, path)
		}
	}
	return out
}

func TestEveryPageRendersWithNothing(t *testing.T) {
	w := newWorld(t)
	s := server(t, w, func(o *Options) { o.Brands = nil })
	for _, path := range paths(s, "czzz") {
		got := get(s.Handler(), path)
		missing := strings.Contains(path, "czzz") || strings.Contains(path, "/sources/")
		if want := map[bool]int{true: 404, false: 200}[missing]; got.Code != want {
			t.Errorf("%s: %d, want %d: %s", path, got.Code, want, got.Body)
		}
	}
	today := get(s.Handler(), "/").Body.String()
	for _, want := range []string{"Nothing to hear yet", "Add sources", "earshot demo"} {
		if !strings.Contains(today, want) {
			t.Errorf("the first screen does not say %q", want)
		}
	}
}

func TestEveryPageIsWholeAndAccessible(t *testing.T) {
	w, ids := populate(t)
	s := server(t, w)
	for _, id := range ids {
		for _, path := range paths(s, id) {
			got := get(s.Handler(), path)
			if got.Code != 200 {
				t.Errorf("%s: %d: %s", path, got.Code, got.Body)
				continue
			}
			if strings.HasPrefix(got.Header().Get("Content-Type"), "text/html") {
				inspect(t, path, got.Body.String())
			}
		}
	}
}

// inspect asks of a page what a strict policy, a keyboard and a screen reader ask.
func inspect(t *testing.T, path, page string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(page))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	ids, labels, headings := map[string]int{}, map[string]bool{}, 0
	var fields []*html.Node
	var hrefs []string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		a := attributes(n)
		switch n.Data {
		case "script":
			if !strings.HasPrefix(a["src"], "/static/htmx.min.") || n.FirstChild != nil {
				t.Errorf("%s has a script that is not our one file", path)
			}
		case "style", "iframe", "object", "embed", "base":
			t.Errorf("%s has a <%s>", path, n.Data)
		case "h1":
			headings++
		case "label":
			labels[a["for"]] = true
		case "input", "select", "textarea":
			if a["type"] != "hidden" {
				fields = append(fields, n)
			}
		case "img":
			t.Errorf("%s has a picture", path)
		}
		for k, v := range a {
			switch {
			case strings.HasPrefix(k, "on"), k == "style", k == "srcdoc":
				t.Errorf("%s: <%s %s=%q>", path, n.Data, k, v)
			case k == "id" && !(n.Namespace == "svg"):
				ids[v]++
			case k == "href" || k == "action" || k == "src":
				u, err := url.Parse(v)
				if err != nil || (u.Scheme != "" && u.Scheme != "http" && u.Scheme != "https") {
					t.Errorf("%s: %s=%q", path, k, v)
				}
				hrefs = append(hrefs, v)
			}
		}
	}
	if headings != 1 {
		t.Errorf("%s has %d h1", path, headings)
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%s: id %q stands %d times", path, id, n)
		}
	}
	for _, href := range hrefs {
		if name, ok := strings.CutPrefix(href, "#"); ok && ids[name] == 0 && name != "" {
			t.Errorf("%s: nothing is at #%s", path, name)
		}
	}
	for _, f := range fields {
		if a := attributes(f); !labels[a["id"]] && a["aria-label"] == "" {
			t.Errorf("%s: field %q has no label", path, a["name"])
		}
	}
}

func attributes(n *html.Node) map[string]string {
	out := map[string]string{}
	for _, a := range n.Attr {
		out[a.Key] = a.Val
	}
	return out
}

const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>{{.}}` + "\x00\u202e=cmd|'/c calc'!A0\r\nSet-Cookie: a=b"

// hostileWorld is a store in which every text that comes from the web is the given one.
func hostileWorld(t *testing.T, hostile string) (*world, string) {
	t.Helper()
	w := newWorld(t)
	id, e := w.hear(post{source: `feed:"><script>`, site: `x"onmouseover="a`, siteName: hostile, author: hostile, title: hostile, text: "Norrsken Rail " + hostile + "\n\n" + hostile, lang: `en" onload="x`, brand: "Norrsken Rail",
		evidence: "Norrsken Rail " + hostile, intent: earshot.Complaint, severity: 2, ago: time.Hour, effort: []string{hostile}})
	w.hear(post{site: "y.example", author: hostile, text: hostile, lang: "en", kind: earshot.Comment, thread: e.Thread, ago: time.Minute})
	w.answer(id, earshot.Response{Kind: earshot.EvidenceOfficial, Answer: earshot.AnswerResponded, Actor: hostile, Link: "javascript:alert(1)", Passage: hostile, Note: hostile}, time.Minute)
	w.revise(e, hostile)
	w.write(func(tx *store.Tx) error {
		return tx.PutSource(earshot.Source{ID: `feed:"><script>`, Kind: earshot.SourceFeed, URL: "javascript:alert(1)//" + hostile, Title: hostile, State: earshot.SourceFailing, Reason: hostile, Tags: []string{hostile}})
	})
	w.alert(id, earshot.AlertCard, 1, hostile, "", hostile)
	return w, id
}

// hostilePaths are all pages, and those that repeat what an address asks for.
func hostilePaths(s *Server, id string) []string {
	q := url.QueryEscape(hostile)
	return append(paths(s, id), "/mentions?q="+q, "/cases?brand="+q, "/alerts?mute="+q, "/sources/"+sourceKey(`feed:"><script>`), "/cases?did="+q)
}

func TestQ16WhatStrangersWroteIsInert(t *testing.T) {
	w, id := hostileWorld(t, hostile)
	s := server(t, w)
	all := hostilePaths(s, id)
	fmt.Printf("Q16 output: %d views of hostile text\n", len(all))
	for _, path := range all {
		got := get(s.Handler(), path)
		if got.Header().Get("Set-Cookie") != "" && strings.Contains(got.Header().Get("Set-Cookie"), "a=b") {
			t.Errorf("%s: a header was written by a stranger", path)
		}
		if strings.HasPrefix(got.Header().Get("Content-Type"), "text/html") {
			inspect(t, path, got.Body.String())
		}
	}
}

func TestCredentialsOfSourcesAreNeverShown(t *testing.T) {
	w, ids := populate(t)
	s := server(t, w)
	for _, path := range append(paths(s, ids["broken"]), "/sources/"+sourceKey("feed:binari.example")) {
		body := get(s.Handler(), path).Body.String()
		for _, secret := range []string{"hunter2", "s3cr3tkey"} {
			if strings.Contains(body, secret) {
				t.Errorf("%s shows %s", path, secret)
			}
		}
	}
}

func TestTwinsSayTheSameAsThePage(t *testing.T) {
	w, _ := populate(t)
	h := w.handler()
	for _, name := range []string{"today", "cases", "mentions", "alerts", "sources"} {
		table := get(h, "/"+name+".csv")
		if !strings.HasPrefix(table.Body.String(), "\ufeff") {
			t.Errorf("%s.csv has no byte order mark", name)
		}
		rows, err := csv.NewReader(strings.NewReader(table.Body.String()[3:])).ReadAll()
		if err != nil {
			t.Errorf("%s.csv: %v", name, err)
		}
		var list struct{ Items []json.RawMessage }
		if err := json.Unmarshal(get(h, "/"+name+".json").Body.Bytes(), &list); err != nil {
			t.Errorf("%s.json: %v", name, err)
		}
		var feed atomFeed
		if err := xml.Unmarshal(get(h, "/"+name+".atom").Body.Bytes(), &feed); err != nil {
			t.Errorf("%s.atom: %v", name, err)
		}
		if n := len(rows) - 1; n != len(list.Items) || n != len(feed.Entries) || n == 0 {
			t.Errorf("%s: %d rows, %d items, %d entries", name, n, len(list.Items), len(feed.Entries))
		}
	}
}

func TestQ16NoCellOfATableIsAFormula(t *testing.T) {
	w := newWorld(t)
	for i, text := range []string{"=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", " =1", "\r\n=1", "＝1", "|calc"} {
		w.hear(post{site: fmt.Sprintf("s%d.example", i), siteName: text, author: text, title: text, text: text + " Norrsken Rail", evidence: text, lang: "en", brand: "Norrsken Rail", intent: earshot.Complaint, severity: 1, ago: time.Hour})
	}
	for _, path := range []string{"/cases.csv", "/mentions.csv", "/today.csv"} {
		rows, err := csv.NewReader(strings.NewReader(get(w.handler(), path).Body.String()[3:])).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows {
			for _, cell := range row {
				if trimmed := strings.TrimSpace(cell); trimmed != "" && strings.ContainsAny(trimmed[:1], "=+-@|%") {
					t.Errorf("%s: cell %q would run", path, cell)
				}
			}
		}
	}
}
