package insight

import (
	"cmp"
	"math"
	"slices"
	"time"
)

// Diagnosis is why nothing is heard.
type Diagnosis string

// The diagnoses, from the source outward: the first stage that is below its own
// limits is the one that is named.
const (
	FetchFailing  Diagnosis = "fetch_failing"  // the source cannot be read
	FeedEmpty     Diagnosis = "feed_empty"     // it is read, and lists nothing any more
	FeedFrozen    Diagnosis = "feed_frozen"    // it is read, and lists nothing new
	LayoutChanged Diagnosis = "layout_changed" // its pages are read, and no text is found in them
	RuleStopped   Diagnosis = "rule_stopped"   // as much is written as ever, and the brand is in none of it
	NoComplaints  Diagnosis = "no_complaints"  // the brand is named as often as ever, and nobody complains
	Quiet         Diagnosis = "quiet"          // less is written than usual, and nothing is broken
)

// Broken says whether somebody should look; quiet is nobody's fault.
func (d Diagnosis) Broken() bool { return d != Quiet && d != "" }

// Finding is one diagnosis: of a source, or of a brand.
type Finding struct {
	Diagnosis Diagnosis
	Source    string
	Brand     string
	Since     time.Time // the last that was heard
	Expected  float64   // how many would be usual since
}

// Ear is one source with what each stage of its reading brought.
type Ear struct {
	ID         string
	Failing    bool      // it cannot be read
	EmptySince time.Time // its document lists nothing since; zero if it does
	Read       time.Time // its last good reading
	Since      time.Time // when it began to be read
	Entries    Series    // new entries
	Pages      []Part    // pages that gave text, of those read, oldest first
}

// Rule is one brand's rule with what it brought.
type Rule struct {
	Brand      string
	Mentions   Series
	Complaints Series
}

// emptyFor is how long an empty list is taken for a hiccup.
const emptyFor = 3 * hour

// pagesInRow is how many pages without text it takes, and pagesBefore how many
// must be known from before.
const (
	pagesInRow  = 5
	pagesBefore = 10
)

// Listen diagnoses all sources and rules at now; since is when they began to be
// heard. No stage is judged before three weeks, or when so little is usual that
// nothing means nothing: a Poisson count of that mean is zero with a probability
// of Rare or more (shared among the sources, since so many are asked at once).
func Listen(ears []Ear, rules []Rule, since, now time.Time) []Finding {
	var out []Finding
	deaf := map[string]bool{}
	for _, e := range ears {
		if f, ok := e.diagnose(Rare/float64(len(ears)), now); ok {
			out, deaf[e.ID] = append(out, f), true
		}
	}
	all, well := Series{}, Series{}
	for _, e := range ears {
		for h, n := range e.Entries {
			all[h] += n
			if !deaf[e.ID] {
				well[h] += n
			}
		}
	}
	for _, r := range rules {
		if f, ok := r.diagnose(all, well, since, now); ok {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b Finding) int { return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.Brand, b.Brand)) })
	return out
}

func (e Ear) diagnose(rare float64, now time.Time) (Finding, bool) {
	f := Finding{Source: e.ID, Since: e.Entries.last(now)}
	f.Expected = e.Entries.missed(e.Since, e.Read)
	switch {
	case e.Failing:
		f.Diagnosis = FetchFailing
	case !e.EmptySince.IsZero() && now.Sub(e.EmptySince) >= emptyFor:
		f.Diagnosis = FeedEmpty
	case f.Expected > 0 && None(f.Expected) < rare:
		f.Diagnosis = FeedFrozen
	case bare(e.Pages, rare):
		f.Diagnosis = LayoutChanged
	}
	return f, f.Diagnosis != ""
}

// bare says whether the newest pages gave no text although pages before did.
func bare(pages []Part, rare float64) bool {
	run, i := 0, len(pages)
	for ; i > 0 && pages[i-1].K == 0; i-- {
		run += pages[i-1].N
	}
	var before Part
	for _, p := range pages[:i] {
		before.K, before.N = before.K+p.K, before.N+p.N
	}
	without := (float64(before.N-before.K) + .5) / float64(before.N+1)
	return run >= pagesInRow && before.N >= pagesBefore && math.Pow(without, float64(run)) < rare
}

// diagnose follows a brand's silence outward: is less written than usual, is the
// name in none of it, or is none of it a complaint? What the sources that are
// heard well would have brought decides, so that a deaf source does not hide a
// rule that stopped.
func (r Rule) diagnose(all, well Series, since, now time.Time) (Finding, bool) {
	f := Finding{Brand: r.Brand, Since: r.Mentions.last(now)}
	f.Expected = r.Mentions.missed(since, now)
	if None(f.Expected) < Rare {
		usual, _ := all.Season(f.Since, now, since)
		heard, _ := well.Sum(f.Since, now)
		wellUsual, _ := well.Season(f.Since, now, since)
		share := wellUsual.Expected() / max(usual.Expected(), 1)
		switch {
		case AtMost(heard, wellUsual.Expected()) < Rare:
			f.Diagnosis = Quiet
		case None(f.Expected*share) < Rare:
			f.Diagnosis = RuleStopped
		}
		return f, f.Diagnosis != ""
	}
	f.Since = r.Complaints.last(now)
	f.Expected = r.Complaints.missed(since, now)
	if None(f.Expected) >= Rare {
		return f, false
	}
	usual, _ := r.Mentions.Season(f.Since, now, since)
	n, _ := r.Mentions.Sum(f.Since, now)
	f.Diagnosis = NoComplaints
	if AtMost(n, usual.Expected()) < Rare {
		f.Diagnosis = Quiet
	}
	return f, true
}

// last is the end of the last hour that brought anything, zero if none did.
func (s Series) last(now time.Time) time.Time {
	var last int64
	for h, n := range s {
		if n > 0 && h > last && h*3600 <= now.Unix() {
			last = h
		}
	}
	if last == 0 {
		return time.Time{}
	}
	return time.Unix((last+1)*3600, 0).UTC()
}

// missed is how many would be usual since the last that came, until a time; 0
// if that is not known yet.
func (s Series) missed(since, until time.Time) float64 {
	last := s.last(until)
	if last.IsZero() || !until.After(last) {
		return 0
	}
	u, ok := s.Season(last, until, since)
	if !ok {
		return 0
	}
	return u.Expected()
}
