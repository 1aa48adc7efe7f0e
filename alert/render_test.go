package alert

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/internal/words"
)

// states are a case in every status, with what its card must show: the primary
// button, and how the header begins.
var states = []struct {
	name    string
	change  func(*earshot.CaseView, time.Time)
	status  earshot.Status
	primary string
	header  string
}{
	{"new", func(v *earshot.CaseView, _ time.Time) {}, "new", ButtonTake, "Complaint - AAA - 3 h roadside wait"},
	{"unsure", func(v *earshot.CaseView, _ time.Time) { v.Case.Label.Unsure = true }, "new", ButtonAsk, "Unsure: complaint? - AAA"},
	{"seen", func(v *earshot.CaseView, now time.Time) { evidence(v, earshot.EvidenceSeen, earshot.AnswerSeen, now) }, "seen", ButtonTake, "Complaint - AAA"},
	{"claimed", func(v *earshot.CaseView, now time.Time) {
		v.Case.Work, v.Case.Owner, v.Case.Claimed = earshot.WorkClaimed, "ana", now
	}, "claimed", ButtonAnswered, "Complaint - AAA"},
	{"overdue, nobody", func(v *earshot.CaseView, now time.Time) {
		v.Case.Clock = earshot.ClockState{Clock: earshot.ClockOverdue, Due: now}
	}, "overdue", ButtonTake, "Overdue - AAA"},
	{"overdue, taken", func(v *earshot.CaseView, now time.Time) {
		v.Case.Clock = earshot.ClockState{Clock: earshot.ClockOverdue, Due: now}
		v.Case.Work, v.Case.Owner = earshot.WorkClaimed, "ana"
	}, "overdue", ButtonAnswered, "Overdue - AAA"},
	{"unconfirmed", func(v *earshot.CaseView, now time.Time) {
		evidence(v, earshot.EvidenceClaimed, earshot.AnswerUnconfirmed, now)
	}, "unconfirmed", ButtonConfirm, "Answered? - AAA"},
	{"promised", func(v *earshot.CaseView, now time.Time) {
		evidence(v, earshot.EvidencePromise, earshot.AnswerPromised, now)
		v.Case.Promise = earshot.Promise{Made: now, Due: now.Add(26 * time.Hour), State: earshot.PromiseOpen}
	}, "promised", ButtonKept, "Promise due Tuesday 12:00 - AAA"},
	{"responded", func(v *earshot.CaseView, now time.Time) {
		evidence(v, earshot.EvidenceOfficial, earshot.AnswerResponded, now)
	}, "responded", ButtonOutcome, "Answered in 6 min - AAA"},
	{"resolved", func(v *earshot.CaseView, now time.Time) {
		evidence(v, earshot.EvidenceAuthorUpdate, earshot.AnswerResolved, now)
	}, "resolved", "", "Resolved - AAA"},
	{"closed", func(v *earshot.CaseView, _ time.Time) {
		v.Case.Work, v.Case.Outcome = earshot.WorkClosed, earshot.OutcomeFixed
	}, "closed", "", "Closed - AAA"},
	{"dismissed", func(v *earshot.CaseView, _ time.Time) { v.Case.Work = earshot.WorkDismissed }, "dismissed", "", "Dismissed - AAA"},
}

func evidence(v *earshot.CaseView, kind earshot.EvidenceKind, answer earshot.Answer, t time.Time) {
	v.Case.Answer = answer
	v.Case.Evidence = []earshot.Evidence{{Response: 7, Kind: kind, Answer: answer, SaidAt: t, FirstSeen: t, Confidence: 0.95}}
	v.Responses = []earshot.Response{{ID: 7, Kind: kind, Actor: "AAA Cares", Link: "https://blog.example.org/aaa#c3", Answer: answer}}
}

func message(v earshot.CaseView, now time.Time) Message {
	return Message{Alert: earshot.Alert{Key: "c1/card/1/care", Kind: earshot.AlertCard, Case: v.Case.ID, Receiver: "care"}, View: v, Now: now, Zone: rome}
}

