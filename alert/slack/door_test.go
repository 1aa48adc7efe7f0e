package slack

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"earshot"
	"earshot/alert"
	"earshot/alert/alerttest"
)

const signing = "signing-secret"

// desk is a house that remembers what it was asked.
type desk struct {
	mu      sync.Mutex
	actions []earshot.Action
	asked   []Question
	cards   []string
	fail    error
	shows   func(*earshot.CaseView) // changes the case that is looked at
}

func (d *desk) Do(_ context.Context, a earshot.Action) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.actions = append(d.actions, a)
	return d.fail
}

func (d *desk) Person(id string) (earshot.Person, bool) {
	switch id {
	case "U0ANA":
		return earshot.Person{Name: "ana", Slack: id, Role: earshot.Responder, Zone: time.UTC}, true
	case "U0BEN":
		return earshot.Person{Name: "ben", Slack: id, Role: earshot.Viewer, Lang: "es"}, true
	}
	return earshot.Person{}, false
}

func (d *desk) View(context.Context, string) (earshot.CaseView, error) {
	v := alerttest.View()
	if d.shows != nil {
		d.shows(&v)
	}
	return v, nil
}

func (d *desk) Answer(_ context.Context, q Question) ([]alert.Line, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, q)
	return []alert.Line{{{Text: "c7k2 <!here>", URL: "https://earshot.example.org/cases/c7k2"}}}, nil
}

func (d *desk) Card(_ context.Context, id, person, channel string) error {
	d.cards = append(d.cards, id+" "+person+" "+channel)
	return nil
}

func openDoor(t *testing.T) (*Door, *desk, *alerttest.Slack) {
	s, house := alerttest.NewSlack(t), &desk{}
	d := NewDoor(DoorConfig{Config: Config{BotToken: s.Token, APIURL: s.URL}, SigningSecret: signing, Desk: house, Report: func(err error) { t.Logf("reported: %v", err) }})
	return d, house, s
}

// knock sends a form to the door, signed at t.
func knock(d *Door, form url.Values, at time.Time, secret string) *httptest.ResponseRecorder {
	return knockRaw(d, form.Encode(), at, secret)
}

func knockRaw(d *Door, body string, at time.Time, secret string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, "/slack", strings.NewReader(body))
	stamp := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte("v0:" + stamp + ":" + body))
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", "v0="+hex.EncodeToString(mac.Sum(nil)))
	w := httptest.NewRecorder()
	d.ServeHTTP(w, r)
	return w
}

func click(user, action, value string) url.Values {
	return url.Values{"payload": {fmt.Sprintf(`{"type":"block_actions","trigger_id":"T%d","user":{"id":%q},"channel":{"id":"C0CARE"},"message":{"ts":"1.1"},"actions":[{"type":"button","block_id":"do","action_id":%q,"value":%q,"action_ts":"5.5"}]}`,
		time.Now().UnixNano(), user, action, value)}}
}

func menu(user, value string) url.Values {
	return url.Values{"payload": {fmt.Sprintf(`{"type":"block_actions","trigger_id":"T1","user":{"id":%q},"channel":{"id":"C0CARE"},"message":{"ts":"1.1"},"actions":[{"type":"overflow","block_id":"do","action_id":"case_more","selected_option":{"value":%q},"action_ts":"5.5"}]}`, user, value)}}
}

