// Package webhook posts alerts as signed JSON to an address of the operator's.
// It may POST there, and nothing else.
package webhook

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
	"strings"
	"time"

	"earshot"
	"earshot/alert"
)

const timeout = 30 * time.Second

// The headers of a delivery. The event id is the alert's key and stays the same
// when a delivery is repeated, so that the other side can tell.
const (
	HeaderSignature = "X-Earshot-Signature"
	HeaderEvent     = "X-Earshot-Event-Id"
)

// Notifier posts to the webhook of each message's receiver.
type Notifier struct{ http *http.Client }

// New makes a notifier; a nil client is one with a timeout. Redirects are not
// followed: a POST that moved is a wrong address.
func New(client *http.Client) *Notifier {
	c := http.Client{Timeout: timeout}
	if client != nil {
		c = *client
	}
	c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &Notifier{http: &c}
}

// Body is what is posted. Text is a sentence for people, the rest is for machines.
type Body struct {
	ID     string             `json:"id"`   // the alert's key
	Kind   earshot.AlertKind  `json:"kind"` // card, edit, line...
	Event  earshot.EventKind  `json:"event,omitempty"`
	At     time.Time          `json:"at"`
	Route  string             `json:"route,omitempty"`
	Text   string             `json:"text"`
	Header string             `json:"header,omitempty"`
	Urgent bool               `json:"urgent,omitempty"`
	Notify []string           `json:"notify,omitempty"`
	Case   *Case              `json:"case,omitempty"`
	Cases  []Case             `json:"cases,omitempty"`
	Ops    *earshot.OpsNotice `json:"ops,omitempty"`
	Spike  *Spike             `json:"spike,omitempty"`
}

// Spike is an incident: many say the same at once.
type Spike struct {
	ID       string         `json:"id"`
	Brand    string         `json:"brand"`
	Intent   earshot.Intent `json:"intent"`
	Count    int            `json:"count"`
	Expected float64        `json:"expected"`
	Since    time.Time      `json:"since"`
	Authors  int            `json:"authors"`
	Sites    int            `json:"sites"`
	Calm     bool           `json:"calm,omitempty"` // over
}

// Case is a case as the other side sees it.
type Case struct {
	ID         string            `json:"id"`
	Rev        int               `json:"rev"`
	Brand      string            `json:"brand"`
	Status     earshot.Status    `json:"status"`
	Work       earshot.Work      `json:"work"`
	Answer     earshot.Answer    `json:"answer"`
	Clock      earshot.Clock     `json:"clock"`
	Due        time.Time         `json:"due,omitzero"`
	Intent     earshot.Intent    `json:"intent"`
	Sentiment  earshot.Sentiment `json:"sentiment"`
	Severity   int               `json:"severity,omitempty"`
	Facet      earshot.Facet     `json:"facet,omitempty"`
	Confidence float64           `json:"confidence"`
	Unsure     bool              `json:"unsure,omitempty"`
	Owner      string            `json:"owner,omitempty"`
	Title      string            `json:"title,omitempty"`
	Quote      string            `json:"quote,omitempty"`
	URL        string            `json:"url"`
	Site       string            `json:"site,omitempty"`
	Author     string            `json:"author,omitempty"`
	Lang       string            `json:"lang,omitempty"`
	Published  time.Time         `json:"published"`
	FirstSeen  time.Time         `json:"first_seen"`
	Voices     int               `json:"voices,omitempty"`
	Copies     int               `json:"copies,omitempty"`
	Link       string            `json:"link,omitempty"` // its page on the dashboard
}

// Notify posts the alert. The other side knows a repeat by its id, so a
// delivery that is in doubt is simply made again.
func (n *Notifier) Notify(ctx context.Context, m alert.Message) (alert.Receipt, error) {
	if m.Receiver.Webhook == nil {
		return alert.Receipt{}, fail(alert.Invalid, fmt.Errorf("webhook: receiver %q has no webhook", m.Receiver.Name))
	}
	raw, err := json.Marshal(body(m))
	if err != nil {
		return alert.Receipt{}, fail(alert.Invalid, fmt.Errorf("webhook: %w", err))
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, m.Receiver.Webhook.URL, bytes.NewReader(raw))
	if err != nil {
		return alert.Receipt{}, fail(alert.Gone, errors.New("webhook: the address is not a URL"))
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("User-Agent", "Earshot")
	req.Header.Set(HeaderEvent, m.Alert.Key)
	if m.Receiver.Webhook.Secret != "" {
		req.Header.Set(HeaderSignature, Sign(m.Receiver.Webhook.Secret, m.Now, raw))
	}
	return n.send(req, m)
}

func (n *Notifier) send(req *http.Request, m alert.Message) (alert.Receipt, error) {
	resp, err := n.http.Do(req)
	if err != nil {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = e.Err // the address may hold a secret
		}
		return alert.Receipt{}, fail(alert.Retry, fmt.Errorf("webhook: %w", err))
	}
	defer resp.Body.Close()
	if _, err := io.CopyN(io.Discard, resp.Body, 1<<16); err != nil && !errors.Is(err, io.EOF) {
		return alert.Receipt{}, fail(alert.Retry, fmt.Errorf("webhook: read the answer: %w", err))
	}
	if resp.StatusCode/100 == 2 {
		return alert.Receipt{Ref: map[string]string{"id": m.Alert.Key}, Edited: m.Alert.Kind == earshot.AlertEdit}, nil
	}
	e := fail(kindOf(resp.StatusCode), fmt.Errorf("webhook: status %d", resp.StatusCode))
	e.After = retryAfter(resp.Header.Get("Retry-After"), m.Now)
	return alert.Receipt{}, e
}

