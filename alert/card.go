package alert

import (
	"strconv"
	"time"

	"earshot"
	"earshot/internal/words"
)

// Card is a message as a receiver should show it, whatever the receiver is:
// every text is plain, and whoever draws it escapes it.
type Card struct {
	Kind     earshot.AlertKind
	Text     string // the whole message as a sentence or two: notification, screen reader, plain resend
	Header   string // at most 80 characters
	Struck   bool   // the header is struck out: dismissed
	Quote    string // what the writer said, at most two sentences
	Lang     string // of the quote
	Link     *Piece // to the post
	Fields   []Field
	Notes    []string // what else is known, each a few words
	Facts    []Line   // the same with links: where it was seen
	Sections []Section
	Buttons  []Button
	More     []Button // the overflow menu
	Context  Line     // why this message is here, and what was cut
	Meta     Meta
	Ping     Line // people to mention who are named nowhere else on the card
	Words    *words.Words
}

// Field is a named fact of one or two lines.
type Field struct {
	Name  string
	Value []Line
}

// Section is a titled list, with how many items were left out.
type Section struct {
	Title string
	Items []Line
	Left  int
}

// Button is an action or, with a URL, a link. Value is what the action is about.
type Button struct {
	ID      string
	Text    string
	Value   string
	URL     string
	Primary bool
}

// Meta is what other tools, and a look-up after a doubtful send, read of a message.
type Meta struct {
	Key    string `json:"key"`
	Case   string `json:"case,omitempty"`
	Rev    int    `json:"rev,omitempty"`
	URL    string `json:"url,omitempty"`
	Brand  string `json:"brand,omitempty"`
	Label  string `json:"label,omitempty"`
	Status string `json:"status,omitempty"`
	Digest string `json:"digest,omitempty"`
	Date   string `json:"date,omitempty"`
}

// maxHeader is the header's length in characters, as people read it at a glance.
const maxHeader = 80

// Render builds the message of an alert by its kind. For a line it is the line
// alone; the card that the line's thread hangs on is CaseCard.
func Render(m Message) Card {
	d := draft{m: m, w: words.For(m.Lang), c: m.View.Case}
	if d.m.Zone == nil {
		d.m.Zone = time.UTC
	}
	switch m.Alert.Kind {
	case earshot.AlertLine:
		return d.line()
	case earshot.AlertRemind:
		return d.reminder()
	case earshot.AlertDigest:
		return d.digest()
	case earshot.AlertSummary:
		return d.summary()
	case earshot.AlertWelcome:
		return d.welcome()
	case earshot.AlertSpike, earshot.AlertEdit:
		return d.spike() // or the case's card, if it is of a case
	case earshot.AlertOps:
		return d.ops()
	}
	return d.card()
}

// CaseCard builds the card of the message's case as it stands now.
func CaseCard(m Message) Card {
	if m.Alert.Kind == earshot.AlertLine || m.Alert.Kind == earshot.AlertRemind {
		m.Alert.Kind, m.Alert.Notify = earshot.AlertEdit, nil
	}
	return Render(m)
}

// draft is one rendering.
type draft struct {
	m Message
	w *words.Words
	c earshot.Case
}

func (d draft) card() Card {
	status := d.c.Status()
	c := Card{Kind: d.m.Alert.Kind, Words: d.w, Header: d.header(), Struck: status == "dismissed", Lang: d.m.View.Lang, Link: d.postLink(),
		Notes: d.notes(), Facts: d.repetition(), Buttons: d.buttons(), More: d.more(), Meta: d.meta()}
	quote, cut := sentences(d.m.View.Quote, 2, maxQuote)
	c.Quote = quote
	c.Fields = d.fields()
	c.Context = d.context(cut)
	c.Text = d.say()
	c.Ping = d.ping(c.Fields)
	if c.Struck {
		c.Fields, c.Notes, c.Facts = nil, nil, nil
	}
	return c
}

// maxQuote keeps two long sentences from filling the screen.
const maxQuote = 600

// ping are the people of the alert whom no field mentions already.
func (d draft) ping(fields []Field) Line {
	named := map[string]bool{}
	for _, f := range fields {
		for _, l := range f.Value {
			for _, p := range l {
				named[p.Person] = true
			}
		}
	}
	var line Line
	for _, name := range d.m.Alert.Notify {
		if named[name] {
			continue
		}
		if len(line) > 0 {
			line = append(line, Piece{Text: d.w.Comma})
		}
		line = append(line, Piece{Text: name, Person: name})
	}
	return line
}

func (d draft) meta() Meta {
	return Meta{Key: d.m.Alert.Key, Case: d.c.ID, Rev: d.c.Rev, URL: d.m.View.URL, Brand: d.c.Brand, Label: string(d.c.Label.Intent), Status: string(d.c.Status())}
}

// header is `Complaint - AAA - 3 h roadside wait`: what it is, whose, about what.
func (d draft) header() string {
	head := d.head() + " - " + name(d.c.Brand)
	room := maxHeader - len([]rune(head)) - 3
	if what := d.what(); what != "" && room >= 8 {
		head += " - " + clip(what, room)
	}
	return clip(head, maxHeader)
}

