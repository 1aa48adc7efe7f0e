package web

import (
	"fmt"
	"html/template"
	"strings"
	"time"

	"earshot"
	"earshot/internal/words"
)

// note explains a mark in the text.
type note struct {
	N    int
	Head string
	Text string
	Conf float64
}

// annotate lays the evidence of every brand over the post's text, and says
// under it, numbered, what each mark means.
func (p *casePage) annotate(v *visit) {
	inText, inTitle := []mark{}, []mark{}
	put := func(f earshot.Field, m mark) {
		if f == earshot.FieldTitle {
			inTitle = append(inTitle, m)
		} else {
			inText = append(inText, m)
		}
	}
	for _, m := range p.ordered() {
		for _, s := range m.Spans {
			if s.Field != earshot.FieldTags {
				put(s.Field, mark{s.Start, s.End, "name", 0})
			}
		}
		if m.Reason != "" {
			continue
		}
		n := note{N: len(p.Notes) + 1, Head: v.noteHead(m), Text: v.noteText(m, m.Brand == p.Case.Brand), Conf: m.Verdict.IntentConfidence}
		put(m.Verdict.Field, mark{m.Verdict.Evidence.Start, m.Verdict.Evidence.End, markClass(m.Verdict), n.N})
		p.Notes = append(p.Notes, n)
		inText = append(inText, aspectMarks(p.Entry.Text, m.Verdict)...)
	}
	for _, r := range p.View.Responses {
		if r.Entry != p.Case.Entry || r.Rejected {
			continue
		}
		n := note{N: len(p.Notes) + 1, Head: v.W.EvidenceTitles[string(r.Kind)], Conf: r.Confidence}
		if !r.Due.IsZero() {
			n.Text = v.W.DueAt.With("time", v.ClockText(r.Due))
		}
		if m, ok := found(p.Entry.Text, r.Passage, responseClass(r), n.N); ok {
			inText, p.Notes = append(inText, m), append(p.Notes, n)
		}
	}
	p.Paras = paragraphs(p.Entry.Text, inText)
	p.Cut = len(p.Entry.Text) > maxShown
	p.Heading = pieces(p.Entry.Title, 0, len(p.Entry.Title), fitting(p.Entry.Title, inTitle))
}

// ordered puts the case's own brand first: of marks that overlap the first wins.
func (p *casePage) ordered() []earshot.Mention {
	var own, others []earshot.Mention
	for _, m := range p.Mentions {
		if m.Brand == p.Case.Brand {
			own = append(own, m)
		} else {
			others = append(others, m)
		}
	}
	return append(own, others...)
}

func markClass(v earshot.Verdict) string {
	switch {
	case v.Intent == earshot.Complaint || v.Sentiment == earshot.Negative:
		return "against"
	case v.Intent == earshot.Compliment || v.Sentiment == earshot.Positive:
		return "for"
	}
	return "ask"
}

func responseClass(r earshot.Response) string {
	switch r.Answer {
	case earshot.AnswerPromised:
		return "due"
	case earshot.AnswerNone:
		return "against"
	}
	return "for"
}

// aspectMarks shows what else was said of one brand ("staff kind, process hopeless").
func aspectMarks(text string, verdict earshot.Verdict) []mark {
	var out []mark
	for _, a := range verdict.Aspects {
		class := map[earshot.Sentiment]string{earshot.Negative: "against", earshot.Positive: "for"}[a.Sentiment]
		if m, ok := found(text, a.Evidence, class, 0); ok && class != "" {
			out = append(out, m)
		}
	}
	return out
}

func (v *visit) noteHead(m earshot.Mention) string {
	intent := v.W.Intents[string(m.Verdict.Intent)]
	return v.W.NoteHead.With("label", intent, "brand", m.Brand)
}

func (v *visit) noteText(m earshot.Mention, own bool) string {
	w, verdict := v.W, m.Verdict
	var parts []string
	if verdict.Facet != "" && verdict.Intent != earshot.NoIntent {
		parts = append(parts, strings.ToLower(w.Facets[string(verdict.Facet)]))
	}
	if verdict.Severity > 0 {
		parts = append(parts, w.SeverityIs.With("n", fmt.Sprint(verdict.Severity)))
	}
	text := strings.Join(parts, w.Comma)
	for _, extra := range []struct {
		on   bool
		text string
	}{
		{len(verdict.Effort) > 0, w.EffortFrom.With("words", v.effortOf(verdict.Effort))},
		{verdict.Leaving, w.LeavingNote}, {verdict.Sarcasm, w.SarcasmNote},
		{verdict.Holder == earshot.HolderQuoted, w.QuotedNote}, {verdict.Abstain, w.AbstainNote}, {!own, w.OtherBrand},
	} {
		if extra.on {
			text = strings.TrimLeft(text+w.NoteStop+extra.text, w.NoteStop)
		}
	}
	return text
}

// whyStep is one decision on the way from the feed to the card.
type whyStep struct {
	Name string
	Text template.HTML
	At   time.Time
}

