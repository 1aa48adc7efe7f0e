package web

import (
	"html/template"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/internal/store"
	"earshot/internal/words"
)

// Limits of one page; the number beside each says how many there are.
const (
	maxComments  = 60
	maxRevisions = 12
	maxCopies    = 12
	maxEvidence  = 100
	maxEvents    = 200
)

// casePage is the ledger of one case: said on the left, answered on the right.
type casePage struct {
	frame
	Trouble   string // why the last action was refused
	View      earshot.CaseView
	Case      earshot.Case
	Entry     earshot.Entry
	Source    earshot.Source
	Mentions  []earshot.Mention // all brands in the entry
	History   []earshot.Event
	Actions   []earshot.Action
	Headline  string
	Deck      template.HTML
	Lang      string
	State     state
	Facts     []fact
	Next      step
	Nonce     string
	Expand    bool   // the forms under More are open
	Draft     string // a reply to begin with, for those who may answer an open case of ours
	DraftRows int
	Similar   string // what a correction would change, once it was counted
	Heading   []piece
	Paras     [][]piece
	Notes     []note
	Cut       bool
	Changes   []change
	Comments  []comment
	Commented int
	Copies    []earshot.Entry
	Lines     []evidenceLine
	Evidence  int // how many there are
	Alerts    []alertRow
	Why       []whyStep
	Timeline  []moment
	About     []fact
	People    []string
	Merged    []string // cases that were merged into this one
}

// state is a word with its icon and, where somebody must act or has acted, a tone.
type state struct{ Icon, Tone, Word string }

// fact is a name with what is known.
type fact struct {
	Name  string
	Value template.HTML
}

// comment is one answer below the post, with what Earshot made of it.
type comment struct {
	Entry earshot.Entry
	Lang  string
	Kind  earshot.EvidenceKind // evidence it gave, or ""
	Label string               // what it said about the brand, or ""
	Ours  bool                 // it belongs to this case
	Text  string
}

// caseDetail shows a case; a merged one sends the reader on.
func (s *Server) caseDetail(v *visit) error {
	id := v.r.PathValue("id")
	var into string
	err := v.read(func(tx *store.Tx) error {
		c, ok, err := tx.Case(id)
		if err == nil && !ok {
			return errNotFound
		}
		into = c.Merged
		return err
	})
	if err != nil {
		return err
	}
	if into != "" {
		to := "/cases/" + into
		if v.r.URL.RawQuery != "" {
			to += "?" + v.r.URL.RawQuery
		}
		http.Redirect(v.w, v.r, to, http.StatusFound)
		return nil
	}
	return v.showCase(id, http.StatusOK, "")
}

// showCase loads and renders a case, with what went wrong on top if anything did.
func (v *visit) showCase(id string, code int, trouble string) error {
	p := casePage{Trouble: trouble, Nonce: nonce(), Expand: trouble != "" || v.r.URL.Query().Has("more")}
	err := v.read(func(tx *store.Tx) error { return p.load(v, tx, id) })
	if err != nil {
		return err
	}
	p.describe(v)
	if p.Expand && v.s.o.Similar != nil {
		n, of, err := v.s.o.Similar(v.r.Context(), p.Case.ID)
		if err != nil {
			return err
		}
		p.Similar = v.W.CorrectsSimilar.With("n", strconv.Itoa(n), "of", strconv.Itoa(of))
	}
	return v.render(code, "case", &p)
}

func (p *casePage) load(v *visit, tx *store.Tx, id string) error {
	view, ok, err := tx.CaseView(id)
	if err != nil {
		return err
	}
	if !ok {
		return errNotFound
	}
	if view, err = tx.Repetition(view); err != nil {
		return err
	}
	p.View, p.Case = view, view.Case
	if b, known := v.s.brand(view.Case.Brand); known {
		p.View.CanAnswer, p.View.Competitor = b.Official.Known(), b.Competitor
	} else {
		p.View.CanAnswer = true // nothing is known against it
	}
	if p.frame, err = v.frame(tx, "cases", v.W.CaseTitle.With("case", view.Case.ID)); err != nil {
		return err
	}
	steps := []func(*visit, *store.Tx) error{p.loadText, p.loadThread, p.loadWork}
	for _, step := range steps {
		if err := step(v, tx); err != nil {
			return err
		}
	}
	return nil
}

func (p *casePage) loadText(_ *visit, tx *store.Tx) (err error) {
	if p.Entry, _, err = tx.Entry(p.Case.Entry); err != nil {
		return err
	}
	if p.Source, _, err = tx.Source(p.Entry.Source); err != nil {
		return err
	}
	if p.Mentions, err = tx.Mentions(p.Case.Entry); err != nil {
		return err
	}
	texts, err := tx.Texts(p.Case.Entry, maxRevisions)
	p.Changes = changes(texts)
	p.Lang = sayLang(p.View.Lang)
	return err
}

