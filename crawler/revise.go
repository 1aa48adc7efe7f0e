package crawler

import (
	"hash/fnv"
	"slices"
	"strings"
	"unicode"

	"earshot"
)

const (
	formsMax = 8    // ways of reading one entry that are told apart; more are not compared
	linesMax = 4000 // fingerprints of lines kept of one form
)

// Change says what reading a known entry again came to.
type Change int

// The changes. Noted is worth writing down, though nobody need look at it.
const (
	Unchanged Change = iota
	Noted
	Revised
)

// Noticed returns an entry that remembers how it was read, so that the next
// reading of the same form is compared with this one.
func Noticed(e earshot.Entry) earshot.Entry {
	e.Forms = noted(earshot.Entry{}, e)
	return e
}

// Completed notes what an entry's page showed when its text was taken from there,
// beside what the feed had shown.
func Completed(known, full earshot.Entry) earshot.Entry {
	if full.Summary || full.Text == known.Text {
		return full
	}
	full.Form = earshot.FormPage
	shown := full
	shown.Title = "" // the feed's, not the page's
	full.Forms = noted(known, shown)
	return full
}

// Revise compares a stored entry with the same one read again, each form of
// reading with what it showed before: a feed's excerpt and the page's whole text
// are no edits of each other. It is Revised only if the same form's normalised
// title changed, or its text says something that no reading had; then the entry
// returned has the old one's identity, the following revision number and Added:
// the paragraphs that are new, update blocks first, the newest before older ones.
// Of a form that was not read before only an update block is news. Otherwise the
// entry is the old one with what is noted of this reading, and with its text if
// the page has more of it.
func Revise(old, next earshot.Entry) (earshot.Entry, Change) {
	name := formOf(next)
	before, again := old.Forms[name]
	if next.Text == "" || next.Summary && !old.Summary || again && before.Hash == next.Hash {
		return old, Unchanged
	}
	news := newTo(old, before, next)
	revised := adopted(old, next)
	revised.Revision = max(old.Revision, 1) + 1
	own := formOf(next) == formOf(old)
	if !own && again && len(next.Text)*5 < len(old.Text)*4 {
		revised = appended(old, next, news) // a short form tells of an edit of the long text
	}
	seen := revised
	seen.FirstSeen = next.FirstSeen // of this revision: no update in it is later
	revised.Added = added(seen, news)
	retitled := again && before.Title != "" && next.Title != "" && foldText(next.Title) != before.Title && foldText(next.Title) != foldText(old.Title)
	if retitled {
		revised.Title = next.Title
	}
	switch {
	case again && (len(revised.Added) > 0 || retitled), !again && addsUpdate(revised):
		return revised, Revised
	case own && again:
		revised.Revision, revised.Added = old.Revision, old.Added
		return revised, Noted
	case next.Form == earshot.FormPage && anyLine(next.Text, news):
		revised.Revision, revised.Added, revised.Hash = old.Revision, old.Added, old.Hash
		return revised, Noted
	}
	old.Forms = revised.Forms
	return old, Noted
}

// adopted is the new reading under the old identity.
func adopted(old, next earshot.Entry) earshot.Entry {
	forms := noted(old, next)
	next.ID, next.Key, next.Source, next.FirstSeen, next.Thread = old.ID, old.Key, old.Source, old.FirstSeen, old.Thread
	next.Published, next.Precision, next.Removed = old.Published, old.Precision, old.Removed
	next.Forms = forms
	if old.Author.Key != "" {
		next.Author = old.Author
	}
	if old.Lang != "" {
		next.Lang, next.LangSure = old.Lang, old.LangSure
	}
	if formOf(next) != formOf(old) {
		next.Title = firstOf(old.Title, next.Title) // a page's own often ends in the blog's name
	}
	if len(next.Tags) == 0 {
		next.Tags = old.Tags
	}
	next.Title, next.GUID, next.SiteName = firstOf(next.Title, old.Title), firstOf(next.GUID, old.GUID), firstOf(next.SiteName, old.SiteName)
	next.CommentFeed, next.CommentsURL = firstOf(next.CommentFeed, old.CommentFeed), firstOf(next.CommentsURL, old.CommentsURL)
	next.CommentCount = max(next.CommentCount, old.CommentCount)
	if next.Comments == earshot.CommentsUnknown {
		next.Comments = old.Comments
	}
	return next
}

// appended is the old entry with what a shorter form of it says anew below.
func appended(old, next earshot.Entry, news func(string) bool) earshot.Entry {
	revised := old
	revised.Forms, revised.Revision = noted(old, next), max(old.Revision, 1)+1
	revised.Title = firstOf(next.Title, old.Title)
	for line := range strings.SplitSeq(next.Text, "\n") {
		if strings.TrimSpace(line) != "" && news(line) {
			revised.Text += "\n\n" + line
		}
	}
	revised.Hash = ContentHash(revised.Title, revised.Text)
	return revised
}

// formOf names the way an entry was read: its page, or the feed it stood in.
func formOf(e earshot.Entry) string {
	if e.Form == earshot.FormPage {
		return e.Form
	}
	return "feed-" + digest(e.Source)[:8]
}

