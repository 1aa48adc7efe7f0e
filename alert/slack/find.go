package slack

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"sync"
	"time"

	api "github.com/slack-go/slack"

	"earshot"
	"earshot/alert"
)

// How far a look-up goes back before the alert was made (clocks differ), and
// how many pages it reads.
const (
	drift  = 2 * time.Minute
	page   = 200
	pages  = 50
	public = "public_channel,private_channel"
)

// Find looks for the message with the key in its metadata: among the channel's
// newest, or in the card's thread for a line. It says no only if it read back
// to before the alert was made.
func (n *Notifier) Find(ctx context.Context, key string, m alert.Message) (alert.Receipt, bool, error) {
	ctx, sent := watch(ctx)
	channel, err := n.channels.id(ctx, target(m))
	if err != nil {
		return alert.Receipt{}, false, repeatable(failed("find channel", err, sent))
	}
	thread := ""
	switch line := m.Alert.Kind == earshot.AlertLine || m.Alert.Kind == earshot.AlertRemind; {
	case line && hasCard(m):
		thread = m.Previous.Ref[refTS]
	case m.Alert.Kind == earshot.AlertLine:
		return alert.Receipt{}, false, nil
	}
	oldest := strconv.FormatInt(m.Alert.Created.Add(-drift).Unix(), 10)
	ts, err := n.search(ctx, key, channel, thread, oldest)
	if err != nil {
		return alert.Receipt{}, false, repeatable(failed("find message", err, sent))
	}
	if ts == "" {
		return alert.Receipt{}, false, nil
	}
	ref := map[string]string{refChannel: channel, refTS: ts, refKey: key}
	if thread != "" {
		ref[refThread] = thread
	}
	return alert.Receipt{Ref: ref}, true, nil
}

// Probe asks Slack who we are: a call without effect.
func (n *Notifier) Probe(ctx context.Context) error {
	ctx, sent := watch(ctx)
	if _, err := n.api.AuthTestContext(ctx); err != nil {
		return repeatable(failed("ask whether Slack answers", err, sent))
	}
	return nil
}

// search reads the channel, or one thread, page by page, newest first.
func (n *Notifier) search(ctx context.Context, key, channel, thread, oldest string) (string, error) {
	cursor := ""
	for range pages {
		messages, next, err := n.read(ctx, channel, thread, oldest, cursor)
		if err != nil {
			return "", err
		}
		for _, msg := range messages {
			if k, ok := msg.Metadata.EventPayload["key"].(string); ok && k == key {
				return msg.Timestamp, nil
			}
		}
		if next == "" {
			return "", nil
		}
		cursor = next
	}
	return "", errors.New("too many messages since to be sure")
}

func (n *Notifier) read(ctx context.Context, channel, thread, oldest, cursor string) ([]api.Message, string, error) {
	if thread != "" {
		messages, _, next, err := n.api.GetConversationRepliesContext(ctx, &api.GetConversationRepliesParameters{ChannelID: channel, Timestamp: thread,
			Oldest: oldest, Cursor: cursor, Limit: page, IncludeAllMetadata: true})
		return messages, next, err
	}
	h, err := n.api.GetConversationHistoryContext(ctx, &api.GetConversationHistoryParameters{ChannelID: channel, Oldest: oldest, Cursor: cursor,
		Limit: page, IncludeAllMetadata: true, Inclusive: true})
	if err != nil {
		return nil, "", err
	}
	if !h.HasMore {
		return h.Messages, "", nil
	}
	return h.Messages, h.ResponseMetaData.NextCursor, nil
}

// channels knows the ids of channels that the config names by name: history is
// read by id only.
type channels struct {
	api *api.Client
	mu  sync.Mutex
	ids map[string]string
}

// learn notes the id that Slack answered with.
func (c *channels) learn(name, id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ids[name] = id
}

// id returns the id of a channel or of the direct channel with a person.
func (c *channels) id(ctx context.Context, name string) (string, error) {
	c.mu.Lock()
	known := c.ids[name]
	c.mu.Unlock()
	switch {
	case known != "":
		return known, nil
	case strings.HasPrefix(name, "U") || strings.HasPrefix(name, "W"):
		return c.direct(ctx, name)
	case isID(name):
		return name, nil
	}
	return c.list(ctx, strings.TrimPrefix(name, "#"))
}

func isID(name string) bool {
	return len(name) >= 3 && strings.ContainsAny(name[:1], "CDG") && strings.ToUpper(name) == name
}

func (c *channels) direct(ctx context.Context, user string) (string, error) {
	ch, _, _, err := c.api.OpenConversationContext(ctx, &api.OpenConversationParameters{Users: []string{user}})
	if err != nil {
		return "", err
	}
	c.learn(user, ch.ID)
	return ch.ID, nil
}

func (c *channels) list(ctx context.Context, name string) (string, error) {
	cursor := ""
	for {
		list, next, err := c.api.GetConversationsContext(ctx, &api.GetConversationsParameters{Cursor: cursor, Limit: page, ExcludeArchived: true,
			Types: strings.Split(public, ",")})
		if err != nil {
			return "", err
		}
		for _, ch := range list {
			if ch.Name == name {
				c.learn("#"+name, ch.ID)
				return ch.ID, nil
			}
		}
		if next == "" {
			return "", api.SlackErrorResponse{Err: "channel_not_found"}
		}
		cursor = next
	}
}
