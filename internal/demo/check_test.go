package demo

import (
	"slices"
	"strings"
	"testing"
)

// told makes the messages of a perfect listener from a story's expectations.
func told(p *Play) []Message {
	type key struct{ post, brand string }
	cards := map[key]*Message{}
	var order []key
	for _, e := range p.Story.Expect {
		if e.Never {
			continue
		}
		k := key{e.Post, e.Brand}
		m := cards[k]
		if m == nil {
			m = &Message{Channel: "C0CARE", Name: "care", TS: p.Web.PostURL(e.Post) + e.Brand}
			cards[k] = m
			order = append(order, k)
		}
		status, label := "new", e.Label
		if label == "" {
			label = m.Last().Metadata.Text("label")
		}
		if e.Status != "" {
			status = e.Status
		}
		if len(e.Ends) > 0 {
			status = e.Ends[0]
		}
		m.Versions = append(m.Versions, Version{Metadata: Metadata{Type: CaseEvent, Payload: map[string]any{
			"case": e.Post + e.Brand, "url": p.Web.PostURL(e.Post), "brand": e.Brand, "label": label, "status": status}}})
	}
	var out []Message
	for _, k := range order {
		out = append(out, *cards[k])
	}
	return out
}

func TestCheckOfAPerfectListener(t *testing.T) {
	for _, name := range Stories() {
		p, c := stage(t, name)
		playAll(t, p, c)
		if missed := p.Check(told(p), nil); len(missed) > 0 {
			t.Errorf("%s: %v", name, missed)
		}
	}
}

func TestCheckSaysWhatDidNotHappen(t *testing.T) {
	p, c := stage(t, "day")
	if missed := p.Check(nil, nil); len(missed) != len(p.Story.Expect) || missed[0].Seen != "the story did not get that far" {
		t.Errorf("before the story: %v", missed)
	}
	playAll(t, p, c)
	find := func(post string) func(Message) bool {
		return func(m Message) bool { return strings.Contains(m.TS, "/"+post) }
	}
	set := func(ms []Message, post, key, value string) {
		m := ms[slices.IndexFunc(ms, find(post))]
		m.Last().Metadata.Payload[key] = value
	}
	for _, tt := range []struct {
		what string
		do   func([]Message) []Message
		want string
	}{
		{"card lost", func(ms []Message) []Message { return slices.DeleteFunc(ms, find("zhuanji")) }, "the question in Chinese is a card: no card instead"},
		{"wrong label", func(ms []Message) []Message { set(ms, "pisapapeles", "label", "question"); return ms }, `the label is "question"`},
		{"not answered", func(ms []Message) []Message { set(ms, "refund", "status", "new"); return ms }, `the status is "new", not responded or resolved or closed`},
		{"promise missed", func(ms []Message) []Message { set(ms, "pacco", "status", "overdue"); return ms }, "the status was never promised"},
		{"two cards", func(ms []Message) []Message { return append(ms, ms[0]) }, "2 cards"},
		{"namesake", func(ms []Message) []Message {
			m := ms[0]
			m.Versions = []Version{{Metadata: Metadata{Type: CaseEvent, Payload: map[string]any{"url": p.Web.PostURL("aurita"), "brand": "Aurelia Air"}}}}
			return append(ms, m)
		}, "the jellyfish is nobody's complaint: there is a card"},
	} {
		var lines []string
		for _, m := range p.Check(tt.do(told(p)), nil) {
			lines = append(lines, m.String())
		}
		if all := strings.Join(lines, "\n"); !strings.Contains(all, tt.want) {
			t.Errorf("%s: %q lacks %q", tt.what, all, tt.want)
		}
	}
	if missed := p.Check(told(p), []Duplicate{{"C0CARE", "card c7k2", []string{"1", "2"}}}); len(missed) != 1 || missed[0].What != "everything is told once" {
		t.Errorf("duplicates: %v", missed)
	}
}

func TestCommentLinksCountAsTheirPost(t *testing.T) {
	if !samePage("http://a.example/x/#comment-2", "http://a.example/x") || samePage("http://a.example/x", "http://a.example/y") {
		t.Error("samePage")
	}
}

func TestClicksThatComeToNothingAreTold(t *testing.T) {
	p, c := stage(t, "desk")
	p.Office = NewSlack(SlackOptions{Now: c.now, Rate: -1})
	playAll(t, p, c)
	missed := p.Check(told(p), nil)
	if len(missed) != 3 || missed[0].String() != "Ben takes Marta's case: there is no card to click on" {
		t.Errorf("%v", missed)
	}
}
