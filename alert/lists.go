package alert

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"earshot"
	"earshot/internal/words"
)

// perSection is how many items a section lists; the rest is counted, with the
// way to the queue.
const perSection = 10

// shelf sorts the cases of a list into what is to be done about them.
type shelf struct{ overdue, promised, due, fresh, thank, done []earshot.CaseView }

func shelve(views []earshot.CaseView) shelf {
	var s shelf
	for _, v := range urgentFirst(views) {
		status := v.Case.Status()
		switch {
		case settled(v.Case):
			s.done = append(s.done, v)
		case status == "overdue":
			s.overdue = append(s.overdue, v)
		case status == "promised":
			s.promised = append(s.promised, v)
		case v.Case.Label.Intent == earshot.Compliment:
			s.thank = append(s.thank, v)
		case !v.Case.Clock.Due.IsZero():
			s.due = append(s.due, v)
		default:
			s.fresh = append(s.fresh, v)
		}
	}
	return s
}

// urgentFirst orders by what is due, then how bad it is, then how long it waits.
func urgentFirst(views []earshot.CaseView) []earshot.CaseView {
	out := slices.Clone(views)
	slices.SortStableFunc(out, func(a, b earshot.CaseView) int {
		ad, bd := a.Case.Clock.Due, b.Case.Clock.Due
		if ad.IsZero() != bd.IsZero() {
			if ad.IsZero() {
				return 1
			}
			return -1
		}
		return cmp.Or(ad.Compare(bd), -cmp.Compare(a.Case.Label.Severity, b.Case.Label.Severity), a.Published.Compare(b.Published), cmp.Compare(a.Case.ID, b.Case.ID))
	})
	return out
}

func (d draft) section(title words.Text, views []earshot.CaseView, tail func(earshot.CaseView) string) []Section {
	if len(views) == 0 {
		return nil
	}
	s := Section{Title: title.With("n", strconv.Itoa(len(views)))}
	for i, v := range views {
		if i == perSection*2 && d.m.Alert.Kind == earshot.AlertSummary || i == perSection && d.m.Alert.Kind != earshot.AlertSummary {
			s.Left = len(views) - i
			break
		}
		s.Items = append(s.Items, d.item(v, tail(v)))
	}
	return []Section{s}
}

// item is a case in a list: what it is about, linked to its page or else to the
// post, and how it stands.
func (d draft) item(v earshot.CaseView, tail string) Line {
	one := draft{m: Message{View: v}, w: d.w, c: v.Case}
	title := clip(one.what(), 70)
	if title == "" {
		title = name(siteName(v))
	}
	link := Piece{Text: title, URL: cmp.Or(d.m.Links.OfCase(v.Case.ID), v.URL)}
	line := Line{link, {Text: d.w.Comma + name(v.Case.Brand) + d.w.Comma + name(siteName(v))}}
	if tail != "" {
		line = append(line, Piece{Text: d.w.Comma + tail})
	}
	return line
}

func (d draft) ownerOf(v earshot.CaseView) string {
	if v.Case.Owner == "" || v.Case.Claimed.IsZero() {
		return strings.ToLower(d.w.Nobody)
	}
	return v.Case.Owner
}

func (d draft) over(v earshot.CaseView) string {
	return d.w.ItemOver.With("time", d.w.Duration(d.m.Now.Sub(v.Case.Clock.Due)), "owner", d.ownerOf(v))
}

func (d draft) left(v earshot.CaseView) string {
	due := v.Case.Clock.Due
	if v.Case.Answer == earshot.AnswerPromised {
		due = v.Case.Promise.Due
	}
	if due.IsZero() {
		return d.waits(v)
	}
	return d.w.ItemLeft.With("time", d.w.Duration(due.Sub(d.m.Now)), "owner", d.ownerOf(v))
}

func (d draft) waits(v earshot.CaseView) string {
	return d.w.ItemWaits.With("time", d.w.Duration(v.Case.Waiting(d.m.Now)))
}

func (d draft) how(v earshot.CaseView) string {
	if outlasts(earshot.EventFollowUp, v.Case) {
		return d.w.ItemDone.With("status", d.w.HeadFollowUp)
	}
	return d.w.ItemDone.With("status", words.Name(d.w.Statuses, string(v.Case.Status())))
}

// state is the tail that fits the case best.
func (d draft) state(v earshot.CaseView) string {
	switch {
	case settled(v.Case):
		return d.how(v)
	case v.Case.Status() == "overdue":
		return d.over(v)
	case !v.Case.Clock.Due.IsZero():
		return d.left(v)
	}
	return d.waits(v)
}

// list is a message of sections with the way to the queue.
func (d draft) list(header, text string, sections []Section) Card {
	c := Card{Kind: d.m.Alert.Kind, Words: d.w, Header: clip(header, maxHeader), Text: text, Sections: sections, Lang: d.w.Lang}
	c.Meta = Meta{Key: d.m.Alert.Key, Digest: d.m.Alert.Subject, Date: d.m.Now.In(d.m.Zone).Format("2006-01-02")}
	if d.m.Links.Base != "" {
		c.Buttons = []Button{{ID: ButtonQueue, Text: d.w.OpenQueue, Value: "queue", URL: d.m.Links.Base + "/", Primary: true}}
	}
	return c
}

