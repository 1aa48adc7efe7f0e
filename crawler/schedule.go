package crawler

import (
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"earshot"
)

const (
	retryAfterMax = 7 * 24 * time.Hour // longest Retry-After obeyed
	deadAfter     = 7 * 24 * time.Hour // no success for so long
	hourlyAfter   = 6 * time.Hour      // failing for so long: at most one poll an hour
	backoffMax    = 6 * time.Hour      // longest back-off; a source is never abandoned
)

// Read is what the schedule must know about one read of a source.
type Read struct {
	Outcome    Outcome
	Why        string        // in words, for the source's Reason
	RetryAfter time.Duration // the server's word, or 0
	Fresh      time.Duration // Cache-Control max-age, ttl, sy:*: how long it says it stays as it is
	SkipHours  []int         // UTC hours nobody need ask
	Entries    []time.Time   // when its entries were published, any order
	New        bool          // an entry was there that the last read did not bring
}

// Schedule decides when a source is read next and what state it is in. It is
// pure: jitter is a number in [0,1). Success sets the interval by the source's own
// habit; failure backs off exponentially, capped, for ever.
func Schedule(s earshot.Source, r Read, now time.Time, jitter float64) earshot.Source {
	s.LastTried = now
	if s.FirstTried.IsZero() {
		s.FirstTried = now
	}
	switch {
	case r.Outcome.Ours():
		return postpone(s, now, jitter)
	case r.Outcome.Success():
		return succeeded(s, r, now, jitter)
	}
	return failed(s, r, now, jitter)
}

// postpone counts nothing: our own network was down, or we stopped waiting.
func postpone(s earshot.Source, now time.Time, jitter float64) earshot.Source {
	s.Due = now.Add(spread(max(minEvery(s), time.Minute), jitter))
	if minEvery(s) < time.Minute {
		s.Due = now.Add(spread(minEvery(s), jitter))
	}
	return s
}

func succeeded(s earshot.Source, r Read, now time.Time, jitter float64) earshot.Source {
	s.Reads++
	s.Failures = 0
	s.LastSuccess = now
	if r.New {
		s.LastNewEntry = now
	}
	if s.Kind == earshot.SourceThread {
		return revisit(s, now, jitter)
	}
	s.Every = interval(s, r, now)
	wait := max(s.Every, min(r.Fresh, maxEvery(s)), min(r.RetryAfter, retryAfterMax))
	s.Due = skipHours(now.Add(spread(wait, jitter)), r.SkipHours)
	s.State, s.Reason = earshot.SourceOK, ""
	if r.Outcome == Moved {
		s.State, s.Reason = earshot.SourceMoved, r.Why
	}
	return s
}

// interval follows the source's habit: a sixth of the usual gap between its
// entries, wider the longer it has been silent.
func interval(s earshot.Source, r Read, now time.Time) time.Duration {
	every := s.Every
	switch gap := medianGap(r.Entries); {
	case gap > 0:
		every = gap / 6
		if silence := now.Sub(newest(r.Entries)); silence > 3*gap {
			every = max(every, silence/12)
		}
	case every == 0 || r.New:
		every = minEvery(s)
	default:
		every += every / 4
	}
	return min(max(every, minEvery(s)), maxEvery(s))
}

func medianGap(ts []time.Time) time.Duration {
	ts = slices.Clone(ts)
	slices.SortFunc(ts, time.Time.Compare)
	var gaps []time.Duration
	for i := max(1, len(ts)-20); i < len(ts); i++ {
		gaps = append(gaps, ts[i].Sub(ts[i-1]))
	}
	if len(gaps) < 2 {
		return 0
	}
	slices.Sort(gaps)
	return max(gaps[len(gaps)/2], time.Second)
}

func newest(ts []time.Time) time.Time { return slices.MaxFunc(ts, time.Time.Compare) }

