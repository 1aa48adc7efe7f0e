package web

import (
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
	"earshot/internal/words"
)

// alertGroup is what became of alerts, in four words and one for what is on its way.
type alertGroup string

const (
	groupSent    alertGroup = "sent"
	groupLater   alertGroup = "later" // in a digest, group or summary
	groupNot     alertGroup = "not"
	groupFailed  alertGroup = "failed"
	groupWaiting alertGroup = "waiting"
)

var alertGroups = []alertGroup{groupSent, groupLater, groupNot, groupFailed, groupWaiting}

// groupOf sorts a reason into its group; no reason yet means on its way.
func groupOf(r earshot.Reason) alertGroup {
	switch r {
	case "":
		return groupWaiting
	case earshot.ReasonSent, earshot.ReasonEdited:
		return groupSent
	case earshot.ReasonGrouped, earshot.ReasonDigested, earshot.ReasonHeldWindow, earshot.ReasonCapped, earshot.ReasonMinGap, earshot.ReasonInSpike:
		return groupLater
	case earshot.ReasonUndeliverable:
		return groupFailed
	}
	return groupNot
}

// reasonsOf are the reasons of a group.
func reasonsOf(g alertGroup) []earshot.Reason {
	if g == groupWaiting {
		return []earshot.Reason{""}
	}
	return slices.DeleteFunc(slices.Clone(earshot.Reasons), func(r earshot.Reason) bool { return groupOf(r) != g })
}

var groupStates = map[alertGroup]state{groupSent: {Icon: "done", Tone: "good"}, groupLater: {Icon: "clock", Tone: "warn"},
	groupNot: {Icon: "not", Tone: "dim"}, groupFailed: {Icon: "late", Tone: "bad"}, groupWaiting: {Icon: "pause", Tone: ""}}

// alertRow is one line of the log.
type alertRow struct {
	Line     store.AlertLine
	At       time.Time
	State    state
	Receiver string
	What     string
	Href     string
	Code     string
	Why      string
}

func (v *visit) alertRow(l store.AlertLine) alertRow {
	a, w := l.Alert, v.W
	g := groupOf(a.Reason)
	st := groupStates[g]
	st.Word = w.AlertGroups[string(g)]
	r := alertRow{Line: l, At: a.Created, State: st, Receiver: a.Receiver, Code: string(a.Reason), Why: v.alertWhy(l)}
	if !l.Decided.IsZero() {
		r.At = l.Decided
	}
	if r.Receiver == "" {
		r.Receiver = w.NoReceiver
	}
	r.What = w.AlertKinds[string(a.Kind)].With("case", a.Case, "n", itoa(len(a.Cases)), "event", words.Name(w.EventNames, string(a.Event)))
	switch {
	case a.Case != "":
		r.Href = "/cases/" + a.Case
	case a.Kind == earshot.AlertOps:
		r.Href = "/sources"
	case len(a.Cases) > 0:
		r.Href = "/cases?" + url.Values{"id": a.Cases}.Encode()
	}
	return r
}

// alertWhy is the reason in words: what planning wrote, else the reason's own
// sentence; and, while it is on its way, what keeps it.
func (v *visit) alertWhy(l store.AlertLine) string {
	w := v.W
	text := l.Alert.Why
	if text == "" {
		text = w.ReasonSays[string(l.Alert.Reason)]
	}
	switch {
	case l.Alert.Reason == "" && l.State == store.InDoubt:
		text = w.InDoubt
	case l.Alert.Reason == "" && l.Due.After(v.Now):
		text = w.SendsAt.With("time", v.ClockText(l.Due))
	}
	if l.Trouble != "" && l.Alert.Reason != earshot.ReasonSent {
		text = strings.TrimSpace(text + " " + w.TroubleText.With("n", itoa(l.Tries), "trouble", redacted(l.Trouble)))
	}
	return capital(text)
}

// alertsPage is the log of what was sent and what was not.
type alertsPage struct {
	frame
	Headline string
	Deck     template.HTML
	Show     string
	Days     int
	Receiver string
	Groups   []choice
	Others   []choice // receivers
	Spans    []choice
	Rows     []alertRow
	Older    string
	Mutes    []earshot.Mute
	Nonce    string
	Match    string // what the form for a mute begins with
	Trouble  string
	Address  string // of the form that asks about one post
}

// choice is a filter with its count and address.
type choice struct {
	Name    string
	Href    string
	N       int
	Current bool
	More    bool // there are more than N
}

const alertsPerPage = 50

// alerts answers: why did I (not) hear of this?
func (s *Server) alerts(v *visit) error { return v.showAlerts(http.StatusOK, "") }

func (v *visit) showAlerts(code int, trouble string) error {
	q := v.r.URL.Query()
	p := alertsPage{Trouble: trouble, Nonce: nonce(), Show: q.Get("show"), Receiver: q.Get("receiver"), Days: max(atoi(q.Get("days")), 1), Match: q.Get("mute")}
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "alerts", v.W.AlertsTitle); err != nil {
			return err
		}
		p.Twins = "/alerts"
		if p.Mutes, err = tx.Mutes(v.Now); err != nil {
			return err
		}
		return v.loadAlerts(tx, &p)
	})
	if err != nil {
		return err
	}
	return v.render(code, "alerts", p)
}

