package slack

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"sync"
	"time"

	api "github.com/slack-go/slack"
)

// maxBody is more than Slack ever sends.
const maxBody = 1 << 20

// signed is how long a signature is good for; Slack asks for five minutes.
const signed = 5 * time.Minute

// afterwards bounds what is done once Slack has its answer.
const afterwards = time.Minute

// errSignature is a request that did not come from Slack, or came before.
var errSignature = errors.New("the signature is not Slack's, too old, or was used before")

// ServeHTTP takes what Slack sends to the request URL: interactions and slash
// commands, signed. It answers within three seconds, then works.
func (d *Door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "too long", http.StatusRequestEntityTooLarge)
		return
	}
	if err := d.verify(r.Header, body); err != nil {
		http.Error(w, err.Error(), http.StatusUnauthorized)
		return
	}
	answer, err := d.decide(r.Context(), body)
	if err != nil {
		d.config.Report(err)
		http.Error(w, "not understood", http.StatusBadRequest)
		return
	}
	d.acknowledge(w, answer)
	if answer.then != nil {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(r.Context()), afterwards)
		defer cancel()
		if err := answer.then(ctx); err != nil {
			d.config.Report(err)
		}
	}
}

// decide tells events, which are JSON, from interactions and commands, which
// are forms.
func (d *Door) decide(ctx context.Context, body []byte) (reply, error) {
	if bytes.HasPrefix(body, []byte("{")) {
		return d.events(body)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return reply{}, fmt.Errorf("slack form: %w", err)
	}
	if payload := form.Get("payload"); payload != "" {
		return d.interaction(ctx, []byte(payload))
	}
	if form.Get("command") != "" {
		return d.command(ctx, DecodeCommand(form, d.config.Now()))
	}
	return reply{}, errors.New("slack sent neither an interaction nor a command")
}

// acknowledge sends the whole answer now: with its length said and flushed,
// Slack need not wait for the work that follows.
func (d *Door) acknowledge(w http.ResponseWriter, answer reply) {
	var body []byte
	if answer.body != nil {
		raw, err := json.Marshal(answer.body)
		if err != nil {
			d.config.Report(err)
		}
		body = raw
		w.Header().Set("Content-Type", "application/json")
	}
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if _, err := w.Write(body); err != nil {
		d.config.Report(err)
	}
	if err := http.NewResponseController(w).Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		d.config.Report(err)
	}
}

// verify checks the signature, its age, and that it is new.
func (d *Door) verify(h http.Header, body []byte) error {
	v, err := api.NewSecretsVerifier(h, d.config.SigningSecret)
	if err != nil {
		return errSignature
	}
	if _, err := v.Write(body); err != nil {
		return errSignature
	}
	if err := v.Ensure(); err != nil {
		return errSignature
	}
	if !d.seen.first(h.Get("X-Slack-Signature"), d.config.Now()) {
		return errSignature
	}
	return nil
}

// seen remembers signatures for as long as they are good.
type seen struct {
	mu    sync.Mutex
	until map[string]time.Time
}

func newSeen() *seen { return &seen{until: map[string]time.Time{}} }

// first says whether the signature is seen for the first time.
func (s *seen) first(signature string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	for k, t := range s.until {
		if t.Before(now) {
			delete(s.until, k)
		}
	}
	if _, again := s.until[signature]; again {
		return false
	}
	s.until[signature] = now.Add(2 * signed)
	return true
}
