package alert

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"earshot"
	"earshot/internal/words"
)

// fields are the facts of a card: answer and due time, owner, cause and
// severity, author with history.
func (d draft) fields() []Field {
	fields := []Field{d.answerField()}
	if d.c.Work == earshot.WorkClosed && d.c.Outcome != "" {
		fields[0] = Field{Name: d.w.FieldOutcome, Value: append([]Line{plain(words.Name(d.w.Outcomes, string(d.c.Outcome)))}, fields[0].Value...)}
	}
	fields = append(fields, d.ownerField()...)
	if f, ok := d.causeField(); ok {
		fields = append(fields, f)
	}
	return append(fields, d.authorField())
}

func (d draft) answerField() Field {
	f := Field{Name: d.w.FieldAnswer}
	switch d.c.Answer {
	case earshot.AnswerResponded, earshot.AnswerResolved, earshot.AnswerUnconfirmed:
		f.Value = d.evidenceLines()
	case earshot.AnswerPromised:
		f = d.promiseField()
	case earshot.AnswerSeen:
		f.Value = []Line{plain(d.w.SeenNotAnswered)}
	default:
		f.Value = []Line{plain(d.w.NoAnswer)}
	}
	if l := d.clockLine(); l != nil {
		f.Value = append(f.Value, l)
	}
	if l := d.disagreeLine(); l != nil {
		f.Value = append(f.Value, l)
	}
	if !d.m.View.CanAnswer && d.c.Answer == earshot.AnswerNone {
		f.Value = append(f.Value, plain(d.w.CannotAnswer.With("brand", name(d.c.Brand))))
	}
	return f
}

// clockLine says when an answer is, or was, due.
func (d draft) clockLine() Line {
	due := map[string]Piece{"time": d.date(d.c.Clock.Due)}
	switch {
	case d.c.Snoozed.After(d.m.Now):
		return fill(d.w.Snoozed, map[string]Piece{"time": d.date(d.c.Snoozed)})
	case d.c.Clock.Due.IsZero():
		return nil
	case d.c.Clock.Clock == earshot.ClockOverdue:
		return fill(d.w.WasDue, due)
	case d.c.Clock.Clock == earshot.ClockRunning, d.c.Clock.Clock == earshot.ClockDueSoon:
		return fill(d.w.Due, due)
	}
	return nil
}

// disagreeLine says that the author denies what a person marked.
func (d draft) disagreeLine() Line {
	if !d.c.Disagrees {
		return nil
	}
	for _, e := range slices.Backward(d.c.Evidence) {
		if e.Kind == earshot.EvidenceMarked && e.By != "" {
			return fill(d.w.Disagrees, map[string]Piece{"who": d.who(e.By), "time": d.date(e.SaidAt)})
		}
	}
	return plain(string(d.w.DisagreesAny))
}

func (d draft) promiseField() Field {
	f := Field{Name: d.w.FieldPromise}
	due := map[string]Piece{"time": d.date(d.c.Promise.Due)}
	switch {
	case d.c.Promise.Due.IsZero():
		f.Value = []Line{plain(d.w.PromiseNoDate)}
	case d.c.Promise.State == earshot.PromiseBroken:
		f.Value = []Line{fill(d.w.PromiseLate, due)}
	default:
		f.Value = []Line{fill(d.w.PromiseDue, due)}
	}
	if l := d.evidenceLink(); l != nil {
		f.Value = append(f.Value, l)
	}
	return f
}

// decisive returns the evidence that decided the answer, and the response it is of.
func (d draft) decisive() (earshot.Evidence, earshot.Response) {
	folded := earshot.Fold(d.c.Evidence)
	var fact earshot.Evidence
	for _, e := range d.c.Evidence {
		if e.Response == folded.By && e.SaidAt.Equal(folded.Since) {
			fact = e
		}
	}
	for _, r := range d.m.View.Responses {
		if r.ID == fact.Response && r.ID != 0 {
			return fact, r
		}
	}
	return fact, earshot.Response{Kind: fact.Kind, Actor: fact.By}
}

// evidenceLines say who answered, how we know, and when it was said.
func (d draft) evidenceLines() []Line {
	fact, r := d.decisive()
	line := d.evidence(fact, r)
	line = append(line, Piece{Text: d.w.Comma}, d.date(fact.SaidAt))
	lines := []Line{line}
	if l := d.evidenceLink(); l != nil {
		lines = append(lines, l)
	}
	return lines
}

func (d draft) evidence(fact earshot.Evidence, r earshot.Response) Line {
	who := Piece{Text: name(cmp.Or(tidy(r.Actor), d.c.Brand))}
	if fact.By != "" {
		who = d.who(fact.By)
	}
	return fill(d.w.EvidenceSay[string(fact.Kind)], map[string]Piece{"who": who})
}

func (d draft) evidenceLink() Line {
	if _, r := d.decisive(); r.Link != "" {
		return Line{{Text: d.w.EvidenceLink, URL: r.Link}}
	}
	return nil
}

func (d draft) ownerField() []Field {
	f := Field{Name: d.w.FieldOwner, Value: []Line{plain(d.w.Nobody)}}
	switch {
	case d.c.Owner != "" && d.m.View.Deputy != "":
		f.Value = []Line{fill(d.w.OwnerAway, map[string]Piece{"who": d.who(d.c.Owner), "deputy": d.who(d.m.View.Deputy)})}
	case d.c.Owner != "" && !d.c.Claimed.IsZero():
		f.Value = []Line{fill(d.w.OwnerSince, map[string]Piece{"who": d.who(d.c.Owner), "time": d.date(d.c.Claimed)})}
	case d.c.Owner != "":
		f.Value = []Line{fill(d.w.OwnerIdle, map[string]Piece{"who": d.who(d.c.Owner)})}
	}
	return []Field{f}
}

