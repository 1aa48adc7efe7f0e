package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"earshot"

	"github.com/google/go-cmp/cmp"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// open gives an empty store: SQLite, or a fresh schema in the PostgreSQL database
// that EARSHOT_TEST_POSTGRES names, so that the same tests hold on both.
func open(t *testing.T) *Store {
	t.Helper()
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "e.db")
	if pg := os.Getenv("EARSHOT_TEST_POSTGRES"); pg != "" {
		dsn = freshSchema(t, pg)
	}
	s, err := Open(t.Context(), dsn, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func freshSchema(t *testing.T, dsn string) string {
	t.Helper()
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	name := fmt.Sprintf("t%d", time.Now().UnixNano())
	if _, err := db.Exec("CREATE SCHEMA " + name); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_, err := db.Exec("DROP SCHEMA " + name + " CASCADE")
		if err := errors.Join(err, db.Close()); err != nil {
			t.Error(err)
		}
	})
	return dsn + "?search_path=" + name
}

func write(t *testing.T, s *Store, f func(*Tx) error) {
	t.Helper()
	if err := s.Write(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func entry(key, text string) earshot.Entry {
	return earshot.Entry{Key: key, Source: "s1", Kind: earshot.Post, Thread: "https://blog.example/" + key, Canonical: "https://blog.example/" + key,
		URL: "https://blog.example/" + key, Title: "A post", Text: text, Hash: text, Author: earshot.Author{Key: "ann", Name: "Ann"},
		Published: noon.Add(-time.Hour), FirstSeen: noon, Fingerprint: 0xdead_beef_1234_5678}
}

func TestRevisionIsKeptBesideTheFirstText(t *testing.T) {
	s := open(t)
	write(t, s, func(tx *Tx) error {
		e, err := tx.AddEntry(entry("a", "one"), "", noon)
		if err != nil {
			return err
		}
		e.Text, e.Hash, e.Revision = "two", "two", 2
		if err := tx.ReviseEntry(e, noon.Add(time.Hour)); err != nil {
			return err
		}
		got, _, err := tx.EntryByKey("a")
		if d := cmp.Diff(e, got); d != "" {
			t.Errorf("after the edit: %s", d)
		}
		_, first, err2 := tx.Revision(e.ID, 1)
		if first != "one" {
			t.Errorf("the first text is lost: %q", first)
		}
		return errors.Join(err, err2)
	})
}

func TestAnEntryIsStoredOnce(t *testing.T) {
	s := open(t)
	write(t, s, func(tx *Tx) error { _, err := tx.AddEntry(entry("a", "one"), "", noon); return err })
	err := s.Write(t.Context(), func(tx *Tx) error { _, err := tx.AddEntry(entry("a", "two"), "", noon); return err })
	if err == nil {
		t.Error("the same key was stored twice")
	}
}

func TestWorkIsLeasedAndComesBackWhenTheWorkerDies(t *testing.T) {
	s := open(t)
	lease := Lease{By: "p1", Now: noon, For: time.Minute, N: 10}
	count := func(l Lease) (n int) {
		write(t, s, func(tx *Tx) error {
			jobs, err := tx.ClaimEntries(l)
			n = len(jobs)
			return err
		})
		return n
	}
	write(t, s, func(tx *Tx) error { _, err := tx.AddEntry(entry("a", "one"), "first_read", noon); return err })
	if n := count(lease); n != 1 {
		t.Fatalf("claimed %d entries, want 1", n)
	}
	if n := count(lease); n != 0 {
		t.Fatalf("claimed a leased entry again")
	}
	lease.Now = noon.Add(2 * time.Minute)
	if n := count(lease); n != 1 {
		t.Fatalf("the lease ran out, the entry did not come back")
	}
}

func TestCaseEqualsItsEventsRebuilt(t *testing.T) {
	s := open(t)
	write(t, s, func(tx *Tx) error {
		e, err := tx.AddEntry(entry("a", "one"), "", noon)
		if err != nil {
			return err
		}
		n, id, err := tx.NextCase()
		if err != nil {
			return err
		}
		env := earshot.Env{Now: noon}
		c, events := earshot.Open(id, earshot.Opening{Brand: "AAA", Story: e.ID, Entry: e.ID, Thread: e.Thread, Published: e.Published, FirstSeen: noon,
			Label: earshot.Label{Intent: earshot.Complaint}, SLA: &earshot.SLA{Answer: time.Hour}}, env)
		if err := errors.Join(tx.PutCase(c, n, "ann", noon), tx.AppendEvents(events)); err != nil {
			return err
		}
		c, more, err := c.Act(earshot.Action{ID: "x", Verb: earshot.VerbClaim, Actor: "ana"}, env)
		if err != nil {
			return err
		}
		if err := errors.Join(tx.PutCase(c, 0, "", noon), tx.AppendEvents(more)); err != nil {
			return err
		}
		stored, _, err := tx.Case(id)
		if err != nil {
			return err
		}
		history, err := tx.Events(id)
		if d := cmp.Diff(stored, earshot.Rebuild(history)); d != "" {
			t.Errorf("rebuilt case differs: %s", d)
		}
		return err
	})
}

func TestAlertGoesOutOnceAndKeepsItsThreadsOrder(t *testing.T) {
	s := open(t)
	alert := func(kind earshot.AlertKind, step int) earshot.Alert {
		return earshot.Alert{Key: earshot.AlertKey("c222", kind, step, "care"), Subject: "c222", Case: "c222", Kind: kind, Step: step, Receiver: "care"}
	}
	write(t, s, func(tx *Tx) error {
		_, first, err := tx.PutAlert(alert(earshot.AlertCard, 1), noon)
		_, again, err2 := tx.PutAlert(alert(earshot.AlertCard, 1), noon)
		if !first || again {
			t.Errorf("planned %v then %v, want once", first, again)
		}
		_, _, err3 := tx.PutAlert(alert(earshot.AlertEdit, 2), noon)
		return errors.Join(err, err2, err3)
	})
	write(t, s, func(tx *Tx) error {
		letters, err := tx.ClaimLetters(Lease{By: "p", Now: noon, For: time.Minute, N: 10})
		if err != nil {
			return err
		}
		if len(letters) != 1 || letters[0].Alert.Kind != earshot.AlertCard || letters[0].State != Waiting {
			t.Fatalf("claimed %+v, want the card alone", letters)
		}
		if err := tx.FinishLetter(letters[0].Alert.ID, Sent, ""); err != nil {
			return err
		}
		letters, err = tx.ClaimLetters(Lease{By: "p", Now: noon, For: time.Minute, N: 10})
		if len(letters) != 1 || letters[0].Alert.Kind != earshot.AlertEdit {
			t.Errorf("then claimed %+v, want the edit", letters)
		}
		_, next := tx.NextLetter()
		return errors.Join(err, next)
	})
}

func TestSecondDaemonIsKeptOut(t *testing.T) {
	dsn := "sqlite:" + filepath.Join(t.TempDir(), "e.db")
	first, err := Open(t.Context(), dsn, Options{Lock: true})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := first.Close(); err != nil {
			t.Error(err)
		}
	}()
	_, err = Open(t.Context(), dsn, Options{Lock: true})
	if earshot.FaultCode(err) != "store_locked" {
		t.Errorf("a second daemon got %v", err)
	}
}

func TestASummaryCountsAsBeingTold(t *testing.T) {
	s := open(t)
	card := earshot.Alert{Key: "c222/card/1/care", Subject: "c222", Case: "c222", Kind: earshot.AlertCard, Step: 1, Receiver: "care", Reason: earshot.ReasonGrouped}
	sum := earshot.Alert{Key: "grouped:x/summary/0/care", Subject: "grouped:x", Kind: earshot.AlertSummary, Receiver: "care", Cases: []string{"c222"}}
	told := func(tx *Tx) earshot.Tally {
		tl, err := tx.Tally("care", "c222", noon)
		if err != nil {
			t.Fatal(err)
		}
		return tl
	}
	write(t, s, func(tx *Tx) error {
		_, _, err := tx.PutAlert(card, noon)
		if tl := told(tx); tl.HasCard || !tl.FirstCard.IsZero() {
			t.Errorf("told before anything was sent: %+v", tl)
		}
		_, _, err2 := tx.PutAlert(sum, noon.Add(time.Hour))
		err3 := tx.SumUp("care", sum.Key, sum.Kind, sum.Cases)
		if tl := told(tx); tl.HasCard || !tl.FirstCard.Equal(noon.Add(time.Hour)) {
			t.Errorf("the summary told of it at %s, the tally says card %v at %s", noon.Add(time.Hour), tl.HasCard, tl.FirstCard)
		}
		return errors.Join(err, err2, err3)
	})
}
