package web

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"
)

// closeWith closes a new complaint with a cause, some time ago.
func (w *world) closeWith(cause string, outcome earshot.Outcome, ago time.Duration) string {
	w.t.Helper()
	id, _ := w.hear(post{site: "causes.example", author: "A", title: cause, text: fmt.Sprintf("Norrsken Rail again, %v ago", ago), lang: "en", brand: "Norrsken Rail", evidence: "Norrsken Rail again",
		intent: earshot.Complaint, severity: 2, facet: earshot.FacetProcess, ago: ago + 5*time.Hour, foundAfter: time.Minute})
	w.by("ana", id, earshot.VerbOutcome, ago, earshot.Args{Outcome: outcome, Cause: cause, Link: "https://wiki.example/" + id})
	w.write(func(tx *store.Tx) error {
		events, err := tx.Events(id)
		if err != nil {
			return err
		}
		return tx.SetClosings(id, earshot.Closings(events))
	})
	return id
}

func TestCausesSayWhatToMend(t *testing.T) {
	w := newWorld(t)
	page := func() string { return get(w.handler(), "/causes").Body.String() }
	if body := page(); !strings.Contains(body, "Nobody has named a cause yet") || !strings.Contains(body, "When you close a case") {
		t.Error("the empty page does not say what to do next")
	}
	w.closeWith("Wrong depot", earshot.OutcomeFixed, 400*time.Hour)
	again := w.closeWith("wrong depot", earshot.OutcomeExplained, 200*time.Hour)
	w.closeWith("Wrong depot", earshot.OutcomeFixed, 100*time.Hour)
	w.closeWith("Old timetable", earshot.OutcomeFixed, 90*time.Hour)
	w.closeWith("", earshot.OutcomeExplained, 80*time.Hour)
	body := page()
	for _, want := range []string{"“Wrong depot” is behind 3 of 4 cases", "3 of 4", `href="/cases?brand=Norrsken+Rail&amp;cause=wrong+depot">3</a>`, "Fixed, came again", "case was closed without a word on why",
		`/cases?cause=-`, "https://wiki.example/"} {
		if !strings.Contains(strings.ReplaceAll(body, "\u00a0", " "), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if list := get(w.handler(), "/cases?brand=Norrsken+Rail&cause=wrong+depot").Body.String(); strings.Count(list, `name="case"`) != 3 || !strings.Contains(list, again) {
		t.Error("the number does not open the cases behind it")
	}
	if list := get(w.handler(), "/cases?cause=-").Body.String(); strings.Count(list, `name="case"`) != 1 {
		t.Error("the cases without a cause are not listed")
	}
	for _, ext := range []string{"csv", "json", "atom"} {
		if twin := get(w.handler(), "/causes."+ext); twin.Code != 200 || !strings.Contains(twin.Body.String(), "Old timetable") {
			t.Errorf("causes.%s: %d", ext, twin.Code)
		}
	}
}

// TestAnyFilterOfTheBrowserIsAnswered asks with values that nobody should send.
func TestAnyFilterOfTheBrowserIsAnswered(t *testing.T) {
	w, _ := populate(t)
	for _, path := range []string{"/cases?after=1.2.3&order=due", "/cases?after=x", "/cases?order=nothing", "/sources?after=nothing", "/sources?show=nothing", "/mentions?before=9999999999999999999.1",
		"/mentions?q=%22", "/mentions?q=*", "/mentions?q=AND+OR+NOT+NEAR(", "/causes?brand=nobody&days=-3", "/mentions?q=%27%3A%26%7C%21", "/cases?id=-"} {
		if got := get(w.handler(), path); got.Code != 200 {
			t.Errorf("%s: %d", path, got.Code)
		}
	}
}
