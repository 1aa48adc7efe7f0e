package daemon

import (
	"fmt"
	"strings"
	"unicode"

	"earshot"
	"earshot/crawler"
	"earshot/internal/store"
)

// unknown says why a page was never read: nothing that is followed leads there,
// or its source has not brought it yet; and how to have it read.
func (x *explaining) unknown(link, key string) error {
	x.line("not known: %s", key)
	sources, err := x.tx.Sources()
	if err != nil {
		return err
	}
	heard := 0
	for _, s := range sources {
		if host(s.URL) != host(key) {
			continue
		}
		if s.Kind == earshot.SourceThread && crawler.CanonicalURL(s.URL) == key {
			x.line("  tracked   it was pointed out and is read next %s; so far: %s", stamp(s.Due), orNothing(s.Reason))
			return nil
		}
		if s.Kind == earshot.SourceThread {
			continue
		}
		heard++
		x.line("  source    %s", x.sourceWhy(s))
	}
	if heard == 0 {
		x.line("  source    none: no feed or site of %s is followed.", host(key))
		x.line("            To hear all of it, add it under sources: earshot inspect page %s shows its feeds.", key)
	}
	x.line("  track     To read this one page now and again as it moves: earshot explain --track %s", link)
	return nil
}

func orNothing(reason string) string {
	if reason == "" {
		return "nothing to report"
	}
	return reason
}

// sourceWhy says why a source of the page's site has not brought it.
func (x *explaining) sourceWhy(s earshot.Source) string {
	name := crawler.Redact(s.URL)
	switch {
	case s.Paused():
		return fmt.Sprintf("%s is paused by %s until %s: %s.", name, s.Pause.Who, stamp(s.Pause.Until), s.Pause.Why)
	case s.FirstTried.IsZero():
		return fmt.Sprintf("%s is followed and was not read yet: due %s.", name, stamp(s.Due))
	case s.LastSuccess.IsZero():
		return fmt.Sprintf("%s is followed and was never heard: %s (%s). Tried last %s, again %s.", name, orNothing(s.Reason), s.State, stamp(s.LastTried), stamp(s.Due))
	case s.State != earshot.SourceOK && s.State != earshot.SourceMoved && s.State != earshot.SourceLate:
		return fmt.Sprintf("%s is followed and not heard now: %s (%s). Heard last %s, tried again %s.", name, orNothing(s.Reason), s.State, stamp(s.LastSuccess), stamp(s.Due))
	}
	why := "this post was not in it: newer than that, older than what it lists, or not listed there"
	if s.Kind == earshot.SourceSite {
		why = "no page that was read there links to this post, or robots.txt keeps it from being read"
	}
	return fmt.Sprintf("%s is followed (%s), read last %s, next %s; %s.", name, s.State, stamp(s.LastSuccess), stamp(s.Due), why)
}

// fate says what became of an entry that is known: in work, set aside, or why
// it makes no message or mention.
func (x *explaining) fate(f store.Fate) {
	switch {
	case f.Work == store.WorkPoison:
		x.line("  judged    not: it failed %d times and was set aside", f.Attempts)
	case f.Work != store.WorkDone && f.Attempts > 0:
		x.line("  judged    not yet: %d attempts so far", f.Attempts)
	case f.Work != store.WorkDone:
		x.line("  judged    not yet: it waits for its turn")
	}
	if f.Silent != "" {
		x.line("  silent    %s: it makes no card of its own", f.Silent)
	}
}

// unnamed says that no brand is named, and which words come nearest to one.
func (x *explaining) unnamed(e earshot.Entry) {
	x.line("  match     no brand is named in it")
	text := e.Title + "\n" + e.Text
	if near, brand, ok := nearest(text, x.s.cfg.Brands); ok {
		x.line("            nearest is %q, which is like %s: add it to the aliases if that is meant", near, brand)
	}
	if strings.TrimSpace(e.Text) == "" {
		x.line("            its text is empty: the page was not had, or holds none")
	}
}

// nearText is how much of a text is searched for a name that is nearly a brand's.
const nearText = 20000

// nearest finds the words of a text that come nearest to a brand's name without
// being it: at most one letter in four differs.
func nearest(text string, brands []earshot.Brand) (near, brand string, ok bool) {
	tokens := strings.FieldsFunc(text[:min(len(text), nearText)], func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '@' })
	best := 1.0
	for _, b := range brands {
		for _, alias := range append([]string{b.Name}, b.Aliases...) {
			name := []rune(strings.ToLower(alias))
			n := len(strings.Fields(alias))
			if len(name) < 4 || n == 0 {
				continue
			}
			for i := 0; i+n <= len(tokens); i++ {
				words := strings.Join(tokens[i:i+n], " ")
				got := []rune(strings.ToLower(words))
				if len(got) > len(name)+2 || len(got) < len(name)-2 {
					continue
				}
				if d := float64(distance(got, name)) / float64(len(name)); d <= .25 && d < best {
					best, near, brand, ok = d, words, b.Name, true
				}
			}
		}
	}
	return near, brand, ok
}

// distance counts the letters to change, add or leave out between two words.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before := row[0]
		row[0] = i + 1
		for j := range b {
			cost := before
			if a[i] != b[j] {
				cost = 1 + min(before, row[j], row[j+1])
			}
			before, row[j+1] = row[j+1], cost
		}
	}
	return row[len(b)]
}
