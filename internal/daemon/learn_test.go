package daemon

import (
	"context"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/store"
)

// learn runs `earshot learn` beside the running daemon.
func (f *fast) learn(o LearnOptions) (string, error) {
	f.t.Helper()
	cfg, faults := config.Load(f.path, config.Options{NoSecrets: true})
	if config.Broken(faults) {
		f.t.Fatal(faults)
	}
	o.By = "ana"
	var out strings.Builder
	err := Learn(f.t.Context(), &out, cfg, o)
	return out.String(), err
}

// stored reads from the daemon's store.
func (f *fast) stored(read func(tx *store.Tx) error) {
	f.t.Helper()
	if err := f.daemon.store.Read(context.Background(), read); err != nil {
		f.t.Fatal(err)
	}
}

// arrive stores an entry as if a source had brought it, and lets it be judged.
func (f *fast) arrive(e earshot.Entry) int64 {
	f.t.Helper()
	err := f.daemon.store.Write(context.Background(), func(tx *store.Tx) (err error) {
		e, err = tx.AddEntry(e, "", f.daemon.now())
		return err
	})
	if err != nil {
		f.t.Fatal(err)
	}
	poke(f.daemon.pokeWork)
	time.Sleep(time.Minute)
	return e.ID
}

// mention is a brand's mention in an entry.
func (f *fast) mention(entry int64, brand string) (m earshot.Mention) {
	f.t.Helper()
	f.stored(func(tx *store.Tx) error {
		all, err := tx.Mentions(entry)
		for _, x := range all {
			if x.Brand == brand {
				m = x
			}
		}
		return err
	})
	return m
}

// elsewhere is an entry with the text of another, on another blog.
func elsewhere(e earshot.Entry, text, n string) earshot.Entry {
	e.ID, e.Key, e.URL, e.Canonical, e.Thread, e.Site = 0, "copy-"+n, "http://copy"+n+".example/p", "copy"+n+".example/p", "copy"+n+".example/p", "copy"+n+".example"
	e.Author, e.Text, e.Hash, e.Revision, e.Fingerprint, e.Summary = earshot.Author{Name: "Copy " + n, Key: "copy" + n}, text, "", 1, 0, false
	e.Published = e.Published.Add(time.Hour)
	return e
}

func TestACorrectionHoldsForACopyThatArrivesLater(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		defer f.stop()
		f.tell()
		c := f.someCase()
		if err := f.do(earshot.Action{ID: "x", Case: c.ID, Verb: earshot.VerbCorrect, Actor: "ana", Args: earshot.Args{Intent: earshot.Compliment}}); err != nil {
			t.Fatal(err)
		}
		var post earshot.Entry
		f.stored(func(tx *store.Tx) (err error) { post, _, err = tx.Entry(c.Entry); return err })
		m := f.mention(f.arrive(elsewhere(post, post.Text, "1")), c.Brand)
		if m.Verdict.By != "person:ana" || m.Verdict.Intent != earshot.Compliment || m.Verdict.Sentiment != earshot.Positive {
			t.Errorf("the copy was judged %s, %s by %s", m.Verdict.Intent, m.Verdict.Sentiment, m.Verdict.By)
		}
		if got := f.cases()[c.ID].Case; got.Copies != c.Copies+1 || got.Label.Intent != earshot.Compliment {
			t.Errorf("the case: %+v", got)
		}
	})
}

// night is what the daemon does at half past three, and the wait until every
// process has taken it up.
func (f *fast) night() {
	f.t.Helper()
	if err := f.daemon.learnAtNight(context.Background()); err != nil {
		f.t.Fatal(err)
	}
	time.Sleep(3 * time.Minute)
}

func TestTheNightIsTheZones(t *testing.T) {
	rome, err := time.LoadLocation("Europe/Rome")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range [][2]string{
		{"2026-03-27T02:00:00Z", "2026-03-27T02:30:00Z"},
		{"2026-03-27T02:30:00Z", "2026-03-28T02:30:00Z"},
		{"2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z"}, // the clocks went forward
	} {
		at, err := time.Parse(time.RFC3339, x[0])
		if err != nil {
			t.Fatal(err)
		}
		if got := nightly(at, rome).UTC().Format(time.RFC3339); got != x[1] {
			t.Errorf("after %s comes %s, want %s", x[0], got, x[1])
		}
	}
}

