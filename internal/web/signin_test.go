package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"
)

// office is a dashboard that three people sign in to, from the browsers of a test.
type office struct {
	*world
	ids    map[string]string
	s      *Server
	people earshot.People
}

func openOffice(t *testing.T, change ...func(*Options)) *office {
	t.Helper()
	w, ids := populate(t)
	o := &office{world: w, ids: ids, people: earshot.People{{Name: "ana", Role: earshot.Admin}, {Name: "ben", Role: earshot.Responder}, {Name: "eva", Role: earshot.Viewer}}}
	o.s = server(t, w, append([]func(*Options){func(opt *Options) { opt.People = func() earshot.People { return o.people } }}, change...)...)
	return o
}

// link is what `earshot login-link` prints, without the host.
func (o *office) link(name string, good time.Duration) string {
	secret, hash := NewSecret()
	o.write(func(tx *store.Tx) error {
		return tx.PutLoginLink(store.LoginLink{Hash: hash, Name: name, Created: o.now, Ends: o.now.Add(good)})
	})
	return "/login/" + secret
}

// browser keeps cookies as a browser does.
type browser struct {
	o       *office
	cookies map[string]*http.Cookie
	from    string // address
}

func (o *office) browser() *browser {
	return &browser{o: o, cookies: map[string]*http.Cookie{}, from: "203.0.113.7:40000"}
}

func (b *browser) ask(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://127.0.0.1:8080"+path, strings.NewReader(body))
	r.RemoteAddr = b.from
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	for _, c := range b.cookies {
		r.AddCookie(&http.Cookie{Name: c.Name, Value: c.Value})
	}
	w := httptest.NewRecorder()
	b.o.s.Handler().ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if b.cookies[c.Name] = c; c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		}
	}
	return w
}

func (b *browser) get(path string) *httptest.ResponseRecorder {
	return b.ask(http.MethodGet, path, "")
}

func (b *browser) send(path string, pairs ...string) *httptest.ResponseRecorder {
	form := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return b.ask(http.MethodPost, path, form.Encode(), "Content-Type", "application/x-www-form-urlencoded", "Sec-Fetch-Site", "same-origin", "Origin", "http://127.0.0.1:8080")
}

func (b *browser) session() string {
	if c := b.cookies[b.o.s.sessionCookie()]; c != nil {
		return c.Value
	}
	return ""
}

const goodPassword = "nine blue kettles sing"

// enters gives a person a password by a link; the browser is signed in then.
func (b *browser) enters(name string) {
	b.o.t.Helper()
	got := b.send(b.o.link(name, time.Hour), "password", goodPassword, "again", goodPassword)
	if got.Code != http.StatusSeeOther || b.session() == "" {
		b.o.t.Fatalf("%s by link: %d %s", name, got.Code, alertOf(got.Body.String()))
	}
}

func (b *browser) signsIn(name, password string) int {
	return b.send("/login", "name", name, "password", password).Code
}

