package alert

import (
	"strings"
	"testing"
	"time"

	"earshot"
)

// timeline plays triggers through Plan as the daemon does: reach, plan, record.
type timeline struct {
	t     *testing.T
	p     *Policy
	tally map[string]earshot.Tally
	views map[string]earshot.CaseView
	all   []earshot.Alert
}

func newTimeline(t *testing.T, in PolicyInput) *timeline {
	return &timeline{t: t, p: policy(t, in), tally: map[string]earshot.Tally{}, views: map[string]earshot.CaseView{}}
}

// of gives the tallies as Plan sees them: what is about another case is hidden.
func (l *timeline) of(id string, names []string) map[string]earshot.Tally {
	out := map[string]earshot.Tally{}
	for _, name := range names {
		tl := l.tally[name]
		tl.HasCard, tl.FirstCard, tl.LastSend = false, time.Time{}, time.Time{}
		for _, a := range l.all {
			if a.Receiver != name || a.Case != id || a.Reason != "" {
				continue
			}
			if a.Kind == earshot.AlertCard {
				tl.HasCard, tl.FirstCard = true, a.Created
			}
			if a.Kind != earshot.AlertEdit && (a.Kind != earshot.AlertLine || a.Broadcast) {
				tl.LastSend = a.Created
			}
		}
		out[name] = tl
	}
	return out
}

func (l *timeline) play(tr earshot.Trigger, v earshot.CaseView, now time.Time) []earshot.Alert {
	l.views[v.Case.ID] = v
	got := Plan(tr, v, l.p, l.of(v.Case.ID, l.p.Reach(tr, v)), now)
	l.keep(got)
	return got
}

func (l *timeline) event(kind earshot.EventKind, v earshot.CaseView, now time.Time) []earshot.Alert {
	return l.play(earshot.Trigger{Event: earshot.Event{Case: v.Case.ID, Seq: v.Case.Rev, Kind: kind, At: now}}, v, now)
}

func (l *timeline) tick(v earshot.CaseView, now time.Time) []earshot.Alert {
	return l.play(earshot.Trigger{Tick: true}, v, now)
}

func (l *timeline) receiver(name string, now time.Time) []earshot.Alert {
	got := PlanReceiver(l.p, name, l.tally[name], now)
	l.keep(got)
	return got
}

func (l *timeline) keep(alerts []earshot.Alert) {
	l.tally = Record(l.tally, alerts)
	l.all = append(l.all, alerts...)
}

// said writes alerts as a timeline reads: receiver kind, or receiver reason.
func said(alerts []earshot.Alert) string {
	var out []string
	for _, a := range alerts {
		what := string(a.Kind)
		if a.Reason != "" {
			what = string(a.Reason)
		}
		if a.Broadcast {
			what += "!"
		}
		if a.Urgent {
			what += " urgent"
		}
		if len(a.Notify) > 0 {
			what += " @" + strings.Join(a.Notify, ",")
		}
		if len(a.Cases) > 0 {
			what += " [" + strings.Join(a.Cases, " ") + "]"
		}
		out = append(out, strings.TrimSpace(a.Receiver+" "+what))
	}
	return strings.Join(out, "; ")
}

func want(t *testing.T, when string, got []earshot.Alert, want string) {
	t.Helper()
	if s := said(got); s != want {
		t.Errorf("%s: got %q, want %q", when, s, want)
	}
	for _, a := range got {
		if a.Why == "" || a.Subject == "" || a.Key != earshot.AlertKey(a.Subject, a.Kind, a.Step, a.Receiver) {
			t.Errorf("%s: alert without why, subject or its own key: %+v", when, a)
		}
	}
}

func with(v earshot.CaseView, change func(*earshot.Case)) earshot.CaseView {
	v.Case.Rev++
	change(&v.Case)
	return v
}

