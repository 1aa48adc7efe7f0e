package alerttest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

// Slack is a pretend Slack Web API that enforces the limits of the real one.
type Slack struct {
	URL   string // of the API, with a trailing slash
	Token string

	mu       sync.Mutex
	next     Fault
	channels map[string]string
	messages []*SlackMessage
	log      []Delivery
	whispers []string
	dialogs  []string
	homes    []string
	seconds  int64
}

// SlackMessage is a message as Slack keeps it.
type SlackMessage struct {
	Channel   string          `json:"-"`
	TS        string          `json:"ts"`
	Thread    string          `json:"thread_ts,omitempty"`
	Text      string          `json:"text"`
	Blocks    json.RawMessage `json:"blocks,omitempty"`
	Metadata  json.RawMessage `json:"metadata,omitempty"`
	Broadcast bool            `json:"-"`
}

// NewSlack starts a pretend Slack with the channels #care (C0CARE) and #other;
// it stops with the test.
func NewSlack(t *testing.T) *Slack {
	s := &Slack{Token: "xoxb-secret-token", channels: map[string]string{"#care": "C0CARE", "#other": "C0OTHER"}, seconds: now.Unix()}
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL + "/api/"
	return s
}

// Fail sets what becomes of the next request.
func (s *Slack) Fail(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.next = f
}

// Deliveries lists what was posted and edited.
func (s *Slack) Deliveries() []Delivery {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Delivery(nil), s.log...)
}

// Message returns the message as it stands now.
func (s *Slack) Message(ts string) *SlackMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.messages {
		if m.TS == ts {
			return m
		}
	}
	return nil
}

// Delete removes a message, as a person may.
func (s *Slack) Delete(ts string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	kept := s.messages[:0]
	for _, m := range s.messages {
		if m.TS != ts {
			kept = append(kept, m)
		}
	}
	s.messages = kept
}

// ServeHTTP answers the methods that a notifier uses.
func (s *Slack) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fault := s.next
	s.next = ""
	if err := r.ParseForm(); err != nil {
		refuse(w, "invalid_form_data")
		return
	}
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if token == "" {
		token = r.Form.Get("token")
	}
	switch {
	case fault == Busy:
		w.Header().Set("Retry-After", "7")
		http.Error(w, "slow down", http.StatusTooManyRequests)
		return
	case fault == Down:
		http.Error(w, "down", http.StatusServiceUnavailable)
		return
	case fault == Missing:
		refuse(w, "is_archived")
		return
	case fault == Refused:
		refuse(w, "invalid_blocks")
		return
	case fault == Locked || token != s.Token:
		refuse(w, "invalid_auth")
		return
	}
	s.method(w, r, fault)
}

func (s *Slack) method(w http.ResponseWriter, r *http.Request, fault Fault) {
	switch strings.TrimPrefix(r.URL.Path, "/api/") {
	case "chat.postMessage":
		s.post(w, r, fault)
	case "chat.update":
		s.update(w, r, fault)
	case "conversations.history":
		s.read(w, r, "")
	case "conversations.replies":
		s.read(w, r, r.Form.Get("ts"))
	case "conversations.list":
		var list []map[string]any
		for name, id := range s.channels {
			list = append(list, map[string]any{"id": id, "name": strings.TrimPrefix(name, "#")})
		}
		answer(w, map[string]any{"channels": list})
	case "conversations.open":
		answer(w, map[string]any{"channel": map[string]any{"id": "D" + r.Form.Get("users")}})
	case "chat.postEphemeral":
		s.whispers = append(s.whispers, r.Form.Get("user")+": "+r.Form.Get("text")+r.Form.Get("blocks"))
		answer(w, map[string]any{"message_ts": "1.0"})
	case "views.open":
		s.open(w, r)
	case "views.publish":
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			refuse(w, "invalid_arguments")
			return
		}
		s.homes = append(s.homes, string(raw))
		answer(w, map[string]any{"view": map[string]any{"id": "V2"}})
	default:
		refuse(w, "unknown_method")
	}
}

// open takes a dialog, which comes as JSON.
func (s *Slack) open(w http.ResponseWriter, r *http.Request) {
	raw, err := io.ReadAll(r.Body)
	if err != nil {
		refuse(w, "invalid_arguments")
		return
	}
	var body struct {
		Trigger string `json:"trigger_id"`
		View    struct {
			Title struct {
				Text string `json:"text"`
			} `json:"title"`
		} `json:"view"`
	}
	if err := json.Unmarshal(raw, &body); err != nil || body.Trigger == "" || utf8.RuneCountInString(body.View.Title.Text) > 24 {
		refuse(w, "invalid_arguments")
		return
	}
	s.dialogs = append(s.dialogs, string(raw))
	answer(w, map[string]any{"view": map[string]any{"id": "V1"}})
}

// Whispers lists what single people were told: "user: text and blocks".
func (s *Slack) Whispers() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.whispers...)
}

// Homes lists the home tabs that were drawn.
func (s *Slack) Homes() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.homes...)
}

// Dialogs lists the requests that opened a dialog.
func (s *Slack) Dialogs() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.dialogs...)
}

