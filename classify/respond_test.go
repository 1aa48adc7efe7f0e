package classify

import (
	"testing"
	"time"

	"earshot"
)

var (
	postAt    = time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC) // a Monday
	commentAt = time.Date(2026, 3, 5, 10, 0, 0, 0, time.UTC)
)

func respondCase() earshot.CaseView {
	return earshot.CaseView{
		Case: earshot.Case{ID: "c7k2", Brand: "Norvane", Story: 9, Entry: 1, Thread: "https://ruth.example/boiler"},
		URL:  "https://ruth.example/boiler", Site: "ruth.example", Author: earshot.Author{Key: "ruth", Name: "Ruth", URL: "https://ruth.example/"},
		Quote: "Norvane has left me without heating for nine days.", Lang: "en",
	}
}

func respondBrands() []earshot.Brand {
	return []earshot.Brand{
		{Name: "Norvane", Official: earshot.Official{Domains: []string{"norvane.example"}, Names: []string{"Norvane Cares"}, Accounts: []string{"https://social.example/@norvane"}, Feeds: []string{"https://news.norvane-press.example/rss"}}},
		{Name: "Telmora"},
	}
}

func respondComment(author earshot.Author, text string) earshot.Entry {
	return earshot.Entry{ID: 7, Kind: earshot.Comment, Thread: "https://ruth.example/boiler", URL: "https://ruth.example/boiler#c7", Site: "ruth.example", Author: author, Text: text,
		Lang: "en", Published: commentAt, Precision: earshot.PrecisionTime, FirstSeen: commentAt.Add(time.Hour), Revision: 1}
}

func TestAnswersFromComments(t *testing.T) {
	c := spotter(t, respondBrands()...)
	reader := earshot.Author{Key: "ben", Name: "Ben"}
	sorry := "Hello Ruth, we are so sorry. We have refunded the nine days and our engineer fixed the boiler this morning."
	for _, tt := range []struct {
		name   string
		e      earshot.Entry
		kind   earshot.EvidenceKind
		answer earshot.Answer
		sure   float64
	}{
		{"verified profile", respondComment(earshot.Author{Name: "Norvane", Profile: "https://social.example/@norvane"}, sorry), earshot.EvidenceOfficial, earshot.AnswerResponded, .95},
		{"matched name and link", respondComment(earshot.Author{Name: "Norvane Cares", URL: "https://www.norvane.example/care"}, sorry), earshot.EvidenceOfficial, earshot.AnswerResponded, .85},
		{"link alone", respondComment(earshot.Author{Name: "Ann", URL: "https://norvane.example/"}, sorry), earshot.EvidenceClaimed, earshot.AnswerUnconfirmed, .6},
		{"name alone", respondComment(earshot.Author{Name: "Norvane Support"}, sorry), earshot.EvidenceClaimed, earshot.AnswerUnconfirmed, .6},
		{"words alone", respondComment(earshot.Author{Name: "Ann"}, "Hi, I'm Ann from Norvane. We are sorry, please send me your number."), earshot.EvidenceClaimed, earshot.AnswerUnconfirmed, .6},
		{"official, but only a promise", respondComment(earshot.Author{Name: "Norvane", Profile: "https://social.example/@norvane"}, "We will call you by Friday."), earshot.EvidencePromise, earshot.AnswerPromised, .9},
		{"author's update", respondComment(earshot.Author{Key: "ruth", Name: "Ruth"}, "UPDATE: Norvane called me this morning."), earshot.EvidenceAuthorUpdate, earshot.AnswerResponded, .9},
		{"author's silence", respondComment(earshot.Author{Key: "ruth", Name: "Ruth"}, "Any word from Norvane? Nope."), earshot.EvidenceAuthorSilence, earshot.AnswerNone, .9},
		{"third party", respondComment(reader, "Norvane still hasn't responded, I see."), earshot.EvidenceThirdParty, earshot.AnswerNone, .6},
		{"a stranger about anybody", respondComment(reader, "They never answer."), "", "", 0},
		{"a reader's opinion", respondComment(reader, "I like the second picture best."), "", "", 0},
	} {
		got := c.Answers(tt.e, []earshot.CaseView{respondCase()})
		if tt.kind == "" {
			if len(got) != 0 {
				t.Errorf("%s: %+v", tt.name, got)
			}
			continue
		}
		if len(got) != 1 || got[0].Kind != tt.kind || got[0].Answer != tt.answer || got[0].Confidence != tt.sure {
			t.Errorf("%s: %+v", tt.name, got)
			continue
		}
		r := got[0]
		if r.Story != 9 || r.Brand != "Norvane" || r.Entry != 7 || !r.SaidAt.Equal(commentAt) || r.Passage == "" || r.Link == "" || r.Actor != tt.e.Author.Name {
			t.Errorf("%s: %+v", tt.name, r)
		}
	}
}

