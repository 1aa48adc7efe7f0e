package daemon

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"earshot/alert/webhook"
	"earshot/internal/store"
)

const latencyConfig = `
storage: {dsn: "sqlite:%[1]s/e.db"}
crawl: {per_host: 2000000000, interval: {min: 1s, max: 1s}}
brands: [{name: Norvane}, {name: Quorix}]
sources: [{feed: "http://blog.example/feed.xml"}]
receivers: [{name: hook, webhook: {url: "http://hook.example/in"}}]
routes: [{match: {brand: [Norvane, Quorix]}, to: hook}]
`

// TestLatency publishes five posts a second, in real time, and measures from
// the fetch that brought a post to the moment its alert was taken. It needs a
// quiet machine, so it runs by make latency only.
func TestLatency(t *testing.T) {
	seconds := number(t, "LATENCY_SECONDS", 0)
	if seconds == 0 {
		t.Skip("make latency runs it")
	}
	o := openOutage(t, latencyConfig)
	var mu sync.Mutex
	taken := map[string]time.Time{}
	o.web.Handle(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		taken[r.Header.Get(webhook.HeaderEvent)] = time.Now()
	}), "hook.example")
	var feed sync.Mutex
	o.web.Handle(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		feed.Lock()
		defer feed.Unlock()
		o.feed(w, r)
	}), "blog.example")
	o.run()
	time.Sleep(3 * time.Second) // the first reading is silent
	for range seconds * 5 {
		feed.Lock()
		o.say(thanks, 1, "Norvane", false) // five complaints a second would be a spike, which is one card
		feed.Unlock()
		time.Sleep(200 * time.Millisecond)
	}
	time.Sleep(5 * time.Second)
	waits := o.waits(taken)
	o.stop()
	if len(waits) < seconds*3 { // a fifth are complaints, soon one spike's card; some thanks are alike, and copies
		t.Fatalf("%d of %d posts were alerted", len(waits), seconds*5)
	}
	slices.Sort(waits)
	p50, p99 := waits[len(waits)/2], waits[len(waits)*99/100]
	t.Logf("latency fetch to alert: p50 %d ms (<= 100), p99 %d ms (<= 1000), %d posts at 5 a second", p50.Milliseconds(), p99.Milliseconds(), len(waits))
	if p50 > 100*time.Millisecond || p99 > time.Second {
		t.Errorf("too slow")
	}
}

// waits are the times from fetch to alert, by the key that the webhook was told.
func (o *outageWorld) waits(taken map[string]time.Time) (out []time.Duration) {
	err := o.daemon.store.Read(context.Background(), func(tx *store.Tx) error {
		alerts, err := tx.AlertsSince(time.Time{})
		for _, a := range alerts {
			at, ok := taken[a.Key]
			if !ok || err != nil || !strings.Contains(a.Key, "/card/") {
				continue
			}
			v, found, err := tx.CaseView(a.Case)
			if err != nil || !found {
				return fmt.Errorf("case %s: %v %w", a.Case, found, err)
			}
			out = append(out, at.Sub(v.FirstSeen))
		}
		return err
	})
	if err != nil {
		o.t.Fatal(err)
	}
	return out
}
