package webhook

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/alert/alerttest"
)

const secret = "hook-secret"

func door(t *testing.T) (alerttest.Door, *alerttest.Hook) {
	hook := alerttest.NewHook(t, read)
	return alerttest.Door{
		Notifier: New(nil), Other: hook, Edits: true, Secrets: []string{secret, "path-secret"}, Wait: 7 * time.Second,
		Receiver: earshot.Receiver{Name: "hook", Webhook: &earshot.WebhookTarget{URL: hook.URL + "/path-secret", Secret: secret}},
		Inert: func(raw string) error {
			if !json.Valid([]byte(raw)) {
				return fmt.Errorf("not JSON")
			}
			return nil
		},
		Kinds: map[alerttest.Fault]alert.ErrorKind{alerttest.Busy: alert.Retry, alerttest.Down: alert.Retry, alerttest.Missing: alert.Gone,
			alerttest.Refused: alert.Invalid, alerttest.Locked: alert.Auth, alerttest.Swallow: alert.Retry},
	}, hook
}

// read shows a delivery as its reader would; an edit names the case it changes.
func read(r alerttest.HookRequest) alerttest.Delivery {
	var b Body
	if err := json.Unmarshal(r.Body, &b); err != nil {
		return alerttest.Delivery{Text: err.Error()}
	}
	d := alerttest.Delivery{Raw: string(r.Body), Text: b.Text + "\n" + b.Header, Edited: b.Kind == earshot.AlertEdit, Plain: true}
	if c := b.Case; c != nil {
		d.ID = c.ID
		d.Text += "\n" + strings.Join([]string{c.Title, c.Quote, c.Author, c.URL, string(c.Status)}, "\n")
	}
	return d
}

func TestWebhook(t *testing.T) {
	alerttest.Run(t, func(t *testing.T) alerttest.Door { d, _ := door(t); return d })
}

func TestSignatureAndEventID(t *testing.T) {
	d, hook := door(t)
	m := d.Card("c7k2/card/1/hook")
	for range 2 {
		if _, err := d.Notifier.Notify(t.Context(), m); err != nil {
			t.Fatal(err)
		}
	}
	first, again := hook.Requests()[0], hook.Requests()[1]
	if id := first.Header.Get(HeaderEvent); id != m.Alert.Key || id != again.Header.Get(HeaderEvent) {
		t.Errorf("event id %q, want %q both times", id, m.Alert.Key)
	}
	sig := first.Header.Get(HeaderSignature)
	for name, c := range map[string]struct {
		secret, sig string
		body        []byte
		now         time.Time
		want        bool
	}{
		"right":         {secret, sig, first.Body, m.Now.Add(time.Minute), true},
		"other secret":  {"x", sig, first.Body, m.Now, false},
		"other body":    {secret, sig, []byte("{}"), m.Now, false},
		"replayed late": {secret, sig, first.Body, m.Now.Add(6 * time.Minute), false},
		"moved in time": {secret, strings.Replace(sig, "t=1", "t=2", 1), first.Body, m.Now, false},
		"no signature":  {secret, "", first.Body, m.Now, false},
	} {
		if got := Verify(c.secret, c.sig, c.body, c.now); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestARedirectIsNotFollowed(t *testing.T) {
	followed := false
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/elsewhere" {
			followed = true
			return
		}
		http.Redirect(w, r, "/elsewhere", http.StatusFound)
	}))
	defer server.Close()
	d, _ := door(t)
	d.Receiver.Webhook = &earshot.WebhookTarget{URL: server.URL}
	_, err := d.Notifier.Notify(t.Context(), d.Card("k"))
	if err == nil || followed {
		t.Errorf("followed %v, error %v", followed, err)
	}
}
