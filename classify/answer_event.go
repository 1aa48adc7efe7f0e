package classify

import (
	"regexp"
	"strings"
)

// answerEvent is one statement about an answer.
type answerEvent struct {
	kind    string // answer reply fix vow weakvow look auto silence waiting unfixed broken
	clause  int
	start   int // in the clause's norm
	early   bool
	later   bool
	owned   bool // the brand's own name is the subject
	name    bool // the subject is a name nobody knows
	why     string
	weak    bool
	negated bool
}

// Who is the subject of a clause, as far as the words tell.
const (
	answerNobody = iota // unknown
	answerSelf
	answerCompany
	answerThird
	answerName
	answerBrand
)

// answerReported lists the kinds that tell an event from outside, answerSpoken those in a company's own voice.
var (
	answerReported = [...]string{"answer", "reply", "fix", "vow", "weakvow", "look", "auto", "silence", "waiting", "broken", "kept", "ans0", "fix0", "did_yes", "did_no"}
	answerSpoken   = [...]string{"co_answer", "co_reply", "co_fix", "co_vow", "co_weakvow", "co_look", "co_auto", "co_none", "co_receipt"}
)

// answerEvents collects the statements of the whole text in order.
func (d *answerDoc) answerEvents() []answerEvent {
	var events []answerEvent
	subject := answerNobody
	for i := range d.clauses {
		c := &d.clauses[i]
		if c.first {
			subject = answerNobody
		}
		if d.in.By != "company" {
			events = append(events, d.reported(i, subject)...)
			events = append(events, d.shortAnswer(i)...)
		}
		if d.spoken(c) {
			events = append(events, d.said(i)...)
		}
		if s := d.subject(i, len(c.norm), subject, false); s != answerNobody {
			subject = s
		}
	}
	return d.dropStrangers(events)
}

// spoken says whether a clause may be the company's own voice.
func (d *answerDoc) spoken(c *answerClause) bool {
	switch d.in.By {
	case "company", "", "unknown":
		return true
	}
	return c.toks[0].quoted || c.toks[len(c.toks)-1].quoted
}

// reported finds the events of a clause told from outside.
func (d *answerDoc) reported(i, inherited int) []answerEvent {
	c := &d.clauses[i]
	if e, ok := d.exception(i); ok {
		return []answerEvent{e}
	}
	var events []answerEvent
	for _, kind := range answerReported {
		for _, h := range d.find(c, kind) {
			if e, ok := d.event(i, kind, h, inherited); ok && !(answerHeld(kind) && d.ownCase(i)) {
				events = append(events, e)
			}
		}
	}
	return d.futureFixes(c, events)
}

// answerHeld says whether a kind tells what somebody got, so that it matters who got it.
func answerHeld(kind string) bool { return kind != "auto" && kind != "did_yes" && kind != "did_no" }

// ownCase says whether a stranger tells of himself in the sentence of clause i: "they never answered me either" says nothing about
// the case of the post.
func (d *answerDoc) ownCase(i int) bool {
	if d.in.By != "stranger" {
		return false
	}
	for j := range d.clauses {
		c := &d.clauses[j]
		if c.sentence != d.clauses[i].sentence {
			continue
		}
		for _, h := range d.find(c, "mine") {
			if !d.covered(c, "unmine", h) {
				return true
			}
		}
	}
	return false
}

// answerHasKind says whether one of the events is of the kind.
func answerHasKind(events []answerEvent, kind string) bool {
	for _, e := range events {
		if e.kind == kind {
			return true
		}
	}
	return false
}

// answerSaidBefore says whether a plain answer is told before the place at of the same clause.
func answerSaidBefore(events []answerEvent, at int) bool {
	for _, e := range events {
		if (e.kind == "answer" || e.kind == "reply") && e.start < at {
			return true
		}
	}
	return false
}

// exception reads "everyone but X answered" and "only X did not", which overrule the plain reading of their words.
func (d *answerDoc) exception(i int) (answerEvent, bool) {
	c := &d.clauses[i]
	for _, kind := range [...][2]string{{"except_no", "did_no"}, {"except_yes", "did_yes"}} {
		for _, h := range d.find(c, kind[0]) {
			if !d.covered(c, "unreal", h) {
				return answerEvent{kind: kind[1], clause: i, start: h.start, owned: true, why: h.rule.name}, true
			}
		}
	}
	return answerEvent{}, false
}

// futureFixes drops repairs and calls that stand inside a promise: "they promised it would be fixed".
func (d *answerDoc) futureFixes(c *answerClause, events []answerEvent) []answerEvent {
	kept := events[:0:0]
	for _, e := range events {
		promised := false
		for _, v := range events {
			if v.kind != "vow" || v.start > e.start {
				continue
			}
			between := c.norm[v.start:e.start]
			promised = promised || !strings.Contains(between, " and ") && !strings.Contains(between, " y ") && !strings.Contains(between, " e ")
		}
		if e.kind == "silence" && strings.Contains(e.why, ".ans0:") && answerSaidBefore(events, e.start) {
			continue // "they answered with a letter that says nothing": the denial belongs to the letter
		}
		told := e.kind == "reply" && answerHasKind(events, "vow") // "they told me that they will": the promise is the content
		if !told && (e.kind != "fix" && e.kind != "answer" || !promised) {
			kept = append(kept, e)
		}
	}
	return kept
}

