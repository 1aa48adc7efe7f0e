// Package ledger decides which case a mention belongs to, when a thread is
// looked at again, and what is a copy of what. It is pure: no I/O, no clock.
package ledger

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"earshot"
)

// Within is how far back an author's earlier case is looked for.
const Within = 400 * 24 * time.Hour

// Decision is where a mention goes.
type Decision string

// The decisions.
const (
	Join    Decision = "join"    // it belongs to the case
	New     Decision = "new"     // it opens a case
	Propose Decision = "propose" // it opens a case, and a person is asked whether it belongs to the other
	None    Decision = "none"    // it is counted and listed, no more
)

// Arrival is a judged mention that looks for its case.
type Arrival struct {
	Entry   earshot.Entry
	Mention earshot.Mention
	Story   int64
	Words   []string // rare words of the entry, folded, without brand names
	Says    string   // what it says, as its author's own word, of an answer by the brand: responded, not_responded, ...; "" nothing
}

// Candidate is a case of the same brand that the arrival may belong to: of the
// same story, of the same thread, or of the same author.
type Candidate struct {
	Case   earshot.Case
	Author string    // key of who wrote its first mention
	URLs   []string  // canonical addresses of its entries
	Words  []string  // rare words of its first entry
	Last   time.Time // when its last own entry was published
}

// Verdict says where the arrival goes and why, in words for explain. Kind is
// the event for a join. Earlier are the author's cases that a new one is linked to.
type Verdict struct {
	Decision Decision
	Case     string
	Kind     earshot.EventKind
	Reason   earshot.Reason
	Why      string
	Earlier  []string
}

// Joins decides where a mention goes.
func Joins(a Arrival, candidates []Candidate) Verdict {
	if a.Mention.Reason != "" {
		return Verdict{Decision: None, Reason: a.Mention.Reason, Why: a.Mention.Why}
	}
	for _, rule := range []func(Arrival, []Candidate) (Verdict, bool){byStory, byThread, byComment} {
		if v, ok := rule(a, candidates); ok {
			return v
		}
	}
	return byAuthor(a, candidates)
}

// byStory: a copy of what the case was opened for.
func byStory(a Arrival, candidates []Candidate) (Verdict, bool) {
	for _, c := range candidates {
		if c.Case.Story == a.Story && c.Case.Entry != a.Entry.ID && a.Entry.Kind == earshot.Post && !slices.Contains(c.URLs, a.Entry.Canonical) {
			return Verdict{Decision: Join, Case: c.Case.ID, Kind: earshot.EventCopied, Reason: earshot.ReasonDuplicate, Why: "a copy of the same story"}, true
		}
	}
	return Verdict{}, false
}

// byThread: a comment belongs to its post's case for that brand.
func byThread(a Arrival, candidates []Candidate) (Verdict, bool) {
	if a.Entry.Kind != earshot.Comment {
		return Verdict{}, false
	}
	for _, c := range candidates {
		if c.Case.Thread != a.Entry.Thread {
			continue
		}
		v := Verdict{Decision: Join, Case: c.Case.ID, Kind: earshot.EventVoice, Why: "a comment under the case's post"}
		if a.Entry.Author.Key != "" && a.Entry.Author.Key == c.Author {
			v.Kind, v.Why = earshot.EventJoined, "a comment by the case's own author"
		}
		return v, true
	}
	return Verdict{}, false
}

// byComment: where the post has no case, only a complaining comment opens one.
func byComment(a Arrival, _ []Candidate) (Verdict, bool) {
	if a.Entry.Kind != earshot.Comment || a.Mention.Verdict.CaseIntent() == earshot.Complaint {
		return Verdict{}, false
	}
	return Verdict{Decision: None, Reason: earshot.ReasonIntentNone, Why: "a comment that complains of nothing, under a post without a case"}, true
}

// byAuthor: a follow-up joins the author's earlier case if it links back to it,
// or goes on about the same thing.
func byAuthor(a Arrival, candidates []Candidate) Verdict {
	var earlier []string
	best, weight := Verdict{Decision: None}, 0
	for _, c := range candidates {
		if !sameAuthor(a, c) || !within(a, c) {
			continue
		}
		v, w := follows(a, c)
		if v.Decision == Join && (best.Decision != Join || w > weight) || v.Decision == Propose && best.Decision == None {
			best, weight = v, w
		}
		if c.Case.Published.Before(a.Entry.Published) {
			earlier = append(earlier, c.Case.ID)
		}
	}
	if best.Decision == Join {
		return best
	}
	if v, ok := byAsking(a, candidates); ok {
		return v
	}
	if !a.Mention.Verdict.OpensCase() {
		return Verdict{Decision: None, Reason: earshot.ReasonIntentNone, Why: "names the brand and judges nothing"}
	}
	if best.Decision == Propose {
		best.Earlier = earlier
		return best
	}
	return Verdict{Decision: New, Earlier: earlier, Why: "a new matter"}
}

