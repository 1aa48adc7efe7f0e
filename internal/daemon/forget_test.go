package daemon

import (
	"bytes"
	"context"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/internal/store"
)

func TestAForgottenAuthorIsGoneAndDoesNotComeBack(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		f.tell()
		time.Sleep(time.Minute)
		st := f.daemon.store
		var post earshot.Entry
		var views []earshot.CaseView
		read := func(what func(*store.Tx) error) {
			t.Helper()
			if err := st.Read(context.Background(), what); err != nil {
				t.Fatal(err)
			}
		}
		read(func(tx *store.Tx) (err error) {
			if views, err = tx.OpenCases(nil, 1000); err != nil {
				return err
			}
			for _, v := range views {
				if post, _, err = tx.Entry(v.Case.Entry); err != nil || post.Author.Key != "" && post.Author.Name != "" {
					return err
				}
			}
			return nil
		})
		var out bytes.Buffer
		if err := forget(context.Background(), &out, st, "Nobody Known", f.daemon.now(), false); earshot.FaultCode(err) != "author_unknown" {
			t.Errorf("an unknown author: %v", err)
		}
		if err := forget(context.Background(), &out, st, post.Author.Key, f.daemon.now(), true); err != nil || !strings.Contains(out.String(), "dry run") || !strings.Contains(out.String(), post.URL) {
			t.Fatalf("dry run: %v: %s", err, &out)
		}
		read(func(tx *store.Tx) error {
			if e, _, err := tx.Entry(post.ID); err != nil || e.Text != post.Text {
				t.Errorf("the dry run changed something (%v)", err)
			}
			return nil
		})
		if err := forget(context.Background(), &out, st, post.Author.Key, f.daemon.now(), false); err != nil || !strings.Contains(out.String(), "Erased: the words") {
			t.Fatalf("forget: %v: %s", err, &out)
		}
		read(func(tx *store.Tx) error {
			all, err := tx.OpenCases(nil, 1000)
			if len(all) != len(views) {
				t.Errorf("%d cases, there were %d: their course must stay", len(all), len(views))
			}
			for _, v := range all {
				if err := rebuilt(tx, v.Case); err != nil {
					t.Error(err)
				}
			}
			if again, err := tx.Forgotten(post.Author.Key); err != nil || !again {
				t.Errorf("not kept from coming back: %v", err)
			}
			return err
		})
		time.Sleep(10 * time.Minute) // every source is read again
		read(func(tx *store.Tx) error {
			left, err := tx.AuthorEntries(post.Author.Key)
			if len(left) > 0 {
				t.Errorf("the author came back with %d entries", len(left))
			}
			return err
		})
		f.stop()
		words := strings.Fields(post.Text)
		sentence := strings.Join(words[:min(8, len(words))], " ")
		path := strings.TrimPrefix(f.dsn(), "sqlite:")
		for _, file := range []string{path, path + "-wal"} {
			raw, err := os.ReadFile(file)
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			for _, trace := range []string{sentence, post.Author.Key} {
				if bytes.Contains(raw, []byte(trace)) {
					t.Errorf("%s still holds %q", file, trace)
				}
			}
		}
	})
}

func TestANameThatFitsTwoAuthorsErasesNobody(t *testing.T) {
	st, err := store.Open(t.Context(), "sqlite:"+t.TempDir()+"/e.db", store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	now := time.Date(2026, 11, 20, 8, 0, 0, 0, time.UTC)
	err = st.Write(t.Context(), func(tx *store.Tx) error {
		for _, key := range []string{"n-one", "n-two"} {
			if _, err := tx.AddEntry(earshot.Entry{Key: key, Source: "s", Kind: earshot.Post, URL: "https://" + key + ".example/p", Thread: key, Title: "t", Text: "x",
				Author: earshot.Author{Key: key, Name: "Marta Deane"}, Published: now, FirstSeen: now}, "", now); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	err = forget(t.Context(), &out, st, "marta deane", now, false)
	if earshot.FaultCode(err) != "author_ambiguous" || !strings.Contains(out.String(), "n-one") || !strings.Contains(out.String(), "n-two") {
		t.Errorf("%v: %s", err, &out)
	}
	if err := st.Read(t.Context(), func(tx *store.Tx) error {
		left, err := tx.AuthorEntries("n-one")
		if len(left) != 1 {
			t.Error("somebody was erased")
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
}
