package daemon

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/config"
	"earshot/crawler"
	"earshot/internal/store"
)

// writer is one author who fits what was asked for, with what is kept of them.
type writer struct {
	earshot.Author
	site    string
	entries []earshot.Entry
}

// Forget erases everything that one author wrote, and keeps them from being
// read again; dry only lists it. who is an author's key, address or name. Where a name
// fits several authors nothing is erased and their keys are listed.
func Forget(ctx context.Context, w io.Writer, cfg *config.Config, who string, now time.Time, dry bool) error {
	st, err := openToRead(ctx, cfg)
	if err != nil {
		return err
	}
	return errors.Join(forget(ctx, w, st, who, now, dry), st.Close())
}

func forget(ctx context.Context, w io.Writer, st *store.Store, who string, now time.Time, dry bool) error {
	var found []*writer
	var before bool
	err := st.Read(ctx, func(tx *store.Tx) (err error) {
		if found, err = writers(tx, who); err == nil {
			before, err = tx.Forgotten(who)
		}
		return err
	})
	if err != nil {
		return err
	}
	if before && len(found) == 0 && !dry {
		if err := st.Compact(ctx); err != nil {
			return err
		}
		_, err := fmt.Fprintln(w, "This author was forgotten before; nothing is kept.")
		return err
	}
	if len(found) == 0 {
		return &earshot.Fault{Code: "author_unknown", What: fmt.Sprintf("nothing is kept of an author %q", who),
			Do: "give the name as it stands under the post, the author's address, or a key that --dry-run listed"}
	}
	if err := listWriters(w, found); err != nil {
		return err
	}
	if len(found) > 1 {
		return &earshot.Fault{Code: "author_ambiguous", What: fmt.Sprintf("%d authors fit, nothing was erased", len(found)), Do: "repeat with one of the keys above"}
	}
	if dry {
		_, err := fmt.Fprintln(w, "Nothing was erased: this was a dry run.")
		return err
	}
	return erase(ctx, w, st, found[0].Key, now)
}

// erase does it, and says what messages are out of reach.
func erase(ctx context.Context, w io.Writer, st *store.Store, key string, now time.Time) error {
	var gone store.Erased
	err := st.Write(ctx, func(tx *store.Tx) (err error) {
		if gone, err = tx.Forget(key, now); err != nil {
			return err
		}
		return tx.PutDeed(store.Deed{At: now, Deed: "forgot", Detail: fmt.Sprintf("%d entries, %d mentions, %d pieces of evidence", gone.Entries, gone.Mentions, gone.Responses)})
	})
	if err != nil {
		return err
	}
	if err := st.Compact(ctx); err != nil {
		return &earshot.Fault{Code: "compact", What: "erased, but the file could not be rewritten: old pages may still hold the text", Do: "stop the daemon and forget the author again by the key", Err: err}
	}
	_, err = fmt.Fprintf(w, "Erased: the words, name and addresses of %d entries, %d mentions and %d pieces of evidence. What is read of this author from now on is not kept.\n", gone.Entries, gone.Mentions, gone.Responses)
	if err == nil && gone.Cards > 0 {
		slices.Sort(gone.Cases)
		_, err = fmt.Fprintf(w, "%d messages that were sent before still quote it; delete them by hand. Cases: %s\n", gone.Cards, strings.Join(slices.Compact(gone.Cases), " "))
	}
	return err
}

// writers are the authors that fit a key, an address or a name.
func writers(tx *store.Tx, who string) ([]*writer, error) {
	by := map[string]*writer{}
	address := crawler.CanonicalURL(who)
	keys := []string{who}
	if strings.Contains(who, "://") {
		keys = append(keys, crawler.AuthorKey(who, "", "", ""), crawler.AuthorKey("", who, "", ""))
	}
	err := tx.EachEntry(func(e earshot.Entry) error {
		a := e.Author
		fits := slices.Contains(keys, a.Key) || strings.EqualFold(strings.TrimSpace(a.Name), strings.TrimSpace(who)) ||
			address != "" && strings.Contains(who, "://") && (crawler.CanonicalURL(a.URL) == address || crawler.CanonicalURL(a.Profile) == address)
		if a.Key == "" || !fits {
			return nil
		}
		if by[a.Key] == nil {
			by[a.Key] = &writer{Author: a, site: cmp.Or(e.SiteName, e.Site)}
		}
		by[a.Key].entries = append(by[a.Key].entries, e)
		return nil
	})
	var out []*writer
	for _, one := range by {
		out = append(out, one)
	}
	slices.SortFunc(out, func(a, b *writer) int { return strings.Compare(a.Key, b.Key) })
	return out, err
}

func listWriters(w io.Writer, found []*writer) error {
	for _, one := range found {
		if _, err := fmt.Fprintf(w, "%s  %s, %s: %d entries\n", one.Key, cmp.Or(one.Name, "no name"), one.site, len(one.entries)); err != nil {
			return err
		}
		for _, e := range one.entries {
			if _, err := fmt.Fprintf(w, "    %s  %-7s  %s\n", e.Published.UTC().Format(time.DateOnly), e.Kind, crawler.Redact(e.URL)); err != nil {
				return err
			}
		}
	}
	return nil
}
