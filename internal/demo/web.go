package demo

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"sync"
	"time"
)

// Mood is what a site does to those who ask for its feed.
type Mood string

// The moods.
const (
	Healthy     Mood = ""
	Unavailable Mood = "unavailable" // 503
	Truncated   Mood = "truncated"   // the document ends in the middle
)

// Web is a blogosphere: sites that can be published on, commented, edited,
// broken and healed while others read them. It is safe for concurrent use.
type Web struct {
	now func() time.Time

	mu     sync.Mutex
	sites  []*site
	bySlug map[string]*site
	byHost map[string]*site
	posts  map[string]*Post // by slug: unique in a web
}

// site is a Site with what happened to it.
type site struct {
	Site
	base   string
	posts  []*Post // newest first
	mood   Mood
	since  time.Time // of the mood
	served Served
}

// Served counts what a site was asked for.
type Served struct {
	Site        string `json:"site"`
	URL         string `json:"url"`
	Feed        int    `json:"feed"`         // feed, or the home page of a site without one
	NotModified int    `json:"not_modified"` // of all requests
	Pages       int    `json:"pages"`
	Comments    int    `json:"comments"` // comment feeds
	Robots      int    `json:"robots"`
	Failed      int    `json:"failed"` // by the site's mood
	NotFound    int    `json:"not_found"`
	Agent       string `json:"agent"` // the last User-Agent
}

// NewWeb returns a web of these sites. now is its clock; nil is time.Now.
func NewWeb(sites []Site, place Place, now func() time.Time) *Web {
	if now == nil {
		now = time.Now
	}
	w := &Web{now: now, bySlug: map[string]*site{}, byHost: map[string]*site{}, posts: map[string]*Post{}}
	for i, s := range sites {
		base := place(s.Slug, i)
		one := &site{Site: s, base: base, since: now(), served: Served{Site: s.Slug, URL: base}}
		w.sites = append(w.sites, one)
		w.bySlug[s.Slug] = one
		if u, err := url.Parse(base); err == nil {
			w.byHost[u.Host] = one
		}
	}
	return w
}

// Publish puts a post on its site. A post without a date is published now.
func (w *Web) Publish(p Post) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.bySlug[p.Site]
	if s == nil {
		return fmt.Errorf("publish %s: no site %q", p.Slug, p.Site)
	}
	if p.Slug == "" || w.posts[p.Slug] != nil {
		return fmt.Errorf("publish %q: a post needs a slug that no other has", p.Slug)
	}
	if p.Published.IsZero() {
		p.Published = w.now()
	}
	if p.Author == "" {
		p.Author = s.Author
	}
	w.posts[p.Slug] = &p
	s.posts = append(s.posts, &p)
	slices.SortStableFunc(s.posts, func(a, b *Post) int { return b.Published.Compare(a.Published) })
	return nil
}

// Comment adds a comment to a post and returns its number there.
func (w *Web) Comment(slug string, c Comment) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.posts[slug]
	if p == nil {
		return 0, fmt.Errorf("comment on %q: no such post", slug)
	}
	c.N = len(p.Comments) + 1
	if c.Published.IsZero() {
		c.Published = w.now()
	}
	p.Comments = append(p.Comments, c)
	return c.N, nil
}

// Edit adds text to the end of a post, as authors do with their updates.
func (w *Web) Edit(slug, more string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.posts[slug]
	if p == nil {
		return fmt.Errorf("edit %q: no such post", slug)
	}
	p.Text += "\n\n" + more
	p.Updated = w.now()
	return nil
}

// Remove takes a post off its site.
func (w *Web) Remove(slug string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.posts[slug]
	if p == nil {
		return fmt.Errorf("remove %q: no such post", slug)
	}
	s := w.bySlug[p.Site]
	s.posts = slices.DeleteFunc(s.posts, func(q *Post) bool { return q == p })
	delete(w.posts, slug)
	return nil
}

// SetMood breaks or heals a site's feed.
func (w *Web) SetMood(slug string, m Mood) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.bySlug[slug]
	if s == nil {
		return fmt.Errorf("set the mood of %q: no such site", slug)
	}
	s.mood, s.since = m, w.now()
	return nil
}

// Served returns what each site was asked for, in the order of the sites.
func (w *Web) Served() []Served {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := make([]Served, 0, len(w.sites))
	for _, s := range w.sites {
		out = append(out, s.served)
	}
	return out
}

// Heard says whether every site that is a source has been read at least times
// times. After two, the first, silent read is surely over.
func (w *Web) Heard(times int) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range w.sites {
		if s.Source && s.served.Feed < times {
			return false
		}
	}
	return true
}

// URL returns the address of a site's home, or "" if there is no such site.
func (w *Web) URL(site string) string {
	if s := w.bySlug[site]; s != nil {
		return s.base
	}
	return ""
}

// PostURL returns the address of a post, or "" if it is not published.
func (w *Web) PostURL(slug string) string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.postURL(slug)
}

func (w *Web) postURL(slug string) string {
	p := w.posts[slug]
	if p == nil {
		return ""
	}
	s := w.bySlug[p.Site]
	return s.base + p.path(s.Clothes)
}

// Posts returns a copy of every post, oldest first.
func (w *Web) Posts() []Post {
	w.mu.Lock()
	defer w.mu.Unlock()
	var out []Post
	for _, p := range w.posts {
		c := *p
		c.Comments = slices.Clone(p.Comments)
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b Post) int {
		return cmp.Or(a.Published.Compare(b.Published), cmp.Compare(a.Slug, b.Slug))
	})
	return out
}

// Hosts returns the host (with port) of every site, in the order of the sites.
func (w *Web) Hosts() []string {
	out := make([]string, 0, len(w.sites))
	for _, s := range w.sites {
		if u, err := url.Parse(s.base); err == nil {
			out = append(out, u.Host)
		}
	}
	return out
}
