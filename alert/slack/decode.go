package slack

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"earshot"
	"earshot/alert"
)

// Want is what somebody's click or command asks of us.
type Want string

// The wants. Act hands an action over; Form opens a dialog; the others are
// answered to the person alone.
const (
	WantNothing Want = ""
	WantAct     Want = "act"
	WantForm    Want = "form"
	WantDraft   Want = "draft"
	WantCard    Want = "card"
	WantAnswer  Want = "answer" // a question: why, queue, find, status, help
)

// Asked is a payload of Slack's, decoded. The action's actor is still the Slack
// user: who that is the house knows.
type Asked struct {
	Want     Want
	Action   earshot.Action
	Form     string // which dialog
	Response int64  // the evidence that the click is about
	Question Question
	User     string // Slack id
	Picked   string // Slack id of the person chosen in a dialog
	Channel  string
	Message  string // ts of the card
	Trigger  string // opens a dialog within three seconds
}

// Question is what somebody asks without changing anything.
type Question struct {
	Verb   string // why, queue, find, status, home
	Text   string // what follows the verb
	Case   string
	Person string
}

// FormError is an answer in a dialog that cannot be: which field, and why, as a
// key of the catalogue's dialogs.
type FormError struct{ Field, Why string }

// Error names the field.
func (e *FormError) Error() string { return "field " + e.Field + ": " + e.Why }

// The reasons of a FormError.
const (
	whyPick = "pick"
	whyPast = "past"
	whyLink = "link"
)

// DecodeInteraction reads a click, a dialog that was sent, or a message shortcut.
func DecodeInteraction(payload []byte, at time.Time) (Asked, error) {
	var cb api.InteractionCallback
	if err := json.Unmarshal(payload, &cb); err != nil {
		return Asked{}, fmt.Errorf("slack payload: %w", err)
	}
	a := Asked{User: cb.User.ID, Trigger: cb.TriggerID, Channel: cb.Channel.ID, Message: cb.Message.Timestamp}
	a.Action = earshot.Action{ID: nonce(cb), Actor: cb.User.ID, At: at.UTC()}
	switch cb.Type {
	case api.InteractionTypeBlockActions:
		return a.click(cb)
	case api.InteractionTypeViewSubmission:
		return a.submitted(cb.View, at)
	case api.InteractionTypeMessageAction:
		link := messageLink(cb.Message)
		a.Want, a.Action.Verb, a.Action.Args.Link = WantAct, earshot.VerbTrack, link
		if link == "" {
			a.Want, a.Question.Verb = WantAnswer, "help"
		}
	}
	return a, nil
}

// nonce is the action's identity: Slack repeats a payload unchanged.
func nonce(cb api.InteractionCallback) string {
	switch {
	case cb.Type == api.InteractionTypeViewSubmission:
		return "slack:" + cb.View.ID + ":" + cb.View.Hash
	case cb.TriggerID != "":
		return "slack:" + cb.TriggerID
	case len(cb.ActionCallback.BlockActions) > 0:
		b := cb.ActionCallback.BlockActions[0]
		return "slack:" + cb.User.ID + ":" + b.ActionTs + ":" + b.ActionID
	}
	return "slack:" + cb.User.ID + ":" + cb.ActionTs
}

var verbs = map[string]earshot.Verb{
	alert.ButtonTake: earshot.VerbClaim, alert.ButtonAnswered: earshot.VerbAnswered, alert.ButtonConfirm: earshot.VerbConfirm,
	alert.ButtonReject: earshot.VerbReject, alert.ButtonKept: earshot.VerbKept, alert.ButtonBroken: earshot.VerbBroken,
	alert.ButtonReopen: earshot.VerbReopen, alert.ButtonUndo: earshot.VerbUndo,
}

var forms = map[string]string{
	alert.ButtonAsk: formWrong, alert.ButtonMove: formMove, alert.ButtonOutcome: formOutcome, alert.ButtonCause: formCause,
	alert.MoreHandOver: formHandOver, alert.MoreSnooze: formSnooze, alert.MoreWrong: formWrong,
}

