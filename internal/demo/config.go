package demo

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"text/template"
)

// The credentials of the pretend Slack. They open nothing else.
const (
	BotToken      = "xoxb-pretend-bot"
	AppToken      = "xapp-pretend-app"
	SigningSecret = "pretend-signing-secret"
)

// Setting is where the daemon under the demo lives.
type Setting struct {
	Dir    string // holds database and credentials
	Slack  string // base URL of the pretend Slack's API, ending in /api/
	Listen string // host:port of the dashboard; "" is 127.0.0.1:8080
}

// Config returns the earshot.yaml with which the daemon listens to the web.
func (w *Web) Config(s Setting) ([]byte, error) {
	raw, err := storyFiles.ReadFile("stories/earshot.yaml.tmpl")
	if err != nil {
		return nil, err
	}
	t, err := template.New("earshot.yaml").Funcs(template.FuncMap{"q": quote, "host": w.host, "feed": w.feedURL}).Parse(string(raw))
	if err != nil {
		return nil, err
	}
	if s.Listen == "" {
		s.Listen = "127.0.0.1:8080"
	}
	var b bytes.Buffer
	err = t.Execute(&b, struct {
		Setting
		Sources []view
	}{s, w.sources()})
	return b.Bytes(), err
}

// Install writes earshot.yaml and the credentials it names into s.Dir and
// returns the path of the former.
func (w *Web) Install(s Setting) (string, error) {
	raw, err := w.Config(s)
	if err != nil {
		return "", err
	}
	files := map[string]string{"bot.token": BotToken, "app.token": AppToken, "signing.secret": SigningSecret, "earshot.yaml": string(raw)}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(s.Dir, name), []byte(text), 0o600); err != nil {
			return "", fmt.Errorf("install the demo: %w", err)
		}
	}
	return filepath.Join(s.Dir, "earshot.yaml"), nil
}

// sources are the sites Earshot is told to read; Feed is empty for a site without one.
func (w *Web) sources() []view {
	var out []view
	for _, s := range w.sites {
		if s.Source {
			out = append(out, view{Site: s.Site, Base: s.base + "/", Feed: w.feedURL(s.Slug)})
		}
	}
	return out
}

func (w *Web) feedURL(slug string) string {
	s := w.bySlug[slug]
	if s == nil || s.Clothes.fashion().feed == "" {
		return ""
	}
	return s.base + s.Clothes.fashion().feed
}

// host is the name a site's domain goes by, without port.
func (w *Web) host(slug string) string {
	u, err := url.Parse(w.URL(slug))
	if err != nil {
		return ""
	}
	return u.Hostname()
}

// quote writes a YAML double-quoted scalar; JSON's is one.
func quote(s string) (string, error) {
	b, err := json.Marshal(s)
	return string(b), err
}
