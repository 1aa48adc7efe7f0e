package web

import (
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"earshot"
	"earshot/internal/store"
)

// sourceRow is one source as people see it: no credentials.
type sourceRow struct {
	ID      string
	Href    string
	Name    string
	Address string
	Site    string // the address as a link, or ""
	Kind    string
	Tags    []string
	State   state
	Words   string
	Source  earshot.Source
}

// sourcesPage lists who is heard.
type sourcesPage struct {
	frame
	Headline string
	Deck     template.HTML
	Show     string
	States   []choice
	Kinds    []choice
	Rows     []sourceRow
	Total    int
	Shown    int
	From, To int
	More     string
	Added    *fragment // the lines for what the form asked for
	Trouble  string
	Asked    string
	Tags     string
	Site     bool
	CanLook  bool
}

const sourcesPerPage = 50

var sourceStates = map[earshot.SourceState]state{
	earshot.SourceOK: {Icon: "done", Tone: "good"}, earshot.SourceLate: {Icon: "clock", Tone: "warn"}, earshot.SourceFailing: {Icon: "silence", Tone: "bad"},
	earshot.SourceDead: {Icon: "silence", Tone: "bad"}, earshot.SourceMoved: {Icon: "moved", Tone: "warn"},
	earshot.SourceQuarantined: {Icon: "not", Tone: "warn"}, earshot.SourcePaused: {Icon: "pause", Tone: ""},
}

// sources answers: whom do we hear, and whom not?
func (s *Server) sources(v *visit) error {
	q := v.r.URL.Query()
	p := sourcesPage{Show: q.Get("show"), CanLook: s.o.Look != nil && v.MayAct()}
	err := v.read(func(tx *store.Tx) (err error) {
		if p.frame, err = v.frame(tx, "sources", v.W.SourcesTitle); err != nil {
			return err
		}
		return v.listSources(tx, &p)
	})
	if err != nil {
		return err
	}
	p.Twins = "/sources"
	p.Added, p.Trouble = v.added()
	if q.Has("add") {
		// What was pasted may hold a password: it comes back without, or not at all.
		p.Asked, p.Tags, p.Site, p.Query = webLink(q.Get("add")), q.Get("tags"), q.Get("kind") == "site", ""
	}
	return v.render(http.StatusOK, "sources", p)
}

// sourceFilter reads the page's filter from the address.
func (v *visit) sourceFilter(n int) store.SourceFilter {
	q := v.r.URL.Query()
	f := store.SourceFilter{After: q.Get("after"), Limit: n}
	switch show := q.Get("show"); {
	case show == "look":
		f.Look = true
	case slices.Contains(earshot.SourceStates, earshot.SourceState(show)):
		f.State = earshot.SourceState(show)
	default:
		f.Kind = earshot.SourceKind(show)
	}
	return f
}

func (v *visit) listSources(tx *store.Tx, p *sourcesPage) error {
	groups, err := tx.SourceGroups()
	if err != nil {
		return err
	}
	f := v.sourceFilter(sourcesPerPage)
	states, kinds := map[earshot.SourceState]int{}, map[earshot.SourceKind]int{}
	for _, g := range groups {
		kind, state := earshot.SourceKind(g.A), earshot.SourceState(g.B)
		kinds[kind] += int(g.N)
		if kind != earshot.SourceThread {
			states[state] += int(g.N)
			p.Total += int(g.N)
		}
		if fits := f.Kind == kind || f.Kind == "" && kind != earshot.SourceThread; fits && (f.State == "" || f.State == state) && !(f.Look && state == earshot.SourceOK) {
			p.Shown += int(g.N)
		}
	}
	v.sourceChoices(p, states, kinds)
	picked, err := tx.SourceLines(f)
	for _, s := range picked {
		p.Rows = append(p.Rows, v.sourceRow(s))
	}
	skip := atoi(v.r.URL.Query().Get("skip"))
	p.From, p.To = skip+1, skip+len(picked)
	if p.To < p.Shown && len(picked) == f.Limit {
		p.More = with(v.r.URL, "after", sourceKey(picked[len(picked)-1].ID), "skip", itoa(p.To))
	}
	return err
}

