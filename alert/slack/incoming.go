package slack

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	api "github.com/slack-go/slack"

	"earshot"
	"earshot/alert"
)

// Incoming posts through an incoming webhook: no bot, so nothing can be edited
// or looked up, and buttons are links to the dashboard. Whatever is in doubt is
// sent again: at most one repeat per crash.
type Incoming struct {
	url  string
	http *http.Client
}

// NewIncoming makes a notifier for the webhook's address, which is a secret. A
// nil client is one with a timeout.
func NewIncoming(address string, client *http.Client) *Incoming {
	if client == nil {
		client = &http.Client{Timeout: timeout}
	}
	return &Incoming{url: address, http: client}
}

// Notify posts the message. Edits, and lines that are not shown in the channel,
// have nowhere to go and are skipped.
func (n *Incoming) Notify(ctx context.Context, m alert.Message) (alert.Receipt, error) {
	if err := ctx.Err(); err != nil {
		return alert.Receipt{}, &alert.SendError{Kind: alert.Retry, Err: err} // nothing has left yet
	}
	switch m.Alert.Kind {
	case earshot.AlertEdit:
		return alert.Receipt{Skipped: "an incoming webhook cannot change a message; the dashboard shows how things stand"}, nil
	case earshot.AlertLine:
		if !m.Alert.Broadcast {
			return alert.Receipt{Skipped: "an incoming webhook has no threads; the dashboard shows what happened"}, nil
		}
	}
	c := alert.Linked(alert.Render(m), m.Links)
	if c.Meta.Case != "" {
		c.Context = append(c.Context[:len(c.Context):len(c.Context)], alert.Piece{Text: " " + c.Words.NoEdits + "."})
	}
	off := false
	msg := &api.WebhookMessage{Text: fallback(c, m.Plain), UnfurlLinks: &off, UnfurlMedia: &off}
	if !m.Plain {
		msg.Blocks = &api.Blocks{BlockSet: draw(c, m.People)}
	}
	ctx, sent := watch(ctx)
	if err := api.PostWebhookCustomHTTPContext(ctx, n.url, n.http, msg); err != nil {
		return alert.Receipt{}, n.failed(err, sent)
	}
	return alert.Receipt{Ref: map[string]string{refKey: m.Alert.Key}}, nil
}

// failed reads the webhook's answers, which are statuses. The address is the
// secret here and never part of an error.
func (n *Incoming) failed(err error, sent *written) *alert.SendError {
	e := failed("post to webhook", err, sent)
	if status, ok := errors.AsType[api.StatusCodeError](err); ok {
		e.Err = fmt.Errorf("slack: post to webhook: status %d", status.Code)
		switch status.Code {
		case http.StatusForbidden, http.StatusNotFound, http.StatusGone:
			e.Kind = alert.Gone // action_prohibited, channel_is_archived, no_service: the hook or its channel
		case http.StatusBadRequest:
			e.Kind = alert.Invalid
		}
		return e
	}
	if _, ok := errors.AsType[*url.Error](err); !ok && e.Kind == alert.InDoubt {
		e.Err = errors.New("slack: post to webhook: " + cause(err).Error())
	}
	return e
}
