package demo

import (
	"encoding/json"
	"net/http"
	"time"
)

// hook is a response_url: it may be used five times in half an hour.
type hook struct {
	channel string
	ts      string // the message the click was on
	user    string
	at      time.Time
	used    int
}

const (
	hookUses = 5
	hookLife = 30 * time.Minute
)

// HookURL is the incoming webhook of a channel; base is the workspace's address.
func HookURL(base, channel string) string { return base + "/hook/" + channel }

// serveHook is an incoming webhook: it knows no metadata, no edit and no thread
// of its own, and answers in plain text.
func (s *Slack) serveHook(w http.ResponseWriter, r *http.Request) {
	c, err := readCall(r)
	fault := s.faults.draw("hook", s.opt.Now())
	fault.delay(r.Context())
	if err == nil && !fault.refuses() {
		err = s.hookPost(c, r.PathValue("channel"))
	}
	s.record(Call{At: s.opt.Now(), Method: "hook", Error: word(err), Fault: fault.Kind})
	if !fault.answer(w, r) {
		writePlain(w, err)
	}
}

func (s *Slack) hookPost(c *call, channel string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, err := s.writable(channel)
	if err != nil {
		return err
	}
	v, err := readContent(c, Version{})
	if err != nil {
		return err
	}
	if err := s.take("post "+ch.ID, s.opt.Burst); err != nil {
		return err
	}
	v.Metadata = Metadata{}
	s.put(ch, v, Message{Via: "webhook", Thread: c.text("thread_ts")})
	return nil
}

// writePlain answers a webhook: "ok", or Slack's word with its status.
func writePlain(w http.ResponseWriter, err error) {
	status, text := http.StatusOK, "ok"
	if err != nil {
		status, text = http.StatusBadRequest, err.Error()
		if r, ok := err.(*refusal); ok {
			switch r.word {
			case "ratelimited":
				w.Header().Set("Retry-After", seconds(r.after))
				status, text = http.StatusTooManyRequests, "rate_limited"
			case "channel_not_found":
				status = http.StatusNotFound
			case "is_archived":
				status, text = http.StatusGone, "channel_is_archived"
			}
		}
	}
	w.WriteHeader(status)
	if _, err := w.Write([]byte(text)); err != nil {
		return // the caller is gone
	}
}

// responseURL hands out a response_url. The caller holds the lock.
func (s *Slack) responseURL(m *Message, user string) string {
	id := secret()
	s.hooks[id] = &hook{channel: m.Channel, ts: m.TS, user: user, at: s.opt.Now()}
	return s.base + "/response/" + id
}

// serveResponse takes what an app says through a response_url.
func (s *Slack) serveResponse(w http.ResponseWriter, r *http.Request) {
	c, err := readCall(r)
	if err == nil {
		err = s.respond(c, r.PathValue("id"))
	}
	s.record(Call{At: s.opt.Now(), Method: "response", Error: word(err)})
	writePlain(w, err)
}

func (s *Slack) respond(c *call, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	h := s.hooks[id]
	switch {
	case h == nil:
		return refuse("invalid_url")
	case h.used >= hookUses:
		return refuse("used_url")
	case s.opt.Now().Sub(h.at) > hookLife:
		return refuse("expired_url")
	}
	h.used++
	old := s.byTS[h.channel+" "+h.ts]
	if c.yes("delete_original") && old != nil {
		old.Deleted = true
		s.tell(Change{Message: old.clone(), Deleted: true})
		return nil
	}
	v, err := readContent(c, Version{})
	if err != nil {
		return err
	}
	if c.yes("replace_original") && old != nil {
		v.At, v.Metadata = s.opt.Now(), old.Last().Metadata
		old.Versions = append(old.Versions, v)
		s.tell(Change{Message: old.clone(), Edit: true})
		return nil
	}
	m := Message{Via: "response", Thread: c.text("thread_ts")}
	if c.text("response_type") != "in_channel" {
		m.Ephemeral = h.user
	}
	s.put(s.channel(h.channel), v, m)
	return nil
}

// raw marshals what this package itself built, which cannot fail.
func raw(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		return json.RawMessage(`{}`)
	}
	return b
}
