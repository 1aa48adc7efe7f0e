package slack

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"earshot"
	"earshot/alert"
)

// timeout bounds one request, so that a silent Slack holds up nobody.
const timeout = 30 * time.Second

// Config is how to reach a workspace.
type Config struct {
	BotToken    string
	APIURL      string       // "" is Slack's own
	HTTP        *http.Client // nil is a client with a timeout
	Interactive bool         // clicks come back to us; else buttons are links to the dashboard
}

// Notifier posts and edits cards through the Web API with a bot token.
type Notifier struct {
	api         *api.Client
	interactive bool
	channels    *channels
}

// New makes a notifier. Nothing is sent before the first Notify.
func New(c Config) *Notifier {
	n := &Notifier{api: client(c), interactive: c.Interactive}
	n.channels = &channels{api: n.api, ids: map[string]string{}}
	return n
}

// client makes the Web API client; the library's own retries stay off, since
// the outbox retries.
func client(c Config, more ...api.Option) *api.Client {
	h := c.HTTP
	if h == nil {
		h = &http.Client{Timeout: timeout}
	}
	options := append([]api.Option{api.OptionHTTPClient(h)}, more...)
	if c.APIURL != "" {
		options = append(options, api.OptionAPIURL(strings.TrimSuffix(c.APIURL, "/")+"/"))
	}
	return api.New(c.BotToken, options...)
}

// The keys of a receipt's reference.
const (
	refChannel = "channel"
	refTS      = "ts"
	refThread  = "thread"
	refKey     = "key"
)

// Notify posts a message, edits the one that Previous names, or, for a line,
// edits the card and adds the line to its thread. Previous is always the
// receipt of the card.
func (n *Notifier) Notify(ctx context.Context, m alert.Message) (alert.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return alert.Receipt{}, &alert.SendError{Kind: alert.Retry, Err: err} // nothing has left yet
	}
	switch m.Alert.Kind {
	case earshot.AlertEdit:
		return n.edit(ctx, m)
	case earshot.AlertLine:
		return n.line(ctx, m)
	case earshot.AlertRemind:
		if hasCard(m) {
			return n.line(ctx, m)
		}
		return n.post(ctx, m, alert.CaseCard(m), nil) // only a summary told of it: now it gets a card
	case earshot.AlertSpike:
		if hasCard(m) {
			return n.edit(ctx, m)
		}
	}
	return n.post(ctx, m, alert.Render(m), nil)
}

func hasCard(m alert.Message) bool {
	return m.Previous != nil && m.Previous.Ref[refTS] != ""
}

// post sends a new message.
func (n *Notifier) post(ctx context.Context, m alert.Message, c alert.Card, extra []api.MsgOption) (alert.Receipt, error) {
	options, err := n.options(m, c)
	if err != nil {
		return alert.Receipt{}, &alert.SendError{Kind: alert.Invalid, Err: err}
	}
	ctx, sent := watch(ctx)
	channel, ts, err := n.api.PostMessageContext(ctx, target(m), append(options, extra...)...)
	if err == nil && ts == "" {
		err = errNoAnswer
	}
	if err != nil {
		return alert.Receipt{}, failed("post message", err, sent)
	}
	n.channels.learn(target(m), channel)
	ref := map[string]string{refChannel: channel, refTS: ts, refKey: m.Alert.Key}
	if len(extra) > 0 {
		ref[refThread] = m.Previous.Ref[refTS]
	}
	return alert.Receipt{Ref: ref}, nil
}

