package classify

import "sort"

// answerState is what the statements read so far amount to.
type answerState struct {
	label   string
	event   answerEvent // the one that decided
	carrier bool        // the answer so far may be nothing but the wrapping of a promise
	conf    float64
	mixed   bool
}

// answerFold walks the events in time and gives the answer they amount to.
func (d *answerDoc) answerFold(events []answerEvent) Answer {
	var told, voiced []answerEvent
	for _, e := range events {
		if len(e.kind) > 3 && e.kind[:3] == "co_" {
			voiced = append(voiced, e)
		} else {
			told = append(told, e)
		}
	}
	if d.in.By == "company" {
		return d.foldVoice(voiced)
	}
	told = d.keptWord(d.muteAutomatic(told))
	sort.SliceStable(told, func(i, j int) bool { return answerBefore(told[i], told[j]) })
	state := answerState{label: AnswerNone, conf: .6, event: answerEvent{clause: -1, why: "nothing"}}
	for _, e := range told {
		state.take(e)
	}
	if len(voiced) > 0 && (state.label == AnswerNone || state.label == AnswerResponded && state.carrier) {
		if out, ok := d.foldQuoted(voiced, state); ok {
			return out
		}
	}
	return d.answer(state)
}

// answerBefore orders events by time: what is marked as earlier comes first, otherwise the order of the text holds.
func answerBefore(a, b answerEvent) bool {
	if a.early != b.early {
		return a.early
	}
	if a.clause != b.clause {
		return a.clause < b.clause
	}
	return a.start < b.start
}

// muteAutomatic drops answers and promises told in the same clause as an automatic reply; an automatic reply that is
// contrasted with a real one becomes silence.
func (d *answerDoc) muteAutomatic(events []answerEvent) []answerEvent {
	auto := map[int]bool{}
	for _, e := range events {
		if e.kind == "auto" {
			auto[e.clause] = true
		}
	}
	if len(auto) == 0 {
		return events
	}
	kept := events[:0]
	for _, e := range events {
		switch {
		case e.kind == "auto":
			if d.onlyAutomatic(e.clause) {
				e.kind = "silence"
				kept = append(kept, e)
			}
		case !auto[e.clause] || e.kind != "answer" && e.kind != "reply":
			kept = append(kept, e)
		}
	}
	return kept
}

// keptWord turns "they kept their word" into an answer where the same sentence tells of a call or a reply.
func (d *answerDoc) keptWord(events []answerEvent) []answerEvent {
	for i := range events {
		for _, o := range events {
			if events[i].kind == "kept" && o.kind == "answer" && d.clauses[o.clause].sentence == d.clauses[events[i].clause].sentence {
				events[i].kind = "answer"
			}
		}
	}
	return events
}

// onlyAutomatic says whether the sentence of a clause, up to it, holds an "only" or "all I got".
func (d *answerDoc) onlyAutomatic(i int) bool {
	for j := i; j >= 0 && d.clauses[j].sentence == d.clauses[i].sentence; j-- {
		if d.has(&d.clauses[j], "only") {
			return true
		}
	}
	return i+1 < len(d.clauses) && d.has(&d.clauses[i+1], "only")
}

// take moves the state by one event.
func (s *answerState) take(e answerEvent) {
	switch e.kind {
	case "kept":
		s.set(AnswerResolved, e, .7)
	case "answer", "reply":
		if s.label != AnswerResolved {
			s.set(AnswerResponded, e, .9)
			s.carrier = e.kind == "answer"
		}
	case "fix":
		s.set(AnswerResolved, e, .9)
	case "vow", "weakvow":
		s.vow(e)
	case "look":
		if s.label == AnswerNone || s.label == AnswerNotResponded {
			s.set(AnswerSeen, e, .85)
		}
	case "silence":
		s.silence(e)
	case "waiting", "unfixed", "broken":
		s.disappoint(e)
	case "did_yes":
		s.set(AnswerResponded, e, .75)
	case "did_no":
		s.set(AnswerNotResponded, e, .8)
	}
}

// vow takes a promise: it fills a bare answer with its content, and leaves a substantial answer or a repair standing.
func (s *answerState) vow(e answerEvent) {
	switch {
	case s.label == AnswerResolved:
	case s.label == AnswerResponded && (!s.carrier || e.kind == "weakvow" || e.clause-s.event.clause > 4):
	default:
		s.set(AnswerPromised, e, .85)
	}
}

// silence takes a denial of any answer.
func (s *answerState) silence(e answerEvent) {
	if s.label == AnswerSeen || s.label == AnswerResolved && !e.later {
		return
	}
	if e.weak && s.label != AnswerNone {
		return
	}
	s.set(AnswerNotResponded, e, .9)
}