func sameAuthor(a Arrival, c Candidate) bool {
	return a.Entry.Author.Key != "" && a.Entry.Author.Key == c.Author && a.Entry.ID != c.Case.Entry
}

func within(a Arrival, c Candidate) bool {
	gap := a.Entry.Published.Sub(c.Case.Published)
	return gap >= 0 && gap <= Within
}

// saysWords is how many rare words a text that tells how it stands with an answer
// must share with the case to join it without a word of going on: people who
// complain anew say that nobody answers, too.
const saysWords = 5

// newsWords is how many it must share if it tells that the brand did answer:
// that is no way to begin a new complaint.
const newsWords = 3

// linkWeighs is more than any number of shared words.
const linkWeighs = 1000

// follows weighs one earlier case. The words that decided are the reason; of
// several cases the heaviest is meant.
func follows(a Arrival, c Candidate) (Verdict, int) {
	if slices.ContainsFunc(a.Entry.Links, func(l string) bool { return slices.ContainsFunc(c.URLs, func(u string) bool { return sameLink(l, u) }) }) {
		return Verdict{Decision: Join, Case: c.Case.ID, Kind: earshot.EventJoined, Why: "links back to the case's post"}, linkWeighs
	}
	shared := matters(a, c)
	word, sure := goesOn(a)
	switch {
	case word != "" && (len(shared) >= 3 || sure && len(shared) == 2):
		return Verdict{Decision: Join, Case: c.Case.ID, Kind: earshot.EventJoined,
			Why: fmt.Sprintf("the author goes on (%q) about the same thing (%s)", word, strings.Join(shared, ", "))}, len(shared)
	case a.Says != "" && len(shared) >= saysWords, answers(a.Says) && len(shared) >= newsWords && !c.Case.Answer.Given():
		return Verdict{Decision: Join, Case: c.Case.ID, Kind: earshot.EventJoined,
			Why: fmt.Sprintf("the author tells of an answer (%s) about the same thing (%s)", a.Says, strings.Join(shared, ", "))}, len(shared)
	case word != "" || len(shared) >= 4:
		return Verdict{Decision: Propose, Case: c.Case.ID,
			Why: fmt.Sprintf("perhaps the same matter as %s: %q, shared words %d", c.Case.ID, word, len(shared))}, len(shared)
	}
	return Verdict{Decision: None}, 0
}

// answers says whether what a text tells of an answer is that there was one.
func answers(says string) bool {
	return says == string(earshot.AnswerResponded) || says == string(earshot.AnswerResolved)
}

func sameLink(a, b string) bool {
	trim := func(s string) string {
		s = strings.TrimPrefix(strings.TrimPrefix(s, "https://"), "http://")
		s, _, _ = strings.Cut(s, "#")
		return strings.TrimSuffix(strings.TrimPrefix(s, "www."), "/")
	}
	return b != "" && trim(a) == trim(b)
}

// matters are the rare words that both texts have, without those of the
// brand's own name, which every text about it has. In Chinese, where words come
// as overlapping pairs of characters, the pairs of one phrase count once.
func matters(a Arrival, c Candidate) []string {
	shared := slices.DeleteFunc(common(a.Words, c.Words), func(w string) bool { return ofBrand(a.Mention, w) })
	return slices.DeleteFunc(slices.Clone(shared), func(w string) bool {
		return slices.ContainsFunc(shared, func(before string) bool { return before != w && runsInto(before, w) })
	})
}

// ofBrand says whether a folded word is part of a name the brand goes by here.
func ofBrand(m earshot.Mention, word string) bool {
	if strings.Contains(strings.ToLower(m.Brand), word) {
		return true
	}
	return slices.ContainsFunc(m.Spans, func(s earshot.Span) bool { return strings.Contains(strings.ToLower(s.Surface), word) })
}

// runsInto says whether one pair of Chinese characters ends where the other begins.
func runsInto(before, w string) bool {
	first, last := firstRune(w), lastRune(before)
	return first == last && unicode.Is(unicode.Han, first)
}