func TestQ17APersonSetsAPasswordByLinkAndSignsIn(t *testing.T) {
	o := openOffice(t)
	b := o.browser()
	if got := b.get("/cases?status=open"); got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/login?next=%2Fcases%3Fstatus%3Dopen" {
		t.Fatalf("a stranger is sent to %q with %d", got.Header().Get("Location"), got.Code)
	}
	if code := b.signsIn("ana", ""); code != http.StatusUnauthorized {
		t.Errorf("without a password set, an empty one gives %d: there must be no default", code)
	}
	link := o.link("ana", time.Hour)
	for range 2 { // a chat program looks at the link first
		if got := b.get(link); got.Code != http.StatusOK || !strings.Contains(got.Body.String(), "For ana.") {
			t.Fatalf("the link: %d", got.Code)
		}
	}
	for password, says := range map[string]string{"short": "too short", "aaaaaaaaaaaaaaa": "guessed", "anapassword1234": "guessed", strings.Repeat("long ", 60): "longer"} {
		if got := b.send(link, "password", password, "again", password); got.Code != 422 || !strings.Contains(got.Body.String(), says) {
			t.Errorf("password %q: %d, does not say %q", password, got.Code, says)
		}
	}
	if got := b.send(link, "password", goodPassword, "again", goodPassword+"x"); got.Code != 422 || !strings.Contains(got.Body.String(), "differ") {
		t.Errorf("two different passwords: %d", got.Code)
	}
	if got := b.send(link, "password", goodPassword, "again", goodPassword); got.Code != http.StatusSeeOther {
		t.Fatalf("set: %d", got.Code)
	}
	if got := b.get("/"); got.Code != 200 || !strings.Contains(got.Body.String(), "ana, admin") || !strings.Contains(got.Body.String(), "Sign out") {
		t.Errorf("signed in, the first screen is %d and does not name her", got.Code)
	}
	if got := o.browser().send(link, "password", goodPassword, "again", goodPassword); got.Code != http.StatusGone || !strings.Contains(got.Body.String(), "earshot login-link NAME") {
		t.Errorf("the link used twice: %d", got.Code)
	}
	late := o.link("ben", time.Hour)
	o.now = o.now.Add(61 * time.Minute)
	if got := o.browser().get(late); got.Code != http.StatusGone {
		t.Errorf("a link whose time is over: %d", got.Code)
	}
	other := o.browser()
	got := other.send("/login", "name", "ana", "password", goodPassword, "next", "/cases?status=open")
	if got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/cases?status=open" {
		t.Errorf("signing in leads to %q with %d", got.Header().Get("Location"), got.Code)
	}
	for _, next := range []string{"https://evil.example/", "//evil.example", `/\evil.example`, "/\t/evil.example", "javascript:alert(1)", "/login?out"} {
		if got := o.browser().send("/login", "name", "ana", "password", goodPassword, "next", next); got.Header().Get("Location") != "/" {
			t.Errorf("next=%q leads to %q", next, got.Header().Get("Location"))
		}
	}
}

func TestQ17CookiesAreSafeAndNothingSecretIsStored(t *testing.T) {
	for public, want := range map[string]string{"": "earshot_session", "https://earshot.example.org": "__Host-earshot"} {
		o := openOffice(t, func(opt *Options) { opt.PublicURL = public })
		b := o.browser()
		b.enters("ana")
		c := b.cookies[want]
		if c == nil || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.Secure != (public != "") || c.MaxAge != 0 {
			t.Errorf("public_url %q: cookie %+v", public, c)
		}
		if err := o.store.Read(context.Background(), func(tx *store.Tx) error {
			if _, ok, err := tx.Session(b.session(), o.now); ok || err != nil {
				t.Errorf("the cookie stands in the store as it is (%v)", err)
			}
			l, _, err := tx.Login("ana")
			if !strings.HasPrefix(l.Password, "$argon2id$v=19$m=32768,t=3,p=1$") {
				t.Errorf("password kept as %q", l.Password)
			}
			return err
		}); err != nil {
			t.Error(err)
		}
	}
}

