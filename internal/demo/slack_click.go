package demo

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// Click is a person pressing something on a card.
type Click struct {
	Case   string `json:"case"`             // the card's case; or
	TS     string `json:"ts,omitempty"`     // the message itself, with Channel
	Where  string `json:"where,omitempty"`  // channel of TS
	Action string `json:"action"`           // action_id
	Option string `json:"option,omitempty"` // of an overflow menu or select: its value, or what its value or text begins with
	User   string `json:"user,omitempty"`   // "" is the first user
	// Stale presses what stood there so many edits ago: a person who had not seen the newest card.
	Stale int `json:"stale,omitempty"`
}

// Ack is how the app took an interaction.
type Ack struct {
	Via    string          `json:"via"`              // socket, http
	Status int             `json:"status,omitempty"` // http
	Body   json.RawMessage `json:"body,omitempty"`   // what it answered with, if JSON
	Took   time.Duration   `json:"took"`
}

// Click presses a button or chooses from a menu and waits for the app's
// acknowledgement. It fails if there is no such card or element, or if the app
// did not acknowledge in time.
func (s *Slack) Click(ctx context.Context, c Click) (Ack, error) {
	payload, err := s.blockActions(c)
	if err != nil {
		return Ack{}, err
	}
	return s.deliver(ctx, "interactive", payload)
}

// blockActions builds the payload of a click.
func (s *Slack) blockActions(c Click) (map[string]any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.clicked(c)
	if m == nil {
		return nil, fmt.Errorf("click %s: no card of case %q", c.Action, c.Case)
	}
	v := m.Versions[max(0, len(m.Versions)-1-c.Stale)]
	el, err := findElement(v.Blocks, c.Action)
	if err != nil {
		return nil, err
	}
	action, err := pressed(el, c.Option)
	if err != nil {
		return nil, err
	}
	action["action_ts"] = s.stamp()
	user := s.person(c.User)
	p := s.envelope("block_actions", user)
	p["container"] = map[string]any{"type": "message", "message_ts": m.TS, "channel_id": m.Channel, "is_ephemeral": m.Ephemeral != ""}
	p["channel"] = map[string]any{"id": m.Channel, "name": m.Name}
	shown := *m
	shown.Versions = []Version{v}
	p["message"] = shown.wire(true)
	p["response_url"] = s.responseURL(m, user.ID)
	p["state"] = map[string]any{"values": map[string]any{}}
	p["actions"] = []any{action}
	return p, nil
}

// clicked finds the message a click is on. The caller holds the lock.
func (s *Slack) clicked(c Click) *Message {
	if c.TS != "" {
		return s.byTS[c.Where+" "+c.TS]
	}
	for _, m := range s.messages {
		if m.isCard() && m.Last().Metadata.Text("case") == c.Case {
			return m
		}
	}
	return nil
}

// envelope is what every interaction has in common. The caller holds the lock.
func (s *Slack) envelope(kind string, u User) map[string]any {
	return map[string]any{"type": kind, "api_app_id": appID, "token": "unused", "trigger_id": s.trigger(u.ID),
		"team": map[string]any{"id": teamID, "domain": "pretend"},
		"user": map[string]any{"id": u.ID, "username": u.Name, "name": u.Name, "team_id": teamID}}
}

func (s *Slack) person(id string) User {
	if u, ok := s.user(id); ok {
		return u
	}
	return s.opt.Users[0]
}

// findElement looks for an element by its action_id in actions, accessories and inputs.
func findElement(blocks json.RawMessage, action string) (object, error) {
	var list []object
	if err := json.Unmarshal(blocks, &list); err != nil {
		return nil, fmt.Errorf("click %s: the message has no blocks", action)
	}
	var have []string
	for _, b := range list {
		els, _ := b["elements"].([]any)
		els = append(append([]any{}, els...), b["accessory"], b["element"])
		for _, e := range els {
			o, ok := e.(object)
			if !ok || o["action_id"] == nil {
				continue
			}
			if str(o, "action_id") == action {
				o["block_id"] = b["block_id"]
				return o, nil
			}
			have = append(have, str(o, "action_id"))
		}
	}
	return nil, fmt.Errorf("click %s: the card has only %s", action, strings.Join(have, ", "))
}