// sourceChoices are the filters with how many sources each shows.
func (v *visit) sourceChoices(p *sourcesPage, states map[earshot.SourceState]int, kinds map[earshot.SourceKind]int) {
	w := v.W
	look := p.Total - states[earshot.SourceOK]
	p.States = []choice{{Name: w.AllSources, Href: "/sources", N: p.Total, Current: p.Show == ""}, {Name: w.NeedsLook, Href: "/sources?show=look", N: look, Current: p.Show == "look"}}
	for _, st := range store.SourceUrgency {
		if states[st] > 0 {
			p.States = append(p.States, choice{Name: strings.ToLower(w.SourceStates[string(st)]), Href: "/sources?show=" + string(st), N: states[st], Current: p.Show == string(st)})
		}
	}
	for _, k := range []earshot.SourceKind{earshot.SourceFeed, earshot.SourceSite, earshot.SourcePush, earshot.SourceThread} {
		if kinds[k] > 0 {
			p.Kinds = append(p.Kinds, choice{Name: w.SourceKinds[string(k)], Href: "/sources?show=" + string(k), N: kinds[k], Current: p.Show == string(k)})
		}
	}
	v.sourceHeadline(p, states, look)
}

func (v *visit) sourceHeadline(p *sourcesPage, states map[earshot.SourceState]int, look int) {
	w := v.W
	deaf := states[earshot.SourceFailing] + states[earshot.SourceDead] + states[earshot.SourceQuarantined]
	switch {
	case p.Total == 0:
		p.Headline = w.SourcesNone
	case deaf == 0:
		p.Headline = w.SourcesAll.N(p.Total)
	default:
		p.Headline = w.SourcesSome.With("ok", itoa(p.Total-deaf), "total", itoa(p.Total))
	}
	if look > 0 {
		p.Deck = mustFill(w.SourcesDeck.Text(look), "n", number(look, "/sources?show=look"))
	}
}

func (v *visit) sourceRow(s earshot.Source) sourceRow {
	w := v.W
	st, ok := sourceStates[s.State]
	if !ok {
		st = state{Icon: "new"}
	}
	st.Word = w.SourceStates[string(s.State)]
	r := sourceRow{ID: s.ID, Href: "/sources/" + sourceKey(s.ID), Name: sourceName(s), Address: redacted(s.URL), Kind: w.SourceKind[string(s.Kind)],
		Tags: s.Tags, State: st, Words: capital(redacted(s.Reason)), Source: s}
	if i := slices.IndexFunc(v.heard.Deaf, func(d Deaf) bool { return d.Source == s.ID && s.Reason == "" }); i >= 0 {
		r.Words, r.State.Tone, r.State.Icon = capital(v.heard.Deaf[i].Why), "warn", "silence" // it is read, and yet not heard
	}
	if u := webLink(s.URL); u != "" && redacted(s.URL) == s.URL {
		r.Site = u
	}
	if r.Words == "" {
		r.Words = v.sourceWords(s)
	}
	return r
}

// sourceWords describes a source that gave no reason of its own.
func (v *visit) sourceWords(s earshot.Source) string {
	w := v.W
	switch {
	case s.Reads == 0 && s.FirstTried.IsZero():
		return w.NotReadYet
	case s.State == earshot.SourceOK && s.LastNewEntry.IsZero():
		return w.ReadNothing
	case s.State == earshot.SourceOK && s.Every > 0:
		return w.ReadEvery.With("time", v.Length(s.Every))
	}
	return w.SourceSays[string(s.State)]
}

// Fails is how often in a row it failed.
func (r sourceRow) Fails() int { return r.Source.Failures }

// Next is when it is read again; zero: never.
func (r sourceRow) Next() time.Time { return r.Source.Due }

func sourceName(s earshot.Source) string {
	if s.Title != "" {
		return s.Title
	}
	u, err := url.Parse(s.URL)
	if err != nil || u.Host == "" {
		return redacted(s.URL)
	}
	return strings.TrimPrefix(u.Host, "www.") + strings.TrimSuffix(u.Path, "/")
}

