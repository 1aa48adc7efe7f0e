package demo

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/slack-go/slack"
)

// office is a pretend Slack on loopback with a client of the real library.
func office(t *testing.T, o SlackOptions) (*Slack, *slack.Client, string) {
	t.Helper()
	s := NewSlack(o)
	srv := httptest.NewServer(s)
	t.Cleanup(srv.Close)
	return s, slack.New(BotToken, slack.OptionAPIURL(srv.URL+"/api/"), slack.OptionAppLevelToken(AppToken)), srv.URL
}

func cardBlocks(primary string) slack.MsgOption {
	return slack.MsgOptionBlocks(
		slack.NewHeaderBlock(slack.NewTextBlockObject("plain_text", "Complaint - Aurelia Air - bag missing", false, false)),
		slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", ">Nobody has called back.", false, false), nil,
			slack.NewAccessory(slack.NewOverflowBlockElement("case_more",
				slack.NewOptionBlockObject("snooze:c7k2:1", slack.NewTextBlockObject("plain_text", "Snooze or mute", false, false), nil)))),
		slack.NewActionBlock("do", slack.NewButtonBlockElement(primary, "c7k2:1", slack.NewTextBlockObject("plain_text", "Take it", false, false)).WithStyle("primary")))
}

func cardMetadata(status string) slack.MsgOption {
	return slack.MsgOptionMetadata(slack.SlackMetadata{EventType: CaseEvent, EventPayload: map[string]any{
		"case": "c7k2", "rev": 1, "url": "http://slowmiles.example/x", "brand": "Aurelia Air", "label": "complaint", "status": status}})
}

func TestPostUpdateHistoryByTheRealLibrary(t *testing.T) {
	s, c, _ := office(t, SlackOptions{})
	ch, ts, err := c.PostMessage("#care", slack.MsgOptionText("a complaint", false), cardBlocks("case_take"), cardMetadata("new"))
	if err != nil || ch != "C0CARE" {
		t.Fatal(ch, err)
	}
	if _, _, _, err := c.UpdateMessage(ch, ts, slack.MsgOptionText("taken", false), cardBlocks("case_answered"), cardMetadata("claimed")); err != nil {
		t.Fatal(err)
	}
	h, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: ch, IncludeAllMetadata: true, Limit: 10})
	if err != nil || len(h.Messages) != 1 {
		t.Fatal(h, err)
	}
	m := h.Messages[0]
	if m.Text != "taken" || m.Metadata.EventType != CaseEvent || m.Metadata.EventPayload["status"] != "claimed" || len(m.Blocks.BlockSet) != 3 {
		t.Errorf("history: %+v", m)
	}
	if h, err = c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: ch}); err != nil || h.Messages[0].Metadata.EventType != "" {
		t.Error("metadata without being asked for", err)
	}
	got := s.Messages()
	if len(got) != 1 || len(got[0].Versions) != 2 || got[0].Versions[0].Text != "a complaint" {
		t.Errorf("record: %+v", got)
	}
	if seen := Sightings(got); len(seen) != 1 || !slices.Equal(seen[0].Statuses, []string{"new", "claimed"}) {
		t.Errorf("sightings: %+v", seen)
	}
}

func TestWhatAnEditKeeps(t *testing.T) {
	s, c, _ := office(t, SlackOptions{})
	ch, ts, err := c.PostMessage("#care", slack.MsgOptionText("one", false), cardBlocks("case_take"), cardMetadata("new"))
	if err != nil {
		t.Fatal(err)
	}
	last := func() Version { return s.Messages()[0].Last() }
	if _, _, _, err := c.UpdateMessage(ch, ts, cardMetadata("claimed")); err != nil || last().Text != "one" || last().Blocks == nil {
		t.Errorf("metadata alone keeps the words: %+v %v", last(), err)
	}
	if _, _, _, err := c.UpdateMessage(ch, ts, slack.MsgOptionText("two", false)); err != nil || last().Blocks != nil || last().Metadata.Text("status") != "claimed" {
		t.Errorf("text alone takes the blocks away and keeps the metadata: %+v %v", last(), err)
	}
	if _, _, _, err := c.UpdateMessage("U0BEN000001", ts, slack.MsgOptionText("x", false)); err == nil || err.Error() != "channel_not_found" {
		t.Error(err)
	}
	if _, _, _, err := c.UpdateMessage(ch, "1.000001", slack.MsgOptionText("x", false)); err == nil || err.Error() != "message_not_found" {
		t.Error(err)
	}
}

