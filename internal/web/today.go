package web

import (
	"html/template"
	"net/http"
	"time"

	"earshot"
	"earshot/internal/store"
)

// dueSoon is how far ahead "Due next" looks; what is due later is still new.
const dueSoon = 3 * time.Hour

// perSection is how many people one section shows before it links to the list.
const perSection = 8

// todayPage is the first screen.
type todayPage struct {
	frame
	Headline string
	Deck     template.HTML
	Health   Health
	Sections []section
	Looked   time.Time
	News     []news
	Heard    []template.HTML // what came in since, in numbers
	Week     []weekLine
	Steps    []firstStep
}

// section is a list of people who wait, with where all of them are.
type section struct {
	ID, Title, None string
	Href            string
	Count           store.Bounded
	Rows            []row
}

// today answers the first question of the morning: who waits for us?
func (s *Server) today(v *visit) error {
	p := todayPage{Health: v.heard, Looked: v.lastLook()}
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "today", v.W.TodayTitle); err != nil {
			return err
		}
		p.Twins = "/today"
		if p.Sections, err = v.waiting(tx); err != nil {
			return err
		}
		if err = v.sinceLooked(tx, &p); err != nil {
			return err
		}
		if p.Week, err = v.week(tx); err != nil {
			return err
		}
		if p.Steps, err = v.firstSteps(tx); err != nil {
			return err
		}
		return v.summary(tx, &p)
	})
	if err != nil {
		return err
	}
	return v.render(http.StatusOK, "today", p)
}

// waiting loads the five sections. A case stands in one section only.
func (v *visit) waiting(tx *store.Tx) ([]section, error) {
	w, not := v.W, v.s.competitors()
	var listed []string
	plans := []struct {
		section
		filter store.CaseFilter
		dress  func(*row)
	}{
		{section{ID: "overdue", Title: w.Overdue, None: w.OverdueNone, Href: "/cases?status=overdue&order=due"},
			store.CaseFilter{Statuses: []earshot.Status{"overdue"}, Broken: true, Order: store.OrderDue}, v.dressOverdue},
		{section{ID: "due", Title: w.DueNext, None: w.DueNextNone, Href: "/cases?status=open&order=due"},
			store.CaseFilter{DueTo: v.Now.Add(dueSoon), Order: store.OrderDue}, v.dressDue},
		{section{ID: "new", Title: w.NewComplaints, None: w.NewNone, Href: "/cases?status=new&status=seen&status=unconfirmed&intent=complaint&order=worst"},
			store.CaseFilter{Statuses: []earshot.Status{"new", "seen", "unconfirmed"}, Intent: earshot.Complaint, Unowned: true, Order: store.OrderWorst}, v.dressNew},
		{section{ID: "thanks", Title: w.NotThanked, None: w.NotThankedNone, Href: "/cases?status=open&intent=compliment&order=waiting"},
			store.CaseFilter{Statuses: []earshot.Status{"new", "seen", "unconfirmed", "claimed"}, Intent: earshot.Compliment, Order: store.OrderWaiting}, v.dressThanks},
		{section{ID: "promises", Title: w.PromisesDue, None: w.PromisesNone, Href: "/cases?status=promised&order=promise"},
			store.CaseFilter{Statuses: []earshot.Status{"promised"}, Order: store.OrderPromise}, v.dressPromise},
	}
	var out []section
	for _, p := range plans {
		p.filter.NotBrands, p.filter.NotIDs, p.filter.Limit = not, listed, perSection
		lines, err := tx.CaseLines(p.filter)
		if err != nil {
			return nil, err
		}
		if p.Count, err = tx.CountCases(p.filter); err != nil {
			return nil, err
		}
		for _, l := range lines {
			r := v.row(l)
			if p.ID == "promises" {
				if err := r.promised(tx); err != nil {
					return nil, err
				}
			}
			p.dress(&r)
			p.Rows, listed = append(p.Rows, r), append(listed, l.Case.ID)
		}
		out = append(out, p.section)
	}
	return out, nil
}

func (v *visit) dressOverdue(r *row) {
	c := r.Line.Case
	r.Tone, r.Icon = "late", "late"
	if c.Status() != "overdue" {
		r.Head = template.HTML(template.HTMLEscapeString(v.Since(c.Promise.Due)))
		r.Sub = mustFill(v.W.PromiseBrokenAt, "time", v.Clock(c.Promise.Due))
		return
	}
	r.Head = template.HTML(template.HTMLEscapeString(v.Since(c.Clock.Due)))
	answer := time.Duration(0)
	if c.SLA != nil {
		answer = c.SLA.Answer
	}
	r.Sub = mustFill(v.W.PastSLA, "sla", v.Length(answer), "time", v.Clock(c.Clock.Due))
}

func (v *visit) dressDue(r *row) {
	due := r.Line.Case.Clock.Due
	r.Icon = "clock"
	if due.Sub(v.Now) < time.Hour || r.Line.Case.Clock.Clock == earshot.ClockDueSoon {
		r.Tone = "soon"
	}
	r.Head = template.HTML(template.HTMLEscapeString(v.Until(due)))
	r.Sub = mustFill(v.W.DueAt, "time", v.Clock(due))
}

