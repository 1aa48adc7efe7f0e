package demo

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
)

// deliver hands an interaction to the app: over its socket if one is open, else
// as a signed request. The app has Ack to take it.
func (s *Slack) deliver(ctx context.Context, kind string, payload map[string]any) (Ack, error) {
	ctx, cancel := context.WithTimeout(ctx, s.opt.Ack)
	defer cancel()
	start := s.opt.Now()
	ack, err := s.send(ctx, kind, payload)
	ack.Took = s.opt.Now().Sub(start)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("the app did not acknowledge within %s: %w", s.opt.Ack, err)
	}
	return ack, err
}

func (s *Slack) send(ctx context.Context, kind string, payload map[string]any) (Ack, error) {
	if k := s.liveSocket(); k != nil {
		body, err := k.ask(ctx, s.envelopeID(), kind, payload)
		return Ack{Via: "socket", Body: body}, err
	}
	if s.opt.Request == "" {
		return Ack{}, errors.New("no socket is open and the app has no request URL")
	}
	return s.postSigned(ctx, kind, payload)
}

func (s *Slack) envelopeID() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.name("envelope-")
}

// postSigned sends an interaction as Slack sends it over HTTP.
func (s *Slack) postSigned(ctx context.Context, kind string, payload map[string]any) (Ack, error) {
	body, mime := encodeInteraction(kind, payload)
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, s.opt.Request, bytes.NewReader(body))
	if err != nil {
		return Ack{}, err
	}
	req.Header.Set("Content-Type", mime)
	Sign(req.Header, s.opt.Secret, strconv.FormatInt(s.opt.Now().Unix(), 10), body)
	res, err := s.opt.Client.Do(req)
	if err != nil {
		return Ack{Via: "http"}, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, maxBody))
	ack := Ack{Via: "http", Status: res.StatusCode}
	if json.Valid(answer) {
		ack.Body = answer
	}
	if err == nil && res.StatusCode >= 300 {
		err = fmt.Errorf("the app answered %s", res.Status)
	}
	return ack, err
}

// encodeInteraction writes the three forms Slack uses: a form with one JSON
// field, a plain form for slash commands, JSON for events.
func encodeInteraction(kind string, payload map[string]any) (body []byte, mime string) {
	switch kind {
	case "events_api":
		return raw(payload), "application/json"
	case "slash_commands":
		form := url.Values{}
		for k, v := range payload {
			form.Set(k, fmt.Sprint(v))
		}
		return []byte(form.Encode()), "application/x-www-form-urlencoded"
	}
	return []byte(url.Values{"payload": {string(raw(payload))}}.Encode()), "application/x-www-form-urlencoded"
}

// Sign sets the two headers by which an app knows a request of Slack: the time
// (seconds since 1970) and an HMAC-SHA256 of "v0:time:body" under the signing secret.
func Sign(h http.Header, secret, at string, body []byte) {
	mac := hmac.New(sha256.New, []byte(secret))
	fmt.Fprintf(mac, "v0:%s:%s", at, body)
	h.Set("X-Slack-Request-Timestamp", at)
	h.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
}