func TestBusiest(t *testing.T) {
	k := newClock()
	s, c, _ := office(t, SlackOptions{Now: k.now, Burst: 9})
	for _, wait := range []time.Duration{0, 400 * time.Millisecond, 500 * time.Millisecond, time.Second} {
		k.t = k.t.Add(wait)
		if _, _, err := c.PostMessage("#care", slack.MsgOptionText("x", false)); err != nil {
			t.Fatal(err)
		}
	}
	if one, two := s.Busiest("#care", time.Second), s.Busiest("C0CARE", 2*time.Second); one != 3 || two != 4 {
		t.Errorf("%d in a second, %d in two", one, two)
	}
}

func TestThreadsAndHistoryWindows(t *testing.T) {
	_, c, _ := office(t, SlackOptions{Burst: 10})
	var stamps []string
	for i := range 5 {
		_, ts, err := c.PostMessage("C0CARE", slack.MsgOptionText(fmt.Sprint("m", i), false))
		if err != nil {
			t.Fatal(err)
		}
		stamps = append(stamps, ts)
	}
	if _, _, err := c.PostMessage("C0CARE", slack.MsgOptionText("line", false), slack.MsgOptionTS(stamps[0])); err != nil {
		t.Fatal(err)
	}
	h, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C0CARE", Oldest: stamps[0], Latest: stamps[3], Limit: 1})
	if err != nil || len(h.Messages) != 1 || h.Messages[0].Text != "m2" || !h.HasMore {
		t.Fatalf("%+v %v", h, err)
	}
	h, err = c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C0CARE", Oldest: stamps[0], Cursor: h.ResponseMetaData.NextCursor})
	if err != nil || len(h.Messages) != 1 || h.Messages[0].Text != "m1" {
		t.Fatalf("%+v %v", h, err)
	}
	r, _, _, err := c.GetConversationReplies(&slack.GetConversationRepliesParameters{ChannelID: "C0CARE", Timestamp: stamps[0]})
	if err != nil || len(r) != 2 || r[1].Text != "line" {
		t.Fatalf("%+v %v", r, err)
	}
	if _, _, err := c.PostMessage("C0CARE", slack.MsgOptionText("x", false), slack.MsgOptionTS("1.000000")); err == nil || err.Error() != "thread_not_found" {
		t.Error(err)
	}
}

func TestRefusalsAreSlacksOwnWords(t *testing.T) {
	_, c, base := office(t, SlackOptions{Rate: -1})
	long := strings.Repeat("x", 3001)
	section := func(s string) slack.MsgOption {
		return slack.MsgOptionBlocks(slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", s, false, false), nil, nil))
	}
	many := make([]slack.Block, 51)
	for i := range many {
		many[i] = slack.NewDividerBlock()
	}
	big := []slack.Block{}
	for range 5 {
		big = append(big, slack.NewSectionBlock(slack.NewTextBlockObject("mrkdwn", long[:2900], false, false), nil, nil))
	}
	for _, tt := range []struct {
		what, channel string
		opt           slack.MsgOption
		want          string
	}{
		{"unknown channel", "#nowhere", slack.MsgOptionText("x", false), "channel_not_found"},
		{"archived", "#old", slack.MsgOptionText("x", false), "is_archived"},
		{"not invited", "#private", slack.MsgOptionText("x", false), "not_in_channel"},
		{"nothing said", "#care", slack.MsgOptionText("", false), "no_text"},
		{"too long", "#care", slack.MsgOptionText(strings.Repeat("x", 40001), false), "msg_too_long"},
		{"section too long", "#care", section(long), "invalid_blocks"},
		{"51 blocks", "#care", slack.MsgOptionBlocks(many...), "invalid_blocks"},
		{"all legal, together too long", "#care", slack.MsgOptionBlocks(big...), "msg_blocks_too_long"},
	} {
		_, _, err := c.PostMessage(tt.channel, tt.opt)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.what, err, tt.want)
		}
	}
	for token, want := range map[string]string{"xoxb-other": "invalid_auth", AppToken: "not_allowed_token_type"} {
		if _, err := slack.New(token, slack.OptionAPIURL(base+"/api/")).AuthTest(); err == nil || err.Error() != want {
			t.Errorf("token %s: %v, want %s", token, err, want)
		}
	}
}

