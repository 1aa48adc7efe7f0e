package daemon

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"earshot"
	"earshot/internal/words"
)

// caseStory tells a case from its post to its last alert.
func (x *explaining) caseStory(id string) error {
	v, ok, err := x.tx.CaseView(id)
	if err != nil || !ok {
		return err
	}
	if v, err = x.tx.Repetition(v); err != nil {
		return err
	}
	v = x.s.augment(v)
	c := v.Case
	if c.ID != id {
		x.line("case %s was merged into %s", id, c.ID)
	}
	x.line("case %s  %s about %s: %s", c.ID, c.Label.Intent, c.Brand, c.Status())
	if v.URL != "" {
		x.line("  post      %s, by %s", v.URL, cmp.Or(v.Author.Name, "somebody without a name"))
	}
	if v.Quote != "" {
		x.line("  quote     %q", v.Quote)
	}
	x.stands(v)
	x.facts(v)
	for _, r := range v.Responses {
		x.line("  evidence  %s  %s by %s, confidence %.2f: %s%s", stamp(r.SaidAt), words.Name(x.words.Evidence, string(r.Kind)), cmp.Or(r.Actor, "somebody"), r.Confidence, effectOf(r), quotedAs(r.Passage))
		if r.Link != "" {
			x.line("            %s", r.Link)
		}
	}
	return x.history(c)
}

// stands says where the three columns of a case stand.
func (x *explaining) stands(v earshot.CaseView) {
	c := v.Case
	answer := "no public response seen"
	if c.Answer != earshot.AnswerNone {
		answer = string(c.Answer)
	}
	x.line("  stands    work: %s%s; answer: %s; waiting in public for %s", c.Work, by(c.Owner), answer, x.words.Duration(c.Waiting(x.now)))
	switch {
	case c.SLA == nil:
		x.line("  clock     none: no SLA line of %s matches it", c.Brand)
	case c.LateFound():
		x.line("  clock     none: it was found %s after it was published", x.words.Duration(c.FirstSeen.Sub(c.Published)))
	case c.Clock.Due.IsZero():
		x.line("  clock     %s", c.Clock.Clock)
	default:
		x.line("  clock     %s: %s of calendar %s since %s, due %s", c.Clock.Clock, c.SLA.Answer, cmp.Or(c.SLA.Calendar, "always"), stamp(c.Clock.From), stamp(c.Clock.Due))
	}
	if c.Disagrees {
		x.line("            the author disagrees with a person's mark")
	}
	if !v.CanAnswer {
		x.line("            %s has no official identity in the config: an answer of its own cannot be seen", c.Brand)
	}
}

func by(owner string) string {
	if owner == "" {
		return ", nobody's"
	}
	return ", " + owner + "'s"
}

// facts are what else is known: account, history, cause, repetition.
func (x *explaining) facts(v earshot.CaseView) {
	c := v.Case
	if v.Account != "" {
		x.line("  account   %s, tier %s", v.Account, v.Tier)
	}
	if v.Earlier > 0 {
		x.line("  author    has %d earlier cases like it (%s), %d unanswered", v.Earlier, strings.Join(v.EarlierCases, ", "), v.EarlierUnanswered)
	}
	if c.CauseName != "" || c.Cause != "" {
		x.line("  cause     %s%s, outcome %s %s", cmp.Or(c.CauseName, "not named"), inBrackets(string(c.Cause)), c.Outcome, c.CauseLink)
	}
	if r := c.Recurs; len(r.Cases) > 0 {
		how := "a person named the cause"
		if r.Proposed {
			how = "its words are those of the earlier texts; no person has said so"
		}
		x.line("  recurs    %s, fixed in %s, came back: %s", r.Cause, strings.Join(r.Cases, ", "), how)
	}
	if f := c.FollowUp; !f.Due.IsZero() {
		x.line("  follow-up is it really fixed? due %s, %s", stamp(f.Due), cmp.Or(string(f.State), "not asked yet"))
	}
	if n := len(v.SameText); n > 0 {
		x.line("  copies    the same sentences stand on %d sites: %s", n+1, placed(v.SameText))
	}
	if n := len(v.SameReply); n > 0 {
		x.line("  reply     the same reply was given %d times: %s", n+1, placed(v.SameReply))
	}
}

