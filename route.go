package earshot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// MatchKeys are the keys a match may use, in the order of the documentation.
var MatchKeys = []string{"brand", "kind", "intent", "sentiment", "severity", "confidence", "lang", "tag", "tier", "history", "voices", "copies"}

// MatchValues lists the values of a match key that has only few, else nil.
func MatchValues(key string) []string {
	switch key {
	case "kind":
		return []string{string(Post), string(Comment)}
	case "intent":
		return texts(Intents)
	case "sentiment":
		return texts(Sentiments)
	case "tier":
		return []string{"key", "standard"}
	}
	return nil
}

func texts[T ~string](labels []T) []string {
	out := make([]string, len(labels))
	for i, l := range labels {
		out[i] = string(l)
	}
	return out
}

// Labels are what a case is matched by: per key one or more values (a case may
// have several tags). Numbers are written in decimal.
type Labels map[string][]string

// Match is a list of conditions that must all hold. The empty Match holds always.
type Match []Condition

// Condition holds if any of its terms holds; if all terms are negations, all
// of them must hold ("!en, !es" is neither).
type Condition struct {
	Key   string
	Terms []Term
}

// Term is one value with an operator: "=", "!", ">=", "<=", ">", "<".
type Term struct {
	Op    string
	Value string
	Num   float64 // Value as a number, for the ordering operators
}

// ParseCondition reads the values of one match key: a value, a list, ">=n", "!v".
func ParseCondition(key string, values []string) (Condition, error) {
	c := Condition{Key: key}
	if !slices.Contains(MatchKeys, key) {
		return c, fmt.Errorf("unknown match key %q: want one of %s", key, strings.Join(MatchKeys, " "))
	}
	if len(values) == 0 {
		return c, fmt.Errorf("match %s has no value: give one, a list, \">=n\" or \"!value\"", key)
	}
	for _, v := range values {
		t, err := parseTerm(strings.TrimSpace(v))
		if err != nil {
			return c, fmt.Errorf("match %s: %w", key, err)
		}
		c.Terms = append(c.Terms, t)
	}
	return c, nil
}

// ParseMatch reads "intent=complaint lang=es,it severity=>=3": conditions
// separated by spaces, values by commas; a value in double quotes may hold both.
func ParseMatch(s string) (Match, error) {
	var m Match
	for _, part := range splitQuoted(s, ' ') {
		key, values, ok := strings.Cut(part, "=")
		if !ok {
			return nil, fmt.Errorf("%q: want key=value", part)
		}
		c, err := ParseCondition(key, splitQuoted(values, ','))
		if err != nil {
			return nil, err
		}
		m = append(m, c)
	}
	return m, nil
}

// splitQuoted splits at sep outside double quotes and drops the quotes and
// empty parts.
func splitQuoted(s string, sep rune) []string {
	quoted := false
	parts := strings.FieldsFunc(s, func(r rune) bool {
		if r == '"' {
			quoted = !quoted
		}
		return r == sep && !quoted
	})
	if sep == ',' {
		for i := range parts {
			parts[i] = strings.ReplaceAll(parts[i], `"`, "")
		}
	}
	return parts
}

func parseTerm(v string) (Term, error) {
	for _, op := range []string{">=", "<=", ">", "<"} {
		rest, ok := strings.CutPrefix(v, op)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(rest), 64)
		if err != nil {
			return Term{}, fmt.Errorf("%q: want a number after %s", v, op)
		}
		return Term{Op: op, Value: strings.TrimSpace(rest), Num: n}, nil
	}
	if rest, ok := strings.CutPrefix(v, "!"); ok {
		return Term{Op: "!", Value: strings.TrimSpace(rest)}, nil
	}
	if v == "" {
		return Term{}, fmt.Errorf("empty value")
	}
	return Term{Op: "=", Value: v}, nil
}

// String writes the term as it stands in the config.
func (t Term) String() string {
	if t.Op == "=" {
		return t.Value
	}
	return t.Op + t.Value
}

// Holds says whether every condition holds for the labels.
func (m Match) Holds(l Labels) bool {
	for _, c := range m {
		if !c.holds(l[c.Key]) {
			return false
		}
	}
	return true
}

// Condition returns the condition on key, if there is one.
func (m Match) Condition(key string) (Condition, bool) {
	for _, c := range m {
		if c.Key == key {
			return c, true
		}
	}
	return Condition{}, false
}

func (c Condition) holds(values []string) bool {
	anyOf, found := false, false
	for _, t := range c.Terms {
		if t.Op == "!" {
			if slices.ContainsFunc(values, func(v string) bool { return strings.EqualFold(v, t.Value) }) {
				return false
			}
			continue
		}
		anyOf = true
		found = found || slices.ContainsFunc(values, t.holds)
	}
	return found || !anyOf
}

func (t Term) holds(v string) bool {
	if t.Op == "=" {
		return strings.EqualFold(v, t.Value)
	}
	n, err := strconv.ParseFloat(v, 64)
	if err != nil {
		return false
	}
	switch t.Op {
	case ">=":
		return n >= t.Num
	case "<=":
		return n <= t.Num
	case ">":
		return n > t.Num
	default:
		return n < t.Num
	}
}

// Rate is a cap: N new messages per Per (1/h, 20/d).
type Rate struct {
	N   int
	Per time.Duration // time.Hour or 24 hours
}

// Receiver is a Slack channel or person, a webhook, a mail address. Exactly one
// of Slack, Webhook and Mail is set.
type Receiver struct {
	Name     string
	Slack    *SlackTarget
	Webhook  *WebhookTarget
	Mail     *MailTarget
	Lang     string
	Windows  string        // a calendar's name; "" is always open
	Cap      Rate          // new messages, not edits; zero is none
	MinGap   time.Duration // between reminders of one case
	Group    time.Duration // wait this long and send what came together; 0 sends at once
	Fallback string        // receiver told when this one is gone
}

// SlackTarget is where in Slack.
type SlackTarget struct {
	Channel string // "#care", "C0CARE", or a user id
}

// WebhookTarget is a signed webhook. Secret is resolved from env: or file: and never printed.
type WebhookTarget struct {
	URL    string
	Secret string
}

// MailTarget is who is mailed.
type MailTarget struct{ To []string }

// Kind returns slack, webhook or mail.
func (r Receiver) Kind() string {
	switch {
	case r.Slack != nil:
		return "slack"
	case r.Webhook != nil:
		return "webhook"
	default:
		return "mail"
	}
}

// Route decides who hears of a case: the first that matches wins, deeper routes
// before their parent, and Continue goes on after a match. A route may override
// its receiver's windows, cap, min gap and group.
type Route struct {
	Name     string
	Match    Match
	To       string // receiver; "" inherits the parent's
	Continue bool
	Windows  string
	Cap      Rate
	MinGap   time.Duration
	Group    time.Duration
	Remind   time.Duration // repeat while unanswered; 0 never
	Escalate []Escalation
	Digest   string // local time of day "10:00": no card of its own, one digest a day
	Routes   []Route
}

// Escalation tells To when a case is still unanswered After of calendar time
// from its first card.
type Escalation struct {
	After time.Duration
	To    string // person or receiver
}
