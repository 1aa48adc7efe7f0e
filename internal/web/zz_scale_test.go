package web

import (
	"database/sql"
	"fmt"
	"os"
	"sort"
	"testing"
	"time"

	"earshot/internal/store"
)

func TestZZScale(t *testing.T) {
	if os.Getenv("EARSHOT_SCALE") == "" {
		t.Skip()
	}
	n := 0
	fmt.Sscan(os.Getenv("EARSHOT_SCALE"), &n)
	w, _ := populate(t)
	w.crowd()
	db, err := sql.Open("sqlite", "file:"+w.store.Name()+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(60000)")
	if err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	now := w.now.UnixMilli()
	exec := func(q string) {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%.80s: %v", q, err)
		}
	}
	exec(fmt.Sprintf(`WITH RECURSIVE g(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM g WHERE i < %d)
	INSERT INTO entries (id, key, source, kind, thread, canonical, url, author_key, lang, published, first_seen, revision, hash, work, work_due, data)
	SELECT 100000+i, 'k'||i, e.source, 'post', 'https://t.example/'||i, 'https://t.example/'||i, e.url, 'author'||(i%%50000), e.lang, %d - i*(34560000000/%d), %d - i*(34560000000/%d)+60000, 1, 'h'||i, 'done', 0, e.data
	FROM g, (SELECT * FROM entries ORDER BY id DESC LIMIT 1) e`, n, now, n, now, n))
	t.Log("entries", time.Since(start))
	exec(fmt.Sprintf(`INSERT INTO revisions (entry, revision, seen_at, hash, title, body) SELECT id, 1, first_seen, hash, 'A title', 'Norrsken Rail was late again, for the time number ' || id FROM entries WHERE id > 100000`))
	exec(fmt.Sprintf(`INSERT INTO mentions (entry, brand, reason, intent, sentiment, severity, lang, published, first_seen, case_id, data)
	SELECT e.id, CASE e.id %% 3 WHEN 0 THEN 'Norrsken Rail' WHEN 1 THEN 'Banca Lume' ELSE 'Kestrel Air' END, '', CASE WHEN e.id %% 5 = 0 THEN 'complaint' WHEN e.id %% 11 = 0 THEN 'compliment' ELSE 'none' END, 'neutral', 1, CASE e.id %% 4 WHEN 0 THEN 'es' ELSE 'en' END, e.published, e.first_seen,
	CASE WHEN e.id %% 10 = 0 THEN 'x'||e.id ELSE '' END, m.data FROM entries e, (SELECT data FROM mentions ORDER BY id DESC LIMIT 1) m WHERE e.id > 100000`))
	t.Log("mentions", time.Since(start))
	exec(`INSERT INTO cases (id, n, rev, brand, story, thread, author_key, work, answer, clock, status, intent, severity, owner, merged, silent, published, opened_at, closed_at, answered_at, due_at, promise_at, tick_at, moved_at, data)
	SELECT 'x'||m.entry, 1000+m.entry, 3, m.brand, m.entry, 'https://t.example/'||m.entry, 'author'||(m.entry%50000), CASE WHEN m.entry % 50 = 0 THEN 'new' ELSE 'closed' END, CASE WHEN m.entry % 50 = 0 THEN 'none' ELSE 'responded' END, CASE WHEN m.entry % 50 = 0 THEN 'overdue' ELSE 'none' END,
	CASE WHEN m.entry % 50 = 0 THEN 'overdue' ELSE 'closed' END, m.intent, 1, '', '', '', m.published, m.first_seen, 0, CASE WHEN m.entry % 50 = 0 THEN 0 ELSE m.published + 7200000 END, m.published+14400000, 0, 0, m.first_seen,
	c.data FROM mentions m, (SELECT data FROM cases ORDER BY n DESC LIMIT 1) c WHERE m.entry > 100000 AND m.case_id <> ''`)
	exec(`INSERT INTO events (case_id, seq, kind, at, actor, action, data) SELECT id, 1, 'opened', opened_at, '', '', '{}' FROM cases WHERE id LIKE 'x%'`)
	exec(`INSERT INTO alerts (key, subject, kind, event, receiver, route, case_id, reason, why, created, decided, data) SELECT 'a'||id, id, 'card', 'opened', 'care', 'r', id, 'sent', '', opened_at, opened_at, '{}' FROM cases WHERE id LIKE 'x%'`)
	if os.Getenv("EARSHOT_INDEX") != "" {
		exec(`CREATE INDEX mentions_counts ON mentions (published, reason, brand, intent, sentiment, lang)`)
		exec(`CREATE INDEX cases_published ON cases (published)`)
		exec(`CREATE INDEX alerts_created ON alerts (created)`)
		exec(`CREATE INDEX mentions_last ON mentions (brand, reason, first_seen)`)
	}
	exec(`ANALYZE`)
	db.Close()
	size, _ := w.store.Size(t.Context())
	t.Log("seeded", n, time.Since(start), size>>20, "MB")
	s := server(t, w)
	_ = store.OrderDue
	all := append(paths(s, "c222"), "/mentions?q=late", "/mentions?days=30", "/mentions?brand=Banca+Lume&days=30", "/cases?status=open", "/cases?order=waiting", "/alerts?days=30")
	for _, p := range all {
		var took []time.Duration
		for range 3 {
			at := time.Now()
			get(s.Handler(), p)
			took = append(took, time.Since(at))
		}
		sort.Slice(took, func(i, j int) bool { return took[i] < took[j] })
		fmt.Printf("%-50s %8.1f ms\n", p, float64(took[1].Microseconds())/1000)
	}
}