func (d draft) causeField() (Field, bool) {
	facet := words.Name(d.w.Facets, string(d.c.Label.Facet))
	if d.c.CauseName != "" {
		return Field{Name: d.w.FieldCause, Value: d.causeLines(facetName(d.w, d.c.Cause))}, true
	}
	if d.c.Cause != "" {
		return Field{Name: d.w.FieldCause, Value: []Line{plain(words.Name(d.w.Facets, string(d.c.Cause)))}}, true
	}
	severity := strconv.Itoa(d.c.Label.Severity)
	switch {
	case facet != "" && d.c.Label.Severity > 0:
		return Field{Name: d.w.FieldGuess, Value: []Line{plain(d.w.FacetSeverity.With("facet", facet, "n", severity))}}, true
	case facet != "":
		return Field{Name: d.w.FieldGuess, Value: []Line{plain(facet)}}, true
	case d.c.Label.Severity > 0:
		return Field{Name: d.w.FieldGuess, Value: []Line{plain(d.w.Severity.With("n", severity))}}, true
	}
	return Field{}, false
}

func (d draft) authorField() Field {
	v, w := d.m.View, d.w
	author := cmp.Or(name(v.Author.Name), w.Nameless)
	noun := words.Name(w.Nouns, string(d.c.Label.Intent))
	text := w.AuthorFirst.With("who", author, "label", noun)
	if v.Earlier > 0 {
		text = w.AuthorAgain.With("who", author, "label", noun, "nth", w.Ordinal(v.Earlier+1), "n", strconv.Itoa(v.Earlier+1))
	}
	if v.EarlierUnanswered > 0 {
		text += w.Comma + w.EarlierUnanswered.N(v.EarlierUnanswered)
	}
	return Field{Name: w.FieldAuthor, Value: []Line{plain(text)}}
}

// say is the fallback: what a notification shows and a screen reader reads.
func (d draft) say() string {
	w, v := d.w, d.m.View
	brand, site := name(d.c.Brand), name(siteName(v))
	the := words.Name(w.The, string(d.c.Label.Intent))
	what := strings.TrimRight(clip(d.what(), 120), ".!?。！？ ")
	pairs := []string{"brand", brand, "site", site, "what", what, "answer", d.sayAnswer(), "owner", d.sayOwner(), "label", the,
		"who", d.doer(), "time", d.sayTime(), "outcome", words.Name(w.Outcomes, string(d.c.Outcome)), "case", d.c.Merged}
	switch status := d.c.Status(); {
	case d.m.Alert.Kind == earshot.AlertEscalate:
		return first(w.SayEscalate.With(append([]string{"time", w.Duration(d.m.Now.Sub(d.c.Opened))}, pairs...)...))
	case d.c.Merged != "":
		return first(w.SayMerged.With(pairs...))
	case status == "new" && d.c.Label.Unsure:
		return first(w.SayUnsure.With(append([]string{"label", words.Name(w.Nouns, string(d.c.Label.Intent))}, pairs...)...))
	case status == "new":
		return first(w.SayNew.With(append([]string{"label", words.Name(w.Intents, string(d.c.Label.Intent))}, pairs...)...))
	default:
		return first(d.sayStatus(status).With(pairs...))
	}
}

func (d draft) sayStatus(s earshot.Status) words.Text {
	w := d.w
	switch s {
	case "dismissed":
		if d.c.Last.Who != "" {
			return w.SayDismissedBy
		}
		return w.SayDismissed
	case "closed":
		return w.SayClosed
	case "resolved":
		return w.SayResolved
	case "responded":
		return w.SayResponded
	case "overdue":
		return w.SayOverdue
	case "promised":
		if d.c.Promise.Due.IsZero() {
			return w.SayPromiseNoDate
		}
		return w.SayPromised
	case "unconfirmed":
		return w.SayUnconfirmed
	case "seen":
		return w.SaySeen
	}
	return w.SayClaimed
}

func (d draft) sayAnswer() string {
	w := d.w
	answer := w.NoAnswer
	if d.c.Answer == earshot.AnswerSeen {
		answer = w.SeenNotAnswered
	}
	if running := d.c.Clock.Clock == earshot.ClockRunning || d.c.Clock.Clock == earshot.ClockDueSoon; running && !d.c.Clock.Due.IsZero() {
		return w.SayDueBy.With("answer", answer, "time", w.When(d.c.Clock.Due.In(d.m.Zone), d.m.Now))
	}
	return answer
}

func (d draft) sayOwner() string {
	if d.c.Owner == "" || d.c.Claimed.IsZero() {
		return string(d.w.SayNobody)
	}
	return d.w.SayOwner.With("who", d.c.Owner)
}

// doer is the person the sentence is about: who dismissed the case, else who
// has it.
func (d draft) doer() string {
	if d.c.Work == earshot.WorkDismissed {
		return d.c.Last.Who
	}
	return d.c.Owner
}

func (d draft) sayTime() string {
	switch {
	case d.c.Answer.Given():
		return d.w.Duration(d.c.Waiting(d.m.Now))
	case !d.c.Promise.Due.IsZero():
		return d.w.When(d.c.Promise.Due.In(d.m.Zone), d.m.Now)
	}
	return d.w.Duration(d.m.Now.Sub(d.c.Opened).Round(time.Minute))
}

// first makes the first letter a capital.
func first(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}
