package web

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"hash/crc32"
	"math/rand/v2"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"
)

// How many times each page is asked for, and what it may take.
const (
	benchRounds = 20
	benchTime   = 100 * time.Millisecond
	benchBytes  = 150 << 10
)

// TestBenchWeb prints how long each page takes over a store with as many
// mentions as EARSHOT_SCALE says and a tenth as many cases (make bench-web). The
// store is made once and kept in the temp dir, named by schema and seed.
func TestBenchWeb(t *testing.T) {
	n := atoi(os.Getenv("EARSHOT_SCALE"))
	if n == 0 {
		t.Skip("set EARSHOT_SCALE to a number of mentions")
	}
	w := bigWorld(t, n)
	s := server(t, w.world)
	worst, heaviest, slow := time.Duration(0), 0, 0
	fmt.Printf("%-72s %8s %8s %8s %8s\n", "page", "p50 ms", "p95 ms", "CPU ms", "KB")
	for _, path := range w.benchPaths(s) {
		p50, p95, cpu, size := clocked(t, s, path)
		mark := ""
		if p95 > benchTime || size > benchBytes {
			mark, slow = " over", slow+1
		}
		worst, heaviest = max(worst, p95), max(heaviest, size)
		fmt.Printf("%-72s %8.1f %8.1f %8.1f %8.1f%s\n", path, millis(p50), millis(p95), millis(cpu), float64(size)/1024, mark)
	}
	fmt.Printf("bench-web: %d mentions, seed %d: worst p95 %.0f ms (goal 100), largest %.0f KB (goal 150), %d pages over\n", n, benchSeed, millis(worst), float64(heaviest)/1024, slow)
	if slow > 0 {
		t.Errorf("%d pages are over what a page may take", slow)
	}
}