func TestNightIsHeldAndSummedUpInTheMorning(t *testing.T) {
	l := newTimeline(t, house())
	want(t, "Mon 22:00 complaint", l.event(earshot.EventOpened, complaint("c1", at("Mon 22:00")), at("Mon 22:00")), "care held_window")
	want(t, "Mon 23:30 complaint", l.event(earshot.EventOpened, complaint("c2", at("Mon 23:30")), at("Mon 23:30")), "care held_window")
	want(t, "Tue 03:00 nothing", l.receiver("care", at("Tue 03:00")), "")
	if next := l.p.NextTick("care", l.tally["care"], at("Tue 03:00")); !next.Equal(at("Tue 09:00")) {
		t.Errorf("next tick %s, want Tuesday 09:00", next)
	}
	want(t, "Tue 09:00 opening", l.receiver("care", at("Tue 09:00")), "care summary [c1 c2]")
	want(t, "Tue 09:01 nothing twice", l.receiver("care", at("Tue 09:01")), "")
	want(t, "Tue 09:05 complaint", l.event(earshot.EventOpened, complaint("c3", at("Tue 09:05")), at("Tue 09:05")), "care card")
}

func TestSeverityFourAndKeyAccountsPassTheNight(t *testing.T) {
	l := newTimeline(t, house())
	v := complaint("c1", at("Mon 22:00"))
	v.Case.Label.Severity, v.Case.Owner = 4, "ana"
	want(t, "Mon 22:00 severity 4", l.event(earshot.EventOpened, v, at("Mon 22:00")), "care card urgent @ana")
	if !strings.Contains(l.all[0].Why, "severity 4") {
		t.Errorf("the pass is not logged: %q", l.all[0].Why)
	}
	v = complaint("c2", at("Mon 22:00"))
	v.Tier = "key"
	want(t, "Mon 22:00 key account", l.event(earshot.EventOpened, v, at("Mon 22:00")), "care card urgent")
	v = complaint("c3", at("Mon 22:00"))
	v.Case.Label.Severity, v.Case.Label.Unsure = 4, true
	want(t, "Mon 22:00 severity 4, unsure", l.event(earshot.EventOpened, v, at("Mon 22:00")), "care held_window")
}

func TestHolidayIsNight(t *testing.T) {
	l := newTimeline(t, house())
	want(t, "Fri 10:00, a holiday", l.event(earshot.EventOpened, complaint("c1", at("Fri 10:00")), at("Fri 10:00")), "care held_window")
	if next := l.p.NextTick("care", earshot.Tally{Held: l.tally["care"].Held, LastDigest: at("Fri 09:45")}, at("Sun 12:00")); !next.Equal(at("Mon 09:00").AddDate(0, 0, 7)) {
		t.Errorf("next tick %s, want the next Monday 09:00", next)
	}
}

func TestCapOverflowsToTheNextDay(t *testing.T) {
	l := newTimeline(t, house())
	for i, id := range []string{"c1", "c2", "c3"} {
		now := at("Mon 10:00").Add(time.Duration(i) * time.Minute)
		want(t, id, l.event(earshot.EventOpened, complaint(id, now), now), "care card")
	}
	want(t, "the fourth of three a day", l.event(earshot.EventOpened, complaint("c4", at("Mon 11:00")), at("Mon 11:00")), "care capped")
	want(t, "an edit is not counted", l.event(earshot.EventVoice, with(complaint("c1", at("Mon 11:01")), func(c *earshot.Case) { c.Voices = 1 }), at("Mon 11:01")), "care edit")
	want(t, "Mon 23:59", l.receiver("care", at("Mon 23:59")), "")
	want(t, "Tue 09:00", l.receiver("care", at("Tue 09:00")), "care summary [c4]")
	want(t, "Tue 09:01 counts anew", l.event(earshot.EventOpened, complaint("c5", at("Tue 09:01")), at("Tue 09:01")), "care card")
}