// TestBlockLimits names one broken block a line, and part of what Slack says to it.
func TestBlockLimits(t *testing.T) {
	word := func(n int) string { return strings.Repeat("w", n) }
	button := func(id, text, more string) string {
		return `{"type":"button","action_id":"` + id + `","text":{"type":"plain_text","text":"` + text + `"}` + more + `}`
	}
	options := func(n int, value string) string {
		one := `{"text":{"type":"plain_text","text":"o"},"value":"` + value + `"}`
		return strings.TrimSuffix(strings.Repeat(one+",", n), ",")
	}
	actions := func(els string) string { return `{"type":"actions","elements":[` + els + `]}` }
	for _, tt := range []struct{ block, want string }{
		{`{"type":"header","text":{"type":"plain_text","text":"` + word(151) + `"}}`, "less than 151"},
		{`{"type":"header","text":{"type":"mrkdwn","text":"x"}}`, "unsupported text type"},
		{`{"type":"section"}`, "text or fields"},
		{`{"type":"section","text":{"type":"mrkdwn","text":""}}`, "more than 0"},
		{`{"type":"section","fields":[` + strings.TrimSuffix(strings.Repeat(`{"type":"mrkdwn","text":"x"},`, 11), ",") + `]}`, "no more than 10"},
		{`{"type":"section","fields":[{"type":"mrkdwn","text":"` + word(2001) + `"}]}`, "less than 2001"},
		{actions(""), "1 to 25"},
		{actions(strings.TrimSuffix(strings.Repeat(`{"type":"button","text":{"type":"plain_text","text":"b"}},`, 26), ",")), "1 to 25"},
		{actions(button("a", word(76), "")), "less than 76"},
		{actions(button("a", "x", `,"value":"`+word(2001)+`"`)), "less than 2001"},
		{actions(button("a", "x", `,"style":"loud"`)), "primary or danger"},
		{actions(button("a", "x", "") + "," + button("a", "y", "")), "already exists"},
		{actions(button(word(256), "x", "")), "less than 256"},
		{actions(`{"type":"overflow","action_id":"m","options":[` + options(6, "v") + `]}`), "1 to 5"},
		{actions(`{"type":"overflow","action_id":"m","options":[` + options(2, word(151)) + `]}`), "less than 151"},
		{actions(`{"type":"plain_text_input","action_id":"m"}`), "unsupported type here"},
		{`{"type":"context","elements":[]}`, "1 to 10"},
		{`{"type":"divider","block_id":"same"},{"type":"divider","block_id":"same"}`, "block_id already exists"},
		{`{"type":"carousel_of_dreams"}`, "unsupported type"},
		{`{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":""}]}]}`, "more than 0"},
		{`{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"date","format":"{date}"}]}]}`, "missing required field: timestamp"},
		{`{"type":"image","image_url":"https://x.example/a.png"}`, "alt_text"},
	} {
		err := checkBlocks(json.RawMessage("["+tt.block+"]"), inMessage)
		var r *refusal
		if !errors.As(err, &r) || r.word != "invalid_blocks" || !strings.Contains(strings.Join(r.notes, "\n"), tt.want) {
			t.Errorf("%.80s: %v %v, want %q", tt.block, err, r, tt.want)
		}
	}
}

