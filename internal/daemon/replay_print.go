package daemon

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"earshot"
)

// PrintReplay writes a replay for people: for each receiver, day by day, the
// messages it would have had, and how many were not sent and why.
func PrintReplay(w io.Writer, alerts []Replayed, o ReplayOptions, zone *time.Location) error {
	p := &replayPrinter{w: w, zone: zone}
	messages := 0
	for _, r := range alerts {
		if message(r.Alert) {
			messages++
		}
	}
	p.line("Replay from %s to %s: %s, %s. Nothing was sent.", p.stamp(o.Since), p.stamp(o.Until), counted(len(alerts), "decision"), counted(messages, "message"))
	for _, name := range receiversOf(alerts) {
		p.receiver(name, alerts)
	}
	p.nobody(alerts)
	return p.err
}

type replayPrinter struct {
	w    io.Writer
	zone *time.Location
	err  error
}

func (p *replayPrinter) line(format string, args ...any) {
	if p.err == nil {
		_, p.err = fmt.Fprintf(p.w, format+"\n", args...)
	}
}

func (p *replayPrinter) stamp(t time.Time) string {
	return t.In(p.zone).Format("Mon 2 Jan 2006 15:04 MST")
}

// message says whether people would have seen a new message, in the channel or
// a thread, and not a card that changed in place.
func message(a earshot.Alert) bool {
	return a.Receiver != "" && a.Kind != earshot.AlertEdit && (a.Reason == earshot.ReasonSent || a.Reason == "")
}

func receiversOf(alerts []Replayed) []string {
	var names []string
	for _, r := range alerts {
		if r.Receiver != "" && !slices.Contains(names, r.Receiver) {
			names = append(names, r.Receiver)
		}
	}
	slices.Sort(names)
	return names
}

func (p *replayPrinter) receiver(name string, alerts []Replayed) {
	var days []string
	byDay := map[string][]Replayed{}
	for _, r := range alerts {
		if r.Receiver != name {
			continue
		}
		day := r.Created.In(p.zone).Format("Mon 2 Jan")
		if byDay[day] == nil {
			days = append(days, day)
		}
		byDay[day] = append(byDay[day], r)
	}
	p.line("\n%s", name)
	for _, day := range days {
		p.day(day, byDay[day])
	}
}

func (p *replayPrinter) day(day string, alerts []Replayed) {
	messages, edits, unsent := 0, 0, map[earshot.Reason]int{}
	for _, r := range alerts {
		switch {
		case message(r.Alert):
			messages++
		case r.Kind == earshot.AlertEdit && (r.Reason == earshot.ReasonEdited || r.Reason == earshot.ReasonSent || r.Reason == ""):
			edits++
		default:
			unsent[r.Reason]++
		}
	}
	said := counted(messages, "message")
	if edits > 0 {
		said += ", " + counted(edits, "edit")
	}
	if len(unsent) > 0 {
		said += "; not sent: " + tally(unsent)
	}
	p.line("  %-10s  %s", day, said)
	for _, r := range alerts {
		if message(r.Alert) {
			p.line("    %s  %-8s  %s", r.Created.In(p.zone).Format("15:04"), r.Kind, about(r))
		}
	}
}

// about is what a message is about, in a few words.
func about(r Replayed) string {
	waits := ""
	if r.Reason == "" {
		waits = "  (still waits)"
	}
	switch {
	case r.Ops != nil:
		return oneLine(r.Ops.What, 90) + waits
	case len(r.Cases) > 0:
		return counted(len(r.Cases), "case") + waits
	case r.Case == "":
		return r.Subject + waits
	}
	event := ""
	if r.Event != "" && r.Kind != earshot.AlertCard {
		event = "  " + string(r.Event)
	}
	return fmt.Sprintf("%-5s %-10s  %s: %s%s%s", r.Case, r.Intent, r.Brand, oneLine(r.Title, 60), event, waits)
}

// nobody sums up what reached no receiver, by reason.
func (p *replayPrinter) nobody(alerts []Replayed) {
	n := map[earshot.Reason]int{}
	for _, r := range alerts {
		if r.Receiver == "" {
			n[r.Reason]++
		}
	}
	if len(n) > 0 {
		p.line("\nnobody\n  %s", tally(n))
	}
}

// tally lists reasons, the most frequent first.
func tally(n map[earshot.Reason]int) string {
	var reasons []earshot.Reason
	for r := range n {
		reasons = append(reasons, r)
	}
	slices.SortFunc(reasons, func(a, b earshot.Reason) int { return cmp.Or(cmp.Compare(n[b], n[a]), cmp.Compare(a, b)) })
	var out []string
	for _, r := range reasons {
		out = append(out, fmt.Sprintf("%d %s", n[r], r))
	}
	return strings.Join(out, ", ")
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// oneLine cuts text from the web to one line of n characters, without anything a
// terminal would obey.
func oneLine(text string, n int) string {
	clean := strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r >= 0x80 && r < 0xa0 {
			return ' '
		}
		return r
	}, text)
	runes := []rune(strings.Join(strings.Fields(clean), " "))
	if len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return string(runes)
}

// PrintReplayJSON writes a replay as JSON, one alert a line.
func PrintReplayJSON(w io.Writer, alerts []Replayed) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, r := range alerts {
		line := struct {
			At       time.Time         `json:"at"`
			Receiver string            `json:"receiver"`
			Route    string            `json:"route,omitempty"`
			Kind     earshot.AlertKind `json:"kind"`
			Event    earshot.EventKind `json:"event,omitempty"`
			Reason   earshot.Reason    `json:"reason"`
			Why      string            `json:"why"`
			Case     string            `json:"case,omitempty"`
			Cases    []string          `json:"cases,omitempty"`
			Brand    string            `json:"brand,omitempty"`
			Intent   earshot.Intent    `json:"intent,omitempty"`
			Title    string            `json:"title,omitempty"`
			URL      string            `json:"url,omitempty"`
			Key      string            `json:"key"`
		}{r.Created, r.Receiver, r.Route, r.Kind, r.Event, r.Reason, r.Why, r.Case, r.Cases, r.Brand, r.Intent, r.Title, r.URL, r.Key}
		if err := enc.Encode(line); err != nil {
			return err
		}
	}
	return nil
}