func TestQ17SessionsRotateAndEnd(t *testing.T) {
	o := openOffice(t)
	b := o.browser()
	b.cookies["earshot_session"] = &http.Cookie{Name: "earshot_session", Value: "planted-by-a-stranger"}
	b.enters("ana")
	first := b.session()
	if first == "planted-by-a-stranger" {
		t.Fatal("a planted cookie became a session")
	}
	if b.signsIn("ana", goodPassword); b.session() == first {
		t.Error("signing in again keeps the cookie")
	}
	stolen := o.browser()
	stolen.cookies["earshot_session"] = &http.Cookie{Name: "earshot_session", Value: first}
	if got := stolen.get("/"); got.Code != http.StatusSeeOther {
		t.Errorf("the cookie from before still works: %d", got.Code)
	}
	before := b.session()
	o.people[0].Role = earshot.Viewer
	if got := b.get("/admin"); got.Code != http.StatusForbidden {
		t.Errorf("an admin who became a viewer opens Admin: %d", got.Code)
	}
	if b.session() == before {
		t.Error("another role keeps the cookie")
	}
	o.now = o.now.Add(11 * time.Hour)
	if got := b.get("/"); got.Code != 200 {
		t.Errorf("after 11 hours: %d", got.Code)
	}
	o.now = o.now.Add(12*time.Hour + time.Minute)
	if got := b.get("/"); got.Code != http.StatusSeeOther {
		t.Errorf("12 hours unused: %d, want the login page", got.Code)
	}
	b.signsIn("ana", goodPassword)
	for range 20 {
		o.now = o.now.Add(10 * time.Hour)
		b.get("/")
	}
	if got := b.get("/"); got.Code != http.StatusSeeOther {
		t.Errorf("used for eight days: %d, want the login page", got.Code)
	}
	if got := b.send("/login", "name", "ana", "password", goodPassword, "stay", "1"); b.cookies["earshot_session"].MaxAge != 30*24*3600 {
		t.Errorf("staying signed in: %d, cookie %+v", got.Code, b.cookies)
	}
	o.now = o.now.Add(13 * 24 * time.Hour)
	if got := b.get("/"); got.Code != 200 {
		t.Errorf("staying, after 13 days: %d", got.Code)
	}
	people := o.people
	o.people = people[1:]
	if got := b.get("/"); got.Code != http.StatusSeeOther {
		t.Errorf("a person who left the config still reads: %d", got.Code)
	}
	o.people = people
	if got := b.get("/"); got.Code != http.StatusSeeOther {
		t.Errorf("the session of whom was away came back: %d", got.Code)
	}
}

func TestQ17SigningOut(t *testing.T) {
	o := openOffice(t)
	here, there := o.browser(), o.browser()
	here.enters("ben")
	there.signsIn("ben", goodPassword)
	if page := here.get("/account").Body.String(); strings.Count(page, "this browser") != 1 || !strings.Contains(page, `<span class="c">2</span>`) {
		t.Error("the account page does not list two browsers, one of them this one")
	}
	cookie := here.session()
	if got := here.send("/logout"); got.Header().Get("Location") != "/login?out" || here.session() != "" {
		t.Errorf("signing out: %d to %q", got.Code, got.Header().Get("Location"))
	}
	here.cookies["earshot_session"] = &http.Cookie{Name: "earshot_session", Value: cookie}
	if got := here.get("/"); got.Code != http.StatusSeeOther {
		t.Errorf("the signed-out cookie still reads: %d", got.Code)
	}
	here.signsIn("ben", goodPassword)
	if here.send("/logout/everywhere"); there.get("/").Code != http.StatusSeeOther {
		t.Error("signing out everywhere leaves another browser in")
	}
	here.signsIn("ben", goodPassword)
	there.signsIn("ben", goodPassword)
	if got := here.send("/account/password", "old", "wrong", "password", "seven green doors open", "again", "seven green doors open"); got.Code != 422 {
		t.Errorf("another password without the old one: %d", got.Code)
	}
	if got := here.send("/account/password", "old", goodPassword, "password", "seven green doors open", "again", "seven green doors open"); got.Code != http.StatusSeeOther || here.get("/").Code != 200 {
		t.Errorf("another password: %d", got.Code)
	}
	if there.get("/").Code != http.StatusSeeOther || there.signsIn("ben", goodPassword) != http.StatusUnauthorized {
		t.Error("the old password, or a session made with it, still works")
	}
}

func TestQ17LoginIsLimitedAndNobodyIsLockedOutForEver(t *testing.T) {
	o := openOffice(t)
	ana := o.browser()
	ana.enters("ana")
	thief := o.browser()
	thief.from = "198.51.100.9:1"
	for range triesPair {
		if code := thief.signsIn("ana", "a guess"); code != http.StatusUnauthorized {
			t.Fatalf("a wrong password: %d", code)
		}
	}
	got := thief.send("/login", "name", "ana", "password", goodPassword)
	if got.Code != http.StatusTooManyRequests || got.Header().Get("Retry-After") == "" || thief.session() != "" {
		t.Errorf("try %d: %d, even with the right password it must wait", triesPair+1, got.Code)
	}
	if code := o.browser().signsIn("ana", goodPassword); code != http.StatusSeeOther {
		t.Errorf("ana from her own address: %d", code)
	}
	for i := range triesAddress {
		thief.signsIn("name"+itoa(i), "a guess")
	}
	if code := thief.signsIn("eva", "a guess"); code != http.StatusTooManyRequests {
		t.Errorf("many names from one address: %d", code)
	}
	if got := thief.send(o.link("ana", time.Hour), "password", goodPassword, "again", goodPassword); got.Code != http.StatusSeeOther {
		t.Errorf("a login link while the limit holds: %d", got.Code)
	}
	thief.cookies = map[string]*http.Cookie{}
	o.now = o.now.Add(tryWindow + time.Second)
	if code := thief.signsIn("ana", goodPassword); code != http.StatusSeeOther {
		t.Errorf("after the wait: %d", code)
	}
}

