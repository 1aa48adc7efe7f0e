package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// asset is one static file, compressed once at start.
type asset struct {
	body, zipped []byte
	kind         string
}

// assets serves static files under names that carry their content's hash, so
// that browsers may keep them for ever.
type assets struct {
	byName map[string]asset
	urls   map[string]string // "earshot.css" to "/static/earshot.1a2b3c4d.css"
}

var mediaTypes = map[string]string{".css": "text/css; charset=utf-8", ".woff2": "font/woff2", ".svg": "image/svg+xml", ".js": "text/javascript; charset=utf-8", ".txt": "text/plain; charset=utf-8"}

func loadAssets() (*assets, error) {
	a := &assets{byName: map[string]asset{}, urls: map[string]string{}}
	var sheets []string
	err := fs.WalkDir(staticFiles, "static", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		if path.Ext(p) == ".css" {
			sheets = append(sheets, p) // they name other files, so they are hashed last
			return nil
		}
		body, err := staticFiles.ReadFile(p)
		if err != nil {
			return err
		}
		return a.add(strings.TrimPrefix(p, "static/"), body)
	})
	if err != nil {
		return nil, fmt.Errorf("static files: %w", err)
	}
	for _, p := range sheets {
		body, err := staticFiles.ReadFile(p)
		if err != nil {
			return nil, fmt.Errorf("static files: %w", err)
		}
		if err := a.add(strings.TrimPrefix(p, "static/"), a.withURLs(body)); err != nil {
			return nil, fmt.Errorf("static files: %w", err)
		}
	}
	return a, nil
}

// withURLs puts the hashed addresses of fonts into a stylesheet.
func (a *assets) withURLs(css []byte) []byte {
	for name, url := range a.urls {
		css = bytes.ReplaceAll(css, []byte("url("+name+")"), []byte("url("+url+")"))
	}
	return css
}

func (a *assets) add(name string, body []byte) error {
	sum := sha256.Sum256(body)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:4]) + ext
	f := asset{body: body, kind: mediaTypes[ext]}
	if ext != ".woff2" {
		var buf bytes.Buffer
		z, err := gzip.NewWriterLevel(&buf, gzip.BestCompression)
		if err != nil {
			return err
		}
		if _, err := z.Write(body); err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
		f.zipped = buf.Bytes()
	}
	a.byName[hashed], a.urls[name] = f, "/static/"+hashed
	return nil
}

// url is the address of a static file.
func (a *assets) url(name string) string { return a.urls[name] }

// ServeHTTP serves one file for ever, or says that there is none.
func (a *assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, ok := a.byName[r.PathValue("name")]
	if !ok {
		http.NotFound(w, r)
		return
	}
	h := w.Header()
	h.Set("Content-Type", f.kind)
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := f.body
	if f.zipped != nil && acceptsGzip(r) {
		h.Set("Content-Encoding", "gzip")
		body = f.zipped
	}
	h.Set("Content-Length", fmt.Sprint(len(body)))
	if r.Method == http.MethodHead {
		return
	}
	if _, err := w.Write(body); err != nil {
		return // the reader went away; nothing is left to be done
	}
}

func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, q, _ := strings.Cut(strings.TrimSpace(part), ";")
		if (name == "gzip" || name == "*") && strings.TrimSpace(q) != "q=0" {
			return true
		}
	}
	return false
}