func TestAnswersOfAPromiseKnowWhen(t *testing.T) {
	c := spotter(t, respondBrands()...)
	got := c.Answers(respondComment(earshot.Author{Name: "Norvane", Profile: "https://social.example/@norvane"}, "We will call you by Friday."), []earshot.CaseView{respondCase()})
	if len(got) != 1 || got[0].Due.Weekday() != time.Friday || got[0].DueText == "" {
		t.Errorf("%+v", got)
	}
}

func TestAnswersFromElsewhere(t *testing.T) {
	c := spotter(t, respondBrands()...)
	page := earshot.Entry{ID: 8, Kind: earshot.Post, Title: "How we failed a customer", Site: "blog.norvane.example", URL: "https://blog.norvane.example/sorry", Canonical: "https://blog.norvane.example/sorry",
		Text: "We read this post and changed our process.", Links: []string{"http://www.ruth.example/boiler/"}, Published: commentAt}
	got := c.Answers(page, []earshot.CaseView{respondCase()})
	if len(got) != 1 || got[0].Kind != earshot.EvidenceBacklink || got[0].Answer != earshot.AnswerResponded || got[0].Confidence != .9 {
		t.Errorf("backlink: %+v", got)
	}
	page.Links = nil
	if got := c.Answers(page, []earshot.CaseView{respondCase()}); len(got) != 0 {
		t.Errorf("no link: %+v", got)
	}
	later := earshot.Entry{ID: 10, Kind: earshot.Post, URL: "https://ruth.example/still", Canonical: "https://ruth.example/still", Site: "ruth.example", Author: earshot.Author{Key: "ruth", Name: "Ruth"},
		Text: "Two months on. Any word from Norvane? Nope.", Lang: "en", Published: commentAt}
	if got := c.Answers(later, []earshot.CaseView{respondCase()}); len(got) != 1 || got[0].Kind != earshot.EvidenceAuthorSilence {
		t.Errorf("follow-up: %+v", got)
	}
}

func TestAnswersReadEachUpdateBlock(t *testing.T) {
	c := spotter(t, respondBrands()...)
	dated := time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)
	e := earshot.Entry{ID: 1, Kind: earshot.Post, Thread: "https://ruth.example/boiler", Canonical: "https://ruth.example/boiler", URL: "https://ruth.example/boiler", Site: "ruth.example", Author: earshot.Author{Key: "ruth", Name: "Ruth"},
		Text: "Norvane left me cold. Update 3/10: Norvane called.", Published: postAt, FirstSeen: dated.Add(30 * time.Hour), Updated: dated.Add(26 * time.Hour), Revision: 2, Lang: "en",
		Added: []earshot.Passage{{Text: "Norvane refunded me and the heating works again. Solved!"}, {Text: "Norvane called me today.", Dated: dated, Precision: earshot.PrecisionDay}}}
	got := c.Answers(e, []earshot.CaseView{respondCase()})
	if len(got) != 2 || got[0].Answer != earshot.AnswerResolved || !got[0].SaidAt.Equal(e.Updated) || got[1].Answer != earshot.AnswerResponded || !got[1].SaidAt.Equal(dated) || got[1].Precision != earshot.PrecisionDay {
		t.Errorf("%+v", got)
	}
}

func TestAnswersOfTheOnlyOne(t *testing.T) {
	c := spotter(t, respondBrands()...)
	telmora := respondCase()
	telmora.Case.Brand = "Telmora"
	e := respondComment(earshot.Author{Key: "jo", Name: "Jo"}, "The only one who hasn't responded is Norvane; Telmora replied within a day.")
	got := map[string]earshot.Response{}
	for _, r := range c.Answers(e, []earshot.CaseView{respondCase(), telmora}) {
		got[r.Brand] = r
	}
	if got["Norvane"].Answer != earshot.AnswerNone || got["Norvane"].Kind != earshot.EvidenceThirdParty || got["Telmora"].Answer != earshot.AnswerUnconfirmed {
		t.Errorf("%+v", got)
	}
}
