package demo

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Server answers on one or more loopback addresses until it is closed.
type Server struct {
	Port      string // the same on all addresses
	http      *http.Server
	listeners []net.Listener
	wg        sync.WaitGroup
}

// Listen opens addr ("127.0.0.1:0") and, on the port it got, the addresses of
// sites more hosts (see Addresses). Serve then answers on all of them.
func Listen(addr string, sites int) (*Server, error) {
	const tries = 20 // another program may hold the port on one of the addresses
	var last error
	for range tries {
		s, err := listen(addr, sites)
		if err == nil {
			return s, nil
		}
		last = err
		if _, port, err := net.SplitHostPort(addr); err != nil || port != "0" {
			break
		}
	}
	return nil, fmt.Errorf("listen on %s: %w", addr, last)
}

func listen(addr string, sites int) (*Server, error) {
	first, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, err
	}
	port := strconv.Itoa(first.Addr().(*net.TCPAddr).Port)
	s := &Server{Port: port, listeners: []net.Listener{first}}
	for n := range sites {
		l, err := net.Listen("tcp", net.JoinHostPort(address(n), port))
		if err != nil {
			return nil, errors.Join(err, s.closeListeners())
		}
		s.listeners = append(s.listeners, l)
	}
	return s, nil
}

// Addr is the first address, host:port.
func (s *Server) Addr() string { return s.listeners[0].Addr().String() }

// URL is the first address as a base URL without a slash at its end.
func (s *Server) URL() string { return "http://" + s.Addr() }

// Serve starts answering with h and returns at once.
func (s *Server) Serve(h http.Handler) {
	s.http = &http.Server{Handler: h, ReadHeaderTimeout: 10 * time.Second}
	for _, l := range s.listeners {
		s.wg.Go(func() {
			if err := s.http.Serve(l); !errors.Is(err, http.ErrServerClosed) {
				return // the listener broke: nobody is answered there any more
			}
		})
	}
}

// Close stops answering: open requests have until ctx ends, then they are cut.
func (s *Server) Close(ctx context.Context) error {
	if s.http == nil {
		return s.closeListeners()
	}
	err := s.http.Shutdown(ctx)
	if err != nil {
		err = s.http.Close()
	}
	s.wg.Wait()
	return err
}

func (s *Server) closeListeners() error {
	var errs []error
	for _, l := range s.listeners {
		errs = append(errs, l.Close())
	}
	return errors.Join(errs...)
}
