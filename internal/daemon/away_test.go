package daemon

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"earshot/internal/demo"
)

// TestAfterALongAbsenceThereIsOneMessage stops the daemon for two days, while
// people write. What they wrote is not told card by card but in one welcome
// message; what they write afterwards makes cards again.
func TestAfterALongAbsenceThereIsOneMessage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o := openOutage(t, outageConfig)
		o.complain(2, "Norvane", false)
		o.run()
		time.Sleep(10 * time.Minute)
		if first := o.slack.Timeline("care"); len(first) != 1 || !strings.Contains(first[0].Last().Text, "2 cases") {
			t.Errorf("the first day says %s", texts(first))
		}
		o.stop()
		o.complain(4, "Norvane", false)
		time.Sleep(48 * time.Hour)
		back := time.Now()
		o.run()
		time.Sleep(10 * time.Minute)
		got := after(o.slack.Timeline("care"), back)
		if len(got) != 1 || !strings.Contains(got[0].Last().Text, "6 cases") {
			t.Errorf("after two days it says %s", texts(got))
		}
		o.complain(1, "Norvane", false)
		time.Sleep(10 * time.Minute)
		if got = after(o.slack.Timeline("care"), back); len(got) != 2 {
			t.Errorf("then a new post makes a card: %s", texts(got))
		}
		o.stop()
		short := time.Now()
		time.Sleep(2 * time.Hour)
		o.run()
		time.Sleep(10 * time.Minute)
		if got = after(o.slack.Timeline("care"), short); len(got) != 0 {
			t.Errorf("a short stop is no news: %s", texts(got))
		}
		o.stop()
	})
}

func texts(messages []demo.Message) (out []string) {
	for _, m := range messages {
		out = append(out, m.Posted().Format("Jan 2 15:04 ")+m.Last().Text)
	}
	return out
}