func TestOneNextStepByStatus(t *testing.T) {
	now := at("Mon 10:00")
	for _, s := range states {
		v := complaint("c1", now)
		s.change(&v, now)
		c := Render(message(v, now))
		if got := v.Case.Status(); got != s.status {
			t.Fatalf("%s: status %s", s.name, got)
		}
		var primary []string
		for _, b := range c.Buttons {
			if b.Primary {
				primary = append(primary, b.ID)
			}
		}
		if strings.Join(primary, " ") != s.primary {
			t.Errorf("%s: primary %v, want %q", s.name, primary, s.primary)
		}
		if !strings.HasPrefix(c.Header, s.header) {
			t.Errorf("%s: header %q, want %q", s.name, c.Header, s.header)
		}
		if n := len(c.More); n != 5 && s.status != "dismissed" {
			t.Errorf("%s: %d choices in the menu, want 5", s.name, n)
		}
		if !strings.HasSuffix(c.Text, ".") || strings.Contains(c.Text, "..") || !strings.Contains(c.Text, "AAA") {
			t.Errorf("%s: the fallback is no sentence: %q", s.name, c.Text)
		}
		if c.Meta.Status != string(s.status) {
			t.Errorf("%s: metadata says %q", s.name, c.Meta.Status)
		}
	}
}

// TestEveryCardInEveryLanguage holds what a card promises: header length, one
// primary while open, nothing unfilled, a sentence.
func TestEveryCardInEveryLanguage(t *testing.T) {
	now := at("Mon 10:00")
	for _, lang := range words.Languages {
		for _, s := range states {
			v := complaint("c1", now)
			v.Title = strings.Repeat("ein langer Titel ", 20)
			v.Earlier, v.EarlierUnanswered, v.Case.Voices, v.Reach = 2, 1, 3, 4
			s.change(&v, now)
			m := message(v, now)
			m.Lang = lang
			c := Render(m)
			if n := len([]rune(c.Header)); n > maxHeader || n < 10 {
				t.Errorf("%s %s: header of %d: %q", lang, s.name, n, c.Header)
			}
			all := c.Header + c.Text + strings.Join(c.Notes, " ") + c.Context.Plain()
			for _, f := range c.Fields {
				for _, l := range f.Value {
					all += f.Name + l.Plain()
				}
			}
			if strings.ContainsAny(all, "{}") {
				t.Errorf("%s %s: unfilled: %s", lang, s.name, all)
			}
			if len(c.Fields) > 7 {
				t.Errorf("%s %s: %d facts", lang, s.name, len(c.Fields))
			}
		}
	}
}

