package daemon

import (
	"context"
	"net/http"
	"runtime"
	"time"

	"earshot"
	"earshot/crawler"
	"earshot/internal/store"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics holds every metric of the product. Labels are bounded: brands and
// routes come from the config, the rest are words of ours; never a URL, an
// author or a text.
type metrics struct {
	registry *prometheus.Registry

	buildInfo      *prometheus.GaugeVec
	reloadOK       prometheus.Gauge
	watchdog       prometheus.Gauge
	fetches        *prometheus.CounterVec
	fetchSeconds   prometheus.Histogram
	entries        *prometheus.CounterVec
	mentions       *prometheus.CounterVec
	byLanguage     *prometheus.CounterVec
	judgeSeconds   prometheus.Histogram
	corrections    *prometheus.CounterVec
	firstResponse  *prometheus.HistogramVec
	slaBreaches    *prometheus.CounterVec
	alerts         *prometheus.CounterVec
	publishToAlert prometheus.Histogram
	fetchToAlert   prometheus.Histogram
	sendFailures   *prometheus.CounterVec
	slackConnected prometheus.Gauge
	slackInbound   prometheus.Gauge
}

var (
	short = []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1}
	fetch = []float64{.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60}
	told  = []float64{.05, .1, .25, .5, 1, 2.5, 5, 15, 60, 300, 900, 3600, 4 * 3600, 24 * 3600}
	days  = []float64{600, 3600, 4 * 3600, 8 * 3600, 24 * 3600, 2 * 24 * 3600, 7 * 24 * 3600, 30 * 24 * 3600, 90 * 24 * 3600}
)

func newMetrics(version string) *metrics {
	m := &metrics{
		registry:       prometheus.NewRegistry(),
		buildInfo:      gaugeVec("build_info", "Always 1; labels say what was built.", "version", "goversion"),
		reloadOK:       gauge("config_last_reload_successful", "1 if the last reading of the config succeeded."),
		watchdog:       gauge("watchdog", "Always 1: alert when it is absent."),
		fetches:        counterVec("fetches_total", "Documents fetched, by how it ended.", "outcome"),
		fetchSeconds:   histogram("fetch_duration_seconds", "Time to fetch one document, waiting for the host's turn included.", fetch),
		entries:        counterVec("entries_total", "Entries read, by what became of them: added, revised, same, or the reason they became no case.", "result"),
		mentions:       counterVec("mentions_total", "Mentions judged.", "brand", "intent"),
		byLanguage:     counterVec("mentions_by_language_total", "Mentions judged, by language.", "lang", "sentiment"),
		judgeSeconds:   histogram("classification_duration_seconds", "Time to judge one mention.", short),
		corrections:    counterVec("label_corrections_total", "Labels people corrected.", "from", "to"),
		firstResponse:  histogramVec("first_response_seconds", "From publication to the first answer seen.", days, "brand"),
		slaBreaches:    counterVec("sla_breaches_total", "Cases that became overdue.", "brand"),
		alerts:         counterVec("alerts_total", "Alerts by what became of them.", "route", "reason"),
		publishToAlert: histogram("publish_to_alert_seconds", "From publication to the first message sent about it.", told),
		fetchToAlert:   histogram("fetch_to_alert_seconds", "From first sight to the first message sent about it.", told),
		sendFailures:   counterVec("notification_failures_total", "Sends that failed, by integration and kind.", "integration", "kind"),
		slackConnected: gauge("slack_connected", "1 while the Slack socket is connected and answers."),
		slackInbound:   gauge("slack_last_inbound_timestamp_seconds", "When Slack last sent us anything."),
	}
	m.registry.MustRegister(m.buildInfo, m.reloadOK, m.watchdog, m.fetches, m.fetchSeconds, m.entries, m.mentions, m.byLanguage, m.judgeSeconds,
		m.corrections, m.firstResponse, m.slaBreaches, m.alerts, m.publishToAlert, m.fetchToAlert, m.sendFailures, m.slackConnected, m.slackInbound,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	m.buildInfo.WithLabelValues(version, runtime.Version()).Set(1)
	m.watchdog.Set(1)
	m.reloadOK.Set(1)
	return m
}

// prime makes every series exist at 0, so that rates and absent() work from the start.
func (m *metrics) prime(brands []earshot.Brand) {
	for _, o := range crawler.Outcomes() {
		m.fetches.WithLabelValues(string(o))
	}
	for _, b := range brands {
		m.slaBreaches.WithLabelValues(b.Name)
		for _, i := range earshot.Intents {
			m.mentions.WithLabelValues(b.Name, string(i))
		}
	}
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}

// lang bounds the language label.
func langLabel(lang string) string {
	switch lang {
	case "en", "es", "it", "zh":
		return lang
	}
	return "other"
}

const prefix = "earshot_"

func gauge(name, help string) prometheus.Gauge {
	return prometheus.NewGauge(prometheus.GaugeOpts{Name: prefix + name, Help: help})
}

func gaugeVec(name, help string, labels ...string) *prometheus.GaugeVec {
	return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: prefix + name, Help: help}, labels)
}

