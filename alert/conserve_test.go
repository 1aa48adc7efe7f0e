package alert

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"earshot"
)

// drawView makes any case.
func drawView(r *rapid.T, id string, now time.Time) earshot.CaseView {
	v := complaint(id, now)
	v.Case.Label.Intent = rapid.SampledFrom(earshot.Intents).Draw(r, "intent")
	v.Case.Label.Severity = rapid.IntRange(0, 4).Draw(r, "severity")
	v.Case.Label.Unsure = rapid.Bool().Draw(r, "unsure")
	v.Case.Label.Confidence = rapid.Float64Range(0.3, 1).Draw(r, "confidence")
	v.Case.Answer = rapid.SampledFrom(earshot.Answers).Draw(r, "answer")
	v.Case.Work = rapid.SampledFrom([]earshot.Work{earshot.WorkNew, earshot.WorkClaimed, earshot.WorkClosed, earshot.WorkDismissed}).Draw(r, "work")
	v.Case.Owner = rapid.SampledFrom([]string{"", "ana", "ben"}).Draw(r, "owner")
	v.Case.Published = now.AddDate(0, 0, -rapid.IntRange(0, 20).Draw(r, "age"))
	v.Case.Voices = rapid.IntRange(0, 6).Draw(r, "voices")
	v.Case.Silent = rapid.SampledFrom([]earshot.Reason{"", "", earshot.ReasonFirstRead}).Draw(r, "silent")
	v.Competitor = rapid.IntRange(0, 9).Draw(r, "competitor") == 0
	v.Tier = rapid.SampledFrom([]string{"standard", "key"}).Draw(r, "tier")
	if rapid.Bool().Draw(r, "audited") {
		v.Tags = []string{"audit"}
	}
	return v
}

var kinds = []earshot.EventKind{earshot.EventOpened, earshot.EventVoice, earshot.EventCopied, earshot.EventClaimed, earshot.EventAnswerChanged,
	earshot.EventPromiseMade, earshot.EventPromiseDue, earshot.EventPromiseBroken, earshot.EventDueSoon, earshot.EventOverdue, earshot.EventCorrected,
	earshot.EventClosed, earshot.EventReopened, earshot.EventDismissed, earshot.EventMerged, earshot.EventRecurred, earshot.EventSpiked, earshot.EventUndone}

// TestConservation plays random weeks: every event ends at each receiver it
// reaches, or once at nobody, in exactly one alert; every key is new; and what
// was held is listed in exactly one summary or digest.
func TestConservation(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		l := &timeline{t: t, p: policy(t, house()), tally: map[string]earshot.Tally{}, views: map[string]earshot.CaseView{}}
		l.tally["care"] = earshot.Tally{LastDigest: at("Mon 00:00"), Spike: rapid.SampledFrom([]string{"", "", "s1"}).Draw(r, "spike")}
		now, listed := at("Mon 00:00"), map[string]int{}
		for i := range rapid.IntRange(1, 40).Draw(r, "events") {
			now = now.Add(time.Duration(rapid.IntRange(1, 600).Draw(r, "minutes")) * time.Minute)
			v := drawView(r, fmt.Sprintf("c%d", rapid.IntRange(1, 5).Draw(r, "case")), now)
			v.Case.Rev = i + 1
			tr := earshot.Trigger{Event: earshot.Event{Case: v.Case.ID, Seq: i + 1, Kind: rapid.SampledFrom(kinds).Draw(r, "kind"), Actor: rapid.SampledFrom([]string{"", "ana"}).Draw(r, "actor")}}
			tr.Reason = rapid.SampledFrom([]earshot.Reason{"", "", "", earshot.ReasonBackfill}).Draw(r, "silence")
			onePerReceiver(r, l, tr, v, now)
			for _, a := range l.tick(v, now) {
				if a.Reason == "" && (settled(v.Case) || v.Competitor) {
					r.Fatalf("%s pressed somebody about a case that is %s", a.Key, v.Case.Status())
				}
			}
			for _, name := range []string{"care", "hook", "desk", "ana", "ben"} {
				count(listed, l.receiver(name, now))
			}
		}
		for _, name := range []string{"care", "desk"} {
			count(listed, l.receiver(name, l.p.windowOf(name).NextOpen(now.AddDate(0, 0, 7))))
		}
		accounted(r, l, listed)
	})
}

func onePerReceiver(r *rapid.T, l *timeline, tr earshot.Trigger, v earshot.CaseView, now time.Time) {
	before := len(l.all)
	got := l.play(tr, v, now)
	seen := map[string]bool{}
	for _, a := range got {
		if seen[a.Receiver] {
			r.Fatalf("two alerts for one receiver: %s", said(got))
		}
		seen[a.Receiver] = true
		if slices.ContainsFunc(l.all[:before], func(b earshot.Alert) bool { return b.Key == a.Key }) {
			r.Fatalf("key twice: %s", a.Key)
		}
		if a.Reason != "" && !slices.Contains(earshot.Reasons, a.Reason) || a.Why == "" {
			r.Fatalf("reason %q, why %q", a.Reason, a.Why)
		}
		if (a.Receiver == "") != (len(got) == 1 && a.Receiver == "") {
			r.Fatalf("nobody and somebody: %s", said(got))
		}
	}
	if len(got) == 0 {
		r.Fatalf("an event without any reason")
	}
	for _, h := range l.p.Match(v.Labels()) {
		if !v.Competitor && tr.Reason == "" && v.Case.Silent == "" && !seen[h.Receiver] && !seen[""] {
			r.Fatalf("receiver %s has no reason: %s", h.Receiver, said(got))
		}
	}
}

// count notes which cases a receiver was told of in lists.
func count(listed map[string]int, alerts []earshot.Alert) {
	for _, a := range alerts {
		for _, id := range a.Cases {
			listed[a.Receiver+" "+id]++
		}
	}
}

// accounted checks that nothing that was held is lost.
func accounted(r *rapid.T, l *timeline, listed map[string]int) {
	for _, a := range l.all {
		switch a.Reason {
		case earshot.ReasonHeldWindow, earshot.ReasonCapped, earshot.ReasonDigested:
			if listed[a.Receiver+" "+a.Case] == 0 {
				r.Fatalf("%s was %s and never listed: %s", a.Key, a.Reason, a.Why)
			}
		}
	}
}

// TestPlanIsPure plans twice from the same values.
func TestPlanIsPure(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		now := at("Mon 00:00").Add(time.Duration(rapid.IntRange(0, 10000).Draw(r, "minutes")) * time.Minute)
		v := drawView(r, "c1", now)
		p := policy(t, house())
		tally := map[string]earshot.Tally{"care": {HasCard: rapid.Bool().Draw(r, "card")}, "hook": {}, "desk": {HasCard: rapid.Bool().Draw(r, "card")}}
		tr := earshot.Trigger{Event: earshot.Event{Case: "c1", Seq: 1, Kind: rapid.SampledFrom(kinds).Draw(r, "kind")}}
		if a, b := Plan(tr, v, p, tally, now), Plan(tr, v, p, tally, now); fmt.Sprint(a) != fmt.Sprint(b) {
			r.Fatalf("%v\n%v", a, b)
		}
	})
}