func placed(places []earshot.Place) string {
	var out []string
	for _, p := range places {
		out = append(out, p.URL)
	}
	return strings.Join(out, " ")
}

func inBrackets(s string) string {
	if s == "" {
		return ""
	}
	return " (" + s + ")"
}

func quotedAs(passage string) string {
	if passage == "" {
		return ""
	}
	return fmt.Sprintf(" %q", passage)
}

// effectOf says what a piece of evidence says of the answer.
func effectOf(r earshot.Response) string {
	switch {
	case r.Rejected:
		return "rejected by a person"
	case r.Denies():
		return "no answer as of then"
	case r.Answer == earshot.AnswerPromised && !r.Due.IsZero():
		return "promised by " + stamp(r.Due)
	}
	return string(r.Answer)
}

// history are the case's events and alerts, each in a sentence.
func (x *explaining) history(c earshot.Case) error {
	events, err := x.tx.Events(c.ID)
	if err != nil {
		return err
	}
	for _, e := range events {
		x.line("  event %-3d %s  %s", e.Seq, stamp(e.At), x.eventText(e))
	}
	alerts, err := x.tx.CaseAlerts(c.ID)
	for _, a := range alerts {
		route := " by route " + a.Route
		if a.Route == "" {
			route = ""
		}
		x.line("  alert     %s  %s to %s%s: %s. %s", stamp(a.Created), a.Kind, cmp.Or(a.Receiver, "nobody"), route, cmp.Or(string(a.Reason), "waiting to be sent"), a.Why)
	}
	return err
}

// eventText says what happened in a sentence.
func (x *explaining) eventText(e earshot.Event) string {
	d := e.Data
	pairs := []string{"who", e.Actor, "owner", d.Owner, "case", d.Other, "cases", x.words.List(d.Cases), "cause", d.Cause, "outcome", words.Name(x.words.Outcomes, string(d.Outcome)), "label", "", "time", stamp(later(d.Due, d.Until))}
	if d.Label != nil {
		pairs = append([]string{"label", words.Name(x.words.Nouns, string(d.Label.Intent))}, pairs...)
	}
	switch {
	case e.Kind == earshot.EventEvidenceAdded && d.Evidence.By != "":
		return x.words.LineAnswerBy[string(d.Evidence.Answer)].With("who", d.Evidence.By)
	case e.Kind == earshot.EventEvidenceAdded:
		return "Evidence: " + words.Name(x.words.Evidence, string(d.Evidence.Kind)) + "."
	case e.Kind == earshot.EventAnswerChanged:
		return fmt.Sprintf("The answer changed from %s to %s.", d.From, d.To)
	case e.Kind == earshot.EventRecurred && d.Proposed:
		return x.words.LineRecursPerhaps.With(pairs...)
	case e.Kind == earshot.EventRecurred:
		return x.words.LineRecurred.With(pairs...)
	case e.Kind == earshot.EventFollowUp:
		return string(x.words.LineFollowUp)
	case e.Kind == earshot.EventClosed && d.Cause != "":
		return x.words.LineClosed.With(pairs...)
	}
	kind := string(e.Kind)
	for _, lines := range []map[string]words.Text{person(e, x.words.LineBy), x.words.LineOf, x.pages.EventLines} {
		if t, ok := lines[kind]; ok {
			return t.With(pairs...)
		}
	}
	return kind
}

// person gives the lines for what somebody did, none for what Earshot saw.
func person(e earshot.Event, lines map[string]words.Text) map[string]words.Text {
	if e.Actor == "" {
		return nil
	}
	return lines
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
