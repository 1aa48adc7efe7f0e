package demo

import (
	"context"
	"math/rand/v2"
	"net/http"
	"slices"
	"sync"
	"time"
)

// FaultKind is a way in which a call goes wrong.
type FaultKind string

// The faults.
const (
	FaultUnavailable FaultKind = "unavailable" // 503, nothing is stored
	FaultRateLimited FaultKind = "ratelimited" // 429 with Retry-After, nothing is stored
	FaultTimeout     FaultKind = "timeout"     // stored, but the answer never arrives: the caller is in doubt
	FaultLost        FaultKind = "lost"        // never arrives, and no answer either
	FaultCut         FaultKind = "cut"         // stored, then the connection breaks
	FaultSlow        FaultKind = "slow"        // answered after For
)

// Fault makes the next calls go wrong: N of them, or all until Until.
type Fault struct {
	Kind   FaultKind     `json:"kind"`
	Method string        `json:"method,omitempty"` // "" is every method; "hook" is incoming webhooks
	N      int           `json:"n,omitempty"`      // 0 is 1, unless Until is set
	Until  time.Time     `json:"until,omitzero"`
	After  time.Duration `json:"after,omitempty"` // ratelimited: Retry-After; 1s. In JSON: nanoseconds
	For    time.Duration `json:"for,omitempty"`   // slow: how long; timeout, lost: at most so long, 5m
}

// Chaos draws a fault for each call with the given probabilities; the same seed
// and calls give the same faults.
type Chaos map[FaultKind]float64

// faults is the script the workspace follows.
type faults struct {
	mu     sync.Mutex
	script []Fault
	chaos  Chaos
	rand   *rand.Rand
}

func (f *faults) seed(n uint64) { f.rand = rand.New(rand.NewPCG(n, n+1)) }

// Fail adds faults to the end of the script.
func (s *Slack) Fail(list ...Fault) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	for _, f := range list {
		if f.N == 0 && f.Until.IsZero() {
			f.N = 1
		}
		s.faults.script = append(s.faults.script, f)
	}
}

// Heal forgets the rest of the script and the chaos.
func (s *Slack) Heal() {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.script, s.faults.chaos = nil, nil
}

// SetChaos makes calls go wrong at random, reproducible by seed; nil stops it.
func (s *Slack) SetChaos(seed uint64, c Chaos) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.seed(seed)
	s.faults.chaos = c
}

// draw takes the fault of one call: of the script first, else by chance.
func (f *faults) draw(method string, now time.Time) Fault {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.script = slices.DeleteFunc(f.script, func(x Fault) bool { return x.N == 0 && !now.Before(x.Until) })
	for i := range f.script {
		x := &f.script[i]
		if x.Method != "" && x.Method != method {
			continue
		}
		out := *x
		if x.N > 0 {
			x.N--
			if x.N == 0 && x.Until.IsZero() {
				f.script = slices.Delete(f.script, i, i+1)
			}
		}
		return out
	}
	return f.chance()
}

// chance draws in a fixed order of kinds, so that a seed means one history.
func (f *faults) chance() Fault {
	if len(f.chaos) == 0 {
		return Fault{}
	}
	x := f.rand.Float64()
	for _, k := range []FaultKind{FaultUnavailable, FaultRateLimited, FaultTimeout, FaultLost, FaultCut, FaultSlow} {
		if x < f.chaos[k] {
			return Fault{Kind: k}
		}
		x -= f.chaos[k]
	}
	return Fault{}
}

// refuses says whether the call is not carried out at all.
func (f Fault) refuses() bool {
	return f.Kind == FaultUnavailable || f.Kind == FaultRateLimited || f.Kind == FaultLost
}

// delay holds a slow call back; a caller that leaves ends it.
func (f Fault) delay(ctx context.Context) {
	if f.Kind == FaultSlow {
		pause(ctx, max(f.For, 100*time.Millisecond))
	}
}

// answer answers in the fault's way and returns true, or returns false if the
// true answer is to be sent. A call that is never answered ends when the caller
// leaves; http.ErrAbortHandler then breaks the connection without a log line.
func (f Fault) answer(w http.ResponseWriter, r *http.Request) bool {
	switch f.Kind {
	case FaultUnavailable:
		http.Error(w, "upstream connect error", http.StatusServiceUnavailable)
		return true
	case FaultRateLimited:
		out := refuse("ratelimited")
		out.after = f.After
		writeReply(w, nil, out)
		return true
	case FaultTimeout, FaultLost:
		limit := f.For
		if limit == 0 {
			limit = 5 * time.Minute
		}
		pause(r.Context(), limit)
		panic(http.ErrAbortHandler)
	case FaultCut:
		panic(http.ErrAbortHandler)
	}
	return false
}

// pause waits for d or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
