package demo

import (
	"encoding/json"
	"maps"
	"slices"
	"time"
)

// View is a modal or an App Home as the app last published it.
type View struct {
	ID       string          `json:"id"`
	Kind     string          `json:"type"` // modal, home
	User     string          `json:"user"`
	Callback string          `json:"callback_id,omitempty"`
	Private  string          `json:"private_metadata,omitempty"`
	Hash     string          `json:"hash"`
	Body     json.RawMessage `json:"body"` // as the app sent it
	At       time.Time       `json:"at"`
}

// trigger is a right to open one modal, for as long as it is fresh.
type trigger struct {
	user string
	at   time.Time
	used bool
}

const triggerLife = 3 * time.Second

// trigger hands out a trigger id. The caller holds the lock.
func (s *Slack) trigger(user string) string {
	id := s.name("1337.42.")
	s.triggers[id] = trigger{user: user, at: s.opt.Now()}
	return id
}

// redeem uses a trigger id up. The caller holds the lock.
func (s *Slack) redeem(id string) (string, error) {
	t, ok := s.triggers[id]
	switch {
	case !ok:
		return "", refuse("invalid_trigger_id")
	case t.used:
		return "", refuse("exchanged_trigger_id")
	case s.opt.Now().Sub(t.at) > triggerLife:
		return "", refuse("expired_trigger_id")
	}
	t.used = true
	s.triggers[id] = t
	return t.user, nil
}

// Views returns every open modal and published home, by id.
func (s *Slack) Views() []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []View
	for _, id := range slices.Sorted(maps.Keys(s.views)) {
		out = append(out, *s.views[id])
	}
	return out
}

func (s *Slack) viewOpen(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	user, err := s.redeem(c.text("trigger_id"))
	if err != nil {
		return nil, err
	}
	return s.show(c.json("view"), inModal, user, "")
}

func (s *Slack) viewPublish(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.user(c.text("user_id")); !ok {
		return nil, refuse("user_not_found")
	}
	return s.show(c.json("view"), inHome, c.text("user_id"), "VHOME"+c.text("user_id"))
}

func (s *Slack) viewUpdate(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.views[c.text("view_id")]
	if old == nil {
		return nil, refuse("not_found")
	}
	if h := c.text("hash"); h != "" && h != old.Hash {
		return nil, refuse("hash_conflict")
	}
	return s.show(c.json("view"), surface(old.Kind), old.User, old.ID)
}

// show checks a view and keeps it. The caller holds the lock.
func (s *Slack) show(raw json.RawMessage, on surface, user, id string) (reply, error) {
	var v struct {
		Type     surface         `json:"type"`
		Title    any             `json:"title"`
		Submit   any             `json:"submit"`
		Close    any             `json:"close"`
		Callback string          `json:"callback_id"`
		Private  string          `json:"private_metadata"`
		Blocks   json.RawMessage `json:"blocks"`
	}
	if err := json.Unmarshal(raw, &v); err != nil || v.Type != on {
		return nil, refuse("invalid_arguments", "[ERROR] view must be of type "+string(on))
	}
	c := &checker{on: on}
	if on == inModal {
		c.text("/view/title", v.Title, 24, "plain_text")
	}
	for key, label := range map[string]any{"submit": v.Submit, "close": v.Close} {
		if label != nil {
			c.text("/view/"+key, label, 24, "plain_text")
		}
	}
	c.length("/view/callback_id", v.Callback, 255)
	c.length("/view/private_metadata", v.Private, 3000)
	if len(c.notes) > 0 {
		return nil, refuse("invalid_arguments", c.notes...)
	}
	if err := checkBlocks(v.Blocks, on); err != nil {
		return nil, refuse("invalid_arguments", err.(*refusal).notes...)
	}
	if id == "" {
		id = s.name("V")
	}
	view := &View{ID: id, Kind: string(on), User: user, Callback: v.Callback, Private: v.Private, Hash: s.name("h"), Body: raw, At: s.opt.Now()}
	s.views[id] = view
	return reply{"view": view.wire()}, nil
}

// wire is the view as the API shows it: what the app sent, with id and hash.
func (v *View) wire() map[string]any {
	out := map[string]any{}
	if err := json.Unmarshal(v.Body, &out); err != nil {
		out = map[string]any{"type": v.Kind}
	}
	maps.Copy(out, map[string]any{"id": v.ID, "hash": v.Hash, "team_id": teamID, "app_id": appID, "bot_id": botID, "root_view_id": v.ID})
	return out
}
