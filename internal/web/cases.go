package web

import (
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
	"earshot/internal/words"
)

const casesPerPage = 25

// casesPage is a filtered list of cases; the address holds the filters.
type casesPage struct {
	frame
	Trouble  string
	Headline string
	Deck     template.HTML
	Total    store.Bounded
	From, To int
	Rows     []caseRow
	States   []choice
	Intents  []choice
	Brands   []choice
	Owners   []choice
	Orders   []choice
	Chips    []choice // current filters, each with the address without it
	Next     string
	First    string
	Nonce    string
	People   []string
	Picked   bool   // every case of the page is selected
	PickAll  string // where that is so, or no longer so
}

// caseRow is a case as a row of the list.
type caseRow struct {
	row
	State state
	Wait  template.HTML
}

// caseFilter reads the filters of the address.
func (v *visit) caseFilter(q url.Values) store.CaseFilter {
	f := store.CaseFilter{IDs: q["id"], Intent: earshot.Intent(q.Get("intent")), Brand: q.Get("brand"), Author: q.Get("author"), Severity: atoi(q.Get("severity")), Facet: earshot.Facet(q.Get("facet")), Cause: earshot.CauseKey(q.Get("cause")), NoCause: q.Get("cause") == "-", Unsure: q.Get("unsure") != "",
		Order: store.CaseOrder(q.Get("order")), From: when(q.Get("from")), To: when(q.Get("to")), Limit: casesPerPage, After: q.Get("after")}
	for _, s := range q["status"] {
		switch {
		case s == "open":
			f.Statuses = append(f.Statuses, openStatuses...)
		case s == "waiting":
			f.Statuses = append(f.Statuses, waitingStatuses...)
		case slices.Contains(earshot.Statuses, earshot.Status(s)):
			f.Statuses = append(f.Statuses, earshot.Status(s))
		}
	}
	f.Broken = slices.Equal(f.Statuses, []earshot.Status{"overdue"})
	switch q.Get("owner") {
	case "-":
		f.Unowned = true
	case "me":
		f.Owner = v.Name
	default:
		f.Owner = q.Get("owner")
	}
	switch q.Get("answer") {
	case "given":
		f.Answered = true
	case "none":
		f.Unanswered = true
	}
	if b, ok := v.s.brand(f.Brand); (!ok || !b.Competitor) && f.Author == "" && len(f.IDs) == 0 {
		f.NotBrands = v.s.competitors()
	}
	return f
}

// when reads a time or a date of an address; zero if it is neither.
func when(s string) time.Time {
	for _, layout := range []string{time.RFC3339, time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	return time.Time{}
}

// cases lists cases.
func (s *Server) cases(v *visit) error { return v.showCases(http.StatusOK, "") }

func (v *visit) showCases(code int, trouble string) error {
	p := casesPage{Trouble: trouble, Nonce: nonce()}
	q := v.r.URL.Query()
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "cases", v.W.CasesTitle); err != nil {
			return err
		}
		p.Twins = "/cases"
		f := v.caseFilter(q)
		lines, err := tx.CaseLines(f)
		if err != nil {
			return err
		}
		for _, l := range lines {
			p.Rows = append(p.Rows, v.caseRow(l))
		}
		if p.Total, err = tx.CountCases(f); err != nil {
			return err
		}
		skip := atoi(q.Get("skip"))
		p.From, p.To = skip+1, skip+len(lines)
		if n := len(lines); n == f.Limit {
			p.Next = with(v.r.URL, "after", lines[n-1].Mark, "skip", itoa(skip+n))
		}
		return v.caseHeads(tx, &p, f)
	})
	if err != nil {
		return err
	}
	p.Picked, p.PickAll = q.Get("pick") == "all", with(v.r.URL, "after", q.Get("after"), "skip", q.Get("skip"))
	if !p.Picked {
		p.PickAll = with(v.r.URL, "after", q.Get("after"), "skip", q.Get("skip"), "pick", "all")
	}
	v.caseChoices(&p, q)
	return v.render(code, "cases", p)
}

