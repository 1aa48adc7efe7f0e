package daemon

import (
	"bytes"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"earshot"
	"earshot/config"
	"earshot/internal/demo"
)

// explained is what `earshot explain` says beside the running daemon.
func (c *chronicle) explained(what string) string {
	c.t.Helper()
	cfg, faults := config.Load(c.path, config.Options{})
	if config.Broken(faults) {
		c.t.Fatal(faults)
	}
	var out bytes.Buffer
	if err := Explain(c.t.Context(), &out, cfg, what); err != nil {
		c.t.Fatal(err)
	}
	return out.String()
}

func TestExplainSaysWhyAndWhyNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := tellChronicle(t, chronicleSetting{start: spring(3, 2, 0), pace: 240, blogs: []string{"amy", "ben"}, yaml: roadhelp})
		defer c.stop()
		m := misdirected()[0]
		c.post("amy", "first", m[0], m[1])
		c.post("ben", "near", "A slow night", "The people of Roadhellp took three hours, and I am furious with them. Useless.")
		c.act("first", earshot.VerbOutcome, earshot.Args{Outcome: earshot.OutcomeFixed, Cause: "wrong-region dispatch"})
		first := c.mustCase("first")
		for what, wants := range map[string][]string{
			first.URL:                          {"match     Roadhelp", "complaint", "event 1", "The case was opened", "ana closed it: Fixed: the cause is gone. Cause: wrong-region dispatch", "follow-up is it really fixed?", "alert ", "sent"},
			first.Case.ID:                      {"case " + first.Case.ID, "no public response seen", "cause     wrong-region dispatch"},
			"http://ben.example/2026/03/near/": {"no brand is named", `nearest is "Roadhellp", which is like Roadhelp`},
			"http://ben.example/2026/03/never-there/": {"not known", "http://ben.example/feed/ is followed (ok)", "this post was not in it", "--track http://ben.example/2026/03/never-there/"},
			"https://stranger.example/p/1":            {"not known", "no feed or site of stranger.example is followed", "earshot inspect page", "--track https://stranger.example/p/1"},
		} {
			got := c.explained(what)
			for _, want := range wants {
				if !strings.Contains(got, want) {
					t.Errorf("explain %s does not say %q:\n%s", what, want, got)
				}
			}
		}
	})
}

func TestTrackingReadsAPageNobodyFollows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := tellChronicle(t, chronicleSetting{start: time.Now().UTC(), pace: 1, blogs: []string{"amy"}, yaml: roadhelp})
		defer c.stop()
		far := demo.NewWeb([]demo.Site{{Slug: "zoe", Name: "Zoe writes", Lang: "en", Author: "Zoe", Clothes: demo.WordPress}}, demo.Names("example", ""), c.right)
		c.web.Handle(far, far.Hosts()...)
		m := misdirected()[0]
		if err := far.Publish(demo.Post{Slug: "far", Site: "zoe", Title: m[0], Text: m[1]}); err != nil {
			t.Fatal(err)
		}
		link := "http://zoe.example" + time.Now().UTC().Format("/2006/01/") + "far/"
		if got := c.explained(link); !strings.Contains(got, "no feed or site of zoe.example is followed") {
			t.Errorf("before: %s", got)
		}
		cfg, _ := config.Load(c.path, config.Options{})
		var out bytes.Buffer
		if err := Track(t.Context(), &out, cfg, link); err != nil || !strings.Contains(out.String(), "tracked") {
			t.Fatalf("%v %s", err, &out)
		}
		time.Sleep(5 * time.Minute)
		if v, ok := c.caseOf("far"); !ok || v.Case.Brand != "Roadhelp" {
			t.Errorf("after: %s", c.explained(link))
		}
	})
}

