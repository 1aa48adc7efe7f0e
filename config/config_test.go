package config

import (
	"fmt"
	"log/slog"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"earshot"
)

func read(t *testing.T, file string) []byte {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// good parses a config that must have no faults at all.
func good(t *testing.T, data []byte) *Config {
	t.Helper()
	c, faults := Parse("earshot.yaml", data, noSecrets())
	if len(faults) > 0 {
		t.Fatalf("faults in a good config:\n%s", reportOf(t, c, faults))
	}
	return c
}

// minimal is the shortest config that passes.
const minimal = `
brands: [{name: Delta Air Lines}]
sources: [{feed: "https://example.org/feed.xml"}]
receivers: [{name: care, slack: {channel: "#care"}}]
routes: [{to: care}]
slack: {bot_token: env:SLACK_BOT_TOKEN}
`

func TestContract(t *testing.T) {
	c := good(t, read(t, "testdata/contract.yaml"))
	const day = 24 * time.Hour
	want := []earshot.SLALine{
		{Match: match2("intent=complaint severity=>=3"), Answer: time.Hour, Calendar: "always"},
		{Match: match2("intent=complaint"), Answer: 4 * time.Hour, Calendar: "office"},
		{Match: match2("intent=compliment"), Answer: 2 * day},
	}
	if diff := cmp.Diff(want, c.Brands[0].SLA); diff != "" {
		t.Errorf("sla (-want +got):\n%s", diff)
	}
	for what, ok := range map[string]bool{
		"zone":       c.Zone.String() == "America/New_York",
		"crawl":      c.Crawl.MinEvery == 5*time.Minute && c.Crawl.MaxEvery == day && c.Crawl.MaxBody == 10<<20 && len(c.Crawl.Revisit) == 7,
		"person":     c.People[0].Zone.String() == "Europe/Rome" && c.People[1].Zone == c.Zone && c.People[0].Away[0] == earshot.Away{From: "2026-12-24", To: "2027-01-02"},
		"account":    c.Accounts[0] == earshot.Account{Name: "Getgood", Author: "Susan Getgood", Site: "getgood.com", Tier: "key", Owner: "ana"},
		"calendar":   len(c.Calendars) == 2 && len(c.Calendars["office"].Hours) == 5 && c.Calendar("").AlwaysOpen(),
		"receiver":   c.Receivers[0].Cap == earshot.Rate{N: 20, Per: day} && c.Receivers[0].Fallback == "hook" && c.Receivers[1].Kind() == "webhook",
		"route":      c.Routes[0].Windows == "always" && c.Routes[1].Remind == 48*time.Hour && c.Routes[2].Digest == "10:00",
		"escalation": c.Routes[1].Escalate[0] == earshot.Escalation{After: 2 * time.Hour, To: "ben"},
		"digests":    c.Digests[0].Minute == 9*60+45 && c.Digests[1].Weekly && c.Digests[1].Weekday == time.Tuesday,
		"llm":        c.Classify.LLM.Budget.N == 200 && c.Classify.LLM.Below == 0.6 && c.Classify.LLM.Key.IsSet(),
		"sources":    c.Sources[1].Archive == 90*day && c.Sources[2].OPML == "feeds.opml" && c.Sources[3].Kind == SpecPreset,
	} {
		if !ok {
			t.Errorf("%s is not as the contract says", what)
		}
	}
}

// match2 parses a match that is known to be right.
func match2(s string) earshot.Match {
	m, err := earshot.ParseMatch(s)
	if err != nil {
		panic(err)
	}
	return m
}

func TestDefaults(t *testing.T) {
	c := good(t, []byte(minimal))
	if c.Zone != time.UTC || c.HTTP.Listen != "127.0.0.1:8080" || c.HTTP.Metrics != "open" || c.Crawl.PerHost != 1 ||
		c.Crawl.Timeout != 30*time.Second || c.Classify.Threshold != 0.6 || c.Slack.APIURL != "https://slack.com/api/" ||
		c.Retention.History != 30*24*time.Hour || c.Storage.DSN.String() != "sqlite:earshot.db" {
		t.Errorf("defaults: %+v %+v %+v %v %v", c.HTTP, c.Crawl, c.Classify, c.Retention, c.Storage)
	}
	if c.Routes[0].Name != "route-1" || c.Sources[0].MinEvery != 5*time.Minute {
		t.Errorf("route %q, source %+v", c.Routes[0].Name, c.Sources[0])
	}
}

func TestExamplePasses(t *testing.T) { good(t, Example()) }

func TestIntervalsMayBeOneSecond(t *testing.T) {
	c := good(t, []byte(minimal+"crawl: {interval: {max: 1s}, allow_private: [127.0.0.0/8, \"::1/128\"]}\n"))
	if c.Crawl.MinEvery != time.Second || c.Crawl.MaxEvery != time.Second || len(c.Crawl.AllowPrivate) != 2 {
		t.Errorf("crawl: %+v", c.Crawl)
	}
}

func TestRouteNames(t *testing.T) {
	c := good(t, []byte(strings.Replace(minimal, "routes: [{to: care}]", `
routes:
  - match: {intent: complaint}
    to: care
    routes: [{match: {lang: es}}, {match: {lang: [it, zh]}}]
  - {name: thanks, to: care, routes: [{match: {lang: "!en"}, routes: [{match: {kind: post}}]}]}
`, 1)))
	var names []string
	var walk func([]earshot.Route)
	walk = func(routes []earshot.Route) {
		for _, r := range routes {
			names = append(names, r.Name)
			walk(r.Routes)
		}
	}
	walk(c.Routes)
	if want := []string{"route-1", "route-1.1", "route-1.2", "thanks", "thanks.1", "thanks.1.1"}; !slices.Equal(names, want) {
		t.Errorf("names %v, want %v", names, want)
	}
}

// TestPositions checks that every scalar of the contract and of the example is
// found where it says it stands.
func TestPositions(t *testing.T) {
	for name, data := range map[string][]byte{"contract": read(t, "testdata/contract.yaml"), "example": Example()} {
		c := good(t, data)
		for path, text := range c.values {
			line, col := c.Pos(path)
			rest := string([]rune(c.lines[line-1])[col-1:])
			if !strings.HasPrefix(strings.TrimLeft(rest, `"'`), text) {
				t.Errorf("%s: %s is at %d:%d, where stands %q", name, path, line, col, rest)
			}
		}
	}
}

func TestPosFindsTheNearestParent(t *testing.T) {
	c := good(t, []byte(minimal))
	for path, want := range map[string][2]int{"routes[0].to": {5, 15}, "routes[0].match.intent": {5, 10}, "brands[0].query": {2, 10},
		"brands[7]": {2, 1}, "digests.weekly": {1, 1}, "": {0, 0}} {
		if line, col := c.Pos(path); line != want[0] || col != want[1] {
			t.Errorf("Pos(%q) = %d:%d, want %v", path, line, col, want)
		}
	}
}

func TestDescribeFaultsOfOtherRooms(t *testing.T) {
	c := good(t, []byte(minimal))
	f := &earshot.Fault{Path: "brands[0].query", What: "column 3 of the query: a parenthesis is open", Do: "close it"}
	if got, want := c.Describe(f), "earshot.yaml:2:10: brands[0].query: column 3 of the query: a parenthesis is open (close it)"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	f.Warn = true
	if got := c.Describe(f); !strings.HasPrefix(got, "earshot.yaml:2:10: warning: brands[0].query: ") {
		t.Error(got)
	}
}

func TestLater(t *testing.T) {
	o := noSecrets()
	o.Later = []string{"people[].away", "classify.llm", "retention"}
	c, faults := Parse("earshot.yaml", read(t, "testdata/contract.yaml"), o)
	var got []string
	for _, f := range faults {
		got = append(got, c.Describe(f))
	}
	want := []string{
		"earshot.yaml:7:117: warning: people[0].away: not in effect yet (it is read and kept for a later version)",
		"earshot.yaml:43:61: warning: classify.llm: not in effect yet (it is read and kept for a later version)",
		"earshot.yaml:44:1: warning: retention: not in effect yet (it is read and kept for a later version)",
	}
	if diff := cmp.Diff(want, got); diff != "" || Broken(faults) {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestLoad(t *testing.T) {
	if c, faults := Load("testdata/contract.yaml", noSecrets()); len(faults) > 0 || c.File("feeds.opml") != "testdata/feeds.opml" || c.File("/x") != "/x" {
		t.Errorf("faults %v, file %s", faults, c.File("feeds.opml"))
	}
	c, faults := Load("testdata/none.yaml", noSecrets())
	if len(faults) != 1 || !Broken(faults) || !strings.Contains(c.Describe(faults[0]), "testdata/none.yaml: cannot read the config: open ") {
		t.Errorf("faults of a file that is not there: %v", faults)
	}
}

func TestRestartAndFingerprint(t *testing.T) {
	old := good(t, []byte(minimal))
	same := good(t, []byte("# a comment\n"+strings.ReplaceAll(minimal, ": [{", ":   [ {")))
	if old.Fingerprint() != same.Fingerprint() || len(Restart(old, same)) > 0 {
		t.Error("layout and comments change the fingerprint")
	}
	other := good(t, []byte(minimal+"zone: Europe/Rome\ncrawl: {concurrency: 2, proxy: \"http://127.0.0.1:3128\"}\n"))
	if old.Fingerprint() == other.Fingerprint() || len(Restart(old, other)) > 0 {
		t.Errorf("restart for %v", Restart(old, other))
	}
	moved := good(t, []byte(minimal+"storage: {dsn: \"sqlite:other.db\"}\nhttp: {listen: \"127.0.0.1:9090\"}\n"))
	if got := Restart(old, moved); !slices.Equal(got, []string{"storage.dsn", "http.listen"}) {
		t.Errorf("restart for %v", got)
	}
}

func TestByteOrderMarkAndCarriageReturns(t *testing.T) {
	c := good(t, []byte("\ufeff"+strings.ReplaceAll(minimal, "\n", "\r\n")))
	if line, col := c.Pos("routes[0].to"); line != 5 || col != 15 {
		t.Errorf("routes[0].to at %d:%d", line, col)
	}
}

func TestAnchors(t *testing.T) {
	c := good(t, []byte(strings.Replace(minimal, "{name: Delta Air Lines}", "{name: Delta Air Lines, aliases: &a [DAL, DeltaAir]}, {name: Endeavor Air, context: {any: *a}}", 1)))
	if !slices.Equal(c.Brands[1].Context.Any, []string{"DAL", "DeltaAir"}) {
		t.Errorf("context %v", c.Brands[1].Context)
	}
	bomb := "a: &a [x, x, x, x, x, x, x, x, x, x]\n"
	for i := range 20 {
		bomb += fmt.Sprintf("%c: &%c [%s]\n", 'b'+i, 'b'+i, strings.Repeat(fmt.Sprintf("*%c, ", 'a'+i), 9)+fmt.Sprintf("*%c", 'a'+i))
	}
	start := time.Now()
	_, faults := Parse("bomb.yaml", []byte(minimal+"crawl: {allow_private: &a [*a, *a]}\n"+bomb), noSecrets())
	if !Broken(faults) || time.Since(start) > 5*time.Second {
		t.Errorf("a bomb took %v and gave %d faults", time.Since(start), len(faults))
	}
}

// TestLarge reads a config as large as anybody has.
func TestLarge(t *testing.T) {
	var b strings.Builder
	b.WriteString(strings.Replace(minimal, `sources: [{feed: "https://example.org/feed.xml"}]`, "sources:", 1))
	text := b.String()
	var sources strings.Builder
	for i := range 5000 {
		fmt.Fprintf(&sources, "  - {feed: \"https://blog%d.example.org/feed.xml\", tags: [blogs], lang: en, reach: %d}\n", i, 1+i%5)
	}
	text = strings.Replace(text, "sources:\n", "sources:\n"+sources.String(), 1)
	start := time.Now()
	if c := good(t, []byte(text)); len(c.Sources) != 5000 {
		t.Errorf("%d sources", len(c.Sources))
	}
	_, faults := Parse("earshot.yaml", []byte(strings.ReplaceAll(text, "lang: en", "lang: English")), noSecrets())
	if len(faults) != 5000 {
		t.Errorf("%d faults", len(faults))
	}
	t.Logf("5000 sources, good and bad: %v", time.Since(start))
}

func TestConfigPrintsNothing(t *testing.T) {
	c := good(t, []byte(strings.Replace(minimal, "https://example.org", "https://user:planted-secret@example.org", 1)))
	var b strings.Builder
	slog.New(slog.NewTextHandler(&b, nil)).Info("loaded", "config", c)
	fmt.Fprintf(&b, "%v %+v %#v %s %q %x %d", c, c, c, c, c, c, c)
	if strings.Contains(b.String(), planted) {
		t.Error(b.String())
	}
}
