package crawler

import (
	"net/url"
	"strings"
	"unicode"

	"earshot"
)

// Presets lists the names ExpandPreset knows.
func Presets() []string { return []string{"google-news", "hackernews", "mastodon-tag", "reddit"} }

// ExpandPreset turns a preset and its query into feed addresses. mastodon-tag
// takes "tag" or "tag@server". The recipes follow the sites' documented formats.
func ExpandPreset(name, query string) ([]string, error) {
	query = strings.TrimSpace(query)
	if query == "" || len(query) > 300 {
		return nil, &earshot.Fault{Code: "preset_query", What: "preset " + clip(name, 40) + " needs a query of 1 to 300 bytes", Do: `write query: "your brand"`}
	}
	q := url.QueryEscape(query)
	switch name {
	case "reddit":
		return []string{"https://www.reddit.com/search.rss?q=" + q + "&sort=new"}, nil
	case "hackernews":
		return []string{"https://hnrss.org/newest?q=" + q, "https://hnrss.org/newcomments?q=" + q}, nil
	case "google-news":
		return []string{"https://news.google.com/rss/search?q=" + q}, nil
	case "mastodon-tag":
		return mastodonTag(query)
	}
	return nil, &earshot.Fault{Code: "preset", What: "there is no preset " + clip(name, 40), Do: "known presets: " + strings.Join(Presets(), ", ")}
}

func mastodonTag(query string) ([]string, error) {
	tag, server, ok := strings.Cut(strings.TrimPrefix(query, "#"), "@")
	if !ok {
		server = "mastodon.social"
	}
	tag = strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '_' {
			return r
		}
		return -1
	}, tag)
	if tag == "" || server == "" || strings.ContainsAny(server, "/?#@: ") {
		return nil, &earshot.Fault{Code: "preset_query", What: "mastodon-tag needs a tag, or tag@server", Do: `write query: "delta@mastodon.social"`}
	}
	return []string{"https://" + server + "/tags/" + url.PathEscape(tag) + ".rss"}, nil
}
