package daemon

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/demo"
	"earshot/internal/store"
)

// crowd is a web of many small blogs whose feeds grow as the test says.
type crowd struct {
	mu    sync.Mutex
	items map[string][]crowdItem // by host
}

type crowdItem struct {
	author, text string
	at           time.Time
}

func (c *crowd) post(host, author, text string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items[host] = append(c.items[host], crowdItem{author, text, time.Now()})
}

// ServeHTTP serves a blog's feed: whole texts, newest last, each by a reader of its own.
func (c *crowd) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	items := slices.Clone(c.items[r.Host])
	c.mu.Unlock()
	if r.URL.Path != "/feed.xml" {
		http.NotFound(w, r)
		return
	}
	fmt.Fprintf(w, `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Notes of %s</title><link>http://%s/</link>`, r.Host, r.Host)
	for i, it := range items {
		fmt.Fprintf(w, `<item><title>Note %d</title><link>http://%s/%d</link><guid>%s-%d</guid><dc:creator>%s</dc:creator><pubDate>%s</pubDate><content:encoded>%s</content:encoded></item>`,
			i, r.Host, i, r.Host, i, it.author, it.at.UTC().Format(time.RFC1123Z), it.text)
	}
	fmt.Fprint(w, `</channel></rss>`)
}

// openCrowd starts a daemon that listens to n blogs for the brands, and has read
// their first, silent, post.
func openCrowd(t *testing.T, n int, brands string, more string) (*fast, *crowd) {
	t.Helper()
	f := &fast{t: t, web: demo.NewTransport(1), slack: demo.NewSlack(demo.SlackOptions{})}
	f.web.Handle(f.slack, "slack.example")
	c := &crowd{items: map[string][]crowdItem{}}
	var sources strings.Builder
	for i := range n {
		host := fmt.Sprintf("b%d.example", i)
		f.web.Handle(c, host)
		c.post(host, "nobody", "The beans are up, and the radio plays in the garden.")
		fmt.Fprintf(&sources, "  - {feed: \"http://%s/feed.xml\", lang: en}\n", host)
	}
	dir := t.TempDir()
	f.path = filepath.Join(dir, "earshot.yaml")
	text := fmt.Sprintf("zone: UTC\nstorage: {dsn: \"sqlite:%s/earshot.db\"}\ncrawl: {per_host: 2000000000, interval: {min: 1m, max: 1h}, revisit: [30d]}\nbrands:\n%ssources:\n%s%sslack: {bot_token: \"file:%s/token\", api_url: \"http://slack.example/api/\"}\n",
		dir, brands, &sources, more, dir)
	for name, text := range map[string]string{"token": demo.BotToken, "earshot.yaml": text} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	log := slog.New(slog.DiscardHandler)
	if os.Getenv("EARSHOT_TEST_LOG") != "" {
		log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	load := func() (*config.Config, []*earshot.Fault) { return config.Load(f.path, config.Options{}) }
	var err error
	if f.daemon, err = New(t.Context(), Options{Load: load, Transport: f.web, Rand: rand.New(rand.NewSource(1)), Logger: log, Headless: true}); err != nil {
		t.Fatal(err)
	}
	if err := f.daemon.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	time.Sleep(11 * time.Minute) // read, welcomed
	return f, c
}

// spikeText is a complaint in words of its own: no two are copies.
func spikeText(brand string, i int) string {
	what := []string{"the baggage belt stood still for two hours", "nobody answered at the desk", "my order was lost again", "the app refused my card", "they cancelled without a word"}
	who := []string{"My sister and I", "Our team", "The whole family", "My neighbour", "All of us at table nine"}
	return fmt.Sprintf("%s waited for %s on day %d and %s. A terrible service, I am very angry with %s and want my money back for ticket %d.", who[i/5%5], brand, i%28+1, what[i%5], brand, i*37+11)
}

const crowdRoutes = "receivers: [{name: care, slack: {channel: \"#care\"}}]\nroutes: [{name: complaints, match: {intent: complaint}, to: care}]\n"

// TestQ10Spike: thousands of complaints in five minutes are all stored, and are
// a handful of messages; when it is over the one card says so.
func TestQ10Spike(t *testing.T) {
	const blogs = 40
	posts := 1000 // make spike: 10,000
	if n, err := strconv.Atoi(os.Getenv("SPIKE_POSTS")); err == nil && n > 0 {
		posts = n
	}
	synctest.Test(t, func(t *testing.T) {
		f, c := openCrowd(t, blogs, "  - {name: Norvane}\n", crowdRoutes)
		before := len(f.slack.Messages())
		began := time.Now()
		for i := range posts {
			if i%(posts/100) == 0 {
				time.Sleep(time.Until(began.Add(time.Duration(i) * 5 * time.Minute / time.Duration(posts))))
			}
			c.post(fmt.Sprintf("b%d.example", i%blogs), fmt.Sprintf("Reader %d", i), spikeText("Norvane", i))
		}
		time.Sleep(5 * time.Minute)
		during := f.slack.Messages()[before:]
		if len(during) > 10 {
			t.Errorf("%d messages", len(during))
		}
		spike := spikeCard(t, during)
		if !strings.Contains(spike.Last().Text, "complaints about Norvane") {
			t.Errorf("the card says %q", spike.Last().Text)
		}
		time.Sleep(70 * time.Minute)
		f.stop()
		after := f.slack.Messages()[before:]
		if len(after) > len(during) {
			t.Errorf("%d more messages when it was over", len(after)-len(during))
		}
		if spike = spikeCard(t, after); !strings.Contains(spike.Last().Text, "calmed down") {
			t.Errorf("when it is over the card says %q", spike.Last().Text)
		}
		n, inSpike := afterSpike(t, f)
		if n != posts {
			t.Errorf("%d of %d mentions stored", n, posts)
		}
		fmt.Printf("Q10 spike: %d mentions in 5 virtual minutes, %d stored, %d messages (at most 10), %d cases in the spike; seed 1\n", posts, n, len(during), inSpike)
	})
}

// TestASpikeIsToldOnceAndTheClockDoesNotTellItAgain: the clocks of all its cases
// run out hours later, and nobody gets a card for each; other brands are heard
// as ever, and another receiver that a late case leads to gets the card too.
func TestASpikeIsToldOnceAndTheClockDoesNotTellItAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f, c := openCrowd(t, 12, "  - {name: Norvane, sla: {complaint: 4h}}\n  - {name: Banca Lume}\n",
			"receivers: [{name: care, slack: {channel: \"#care\"}}, {name: desk, slack: {channel: \"#desk\"}}]\n"+
				"routes: [{name: desk, match: {intent: complaint, lang: es}, to: desk}, {name: complaints, match: {intent: complaint}, to: care}]\n")
		before := len(f.slack.Messages())
		for i := range 30 {
			c.post(fmt.Sprintf("b%d.example", i%12), fmt.Sprintf("Reader %d", i), spikeText("Norvane", i))
			time.Sleep(20 * time.Second)
		}
		c.post("b3.example", "Lector", "Esperé a Norvane tres horas en la puerta y nadie vino. Un servicio pésimo, estoy muy enfadado con Norvane y quiero mi dinero.")
		c.post("b5.example", "Somebody", spikeText("Banca Lume", 3))
		time.Sleep(3 * time.Minute)
		told := map[string]int{}
		for _, m := range f.slack.Messages()[before:] {
			told[m.Name+" "+strings.SplitN(m.Versions[0].Text, " ", 2)[0]]++
		}
		if told["#care Spike:"]+told["care Spike:"] != 1 || told["#desk Spike:"]+told["desk Spike:"] != 1 {
			t.Errorf("told: %v", told)
		}
		during := len(f.slack.Messages()[before:])
		time.Sleep(7 * time.Hour)
		f.stop()
		for _, m := range f.slack.Messages()[before+during:] {
			if m.Thread == "" {
				t.Errorf("when the clocks ran out: %s", m.Last().Text)
			}
		}
		if d := f.slack.Duplicates(); len(d) > 0 {
			t.Errorf("told twice: %v", d)
		}
	})
}

