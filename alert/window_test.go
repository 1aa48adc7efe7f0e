package alert

import (
	"testing"

	"earshot"
)

func TestACardThatMissedTheWindowWaitsForTheNext(t *testing.T) {
	l := newTimeline(t, house())
	card := l.event(earshot.EventOpened, complaint("c1", at("Mon 17:59")), at("Mon 17:59"))
	if d, r := Release(card[0], l.views["c1"], l.p, at("Mon 18:30")); d != DecisionDrop || r != earshot.ReasonHeldWindow {
		t.Fatalf("%s %s", d, r)
	}
	held := earshot.Tally{Receiver: "care", LastDigest: at("Mon 09:45"), Held: []earshot.Held{{Case: "c1", Key: card[0].Key, Route: "complaints", Reason: earshot.ReasonHeldWindow, At: at("Mon 17:59")}}}
	want(t, "Mon 18:31, still shut", PlanReceiver(l.p, "care", held, at("Mon 18:31")), "")
	if next := l.p.NextTick("care", held, at("Mon 18:31")); !next.Equal(at("Tue 09:00")) {
		t.Errorf("next tick %s, want Tuesday 09:00", next)
	}
	want(t, "Tue 09:00", PlanReceiver(l.p, "care", held, at("Tue 09:00")), "care summary [c1]")
}

func TestHiddenPreviewsAMute(t *testing.T) {
	l := newTimeline(t, house())
	other := complaint("c2", at("Mon 10:00"))
	other.Case.Brand = "BBB"
	l.event(earshot.EventOpened, complaint("c1", at("Mon 10:00")), at("Mon 10:00"))
	l.event(earshot.EventOpened, other, at("Mon 10:01"))
	l.event(earshot.EventVoice, with(complaint("c1", at("Mon 10:00")), func(c *earshot.Case) {}), at("Mon 10:02"))
	got := Hidden(earshot.Mute{Match: cond("brand", "AAA")}, l.all, l.views)
	if len(got) != 1 || got[0].Case != "c1" || got[0].Kind != earshot.AlertCard {
		t.Errorf("%s", said(got))
	}
}

func TestMutedCasesAreEditedSilently(t *testing.T) {
	l := newTimeline(t, house())
	v := complaint("c1", at("Mon 10:00"))
	l.event(earshot.EventOpened, v, at("Mon 10:00"))
	tl := l.tally["care"]
	tl.Mutes = []earshot.Mute{{Who: "ben", Why: "known", Until: at("Tue 10:00"), Match: cond("brand", "AAA")}}
	l.tally["care"] = tl
	v = with(v, func(c *earshot.Case) { c.Clock.Clock = earshot.ClockOverdue })
	want(t, "overdue while muted", l.event(earshot.EventOverdue, v, at("Mon 14:00")), "care edit")
	claim := earshot.Trigger{Event: earshot.Event{Case: "c1", Seq: v.Case.Rev + 1, Kind: earshot.EventClaimed, Actor: "ana"}}
	want(t, "what a person does is still said", l.play(claim, v, at("Mon 14:05")), "care line")
}
