package demo

import (
	"context"
	"fmt"
	"net"
	"net/netip"
	"strings"
)

// Place says where the site with this slug, the n-th of its web, is served: a
// base URL without a slash at its end. Every site needs a host of its own, since
// identities (authors, official domains, copies) go by host.
type Place func(slug string, n int) string

// Names places sites at http://slug.domain, with ":port" if port is not "".
// Domains of such names: "example" behind a Transport, "localhost" on loopback
// with Loopback as the crawler's resolver.
func Names(domain, port string) Place {
	if port != "" {
		port = ":" + port
	}
	return func(slug string, _ int) string { return "http://" + slug + "." + domain + port }
}

// Addresses places each site at a loopback address of its own (127.0.7.1,
// 127.0.7.2, ...), for other processes that can be told no resolver. Linux
// answers on all of 127.0.0.0/8.
func Addresses(port string) Place {
	return func(_ string, n int) string { return "http://" + address(n) + ":" + port }
}

func address(n int) string { return fmt.Sprintf("127.0.%d.%d", 7+n/250, 1+n%250) }

// Loopback resolves localhost and every name under it to 127.0.0.1, as browsers
// do (RFC 6761), and knows no other name.
type Loopback struct{}

// LookupNetIP returns 127.0.0.1 for localhost names.
func (Loopback) LookupNetIP(_ context.Context, _, host string) ([]netip.Addr, error) {
	name := strings.TrimSuffix(strings.ToLower(host), ".")
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
	}
	return nil, &net.DNSError{Err: "no such host", Name: host, IsNotFound: true}
}
