package daemon

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/store"
)

// renamed are forty old posts under names of their own.
func renamed(name string, now time.Time) string {
	var b strings.Builder
	for i := range 40 {
		b.WriteString(diaryItem(fmt.Sprintf("%s, part %d", name, i), fmt.Sprintf("%s-post-number-%d", name, i),
			fmt.Sprintf("<p>Norvane lost parcel %d of the %s again and I am very angry.</p>", i*7, name), now.Add(-time.Duration(72+7*i)*time.Hour)))
	}
	return b.String()
}

// only returns the one source.
func (f *fast) only() (s earshot.Source) {
	f.t.Helper()
	err := f.daemon.store.Read(context.Background(), func(tx *store.Tx) error {
		all, err := tx.Sources()
		for _, one := range all {
			if one.Kind == earshot.SourceFeed {
				s = one
			}
		}
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	return s
}

// TestAFeedThatRenamesAllItsPostsIsQuarantined: nobody but ops is told, once; it
// is released by itself after a calm day, or by a person.
func TestAFeedThatRenamesAllItsPostsIsQuarantined(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &diary{feed: renamed("spring", time.Now())}
		f := openDiary(t, d, `{feed: "http://diary.example/feed.xml", lang: en}`, "ops: care\n")
		time.Sleep(11 * time.Minute)
		before := len(f.slack.Messages())
		d.set(func(d *diary) { d.feed = renamed("winter", time.Now()) })
		time.Sleep(time.Hour)
		if s := f.only(); s.State != earshot.SourceQuarantined || s.Reason == "" {
			t.Errorf("state %s: %s", s.State, s.Reason)
		}
		told := f.slack.Messages()[before:]
		if len(told) != 1 || !strings.Contains(told[0].Last().Text, "quarantine") {
			t.Errorf("%d messages: %+v", len(told), told)
		}
		time.Sleep(25 * time.Hour)
		if s := f.only(); s.State != earshot.SourceOK || !s.Flooded.IsZero() {
			t.Errorf("after a calm day: %s, %s", s.State, s.Reason)
		}
		d.set(func(d *diary) { d.feed = renamed("autumn", time.Now()) })
		time.Sleep(5 * time.Minute)
		if s := f.only(); s.State != earshot.SourceQuarantined {
			t.Errorf("after another flood: %s", s.State)
		}
		cfg, _ := config.Load(f.path, config.Options{})
		if err := Release(context.Background(), cfg, "http://diary.example/feed.xml", time.Now()); err != nil {
			t.Error(err)
		}
		time.Sleep(5 * time.Minute)
		if s := f.only(); s.State != earshot.SourceOK {
			t.Errorf("released by a person: %s, %s", s.State, s.Reason)
		}
		before = len(f.slack.Messages())
		d.set(func(d *diary) {
			d.feed += diaryItem("New", "a-new-post-of-today", "<p>Norvane lost my grandmother's chair today. Awful service, I am furious.</p>", time.Now())
		})
		time.Sleep(5 * time.Minute)
		if n := len(f.slack.Messages()) - before; n != 1 {
			t.Errorf("%d messages about a new complaint of a released source", n)
		}
		if err := Release(context.Background(), cfg, "http://diary.example/feed.xml", time.Now()); err == nil {
			t.Error("released twice")
		}
		f.stop()
	})
}
