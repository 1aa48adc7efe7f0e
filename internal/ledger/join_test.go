package ledger

import (
	"slices"
	"testing"
	"time"

	"earshot"
)

var march = time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)

func complaint(days int, kind earshot.EntryKind, text string) Arrival {
	return Arrival{Story: 9, Entry: earshot.Entry{ID: 9, Kind: kind, Thread: "https://ann.example/two", Canonical: "https://ann.example/two", Text: text,
		Author: earshot.Author{Key: "ann"}, Published: march.AddDate(0, 0, days)},
		Mention: earshot.Mention{Brand: "AAA", Verdict: earshot.Verdict{Intent: earshot.Complaint, PComplaint: .9}}}
}

func flatTyre() Candidate {
	return Candidate{Author: "ann", URLs: []string{"https://ann.example/one"}, Words: []string{"tyre", "dispatcher", "wrecker", "towing", "scranton"},
		Case: earshot.Case{ID: "c222", Story: 1, Entry: 1, Brand: "AAA", Thread: "https://ann.example/one", Published: march}}
}

func TestJoins(t *testing.T) {
	linked := complaint(60, earshot.Post, "Any word from them? Nope.")
	linked.Entry.Links = []string{"http://www.ann.example/one/#comments"}
	goesOn := complaint(60, earshot.Post, "Still nothing about the tyre. The dispatcher never called.")
	goesOn.Words = []string{"tyre", "dispatcher", "called"}
	goesOn.Mention.Verdict = earshot.Verdict{Intent: earshot.NoIntent}
	hunch := complaint(60, earshot.Post, "AAA again, this time the renewal.")
	stranger := goesOn
	stranger.Entry.Author.Key = "bob"
	stranger.Mention.Verdict = earshot.Verdict{Intent: earshot.Complaint}
	under := complaint(2, earshot.Comment, "Same here, four calls.")
	under.Entry.Thread, under.Entry.Author.Key = "https://ann.example/one", "bob"
	own := under
	own.Entry.Author.Key = "ann"
	lonely := complaint(2, earshot.Comment, "They are lovely.")
	lonely.Mention.Verdict = earshot.Verdict{Intent: earshot.Compliment}
	namesake := complaint(2, earshot.Post, "AAA batteries")
	namesake.Mention.Reason = earshot.ReasonNamesake
	copied := complaint(3, earshot.Post, "the same text")
	copied.Story = 1
	old := goesOn
	old.Entry.Published = march.AddDate(0, 0, 500)
	old.Mention.Verdict = earshot.Verdict{Intent: earshot.Complaint}
	chinese := complaint(20, earshot.Post, "至今没有人联系我。")
	chinese.Words = []string{"tyre", "wrecker"}

	asked := complaint(60, earshot.Post, "The garden is coming along.\nAny word from AAA? Nope.\nNext week I speak at a conference in Lyon.")
	asked.Says, asked.Words = "not_responded", []string{"garden", "conference", "lyon"}
	asked.Mention.Spans = []earshot.Span{{Surface: "AAA"}}
	more := asked
	more.Entry.Text = "Any word from AAA about the double renewal fee on my statement? Nope."
	more.Words = []string{"renewal", "statement", "double"}
	silence := complaint(60, earshot.Post, "AAA never called about the tyre, the wrecker or the dispatcher.")
	silence.Entry.Text += " The towing fee for Scranton stands."
	silence.Says, silence.Words = "not_responded", []string{"tyre", "wrecker", "dispatcher", "towing", "scranton"}
	less := silence
	less.Words = []string{"tyre", "wrecker", "dispatcher", "towing"}
	elsewhere := complaint(60, earshot.Post, "AAA never answered about my renewal.")
	elsewhere.Says = "not_responded"

	happy := complaint(20, earshot.Post, "AAA rang, said sorry and paid for the towing. The wrecker from Scranton waved.")
	happy.Says, happy.Words = "resolved", []string{"wrecker", "towing", "scranton"}
	happy.Mention.Verdict = earshot.Verdict{Intent: earshot.Compliment}
	kind := happy
	kind.Words = []string{"scranton", "driver", "keys"}

	tests := []struct {
		name string
		a    Arrival
		want Decision
		kind earshot.EventKind
	}{
		{"a link back joins", linked, Join, earshot.EventJoined},
		{"going on about the same thing joins, whatever its label", goesOn, Join, earshot.EventJoined},
		{"in Chinese too", chinese, Join, earshot.EventJoined},
		{"asking for an answer and nothing else joins the one case that waits", asked, Join, earshot.EventJoined},
		{"asking about something else is proposed", more, Propose, ""},
		{"telling of an answer about the same thing joins, also as praise", happy, Join, earshot.EventJoined},
		{"praise for other help in the same place does not", kind, New, ""},
		{"telling of silence about the same thing joins", silence, Join, earshot.EventJoined},
		{"telling of silence about much the same is proposed", less, Propose, ""},
		{"telling of silence about another thing is a new case", elsewhere, New, ""},
		{"a hunch is proposed, not joined", hunch, Propose, ""},
		{"a new matter is a new case", complaint(60, earshot.Post, "The renewal cost me twice."), New, ""},
		{"somebody else's story is his own", stranger, New, ""},
		{"after 400 days it is another story", old, New, ""},
		{"a comment is a voice in its post's case", under, Join, earshot.EventVoice},
		{"the author's own comment is a follow-up", own, Join, earshot.EventJoined},
		{"a kind comment opens nothing", lonely, None, ""},
		{"a namesake is nothing", namesake, None, ""},
		{"a copy is counted", copied, Join, earshot.EventCopied},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Joins(tt.a, []Candidate{flatTyre()})
			if got.Decision != tt.want || got.Kind != tt.kind {
				t.Errorf("got %s %s (%s), want %s %s", got.Decision, got.Kind, got.Why, tt.want, tt.kind)
			}
			if got.Why == "" && got.Reason == "" {
				t.Error("it does not say why")
			}
		})
	}
	if v := Joins(complaint(60, earshot.Post, "The renewal cost me twice."), []Candidate{flatTyre()}); len(v.Earlier) != 1 {
		t.Errorf("the new case is not linked to the earlier one: %+v", v)
	}
}

