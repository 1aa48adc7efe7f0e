package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"earshot"
	"earshot/internal/store"
)

// get asks as a browser on this machine would.
func get(h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	return ask(h, http.MethodGet, path, "", headers...)
}

func ask(h http.Handler, method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, strings.NewReader(body))
	for i := 0; i+1 < len(headers); i += 2 {
		if headers[i] == "Host" {
			r.Host = headers[i+1]
		}
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// post sends a form as a page of ours would.
func send(h http.Handler, path string, form url.Values, headers ...string) *httptest.ResponseRecorder {
	return ask(h, http.MethodPost, path, form.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:8080"}, headers...)...)
}

func server(t *testing.T, w *world, change ...func(*Options)) *Server {
	t.Helper()
	o := w.options()
	for _, c := range change {
		c(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// concrete fills the places of a route pattern with what exists.
func concrete(s *Server, pattern, caseID string) (method, path string) {
	method, path, ok := strings.Cut(pattern, " ")
	if !ok {
		method, path = http.MethodGet, pattern
	}
	sources := sourceKey("feed:platform9.example")
	path = strings.NewReplacer("{$}", "", "{verb}", "claim", "{week}", "2026-W46", "{name...}", strings.TrimPrefix(s.assets.url("earshot.css"), "/static/")).Replace(path)
	if strings.Contains(path, "/sources/") {
		return method, strings.Replace(path, "{id}", sources, 1)
	}
	return method, strings.Replace(path, "{id}", caseID, 1)
}

func TestQ17EveryRouteCarriesTheSafetyHeaders(t *testing.T) {
	w, ids := populate(t)
	s := server(t, w, func(o *Options) {
		o.SlackEvents = http.NotFoundHandler()
		o.People = func() earshot.People { return earshot.People{{Name: "ana", Role: earshot.Admin}} }
	})
	local := server(t, w)
	answers, whole, refused, open := 0, 0, 0, 0
	for _, r := range s.routes {
		method, path := concrete(s, r.pattern, ids["ledger"])
		for _, h := range []http.Handler{s.Handler(), local.Handler()} {
			for _, path := range []string{path, path + "/nothing-here"} {
				got := ask(h, method, path, "")
				if answers++; safe(t, method+" "+path, got.Header()) {
					whole++
				}
			}
		}
		if r.open {
			open++
		} else if strangerRefused(t, s, r, ids["ledger"]) {
			refused++
		}
	}
	fmt.Printf("Q17 web: safety headers on %.0f %% of %d answers over %d routes; %d of %d closed routes refuse a stranger, %d are open by design\n",
		100*float64(whole)/float64(answers), answers, len(s.routes), refused, len(s.routes)-open, open)
}

// safe says whether an answer carries every safety header.
func safe(t *testing.T, what string, h http.Header) bool {
	t.Helper()
	good := true
	for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin"} {
		if h.Get(name) != want {
			good = false
			t.Errorf("%s: %s is %q, want %q", what, name, h.Get(name), want)
		}
	}
	csp := h.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'none'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") || strings.Contains(csp, "script-src") && !strings.Contains(csp, "script-src 'self';") {
		good = false
		t.Errorf("%s: policy %q", what, csp)
	}
	return good
}

// strangerRefused says whether a route shows a stranger the login page, or a
// program a 401, and none of its content.
func strangerRefused(t *testing.T, s *Server, r route, caseID string) bool {
	t.Helper()
	method, path := concrete(s, r.pattern, caseID)
	got := ask(s.Handler(), method, path, "")
	bad := ""
	switch page := method == http.MethodGet && !r.programs(); {
	case page && (got.Code != http.StatusSeeOther || !strings.HasPrefix(got.Header().Get("Location"), "/login")):
		bad = "does not show the login page"
	case !page && got.Code != http.StatusUnauthorized:
		bad = "does not answer 401"
	case r.programs() && got.Header().Get("WWW-Authenticate") == "":
		bad = "does not say how a program signs in"
	case strings.Contains(got.Body.String(), "Norrsken"):
		bad = "shows its content to nobody"
	}
	if bad != "" {
		t.Errorf("%s %s: %d", r.pattern, bad, got.Code)
	}
	return bad == ""
}

func TestQ17OnlyTheseRoutesAreOpen(t *testing.T) {
	s := server(t, newWorld(t), func(o *Options) { o.SlackEvents = http.NotFoundHandler() })
	open := map[string]bool{"GET /static/{name...}": true, "GET /-/healthy": true, "GET /-/ready": true, "GET /metrics": true, "POST /slack/events": true,
		"GET /login": true, "POST /login": true, "GET /login/{link}": true, "POST /login/{link}": true, "GET /shared/{link}": true}
	for _, r := range s.routes {
		if open[r.pattern] != r.open {
			t.Errorf("%s is open: %v", r.pattern, r.open)
		}
	}
}

func TestQ17ALoopbackListenerAnswersLoopbackNamesOnly(t *testing.T) {
	w, _ := populate(t)
	h := w.handler()
	for host, want := range map[string]int{"127.0.0.1:8080": 200, "localhost:8080": 200, "[::1]:8080": 200, "127.0.0.1": 200, "LOCALHOST.": 200,
		"evil.example": 421, "127.0.0.1.evil.example": 421, "192.168.1.4:8080": 421, "": 421, "localhost.evil.example:8080": 421} {
		if got := get(h, "/", "Host", host).Code; got != want {
			t.Errorf("Host %q: %d, want %d", host, got, want)
		}
	}
}

func TestQ17ANonLoopbackListenerWithoutPeopleIsRefused(t *testing.T) {
	w, _ := populate(t)
	h := w.handler(func(o *Options) { o.Loopback = false })
	if got := get(h, "/", "Host", "earshot.example"); got.Code != http.StatusForbidden || !strings.Contains(got.Body.String(), "people") {
		t.Errorf("%d: %s", got.Code, got.Body)
	}
	if got := get(h, "/-/healthy", "Host", "earshot.example"); got.Code != http.StatusOK {
		t.Errorf("health answers %d", got.Code)
	}
}

func TestQ17AnotherSiteCannotAct(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	form := url.Values{"id": {"web-forged-1"}}
	for name, headers := range map[string][]string{
		"another site's form":   {"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"},
		"an old browser's form": {"Sec-Fetch-Site", "", "Origin", "https://evil.example"},
		"a sibling's form":      {"Sec-Fetch-Site", "same-site", "Origin", "http://127.0.0.1:9999"},
		"a sandboxed form":      {"Sec-Fetch-Site", "", "Origin", "null"},
	} {
		for _, path := range []string{"/cases/" + ids["new"] + "/claim", "/cases", "/mutes", "/-/reload", "/api/v1/actions"} {
			if got := send(h, path, form, headers...); got.Code != http.StatusForbidden {
				t.Errorf("%s on %s: %d, want 403", name, path, got.Code)
			}
		}
	}
	if got := get(h, "/cases/"+ids["new"]); strings.Contains(got.Body.String(), "local took it") {
		t.Error("a forged form took the case")
	}
}

func TestOperatorRoutes(t *testing.T) {
	w := newWorld(t)
	broken, reloaded := errors.New("schema is old"), 0
	h := w.handler(func(o *Options) {
		o.Ready = func(context.Context) error { return broken }
		o.Reload = func(context.Context) error { reloaded++; return nil }
		o.Metrics = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
		o.MetricsMode = "open"
	})
	for path, want := range map[string]int{"/-/healthy": 200, "/-/ready": 503, "/metrics": 418} {
		if got := get(h, path).Code; got != want {
			t.Errorf("%s: %d, want %d", path, got, want)
		}
	}
	broken = nil
	if got := get(h, "/-/ready").Code; got != 200 {
		t.Errorf("ready: %d, want 200", got)
	}
	if got := ask(h, http.MethodPost, "/-/reload", ""); got.Code != 200 || reloaded != 1 {
		t.Errorf("reload: %d, %d times", got.Code, reloaded)
	}
	for mode, want := range map[string]int{"off": 404, "token": 401} {
		h := w.handler(func(o *Options) { o.Metrics, o.MetricsMode = http.NotFoundHandler(), mode })
		if got := get(h, "/metrics").Code; got != want {
			t.Errorf("metrics %s: %d, want %d", mode, got, want)
		}
	}
}

func TestProgramsGetProblemsTheyCanRead(t *testing.T) {
	w, _ := populate(t)
	got := get(w.handler(), "/api/v1/cases/czzz")
	var p problem
	if err := json.Unmarshal(got.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if got.Code != 404 || p.Code != "not_found" || p.Status != 404 || got.Header().Get("Content-Type") != "application/problem+json" {
		t.Errorf("%d %s %+v", got.Code, got.Header().Get("Content-Type"), p)
	}
}

func TestHealthIsAskedOnceAndOutsideTheTransaction(t *testing.T) {
	w, ids := populate(t)
	asked := 0
	h := w.handler(func(o *Options) {
		o.Health = func() Health {
			asked++
			w.write(func(tx *store.Tx) error { return nil })
			return Health{OK: 1, Total: 1}
		}
	})
	for path, want := range map[string]int{"/": 1, "/cases/" + ids["new"]: 1, "/cases.csv": 0, "/api/v1/cases": 0, "/static/none": 0} {
		if asked = 0; get(h, path).Code == 500 || asked != want {
			t.Errorf("%s asked %d times, want %d", path, asked, want)
		}
	}
}
