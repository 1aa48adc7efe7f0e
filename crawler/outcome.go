package crawler

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"syscall"
	"time"

	"earshot"
)

// Outcome is how a fetch ended, one word of a bounded set, used for metrics, explain and the log.
type Outcome string

// The outcomes. Only OK, Moved and NotModified are successes.
const (
	OK          Outcome = "ok"
	NotModified Outcome = "not_modified"
	Moved       Outcome = "moved"       // read well, at the address a permanent redirect named
	Gone        Outcome = "gone"        // 410, or a thread's post that is no longer there
	HTTP4xx     Outcome = "http_4xx"    // the server says it is our request
	HTTP5xx     Outcome = "http_5xx"    // the server says it is its fault
	Busy        Outcome = "busy"        // 429, or 503 with Retry-After: asked to wait
	Timeout     Outcome = "timeout"     // the network time was used up
	Refused     Outcome = "refused"     // by our own guard: address, scheme, redirects
	TooBig      Outcome = "too_big"     // over the body or compression limit
	Unreadable  Outcome = "unreadable"  // neither a feed nor a page that can be read
	Robots      Outcome = "robots"      // robots.txt does not allow it
	DNS         Outcome = "dns"         // the name has no address
	Unreachable Outcome = "unreachable" // no connection, or it broke
	Offline     Outcome = "offline"     // our own network is down: nothing is counted against the source
	Canceled    Outcome = "canceled"    // the caller stopped waiting
)

// Outcomes lists every outcome, for metrics and completeness tests.
func Outcomes() []Outcome {
	return []Outcome{OK, NotModified, Moved, Gone, HTTP4xx, HTTP5xx, Busy, Timeout, Refused, TooBig,
		Unreadable, Robots, DNS, Unreachable, Offline, Canceled}
}

// Success says whether the source was heard.
func (o Outcome) Success() bool { return o == OK || o == Moved || o == NotModified }

// Ours says whether the source is not to blame: nothing is counted against it.
func (o Outcome) Ours() bool { return o == Offline || o == Canceled }

// network says whether the failure could be ours as well as the other side's.
func (o Outcome) network() bool { return o == DNS || o == Timeout || o == Unreachable }

// failure is an error with the outcome it stands for.
type failure struct {
	outcome Outcome
	status  int           // HTTP status, or 0
	after   time.Duration // Retry-After, or 0
	noRoute bool          // the failure is certainly ours
	fault   *earshot.Fault
}

func (f *failure) Error() string { return f.fault.Error() }
func (f *failure) Unwrap() error { return f.fault }

// OutcomeOf returns the outcome an error of this package stands for: OK for nil,
// Unreadable for an error that carries none.
func OutcomeOf(err error) Outcome {
	if err == nil {
		return OK
	}
	var f *failure
	if errors.As(err, &f) {
		return f.outcome
	}
	return Unreadable
}

func fail(o Outcome, what, do string) *failure {
	return &failure{outcome: o, fault: &earshot.Fault{Code: "fetch_" + string(o), What: what, Do: do}}
}

// asFailure turns any error of a fetch into a failure whose words carry no address of ours.
func asFailure(err error) *failure {
	var f *failure
	if errors.As(err, &f) {
		return f
	}
	return networkFailure(err)
}

// networkFailure names a transport error. The words of url.Error are dropped:
// they hold the whole address with its credentials.
func networkFailure(err error) *failure {
	var ue *url.Error
	if errors.As(err, &ue) {
		err = ue.Err
	}
	var dns *net.DNSError
	var prohibited *prohibitedError
	switch {
	case errors.As(err, &prohibited):
		return fail(Refused, prohibited.Error(), "allow the network under crawl.allow_private if you mean it")
	case errors.Is(err, context.Canceled):
		return fail(Canceled, "the fetch was stopped", "")
	case errors.As(err, &dns):
		f := fail(DNS, fmt.Sprintf("the name %s has no address", clip(dns.Name, 100)), "check the address")
		if !dns.IsNotFound {
			f.fault.What = fmt.Sprintf("the name %s could not be looked up", clip(dns.Name, 100))
		}
		return f
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), isTimeout(err):
		return fail(Timeout, "the server did not answer in time", "raise crawl.timeout if it is known to be slow")
	case errors.Is(err, syscall.ENETUNREACH):
		f := fail(Unreachable, "there is no route to the network", "check this machine's network")
		f.noRoute = true
		return f
	case errors.Is(err, syscall.ECONNREFUSED):
		return fail(Unreachable, "the server refused the connection", "")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET):
		return fail(Unreachable, "the connection broke", "")
	}
	return fail(Unreachable, "no usable answer: "+clip(err.Error(), 200), "")
}

func isTimeout(err error) bool {
	var ne net.Error
	return errors.As(err, &ne) && ne.Timeout()
}

// clip cuts s to at most n bytes without breaking a rune.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
