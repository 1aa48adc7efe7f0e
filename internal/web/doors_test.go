package web

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"earshot"
)

var shownSecret = regexp.MustCompile(`<pre tabindex="0">([^<]+)</pre>`)

// shown is the secret that a page shows this once.
func shown(t *testing.T, page string) string {
	t.Helper()
	m := shownSecret.FindStringSubmatch(page)
	if m == nil {
		t.Fatalf("no secret is shown: %s", alertOf(page))
	}
	return m[1]
}

func pathOf(link string) string { return strings.TrimPrefix(link, "http://127.0.0.1:8080") }

var href = regexp.MustCompile(`(?:href|action|src)="([^"]*)"`)

func TestQ17AShareLinkShowsOneCaseAndNothingElse(t *testing.T) {
	o := openOffice(t)
	ben, eva, ana := o.browser(), o.browser(), o.browser()
	ben.enters("ben")
	eva.enters("eva")
	ana.enters("ana")
	id := o.ids["ledger"]
	if got := eva.send("/cases/"+id+"/share", "for", "24h"); got.Code != http.StatusForbidden {
		t.Errorf("a viewer shares a case: %d", got.Code)
	}
	o.by("ben", id, earshot.VerbNote, 0, earshot.Args{Text: "internal: legal looks at this"})
	made := ben.send("/cases/"+id+"/share", "for", "24h")
	link := pathOf(shown(t, made.Body.String()))
	stranger := o.browser()
	got := stranger.get(link)
	page := got.Body.String()
	if got.Code != 200 || !strings.Contains(page, "What was answered") || !strings.Contains(page, "Shared by ben") {
		t.Fatalf("the shared case: %d %s", got.Code, alertOf(page))
	}
	inspect(t, link, page)
	if strings.Contains(page, "<form") || strings.Contains(page, "legal looks") {
		t.Error("a shared case has a form, or shows a note")
	}
	for _, m := range href.FindAllStringSubmatch(page, -1) {
		if !strings.HasPrefix(m[1], "/static/") && !strings.HasPrefix(m[1], "#") && !strings.HasPrefix(m[1], "https://") {
			t.Errorf("a shared case leads to %s", m[1])
		}
	}
	if len(stranger.cookies) > 0 {
		t.Errorf("a share link sets cookies: %v", stranger.cookies)
	}
	for _, rt := range o.s.routes {
		if method, path := concrete(o.s, rt.pattern, id); !rt.open {
			if got := stranger.ask(method, path, "", "Referer", "http://127.0.0.1:8080"+link, "Authorization", "Bearer "+strings.TrimPrefix(link, "/shared/")); got.Code != http.StatusUnauthorized && got.Code != http.StatusSeeOther {
				t.Errorf("%s with a share link: %d", rt.pattern, got.Code)
			}
		}
	}
	if got := stranger.get(link + "x"); got.Code != http.StatusGone {
		t.Errorf("a guessed link: %d", got.Code)
	}
	if got := eva.send("/shares/1/revoke"); got.Code != http.StatusForbidden {
		t.Errorf("a viewer ends a link: %d", got.Code)
	}
	if got := ben.send("/shares/1/revoke"); got.Code != http.StatusSeeOther || stranger.get(link).Code != http.StatusGone {
		t.Errorf("ended by its maker: %d, and it opens with %d", got.Code, stranger.get(link).Code)
	}
	second := pathOf(shown(t, ben.send("/cases/"+id+"/share", "for", "24h").Body.String()))
	o.now = o.now.Add(24 * time.Hour)
	if got := stranger.get(second); got.Code != http.StatusGone || strings.Contains(got.Body.String(), "Norrsken") {
		t.Errorf("a day later: %d", got.Code)
	}
	ben.signsIn("ben", goodPassword)
	for _, forever := range []string{"", "99999h", "1s", "-5h"} {
		if got := ben.send("/cases/"+id+"/share", "for", forever); got.Code != http.StatusBadRequest {
			t.Errorf("a link for %q: %d", forever, got.Code)
		}
	}
	ana.signsIn("ana", goodPassword)
	trail := ana.get("/admin").Body.String()
	for _, want := range []string{"shared case " + id, "ended a share link of case " + id, "signed in", "set a password"} {
		if !strings.Contains(trail, want) {
			t.Errorf("the audit trail does not say %q", want)
		}
	}
}

