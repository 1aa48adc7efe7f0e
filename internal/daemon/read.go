package daemon

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/classify"
	"earshot/crawler"
	"earshot/internal/store"
)

const (
	fetchLease = 5 * time.Minute // longer than any fetch with its waits
)

// readStep takes the sources that are due and reads them side by side.
func (d *Daemon) readStep(ctx context.Context) (time.Time, error) {
	free := d.fetching.free()
	if free == 0 {
		return time.Time{}, nil // poked when a slot is free
	}
	var due []earshot.Source
	err := d.store.Write(ctx, func(tx *store.Tx) (err error) {
		due, err = tx.ClaimSources(store.Lease{By: d.name, Now: d.now(), For: fetchLease, N: free})
		return err
	})
	if err != nil {
		return time.Time{}, err
	}
	for _, src := range due {
		d.fetching.take(d.loops, d.pokeRead, func() {
			if err := d.read(ctx, src); err != nil && ctx.Err() == nil {
				d.log.Error("read source", "source", src.ID, "err", err)
			}
		})
	}
	var next time.Time
	err = d.store.Read(ctx, func(tx *store.Tx) (err error) {
		next, err = tx.NextSource()
		return err
	})
	return next, err
}

// read fetches one source and commits what it brought together with its next due time.
func (d *Daemon) read(ctx context.Context, src earshot.Source) error {
	s := d.setup.Load()
	res, fetchErr := s.crawler.Fetch(ctx, src)
	if ctx.Err() != nil {
		return ctx.Err() // the lease gives it back
	}
	if fetchErr != nil {
		d.log.Info("source not heard", "source", src.ID, "outcome", res.Outcome, "why", res.Next.Reason)
	}
	added := 0
	err := d.store.Write(ctx, func(tx *store.Tx) error {
		n, flood, err := d.keep(tx, src, res)
		added = n
		if err != nil {
			return err
		}
		if res.Next, err = d.quarantine(tx, src, res, flood); err != nil {
			return err
		}
		if err := d.noticeSource(tx, s, src, res.Next); err != nil {
			return err
		}
		if src.Kind == earshot.SourceThread && res.Next.Due.IsZero() {
			return tx.DropSource(src.ID)
		}
		return tx.PutSource(listedNow(res.Next, res.Outcome, len(res.Entries), d.now()))
	})
	if err != nil {
		return fmt.Errorf("keep what %s brought: %w", src.ID, err)
	}
	if added > 0 {
		poke(d.pokeWork)
	}
	return nil
}

// keep stores the entries of one read and says how many are new or revised, and
// whether they were a flood of old entries under new names.
func (d *Daemon) keep(tx *store.Tx, src earshot.Source, res crawler.Result) (work int, flood bool, err error) {
	if res.Removed {
		return 0, false, d.removed(tx, src)
	}
	read, err := d.identify(tx, src, res.Entries)
	if err != nil {
		return 0, false, err
	}
	flood = d.flood(src, read)
	silent := d.silence(src, flood)
	for _, r := range read {
		result, err := d.keepEntry(tx, src, r, silent)
		if err != nil {
			return work, flood, err
		}
		d.metrics.entries.WithLabelValues(result).Inc()
		if result == "added" || result == "revised" {
			work++
		}
	}
	return work, flood, nil
}

// keepEntry stores one entry: as new, as a revision, as another view of the same
// text, or not at all. The result is one of added, revised, same.
func (d *Daemon) keepEntry(tx *store.Tx, src earshot.Source, r reading, silent earshot.Reason) (string, error) {
	if r.known == nil {
		if gone, err := tx.Forgotten(r.read.Author.Key); err != nil || gone {
			return "same", err
		}
		if silent == "" && r.read.Kind == earshot.Post && d.now().Sub(r.read.Published) > earshot.LateFind {
			silent = earshot.ReasonStale
		}
		_, err := tx.AddEntry(crawler.Noticed(r.read), silent, d.now())
		return "added", err
	}
	next, change := crawler.Revise(*r.known, r.read)
	switch change {
	case crawler.Revised:
		return "revised", tx.ReviseEntry(next, d.now())
	case crawler.Noted:
		if next.Text != r.known.Text {
			next.Fingerprint = classify.Simhash(next.Text)
		}
		return "same", tx.UpdateEntry(next)
	}
	return "same", nil
}

