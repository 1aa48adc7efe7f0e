package crawler

import (
	"bytes"
	"strconv"
	"strings"
	"time"
)

const (
	robotsMax   = 500 << 10 // RFC 9309 2.5: bytes that are read; the rest is ignored
	robotsRules = 20000     // rules kept of one file
)

// robotsFile is what a robots.txt says to one crawler (RFC 9309).
type robotsFile struct {
	rules []robotsRule
	delay time.Duration // crawl-delay; no part of the RFC, honoured as pace
}

type robotsRule struct {
	pattern string // percent-encoding normalised
	allow   bool
}

// productToken is the part of a User-Agent that robots.txt groups name.
func productToken(agent string) string {
	end := strings.IndexFunc(agent, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_')
	})
	if end >= 0 {
		agent = agent[:end]
	}
	return strings.ToLower(agent)
}

// parseRobots reads the groups for agent, or else those for "*". It never fails:
// a line that cannot be read is skipped.
func parseRobots(body []byte, agent string) robotsFile {
	if len(body) > robotsMax {
		body = body[:robotsMax]
	}
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	var own, star robotsFile
	var inOwn, inStar, inRules, sawOwn bool
	for line := range strings.FieldsFuncSeq(string(body), func(r rune) bool { return r == '\n' || r == '\r' }) {
		key, value, ok := robotsLine(line)
		if !ok {
			continue
		}
		if key == "user-agent" {
			if inRules {
				inOwn, inStar, inRules = false, false, false
			}
			switch token := productToken(value); {
			case value == "*" || strings.HasPrefix(value, "* "):
				inStar = true
			case token != "" && token == agent:
				inOwn, sawOwn = true, true
			}
			continue
		}
		if key != "allow" && key != "disallow" && key != "crawl-delay" {
			continue // sitemap and unknown lines neither start nor end a group
		}
		inRules = true
		if inOwn {
			own.add(key, value)
		}
		if inStar {
			star.add(key, value)
		}
	}
	if sawOwn {
		return own
	}
	return star
}

// robotsLine splits "key: value # comment". The colon may be missing, as in the wild.
func robotsLine(line string) (key, value string, ok bool) {
	line, _, _ = strings.Cut(line, "#")
	key, value, ok = strings.Cut(line, ":")
	if !ok {
		key, value, ok = strings.Cut(strings.TrimSpace(line), " ")
	}
	key = strings.ToLower(strings.TrimSpace(key))
	switch key {
	case "useragent", "user agent":
		key = "user-agent"
	case "dissallow", "dissalow", "disalow", "diasllow", "disallaw":
		key = "disallow"
	}
	return key, strings.TrimSpace(value), ok
}

func (f *robotsFile) add(key, value string) {
	if key == "crawl-delay" {
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 && s < 3600 {
			f.delay = time.Duration(s * float64(time.Second))
		}
		return
	}
	if value == "" || len(f.rules) >= robotsRules {
		return // an empty pattern matches nothing
	}
	f.rules = append(f.rules, robotsRule{pattern: normalizeRobots(value), allow: key == "allow"})
}

// allows finds the longest matching rule; of two as long, allow wins. target is
// path and query. /robots.txt itself is always allowed.
func (f robotsFile) allows(target string) bool {
	if target == "" {
		target = "/"
	}
	if target == "/robots.txt" {
		return true
	}
	target = normalizeRobots(target)
	best, allow := -1, true
	for _, r := range f.rules {
		n := len(r.pattern)
		if n < best || (n == best && (allow || !r.allow)) {
			continue
		}
		if robotsMatch(r.pattern, target) {
			best, allow = n, r.allow
		}
	}
	return allow
}

// robotsMatch matches a pattern with "*" and a final "$" against the start of
// target, in time linear in their product.
func robotsMatch(pattern, target string) bool {
	anchored := strings.HasSuffix(pattern, "$")
	pattern = strings.TrimSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(target, parts[0]) {
		return false
	}
	rest := target[len(parts[0]):]
	for i, part := range parts[1:] {
		if anchored && i == len(parts)-2 {
			return strings.HasSuffix(rest, part)
		}
		at := strings.Index(rest, part)
		if at < 0 {
			return false
		}
		rest = rest[at+len(part):]
	}
	return !anchored || rest == ""
}

// normalizeRobots makes percent-encoding comparable (RFC 9309 2.2.2): octets
// outside ASCII are encoded, encoded unreserved characters are decoded, and hex
// digits are upper case.
func normalizeRobots(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			if v := unhex(s[i+1])<<4 | unhex(s[i+2]); isUnreserved(v) {
				b.WriteByte(v)
			} else {
				b.WriteString(strings.ToUpper(s[i : i+3]))
			}
			i += 2
			continue
		}
		if c <= ' ' || c >= 0x7f {
			b.WriteByte('%')
			b.WriteByte(upperHex[c>>4])
			b.WriteByte(upperHex[c&15])
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

const upperHex = "0123456789ABCDEF"

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}

func unhex(c byte) byte {
	switch {
	case c >= 'a':
		return c - 'a' + 10
	case c >= 'A':
		return c - 'A' + 10
	}
	return c - '0'
}

func isUnreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}
