package crawler

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// Resolver looks up a name. *net.Resolver is one.
type Resolver interface {
	LookupNetIP(ctx context.Context, network, host string) ([]netip.Addr, error)
}

// prohibitedError says that the guard kept us from an address.
type prohibitedError struct{ what string }

func (e *prohibitedError) Error() string { return e.what }

// guard decides which addresses may be dialled. It is asked in the dialer's
// Control hook, on the address really dialled, so that neither spelling nor
// rebinding nor redirects can get round it.
type guard struct {
	safe     *ssrf.Guardian
	allowed  []netip.Prefix
	resolver Resolver
}

func newGuard(allow []netip.Prefix, r Resolver) *guard {
	var v4, v6, all []netip.Prefix
	for _, p := range allow {
		if p.Addr().Is4In6() && p.Bits() >= 96 {
			p = netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
		}
		all = append(all, p)
		if p.Addr().Is4() {
			v4 = append(v4, p)
		} else {
			v6 = append(v6, p)
		}
	}
	return &guard{
		safe:     ssrf.New(ssrf.WithAnyPort(), ssrf.WithAllowedV4Prefixes(v4...), ssrf.WithAllowedV6Prefixes(v6...)),
		allowed:  all,
		resolver: r,
	}
}

// control is the net.Dialer hook.
func (g *guard) control(network, address string, _ syscall.RawConn) error {
	if network != "tcp4" && network != "tcp6" {
		return &prohibitedError{"only TCP may be used"}
	}
	ap, err := netip.ParseAddrPort(address)
	if err != nil {
		return &prohibitedError{"the address dialled cannot be read"}
	}
	return g.check(ap)
}

func (g *guard) check(ap netip.AddrPort) error {
	ip := ap.Addr().Unmap().WithZone("")
	if err := g.safe.SafeAddr(ip); err != nil {
		return &prohibitedError{fmt.Sprintf("%s is a private or special address", ip)}
	}
	if badPort(ap.Port()) && !g.allows(ip) {
		return &prohibitedError{fmt.Sprintf("port %d does not serve web pages", ap.Port())}
	}
	return nil
}

func (g *guard) allows(ip netip.Addr) bool {
	for _, p := range g.allowed {
		if p.Contains(ip) {
			return true
		}
	}
	return false
}

// checkName resolves a host and checks every address. Only a proxy needs it: the
// proxy dials for us, out of the Control hook's sight.
func (g *guard) checkName(ctx context.Context, host, port string) error {
	addrs, err := g.lookup(ctx, host)
	if err != nil {
		return err
	}
	n, err := net.LookupPort("tcp", port)
	if err != nil {
		return &prohibitedError{"the port cannot be read"}
	}
	for _, a := range addrs {
		if err := g.check(netip.AddrPortFrom(a, uint16(n))); err != nil {
			return err
		}
	}
	return nil
}

func (g *guard) lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if ip, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{ip}, nil
	}
	if g.resolver != nil {
		return g.resolver.LookupNetIP(ctx, "ip", host)
	}
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

// dial connects under the guard, with the injected resolver if there is one.
func (g *guard) dial(ctx context.Context, network, address string) (net.Conn, error) {
	d := &net.Dialer{Timeout: 15 * time.Second, KeepAlive: 30 * time.Second, Control: g.control}
	if g.resolver == nil {
		return d.DialContext(ctx, network, address)
	}
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, err
	}
	addrs, err := g.lookup(ctx, host)
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, a := range addrs {
		conn, err := d.DialContext(ctx, network, net.JoinHostPort(a.String(), port))
		if err == nil {
			return conn, nil
		}
		errs = append(errs, err)
	}
	if len(errs) == 0 {
		return nil, &net.DNSError{Err: "no address", Name: host, IsNotFound: true}
	}
	return nil, errors.Join(errs...)
}

// guardedTransport is the only way out. With a proxy, the proxy itself is the
// operator's word and is dialled freely; the target is checked by name instead.
func guardedTransport(g *guard, proxy *url.URL) http.RoundTripper {
	t := &http.Transport{
		DialContext:            g.dial,
		ForceAttemptHTTP2:      true,
		DisableCompression:     true, // body.go counts what comes out
		MaxIdleConns:           128,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        60 * time.Second,
		TLSHandshakeTimeout:    15 * time.Second,
		ResponseHeaderTimeout:  60 * time.Second,
		MaxResponseHeaderBytes: 256 << 10,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
	}
	if proxy == nil {
		return t
	}
	t.Proxy = http.ProxyURL(proxy)
	t.DialContext = (&net.Dialer{Timeout: 15 * time.Second}).DialContext
	return &proxied{Transport: t, guard: g}
}

// proxied checks each target's addresses before the proxy is asked for it.
type proxied struct {
	*http.Transport
	guard *guard
}

// RoundTrip checks the target, then asks the proxy.
func (p *proxied) RoundTrip(req *http.Request) (*http.Response, error) {
	port := req.URL.Port()
	if port == "" {
		port = strings.ToLower(req.URL.Scheme)
	}
	if err := p.guard.checkName(req.Context(), req.URL.Hostname(), port); err != nil {
		return nil, err
	}
	return p.Transport.RoundTrip(req)
}

// badPort says whether a port belongs to a service that must not be talked to in
// HTTP (mail, shells, databases): a subset of the Fetch standard's bad ports.
func badPort(p uint16) bool {
	switch p {
	case 0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109,
		110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526, 530,
		531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3306, 3659, 4045,
		5060, 5061, 5432, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080, 11211, 27017:
		return true
	}
	return false
}