func TestTheCardLivesUntilAnswered(t *testing.T) {
	l := newTimeline(t, house())
	v := complaint("c1", at("Mon 10:00"))
	v.Case.Owner = "ana"
	want(t, "opened", l.event(earshot.EventOpened, v, at("Mon 10:00")), "care card @ana")
	v = with(v, func(c *earshot.Case) { c.Copies = 1 })
	want(t, "a copy", l.event(earshot.EventCopied, v, at("Mon 10:10")), "care edit")
	v = with(v, func(c *earshot.Case) { c.Clock.Clock = earshot.ClockDueSoon })
	want(t, "due soon", l.event(earshot.EventDueSoon, v, at("Mon 11:00")), "care edit")
	v = with(v, func(c *earshot.Case) { c.Clock.Clock = earshot.ClockOverdue })
	want(t, "overdue", l.event(earshot.EventOverdue, v, at("Mon 14:00")), "care line! @ana")
	v = with(v, func(c *earshot.Case) { c.Work = earshot.WorkClaimed })
	claim := earshot.Trigger{Event: earshot.Event{Case: "c1", Seq: v.Case.Rev, Kind: earshot.EventClaimed, Actor: "ana"}}
	want(t, "ana takes it", l.play(claim, v, at("Mon 14:05")), "care line")
	v = with(v, func(c *earshot.Case) { c.Answer = earshot.AnswerResponded; c.Clock.Clock = earshot.ClockNone })
	answered := earshot.Trigger{Event: earshot.Event{Case: "c1", Seq: v.Case.Rev, Kind: earshot.EventAnswerChanged, Data: earshot.EventData{From: earshot.AnswerNone, To: earshot.AnswerResponded}}}
	want(t, "answered", l.play(answered, v, at("Mon 15:00")), "care line")
	want(t, "two days on, no reminder", l.tick(v, at("Wed 10:01")), "")
	v = with(v, func(c *earshot.Case) { c.Answer = earshot.AnswerNone })
	want(t, "the author says nope, at night", l.event(earshot.EventReopened, v, at("Wed 22:00")), "care held_window")
	want(t, "Thu 09:00: told, and the card follows", l.receiver("care", at("Thu 09:00")), "care summary [c1]; care edit")
}

func TestRemindersAndTheLadder(t *testing.T) {
	l := newTimeline(t, house())
	v := complaint("c1", at("Mon 17:00"))
	v.Case.Owner, v.Case.SLA = "ana", &earshot.SLA{Answer: 4 * time.Hour, Calendar: "office"}
	want(t, "opened", l.event(earshot.EventOpened, v, at("Mon 17:00")), "care card @ana")
	if next := l.p.NextCaseTick(v, l.of("c1", l.p.Reach(earshot.Trigger{Tick: true}, v)), at("Mon 17:01")); !next.Equal(at("Tue 10:00")) {
		t.Errorf("next tick %s, want Tuesday 10:00, two office hours on", next)
	}
	want(t, "Mon 23:00, the office is closed", l.tick(v, at("Mon 23:00")), "")
	want(t, "Tue 10:00, two office hours", l.tick(v, at("Tue 10:00")), "ana escalate @ana")
	want(t, "Tue 10:01, once", l.tick(v, at("Tue 10:01")), "")
	want(t, "Wed 17:00, two days", l.tick(v, at("Wed 17:00")), "care remind @ana")
	want(t, "Wed 17:01, once", l.tick(v, at("Wed 17:01")), "")
	snoozed := with(v, func(c *earshot.Case) { c.Snoozed = at("Sun 12:00") })
	want(t, "Fri 17:00, snoozed", l.tick(snoozed, at("Fri 17:00")), "")
	want(t, "Fri 17:00, a holiday", l.tick(v, at("Fri 17:00")), "care held_window")
}

func TestMinGapSwallowsAReminder(t *testing.T) {
	l := newTimeline(t, house())
	v := complaint("c1", at("Mon 10:00"))
	l.event(earshot.EventOpened, v, at("Mon 10:00"))
	v = with(v, func(c *earshot.Case) { c.Clock.Clock = earshot.ClockOverdue })
	l.event(earshot.EventOverdue, v, at("Wed 09:30"))
	l.tally["ana"] = earshot.Tally{PlannedKey: map[string]bool{"c1/escalate/1/ana": true}}
	want(t, "half an hour after the broadcast", l.tick(v, at("Wed 10:00")), "care min_gap")
}

func TestTheDeputyIsToldWhileAway(t *testing.T) {
	l := newTimeline(t, house())
	v := complaint("c1", at("Wed 17:00"))
	v.Case.Owner = "ana"
	l.event(earshot.EventOpened, v, at("Wed 17:00"))
	want(t, "Thu, ana is away", l.tick(v, at("Thu 09:00")), "ben escalate @ben")
	want(t, "Sat, ana is back: not twice", l.tick(v, at("Sat 09:00")), "care held_window")
}