// edit changes the card in place. Doing it twice does no harm, so it is never
// in doubt.
func (n *Notifier) edit(ctx context.Context, m alert.Message) (alert.Receipt, error) {
	if !hasCard(m) {
		return alert.Receipt{Skipped: "there is no card here to change"}, nil
	}
	m.Alert.Key = cardKey(m)
	card := alert.CaseCard(m)
	options, err := n.options(m, card)
	if err != nil {
		return alert.Receipt{}, &alert.SendError{Kind: alert.Invalid, Err: err}
	}
	ref := m.Previous.Ref
	ctx, sent := watch(ctx)
	_, _, _, err = n.api.UpdateMessageContext(ctx, ref[refChannel], ref[refTS], options...)
	switch {
	case err != nil && vanished(err):
		return alert.Receipt{Ref: ref, Skipped: "the card was deleted in Slack"}, nil
	case err != nil:
		return alert.Receipt{}, repeatable(failed("update message", err, sent))
	}
	return alert.Receipt{Ref: ref, Edited: true}, nil
}

// cardKey keeps, in the metadata of an edited card, the key under which it was
// posted: that is the one a look-up asks for.
func cardKey(m alert.Message) string {
	if k := m.Previous.Ref[refKey]; k != "" {
		return k
	}
	return m.Alert.Key
}

// line edits the card, then says in its thread what happened. The edit comes
// first: it can be repeated, the line cannot.
func (n *Notifier) line(ctx context.Context, m alert.Message) (alert.Receipt, error) {
	if !hasCard(m) {
		return alert.Receipt{Skipped: "there is no card here whose thread could say so"}, nil
	}
	receipt, err := n.edit(ctx, m)
	if err != nil || receipt.Skipped != "" {
		return receipt, err
	}
	extra := []api.MsgOption{api.MsgOptionTS(m.Previous.Ref[refTS])}
	if m.Alert.Broadcast {
		extra = append(extra, api.MsgOptionBroadcast())
	}
	return n.post(ctx, m, alert.Render(m), extra)
}

// target is where the message goes: where the card is, else what the receiver says.
func target(m alert.Message) string {
	if hasCard(m) {
		return m.Previous.Ref[refChannel]
	}
	if m.Receiver.Slack == nil {
		return ""
	}
	return m.Receiver.Slack.Channel
}

// options are text, blocks and metadata of a message.
func (n *Notifier) options(m alert.Message, c alert.Card) ([]api.MsgOption, error) {
	if target(m) == "" {
		return nil, fmt.Errorf("receiver %q has no slack channel", m.Receiver.Name)
	}
	if !n.interactive {
		c = alert.Linked(c, m.Links)
	}
	options := []api.MsgOption{api.MsgOptionText(fallback(c, m.Plain), false), api.MsgOptionMetadata(metadata(c)),
		api.MsgOptionDisableLinkUnfurl(), api.MsgOptionDisableMediaUnfurl()}
	if m.Plain {
		return options, nil
	}
	return append(options, api.MsgOptionBlocks(draw(c, m.People)...)), nil
}

// fallback is the sentence of the card, with the post's address where there
// are no blocks to show it.
func fallback(c alert.Card, bare bool) string {
	text := mrkdwn(clipped(c.Text, maxText))
	if bare && c.Link != nil && safeURL(c.Link.URL) {
		text += "\n<" + linkURL(c.Link.URL) + ">"
	}
	return text
}

// maxText keeps the fallback sentence within what Slack shows of one.
const maxText = 3000

// The event types of a message's metadata.
const (
	metaCase   = "earshot_case"
	metaDigest = "earshot_digest"
)

// metadata is what other tools, and our own look-up, read of the message.
func metadata(c alert.Card) api.SlackMetadata {
	if c.Meta.Case == "" {
		return api.SlackMetadata{EventType: metaDigest, EventPayload: map[string]any{"key": c.Meta.Key, "digest": c.Meta.Digest, "date": c.Meta.Date}}
	}
	return api.SlackMetadata{EventType: metaCase, EventPayload: map[string]any{"key": c.Meta.Key, "case": c.Meta.Case, "rev": c.Meta.Rev,
		"url": c.Meta.URL, "brand": c.Meta.Brand, "label": c.Meta.Label, "status": c.Meta.Status}}
}