func counterVec(name, help string, labels ...string) *prometheus.CounterVec {
	return prometheus.NewCounterVec(prometheus.CounterOpts{Name: prefix + name, Help: help}, labels)
}

func histogram(name, help string, buckets []float64) prometheus.Histogram {
	return prometheus.NewHistogram(prometheus.HistogramOpts{Name: prefix + name, Help: help, Buckets: buckets, NativeHistogramBucketFactor: 1.1})
}

func histogramVec(name, help string, buckets []float64, labels ...string) *prometheus.HistogramVec {
	return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: prefix + name, Help: help, Buckets: buckets, NativeHistogramBucketFactor: 1.1}, labels)
}

// picture are the gauges that are read from the store at each scrape, so that
// they are right after a restart and with several processes.
type picture struct {
	store *store.Store
	now   func() time.Time
	log   func(error)
	desc  map[string]*prometheus.Desc
}

func newPicture(s *store.Store, now func() time.Time, log func(error)) *picture {
	p := &picture{store: s, now: now, log: log, desc: map[string]*prometheus.Desc{}}
	for _, d := range []struct {
		name, help string
		labels     []string
	}{
		{"sources", "Sources by state.", []string{"state"}},
		{"cases", "Cases by brand and status.", []string{"brand", "status"}},
		{"oldest_unanswered_age_seconds", "Age of the longest waiting complaint, from publication.", []string{"brand"}},
		{"promises", "Promises by what became of them.", []string{"state"}},
		{"outbox_pending", "Messages that wait to be sent.", nil},
		{"outbox_oldest_age_seconds", "How long the oldest of them has waited.", nil},
		{"brand_last_match_timestamp_seconds", "When a brand was last mentioned.", []string{"brand"}},
		{"source_last_new_entry_timestamp_seconds", "When any source last brought a new entry.", nil},
		{"db_size_bytes", "Size of the database.", nil},
	} {
		p.desc[d.name] = prometheus.NewDesc(prefix+d.name, d.help, d.labels, nil)
	}
	return p
}

// Describe implements prometheus.Collector.
func (p *picture) Describe(ch chan<- *prometheus.Desc) {
	for _, d := range p.desc {
		ch <- d
	}
}

// Collect implements prometheus.Collector.
func (p *picture) Collect(ch chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	emit := func(name string, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(p.desc[name], prometheus.GaugeValue, v, labels...)
	}
	if err := p.store.Read(ctx, func(tx *store.Tx) error { return p.collect(tx, emit) }); err != nil {
		p.log(err)
	}
	if n, err := p.store.Size(ctx); err == nil {
		emit("db_size_bytes", float64(n))
	}
}

type emitter func(name string, v float64, labels ...string)

func (p *picture) collect(tx *store.Tx, emit emitter) error {
	for _, part := range []func(*store.Tx, emitter) error{p.sources, p.cases, p.promises, p.outbox, p.ages} {
		if err := part(tx, emit); err != nil {
			return err
		}
	}
	return nil
}

func (p *picture) sources(tx *store.Tx, emit emitter) error {
	counts, err := tx.SourceCounts()
	have := map[string]int64{}
	for _, c := range counts {
		have[c.A] = c.N
	}
	for _, s := range earshot.SourceStates {
		emit("sources", float64(have[string(s)]), string(s))
	}
	return err
}

func (p *picture) cases(tx *store.Tx, emit emitter) error {
	counts, err := tx.CaseCounts()
	for _, c := range counts {
		emit("cases", float64(c.N), c.A, c.B)
	}
	return err
}

func (p *picture) promises(tx *store.Tx, emit emitter) error {
	counts, err := tx.PromiseCounts()
	have := map[string]int64{}
	for _, c := range counts {
		have[c.A] = c.N
	}
	kept, broken := have[string(earshot.EventPromiseKept)], have[string(earshot.EventPromiseBroken)]
	emit("promises", float64(max(have[string(earshot.EventPromiseMade)]-kept-broken, 0)), "open")
	emit("promises", float64(kept), "kept")
	emit("promises", float64(broken), "broken")
	return err
}

func (p *picture) outbox(tx *store.Tx, emit emitter) error {
	pending, oldest, err := tx.OutboxLoad()
	emit("outbox_pending", float64(pending))
	emit("outbox_oldest_age_seconds", p.age(oldest))
	return err
}

func (p *picture) age(t time.Time) float64 {
	if t.IsZero() {
		return 0
	}
	return p.now().Sub(t).Seconds()
}

func (p *picture) ages(tx *store.Tx, emit emitter) error {
	oldest, err := tx.OldestUnanswered()
	if err != nil {
		return err
	}
	for _, c := range oldest {
		emit("oldest_unanswered_age_seconds", p.age(time.UnixMilli(c.N)), c.A)
	}
	matches, err := tx.LastMatches()
	if err != nil {
		return err
	}
	for _, c := range matches {
		emit("brand_last_match_timestamp_seconds", float64(c.N)/1000, c.A)
	}
	last, err := tx.LastNewEntry()
	if !last.IsZero() {
		emit("source_last_new_entry_timestamp_seconds", float64(last.UnixMilli())/1000)
	}
	return err
}