func (s *Slack) post(w http.ResponseWriter, r *http.Request, fault Fault) {
	channel := s.channel(r.Form.Get("channel"))
	if channel == "" {
		refuse(w, "channel_not_found")
		return
	}
	if word := breaks(r.Form.Get("text"), r.Form.Get("blocks")); word != "" {
		refuse(w, word)
		return
	}
	s.seconds++
	m := &SlackMessage{Channel: channel, TS: fmt.Sprintf("%d.000100", s.seconds), Thread: r.Form.Get("thread_ts"), Text: r.Form.Get("text"),
		Blocks: raw(r.Form.Get("blocks")), Metadata: raw(r.Form.Get("metadata")), Broadcast: r.Form.Get("reply_broadcast") == "true"}
	s.messages = append(s.messages, m)
	s.log = append(s.log, delivered(m, false))
	if fault == Swallow {
		hangUp(w)
		return
	}
	answer(w, map[string]any{"channel": channel, "ts": m.TS, "message": m})
}

func (s *Slack) update(w http.ResponseWriter, r *http.Request, fault Fault) {
	if word := breaks(r.Form.Get("text"), r.Form.Get("blocks")); word != "" {
		refuse(w, word)
		return
	}
	for _, m := range s.messages {
		if m.TS == r.Form.Get("ts") && m.Channel == r.Form.Get("channel") {
			m.Text, m.Blocks, m.Metadata = r.Form.Get("text"), raw(r.Form.Get("blocks")), raw(r.Form.Get("metadata"))
			s.log = append(s.log, delivered(m, true))
			if fault == Swallow {
				hangUp(w)
				return
			}
			answer(w, map[string]any{"channel": m.Channel, "ts": m.TS, "text": m.Text})
			return
		}
	}
	refuse(w, "message_not_found")
}

// read serves history and replies, newest first, in pages of two so that a
// reader must follow the cursor.
func (s *Slack) read(w http.ResponseWriter, r *http.Request, thread string) {
	const size = 2
	oldest, err := strconv.ParseFloat(r.Form.Get("oldest"), 64)
	if err != nil {
		oldest = 0
	}
	var found []*SlackMessage
	for i := len(s.messages) - 1; i >= 0; i-- {
		m := s.messages[i]
		ts, err := strconv.ParseFloat(m.TS, 64)
		if err == nil && m.Channel == r.Form.Get("channel") && ts >= oldest && (m.Thread == thread || thread != "" && m.TS == thread) {
			found = append(found, m)
		}
	}
	from, err := strconv.Atoi(r.Form.Get("cursor"))
	if err != nil {
		from = 0
	}
	to := min(from+size, len(found))
	page, next := found[min(from, len(found)):to], ""
	if to < len(found) {
		next = strconv.Itoa(to)
	}
	list := make([]SlackMessage, len(page))
	for i, m := range page {
		list[i] = *m
		if r.Form.Get("include_all_metadata") != "1" {
			list[i].Metadata = nil
		}
	}
	answer(w, map[string]any{"messages": list, "has_more": next != "", "response_metadata": map[string]any{"next_cursor": next}})
}

func (s *Slack) channel(name string) string {
	if id := s.channels[name]; id != "" {
		return id
	}
	for _, id := range s.channels {
		if id == name {
			return id
		}
	}
	if strings.HasPrefix(name, "U") {
		return "D" + name
	}
	return ""
}

func raw(s string) json.RawMessage {
	if s == "" {
		return nil
	}
	return json.RawMessage(s)
}

func answer(w http.ResponseWriter, body map[string]any) {
	body["ok"] = true
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(body); err != nil {
		panic(err)
	}
}

func refuse(w http.ResponseWriter, word string) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(map[string]any{"ok": false, "error": word}); err != nil {
		panic(err)
	}
}

// hangUp closes the connection without an answer.
func hangUp(w http.ResponseWriter) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	if err := conn.Close(); err != nil {
		panic(err)
	}
}

// delivered reads what a person sees of a message.
func delivered(m *SlackMessage, edited bool) Delivery {
	d := ReadSlack(m.Text, m.Blocks)
	d.ID, d.Edited, d.Thread, d.Broadcast = m.TS, edited, m.Thread, m.Broadcast
	return d
}

// ReadSlack reads text and blocks as a person would.
func ReadSlack(text string, blocks json.RawMessage) Delivery {
	d := Delivery{Text: text, Raw: text + "\n" + string(blocks), Plain: len(blocks) == 0}
	var tree any
	if len(blocks) > 0 && json.Unmarshal(blocks, &tree) == nil {
		gather(tree, &d)
	}
	d.Text = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">").Replace(d.Text)
	return d
}

func gather(tree any, d *Delivery) {
	switch v := tree.(type) {
	case []any:
		for _, e := range v {
			gather(e, d)
		}
	case map[string]any:
		if s, ok := v["text"].(string); ok {
			d.Text += "\n" + s
		}
		if v["style"] == "primary" {
			d.Primary++
		}
		for _, e := range v {
			gather(e, d)
		}
	}
}
