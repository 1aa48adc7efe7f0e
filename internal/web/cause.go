package web

import (
	"html/template"
	"strings"

	"earshot"
)

// aboutCause adds to the table of a case why it came to it, whether it came
// back, whether it is really fixed, and what was said elsewhere in the same words.
func (p *casePage) aboutCause(v *visit, add func(string, template.HTML)) {
	w, c := v.W, p.Case
	if c.CauseName != "" {
		cause := linked(c.CauseName, c.CauseLink)
		if c.Cause != "" {
			cause += esc(w.Comma + w.Facets[string(c.Cause)])
		}
		add(w.FieldCause, cause)
	}
	if r := c.Recurs; len(r.Cases) > 0 {
		name := w.RecursName
		if r.Proposed {
			name = w.RecursPerhapsName
		}
		add(name, caseLinks(r.Cases, w.Comma)+esc(": "+r.Cause))
	}
	switch {
	case c.FollowUp.State == earshot.FollowAsked:
		add(w.FollowUpName, esc(w.FollowUpAsks))
	case c.FollowUp.State == earshot.FollowDone:
		add(w.FollowUpName, esc(w.FollowUpDone))
	case !c.FollowUp.Due.IsZero():
		add(w.FollowUpName, mustFill(w.FollowUpDue, "time", v.In(c.FollowUp.Due)))
	}
	if d := v.deputy(c.Owner); d != "" {
		add(w.FieldOwner, esc(w.DeputyText.With("who", c.Owner, "deputy", d)))
	}
	if sites := p.View.SameText; len(sites) > 0 {
		add(w.SameTextName, esc(w.SameSentences.N(len(sites)+1)+": ")+placeLinks(sites, w.Comma))
	}
	if same := p.View.SameReply; len(same) > 0 {
		add(w.SameReplyName, esc(w.SameReply.N(len(same)+1)+": ")+placeLinks(same, w.Comma))
	}
}

// deputy is who stands in now for an owner who is away, "" if nobody does.
func (v *visit) deputy(owner string) string {
	if acting := v.s.team().Acting(owner, v.Now); acting != owner {
		return acting
	}
	return ""
}

func caseLinks(ids []string, between string) template.HTML {
	var out []string
	for _, id := range ids {
		out = append(out, string(number(id, "/cases/"+id)))
	}
	return template.HTML(strings.Join(out, template.HTMLEscapeString(between)))
}

// maxPlaces is how many links one fact shows; its number counts all.
const maxPlaces = 12

func placeLinks(places []earshot.Place, between string) template.HTML {
	var out []string
	for _, p := range places[:min(len(places), maxPlaces)] {
		out = append(out, string(linked(p.Site, p.URL)))
	}
	return template.HTML(strings.Join(out, template.HTMLEscapeString(between)))
}

// linked is a text with a link out of the house, if the address is a web page's.
func linked(text, address string) template.HTML {
	if address = webLink(address); address == "" {
		return esc(text)
	}
	return template.HTML(`<a href="` + template.HTMLEscapeString(address) + `" rel="noreferrer noopener nofollow">` + template.HTMLEscapeString(text) + `</a>`)
}