func (p *casePage) loadThread(v *visit, tx *store.Tx) error {
	entries, total, err := tx.Comments(p.Case.Thread, maxComments)
	if err != nil {
		return err
	}
	p.Commented = total
	if p.Copies, err = tx.CopiesOf(p.Case.Story, p.Case.Entry, maxCopies); err != nil {
		return err
	}
	ours, err := tx.CaseMentions(p.Case.ID)
	if err != nil {
		return err
	}
	byEntry := map[int64]earshot.Mention{}
	for _, m := range ours {
		byEntry[m.Entry] = m
	}
	kinds := map[int64]earshot.EvidenceKind{}
	for _, r := range p.View.Responses {
		kinds[r.Entry] = r.Kind
	}
	for _, e := range entries {
		c := comment{Entry: e, Lang: sayLang(e.Lang), Kind: kinds[e.ID], Text: clip(strings.TrimSpace(e.Text), 1500)}
		if m, ok := byEntry[e.ID]; ok && c.Kind == "" {
			c.Ours, c.Label = true, v.label(m.Verdict.Label())
		}
		p.Comments = append(p.Comments, c)
	}
	return nil
}

func (p *casePage) loadWork(v *visit, tx *store.Tx) (err error) {
	if p.History, err = tx.Events(p.Case.ID); err != nil {
		return err
	}
	if p.Actions, err = tx.Actions(p.Case.ID); err != nil {
		return err
	}
	lines, err := tx.AlertLines(store.AlertFilter{Case: p.Case.ID, Limit: 100})
	for _, l := range lines {
		p.Alerts = append(p.Alerts, v.alertRow(l))
	}
	for _, e := range p.History {
		if e.Kind == earshot.EventMerged && e.Data.Reason == "" && e.Data.Other != "" {
			p.Merged = append(p.Merged, e.Data.Other)
		}
	}
	for _, person := range v.s.team() {
		p.People = append(p.People, person.Name)
	}
	return err
}

// describe puts what was loaded into words.
func (p *casePage) describe(v *visit) {
	p.Next = v.step(p.Case)
	p.State = v.state(p.Case)
	p.Headline = v.caseHeadline(p)
	p.Deck = v.caseDeck(p)
	p.Facts = v.caseFacts(p.Case)
	p.annotate(v)
	p.ledger(v)
	p.explain(v)
	p.recount(v)
	p.about(v)
	p.draft(v)
}

// draft begins a reply in the author's language; nobody sends it but a person.
func (p *casePage) draft(v *visit) {
	if !v.MayAct() || p.View.Competitor || !p.Case.Open() || p.Case.Answer.Given() {
		return
	}
	p.Draft = alert.DraftReply(p.View, v.Name)
	p.DraftRows = strings.Count(p.Draft, "\n") + 4
}

// state says where a case stands in a word; a denial after an answer shows.
func (r Reader) state(c earshot.Case) state {
	status := c.Status()
	st := state{Icon: statusIcons[status], Tone: statusTones[status], Word: capital(r.W.Statuses[string(status)])}
	if f := earshot.Fold(c.Evidence); c.Open() && c.Answer == earshot.AnswerNone && f.Reopened {
		st = state{"again", "bad", r.W.Reopened}
	}
	if c.Label.Unsure && status == "new" {
		st = state{"question", "warn", r.W.Unsure}
	}
	return st
}

var statusIcons = map[earshot.Status]string{"dismissed": "not", "closed": "done", "resolved": "done", "responded": "answer", "overdue": "late",
	"promised": "clock", "unconfirmed": "maybe", "seen": "seen", "claimed": "claimed", "new": "new"}

var statusTones = map[earshot.Status]string{"resolved": "good", "responded": "good", "overdue": "bad", "promised": "warn", "unconfirmed": "warn"}

func (v *visit) caseHeadline(p *casePage) string {
	w, c := v.W, p.Case
	status := string(c.Status())
	f := earshot.Fold(c.Evidence)
	switch {
	case c.Open() && c.Answer == earshot.AnswerNone && !f.Asked.IsZero():
		status = "denied"
	case c.Label.Unsure && status == "new":
		status = "unsure"
	case c.Open() && c.Promise.State == earshot.PromiseBroken && !c.Answer.Given():
		status = "broken"
	}
	due := c.Clock.Due
	if status == "promised" || status == "broken" {
		due = c.Promise.Due
	}
	head := w.CaseHeads[status]
	if status == "promised" && due.IsZero() {
		head = w.CaseHeads["promised_undated"]
	}
	return capital(head.With("brand", c.Brand, "author", v.authorName(p.View.Author), "site", p.site(), "label", w.Nouns[string(c.Label.Intent)],
		"wait", v.Length(c.Waiting(v.Now)), "time", v.ClockText(due), "late", v.Since(due), "outcome", strings.ToLower(w.Outcomes[string(c.Outcome)])))
}

