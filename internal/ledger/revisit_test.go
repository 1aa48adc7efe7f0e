package ledger

import (
	"testing"
	"time"

	"earshot"
)

// A look is due at a whole millisecond, as the store keeps times: else it would
// come due a little before its step, and be due again at once.
func TestALookIsAtAWholeMillisecond(t *testing.T) {
	now := time.Date(2026, 3, 3, 9, 0, 0, int(541*time.Millisecond), time.UTC)
	c := earshot.Case{Clock: earshot.ClockState{Clock: earshot.ClockRunning, Soon: now.Add(90*time.Minute + time.Millisecond), Due: now.Add(2*time.Hour + 3*time.Millisecond)}}
	s := Before(earshot.Source{ThreadFrom: now, Due: now.Add(24 * time.Hour), Revisits: []time.Duration{24 * time.Hour}}, c, now)
	if s.Due.Nanosecond()%int(time.Millisecond) != 0 {
		t.Errorf("the look is due at %v", s.Due)
	}
	for _, step := range s.Revisits {
		if step%time.Millisecond != 0 {
			t.Errorf("a step of %v", step)
		}
	}
}
