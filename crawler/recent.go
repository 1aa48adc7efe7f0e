package crawler

import (
	"sync"
	"time"
)

// recent remembers when something was last done, for at most max things.
type recent struct {
	mu  sync.Mutex
	max int
	at  map[string]time.Time
}

func newRecent(n int) *recent { return &recent{max: n, at: map[string]time.Time{}} }

func (r *recent) within(key string, now time.Time, d time.Duration) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	t, ok := r.at[key]
	return ok && now.Sub(t) < d
}

func (r *recent) mark(key string, now time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.at) >= r.max {
		clear(r.at) // forgetting costs one more read, never a wrong one
	}
	r.at[key] = now
}
