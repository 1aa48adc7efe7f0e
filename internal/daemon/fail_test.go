package daemon

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/internal/demo"
)

const failConfig = `
zone: UTC
storage: {dsn: "sqlite:%[1]s/e.db"}
crawl: {per_host: 2000000000, interval: {min: 1m, max: 1m}, revisit: [30d]}
brands: [{name: Norvane}, {name: Quorix}, {name: Telvanta}]
sources: [{feed: "http://blog.example/feed.xml"}]
receivers:
  - {name: care, slack: {channel: "#care"}, fallback: hook}
  - {name: old, slack: {channel: "#old"}, fallback: hook}
  - {name: hook, webhook: {url: "http://hook.example/in"}}
routes: [{name: gone, match: {brand: Telvanta}, to: old}, {name: ours, match: {brand: [Norvane, Quorix]}, to: care}]
ops: care
slack: {bot_token: "file:%[1]s/token", api_url: "http://slack.example/api/"}
`

// hooked remembers what a webhook was told.
type hooked struct {
	mu   sync.Mutex
	said []string
}

func (h *hooked) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		body = []byte(err.Error())
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.said = append(h.said, string(body))
}

// holding counts what it was told with all the words in it.
func (h *hooked) holding(words ...string) (n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.said {
		has := true
		for _, w := range words {
			has = has && strings.Contains(s, w)
		}
		if has {
			n++
		}
	}
	return n
}

func openFail(t *testing.T) (*outageWorld, *hooked) {
	o, hook := openOutage(t, failConfig), &hooked{}
	o.web.Handle(hook, "hook.example")
	o.run()
	time.Sleep(3 * time.Minute)
	return o, hook
}

// TestRefusedCredentialsPauseTheIntegration takes Slack's token away: everything
// waits, those who run Earshot hear of it once and by the other way, and a new
// token sends what waited.
func TestRefusedCredentialsPauseTheIntegration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, hook := openFail(t)
		token := filepath.Join(filepath.Dir(o.path), "token")
		write := func(text string) {
			if err := os.WriteFile(token, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
			if err := o.daemon.Reload(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		write("xoxb-revoked")
		began := time.Now()
		o.complain(3, "Norvane", false)
		time.Sleep(90 * time.Minute)
		calls := 0
		for _, c := range o.slack.Calls() {
			if c.At.After(began) {
				calls++
			}
		}
		if n := hook.holding("credentials for slack are refused"); n != 1 {
			t.Errorf("ops was told %d times over the other way: %v", n, hook.said)
		}
		if calls > 2*90+10 {
			t.Errorf("Slack was asked %d times in 90 minutes", calls)
		}
		for _, a := range o.alerts() {
			if a.Kind == earshot.AlertCard && a.Receiver == "care" && a.Reason != "" {
				t.Errorf("%s is %s while Slack is locked: %s", a.Key, a.Reason, a.Why)
			}
		}
		if h := o.daemon.webHealth(); !strings.Contains(h.Slack, "invalid_auth") {
			t.Errorf("the dashboard says %q of Slack", h.Slack)
		}
		write(demo.BotToken)
		time.Sleep(10 * time.Second)
		if got := after(o.slack.Timeline("care"), began); len(got) != 3 {
			t.Errorf("with a new token: %s", texts(got))
		}
		if h := o.daemon.webHealth(); h.Slack != "" {
			t.Errorf("and the dashboard still says %q", h.Slack)
		}
		o.stop()
	})
}

// TestAChannelThatIsGoneFallsBack sends to an archived channel: the fallback has
// the card, and those who run Earshot hear of the channel once.
func TestAChannelThatIsGoneFallsBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, hook := openFail(t)
		o.complain(3, "Telvanta", false)
		time.Sleep(5 * time.Minute)
		if n := hook.holding(`"brand":"Telvanta"`); n != 3 {
			t.Errorf("the fallback had %d of 3 cards: %v", n, hook.said)
		}
		told := 0
		for _, m := range o.slack.Timeline("care") {
			if strings.Contains(m.Last().Text, "Messages to old do not arrive") {
				told++
			}
		}
		if told != 1 {
			t.Errorf("ops was told %d times: %s", told, texts(o.slack.Timeline("care")))
		}
		o.stop()
	})
}