func millis(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// clocked asks for a page many times: the server's time as a clock shows it, and
// the processor's, which does not count the time others had the processor.
func clocked(t *testing.T, s *Server, path string) (p50, p95, cpu time.Duration, size int) {
	var took []time.Duration
	var before time.Duration
	for i := range benchRounds + 1 {
		r := httptest.NewRequest("GET", path, nil)
		r.Host = "127.0.0.1:8080"
		r.Header.Set("Accept-Encoding", "gzip")
		rec := httptest.NewRecorder()
		start := time.Now()
		s.Handler().ServeHTTP(rec, r)
		if i > 0 { // the first fills the caches, as a browser's second look would find them
			took = append(took, time.Since(start))
		} else {
			before = processorTime(t)
		}
		if size = rec.Body.Len(); rec.Code != 200 {
			t.Fatalf("%s: %d", path, rec.Code)
		}
	}
	cpu = (processorTime(t) - before) / benchRounds
	slices.Sort(took)
	return took[len(took)/2], took[len(took)*95/100-1], cpu, size
}

func processorTime(t *testing.T) time.Duration {
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		t.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// benchPaths are the pages, and the questions asked of them most.
func (w *bigger) benchPaths(s *Server) []string {
	var out []string
	for _, p := range paths(s, w.aCase) {
		if !forPrograms(p) && !strings.HasPrefix(p, "/sources/") {
			out = append(out, p)
		}
	}
	day := func(ago int) string { return w.now.AddDate(0, 0, -ago).Format(time.DateOnly) }
	return append(out, "/sources/"+sourceKey("feed:s7.example"), "/sources?show=look", "/sources?show=thread", "/cases?status=open", "/cases?order=waiting", "/cases?order=due&status=open", "/cases?facet=process", "/cases?unsure=1", "/cases?status=closed&brand=Banca+Lume", "/cases?intent=complaint&from="+day(200)+"&to="+day(193),
		"/mentions?days=all", "/mentions?brand=Kestrel+Air&days=30", "/mentions?days=all&lang=zh", "/mentions?days=all&intent=question&lang=it&brand=Banca+Lume", "/mentions?days=all&status=waiting", "/mentions?days=all&status=closed",
		"/mentions?q=train", "/mentions?q=zebra", "/mentions?q=train+late&intent=complaint&lang=en", "/mentions?q=%E8%A1%8C%E6%9D%8E", "/mentions?q=%E6%9D%8E", "/mentions?q=zeb*", `/mentions?q="was+late"&days=all`, "/mentions?q=train&from="+day(300)+"&to="+day(290), "/mentions?q=train&status=waiting", "/mentions?q=nosuchword",
		"/mentions?brand=Norrsken+Rail&before="+fmt.Sprint(w.now.AddDate(0, 0, -250).UnixMilli())+".5", "/alerts?days=7", "/alerts?days=30", "/alerts?days=30&show=not", "/people?days=365", "/league?days=365", "/cases?author=s7.example/Reader+77", "/reports/2026-W40")
}

// bigger is a world of a million mentions.
type bigger struct {
	*world
	aCase string
}

// benchSeed names the world: another seed is another file. Each mention that was
// told through the store's doors stands benchCopies times in it, at other times.
const (
	benchSeed   = 7
	benchCopies = 100
)

// bigWorld opens the store of n mentions, making it first if need be.
func bigWorld(t *testing.T, n int) *bigger {
	t.Helper()
	schema, err := os.ReadFile("../store/migrations/0001_house.sql")
	if err != nil {
		t.Fatal(err)
	}
	seeder, err := os.ReadFile("scale_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, made, _ := strings.Cut(string(seeder), "bigWorld opens")
	name := cmp.Or(os.Getenv("EARSHOT_BENCH_DB"), filepath.Join(os.TempDir(), fmt.Sprintf("earshot-bench-%d-%08x.db", n, crc32.ChecksumIEEE(append(schema, made...)))))
	if _, err := os.Stat(name); err != nil {
		making := name + ".making"
		w := &bigger{world: &world{t: t, now: friday}}
		w.store = mustOpen(t, making)
		start := time.Now()
		w.seed(n / benchCopies)
		w.multiply(n)
		fmt.Printf("made %s in %v\n", name, time.Since(start).Round(time.Second))
		if err := errors.Join(w.store.Close(), os.Rename(making, name)); err != nil {
			t.Fatal(err)
		}
	}
	w := &bigger{world: &world{t: t, now: friday, store: mustOpen(t, name)}}
	t.Cleanup(func() {
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	lines := []store.CaseLine{}
	if err := w.store.Read(t.Context(), func(tx *store.Tx) (err error) {
		lines, err = tx.CaseLines(store.CaseFilter{Statuses: []earshot.Status{"responded"}, Limit: 1})
		return err
	}); err != nil || len(lines) == 0 {
		t.Fatal("no case with an answer", err)
	}
	w.aCase = lines[0].Case.ID
	return w
}

func mustOpen(t testing.TB, file string) *store.Store {
	t.Helper()
	s, err := store.Open(context.Background(), "sqlite:"+file, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// seed tells n mentions through the store's own doors, the oldest first.
func (w *bigger) seed(n int) {
	r := rand.New(rand.NewPCG(benchSeed, 1))
	w.write(func(tx *store.Tx) error {
		for i := range 3000 {
			state := earshot.SourceStates[[]int{0, 0, 0, 0, 0, 0, 0, 1, 2, 3}[i%10]]
			if err := tx.PutSource(benchSource(earshot.SourceFeed, fmt.Sprintf("s%d.example", i), state, w.now)); err != nil {
				return err
			}
		}
		for i := range 2000 {
			if err := tx.PutSource(benchSource(earshot.SourceThread, fmt.Sprintf("t%d.example", i), earshot.SourceOK, w.now)); err != nil {
				return err
			}
		}
		return nil
	})
	words := vocabulary(r)
	const batch = 5000
	for from := 0; from < n; from += batch {
		w.write(func(tx *store.Tx) error {
			for i := from; i < min(from+batch, n); i++ {
				if err := w.one(tx, r, words, i, n); err != nil {
					return err
				}
			}
			return nil
		})
	}
}

func benchSource(kind earshot.SourceKind, host string, state earshot.SourceState, now time.Time) earshot.Source {
	return earshot.Source{ID: string(kind) + ":" + host, Kind: kind, URL: "https://" + host + "/feed.xml", Title: "The diary of " + host, State: state, Tags: []string{"blogs"},
		Due: now.Add(time.Hour), LastTried: now.Add(-time.Hour), LastSuccess: now.Add(-time.Hour), LastNewEntry: now.Add(-5 * time.Hour), FirstTried: now.AddDate(-1, 0, 0), Every: time.Hour, Reads: 100}
}

// vocabulary makes words that nobody uses, the first ones used most.
func vocabulary(r *rand.Rand) []string {
	parts := []string{"ka", "lo", "mi", "ru", "te", "sa", "no", "vi", "pe", "du", "gra", "sto", "bel", "fin", "mar"}
	words := []string{"train", "late", "the", "was", "and", "again", "service", "phone", "refund", "delay"}
	for len(words) < 6000 {
		word := ""
		for range 2 + r.IntN(3) {
			word += parts[r.IntN(len(parts))]
		}
		words = append(words, word)
	}
	return words
}

// one tells one mention; each tenth opens a case, of which one in fifty is open.
func (w *bigger) one(tx *store.Tx, r *rand.Rand, words []string, i, n int) error {
	p := w.invent(r, words, i, n)
	e := w.entry(p)
	sum := sha256.Sum256([]byte(fmt.Sprint(i)))
	e.Key = fmt.Sprintf("%s#%x", e.Key, sum[:6])
	e.Canonical, e.Thread = e.Key, e.Key
	e, err := tx.AddEntry(e, p.silent, e.FirstSeen)
	if err != nil {
		return err
	}
	m := earshot.Mention{Brand: p.brand, Rule: p.brand, Spans: spans(p.text, p.brand), Verdict: p.verdict()}
	if i%40 == 3 {
		m.Reason = earshot.ReasonNamesake
	}
	if m, err = tx.PutMention(m, e); err != nil {
		return err
	}
	if err := tx.FinishEntry(e.ID, e.ID, m.Reason); err != nil || i%10 != 0 {
		return err
	}
	return w.oneCase(tx, r, p, e, m, i)
}

func (w *bigger) invent(r *rand.Rand, words []string, i, n int) post {
	zipf := func() string { return words[int(float64(len(words))*r.Float64()*r.Float64()*r.Float64())] }
	brand := []string{"Norrsken Rail", "Banca Lume", "Kestrel Air"}[r.IntN(3)]
	var b strings.Builder
	lang := []string{"en", "en", "en", "en", "en", "en", "es", "es", "it", "zh"}[r.IntN(10)]
	for j := range 50 {
		if j == 12 {
			b.WriteString(brand + " was " + zipf() + ". ")
		}
		if lang == "zh" && j%3 == 0 {
			b.WriteString([]string{"行李丢了", "火车又晚点", "服务很好", "没有人回答"}[r.IntN(4)])
		}
		b.WriteString(zipf() + " ")
	}
	if i == n/2 {
		b.WriteString("a zebra stood on the line")
	}
	host := fmt.Sprintf("s%d.example", r.IntN(3000))
	p := post{source: "feed:" + host, site: host, siteName: "The diary of " + host, author: fmt.Sprintf("Reader %d", r.IntN(100)), title: zipf() + " " + zipf(), text: b.String(), lang: lang, brand: brand,
		evidence: brand + " was", intent: earshot.NoIntent, confidence: .8, ago: 400 * 24 * time.Hour / time.Duration(n) * time.Duration(n-i), foundAfter: 10 * time.Minute}
	switch k := r.IntN(100); {
	case i%10 == 0 && k < 70 || k < 15:
		p.intent, p.severity, p.facet, p.unsure = earshot.Complaint, 1+r.IntN(4), facets[r.IntN(len(facets))], i%70 == 0
	case i%10 == 0 || k < 20:
		p.intent = earshot.Compliment
	case k < 21:
		p.intent = earshot.Question
	}
	return p
}

func (w *bigger) oneCase(tx *store.Tx, r *rand.Rand, p post, e earshot.Entry, m earshot.Mention, i int) error {
	number, id, err := tx.NextCase()
	if err != nil {
		return err
	}
	o := earshot.Opening{Brand: p.brand, Story: e.ID, Entry: e.ID, Mention: m.ID, Thread: e.Thread, Label: m.Verdict.Label(), Published: e.Published, Precision: e.Precision, FirstSeen: e.FirstSeen, SLA: sla(p.intent)}
	env := func(after time.Duration) earshot.Env { x := w.env(nil); x.Now = e.FirstSeen.Add(after); return x }
	c, events := earshot.Open(id, o, env(0))
	move := func(next earshot.Case, more []earshot.Event) { c, events = next, append(events, more...) }
	if open := r.IntN(50) == 0; !open || i%3 == 0 {
		if r.IntN(10) < 7 {
			a := earshot.Response{Story: e.ID, Brand: p.brand, Kind: earshot.EvidenceOfficial, Answer: earshot.AnswerResponded, Confidence: .95, Actor: p.brand, Passage: "We are sorry.", Entry: e.ID, SaidAt: e.FirstSeen.Add(2 * time.Hour), FirstSeen: e.FirstSeen.Add(3 * time.Hour), Precision: earshot.PrecisionTime}
			if a, _, err = tx.PutResponse(a); err != nil {
				return err
			}
			if err := tx.AdoptResponse(a.ID, id); err != nil {
				return err
			}
			move(c.Apply(a, env(3*time.Hour)))
		}
		if !open {
			next, more, err := c.Act(earshot.Action{ID: "seed-" + id, Case: id, Rev: c.Rev, Verb: earshot.VerbOutcome, Actor: "ana", At: e.FirstSeen.Add(30 * time.Hour), Args: earshot.Args{Outcome: earshot.Outcomes[i/10%len(earshot.Outcomes)], Facet: p.facet}}, env(30*time.Hour))
			if err != nil {
				return err
			}
			move(next, more)
		}
	}
	x := w.env(nil)
	move(c.Apply(earshot.Tick{}, x))
	if err := errors.Join(tx.PutCase(c, number, e.Author.Key, e.FirstSeen), tx.AppendEvents(events), tx.SetMentionCase(m.ID, id)); err != nil {
		return err
	}
	for step, reason := range []earshot.Reason{earshot.ReasonSent, []earshot.Reason{earshot.ReasonEdited, earshot.ReasonCapped, earshot.ReasonNoRoute}[i/10%3]} {
		kind := []earshot.AlertKind{earshot.AlertCard, earshot.AlertRemind}[step]
		if _, _, err := tx.PutAlert(earshot.Alert{Key: earshot.AlertKey(id, kind, step, "care"), Subject: id, Case: id, Kind: kind, Step: step, Event: earshot.EventOpened, Receiver: []string{"care", "ben"}[step], Route: "complaints", Reason: reason}, e.FirstSeen); err != nil {
			return err
		}
	}
	return nil
}

// multiply copies the told rows inside the database, to n mentions: through the
// doors a million would take an hour. A copy has a time of its own, between its
// original's and the next one's.
func (w *bigger) multiply(n int) {
	w.t.Helper()
	lines := w.lines()
	db, err := sql.Open("sqlite", "file:"+w.store.Name()+"?_pragma=journal_mode(WAL)&_pragma=synchronous(OFF)&_pragma=busy_timeout(60000)&_pragma=cache_size(-200000)")
	if err != nil {
		w.t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	run := func(q string, args ...any) {
		if _, err := db.Exec(q, args...); err != nil {
			w.t.Fatalf("%.80s: %v", q, err)
		}
	}
	run(`CREATE TEMP TABLE lines (mention INTEGER PRIMARY KEY, line TEXT)`)
	for id, line := range lines {
		run(`INSERT INTO lines VALUES (?, ?)`, id, line)
	}
	run(fmt.Sprintf(`CREATE TEMP TABLE copies AS WITH RECURSIVE k(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM k WHERE k < %d) SELECT k FROM k`, benchCopies-1))
	step := (400 * 24 * time.Hour / time.Duration(n)).Milliseconds()
	id := func(column string) string { return fmt.Sprintf("%d + %s * %d + k", n, column, benchCopies) }
	later := func(column string) string {
		return fmt.Sprintf("CASE WHEN %s > 0 THEN %s + k * %d ELSE 0 END", column, column, step)
	}
	date := func(column string) string {
		return "strftime('%Y-%m-%dT%H:%M:%SZ', (" + later(column) + ") / 1000, 'unixepoch')"
	}
	twin := func(column string) string {
		return "CASE WHEN " + column + " = '' THEN '' ELSE 'x' || " + column + " || 'k' || k END"
	}
	w.copyRows(db, "entries", "id > 0", map[string]string{"id": id("id"), "key": "key || 'k' || k", "thread": "thread || 'k' || k", "canonical": "canonical || 'k' || k", "hash": "hash || k", "story": id("story"),
		"published": later("published"), "first_seen": later("first_seen"), "band0": "-1", "band1": "-1", "band2": "-1", "band3": "-1",
		"data": "json_set(data, '$.published', " + date("published") + ", '$.first_seen', " + date("first_seen") + ")"})
	w.copyRows(db, "revisions", "1 = 1", map[string]string{"entry": id("entry"), "seen_at": later("seen_at")})
	w.copyRows(db, "mentions", "id > 0", map[string]string{"id": id("id"), "entry": id("entry"), "published": later("published"), "first_seen": later("first_seen"), "case_id": twin("case_id")})
	w.copyRows(db, "responses", "id > 0", map[string]string{"id": id("id"), "story": id("story"), "entry": id("entry"), "said_at": later("said_at"), "first_seen": later("first_seen"), "case_id": twin("case_id")})
	w.copyRows(db, "cases", "n > 0", map[string]string{"id": twin("id"), "n": id("n"), "story": id("story"), "thread": "thread || 'k' || k", "published": later("published"), "opened_at": later("opened_at"), "closed_at": later("closed_at"),
		"answered_at": later("answered_at"), "due_at": later("due_at"), "moved_at": later("moved_at"), "data": "json_set(data, '$.id', " + twin("id") + ", '$.entry', json_extract(data, '$.entry') * " + fmt.Sprint(benchCopies) + " + k + " + fmt.Sprint(n) +
			", '$.mention', json_extract(data, '$.mention') * " + fmt.Sprint(benchCopies) + " + k + " + fmt.Sprint(n) + ", '$.story', " + id("story") + ", '$.published', " + date("published") + ")"})
	w.copyRows(db, "events", "1 = 1", map[string]string{"case_id": twin("case_id"), "at": later("at"), "data": "json_set(data, '$.case', " + twin("case_id") + ")"})
	w.copyRows(db, "alerts", "id > 0", map[string]string{"id": id("id"), "key": "key || 'k' || k", "subject": twin("subject"), "case_id": twin("case_id"), "created": later("created"), "decided": later("decided"), "data": "json_set(data, '$.case', " + twin("case_id") + ")"})
	run(fmt.Sprintf(`INSERT INTO mention_words (rowid, words) SELECT ((m.published + k * %d) / 1000 << 30) | (%s), l.line FROM lines l JOIN mentions m ON m.id = l.mention, copies ORDER BY 1`, step, id("m.id")))
	if err := db.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.write(func(tx *store.Tx) error { return tx.Recount() })
}

// lines are the lines of the index, by mention.
func (w *bigger) lines() map[int64]string {
	out := map[int64]string{}
	err := w.store.Read(w.t.Context(), func(tx *store.Tx) error {
		q := store.MentionFilter{Limit: 1000}
		for {
			page, err := tx.MentionLines(q)
			if err != nil || len(page) == 0 {
				return err
			}
			for _, l := range page {
				out[l.Mention.ID] = strings.Join(store.LineWords(l.Mention, l.Entry), " ")
				q.Before = store.MentionMark{Published: l.Entry.Published, ID: l.Mention.ID}
			}
		}
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return out
}

// copyRows copies a table's rows with some columns changed, all others as they are.
func (w *bigger) copyRows(db *sql.DB, table, which string, change map[string]string) {
	w.t.Helper()
	rows, err := db.Query(`SELECT name FROM pragma_table_info('` + table + `')`)
	if err != nil {
		w.t.Fatal(err)
	}
	var names, values []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			w.t.Fatal(err)
		}
		names = append(names, name)
		values = append(values, cmp.Or(change[name], name))
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		w.t.Fatal(err)
	}
	from := time.Now()
	if _, err := db.Exec(fmt.Sprintf(`INSERT INTO %s (%s) SELECT %s FROM (SELECT * FROM %s WHERE %s), copies`, table, strings.Join(names, ", "), strings.Join(values, ", "), table, which)); err != nil {
		w.t.Fatalf("copy %s: %v", table, err)
	}
	fmt.Printf("copied %s in %v\n", table, time.Since(from).Round(time.Second))
}
