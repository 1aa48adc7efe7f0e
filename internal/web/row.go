package web

import (
	"html/template"
	"net/url"
	"strings"
	"unicode/utf8"

	"earshot"
	"earshot/internal/store"
)

// step is the one thing to do next with a case. Without a Verb the case's own
// page asks for more than a click.
type step struct {
	Verb    earshot.Verb
	Label   string
	Primary bool
}

// step follows the order of the Slack card's primary button.
func (r Reader) step(c earshot.Case) step {
	w := r.W
	taken := c.Work == earshot.WorkClaimed
	switch status := c.Status(); {
	case (status == "closed" || status == "resolved") && c.FollowUp.State == earshot.FollowAsked:
		return step{earshot.VerbConfirm, w.YesFixed, true}
	case status == "dismissed" || status == "closed" || status == "resolved":
		return step{earshot.VerbReopen, w.Reopen, false}
	case status == "responded":
		return step{"", w.SetOutcome, true}
	case c.Label.Unsure && !taken:
		return step{"", w.Ask[string(c.Label.Intent)], true}
	case status == "unconfirmed":
		return step{earshot.VerbConfirm, w.ConfirmAnswer, true}
	case status == "promised":
		return step{earshot.VerbKept, w.MarkKept, true}
	case !taken:
		return step{earshot.VerbClaim, w.Take, true}
	}
	return step{earshot.VerbAnswered, w.MarkAnswered, true}
}

// row is one person, waiting: the clock, the words, the next step.
type row struct {
	Reader
	Back   string // where the next step comes back to
	Nonce  string
	Tone   string // late, soon or ""
	Icon   string
	Head   template.HTML
	Sub    template.HTML
	Line   store.CaseLine
	Step   step
	Quote  string // with the marks of its language
	Site   string
	Author string
}

// row dresses a line; the caller sets the clock.
func (v *visit) row(l store.CaseLine) row {
	return row{Reader: v.Reader, Back: v.r.URL.RequestURI(), Nonce: nonce(), Line: l, Step: v.step(l.Case),
		Quote: quoted(lineLang(l), evidence(l)), Site: siteName(l.Entry), Author: v.authorName(l.Entry.Author)}
}

func (r Reader) authorName(a earshot.Author) string {
	if a.Name == "" {
		return r.W.Nameless
	}
	return a.Name
}

func siteName(e earshot.Entry) string {
	if e.SiteName != "" {
		return e.SiteName
	}
	return e.Site
}

// Lang is the language of the quote.
func (r row) Lang() string { return sayLang(lineLang(r.Line)) }

// Foreign says whether the language is worth a tag: it is not the reader's.
func (r row) Foreign() bool { return r.Lang() != "" && r.Lang() != r.W.Lang }

// Owner is who has the case.
func (r row) Owner() string { return r.ownerOf(r.Line.Case) }

// ownerOf tells who took the case from who only stands in the config for it.
func (r Reader) ownerOf(c earshot.Case) string {
	switch {
	case c.Owner == "":
		return r.W.Nobody
	case c.Work == earshot.WorkNew && !c.Answer.Given():
		return r.W.OwnerIdle.With("who", c.Owner)
	}
	return c.Owner
}

// ByAuthor is the list of the author's cases.
func (r row) ByAuthor() string { return "/cases?author=" + url.QueryEscape(r.Line.Entry.Author.Key) }

func lineLang(l store.CaseLine) string {
	if l.Verdict.Lang != "" {
		return l.Verdict.Lang
	}
	return l.Entry.Lang
}

// evidence is the words that decided, else how the text begins: at most two
// sentences or 240 characters.
func evidence(l store.CaseLine) string {
	return excerpt(l.Verdict.Evidence.Text, l.Entry)
}

func excerpt(decided string, e earshot.Entry) string {
	for _, text := range []string{decided, e.Text, e.Title} {
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			return clip(text, 240)
		}
	}
	return "…"
}

// clip cuts at a word's end and says that it did.
func clip(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	runes := []rune(text)[:n]
	cut := string(runes)
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + " …"
}

// label is "complaint, severity 3" or "compliment, staff".
func (r Reader) label(l earshot.Label) string {
	text := r.W.Nouns[string(l.Intent)]
	switch {
	case l.Intent == earshot.Complaint && l.Severity > 0:
		text += r.W.Comma + r.W.SeverityIs.With("n", itoa(l.Severity))
	case l.Facet != "":
		text += r.W.Comma + strings.ToLower(r.W.Facets[string(l.Facet)])
	}
	return text
}

// Label is the row's label in words.
func (r row) Label() string { return r.label(r.Line.Case.Label) }

// Nth is "2nd complaint", or "" when it is the first known of a nameless author.
func (r row) Nth() string {
	if r.Line.Nth == 0 {
		return ""
	}
	return r.W.NthLabel.With("nth", r.W.Ordinal(r.Line.Nth), "label", r.W.Nouns[string(r.Line.Case.Label.Intent)])
}

// promised shows the words of the promise instead of those of the complaint.
func (r *row) promised(tx *store.Tx) error {
	all, err := tx.CaseResponses(r.Line.Case.ID)
	for _, a := range all {
		if a.ID == r.Line.Case.Promise.Response && a.Passage != "" {
			r.Quote = quoted(lineLang(r.Line), clip(a.Passage, 240))
		}
	}
	return err
}