// explain tells why this case is here and who was told, in order.
func (p *casePage) explain(v *visit) {
	w, c := v.W, p.Case
	add := func(name string, at time.Time, text template.HTML) {
		p.Why = append(p.Why, whyStep{Name: name, Text: text, At: at})
	}
	source := p.Source.Title
	if source == "" {
		source = p.site()
	}
	add(w.WhyFound, p.Entry.FirstSeen, mustFill(w.WhyFoundText, "source", element("i", source),
		"time", v.Length(p.Entry.FirstSeen.Sub(p.Entry.Published))))
	for _, m := range p.Mentions {
		if m.Brand == c.Brand {
			add(w.WhyNamed, p.Entry.FirstSeen, mustFill(w.WhyNamedText.Text(len(m.Spans)), "n", len(m.Spans), "brand", c.Brand, "rule", element("code", ruleOf(m))))
		}
	}
	verdict := p.View.Verdict
	add(w.WhyJudged, p.Entry.FirstSeen, mustFill(w.WhyJudgedText, "label", v.label(verdict.Label()), "confidence", fmt.Sprintf("%.2f", verdict.IntentConfidence),
		"by", words.Name(w.JudgedBy, verdict.By)))
	opened := w.WhyOpenedText.With()
	if n := len(c.Earlier); n > 0 {
		opened += " " + w.Earlier.N(n) + w.Stop
	}
	if c.Silent != "" {
		opened += " " + w.ReasonSays[string(c.Silent)]
	}
	add(w.WhyOpened, c.Opened, esc(opened))
	if c.SLA != nil {
		add(w.WhyClock, c.Opened, mustFill(w.WhyClockText, "time", v.Length(c.SLA.Answer), "calendar", element("code", calendarName(c.SLA.Calendar))))
	}
	if len(p.Alerts) == 0 {
		add(w.WhyTold, c.Opened, esc(w.WhyToldNobody))
	}
}

func ruleOf(m earshot.Mention) string {
	if m.Rule == "" {
		return m.Brand
	}
	return m.Rule
}

func calendarName(name string) string {
	if name == "" {
		return earshot.Always.Name
	}
	return name
}

// moment is one event of the case's history.
type moment struct {
	At    time.Time
	Who   string
	Text  string
	Quote string // what the person wrote
	Seq   int
}

// recount tells what happened to the case, newest first.
func (p *casePage) recount(v *visit) {
	written := map[string]string{}
	for _, a := range p.Actions {
		written[a.ID] = clip(a.Args.Text, 1000)
	}
	for i := len(p.History) - 1; i >= max(len(p.History)-maxEvents, 0); i-- {
		e := p.History[i]
		m := moment{At: e.At, Who: e.Actor, Text: v.eventText(e), Seq: e.Seq}
		if e.Action != "" && (i == 0 || p.History[i-1].Action != e.Action) {
			m.Quote = quoted("", written[e.Action])
		}
		if n := len(p.Timeline); n > 0 && e.Action != "" && p.History[i+1].Action == e.Action && p.Timeline[n-1].Text == m.Text {
			p.Timeline[n-1].Quote = m.Quote // one thing that was done, told once
			continue
		}
		p.Timeline = append(p.Timeline, m)
	}
}

// about is the table of who and where.
func (p *casePage) about(v *visit) {
	w, c := v.W, p.Case
	add := func(name string, value template.HTML) { p.About = append(p.About, fact{name, value}) }
	author := esc(v.authorName(p.View.Author))
	if key := p.View.Author.Key; key != "" {
		author = mustFill(w.AuthorIs, "author", author, "nth", number(w.NthLabel.With("nth", w.Ordinal(p.View.Earlier+1), "label", w.Nouns[string(c.Label.Intent)]), "/cases?author="+template.URLQueryEscaper(key)))
		if n := p.View.EarlierUnanswered; n > 0 {
			author += esc(w.Comma + w.EarlierUnanswered.N(n))
		}
	}
	add(w.FieldAuthor, author)
	if c.Voices > 0 {
		add(w.VoicesName, number(w.Voices.N(c.Voices), "/mentions?case="+c.ID))
	}
	if c.Joined > 0 {
		add(w.JoinedName, number(w.Joined.N(c.Joined), "/mentions?case="+c.ID))
	}
	if n := len(p.Copies); n > 0 {
		add(w.CopiesName, number(w.Copies.N(n), "#copies"))
	}
	p.aboutCause(v, add)
	if c.CauseName == "" && c.Cause != "" {
		add(w.FieldCause, esc(w.Facets[string(c.Cause)]))
	} else if c.CauseName == "" && c.Label.Facet != "" {
		add(w.FieldGuess, esc(w.Facets[string(c.Label.Facet)]))
	}
	for _, id := range c.Earlier {
		add(w.EarlierCase, number(id, "/cases/"+id))
	}
	for _, id := range p.Merged {
		add(w.MergedIn, esc(id))
	}
	add(w.CommentsName, esc(w.CommentStates[string(p.Entry.Comments)]))
	if len(p.View.Tags) > 0 {
		add(w.TagsName, esc(strings.Join(p.View.Tags, w.Comma)))
	}
	if p.View.Reach > 0 {
		add(w.ReachName, esc(w.OfText.With("n", itoa(p.View.Reach), "total", "5")))
	}
}
