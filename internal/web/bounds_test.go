package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"
)

// TestTheWorstPageIsStillQuick shows a case that somebody made as large as they could.
func TestTheWorstPageIsStillQuick(t *testing.T) {
	w := newWorld(t)
	long := "Norrsken Rail " + strings.Repeat("x", 60_000) + "\n\n" + strings.Repeat("Norrsken Rail 行李 ", 20_000) + strings.Repeat("\n\nA line about Norrsken Rail and its trains, again.", 2000)
	id, e := w.hear(post{site: "huge.example", author: "A", title: strings.Repeat("t", 5000), text: long, lang: "en", brand: "Norrsken Rail", evidence: long[:5000], intent: earshot.Complaint, severity: 1, ago: 30 * time.Hour})
	w.write(func(tx *store.Tx) error {
		for i := range 14 {
			e.Revision, e.Text, e.Hash = i+2, strings.ReplaceAll(long, "again", fmt.Sprint("again ", i)), fmt.Sprint("h", i)
			if err := tx.ReviseEntry(e, w.now); err != nil {
				return err
			}
		}
		c, _, err := tx.Case(id)
		if err != nil {
			return err
		}
		var all []earshot.Event
		for i := range 1500 {
			r, _, err := tx.PutResponse(earshot.Response{Story: c.Story, Brand: c.Brand, Kind: earshot.EvidenceClaimed, Answer: earshot.AnswerUnconfirmed, Entry: int64(10 + i), Passage: "I speak for them", SaidAt: w.now, FirstSeen: w.now})
			if err != nil {
				return err
			}
			if err := tx.AdoptResponse(r.ID, id); err != nil {
				return err
			}
			next, events := c.Apply(r, w.env(nil))
			c, all = next, append(all, events...)
		}
		if err := tx.PutCase(c, 0, "", w.now); err != nil {
			return err
		}
		return tx.AppendEvents(all)
	})
	start := time.Now()
	page := get(w.handler(), "/cases/"+id)
	if took := time.Since(start); page.Code != 200 || took > 3*time.Second {
		t.Errorf("%d after %v", page.Code, took)
	}
	if n := page.Body.Len(); n > 2<<20 {
		t.Errorf("the page has %d bytes", n)
	}
	if !strings.Contains(page.Body.String(), "1500 pieces of evidence") {
		t.Error("the page does not say how much evidence there is")
	}
}
