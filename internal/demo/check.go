package demo

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Sighting is one card as it was seen in Slack: what it was about and every
// status it had, in order.
type Sighting struct {
	Case     string   `json:"case"`
	URL      string   `json:"url"`
	Brand    string   `json:"brand"`
	Label    string   `json:"label"` // the last
	Channel  string   `json:"channel"`
	Statuses []string `json:"statuses"`
}

// Missed is an expectation that did not come true, and what was seen instead.
type Missed struct {
	Expectation
	Seen string `json:"seen"`
}

// String says what did not happen, in one line.
func (m Missed) String() string { return m.What + ": " + m.Seen }

// Sightings are the cards among messages, in the order they appeared. Webhook
// messages carry no metadata and are not cards here.
func Sightings(messages []Message) []Sighting {
	var out []Sighting
	for _, m := range messages {
		if !m.isCard() {
			continue
		}
		d := m.Last().Metadata
		s := Sighting{Case: d.Text("case"), URL: d.Text("url"), Brand: d.Text("brand"), Label: d.Text("label"), Channel: m.Name}
		for _, v := range m.Versions {
			if w := v.Metadata.Text("status"); w != "" && (len(s.Statuses) == 0 || s.Statuses[len(s.Statuses)-1] != w) {
				s.Statuses = append(s.Statuses, w)
			}
		}
		out = append(out, s)
	}
	return out
}

// Check compares what was seen in Slack with what the story expects, and also
// that nothing was told twice and every click was taken. It returns nil when all
// came true.
func (p *Play) Check(messages []Message, duplicates []Duplicate) []Missed {
	seen := Sightings(messages)
	p.mu.Lock()
	out := slices.Clone(p.failed)
	p.mu.Unlock()
	for _, e := range p.Story.Expect {
		url := p.Web.PostURL(e.Post)
		if url == "" {
			out = append(out, Missed{e, "the story did not get that far"})
			continue
		}
		if why := e.missed(seen, url); why != "" {
			out = append(out, Missed{e, why})
		}
	}
	for _, d := range duplicates {
		out = append(out, Missed{Expectation{What: "everything is told once"}, fmt.Sprintf("%s stands %d times in %s", d.Key, len(d.TS), d.Channel)})
	}
	return out
}

// missed says why the expectation did not come true, or "".
func (e Expectation) missed(seen []Sighting, url string) string {
	var about, cards []Sighting
	for _, s := range seen {
		if !samePage(s.URL, url) {
			continue
		}
		about = append(about, s)
		if e.Brand == "" || s.Brand == e.Brand {
			cards = append(cards, s)
		}
	}
	switch {
	case e.Never && len(cards) > 0:
		return fmt.Sprintf("there is a card: %s", describe(cards))
	case e.Never:
		return ""
	case len(cards) == 0:
		return cmp.Or(describe(about), "no card") + " instead"
	case len(cards) > 1:
		return fmt.Sprintf("%d cards: %s", len(cards), describe(cards))
	}
	return e.differs(cards[0])
}

func (e Expectation) differs(s Sighting) string {
	last := ""
	if n := len(s.Statuses); n > 0 {
		last = s.Statuses[n-1]
	}
	switch {
	case e.Label != "" && s.Label != e.Label:
		return fmt.Sprintf("the label is %q", s.Label)
	case e.Status != "" && !slices.Contains(s.Statuses, e.Status):
		return fmt.Sprintf("the status was never %s: %s", e.Status, strings.Join(s.Statuses, ", "))
	case len(e.Ends) > 0 && !slices.Contains(e.Ends, last):
		return fmt.Sprintf("the status is %q, not %s", last, strings.Join(e.Ends, " or "))
	}
	return ""
}

func describe(list []Sighting) string {
	var parts []string
	for _, s := range list {
		parts = append(parts, fmt.Sprintf("%s about %s (%s)", s.Label, s.Brand, strings.Join(s.Statuses, ", ")))
	}
	return strings.Join(parts, "; ")
}

// samePage compares addresses without fragment and closing slash: a card may
// link to the evidence on the page.
func samePage(a, b string) bool {
	trim := func(s string) string {
		s, _, _ = strings.Cut(s, "#")
		return strings.TrimSuffix(s, "/")
	}
	return trim(a) == trim(b)
}