func (d draft) digest() Card {
	w, s := d.w, shelve(d.m.Views)
	name := words.Name(w.Digests, d.m.Alert.Route)
	date := w.Date(d.m.Now.In(d.m.Zone))
	sections := slices.Concat(d.section(w.SectionOverdue, s.overdue, d.over), d.section(w.SectionDue, s.due, d.left), d.section(w.SectionNew, s.fresh, d.waits),
		d.section(w.SectionThank, s.thank, d.waits), d.section(w.SectionPromise, s.promised, d.left), d.section(w.SectionDone, s.done, d.how))
	var counts []string
	for _, sec := range sections {
		counts = append(counts, strings.ToLower(sec.Title))
	}
	if len(counts) == 0 {
		counts = []string{string(w.DigestNothing)}
	}
	text := w.DigestSay.With("digest", name, "date", date, "counts", strings.Join(counts, "; "))
	if len(sections) == 0 {
		sections = []Section{{Items: []Line{plain(first(string(w.DigestNothing)) + ".")}}}
	}
	c := d.list(w.DigestHead.With("digest", name, "date", date), text, sections)
	c.Context = d.hearing()
	return c
}

// hearing says why a zero can be believed, or what is deaf.
func (d draft) hearing() Line {
	h, w := d.m.Health, d.w
	if h.Sources == 0 {
		return plain(string(w.HearingNothing))
	}
	total, ok := strconv.Itoa(h.Sources), strconv.Itoa(h.SourcesOK)
	say := w.HearingAll.With("total", total)
	if h.SourcesOK < h.Sources {
		names := h.Deaf[:min(len(h.Deaf), 5)]
		more := ""
		if n := len(h.Deaf) - len(names); n > 0 {
			more = " " + w.MoreItems.N(n)
		}
		say = w.HearingSome.With("ok", ok, "total", total, "names", clip(tidy(strings.Join(names, w.Comma)), 300)+more)
	}
	switch {
	case h.Rules == 0:
	case h.RulesAlive < h.Rules:
		say += " " + w.RulesSome.With("ok", strconv.Itoa(h.RulesAlive), "total", strconv.Itoa(h.Rules))
	default:
		say += " " + w.RulesAll.With("total", strconv.Itoa(h.Rules))
	}
	if len(h.RulesDeaf) > 0 {
		say += " " + clip(tidy(strings.Join(h.RulesDeaf, w.Comma)), 300)
	}
	return plain(say)
}

func (d draft) summary() Card {
	w := d.w
	reason := words.Name(w.Reasons, string(heldBecause(d.m.Alert)))
	s := shelve(d.m.Views)
	open := slices.Concat(s.overdue, s.due, s.fresh, s.thank, s.promised)
	sections := slices.Concat(d.section(w.SectionHeld, open, d.state), d.section(w.SectionDone, s.done, d.how))
	return d.list(w.SummaryHead.With("reason", reason), w.SummarySay.N(len(d.m.Alert.Cases), "reason", reason), sections)
}

// welcome lists five cases worth an answer, each with a button that asks for
// its card.
func (d draft) welcome() Card {
	w := d.w
	var open []earshot.CaseView
	for _, v := range urgentFirst(d.m.Views) {
		if !settled(v.Case) {
			open = append(open, v)
		}
	}
	shown := open[:min(len(open), 5)]
	c := d.list(string(w.WelcomeHead), w.WelcomeSay.N(max(len(open), d.m.Health.Open)), d.section(w.SectionWorth, shown, d.waits))
	for _, v := range shown {
		title := clip(draft{m: Message{View: v}, w: w, c: v.Case}.what(), 40)
		c.Buttons = append(c.Buttons, Button{ID: ButtonCard, Text: w.MakeCard + ": " + title, Value: v.Case.ID + ":" + strconv.Itoa(v.Case.Rev)})
	}
	c.Context = d.hearing()
	return c
}

func (d draft) spike() Card {
	s, w := d.m.Spike, d.w
	if s == nil {
		return d.card()
	}
	until := d.m.Now
	if !s.Until.IsZero() {
		until = s.Until
	}
	noun := words.Name(w.Many, string(s.Intent))
	pairs := []string{"brand", name(s.Brand), "n", strconv.Itoa(s.Count), "label", noun,
		"time", w.Duration(until.Sub(s.Since)), "expected", strconv.Itoa(int(math.Round(s.Expected)))}
	c := d.list(w.SpikeHead.With(pairs...), w.SpikeSay.With(pairs...), nil)
	if s.Calm {
		c.Text = w.CalmSay.With(pairs...)
	}
	total := strconv.Itoa(s.Count)
	var drivers []Line
	for _, dr := range s.Drivers {
		drivers = append(drivers, plain(w.SpikeDriver.With("words", w.Quoted(clip(tidy(dr.Words), 60)), "n", strconv.Itoa(dr.Count), "total", total)))
	}
	if len(drivers) > 0 {
		c.Sections = []Section{{Title: w.SpikeDrivers, Items: drivers}}
	}
	where := fill(w.SpikeFirst, map[string]Piece{"site": {Text: name(siteName(s.First)), URL: s.First.URL}, "time": d.date(s.First.Published)})
	c.Fields = []Field{{Name: w.FieldWho, Value: []Line{plain(w.SpikeWho.With("authors", strconv.Itoa(s.Authors), "sites", strconv.Itoa(s.Sites)))}},
		{Name: w.FieldFirst, Value: []Line{where}}, {Name: w.FieldAnswer, Value: []Line{plain(w.SpikeAnswered.With("n", strconv.Itoa(s.Answered), "total", total))}}}
	c.Context = plain(string(w.SpikeNote))
	return c
}

func (d draft) ops() Card {
	n := d.m.Alert.Ops
	if n == nil {
		n = &earshot.OpsNotice{Key: d.m.Alert.Subject}
	}
	text := tidy(n.What)
	c := d.list(d.w.OpsHead, text, []Section{{Items: []Line{plain(clip(text, 600))}}})
	if n.Do != "" {
		c.Text += " " + tidy(n.Do)
		c.Fields = []Field{{Name: d.w.OpsDo, Value: []Line{plain(clip(tidy(n.Do), 600))}}}
	}
	c.Buttons = nil
	return c
}
