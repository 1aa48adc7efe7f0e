package web

import (
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestBrowserSignsIn is the way of a new person through a real browser: the link,
// the password, signing out and in, and a shared case seen by a stranger.
func TestBrowserSignsIn(t *testing.T) {
	o := openOffice(t)
	web := httptest.NewServer(o.s.Handler())
	defer web.Close()
	c := launch(t, strings.TrimPrefix(web.URL, "http://"))
	dir, axe := gallery(t), ""
	if text, err := os.ReadFile(filepath.Join(dir, "axe.min.js")); err == nil {
		axe = string(text)
	}
	sees := func(step, want string) {
		t.Helper()
		var text string
		c.eval(`document.body.innerText`, &text)
		if !strings.Contains(text, want) {
			t.Fatalf("%s: the page does not say %q: %.300s", step, want, text)
		}
		for _, fault := range append(c.said(), c.axe(axe)...) {
			t.Errorf("%s: %s", step, fault)
		}
		c.shoot(filepath.Join(dir, "signin-"+step+".png"))
	}
	types := func(field, value string) {
		c.eval(`document.querySelector("[name=`+field+`]:not([type=hidden])").value = `+strconv.Quote(value), nil)
	}
	submit := func(action string) {
		c.expectLoad(func() {
			c.eval(`setTimeout(() => document.querySelector("form[action^='`+action+`'] button").click(), 0)`, nil)
		})
	}
	c.look(1280, 900, false)
	link := o.link("ana", time.Hour)
	c.visit(web.URL + link)
	sees("link", "For ana.")
	types("password", "aaaaaaaaaaaaaaa")
	types("again", "aaaaaaaaaaaaaaa")
	submit("/login/")
	sees("easy", "guessed at once")
	types("password", goodPassword)
	types("again", goodPassword)
	submit("/login/")
	sees("in", "ana, admin")
	submit("/logout")
	sees("out", "You are signed out.")
	c.visit(web.URL + "/cases?status=open")
	sees("asked", "you go on to the page you asked for")
	types("name", "ana")
	types("password", "not her password")
	submit("/login")
	sees("wrong", "do not match")
	types("password", goodPassword)
	submit("/login")
	var path string
	if c.eval(`location.pathname + location.search`, &path); path != "/cases?status=open" {
		t.Errorf("signing in leads to %s", path)
	}
	c.visit(web.URL + "/account")
	sees("account", "this browser")
	c.visit(web.URL + "/admin")
	sees("admin", "API tokens")
	c.visit(web.URL + "/cases/" + o.ids["ledger"] + "/share")
	submit("/cases/")
	var shared string
	c.eval(`document.querySelector(".secret pre").innerText`, &shared)
	sees("share", "it is shown this once")
	submit("/logout")
	c.visit(web.URL + shared[strings.Index(shared, "/shared/"):])
	sees("shared", "shared to be read")
}
