package config

import (
	"fmt"
	"net"
	"net/url"
	"slices"
	"strings"

	"earshot"
)

// reader turns the decoded file into the product's words, checking what one
// value alone cannot show.
type reader struct {
	*decoder
	file    file
	out     *Config
	secrets *lookup
}

// build reads the sections in an order in which names are known before they
// are referred to.
func (r *reader) build() {
	r.out.Zone = r.file.Zone.or(earshot.Calendar{}.Zone)
	r.settings()
	r.calendars()
	r.people()
	r.receivers()
	r.brands()
	r.accounts()
	r.sources()
	r.routes()
	r.digests()
	r.services()
	r.unused()
}

// refer checks that a name exists; the empty name refers to nothing.
func (r *reader) refer(path, kind, name string, known []string) {
	if name == "" || slices.Contains(known, name) {
		return
	}
	do := suggest(name, known)
	if len(known) == 0 {
		do = "the config names none"
	}
	r.fault(path, codeUnknown, fmt.Sprintf("unknown %s %q", kind, name), do)
}

// unique checks that no two items share a name, whatever the case of its letters.
func (r *reader) unique(section, kind string, names []string) {
	seen := map[string]int{}
	for i, name := range names {
		if name == "" {
			continue
		}
		folded := strings.ToLower(name)
		if first, twice := seen[folded]; twice {
			r.fault(fmt.Sprintf("%s[%d].name", section, i), codeDuplicate, fmt.Sprintf("there are two %s named %q", kind, name),
				fmt.Sprintf("the other is %s[%d]", section, first))
			continue
		}
		seen[folded] = i
	}
}

func (r *reader) personNames() []string {
	out := make([]string, 0, len(r.file.People))
	for _, p := range r.file.People {
		out = append(out, p.Name)
	}
	return out
}

func (r *reader) receiverNames() []string {
	out := make([]string, 0, len(r.file.Receivers))
	for _, p := range r.file.Receivers {
		out = append(out, p.Name)
	}
	return out
}

func (r *reader) brandNames() []string {
	out := make([]string, 0, len(r.file.Brands))
	for _, b := range r.file.Brands {
		out = append(out, b.Name)
	}
	return out
}

func (r *reader) calendarNames() []string {
	out := []string{earshot.Always.Name}
	for name := range r.file.Calendars {
		out = append(out, name)
	}
	slices.Sort(out)
	return out
}

func (r *reader) person(path, name string) {
	if !r.lost["people"] {
		r.refer(path, "person", name, r.personNames())
	}
}

func (r *reader) receiver(path, name string) {
	if !r.lost["receivers"] {
		r.refer(path, "receiver", name, r.receiverNames())
	}
}

func (r *reader) calendar(path, name string) {
	if !r.lost["calendars"] {
		r.refer(path, "calendar", name, r.calendarNames())
	}
}

// matched checks the brands a match names and gives its conditions.
func (r *reader) matched(m match) earshot.Match {
	for _, w := range m.brands {
		known := r.brandNames()
		if !r.lost["brands"] && !slices.ContainsFunc(known, func(k string) bool { return strings.EqualFold(k, w.text) }) {
			r.refer(w.path, "brand", w.text, known)
		}
	}
	return m.conditions
}

// webURL checks an http(s) URL; the empty one is left out.
func (r *reader) webURL(path, s string) {
	if s == "" || r.faulty(path) {
		return
	}
	u, err := url.Parse(s)
	switch {
	case strings.Contains(s, "://") && err == nil && u.Scheme != "http" && u.Scheme != "https":
		r.fault(path, codeUnsafe, fmt.Sprintf("%q begins with %s:", s, u.Scheme), "write a URL that begins with https: or http:")
	case err != nil || u.Host == "" || u.Hostname() == "":
		r.fault(path, codeValue, fmt.Sprintf("%q is no URL", s), wholeURL(s))
	}
}

// wholeURL proposes what a URL without its beginning should have been.
func wholeURL(s string) string {
	host, _, _ := strings.Cut(s, "/")
	if name, _, err := net.SplitHostPort(host); err == nil && loopback(name) {
		return "write http://" + s
	}
	if u, err := url.Parse("https://" + s); err == nil && strings.Contains(strings.Trim(u.Host, "."), ".") && !strings.ContainsAny(s, "@ ") {
		return "write https://" + s
	}
	return "write it whole, such as https://example.org/page"
}

// hostPort checks host:port.
func (r *reader) hostPort(path, s, example string) (host string) {
	host, port, err := net.SplitHostPort(s)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		r.fault(path, codeValue, fmt.Sprintf("%q is no address", s), "write host and port, such as "+example)
	}
	return host
}

// mailAddress checks that a mail could be sent there at all.
func (r *reader) mailAddress(path, s string) {
	local, domain, ok := strings.Cut(s, "@")
	if s != "" && (!ok || local == "" || domain == "" || strings.ContainsAny(s, " \t\r\n<>,;")) {
		r.fault(path, codeValue, fmt.Sprintf("%q is no mail address", s), "write it bare, such as care@example.org")
	}
}

// hostName checks a bare host.
func (r *reader) hostName(path, s string) {
	if s == "" || r.faulty(path) {
		return
	}
	if strings.ContainsAny(s, "/:@* \t") || (!strings.Contains(s, ".") && s != "localhost") {
		r.fault(path, codeValue, fmt.Sprintf("%q is no host name", s), "write the bare host, such as delta.com; its subdomains count too")
	}
}

func at(section string, i int) string { return fmt.Sprintf("%s[%d]", section, i) }
