package store

import (
	"testing"
	"time"

	"earshot"
)

func TestWhoMayComeIn(t *testing.T) {
	s := open(t)
	write(t, s, func(tx *Tx) error {
		if err := tx.PutLoginLink(LoginLink{Hash: "one", Name: "ana", Created: noon, Ends: noon.Add(time.Hour)}); err != nil {
			return err
		}
		if err := tx.PutLoginLink(LoginLink{Hash: "two", Name: "ana", Created: noon, Ends: noon.Add(time.Hour)}); err != nil {
			return err
		}
		if _, ok, err := tx.LoginLinkOf("one", noon); ok || err != nil {
			t.Errorf("the link before still works (%v)", err)
		}
		for i, want := range []bool{true, false} {
			if ok, err := tx.UseLoginLink("two", noon); ok != want || err != nil {
				t.Errorf("use %d of a link: %v, %v", i+1, ok, err)
			}
		}
		if err := tx.SetPassword("ana", "hash", noon); err != nil {
			return err
		}
		if err := tx.PutSession(Session{Hash: "s", Name: "ana", Role: earshot.Admin, Created: noon, Seen: noon, Idle: time.Hour, Ends: noon.Add(3 * time.Hour)}); err != nil {
			return err
		}
		for after, want := range map[time.Duration]bool{59 * time.Minute: true, time.Hour: false} {
			if _, ok, err := tx.Session("s", noon.Add(after)); ok != want || err != nil {
				t.Errorf("the session after %s: %v, %v", after, ok, err)
			}
		}
		if counts, err := tx.SessionCounts(noon); counts["ana"] != 1 || err != nil {
			t.Errorf("sessions: %v, %v", counts, err)
		}
		if n, err := tx.DropSessions("ana"); n != 1 || err != nil {
			t.Errorf("dropped %d, %v", n, err)
		}
		return tx.PutDeed(Deed{At: noon, Actor: "ana", Deed: "signed_in", Subject: "ana"})
	})
}

func TestTriesAreCountedWithinTheirWindow(t *testing.T) {
	s := open(t)
	write(t, s, func(tx *Tx) error {
		for i, at := range []time.Duration{0, time.Minute, 14 * time.Minute} {
			n, until, err := tx.Try("k", 15*time.Minute, noon.Add(at))
			if n != int64(i+1) || !until.Equal(noon.Add(15*time.Minute)) || err != nil {
				t.Errorf("try %d: %d until %s, %v", i+1, n, until, err)
			}
		}
		n, _, err := tx.Try("k", 15*time.Minute, noon.Add(15*time.Minute))
		if n != 1 {
			t.Errorf("after the window: %d", n)
		}
		return err
	})
}

func TestTokensAndSharesEnd(t *testing.T) {
	s := open(t)
	write(t, s, func(tx *Tx) error {
		token, err := tx.PutToken(Token{Title: "desk", Role: earshot.Responder, By: "ana", Created: noon}, "t")
		if err != nil {
			return err
		}
		if got, ok, err := tx.TokenOf("t"); !ok || got != token || err != nil {
			t.Errorf("the token is %+v, %v", got, err)
		}
		for _, want := range []bool{true, false} {
			if _, ok, err := tx.RevokeToken(token.ID, noon); ok != want || err != nil {
				t.Errorf("revoke: %v, %v", ok, err)
			}
		}
		share, err := tx.PutShare(Share{Case: "c7k2", By: "ben", Created: noon, Ends: noon.Add(time.Hour)}, "x")
		if err != nil {
			return err
		}
		for caseID, want := range map[string]int{"": 1, "c7k2": 1, "c7k3": 0} {
			if all, err := tx.Shares(caseID, noon); len(all) != want || err != nil {
				t.Errorf("shares of %q: %v, %v", caseID, all, err)
			}
		}
		if _, ok, err := tx.ShareOf("x", share.Ends); ok || err != nil {
			t.Errorf("a share outlives its end (%v)", err)
		}
		return nil
	})
}

func TestForgettingErasesWhatWasWritten(t *testing.T) {
	s := open(t)
	var id int64
	write(t, s, func(tx *Tx) error {
		e, err := tx.AddEntry(entry("a", "a long complaint"), "", noon)
		if err != nil {
			return err
		}
		id = e.ID
		_, err = tx.PutMention(earshot.Mention{Brand: "AAA", Verdict: earshot.Verdict{Intent: earshot.Complaint, Severity: 2, Evidence: earshot.Passage{Text: "complaint"}}}, e)
		return err
	})
	write(t, s, func(tx *Tx) error {
		gone, err := tx.Forget("ann", noon)
		if err != nil || gone.Entries != 1 || gone.Mentions != 1 {
			t.Errorf("erased %+v, %v", gone, err)
		}
		return err
	})
	if err := s.Compact(t.Context()); err != nil {
		t.Error(err)
	}
	write(t, s, func(tx *Tx) error {
		e, _, err := tx.Entry(id)
		if err != nil || e.Title+e.Text+e.URL+e.Author.Name+e.Author.Key != "" {
			t.Errorf("left of the entry: %+v, %v", e, err)
		}
		mentions, err := tx.Mentions(id)
		if err != nil || len(mentions) != 1 || mentions[0].Verdict.Intent != earshot.Complaint || mentions[0].Verdict.Evidence.Text != "" {
			t.Errorf("left of the mention: %+v, %v", mentions, err)
		}
		for key, want := range map[string]bool{"ann": true, "bob": false, "": false} {
			if got, err := tx.Forgotten(key); got != want || err != nil {
				t.Errorf("%q is forgotten: %v, %v", key, got, err)
			}
		}
		return nil
	})
}