// event turns a hit into an event, or drops it: for its subject, its mood, or because another rule takes the words.
func (d *answerDoc) event(i int, kind string, h answerHit, inherited int) (answerEvent, bool) {
	c := &d.clauses[i]
	e := answerEvent{kind: kind, clause: i, start: h.start, why: h.rule.name}
	if kind != "silence" && d.covered(c, "exclude", h) || d.covered(c, "own", h) || answerTold(kind) && (d.away(c, h) || d.covered(c, "silence", h)) {
		return e, false
	}
	subject := d.subject(i, h.start, inherited, true)
	if !answerSubjectFits(subject, h.rule.need) {
		return e, false
	}
	if answerTold(kind) && d.thirdAfter(c, h) {
		return e, false
	}
	if (kind == "vow" || kind == "weakvow") && h.rule.need == 0 && d.nobodysVow(c, h, subject) {
		return e, false
	}
	e.owned = subject == answerBrand || strings.Contains(c.norm[h.start:h.end], answerOwn)
	e.name = subject == answerName && !e.owned && kind != "look"
	once := d.onceBefore(i, kind, h)
	e.negated = !once && d.negated(c, h)
	if e.negated && d.untilAfter(i, h) {
		e.negated, once = false, true
	}
	e.early = d.has(c, "early")
	e.later = d.has(c, "later")
	if !once && kind != "auto" && d.unreal(i, h, e.negated || kind == "silence" || kind == "waiting") {
		return e, false
	}
	return answerPolarity(e, once || !e.negated && d.managed(c, h))
}

// nobodysVow says whether what sounds like an English promise has neither a company that gives it nor somebody who gets it: "you will
// remember", "my knee says that there will be snow". Elsewhere the verb alone may name the company.
func (d *answerDoc) nobodysVow(c *answerClause, h answerHit, subject int) bool {
	if d.table.lang != "en" {
		return false
	}
	return strings.HasSuffix(c.norm[:h.start+1], " you ") || subject == answerNobody && !d.concerned(c) && !d.hearsay(c)
}

// concerned says whether a clause names the company, or the author as the one to whom something is done.
func (d *answerDoc) concerned(c *answerClause) bool {
	if strings.Contains(c.norm, answerOwn) || d.has(c, "comp") {
		return true
	}
	patients := answerPatients[d.table.lang]
	if d.spoken(c) {
		patients += answerAddressed
	}
	for _, tok := range c.toks {
		if strings.Contains(patients, " "+tok.norm+" ") {
			return true
		}
	}
	return false
}

// answerPatients are, by language, the author's words for those to whom a promise is given, answerAddressed the company's.
var answerPatients = map[string]string{
	"en": " me us i we ",
	"es": " me nos le les conmigo yo nosotros ",
	"it": " mi ci me noi m' c' ",
	"zh": " 我 咱 俺 ",
}

const answerAddressed = " you your yours te os ti vi vs contigo usted lei voi 你 您 "

// answerHearsay are words of what others say, and what companies owe.
const answerHearsay = " supposedly supposed apparently allegedly according según supone supuestamente secondo " +
	"refund replacement part parts money cheque check credit technician engineer parcel package crew visit repair callback delivery " +
	"reembolso devolución pieza piezas dinero técnico paquete visita reparación cita abono entrega rimborso pezzo pezzi soldi tecnico pacco riparazione consegna "

// answerPassive matches repairs whose maker goes without saying: "the mast will be repaired".
var answerPassive = regexp.MustCompile(` (?:be|been|get) (?:[^ ]+ )?(?:fixed|repaired|replaced|refunded|sorted|resolved|solved|restored|credited|reimbursed|compensated|mended|corrected|reinstated|reconnected|dealt with|seen to|looked (?:at|into)) `)

// hearsay says whether a clause tells what somebody unnamed says, does or owes; in Spanish and Italian plural verbs need no subject.
func (d *answerDoc) hearsay(c *answerClause) bool {
	if d.table.lang == "en" && answerPassive.MatchString(c.norm) {
		return true
	}
	for _, tok := range c.toks {
		n := tok.norm
		if strings.Contains(answerHearsay, " "+n+" ") || len(n) > 4 && (d.table.lang == "es" && (strings.HasSuffix(n, "en") || strings.HasSuffix(n, "an") || strings.HasSuffix(n, "án")) ||
			d.table.lang == "it" && (strings.HasSuffix(n, "ono") || strings.HasSuffix(n, "ano") || strings.HasSuffix(n, "anno"))) {
			return true
		}
	}
	return d.table.lang == "zh" && answerHanHearsay.MatchString(c.norm)
}

