package daemon

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// loops runs the daemon's goroutines; this file holds the only go statement.
type loops struct {
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
	log    *slog.Logger
	now    func() time.Time

	mu    sync.Mutex
	beats map[string]time.Time // when each loop last finished a step
}

func newLoops(log *slog.Logger, now func() time.Time) *loops {
	ctx, cancel := context.WithCancel(context.Background())
	return &loops{ctx: ctx, cancel: cancel, log: log, now: now, beats: map[string]time.Time{}}
}

// run starts a goroutine that stop waits for.
func (l *loops) run(f func()) {
	l.wg.Add(1)
	go func() {
		defer l.wg.Done()
		f()
	}()
}

// stop asks every loop to end and waits for them, but no longer than ctx.
func (l *loops) stop(ctx context.Context) error {
	l.cancel()
	done := make(chan struct{})
	// The waiter itself is not waited for, so it has loops of its own.
	new(loops).run(func() { l.wg.Wait(); close(done) })
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("loops did not end in time: %w", ctx.Err())
	}
}

// longest is how long a loop sleeps at most, and so how old a beat may grow.
const longest = 30 * time.Second

// breath is the shortest sleep between two steps: what is due and cannot be done
// must not spin. A poke ends it at once.
const breath = 25 * time.Millisecond

// step does the work that is due and returns when there may be more, zero for
// "when poked".
type step func(ctx context.Context) (next time.Time, err error)

// loop repeats a step: when it is due, or when poked. A step that fails or
// panics is logged and tried again, after 1 s and then up to a minute.
func (l *loops) loop(name string, poke <-chan struct{}, f step) {
	l.beat(name)
	l.run(func() {
		failures := 0
		for l.ctx.Err() == nil {
			next, err := safely(l.ctx, f)
			l.beat(name)
			wait := l.until(next)
			if err != nil && l.ctx.Err() == nil {
				failures++
				wait = min(time.Second<<min(failures-1, 6), time.Minute)
				l.log.Error("loop step", "loop", name, "again_in", wait, "err", err)
			} else {
				failures = 0
			}
			l.sleep(wait, poke)
		}
	})
}

func (l *loops) until(next time.Time) time.Duration {
	if next.IsZero() {
		return longest
	}
	return max(breath, min(next.Sub(l.now()), longest))
}

func (l *loops) sleep(d time.Duration, poke <-chan struct{}) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-poke:
	case <-l.ctx.Done():
	}
}

// safely turns a panic into an error: a poisoned entry must not end the loop.
func safely(ctx context.Context, f step) (next time.Time, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
		}
	}()
	return f(ctx)
}

func (l *loops) beat(name string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.beats[name] = l.now()
}

// stuck returns a loop that has not finished a step for too long, or "".
func (l *loops) stuck() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, at := range l.beats {
		if l.now().Sub(at) > 10*longest {
			return name
		}
	}
	return ""
}

// poke wakes a loop that sleeps; one that is busy looks again when done.
func poke(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

// slots bounds how many tasks of one kind run at once.
type slots chan struct{}

// take runs f in a goroutine if a slot is free; done is poked when it is free again.
func (s slots) take(l *loops, done chan struct{}, f func()) bool {
	select {
	case s <- struct{}{}:
	default:
		return false
	}
	l.run(func() {
		defer func() {
			<-s
			poke(done)
		}()
		f()
	})
	return true
}

func (s slots) free() int { return cap(s) - len(s) }
