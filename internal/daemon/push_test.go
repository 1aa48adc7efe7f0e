package daemon

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/internal/store"
	"earshot/internal/web"
)

func TestWhatIsHandedInGoesTheWayOfWhatIsRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := openFast(t, "short")
		f.tell()
		known := f.someCase()
		before := len(f.cases())
		p := web.Pushed{ID: "r-1", URL: "https://reviews.example/norr/77", Site: "Reviews", Title: "Never again", Author: "Ivo Lund",
			Text: known.Brand + " cancelled my booking, kept the money and nobody answers the phone. I have called four times. " + known.Brand + " is a disgrace."}
		push := func(p web.Pushed, want string) web.PushResult {
			t.Helper()
			r, err := f.daemon.Push(context.Background(), p, "token:reviews")
			if err != nil || r.Result != want || r.Entry == 0 {
				t.Fatalf("push gives %+v, %v; want %s", r, err, want)
			}
			time.Sleep(time.Minute)
			return r
		}
		first := push(p, "added")
		cases := f.cases()
		if len(cases) != before+1 {
			t.Fatalf("%d cases, want one more than %d", len(cases), before)
		}
		var c earshot.Case
		for _, v := range cases {
			if v.Case.Entry == first.Entry {
				c = v.Case
			}
		}
		if c.Brand != known.Brand || c.Label.Intent != earshot.Complaint || f.sighting(c.ID).Case != c.ID {
			t.Errorf("the case is %+v", c)
		}
		if again := push(p, "same"); again.Entry != first.Entry || len(f.cases()) != before+1 {
			t.Error("sent again, it is another entry")
		}
		p.Text += "\n\nUPDATE: they called me today and refunded everything."
		push(p, "revised")
		if got := f.cases()[c.ID].Case; !got.Answer.Given() {
			t.Errorf("after the update the answer is %s", got.Answer)
		}
		var post earshot.Entry
		read := func(what func(*store.Tx) error) {
			t.Helper()
			if err := f.daemon.store.Read(context.Background(), what); err != nil {
				t.Fatal(err)
			}
		}
		read(func(tx *store.Tx) (err error) { post, _, err = tx.Entry(known.Entry); return err })
		push(web.Pushed{URL: post.URL, Title: "x", Text: "somebody else's words about " + known.Brand}, "same")
		read(func(tx *store.Tx) error {
			now, _, err := tx.Entry(known.Entry)
			if now.Text != post.Text {
				t.Error("a program changed what was read elsewhere")
			}
			return err
		})
		f.stop()
		f.start()
		defer f.stop()
		read(func(tx *store.Tx) error {
			src, ok, err := tx.Source("push:token:reviews")
			if !ok || src.State != earshot.SourceOK || !src.Due.IsZero() || src.LastNewEntry.IsZero() {
				t.Errorf("after a restart the source is %+v", src)
			}
			return err
		})
	})
}