// revisit takes the next step of a thread's widening schedule, counted from the
// first sight of its case; after the last step it stays as wide.
func revisit(s earshot.Source, now time.Time, jitter float64) earshot.Source {
	s.State, s.Reason = earshot.SourceOK, ""
	var last time.Duration
	for _, step := range s.Revisits {
		if due := s.ThreadFrom.Add(step); due.After(now) {
			s.Every = step - last
			s.Due = due.Add(spread(0, jitter))
			return s
		}
		last = step
	}
	s.Every = max(last, minEvery(s))
	if len(s.Revisits) == 0 {
		s.Every = maxEvery(s)
	}
	s.Due = now.Add(spread(s.Every, jitter))
	return s
}

func failed(s earshot.Source, r Read, now time.Time, jitter float64) earshot.Source {
	s.Failures++
	heard := s.LastSuccess
	if heard.IsZero() {
		heard = s.FirstTried
	}
	silent := now.Sub(heard)
	wait := backoff(s, silent)
	if r.Outcome == Gone || r.Outcome == Refused {
		wait = max(wait, backoffMax) // will hardly change soon
	}
	if s.Kind == earshot.SourceThread && r.Outcome == Gone {
		wait = max(wait, 24*time.Hour)
	}
	wait = max(wait, min(r.RetryAfter, retryAfterMax))
	s.Due = now.Add(spread(wait, jitter))
	s.Reason = r.Why
	switch {
	case silent >= deadAfter:
		s.State = earshot.SourceDead
		s.Reason = fmt.Sprintf("not heard since %s: %s", heard.UTC().Format("2 January 2006"), r.Why)
	case r.Outcome == Busy && !s.LastSuccess.IsZero(), s.Failures < 3 && !s.LastSuccess.IsZero() && r.Outcome != Gone:
		s.State = earshot.SourceLate
	default:
		s.State = earshot.SourceFailing
	}
	return s
}

// backoff doubles from the shortest interval, capped, and after six hours of
// silence is at least an hour.
func backoff(s earshot.Source, silent time.Duration) time.Duration {
	wait := minEvery(s)
	for i := 1; i < s.Failures && wait < backoffMax; i++ {
		wait *= 2
	}
	wait = min(wait, backoffMax)
	if silent >= hourlyAfter {
		wait = max(wait, time.Hour)
	}
	return wait
}

func minEvery(s earshot.Source) time.Duration {
	if s.MinEvery > 0 {
		return s.MinEvery
	}
	return 5 * time.Minute
}

func maxEvery(s earshot.Source) time.Duration {
	if s.MaxEvery > 0 {
		return max(s.MaxEvery, minEvery(s))
	}
	return max(24*time.Hour, minEvery(s))
}

// spread adds up to a tenth, never takes away: no limit is undercut by jitter.
func spread(d time.Duration, jitter float64) time.Duration {
	return d + time.Duration(float64(d)*jitter/10)
}

// skipHours moves a due time out of the hours a feed asks to be left alone in.
func skipHours(t time.Time, hours []int) time.Time {
	for range 24 {
		if !slices.Contains(hours, t.UTC().Hour()) {
			return t
		}
		t = t.UTC().Truncate(time.Hour).Add(time.Hour)
	}
	return t
}

// retryAfter reads Retry-After in both its forms.
func retryAfter(h http.Header, now time.Time) time.Duration {
	v := strings.TrimSpace(h.Get("Retry-After"))
	if v == "" {
		return 0
	}
	if n, err := strconv.ParseInt(v, 10, 64); err == nil {
		return min(max(0, time.Duration(min(n, 1<<30))*time.Second), retryAfterMax)
	}
	t, err := http.ParseTime(v)
	if err != nil {
		return 0
	}
	return min(max(0, t.Sub(now)), retryAfterMax)
}

// fresh reads how long a response says it stays fresh.
func fresh(h http.Header) time.Duration {
	var age time.Duration
	for part := range strings.SplitSeq(strings.ToLower(h.Get("Cache-Control")), ",") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		switch name {
		case "no-cache", "no-store":
			return 0
		case "max-age":
			if n, err := strconv.ParseInt(strings.Trim(value, `" `), 10, 64); err == nil && n > 0 {
				age = time.Duration(min(n, 1<<30)) * time.Second
			}
		}
	}
	return age
}