// showed says whether one of an entry's forms had the hash.
func showed(e earshot.Entry, hash string) bool {
	if e.Hash == hash {
		return true
	}
	for _, f := range e.Forms {
		if f.Hash == hash {
			return true
		}
	}
	return false
}

// noted is what is known of the forms of an entry after one more reading.
func noted(old, next earshot.Entry) map[string]earshot.Form {
	name := formOf(next)
	before, again := old.Forms[name]
	forms := make(map[string]earshot.Form, len(old.Forms)+1)
	for k, v := range old.Forms {
		forms[k] = v
	}
	if !again && len(forms) >= formsMax {
		return forms
	}
	f := earshot.Form{Hash: next.Hash, Title: firstOf(foldText(next.Title), before.Title), Lines: slices.Clone(before.Lines)}
	had := make(map[uint32]bool, len(f.Lines))
	for _, n := range f.Lines {
		had[n] = true
	}
	for line := range strings.SplitSeq(next.Text, "\n") {
		if n, ok := lineMark(line); ok && !had[n] && len(f.Lines) < linesMax {
			had[n] = true
			f.Lines = append(f.Lines, n)
		}
	}
	forms[name] = f
	return forms
}

// lineMark is the fingerprint of a line's letters and digits; ok is false for a
// line without any.
func lineMark(line string) (n uint32, ok bool) {
	s := squash(line)
	h := fnv.New32a()
	h.Write([]byte(s))
	return h.Sum32(), s != ""
}

// squash keeps letters and digits only, folded: what two forms of one text share
// however they break lines, quote and space.
func squash(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, foldText(s))
}

// newTo returns a question: does a line say what neither an earlier reading of
// this form nor the text known so far does? The title and the names of author and
// blog, which some pages glue to the first sentence, are not news.
func newTo(old earshot.Entry, before earshot.Form, next earshot.Entry) func(line string) bool {
	had := make(map[uint32]bool, len(before.Lines))
	for _, n := range before.Lines {
		had[n] = true
	}
	known := squash(old.Text)
	var furniture []string
	for _, s := range []string{old.Title, next.Title, old.Author.Name, next.Author.Name, old.SiteName, next.SiteName} {
		if s = squash(s); len(s) >= 3 && !slices.Contains(furniture, s) {
			furniture = append(furniture, s)
		}
	}
	slices.SortFunc(furniture, func(a, b string) int { return len(b) - len(a) })
	return func(line string) bool {
		n, ok := lineMark(line)
		if !ok || had[n] {
			return false
		}
		s := squash(line)
		if strings.Contains(known, s) {
			return false
		}
		for _, f := range furniture {
			s = strings.TrimSuffix(s, f)
			if at := strings.Index(s, f); at >= 0 && at <= glueMax {
				s = s[at+len(f):]
			}
		}
		for _, by := range []string{"by", "por", "di", "da", "作者"} {
			s = strings.TrimPrefix(s, by)
		}
		return s != "" && !strings.Contains(known, s)
	}
}

// glueMax is how many bytes of a byline's own words ("Posted on 3 March by") may
// stand before a name glued to the text.
const glueMax = 40

// anyLine says whether a text holds a line of which news is true.
func anyLine(text string, news func(string) bool) bool {
	for line := range strings.SplitSeq(text, "\n") {
		if news(line) {
			return true
		}
	}
	return false
}

// addsUpdate says whether a revision's news is an update block.
func addsUpdate(e earshot.Entry) bool {
	return slices.ContainsFunc(Updates(e), func(u earshot.Passage) bool {
		return slices.ContainsFunc(e.Added, func(a earshot.Passage) bool { return a.Start == u.Start })
	})
}

// added lists what stands in an entry and is news.
func added(next earshot.Entry, news func(string) bool) []earshot.Passage {
	var blocks []earshot.Passage
	inBlock := make([]earshot.Passage, 0, 4)
	for _, u := range Updates(next) {
		if anyLine(u.Text, news) {
			blocks = append(blocks, u)
		}
		inBlock = append(inBlock, u)
	}
	if topmostUpdate(blocks, next.Text) {
		// newest on top already
	} else {
		slices.Reverse(blocks)
	}
	slices.SortStableFunc(blocks, func(a, b earshot.Passage) int {
		if a.Dated.IsZero() || b.Dated.IsZero() {
			return 0
		}
		return b.Dated.Compare(a.Dated)
	})
	for at := 0; at < len(next.Text); {
		end := at + lineLen(next.Text[at:])
		line := strings.TrimRight(next.Text[at:end], "\n")
		if strings.TrimSpace(line) != "" && news(line) && !covered(at, inBlock) {
			blocks = append(blocks, earshot.Passage{Start: at, End: at + len(line), Text: line})
		}
		at = end
	}
	return blocks
}

func covered(at int, blocks []earshot.Passage) bool {
	return slices.ContainsFunc(blocks, func(b earshot.Passage) bool { return at >= b.Start && at < b.End })
}

// topmostUpdate says whether updates stand above the post, newest first.
func topmostUpdate(blocks []earshot.Passage, text string) bool {
	return len(blocks) > 0 && blocks[0].Start < len(text)/4 && strings.TrimSpace(text[:blocks[0].Start]) == ""
}
