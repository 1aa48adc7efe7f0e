package web

import (
	"bytes"
	"compress/gzip"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
	"earshot/internal/words"
)

//go:embed templates
var templateFiles embed.FS

// parsePages reads every page: each is layout.html and parts.html with one file of its own.
func parsePages(a *assets) (map[string]*template.Template, error) {
	base, err := template.New("layout.html").Funcs(functions(a)).ParseFS(templateFiles, "templates/layout.html", "templates/parts.html")
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("pages: %w", err)
	}
	pages := map[string]*template.Template{}
	for _, f := range files {
		name := strings.TrimSuffix(path.Base(f), ".html")
		if name == "layout" || name == "parts" {
			continue
		}
		t, err := base.Clone()
		if err == nil {
			t, err = t.ParseFS(templateFiles, append(borrowed[name], f)...)
		}
		if err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
		pages[name] = t
	}
	return pages, nil
}

// borrowed are pages made of another page's parts.
var borrowed = map[string][]string{"shared": {"templates/case.html"}}

// visit is one request with who makes it.
type visit struct {
	Reader
	s     *Server
	w     http.ResponseWriter
	r     *http.Request
	heard Health
}

// page turns what loads and renders a page into a handler; an error becomes a
// page that says what to do.
func (s *Server) page(f func(*visit) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		v := s.visit(w, r)
		if reader(r).Name != "" && !forPrograms(r.URL.Path) {
			// Asked before the page opens its transaction: Health may read the
			// store, and a page that holds one connection must not wait for another.
			v.heard = s.o.Health()
		}
		if err := f(v); err != nil {
			v.fault(err)
		}
	})
}

// forPrograms says whether an address is read by programs: the API and the twins.
func forPrograms(address string) bool {
	ext := path.Ext(address)
	return strings.HasPrefix(address, "/api/") || ext == ".csv" || ext == ".json" || ext == ".atom"
}

// plain is for routes that answer in plain text.
func (s *Server) plain(f http.HandlerFunc) http.Handler { return f }

func (s *Server) visit(w http.ResponseWriter, r *http.Request) *visit {
	me := reader(r)
	me.Now = s.o.Now()
	if me.Zone == nil {
		me.Zone = s.o.Zone
	}
	me.W = words.PagesFor(firstLanguage(me.Lang, r.Header.Get("Accept-Language")))
	return &visit{Reader: me, s: s, w: w, r: r}
}

// firstLanguage is the reader's own language, else the first of the browser's
// that has a catalogue.
func firstLanguage(own, accept string) string {
	if own != "" {
		return own
	}
	for part := range strings.SplitSeq(accept, ",") {
		lang, _, _ := strings.Cut(strings.TrimSpace(part), ";")
		if main, _, _ := strings.Cut(lang, "-"); words.Known(main) {
			return main
		}
	}
	return "en"
}

// frame is what every page has around its own content.
type frame struct {
	Reader
	Title   string
	Here    string // the navigation's current page
	Path    string // of this page with its query, to come back to
	Open    string // open cases, for the navigation; "" for none
	Deaf    int    // sources that need a look
	Twins   string // path without extension of the .csv, .json and .atom twins, or ""
	Query   string // of the page, for its twins
	Done    *done
	Version string
}

// frame gathers what surrounds a page in the transaction that loads it.
func (v *visit) frame(tx *store.Tx, here, title string) (frame, error) {
	f := frame{Reader: v.Reader, Title: title, Here: here, Path: v.r.URL.RequestURI(), Query: v.r.URL.RawQuery, Version: v.s.o.Version}
	if v.r.Method != http.MethodGet {
		f.Path = "/"
	}
	open, err := tx.CountCases(store.CaseFilter{Statuses: openStatuses, NotBrands: v.s.competitors()})
	if err != nil {
		return f, err
	}
	if open.N > 0 {
		f.Open = open.String()
	}
	f.Deaf = max(v.heard.Total-v.heard.OK, 0)
	f.Done, err = v.done(tx)
	return f, err
}

// openStatuses are those in which somebody may still have to do something.
var openStatuses = []earshot.Status{"overdue", "promised", "unconfirmed", "seen", "claimed", "new", "responded"}

// read runs f in one consistent picture of the store.
func (v *visit) read(f func(*store.Tx) error) error { return v.s.o.Store.Read(v.r.Context(), f) }

// render writes a page. It is built whole before the first byte goes out, so
// that a broken page is an error and never half a page.
func (v *visit) render(code int, name string, data any) error {
	var buf bytes.Buffer
	if err := v.s.pages[name].ExecuteTemplate(&buf, "layout.html", data); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.write(code, buf.Bytes())
	return nil
}

// write sends a body, compressed if the reader takes that.
func (v *visit) write(code int, body []byte) {
	v.w.Header().Add("Vary", "Accept-Encoding, Accept-Language, Cookie")
	if len(body) > 1400 && acceptsGzip(v.r) {
		var z bytes.Buffer
		gz := gzip.NewWriter(&z)
		if _, err := gz.Write(body); err == nil && gz.Close() == nil {
			v.w.Header().Set("Content-Encoding", "gzip")
			body = z.Bytes()
		}
	}
	v.w.WriteHeader(code)
	if _, err := v.w.Write(body); err != nil {
		v.s.o.Logger.Debug("answer cut short", "path", v.r.URL.Path, "err", err)
	}
}