func TestQ17TokensLetProgramsIn(t *testing.T) {
	metrics := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	o := openOffice(t, func(opt *Options) { opt.Metrics, opt.MetricsMode = metrics, "token" })
	ana, program := o.browser(), o.browser()
	ana.enters("ana")
	viewer := shown(t, ana.send("/admin/tokens", "title", "scraper", "role", "viewer").Body.String())
	desk := shown(t, ana.send("/admin/tokens", "title", "help desk", "role", "responder").Body.String())
	admin := shown(t, ana.send("/admin/tokens", "title", "ops", "role", "admin").Body.String())
	if page := ana.get("/admin").Body.String(); strings.Contains(page, viewer) || !strings.Contains(page, "help desk") || !strings.Contains(page, "made the token ops (admin)") {
		t.Error("the Admin page shows a token again, or does not list it, or the trail is silent")
	}
	action := `{"case":"` + o.ids["new"] + `","rev":1,"verb":"claim"}`
	ask := func(token, method, path, body string) int {
		return program.ask(method, path, body, "Authorization", "Bearer "+token, "Content-Type", "application/json").Code
	}
	for _, c := range []struct {
		token, method, path, body string
		want                      int
	}{
		{viewer, "GET", "/api/v1/cases", "", 200},
		{viewer, "GET", "/cases.atom", "", 200},
		{viewer, "GET", "/metrics", "", 418},
		{viewer, "POST", "/api/v1/actions", action, 403},
		{viewer, "POST", "/-/reload", "", 403},
		{desk, "POST", "/api/v1/actions", action, 200},
		{admin, "POST", "/-/reload", "", 501},
		{admin, "GET", "/admin", "", 401}, // a page is for people
		{admin, "POST", "/admin/tokens", "", 401},
		{"earshot_made-up", "GET", "/api/v1/cases", "", 401},
		{"", "GET", "/metrics", "", 401},
	} {
		if got := ask(c.token, c.method, c.path, c.body); got != c.want {
			t.Errorf("%.12s %s %s: %d, want %d", c.token, c.method, c.path, got, c.want)
		}
	}
	if page := ana.get("/cases/" + o.ids["new"]).Body.String(); !strings.Contains(page, "token:help desk took it") {
		t.Error("the case does not say which program acted")
	}
	if ana.send("/admin/tokens/2/revoke"); ask(desk, "GET", "/api/v1/cases", "") != http.StatusUnauthorized {
		t.Error("a revoked token still works")
	}
	for title, role := range map[string]string{"": "viewer", strings.Repeat("x", 61): "viewer", "a\x00b": "viewer", "fine": "owner"} {
		if got := ana.send("/admin/tokens", "title", title, "role", role); got.Code != http.StatusBadRequest {
			t.Errorf("token %q as %q: %d", title, role, got.Code)
		}
	}
}

func TestAnAdminMakesALoginLinkAndSignsSomebodyOut(t *testing.T) {
	o := openOffice(t)
	ana, ben := o.browser(), o.browser()
	ana.enters("ana")
	link := pathOf(shown(t, ana.send("/admin/people/ben/link").Body.String()))
	if got := ben.send(link, "password", goodPassword, "again", goodPassword); got.Code != http.StatusSeeOther {
		t.Fatalf("ben by the link: %d", got.Code)
	}
	if page := ana.get("/admin").Body.String(); !strings.Contains(page, "never: no password yet") || strings.Count(page, "never: no password yet") != 1 {
		t.Error("Admin does not say that eva, and only eva, has no password")
	}
	if ana.send("/admin/people/ben/logout"); ben.get("/").Code != http.StatusSeeOther {
		t.Error("ben is still signed in")
	}
	if got := ana.send("/admin/people/zoe/link"); got.Code != http.StatusNotFound {
		t.Errorf("a link for nobody: %d", got.Code)
	}
}
