package slack

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"earshot"
	"earshot/alert"
	"earshot/internal/words"
)

// Desk is what the door asks of the house.
type Desk interface {
	// Do commits an action; the same ID twice is the same action.
	Do(ctx context.Context, a earshot.Action) error
	// Person says who a Slack user is.
	Person(slackID string) (earshot.Person, bool)
	// View shows a case.
	View(ctx context.Context, id string) (earshot.CaseView, error)
	// Answer answers a question (queue, find, why, status, home), a line each.
	Answer(ctx context.Context, q Question) ([]alert.Line, error)
	// Card sends the card of a case to where it was asked for.
	Card(ctx context.Context, id, person, channel string) error
}

// Learner is a desk that can tell how many of a brand's last mentions would
// change, after the next learn, if a case's label were corrected.
type Learner interface {
	Similar(ctx context.Context, id string) (n, of int, err error)
}

// DoorConfig is how people come in from Slack.
type DoorConfig struct {
	Config
	AppToken      string // for Socket Mode
	SigningSecret string // for signed HTTP
	Desk          Desk
	Now           func() time.Time // nil is the machine's clock
	Report        func(error)      // what nobody waits for went wrong; nil drops it
}

// Door takes clicks, dialogs and commands, from the socket or over signed HTTP,
// and hands them to the desk. What it answers only the person sees.
type Door struct {
	api    *api.Client
	config DoorConfig
	seen   *seen
	state  *connection
}

// NewDoor makes a door; it opens with Serve or as an http.Handler.
func NewDoor(c DoorConfig) *Door {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Report == nil {
		c.Report = func(error) {}
	}
	n := New(c.Config)
	if c.AppToken != "" {
		n.api = client(c.Config, api.OptionAppLevelToken(c.AppToken))
	}
	return &Door{api: n.api, config: c, seen: newSeen(), state: &connection{}}
}

// reply is what is sent back in the acknowledgement itself, and what is to be
// done after it.
type reply struct {
	body any // JSON, or nil for an empty answer
	then func(ctx context.Context) error
}

// interaction answers a click, a dialog or a shortcut. Dialogs open at once,
// while their trigger lives; what changes a case is done after the answer.
func (d *Door) interaction(ctx context.Context, payload []byte) (reply, error) {
	a, err := DecodeInteraction(payload, d.config.Now())
	who, known := d.config.Desk.Person(a.User)
	w := words.For(who.Lang)
	if wrong, ok := errors.AsType[*FormError](err); ok {
		return reply{body: formErrors(wrong, w)}, nil
	}
	if err != nil {
		return reply{}, err
	}
	switch {
	case a.Want == WantNothing:
		return reply{}, nil
	case !known:
		return reply{then: func(ctx context.Context) error { return d.whisper(ctx, a, w.NotKnown.With("id", a.User)) }}, nil
	case who.Role == earshot.Viewer && (a.Want == WantAct || a.Want == WantForm || a.Want == WantCard):
		return reply{then: func(ctx context.Context) error { return d.whisper(ctx, a, w.NotAllowed) }}, nil
	case a.Want == WantForm:
		if err := d.open(ctx, a, who); err != nil {
			return reply{then: func(ctx context.Context) error { return d.whisper(ctx, a, d.refusal(err, w)) }}, nil
		}
		return reply{}, nil
	}
	if a.Picked != "" {
		picked, ok := d.config.Desk.Person(a.Picked)
		if !ok {
			return reply{body: formErrors(&FormError{Field: fieldOwner, Why: whyPick}, w)}, nil
		}
		a.Action.Args.Owner = picked.Name
	}
	a.Action.Actor, a.Question.Person = who.Name, who.Name
	return reply{then: func(ctx context.Context) error { return d.carryOut(ctx, a, w) }}, nil
}

