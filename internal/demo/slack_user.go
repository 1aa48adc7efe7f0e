package demo

import "slices"

func (s *Slack) authTest(*call) (reply, error) {
	return reply{"url": "https://pretend.slack.example/", "team": "Pretend", "user": "earshot", "team_id": teamID,
		"user_id": botUser, "bot_id": botID, "is_enterprise_install": false}, nil
}

func (u User) wire() map[string]any {
	return map[string]any{"id": u.ID, "team_id": teamID, "name": u.Name, "real_name": u.Real, "tz": u.Zone, "deleted": false,
		"profile": map[string]any{"real_name": u.Real, "display_name": u.Name, "email": u.Mail}}
}

func (s *Slack) userInfo(c *call) (reply, error) {
	u, ok := s.user(c.text("user"))
	if !ok {
		return nil, refuse("user_not_found")
	}
	return reply{"user": u.wire()}, nil
}

func (s *Slack) userByMail(c *call) (reply, error) {
	mail := c.text("email")
	i := slices.IndexFunc(s.opt.Users, func(u User) bool { return u.Mail != "" && u.Mail == mail })
	if i < 0 {
		return nil, refuse("users_not_found")
	}
	return reply{"user": s.opt.Users[i].wire()}, nil
}

func (s *Slack) userList(*call) (reply, error) {
	list := []map[string]any{}
	for _, u := range s.opt.Users {
		list = append(list, u.wire())
	}
	return reply{"members": list, "response_metadata": map[string]any{"next_cursor": ""}}, nil
}

// reacted finds the message a reaction is about.
func (s *Slack) reacted(c *call) (*Message, error) {
	ch := s.channel(c.text("channel"))
	if ch == nil {
		return nil, refuse("channel_not_found")
	}
	m := s.byTS[ch.ID+" "+c.text("timestamp")]
	if m == nil {
		return nil, refuse("message_not_found")
	}
	return m, nil
}

func (s *Slack) reactionAdd(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.reacted(c)
	if err != nil {
		return nil, err
	}
	name := c.text("name")
	if slices.Contains(m.Reactions[name], botUser) {
		return nil, refuse("already_reacted")
	}
	if m.Reactions == nil {
		m.Reactions = map[string][]string{}
	}
	m.Reactions[name] = append(slices.Clone(m.Reactions[name]), botUser)
	return reply{}, nil
}

func (s *Slack) reactionRemove(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.reacted(c)
	if err != nil {
		return nil, err
	}
	name := c.text("name")
	if !slices.Contains(m.Reactions[name], botUser) {
		return nil, refuse("no_reaction")
	}
	m.Reactions[name] = slices.DeleteFunc(slices.Clone(m.Reactions[name]), func(u string) bool { return u == botUser })
	return reply{}, nil
}

func (s *Slack) reactionGet(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, err := s.reacted(c)
	if err != nil {
		return nil, err
	}
	list := []map[string]any{}
	for name, users := range m.Reactions {
		list = append(list, map[string]any{"name": name, "users": users, "count": len(users)})
	}
	out := m.wire(false)
	out["reactions"] = list
	return reply{"type": "message", "channel": m.Channel, "message": out}, nil
}