func (v *visit) caseRow(l store.CaseLine) caseRow {
	r := caseRow{row: v.row(l), State: v.state(l.Case)}
	c := l.Case
	switch {
	case c.Answer.Given():
		r.Wait = mustFill(v.W.AnsweredIn, "time", v.Length(c.Waiting(v.Now)))
	case !c.Open():
		r.Wait = v.Ago(c.Closed)
	default:
		r.Wait = mustFill(v.W.WaitsFor, "time", v.Length(c.Waiting(v.Now)))
	}
	if c.Clock.Clock == earshot.ClockOverdue {
		r.Tone = "late"
	} else if c.Clock.Clock == earshot.ClockDueSoon {
		r.Tone = "soon"
	}
	return r
}

// caseHeads makes the sentence above the list.
func (v *visit) caseHeads(tx *store.Tx, p *casesPage, f store.CaseFilter) error {
	head := func(open string) string {
		return v.W.CasesHead.Text(p.Total.N).With("n", p.Total.String(), "open", open)
	}
	open := f
	if open.Statuses = intersect(f.Statuses, openStatuses); len(open.Statuses) == 0 && len(f.Statuses) > 0 {
		p.Headline = head(v.W.Small[0])
		return nil
	}
	open.Broken = false
	n, err := tx.CountCases(open)
	if f.Broken {
		n = p.Total
	}
	p.Headline = v.W.CasesNone
	if p.Total.N > 0 {
		p.Headline = head(n.String())
	}
	return err
}

// intersect keeps those of a that are in b; an empty a means all.
func intersect[T comparable](a, b []T) []T {
	if len(a) == 0 {
		return b
	}
	return slices.DeleteFunc(slices.Clone(a), func(x T) bool { return !slices.Contains(b, x) })
}

// caseChoices makes the filters: what can be chosen, and what is.
func (v *visit) caseChoices(p *casesPage, q url.Values) {
	w, u := v.W, v.r.URL
	pick := func(key, value, name string) choice {
		return choice{Name: name, Href: with(u, key, value), Current: q.Get(key) == value}
	}
	p.States = []choice{pick("status", "", w.AllCases), pick("status", "open", w.AllOpen), pick("status", "waiting", w.Unanswered)}
	for _, s := range slices.Backward(earshot.Statuses) {
		p.States = append(p.States, pick("status", string(s), capital(w.Statuses[string(s)])))
	}
	p.Intents = []choice{pick("intent", "", w.AllCases)}
	for _, i := range earshot.Intents {
		p.Intents = append(p.Intents, pick("intent", string(i), w.Intents[string(i)]))
	}
	p.Brands = []choice{pick("brand", "", w.OursOnly)}
	for _, b := range v.s.o.Brands() {
		p.Brands = append(p.Brands, pick("brand", b.Name, b.Name))
	}
	p.Owners = []choice{pick("owner", "", w.AllCases), pick("owner", "me", w.MineOnly), pick("owner", "-", w.NobodysOnly)}
	for _, o := range []store.CaseOrder{store.OrderNewest, store.OrderDue, store.OrderWaiting, store.OrderWorst, store.OrderMoved} {
		c := pick("order", string(o), w.Orders[string(o)])
		c.Current = c.Current || (o == store.OrderNewest && q.Get("order") == "")
		p.Orders = append(p.Orders, c)
	}
	for _, person := range v.s.team() {
		p.Owners, p.People = append(p.Owners, pick("owner", person.Name, person.Name)), append(p.People, person.Name)
	}
	p.Chips = v.chips(q)
	if q.Get("after") != "" {
		p.First = with(u)
	}
}

