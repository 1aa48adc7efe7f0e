package classify

import (
	"hash/fnv"
	"math"
)

// answerSign is one feature of a text for the learned reader: a hashed name, its weight in the sum, and the clause it stands in
// (-1 for what is said of the whole text).
type answerSign struct {
	hash   uint32
	value  float64
	clause int
}

// answerSigns collects the features of one text, each once.
type answerSigns struct {
	list  []answerSign
	seen  map[uint32]bool
	words int
}

// answerHash names a feature.
func answerHash(parts ...string) uint32 {
	h := fnv.New32a()
	for _, p := range parts {
		h.Write([]byte(p))
	}
	return h.Sum32()
}

// add notes a feature; those of clauses are words and weigh less the more of them there are.
func (s *answerSigns) add(clause int, parts ...string) {
	k := answerHash(parts...)
	if s.seen[k] {
		return
	}
	s.seen[k] = true
	if clause >= 0 {
		s.words++
	}
	s.list = append(s.list, answerSign{hash: k, value: 1, clause: clause})
}

// answerFlags are the kinds of rules whose mere presence is a feature.
var answerFlags = [...]string{"neg", "later", "early", "only", "auto", "third", "unreal", "look", "vow", "fix", "fix0", "ans0", "silence",
	"broken", "waiting", "co_vow", "co_fix", "co_answer", "co_none"}

// answerSigns gives the features of the text: what the rules make of it, and its words, alone and in their company.
func (d *answerDoc) answerSigns(events []answerEvent, rules Answer) []answerSign {
	s := &answerSigns{seen: map[uint32]bool{}}
	by := d.in.By
	if by == "" {
		by = "unknown"
	}
	s.add(-1, "bias")
	s.add(-1, "by=", by)
	s.add(-1, "R=", rules.Label)
	s.add(-1, "R=", rules.Label, "|", by)
	before := ""
	for i, e := range events {
		s.add(-1, "E=", e.kind)
		if i == len(events)-1 {
			s.add(-1, "EL=", e.kind)
			s.add(-1, "E2=", before, ">", e.kind)
		}
		before = e.kind
	}
	for i := range d.clauses {
		for _, kind := range answerFlags {
			if d.has(&d.clauses[i], kind) {
				s.add(-1, "K=", kind)
				if i == len(d.clauses)-1 {
					s.add(-1, "KL=", kind)
				}
			}
		}
	}
	for i := range d.clauses {
		d.wordSigns(s, i, by)
	}
	scale := 3 / math.Sqrt(float64(s.words)+1)
	for i := range s.list {
		if s.list[i].clause >= 0 {
			s.list[i].value = scale
		}
	}
	return s.list
}

// wordSigns adds the words of one clause: stems, endings, pairs and triples, and stems with the voice, the denial and the doubt
// they stand under.
func (d *answerDoc) wordSigns(s *answerSigns, i int, by string) {
	c := &d.clauses[i]
	voice := "o:"
	if by == "company" || by == "stranger" {
		voice = by[:1] + ":"
	}
	marks := []string{voice}
	if d.has(c, "neg") {
		marks = append(marks, "n:")
	}
	if d.has(c, "unreal") || c.question {
		marks = append(marks, "u:")
	}
	if i == len(d.clauses)-1 {
		marks = append(marks, "L:")
	}
	before, before2 := "<", "<"
	for _, tok := range c.toks {
		stem := tok.norm
		s.add(i, "w:", tok.norm)
		if d.table.spaced && len(stem) > 6 {
			stem = stem[:6]
			s.add(i, "p:", stem)
		}
		if d.table.spaced && len(tok.norm) > 4 {
			s.add(i, "s:", tok.norm[len(tok.norm)-3:])
		}
		if d.table.spaced && len(tok.norm) > 4 {
			s.add(i, "q:", tok.norm[:4])
		}
		s.add(i, "b:", before, "_", stem)
		s.add(i, "t:", before2, "_", before, "_", stem)
		for _, mark := range marks {
			s.add(i, mark, stem)
			if !d.table.spaced && mark != "u:" {
				s.add(i, mark, before, stem)
			}
		}
		before2, before = before, stem
	}
	s.add(i, "b:", before, "_>")
}
