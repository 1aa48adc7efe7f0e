package classify

import (
	"strings"
	"time"

	"earshot"
)

// Confidences of the kinds of evidence.
const (
	sureVerified = .95
	sureMatched  = .85
	sureBacklink = .9
	sureAuthor   = .9
	sureClaimed  = .6
	sureOther    = .6
)

// Answers reads what an entry tells about the answers to cases it may belong
// to: a comment in a case's thread, a new revision of its post (each added
// block alone, with its own date), a later post of its author, or an entry of
// the brand's own site. An entry gives at most one piece of evidence per case
// and block; store it once per (story, brand, kind, entry, revision).
func (c *Classifier) Answers(e earshot.Entry, cases []earshot.CaseView) []earshot.Response {
	var out []earshot.Response
	if len(cases) == 0 {
		return nil
	}
	seen := map[string]bool{}
	spotted := c.Spot(e)
	for i := range cases {
		v := &cases[i]
		b, ok := c.byName[v.Case.Brand]
		if !ok {
			continue
		}
		r := answerReader{e: &e, v: v, b: &c.brands[b], spotted: spotted}
		for _, resp := range r.responses() {
			key := itoa64(resp.Story) + "|" + resp.Brand + "|" + string(resp.Kind) + "|" + resp.Passage
			if !seen[key] {
				seen[key] = true
				out = append(out, resp)
			}
		}
	}
	return out
}

// answerReader reads one entry for one case.
type answerReader struct {
	e       *earshot.Entry
	v       *earshot.CaseView
	b       *spotBrand
	spotted []earshot.Mention // all brands of the entry
}

// answerText is a text to read, and when it was said.
type answerText struct {
	text      string
	at        time.Time
	precision earshot.Precision
}

func (r *answerReader) responses() []earshot.Response {
	if !r.inThread() {
		return r.elsewhere()
	}
	if r.isPost() {
		return r.byWriter(r.texts(), "author")
	}
	if who := r.speaker(); who.sure > 0 {
		return r.byCompany(who)
	}
	if r.byAuthor() {
		return r.byWriter(r.texts(), "author")
	}
	return r.byWriter(r.texts(), "stranger")
}

// elsewhere reads an entry that is not in the case's thread: the brand's own
// page, or a later post of the author or of somebody else.
func (r *answerReader) elsewhere() []earshot.Response {
	if r.ownSite() {
		if r.linksThread() {
			resp := r.response(earshot.EvidenceBacklink, earshot.AnswerResponded, sureBacklink, answerText{"", r.e.Published, r.e.Precision})
			resp.Passage = cutRunes(r.e.Title, maxEvidence)
			return []earshot.Response{resp}
		}
		return nil
	}
	if r.e.Kind == earshot.Post && r.byAuthor() {
		return r.byWriter(r.texts(), "author")
	}
	if r.linksThread() {
		return r.byWriter(r.texts(), "stranger")
	}
	return nil
}

// inThread says whether the entry is the case's post or one of its comments.
func (r *answerReader) inThread() bool {
	t := r.v.Case.Thread
	if t == "" {
		t = r.v.URL
	}
	return r.e.ID != 0 && r.e.ID == r.v.Case.Entry || sameAddress(r.e.Thread, t) || r.e.Kind != earshot.Comment && (sameAddress(r.e.Canonical, t) || sameAddress(r.e.URL, t))
}

// isPost says whether the entry is the thread's post itself.
func (r *answerReader) isPost() bool { return r.e.Kind != earshot.Comment }

// byAuthor says whether the entry's author is the one who opened the case.
func (r *answerReader) byAuthor() bool {
	a, b := r.e.Author, r.v.Author
	switch {
	case a.Key != "" && a.Key == b.Key:
		return true
	case a.Profile != "" && a.Profile == b.Profile:
		return true
	case a.URL != "" && sameAddress(a.URL, b.URL):
		return true
	}
	name := foldString(a.Name)
	return name != "" && name == foldString(b.Name) && r.e.Site == r.v.Site && !strings.Contains(" admin administrator anonymous anonimo guest ospite invitado unknown user 匿名 游客 匿名用户 ", " "+name+" ")
}

// linksThread says whether the entry links to the case's post.
func (r *answerReader) linksThread() bool {
	for _, l := range r.e.Links {
		if sameAddress(l, r.v.Case.Thread) || sameAddress(l, r.v.URL) {
			return true
		}
	}
	return false
}

// sameAddress compares two addresses as people mean them: without scheme, www.,
// fragment and last slash.
func sameAddress(a, b string) bool {
	a, b = plainAddress(a), plainAddress(b)
	return a != "" && a == b
}

func plainAddress(s string) string {
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	s, _, _ = strings.Cut(s, "#")
	s = strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
	host, path, slash := strings.Cut(s, "/")
	if !slash {
		return strings.ToLower(host)
	}
	return strings.ToLower(host) + "/" + path
}

// texts are the pieces of the entry to read: what a revision added, else all.
func (r *answerReader) texts() []answerText {
	e := r.e
	if e.Revision <= 1 || len(e.Added) == 0 {
		return []answerText{{e.Text, e.Published, e.Precision}}
	}
	var out []answerText
	for _, p := range e.Added {
		t := answerText{p.Text, p.Dated, p.Precision}
		if p.Dated.IsZero() {
			t.at, t.precision = e.Updated, earshot.PrecisionTime
			if t.at.IsZero() || t.at.Before(e.Published) || !e.FirstSeen.IsZero() && t.at.After(e.FirstSeen) && e.FirstSeen.After(e.Published) {
				t.at = e.FirstSeen
			}
		}
		out = append(out, t)
	}
	return out
}