func TestClicksBecomeActions(t *testing.T) {
	for _, c := range []struct {
		button, value string
		want          earshot.Action
	}{
		{alert.ButtonTake, "c7k2:3", earshot.Action{Verb: earshot.VerbClaim}},
		{alert.ButtonAnswered, "c7k2:3", earshot.Action{Verb: earshot.VerbAnswered}},
		{alert.ButtonConfirm, "c7k2:3:71", earshot.Action{Verb: earshot.VerbConfirm, Args: earshot.Args{Response: 71}}},
		{alert.ButtonReject, "c7k2:3:71", earshot.Action{Verb: earshot.VerbReject, Args: earshot.Args{Response: 71}}},
		{alert.ButtonKept, "c7k2:3", earshot.Action{Verb: earshot.VerbKept}},
		{alert.ButtonBroken, "c7k2:3", earshot.Action{Verb: earshot.VerbBroken}},
		{alert.ButtonReopen, "c7k2:3", earshot.Action{Verb: earshot.VerbReopen}},
		{alert.ButtonUndo, "c7k2:3:slack:T9", earshot.Action{Verb: earshot.VerbUndo, Args: earshot.Args{Undo: "slack:T9"}}},
	} {
		d, house, _ := openDoor(t)
		if w := knock(d, click("U0ANA", c.button, c.value), time.Now(), signing); w.Code != http.StatusOK {
			t.Errorf("%s: status %d %s", c.button, w.Code, w.Body)
			continue
		}
		if len(house.actions) != 1 {
			t.Errorf("%s: %d actions", c.button, len(house.actions))
			continue
		}
		got := house.actions[0]
		if got.Verb != c.want.Verb || got.Case != "c7k2" || got.Rev != 3 || got.Actor != "ana" || got.Args != c.want.Args || !strings.HasPrefix(got.ID, "slack:T") {
			t.Errorf("%s: %+v", c.button, got)
		}
	}
}

func TestEveryButtonIsUnderstood(t *testing.T) {
	for _, id := range []string{alert.ButtonAsk, alert.ButtonTake, alert.ButtonAnswered, alert.ButtonConfirm, alert.ButtonReject, alert.ButtonKept, alert.ButtonBroken,
		alert.ButtonMove, alert.ButtonOutcome, alert.ButtonCause, alert.ButtonReopen, alert.ButtonCard, alert.ButtonCard + "_c", alert.ButtonUndo} {
		a, err := DecodeInteraction([]byte(click("U0ANA", id, "c7k2:3:x").Get("payload")), time.Now())
		if err != nil || a.Want == WantNothing {
			t.Errorf("%s: %q %v", id, a.Want, err)
		}
	}
	for _, id := range []string{alert.MoreDraft, alert.MoreHandOver, alert.MoreSnooze, alert.MoreWrong, alert.MoreWhy} {
		a, err := DecodeInteraction([]byte(menu("U0ANA", id+":c7k2:3").Get("payload")), time.Now())
		if err != nil || a.Want == WantNothing || a.Action.Case != "c7k2" || a.Action.Rev != 3 {
			t.Errorf("%s: %+v %v", id, a, err)
		}
	}
	for _, id := range []string{alert.ButtonOpenPost, alert.ButtonOpenCase, alert.ButtonQueue} {
		if a, err := DecodeInteraction([]byte(click("U0ANA", id, "c7k2").Get("payload")), time.Now()); err != nil || a.Want != WantNothing {
			t.Errorf("a link needs nothing: %s: %+v %v", id, a, err)
		}
	}
}

