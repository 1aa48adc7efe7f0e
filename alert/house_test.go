package alert

import (
	"testing"
	"time"

	"earshot"
)

// rome is where the tests' team works.
var rome = must(time.LoadLocation("Europe/Rome"))

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// at reads "Mon 22:00" in the tests' week, which starts on Monday 16 November
// 2026 in Rome.
func at(s string) time.Time {
	day := must(earshot.ParseWeekday(s[:3]))
	minute := must(earshot.ParseClock(s[4:]))
	offset := (int(day) + 6) % 7
	return time.Date(2026, 11, 16+offset, 0, minute, 0, 0, rome)
}

func cond(key, value string, rest ...string) earshot.Match {
	m := earshot.Match{must(earshot.ParseCondition(key, []string{value}))}
	for i := 0; i+1 < len(rest); i += 2 {
		m = append(m, must(earshot.ParseCondition(rest[i], []string{rest[i+1]})))
	}
	return m
}

// house is the policy of the timelines: care in office hours, an urgent route,
// thanks gathered for 10:00, a ladder to ben.
func house() PolicyInput {
	office := earshot.Calendar{Name: "office", Zone: rome, Hours: must(earshot.ParseHours("Mon-Fri 09:00-18:00")), Holidays: []string{"2026-11-20"}}
	return PolicyInput{
		Zone:      rome,
		Calendars: map[string]earshot.Calendar{"office": office},
		People: earshot.People{
			{Name: "ana", Slack: "U0ANA", Role: earshot.Responder, Zone: rome, Deputy: "ben", Away: []earshot.Away{{From: "2026-11-19", To: "2026-11-19"}}},
			{Name: "ben", Slack: "U0BEN", Role: earshot.Admin, Zone: rome},
		},
		Receivers: []earshot.Receiver{
			{Name: "care", Slack: &earshot.SlackTarget{Channel: "#care"}, Windows: "office", Cap: earshot.Rate{N: 3, Per: 24 * time.Hour}, MinGap: 2 * time.Hour, Fallback: "hook"},
			{Name: "hook", Webhook: &earshot.WebhookTarget{URL: "https://hooks.example.org/x"}},
			{Name: "desk", Mail: &earshot.MailTarget{To: []string{"desk@example.org"}}},
		},
		Routes: []earshot.Route{
			{Name: "everything", Match: cond("tag", "audit"), To: "hook", Continue: true},
			{Name: "complaints", Match: cond("intent", "complaint"), To: "care", Remind: 48 * time.Hour, Escalate: []earshot.Escalation{{After: 2 * time.Hour, To: "ana"}},
				Routes: []earshot.Route{{Name: "loud", Match: cond("voices", ">=5"), Windows: "always"}}},
			{Name: "thanks", Match: cond("intent", "compliment"), To: "care", Digest: "10:00"},
		},
		Digests:        []DigestSpec{{Name: "quality", To: "care", At: "09:45"}, {Name: "weekly", To: "desk", At: "Tue 10:00"}},
		Ops:            "hook",
		AlertThreshold: 0.7,
	}
}

func policy(t testing.TB, in PolicyInput) *Policy {
	t.Helper()
	p, faults := NewPolicy(in)
	for _, f := range faults {
		if !f.Warn {
			t.Fatalf("%s: %v", f.Path, f)
		}
	}
	return p
}

// complaint is a sure complaint of severity 2, published and found at t.
func complaint(id string, t time.Time) earshot.CaseView {
	c := earshot.Case{ID: id, Brand: "AAA", Rev: 1, Work: earshot.WorkNew, Answer: earshot.AnswerNone, Clock: earshot.ClockState{Clock: earshot.ClockNone},
		Label:     earshot.Label{Intent: earshot.Complaint, Sentiment: earshot.Negative, Severity: 2, Facet: earshot.FacetProcess, Confidence: 0.91},
		Published: t.Add(-6 * time.Minute), FirstSeen: t, Opened: t}
	return earshot.CaseView{Case: c, Title: "3 h roadside wait", Quote: "I called four times. Nobody came for three hours! I waited in the rain.", Lang: "en",
		URL: "https://blog.example.org/aaa", Site: "blog.example.org", SiteName: "Amy’s Blog", Kind: earshot.Post, Author: earshot.Author{Name: "Amy"},
		Published: t.Add(-6 * time.Minute), FirstSeen: t, Rule: "AAA", Tier: "standard", CanAnswer: true,
		Verdict: earshot.Verdict{Evidence: earshot.Passage{Text: "called four times"}}}
}

func compliment(id string, t time.Time) earshot.CaseView {
	v := complaint(id, t)
	v.Case.Label = earshot.Label{Intent: earshot.Compliment, Sentiment: earshot.Positive, Confidence: 0.9}
	return v
}
