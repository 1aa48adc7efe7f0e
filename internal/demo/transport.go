package demo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Transport is an http.RoundTripper over handlers in memory: no socket is opened,
// so it runs inside a testing/synctest bubble. Hosts not known do not resolve.
type Transport struct {
	mu    sync.Mutex
	hosts map[string]http.Handler
	rand  *rand.Rand
	least time.Duration
	most  time.Duration
	down  func(host string) error
	count map[string]int
}

// NewTransport returns an empty Transport. seed is that of its latencies.
func NewTransport(seed uint64) *Transport {
	return &Transport{hosts: map[string]http.Handler{}, rand: rand.New(rand.NewPCG(seed, 1)), count: map[string]int{}}
}

// Handle answers for hosts ("slowmiles.example", "127.0.0.1:8080") with h.
func (t *Transport) Handle(h http.Handler, hosts ...string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, host := range hosts {
		t.hosts[strings.ToLower(host)] = h
	}
}

// Latency makes every answer take between least and most.
func (t *Transport) Latency(least, most time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.least, t.most = least, most
}

// Down is asked before each request; an error it returns is what the caller
// gets, as from a broken network. nil heals. ErrRefused is one such error.
func (t *Transport) Down(f func(host string) error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.down = f
}

// ErrRefused is a connection nobody accepts.
var ErrRefused = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}

// Requests returns how many requests went to a host.
func (t *Transport) Requests(host string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.count[host]
}

// RoundTrip hands the request to its host's handler and waits for the answer or
// for the end of the request's context.
func (t *Transport) RoundTrip(r *http.Request) (*http.Response, error) {
	h, delay, err := t.dial(r.URL.Host)
	if err != nil {
		return nil, errors.Join(err, closeBody(r))
	}
	body, err := readBody(r)
	if err != nil {
		return nil, err
	}
	ctx := r.Context()
	if err := wait(ctx, delay); err != nil {
		return nil, err
	}
	in := r.Clone(ctx)
	in.Body, in.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	in.RequestURI, in.RemoteAddr, in.Host = r.URL.RequestURI(), "192.0.2.1:1234", r.URL.Host
	done := make(chan *recorder, 1)
	go func() { done <- serve(h, in) }()
	select {
	case rec := <-done:
		return rec.response(r)
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// dial finds the handler of a host and draws the latency of one request.
func (t *Transport) dial(host string) (http.Handler, time.Duration, error) {
	host = strings.ToLower(host)
	t.mu.Lock()
	defer t.mu.Unlock()
	t.count[host]++
	if t.down != nil {
		if err := t.down(host); err != nil {
			return nil, 0, err
		}
	}
	h := t.hosts[host]
	if h == nil {
		return nil, 0, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
	}
	delay := t.least
	if t.most > t.least {
		delay += time.Duration(t.rand.Int64N(int64(t.most - t.least)))
	}
	return h, delay, nil
}

func readBody(r *http.Request) ([]byte, error) {
	if r.Body == nil {
		return nil, nil
	}
	b, err := io.ReadAll(r.Body)
	return b, errors.Join(err, r.Body.Close())
}

func closeBody(r *http.Request) error {
	if r.Body == nil {
		return nil
	}
	return r.Body.Close()
}

// recorder is the ResponseWriter of one request.
type recorder struct {
	header http.Header
	sent   http.Header // as it was when the status was written
	status int
	body   bytes.Buffer
	cut    bool // the handler broke the connection
}

// Header returns the headers to be sent.
func (w *recorder) Header() http.Header { return w.header }

// WriteHeader fixes status and headers; only the first call counts.
func (w *recorder) WriteHeader(status int) {
	if w.status == 0 {
		w.status, w.sent = status, w.header.Clone()
	}
}

// Write adds to the body.
func (w *recorder) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

// serve runs the handler; http.ErrAbortHandler breaks the connection, as in net/http.
func serve(h http.Handler, r *http.Request) (w *recorder) {
	w = &recorder{header: http.Header{}}
	defer func() {
		switch p := recover(); p {
		case nil:
			w.WriteHeader(http.StatusOK)
		case http.ErrAbortHandler:
			w.cut = true
		default:
			panic(p)
		}
	}()
	h.ServeHTTP(w, r)
	return w
}

func (w *recorder) response(r *http.Request) (*http.Response, error) {
	if w.cut && w.status == 0 {
		return nil, io.ErrUnexpectedEOF
	}
	res := &http.Response{Status: fmt.Sprintf("%d %s", w.status, http.StatusText(w.status)), StatusCode: w.status,
		Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: w.sent, Request: r,
		Body: io.NopCloser(bytes.NewReader(w.body.Bytes())), ContentLength: int64(w.body.Len())}
	if w.cut {
		res.Body = io.NopCloser(io.MultiReader(bytes.NewReader(w.body.Bytes()), brokenReader{}))
		res.ContentLength = -1
	}
	return res, nil
}

// brokenReader is a connection that ends too early.
type brokenReader struct{}

// Read fails.
func (brokenReader) Read([]byte) (int, error) { return 0, io.ErrUnexpectedEOF }

// Client is an http.Client over the transport.
func (t *Transport) Client(timeout time.Duration) *http.Client {
	return &http.Client{Transport: t, Timeout: timeout}
}
