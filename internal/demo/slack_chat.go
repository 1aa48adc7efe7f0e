package demo

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode/utf8"
)

const (
	maxText     = 40000 // characters of a message's text
	maxBlocks   = 13000 // characters of all texts in a message's blocks together; Slack does not document it
	maxMetadata = 16000 // bytes of a metadata payload
)

// readContent reads and checks what a message says. An edit (old is what stands
// there) with metadata alone keeps the words, one with text alone loses its
// blocks, and one without metadata keeps it.
func readContent(c *call, old Version) (Version, error) {
	v := Version{Text: c.text("text"), Blocks: c.json("blocks"), Metadata: old.Metadata}
	if string(v.Blocks) == "[]" {
		v.Blocks = nil
	}
	if v.Text == "" && v.Blocks == nil && c.json("attachments") == nil {
		if old.At.IsZero() || c.json("metadata") == nil {
			return v, refuse("no_text")
		}
		v.Text, v.Blocks = old.Text, old.Blocks
	}
	if utf8.RuneCountInString(v.Text) > maxText {
		return v, refuse("msg_too_long")
	}
	if v.Blocks != nil {
		if err := checkBlocks(v.Blocks, inMessage); err != nil {
			return v, err
		}
		v.Blocks = nameBlocks(v.Blocks)
	}
	err := readMetadata(c, &v)
	return v, err
}

func readMetadata(c *call, v *Version) error {
	raw := c.json("metadata")
	if raw == nil {
		return nil
	}
	if len(raw) > maxMetadata {
		return refuse("metadata_too_large")
	}
	v.Metadata = Metadata{}
	if err := json.Unmarshal(raw, &v.Metadata); err != nil || v.Metadata.Type == "" || v.Metadata.Payload == nil {
		return refuse("invalid_metadata_format")
	}
	return nil
}

// nameBlocks gives a block_id to blocks and an action_id to elements that have
// none, as Slack does; what has all its names is left as it was sent.
func nameBlocks(blocks json.RawMessage) json.RawMessage {
	var list []object
	if err := json.Unmarshal(blocks, &list); err != nil {
		return blocks
	}
	named := false
	name := func(o object, key, to string) {
		if str(o, key) == "" {
			o[key], named = to, true
		}
	}
	for i, b := range list {
		name(b, "block_id", fmt.Sprintf("block%d", i))
		if str(b, "type") != "actions" {
			continue
		}
		els, _ := b["elements"].([]any)
		for j, e := range els {
			if o, ok := e.(object); ok {
				name(o, "action_id", fmt.Sprintf("action%d", j))
			}
		}
	}
	if !named {
		return blocks
	}
	return raw(list)
}

// writable finds the channel a call wants to write to.
func (s *Slack) writable(name string) (*Channel, error) {
	if name == "" {
		return nil, refuse("invalid_arguments", "[ERROR] missing required field: channel")
	}
	c := s.channel(name)
	switch {
	case c == nil:
		return nil, refuse("channel_not_found")
	case c.Archived:
		return nil, refuse("is_archived")
	case c.Outside:
		return nil, refuse("not_in_channel")
	}
	return c, nil
}

func (s *Slack) chatPost(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.text("channel"))
	if err != nil {
		return nil, err
	}
	v, err := readContent(c, Version{})
	if err != nil {
		return nil, err
	}
	thread := c.text("thread_ts")
	if thread != "" && s.byTS[ch.ID+" "+thread] == nil {
		return nil, refuse("thread_not_found")
	}
	if err := s.take("post "+ch.ID, s.opt.Burst); err != nil {
		return nil, err
	}
	m := s.put(ch, v, Message{Thread: thread, Broadcast: c.yes("reply_broadcast"), Via: "api"})
	return reply{"channel": ch.ID, "ts": m.TS, "message": m.wire(true)}, nil
}

// put stores a new message in a channel. The caller holds the lock.
func (s *Slack) put(ch *Channel, v Version, m Message) *Message {
	v.At = s.opt.Now()
	m.Channel, m.Name, m.TS, m.User, m.Versions = ch.ID, ch.Name, s.stamp(), botUser, []Version{v}
	return s.add(m)
}

// own finds a message that the app may change. A person's id stands for a direct
// message only where one is posted, not here.
func (s *Slack) own(c *call) (*Message, error) {
	if _, ok := s.user(c.text("channel")); ok {
		return nil, refuse("channel_not_found")
	}
	ch, err := s.writable(c.text("channel"))
	if err != nil {
		return nil, err
	}
	m := s.byTS[ch.ID+" "+c.text("ts")]
	if m == nil || m.Deleted || m.Ephemeral != "" {
		return nil, refuse("message_not_found")
	}
	return m, nil
}

func (s *Slack) chatUpdate(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.own(c)
	if err != nil {
		return nil, err
	}
	if m.Via != "api" {
		return nil, refuse("cant_update_message")
	}
	v, err := readContent(c, m.Last())
	if err != nil {
		return nil, err
	}
	if err := s.take("update", updateBurst); err != nil {
		return nil, err
	}
	v.At = s.opt.Now()
	m.Versions = append(m.Versions, v)
	s.tell(Change{Message: m.clone(), Edit: true})
	return reply{"channel": m.Channel, "ts": m.TS, "text": v.Text, "message": m.wire(true)}, nil
}

func (s *Slack) chatDelete(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.own(c)
	if err != nil {
		return nil, err
	}
	m.Deleted = true
	s.tell(Change{Message: m.clone(), Deleted: true})
	return reply{"channel": m.Channel, "ts": m.TS}, nil
}

func (s *Slack) chatEphemeral(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(c.text("channel"))
	if err != nil {
		return nil, err
	}
	if _, ok := s.user(c.text("user")); !ok {
		return nil, refuse("user_not_in_channel")
	}
	v, err := readContent(c, Version{})
	if err != nil {
		return nil, err
	}
	m := s.put(ch, v, Message{Thread: c.text("thread_ts"), Via: "ephemeral", Ephemeral: c.text("user")})
	return reply{"message_ts": m.TS}, nil
}

func (s *Slack) chatPermalink(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channel(c.text("channel"))
	if ch == nil {
		return nil, refuse("channel_not_found")
	}
	ts := c.text("message_ts")
	if s.byTS[ch.ID+" "+ts] == nil {
		return nil, refuse("message_not_found")
	}
	return reply{"channel": ch.ID, "permalink": permalink(ch.ID, ts)}, nil
}

func permalink(channel, ts string) string {
	return fmt.Sprintf("https://pretend.slack.example/archives/%s/p%s", channel, strings.ReplaceAll(ts, ".", ""))
}

// wire is a message as the API shows it; metadata only to those who asked.
func (m *Message) wire(metadata bool) map[string]any {
	v := m.Last()
	out := map[string]any{"type": "message", "user": m.User, "bot_id": botID, "app_id": appID, "team": teamID, "ts": m.TS, "text": v.Text}
	if v.Blocks != nil {
		out["blocks"] = v.Blocks
	}
	if m.Thread != "" {
		out["thread_ts"] = m.Thread
	}
	if m.Broadcast {
		out["subtype"] = "thread_broadcast"
	}
	if len(m.Versions) > 1 {
		out["edited"] = map[string]any{"user": m.User, "ts": fmt.Sprintf("%d.000000", v.At.Unix())}
	}
	if metadata && v.Metadata.Type != "" {
		out["metadata"] = v.Metadata
	}
	return out
}