// alertFilter reads the log's filters from the address.
func (v *visit) alertFilter() store.AlertFilter {
	q := v.r.URL.Query()
	f := store.AlertFilter{Receiver: q.Get("receiver"), Since: v.Now.Add(-time.Duration(max(atoi(q.Get("days")), 1)) * 24 * time.Hour),
		Before: int64(atoi(q.Get("before"))), NotEdits: q.Get("edits") == "", Case: q.Get("case"), Limit: alertsPerPage}
	show := q.Get("show")
	if show == "held" {
		f.Reasons = []earshot.Reason{earshot.ReasonHeldWindow, earshot.ReasonCapped, earshot.ReasonMinGap}
	} else if slices.Contains(alertGroups, alertGroup(show)) {
		f.Reasons = reasonsOf(alertGroup(show))
	} else if slices.Contains(earshot.Reasons, earshot.Reason(show)) {
		f.Reasons = []earshot.Reason{earshot.Reason(show)}
	}
	return f
}

func (v *visit) loadAlerts(tx *store.Tx, p *alertsPage) error {
	f := v.alertFilter()
	lines, err := tx.AlertLines(f)
	if err != nil {
		return err
	}
	for _, l := range lines {
		p.Rows = append(p.Rows, v.alertRow(l))
	}
	if len(lines) == f.Limit {
		p.Older = with(v.r.URL, "before", strconv.FormatInt(lines[len(lines)-1].Alert.ID, 10))
	}
	f.Reasons, f.Receiver = nil, ""
	counts, err := tx.AlertCounts(f)
	v.countAlerts(p, counts)
	return err
}

// countAlerts makes the headline, the groups and the receivers from the counts.
func (v *visit) countAlerts(p *alertsPage, counts []store.Count) {
	w := v.W
	groups, receivers, total := map[alertGroup]int{}, map[string]int{}, 0
	for _, c := range counts {
		n := int(c.N)
		total += n
		if c.B != "" {
			receivers[c.B] += n
		}
		if p.Receiver == "" || p.Receiver == c.B {
			groups[groupOf(earshot.Reason(c.A))] += n
		}
	}
	all := 0
	for _, g := range alertGroups {
		all += groups[g]
	}
	p.Groups = append(p.Groups, choice{Name: w.Everything, N: all, Href: with(v.r.URL, "show", ""), Current: p.Show == ""})
	for _, g := range alertGroups {
		p.Groups = append(p.Groups, choice{Name: strings.ToLower(w.AlertGroups[string(g)]), N: groups[g], Href: with(v.r.URL, "show", string(g)), Current: p.Show == string(g)})
	}
	for _, name := range slices.Sorted(keys(receivers)) {
		p.Others = append(p.Others, choice{Name: name, N: receivers[name], Href: with(v.r.URL, "receiver", name), Current: p.Receiver == name})
	}
	if p.Receiver != "" {
		p.Others = append(p.Others, choice{Name: w.AllReceivers, N: total, Href: with(v.r.URL, "receiver", "")})
	}
	for _, d := range []int{1, 7, 30} {
		p.Spans = append(p.Spans, choice{Name: w.LastDays.N(d), N: d, Href: with(v.r.URL, "days", itoa(d)), Current: p.Days == d})
	}
	p.Headline = w.AlertsNone
	if all > 0 {
		p.Headline = w.AlertsHead.N(all, "sent", itoa(groups[groupSent]))
		link := func(g alertGroup) template.HTML { return number(groups[g], with(v.r.URL, "show", string(g))) }
		p.Deck = mustFill(w.AlertsDeck, "sent", link(groupSent), "later", link(groupLater), "not", link(groupNot), "failed", link(groupFailed), "waiting", link(groupWaiting))
	}
}

func keys[V any](m map[string]V) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// mute hides alerts that match for a while, or ends that.
func (s *Server) mute(v *visit) error {
	if !v.MayAct() {
		return errRole
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxForm)
	if err := v.r.ParseForm(); err != nil {
		return &earshot.Fault{Code: "form", What: "the form could not be read", Do: "go back and send it again"}
	}
	form := v.r.PostForm
	a := earshot.Action{ID: form.Get("id"), Verb: earshot.VerbMute, Actor: v.Name, At: v.Now}
	var err error
	if id := atoi(form.Get("mute")); id > 0 {
		a.Verb, a.Args.Mute = earshot.VerbUnmute, int64(id)
	} else {
		a.Args.Match, a.Args.Text = strings.TrimSpace(form.Get("match")), strings.TrimSpace(form.Get("text"))
		if a.Args.Until, err = v.moment(form); err == nil {
			err = checkMute(a)
		}
	}
	if err == nil && !nonceLike(a.ID) {
		err = &earshot.Fault{Code: "form", What: "the form is not one of Earshot's", Do: "open the alert log again and use its form"}
	}
	if err == nil {
		_, err = s.o.Do(v.r.Context(), a)
	}
	if err != nil {
		return v.showAlerts(statusOf(err), v.trouble(err))
	}
	v.seeOther(v.back("/alerts"), "did", a.ID)
	return nil
}

// checkMute asks for what a mute must say: what, until when, why.
func checkMute(a earshot.Action) error {
	m, err := earshot.ParseMatch(a.Args.Match)
	switch {
	case err != nil:
		return &earshot.Fault{Code: "match", What: fmt.Sprintf("what is to be muted could not be read: %v", err), Do: "write it like in a route: brand=AAA intent=complaint"}
	case len(m) == 0:
		return &earshot.Fault{Code: "match", What: "a mute that matches everything would make Earshot deaf", Do: "say what it hides, such as brand=AAA intent=question"}
	case !a.Args.Until.After(a.At):
		return &earshot.Fault{Code: "until", What: "a mute needs an end", Do: "choose how long it lasts"}
	case a.Args.Text == "":
		return &earshot.Fault{Code: "why", What: "a mute needs a reason", Do: "say in a few words why, for whoever finds it later"}
	}
	return nil
}
