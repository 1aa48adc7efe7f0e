package daemon

import (
	"context"
	"errors"
	"time"

	"earshot"
	"earshot/config"
	"earshot/crawler"
	"earshot/internal/store"
)

const (
	floodAt    = 30             // so many unknown entries at once from a known source, most of them old
	settledFor = 24 * time.Hour // without another flood: a quarantine ends by itself
)

// flood says whether a source that was known suddenly brings many old entries
// under new names.
func (d *Daemon) flood(src earshot.Source, read []reading) bool {
	if src.Kind == earshot.SourceThread || src.Kind == earshot.SourcePush || src.FirstRead() || d.longAway(src) {
		return false
	}
	fresh, old := 0, 0
	for _, r := range read {
		if r.known == nil {
			fresh++
			if d.now().Sub(r.read.Published) > 48*time.Hour {
				old++
			}
		}
	}
	return fresh >= floodAt && old*2 > fresh
}

// longAway says whether a source was last heard more than a day before we started:
// what it brings now is history that is filled in.
func (d *Daemon) longAway(src earshot.Source) bool {
	return !src.LastSuccess.IsZero() && src.LastSuccess.Before(d.started.Add(-24*time.Hour))
}

// inQuarantine says whether what a source brings is kept without a message.
func inQuarantine(src earshot.Source, now time.Time) bool {
	return !src.Flooded.IsZero() && now.Sub(src.Flooded) < settledFor
}

// quarantine sets a source aside after a flood, keeps it so over later reads, and
// lets it go when it has settled or a person released it meanwhile.
func (d *Daemon) quarantine(tx *store.Tx, was earshot.Source, res crawler.Result, flood bool) (earshot.Source, error) {
	next, now := res.Next, d.now()
	switch {
	case flood:
		next.Flooded = now
	case was.Flooded.IsZero():
		return next, nil
	default:
		stored, ok, err := tx.Source(was.ID)
		if err != nil {
			return next, err
		}
		if ok && stored.Flooded.IsZero() || res.Outcome.Success() && !inQuarantine(next, now) {
			d.log.Info("source left quarantine", "source", was.ID)
			next.Flooded = time.Time{}
			return next, nil
		}
	}
	if next.State == earshot.SourceOK || next.State == earshot.SourceMoved {
		next.State = earshot.SourceQuarantined
		next.Reason = "many of its old entries came under new names at once; what it brings is kept, and nobody is told"
	}
	return next, nil
}

// Release ends the quarantine of a source, named by its address as the config has
// it or as people are shown it. The daemon may run meanwhile.
func Release(ctx context.Context, cfg *config.Config, address string, now time.Time) error {
	st, err := openToRead(ctx, cfg)
	if err != nil {
		return err
	}
	err = st.Write(ctx, func(tx *store.Tx) error {
		all, err := tx.Sources()
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.Kind == earshot.SourceThread || s.URL != address && s.ID != address && crawler.Redact(s.URL) != address {
				continue
			}
			if s.Flooded.IsZero() {
				return &earshot.Fault{Code: "not_quarantined", What: crawler.Redact(s.URL) + " is not in quarantine", Do: "see its state on the dashboard under Sources"}
			}
			s.Flooded = time.Time{}
			if s.State == earshot.SourceQuarantined {
				s.State, s.Reason = earshot.SourceOK, ""
			}
			if err := tx.PutSource(s); err != nil {
				return err
			}
			return tx.PutDeed(store.Deed{At: now, Deed: "source_released", Subject: crawler.Redact(s.URL)})
		}
		return &earshot.Fault{Code: "source_unknown", What: "no source has the address " + crawler.Redact(address), Do: "copy it from the config"}
	})
	return errors.Join(err, st.Close())
}
