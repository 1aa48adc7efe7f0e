package daemon

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"earshot"
	"earshot/crawler"
	"earshot/internal/insight"
	"earshot/internal/store"
	"earshot/internal/web"
	"earshot/internal/words"
)

const (
	listenEvery = 10 * time.Minute // between two diagnoses
	listenBack  = 11 * 7 * 24 * time.Hour
	countsKept  = 400 * 24 * time.Hour
	deafNotice  = "deaf/" // begins the key of a notice about a diagnosis
)

// tickSilence asks, now and then, whether what is not heard is broken; ops is
// told of each diagnosis once, until it heals.
func (d *Daemon) tickSilence(ctx context.Context, s *setup) error {
	if d.now().Sub(d.listenedAt) < listenEvery {
		return nil
	}
	d.listenedAt = d.now()
	var sources []earshot.Source
	var found []insight.Finding
	err := d.store.Read(ctx, func(tx *store.Tx) (err error) {
		if sources, err = tx.Sources(); err != nil {
			return err
		}
		found, err = d.diagnose(tx, s, sources)
		return err
	})
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	d.findings.Store(&found)
	return d.store.Write(ctx, func(tx *store.Tx) error {
		if err := d.tellSilence(tx, s, sources, found); err != nil {
			return err
		}
		return tx.DropCounts(d.now().Add(-countsKept))
	})
}

// found are the diagnoses that hold now.
func (d *Daemon) found() []insight.Finding {
	if p := d.findings.Load(); p != nil {
		return *p
	}
	return nil
}

// diagnose gathers what each stage brought, and says what is below its limits.
func (d *Daemon) diagnose(tx *store.Tx, s *setup, sources []earshot.Source) ([]insight.Finding, error) {
	now := d.now()
	entries, err1 := tx.EntryHours(now.Add(-listenBack))
	pages, err2 := tx.PageHours(now.Add(-listenBack))
	said, err3 := tx.MentionHours(now.Add(-listenBack))
	since, err4 := tx.FirstHeard()
	for _, err := range []error{err1, err2, err3, err4} {
		if err != nil {
			return nil, err
		}
	}
	return insight.Listen(ears(sources, entries, pages), rules(s.cfg.Brands, said), since, now), nil
}

func ears(sources []earshot.Source, entries, pages []store.SubjectHour) []insight.Ear {
	var out []insight.Ear
	at := map[string]int{}
	for _, src := range sources {
		if src.Kind != earshot.SourceFeed && src.Kind != earshot.SourceSite || src.Official != "" || src.Paused() {
			continue // threads come and go; a newsroom may be silent for months; a pause is somebody's word
		}
		at[src.ID] = len(out)
		out = append(out, insight.Ear{ID: src.ID, Failing: !hears(src), EmptySince: src.EmptySince, Read: src.LastSuccess, Since: src.FirstTried, Entries: insight.Series{}})
	}
	for _, e := range entries {
		if i, ok := at[e.Subject]; ok {
			out[i].Entries.Add(e.Hour, e.N)
		}
	}
	for _, p := range pages {
		if i, ok := at[p.Subject]; ok {
			part := insight.Part{N: p.N}
			if p.Label == store.PageText {
				part.K = p.N
			}
			out[i].Pages = append(out[i].Pages, part)
		}
	}
	return out
}

func rules(brands []earshot.Brand, said []store.SubjectHour) []insight.Rule {
	var out []insight.Rule
	for _, b := range brands {
		r := insight.Rule{Brand: b.Name, Mentions: insight.Series{}, Complaints: insight.Series{}}
		for _, h := range said {
			if h.Subject != b.Name {
				continue
			}
			r.Mentions.Add(h.Hour, h.N)
			if h.Label == string(earshot.Complaint) {
				r.Complaints.Add(h.Hour, h.N)
			}
		}
		out = append(out, r)
	}
	return out
}

// hears says whether a source can be read, as far as its state knows.
func hears(src earshot.Source) bool {
	switch src.State {
	case earshot.SourceOK, earshot.SourceMoved, earshot.SourceLate:
		return true
	}
	return false
}

// tellSilence tells ops of what is new and broken, and forgets what healed. A
// source that cannot be read was told of when it failed.
func (d *Daemon) tellSilence(tx *store.Tx, s *setup, sources []earshot.Source, found []insight.Finding) error {
	var keys []string
	for _, f := range found {
		if !f.Diagnosis.Broken() || f.Diagnosis == insight.FetchFailing {
			continue
		}
		key := deafNotice + string(f.Diagnosis) + "/" + f.Source + f.Brand
		keys = append(keys, key)
		first, err := tx.Notice(key, d.now())
		if err != nil {
			return err
		}
		if !first {
			continue
		}
		name, why, do := explainSilence(f, sources)
		if err := d.tellOps(tx, s, earshot.OpsNotice{Key: key + "/" + d.now().Format(time.RFC3339), What: name + ": " + why + ".", Do: do}); err != nil {
			return err
		}
	}
	open, err := tx.OpenNotices(deafNotice)
	if err != nil {
		return err
	}
	for _, key := range open {
		if slices.Contains(keys, key) {
			continue
		}
		if _, err := tx.Healed(key); err != nil {
			return err
		}
	}
	return nil
}

// explainSilence says in words who is not heard, why, and what to do.
func explainSilence(f insight.Finding, sources []earshot.Source) (name, why, do string) {
	name, address := f.Brand, ""
	if i := slices.IndexFunc(sources, func(s earshot.Source) bool { return s.ID == f.Source }); i >= 0 && f.Source != "" {
		address = crawler.Redact(sources[i].URL)
		if name = sources[i].Title; name == "" {
			name = address
		}
	}
	text := words.Silence[string(f.Diagnosis)]
	pairs := []string{"brand", f.Brand, "address", address, "n", strconv.Itoa(int(math.Round(f.Expected)))}
	return name, text.Why.With(pairs...), text.Do.With(pairs...)
}

// unheard are the sources that are read and yet not heard, and the brands whose
// rules or labels stopped, with the words for each.
func (d *Daemon) unheard(sources []earshot.Source) (bySource map[string]web.Deaf, brands []web.Deaf) {
	bySource = map[string]web.Deaf{}
	for _, f := range d.found() {
		if !f.Diagnosis.Broken() || f.Diagnosis == insight.FetchFailing {
			continue
		}
		name, why, _ := explainSilence(f, sources)
		deaf := web.Deaf{What: name, Why: why, Since: f.Since, Source: f.Source}
		if f.Source == "" {
			brands = append(brands, deaf)
			continue
		}
		bySource[f.Source] = deaf
	}
	return bySource, brands
}

// listedNow remembers since when a source's document lists nothing, though it
// did before.
func listedNow(next earshot.Source, outcome crawler.Outcome, entries int, now time.Time) earshot.Source {
	switch {
	case outcome != crawler.OK && outcome != crawler.Moved:
	case entries > 0:
		next.Listed, next.EmptySince = entries, time.Time{}
	case next.Listed > 0 && next.EmptySince.IsZero():
		next.EmptySince = now
	}
	return next
}

// deafNames are the words of a digest: who is not heard, and why.
func deafNames(all []web.Deaf) []string {
	var out []string
	for _, d := range all {
		out = append(out, strings.TrimSuffix(d.What+": "+d.Why, "."))
	}
	return out
}
