package web

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// until waits for something to become true in the page.
func (c *chromium) until(what, script string) {
	c.t.Helper()
	for range 100 {
		var yes bool
		c.eval("!!("+script+")", &yes)
		if yes {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	var text string
	c.eval(`location.href + " | " + (document.querySelector("main") || document.body).textContent.replace(/\s+/g, " ").slice(0, 300) + " | " + window.__same + " | " + __refused.join(";") + " | " + typeof htmx`, &text)
	c.t.Fatalf("never came: %s\nthe page: %s\nthe console: %v", what, text, c.said())
}

// TestBrowserDoesEveryAction clicks what people click, without a page load
// between: with the script a form changes the page in place.
func TestBrowserDoesEveryAction(t *testing.T) {
	w, ids := populate(t)
	s := server(t, w)
	at := httptest.NewServer(s.Handler())
	defer at.Close()
	c := launch(t, strings.TrimPrefix(at.URL, "http://"))
	c.look(1280, 900, false)
	done := 0
	do := func(path, what, script, says string) {
		t.Helper()
		c.visit(at.URL + path)
		c.eval(`window.__same = true; for (const d of document.querySelectorAll("details")) d.open = true`, nil)
		c.eval(script, nil)
		c.until(what+": "+says, fmt.Sprintf("window.__same && document.querySelector('main').textContent.includes(%q) && !document.querySelector('.htmx-request')", says))
		for _, said := range c.said() {
			t.Errorf("%s: %s", what, said)
		}
		done++
	}
	one := func(id, verb, fill string) string {
		return fmt.Sprintf(`{ const f = [...document.querySelectorAll('form[action="/cases/%s/%s"]')].pop(); %s; f.requestSubmit(f.querySelector("button")) }`, id, verb, fill)
	}
	do("/", "take a case on Today", one(ids["overdue"], "claim", ""), "Undo")
	do("/cases/"+ids["new"], "add a note", one(ids["new"], "note", `f.elements.text.value = "Ask the depot <b>"`), "Ask the depot <b>")
	do("/cases/"+ids["new"], "hand it over", one(ids["new"], "assign", `f.elements.owner.value = "ben"`), "ben")
	do("/cases/"+ids["new"], "set it aside", one(ids["new"], "snooze", ""), "Undo")
	do("/cases/"+ids["new"], "note a promise", one(ids["new"], "promise", `f.elements.until.value = "2026-11-27T17:00"`), "Promised")
	do("/cases/"+ids["new"], "correct the label", one(ids["new"], "correct", `f.elements.intent.value = "compliment"`), "ompliment")
	do("/cases/"+ids["new"], "dismiss it", one(ids["new"], "dismiss", `f.elements.text.value = "not for us"`), "Dismissed")
	do("/cases/"+ids["new"], "reopen it", one(ids["new"], "reopen", ""), "Undo")
	do("/cases/"+ids["due"], "mark it answered", one(ids["due"], "answered", `f.elements.text && (f.elements.text.value = "We called.")`), "marked it answered")
	do("/cases/"+ids["responded"], "close it with a cause", one(ids["responded"], "outcome", `f.elements.cause.value = "Opening hours"`), "Opening hours")
	do("/cases/"+ids["ledger"], "evidence does not count", one(ids["ledger"], "reject", ""), "Undo")
	do("/cases/"+ids["overdue"], "merge two cases", one(ids["overdue"], "merge", fmt.Sprintf(`f.elements.other.value = %q`, ids["question"])), ids["question"])
	do("/cases/"+ids["overdue"], "split them", one(ids["overdue"], "split", ""), "plit")
	do("/cases?status=open", "dismiss many", `for (const b of [...document.querySelectorAll('input[name=case]')].slice(0, 2)) b.checked = true;
		document.getElementById("verb").value = "dismiss"; document.getElementById("text").value = "a test of ours"; document.querySelector(".bulk button").click()`, "open")
	do("/cases?status=open", "bulk without a choice is told what is missing", `document.querySelector(".bulk button").click()`, "elect")
	do("/", "refresh itself", `document.querySelector(".lede h1").textContent = "An old sentence"; htmx.trigger("#live", "refresh")`, "overdue")
	c.until("the refreshed sentence", `!document.querySelector("main").textContent.includes("An old sentence")`)
	fmt.Printf("browser: %d actions done in place, no console error\n", done)
}
