package demo

import (
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// Call is one request to the Web API and how it ended.
type Call struct {
	At     time.Time `json:"at"`
	Method string    `json:"method"`
	Error  string    `json:"error,omitempty"` // Slack's word, or ""
	Fault  FaultKind `json:"fault,omitempty"` // what the fault script did to it
}

// call is a decoded request: its arguments, whichever way they were sent. What
// is JSON in itself (blocks, metadata, view) is kept as JSON.
type call struct {
	method string
	token  string
	args   map[string]json.RawMessage
	r      *http.Request
}

// reply is what a method answers: "ok" is added. A refusal is Slack's error word.
type reply map[string]any

// refusal is an error as Slack says it.
type refusal struct {
	word  string
	notes []string      // response_metadata.messages
	after time.Duration // ratelimited: Retry-After
}

// Error returns Slack's word.
func (r *refusal) Error() string { return r.word }

func refuse(word string, notes ...string) *refusal { return &refusal{word: word, notes: notes} }

const maxBody = 4 << 20

// readCall decodes a form or JSON body, and the query.
func readCall(r *http.Request) (*call, error) {
	c := &call{method: r.PathValue("method"), args: map[string]json.RawMessage{}, r: r}
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil {
		return nil, err
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch {
	case len(body) == 0:
	case err != nil:
		return nil, refuse("invalid_post_type")
	case kind == "application/json":
		if err := json.Unmarshal(body, &c.args); err != nil {
			return nil, refuse("invalid_json")
		}
	default:
		form, err := url.ParseQuery(string(body))
		if err != nil {
			return nil, refuse("invalid_form_data")
		}
		c.form(form)
	}
	c.form(r.URL.Query())
	c.token = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if c.token == "" {
		c.token = c.text("token")
	}
	return c, nil
}

func (c *call) form(v url.Values) {
	for k := range v {
		quoted, err := json.Marshal(v.Get(k))
		if err == nil {
			c.args[k] = quoted
		}
	}
}

// text returns an argument as a string; numbers and booleans as they are written.
func (c *call) text(key string) string {
	raw := c.args[key]
	var s string
	if json.Unmarshal(raw, &s) == nil {
		return s
	}
	return string(raw)
}

func (c *call) yes(key string) bool {
	b, err := strconv.ParseBool(c.text(key))
	return err == nil && b
}

// json returns an argument that is itself JSON: given as such or, in a form, as a string.
func (c *call) json(key string) json.RawMessage {
	raw := c.args[key]
	var s string
	if json.Unmarshal(raw, &s) == nil {
		raw = json.RawMessage(s)
	}
	if t := strings.TrimSpace(string(raw)); t == "" || t == "null" {
		return nil
	}
	return raw
}

// methods are the calls the workspace knows; app are those that want the app token.
func (s *Slack) methods() map[string]func(*call) (reply, error) {
	return map[string]func(*call) (reply, error){
		"auth.test": s.authTest, "chat.postMessage": s.chatPost, "chat.update": s.chatUpdate, "chat.delete": s.chatDelete,
		"chat.postEphemeral": s.chatEphemeral, "chat.getPermalink": s.chatPermalink,
		"conversations.history": s.history, "conversations.replies": s.replies, "conversations.info": s.conversationInfo,
		"conversations.list": s.conversationList, "conversations.open": s.conversationOpen, "conversations.join": s.conversationJoin,
		"users.info": s.userInfo, "users.lookupByEmail": s.userByMail, "users.list": s.userList,
		"reactions.add": s.reactionAdd, "reactions.remove": s.reactionRemove, "reactions.get": s.reactionGet,
		"views.open": s.viewOpen, "views.push": s.viewOpen, "views.publish": s.viewPublish, "views.update": s.viewUpdate,
		"apps.connections.open": s.connectionsOpen,
	}
}

// serveAPI is the one door of the Web API: arguments, fault script, token,
// method, record.
func (s *Slack) serveAPI(w http.ResponseWriter, r *http.Request) {
	c, err := readCall(r)
	if err != nil {
		writeReply(w, nil, err)
		return
	}
	s.remember(r)
	fault := s.faults.draw(c.method, s.opt.Now())
	fault.delay(r.Context())
	var out reply
	if !fault.refuses() {
		out, err = s.do(c)
	}
	s.record(Call{At: s.opt.Now(), Method: c.method, Error: word(err), Fault: fault.Kind})
	if !fault.answer(w, r) {
		writeReply(w, out, err)
	}
}

func (s *Slack) do(c *call) (reply, error) {
	f := s.methods()[c.method]
	if f == nil {
		return nil, refuse("unknown_method")
	}
	want := s.opt.Bot
	if c.method == "apps.connections.open" {
		want = s.opt.App
	}
	switch {
	case c.token == "":
		return nil, refuse("not_authed")
	case c.token != want && (c.token == s.opt.App || c.token == s.opt.Bot):
		return nil, refuse("not_allowed_token_type")
	case c.token != want:
		return nil, refuse("invalid_auth")
	}
	return f(c)
}

// remember keeps the address callers use, for the URLs the workspace hands out.
func (s *Slack) remember(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = "http://" + r.Host
}

func (s *Slack) record(c Call) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.calls = append(s.calls, c)
}

// Calls returns every request to the Web API so far, in order.
func (s *Slack) Calls() []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Call(nil), s.calls...)
}

func word(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// writeReply answers as Slack does: 200 with ok false for a refusal, 429 with
// Retry-After for too many messages.
func writeReply(w http.ResponseWriter, out reply, err error) {
	if out == nil {
		out = reply{}
	}
	out["ok"] = err == nil
	status := http.StatusOK
	if err != nil {
		out["error"] = err.Error()
		if r, ok := err.(*refusal); ok {
			status = r.write(w, out)
		}
	}
	body, merr := json.Marshal(out)
	if merr != nil {
		http.Error(w, merr.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		return // the caller is gone
	}
}

// write adds what a refusal says besides its word and returns the HTTP status.
func (r *refusal) write(w http.ResponseWriter, out reply) int {
	if len(r.notes) > 0 {
		out["errors"] = r.notes
		out["response_metadata"] = map[string]any{"messages": r.notes}
	}
	if r.word != "ratelimited" {
		return http.StatusOK
	}
	w.Header().Set("Retry-After", seconds(r.after))
	return http.StatusTooManyRequests
}

// seconds is d as Retry-After says it: whole seconds, rounded up, at least one.
func seconds(d time.Duration) string {
	return strconv.Itoa(max(1, int((d+time.Second-1)/time.Second)))
}