// click reads a button or a choice of the menu. A link's button needs nothing.
func (a Asked) click(cb api.InteractionCallback) (Asked, error) {
	if len(cb.ActionCallback.BlockActions) == 0 {
		return a, nil
	}
	b := cb.ActionCallback.BlockActions[0]
	id, value := b.ActionID, b.Value
	if id == alert.ButtonMore {
		id, value, _ = strings.Cut(b.SelectedOption.Value, ":")
	}
	if strings.HasPrefix(id, alert.ButtonCard) {
		id = alert.ButtonCard // several in one message, told apart by a letter
	}
	rest, err := a.about(value)
	if err != nil && (verbs[id] != "" || forms[id] != "") {
		return a, err
	}
	switch verb, form := verbs[id], forms[id]; {
	case verb != "":
		a.Want, a.Action.Verb = WantAct, verb
		a.Action.Args.Response = a.Response
		if verb == earshot.VerbUndo {
			a.Action.Args.Undo, a.Action.Args.Response = rest, 0
		}
	case form != "":
		a.Want, a.Form = WantForm, form
	case id == alert.MoreDraft:
		a.Want = WantDraft
	case id == alert.ButtonCard:
		a.Want = WantCard
	case id == alert.MoreWhy:
		a.Want, a.Question = WantAnswer, Question{Verb: "why", Case: a.Action.Case, Text: a.Action.Case}
	}
	return a, nil
}

// about reads "case:rev" with what may follow: the response, or the action to undo.
func (a *Asked) about(value string) (string, error) {
	parts := strings.SplitN(value, ":", 3)
	if len(parts) < 2 {
		return "", fmt.Errorf("slack value %q: want case and revision", value)
	}
	rev, err := strconv.Atoi(parts[1])
	if err != nil {
		return "", fmt.Errorf("slack value %q: want a revision: %w", value, err)
	}
	a.Action.Case, a.Action.Rev = parts[0], rev
	if len(parts) == 2 {
		return "", nil
	}
	if n, err := strconv.ParseInt(parts[2], 10, 64); err == nil {
		a.Response = n
	}
	return parts[2], nil
}

// messageLink finds the first address in a message: in its text, else in its
// blocks, which are read as the JSON they are.
func messageLink(m api.Message) string {
	if link := firstLink(m.Text); link != "" {
		return link
	}
	raw, err := json.Marshal(m.Blocks)
	if err != nil {
		return ""
	}
	return firstLink(strings.ReplaceAll(string(raw), `\u0026`, "&"))
}

// webLink finds an address in a message of Slack's.
var webLink = regexp.MustCompile(`https?://[^\s<>|"\\]+`)

func firstLink(text string) string {
	link := webLink.FindString(strings.ReplaceAll(text, "&amp;", "&"))
	if !safeURL(link) {
		return ""
	}
	return link
}

// Commands are what /earshot understands.
var Commands = []string{"queue", "find", "why", "mute", "status", "help"}

// DecodeCommand reads a slash command: "/earshot VERB what follows".
func DecodeCommand(form url.Values, at time.Time) Asked {
	verb, rest, _ := strings.Cut(strings.TrimSpace(form.Get("text")), " ")
	rest = strings.TrimSpace(rest)
	verb = strings.ToLower(verb)
	if verb == "" {
		verb = "queue"
	}
	if !slices.Contains(Commands, verb) {
		verb = "help"
	}
	a := Asked{Want: WantAnswer, User: form.Get("user_id"), Channel: form.Get("channel_id"), Trigger: form.Get("trigger_id"),
		Question: Question{Verb: verb, Text: rest}}
	a.Action = earshot.Action{ID: "slack:" + form.Get("trigger_id"), Actor: a.User, At: at.UTC()}
	if verb == "why" {
		a.Question.Case = rest
	}
	if verb == "mute" && rest != "" {
		a.Want, a.Action.Verb = WantAct, earshot.VerbMute
		a.Action.Args.Match, a.Action.Args.Until, a.Action.Args.Text = readMute(rest, at)
	}
	return a
}

// readMute reads "brand=AAA intent=complaint 2d known outage": what, how long
// (a day if not said), and why.
func readMute(text string, at time.Time) (match string, until time.Time, why string) {
	until = at.Add(24 * time.Hour)
	var what, because []string
	quoted := false
	fields := strings.FieldsFunc(text, func(r rune) bool {
		quoted = quoted != (r == '"')
		return r == ' ' && !quoted
	})
	for _, w := range fields {
		d, ok := shortDuration(w)
		switch {
		case ok && len(because) == 0:
			until = at.Add(d)
		case strings.Contains(w, "=") && len(because) == 0:
			what = append(what, w)
		default:
			because = append(because, w)
		}
	}
	return strings.Join(what, " "), until.UTC(), strings.Join(because, " ")
}

// shortDuration reads "30m", "4h", "2d", "1w".
func shortDuration(s string) (time.Duration, bool) {
	if len(s) < 2 {
		return 0, false
	}
	unit := map[byte]time.Duration{'m': time.Minute, 'h': time.Hour, 'd': 24 * time.Hour, 'w': 7 * 24 * time.Hour}[s[len(s)-1]]
	n, err := strconv.Atoi(s[:len(s)-1])
	if err != nil || unit == 0 || n <= 0 || n > 10000 {
		return 0, false
	}
	return time.Duration(n) * unit, true
}