// pressed is the element as the payload names it.
func pressed(el object, option string) (map[string]any, error) {
	a := map[string]any{"type": el["type"], "action_id": el["action_id"], "block_id": el["block_id"]}
	options, _ := el["options"].([]any)
	if len(options) == 0 {
		a["text"], a["value"] = el["text"], el["value"]
		return a, nil
	}
	for _, o := range options {
		opt, _ := o.(object)
		text, _ := opt["text"].(object)
		if option != "" && (strings.HasPrefix(str(opt, "value"), option) || strings.HasPrefix(str(text, "text"), option)) {
			a["selected_option"] = opt
			return a, nil
		}
	}
	return nil, fmt.Errorf("choose %q of %s: no such option", option, str(el, "action_id"))
}

// Submit sends a modal off with what a person filled in, by block id and
// action id, and applies the app's answer (a modal without one is closed).
func (s *Slack) Submit(ctx context.Context, view string, values map[string]map[string]any) (Ack, error) {
	s.mu.Lock()
	v := s.views[view]
	if v == nil || v.Kind != string(inModal) {
		s.mu.Unlock()
		return Ack{}, fmt.Errorf("submit %s: no such modal is open", view)
	}
	p := s.envelope("view_submission", s.person(v.User))
	body := v.wire()
	body["state"] = map[string]any{"values": values}
	p["view"] = body
	s.mu.Unlock()
	ack, err := s.deliver(ctx, "interactive", p)
	if err != nil {
		return ack, err
	}
	return ack, s.submitted(v, ack.Body)
}

// submitted does what the app's answer to a submission says.
func (s *Slack) submitted(v *View, body json.RawMessage) error {
	var a struct {
		Action string          `json:"response_action"`
		View   json.RawMessage `json:"view"`
		Errors map[string]string
	}
	if len(body) > 0 {
		if err := json.Unmarshal(body, &a); err != nil {
			return fmt.Errorf("submit %s: %w", v.ID, err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch a.Action {
	case "errors":
		return nil
	case "update", "push":
		_, err := s.show(a.View, inModal, v.User, v.ID)
		return err
	}
	delete(s.views, v.ID)
	return nil
}

// Slash types a slash command in a channel.
func (s *Slack) Slash(ctx context.Context, user, channel, command, text string) (Ack, error) {
	s.mu.Lock()
	ch, u := s.channel(channel), s.person(user)
	if ch == nil {
		s.mu.Unlock()
		return Ack{}, fmt.Errorf("%s in %s: no such channel", command, channel)
	}
	p := map[string]any{"command": command, "text": text, "user_id": u.ID, "user_name": u.Name, "channel_id": ch.ID,
		"channel_name": ch.Name, "team_id": teamID, "team_domain": "pretend", "api_app_id": appID, "token": "unused",
		"trigger_id": s.trigger(u.ID), "response_url": s.responseURL(&Message{Channel: ch.ID}, u.ID)}
	s.mu.Unlock()
	return s.deliver(ctx, "slash_commands", p)
}

// Shortcut uses a message shortcut on the message at ts of a channel.
func (s *Slack) Shortcut(ctx context.Context, user, callback, channel, ts string) (Ack, error) {
	s.mu.Lock()
	m := s.byTS[channel+" "+ts]
	if m == nil {
		s.mu.Unlock()
		return Ack{}, fmt.Errorf("shortcut %s: no message %s in %s", callback, ts, channel)
	}
	u := s.person(user)
	p := s.envelope("message_action", u)
	p["callback_id"], p["message_ts"], p["message"] = callback, m.TS, m.wire(true)
	p["channel"] = map[string]any{"id": m.Channel, "name": m.Name}
	p["response_url"] = s.responseURL(m, u.ID)
	s.mu.Unlock()
	return s.deliver(ctx, "interactive", p)
}

// Home opens the app's home tab: the app hears an app_home_opened event.
func (s *Slack) Home(ctx context.Context, user string) (Ack, error) {
	s.mu.Lock()
	u := s.person(user)
	p := map[string]any{"type": "event_callback", "team_id": teamID, "api_app_id": appID, "token": "unused",
		"event_id": s.name("Ev"), "event_time": s.opt.Now().Unix(),
		"event": map[string]any{"type": "app_home_opened", "user": u.ID, "tab": "home", "channel": "D" + u.ID[1:], "event_ts": s.stamp()}}
	s.mu.Unlock()
	return s.deliver(ctx, "events_api", p)
}