// TestAKeyAccountsOwnerIsToldAndPassesTheWindow: who writes counts, and who is
// away has a deputy.
func TestAKeyAccountsOwnerIsToldAndPassesTheWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		yaml := "people: [{name: ana, slack: U0000000ANA, role: responder, deputy: ben, away: [2026-03-01/2026-03-20]}, {name: ben, slack: U0000000BEN, role: responder}, {name: cia, slack: U0000000CIA, role: responder}]\n" +
			"brands: [{name: Roadhelp, owner: cia, official: {domains: [roadhelp.example]}, sla: {complaint: 72h}}]\n" +
			"accounts: [{name: The Amy Group, match: {author: Amy, site: amy.example}, tier: key, owner: ana}]\n" +
			"classify: {threshold: 0.5, alert_threshold: 0.5}\n" +
			"calendars: {never: {zone: UTC, hours: \"Sun 03:00-03:05\"}}\n"
		c := tellChronicle(t, chronicleSetting{start: spring(3, 2, 0), pace: 120, blogs: []string{"amy", "ben"}, yaml: yaml, windows: "never"})
		defer c.stop()
		for i, slug := range []string{"first", "second"} {
			m := misdirected()[i]
			c.post([]string{"amy", "ben"}[i], slug, m[0], m[1])
		}
		key, other := c.mustCase("first"), c.mustCase("second")
		if key.Case.Owner != "ana" || other.Case.Owner != "cia" {
			t.Errorf("owners %q and %q, want ana of the account and cia of the brand", key.Case.Owner, other.Case.Owner)
		}
		cards := demo.Sightings(c.slack.Messages())
		if len(cards) != 1 || cards[0].Case != key.Case.ID {
			t.Fatalf("outside the window came %+v, want the key account's card alone", cards)
		}
		if n := len(c.said("U0000000BEN", "The Amy Group", "ana, away")); n != 1 {
			t.Errorf("the card does not call the deputy and name the account: %s", c.said("The Amy Group")[0].Last().Blocks)
		}
		if got := c.explained(key.Case.ID); !strings.Contains(got, "a key account passes caps and windows") || !strings.Contains(got, "The Amy Group, tier key") {
			t.Errorf("explain does not say why it passed: %s", got)
		}
		if got := c.explained(other.Case.ID); !strings.Contains(got, "held_window") {
			t.Errorf("the other was not held: %s", got)
		}
	})
}

// TestTheSameWordsAreCounted: facts with their links, on the card.
func TestTheSameWordsAreCounted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := tellChronicle(t, chronicleSetting{start: spring(3, 2, 0), pace: 240, blogs: []string{"amy", "ben", "cleo", "dora"}, yaml: roadhelp})
		defer c.stop()
		same := misdirected()[0][1] + " I have told this to everybody who would listen, to the manager of the garage and to the driver of the bus that took us home in the end, and none of them was surprised to hear the name."
		c.post("amy", "first", misdirected()[0][0], same)
		c.post("ben", "copy", misdirected()[0][0], same)
		c.post("cleo", "second", misdirected()[1][0], misdirected()[1][1])
		c.post("dora", "third", misdirected()[2][0], misdirected()[2][1])
		reply := "we are sorry for the trouble you had. Please write to our care team with your membership number and we will look into it."
		for slug, name := range map[string]string{"first": "Amy", "second": "Cleo", "third": "Dora"} {
			c.comment(slug, "Roadhelp Care", "http://roadhelp.example/care", "Hello "+name+", "+reply)
		}
		c.until(12 * 24 * time.Hour)
		if n := len(c.said("The same sentences stand on 2 sites", "http://ben.example/2026/03/copy/")); n != 1 {
			t.Errorf("the copy stands on %d cards", n)
		}
		if v := c.mustCase("third"); v.Case.Answer != earshot.AnswerResponded && v.Case.Answer != earshot.AnswerPromised {
			t.Errorf("the reply is read as %s", v.Case.Answer)
		}
		if n := len(c.said("This reply was given 3 times")); n == 0 {
			t.Errorf("nobody says that the reply is the same: %s", c.explained(c.mustCase("third").Case.ID))
		}
	})
}