// command answers a slash command in its acknowledgement.
func (d *Door) command(ctx context.Context, a Asked) (reply, error) {
	who, known := d.config.Desk.Person(a.User)
	w := words.For(who.Lang)
	a.Action.Actor, a.Question.Person = who.Name, who.Name
	var text string
	switch {
	case !known:
		text = mrkdwn(w.NotKnown.With("id", a.User))
	case a.Want == WantAct && who.Role == earshot.Viewer:
		text = mrkdwn(w.NotAllowed)
	case a.Want == WantAct:
		if err := d.config.Desk.Do(ctx, a.Action); err != nil {
			text = mrkdwn(d.refusal(err, w))
			break
		}
		text = mrkdwn(w.Muted)
	default:
		text = d.answer(ctx, a.Question, w)
	}
	return reply{body: map[string]any{"response_type": "ephemeral", "text": text}}, nil
}

// answer puts the desk's answer into Slack's markup.
func (d *Door) answer(ctx context.Context, q Question, w *words.Words) string {
	if q.Verb == "help" {
		return mrkdwn(w.Help.With("commands", strings.Join(Commands, w.Comma)))
	}
	lines, err := d.config.Desk.Answer(ctx, q)
	if err != nil {
		return mrkdwn(d.refusal(err, w))
	}
	var out []string
	for _, l := range lines {
		out = append(out, marked(l, nil))
	}
	if len(out) == 0 {
		return mrkdwn(w.NothingFound)
	}
	return clipped(strings.Join(out, "\n"), maxText)
}

// carryOut does what was asked and tells the person how it went. A success that
// everybody sees on the card is not told again, unless it can be undone.
func (d *Door) carryOut(ctx context.Context, a Asked, w *words.Words) error {
	switch a.Want {
	case WantDraft:
		v, err := d.config.Desk.View(ctx, a.Action.Case)
		if err != nil {
			return d.whisper(ctx, a, d.refusal(err, w))
		}
		return d.whisper(ctx, a, w.DraftIntro+"\n\n"+alert.DraftReply(v, a.Action.Actor))
	case WantAnswer:
		return d.whisperMarked(ctx, a, d.answer(ctx, a.Question, w))
	case WantCard:
		if err := d.config.Desk.Card(ctx, a.Action.Case, a.Action.Actor, a.Channel); err != nil {
			return d.whisper(ctx, a, d.refusal(err, w))
		}
		return nil
	}
	if err := d.config.Desk.Do(ctx, a.Action); err != nil {
		return d.whisper(ctx, a, d.refusal(err, w))
	}
	later := a.Action.Verb == earshot.VerbOutcome && a.Action.Args.Outcome == "" // a cause named after closing: the card shows it
	if text, ok := w.Undoable[string(a.Action.Verb)]; ok && a.Action.Case != "" && !later {
		return d.offerUndo(ctx, a, text, w)
	}
	switch a.Action.Verb {
	case earshot.VerbTrack:
		return d.whisper(ctx, a, w.Tracked)
	case earshot.VerbMute:
		return d.whisper(ctx, a, w.Muted)
	}
	return nil
}

// refusal says in words why something could not be done. A stale click names
// who was faster; anything unexpected stays inside.
func (d *Door) refusal(err error, w *words.Words) string {
	if stale, ok := errors.AsType[*earshot.StaleError](err); ok {
		line, ok := w.LineBy[string(stale.What)]
		if !ok {
			line = w.LineBy[string(earshot.EventClaimed)]
		}
		said := line.With("who", stale.Who, "owner", "", "time", "", "label", "", "outcome", "", "case", "")
		return w.Raced.With("line", said, "time", w.Duration(d.config.Now().Sub(stale.When)))
	}
	if errors.Is(err, earshot.ErrAction) {
		return w.Failed.With("what", err.Error())
	}
	if fault, ok := errors.AsType[*earshot.Fault](err); ok {
		return w.Failed.With("what", fault.What+" "+fault.Do)
	}
	d.config.Report(err)
	return w.Failed.With("what", earshot.FaultCode(err))
}

