package daemon

import (
	"cmp"
	"context"
	"crypto/rand"
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
	"earshot/internal/words"
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

// Track has the daemon read the page at an address, now and as it moves, and
// says so. The database is the config's; the daemon looks within half a minute.
func Track(ctx context.Context, w io.Writer, cfg *config.Config, link string) error {
	key := crawler.CanonicalURL(link)
	if key == "" {
		return &earshot.Fault{Code: "usage", What: fmt.Sprintf("%q is no address of a page", link), Do: "give the address of a post, beginning with https://"}
	}
	st, err := openToRead(ctx, cfg)
	if err != nil {
		return err
	}
	now := time.Now().UTC().Truncate(time.Millisecond)
	err = st.Write(ctx, func(tx *store.Tx) error {
		if _, known, err := tx.Source("thread:" + key); err != nil || known {
			return err
		}
		_, err := tx.PutAction(earshot.Action{ID: "cli-" + rand.Text(), Verb: earshot.VerbTrack, Actor: "local", At: now, Args: earshot.Args{Link: link}})
		return errors.Join(err, tx.PutSource(tracked(link, key, cfg.Crawl, now)))
	})
	if err == nil {
		_, err = fmt.Fprintf(w, "tracked: %s is read within half a minute of the daemon running, then on the revisit schedule\n", key)
	}
	return errors.Join(err, st.Close())
}

// tracked is the source of a page that a person pointed at.
func tracked(link, key string, c config.Crawl, now time.Time) earshot.Source {
	return earshot.Source{ID: "thread:" + key, Kind: earshot.SourceThread, URL: link, State: earshot.SourceOK,
		Revisits: append([]time.Duration{0}, c.Revisit...), ThreadFrom: now, Due: now, MinEvery: c.MinEvery, MaxEvery: c.MaxEvery}
}

// Explain tells the whole story of a case, by its id, or of a post, by its
// address: what was read, found, judged, joined, planned and sent, each with its
// reason. An address nobody read is told why.
func Explain(ctx context.Context, w io.Writer, cfg *config.Config, what string) error {
	st, err := openToRead(ctx, cfg)
	if err != nil {
		return err
	}
	x := &explaining{w: w, now: time.Now().UTC(), s: plainSetup(cfg), words: words.For("en"), pages: words.PagesFor("en")}
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
	w     io.Writer
	tx    *store.Tx
	s     *setup // of the config's own words: nothing is built
	words *words.Words
	pages *words.Pages
	now   time.Time
	err   error
}

// plainSetup holds what the config says, for augment.
func plainSetup(cfg *config.Config) *setup {
	s := &setup{cfg: cfg, brands: map[string]earshot.Brand{}}
	for _, b := range cfg.Brands {
		s.brands[b.Name] = b
	}
	return s
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
	fates, err := x.tx.Fates([]string{key}, 20)
	if err != nil {
		return err
	}
	if len(fates) == 0 {
		return x.unknown(link, key)
	}
	for _, f := range fates {
		if err := x.entry(f); err != nil {
			return err
		}
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

func (x *explaining) entry(f store.Fate) error {
	e := f.Entry
	x.line("%s  %q by %s", e.Kind, e.Title, cmp.Or(e.Author.Name, "somebody without a name"))
	x.line("  fetch     first seen %s by %s, published %s (%s), revision %d, %s", stamp(e.FirstSeen), e.Source, stamp(e.Published), e.Precision, e.Revision, e.Lang)
	x.fate(f)
	if !e.Removed.IsZero() {
		x.line("  removed   it was found gone %s; what was read is kept", stamp(e.Removed))
	}
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
	if len(mentions) == 0 && f.Work == store.WorkDone {
		x.unnamed(e)
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