func TestDuplicatesAreFound(t *testing.T) {
	s, c, _ := office(t, SlackOptions{Rate: -1})
	post := func(channel, text, id, key string, thread string) string {
		t.Helper()
		opts := []slack.MsgOption{slack.MsgOptionText(text, false), slack.MsgOptionTS(thread)}
		if id != "" {
			opts = append(opts, slack.MsgOptionMetadata(slack.SlackMetadata{EventType: CaseEvent, EventPayload: map[string]any{"case": id, "key": key}}))
		}
		_, ts, err := c.PostMessage(channel, opts...)
		if err != nil {
			t.Fatal(err)
		}
		return ts
	}
	root := post("#care", "card", "c7k2", "c7k2/card/1/care", "")
	post("#desk", "card", "c7k2", "c7k2/card/1/desk", "")          // another receiver
	post("#care", "again", "c7k2", "c7k2/remind/1/care", "")       // a reminder is no card
	post("#care", "it moved", "c7k2", "c7k2/line/2/care", root)    // a line
	post("#care", "it moved", "c7k2", "c7k2/line/3/care", root)    // another with the same words
	post("#care", "one more card", "c7k2", "c7k2/card/5/care", "") // wrong: a second card
	post("#care", "it moved", "c7k2", "c7k2/line/3/care", root)    // wrong: the same line
	post("#care", "plain", "", "", "")
	post("#care", "plain", "", "", "") // wrong: the same words without a key
	var got []string
	for _, d := range s.Duplicates() {
		got = append(got, fmt.Sprint(d.Channel, " ", d.Key, " ", len(d.TS)))
	}
	if want := []string{"C0CARE card c7k2 2", "C0CARE c7k2/line/3/care 2", "C0CARE text  plain 2"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestUsersReactionsEphemeralPermalink(t *testing.T) {
	s, c, _ := office(t, SlackOptions{})
	if u, err := c.GetUserInfo("U0BEN000001"); err != nil || u.RealName != "Ben Okafor" || u.TZ != "America/New_York" {
		t.Error(u, err)
	}
	if _, err := c.GetUserInfo("U0NOBODY"); err == nil || err.Error() != "user_not_found" {
		t.Error(err)
	}
	ch, ts, err := c.PostMessage("U0BEN000001", slack.MsgOptionText("to you alone", false))
	if err != nil || ch != "D0BEN000001" {
		t.Fatal(ch, err)
	}
	if err := c.AddReaction("eyes", slack.NewRefToMessage(ch, ts)); err != nil {
		t.Error(err)
	}
	if err := c.AddReaction("eyes", slack.NewRefToMessage(ch, ts)); err == nil || err.Error() != "already_reacted" {
		t.Error(err)
	}
	link, err := c.GetPermalink(&slack.PermalinkParameters{Channel: ch, Ts: ts})
	if err != nil || !strings.HasSuffix(link, "/p"+strings.ReplaceAll(ts, ".", "")) {
		t.Error(link, err)
	}
	if _, err := c.PostEphemeral("#care", "U0ANA000001", slack.MsgOptionText("Undo?", false)); err != nil {
		t.Error(err)
	}
	h, err := c.GetConversationHistory(&slack.GetConversationHistoryParameters{ChannelID: "C0CARE"})
	if err != nil || len(h.Messages) != 0 {
		t.Error("what one person saw is no history", h, err)
	}
	if got := s.Timeline("#care"); len(got) != 1 || got[0].Ephemeral != "U0ANA000001" {
		t.Errorf("%+v", got)
	}
	list, _, err := c.GetConversations(&slack.GetConversationsParameters{ExcludeArchived: true})
	if err != nil || len(list) != 4 {
		t.Error(len(list), err)
	}
}

func TestIncomingWebhook(t *testing.T) {
	s, _, base := office(t, SlackOptions{})
	if err := slack.PostWebhook(HookURL(base, "care"), &slack.WebhookMessage{Text: "hello"}); err != nil {
		t.Fatal(err)
	}
	if m := s.Messages(); len(m) != 1 || m[0].Via != "webhook" || m[0].Name != "care" {
		t.Errorf("%+v", m)
	}
	res, err := http.Post(HookURL(base, "old"), "application/json", strings.NewReader(`{"text":"x"}`))
	if err != nil || res.StatusCode != http.StatusGone {
		t.Error(res, err)
	}
}

func TestFormAndJSONAreOne(t *testing.T) {
	s, _, base := office(t, SlackOptions{})
	for mime, body := range map[string]string{
		"application/json":                  `{"channel":"#care","blocks":[{"type":"divider","block_id":"d"}],"text":"same"}`,
		"application/x-www-form-urlencoded": url.Values{"channel": {"#care"}, "blocks": {`[{"type":"divider","block_id":"d"}]`}, "text": {"same"}}.Encode(),
	} {
		r, err := http.NewRequest("POST", base+"/api/chat.postMessage", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", mime)
		r.Header.Set("Authorization", "Bearer "+BotToken)
		res, err := http.DefaultClient.Do(r)
		if err != nil || res.StatusCode != 200 {
			t.Fatal(res, err)
		}
	}
	for _, m := range s.Messages() {
		if m.Last().Text != "same" || string(m.Last().Blocks) != `[{"type":"divider","block_id":"d"}]` {
			t.Errorf("%+v", m.Last())
		}
	}
}

func TestRestoreKeepsTheHistory(t *testing.T) {
	first, c, _ := office(t, SlackOptions{})
	var log []Change
	first.Watch(func(ch Change) { log = append(log, ch) })
	ch, ts, err := c.PostMessage("#care", slack.MsgOptionText("one", false), cardMetadata("new"))
	if err != nil {
		t.Fatal(err)
	}
	if _, _, _, err := c.UpdateMessage(ch, ts, slack.MsgOptionText("two", false)); err != nil {
		t.Fatal(err)
	}
	second, c2, _ := office(t, SlackOptions{})
	second.Restore(log)
	if m := second.Messages(); len(m) != 1 || len(m[0].Versions) != 2 {
		t.Fatalf("%+v", m)
	}
	if _, _, _, err := c2.UpdateMessage(ch, ts, slack.MsgOptionText("three", false)); err != nil {
		t.Error("the restored message cannot be edited:", err)
	}
}
