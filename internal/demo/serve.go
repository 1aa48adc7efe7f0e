package demo

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"
	"time"
)

// answer is a document made under the web's lock and sent after it.
type answer struct {
	status  int
	mime    string
	body    []byte
	changed time.Time
}

// ServeHTTP answers for the site the Host header names. A host no site has gets
// the list of all sites, or, under /slug/, is sent on to that site.
func (w *Web) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	s := w.byHost[r.Host]
	if s == nil {
		w.mu.Unlock()
		w.index(rw, r)
		return
	}
	a := w.answer(s, r)
	w.mu.Unlock()
	status := send(rw, r, a)
	if status == http.StatusNotModified {
		w.mu.Lock()
		s.served.NotModified++
		w.mu.Unlock()
	}
}

// index is for people who open the listener's own address.
func (w *Web) index(rw http.ResponseWriter, r *http.Request) {
	slug, rest, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	if base := w.URL(slug); base != "" {
		http.Redirect(rw, r, base+"/"+rest, http.StatusFound)
		return
	}
	var list []view
	for _, s := range w.sites {
		list = append(list, view{Site: s.Site, Base: s.base})
	}
	body, err := render("index.html", list)
	if err != nil {
		http.Error(rw, err.Error(), http.StatusInternalServerError)
		return
	}
	send(rw, r, answer{status: http.StatusOK, mime: "text/html; charset=utf-8", body: body})
}

// answer makes the document for a path; the caller holds the lock.
func (w *Web) answer(s *site, r *http.Request) answer {
	s.served.Agent = r.UserAgent()
	f := s.Clothes.fashion()
	path := r.URL.Path
	switch {
	case path == "/robots.txt":
		s.served.Robots++
		return answer{status: http.StatusOK, mime: "text/plain", body: []byte("User-agent: *\nDisallow: /admin/\n")}
	case f.feed != "" && path == f.feed:
		s.served.Feed++
		return w.feed(s, f)
	case path == "/":
		if f.feed == "" {
			s.served.Feed++
		}
		return w.page(s, f, nil)
	case s.Clothes == Company || s.Clothes == Newsroom && path == "/care":
		s.served.Pages++
		return w.page(s, f, nil)
	}
	return w.postAnswer(s, f, path)
}

func (w *Web) postAnswer(s *site, f fashion, path string) answer {
	for _, p := range s.posts {
		own := p.path(s.Clothes)
		switch {
		case path == own || path+"/" == own:
			s.served.Pages++
			return w.page(s, f, p)
		case f.comments != "" && path == own+f.comments:
			s.served.Comments++
			return w.document("comments.xml", "application/rss+xml; charset=UTF-8", w.view(s, p), p.changed())
		}
	}
	s.served.NotFound++
	return answer{status: http.StatusNotFound, mime: "text/plain", body: []byte("not found\n")}
}

func (w *Web) feed(s *site, f fashion) answer {
	if s.mood == Unavailable {
		s.served.Failed++
		return answer{status: http.StatusServiceUnavailable, mime: "text/plain", body: []byte("back soon\n")}
	}
	a := w.document(f.template, f.mime, w.view(s, nil), s.changed())
	if s.mood == Truncated {
		s.served.Failed++
		a.body = a.body[:len(a.body)*2/5]
	}
	return a
}

func (w *Web) page(s *site, f fashion, p *Post) answer {
	changed := s.changed()
	if p != nil {
		changed = p.changed()
	}
	return w.document(f.page, "text/html; charset=utf-8", w.view(s, p), changed)
}

func (w *Web) document(template, mime string, v view, changed time.Time) answer {
	body, err := render(template, v)
	if err != nil {
		return answer{status: http.StatusInternalServerError, mime: "text/plain", body: []byte(err.Error())}
	}
	return answer{status: http.StatusOK, mime: mime, body: body, changed: changed}
}

// changed is the last time anything on the site changed.
func (s *site) changed() time.Time {
	t := s.since
	for _, p := range s.posts {
		if c := p.changed(); c.After(t) {
			t = c
		}
	}
	return t
}

// statusWriter remembers the status that was sent.
type statusWriter struct {
	http.ResponseWriter
	status int
}

// WriteHeader notes the status and sends it.
func (w *statusWriter) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// send answers conditional requests with 304 where nothing changed, and returns
// the status it sent.
func send(rw http.ResponseWriter, r *http.Request, a answer) int {
	rw.Header().Set("Content-Type", a.mime)
	if a.status != http.StatusOK {
		rw.WriteHeader(a.status)
		if _, err := rw.Write(a.body); err != nil {
			return 0
		}
		return a.status
	}
	sum := sha256.Sum256(a.body)
	rw.Header().Set("ETag", `"`+hex.EncodeToString(sum[:8])+`"`)
	sw := &statusWriter{ResponseWriter: rw}
	http.ServeContent(sw, r, "", a.changed, bytes.NewReader(a.body))
	return sw.status
}