// chips are the filters that hold now, each with the way to take it away.
func (v *visit) chips(q url.Values) []choice {
	w := v.W
	names := map[string]func(string) string{
		"status": func(s string) string { return v.statusName(s) },
		"intent": func(s string) string { return words.Name(w.Intents, s) },
		"brand":  func(s string) string { return s }, "source": func(string) string { return w.OneSource }, "case": func(s string) string { return w.CaseTitle.With("case", s) },
		"owner":     func(s string) string { return words.Name(map[string]string{"-": w.NobodysOnly, "me": w.MineOnly}, s) },
		"author":    func(string) string { return w.AuthorsCases },
		"id":        func(string) string { return w.ListedCases },
		"answer":    func(s string) string { return words.Name(w.AnswerFilters, s) },
		"severity":  func(s string) string { return w.SeverityFrom.With("n", s) },
		"facet":     func(s string) string { return words.Name(w.Facets, s) },
		"unsure":    func(string) string { return w.Unsure },
		"lang":      func(s string) string { return words.Name(w.Languages, s) },
		"sentiment": func(s string) string { return words.Name(w.SentimentNames, s) },
		"q":         func(s string) string { return quoted(w.Lang, s) },
		"from":      func(s string) string { return w.FromDate.With("date", v.Day(when(s))) },
		"to":        func(s string) string { return w.ToDate.With("date", v.Day(when(s))) },
		"seen":      func(s string) string { return w.SeenSince.With("time", v.ClockText(when(s))) },
		"days": func(s string) string {
			if atoi(s) == 0 {
				return w.AnyTime
			}
			return w.LastDays.N(atoi(s))
		},
		"cause": func(s string) string {
			if s == "-" {
				return w.CauseUnset
			}
			return quoted(w.Lang, s)
		},
		"ours": func(string) string { return w.OursOnly },
	}
	var out []choice
	for _, key := range slices.Sorted(keys(q)) {
		name, ok := names[key]
		if !ok || strings.Join(q[key], "") == "" {
			continue
		}
		var parts []string
		for _, value := range q[key] {
			parts = append(parts, clip(name(value), 60))
		}
		if key == "id" || key == "author" {
			parts = parts[:1]
		}
		out = append(out, choice{Name: w.List(parts), Href: with(v.r.URL, key, "")})
	}
	return out
}

func (v *visit) statusName(s string) string {
	switch s {
	case "open":
		return v.W.AllOpen
	case "waiting":
		return v.W.Unanswered
	}
	return words.Name(v.W.Statuses, s)
}

// bulkVerbs are what can be done to many cases at once.
var bulkVerbs = []earshot.Verb{earshot.VerbClaim, earshot.VerbAssign, earshot.VerbDismiss, earshot.VerbSnooze}

// bulk does one thing to every selected case, each as an action of its own.
func (s *Server) bulk(v *visit) error {
	if !v.MayAct() {
		return errRole
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxForm)
	if err := v.r.ParseForm(); err != nil {
		return &earshot.Fault{Code: "form", What: "the form could not be read", Do: "go back and send it again"}
	}
	form := v.r.PostForm
	if fault := v.bulkFault(form); fault != "" {
		return v.showCases(http.StatusUnprocessableEntity, fault)
	}
	done, failed := 0, 0
	for _, picked := range form["case"][:min(len(form["case"]), maxBulk)] {
		if _, err := s.o.Do(v.r.Context(), v.bulkAction(form, picked)); err != nil {
			failed++
			continue
		}
		done++
	}
	if failed > 0 {
		return v.showCases(http.StatusConflict, v.W.BulkResult.With("n", itoa(done), "failed", itoa(failed)))
	}
	http.Redirect(v.w, v.r, with(v.r.URL), http.StatusSeeOther) // what was selected is done
	return nil
}

// maxBulk is how many cases one form may move.
const maxBulk = 200

// bulkFault says what is missing in the form, "" if nothing is.
func (v *visit) bulkFault(form url.Values) string {
	verb, text := earshot.Verb(form.Get("verb")), strings.TrimSpace(form.Get("text"))
	switch {
	case !slices.Contains(bulkVerbs, verb):
		return v.W.BulkVerb
	case len(form["case"]) == 0:
		return v.W.BulkNothing
	case verb == earshot.VerbDismiss && text == "":
		return v.W.BulkReason
	case verb == earshot.VerbAssign && text == "":
		return v.W.BulkOwner
	case !nonceLike(form.Get("id")):
		return v.W.NothingDone
	}
	return ""
}

// bulkAction is the form's action on one of the picked cases, "id:rev".
func (v *visit) bulkAction(form url.Values, picked string) earshot.Action {
	id, rev, _ := strings.Cut(picked, ":")
	a := earshot.Action{ID: form.Get("id") + "-" + id, Case: id, Rev: atoi(rev), Verb: earshot.Verb(form.Get("verb")), Actor: v.Name, At: v.Now}
	text := clip(strings.TrimSpace(form.Get("text")), 300)
	switch a.Verb {
	case earshot.VerbAssign:
		a.Args.Owner = text
	case earshot.VerbSnooze:
		a.Args.Until = v.Now.Add(24 * time.Hour)
	default:
		a.Args.Text = text
	}
	return a
}
