package demo

import (
	"strings"
	"time"
)

// Clothes is the software a site seems to run on: which feed it has, what its
// addresses and pages look like.
type Clothes string

// The clothes.
const (
	WordPress Clothes = "wordpress" // RSS 2.0, full text, a comment feed per post
	Atom      Clothes = "atom"      // Atom, full text, comments on the page
	JSONFeed  Clothes = "json"      // JSON Feed 1.1
	Summaries Clothes = "summaries" // RSS with summaries; the page has navigation, sidebar, related posts, cookie text
	Blogger   Clothes = "blogger"   // Atom; comments in Blogger's definition list
	Bare      Clothes = "bare"      // no feed: a home page with links
	Plain     Clothes = "plain"     // RSS 2.0 without anything else
	Newsroom  Clothes = "newsroom"  // RSS of a company
	Company   Clothes = "company"   // a company's pages, without feed or posts
)

// fashion is what a kind of clothes means for addresses and files.
type fashion struct {
	feed     string // path, "" if there is none
	mime     string
	template string // of the feed
	page     string // template of home and post pages
	path     string // of a post: a time layout with {slug}
	comments string // path of a post's comment feed, after the post's own
}

func (c Clothes) fashion() fashion {
	switch c {
	case WordPress:
		return fashion{"/feed/", "application/rss+xml; charset=UTF-8", "rss.xml", "wordpress.html", "/2006/01/{slug}/", "feed/"}
	case Atom:
		return fashion{"/atom.xml", "application/atom+xml; charset=utf-8", "atom.xml", "plain.html", "/notes/{slug}", ""}
	case JSONFeed:
		return fashion{"/feed.json", "application/feed+json; charset=utf-8", "feed.json", "plain.html", "/p/{slug}", ""}
	case Summaries:
		return fashion{"/rss.xml", "text/xml", "summaries.xml", "magazine.html", "/articoli/{slug}.html", ""}
	case Blogger:
		return fashion{"/feeds/posts/default", "application/atom+xml; charset=UTF-8", "atom.xml", "blogger.html", "/2006/01/{slug}.html", ""}
	case Bare:
		return fashion{"", "", "", "plain.html", "/journal/{slug}", ""}
	case Newsroom:
		return fashion{"/news.rss", "application/rss+xml", "rss.xml", "plain.html", "/news/{slug}", ""}
	case Company:
		return fashion{"", "", "", "plain.html", "/{slug}", ""}
	}
	return fashion{"/rss", "application/rss+xml", "rss.xml", "plain.html", "/entries/{slug}", ""}
}

// Site is one blog, newsroom or company site.
type Site struct {
	Slug    string  `yaml:"slug"`
	Name    string  `yaml:"name"`
	Tagline string  `yaml:"tagline"`
	Lang    string  `yaml:"lang"`
	Author  string  `yaml:"author"`
	Clothes Clothes `yaml:"clothes"`
	Source  bool    `yaml:"source"` // Earshot is told to read it
	Tag     string  `yaml:"tag"`
	Brand   string  `yaml:"brand"` // whose own site it is, or ""
}

// Post is one article as its site shows it.
type Post struct {
	Slug      string    `json:"slug"`
	Site      string    `json:"site"`
	Title     string    `json:"title"`
	Author    string    `json:"author,omitempty"`
	Text      string    `json:"text"` // paragraphs with empty lines between; [words](post:slug) links, "UPDATE:" stands bold
	Tags      []string  `json:"tags,omitempty"`
	Published time.Time `json:"published,omitzero"`
	Updated   time.Time `json:"updated,omitzero"`
	Comments  []Comment `json:"comments,omitempty"`
}

// Comment is one reader's, or company's, comment under a post.
type Comment struct {
	N         int       `json:"n"`
	Author    string    `json:"author"`
	URL       string    `json:"url,omitempty"`
	Text      string    `json:"text"`
	Published time.Time `json:"published,omitzero"`
}

// path is the post's address on its site.
func (p Post) path(c Clothes) string {
	return strings.Replace(p.Published.UTC().Format(c.fashion().path), "{slug}", p.Slug, 1)
}

// changed is the last time anything of the post changed.
func (p Post) changed() time.Time {
	t := p.Published
	if p.Updated.After(t) {
		t = p.Updated
	}
	for _, c := range p.Comments {
		if c.Published.After(t) {
			t = c.Published
		}
	}
	return t
}
