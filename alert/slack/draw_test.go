package slack

import (
	"encoding/json"
	"strings"
	"testing"

	api "github.com/slack-go/slack"
	"pgregory.net/rapid"

	"earshot"
	"earshot/alert"
	"earshot/alert/alerttest"
	"earshot/internal/words"
)

// TestAnyCardFits draws cards of any texts and lengths: always within the
// budget, always inert, never without the last line.
func TestAnyCardFits(t *testing.T) {
	d, _ := bot(t)
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.OneOf(rapid.String(), rapid.SampledFrom(alerttest.HostileTexts), rapid.Map(rapid.IntRange(1, 3000), func(n int) string { return strings.Repeat("汉字 & <x> ", n) }))
		m := d.Card("c7k2/card/1/care")
		m.Lang = rapid.SampledFrom(words.Languages).Draw(r, "lang")
		v := &m.View
		for _, f := range []*string{&v.Title, &v.Quote, &v.SiteName, &v.Author.Name, &v.Rule, &v.Verdict.Evidence.Text, &v.Case.Brand, &v.Account, &v.URL} {
			*f = text.Draw(r, "text")
		}
		m.Alert.Kind = rapid.SampledFrom([]earshot.AlertKind{earshot.AlertCard, earshot.AlertDigest, earshot.AlertSummary, earshot.AlertWelcome, earshot.AlertLine}).Draw(r, "kind")
		for range rapid.IntRange(0, 60).Draw(r, "views") {
			m.Views = append(m.Views, m.View)
		}
		blocks := draw(alert.Render(m), m.People)
		raw, err := json.Marshal(api.Blocks{BlockSet: blocks})
		if err != nil || len(raw) > maxChars || len(blocks) > maxBlocks || len(blocks) == 0 {
			r.Fatalf("%d blocks of %d characters: %v", len(blocks), len(raw), err)
		}
		if err := inertJSON(string(raw)); err != nil {
			r.Fatalf("%v", err)
		}
	})
}

func TestWhatWasCutIsSaid(t *testing.T) {
	d, _ := bot(t)
	m := d.Card("c7k2/card/1/care")
	m.View.Quote = strings.Repeat("endless ", 400)
	got := alerttest.ReadSlack("", must(json.Marshal(api.Blocks{BlockSet: draw(alert.Render(m), nil)})))
	if !strings.Contains(got.Text, "Shortened to fit: the quote. The case has all of it.") {
		t.Errorf("%s", got.Text)
	}
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// TestChineseCardsAreRichText: bold beside a Chinese character is not read as
// bold in Slack's markup.
func TestChineseCardsAreRichText(t *testing.T) {
	d, _ := bot(t)
	m := d.Card("c7k2/card/1/care")
	m.Lang = "zh"
	raw := string(must(json.Marshal(api.Blocks{BlockSet: draw(alert.Render(m), nil)})))
	if strings.Contains(raw, `"fields"`) || !strings.Contains(raw, `"block_id":"facts"`) || !strings.Contains(raw, "答复") {
		t.Errorf("%s", raw)
	}
}
