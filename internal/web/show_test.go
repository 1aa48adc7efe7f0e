package web

import (
	"net/http"
	"os"
	"testing"
	"time"
)

// TestShow serves the invented world for a while, to look at the pages:
// EARSHOT_SHOW=127.0.0.1:8099 go test ./internal/web -run TestShow -timeout 0.
func TestShow(t *testing.T) {
	addr := os.Getenv("EARSHOT_SHOW")
	if addr == "" {
		t.Skip("set EARSHOT_SHOW to an address to look at the pages")
	}
	w, ids := populate(t)
	if os.Getenv("EARSHOT_CROWD") != "" {
		w.crowd()
	}
	t.Logf("cases: %v", ids)
	if os.Getenv("EARSHOT_EMPTY") != "" {
		w = newWorld(t)
	}
	health := Health{OK: 4, Total: 6, Deaf: []Deaf{{What: "Binari morti", Why: "the site answers 503", Since: w.now.Add(-10 * time.Hour)}, {What: "Commuters’ forum", Why: "all ids changed, 214 entries wait in quarantine", Since: w.now.Add(-2 * time.Hour)}}}
	h := w.handler(func(o *Options) { o.Health = func() Health { return health } })
	srv := &http.Server{Addr: addr, Handler: h, ReadHeaderTimeout: 5 * time.Second}
	t.Log(srv.ListenAndServe())
}
