package slack

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	api "github.com/slack-go/slack"
	"github.com/slack-go/slack/socketmode"
)

// connection is how the socket stands, for metrics.
type connection struct {
	mu      sync.Mutex
	up      bool
	inbound time.Time
	others  int
}

// SocketState says whether the socket is up, when anything last came in, and
// how many connections Slack counts for the app (more than one, and clicks may
// go to a ghost).
type SocketState struct {
	Connected   bool
	LastInbound time.Time
	Connections int
}

// State returns how the socket stands now.
func (d *Door) State() SocketState {
	d.state.mu.Lock()
	defer d.state.mu.Unlock()
	return SocketState{Connected: d.state.up, LastInbound: d.state.inbound, Connections: d.state.others}
}

func (c *connection) set(up bool, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.up = up
	if up {
		c.inbound = now
	}
}

// Serve holds the Socket Mode connection until the context ends, and connects
// again whenever it breaks; a silent socket is given up by the client's own
// ping deadline. Without an app token it returns at once.
func (d *Door) Serve(ctx context.Context) error {
	if d.config.AppToken == "" {
		return nil
	}
	s := &session{door: d, socket: socketmode.New(d.api, socketmode.OptionPingInterval(pingEvery))}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	s.working.Go(func() { s.listen(ctx) })
	err := s.socket.RunContext(ctx)
	cancel()
	s.working.Wait()
	d.state.set(false, d.config.Now())
	if err != nil && !errors.Is(err, context.Canceled) {
		return fmt.Errorf("slack socket: %w", cause(err))
	}
	return nil
}

// pingEvery is how long a socket may be silent; Slack pings more often.
const pingEvery = 30 * time.Second

// session is one run of the socket, with the work its clicks started.
type session struct {
	door    *Door
	socket  *socketmode.Client
	working sync.WaitGroup
}

// listen takes events in order.
func (s *session) listen(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case e := <-s.socket.Events:
			if err := s.event(ctx, e); err != nil {
				s.door.config.Report(err)
			}
		}
	}
}

func (s *session) event(ctx context.Context, e socketmode.Event) error {
	d, now := s.door, s.door.config.Now()
	switch e.Type {
	case socketmode.EventTypeConnected:
		d.state.set(true, now)
	case socketmode.EventTypeHello:
		d.hello(e, now)
	case socketmode.EventTypeDisconnect, socketmode.EventTypeConnectionError, socketmode.EventTypeInvalidAuth:
		d.state.set(false, now)
	case socketmode.EventTypeInteractive:
		d.state.set(true, now)
		answer, err := d.interaction(ctx, e.Request.Payload)
		return s.finish(ctx, e, answer, err)
	case socketmode.EventTypeSlashCommand:
		d.state.set(true, now)
		answer, err := d.socketCommand(ctx, e.Request.Payload)
		return s.finish(ctx, e, answer, err)
	case socketmode.EventTypeErrorBadMessage:
		return s.bad(ctx, e)
	case socketmode.EventTypeEventsAPI:
		d.state.set(true, now)
		answer, err := d.events(e.Request.Payload)
		return s.finish(ctx, e, answer, err)
	}
	return nil
}

// bad acknowledges an envelope that cannot be read: it would come again and
// again and never read better.
func (s *session) bad(ctx context.Context, e socketmode.Event) error {
	broken, ok := e.Data.(*socketmode.ErrorBadMessage)
	if !ok {
		return nil
	}
	var envelope struct {
		ID string `json:"envelope_id"`
	}
	if err := json.Unmarshal(broken.Message, &envelope); err != nil || envelope.ID == "" {
		return fmt.Errorf("slack socket: a message cannot be read: %w", broken.Cause)
	}
	return errors.Join(fmt.Errorf("slack socket: envelope %s cannot be read: %w", envelope.ID, broken.Cause), s.socket.AckCtx(ctx, envelope.ID, nil))
}

// hello notes how many connections Slack has for the app.
func (d *Door) hello(e socketmode.Event, now time.Time) {
	d.state.set(true, now)
	if e.Request == nil {
		return
	}
	d.state.mu.Lock()
	defer d.state.mu.Unlock()
	d.state.others = e.Request.NumConnections
}

func (d *Door) socketCommand(ctx context.Context, payload json.RawMessage) (reply, error) {
	var c api.SlashCommand
	if err := json.Unmarshal(payload, &c); err != nil {
		return reply{}, fmt.Errorf("slack command: %w", err)
	}
	form := url.Values{"text": {c.Text}, "user_id": {c.UserID}, "channel_id": {c.ChannelID}, "trigger_id": {c.TriggerID}}
	return d.command(ctx, DecodeCommand(form, d.config.Now()))
}

// finish acknowledges, whatever happened (an envelope without it comes again),
// then starts the work, which holds up no other click.
func (s *session) finish(ctx context.Context, e socketmode.Event, answer reply, failed error) error {
	var payload []any
	if answer.body != nil {
		payload = append(payload, answer.body)
	}
	if err := s.socket.Ack(*e.Request, payload...); err != nil {
		return errors.Join(failed, fmt.Errorf("slack socket: acknowledge: %w", err))
	}
	if failed != nil || answer.then == nil {
		return failed
	}
	s.working.Go(func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), afterwards)
		defer cancel()
		if err := answer.then(ctx); err != nil {
			s.door.config.Report(err)
		}
	})
	return nil
}