// common returns the words both lists have, in the order of the first.
func common(a, b []string) []string {
	var out []string
	for _, w := range a {
		if slices.Contains(b, w) && !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

// continuations are phrases that say of themselves that a story goes on.
func continuations() []string {
	return []string{
		"update", "updated", "any word", "any news", "follow-up", "follow up", "followup", "as i wrote", "as i said", "remember my", "remember when", "you will remember", "you may remember", "part two", "part 2", "months later", "weeks later", "days later",
		"no word", "no reply", "no answer", "nothing yet", "yet to hear", "yet to respond", "yet to reply", "since then", "still waiting", "still no", "still not", "still nothing", "still have not", "still haven't", "still has not", "still hasn't", "to be continued", "continued", "the latest on", "if you remember", "where we stand", "where we are with", "where things stand", "spoke too soon",
		"seguimos sin", "sigue sin", "siguen sin", "sigo sin", "sigo esperando", "sigo con", "actualización", "actualizacion", "novedades", "continuación", "como conté", "como os conté", "como les conté", "os acordáis", "recordaréis", "segunda parte", "meses después", "semanas después", "días después", "sin noticias", "sin respuesta", "ninguna respuesta", "cómo va lo", "en qué quedó", "si os acordáis", "si se acuerdan", "si recordáis", "si recuerdan", "aún no", "todavía no", "ni noticia",
		"aggiornamento", "aggiornamenti", "novità", "il seguito", "come raccontavo", "come vi raccontavo", "come scrivevo", "vi ricordate", "vi ricorderete", "seconda parte", "mesi dopo", "settimane dopo", "giorni dopo", "nessuna notizia", "nessuna risposta", "niente di nuovo", "a che punto", "se ricordate", "se vi ricordate", "com'è finita", "non ancora", "non ha ancora", "non hanno ancora", "non mi ha ancora", "non mi hanno ancora", "non ci ha ancora", "non ci hanno ancora", "ancora niente", "ancora nessun", "ancora nessuna", "ancora aspettando", "ancora in attesa",
		"更新", "后续", "至今", "进展", "進展", "到现在还", "还没有回", "还在等", "仍未", "仍没", "仍然没", "依然没", "後續", "接着说", "有消息吗", "没有消息", "没有回音", "没有答复", "没有回复", "没有回应", "还记得",
	}
}

// leanings are everyday words that may take up an earlier story, and mostly do
// not: "and the line still drops".
func leanings() []string {
	return []string{"again", "still", "last time", "sigo", "seguimos", "todavía", "todavia", "aún", "de nuevo", "otra vez", "ancora", "di nuovo", "还是", "仍然", "依然", "又是", "又来了", "再次", "上次", "还没", "后来", "還是"}
}

// Continuation returns the first phrase in the text with which its author takes
// up an earlier story, or "".
func Continuation(text string) string { return phraseIn(text, continuations()) }

// goesOn returns the words with which the arrival takes up an earlier story, or
// "", and whether they surely do. A word that only leans that way is sure in the
// title, and counts where it opens the text or stands in a sentence about the brand.
func goesOn(a Arrival) (word string, sure bool) {
	if word := Continuation(a.Entry.Title + "\n" + a.Entry.Text); word != "" {
		return word, true
	}
	if word := phraseIn(a.Entry.Title, leanings()); word != "" {
		return word, true
	}
	for i, sentence := range sentences(a.Entry.Text) {
		if i > 0 && !names(a.Mention, sentence) {
			continue
		}
		if word := phraseIn(sentence, leanings()); word != "" {
			return word, false
		}
	}
	return "", false
}

func sentences(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(".!?\n。！？", r) })
}

// names says whether the sentence has a name of the mention's brand in it.
func names(m earshot.Mention, sentence string) bool {
	return slices.ContainsFunc(m.Spans, func(s earshot.Span) bool { return s.Surface != "" && strings.Contains(sentence, s.Surface) })
}

// phraseIn returns the first of the phrases that stands in the text as words.
func phraseIn(text string, phrases []string) string {
	text = strings.ToLower(text)
	for _, c := range phrases {
		if i := strings.Index(text, c); i >= 0 && wordAt(text, i, len(c)) {
			return c
		}
	}
	return ""
}

// wordAt says whether the n bytes at i stand as words of their own; Chinese
// has no word boundaries to look for.
func wordAt(text string, i, n int) bool {
	if strings.IndexFunc(text[i:i+n], func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0 {
		return true
	}
	before, after := lastRune(text[:i]), firstRune(text[i+n:])
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}

func lastRune(s string) rune {
	var last rune
	for _, r := range s[max(0, len(s)-4):] {
		last = r
	}
	return last
}

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}