// read asks what a text tells, as said by author, company or stranger.
func (r *answerReader) read(t answerText, by string) Answer {
	in := AnswerInput{Text: t.text, Brand: r.b.Name, Aliases: r.b.Aliases, Lang: r.lang(t.text), By: by, At: t.at, About: r.v.Quote, Others: r.otherNames()}
	return ReadAnswer(in)
}

func (r *answerReader) lang(text string) string {
	declared := r.e.Lang
	if declared == "" {
		declared = r.v.Lang
	}
	code, _ := DetectLang(text, declared)
	return code
}

// otherNames are the names of the other brands that stand in the entry.
func (r *answerReader) otherNames() []string {
	var out []string
	for _, m := range r.spotted {
		if m.Brand == r.b.Name || m.Reason == earshot.ReasonNamesake {
			continue
		}
		for _, s := range m.Spans {
			out = append(out, s.Surface)
			if len(out) > 40 {
				return out
			}
		}
	}
	return out
}

// byWriter turns what the case's author, or a stranger, writes into evidence.
// A stranger must name the brand: "they never answer" may be about anybody.
func (r *answerReader) byWriter(texts []answerText, by string) []earshot.Response {
	if by == "stranger" && !r.named() {
		return nil
	}
	var out []earshot.Response
	for _, t := range texts {
		a := r.read(t, by)
		kind, answer, sure := evidenceOf(a.Label, by)
		if kind == "" {
			continue
		}
		resp := r.response(kind, answer, sure, t)
		r.fill(&resp, a, t)
		out = append(out, resp)
	}
	return out
}

// evidenceOf is the table of what a statement by somebody outside the company proves.
func evidenceOf(label, by string) (earshot.EvidenceKind, earshot.Answer, float64) {
	author := by == "author"
	switch label {
	case AnswerResolved:
		if author {
			return earshot.EvidenceAuthorUpdate, earshot.AnswerResolved, sureAuthor
		}
		return earshot.EvidenceThirdParty, earshot.AnswerUnconfirmed, sureOther
	case AnswerResponded:
		if author {
			return earshot.EvidenceAuthorUpdate, earshot.AnswerResponded, sureAuthor
		}
		return earshot.EvidenceThirdParty, earshot.AnswerUnconfirmed, sureOther
	case AnswerPromised:
		if author {
			return earshot.EvidencePromise, earshot.AnswerPromised, sureAuthor
		}
		return earshot.EvidenceThirdParty, earshot.AnswerUnconfirmed, sureOther
	case AnswerSeen:
		return earshot.EvidenceSeen, earshot.AnswerSeen, sureOther
	case AnswerNotResponded:
		if author {
			return earshot.EvidenceAuthorSilence, earshot.AnswerNone, sureAuthor
		}
		return earshot.EvidenceThirdParty, earshot.AnswerNone, sureOther
	}
	return "", "", 0
}

// named says whether the entry names the case's brand.
func (r *answerReader) named() bool {
	for _, m := range r.spotted {
		if m.Brand == r.b.Name && m.Reason == "" {
			return true
		}
	}
	return false
}

// byCompany turns a comment of somebody who speaks for the brand into evidence.
// One that only promises is a promise; a bare automatic receipt is nothing.
func (r *answerReader) byCompany(who speaker) []earshot.Response {
	var out []earshot.Response
	for _, t := range r.texts() {
		a := r.read(t, "company")
		if a.Label == AnswerNone && a.Why == "co_auto" || strings.TrimSpace(t.text) == "" {
			continue
		}
		resp := r.response(who.kind, earshot.AnswerResponded, who.sure, t)
		switch {
		case who.kind == earshot.EvidenceClaimed:
			resp.Answer = earshot.AnswerUnconfirmed
		case a.Label == AnswerPromised:
			resp.Kind, resp.Answer, resp.Confidence = earshot.EvidencePromise, earshot.AnswerPromised, min(who.sure, sureAuthor)
		}
		resp.Note = who.note
		r.fill(&resp, a, t)
		out = append(out, resp)
	}
	return out
}

// response starts a piece of evidence.
func (r *answerReader) response(kind earshot.EvidenceKind, answer earshot.Answer, sure float64, t answerText) earshot.Response {
	e := r.e
	url := e.Author.Profile
	if url == "" {
		url = e.Author.URL
	}
	return earshot.Response{Story: r.v.Case.Story, Brand: r.b.Name, Kind: kind, Entry: e.ID, Revision: e.Revision, SaidAt: t.at, Precision: t.precision,
		FirstSeen: e.FirstSeen, Actor: e.Author.Name, ActorURL: url, Answer: answer, Confidence: sure, Link: e.URL}
}

// fill adds the sentence that decided and, for a promise, when it is due.
func (r *answerReader) fill(resp *earshot.Response, a Answer, t answerText) {
	start, end := clampSpan(t.text, a.Start, a.End)
	if end == start {
		if s := splitSentences(cutRunes(t.text, 2*maxEvidence), 0, min(len(t.text), runeStart(t.text, 2*maxEvidence)), nil); len(s) > 0 {
			start, end = s[0].start, s[0].end
		}
	}
	resp.Passage = cutRunes(wholeSentence(t.text, start, end), maxEvidence)
	if resp.Kind == earshot.EvidencePromise {
		resp.Due, resp.DueText, resp.DuePrecise = a.Due, a.DueText, earshot.Precision(a.DuePrecision)
	}
}

// wholeSentence widens a clause to its sentence.
func wholeSentence(text string, start, end int) string {
	lo, hi := runeStart(text, start-maxEvidence), runeStart(text, end+maxEvidence)
	for _, s := range splitSentences(text, lo, hi, nil) {
		if s.start <= start && s.end >= end {
			return s.text(text)
		}
	}
	return text[start:end]
}
