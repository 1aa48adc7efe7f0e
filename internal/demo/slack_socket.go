package demo

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// socket is one Socket Mode connection.
type socket struct {
	conn *websocket.Conn

	mu      sync.Mutex
	pending map[string]chan json.RawMessage // by envelope id
	deaf    bool                            // takes nothing, gives nothing, stays open
}

const pingEvery = 5 * time.Second

// connectionsOpen hands out the address of a socket, good for one connection.
func (s *Slack) connectionsOpen(c *call) (reply, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ticket := secret()
	s.hooks["socket "+ticket] = &hook{at: s.opt.Now()}
	return reply{"url": strings.Replace(s.base, "http", "ws", 1) + "/socket/" + ticket}, nil
}

func (s *Slack) serveSocket(w http.ResponseWriter, r *http.Request) {
	key := "socket " + r.PathValue("ticket")
	s.mu.Lock()
	_, ok := s.hooks[key]
	delete(s.hooks, key)
	s.mu.Unlock()
	if !ok {
		http.Error(w, "the ticket is not known or was used", http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return // Upgrade has answered
	}
	k := &socket{conn: conn, pending: map[string]chan json.RawMessage{}}
	s.attach(k)
	defer s.detach(k)
	stop := make(chan struct{})
	defer close(stop)
	go k.ping(stop)
	k.read()
}

// attach adds the connection and says hello on it.
func (s *Slack) attach(k *socket) {
	s.mu.Lock()
	s.sockets = append(s.sockets, k)
	n := len(s.sockets)
	s.mu.Unlock()
	k.write(map[string]any{"type": "hello", "num_connections": n,
		"connection_info": map[string]any{"app_id": appID},
		"debug_info":      map[string]any{"host": "pretend", "approximate_connection_time": 18060}})
}

func (s *Slack) detach(k *socket) {
	s.mu.Lock()
	for i, other := range s.sockets {
		if other == k {
			s.sockets = append(s.sockets[:i:i], s.sockets[i+1:]...)
			break
		}
	}
	s.mu.Unlock()
	k.close()
}

// liveSocket is the connection opened last: Slack picks any one.
func (s *Slack) liveSocket() *socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.sockets) == 0 {
		return nil
	}
	return s.sockets[len(s.sockets)-1]
}

// Sockets counts the open Socket Mode connections.
func (s *Slack) Sockets() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets)
}

// Refresh tells every socket to connect anew, as Slack does every few hours, and
// closes it.
func (s *Slack) Refresh() {
	for _, k := range s.open() {
		k.write(map[string]any{"type": "disconnect", "reason": "refresh_requested", "debug_info": map[string]any{"host": "pretend"}})
		k.close()
	}
}

// Deafen makes every open socket a ghost: it stays open, but neither envelopes
// nor pings pass any more. Sockets opened later are well.
func (s *Slack) Deafen() {
	for _, k := range s.open() {
		k.mu.Lock()
		k.deaf = true
		k.mu.Unlock()
	}
}

func (s *Slack) open() []*socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*socket(nil), s.sockets...)
}

// write sends one message; a broken connection is noticed by read.
func (k *socket) write(v any) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.deaf {
		return
	}
	if err := k.conn.WriteJSON(v); err != nil {
		return
	}
}

func (k *socket) close() {
	if err := k.conn.Close(); err != nil {
		return // already closed by the other side
	}
}

func (k *socket) ping(stop <-chan struct{}) {
	t := time.NewTicker(pingEvery)
	defer t.Stop()
	for {
		select {
		case <-stop:
			return
		case <-t.C:
			k.mu.Lock()
			var err error
			if !k.deaf {
				err = k.conn.WriteControl(websocket.PingMessage, []byte("Ping from pretend"), time.Now().Add(time.Second))
			}
			k.mu.Unlock()
			if err != nil {
				return
			}
		}
	}
}

// read takes acknowledgements until the connection ends.
func (k *socket) read() {
	for {
		var ack struct {
			ID      string          `json:"envelope_id"`
			Payload json.RawMessage `json:"payload"`
		}
		if err := k.conn.ReadJSON(&ack); err != nil {
			return
		}
		k.mu.Lock()
		ch := k.pending[ack.ID]
		delete(k.pending, ack.ID)
		k.mu.Unlock()
		if ch != nil {
			ch <- ack.Payload
		}
	}
}

// ask sends an envelope and waits for its acknowledgement.
func (k *socket) ask(ctx context.Context, id, kind string, payload map[string]any) (json.RawMessage, error) {
	ch := make(chan json.RawMessage, 1)
	k.mu.Lock()
	k.pending[id] = ch
	k.mu.Unlock()
	k.write(map[string]any{"envelope_id": id, "type": kind, "payload": payload, "accepts_response_payload": kind != "events_api"})
	select {
	case body := <-ch:
		return body, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}
