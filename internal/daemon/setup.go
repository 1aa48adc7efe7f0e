package daemon

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/classify"
	"earshot/classify/llm"
	"earshot/config"
	"earshot/crawler"
)

// setup is everything that follows from one reading of the config. It is built
// whole, then swapped: a step that began with one setup ends with it.
type setup struct {
	cfg        *config.Config
	classifier *classify.Classifier
	policy     *alert.Policy
	crawler    *crawler.Crawler
	notifiers  map[string]alert.Notifier // by receiver
	receivers  map[string]earshot.Receiver
	brands     map[string]earshot.Brand
	sources    []earshot.Source
	opinions   *llm.Client // nil: nobody is asked
}

// Check reads everything a config leads to and returns all faults at once, those
// of the rooms included. The setup is nil if one of them is no mere warning.
func (d *Daemon) check(cfg *config.Config) (*setup, []*earshot.Fault) {
	s := &setup{cfg: cfg, brands: map[string]earshot.Brand{}, receivers: map[string]earshot.Receiver{}}
	var faults []*earshot.Fault
	for _, b := range cfg.Brands {
		s.brands[b.Name] = b
	}
	for _, r := range cfg.Receivers {
		s.receivers[r.Name] = r
	}
	builds := []func(*setup) []*earshot.Fault{d.buildClassifier, d.buildPolicy, d.buildSources, d.buildCrawler}
	if !d.opt.NoSecrets {
		builds = append(builds, d.buildNotifiers, d.buildOpinions)
	}
	for _, build := range builds {
		faults = append(faults, build(s)...)
	}
	if broken(faults) {
		return nil, faults
	}
	return s, faults
}

func broken(faults []*earshot.Fault) bool {
	return slices.ContainsFunc(faults, func(f *earshot.Fault) bool { return !f.Warn })
}

func (d *Daemon) buildClassifier(s *setup) (faults []*earshot.Fault) {
	model, err := d.model(s.cfg.Classify.Model)
	if err != nil {
		return []*earshot.Fault{{Code: "model", Path: "classify.model", What: "cannot load the model", Do: "leave classify.model empty for the built-in one", Err: err}}
	}
	s.classifier, faults = classify.New(classify.Options{Model: model, Brands: s.cfg.Brands, Threshold: s.cfg.Classify.Threshold})
	return faults
}

func (d *Daemon) buildPolicy(s *setup) (faults []*earshot.Fault) {
	s.policy, faults = alert.NewPolicy(alert.PolicyInput{Routes: s.cfg.Routes, Receivers: s.cfg.Receivers, People: s.cfg.People,
		Calendars: s.cfg.Calendars, Zone: s.cfg.Zone, Digests: digests(s.cfg), Ops: s.cfg.Ops, AlertThreshold: s.cfg.Classify.AlertThreshold,
		Accounts: s.cfg.Accounts})
	return faults
}

func (d *Daemon) buildCrawler(s *setup) []*earshot.Fault {
	c := s.cfg.Crawl
	var err error
	s.crawler, err = crawler.New(crawler.Options{UserAgent: c.UserAgent, PerHost: c.PerHost, Timeout: c.Timeout, MaxBody: c.MaxBody, Proxy: c.Proxy,
		AllowPrivate: c.AllowPrivate, MinEvery: c.MinEvery, MaxEvery: c.MaxEvery, Zone: s.cfg.Zone, Now: d.now, Transport: d.opt.Transport,
		Resolver: d.opt.Resolver, Rand: d.opt.Rand, Observe: d.observe, Logger: d.log})
	if err != nil {
		return []*earshot.Fault{faultOf(err, "crawl")}
	}
	return nil
}

func faultOf(err error, path string) *earshot.Fault {
	f := &earshot.Fault{Code: earshot.FaultCode(err), What: err.Error(), Path: path}
	return f
}

// buildSources turns the config's sources into those that are read: presets and
// OPML files expand to feeds, and each brand's own feeds are followed.
func (d *Daemon) buildSources(s *setup) (faults []*earshot.Fault) {
	add := func(src earshot.Source) {
		if !slices.ContainsFunc(s.sources, func(o earshot.Source) bool { return o.ID == src.ID }) {
			s.sources = append(s.sources, src)
		}
	}
	for i, spec := range s.cfg.Sources {
		path := fmt.Sprintf("sources[%d]", i)
		urls, err := d.expand(s.cfg, spec)
		if err != nil {
			// Where secrets are not at hand (in CI), other files need not be either.
			faults = append(faults, &earshot.Fault{Code: "source", Path: path, What: "cannot use this source", Do: "correct it or take it out", Err: err, Warn: d.opt.NoSecrets})
		}
		kind := earshot.SourceFeed
		if spec.Site != "" {
			kind = earshot.SourceSite
		}
		for _, u := range urls {
			src := spec.Source(kind, u)
			src.ID = sourceID(kind, u)
			add(src)
		}
	}
	for _, b := range s.cfg.Brands {
		for _, u := range b.Official.Feeds {
			add(earshot.Source{ID: sourceID(earshot.SourceFeed, u), Kind: earshot.SourceFeed, URL: u, Official: b.Name,
				MinEvery: s.cfg.Crawl.MinEvery, MaxEvery: s.cfg.Crawl.MaxEvery})
		}
	}
	return faults
}

