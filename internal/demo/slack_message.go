package demo

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"earshot"
)

// Metadata is what an app hangs on a message for other programs.
type Metadata struct {
	Type    string         `json:"event_type"`
	Payload map[string]any `json:"event_payload"`
}

// Text returns a value of the payload as a string, "" if it is not there.
func (m Metadata) Text(key string) string {
	switch v := m.Payload[key].(type) {
	case string:
		return v
	case nil:
		return ""
	default:
		b, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		return string(b)
	}
}

// Version is one state of a message.
type Version struct {
	At       time.Time       `json:"at"`
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks,omitempty"`
	Metadata Metadata        `json:"metadata,omitzero"`
}

// Message is one message with everything it ever said. The last version is what
// people see.
type Message struct {
	Channel   string              `json:"channel"` // id
	Name      string              `json:"channel_name"`
	TS        string              `json:"ts"`
	Thread    string              `json:"thread_ts,omitempty"`
	Broadcast bool                `json:"reply_broadcast,omitempty"`
	User      string              `json:"user"`
	Via       string              `json:"via"`                    // api, webhook, response, ephemeral
	Ephemeral string              `json:"ephemeral_to,omitempty"` // the only user who sees it
	Deleted   bool                `json:"deleted,omitempty"`
	Versions  []Version           `json:"versions"`
	Reactions map[string][]string `json:"reactions,omitempty"`
}

// Last is what people see.
func (m Message) Last() Version { return m.Versions[len(m.Versions)-1] }

// Posted is when the message first appeared.
func (m Message) Posted() time.Time { return m.Versions[0].At }

// Change is what happened to a message: its first version, an edit, or its removal.
type Change struct {
	Message Message `json:"message"` // a copy, as it is now
	Edit    bool    `json:"edit,omitempty"`
	Deleted bool    `json:"deleted,omitempty"`
}

// Duplicate is one thing that was told more than once.
type Duplicate struct {
	Channel string   `json:"channel"`
	Key     string   `json:"key"`
	TS      []string `json:"ts"`
}

// Watch calls f, in order and one at a time, with every change from now on. f
// must not call back into the workspace.
func (s *Slack) Watch(f func(Change)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.watchers = append(s.watchers, f)
}

// add stores a new message and tells the watchers. The caller holds the lock.
func (s *Slack) add(m Message) *Message {
	p := &m
	s.messages = append(s.messages, p)
	s.byTS[m.Channel+" "+m.TS] = p
	s.tell(Change{Message: m.clone()})
	return p
}

func (s *Slack) tell(c Change) {
	for _, f := range s.watchers {
		f(c)
	}
}

func (m *Message) clone() Message {
	c := *m
	c.Versions = slices.Clone(m.Versions)
	c.Reactions = maps.Clone(m.Reactions)
	return c
}

// Messages returns every message ever posted, oldest first.
func (s *Slack) Messages() []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]Message, 0, len(s.messages))
	for _, m := range s.messages {
		out = append(out, m.clone())
	}
	return out
}

// Timeline returns the messages of one channel (id or name), oldest first.
func (s *Slack) Timeline(channel string) []Message {
	bare := strings.TrimPrefix(channel, "#")
	return slices.DeleteFunc(s.Messages(), func(m Message) bool { return m.Channel != channel && m.Name != bare })
}

// Card returns the living card of a case: the first message of its own, not in a
// thread, that carries the case in its metadata. url and brand may stand in for
// the case's id; "" matches all.
func (s *Slack) Card(id, url, brand string) (Message, bool) {
	for _, m := range s.Messages() {
		d := m.Last().Metadata
		if m.isCard() && (id == "" || d.Text("case") == id) && (url == "" || d.Text("url") == url) && (brand == "" || d.Text("brand") == brand) {
			return m, true
		}
	}
	return Message{}, false
}

// isCard says whether the message is a case's card: not a thread line, not for
// one person's eyes only, not deleted, and no reminder or escalation, which say
// so in their alert key (case/kind/step/receiver).
func (m Message) isCard() bool {
	d := m.Last().Metadata
	if m.Thread != "" || m.Ephemeral != "" || m.Deleted || d.Type != CaseEvent {
		return false
	}
	parts := strings.Split(d.Text("key"), "/")
	return len(parts) < 2 || parts[1] == string(earshot.AlertCard)
}

// CaseEvent is the event type of a card's metadata.
const CaseEvent = "earshot_case"

// keys are what a message says that may be said only once in its channel: the
// alert's own key when the metadata has one, and that it is the card of a case.
// Without a key, a thread line is its thread, revision and words, and anything
// else its words.
func (m Message) keys() []string {
	first := m.Versions[0]
	d := first.Metadata
	var out []string
	switch alert := cmp.Or(d.Text("key"), d.Text("alert")); {
	case m.Ephemeral != "" || m.Deleted:
		return nil
	case alert != "":
		out = append(out, alert)
	case m.Thread != "":
		return []string{"line " + m.Thread + " " + d.Text("rev") + " " + first.Text}
	case d.Type != CaseEvent:
		return []string{"text " + d.Text("date") + " " + first.Text}
	}
	if m.isCard() {
		out = append(out, "card "+d.Text("case"))
	}
	return out
}

// Duplicates lists what was told more than once in a channel.
func (s *Slack) Duplicates() []Duplicate {
	type place struct{ channel, key string }
	seen := map[place][]string{}
	var order []place
	for _, m := range s.Messages() {
		for _, key := range m.keys() {
			k := place{m.Channel, key}
			if len(seen[k]) == 0 {
				order = append(order, k)
			}
			seen[k] = append(seen[k], m.TS)
		}
	}
	var out []Duplicate
	for _, k := range order {
		if len(seen[k]) > 1 {
			out = append(out, Duplicate{k.channel, k.key, seen[k]})
		}
	}
	return out
}

// Busiest is the largest number of new messages that appeared in a channel (id or
// name) within any window of that length; edits and what one person alone sees
// do not count.
func (s *Slack) Busiest(channel string, window time.Duration) int {
	var times []time.Time
	most := 0
	for _, m := range s.Timeline(channel) {
		if m.Ephemeral != "" {
			continue
		}
		times = append(times, m.Posted())
		for m.Posted().Sub(times[0]) >= window {
			times = times[1:]
		}
		most = max(most, len(times))
	}
	return most
}

// Restore puts messages back that an earlier workspace had, as Watch told them.
func (s *Slack) Restore(changes []Change) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range changes {
		m := c.Message
		k := m.Channel + " " + m.TS
		if old := s.byTS[k]; old != nil {
			*old = m
			continue
		}
		s.messages = append(s.messages, &m)
		s.byTS[k] = &m
		s.lastTS = max(s.lastTS, micros(m.TS))
	}
}

// micros is a message timestamp as microseconds; 0 if it is none.
func micros(ts string) int64 {
	sec, frac, _ := strings.Cut(ts, ".")
	frac = (frac + "000000")[:6]
	var n int64
	for _, r := range sec + frac {
		if r < '0' || r > '9' {
			return 0
		}
		n = n*10 + int64(r-'0')
	}
	return n
}
