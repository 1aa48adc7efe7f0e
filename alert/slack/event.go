package slack

import (
	"context"
	"encoding/json"
	"fmt"

	api "github.com/slack-go/slack"

	"earshot/alert"
	"earshot/internal/words"
)

// event is what Slack's Events API sends: only the opening of our home tab
// matters, and the challenge that proves the request URL is ours.
type event struct {
	Type      string `json:"type"`
	Challenge string `json:"challenge"`
	Event     struct {
		Type string `json:"type"`
		User string `json:"user"`
		Tab  string `json:"tab"`
	} `json:"event"`
}

// events answers one payload of the Events API.
func (d *Door) events(payload []byte) (reply, error) {
	var e event
	if err := json.Unmarshal(payload, &e); err != nil {
		return reply{}, fmt.Errorf("slack event: %w", err)
	}
	if e.Type == "url_verification" {
		return reply{body: map[string]string{"challenge": e.Challenge}}, nil
	}
	if e.Event.Type != "app_home_opened" || e.Event.Tab == "messages" {
		return reply{}, nil
	}
	return reply{then: func(ctx context.Context) error { return d.home(ctx, e.Event.User) }}, nil
}

// home draws the person's home tab: what the desk answers to "home" (my cases,
// what is overdue, what is left to set up).
func (d *Door) home(ctx context.Context, user string) error {
	who, known := d.config.Desk.Person(user)
	w := words.For(who.Lang)
	lines := []alert.Line{{{Text: w.NotKnown.With("id", user)}}}
	if known {
		answer, err := d.config.Desk.Answer(ctx, Question{Verb: "home", Person: who.Name})
		if err != nil {
			return fmt.Errorf("slack home of %s: %w", who.Name, err)
		}
		lines = answer
	}
	view := api.HomeTabViewRequest{Type: api.VTHomeTab, Blocks: api.Blocks{BlockSet: homeBlocks(lines)}}
	if _, err := d.api.PublishViewContext(ctx, api.PublishViewContextRequest{UserID: user, View: view}); err != nil {
		return fmt.Errorf("slack: publish home: %w", cause(err))
	}
	return nil
}

// maxHome is how many lines a home tab shows; Slack takes 100 blocks.
const maxHome = 60

func homeBlocks(lines []alert.Line) []api.Block {
	blocks := []api.Block{api.NewHeaderBlock(plainText("Earshot"))}
	for i, l := range lines {
		if elements := rich(l, nil); len(elements) > 0 && i < maxHome {
			blocks = append(blocks, api.NewRichTextBlock("", api.NewRichTextSection(elements...)))
		}
	}
	return blocks
}
