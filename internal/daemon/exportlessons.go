package daemon

import (
	"encoding/json"
	"slices"
	"time"
	"unicode/utf8"

	"earshot"
	"earshot/internal/store"
)

// lessonRecord is a correction as training data: what `earshot-train fit --data`
// reads, with who said so and when. Offsets of the target are code points. A
// correction that says "not about us", or whose text is gone, has no label.
type lessonRecord struct {
	Record    string            `json:"record"`
	Story     int64             `json:"story"`
	Brand     string            `json:"brand"`
	Was       string            `json:"was"`
	Intent    string            `json:"intent"`
	Sentiment *string           `json:"sentiment"`
	Ours      bool              `json:"ours"`
	Actor     string            `json:"actor"`
	At        string            `json:"at"`
	URL       string            `json:"url"`
	Lang      string            `json:"lang"`
	Text      string            `json:"text"`
	Target    *lessonTarget     `json:"target,omitempty"`
	Domain    string            `json:"domain"`
	Split     string            `json:"split"`
	Kind      earshot.EntryKind `json:"kind"`
}

type lessonTarget struct {
	Text  string `json:"text"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// exportLessons writes every correction with its text, by id.
func exportLessons(tx *store.Tx, enc *json.Encoder) error {
	said, err := tx.Lessons()
	if err != nil {
		return err
	}
	for _, o := range said {
		r := lessonRecord{Record: "corrections", Story: o.Story, Brand: o.Brand, Was: o.Was, Ours: o.Ours, Actor: o.Actor, At: o.At.Format(time.RFC3339), Domain: "blog", Split: "train"}
		if o.Ours {
			r.Intent, r.Sentiment = string(o.Intent), sentimentFor(o.Intent)
		}
		mentions, entries, err := tx.StoryMentions(o.Story, o.Brand)
		if err != nil {
			return err
		}
		if len(mentions) > 0 {
			i := max(0, slices.IndexFunc(entries, func(e earshot.Entry) bool { return e.Kind == earshot.Post }))
			r.place(entries[i], mentions[i])
		}
		if err := enc.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// sentimentFor is the sentiment that goes with a corrected intent; nil where the
// person did not say.
func sentimentFor(i earshot.Intent) *string {
	var s string
	switch i {
	case earshot.Complaint:
		s = string(earshot.Negative)
	case earshot.Compliment:
		s = string(earshot.Positive)
	default:
		return nil
	}
	return &s
}

// place fills in the text, and where the brand stands in it first. A brand that
// only the title names is shown in title and text.
func (r *lessonRecord) place(e earshot.Entry, m earshot.Mention) {
	r.URL, r.Lang, r.Kind, r.Text = e.URL, e.Lang, e.Kind, e.Text
	i := slices.IndexFunc(m.Spans, func(s earshot.Span) bool { return s.Field == earshot.FieldText })
	if i < 0 {
		i = slices.IndexFunc(m.Spans, func(s earshot.Span) bool { return s.Field == earshot.FieldTitle })
		r.Text = e.Title + "\n" + e.Text
	}
	if i < 0 || m.Spans[i].End > len(r.Text) || m.Spans[i].Start > m.Spans[i].End {
		return
	}
	s := m.Spans[i]
	start := utf8.RuneCountInString(r.Text[:s.Start])
	r.Target = &lessonTarget{Text: r.Text[s.Start:s.End], Start: start, End: start + utf8.RuneCountInString(r.Text[s.Start:s.End])}
}
