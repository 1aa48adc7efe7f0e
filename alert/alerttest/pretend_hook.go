package alerttest

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// Hook is a pretend webhook receiver.
type Hook struct {
	URL string

	mu       sync.Mutex
	next     Fault
	requests []HookRequest
	read     func(HookRequest) Delivery
}

// HookRequest is one delivery as it came.
type HookRequest struct {
	Header http.Header
	Body   []byte
}

// NewHook starts a pretend receiver that reads deliveries with read; it stops
// with the test.
func NewHook(t *testing.T, read func(HookRequest) Delivery) *Hook {
	h := &Hook{read: read}
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	h.URL = server.URL
	return h
}

// Fail sets what becomes of the next request.
func (h *Hook) Fail(f Fault) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.next = f
}

// Requests lists what arrived.
func (h *Hook) Requests() []HookRequest {
	h.mu.Lock()
	defer h.mu.Unlock()
	return append([]HookRequest(nil), h.requests...)
}

// Deliveries reads what arrived.
func (h *Hook) Deliveries() []Delivery {
	var out []Delivery
	for _, r := range h.Requests() {
		out = append(out, h.read(r))
	}
	return out
}

// ServeHTTP takes a delivery, or fails as it was told to.
func (h *Hook) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, "cut off", http.StatusBadRequest)
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	fault := h.next
	h.next = ""
	status := map[Fault]int{Busy: http.StatusTooManyRequests, Down: http.StatusServiceUnavailable, Missing: http.StatusNotFound,
		Refused: http.StatusBadRequest, Locked: http.StatusUnauthorized}[fault]
	if fault == Busy {
		w.Header().Set("Retry-After", "7")
	}
	if status != 0 {
		http.Error(w, "no", status)
		return
	}
	h.requests = append(h.requests, HookRequest{Header: r.Header.Clone(), Body: body})
	if fault == Swallow {
		hangUp(w)
	}
}
