package demo

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"
)

// Control lets another process drive a play and a pretend Slack and ask what
// they saw: GET /_/messages.json, duplicates.json, calls.json, views.json,
// blogs.json, story.json and missed.json; POST /_/step, publish, comment, edit,
// mood, fault and click, each with a JSON body (see the fields of the types they
// are named after).
type Control struct {
	Play  *Play
	Slack *Slack
}

// Register adds the endpoints to a mux.
func (c Control) Register(mux *http.ServeMux) {
	for name, get := range map[string]func() any{
		"messages":   func() any { return c.Slack.Messages() },
		"duplicates": func() any { return list(c.Slack.Duplicates()) },
		"calls":      func() any { return list(c.Slack.Calls()) },
		"views":      func() any { return list(c.Slack.Views()) },
		"blogs":      func() any { return c.Play.Web.Served() },
		"posts":      func() any { return c.Play.Web.Posts() },
		"story":      func() any { return c.Play.Story },
		"missed":     func() any { return list(c.Play.Check(c.Slack.Messages(), c.Slack.Duplicates())) },
	} {
		mux.HandleFunc("GET /_/"+name+".json", func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, get(), nil) })
	}
	for name, post := range map[string]func(*http.Request) (any, error){
		"step": c.step, "publish": c.publish, "comment": c.comment, "edit": c.edit, "mood": c.mood, "fault": c.fault, "click": c.click,
	} {
		mux.HandleFunc("POST /_/"+name, func(w http.ResponseWriter, r *http.Request) {
			out, err := post(r)
			writeJSON(w, out, err)
		})
	}
}

// step takes the step in the body, or without one the story's next.
func (c Control) step(r *http.Request) (any, error) {
	var s Step
	given, err := readJSON(r, &s)
	if err != nil {
		return nil, err
	}
	if given {
		return s, c.Play.Take(s)
	}
	s, more, err := c.Play.Next()
	if err == nil && !more {
		return nil, fmt.Errorf("the story is over")
	}
	return s, err
}

func (c Control) publish(r *http.Request) (any, error) {
	var p Post
	if _, err := readJSON(r, &p); err != nil {
		return nil, err
	}
	if err := c.Play.Web.Publish(p); err != nil {
		return nil, err
	}
	return map[string]string{"url": c.Play.Web.PostURL(p.Slug)}, nil
}

func (c Control) comment(r *http.Request) (any, error) {
	var in struct {
		On string `json:"on"`
		Comment
	}
	if _, err := readJSON(r, &in); err != nil {
		return nil, err
	}
	n, err := c.Play.Web.Comment(in.On, in.Comment)
	return map[string]int{"n": n}, err
}

func (c Control) edit(r *http.Request) (any, error) {
	var in struct{ On, Text string }
	if _, err := readJSON(r, &in); err != nil {
		return nil, err
	}
	return in, c.Play.Web.Edit(in.On, in.Text)
}

func (c Control) mood(r *http.Request) (any, error) {
	var in struct {
		Site string `json:"site"`
		Mood Mood   `json:"mood"`
	}
	if _, err := readJSON(r, &in); err != nil {
		return nil, err
	}
	return in, c.Play.Web.SetMood(in.Site, in.Mood)
}

// faultOrder is a Fault with durations as people write them ("2s"); Lasting is
// how long from now; Chaos with Seed sets the chances; Heal ends everything.
type faultOrder struct {
	Kind    FaultKind `json:"kind"`
	Method  string    `json:"method"`
	N       int       `json:"n"`
	After   string    `json:"after"`
	For     string    `json:"for"`
	Lasting string    `json:"lasting"`
	Chaos   Chaos     `json:"chaos"`
	Seed    uint64    `json:"seed"`
	Heal    bool      `json:"heal"`
}

func (c Control) fault(r *http.Request) (any, error) {
	var in faultOrder
	if _, err := readJSON(r, &in); err != nil {
		return nil, err
	}
	switch {
	case in.Heal:
		c.Slack.Heal()
		return in, nil
	case in.Chaos != nil:
		c.Slack.SetChaos(in.Seed, in.Chaos)
		return in, nil
	}
	f, err := in.fault(c.Slack.opt.Now())
	if err != nil {
		return nil, err
	}
	c.Slack.Fail(f)
	return in, nil
}

func (o faultOrder) fault(now time.Time) (Fault, error) {
	f := Fault{Kind: o.Kind, Method: o.Method, N: o.N}
	var err error
	if f.After, err = duration(o.After); err != nil {
		return f, err
	}
	if f.For, err = duration(o.For); err != nil {
		return f, err
	}
	lasting, err := duration(o.Lasting)
	if lasting > 0 {
		f.Until = now.Add(lasting)
	}
	return f, err
}

// duration reads "2s"; "" is none.
func duration(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	return time.ParseDuration(s)
}

func (c Control) click(r *http.Request) (any, error) {
	var in Click
	if _, err := readJSON(r, &in); err != nil {
		return nil, err
	}
	return c.Slack.Click(r.Context(), in)
}

// list is never null in JSON.
func list[T any](x []T) []T {
	if x == nil {
		return []T{}
	}
	return x
}

// readJSON decodes the body; given is false when there is none.
func readJSON(r *http.Request, into any) (given bool, err error) {
	body, err := io.ReadAll(io.LimitReader(r.Body, maxBody))
	if err != nil || len(body) == 0 {
		return false, err
	}
	return true, json.Unmarshal(body, into)
}

func writeJSON(w http.ResponseWriter, v any, err error) {
	w.Header().Set("Content-Type", "application/json")
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		v = map[string]string{"error": err.Error()}
	}
	if err := json.NewEncoder(w).Encode(v); err != nil {
		return // the caller is gone
	}
}
