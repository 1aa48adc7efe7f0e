package web

import (
	"strings"
	"testing"
	"time"

	"earshot"
	"earshot/internal/store"

	"github.com/google/go-cmp/cmp"
)

// inOrder says whether the parts stand in the page one after the other.
func inOrder(t *testing.T, page string, parts ...string) {
	t.Helper()
	at := 0
	for _, p := range parts {
		i := strings.Index(page[at:], p)
		if i < 0 {
			t.Errorf("the page does not say %q there", p)
			continue
		}
		at += i + len(p)
	}
}

func TestTheCaseIsALedger(t *testing.T) {
	w, ids := populate(t)
	page := get(w.handler(), "/cases/"+ids["ledger"]).Body.String()
	inOrder(t, page, "promised Marta Ekdal an answer by 12:00", "Promised", "What was said", `<mark class="against"><span class="name">Norrsken Rail</span> has had nine letters`,
		`<mark class="due">promised the cello by midday on Friday</mark>`, "Complaint about Norrsken Rail", "“nine letters”",
		"What was answered", "5 pieces of evidence", "A promise", "Promised, due", "The author reports silence", "No public response as of 20 Nov: the case was reopened",
		"Official answer", "Answered, 14 h after it was published", "Somebody claims to speak for the company", "Perhaps answered", "Seen, not answered", "Published", "found 6 min later",
		"Why this case", "is named once, by the rule", "What changed in the post", "<ins>Update, later in the week", "Comments", "Norrsken Cares", "Who and where",
		"Who was told, and who was not", "answered_meanwhile", "What happened", "ben added a note", "Siv has the number of the van")
}

func TestANumberOpensWhatIsBehindIt(t *testing.T) {
	w, _ := populate(t)
	h := w.handler()
	page := get(h, "/").Body.String()
	for rest := page; ; {
		_, after, ok := strings.Cut(rest, `<a class="n" href="`)
		if !ok {
			break
		}
		href, tail, _ := strings.Cut(after, `"`)
		rest = tail
		href = strings.ReplaceAll(href, "&amp;", "&")
		if got := get(h, href); got.Code != 200 {
			t.Errorf("%s answers %d", href, got.Code)
		}
	}
}

func TestTodaySaysWhatIsTrue(t *testing.T) {
	w, ids := populate(t)
	h := w.handler()
	inOrder(t, get(h, "/").Body.String(), "Two answers are overdue; two more fall due within three hours.", "Overdue", ids["overdue"], ids["broken"], "Due next", ids["due"], ids["question"],
		"New complaints", ids["new"], ids["unsure"], "Compliments not yet thanked", "Promises due", ids["ledger"])
	for _, id := range []string{"overdue", "broken", "due", "question"} {
		w.by("ana", ids[id], earshot.VerbAnswered, 0, earshot.Args{})
	}
	inOrder(t, get(h, "/").Body.String(), "Two complaints wait for somebody to take them.", "Nobody waits longer than was promised.")
	for _, id := range []string{"new", "unsure", "thanks", "grazie", "ledger"} {
		w.by("ana", ids[id], earshot.VerbDismiss, 0, earshot.Args{})
	}
	inOrder(t, get(h, "/").Body.String(), "Nobody is waiting.")
}

func TestADeafSourceIsSaidFirst(t *testing.T) {
	w, _ := populate(t)
	h := w.handler(func(o *Options) {
		o.Health = func() Health {
			return Health{OK: 5, Total: 6, Deaf: []Deaf{{What: "Binari morti", Why: "the site answers 503", Since: w.now.Add(-3 * time.Hour)}}, Slack: "the token was refused"}
		}
	})
	inOrder(t, get(h, "/").Body.String(), "of", "sources cannot be heard", "Binari morti: the site answers 503, since", "Slack cannot be reached", "the token was refused", "Overdue")
}