func TestTheSameClickTwiceIsOneAction(t *testing.T) {
	payload := []byte(click("U0ANA", alert.ButtonTake, "c7k2:3").Get("payload"))
	a, err := DecodeInteraction(payload, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	b, err := DecodeInteraction(payload, time.Now().Add(time.Second))
	if err != nil || a.Action.ID != b.Action.ID || a.Action.ID == "" {
		t.Errorf("%q and %q, %v", a.Action.ID, b.Action.ID, err)
	}
}

func TestOnlySlackComesIn(t *testing.T) {
	d, house, _ := openDoor(t)
	form := click("U0ANA", alert.ButtonTake, "c7k2:3")
	now := time.Now()
	if w := knock(d, form, now, "another secret"); w.Code != http.StatusUnauthorized {
		t.Errorf("wrong secret: %d", w.Code)
	}
	if w := knock(d, form, now.Add(-6*time.Minute), signing); w.Code != http.StatusUnauthorized {
		t.Errorf("too old: %d", w.Code)
	}
	if w := knock(d, form, now, signing); w.Code != http.StatusOK {
		t.Errorf("right: %d", w.Code)
	}
	if w := knock(d, form, now, signing); w.Code != http.StatusUnauthorized {
		t.Errorf("replayed: %d", w.Code)
	}
	if len(house.actions) != 1 {
		t.Errorf("%d actions, want 1", len(house.actions))
	}
}

func TestWhoMay(t *testing.T) {
	d, house, s := openDoor(t)
	knock(d, click("U0BEN", alert.ButtonTake, "c7k2:3"), time.Now(), signing)
	knock(d, click("U0STRANGER", alert.ButtonTake, "c7k2:3"), time.Now(), signing)
	if len(house.actions) != 0 {
		t.Errorf("a viewer or a stranger acted: %+v", house.actions)
	}
	got := s.Whispers()
	if len(got) != 2 || !strings.Contains(got[0], "Puedes leer") || !strings.Contains(got[1], "U0STRANGER") {
		t.Errorf("%q", got)
	}
}

func TestALateClickIsToldWhoWasFaster(t *testing.T) {
	d, house, s := openDoor(t)
	house.fail = fmt.Errorf("do: %w", &earshot.StaleError{Case: "c7k2", Rev: 4, Who: "ben", When: time.Now().Add(-3 * time.Minute), What: earshot.EventClaimed})
	knock(d, click("U0ANA", alert.ButtonTake, "c7k2:3"), time.Now(), signing)
	if got := s.Whispers(); len(got) != 1 || !strings.Contains(got[0], "ben took it. That was 3 min ago") {
		t.Errorf("%q", got)
	}
	house.fail = fmt.Errorf("secret dsn in here")
	knock(d, click("U0ANA", alert.ButtonTake, "c7k2:3"), time.Now(), signing)
	if got := s.Whispers(); strings.Contains(strings.Join(got, ""), "secret dsn") {
		t.Errorf("an inner error came out: %q", got)
	}
}

func TestWhatIsDestructiveCanBeUndone(t *testing.T) {
	d, house, s := openDoor(t)
	knock(d, click("U0ANA", alert.ButtonReject, "c7k2:3:71"), time.Now(), signing)
	got := s.Whispers()
	if len(got) != 1 || !strings.Contains(got[0], alert.ButtonUndo) || !strings.Contains(got[0], house.actions[0].ID) {
		t.Errorf("%q", got)
	}
}

func TestDialogsOpenAndComeBack(t *testing.T) {
	for form, c := range map[string]struct {
		open  url.Values
		state string
		check func(a earshot.Action) bool
	}{
		formOutcome: {click("U0ANA", alert.ButtonOutcome, "c7k2:3"), `{"outcome":{"outcome":{"selected_option":{"value":"fixed"}}},"facet":{"facet":{"selected_option":{"value":"process"}}},"text":{"text":{"value":"wrong region"}},"link":{"link":{"value":"https://kb.example/7"}}}`,
			func(a earshot.Action) bool {
				return a.Verb == earshot.VerbOutcome && a.Args.Outcome == earshot.OutcomeFixed && a.Args.Facet == earshot.FacetProcess && a.Args.Cause == "wrong region" && a.Args.Link == "https://kb.example/7"
			}},
		formCause: {click("U0ANA", alert.ButtonCause, "c7k2:3"), `{"text":{"text":{"value":"wrong region"}}}`, func(a earshot.Action) bool {
			return a.Verb == earshot.VerbOutcome && a.Args.Outcome == "" && a.Args.Cause == "wrong region"
		}},
		formHandOver: {menu("U0ANA", "handover:c7k2:3"), `{"owner":{"owner":{"selected_user":"U0BEN"}}}`, func(a earshot.Action) bool { return a.Verb == earshot.VerbAssign && a.Args.Owner == "ben" }},
		formSnooze: {menu("U0ANA", "snooze:c7k2:3"), `{"until":{"until":{"selected_option":{"value":"hour"}}}}`, func(a earshot.Action) bool {
			return a.Verb == earshot.VerbSnooze && time.Until(a.Args.Until) > 50*time.Minute
		}},
		formWrong: {menu("U0ANA", "wrong:c7k2:3"), `{"right":{"right":{"selected_option":{"value":"none"}}}}`, func(a earshot.Action) bool { return a.Verb == earshot.VerbCorrect && a.Args.Brand == earshot.NotOurs }},
		formMove:  {click("U0ANA", alert.ButtonMove, "c7k2:3"), fmt.Sprintf(`{"date":{"date":{"selected_date_time":%d}}}`, time.Now().Add(time.Hour).Unix()), func(a earshot.Action) bool { return a.Verb == earshot.VerbPromise && time.Until(a.Args.Until) > 0 }},
	} {
		d, house, s := openDoor(t)
		if w := knock(d, c.open, time.Now(), signing); w.Code != http.StatusOK || len(s.Dialogs()) != 1 {
			t.Errorf("%s: did not open: %d %s %v", form, w.Code, w.Body, s.Dialogs())
			continue
		}
		var opened struct {
			View struct {
				Private  string `json:"private_metadata"`
				Callback string `json:"callback_id"`
			} `json:"view"`
		}
		if err := json.Unmarshal([]byte(s.Dialogs()[0]), &opened); err != nil || opened.View.Callback != form {
			t.Errorf("%s: %v %+v", form, err, opened)
		}
		private, err := json.Marshal(opened.View.Private)
		if err != nil {
			t.Fatal(err)
		}
		sent := fmt.Sprintf(`{"type":"view_submission","user":{"id":"U0ANA"},"view":{"id":"V1","hash":"h1","callback_id":%q,"private_metadata":%s,"state":{"values":%s}}}`, form, private, c.state)
		w := knock(d, url.Values{"payload": {sent}}, time.Now(), signing)
		if len(house.actions) != 1 || !c.check(house.actions[0]) || house.actions[0].Case != "c7k2" || house.actions[0].Rev != 3 || w.Body.Len() != 0 {
			t.Errorf("%s: %+v, answered %q", form, house.actions, w.Body)
		}
		empty := strings.Replace(sent, c.state, "{}", 1)
		if w := knock(d, url.Values{"payload": {empty}}, time.Now(), signing); !strings.Contains(w.Body.String(), `"response_action":"errors"`) || len(house.actions) != 1 {
			t.Errorf("%s, nothing chosen: %q", form, w.Body)
		}
	}
}

func TestCommands(t *testing.T) {
	d, house, _ := openDoor(t)
	for text, verb := range map[string]string{"": "queue", "queue": "queue", "find lost bag": "find", "why c7k2": "why", "STATUS": "status"} {
		w := knock(d, url.Values{"command": {"/earshot"}, "text": {text}, "user_id": {"U0ANA"}, "trigger_id": {"T" + text}}, time.Now(), signing)
		if q := house.asked[len(house.asked)-1]; q.Verb != verb || q.Person != "ana" {
			t.Errorf("%q: %+v", text, q)
		}
		if !strings.Contains(w.Body.String(), "ephemeral") || strings.Contains(w.Body.String(), `\u003c!here`) {
			t.Errorf("%q: %s", text, w.Body)
		}
	}
	w := knock(d, url.Values{"command": {"/earshot"}, "text": {"sing"}, "user_id": {"U0ANA"}}, time.Now(), signing)
	if !strings.Contains(w.Body.String(), "queue, find, why, mute, status, help") {
		t.Errorf("help: %s", w.Body)
	}
	knock(d, url.Values{"command": {"/earshot"}, "text": {"mute brand=AAA intent=complaint 2d known outage"}, "user_id": {"U0ANA"}, "trigger_id": {"T1"}}, time.Now(), signing)
	if len(house.actions) != 1 {
		t.Fatalf("%+v", house.actions)
	}
	a := house.actions[0]
	if left := time.Until(a.Args.Until); a.Verb != earshot.VerbMute || a.Args.Match != "brand=AAA intent=complaint" || a.Args.Text != "known outage" || left < 47*time.Hour || left > 48*time.Hour {
		t.Errorf("mute: %+v", a)
	}
}

func TestShortcutTracksALink(t *testing.T) {
	payload := `{"type":"message_action","callback_id":"track","trigger_id":"T1","user":{"id":"U0ANA"},"channel":{"id":"C1"},"message":{"ts":"1.1","text":"look <https://blog.example.org/a?x=1&amp;y=2|here>"}}`
	d, house, _ := openDoor(t)
	knock(d, url.Values{"payload": {payload}}, time.Now(), signing)
	if len(house.actions) != 1 || house.actions[0].Verb != earshot.VerbTrack || house.actions[0].Args.Link != "https://blog.example.org/a?x=1&y=2" {
		t.Errorf("%+v", house.actions)
	}
}

func TestShortcutFindsALinkInBlocks(t *testing.T) {
	payload := `{"type":"message_action","callback_id":"track","trigger_id":"T1","user":{"id":"U0ANA"},"channel":{"id":"C1"},"message":{"ts":"1.1","text":"no link here",` +
		`"blocks":[{"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"link","url":"https://blog.example.org/a?x=1&y=2","text":"Read"}]}]}]}}`
	a, err := DecodeInteraction([]byte(payload), time.Now())
	if err != nil || a.Want != WantAct || a.Action.Args.Link != "https://blog.example.org/a?x=1&y=2" {
		t.Errorf("%+v %v", a, err)
	}
}

func TestNonsenseIsRefusedCalmly(t *testing.T) {
	d, house, _ := openDoor(t)
	for _, payload := range []string{"{", "[]", `{"type":"block_actions","user":{"id":"U0ANA"},"actions":[{"block_id":"do","type":"button","action_id":"case_take","value":"x"}]}`,
		`{"type":"view_submission","user":{"id":"U0ANA"},"view":{"private_metadata":"nope"}}`, `{"type":"block_actions","user":{"id":"U0ANA"},"actions":[]}`, `{"type":"unheard_of"}`} {
		if w := knock(d, url.Values{"payload": {payload}}, time.Now(), signing); w.Code != http.StatusBadRequest && w.Code != http.StatusOK {
			t.Errorf("%s: %d", payload, w.Code)
		}
	}
	if len(house.actions) != 0 {
		t.Errorf("%+v", house.actions)
	}
}

func TestHomeTab(t *testing.T) {
	d, house, s := openDoor(t)
	if w := knockRaw(d, `{"type":"url_verification","challenge":"abc"}`, time.Now(), signing); !strings.Contains(w.Body.String(), "abc") {
		t.Errorf("challenge: %s", w.Body)
	}
	knockRaw(d, `{"type":"event_callback","event":{"type":"app_home_opened","user":"U0ANA","tab":"home"}}`, time.Now(), signing)
	if len(house.asked) != 1 || house.asked[0].Verb != "home" || len(s.Homes()) != 1 || !strings.Contains(s.Homes()[0], "c7k2") {
		t.Errorf("%+v %q", house.asked, s.Homes())
	}
	knockRaw(d, `{"type":"event_callback","event":{"type":"app_home_opened","user":"U0STRANGER"}}`, time.Now(), signing)
	if got := s.Homes(); len(got) != 2 || !strings.Contains(got[1], "U0STRANGER") {
		t.Errorf("%q", got)
	}
}

func TestManifest(t *testing.T) {
	for url, socket := range map[string]bool{"": true, "https://earshot.example.org/slack": false} {
		raw, err := Manifest(url)
		if err != nil {
			t.Fatal(err)
		}
		var m struct {
			Settings struct {
				Socket        bool `json:"socket_mode_enabled"`
				Interactivity struct {
					URL     string `json:"request_url"`
					Enabled bool   `json:"is_enabled"`
				} `json:"interactivity"`
			} `json:"settings"`
		}
		if err := json.Unmarshal(raw, &m); err != nil || m.Settings.Socket != socket || m.Settings.Interactivity.URL != url || !m.Settings.Interactivity.Enabled {
			t.Errorf("%q: %v %s", url, err, raw)
		}
	}
}

func TestTheWrongDialogTakesTheFirstThatIsFilledIn(t *testing.T) {
	for state, want := range map[string]earshot.Action{
		`"right":{"right":{"selected_option":{"value":"question"}}}`:                                                                 {Verb: earshot.VerbCorrect, Args: earshot.Args{Intent: earshot.Question}},
		`"right":{"right":{"selected_option":{"value":"complaint"}}}`:                                                                {Verb: earshot.VerbConfirm},
		`"right":{"right":{"selected_option":{"value":"complaint"}}},"brand":{"brand":{"value":" BBB "}}`:                            {Verb: earshot.VerbCorrect, Args: earshot.Args{Brand: "BBB"}},
		`"right":{"right":{"selected_option":{"value":"none"}}},"brand":{"brand":{"value":"BBB"}},"same":{"same":{"value":"#c8k3"}}`: {Verb: earshot.VerbMerge, Args: earshot.Args{Other: "c8k3"}},
	} {
		sent := `{"type":"view_submission","user":{"id":"U0ANA"},"view":{"id":"V1","hash":"h1","callback_id":"wrong","private_metadata":"{\"form\":\"wrong\",\"case\":\"c7k2\",\"rev\":3,\"intent\":\"complaint\"}","state":{"values":{` + state + `}}}}`
		a, err := DecodeInteraction([]byte(sent), time.Now())
		if err != nil || a.Action.Verb != want.Verb || a.Action.Args != want.Args {
			t.Errorf("%s: %+v %v", state, a.Action, err)
		}
	}
}

func TestADialogThatDoesNotOpenIsSaid(t *testing.T) {
	d, house, s := openDoor(t)
	s.Fail(alerttest.Down)
	if w := knock(d, menu("U0ANA", "wrong:c7k2:3"), time.Now(), signing); w.Code != http.StatusOK {
		t.Errorf("status %d", w.Code)
	}
	if got := s.Whispers(); len(got) != 1 || !strings.Contains(got[0], "That did not work") || len(house.actions) != 0 {
		t.Errorf("%q", got)
	}
}

func TestClosingWithoutACauseIsAskedOnceMore(t *testing.T) {
	sent := func(values string) url.Values {
		return url.Values{"payload": {`{"type":"view_submission","user":{"id":"U0ANA"},"view":{"id":"V1","hash":"h1","callback_id":"outcome","private_metadata":"{\"form\":\"outcome\",\"case\":\"c7k2\",\"rev\":3,\"channel\":\"C0CARE\"}","state":{"values":` + values + `}}}`}}
	}
	for _, c := range []struct {
		values, cause string
		asked         bool
	}{
		{`{"outcome":{"outcome":{"selected_option":{"value":"fixed"}}}}`, "", true},
		{`{"outcome":{"outcome":{"selected_option":{"value":"fixed"}}},"text":{"text":{"value":"wrong region"}}}`, "wrong region", false},
	} {
		d, house, s := openDoor(t)
		house.shows = func(v *earshot.CaseView) {
			v.Case.Work, v.Case.Outcome, v.Case.CauseName, v.Case.Rev = earshot.WorkClosed, earshot.OutcomeFixed, c.cause, 9
		}
		if w := knock(d, sent(c.values), time.Now(), signing); w.Body.Len() != 0 || len(house.actions) != 1 {
			t.Fatalf("closing is refused: %q", w.Body)
		}
		got := s.Whispers()
		if len(got) != 1 || strings.Contains(got[0], alert.ButtonCause) != c.asked || strings.Contains(got[0], "c7k2:9") != c.asked {
			t.Errorf("cause %q: %q", c.cause, got)
		}
	}
	d, house, _ := openDoor(t)
	if w := knock(d, sent(`{"outcome":{"outcome":{"selected_option":{"value":"fixed"}}},"link":{"link":{"value":"javascript:alert(1)"}}}`), time.Now(), signing); !strings.Contains(w.Body.String(), `"link"`) || len(house.actions) != 0 {
		t.Errorf("a link that is none: %q", w.Body)
	}
}
