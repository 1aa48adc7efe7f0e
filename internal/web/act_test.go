package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"earshot"
)

func form(pairs ...string) url.Values {
	v := url.Values{"id": {"web-test-nonce-" + url.QueryEscape(strings.Join(pairs, "-"))}}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v
}

func TestTakingACaseFromTodayComesBackAndCanBeUndone(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	got := send(h, "/cases/"+ids["overdue"]+"/claim", form("rev", "2", "back", "/"))
	if got.Code != http.StatusSeeOther || !strings.HasPrefix(got.Header().Get("Location"), "/?did=") {
		t.Fatalf("%d to %q: %s", got.Code, got.Header().Get("Location"), got.Body)
	}
	page := get(h, got.Header().Get("Location")).Body.String()
	if !strings.Contains(page, "You took case "+ids["overdue"]) || !strings.Contains(page, ">Undo<") {
		t.Error("the page does not say what was done, with the way back")
	}
	undo := form("undo", strings.TrimPrefix(got.Header().Get("Location"), "/?did="))
	undone, err := url.QueryUnescape(undo.Get("undo"))
	if err != nil {
		t.Fatal(err)
	}
	undo.Set("undo", undone)
	if got := send(h, "/cases/"+ids["overdue"]+"/undo", undo); got.Code != http.StatusSeeOther {
		t.Fatalf("undo: %d %s", got.Code, got.Body)
	}
	if page := get(h, "/cases/"+ids["overdue"]).Body.String(); !strings.Contains(page, "Nobody yet") {
		t.Error("the undone claim still holds")
	}
}

func TestAStaleClickIsToldWhoWasFaster(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	w.by("Ben", ids["new"], earshot.VerbClaim, 3*time.Second, earshot.Args{})
	got := send(h, "/cases/"+ids["new"]+"/claim", form("rev", "1", "back", "/"))
	if got.Code != http.StatusConflict {
		t.Fatalf("%d, want 409", got.Code)
	}
	if body := got.Body.String(); !strings.Contains(body, "Ben took it 3 s ago") || !strings.Contains(body, `role="alert"`) {
		t.Errorf("the page does not name who was faster: %s", alertOf(body))
	}
	got = ask(h, http.MethodPost, "/api/v1/actions", `{"case":"`+ids["new"]+`","rev":1,"verb":"claim"}`, "Content-Type", "application/json", "Idempotency-Key", "abcd1")
	var p problem
	if err := json.Unmarshal(got.Body.Bytes(), &p); err != nil {
		t.Fatal(err)
	}
	if got.Code != http.StatusConflict || p.Who != "Ben" || p.Code != "stale" || p.What != "claimed" {
		t.Errorf("%d %+v", got.Code, p)
	}
}

func TestTheSameFormTwiceIsOneAction(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	for range 2 {
		if got := send(h, "/cases/"+ids["new"]+"/note", form("text", "called them")); got.Code != http.StatusSeeOther {
			t.Fatalf("%d: %.300s", got.Code, alertOf(got.Body.String()))
		}
	}
	if n := strings.Count(get(h, "/cases/"+ids["new"]).Body.String(), "local added a note"); n != 1 {
		t.Errorf("the note stands %d times", n)
	}
}

func TestOneCaseHasOnePrimaryStep(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	for name, want := range map[string]string{"overdue": "Take it", "due": "Mark answered", "unsure": "Yes, it is", "ledger": "Mark kept", "responded": "Set outcome", "new": "Take it"} {
		page := get(h, "/cases/"+ids[name]).Body.String()
		if n := strings.Count(page, "btn primary"); n != 1 || !strings.Contains(page, `primary">`+want) && !strings.Contains(page, `?more#f-outcome">`+want) {
			t.Errorf("case %s: %d primary buttons, want one that says %q", name, n, want)
		}
	}
	if page := get(h, "/cases/"+ids["closed"]).Body.String(); strings.Contains(page, "btn primary") || !strings.Contains(page, "Reopen") {
		t.Error("a closed case wants a plain Reopen")
	}
}

func TestEveryFormOfACaseDoesWhatItSays(t *testing.T) {
	for _, step := range []struct {
		verb, on string
		form     url.Values
		says     string
	}{
		{"answered", "overdue", form("link", "https://norrsken.example/reply", "text", "we called her"), "local marked it answered"},
		{"promise", "overdue", form("until", "2026-11-27T17:00"), "local noted a promise"},
		{"assign", "overdue", form("owner", "ana"), "local gave it to ana"},
		{"snooze", "overdue", form("for", "24h"), "local snoozed it until"},
		{"outcome", "responded", form("outcome", "explained", "facet", "policy"), "local closed it"},
		{"correct", "new", form("intent", "question"), "local corrected it: question"},
		{"correct", "new", form("intent", "complaint", "brand", "none"), "local dismissed it"},
		{"dismiss", "new", form("text", "a joke"), "local dismissed it"},
		{"confirm", "unsure", form(), "local corrected it"},
		{"reject", "unsure", form(), "local dismissed it"},
		{"kept", "ledger", form(), "local marked the promise kept"},
		{"broken", "ledger", form(), "local marked the promise broken"},
		{"reopen", "closed", form(), "local reopened it"},
	} {
		w, ids := populate(t)
		h := w.handler()
		if got := send(h, "/cases/"+ids[step.on]+"/"+step.verb, step.form); got.Code != http.StatusSeeOther {
			t.Errorf("%s: %d: %s", step.verb, got.Code, alertOf(got.Body.String()))
			continue
		}
		if page := get(h, "/cases/"+ids[step.on]).Body.String(); !strings.Contains(page, step.says) {
			t.Errorf("%s: the case does not say %q", step.verb, step.says)
		}
	}
}

