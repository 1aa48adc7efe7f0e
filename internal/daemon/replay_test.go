package daemon

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/store"
)

// replayConfig has everything that holds messages back: windows, a cap, groups,
// gaps, reminders, a ladder, digests, mutes by hand.
const replayConfig = `
zone: UTC
storage: {dsn: "sqlite:%[1]s/e.db"}
crawl: {per_host: 2000000000, interval: {min: 20m, max: 20m}, revisit: [30d]}
people: [{name: ana, slack: U024BE7LH}, {name: ben, slack: U0BEN000001}]
brands: [{name: Norvane, owner: ana, sla: [{match: {intent: complaint}, answer: 30h}]}, {name: Quorix}, {name: Telvanta}]
accounts: [{name: Client, match: {author: Dora Key}, tier: key}]
sources: [{feed: "http://blog.example/feed.xml"}]
calendars: {office: {zone: UTC, hours: "Mon-Fri 09:00-17:00"}}
receivers:
  - {name: care, slack: {channel: "#care"}, windows: office, cap: 6/d, group: 30s, min_gap: 2h}
  - {name: desk, slack: {channel: "#desk"}}
routes:
  - {name: others, match: {brand: Quorix}, to: desk, digest: "10:00"}
  - {name: ours, match: {brand: Norvane}, to: care, remind: 20h, escalate: [{after: 5h, to: ben}]}
digests: {quality: {to: care, at: "09:45"}}
ops: desk
slack: {bot_token: "file:%[1]s/token", api_url: "http://slack.example/api/"}
`

// liveWeek plays five days live and returns when they ended.
func liveWeek(t *testing.T) (o *outageWorld, until time.Time) {
	o = openOutage(t, replayConfig)
	o.run()
	time.Sleep(8 * time.Hour)
	for step := range 16 {
		o.complain(1+step%4, []string{"Norvane", "Norvane", "Telvanta"}[step%3], step%7 == 3)
		time.Sleep(5 * time.Hour)
		verb := []earshot.Verb{earshot.VerbClaim, earshot.VerbNote, earshot.VerbAnswered, earshot.VerbSnooze, earshot.VerbReopen}[step%5]
		o.act(verb, 1, func(v earshot.CaseView) bool {
			return v.Case.Answer.Given() == (verb == earshot.VerbReopen) && v.Case.Brand == "Norvane"
		})
		if step == 9 {
			mute := earshot.Action{Verb: earshot.VerbMute, Actor: "ben", Args: earshot.Args{Match: "brand=Norvane", Text: "a known fault", Until: o.daemon.now().Add(9 * time.Hour)}}
			if _, err := o.daemon.Do(t.Context(), mute); err != nil {
				t.Fatal(err)
			}
		}
	}
	until = o.daemon.now()
	o.stop()
	return o, until
}

// TestReplayTellsALivePeriodAgain plays days live, then again from the store:
// the same alerts by key, each with the same reason, from wherever it begins.
func TestReplayTellsALivePeriodAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		o, until := liveWeek(t)
		cfg, _ := config.Load(o.path, config.Options{})
		live := storedLog(t, o.fast)
		t.Logf("%d alerts live: %v", len(live), reasonCounts(live))
		for _, since := range []time.Time{until.Add(-30 * 24 * time.Hour), live[len(live)/3].Created, live[len(live)*2/3].Created} {
			got, err := Replay(t.Context(), cfg, ReplayOptions{Since: since, Until: until})
			if err != nil {
				t.Fatal(err)
			}
			want := slices.DeleteFunc(slices.Clone(live), func(r Replayed) bool { return r.Created.Before(since) })
			printed(t, got, ReplayOptions{Since: since, Until: until})
			if d := differ(want, got); len(d) > 0 || len(want) < 20 {
				t.Errorf("since %s (%d alerts) it came out differently:\n%s", since, len(want), strings.Join(d, "\n"))
			}
		}
	})
}

// printed checks that every message and every reason stands in what people read.
func printed(t *testing.T, alerts []Replayed, o ReplayOptions) {
	t.Helper()
	var b strings.Builder
	if err := PrintReplay(&b, alerts, o, time.UTC); err != nil {
		t.Fatal(err)
	}
	if os.Getenv("EARSHOT_TEST_LOG") != "" {
		t.Log(b.String())
	}
	for _, r := range alerts {
		if r.Reason != "" && r.Reason != earshot.ReasonSent && r.Reason != earshot.ReasonEdited && !strings.Contains(b.String(), string(r.Reason)) {
			t.Errorf("%s is %s, and nothing says so:\n%s", r.Key, r.Reason, b.String())
		}
	}
	if lines := strings.Count(b.String(), "\n    "); lines != len(slices.DeleteFunc(slices.Clone(alerts), func(r Replayed) bool { return !message(r.Alert) })) {
		t.Errorf("%d messages are printed:\n%s", lines, b.String())
	}
}

func reasonCounts(log []Replayed) map[earshot.Reason]int {
	n := map[earshot.Reason]int{}
	for _, r := range log {
		n[r.Reason]++
	}
	return n
}

// storedLog is what was planned live.
func storedLog(t *testing.T, f *fast) (log []Replayed) {
	t.Helper()
	st, err := store.Open(context.Background(), f.dsn(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	err = st.Read(context.Background(), func(tx *store.Tx) error {
		alerts, err := tx.AlertsSince(time.Time{})
		if err != nil {
			return err
		}
		log, err = describe(tx, alerts)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Error(err)
	}
	return log
}

// differ lists alerts that only one side has, or whose reasons are not the same.
func differ(want, got []Replayed) (out []string) {
	reasons := map[string]string{}
	for _, r := range got {
		reasons[r.Key] = string(r.Reason)
	}
	for _, r := range want {
		switch reason, ok := reasons[r.Key]; {
		case !ok:
			out = append(out, fmt.Sprintf("not told again: %s %s (%s)", r.Created.Format(time.RFC3339), r.Key, r.Reason))
		case reason != string(r.Reason):
			out = append(out, fmt.Sprintf("%s was %s, now %s", r.Key, r.Reason, reason))
		}
		delete(reasons, r.Key)
	}
	for key, reason := range reasons {
		out = append(out, fmt.Sprintf("new: %s (%s)", key, reason))
	}
	slices.Sort(out)
	return out
}