func TestHeaderDoesNotShout(t *testing.T) {
	for title, want := range map[string]string{
		"MY AWFUL DAY WITH AAA!!!": "Complaint - AAA - My awful day with AAA", "UPS lost it": "Complaint - AAA - UPS lost it",
		"": "Complaint - AAA - I called four times.", "Line\nbreak\x00 and \u202etrick": "Complaint - AAA - Line break and trick",
	} {
		v := complaint("c1", at("Mon 10:00"))
		v.Title = title
		if got := Render(message(v, at("Mon 10:00"))).Header; got != want {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"One. Two! Three?", "One. Two!"},
		{"Mr. Smith called the U.S. office. Nobody came. Gone.", "Mr. Smith called the U.S. office. Nobody came."},
		{"It cost $3.50 a day. Twice. Thrice.", "It cost $3.50 a day. Twice."},
		{"很糟糕。没人理！再见。", "很糟糕。没人理！"},
		{"No end", "No end"},
		{"He said “no.” And left. Gone.", "He said “no.” And left."},
		{strings.Repeat("word ", 300), ""},
	} {
		got, cut := sentences(c.text, 2, maxQuote)
		if c.want == "" {
			if !cut || len([]rune(got)) > maxQuote || !strings.HasSuffix(got, "…") {
				t.Errorf("long: cut %v, %d characters", cut, len([]rune(got)))
			}
			continue
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestFactsOfACard(t *testing.T) {
	now := at("Mon 10:00")
	v := complaint("c1", now)
	v.Earlier, v.EarlierUnanswered = 1, 1
	v.Case.Owner, v.Case.Voices, v.Case.Copies, v.Comments = "ana", 2, 1, earshot.CommentsClosed
	v.Case.Clock = earshot.ClockState{Clock: earshot.ClockRunning, Due: now.Add(4 * time.Hour)}
	v.CanAnswer = false
	c := Render(message(v, now))
	var got []string
	for _, f := range c.Fields {
		for _, l := range f.Value {
			got = append(got, f.Name+": "+l.Plain())
		}
	}
	want := []string{"Response: No public response seen", "Response: Due 16 Nov 14:00 CET", "Response: AAA has no known identity there: an answer cannot be seen",
		"Owner: ana, not taken yet", "Cause, a guess: Process. Severity 2 of 4", "Author: Amy: 2nd complaint, 1 earlier one unanswered"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if fmt.Sprint(c.Notes) != "[2 other voices 1 copy Comments are closed there]" {
		t.Errorf("notes %q", c.Notes)
	}
	if why := c.Context.Plain(); why != "Why: rule AAA, “called four times”, confidence 0.91. Published 16 Nov 09:54 CET, found 6 min later. en" {
		t.Errorf("context %q", why)
	}
}

func TestOnlyWhomTheAlertCallsIsMentioned(t *testing.T) {
	now := at("Mon 10:00")
	v := complaint("c1", now)
	v.Case.Owner = "ana"
	mentions := func(m Message) (names []string) {
		c := Render(m)
		for _, f := range c.Fields {
			for _, l := range f.Value {
				for _, p := range l {
					if p.Person != "" {
						names = append(names, p.Person)
					}
				}
			}
		}
		for _, p := range c.Ping {
			names = append(names, "ping "+p.Person)
		}
		return names
	}
	m := message(v, now)
	if got := mentions(m); len(got) != 0 {
		t.Errorf("nobody is called, yet %v", got)
	}
	m.Alert.Notify = []string{"ana"}
	if got := mentions(m); fmt.Sprint(got) != "[ana]" {
		t.Errorf("the owner is called: %v", got)
	}
	m.Alert.Notify = []string{"ben"}
	if got := mentions(m); fmt.Sprint(got) != "[ping ben]" {
		t.Errorf("the deputy is called: %v", got)
	}
}

func TestLines(t *testing.T) {
	now := at("Mon 10:00")
	for _, c := range []struct {
		event earshot.Event
		want  string
	}{
		{earshot.Event{Kind: earshot.EventClaimed, Actor: "ana", Data: earshot.EventData{Owner: "ana"}}, "Ana took it."},
		{earshot.Event{Kind: earshot.EventAssigned, Actor: "ana", Data: earshot.EventData{Owner: "ben"}}, "Ana gave it to ben."},
		{earshot.Event{Kind: earshot.EventOverdue, Data: earshot.EventData{Due: now}}, "Overdue: the answer was due 16 Nov 10:00 CET."},
		{earshot.Event{Kind: earshot.EventReopened}, "Reopened: no answer after all."},
		{earshot.Event{Kind: earshot.EventReopened, Actor: "ben"}, "Ben reopened it."},
		{earshot.Event{Kind: earshot.EventClosed, Actor: "ben", Data: earshot.EventData{Outcome: earshot.OutcomeThanked}}, "Ben closed it: Thanked."},
		{earshot.Event{Kind: earshot.EventAnswerChanged, Actor: "ana", Data: earshot.EventData{To: earshot.AnswerResponded}}, "Ana marked it answered."},
		{earshot.Event{Kind: earshot.EventAnswerChanged, Data: earshot.EventData{To: earshot.AnswerResponded}}, "Answered in public. Official answer by AAA Cares. See the passage as evidence"},
		{earshot.Event{Kind: earshot.EventPromiseMade, Data: earshot.EventData{Due: now}}, "Promised, due 16 Nov 10:00 CET."},
	} {
		v := complaint("c1", now)
		if c.event.Kind == earshot.EventAnswerChanged {
			evidence(&v, earshot.EvidenceOfficial, earshot.AnswerResponded, now)
		}
		c.event.Seq, v.Latest = 5, c.event
		v.Latest.Seq = 5
		m := message(v, now)
		m.Alert.Kind, m.Alert.Event, m.Alert.Step = earshot.AlertLine, c.event.Kind, 5
		if got := Render(m).Text; got != c.want {
			t.Errorf("%s: %q, want %q", c.event.Kind, got, c.want)
		}
	}
}

func TestLists(t *testing.T) {
	now := at("Mon 09:45")
	late, thanks, done := complaint("c1", now), compliment("c2", now), complaint("c3", now)
	late.Case.Clock = earshot.ClockState{Clock: earshot.ClockOverdue, Due: now.Add(-160 * time.Minute)}
	done.Case.Answer = earshot.AnswerResponded
	m := message(earshot.CaseView{}, now)
	m.Alert.Kind, m.Alert.Route = earshot.AlertDigest, "quality"
	m.Links.Base = "https://earshot.example.org"
	m.Health = Health{SourcesOK: 184, Sources: 186, Deaf: []string{"Slow Miles", "Gate Notes"}}
	c := Render(m)
	if c.Text != "Daily quality review, Monday 16 November: nothing waits for an answer." || c.Context.Plain() != "Hearing 184 of 186 sources. Deaf: Slow Miles, Gate Notes." {
		t.Errorf("empty: %q, %q", c.Text, c.Context.Plain())
	}
	m.Views = []earshot.CaseView{done, thanks, late}
	c = Render(m)
	var got []string
	for _, s := range c.Sections {
		got = append(got, s.Title)
		for _, l := range s.Items {
			got = append(got, l.Plain())
		}
	}
	want := "Overdue, 1; 3 h roadside wait, AAA, Amy’s Blog, 2 h 40 over, nobody yet; Not yet thanked, 1; 3 h roadside wait, AAA, Amy’s Blog, waiting 6 min; Settled meanwhile, 1; 3 h roadside wait, AAA, Amy’s Blog, answered"
	if s := strings.Join(got, "; "); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
	if c.Buttons[0].URL != "https://earshot.example.org/" || c.Sections[0].Items[0][0].URL != "https://earshot.example.org/cases/c1" {
		t.Errorf("links: %+v", c.Buttons)
	}
}

func TestWelcomeSpikeAndOps(t *testing.T) {
	now := at("Mon 10:00")
	m := message(earshot.CaseView{}, now)
	m.Alert.Kind = earshot.AlertWelcome
	m.Health = Health{SourcesOK: 1, Sources: 2, Deaf: []string{"Gate Notes"}}
	done := complaint("c0", now)
	done.Case.Work = earshot.WorkClosed
	m.Views = []earshot.CaseView{done, complaint("c1", now), complaint("c2", now)}
	c := Render(m)
	var cards []string
	for _, b := range c.Buttons {
		if b.ID == ButtonCard {
			cards = append(cards, b.Value)
		}
	}
	if fmt.Sprint(cards) != "[c1:1 c2:1]" || !strings.Contains(c.Text, "2 cases") || !strings.Contains(c.Context.Plain(), "Deaf: Gate Notes") {
		t.Errorf("welcome: %v %q %q", cards, c.Text, c.Context.Plain())
	}
	linked := Linked(c, Links{Base: "https://earshot.example.org"})
	if b := linked.Buttons[len(linked.Buttons)-1]; b.URL != "https://earshot.example.org/cases/c2" || b.Text != "Open the case: 3 h roadside wait" {
		t.Errorf("welcome without clicks: %+v", b)
	}
	m.Alert.Kind = earshot.AlertSpike
	m.Spike = &Spike{Brand: "AAA", Intent: earshot.Complaint, Count: 41, Expected: 6.2, Since: now.Add(-3 * time.Hour), Authors: 33, Sites: 21, Answered: 2,
		Drivers: []Driver{{"bag belt", 27}}, First: complaint("c1", now)}
	if c = Render(m); c.Header != "Spike - AAA - 41 complaints in 3 h, 6 expected" || c.Sections[0].Items[0].Plain() != "“bag belt”: 27 of 41" {
		t.Errorf("spike: %q %+v", c.Header, c.Sections)
	}
	m.Spike.Calm = true
	if c = Render(m); c.Text != "The spike about AAA has calmed down." {
		t.Errorf("calm: %q", c.Text)
	}
	m.Alert.Kind, m.Alert.Ops = earshot.AlertOps, &earshot.OpsNotice{Key: "x", What: "Gate Notes has not been read for 7 days.", Do: "Open its page."}
	if c = Render(m); c.Text != "Gate Notes has not been read for 7 days. Open its page." || len(c.Buttons) != 0 {
		t.Errorf("ops: %q", c.Text)
	}
}

func TestDraftReplySpeaksTheAuthorsLanguage(t *testing.T) {
	v := complaint("c1", at("Mon 10:00"))
	for lang, want := range map[string]string{"en": "Hello Amy, thank you for writing", "es": "Hola, Amy: gracias", "it": "Ciao Amy, grazie", "zh": "Amy，您好", "de": "Hello Amy"} {
		v.Lang = lang
		if got := DraftReply(v, "Ana, AAA"); !strings.HasPrefix(got, want) || !strings.HasSuffix(got, "Ana, AAA") {
			t.Errorf("%s: %q", lang, got)
		}
	}
}

func TestLinkedCardsLeadToTheDashboard(t *testing.T) {
	now := at("Mon 10:00")
	links := Links{Base: "https://earshot.example.org"}
	for _, s := range states {
		v := complaint("c1", now)
		s.change(&v, now)
		before := Render(message(v, now))
		for base, l := range map[string]Links{"with": links, "without": {}} {
			c := Linked(before, l)
			primary := 0
			for _, b := range c.Buttons {
				if b.URL == "" {
					t.Errorf("%s %s a dashboard: button %q leads nowhere", s.name, base, b.Text)
				}
				if b.Primary {
					primary++
				}
			}
			if want := len(s.primary) > 0; (primary == 1) != want && len(c.Buttons) > 0 || len(c.More) > 0 {
				t.Errorf("%s %s a dashboard: %d primary, %d in the menu", s.name, base, primary, len(c.More))
			}
		}
	}
}
