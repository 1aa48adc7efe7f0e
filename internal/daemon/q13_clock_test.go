package daemon

import (
	"context"
	"fmt"
	"math/rand"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/internal/demo"
	"earshot/internal/store"
)

// q13 counts what the clock's trials find.
type q13 struct{ cases, breaches, wrong, missing int }

// q13Zone is a place with its own idea of time, and a brand that works by it.
type q13Zone struct{ brand, zone, holiday string }

// q13Zones change their clocks within a fortnight of March and April 2026: at
// one on a Sunday morning, on a Friday, at midnight, and by half an hour.
func q13Zones() []q13Zone {
	return []q13Zone{{"Fjordline", "Europe/Rome", "2026-04-06"}, {"Levantel", "Asia/Jerusalem", ""}, {"Andesol", "America/Santiago", "2026-04-03"}, {"Howebank", "Australia/Lord_Howe", ""}}
}

const (
	q13Hours  = "Mon-Fri 09:00-17:00"
	q13Answer = 6 * time.Hour
)

func q13Config(zones []q13Zone) string {
	var brands, calendars strings.Builder
	for _, z := range zones {
		fmt.Fprintf(&brands, "  - {name: %s, sla: [{match: {intent: complaint}, answer: 6h, calendar: %s}]}\n", z.brand, strings.ToLower(z.brand))
		holidays := ""
		if z.holiday != "" {
			holidays = ", holidays: [" + z.holiday + "]"
		}
		fmt.Fprintf(&calendars, "  %s: {zone: %s, hours: %q%s}\n", strings.ToLower(z.brand), z.zone, q13Hours, holidays)
	}
	return "brands:\n" + brands.String() + "calendars:\n" + calendars.String()
}

// truth counts open minutes one by one, by the wall clock of the zone: nothing
// of it is the product's.
func (z q13Zone) truth(t *testing.T, from time.Time) time.Time {
	t.Helper()
	place, err := time.LoadLocation(z.zone)
	if err != nil {
		t.Fatal(err)
	}
	left := q13Answer
	for at := from; ; {
		next := at.Truncate(time.Minute).Add(time.Minute)
		wall := at.In(place)
		open := wall.Weekday() != time.Saturday && wall.Weekday() != time.Sunday && wall.Hour() >= 9 && wall.Hour() < 17 && wall.Format(time.DateOnly) != z.holiday
		if open {
			if next.Sub(at) >= left {
				return at.Add(left)
			}
			left -= next.Sub(at)
		}
		at = next
	}
}

