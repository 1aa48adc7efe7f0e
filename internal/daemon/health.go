package daemon

import (
	"context"
	"slices"
	"time"

	"earshot"
	"earshot/crawler"
	"earshot/internal/store"
	"earshot/internal/web"
)

// deafShown is how many sources that cannot be read are named on a page.
const deafShown = 200

// webHealth tells the dashboard what is deaf. Every page asks, so sources are
// counted by an index, and only those that are not well are read.
func (d *Daemon) webHealth() web.Health {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	s := d.setup.Load()
	h := web.Health{NoSlack: !s.cfg.Slack.BotToken.IsSet() && !s.cfg.Slack.WebhookURL.IsSet()}
	if err := d.store.Read(ctx, func(tx *store.Tx) error { return d.hearing(tx, &h) }); err != nil {
		d.log.Error("health", "err", err)
	}
	for _, t := range d.troubles.list(d.now()) {
		if t.Kind == "slack" && h.Slack == "" {
			h.Slack = t.What + ": " + t.Why
			continue
		}
		h.Deaf = append(h.Deaf, web.Deaf{What: t.What, Why: "messages do not arrive: " + t.Why, Since: t.Since})
	}
	return h
}

// hearing counts the sources that are heard and names those that are not: rules
// that stopped, what cannot be read, then what is read and yet silent. What a
// person paused is neither.
func (d *Daemon) hearing(tx *store.Tx, h *web.Health) error {
	groups, err := tx.SourceGroups()
	if err != nil {
		return err
	}
	for _, g := range groups {
		src := earshot.Source{Kind: earshot.SourceKind(g.A), State: earshot.SourceState(g.B)}
		if src.Kind == earshot.SourceThread || src.State == earshot.SourcePaused {
			continue
		}
		h.Total += int(g.N)
		if hears(src) {
			h.OK += int(g.N)
		}
	}
	found, err := d.foundSources(tx)
	if err != nil {
		return err
	}
	bySource, brands := d.unheard(found)
	h.Deaf = brands
	ill, err := tx.SourceLines(store.SourceFilter{Look: true, Limit: deafShown})
	for _, src := range ill {
		if hears(src) || src.Paused() {
			continue
		}
		name := src.Title
		if name == "" {
			name = crawler.Redact(src.URL)
		}
		h.Deaf = append(h.Deaf, web.Deaf{What: name, Why: src.Reason, Since: src.LastSuccess, Source: src.ID})
	}
	for _, src := range found {
		if hears(src) && src.Kind != earshot.SourceThread {
			h.Deaf = append(h.Deaf, bySource[src.ID])
			h.OK--
		}
	}
	return err
}

// foundSources are the sources that a diagnosis names as read and not heard.
func (d *Daemon) foundSources(tx *store.Tx) (out []earshot.Source, err error) {
	bySource, _ := d.unheard(nil)
	for id := range bySource {
		src, ok, err := tx.Source(id)
		if err != nil {
			return nil, err
		}
		if ok {
			out = append(out, src)
		}
	}
	slices.SortFunc(out, func(a, b earshot.Source) int { return a.LastNewEntry.Compare(b.LastNewEntry) })
	return out, nil
}
