package daemon

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/internal/store"
)

const carClub = "brands: [{name: Automobile Club, aliases: [AAA], official: {domains: [carclub.example]}, sla: {complaint: 72h}}, {name: Telmora, category: telecom, official: {domains: [telmora.example]}}]\nclassify: {threshold: 0.3, alert_threshold: 0.3}\n"

// silent says whether the case knows that its author still waits: one piece of
// author_silence, no answer.
func silent(v earshot.CaseView) bool {
	return v.Case.Answer == earshot.AnswerNone && slices.ContainsFunc(v.Case.Evidence, func(e earshot.Evidence) bool { return e.Kind == earshot.EvidenceAuthorSilence })
}

func TestAnyWordNopeJoinsTheEventsCase(t *testing.T) {
	for name, nope := range map[string][2]string{
		"bare":             {"Odds and ends", "A few loose ends from the winter. The garden is coming along and the cat has had her kittens.\n\nAny word from AAA? Nope.\n\nNext week I am speaking at a conference in Lyon."},
		"with its matter":  {"Still no answer", "Remember the flat tyre and the wrecker that went to the wrong state? Two months later, still no word from AAA about it."},
		"linked, no name":  {"Two months on", "You will remember [my night on the roadside](post:event). Any word from them? Nope. Not a call, not a letter."},
		"a list of brands": {"Scoreboard", "Who answers bloggers? Telmora gave my credit back, unasked, and wrote to me: lovely people. Any word from AAA? Nope."},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := tellChronicle(t, chronicleSetting{start: spring(1, 5, 0), pace: 240, blogs: []string{"amy", "ben"}, yaml: carClub})
				defer c.stop()
				c.post("amy", "event", "Three hours on the roadside", "AAA left me on the roadside for three hours on Saturday night. I had a flat tyre on the interstate near Scranton, I called AAA four times, and their dispatcher sent the wrecker to the wrong state. I am furious with AAA: a dreadful, useless service.")
				c.until(3 * 24 * time.Hour)
				c.post("amy", "complaint", "What went wrong with AAA", "More on [that night](post:event). The people were not the problem, the process was. AAA lost the wrecker between two regions and nobody took care of the flat tyre. I still cannot believe how badly it was handled.")
				c.until(60 * 24 * time.Hour)
				c.post("amy", "nope", nope[0], nope[1])
				var about []earshot.CaseView
				for _, v := range c.cases() {
					if v.Case.Brand == "Automobile Club" {
						about = append(about, v)
					}
				}
				if len(about) != 1 {
					for _, v := range about {
						t.Logf("case %s of %s: earlier %v", v.Case.ID, v.URL, v.Case.Earlier)
					}
					t.Fatalf("%d cases, want one", len(about))
				}
				if v := about[0]; !silent(v) || v.Case.Waiting(c.right()) < 58*24*time.Hour || v.Case.Joined < 1 {
					t.Errorf("answer %s, waiting %s, joined %d, evidence %+v", v.Case.Answer, v.Case.Waiting(c.right()), v.Case.Joined, v.Case.Evidence)
				}
			})
		})
	}
}

func TestANewIncidentIsANewCaseLinkedEarlier(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := tellChronicle(t, chronicleSetting{start: spring(1, 5, 0), pace: 240, blogs: []string{"amy"}, yaml: carClub})
		defer c.stop()
		c.post("amy", "event", "Three hours on the roadside", "AAA left me on the roadside for three hours on Saturday night. I had a flat tyre on the interstate near Scranton, I called AAA four times, and their dispatcher sent the wrecker to the wrong state. I am furious with AAA: a dreadful, useless service.")
		c.until(70 * 24 * time.Hour)
		c.post("amy", "renewal", "They charged me twice", "AAA renewed my membership without asking and charged my card twice. I wrote to billing three times and nobody answered. I am furious: I want my ninety dollars back.")
		first, second := c.mustCase("event"), c.mustCase("renewal")
		if !slices.Equal(second.Case.Earlier, []string{first.Case.ID}) || first.Case.Joined != 0 {
			t.Errorf("earlier %v, want %s; the first was joined %d times", second.Case.Earlier, first.Case.ID, first.Case.Joined)
		}
		if silent(first) {
			t.Error("silence about the renewal is counted as silence about the tyre")
		}
		if second.Earlier != 1 || second.EarlierUnanswered != 1 {
			t.Errorf("history on the card: %d earlier, %d unanswered", second.Earlier, second.EarlierUnanswered)
		}
	})
}

// TestEvidenceWaitsForItsCase: what is said about an answer to a brand that has
// no case on the story yet is kept, and counts when a case opens.
func TestEvidenceWaitsForItsCase(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := tellChronicle(t, chronicleSetting{start: spring(1, 5, 0), pace: 240, blogs: []string{"amy"}, yaml: carClub})
		defer c.stop()
		c.post("amy", "event", "Three hours on the roadside", "AAA left me on the roadside for three hours on Saturday night. I called AAA four times. I am furious with AAA: a dreadful, useless service. My phone is from Telmora, by the way.")
		c.comment("event", "Rita", "", "The only one who has not responded to you is AAA. Telmora answered you within a day, I saw it.")
		c.until(3 * 24 * time.Hour)
		err := c.daemon.store.Read(context.Background(), func(tx *store.Tx) error {
			kept, err := tx.Responses(c.mustCase("event").Case.Story, "Telmora")
			if len(kept) != 1 || kept[0].Answer != earshot.AnswerUnconfirmed || kept[0].Kind != earshot.EvidenceThirdParty {
				t.Errorf("kept for Telmora: %+v", kept)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range c.cases() {
			if v.Case.Brand == "Telmora" {
				t.Fatalf("Telmora has a case already: %+v", v.Case.Label)
			}
		}
		if err := c.blogs.Edit("event", "UPDATE: Telmora is dreadful, too. They cut my line for two weeks and I am furious with Telmora's useless support. I want my money back from Telmora."); err != nil {
			t.Fatal(err)
		}
		c.until(30 * 24 * time.Hour)
		for _, v := range c.cases() {
			if v.Case.Brand == "Telmora" {
				if v.Case.Answer != earshot.AnswerUnconfirmed || len(v.Responses) != 1 {
					t.Errorf("the case knows %s of %+v", v.Case.Answer, v.Responses)
				}
				return
			}
		}
		t.Error("Telmora has no case")
	})
}
