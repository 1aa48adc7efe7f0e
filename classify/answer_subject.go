package classify

import "strings"

// subject tells who acts at the place at of clause i: the nearest of the author, the company, others and names to the left, else
// the one inherited from the clause before. With near, a capitalised unknown word counts only when it stands close by.
func (d *answerDoc) subject(i, at, inherited int, near bool) int {
	c := &d.clauses[i]
	best, place := inherited, -1
	take := func(kind string, who int) {
		for _, h := range d.find(c, kind) {
			if h.start <= at && h.end-1 <= at+1 && h.end > place {
				best, place = who, h.end
			} else if h.start <= at && h.end > at+1 && kind == "comp" {
				best, place = who, at+1 // the pattern holds its own subject
			}
		}
	}
	if d.table.lang == "en" || d.table.lang == "zh" { // elsewhere the verb itself says who acts
		take("self", answerSelf)
	}
	take("third", answerThird)
	take("comp", answerCompany)
	if k := strings.LastIndex(c.norm[:min(len(c.norm), at+1)], answerOwn); k >= place && k >= 0 && best != answerCompany {
		best, place = answerBrand, k
	} else if k >= 0 && best == answerCompany && k+len(answerOwn)+1 >= place {
		best = answerBrand
	}
	if !d.table.spaced && near && best != answerBrand && place < 0 && d.hanName(c, at) {
		return answerName
	}
	if d.table.spaced && near {
		if k := d.nameBefore(c, at); k >= 0 && k >= place {
			return answerName
		}
	}
	if !near && d.onlyName(c) {
		return answerName
	}
	if best == answerCompany && d.pronoun(c, place) && d.topicIsOther(i, place) {
		return answerThird
	}
	return best
}

// nameBefore gives where a capitalised word that no table knows stands within four words before at; -1 if none does.
func (d *answerDoc) nameBefore(c *answerClause, at int) int {
	end := c.token(min(at, len(c.norm)-1))
	for k := end - 1; k >= 0 && k >= end-4; k-- {
		tok := c.toks[k]
		if !tok.upper || len(tok.norm) < 3 || tok.norm == answerOwn || tok.norm == answerOther {
			continue
		}
		if d.known(c, k) || d.inPhrase(c, k) {
			continue
		}
		return c.at[k]
	}
	return -1
}

// answerPrepositions stand before names that are no subjects: "a cobbler in Leeds".
const answerPrepositions = " of in at from to for with near by de del en a da di dal della in per con su nel a "

// inPhrase says whether token k hangs on the noun before it, as Leeds does in "a cobbler in Leeds"; "the people at Acme" are Acme.
func (d *answerDoc) inPhrase(c *answerClause, k int) bool {
	if k == 0 || !strings.Contains(answerPrepositions, " "+c.toks[k-1].norm+" ") {
		return false
	}
	return k < 2 || !strings.Contains(" los las quelli quello gente people folks guys lot team those ", " "+c.toks[k-2].norm+" ")
}

// answerKnownKinds are the kinds whose words are no names.
var answerKnownKinds = [...]string{"self", "comp", "third", "neg", "adv", "early", "later", "unreal", "yes", "no", "once", "until", "only", "whyq", "split"}

// known says whether token k of a clause is a word of the tables.
func (d *answerDoc) known(c *answerClause, k int) bool {
	for _, kind := range answerKnownKinds {
		for _, h := range d.find(c, kind) {
			if h.start <= c.at[k] && c.at[k] < h.end-1 || h.start == c.at[k] {
				return true
			}
		}
	}
	return false
}

// pronoun says whether the subject that ends at place is a bare "they".
func (d *answerDoc) pronoun(c *answerClause, place int) bool {
	if place < 0 || place > len(c.norm) {
		return false
	}
	words := strings.Fields(c.norm[:place])
	return len(words) > 0 && (words[len(words)-1] == "they" || words[len(words)-1] == "them")
}

// topicIsOther says whether the last brand named before place is another one.
func (d *answerDoc) topicIsOther(i, place int) bool {
	for j := i; j >= 0; j-- {
		norm := d.clauses[j].norm
		if j == i {
			norm = norm[:min(place, len(norm))]
		}
		own, other := strings.LastIndex(norm, answerOwn), strings.LastIndex(norm, answerOther)
		if own >= 0 || other >= 0 {
			return other > own
		}
	}
	return false
}

// onlyName says whether a clause is nothing but a name nobody knows, as in "Acme, nothing".
func (d *answerDoc) onlyName(c *answerClause) bool {
	limit, least := 3, 1
	if !d.table.spaced {
		limit, least = 6, 2
	}
	if len(c.toks) > limit || len(c.toks) < least {
		return false
	}
	for k, tok := range c.toks {
		if k == 0 && len(c.toks) > 1 && strings.Contains(answerPrepositions, " "+tok.norm+" ") {
			continue
		}
		if d.table.spaced && !tok.upper || tok.norm == answerOwn || d.known(c, k) {
			return false
		}
	}
	return true
}

// thirdAfter says whether somebody else follows h directly, as Spanish and Italian put the subject after the verb.
func (d *answerDoc) thirdAfter(c *answerClause, h answerHit) bool {
	if d.table.lang != "es" && d.table.lang != "it" {
		return false
	}
	for _, t := range d.find(c, "third") {
		if t.start >= h.end-1 && d.distance(c, h.end-1, t.start) <= 1 {
			return true
		}
	}
	return false
}

// hanName says whether a clause begins with two to six characters that no table knows: a name, if anything.
func (d *answerDoc) hanName(c *answerClause, at int) bool {
	n := 0
	for k := range c.toks {
		if c.at[k] >= at || d.known(c, k) {
			break
		}
		n++
	}
	return n >= 2 && n <= 6
}
