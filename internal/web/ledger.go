package web

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"earshot"
)

// evidenceLine is one piece of evidence about an answer, as the right side of
// the ledger shows it.
type evidenceLine struct {
	Evidence earshot.Evidence
	Response earshot.Response // ID 0 for a person's mark
	Icon     string
	Tone     string
	Title    string
	Quote    string
	Lang     string
	Who      string
	Link     string
	Note     string
	Effect   template.HTML
	Final    bool // a person's mark: no confidence
}

// ledger lists the evidence of a case, newest said first, each with what it
// changed when the answer is folded in the order things were said.
func (p *casePage) ledger(v *visit) {
	walk := slices.Clone(p.Case.Evidence)
	slices.SortFunc(walk, func(a, b earshot.Evidence) int {
		return cmp.Or(a.SaidAt.Compare(b.SaidAt), cmp.Compare(last(a), last(b)), a.FirstSeen.Compare(b.FirstSeen), cmp.Compare(a.Response, b.Response))
	})
	responses := map[int64]earshot.Response{}
	for _, r := range p.View.Responses {
		responses[r.ID] = r
	}
	marks := p.markActions()
	p.Evidence = len(walk)
	for i := max(len(walk)-maxEvidence, 0); i < len(walk); i++ {
		e := walk[i]
		l := evidenceLine{Evidence: e, Icon: evidenceIcons[e.Kind], Title: v.W.EvidenceTitles[string(e.Kind)]}
		if r, ok := responses[e.Response]; ok && e.Response != 0 {
			l.Response, l.Quote, l.Who, l.Link, l.Note = r, clip(r.Passage, 600), r.Actor, webLink(r.Link), r.Note
			l.Lang = p.languageOf(e.Entry)
			l.Quote = quoted(l.Lang, l.Quote)
		}
		if e.Kind == earshot.EvidenceMarked {
			l.Final, l.Who = true, e.By
			l.Title = v.W.LineAnswerBy[string(e.Answer)].With("who", e.By)
			if a, ok := marks[e.SaidAt.UnixMilli()]; ok {
				l.Quote, l.Link = quoted("", clip(a.Args.Text, 600)), webLink(a.Args.Link)
			}
		}
		l.Tone, l.Effect = v.effect(p.Case, earshot.Fold(walk[:i]), earshot.Fold(walk[:i+1]), e)
		p.Lines = append(p.Lines, l)
	}
	slices.Reverse(p.Lines)
}

func last(e earshot.Evidence) int {
	if e.Kind == earshot.EvidenceMarked {
		return 1
	}
	return 0
}

var evidenceIcons = map[earshot.EvidenceKind]string{
	earshot.EvidenceOfficial: "answer", earshot.EvidenceClaimed: "maybe", earshot.EvidenceBacklink: "out", earshot.EvidenceAuthorUpdate: "edit",
	earshot.EvidenceAuthorSilence: "silence", earshot.EvidenceThirdParty: "maybe", earshot.EvidenceSeen: "seen", earshot.EvidencePromise: "clock",
	earshot.EvidenceMarked: "person",
}

// markActions finds the action behind each mark, for its words and link.
func (p *casePage) markActions() map[int64]earshot.Action {
	byID := map[string]earshot.Action{}
	for _, a := range p.Actions {
		byID[a.ID] = a
	}
	out := map[int64]earshot.Action{}
	for _, e := range p.History {
		if e.Kind == earshot.EventEvidenceAdded && e.Data.Evidence != nil && e.Data.Evidence.Kind == earshot.EvidenceMarked {
			if a, ok := byID[e.Action]; ok {
				out[e.Data.Evidence.SaidAt.UnixMilli()] = a
			}
		}
	}
	return out
}

// languageOf is the language of the entry a piece of evidence was read in.
func (p *casePage) languageOf(entry int64) string {
	for _, c := range p.Comments {
		if c.Entry.ID == entry {
			return sayLang(c.Entry.Lang)
		}
	}
	if entry == p.Case.Entry {
		return p.Lang
	}
	return ""
}

// effect says what a piece of evidence counted as.
func (r Reader) effect(c earshot.Case, before, after earshot.Folded, e earshot.Evidence) (tone string, text template.HTML) {
	w := r.W
	switch {
	case e.Rejected:
		return "dim", esc(w.EffectRejected)
	case after.Answer == earshot.AnswerNone && before.Answer.Given():
		return "bad", mustFill(w.EffectReopened, "date", r.Day(e.SaidAt))
	case after.Answer == earshot.AnswerNone && (e.Kind == earshot.EvidenceAuthorSilence || e.Kind == earshot.EvidenceThirdParty || e.Kind == earshot.EvidenceMarked):
		return "bad", mustFill(w.EffectNone, "date", r.Day(e.SaidAt))
	case after.Answer == before.Answer && after.Answer == earshot.AnswerPromised && after.Promise.Response == e.Response:
		return "warn", mustFill(w.EffectMoved, "time", r.dueText(e))
	case after.Answer == before.Answer:
		return "", mustFill(w.EffectNothing, "answer", w.AnswerNames[string(after.Answer)])
	case after.Answer == earshot.AnswerPromised:
		return "warn", mustFill(w.EffectPromised, "time", r.dueText(e))
	case after.Answer == earshot.AnswerResponded:
		return "good", mustFill(w.EffectResponded, "time", r.Length(e.SaidAt.Sub(c.Published)))
	case after.Answer == earshot.AnswerResolved:
		return "good", mustFill(w.EffectResolved, "time", r.Length(e.SaidAt.Sub(c.Published)))
	}
	return "", esc(w.Effects[string(after.Answer)])
}

func (r Reader) dueText(e earshot.Evidence) template.HTML {
	if e.Due.IsZero() {
		return esc(r.W.NoDate)
	}
	return r.Clock(e.Due)
}

// esc is plain text as markup.
func esc(s string) template.HTML { return template.HTML(template.HTMLEscapeString(s)) }

// effortOf joins the words that severity stands on.
func (r Reader) effortOf(words []string) string {
	var out []string
	for _, w := range words {
		if q := quoted("", strings.ToLower(w)); !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	return strings.Join(out, r.W.Comma)
}
