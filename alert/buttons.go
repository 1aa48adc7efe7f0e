package alert

import (
	"strconv"
	"strings"

	"earshot"
	"earshot/internal/words"
)

// The ids of a card's buttons; Decode of the Slack door knows them all.
const (
	ButtonAsk      = "case_label"     // Is this a complaint?
	ButtonTake     = "case_take"      // Take it
	ButtonAnswered = "case_answered"  // Mark answered
	ButtonConfirm  = "case_confirm"   // Confirm answer
	ButtonReject   = "case_reject"    // Not an answer
	ButtonKept     = "promise_kept"   // Mark kept
	ButtonBroken   = "promise_broken" // Mark broken
	ButtonMove     = "promise_move"   // Move the date
	ButtonOutcome  = "case_outcome"   // Set outcome
	ButtonReopen   = "case_reopen"    // Reopen
	ButtonMore     = "case_more"      // the overflow menu
	ButtonOpenPost = "open_post"      // a link
	ButtonOpenCase = "open_case"      // a link
	ButtonQueue    = "queue_open"     // a link
	ButtonCard     = "case_card"      // Make a card
	ButtonUndo     = "case_undo"      // Undo
	ButtonCause    = "case_cause"     // Name the cause
)

// The choices of the overflow menu, before the case in the value.
const (
	MoreDraft    = "draft"
	MoreHandOver = "handover"
	MoreSnooze   = "snooze"
	MoreWrong    = "wrong"
	MoreWhy      = "why"
)

// buttons offers the next step by status. One is primary while the case is
// open, none when it is settled.
func (d draft) buttons() []Button {
	w := d.w
	if d.c.Merged != "" {
		return d.withLink(nil)
	}
	switch status := d.c.Status(); status {
	case "dismissed", "closed", "resolved":
		if d.c.FollowUp.State == earshot.FollowAsked {
			return []Button{d.button(ButtonConfirm, w.YesFixed), d.button(ButtonReopen, w.NoReopen)}
		}
		return []Button{d.button(ButtonReopen, w.Reopen)}
	case "responded":
		return d.lead(d.button(ButtonOutcome, w.SetOutcome), d.evidenceButton(ButtonReject, w.NotAnswer))
	case "overdue":
		if d.c.Work == earshot.WorkClaimed {
			return d.withLink(d.lead(d.button(ButtonAnswered, w.MarkAnswered)))
		}
		return d.withLink(d.lead(d.button(ButtonTake, w.Take)))
	case "promised":
		return d.lead(d.button(ButtonKept, w.MarkKept), d.button(ButtonBroken, w.MarkBroken), d.button(ButtonMove, w.MoveDate))
	case "unconfirmed":
		return d.lead(d.evidenceButton(ButtonConfirm, w.ConfirmAnswer), d.evidenceButton(ButtonReject, w.NotAnswer))
	case "claimed":
		return d.withLink(d.lead(d.button(ButtonAnswered, w.MarkAnswered)))
	case "new":
		if d.c.Label.Unsure {
			ask := words.Name(w.Ask, string(d.c.Label.Intent))
			return d.withLink(d.lead(d.button(ButtonAsk, ask), d.button(ButtonTake, w.Take)))
		}
	}
	return d.withLink(d.lead(d.button(ButtonTake, w.Take)))
}

// lead makes the first button the primary one.
func (d draft) lead(buttons ...Button) []Button {
	buttons[0].Primary = true
	return buttons
}

func (d draft) button(id, text string) Button {
	return Button{ID: id, Text: text, Value: d.c.ID + ":" + strconv.Itoa(d.c.Rev)}
}

// evidenceButton is about the response that decided the answer.
func (d draft) evidenceButton(id, text string) Button {
	b := d.button(id, text)
	if fact, _ := d.decisive(); fact.Response != 0 {
		b.Value += ":" + strconv.FormatInt(fact.Response, 10)
	}
	return b
}

// withLink adds the way to the post, where an answer is written.
func (d draft) withLink(buttons []Button) []Button {
	if d.m.View.URL == "" {
		return buttons
	}
	return append(buttons, Button{ID: ButtonOpenPost, Text: d.w.OpenPost, Value: d.c.ID, URL: d.m.View.URL})
}

// more is the overflow menu: five, and none on a card that is done with.
func (d draft) more() []Button {
	if d.c.Merged != "" || d.c.Work == earshot.WorkDismissed {
		return nil
	}
	w := d.w
	var out []Button
	for _, b := range []Button{{ID: MoreDraft, Text: w.Draft}, {ID: MoreHandOver, Text: w.HandOver}, {ID: MoreSnooze, Text: w.Snooze},
		{ID: MoreWrong, Text: w.Wrong}, {ID: MoreWhy, Text: w.WhyCard}} {
		b.Value = b.ID + ":" + d.c.ID + ":" + strconv.Itoa(d.c.Rev)
		out = append(out, b)
	}
	return out
}

// Linked turns the buttons of a card into links to the dashboard, which can do
// every action: for receivers that cannot send a click back. Exactly one stays
// primary if one was.
func Linked(c Card, l Links) Card {
	page := l.OfCase(c.Meta.Case)
	var out []Button
	for _, b := range c.Buttons {
		if b.ID == ButtonCard {
			id, _, _ := strings.Cut(b.Value, ":")
			b.URL, b.Text = l.OfCase(id), strings.Replace(b.Text, c.Words.MakeCard, c.Words.OpenCase, 1)
		}
		if b.URL == "" {
			b.URL = page
		}
		if b.URL != "" {
			out = append(out, b)
		}
	}
	if had := len(c.Buttons) > 0 && c.Buttons[0].Primary; had && len(out) > 0 {
		out[0].Primary = true
	}
	if page != "" && len(c.More) > 0 {
		out = append(out, Button{ID: ButtonOpenCase, Text: c.Words.OpenCase, Value: c.Meta.Case, URL: page})
	}
	c.Buttons, c.More = out, nil
	return c
}
