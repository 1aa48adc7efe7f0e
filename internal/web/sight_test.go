package web

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"
)

var formType = []string{"Content-Type", "application/x-www-form-urlencoded"}

// aFeed is a world with one followed feed, whose address holds a password.
func aFeed(t *testing.T) (*world, string) {
	w := newWorld(t)
	src := earshot.Source{ID: "feed:a", Kind: earshot.SourceFeed, URL: "https://ana:hunter2@blog.example/feed", Title: "A blog", State: earshot.SourceOK, FirstTried: w.now, LastSuccess: w.now, Reads: 3, Due: w.now}
	w.write(func(tx *store.Tx) error { return tx.PutSource(src) })
	return w, "/sources/" + sourceKey(src.ID)
}

func TestATestShowsWhatStandsThereAndNoPassword(t *testing.T) {
	w, page := aFeed(t)
	var asked []string
	look := func(o *Options) {
		o.Look = func(_ context.Context, address string) (Sight, error) {
			if asked = append(asked, address); strings.Contains(address, "down.example") {
				return Sight{}, &earshot.Fault{Code: "fetch", What: "https://u:hunter2@down.example/ answers 503", Do: "try later"}
			}
			return Sight{URL: "https://blog.example/feed", Kind: "rss", Title: "A blog", Total: 12, Entries: []SightEntry{
				{Title: "Again the <train>", Text: "was late", URL: "https://blog.example/1", Brands: []string{"Norrsken Rail"}, Published: w.now, Precision: earshot.PrecisionTime}, {Title: "Soup", URL: "javascript:alert(1)"}}}, nil
		}
	}
	h := w.handler(look)
	got := ask(h, http.MethodPost, page+"/look", "", formType...)
	inOrder(t, got.Body.String(), "12 entries in this RSS feed; of those below, 1 name", "A blog", "Norrsken Rail", "Again the &lt;train&gt;", "none of your brands", "Soup")
	if got.Code != 200 || len(asked) != 1 || !strings.Contains(asked[0], "hunter2") || strings.Contains(got.Body.String(), "hunter2") || strings.Contains(got.Body.String(), "javascript:") {
		t.Errorf("%d, asked %q", got.Code, asked)
	}
	down := ask(h, http.MethodPost, "/sources", url.Values{"address": {"https://down.example/"}}.Encode(), formType...)
	if body := down.Body.String(); down.Code != 422 || !strings.Contains(body, "answers 503") || strings.Contains(body, "hunter2") {
		t.Errorf("a site that is down: %d", down.Code)
	}
	for _, bad := range []string{"file:///etc/passwd", "javascript:1", ""} {
		if got := ask(h, http.MethodPost, "/sources", url.Values{"address": {bad}}.Encode(), formType...); got.Code != 422 || len(asked) != 2 {
			t.Errorf("%q: %d, %d asked", bad, got.Code, len(asked))
		}
	}
}

func TestAPausedSourceSaysWhoWhyAndUntil(t *testing.T) {
	w, page := aFeed(t)
	h := w.handler()
	pause := func(v url.Values) int {
		v.Set("id", "nonce-"+v.Encode())
		return ask(h, http.MethodPost, page+"/pause", v.Encode(), formType...).Code
	}
	if code := pause(url.Values{"for": {"168h"}}); code != 422 {
		t.Errorf("a pause without a reason: %d", code)
	}
	if code := pause(url.Values{"for": {"168h"}, "text": {"they move house"}}); code != 303 {
		t.Fatalf("pausing: %d", code)
	}
	inOrder(t, get(h, page).Body.String(), "Paused by local on", "until", "they move house", "Resume now")
	inOrder(t, get(h, "/sources?show=paused").Body.String(), "A blog")
	w.write(func(tx *store.Tx) error { // a reader that had it puts it back
		return tx.PutSource(earshot.Source{ID: "feed:a", Kind: earshot.SourceFeed, URL: "https://blog.example/feed", State: earshot.SourceFailing, Failures: 2, Due: w.now})
	})
	claim := func(at time.Time) (n int) {
		w.write(func(tx *store.Tx) error {
			got, err := tx.ClaimSources(store.Lease{By: "x", Now: at, For: time.Minute, N: 10})
			n = len(got)
			return err
		})
		return n
	}
	if n := claim(w.now.Add(6 * 24 * time.Hour)); n != 0 {
		t.Error("it is read while it is paused")
	}
	w.write(func(tx *store.Tx) error {
		if next, err := tx.NextSource(); err != nil || !next.Equal(w.now.Add(7*24*time.Hour)) {
			t.Errorf("next to be read at %v (%v)", next, err)
		}
		return nil
	})
	if n := claim(w.now.Add(7 * 24 * time.Hour)); n != 1 {
		t.Error("the pause does not end by itself")
	}
	if code := pause(url.Values{"for": {"168h"}, "text": {"again"}}); code != 303 {
		t.Fatalf("pausing again: %d", code)
	}
	if code := pause(url.Values{"resume": {"1"}}); code != 303 {
		t.Fatalf("resuming: %d", code)
	}
	if body := get(h, page).Body.String(); !strings.Contains(body, "Pause it") || !strings.Contains(body, "Failing") {
		t.Error("a resumed source is not in the state it had")
	}
}

func TestADraftStandsOnAnOpenCase(t *testing.T) {
	w := newWorld(t)
	id, _ := w.hear(post{site: "diario.example", siteName: "Diario", author: "Sara", title: "Ancora in ritardo", text: "Banca Lume non risponde mai. Banca Lume was late", lang: "it", brand: "Banca Lume", evidence: "Banca Lume non risponde mai", intent: earshot.Complaint, severity: 2, ago: time.Hour})
	inOrder(t, get(w.handler(), "/cases/"+id).Body.String(), "Draft a reply", `<textarea id="f-draft"`, "Sara")
	w.by("ana", id, earshot.VerbDismiss, 0, earshot.Args{Text: "a test"})
	if strings.Contains(get(w.handler(), "/cases/"+id).Body.String(), "f-draft") {
		t.Error("a case that was dismissed still has a draft")
	}
}

func TestAllCasesOfAPageAreSelectedWithoutScript(t *testing.T) {
	w, _ := populate(t)
	h := w.handler()
	one, all := get(h, "/cases?status=open").Body.String(), get(h, "/cases?pick=all&status=open").Body.String()
	boxes := strings.Count(one, `type="checkbox"`)
	if boxes < 2 || strings.Contains(one, " checked") || strings.Count(all, `type="checkbox" checked`) != boxes {
		t.Errorf("%d of %d boxes are checked", strings.Count(all, " checked"), boxes)
	}
	inOrder(t, one, `href="/cases?pick=all&amp;status=open"`, "Select all on this page")
	inOrder(t, all, `href="/cases?status=open"`, "Select none")
}