// score compares every case of the zones with the truth. Late is how long after
// its time a breach may be said; end is when the trial ended.
func (q *q13) score(t *testing.T, c *chronicle, zones []q13Zone, late time.Duration, end time.Time) {
	t.Helper()
	err := c.daemon.store.Read(context.Background(), func(tx *store.Tx) error {
		views, err := tx.OpenCases(nil, 1000)
		if err != nil {
			return err
		}
		for _, v := range views {
			i := slices.IndexFunc(zones, func(z q13Zone) bool { return z.brand == v.Case.Brand })
			events, err := tx.Events(v.Case.ID)
			if err != nil {
				return err
			}
			var said []earshot.Event
			for _, e := range events {
				if e.Kind == earshot.EventOverdue {
					said = append(said, e)
				}
			}
			q.cases++
			q.breaches += len(said)
			due, clocked := zones[i].truth(t, v.Case.FirstSeen), !v.Case.LateFound() && v.Case.Published.Year() > 2000
			switch {
			case len(said) > 1, len(said) == 1 && (!clocked || said[0].At.Before(due) || !said[0].Data.Due.Equal(due.Truncate(time.Millisecond))):
				q.wrong++
				t.Errorf("%s seen %s: overdue said %d times, first at %s for %s; due is %s", v.Case.Brand, v.Case.FirstSeen, len(said), said[0].At, said[0].Data.Due, due)
			case len(said) == 1 && said[0].At.After(due.Add(late)), len(said) == 0 && clocked && due.Add(late).Before(end):
				q.missing++
				t.Errorf("%s seen %s: due %s, overdue said %d times, in time or not at all", v.Case.Brand, v.Case.FirstSeen, due, len(said))
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// q13Complaint is a complaint that nobody doubts, each about another thing.
func q13Complaint(brand string, n int) (title, text string) {
	thing := []string{"suitcase", "parcel", "invoice", "router", "booking", "voucher", "bicycle", "piano", "passport", "garden chair", "telescope", "wedding dress"}[n%12]
	return brand + " and the " + thing, fmt.Sprintf("I am furious with %s. They broke my %s, number %d, and %s is dreadful, rude and useless. I want a refund.", brand, thing, n, brand)
}

// q13Publish lets people complain about every brand at random times.
func (c *chronicle) q13Publish(r *rand.Rand, zones []q13Zone, n int, within time.Duration) {
	c.t.Helper()
	var at []time.Duration
	for range n {
		at = append(at, time.Duration(r.Int63n(int64(within))))
	}
	slices.Sort(at)
	for i, d := range at {
		c.until(6*time.Hour + d)
		z := zones[i%len(zones)]
		title, text := q13Complaint(z.brand, i)
		if err := c.blogs.Publish(demo.Post{Slug: fmt.Sprintf("q%d", i), Site: []string{"amy", "ben", "cleo", "dora"}[i/len(zones)%4], Title: title, Text: text}); err != nil {
			c.t.Fatal(err)
		}
	}
}

const q13Seed = 13

func TestQ13(t *testing.T) {
	if testing.Short() {
		t.Skip("the clock's trials take half a minute")
	}
	var q q13
	for name, trial := range map[string]func(*testing.T, *q13){"four zones change their clocks": q13ZonesChange, "a leap day": q13LeapDay, "the clock is a day wrong": q13Wrong, "dates of 1970, 2041 and none": q13Dates} {
		t.Run(name, func(t *testing.T) { synctest.Test(t, func(t *testing.T) { trial(t, &q) }) })
	}
	fmt.Printf("Q13 clock: %d wrong SLA breaches of %d said on %d cases, %d missing, seed %d\n", q.wrong, q.breaches, q.cases, q.missing, q13Seed)
	if q.breaches < 40 {
		t.Errorf("only %d breaches were tried", q.breaches)
	}
}

// q13Late is how long after its time a breach may be said here: the loops look
// every half minute of the bubble.
const q13Late = 2 * time.Hour

func q13ZonesChange(t *testing.T, q *q13) {
	zones := q13Zones()
	c := tellChronicle(t, chronicleSetting{start: spring(3, 25, 0), blogs: []string{"amy", "ben", "cleo", "dora"}, yaml: q13Config(zones)})
	defer c.stop()
	c.q13Publish(rand.New(rand.NewSource(q13Seed)), zones, 40, 13*24*time.Hour)
	c.until(18 * 24 * time.Hour)
	q.score(t, c, zones, q13Late, c.right())
}

func q13LeapDay(t *testing.T, q *q13) {
	zones := []q13Zone{{"Fjordline", "America/New_York", ""}, {"Levantel", "Asia/Shanghai", "2028-02-29"}}
	c := tellChronicle(t, chronicleSetting{start: time.Date(2028, 2, 25, 0, 0, 0, 0, time.UTC), blogs: []string{"amy", "ben", "cleo", "dora"}, yaml: q13Config(zones)})
	defer c.stop()
	c.q13Publish(rand.New(rand.NewSource(q13Seed+1)), zones, 12, 5*24*time.Hour)
	c.until(9 * 24 * time.Hour)
	q.score(t, c, zones, q13Late, c.right())
}

// q13Wrong sets the machine's clock a day ahead for eight minutes, back, a day
// back for good, and lets it catch up: nobody is called late before the time.
func q13Wrong(t *testing.T, q *q13) {
	zones := q13Zones()[:2]
	leap := &atomic.Int64{}
	c := tellChronicle(t, chronicleSetting{start: spring(5, 4, 0), pace: 12, leap: leap, blogs: []string{"amy", "ben", "cleo", "dora"}, yaml: q13Config(zones)})
	defer c.stop()
	c.q13Publish(rand.New(rand.NewSource(q13Seed+2)), zones, 8, 2*time.Hour)
	c.until(10 * time.Hour)
	leap.Store(int64(24 * time.Hour))
	c.wait(8 * time.Minute)
	leap.Store(0)
	c.until(11 * time.Hour)
	leap.Store(-int64(24 * time.Hour))
	before := len(c.slack.Messages())
	if err := c.blogs.Publish(demo.Post{Slug: "back", Site: "amy", Title: "Fjordline, once more", Text: "I am furious with Fjordline. They lost my parcel and refused a refund. Terrible, useless people."}); err != nil {
		t.Fatal(err)
	}
	c.until(16 * time.Hour)
	if len(c.slack.Messages()) == before {
		t.Error("a clock that was set back a day keeps Earshot from reading and telling")
	}
	c.until(5 * 24 * time.Hour)
	q.score(t, c, zones, q13Late, c.daemon.now())
}

func q13Dates(t *testing.T, q *q13) {
	zones := q13Zones()[:2]
	c := tellChronicle(t, chronicleSetting{start: spring(5, 4, 0), blogs: []string{"amy", "ben", "cleo", "dora"}, yaml: q13Config(zones)})
	defer c.stop()
	c.web.Handle(undated{}, "amy.example")
	for i, published := range []time.Time{time.Unix(0, 0).UTC(), time.Date(1970, 1, 1, 12, 0, 0, 0, time.UTC), time.Date(2041, 7, 1, 12, 0, 0, 0, time.UTC), c.right().Add(26 * time.Hour), c.right().Add(-25 * time.Hour)} {
		title, text := q13Complaint(zones[i%2].brand, i)
		if err := c.blogs.Publish(demo.Post{Slug: fmt.Sprintf("d%d", i), Site: "ben", Title: title, Text: text, Published: published}); err != nil {
			t.Fatal(err)
		}
	}
	c.until(9 * 24 * time.Hour)
	if n := len(c.cases()); n < 5 {
		t.Errorf("%d cases of 6 posts", n)
	}
	q.score(t, c, zones, q13Late, c.right())
}

// undated serves a feed whose items have no date at all.
type undated struct{}

func (undated) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/feed/" {
		http.NotFound(w, r)
		return
	}
	title, text := q13Complaint("Fjordline", 99)
	w.Header().Set("Content-Type", "application/rss+xml")
	fmt.Fprintf(w, `<?xml version="1.0"?><rss version="2.0"><channel><title>Amy writes</title><link>http://amy.example/</link><item><title>%s</title><link>http://amy.example/undated/</link><guid>u1</guid><description>%s</description></item></channel></rss>`, title, text)
}
