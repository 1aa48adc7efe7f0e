package slack

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	api "github.com/slack-go/slack"

	"earshot"
	"earshot/internal/words"
)

// The dialogs.
const (
	formOutcome  = "outcome"
	formHandOver = "handover"
	formSnooze   = "snooze"
	formWrong    = "wrong"
	formMove     = "move"
	formCause    = "cause"
)

// The fields of the dialogs. A field's block and its element have one name.
const (
	fieldOutcome = "outcome"
	fieldFacet   = "facet"
	fieldText    = "text"
	fieldOwner   = "owner"
	fieldUntil   = "until"
	fieldRight   = "right"
	fieldDate    = "date"
	fieldBrand   = "brand"
	fieldSame    = "same"
	fieldLink    = "link"
)

// The choices of the snooze dialog.
const (
	untilHour     = "hour"
	untilTomorrow = "tomorrow"
	untilThree    = "three"
	untilWeek     = "week"
	untilMute     = "mute"
)

// remembered is what a dialog carries from the click to the answer.
type remembered struct {
	Form     string `json:"form"`
	Case     string `json:"case"`
	Rev      int    `json:"rev"`
	Response int64  `json:"response,omitempty"`
	Channel  string `json:"channel,omitempty"`
	Message  string `json:"message,omitempty"`
	Brand    string `json:"brand,omitempty"`
	Intent   string `json:"intent,omitempty"`
	Zone     string `json:"zone,omitempty"`
}

// maxTitle is how long a dialog's title may be.
const maxTitle = 24

// dialog draws the form for one person.
func dialog(a Asked, v earshot.CaseView, who earshot.Person) (api.ModalViewRequest, error) {
	w := words.For(who.Lang)
	carry := remembered{Form: a.Form, Case: a.Action.Case, Rev: a.Action.Rev, Response: a.Response, Channel: a.Channel, Message: a.Message,
		Brand: v.Case.Brand, Intent: string(v.Case.Label.Intent)}
	if who.Zone != nil {
		carry.Zone = who.Zone.String()
	}
	meta, err := json.Marshal(carry)
	if err != nil {
		return api.ModalViewRequest{}, fmt.Errorf("slack dialog: %w", err)
	}
	title, blocks := formBlocks(a.Form, v, w)
	return api.ModalViewRequest{Type: api.VTModal, Title: plainText(clipped(title, maxTitle)), Submit: plainText(w.Save), Close: plainText(w.Cancel),
		CallbackID: a.Form, PrivateMetadata: string(meta), Blocks: api.Blocks{BlockSet: blocks}}, nil
}

func formBlocks(form string, v earshot.CaseView, w *words.Words) (string, []api.Block) {
	switch form {
	case formOutcome:
		return w.TitleOutcome, []api.Block{
			choose(fieldOutcome, w.AskOutcome, named(texts(earshot.Outcomes), w.Outcomes), ""),
			write(fieldText, w.AskCauseWords),
			choose(fieldFacet, w.AskCause, named(facets, w.Facets), string(v.Case.Label.Facet)).WithOptional(true),
			write(fieldLink, w.AskLink)}
	case formCause:
		return w.TitleCause, []api.Block{
			write(fieldText, w.AskCauseWords).WithOptional(false),
			choose(fieldFacet, w.AskCause, named(facets, w.Facets), string(v.Case.Label.Facet)).WithOptional(true),
			write(fieldLink, w.AskLink)}
	case formHandOver:
		pick := api.NewOptionsSelectBlockElement(api.OptTypeUser, nil, fieldOwner)
		return w.TitleHandOver, []api.Block{api.NewInputBlock(fieldOwner, plainText(w.AskOwner), nil, pick)}
	case formSnooze:
		list := [][2]string{{untilHour, w.InAnHour}, {untilTomorrow, w.Tomorrow}, {untilThree, w.InThreeDays}, {untilWeek, w.InAWeek}, {untilMute, w.MuteKind}}
		return w.TitleSnooze, []api.Block{choose(fieldUntil, w.AskUntil, list, untilTomorrow), write(fieldText, w.AskNote)}
	case formMove:
		return w.TitleMove, []api.Block{api.NewInputBlock(fieldDate, plainText(w.AskDate), nil, api.NewDateTimePickerBlockElement(fieldDate))}
	}
	list := append(named(texts(earshot.Intents[:4]), w.Intents), [2]string{earshot.NotOurs, w.NotUs})
	return w.TitleWrong, []api.Block{choose(fieldRight, w.AskRight, list, string(v.Case.Label.Intent)),
		write(fieldBrand, w.AskBrand), write(fieldSame, w.AskSame), write(fieldText, w.AskNote)}
}

var facets = []string{"product", "service", "staff", "process", "policy", "price", "image"}

func texts[T ~string](labels []T) []string {
	out := make([]string, len(labels))
	for i, l := range labels {
		out[i] = string(l)
	}
	return out
}

func named(labels []string, names map[string]string) [][2]string {
	var out [][2]string
	for _, l := range labels {
		out = append(out, [2]string{l, words.Name(names, l)})
	}
	return out
}

func choose(field, label string, list [][2]string, initial string) *api.InputBlock {
	var options []*api.OptionBlockObject
	var chosen *api.OptionBlockObject
	for _, l := range list {
		o := api.NewOptionBlockObject(l[0], plainText(clipped(l[1], maxButton)), nil)
		options = append(options, o)
		if l[0] == initial {
			chosen = o
		}
	}
	pick := api.NewOptionsSelectBlockElement(api.OptTypeStatic, nil, field, options...)
	pick.InitialOption = chosen
	return api.NewInputBlock(field, plainText(label), nil, pick)
}