func TestRevisitsWidenAndEnd(t *testing.T) {
	steps := []time.Duration{time.Hour, 6 * time.Hour, 24 * time.Hour}
	for _, tt := range []struct{ after, want time.Duration }{{0, time.Hour}, {time.Hour, 6 * time.Hour}, {7 * time.Hour, 24 * time.Hour}} {
		if got := NextRevisit(march, steps, march.Add(tt.after)); !got.Equal(march.Add(tt.want)) {
			t.Errorf("after %s: %s", tt.after, got)
		}
	}
	if got := NextRevisit(march, steps, march.Add(25*time.Hour)); !got.IsZero() {
		t.Errorf("a schedule that ran out goes on at %s", got)
	}
}

func TestABrandsOwnNameAndOneWordAreNoCommonMatter(t *testing.T) {
	a := complaint(60, earshot.Post, "又是帕克里，还是那样。")
	a.Mention.Brand, a.Mention.Spans = "Pakkeri", []earshot.Span{{Surface: "帕克里"}}
	a.Words = []string{"帕克", "克里", "储水", "水罐"}
	c := flatTyre()
	c.Words = a.Words
	if got := matters(a, c); len(got) != 1 {
		t.Errorf("a brand's name and one word of three characters count as %v", got)
	}
	if v := Joins(a, []Candidate{c}); v.Decision == Join {
		t.Errorf("joined because %s", v.Why)
	}
}

func TestOnlyAWordAboutTheBrandTakesUpAStory(t *testing.T) {
	for _, tt := range []struct {
		text string
		want bool
	}{
		{"AAA lost my bag. They want photographs, and then the same photographs again.", false},
		{"We walked by the river. AAA still leaves me waiting.", true},
		{"Still on the hook.", true},
		{"It rained. Any word from them? Nope.", true},
		{"Llovió. AAA todavía no ha llamado.", true},
	} {
		a := complaint(60, earshot.Post, tt.text)
		a.Mention.Spans = []earshot.Span{{Surface: "AAA"}}
		if got, _ := goesOn(a); (got != "") != tt.want {
			t.Errorf("%q: %q", tt.text, got)
		}
	}
}

func TestAThreadIsReadBeforeItsCaseIsCalledLate(t *testing.T) {
	c := earshot.Case{Thread: "https://ann.example/one", Clock: earshot.ClockState{Clock: earshot.ClockRunning, Soon: march.Add(54 * time.Hour), Due: march.Add(72 * time.Hour)}}
	s, ok := Follow(c, earshot.Entry{URL: "https://ann.example/one"}, []time.Duration{time.Hour, 24 * time.Hour, 100 * time.Hour}, march)
	want := []time.Duration{time.Hour, 24 * time.Hour, 53 * time.Hour, 71 * time.Hour, 100 * time.Hour}
	if !ok || !slices.Equal(s.Revisits, want) || !s.Due.Equal(march.Add(time.Hour)) {
		t.Errorf("%v, due %s", s.Revisits, s.Due)
	}
	c.Clock, c.Answer = earshot.ClockState{Clock: earshot.ClockPaused}, earshot.AnswerPromised
	c.Promise = earshot.Promise{Made: march.Add(2 * time.Hour), Due: march.Add(10 * time.Hour), State: earshot.PromiseOpen}
	s.Due = march.Add(100 * time.Hour)
	if got := Before(s, c, march.Add(2*time.Hour)); !got.Due.Equal(march.Add(7*time.Hour + 15*time.Minute)) {
		t.Errorf("before the promise is due the thread is read at %s", got.Due)
	}
}

func TestOfSeveralCasesTheOneMostSpokenOfIsMeant(t *testing.T) {
	a := complaint(60, earshot.Post, "Any word from them? Nope.")
	a.Words = []string{"tyre", "dispatcher", "wrecker"}
	near, far := flatTyre(), flatTyre()
	near.Case.ID, near.Words = "c333", []string{"tyre", "dispatcher", "hubcap"}
	if v := Joins(a, []Candidate{near, far}); v.Case != far.Case.ID {
		t.Errorf("joined %s: %s", v.Case, v.Why)
	}
	a.Entry.Links, near.URLs = []string{"https://ann.example/three"}, []string{"https://ann.example/three"}
	if v := Joins(a, []Candidate{far, near}); v.Case != near.Case.ID {
		t.Errorf("the link leads to c333, joined %s: %s", v.Case, v.Why)
	}
}
