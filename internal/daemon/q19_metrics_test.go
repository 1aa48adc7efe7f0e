package daemon

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"

	"github.com/google/go-cmp/cmp"
	"github.com/prometheus/client_golang/prometheus/testutil/promlint"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
)

// contract are the metric names other programs are written against.
var contract = []string{"build_info", "config_last_reload_successful", "watchdog", "sources", "fetches_total", "fetch_duration_seconds", "entries_total",
	"mentions_total", "mentions_by_language_total", "classification_duration_seconds", "label_corrections_total", "cases", "oldest_unanswered_age_seconds",
	"first_response_seconds", "sla_breaches_total", "promises", "alerts_total", "publish_to_alert_seconds", "fetch_to_alert_seconds", "outbox_pending",
	"outbox_oldest_age_seconds", "notification_failures_total", "slack_connected", "slack_last_inbound_timestamp_seconds", "brand_last_match_timestamp_seconds",
	"source_last_new_entry_timestamp_seconds", "db_size_bytes"}

// TestQ19Metrics: 5,000 sources and 50 brands with hostile names give a bounded
// number of series, every contracted metric, and nothing promlint objects to.
func TestQ19Metrics(t *testing.T) {
	st, err := store.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "e.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := st.Close(); err != nil {
			t.Error(err)
		}
	}()
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	brands := hostileBrands(50)
	m := newMetrics("test")
	m.registry.MustRegister(newPicture(st, func() time.Time { return now }, func(err error) { t.Error(err) }))
	m.prime(brands)
	if err := st.Write(t.Context(), func(tx *store.Tx) error { return busy(tx, m, brands, now) }); err != nil {
		t.Fatal(err)
	}
	families, err := m.registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	series, names := 0, map[string]bool{}
	for _, f := range families {
		series += seriesOf(f)
		names[f.GetName()] = true
	}
	for _, name := range contract {
		if !names["earshot_"+name] {
			t.Errorf("earshot_%s is missing", name)
		}
	}
	if d := cmp.Diff(0, len(lint(t, families))); d != "" {
		t.Errorf("promlint: %v", lint(t, families))
	}
	fmt.Printf("Q19 metrics: 5000 sources, %d brands, %d series of at most 5000, %d names, promlint clean\n", len(brands), series, len(names))
	if series > 5000 {
		t.Errorf("%d series", series)
	}
}

func hostileBrands(n int) []earshot.Brand {
	hostile := []string{`"quoted"`, "new\nline", `back\slash`, "{curly}", "中国移动", "naïve é", "a=b,c=d", "<script>", strings.Repeat("long ", 60)}
	var brands []earshot.Brand
	for i := range n {
		brands = append(brands, earshot.Brand{Name: fmt.Sprintf("%s %d", hostile[i%len(hostile)], i)})
	}
	return brands
}

// busy fills store and counters as a long life would.
func busy(tx *store.Tx, m *metrics, brands []earshot.Brand, now time.Time) error {
	for i := range 5000 {
		src := earshot.Source{ID: fmt.Sprint("feed:", i), Kind: earshot.SourceFeed, URL: fmt.Sprintf("https://user:secret@blog%d.example/feed?apikey=%d", i, i),
			State: earshot.SourceStates[i%len(earshot.SourceStates)], Due: now}
		if err := tx.PutSource(src); err != nil {
			return err
		}
	}
	for i, b := range brands {
		if err := busyBrand(tx, m, b, int64(i+1), now); err != nil {
			return err
		}
	}
	for _, to := range earshot.Intents {
		m.corrections.WithLabelValues("complaint", string(to)).Inc()
	}
	for _, lang := range []string{"en", "es", "it", "zh", "de", "fr", "xx"} {
		m.byLanguage.WithLabelValues(langLabel(lang), "negative").Inc()
	}
	m.entries.WithLabelValues("added").Inc()
	m.sendFailures.WithLabelValues("slack", "retry").Inc()
	return nil
}

func busyBrand(tx *store.Tx, m *metrics, b earshot.Brand, n int64, now time.Time) error {
	e, err := tx.AddEntry(earshot.Entry{Key: fmt.Sprint(n), Source: "feed:1", Kind: earshot.Post, Hash: fmt.Sprint(n), Published: now, FirstSeen: now}, "", now)
	if err != nil {
		return err
	}
	if _, err := tx.PutMention(earshot.Mention{Brand: b.Name, Verdict: earshot.Verdict{Intent: earshot.Complaint}}, e); err != nil {
		return err
	}
	c, _ := earshot.Open(earshot.CaseID(n), earshot.Opening{Brand: b.Name, Entry: e.ID, Story: e.ID, Label: earshot.Label{Intent: earshot.Complaint}, Published: now, FirstSeen: now}, earshot.Env{Now: now})
	m.firstResponse.WithLabelValues(b.Name).Observe(60)
	for _, r := range earshot.Reasons {
		m.alerts.WithLabelValues("complaints", string(r)).Inc()
	}
	return tx.PutCase(c, n, "ann", now)
}

// seriesOf counts what a scrape in text form stores of a family.
func seriesOf(f *dto.MetricFamily) int {
	n := 0
	for _, m := range f.GetMetric() {
		switch {
		case m.Histogram != nil:
			n += len(m.Histogram.Bucket) + 3
		case m.Summary != nil:
			n += len(m.Summary.Quantile) + 2
		default:
			n++
		}
	}
	return n
}

func lint(t *testing.T, families []*dto.MetricFamily) []promlint.Problem {
	t.Helper()
	var text strings.Builder
	for _, f := range families {
		if !strings.HasPrefix(f.GetName(), "earshot_") {
			continue // the runtime's own
		}
		if _, err := expfmt.MetricFamilyToText(&text, f); err != nil {
			t.Fatal(err)
		}
	}
	problems, err := promlint.New(strings.NewReader(text.String())).Lint()
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

// TestSecretsOfSourcesAreNotShown: what a source's address carries appears in no
// id, no log line and no metric.
func TestSecretsOfSourcesAreNotShown(t *testing.T) {
	id := sourceID(earshot.SourceFeed, "https://ann:pass-word@blog.example/feed?apikey=key-1234&p=7")
	for _, secret := range []string{"pass-word", "key-1234"} {
		if strings.Contains(id, secret) {
			t.Errorf("the source's id shows %q: %s", secret, id)
		}
	}
	if other := sourceID(earshot.SourceFeed, "https://bob:other@blog.example/feed?apikey=key-9999&p=7"); other == id {
		t.Error("two accounts of one feed are one source")
	}
}
