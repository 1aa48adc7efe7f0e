package demo

import (
	"slices"
	"strconv"
)

const (
	historyDefault = 100
	historyMax     = 999
)

// window is the part of a channel's past a call asks for.
type window struct {
	oldest, latest int64
	inclusive      bool
	limit          int
	metadata       bool
}

func readWindow(c *call) (window, error) {
	w := window{oldest: micros(c.text("oldest")), latest: micros(c.text("latest")), inclusive: c.yes("inclusive"),
		limit: historyDefault, metadata: c.yes("include_all_metadata")}
	if l := c.text("limit"); l != "" {
		n, err := strconv.Atoi(l)
		if err != nil || n < 1 || n > historyMax {
			return w, refuse("invalid_limit")
		}
		w.limit = n
	}
	if cursor := c.text("cursor"); cursor != "" {
		n, err := strconv.ParseInt(cursor, 36, 64)
		if err != nil {
			return w, refuse("invalid_cursor")
		}
		w.latest, w.inclusive = n, false
	}
	return w, nil
}

// holds says whether a message falls into the window.
func (w window) holds(m *Message) bool {
	t := micros(m.TS)
	if w.inclusive {
		return t >= w.oldest && (w.latest == 0 || t <= w.latest)
	}
	return t > w.oldest && (w.latest == 0 || t < w.latest)
}

// history returns a channel's messages, newest first, without thread lines that
// were not broadcast.
func (s *Slack) history(c *call) (reply, error) {
	return s.past(c, true, func(m *Message) bool { return m.Thread == "" || m.Broadcast || m.Thread == m.TS })
}

// replies returns a thread, its root first.
func (s *Slack) replies(c *call) (reply, error) {
	root := c.text("ts")
	if root == "" {
		return nil, refuse("invalid_arguments", "[ERROR] missing required field: ts")
	}
	out, err := s.past(c, false, func(m *Message) bool { return m.TS == root || m.Thread == root })
	if err == nil && len(out["messages"].([]map[string]any)) == 0 {
		return nil, refuse("thread_not_found")
	}
	return out, err
}

func (s *Slack) past(c *call, newestFirst bool, want func(*Message) bool) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channel(c.text("channel"))
	switch {
	case ch == nil:
		return nil, refuse("channel_not_found")
	case ch.Outside:
		return nil, refuse("not_in_channel")
	}
	w, err := readWindow(c)
	if err != nil {
		return nil, err
	}
	if err := s.take("history", historyBurst); err != nil {
		return nil, err
	}
	var found []*Message
	for _, m := range s.messages {
		if m.Channel == ch.ID && !m.Deleted && m.Ephemeral == "" && want(m) && w.holds(m) {
			found = append(found, m)
		}
	}
	return w.cut(found, newestFirst), nil
}

// cut takes the newest messages up to the limit and leaves a cursor to the rest.
func (w window) cut(found []*Message, newestFirst bool) reply {
	more := len(found) > w.limit
	if more && newestFirst {
		found = found[len(found)-w.limit:]
	} else if more {
		found = found[:w.limit]
	}
	out := reply{"has_more": more, "response_metadata": map[string]any{"next_cursor": ""}}
	if more && newestFirst {
		out["response_metadata"] = map[string]any{"next_cursor": strconv.FormatInt(micros(found[0].TS), 36)}
	}
	list := make([]map[string]any, 0, len(found))
	for _, m := range found {
		list = append(list, m.wire(w.metadata))
	}
	if newestFirst {
		slices.Reverse(list)
	}
	out["messages"] = list
	return out
}

func (c *Channel) wire() map[string]any {
	return map[string]any{"id": c.ID, "name": c.Name, "is_channel": c.User == "", "is_im": c.User != "", "user": c.User,
		"is_archived": c.Archived, "is_member": !c.Outside, "is_private": false}
}

func (s *Slack) conversationInfo(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channel(c.text("channel"))
	if ch == nil {
		return nil, refuse("channel_not_found")
	}
	return reply{"channel": ch.wire()}, nil
}

func (s *Slack) conversationList(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []map[string]any{}
	for _, ch := range s.channels {
		if ch.User == "" && !(ch.Archived && c.yes("exclude_archived")) {
			list = append(list, ch.wire())
		}
	}
	return reply{"channels": list, "response_metadata": map[string]any{"next_cursor": ""}}, nil
}

func (s *Slack) conversationOpen(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.user(c.text("users")); !ok {
		return nil, refuse("user_not_found")
	}
	return reply{"channel": s.channel(c.text("users")).wire()}, nil
}

func (s *Slack) conversationJoin(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channel(c.text("channel"))
	switch {
	case ch == nil:
		return nil, refuse("channel_not_found")
	case ch.Archived:
		return nil, refuse("is_archived")
	}
	ch.Outside = false
	return reply{"channel": ch.wire()}, nil
}

// SetChannel archives, revives, renames or adds a channel while others use it.
func (s *Slack) SetChannel(c Channel) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, old := range s.channels {
		if old.ID == c.ID {
			*old = c
			return
		}
	}
	s.channels = append(s.channels, &c)
}