// what is the subject in a few words: the post's title, else how its quote begins.
func (d draft) what() string {
	v := d.m.View
	if t := calm(tidy(v.Title), d.c.Brand); t != "" {
		return t
	}
	q, _ := sentences(v.Quote, 1, 60)
	return calm(q, d.c.Brand)
}

func (d draft) head() string {
	w, status := d.w, d.c.Status()
	switch {
	case d.c.Merged != "":
		return w.HeadMerged.With("case", d.c.Merged)
	case status == "dismissed":
		return w.HeadDismissed
	case (status == "closed" || status == "resolved") && d.c.FollowUp.State == earshot.FollowAsked:
		return w.HeadFollowUp
	case status == "closed":
		return w.HeadClosed
	case status == "resolved":
		return w.HeadResolved
	case status == "responded":
		return d.headResponded()
	case status == "overdue":
		return w.HeadOverdue
	case status == "promised" && d.c.Promise.Due.IsZero():
		return w.HeadPromise
	case status == "promised":
		return w.HeadPromised.With("time", w.When(d.c.Promise.Due.In(d.m.Zone), d.m.Now))
	case d.c.Promise.State == earshot.PromiseBroken && d.c.Answer == earshot.AnswerPromised:
		return w.HeadBroken
	case status == "unconfirmed":
		return w.HeadUnconfirmed
	case d.c.Label.Unsure:
		return w.HeadUnsure.With("label", words.Name(w.Nouns, string(d.c.Label.Intent)))
	case earshot.Fold(d.c.Evidence).Reopened:
		return w.HeadReopened
	}
	return words.Name(w.Intents, string(d.c.Label.Intent))
}

func (d draft) headResponded() string {
	return d.w.HeadResponded.With("time", d.w.Duration(d.c.Waiting(d.m.Now)))
}

func (d draft) postLink() *Piece {
	v := d.m.View
	if v.URL == "" {
		return nil
	}
	site, title := name(siteName(v)), clip(calm(tidy(v.Title), d.c.Brand), 90)
	text := d.w.ReadPost.With("site", site)
	switch {
	case title != "" && site != "":
		text = d.w.ReadTitle.With("title", d.w.Quoted(title), "site", site)
	case title != "":
		text = d.w.ReadTitleBare.With("title", d.w.Quoted(title))
	}
	return &Piece{Text: text, URL: v.URL}
}

// siteName is the blog's name, else its host.
func siteName(v earshot.CaseView) string {
	if v.SiteName != "" {
		return v.SiteName
	}
	return v.Site
}

func (d draft) notes() []string {
	v, w := d.m.View, d.w
	var notes []string
	add := func(n int, p words.Plural) {
		if n > 0 {
			notes = append(notes, p.N(n))
		}
	}
	add(d.c.Voices, w.Voices)
	add(d.c.Joined, w.Joined)
	add(d.c.Copies, w.Copies)
	if r := d.recursNote(); r != "" {
		notes = append(notes, r)
	}
	if v.Account != "" {
		notes = append(notes, w.KeyAccount.With("name", tidy(v.Account)))
	}
	if v.Verdict.Leaving {
		notes = append(notes, w.LeavingNote)
	}
	if v.Verdict.By == "llm" {
		notes = append(notes, w.SecondOpinion.With("label", words.Name(w.Intents, string(v.Verdict.Intent))))
	}
	if v.Reach > 0 {
		notes = append(notes, w.ReachNote.With("n", strconv.Itoa(v.Reach)))
	}
	if v.Comments == earshot.CommentsClosed {
		notes = append(notes, w.CommentsClosed)
	}
	return notes
}

// context says why the card is here: rule, the words that decided, confidence,
// published, found, language.
func (d draft) context(cut bool) Line {
	v, w := d.m.View, d.w
	places := map[string]Piece{
		"rule":       {Text: clip(tidy(v.Rule), 60), Code: true},
		"words":      {Text: w.Quoted(clip(tidy(v.Verdict.Evidence.Text), 60))},
		"confidence": {Text: strconv.FormatFloat(d.c.Label.Confidence, 'f', 2, 64)},
	}
	why := w.WhyWords
	if v.Verdict.Evidence.Text == "" {
		why = w.Why
	}
	line := append(fill(why, places), Piece{Text: w.Stop})
	line = append(line, fill(w.Published, map[string]Piece{"time": d.date(v.Published)})...)
	line = append(line, Piece{Text: w.Comma + w.Found.With("time", w.Duration(v.FirstSeen.Sub(v.Published))) + w.Stop})
	if cut {
		line = append(line, Piece{Text: w.Cut.With("what", w.CutQuote) + w.Stop})
	}
	return append(line, Piece{Text: v.Lang})
}

// date is a time that each reader sees in their own zone.
func (d draft) date(t time.Time) Piece {
	return Piece{Text: d.w.Stamp(t.In(d.m.Zone)), At: t}
}

// who is a person: mentioned if the alert wants it or the message is there
// already (changing a message calls nobody), else only named.
func (d draft) who(name string) Piece {
	p := Piece{Text: name}
	if d.m.Alert.Kind == earshot.AlertEdit {
		p.Person = name
	}
	for _, n := range d.m.Alert.Notify {
		if n == name {
			p.Person = name
		}
	}
	return p
}