// answerHanHearsay is the same for Chinese.
var answerHanHearsay = regexp.MustCompile("据说|听说|退款|赔|配件|维修|师傅")

// managed says whether "had the decency to" or its like stands before h.
func (d *answerDoc) managed(c *answerClause, h answerHit) bool {
	m, ok := d.before(c, "manage", h.end-1)
	return ok && m.start <= h.start
}

// answerTold says whether a kind tells of something good that the company did for somebody.
func answerTold(kind string) bool {
	switch kind {
	case "answer", "reply", "fix", "vow", "weakvow":
		return true
	}
	return false
}

// answerSubjectFits says whether a rule may hold with such a subject.
func answerSubjectFits(subject int, need byte) bool {
	switch need {
	case '!':
		return true
	case '+':
		return subject == answerCompany || subject == answerBrand || subject == answerName
	}
	return subject != answerSelf && subject != answerThird
}

// answerPolarity applies negation: a denied answer is silence, a denied repair is "not fixed", a denied silence nothing.
func answerPolarity(e answerEvent, once bool) (answerEvent, bool) {
	switch e.kind {
	case "ans0", "fix0":
		if !e.negated && !once {
			return e, false
		}
		if once {
			e.kind = map[string]string{"ans0": "answer", "fix0": "fix"}[e.kind]
			return e, true
		}
		e.kind = map[string]string{"ans0": "silence", "fix0": "unfixed"}[e.kind]
	case "answer", "reply":
		if e.negated {
			e.kind = "silence"
		}
	case "fix", "kept":
		if e.negated {
			e.kind = "unfixed"
		}
	case "look":
		if e.negated {
			e.kind, e.weak = "silence", true
		}
	case "vow", "weakvow":
		if e.negated {
			return e, false
		}
	case "silence", "waiting":
		if e.negated && strings.HasSuffix(e.why, "?") {
			return e, false
		}
	}
	return e, true
}

// covered says whether a hit of the kind overlaps h.
func (d *answerDoc) covered(c *answerClause, kind string, h answerHit) bool {
	for _, o := range d.find(c, kind) {
		if o.start < h.end-1 && h.start < o.end-1 || o.start == h.start {
			return true
		}
	}
	return false
}

// negated says whether a negation reaches h from the left, or stands inside it.
func (d *answerDoc) negated(c *answerClause, h answerHit) bool {
	const reach = 14 // words, or characters of Chinese: a clause is short, and its negation mostly governs all of it
	for _, n := range d.find(c, "neg") {
		if d.covered(c, "unneg", n) || n.start >= h.end-1 {
			continue
		}
		if n.start > h.start && h.rule.kind == "reply" {
			continue // "they told me it is not covered" denies the cover, not the telling
		}
		if n.end > h.start+1 || d.distance(c, n.end, h.start) <= reach {
			return true
		}
	}
	return false
}

// onceBefore says whether "not until ..." or "only after ..." stands before h in its sentence.
func (d *answerDoc) onceBefore(i int, kind string, h answerHit) bool {
	c := &d.clauses[i]
	if o, ok := d.before(c, "once", h.start+1); ok && o.start <= h.start {
		return true
	}
	for j := i - 1; kind != "fix0" && j >= 0 && j >= i-2 && d.clauses[j].sentence == c.sentence; j-- {
		if d.has(&d.clauses[j], "once") {
			return true
		}
	}
	return false
}

// untilAfter says whether "until ..." follows h in its clause or opens the next one.
func (d *answerDoc) untilAfter(i int, h answerHit) bool {
	c := &d.clauses[i]
	for _, u := range d.find(c, "until") {
		if u.start >= h.end-1 {
			return true
		}
	}
	if i+1 < len(d.clauses) && d.clauses[i+1].sentence == c.sentence {
		for _, u := range d.find(&d.clauses[i+1], "until") {
			if u.start <= 1 {
				return true
			}
		}
	}
	return false
}

// unreal says whether h is hoped for, asked, required or supposed rather than told.
func (d *answerDoc) unreal(i int, h answerHit, negative bool) bool {
	c := &d.clauses[i]
	if c.question && !negative && !d.has(c, "whyq") {
		return true
	}
	for _, u := range d.find(c, "unreal") {
		if h.rule.kind == "look" && u.rule.need == 0 {
			continue // "I can see that they read it"
		}
		if h.rule.kind == "vow" && u.rule.need == 0 && u.start >= h.start {
			continue // "it should be here by Friday" is how a promise is told
		}
		if u.start <= h.start && u.end < h.end && (!negative || u.rule.need != 0) {
			return true
		}
	}
	// a condition governs the clauses that follow it in the sentence
	for j := i - 1; j >= 0 && d.clauses[j].sentence == c.sentence; j-- {
		for _, u := range d.find(&d.clauses[j], "unreal") {
			if u.rule.need == '+' && !d.has(c, "later") {
				return true
			}
		}
	}
	return false
}