// errNotFound is a page, case or source that does not exist.
var errNotFound = &earshot.Fault{Code: "not_found", What: "There is nothing at this address", Do: "go back to Today, or search for what you were looking for"}

func (s *Server) missing(v *visit) error { return errNotFound }

// fault shows an error as a page (or as problem+json to programs).
func (v *visit) fault(err error) {
	code := statusOf(err)
	if code == http.StatusInternalServerError {
		v.s.o.Logger.Error("page", "path", v.r.URL.Path, "code", earshot.FaultCode(err), "err", err)
	}
	f := faultOf(err)
	if wantsJSON(v.r) {
		v.s.problemJSON(v.w, problem{Status: code, Code: f.Code, Detail: f.What, Do: f.Do})
		return
	}
	v.s.refusePage(v, code, f)
}

func statusOf(err error) int {
	var stale *earshot.StaleError
	switch {
	case errors.Is(err, errNotFound):
		return http.StatusNotFound
	case errors.As(err, &stale):
		return http.StatusConflict
	case errors.Is(err, earshot.ErrAction):
		return http.StatusUnprocessableEntity
	}
	switch earshot.FaultCode(err) {
	case "internal":
		return http.StatusInternalServerError
	case "role", "no_people":
		return http.StatusForbidden
	case "login_link", "share_link":
		return http.StatusGone
	case "case_unknown":
		return http.StatusNotFound
	case "idempotency_reused", "entry", "answer":
		return http.StatusUnprocessableEntity
	case "busy":
		return http.StatusServiceUnavailable
	}
	return http.StatusBadRequest
}

// faultOf never shows an internal error's text: it may hold what nobody should read.
func faultOf(err error) *earshot.Fault {
	var f *earshot.Fault
	if errors.As(err, &f) {
		return f
	}
	if errors.Is(err, earshot.ErrAction) {
		return &earshot.Fault{Code: "action", What: capital(err.Error())}
	}
	return &earshot.Fault{Code: "internal", What: "Earshot could not make this page", Do: "try again; if it stays, the log says why"}
}

// refuse answers a request that does not get as far as a page.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, code int, f *earshot.Fault) {
	if wantsJSON(r) {
		s.problemJSON(w, problem{Status: code, Code: f.Code, Detail: f.What, Do: f.Do})
		return
	}
	s.refusePage(s.visit(w, r), code, f)
}

// refusal is the page of an error.
type refusal struct {
	frame
	Code  int
	Fault *earshot.Fault
	Lone  bool // nobody is signed in: no navigation
}

func (s *Server) refusePage(v *visit, code int, f *earshot.Fault) {
	p := refusal{frame: frame{Reader: v.Reader, Title: f.What, Path: "/", Version: s.o.Version}, Code: code, Fault: f, Lone: v.Name == ""}
	if err := v.render(code, "refusal", p); err != nil {
		s.o.Logger.Error("page", "path", v.r.URL.Path, "err", err)
		s.say(v.w, code, f.What+"\n")
	}
}

func wantsJSON(r *http.Request) bool {
	return strings.HasPrefix(r.URL.Path, "/api/") || strings.HasPrefix(r.Header.Get("Accept"), "application/json") ||
		strings.HasPrefix(r.Header.Get("Accept"), "application/problem+json")
}

// with returns the page's own address with some of its filters changed; an
// empty value takes a filter away, and paging starts again.
func with(u *url.URL, pairs ...string) string {
	q := u.Query()
	for _, k := range []string{"before", "after", "skip", "did", "pick"} {
		q.Del(k)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			q.Del(pairs[i])
		} else {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return u.Path
	}
	return u.Path + "?" + q.Encode()
}

// seenCookie remembers, without an account, when this browser last looked.
const seenCookie = "earshot_seen"

// lastLook returns when the reader looked the time before, and remembers now.
// Looks within half an hour are one.
func (v *visit) lastLook() time.Time {
	before, last := v.Now.Add(-24*time.Hour), time.Time{}
	if c, err := v.r.Cookie(seenCookie); err == nil {
		var b, l int64
		if _, err := fmt.Sscanf(c.Value, "%d.%d", &b, &l); err == nil && l <= v.Now.Unix() && b <= l && b > v.Now.Add(-400*24*time.Hour).Unix() {
			before, last = time.Unix(b, 0), time.Unix(l, 0)
		}
	}
	if !last.IsZero() && v.Now.Sub(last) > 30*time.Minute {
		before = last
	}
	http.SetCookie(v.w, &http.Cookie{Name: seenCookie, Value: fmt.Sprintf("%d.%d", before.Unix(), v.Now.Unix()), Path: "/",
		MaxAge: 90 * 24 * 3600, HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: v.r.TLS != nil})
	return before
}