func (d *Door) open(ctx context.Context, a Asked, who earshot.Person) error {
	v, err := d.config.Desk.View(ctx, a.Action.Case)
	if err != nil {
		return err
	}
	view, err := dialog(a, v, who)
	if err != nil {
		return err
	}
	if l, ok := d.config.Desk.(Learner); ok && a.Form == formWrong {
		view.Blocks.BlockSet = append(view.Blocks.BlockSet, d.similar(ctx, l, a.Action.Case, words.For(who.Lang))...)
	}
	if _, err := d.api.OpenViewContext(ctx, a.Trigger, view); err != nil {
		return fmt.Errorf("slack: open dialog: %w", cause(err))
	}
	return nil
}

// similarTime is how long a dialog waits for the count: it must open within
// three seconds.
const similarTime = 1200 * time.Millisecond

// similar says in the dialog how many mentions a correction would change after
// the next learn; nothing if that cannot be told in time.
func (d *Door) similar(ctx context.Context, l Learner, id string, w *words.Words) []api.Block {
	ctx, cancel := context.WithTimeout(ctx, similarTime)
	defer cancel()
	n, of, err := l.Similar(ctx, id)
	if err != nil {
		return nil
	}
	text := w.Similar.With("n", strconv.Itoa(n), "of", strconv.Itoa(of))
	return []api.Block{api.NewContextBlock("similar", plainText(text))}
}

// formErrors shows in the dialog which field is wrong.
func formErrors(e *FormError, w *words.Words) map[string]any {
	text := w.PickOne
	switch e.Why {
	case whyPast:
		text = w.DateGone
	case whyLink:
		text = w.BadLink
	}
	return map[string]any{"response_action": "errors", "errors": map[string]string{e.Field: text}}
}

// whisper says something that only the person sees, beside the card.
func (d *Door) whisper(ctx context.Context, a Asked, text string) error {
	return d.whisperMarked(ctx, a, mrkdwn(text))
}

func (d *Door) whisperMarked(ctx context.Context, a Asked, text string, blocks ...api.Block) error {
	if a.Channel == "" {
		return nil
	}
	options := []api.MsgOption{api.MsgOptionText(text, false), api.MsgOptionDisableLinkUnfurl()}
	if len(blocks) > 0 {
		options = append(options, api.MsgOptionBlocks(blocks...))
	}
	if _, err := d.api.PostEphemeralContext(ctx, a.Channel, a.User, options...); err != nil {
		return fmt.Errorf("slack: whisper: %w", cause(err))
	}
	return nil
}

// offerUndo tells what was done, with the way back.
func (d *Door) offerUndo(ctx context.Context, a Asked, text string, w *words.Words) error {
	value := a.Action.Case + ":" + strconv.Itoa(a.Action.Rev) + ":" + a.Action.ID
	button := api.NewButtonBlockElement(alert.ButtonUndo, value, plainText(w.Undo))
	buttons := []api.BlockElement{button}
	if v, wanted := d.wantsCause(ctx, a); wanted {
		text += " " + w.AskCauseOnceMore
		buttons = append([]api.BlockElement{api.NewButtonBlockElement(alert.ButtonCause, v.Case.ID+":"+strconv.Itoa(v.Case.Rev), plainText(w.NameCause))}, buttons...)
	}
	return d.whisperMarked(ctx, a, mrkdwn(text), api.NewSectionBlock(markup(mrkdwn(text)), nil, nil), api.NewActionBlock("undo", buttons...))
}

// wantsCause says whether to ask once more what caused what was just closed. A
// case that cannot be read now is not asked about.
func (d *Door) wantsCause(ctx context.Context, a Asked) (earshot.CaseView, bool) {
	if a.Action.Verb != earshot.VerbOutcome || a.Action.Args.Outcome == "" {
		return earshot.CaseView{}, false
	}
	v, err := d.config.Desk.View(ctx, a.Action.Case)
	if err != nil {
		d.config.Report(err)
		return v, false
	}
	return v, v.Case.WantsCause()
}