// guess is the label, said with doubt where there is some.
func (r Reader) guess(l earshot.Label) string {
	if l.Unsure {
		return r.W.Perhaps.With("label", r.label(l))
	}
	return r.label(l)
}

func (p *casePage) site() string {
	if s := siteName(p.Entry); s != "" {
		return s
	}
	return p.View.Site
}

func (v *visit) caseDeck(p *casePage) template.HTML {
	c, w := p.Case, v.W
	deck := mustFill(w.CaseDeck, "label", capital(v.guess(c.Label)), "author", v.authorName(p.View.Author),
		"site", element("i", p.site()), "time", v.Published(p.Entry.Published, p.Entry.Precision))
	var more []string
	if p.View.Competitor {
		more = append(more, w.CompetitorCase)
	}
	if !p.View.CanAnswer {
		more = append(more, w.CannotAnswer.With("brand", c.Brand)+w.Stop)
	}
	if p.Entry.Comments == earshot.CommentsClosed {
		more = append(more, w.CommentsClosed+w.Stop)
	}
	if c.Disagrees {
		more = append(more, string(w.DisagreesAny)+w.Stop)
	}
	if !p.Entry.Removed.IsZero() {
		more = append(more, w.RemovedOn.With("date", v.Day(p.Entry.Removed)))
	}
	if c.Silent != "" {
		more = append(more, w.ReasonSays[string(c.Silent)])
	}
	if len(more) > 0 {
		deck += " " + esc(strings.Join(more, " "))
	}
	return deck
}

// caseFacts are the five facts of the bar.
func (v *visit) caseFacts(c earshot.Case) []fact {
	w := v.W
	facts := []fact{}
	switch {
	case c.Answer == earshot.AnswerPromised && c.Promise.State != earshot.PromiseBroken && !c.Promise.Due.IsZero():
		facts = append(facts, fact{w.PromiseDueName, v.In(c.Promise.Due)})
	case c.Clock.Clock == earshot.ClockOverdue:
		facts = append(facts, fact{w.WasDueName, v.Ago(c.Clock.Due)})
	case !c.Clock.Due.IsZero():
		facts = append(facts, fact{w.DueName, v.In(c.Clock.Due)})
	case c.Clock.Clock == earshot.ClockPaused && !c.Snoozed.IsZero():
		facts = append(facts, fact{w.SnoozedName, v.Clock(c.Snoozed)})
	}
	if c.Answer.Given() {
		facts = append(facts, fact{w.FirstResponse, number(v.Length(c.Waiting(v.Now)), "#answered")})
	} else {
		facts = append(facts, fact{w.WaitingName, number(v.Length(c.Waiting(v.Now)), "#answered")})
	}
	if c.Label.Severity > 0 {
		facts = append(facts, fact{w.SeverityName, number(w.OfText.With("n", itoa(c.Label.Severity), "total", "4"), "#said")})
	}
	facts = append(facts, fact{w.FieldOwner, esc(v.ownerOf(c))})
	if c.Outcome != "" {
		facts = append(facts, fact{w.FieldOutcome, esc(w.Outcomes[string(c.Outcome)])})
	}
	return facts
}

// Site is the name of the blog, for the template.
func (p *casePage) Site() string { return p.site() }

// Found is how long after publication the post was found.
func (p *casePage) Found() time.Duration { return p.Entry.FirstSeen.Sub(p.Entry.Published) }

// MuteMatch is what a mute of cases like this one would match.
func (p *casePage) MuteMatch() string {
	return `brand="` + strings.ReplaceAll(p.Case.Brand, `"`, "") + `" intent=` + string(p.Case.Label.Intent)
}

// Outcomes are the ways a case can end, in words.
func (p *casePage) Outcomes() []words.Choice { return choices(earshot.Outcomes, p.W.Outcomes) }

// Facets are the causes a case can have.
func (p *casePage) Facets() []words.Choice { return choices(facets, p.W.Facets) }

// IntentChoices are the labels that the case does not have.
func (p *casePage) IntentChoices() []words.Choice {
	return choices(slices.DeleteFunc(slices.Clone(earshot.Intents), func(i earshot.Intent) bool { return i == p.Case.Label.Intent }), p.W.Intents)
}

var facets = []earshot.Facet{earshot.FacetProduct, earshot.FacetService, earshot.FacetStaff, earshot.FacetProcess, earshot.FacetPolicy, earshot.FacetPrice, earshot.FacetImage}

func choices[T ~string](values []T, names map[string]string) []words.Choice {
	var out []words.Choice
	for _, v := range values {
		out = append(out, words.Choice{Value: string(v), Name: words.Name(names, string(v))})
	}
	return out
}