func TestMarksLieOnWholeCharactersAndDoNotOverlap(t *testing.T) {
	text := "Ärger mit AAA.\n\nNie wieder AAA, 再见."
	got := paragraphs(text, []mark{{0, 15, "against", 1}, {11, 14, "name", 0}, {5, 9, "for", 2}, {1, 3, "for", 3}, {-1, 4, "for", 4}, {3, 999, "for", 5}})
	want := [][]piece{{{Class: "against", Note: 1, Bits: []bit{{"Ärger mit ", false}, {"AAA", true}, {".", false}}}}, {{Bits: []bit{{"Nie wieder AAA, 再见.", false}}}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestRevisionsShowWhatWasRewritten(t *testing.T) {
	got := changes([]store.Text{{Revision: 1, Title: "A", Body: "Stays.\n\nStays too.\n\nThe fee was ten euro.\n\nGone."}, {Revision: 2, Title: "A", Body: "Stays.\n\nStays too.\n\nThe fee was twelve euro.\n\nNew here, 你好."}})
	var kinds []string
	for _, l := range got[0].Lines {
		kinds = append(kinds, l.Kind)
	}
	if d := cmp.Diff([]string{"gap", "same", "cut", "cut", "add", "add"}, kinds); d != "" {
		if d := cmp.Diff([]string{"gap", "same", "both", "cut", "add"}, kinds); d != "" {
			t.Error(d)
		}
	}
	words := diffWords("我们明天见", "我们后天见")
	if d := cmp.Diff([]diffWord{{"same", "我们"}, {"cut", "明"}, {"add", "后"}, {"same", "天见"}}, words); d != "" {
		t.Error(d)
	}
}

func TestADiffOfAnyTextsGivesBothBack(t *testing.T) {
	for _, pair := range [][2]string{{"", ""}, {"a", ""}, {"", "b\n\nc"}, {"x\n\ny\n\nz", "z\n\ny\n\nx"}, {strings.Repeat("w ", 700), strings.Repeat("v ", 700)}} {
		var was, is strings.Builder
		for _, l := range diffParagraphs(pair[0], pair[1]) {
			for _, word := range l.Words {
				if word.Kind != "add" {
					was.WriteString(word.Text)
				}
				if word.Kind != "cut" {
					is.WriteString(word.Text)
				}
			}
		}
		flat := func(s string) string { return strings.ReplaceAll(strings.TrimSpace(s), "\n\n", "") }
		if flat(pair[0]) != flat(was.String()) || flat(pair[1]) != flat(is.String()) {
			t.Errorf("%.20q to %.20q gives %.20q and %.20q", pair[0], pair[1], was.String(), is.String())
		}
	}
}

func TestCredentialsAreTakenOut(t *testing.T) {
	for in, want := range map[string]string{
		"https://a:b@x.example/feed":                               "https://x.example/feed",
		"read https://x.example/f?apikey=abc&page=2 failed":        "read https://x.example/f?apikey=...&page=2 failed",
		"https://x.example/f?q=delta+airlines":                     "https://x.example/f?q=delta+airlines",
		"https://x.example/f?t=abcdefghijklmnopqrstuvwxyz012":      "https://x.example/f?t=...",
		"the site answers 503":                                     "the site answers 503",
		"https://x.example/a;session_token=1#access_token=zzz&b=1": "https://x.example/a;session_token=...#access_token=...&b=1",
	} {
		if got := redacted(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestOnlyWebAddressesBecomeLinks(t *testing.T) {
	for in, want := range map[string]string{"https://x.example/a?b=1": "https://x.example/a?b=1", "http://u:p@x.example/": "http://x.example/", "javascript:alert(1)": "", "data:text/html,x": "",
		"//x.example": "", "https://": "", "/relative": "", " https://x.example ": "https://x.example", `https://x"y/`: "", "ftp://x.example": ""} {
		if got := webLink(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"/cases?a=b": "/cases?a=b", "//evil.example": "/", `/\evil.example`: "/", "https://evil.example": "/", "#x": "#x", "": "/"} {
		if got := ours(in); got != want {
			t.Errorf("ours %q: %q, want %q", in, got, want)
		}
	}
}

func TestWeeksHaveTheirNames(t *testing.T) {
	for name, want := range map[string]string{"2026-W46": "2026-11-09", "2026-W01": "2025-12-29", "2020-W53": "2020-12-28", "2021-W53": "", "2026-W00": "", "x": "", "2026-W46x": ""} {
		monday, ok := weekOf(name, time.UTC)
		if ok != (want != "") || ok && monday.Format(time.DateOnly) != want {
			t.Errorf("%s begins %s (%v), want %q", name, monday.Format(time.DateOnly), ok, want)
		}
	}
}

func TestTheLeagueGivesNoRateForAFew(t *testing.T) {
	w, _ := populate(t)
	h := w.handler()
	if page := get(h, "/league").Body.String(); !strings.Contains(page, "too few to give a rate") || strings.Contains(page, "Banca Lume answered") {
		t.Error("a rate was given for a few cases")
	}
	w.crowd()
	inOrder(t, get(h, "/league").Body.String(), "answers more people than Kestrel Air", "Banca Lume", "25 of 31", "Norrsken Rail", "Kestrel Air", "12 of 30", "How to read this")
	inOrder(t, get(h, "/reports/2026-W46").Body.String(), "We answered", "Who answered", "What complaints were about", "Process", "Still waiting")
	inOrder(t, get(h, "/trends").Body.String(), "Complaints are out of the ordinary", "One week was out of the ordinary", `class="ring"`, "Show the numbers", "outside", "Share of voice")
}