// reading is an entry as it was just read, with what is stored of it.
type reading struct {
	read  earshot.Entry
	known *earshot.Entry
}

// identify finds out which entries are known, also under a changed id, so that
// a feed that renames its entries repeats nothing.
func (d *Daemon) identify(tx *store.Tx, src earshot.Source, entries []earshot.Entry) ([]reading, error) {
	out := make([]reading, 0, len(entries))
	var known []earshot.Entry
	for _, e := range entries {
		r := reading{read: e}
		stored, ok, err := tx.EntryByKey(e.Key)
		if err != nil {
			return nil, err
		}
		if !ok && src.Reads > 0 {
			if known == nil {
				if known, err = tx.SourceEntries(src.ID, 500); err != nil {
					return nil, err
				}
			}
			if i, _, same := crawler.Recognise(known, e); same {
				stored, ok = known[i], true
				r.read.Key = stored.Key
			}
		}
		if ok {
			r.known = &stored
		}
		out = append(out, r)
	}
	// Oldest first, so that a post is worked on before its follow-up.
	slices.SortStableFunc(out, func(a, b reading) int { return a.read.Published.Compare(b.read.Published) })
	return out, nil
}

// silence says why a whole read makes no messages: it is the source's first, it
// comes after a long outage of ours, or the source is in quarantine.
func (d *Daemon) silence(src earshot.Source, flood bool) earshot.Reason {
	switch {
	case src.Kind == earshot.SourceThread || src.Kind == earshot.SourcePush:
		return ""
	case src.FirstRead():
		return earshot.ReasonFirstRead
	case d.longAway(src):
		return earshot.ReasonBackfill
	case flood || inQuarantine(src, d.now()):
		return earshot.ReasonFlood
	}
	return ""
}

// removed dates the disappearance of a thread's post; the snapshot stays.
func (d *Daemon) removed(tx *store.Tx, src earshot.Source) error {
	entries, err := tx.EntriesAt(crawler.CanonicalURL(src.URL))
	if err != nil || len(entries) == 0 || !entries[0].Removed.IsZero() {
		return err
	}
	e := entries[0]
	e.Removed = d.now()
	return tx.UpdateEntry(e)
}

// noticeSource tells ops once that a source went deaf, and forgets it when it heals.
func (d *Daemon) noticeSource(tx *store.Tx, s *setup, was, is earshot.Source) error {
	key := "source/" + is.ID
	if is.State == earshot.SourceOK || is.State == earshot.SourceMoved {
		_, err := tx.Healed(key)
		return err
	}
	if is.Failures < 3 && is.State != earshot.SourceDead && is.State != earshot.SourceQuarantined || is.Kind == earshot.SourceThread {
		return nil
	}
	first, err := tx.Notice(key, d.now())
	if err != nil || !first {
		return err
	}
	do := "earshot inspect feed " + crawler.Redact(is.URL)
	if is.State == earshot.SourceQuarantined {
		do = "nothing, if it settles: then it is released after a day; or earshot release " + crawler.Redact(is.URL)
	}
	return d.tellOps(tx, s, earshot.OpsNotice{Key: is.ID + "/" + d.now().Format(time.RFC3339), What: deafWords(is), Do: do})
}

func deafWords(src earshot.Source) string {
	name := src.Title
	if name == "" {
		name = crawler.Redact(src.URL)
	}
	if src.State == earshot.SourceQuarantined {
		return name + " is in quarantine: " + strings.TrimSuffix(src.Reason, ".")
	}
	return fmt.Sprintf("%s is not heard: %s", name, strings.TrimSuffix(src.Reason, "."))
}

// observe counts one document.
func (d *Daemon) observe(e crawler.FetchEvent) {
	d.metrics.fetches.WithLabelValues(string(e.Outcome)).Inc()
	d.metrics.fetchSeconds.Observe(e.Duration.Seconds())
}