func TestNobodyIsPagedForAGuess(t *testing.T) {
	for name, change := range map[string]func(*earshot.Label){
		"unsure":        func(l *earshot.Label) { l.Unsure = true },
		"low threshold": func(l *earshot.Label) { l.Confidence = 0.65 },
	} {
		l := newTimeline(t, house())
		v := complaint("c1", at("Mon 10:00"))
		v.Case.Owner = "ana"
		change(&v.Case.Label)
		want(t, name+": no mention", l.event(earshot.EventOpened, v, at("Mon 10:00")), "care card")
		v = with(v, func(c *earshot.Case) { c.Clock.Clock = earshot.ClockOverdue })
		want(t, name+": no broadcast", l.event(earshot.EventOverdue, v, at("Mon 14:00")), "care line")
		want(t, name+": no ladder", l.tick(v, at("Mon 15:00")), "")
	}
}

func TestThanksAreGatheredForTen(t *testing.T) {
	l := newTimeline(t, house())
	l.tally["care"] = earshot.Tally{LastDigest: at("Tue 09:45")}
	want(t, "Mon 15:00", l.event(earshot.EventOpened, compliment("c1", at("Mon 15:00")), at("Mon 15:00")), "care digested")
	want(t, "Mon 16:00", l.event(earshot.EventVoice, with(compliment("c1", at("Mon 15:00")), func(c *earshot.Case) { c.Voices++ }), at("Mon 16:00")), "care grouped")
	want(t, "Tue 09:59", l.receiver("care", at("Tue 09:59")), "")
	if next := l.p.NextTick("care", l.tally["care"], at("Tue 09:59")); !next.Equal(at("Tue 10:00")) {
		t.Errorf("next tick %s, want 10:00", next)
	}
	want(t, "Tue 10:00", l.receiver("care", at("Tue 10:00")), "care digest [c1]")
	want(t, "Tue 10:01", l.receiver("care", at("Tue 10:01")), "")
}

func TestDigestsOfTheirOwn(t *testing.T) {
	l := newTimeline(t, house())
	l.tally["care"] = earshot.Tally{LastDigest: at("Mon 09:45")}
	want(t, "Tue 09:45 daily, though nothing happened", l.receiver("care", at("Tue 09:45")), "care digest")
	want(t, "once", l.receiver("care", at("Tue 09:46")), "")
	want(t, "Wed 12:00, late but today", l.receiver("care", at("Wed 12:00")), "care digest")
	want(t, "Fri 09:45, a holiday", l.receiver("care", at("Fri 09:45")), "")
	want(t, "weekly, never sent before, hours late", l.receiver("desk", at("Tue 15:00")), "")
	want(t, "weekly on the minute", l.receiver("desk", at("Tue 10:00")), "desk digest")
}

func TestDigestTimeSurvivesTheClockChange(t *testing.T) {
	d := digest{minute: 2*60 + 30}
	spring := time.Date(2026, 3, 28, 12, 0, 0, 0, rome) // the night in which 02:30 does not exist
	if got := d.next(spring, rome); got.Format("02 15:04") != "29 03:30" {
		t.Errorf("spring: %s", got)
	}
	autumn := time.Date(2026, 10, 24, 12, 0, 0, 0, rome) // the night in which 02:30 exists twice
	first := d.next(autumn, rome)
	if again := d.next(first, rome); again.Format("02 15:04") != "26 02:30" {
		t.Errorf("autumn: sent twice, %s then %s", first, again)
	}
}

