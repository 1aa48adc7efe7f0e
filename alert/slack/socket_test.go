package slack

import (
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"earshot"
	"earshot/alert"
)

// sockets is a pretend Socket Mode: it opens connections, sends what it is told
// and notes what is acknowledged, and when.
type sockets struct {
	mu    sync.Mutex
	opens int
	acks  map[string]time.Time
	send  chan string
	url   string
}

func newSockets(t *testing.T) *sockets {
	s := &sockets{acks: map[string]time.Time{}, send: make(chan string, 8)}
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	s.url = server.URL
	mux.HandleFunc("/api/apps.connections.open", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer xapp-1" {
			http.Error(w, `{"ok":false,"error":"invalid_auth"}`, http.StatusOK)
			return
		}
		s.mu.Lock()
		s.opens++
		s.mu.Unlock()
		w.Header().Set("Content-Type", "application/json")
		w.Write([]byte(`{"ok":true,"url":"ws` + strings.TrimPrefix(server.URL, "http") + `/socket"}`))
	})
	mux.HandleFunc("/api/", func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(`{"ok":true}`)) })
	mux.HandleFunc("/socket", s.talk)
	return s
}

func (s *sockets) talk(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	c, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	defer c.Close()
	if c.WriteMessage(websocket.TextMessage, []byte(`{"type":"hello","num_connections":2,"connection_info":{"app_id":"A1"}}`)) != nil {
		return
	}
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		for {
			var ack struct {
				ID string `json:"envelope_id"`
			}
			if c.ReadJSON(&ack) != nil {
				return
			}
			s.mu.Lock()
			s.acks[ack.ID] = time.Now()
			s.mu.Unlock()
		}
	}()
	for {
		select {
		case <-gone:
			return
		case msg := <-s.send:
			if msg == "" {
				return // the line breaks
			}
			if c.WriteMessage(websocket.TextMessage, []byte(msg)) != nil {
				return
			}
		}
	}
}

func (s *sockets) acked(id string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, ok := s.acks[id]
	return ok
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 1000 {
		if ok() {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatalf("never: %s", what)
}

func TestSocketMode(t *testing.T) {
	s, house := newSockets(t), &desk{}
	d := NewDoor(DoorConfig{Config: Config{BotToken: "xoxb-1", APIURL: s.url + "/api/"}, AppToken: "xapp-1", Desk: house, Report: func(err error) { t.Logf("reported: %v", err) }})
	ctx, cancel := context.WithCancel(t.Context())
	var serving sync.WaitGroup
	serving.Go(func() {
		if err := d.Serve(ctx); err != nil {
			t.Errorf("serve: %v", err)
		}
	})
	eventually(t, "connected, with its ghost counted", func() bool { st := d.State(); return st.Connected && st.Connections == 2 })
	payload := click("U0ANA", alert.ButtonTake, "c7k2:3").Get("payload")
	s.send <- `{"type":"interactive","envelope_id":"e1","accepts_response_payload":false,"payload":` + payload + `}`
	eventually(t, "the click is acknowledged and done", func() bool { return s.acked("e1") && house.did() == 1 })
	s.send <- `{"type":"slash_commands","envelope_id":"e2","accepts_response_payload":true,"payload":{"command":"/earshot","text":"why c7k2","user_id":"U0ANA","trigger_id":"T7"}}`
	eventually(t, "the command is acknowledged", func() bool { return s.acked("e2") })
	bad, err := json.Marshal("nonsense")
	if err != nil {
		t.Fatal(err)
	}
	s.send <- `{"type":"interactive","envelope_id":"e3","payload":` + string(bad) + `}`
	eventually(t, "nonsense is acknowledged too, or it comes again", func() bool { return s.acked("e3") })
	s.send <- "" // break the line
	eventually(t, "it connects again", func() bool { s.mu.Lock(); defer s.mu.Unlock(); return s.opens > 1 })
	s.send <- `{"type":"interactive","envelope_id":"e4","payload":` + click("U0ANA", alert.ButtonReopen, "c7k2:4").Get("payload") + `}`
	eventually(t, "clicks still come in", func() bool { return s.acked("e4") && house.did() == 2 })
	if a := house.actions[1]; a.Verb != earshot.VerbReopen || a.Rev != 4 {
		t.Errorf("%+v", a)
	}
	cancel()
	serving.Wait()
	if d.State().Connected {
		t.Errorf("still connected after the end")
	}
}

func (d *desk) did() int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return len(d.actions)
}