// caseOf is the case that a brand's mention in an entry belongs to.
func (f *fast) caseOf(entry int64, brand string) (id string) {
	f.t.Helper()
	f.stored(func(tx *store.Tx) (err error) { id, err = tx.MentionCase(entry, brand); return err })
	return id
}

func TestLearning(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		defer f.stop()
		f.tell()
		if out, err := f.learn(LearnOptions{}); err != nil || !strings.Contains(out, "0 corrections to learn from") {
			t.Fatalf("without corrections: %v\n%s", err, out)
		}
		c := f.someCase()
		var post earshot.Entry
		f.stored(func(tx *store.Tx) (err error) { post, _, err = tx.Entry(c.Entry); return err })
		like := f.arrive(elsewhere(post, "What my neighbour wrote, and I can only repeat it.\n\n"+post.Text+"\n\nSo far the neighbour. We have rented a boat for the summer and will go up the canal, with the dog, the two cats and a box of books that nobody will read, "+
			"and in autumn we paint the kitchen green. The wind is good, the bread is fresh, and the harbour master waves at us every morning from his little white house by the lock, where he keeps bees and sells honey.", "2"))
		before := f.mention(like, c.Brand).Verdict
		if before.By != "model" || before.Intent != earshot.Complaint {
			t.Fatalf("the like text was judged %s by %s", before.Intent, before.By)
		}
		if n, of, err := f.daemon.Similar(context.Background(), f.caseOf(like, c.Brand)); err != nil || n != 1 || of != 1 {
			t.Errorf("similar to %q: %d of %d, %v", f.caseOf(like, c.Brand), n, of, err)
		}
		if err := f.do(earshot.Action{ID: "x", Case: c.ID, Verb: earshot.VerbCorrect, Actor: "ana", Args: earshot.Args{Intent: earshot.Compliment}}); err != nil {
			t.Fatal(err)
		}
		out, err := f.learn(LearnOptions{DryRun: true})
		if err != nil || !strings.Contains(out, "right on 1 of 1 corrections, now on 0") || !strings.Contains(out, "dry run") {
			t.Fatalf("the dry run: %v\n%s", err, out)
		}
		if v := f.mention(like, c.Brand).Verdict; v.Model != before.Model {
			t.Errorf("the dry run changed a verdict: %+v", v)
		}
		t.Log(out)
		f.night()
		layer := f.daemon.setup.Load().classifier.Layer()
		if layer == nil || layer.Lessons() != 1 {
			t.Fatalf("after the night the layer is %v", layer)
		}
		if v := f.mention(like, c.Brand).Verdict; v.PComplaint >= before.PComplaint && strings.Contains(out, "1 of") {
			t.Errorf("the like text is still judged %s %.2f", v.Intent, v.PComplaint)
		}
		if out, err := f.learn(LearnOptions{}); err != nil || !strings.Contains(out, "nothing new") {
			t.Errorf("again: %v\n%s", err, out)
		}
		if out, err := f.learn(LearnOptions{Undo: true}); err != nil || !strings.Contains(out, "taken back: layer "+layer.Hash()) {
			t.Errorf("undo: %v\n%s", err, out)
		}
		f.night() // what was taken back is not learnt again
		if l := f.daemon.setup.Load().classifier.Layer(); l != nil {
			t.Errorf("the undone layer holds: %s", l.Hash())
		}
		if v := f.mention(like, c.Brand).Verdict; v.Intent != before.Intent || v.Model != before.Model {
			t.Errorf("after the undo the like text is judged %s by %s", v.Intent, v.Model)
		}
		if out, err := f.learn(LearnOptions{}); err != nil || !strings.Contains(out, "applied as layer "+layer.Hash()) {
			t.Errorf("by hand: %v\n%s", err, out)
		}
		time.Sleep(3 * time.Minute)
		if l := f.daemon.setup.Load().classifier.Layer(); l.Hash() != layer.Hash() {
			t.Errorf("the daemon did not take up the layer")
		}
		if _, err := f.learn(LearnOptions{Off: true}); err != nil {
			t.Error(err)
		}
		f.night()
		if l := f.daemon.setup.Load().classifier.Layer(); l != nil {
			t.Errorf("switched off, and layer %s holds", l.Hash())
		}
	})
}