func TestAFormThatMakesNoSenseSaysWhatToDo(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	for _, step := range []struct {
		path string
		form url.Values
		code int
		says string
	}{
		{"/cases/" + ids["new"] + "/answered", form("link", "javascript:alert(1)"), 400, "no web address"},
		{"/cases/" + ids["new"] + "/promise", form("until", "tomorrow-ish"), 400, "Write it as"},
		{"/cases/" + ids["new"] + "/promise", form("until", "2020-01-01"), 422, "still to come"},
		{"/cases/" + ids["new"] + "/kept", form(), 422, "has no promise"},
		{"/cases/" + ids["new"] + "/merge", form("other", "czzz"), 422, "no case czzz"},
		{"/cases/" + ids["new"] + "/explode", form(), 404, "nothing at this address"},
		{"/cases/" + ids["new"] + "/claim", url.Values{"id": {"x"}}, 400, "use its buttons"},
		{"/mutes", form("match", "", "text", "x", "for", "2h"), 400, "deaf"},
		{"/mutes", form("match", "brand=AAA", "for", "2h"), 400, "needs a reason"},
		{"/mutes", form("match", "nonsense=1", "text", "x", "for", "2h"), 400, "could not be read"},
		{"/cases", form("verb", "dismiss", "case", ids["new"]+":1"), 422, "why nobody needs to answer"},
	} {
		got := send(h, step.path, step.form)
		if got.Code != step.code || !strings.Contains(got.Body.String(), step.says) {
			t.Errorf("%s %v: %d, does not say %q", step.path, step.form, got.Code, step.says)
		}
	}
}

func TestManyCasesAtOnce(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	f := form("verb", "dismiss", "text", "about a namesake")
	f["case"] = []string{ids["new"] + ":1", ids["thanks"] + ":1"}
	if got := send(h, "/cases?status=open", f); got.Code != http.StatusSeeOther || got.Header().Get("Location") != "/cases?status=open" {
		t.Fatalf("%d to %s: %s", got.Code, got.Header().Get("Location"), got.Body)
	}
	page := get(h, "/cases?status=dismissed").Body.String()
	if !strings.Contains(page, ids["new"]) || !strings.Contains(page, ids["thanks"]) {
		t.Error("the selected cases are not dismissed")
	}
}

func TestAMergedCaseSendsTheReaderOn(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	if got := send(h, "/cases/"+ids["overdue"]+"/merge", form("other", ids["new"])); got.Code != http.StatusSeeOther {
		t.Fatalf("%d: %.300s", got.Code, alertOf(got.Body.String()))
	}
	if got := get(h, "/cases/"+ids["new"]); got.Code != http.StatusFound || got.Header().Get("Location") != "/cases/"+ids["overdue"] {
		t.Errorf("%d to %s", got.Code, got.Header().Get("Location"))
	}
}

func TestAMuteIsSeenAndEnded(t *testing.T) {
	w, _ := populate(t)
	h := w.handler()
	if got := send(h, "/mutes", form("match", `brand="Banca Lume"`, "text", "strike, known", "for", "24h")); got.Code != http.StatusSeeOther {
		t.Fatalf("%d: %.300s", got.Code, alertOf(got.Body.String()))
	}
	if page := get(h, "/alerts").Body.String(); !strings.Contains(page, "strike, known") {
		t.Error("the mute is not listed")
	}
	if got := send(h, "/mutes", form("mute", "1")); got.Code != http.StatusSeeOther {
		t.Fatalf("%d: %.300s", got.Code, alertOf(got.Body.String()))
	}
	if page := get(h, "/alerts").Body.String(); strings.Contains(page, "strike, known") {
		t.Error("the ended mute is still listed")
	}
}

// alertOf is what a page says went wrong.
func alertOf(page string) string {
	_, after, _ := strings.Cut(page, `role="alert">`)
	text, _, _ := strings.Cut(after, "</p>")
	return text
}

func TestClosingWithoutACauseIsAskedOnceMoreAndNeverRefused(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	got := send(h, "/cases/"+ids["new"]+"/outcome", form("outcome", "fixed"))
	if got.Code != http.StatusSeeOther {
		t.Fatalf("closing is refused: %d %s", got.Code, alertOf(got.Body.String()))
	}
	page := get(h, got.Header().Get("Location")).Body.String()
	if !strings.Contains(page, `name="cause" required`) || !strings.Contains(page, "Naming the cause") {
		t.Error("nobody asks what caused it")
	}
	got = send(h, "/cases/"+ids["new"]+"/outcome", form("cause", "expired <tickets>", "facet", "process"))
	if got.Code != http.StatusSeeOther {
		t.Fatalf("naming the cause: %d %s", got.Code, alertOf(got.Body.String()))
	}
	page = get(h, got.Header().Get("Location")).Body.String()
	if strings.Contains(page, `name="cause" required`) || !strings.Contains(page, "expired &lt;tickets&gt;") {
		t.Error("asked again, or the cause does not stand on the page")
	}
	if list := get(h, "/cases?cause=Expired+tickets").Body.String(); !strings.Contains(list, ids["new"]) || strings.Contains(list, ids["overdue"]) {
		t.Error("the cases of a cause are not listed")
	}
}
