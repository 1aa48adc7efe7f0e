package web

import (
	"html/template"
	"net/url"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
	"earshot/internal/words"
)

// news is one thing that happened while the reader was away.
type news struct {
	At   time.Time
	Href string
	Who  string // brand and site
	Site string
	Text string
}

// newsKinds are the events worth telling; the rest only edit a card.
var newsKinds = []earshot.EventKind{earshot.EventAnswerChanged, earshot.EventReopened, earshot.EventPromiseKept, earshot.EventPromiseBroken,
	earshot.EventClosed, earshot.EventCorrected, earshot.EventMerged, earshot.EventRecurred, earshot.EventClaimed, earshot.EventAssigned,
	earshot.EventDismissed, earshot.EventOverdue}

// sinceLooked gathers what happened to cases, and how much came in.
func (v *visit) sinceLooked(tx *store.Tx, p *todayPage) error {
	events, err := tx.EventsSince(p.Looked, newsKinds, 40)
	if err != nil {
		return err
	}
	var ids []string
	seen := map[string]bool{}
	for _, e := range events {
		// One line a case: the newest says it all. What the reader did is no news.
		if !seen[e.Case] && (e.Actor == "" || e.Actor != v.Name) && len(ids) < perSection {
			seen[e.Case], ids = true, append(ids, e.Case)
		}
	}
	lines := map[string]store.CaseLine{}
	if len(ids) > 0 {
		all, err := tx.CaseLines(store.CaseFilter{IDs: ids, NotBrands: v.s.competitors(), Limit: len(ids)})
		if err != nil {
			return err
		}
		for _, l := range all {
			lines[l.Case.ID] = l
		}
	}
	for _, e := range events {
		l, ok := lines[e.Case]
		if !ok || (e.Actor != "" && e.Actor == v.Name) {
			continue
		}
		delete(lines, e.Case)
		p.News = append(p.News, news{At: e.At, Href: "/cases/" + e.Case, Who: l.Case.Brand, Site: siteName(l.Entry), Text: v.eventText(e)})
	}
	return v.heardSince(tx, p)
}

// heardSince says in numbers what came in.
func (v *visit) heardSince(tx *store.Tx, p *todayPage) error {
	counts, err := tx.SeenCounts(p.Looked, v.s.competitors())
	if err != nil {
		return err
	}
	total := 0
	by := map[string]int{}
	for _, c := range counts {
		by[c.A], total = int(c.N), total+int(c.N)
	}
	if total > 0 {
		href := func(intent string) string {
			return "/mentions?seen=" + url.QueryEscape(p.Looked.UTC().Format(time.RFC3339)) + intent
		}
		line := mustFill(v.W.NewMentions.Text(total), "n", number(total, href("")))
		var parts []string
		for _, i := range earshot.Intents {
			if n := by[string(i)]; n > 0 {
				t := v.W.IntentCounts[string(i)]
				parts = append(parts, string(mustFill(t.Text(n), "n", number(n, href("&intent="+string(i))))))
			}
		}
		p.Heard = append(p.Heard, line+template.HTML(strings.Join(parts, template.HTMLEscapeString(v.W.Comma))+template.HTMLEscapeString(v.W.Stop)))
	}
	held, err := tx.AlertCounts(store.AlertFilter{Since: p.Looked, Reasons: []earshot.Reason{earshot.ReasonHeldWindow, earshot.ReasonCapped, earshot.ReasonMinGap}})
	n := 0
	for _, c := range held {
		n += int(c.N)
	}
	if n > 0 {
		p.Heard = append(p.Heard, mustFill(v.W.AlertsHeld.Text(n), "n", number(n, "/alerts?show=held")))
	}
	return err
}

// eventText says what happened in one sentence, without naming the case.
func (r Reader) eventText(e earshot.Event) string {
	w, d := r.W, e.Data
	pairs := []string{"who", e.Actor, "owner", d.Owner, "time", r.eventTime(d), "case", d.Other, "cases", w.List(d.Cases),
		"outcome", words.Name(w.Outcomes, string(d.Outcome))}
	if d.Label != nil {
		pairs = append(pairs, "label", r.label(*d.Label))
	}
	kind := string(e.Kind)
	switch {
	case e.Kind == earshot.EventEvidenceAdded && d.Evidence != nil:
		if d.Evidence.By != "" {
			return w.LineAnswerBy[string(d.Evidence.Answer)].With("who", d.Evidence.By)
		}
		return w.EvidenceFound[string(d.Evidence.Kind)]
	case e.Kind == earshot.EventAnswerChanged && e.Actor == "":
		return string(w.LineAnswer[string(d.To)])
	case e.Kind == earshot.EventAnswerChanged:
		return w.LineAnswerBy[string(d.To)].With(pairs...)
	case e.Kind == earshot.EventRecurred && d.Proposed:
		return w.LineRecursPerhaps.With(append(pairs, "cause", d.Cause)...)
	case e.Kind == earshot.EventRecurred:
		return w.LineRecurred.With(append(pairs, "cause", d.Cause)...)
	case e.Kind == earshot.EventFollowUp:
		return string(w.LineFollowUp)
	case e.Kind == earshot.EventClosed && e.Actor != "" && d.Cause != "":
		return w.LineClosed.With(append(pairs, "cause", d.Cause)...)
	case e.Kind == earshot.EventCorrected && d.Response != 0:
		return w.EvidenceRejected.With(pairs...)
	}
	for _, lines := range []map[string]words.Text{by(e.Actor != "", w.LineBy), by(e.Actor == "", w.LineOf), w.EventLines} {
		if t, ok := lines[kind]; ok {
			return t.With(pairs...)
		}
	}
	return kind
}

func by(use bool, lines map[string]words.Text) map[string]words.Text {
	if use {
		return lines
	}
	return nil
}

func (r Reader) eventTime(d earshot.EventData) string {
	switch {
	case !d.Due.IsZero():
		return r.ClockText(d.Due)
	case !d.Until.IsZero():
		return r.ClockText(d.Until)
	}
	return r.W.NoDate
}
