package classify

import "strings"

// placeKind says what a name stands in.
type placeKind uint8

const (
	plainPlace   placeKind = iota
	hostAddress            // it is the name of a site: delta.com, www.delta.com/help, help@delta.com
	otherAddress           // it is another part of an address: example.org/delta
)

// topDomains are the endings after which a dotted word is taken for a host.
const topDomains = " com net org co io info biz app dev ai eu us uk es it cn de fr ch at nl be pt mx ar cl pe br ca au nz ie in jp kr hk tw sg ru se no dk fi pl air bank shop store travel tv me gov edu "

// addressAt looks at the run without blanks round text[from:to]. For a host it
// returns where the host's name ends.
func addressAt(text string, from, to int) (placeKind, int) {
	if !addressMark(text, from, to) {
		return plainPlace, to
	}
	lo, hi := from, to
	for lo > 0 && from-lo < 300 && addressByte(text[lo-1]) {
		lo--
	}
	for hi < len(text) && hi-to < 300 && addressByte(text[hi]) {
		hi++
	}
	run := strings.TrimRight(text[lo:hi], ".:!?'*_~")
	host, hostAt, scheme := run, 0, false
	if i := strings.Index(run, "://"); i >= 0 {
		host, hostAt, scheme = run[i+3:], i+3, true
	}
	if i := strings.IndexAny(host, "/?#"); i >= 0 {
		host = host[:i]
	}
	if i := strings.LastIndexByte(host, '@'); i > 0 {
		hostAt += i + 1
		host = host[i+1:]
		scheme = true
	}
	if i := strings.IndexByte(host, ':'); i >= 0 {
		host = host[:i]
	}
	return inHost(host, lo+hostAt, scheme, from, to)
}

// inHost decides where in an address a name stands; at is where the host begins.
func inHost(host string, at int, scheme bool, from, to int) (placeKind, int) {
	dot := strings.LastIndexByte(host, '.')
	if dot <= 0 || !strings.Contains(topDomains, " "+strings.ToLower(host[dot+1:])+" ") {
		if scheme {
			return otherAddress, to
		}
		return plainPlace, to
	}
	if from < at || to > at+len(host) {
		return otherAddress, to
	}
	before, after := host[:from-at], host[to-at:]
	if before != "" && !strings.HasSuffix(before, ".") && !strings.HasSuffix(before, "@") {
		return otherAddress, to
	}
	if after == "" || after[0] == '.' && strings.Count(after, ".") <= 2 && shortLabels(after[1:]) {
		return hostAddress, at + len(host)
	}
	return otherAddress, to
}

// shortLabels says whether what follows a name is a public suffix: com, co.uk, com.mx.
func shortLabels(s string) bool {
	for _, l := range strings.Split(s, ".") {
		if !strings.Contains(topDomains, " "+strings.ToLower(l)+" ") {
			return false
		}
	}
	return true
}

// addressMark says whether a byte next to the name makes an address possible.
func addressMark(text string, from, to int) bool {
	if from > 0 && strings.IndexByte("./@:=%&?_~-+", text[from-1]) >= 0 && (from < 2 || text[from-2] > ' ') {
		return true
	}
	return to+1 < len(text) && strings.IndexByte("./@:=%&_~-?+", text[to]) >= 0 && text[to+1] > ' '
}

// addressByte says whether a byte may belong to an address.
func addressByte(c byte) bool {
	return c > ' ' && c < 0x7f && strings.IndexByte("\"'<>()[]{},;|", c) < 0
}
