package daemon

import (
	"fmt"
	"slices"
	"strings"

	"earshot"
	"earshot/crawler"
	"earshot/internal/demo"
	"earshot/internal/store"
)

// seasonTally is what was right and wrong in one language.
type seasonTally struct {
	cases, answers, responded  int // all, answer right, called answered though it was not
	follows, joined            int // follow-ups and copies, and those that came to their case
	strays, wrong              int // posts that could be joined wrongly, and those that were
	due, promises              int // due time right, of promises
	breachWrong, breachMissing int
	misses                     []string
}

// percent is a share; of nothing, all is right.
func percent(n, of int) float64 {
	if of == 0 {
		return 100
	}
	return percentOf(n, of)
}

// percentOf is a share; of nothing, nothing is wrong.
func percentOf(n, of int) float64 { return 100 * float64(n) / float64(max(of, 1)) }

func (y *seasonTally) line() string {
	f := y.figures()
	return fmt.Sprintf("answer right %.1f %% of %d, wrong responded %.1f %%, joined %.1f %% of %d, wrong joins %.1f %% of %d, promise due right %.1f %% of %d, SLA breaches wrong %d, missing %d",
		f.answer, y.cases, f.responded, f.joined, y.follows, f.wrong, y.strays, f.due, y.promises, f.breaches, y.breachMissing)
}

func (y *seasonTally) figures() seasonFigures {
	return seasonFigures{answer: percent(y.answers, y.cases), responded: percentOf(y.responded, y.cases), joined: percent(y.joined, y.follows),
		wrong: percentOf(y.wrong, y.strays), due: percent(y.due, y.promises), breaches: y.breachWrong}
}

// seasonHeard is what the ledger holds of one post of the season.
type seasonHeard struct {
	id       string // of the case
	c        earshot.Case
	breached bool
	own      bool // the case was opened for this post
	text     string
	verdict  string
	evidence string // in words, for the list of misses
}

// seasonScore compares what was heard with what is true.
func (s *season) score(tx *store.Tx, web *demo.Web) (map[string]*seasonTally, error) {
	heard, tallies := map[string]seasonHeard{}, map[string]*seasonTally{}
	for _, truth := range s.truths {
		h, err := hearSeason(tx, web.PostURL(truth.slug), truth.brand)
		if err != nil {
			return nil, err
		}
		heard[truth.slug] = h
	}
	for _, truth := range s.truths {
		if tallies[truth.lang] == nil {
			tallies[truth.lang] = &seasonTally{}
		}
		y := tallies[truth.lang]
		if truth.joins != "" {
			y.follow(truth, heard)
		} else {
			y.root(truth, heard[truth.slug])
		}
	}
	return tallies, nil
}

func hearSeason(tx *store.Tx, url, brand string) (h seasonHeard, err error) {
	entries, err := tx.EntriesAt(crawler.CanonicalURL(url))
	if err != nil || len(entries) == 0 {
		h.verdict = "not read"
		return h, err
	}
	h.verdict, h.text = "brand not spotted", strings.ReplaceAll(entries[0].Title+" / "+entries[0].Text, "\n\n", " / ")
	mentions, err := tx.Mentions(entries[0].ID)
	if err != nil {
		return h, err
	}
	for _, m := range mentions {
		if m.Brand == brand {
			h.verdict = fmt.Sprintf("%s %s %.2f p(complaint) %.2f", m.Reason, m.Verdict.Intent, m.Verdict.IntentConfidence, m.Verdict.PComplaint)
		}
	}
	if h.id, err = tx.MentionCase(entries[0].ID, brand); err != nil || h.id == "" {
		return h, err
	}
	if h.c, _, err = tx.Case(h.id); err != nil {
		return h, err
	}
	h.own = h.c.Entry == entries[0].ID
	said, err := tx.Responses(h.c.Story, brand)
	if err != nil {
		return h, err
	}
	h.evidence = evidenceLine(h.c, said)
	events, err := tx.Events(h.id)
	h.breached = slices.ContainsFunc(events, func(e earshot.Event) bool { return e.Kind == earshot.EventOverdue })
	return h, err
}

func (y *seasonTally) follow(truth *seasonTruth, heard map[string]seasonHeard) {
	h, want := heard[truth.slug], heard[truth.joins]
	y.follows++
	y.strays++
	switch {
	case h.id != "" && h.id == want.id:
		y.joined++
	case h.id != "" && !h.own:
		y.wrong++
		y.miss(truth, "joined to another case: "+h.text)
	default:
		y.miss(truth, "not joined: "+h.verdict+": "+h.text)
	}
}

func (y *seasonTally) root(truth *seasonTruth, h seasonHeard) {
	y.cases++
	y.strays++
	if h.id == "" {
		y.miss(truth, "no case: "+h.verdict+": "+h.text)
		return
	}
	if !h.own {
		y.wrong++
		y.miss(truth, "joined to another case "+h.evidence+": "+h.text)
		return
	}
	if h.c.Answer == truth.answer {
		y.answers++
	} else {
		y.miss(truth, fmt.Sprintf("answer %s, want %s; evidence %s", h.c.Answer, truth.answer, h.evidence))
		if h.c.Answer.Given() && !truth.answer.Given() {
			y.responded++
		}
	}
	if !truth.due.IsZero() {
		y.promise(truth, h)
	}
	switch {
	case h.breached && !truth.breach:
		y.breachWrong++
		y.miss(truth, "called overdue: "+h.verdict+" "+h.evidence)
	case !h.breached && truth.breach:
		y.breachMissing++
		y.miss(truth, fmt.Sprintf("not called overdue: %s, clock %s, evidence %s", h.verdict, h.c.Clock.Clock, h.evidence))
	}
}

func (y *seasonTally) promise(truth *seasonTruth, h seasonHeard) {
	y.promises++
	for _, e := range h.c.Evidence {
		off := e.Due.Sub(truth.due).Abs()
		if e.Kind == earshot.EvidencePromise && (off.Minutes() < 1 || truth.exact && off.Hours() < 1) {
			y.due++
			return
		}
	}
	y.miss(truth, fmt.Sprintf("due %s not among %s", truth.due.Format("Mon 2 Jan 15:04"), h.evidence))
}

func (y *seasonTally) miss(truth *seasonTruth, what string) {
	y.misses = append(y.misses, fmt.Sprintf("%s %s (%s, %s): %s", truth.lang, truth.slug, truth.story, truth.brand, what))
}

func evidenceLine(c earshot.Case, said []earshot.Response) string {
	var out []string
	for _, e := range said {
		line := fmt.Sprintf("\n\t%s>%s %q by %s, said %s seen %s", e.Kind, e.Answer, e.Passage, e.Actor, e.SaidAt.Format("2 Jan 15:04"), e.FirstSeen.Format("2 Jan 15:04"))
		if !e.Due.IsZero() {
			line += " due " + e.Due.Format("Mon 2 Jan 15:04")
		}
		out = append(out, line)
	}
	return fmt.Sprintf("(published %s, seen %s)%s", c.Published.Format("2 Jan 15:04"), c.FirstSeen.Format("2 Jan 15:04"), strings.Join(out, ""))
}