func TestQ17ManyLoginsAtOnceStayBounded(t *testing.T) {
	o := openOffice(t)
	busy := o.browser()
	busy.enters("ana")
	release := make(chan struct{})
	var held sync.WaitGroup
	for range hashersAtOnce {
		held.Add(1)
		go func() {
			if err := o.s.hasher.do(context.Background(), func() { held.Done(); <-release }); err != nil {
				t.Error(err)
			}
		}()
	}
	held.Wait()
	ctx, cancel := context.WithCancel(context.Background())
	var waiting sync.WaitGroup
	for range hashersWaiting - hashersAtOnce {
		waiting.Go(func() {
			if err := o.s.hasher.do(ctx, func() { t.Error("hashed while there was no room") }); err == nil {
				t.Error("waited for nothing")
			}
		})
	}
	for len(o.s.hasher.waiting) < hashersWaiting {
		runtime.Gosched()
	}
	if got := o.browser().send("/login", "name", "ana", "password", goodPassword); got.Code != http.StatusServiceUnavailable || got.Header().Get("Retry-After") == "" {
		t.Errorf("one login too many: %d, want 503", got.Code)
	}
	cancel()
	waiting.Wait()
	close(release)
}

func TestQ17RolesHoldOnEveryRoute(t *testing.T) {
	o := openOffice(t)
	as := map[earshot.Role]*browser{}
	for _, p := range o.people {
		as[p.Role] = o.browser()
		as[p.Role].enters(p.Name)
	}
	for _, rt := range o.s.routes {
		if rt.open || strings.HasPrefix(rt.address(), "/logout") || rt.address() == "/account/password" {
			continue
		}
		method, path := concrete(o.s, rt.pattern, o.ids["ledger"])
		for role, b := range as {
			got := b.ask(method, path, "", "Sec-Fetch-Site", "same-origin")
			if may := atLeast(role, rt.least()); may == (got.Code == http.StatusForbidden) || got.Code == http.StatusUnauthorized {
				t.Errorf("%s as %s: %d, which needs %s", rt.pattern, role, got.Code, rt.least())
			}
		}
		if method != http.MethodGet && rt.least() == earshot.Viewer {
			t.Errorf("%s: a viewer may act", rt.pattern)
		}
	}
	if page := as[earshot.Viewer].get("/cases/" + o.ids["new"]).Body.String(); strings.Contains(page, `method="post" action="/cases`) || strings.Contains(page, `href="/admin"`) {
		t.Error("a viewer is shown what only others may do")
	}
}

func TestAProxyOnThisMachineNamesItsClient(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct{ public, from, header, want string }{
		{"https://e.example", "127.0.0.1:9", "203.0.113.5, 198.51.100.4", "198.51.100.4"},
		{"https://e.example", "127.0.0.1:9", "nonsense", "127.0.0.1"},
		{"", "127.0.0.1:9", "198.51.100.4", "127.0.0.1"},
		{"https://e.example", "192.0.2.9:9", "198.51.100.4", "192.0.2.9"},
		{"", "[2001:db8:1:2:3::4]:9", "", "2001:db8:1:2::/64"},
	} {
		s := server(t, w, func(o *Options) { o.PublicURL = c.public })
		r := httptest.NewRequest(http.MethodPost, "/login", nil)
		if r.RemoteAddr = c.from; c.header != "" {
			r.Header.Set("X-Forwarded-For", c.header)
		}
		if got := s.address(r); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}