func (v *visit) dressNew(r *row) {
	c := r.Line.Case
	r.Head = v.Ago(c.FirstSeen)
	switch {
	case !c.Clock.Due.IsZero():
		r.Sub = mustFill(v.W.DueAt, "time", v.Clock(c.Clock.Due))
	case !c.Published.IsZero():
		r.Sub = mustFill(v.W.WrittenAt, "time", v.Published(c.Published, c.Precision))
	}
}

func (v *visit) dressThanks(r *row) {
	c := r.Line.Case
	r.Head = template.HTML(template.HTMLEscapeString(v.Length(c.Waiting(v.Now))))
	r.Sub = template.HTML(template.HTMLEscapeString(v.W.Waiting))
	if !c.Clock.Due.IsZero() {
		r.Sub = mustFill(v.W.ThankBy, "time", v.Clock(c.Clock.Due))
	}
}

func (v *visit) dressPromise(r *row) {
	due := r.Line.Case.Promise.Due
	r.Icon = "clock"
	if due.IsZero() {
		r.Head = template.HTML(template.HTMLEscapeString(v.W.NoDate))
		r.Sub = mustFill(v.W.PromisedAt, "time", v.Clock(r.Line.Case.Promise.Made))
		return
	}
	if due.Sub(v.Now) < 4*time.Hour {
		r.Tone = "soon"
	}
	r.Head = template.HTML(template.HTMLEscapeString(v.Until(due)))
	r.Sub = mustFill(v.W.DueAt, "time", v.Clock(due))
}

// summary makes the headline and the two sentences of figures below it.
func (v *visit) summary(tx *store.Tx, p *todayPage) error {
	p.Headline = v.headline(p)
	not := v.s.competitors()
	open, free := store.CaseFilter{Statuses: openStatuses, NotBrands: not}, store.CaseFilter{Statuses: openStatuses, Unowned: true, NotBrands: not}
	nobody, err := tx.CountCases(free)
	if err != nil {
		return err
	}
	if p.Open == "" {
		return nil
	}
	open.Statuses, open.Order, open.Limit = waitingStatuses, store.OrderWaiting, 1
	longest, err := tx.CaseLines(open)
	if err != nil {
		return err
	}
	p.Deck = mustFill(v.W.OpenCases.Text(atoi(p.Open)), "n", number(p.Open, "/cases?status=open"), "free", number(nobody, "/cases?status=open&owner=-"))
	if len(longest) > 0 {
		c := longest[0].Case
		p.Deck += " " + mustFill(v.W.LongestWait, "time", number(v.Length(c.Waiting(v.Now)), "/cases/"+c.ID))
	}
	return nil
}

// waitingStatuses are those in which no public response was seen.
var waitingStatuses = []earshot.Status{"overdue", "promised", "unconfirmed", "seen", "claimed", "new"}

// headline is the one sentence of the morning; the first that is true.
func (v *visit) headline(p *todayPage) string {
	w := v.W
	count := map[string]int{}
	for _, s := range p.Sections {
		count[s.ID] = s.Count.N
	}
	over, due := w.CountAnswers(w.AnswersOverdue, count["overdue"]), w.CountAnswers(w.AnswersDue, count["due"])
	switch {
	case len(p.Steps) > 0:
		return w.NothingHeard
	case count["overdue"] > 0 && count["due"] > 0:
		return w.TwoClauses.With("a", capital(over), "b", w.CountAnswers(w.MoreDue, count["due"]))
	case count["overdue"] > 0:
		return w.OneClause.With("a", capital(over))
	case count["due"] > 0:
		return w.OneClause.With("a", capital(due))
	case count["new"] > 0:
		return w.OneClause.With("a", capital(w.CountAnswers(w.ComplaintsWait, count["new"])))
	case count["thanks"] > 0:
		return w.OneClause.With("a", capital(w.CountAnswers(w.ComplimentsWait, count["thanks"])))
	case count["promises"] > 0:
		return w.OneClause.With("a", capital(w.CountAnswers(w.PromisesStand, count["promises"])))
	}
	return w.NobodyWaits
}

// firstStep is one line of the first day's list.
type firstStep struct {
	Title, Text, Command string
	Done                 bool
}

// firstSteps says what is still to be set up; nil once anything was heard.
func (v *visit) firstSteps(tx *store.Tx) ([]firstStep, error) {
	any, err := tx.Heard()
	if err != nil || any {
		return nil, err
	}
	w, h, brands := v.W, v.heard, len(v.s.o.Brands())
	return []firstStep{
		{Title: w.StepRuns, Text: w.StepRunsText.With("version", v.s.o.Version), Done: true},
		{Title: w.StepBrand.N(brands), Text: w.StepBrandText, Command: "earshot check --config earshot.yaml", Done: brands > 0},
		{Title: w.StepSources, Text: w.StepSourcesText, Command: "earshot init --opml feeds.opml", Done: h.Total > 0},
		{Title: w.StepSlack, Text: w.StepSlackText, Done: !h.NoSlack && h.Slack == ""},
		{Title: w.StepDemo, Text: w.StepDemoText, Command: "earshot demo"},
	}, nil
}
