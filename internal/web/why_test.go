package web

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"earshot"
)

func TestOneCanAskAboutAnyAddress(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	_, plain := w.hear(post{site: "quiet.example", author: "A", title: "Soup", text: "Soup again.", lang: "en", ago: time.Hour})
	_, told := w.hear(post{site: "loud.example", author: "B", title: "Late", text: "Banca Lume closed at noon.", lang: "en", brand: "Banca Lume", evidence: "closed at noon", intent: earshot.Complaint, severity: 1, ago: time.Hour})
	for address, want := range map[string]string{
		"":                                       "Why was there an alert",
		"https://nowhere.example/x":              "has not read that address",
		"javascript:alert(1)":                    "has not read that address",
		plain.URL:                                "names no brand",
		told.URL + "/":                           "It names Banca Lume",
		strings.TrimPrefix(told.URL, "https://"): "It names Banca Lume",
		strings.Replace(told.URL, "https://", "http://www.", 1) + "#comments": "It names Banca Lume",
	} {
		page := get(h, "/why?url="+url.QueryEscape(address))
		if page.Code != 200 || !strings.Contains(page.Body.String(), "<h1>"+want) && !strings.Contains(page.Body.String(), want) {
			t.Errorf("%q: %d, does not say %q", address, page.Code, want)
		}
	}
	if ids["new"] == "" {
		t.Error("no cases")
	}
}
