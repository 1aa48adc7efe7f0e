package daemon

import (
	"testing"
	"testing/synctest"
	"time"

	"earshot"
)

// TestStillNoWordOpensTheCaseThatWasMissed: a post without a hard word opens no
// case; when its author tells weeks later that nobody answered, it does.
func TestStillNoWordOpensTheCaseThatWasMissed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := tellChronicle(t, chronicleSetting{start: spring(1, 5, 0), pace: 240, blogs: []string{"amy"}, yaml: carClub})
		defer c.stop()
		c.post("amy", "tow", "A Saturday in Scranton", "AAA towed the yellow Fiat to the garage by the river in Scranton. We had soup with a neighbour and walked home along the canal.")
		c.until(20 * 24 * time.Hour)
		for _, v := range c.cases() {
			t.Fatalf("the first post is no story for this test: it opened a case as %+v", v.Case.Label)
		}
		c.post("amy", "nope", "Still no answer", "Remember the yellow Fiat and the garage by the river in Scranton? Still no word from AAA about it.")
		first := c.mustCase("tow")
		if !silent(first) || first.Case.Joined != 1 || first.Case.Label.Intent != earshot.Complaint {
			t.Errorf("joined %d, label %+v, evidence %+v", first.Case.Joined, first.Case.Label, first.Case.Evidence)
		}
		if got := len(c.cases()); got != 1 {
			t.Errorf("%d cases, want one", got)
		}
		if first.Case.Clock.Clock == earshot.ClockOverdue || first.Case.Waiting(c.right()) < 19*24*time.Hour {
			t.Errorf("our clock %s, waiting %s: nobody is late with what nobody saw, though the author has waited", first.Case.Clock.Clock, first.Case.Waiting(c.right()))
		}
	})
}
