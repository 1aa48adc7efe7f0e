package classify

import (
	"strings"
)

// shortAnswer reads "Nope." or "Yes, finally" after a question about an answer.
func (d *answerDoc) shortAnswer(i int) []answerEvent {
	c := &d.clauses[i]
	if i == 0 || !d.asked(i) {
		return nil
	}
	if d.has(c, "no") {
		return []answerEvent{{kind: "silence", clause: i, why: d.table.lang + ".short_no"}}
	}
	if d.has(c, "yes") {
		return []answerEvent{{kind: "answer", clause: i, why: d.table.lang + ".short_yes"}}
	}
	return nil
}

// asked says whether one of the two sentences before clause i asks about an answer.
func (d *answerDoc) asked(i int) bool {
	for j := i - 1; j >= 0 && d.clauses[j].sentence >= d.clauses[i].sentence-2; j-- {
		c := &d.clauses[j]
		if c.question && c.sentence != d.clauses[i].sentence && (d.has(c, "ask") || d.has(c, "ans0") || d.has(c, "answer")) {
			return true
		}
	}
	return false
}

// said finds the events of a clause in the company's own voice.
func (d *answerDoc) said(i int) []answerEvent {
	c := &d.clauses[i]
	var events []answerEvent
	for _, kind := range answerSpoken {
		for _, h := range d.find(c, kind) {
			if d.in.By != "company" && c.question && !d.has(c, "co_answer") {
				continue // anybody asks questions
			}
			if d.covered(c, "exclude", h) {
				continue
			}
			if h.rule.need != '!' && (kind == "co_fix" || kind == "co_vow" || kind == "co_look") && d.negated(c, h) {
				continue
			}
			events = append(events, answerEvent{kind: kind, clause: i, start: h.start, why: h.rule.name})
		}
	}
	return events
}

// dropStrangers drops events of an unknown name when the brand itself is the subject of others: "Verizon replied, AAA did not".
func (d *answerDoc) dropStrangers(events []answerEvent) []answerEvent {
	owned := false
	for _, e := range events {
		owned = owned || e.owned
	}
	var kept []answerEvent
	for _, e := range events {
		rival := d.rival(e.clause)
		switch {
		case !e.name || !owned && rival < 0:
			kept = append(kept, e)
		case !owned && (e.kind == "answer" || e.kind == "fix"):
			kept = append(kept, answerEvent{kind: "silence", clause: rival, weak: true, owned: true, why: d.table.lang + ".contrast"})
		}
	}
	return kept
}

// rival gives the clause that opens with the brand right after clause i, which tells of somebody else: "Acme answered, Zenith tore
// it up". It is -1 if there is none.
func (d *answerDoc) rival(i int) int {
	if strings.Contains(d.clauses[i].norm, answerOwn) {
		return -1
	}
	for j := i + 1; j < len(d.clauses) && j <= i+2; j++ {
		for k, tok := range d.clauses[j].toks {
			if tok.norm == answerOwn && k <= 1 {
				return j
			}
		}
	}
	return -1
}

// away says whether the clause speaks of what was said or done to others. An away! rule takes every kind of hit, a plain one spares
// those that name the author.
func (d *answerDoc) away(c *answerClause, h answerHit) bool {
	for _, a := range d.find(c, "away") {
		if h.rule.need != '!' || a.rule.need == '!' {
			return true
		}
	}
	return false
}
