package alert

import (
	"strings"

	"earshot"
	"earshot/internal/words"
)

// line is what the thread says of the alert's event.
func (d draft) line() Card {
	e := d.event()
	if l, ok := d.causeLine(e); ok {
		return d.message(l)
	}
	places := map[string]Piece{
		"who":     d.who(e.Actor),
		"owner":   d.who(e.Data.Owner),
		"time":    d.date(later(e.Data.Due, e.Data.Until)),
		"label":   {Text: words.Name(d.w.Nouns, string(d.c.Label.Intent))},
		"case":    {Text: e.Data.Other},
		"cases":   {Text: d.w.List(e.Data.Cases)},
		"outcome": {Text: words.Name(d.w.Outcomes, string(e.Data.Outcome))},
	}
	text, ok := d.lineText(e)
	if !ok {
		text = words.Text(d.say())
	}
	line := fill(text, places)
	if e.Kind == earshot.EventAnswerChanged && e.Actor == "" {
		line = append(line, d.lineEvidence()...)
	}
	return d.message(line)
}

// event is the event of the alert: the view's last, unless the case has moved
// on since, in which case what the alert itself knows must do.
func (d draft) event() earshot.Event {
	a, e := d.m.Alert, d.m.View.Latest
	if e.Kind == a.Event && e.Seq == a.Step {
		return e
	}
	moved := earshot.Event{Case: a.Case, Seq: a.Step, Kind: a.Event, At: a.Created}
	moved.Data.To, moved.Data.Owner, moved.Data.Outcome = d.c.Answer, d.c.Owner, d.c.Outcome
	moved.Data.Due, moved.Data.Until = later(d.c.Clock.Due, d.c.Promise.Due), d.c.Snoozed
	if d.c.Last.Seq == a.Step {
		moved.Actor = d.c.Last.Who
	}
	if a.Event == earshot.EventPromiseMade || a.Event == earshot.EventPromiseDue || a.Event == earshot.EventPromiseBroken {
		moved.Data.Due = d.c.Promise.Due
	}
	return moved
}

func (d draft) lineText(e earshot.Event) (words.Text, bool) {
	kind := string(e.Kind)
	if e.Kind == earshot.EventAnswerChanged {
		if e.Actor != "" {
			t, ok := d.w.LineAnswerBy[string(e.Data.To)]
			return t, ok
		}
		t, ok := d.w.LineAnswer[string(e.Data.To)]
		return t, ok
	}
	if t, ok := d.w.LineBy[kind]; ok && e.Actor != "" {
		return t, true
	}
	t, ok := d.w.LineOf[kind]
	return t, ok
}

// lineEvidence names the evidence behind a changed answer, with its link.
func (d draft) lineEvidence() Line {
	fact, r := d.decisive()
	if fact.Kind == "" {
		return nil
	}
	line := append(Line{{Text: " "}}, d.evidence(fact, r)...)
	line = append(line, Piece{Text: ". "})
	return append(line, d.evidenceLink()...)
}

// reminder is a line in the thread of a case that still has no answer.
func (d draft) reminder() Card {
	the := words.Name(d.w.The, string(d.c.Label.Intent))
	text := d.w.SayRemind.With("time", d.w.Duration(d.m.Now.Sub(d.c.Opened)), "label", the, "brand", name(d.c.Brand),
		"site", name(siteName(d.m.View)), "owner", d.sayOwner())
	return d.message(plain(text))
}

// message is a card of one line, which mentions whom the alert calls.
func (d draft) message(line Line) Card {
	c := Card{Kind: d.m.Alert.Kind, Words: d.w, Meta: d.meta(), Lang: d.w.Lang}
	line[0].Text = first(line[0].Text)
	c.Sections = []Section{{Items: []Line{line}}}
	c.Text = strings.TrimSpace(line.Plain())
	c.Ping = d.ping([]Field{{Value: []Line{line}}})
	return c
}