// sourceID is stable and shows no credentials.
func sourceID(kind earshot.SourceKind, url string) string {
	return string(kind) + ":" + crawler.Redact(url) + "#" + crawler.ContentHash(string(kind), url)[:8]
}

func (d *Daemon) expand(cfg *config.Config, spec config.SourceSpec) ([]string, error) {
	switch {
	case spec.Feed != "":
		return []string{spec.Feed}, nil
	case spec.Site != "":
		return []string{spec.Site}, nil
	case spec.Preset != "":
		return crawler.ExpandPreset(spec.Preset, spec.Query)
	}
	text, err := d.opt.ReadFile(cfg.File(spec.OPML))
	if err != nil {
		return nil, fmt.Errorf("opml: %w", err)
	}
	outlines, err := crawler.ReadOPML(text)
	if err != nil {
		return nil, fmt.Errorf("opml %s: %w", spec.OPML, err)
	}
	var urls []string
	for _, o := range outlines {
		urls = append(urls, o.Feed)
	}
	return urls, nil
}

// augment adds to a view what only the config knows.
func (s *setup) augment(v earshot.CaseView) earshot.CaseView {
	b := s.brands[v.Case.Brand]
	v.Competitor, v.CanAnswer, v.Tier = b.Competitor, b.Official.Known(), "standard"
	if a, ok := s.account(v); ok {
		v.Tier, v.Account = a.Tier, a.Name
	}
	return v
}

// account is the known customer who wrote what the case was opened for.
func (s *setup) account(v earshot.CaseView) (earshot.Account, bool) {
	i := slices.IndexFunc(s.cfg.Accounts, func(a earshot.Account) bool { return matchesAccount(a, v) })
	if i < 0 {
		return earshot.Account{}, false
	}
	return s.cfg.Accounts[i], true
}

// owner is who gets a new case: the account's owner, else the brand's.
func (s *setup) owner(v earshot.CaseView) string {
	a, _ := s.account(v)
	return cmp.Or(a.Owner, s.brands[v.Case.Brand].Owner)
}

// deputy is who stands in for an owner who is away now, "" if nobody does.
func (s *setup) deputy(owner string, now time.Time) string {
	if acting := earshot.People(s.cfg.People).Acting(owner, now); acting != owner {
		return acting
	}
	return ""
}

func matchesAccount(a earshot.Account, v earshot.CaseView) bool {
	if a.Author == "" && a.Site == "" {
		return false
	}
	host := strings.TrimPrefix(v.Site, "www.")
	return (a.Author == "" || strings.EqualFold(a.Author, v.Author.Name)) &&
		(a.Site == "" || strings.EqualFold(host, a.Site) || strings.HasSuffix(strings.ToLower(host), "."+strings.ToLower(a.Site)))
}

// env is what a case's moves may depend on, at one now.
func (s *setup) env(v earshot.CaseView, now time.Time) earshot.Env {
	b := s.brands[v.Case.Brand]
	follow := b.FollowUp
	if b.Competitor {
		follow = 0 // nobody's work
	}
	return earshot.Env{Now: now, Calendar: s.calendar, FollowUp: follow, SLA: func(l earshot.Label) *earshot.SLA {
		v.Case.Label = l
		return s.sla(v)
	}}
}

func (s *setup) calendar(name string) earshot.Calendar {
	if c, ok := s.cfg.Calendars[name]; ok {
		return c
	}
	return earshot.Always
}

// sla is the first line of the brand's that matches; nil for competitors.
func (s *setup) sla(v earshot.CaseView) *earshot.SLA {
	b := s.brands[v.Case.Brand]
	if b.Competitor {
		return nil
	}
	labels := v.Labels()
	for _, line := range b.SLA {
		if line.Match.Holds(labels) {
			return &earshot.SLA{Answer: line.Answer, Calendar: line.Calendar}
		}
	}
	return nil
}

// receiverNames are all receivers, in order.
func (s *setup) receiverNames() []string { return slices.Sorted(maps.Keys(s.receivers)) }
