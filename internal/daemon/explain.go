package daemon

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/config"
	"earshot/crawler"
	"earshot/internal/store"
)

// Later lists the config keys that are read and checked but change nothing yet;
// check says so.
func Later() []string {
	return []string{"retention"}
}

// Policy checks the config's routes alone.
func Policy(cfg *config.Config) (*alert.Policy, []*earshot.Fault) {
	d := blank(Options{})
	s := &setup{cfg: cfg}
	faults := d.buildPolicy(s)
	return s.policy, faults
}

// openToRead opens the config's store beside a running daemon.
func openToRead(ctx context.Context, cfg *config.Config) (*store.Store, error) {
	dsn, err := cfg.Storage.DSN.Reveal()
	if err != nil {
		return nil, fmt.Errorf("storage.dsn: %w", err)
	}
	return store.Open(ctx, dsn, store.Options{})
}

// Explain tells the whole story of a case, by its id, or of a post, by its
// address: what was read, found, judged, joined, planned and sent, each with its
// reason. An address nobody read is told why.
func Explain(ctx context.Context, w io.Writer, cfg *config.Config, what string) error {
	st, err := openToRead(ctx, cfg)
	if err != nil {
		return err
	}
	x := &explaining{w: w, now: time.Now()}
	err = st.Read(ctx, func(tx *store.Tx) error {
		x.tx = tx
		if _, ok, err := tx.Case(what); err != nil || ok {
			return errors.Join(err, x.caseStory(what))
		}
		return x.page(what)
	})
	return errors.Join(err, x.err, st.Close())
}

type explaining struct {
	w   io.Writer
	tx  *store.Tx
	now time.Time
	err error
}

func (x *explaining) line(format string, args ...any) {
	if x.err == nil {
		_, x.err = fmt.Fprintf(x.w, format+"\n", args...)
	}
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04:05Z") }

func (x *explaining) page(link string) error {
	key := crawler.CanonicalURL(link)
	if key == "" {
		return &earshot.Fault{Code: "usage", What: fmt.Sprintf("%q is neither a case nor an address", link), Do: "give a case id such as c7k2, or the address of a post"}
	}
	entries, err := x.tx.EntriesAt(key)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		return x.unknown(key)
	}
	for _, e := range entries {
		if err := x.entry(e); err != nil {
			return err
		}
	}
	return nil
}

// unknown says why a page was never read: nothing followed leads there, or its
// source has not brought it.
func (x *explaining) unknown(key string) error {
	x.line("not known: %s", key)
	sources, err := x.tx.Sources()
	if err != nil {
		return err
	}
	found := false
	for _, s := range sources {
		if host(s.URL) != host(key) {
			continue
		}
		found = true
		x.line("  %s is followed: %s. %s Last heard %s, next due %s; this post was not in it.", crawler.Redact(s.URL), s.State, s.Reason, stamp(s.LastSuccess), stamp(s.Due))
	}
	if !found {
		x.line("  no source that is followed leads there. Add its feed under sources, or track the link from the dashboard.")
	}
	return nil
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

func (x *explaining) entry(e earshot.Entry) error {
	x.line("%s  %q by %s", e.Kind, e.Title, e.Author.Name)
	x.line("  fetch     first seen %s by %s, published %s (%s), revision %d, %s", stamp(e.FirstSeen), e.Source, stamp(e.Published), e.Precision, e.Revision, e.Lang)
	story, err := x.tx.StoryOf(e.ID)
	if err != nil {
		return err
	}
	if story != e.ID && story != 0 {
		x.line("  story     a copy of entry %d", story)
	}
	mentions, err := x.tx.Mentions(e.ID)
	if err != nil {
		return err
	}
	if len(mentions) == 0 {
		x.line("  match     no brand is named in it")
	}
	for _, m := range mentions {
		if err := x.mention(e, m); err != nil {
			return err
		}
	}
	return nil
}

func (x *explaining) mention(e earshot.Entry, m earshot.Mention) error {
	x.line("  match     %s, by %s", m.Brand, m.Rule)
	if m.Reason != "" {
		x.line("  no case   %s: %s", m.Reason, m.Why)
		return nil
	}
	v := m.Verdict
	x.line("  verdict   %s %.2f, %s %.2f, severity %d, %s: %q (%s)", v.Intent, v.IntentConfidence, v.Sentiment, v.Confidence, v.Severity, v.Facet, v.Evidence.Text, v.Model)
	id, err := x.tx.MentionCase(e.ID, m.Brand)
	if err != nil {
		return err
	}
	if id == "" {
		x.line("  no case   %s: it is counted and listed", earshot.ReasonIntentNone)
		return nil
	}
	return x.caseStory(id)
}

func (x *explaining) caseStory(id string) error {
	v, ok, err := x.tx.CaseView(id)
	if err != nil || !ok {
		return err
	}
	c := v.Case
	x.line("case %s  %s about %s: %s", c.ID, c.Label.Intent, c.Brand, c.Status())
	x.line("  %s  %q", v.URL, v.Quote)
	x.line("  work %s, answer %s, clock %s, waiting %s in public", c.Work, c.Answer, c.Clock.Clock, c.Waiting(x.now).Round(time.Minute))
	for _, r := range v.Responses {
		x.line("  evidence  %s  %s %.2f -> %s  %q %s", stamp(r.SaidAt), r.Kind, r.Confidence, r.Answer, r.Passage, r.Link)
	}
	events, err := x.tx.Events(c.ID)
	if err != nil {
		return err
	}
	for _, e := range events {
		who := e.Actor
		if who == "" {
			who = "Earshot"
		}
		x.line("  event %-3d %s  %s by %s", e.Seq, stamp(e.At), e.Kind, who)
	}
	alerts, err := x.tx.CaseAlerts(c.ID)
	for _, a := range alerts {
		reason := a.Reason
		if reason == "" {
			reason = "waiting"
		}
		x.line("  alert     %s  %s to %s by route %s: %s. %s", stamp(a.Created), a.Kind, a.Receiver, a.Route, reason, a.Why)
	}
	return err
}
