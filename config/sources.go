package config

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"earshot"
)

// SourceSpec is a source as the operator wrote it. Feeds and sites are sources
// as they stand; an OPML file or a preset stands for several, which the caller
// expands with Source.
type SourceSpec struct {
	Path     string // in the config, such as "sources[2]", for faults
	Kind     string // "feed", "site", "opml" or "preset"; of the next four exactly that one is set
	Feed     string // URL; may carry credentials
	Site     string // URL
	OPML     string // file, as written; see Config.File
	Preset   string
	Query    string // what a preset looks for
	Tags     []string
	Lang     string
	Zone     string
	Reach    int // 1..5, 0 unknown
	Comments bool
	Archive  time.Duration
	MinEvery time.Duration
	MaxEvery time.Duration
}

// String names the source without its address, which may carry credentials.
func (s SourceSpec) String() string { return s.Path + " (" + s.Kind + ")" }

// The kinds of SourceSpec.
const (
	SpecFeed   = "feed"
	SpecSite   = "site"
	SpecOPML   = "opml"
	SpecPreset = "preset"
)

// Source makes a source of the spec at url; its ID is the caller's to set.
func (s SourceSpec) Source(kind earshot.SourceKind, url string) earshot.Source {
	return earshot.Source{Kind: kind, URL: url, Tags: s.Tags, Lang: s.Lang, Zone: s.Zone, Reach: s.Reach, Comments: s.Comments,
		Archive: s.Archive, MinEvery: s.MinEvery, MaxEvery: s.MaxEvery}
}

var langTag = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

func (r *reader) sources() {
	seen := map[string]string{}
	for i, k := range r.file.Sources {
		path := at("sources", i)
		s := SourceSpec{Path: path, Query: k.Query, Tags: k.Tags, Lang: k.Lang, Zone: k.Zone.name(), Reach: k.Reach,
			Comments: k.Comments, Archive: time.Duration(k.Archive)}
		s.MinEvery, s.MaxEvery = r.interval(path+".interval", k.Interval, r.out.Crawl.MinEvery, r.out.Crawl.MaxEvery)
		r.kind(path, k, &s)
		if k.Lang != "" && !langTag.MatchString(k.Lang) {
			r.fault(path+".lang", codeValue, fmt.Sprintf("%q is no language", k.Lang), "write its code, such as en or zh")
		}
		if url := k.Feed + k.Site; url != "" {
			if first, twice := seen[url]; twice {
				r.warn(path+"."+s.Kind, codeDuplicate, "stands twice", "the other is "+first)
			}
			seen[url] = path
		}
		r.out.Sources = append(r.out.Sources, s)
	}
}

// kind finds the one kind a source has.
func (r *reader) kind(path string, k sourceKeys, s *SourceSpec) {
	var kinds []string
	for _, c := range []struct{ kind, value string }{{SpecFeed, k.Feed}, {SpecSite, k.Site}, {SpecOPML, k.OPML}, {SpecPreset, k.Preset}} {
		if c.value != "" {
			kinds = append(kinds, c.kind)
		}
	}
	switch {
	case len(kinds) == 0:
		if !r.faulty(path) {
			r.fault(path, codeMissing, "no feed, site, opml or preset", "write feed: https://example.org/feed.xml"+hashHint(r.config, path))
		}
		return
	case len(kinds) > 1:
		r.fault(path, codeConflict, "has "+strings.Join(kinds, " and "), "one source is one of feed, site, opml, preset: make it several")
		return
	}
	s.Kind, s.Feed, s.Site, s.OPML, s.Preset = kinds[0], k.Feed, k.Site, k.OPML, k.Preset
	r.webURL(path+"."+s.Kind, k.Feed+k.Site)
	switch {
	case s.Kind == SpecPreset && k.Query == "" && !r.faulty(path):
		r.fault(path+".query", codeMissing, "missing", fmt.Sprintf("write query: and what %s should look for", k.Preset))
	case s.Kind != SpecPreset && k.Query != "":
		r.fault(path+".query", codeConflict, "only a preset has a query", "brands say what is listened for")
	}
}
