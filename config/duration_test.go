package config

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"earshot"
)

func TestDuration(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{"1s": time.Second, "15m": 15 * time.Minute, "4h": 4 * time.Hour, "2d": 2 * day, "1w": 7 * day,
		"1h30m": 90 * time.Minute, "1.5h": 90 * time.Minute, "1d12h": 36 * time.Hour, "250ms": 250 * time.Millisecond, "0": 0, "0s": 0, " 2d ": 2 * day, "400d": 400 * day} {
		if got, err := ParseDuration(text); err != nil || got != want {
			t.Errorf("ParseDuration(%q) = %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", " ", "15", "1.5", "h", "15 m", "-5m", "1h-5m", "1y", "5M", "1h30", "1e3s", "soon", "99999999999d", "1..5h", "٣h"} {
		if got, err := ParseDuration(text); err == nil {
			t.Errorf("ParseDuration(%q) = %v, want an error", text, got)
		}
	}
}

func TestDurationReadsWhatGoPrints(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := time.Duration(rapid.Int64Range(0, int64(1000*time.Hour)/int64(time.Second)).Draw(t, "seconds")) * time.Second
		if got, err := ParseDuration(want.String()); err != nil || got != want {
			t.Fatalf("ParseDuration(%q) = %v, %v", want.String(), got, err)
		}
	})
}

func TestSize(t *testing.T) {
	for text, want := range map[string]Size{"10MiB": 10 << 20, "512KiB": 512 << 10, "1GB": 1e9, "4096": 4096, "1.5 MiB": 3 << 19, "2b": 2} {
		var got Size
		if err := got.read(text); err != nil || got != want {
			t.Errorf("size %q = %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "ten", "10 apples", "-1", "10MiBs", "1e99GB", "10Mi"} {
		var got Size
		if err := got.read(text); err == nil {
			t.Errorf("size %q = %d, want an error", text, got)
		}
	}
}

func TestRate(t *testing.T) {
	for text, want := range map[string]earshot.Rate{"20/d": {N: 20, Per: 24 * time.Hour}, "5/h": {N: 5, Per: time.Hour}, "5 / h": {N: 5, Per: time.Hour}} {
		var got Rate
		if err := got.read(text); err != nil || earshot.Rate(got) != want {
			t.Errorf("rate %q = %v, %v, want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "20", "20/", "/d", "0/d", "-1/h", "5/m", "many/d"} {
		var got Rate
		if err := got.read(text); err == nil {
			t.Errorf("rate %q = %v, want an error", text, got)
		}
	}
}

func TestClocks(t *testing.T) {
	var c clock
	if err := c.read("9:45"); err != nil || c.minute != 585 {
		t.Errorf("9:45 = %v, %v", c, err)
	}
	var w weekClock
	if err := w.read("tuesday 10:00"); err != nil || w.day != time.Tuesday || w.minute != 600 {
		t.Errorf("tuesday 10:00 = %v, %v", w, err)
	}
	for _, text := range []string{"", "10", "24:00", "25:00", "10:60", "10:00 am", "noon"} {
		if err := c.read(text); err == nil {
			t.Errorf("%q is no time of day", text)
		}
	}
	for _, text := range []string{"", "10:00", "Tue", "Tue 25:00", "Dienstag 10:00", "Tue  noon"} {
		if err := w.read(text); err == nil {
			t.Errorf("%q is no time of the week", text)
		}
	}
}

func TestSuggestions(t *testing.T) {
	known := []string{"care", "hook", "desk", "brands", "receivers", "categories"}
	for word, want := range map[string]string{"caer": "care", "Care": "care", "hok": "hook", "brand": "brands", "reciever": "receivers", "categorie": "categories",
		"ops": "", "x": "", "telephone": ""} {
		if got := nearest(word, known); got != want {
			t.Errorf("nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

func TestEditsIsADistance(t *testing.T) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune("abc苹")), 0, 6, -1)
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := word.Draw(t, "a"), word.Draw(t, "b"), word.Draw(t, "c")
		if edits(a, b) != edits(b, a) || (edits(a, b) == 0) != (a == b) {
			t.Fatalf("edits(%q, %q) = %d, back %d", a, b, edits(a, b), edits(b, a))
		}
		if n := len([]rune(c)); edits(a, c) > len([]rune(a))+n {
			t.Fatalf("edits(%q, %q) = %d", a, c, edits(a, c))
		}
	})
}
