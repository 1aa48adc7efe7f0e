package daemon

import (
	"context"
	"fmt"
	"slices"
	"time"

	"earshot"
	"earshot/classify"
	"earshot/crawler"
	"earshot/internal/store"
)

const (
	workLease   = 5 * time.Minute
	workers     = 8 // they mostly wait for pages
	maxAttempts = 6 // then the entry is poison and set aside
)

// workStep takes entries that are due and works on them side by side.
func (d *Daemon) workStep(ctx context.Context) (time.Time, error) {
	free := d.working.free()
	if free == 0 {
		return time.Time{}, nil // poked when a slot is free
	}
	var jobs []store.Job
	err := d.store.Write(ctx, func(tx *store.Tx) (err error) {
		jobs, err = tx.ClaimEntries(store.Lease{By: d.name, Now: d.now(), For: workLease, N: free})
		return err
	})
	if err != nil {
		return time.Time{}, err
	}
	slices.SortFunc(jobs, func(a, b store.Job) int { return int(a.Entry.ID - b.Entry.ID) })
	for _, job := range jobs {
		d.working.take(d.loops, d.pokeWork, func() { d.workOrDelay(ctx, job) })
	}
	var next time.Time
	err = d.store.Read(ctx, func(tx *store.Tx) (err error) {
		next, err = tx.NextEntry()
		return err
	})
	return next, err
}

// workOrDelay works on one entry. One that fails or panics is tried again, later
// each time; one that never succeeds is set aside, and the loop goes on.
func (d *Daemon) workOrDelay(ctx context.Context, job store.Job) {
	_, err := safely(ctx, func(ctx context.Context) (time.Time, error) { return time.Time{}, d.work(ctx, job) })
	if err == nil || ctx.Err() != nil {
		return
	}
	poison := job.Attempts >= maxAttempts
	d.log.Error("work on entry", "entry", job.Entry.ID, "attempt", job.Attempts, "set_aside", poison, "err", err)
	due := d.now().Add(min(time.Second<<(2*min(job.Attempts, 6)), time.Hour))
	if err := d.store.Write(ctx, func(tx *store.Tx) error { return tx.DelayEntry(job.Entry.ID, due, poison) }); err != nil && ctx.Err() == nil {
		d.log.Error("delay entry", "entry", job.Entry.ID, "err", err)
	}
}

// judged is an entry after reading, spotting and judging, ready to be settled.
type judged struct {
	job      store.Job
	entry    earshot.Entry
	parts    []earshot.Entry   // further posts that stood on the same page
	comments []earshot.Entry   // found on the page: entries of their own
	page     string            // store.PageText or PageBare if its page was read for its text, else ""
	mentions []earshot.Mention // with verdicts, and with reasons for those that are none
}

// work completes, splits, spots and judges one entry, then settles it in one commit.
func (d *Daemon) work(ctx context.Context, job store.Job) error {
	s := d.setup.Load()
	j := judged{job: job, entry: job.Entry}
	if err := d.complete(ctx, s, &j); err != nil {
		return err
	}
	if parts := crawler.Split(j.entry); len(parts) > 1 {
		j.entry, j.parts = keepStored(parts[0], job.Entry), parts[1:]
	}
	e := &j.entry
	e.Lang, e.LangSure = classify.DetectLang(e.Title+"\n"+e.Text, e.Lang)
	e.Fingerprint = classify.Simhash(e.Text)
	d.judge(s, &j)
	if err := d.settle(ctx, s, j); err != nil {
		return fmt.Errorf("settle entry %d: %w", job.Entry.ID, err)
	}
	return nil
}

func keepStored(part, stored earshot.Entry) earshot.Entry {
	part.ID, part.Key, part.Hash, part.FirstSeen, part.Revision = stored.ID, stored.Key, stored.Hash, stored.FirstSeen, stored.Revision
	return part
}

// complete fetches the page of a post whose feed gave only a summary. A page that
// cannot be had now is tried again twice; then the summary must do.
func (d *Daemon) complete(ctx context.Context, s *setup, j *judged) error {
	e := j.entry
	if e.Kind != earshot.Post || !e.Summary || e.URL == "" {
		return nil
	}
	full, comments, err := s.crawler.Complete(ctx, e)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil && j.job.Attempts < 3 && transient(crawler.OutcomeOf(err)):
		return fmt.Errorf("complete: %w", err)
	case err != nil:
		d.log.Info("page not had, judging the summary", "entry", e.ID, "outcome", crawler.OutcomeOf(err))
		return nil
	}
	full = crawler.Completed(e, full)
	full.Hash = e.Hash // stays the feed's: copies of a feed are known by it
	if j.page = store.PageText; full.Summary {
		j.page = store.PageBare
	}
	j.entry, j.comments = full, comments
	return nil
}

func transient(o crawler.Outcome) bool {
	switch o {
	case crawler.HTTP5xx, crawler.Busy, crawler.Timeout, crawler.DNS, crawler.Unreachable, crawler.Offline:
		return true
	}
	return false
}

// judge spots all brands and judges those that are really meant.
func (d *Daemon) judge(s *setup, j *judged) {
	j.mentions = s.classifier.Spot(j.entry)
	for i, m := range j.mentions {
		if m.Reason != "" {
			continue
		}
		others := slices.Concat(j.mentions[:i], j.mentions[i+1:])
		began := time.Now()
		j.mentions[i].Verdict = s.classifier.Judge(j.entry, m, others)
		d.metrics.judgeSeconds.Observe(time.Since(began).Seconds())
		j.mentions[i].Verdict.DecidedAt = d.now()
	}
}