// Addresses in free text, parts of one that only its owner may see, and names
// of parameters whose values look like a password.
var (
	addressRE  = regexp.MustCompile(`[a-zA-Z][a-zA-Z0-9+.-]*://[^\s"'<>]+`)
	userinfoRE = regexp.MustCompile(`://[^/\s?#@]*@`)
	secretRE   = regexp.MustCompile(`(?i)([?&;#][^=&\s]*(?:key|token|secret|pass|pwd|auth|sig|session|sid|credential|private|hash|code|otp|jwt|bearer)[^=&\s]*=)[^&\s"'<>#]+`)
	longRE     = regexp.MustCompile(`([?&;#][^=&\s]+=)[A-Za-z0-9]{24,}`)
)

// redacted takes credentials out of an address, or out of a sentence with one.
func redacted(s string) string {
	return addressRE.ReplaceAllStringFunc(s, func(a string) string {
		a = userinfoRE.ReplaceAllString(a, "://")
		a = secretRE.ReplaceAllString(a, "${1}...")
		return longRE.ReplaceAllString(a, "${1}...")
	})
}

// sourcePage is one source with what it last said.
type sourcePage struct {
	frame
	Row     sourceRow
	Entries []earshot.Entry
	Facts   []fact
	Mend    *fragment
	Paused  template.HTML // who paused it, until when and why; "" if nobody
	Trouble string        // why the last action was refused
	Nonce   string
	CanLook bool
	CanStop bool
}

// source shows one source.
func (s *Server) source(v *visit) error { return v.showSource(http.StatusOK, "") }

// showSource shows one source, with what went wrong on top if anything did.
func (v *visit) showSource(code int, trouble string) error {
	p := sourcePage{Trouble: trouble, Nonce: nonce(), CanLook: v.s.o.Look != nil && v.MayAct()}
	err := v.read(func(tx *store.Tx) (err error) {
		src, err := sourceByKey(tx, v.r.PathValue("id"))
		if err != nil {
			return err
		}
		p.Row = v.sourceRow(src)
		if p.frame, err = v.frame(tx, "sources", p.Row.Name); err != nil {
			return err
		}
		p.Entries, err = tx.SourceEntries(src.ID, 25)
		return err
	})
	if err != nil {
		return err
	}
	p.Facts = v.sourceFacts(p.Row)
	p.Mend = v.mend(p.Row)
	src := p.Row.Source
	p.CanStop = v.MayAct() && (src.Kind == earshot.SourceFeed || src.Kind == earshot.SourceSite)
	p.CanLook = p.CanLook && src.Kind != earshot.SourcePush
	if src.Paused() {
		p.Paused = mustFill(v.W.PausedBy, "who", src.Pause.Who, "date", v.Exact(src.Pause.Since), "until", v.Exact(src.Pause.Until), "why", src.Pause.Why)
	}
	return v.render(code, "source", p)
}

// sourceKey names a source in addresses.
func sourceKey(id string) string { return store.SourceShort(id) }

func sourceByKey(tx *store.Tx, key string) (earshot.Source, error) {
	s, ok, err := tx.SourceByShort(key)
	if err == nil && !ok {
		err = errNotFound
	}
	return s, err
}

func (v *visit) sourceFacts(r sourceRow) []fact {
	w, s := v.W, r.Source
	next := v.In(s.Due)
	if s.State == earshot.SourcePaused {
		next = esc(w.NotPolled)
	}
	facts := []fact{{w.LastSuccess, v.Ago(s.LastSuccess)}, {w.LastNew, v.Ago(s.LastNewEntry)}, {w.LastTry, v.Ago(s.LastTried)}, {w.NextPoll, next},
		{w.InterestIn, esc(v.Length(s.Every))}, {w.ErrorsInRow, esc(itoa(s.Failures))}}
	if s.FeedURL != "" && s.FeedURL != s.URL {
		facts = append(facts, fact{w.ReallyRead, element("code", redacted(s.FeedURL))})
	}
	return facts
}