// Sign makes the signature of a body sent at t: "t=SECONDS,v1=HEX", the
// HMAC-SHA256 of "SECONDS.BODY" under the receiver's secret.
func Sign(secret string, t time.Time, body []byte) string {
	stamp := strconv.FormatInt(t.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	return "t=" + stamp + ",v1=" + hex.EncodeToString(mac.Sum(nil))
}

// Verify says whether the signature is of the body, under the secret, and at
// most five minutes from now. It is what the other side does.
func Verify(secret, signature string, body []byte, now time.Time) bool {
	stamp, _, ok := strings.Cut(strings.TrimPrefix(signature, "t="), ",")
	sec, err := strconv.ParseInt(stamp, 10, 64)
	if !ok || err != nil || now.Sub(time.Unix(sec, 0)).Abs() > 5*time.Minute {
		return false
	}
	return hmac.Equal([]byte(signature), []byte(Sign(secret, time.Unix(sec, 0), body)))
}

func body(m alert.Message) Body {
	card := alert.Render(m)
	b := Body{ID: m.Alert.Key, Kind: m.Alert.Kind, Event: m.Alert.Event, At: m.Now.UTC(), Route: m.Alert.Route, Text: card.Text, Header: card.Header,
		Urgent: m.Alert.Urgent, Notify: m.Alert.Notify, Ops: m.Alert.Ops}
	if m.View.Case.ID != "" {
		c := caseOf(m.View, m.Links)
		b.Case = &c
	}
	if s := m.Spike; s != nil {
		b.Spike = &Spike{ID: s.ID, Brand: s.Brand, Intent: s.Intent, Count: s.Count, Expected: s.Expected, Since: s.Since.UTC(),
			Authors: s.Authors, Sites: s.Sites, Calm: s.Calm}
	}
	for _, v := range m.Views {
		b.Cases = append(b.Cases, caseOf(v, m.Links))
	}
	return b
}

func caseOf(v earshot.CaseView, links alert.Links) Case {
	c := v.Case
	return Case{ID: c.ID, Rev: c.Rev, Brand: c.Brand, Status: c.Status(), Work: c.Work, Answer: c.Answer, Clock: c.Clock.Clock, Due: c.Clock.Due,
		Intent: c.Label.Intent, Sentiment: c.Label.Sentiment, Severity: c.Label.Severity, Facet: c.Label.Facet, Confidence: c.Label.Confidence,
		Unsure: c.Label.Unsure, Owner: c.Owner, Title: v.Title, Quote: v.Quote, URL: v.URL, Site: v.Site, Author: v.Author.Name, Lang: v.Lang,
		Published: v.Published.UTC(), FirstSeen: v.FirstSeen.UTC(), Voices: c.Voices, Copies: c.Copies, Link: links.OfCase(c.ID)}
}

func fail(kind alert.ErrorKind, err error) *alert.SendError {
	return &alert.SendError{Kind: kind, Err: err}
}

func kindOf(status int) alert.ErrorKind {
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusProxyAuthRequired:
		return alert.Auth
	case http.StatusNotFound, http.StatusGone:
		return alert.Gone
	case http.StatusTooManyRequests, http.StatusRequestTimeout, http.StatusTooEarly, http.StatusConflict, http.StatusLocked:
		return alert.Retry
	}
	switch status / 100 {
	case 3:
		return alert.Gone
	case 5:
		return alert.Retry
	}
	return alert.Invalid
}

// retryAfter reads seconds or a date; at most a day is believed.
func retryAfter(h string, now time.Time) time.Duration {
	if sec, err := strconv.Atoi(h); err == nil {
		return min(max(time.Duration(sec)*time.Second, 0), 24*time.Hour)
	}
	if t, err := http.ParseTime(h); err == nil {
		return min(max(t.Sub(now), 0), 24*time.Hour)
	}
	return 0
}