func TestWhatIsNotSentSaysWhy(t *testing.T) {
	now := at("Mon 10:00")
	mute := earshot.Mute{ID: 1, Who: "ben", Why: "known outage", Until: at("Tue 10:00"), Match: cond("brand", "AAA")}
	for _, c := range []struct {
		name   string
		change func(*earshot.CaseView)
		reason earshot.Reason
		tally  earshot.Tally
		want   string
	}{
		{name: "first read", reason: earshot.ReasonFirstRead, want: "first_read"},
		{name: "backfill", reason: earshot.ReasonBackfill, want: "backfill"},
		{name: "flood", reason: earshot.ReasonFlood, want: "flood"},
		{name: "competitor", change: func(v *earshot.CaseView) { v.Competitor = true }, want: "competitor"},
		{name: "no route", change: func(v *earshot.CaseView) { v.Case.Label.Intent = earshot.Question }, want: "no_route"},
		{name: "no intent", change: func(v *earshot.CaseView) { v.Case.Label.Intent = earshot.NoIntent }, want: "intent_none"},
		{name: "late find", change: func(v *earshot.CaseView) { v.Case.Published = now.AddDate(0, 0, -15) }, want: "care stale"},
		{name: "muted", tally: earshot.Tally{Mutes: []earshot.Mute{mute}}, want: "care muted"},
		{name: "in a spike", tally: earshot.Tally{Spike: "s1"}, want: "care in_spike"},
		{name: "answered before it was found", change: func(v *earshot.CaseView) { v.Case.Answer = earshot.AnswerResponded }, want: "care answered_meanwhile"},
	} {
		v := complaint("c1", now)
		if c.change != nil {
			c.change(&v)
		}
		l := newTimeline(t, house())
		l.tally["care"] = c.tally
		tr := earshot.Trigger{Reason: c.reason, Event: earshot.Event{Case: "c1", Seq: 1, Kind: earshot.EventOpened}}
		want(t, c.name, l.play(tr, v, now), c.want)
	}
}

func TestASilentCaseSpeaksOnlyWhenSomebodyDoes(t *testing.T) {
	l := newTimeline(t, house())
	v := complaint("c1", at("Mon 10:00"))
	v.Case.Silent = earshot.ReasonFirstRead
	want(t, "opened", l.event(earshot.EventOpened, v, at("Mon 10:00")), "first_read")
	v = with(v, func(c *earshot.Case) { c.Clock.Clock = earshot.ClockOverdue })
	want(t, "the clock alone says nothing", l.event(earshot.EventOverdue, v, at("Mon 14:00")), "first_read")
	v = with(v, func(c *earshot.Case) {})
	want(t, "the author writes again", l.event(earshot.EventReopened, v, at("Mon 15:00")), "care card")
}

func TestACorrectedLabelStillChangesTheOldCard(t *testing.T) {
	in := house()
	in.Routes[2].To, in.Routes[2].Digest = "desk", ""
	l := newTimeline(t, in)
	v := compliment("c1", at("Mon 10:00"))
	want(t, "a compliment", l.event(earshot.EventOpened, v, at("Mon 10:00")), "desk card")
	v = with(v, func(c *earshot.Case) { c.Label = complaint("", at("Mon 10:00")).Case.Label })
	want(t, "ana says complaint", l.event(earshot.EventCorrected, v, at("Mon 10:05")), "care grouped; desk edit")
	v = with(v, func(c *earshot.Case) { c.Clock.Clock = earshot.ClockOverdue })
	want(t, "overdue", l.event(earshot.EventOverdue, v, at("Mon 14:00")), "care card; desk line!")
}

func TestOpsHearOnce(t *testing.T) {
	l := newTimeline(t, house())
	tr := earshot.Trigger{Ops: &earshot.OpsNotice{Key: "feed-1:dead", What: "Amy’s Blog has not been read for 7 days", Do: "look at its page"}}
	want(t, "first", l.play(tr, earshot.CaseView{}, at("Mon 03:00")), "hook ops")
	want(t, "again", l.play(tr, earshot.CaseView{}, at("Mon 04:00")), "")
}

func TestNestedRouteOverridesItsReceiver(t *testing.T) {
	l := newTimeline(t, house())
	v := complaint("c1", at("Mon 22:00"))
	v.Case.Voices = 5
	want(t, "Mon 22:00, loud: windows always", l.event(earshot.EventOpened, v, at("Mon 22:00")), "care card")
	if l.all[0].Route != "loud" {
		t.Errorf("route %q, want the deeper one", l.all[0].Route)
	}
	v = complaint("c2", at("Mon 10:00"))
	v.Tags = []string{"audit"}
	want(t, "continue reaches both", l.event(earshot.EventOpened, v, at("Mon 10:00")), "hook card; care card")
}
