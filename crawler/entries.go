package crawler

import (
	"net/url"
	"strings"
	"time"

	"earshot"
)

// entriesOf turns a feed's items into entries, each with its own key.
func (c *Crawler) entriesOf(s earshot.Source, f Feed) []earshot.Entry {
	now := c.opt.Now()
	shared := sharedLinks(f.Items)
	byID := map[string]string{} // item id to entry key, for replies
	seen := map[string]bool{}
	out := make([]earshot.Entry, 0, len(f.Items))
	for _, it := range f.Items {
		e := entryOf(s, f.Info, it, now)
		if e.Title == "" && e.Text == "" {
			continue
		}
		if shared[e.Canonical] > 3 {
			e.Canonical = "" // a link that more than three entries share is nobody's own
		}
		e.Key = EntryKey(e)
		whole := e.Key + e.GUID + e.Hash
		if seen[whole] {
			continue // the same item twice
		}
		seen[whole] = true
		if seen[e.Key] { // duplicate ids: told apart by content
			if e.Key = "t-" + digest(s.ID, e.GUID, e.Hash); seen[e.Key] {
				continue
			}
		}
		seen[e.Key] = true
		byID[it.ID] = e.Key
		e.Parent = byID[it.ReplyTo]
		out = append(out, e)
	}
	return out
}

func sharedLinks(items []Item) map[string]int {
	n := map[string]int{}
	for _, it := range items {
		n[CanonicalURL(it.URL)]++
	}
	return n
}

// entryOf makes one entry, all but its key.
func entryOf(s earshot.Source, info FeedInfo, it Item, now time.Time) earshot.Entry {
	link := firstOf(it.URL, info.Link, s.URL)
	site := siteOf(link)
	e := earshot.Entry{
		Source: s.ID, Kind: earshot.Post, URL: it.URL, Canonical: CanonicalURL(it.URL), GUID: it.ID,
		Site: site, SiteName: info.Title, Title: it.Title, Text: it.Text, Summary: it.Summary, Tags: it.Tags, Links: it.Links,
		CommentsURL: it.CommentsURL, CommentFeed: it.CommentFeed, CommentCount: it.CommentCount,
		FirstSeen: now, Updated: it.Updated.UTC(), Revision: 1, Hash: ContentHash(it.Title, it.Text),
	}
	e.Thread = e.Canonical
	if isComment(it) {
		e.Kind = earshot.Comment
		e.Thread = CanonicalURL(firstOf(it.ReplyHref, it.URL))
		e.CommentFeed, e.CommentsURL = "", ""
		e.Title = ""
		e.Summary = false
		e.Hash = ContentHash("", e.Text)
	}
	e.Lang, e.LangSure = declaredLang(it.Lang)
	e.Author = author(it.Author, it.AuthorURL, site)
	e.Published, e.Precision = effective(it.Published.Time, it.Published.Precision, now)
	return e
}

// isComment knows a feed's item as a comment: it says what it replies to, or its
// link leads to a numbered place within a page.
func isComment(it Item) bool {
	return it.ReplyTo != "" || commentIDRE.MatchString(fragmentOf(it.URL)) && strings.Contains(strings.ToLower(fragmentOf(it.URL)), "c")
}

// declaredLang splits a declared tag into the two-letter code and how sure it is;
// what a feed declares is usually, not always, what is written in it.
func declaredLang(tag string) (string, float64) {
	if tag == "" {
		return "", 0
	}
	code, _, _ := strings.Cut(tag, "-")
	return code, 0.8
}

func author(name, address, site string) earshot.Author {
	a := earshot.Author{Name: name, URL: address}
	if profileRE.MatchString(address) && authenticated(address, site) {
		a.Profile = address // a feed is written by its platform, not by its users
	}
	a.Key = AuthorKey(a.Profile, address, site, name)
	return a
}

func siteOf(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	return keyHost(u)
}

// withCredentials gives a remembered address the userinfo of the configured one,
// on the same host only.
func withCredentials(address, configured string) string {
	cu, err := url.Parse(configured)
	if err != nil || cu.User == nil {
		return address
	}
	au, err := url.Parse(address)
	if err != nil || au.Host != cu.Host || cu.Scheme == "https" && au.Scheme != "https" {
		return address
	}
	au.User = cu.User
	return au.String()
}

// withoutUserinfo makes an address fit to be kept.
func withoutUserinfo(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return withoutUser(u).String()
}
