package daemon

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/alert/slack"
	"earshot/internal/store"
)

// desk answers what people ask and do in Slack.
type desk struct{ d *Daemon }

// Do commits an action.
func (k desk) Do(ctx context.Context, a earshot.Action) error {
	_, err := k.d.Do(ctx, a)
	return err
}

// Person says who a Slack user is.
func (k desk) Person(slackID string) (earshot.Person, bool) {
	people := k.d.setup.Load().cfg.People
	i := slices.IndexFunc(people, func(p earshot.Person) bool { return p.Slack == slackID && slackID != "" })
	if i < 0 {
		return earshot.Person{}, false
	}
	return people[i], true
}

// View shows a case.
func (k desk) View(ctx context.Context, id string) (v earshot.CaseView, err error) {
	err = k.d.store.Read(ctx, func(tx *store.Tx) error {
		found, ok, err := tx.CaseView(id)
		if err == nil && !ok {
			err = &earshot.Fault{Code: "case_unknown", What: fmt.Sprintf("there is no case %q", id), Do: "look in the queue"}
		}
		v = k.d.setup.Load().augment(found)
		return err
	})
	return v, err
}

// Similar counts what a correction would change.
func (k desk) Similar(ctx context.Context, id string) (n, of int, err error) {
	return k.d.Similar(ctx, id)
}

// inQueue is how many cases one answer lists.
const inQueue = 10

// Answer answers a question, a line each.
func (k desk) Answer(ctx context.Context, q slack.Question) (lines []alert.Line, err error) {
	err = k.d.store.Read(ctx, func(tx *store.Tx) (err error) {
		switch q.Verb {
		case "why":
			lines, err = k.why(tx, q.Case)
		case "status":
			lines, err = k.status(tx)
		case "home":
			lines, err = k.cases(tx, func(v earshot.CaseView) bool { return v.Case.Owner == q.Person })
		case "find":
			lines, err = k.cases(tx, func(v earshot.CaseView) bool { return matches(v, q.Text) })
		default:
			lines, err = k.cases(tx, func(earshot.CaseView) bool { return true })
		}
		return err
	})
	return lines, err
}

func matches(v earshot.CaseView, text string) bool {
	return strings.Contains(strings.ToLower(strings.Join([]string{v.Case.ID, v.Case.Brand, v.Title, v.Quote, v.Author.Name, v.SiteName, v.URL}, "\n")), strings.ToLower(text))
}

// cases lists open cases, the longest waiting first.
func (k desk) cases(tx *store.Tx, want func(earshot.CaseView) bool) ([]alert.Line, error) {
	views, err := tx.OpenCases([]earshot.Status{"new", "claimed", "seen", "unconfirmed", "promised", "overdue"}, 500)
	if err != nil {
		return nil, err
	}
	base := k.d.base(k.d.setup.Load())
	var lines []alert.Line
	for _, v := range views {
		if v.Competitor || !want(v) {
			continue
		}
		if len(lines) == inQueue {
			return append(lines, alert.Line{{Text: "...", URL: base + "/cases"}}), nil
		}
		c := v.Case
		lines = append(lines, alert.Line{{Text: c.ID, Bold: true, URL: base + "/cases/" + c.ID}, {Text: fmt.Sprintf("  %s  %s  %s  ", c.Status(), c.Brand, v.Title)},
			{Text: v.Published.Format("2 Jan 15:04 MST"), At: v.Published}})
	}
	return lines, nil
}

// why tells a case's story, as `earshot explain` does.
func (k desk) why(tx *store.Tx, id string) ([]alert.Line, error) {
	var text strings.Builder
	x := &explaining{w: &text, tx: tx, now: k.d.now()}
	if err := errors.Join(x.caseStory(id), x.err); err != nil {
		return nil, err
	}
	var lines []alert.Line
	for line := range strings.Lines(text.String()) {
		lines = append(lines, alert.Line{{Text: strings.TrimRight(line, "\n"), Code: true}})
	}
	return lines, nil
}

// status says how well we hear.
func (k desk) status(tx *store.Tx) ([]alert.Line, error) {
	h, err := k.d.health(tx, k.d.setup.Load())
	if err != nil {
		return nil, err
	}
	pending, _, err := tx.OutboxLoad()
	lines := []alert.Line{{{Text: fmt.Sprintf("%d of %d sources heard, %d rules, %d messages waiting", h.SourcesOK, h.Sources, h.Rules, pending)}}}
	for _, deaf := range h.Deaf {
		lines = append(lines, alert.Line{{Text: deaf}})
	}
	return lines, err
}

// Card sends a case's card to where it was asked for: the first receiver that
// its routes lead to.
func (k desk) Card(ctx context.Context, id, person, _ string) error {
	v, err := k.View(ctx, id)
	if err != nil {
		return err
	}
	s := k.d.setup.Load()
	hops := s.policy.Match(v.Labels())
	if len(hops) == 0 {
		return fmt.Errorf("%w: no route leads anywhere for case %s", earshot.ErrAction, id)
	}
	defer poke(k.d.pokeSend)
	return k.d.store.Write(ctx, func(tx *store.Tx) error {
		return k.d.saveAlerts(tx, s, []earshot.Alert{alert.AskedCard(v, hops[0].Receiver, person, k.d.now())})
	})
}

// openDoor makes the way in from Slack, if the config gives it a key: an app
// token for the socket, or a signing secret for HTTP.
func (d *Daemon) openDoor(s *setup) error {
	c := s.cfg.Slack
	if !interactive(s.cfg) {
		return nil
	}
	config := slack.DoorConfig{Desk: desk{d}, Now: d.now, Report: func(err error) { d.log.Warn("slack", "err", err) }}
	config.APIURL, config.Interactive, config.HTTP = c.APIURL, true, &http.Client{Timeout: sendTime, Transport: d.opt.Transport}
	var err error
	if config.BotToken, err = c.BotToken.Reveal(); err != nil {
		return fmt.Errorf("slack.bot_token: %w", err)
	}
	if c.AppToken.IsSet() {
		if config.AppToken, err = c.AppToken.Reveal(); err != nil {
			return fmt.Errorf("slack.app_token: %w", err)
		}
	}
	if c.SigningSecret.IsSet() {
		if config.SigningSecret, err = c.SigningSecret.Reveal(); err != nil {
			return fmt.Errorf("slack.signing_secret: %w", err)
		}
	}
	d.door = slack.NewDoor(config)
	if config.AppToken != "" && !d.opt.Headless {
		d.loops.run(d.socket)
	}
	return nil
}

// socket holds the Slack socket; when it breaks for good it is tried again.
func (d *Daemon) socket() {
	for d.loops.ctx.Err() == nil {
		if err := d.door.Serve(d.loops.ctx); err != nil && d.loops.ctx.Err() == nil {
			d.log.Warn("slack socket", "err", err)
		}
		d.loops.sleep(5*time.Second, nil)
	}
}

// slackState brings the socket's state into the metrics.
func (d *Daemon) slackState() {
	if d.door == nil {
		return
	}
	state := d.door.State()
	d.metrics.slackConnected.Set(float64(flag(state.Connected)))
	if !state.LastInbound.IsZero() {
		d.metrics.slackInbound.Set(float64(state.LastInbound.UnixMilli()) / 1000)
	}
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}
