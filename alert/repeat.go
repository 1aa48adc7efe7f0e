package alert

import (
	"slices"
	"strings"

	"earshot"
	"earshot/internal/words"
)

// maxPlaces is how many links a fact about repetition shows; its number counts all.
const maxPlaces = 5

// repetition are facts with their links, no reproach: where else the same
// sentences stand, and how often the same reply was given.
func (d draft) repetition() []Line {
	v := d.m.View
	var out []Line
	if sites := sites(v); len(sites) > 1 {
		out = append(out, d.places(d.w.SameSentences.N(len(sites)), v.SameText))
	}
	if n := len(v.SameReply); n > 0 && d.c.Answer != earshot.AnswerNone {
		out = append(out, d.places(d.w.SameReply.N(n+1), v.SameReply))
	}
	return out
}

// sites are the sites on which the text of a case stands, its own first.
func sites(v earshot.CaseView) []string {
	out := []string{v.Site}
	for _, p := range v.SameText {
		if !slices.Contains(out, p.Site) {
			out = append(out, p.Site)
		}
	}
	return out
}

func (d draft) places(fact string, places []earshot.Place) Line {
	line := plain(fact)
	shown := 0
	for _, p := range places {
		if p.URL == "" || shown == maxPlaces {
			continue
		}
		gap := d.w.Comma
		if shown == 0 {
			gap = ": "
		}
		line = append(line, Piece{Text: gap}, Piece{Text: name(p.Site), URL: p.URL})
		shown++
	}
	return line
}

// recursNote says on the card that a fixed cause came back.
func (d draft) recursNote() string {
	r := d.c.Recurs
	if len(r.Cases) == 0 {
		return ""
	}
	text := d.w.RecursNote
	if r.Proposed {
		text = d.w.RecursPerhaps
	}
	return text.With("cases", d.w.List(few(r.Cases)), "cause", clip(tidy(r.Cause), 60))
}

// few are the last of the earlier cases, as many as a card has room for.
func few(cases []string) []string { return cases[max(0, len(cases)-maxPlaces):] }

// causeLine is the thread's line of an event about a cause, or of the question
// that follows a resolution.
func (d draft) causeLine(e earshot.Event) (Line, bool) {
	cause := e.Data.Cause
	if cause == "" && e.Kind == earshot.EventRecurred {
		cause = d.c.Recurs.Cause
	}
	places := map[string]Piece{"who": d.who(e.Actor), "cause": {Text: clip(tidy(cause), 120)},
		"outcome": {Text: words.Name(d.w.Outcomes, string(e.Data.Outcome))}}
	switch {
	case e.Kind == earshot.EventRecurred:
		return d.recurredLine(e, places), true
	case e.Kind == earshot.EventFollowUp:
		return fill(d.w.LineFollowUp, places), true
	case e.Kind == earshot.EventClosed && e.Actor != "" && cause != "":
		return fill(d.w.LineClosed, places), true
	}
	return nil, false
}

// recurredLine names the earlier cases, each with a link to its page.
func (d draft) recurredLine(e earshot.Event, places map[string]Piece) Line {
	cases, text := e.Data.Cases, d.w.LineRecurred
	if len(cases) == 0 {
		cases = d.c.Recurs.Cases // the case has moved on since
	}
	if e.Data.Proposed || len(e.Data.Cases) == 0 && d.c.Recurs.Proposed {
		text = d.w.LineRecursPerhaps
	}
	const mark = "\x00"
	places["cases"] = Piece{Text: mark}
	line := fill(text, places)
	at := slices.IndexFunc(line, func(p Piece) bool { return p.Text == mark })
	if at < 0 {
		return line
	}
	var named Line
	for i, id := range few(cases) {
		if i > 0 {
			named = append(named, Piece{Text: d.w.Comma})
		}
		named = append(named, Piece{Text: id, URL: d.m.Links.OfCase(id)})
	}
	return slices.Replace(line, at, at+1, named...)
}

// outlasts says whether what the event says of a case is news though the case is
// settled: it is asked whether it is really fixed, or its fixed cause came back.
func outlasts(k earshot.EventKind, c earshot.Case) bool {
	switch {
	case c.Work == earshot.WorkDismissed || c.Merged != "":
		return false
	case k == earshot.EventFollowUp:
		return c.FollowUp.State == earshot.FollowAsked
	case k == earshot.EventRecurred:
		return len(c.Recurs.Cases) > 0
	}
	return false
}

// causeLines are the cause in the team's words, with what was written about it
// and what it was about.
func (d draft) causeLines(facet string) []Line {
	line := plain(clip(tidy(d.c.CauseName), 120))
	if strings.HasPrefix(d.c.CauseLink, "http://") || strings.HasPrefix(d.c.CauseLink, "https://") {
		line[0].URL = d.c.CauseLink
	}
	if facet == "" {
		return []Line{line}
	}
	return []Line{line, plain(facet)}
}

func facetName(w *words.Words, f earshot.Facet) string {
	if f == "" {
		return ""
	}
	return words.Name(w.Facets, string(f))
}