func write(field, label string) *api.InputBlock {
	return api.NewInputBlock(field, plainText(label), nil, api.NewPlainTextInputBlockElement(nil, field)).WithOptional(true)
}

// submitted reads a dialog that was sent into its action.
func (a Asked) submitted(v api.View, at time.Time) (Asked, error) {
	var carry remembered
	if err := json.Unmarshal([]byte(v.PrivateMetadata), &carry); err != nil || carry.Case == "" {
		return a, fmt.Errorf("slack dialog %q carries no case", v.CallbackID)
	}
	a.Want, a.Channel, a.Message = WantAct, carry.Channel, carry.Message
	a.Action.Case, a.Action.Rev = carry.Case, carry.Rev
	f := answers{}
	if v.State != nil {
		f = v.State.Values
	}
	text := strings.TrimSpace(f.get(fieldText).Value)
	switch carry.Form {
	case formOutcome:
		return a.outcome(f, text)
	case formCause:
		return a.cause(f, text)
	case formHandOver:
		a.Picked = f.get(fieldOwner).SelectedUser
		a.Action.Verb = earshot.VerbAssign
		return a, missing(fieldOwner, a.Picked)
	case formSnooze:
		return a.snooze(f, carry, text, at)
	case formMove:
		return a.move(f, at)
	case formWrong:
		return a.wrong(f, carry, text)
	}
	return a, fmt.Errorf("slack dialog %q is not known", carry.Form)
}

// answers are the values of a dialog by field.
type answers map[string]map[string]api.BlockAction

func (f answers) get(field string) api.BlockAction { return f[field][field] }

func missing(field, value string) error {
	if value == "" {
		return &FormError{Field: field, Why: whyPick}
	}
	return nil
}

func (a Asked) outcome(f answers, text string) (Asked, error) {
	picked := f.get(fieldOutcome).SelectedOption.Value
	a.Action.Verb = earshot.VerbOutcome
	if err := missing(fieldOutcome, picked); err != nil {
		return a, err
	}
	a.Action.Args.Outcome = earshot.Outcome(picked)
	return a.because(f, text)
}

// cause reads what caused a case that is closed already.
func (a Asked) cause(f answers, text string) (Asked, error) {
	a.Action.Verb = earshot.VerbOutcome
	if err := missing(fieldText, text); err != nil {
		return a, err
	}
	return a.because(f, text)
}

// because adds the cause: words, what it was about, and a link.
func (a Asked) because(f answers, text string) (Asked, error) {
	link := strings.TrimSpace(f.get(fieldLink).Value)
	if link != "" && !safeURL(link) {
		return a, &FormError{Field: fieldLink, Why: whyLink}
	}
	a.Action.Args.Facet, a.Action.Args.Cause, a.Action.Args.Link = earshot.Facet(f.get(fieldFacet).SelectedOption.Value), text, link
	return a, nil
}

func (a Asked) snooze(f answers, carry remembered, text string, at time.Time) (Asked, error) {
	picked := f.get(fieldUntil).SelectedOption.Value
	a.Action.Verb = earshot.VerbSnooze
	a.Action.Args = earshot.Args{Text: text}
	switch picked {
	case untilHour:
		a.Action.Args.Until = at.Add(time.Hour)
	case untilTomorrow:
		a.Action.Args.Until = tomorrow(at, carry.Zone)
	case untilThree:
		a.Action.Args.Until = at.AddDate(0, 0, 3)
	case untilWeek, untilMute:
		a.Action.Args.Until = at.AddDate(0, 0, 7)
	default:
		return a, missing(fieldUntil, "")
	}
	a.Action.Args.Until = a.Action.Args.Until.UTC()
	if picked == untilMute {
		a.Action.Verb, a.Action.Case, a.Action.Rev = earshot.VerbMute, "", 0
		a.Action.Args.Match = fmt.Sprintf("brand=%q intent=%s", carry.Brand, carry.Intent)
	}
	return a, nil
}

// tomorrow is nine in the morning of the next day, where the person lives.
func tomorrow(at time.Time, zone string) time.Time {
	place, err := time.LoadLocation(zone)
	if err != nil {
		place = time.UTC
	}
	y, m, d := at.In(place).Date()
	return time.Date(y, m, d+1, 9, 0, 0, 0, place)
}

func (a Asked) move(f answers, at time.Time) (Asked, error) {
	a.Action.Verb = earshot.VerbPromise
	a.Action.Args.Until = time.Unix(f.get(fieldDate).SelectedDateTime, 0).UTC()
	if !a.Action.Args.Until.After(at) {
		return a, &FormError{Field: fieldDate, Why: whyPast}
	}
	return a, nil
}

// wrong reads what is right: another case, another brand, not about us, or
// another label; the first that is filled in counts.
func (a Asked) wrong(f answers, carry remembered, text string) (Asked, error) {
	picked := f.get(fieldRight).SelectedOption.Value
	brand, same := strings.TrimSpace(f.get(fieldBrand).Value), strings.TrimSpace(f.get(fieldSame).Value)
	a.Action.Verb, a.Action.Args.Text = earshot.VerbCorrect, text
	switch {
	case same != "":
		a.Action.Verb, a.Action.Args.Other = earshot.VerbMerge, strings.TrimPrefix(same, "#")
		return a, nil
	case brand != "":
		a.Action.Args.Brand = brand
		return a, nil
	}
	switch picked {
	case earshot.NotOurs:
		a.Action.Args.Brand = earshot.NotOurs
	case carry.Intent:
		a.Action.Verb = earshot.VerbConfirm // the label is right after all
	default:
		a.Action.Args.Intent = earshot.Intent(picked)
	}
	return a, missing(fieldRight, picked)
}