func spikeCard(t *testing.T, messages []demo.Message) demo.Message {
	t.Helper()
	var found []demo.Message
	for _, m := range messages {
		if strings.HasPrefix(m.Versions[0].Text, "Spike:") {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		for _, m := range messages {
			t.Log(m.Name, m.Posted(), m.Last().Text)
		}
		t.Fatalf("%d spike cards", len(found))
	}
	return found[0]
}

// afterSpike reads the store of a stopped daemon: how many mentions there are,
// and how many cases the spike's card stood for. Every alert must be decided.
func afterSpike(t *testing.T, f *fast) (mentions, inSpike int) {
	t.Helper()
	st, err := store.Open(context.Background(), f.dsn(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = st.Read(context.Background(), func(tx *store.Tx) error {
		all, err := tx.BrandCounts(time.Unix(0, 0), time.Now().Add(time.Hour))
		if err != nil {
			return err
		}
		for _, c := range all {
			mentions += int(c.N)
		}
		counts, err := tx.AlertCounts(store.AlertFilter{})
		for _, c := range counts {
			switch earshot.Reason(c.A) {
			case earshot.ReasonInSpike:
				inSpike = int(c.N)
			case "":
				t.Errorf("%d alerts at %s were never decided", c.N, c.B)
			}
		}
		if err != nil {
			return err
		}
		events, err := tx.EventsSince(time.Unix(0, 0), []earshot.EventKind{earshot.EventSpiked, earshot.EventCalmed}, 10)
		if len(events) != 2 || events[0].Kind != earshot.EventCalmed || events[0].Case != events[1].Case {
			t.Errorf("events of the spike: %+v", events)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Error(err)
	}
	return mentions, inSpike
}

// TestAHundredAtOnceAreAllToldWithinAMinute: a hundred complaints about many
// brands, so that none is a spike, at one message a second.
func TestAHundredAtOnceAreAllToldWithinAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var brands strings.Builder
		for i := range 25 {
			fmt.Fprintf(&brands, "  - {name: Norvane%d}\n", i)
		}
		f, c := openCrowd(t, 1, brands.String(), crowdRoutes)
		before := len(f.slack.Messages())
		for i := range 100 {
			c.post("b0.example", fmt.Sprintf("Reader %d", i), spikeText(fmt.Sprintf("Norvane%d", i%25), i))
		}
		var told time.Duration
		for time.Sleep(time.Second); told == 0; time.Sleep(time.Second) {
			told = tellingTook(t, f, 100)
		}
		messages := len(f.slack.Messages()) - before
		f.stop()
		if told > time.Minute {
			t.Errorf("the last was told after %v", told)
		}
		fmt.Printf("Q10 hundred at once: all told %v after the first was read (at most 1m0s), in %d messages; seed 1\n", told.Round(time.Second), messages)
	})
}

// tellingTook is the time from the first case opened to the last told, 0 while
// not all are.
func tellingTook(t *testing.T, f *fast, want int) time.Duration {
	t.Helper()
	var took time.Duration
	err := f.daemon.store.Read(t.Context(), func(tx *store.Tx) error {
		cases, err := tx.OpenCases(nil, want+1)
		if err != nil || len(cases) < want {
			return err
		}
		pending, _, err := tx.OutboxLoad()
		if err != nil || pending > 0 {
			return err
		}
		first := cases[0].Case.Opened
		for _, v := range cases {
			if v.Case.Opened.Before(first) {
				first = v.Case.Opened
			}
		}
		took = time.Since(first)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if time.Now().After(time.Date(2000, 1, 1, 12, 0, 0, 0, time.UTC)) {
		t.Fatal("they are never all told")
	}
	return took
}