// disappoint takes "still waiting", "not fixed" and "that was weeks ago": they break a promise, but do not undo an answer.
func (s *answerState) disappoint(e answerEvent) {
	switch {
	case s.label == AnswerPromised:
		s.set(AnswerNotResponded, e, .85)
	case s.label == AnswerNone && e.kind == "waiting":
		s.set(AnswerNotResponded, e, .75)
	case s.label == AnswerNone && e.kind == "unfixed":
		s.set(AnswerNotResponded, e, .55)
	}
}

func (s *answerState) set(label string, e answerEvent, conf float64) {
	s.mixed = s.mixed || s.label != AnswerNone && s.label != label
	s.label, s.event, s.conf = label, e, conf
}

// answer turns the state into the result.
func (d *answerDoc) answer(s answerState) Answer {
	out := Answer{Label: s.label, Confidence: s.conf, Why: s.event.why}
	if s.mixed {
		out.Confidence -= .1
	}
	if s.event.name {
		out.Confidence -= .2
	}
	if s.event.clause >= 0 && s.label != AnswerNone {
		out.Start, out.End = d.clauses[s.event.clause].span()
	}
	return out
}

// foldVoice judges a company's own text.
func (d *answerDoc) foldVoice(events []answerEvent) Answer {
	best := map[string]answerEvent{}
	for _, e := range events {
		if _, ok := best[e.kind]; !ok {
			best[e.kind] = e
		}
	}
	if _, ok := best["co_auto"]; ok {
		return Answer{Label: AnswerNone, Confidence: .85, Why: best["co_auto"].why}
	}
	for _, step := range answerVoiceSteps {
		if e, ok := best[step.kind]; ok && !answerHasAny(best, step.unless) {
			return d.answer(answerState{label: step.label, event: e, conf: step.conf})
		}
	}
	return d.plainVoice()
}

// answerVoiceSteps says, first that holds, what a company's words amount to.
var answerVoiceSteps = [...]struct {
	kind   string
	unless []string
	label  string
	conf   float64
}{
	{"co_fix", nil, AnswerResolved, .9},
	{"co_receipt", []string{"co_reply", "co_vow"}, AnswerNone, .75},
	{"co_none", []string{"co_reply", "co_vow"}, AnswerNone, .75},
	{"co_reply", nil, AnswerResponded, .9},
	{"co_vow", nil, AnswerPromised, .9},
	{"co_weakvow", []string{"co_answer"}, AnswerPromised, .75},
	{"co_look", []string{"co_answer"}, AnswerSeen, .7},
	{"co_answer", nil, AnswerResponded, .85},
}

func answerHasAny(m map[string]answerEvent, kinds []string) bool {
	for _, k := range kinds {
		if _, ok := m[k]; ok {
			return true
		}
	}
	return false
}

// plainVoice judges a company text in which no rule holds: words to the author are an answer, words to everybody are not.
func (d *answerDoc) plainVoice() Answer {
	for i := range d.clauses {
		if d.has(&d.clauses[i], "to_you") {
			start, end := d.clauses[i].span()
			return Answer{Label: AnswerResponded, Confidence: .6, Start: start, End: end, Why: "addresses_author"}
		}
	}
	if d.in.About != "" && len(d.clauses) > 0 {
		start, end := d.clauses[0].span()
		return Answer{Label: AnswerResponded, Confidence: .55, Start: start, End: end, Why: "about"}
	}
	return Answer{Label: AnswerNone, Confidence: .55, Why: "to_nobody"}
}

// foldQuoted judges the company's own voice inside a text by somebody else, or by an unknown writer.
func (d *answerDoc) foldQuoted(voiced []answerEvent, s answerState) (Answer, bool) {
	alone := true // instructions and explanations alone are no sign of a company: anybody gives advice
	for _, e := range voiced {
		alone = alone && e.kind == "co_reply"
	}
	outside := d.in.By == "author" || d.in.By == "stranger" // they quote others, too: only promises and repairs count
	var strong []answerEvent
	for _, e := range voiced {
		if outside && e.kind != "co_vow" && e.kind != "co_fix" {
			continue
		}
		if e.kind != "co_none" && !(e.kind == "co_reply" && alone) && (s.label == AnswerNone || e.kind == "co_vow" || e.kind == "co_fix") {
			strong = append(strong, e)
		}
	}
	if len(strong) == 0 {
		return Answer{}, false
	}
	out := d.foldVoice(strong)
	out.Confidence -= .1
	return out, out.Label != AnswerNone
}
