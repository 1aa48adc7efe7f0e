package web

import (
	"database/sql"
	"fmt"
	"os"
	"slices"
	"testing"
	"time"
)

// TestScale fills a store with as many mentions as EARSHOT_SCALE says, a tenth
// as many cases, and prints how long each page takes:
// EARSHOT_SCALE=1000000 go test ./internal/web -run TestScale -v -timeout 30m.
func TestScale(t *testing.T) {
	n := atoi(os.Getenv("EARSHOT_SCALE"))
	if n == 0 {
		t.Skip("set EARSHOT_SCALE to a number of mentions")
	}
	w, ids := populate(t)
	w.crowd()
	w.multiply(n)
	s := server(t, w)
	all := append(paths(s, ids["ledger"]), "/mentions?q=late", "/mentions?days=all", "/mentions?brand=Banca+Lume&days=30", "/cases?status=open", "/cases?order=waiting", "/alerts?days=30")
	for _, path := range all {
		var took []time.Duration
		for range 5 {
			start := time.Now()
			get(s.Handler(), path)
			took = append(took, time.Since(start))
		}
		slices.Sort(took)
		t.Logf("%-48s %8.1f ms", path, float64(took[len(took)/2].Microseconds())/1000)
	}
}

// multiply copies rows in the database itself: through the doors of the root
// package a million would take an hour.
func (w *world) multiply(n int) {
	w.t.Helper()
	db, err := sql.Open("sqlite", "file:"+w.store.Name()+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(60000)")
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() {
		if err := db.Close(); err != nil {
			w.t.Error(err)
		}
	}()
	now, year := w.now.UnixMilli(), int64(400*24*time.Hour/time.Millisecond)
	for _, q := range []string{
		fmt.Sprintf(`WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM g WHERE i < %d)
			INSERT INTO entries (id, key, source, kind, thread, canonical, url, author_key, lang, published, first_seen, revision, hash, work, work_due, data)
			SELECT 100000 + i, 'k' || i, e.source, 'post', 'https://t.example/' || i, 'https://t.example/' || i, e.url, 'author' || (i %% 50000), e.lang,
			%d - i * (%d / %d), %d - i * (%d / %d) + 60000, 1, 'h' || i, 'done', 0, e.data FROM g, (SELECT * FROM entries ORDER BY id DESC LIMIT 1) e`, n, now, year, n, now, year, n),
		`INSERT INTO revisions (entry, revision, seen_at, hash, title, body) SELECT id, 1, first_seen, hash, 'A title', 'Norrsken Rail was late again, trip ' || id FROM entries WHERE id > 100000`,
		`INSERT INTO mentions (entry, brand, reason, intent, sentiment, severity, lang, published, first_seen, case_id, data)
			SELECT e.id, CASE e.id % 3 WHEN 0 THEN 'Norrsken Rail' WHEN 1 THEN 'Banca Lume' ELSE 'Kestrel Air' END, '', CASE WHEN e.id % 5 = 0 THEN 'complaint' WHEN e.id % 11 = 0 THEN 'compliment' ELSE 'none' END,
			'neutral', 1, CASE e.id % 4 WHEN 0 THEN 'es' ELSE 'en' END, e.published, e.first_seen, CASE WHEN e.id % 10 = 0 THEN 'x' || e.id ELSE '' END, m.data
			FROM entries e, (SELECT data FROM mentions ORDER BY id DESC LIMIT 1) m WHERE e.id > 100000`,
		`INSERT INTO cases (id, n, rev, brand, story, thread, author_key, work, answer, clock, status, intent, severity, owner, merged, silent, published, opened_at, closed_at, answered_at, due_at, promise_at, tick_at, moved_at, data)
			SELECT 'x' || m.entry, 1000 + m.entry, 3, m.brand, m.entry, 'https://t.example/' || m.entry, 'author' || (m.entry % 50000), CASE WHEN m.entry % 200 = 0 THEN 'new' ELSE 'closed' END,
			CASE WHEN m.entry % 200 = 0 THEN 'none' ELSE 'responded' END, CASE WHEN m.entry % 200 = 0 THEN 'overdue' ELSE 'none' END, CASE WHEN m.entry % 200 = 0 THEN 'overdue' ELSE 'closed' END, m.intent, 1, '', '', '',
			m.published, m.first_seen, 0, CASE WHEN m.entry % 200 = 0 THEN 0 ELSE m.published + 7200000 END, m.published + 14400000, 0, 0, m.first_seen, c.data
			FROM mentions m, (SELECT data FROM cases ORDER BY n DESC LIMIT 1) c WHERE m.entry > 100000 AND m.case_id <> ''`,
		`INSERT INTO events (case_id, seq, kind, at, actor, action, data) SELECT id, 1, 'opened', opened_at, '', '', '{}' FROM cases WHERE id LIKE 'x%'`,
		`INSERT INTO alerts (key, subject, kind, event, receiver, route, case_id, reason, why, created, decided, data) SELECT 'a' || id, id, 'card', 'opened', 'care', 'r', id, 'sent', '', opened_at, opened_at, '{}' FROM cases WHERE id LIKE 'x%'`,
		`ANALYZE`,
	} {
		if _, err := db.Exec(q); err != nil {
			w.t.Fatalf("%.60s: %v", q, err)
		}
	}
}
