package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"earshot"
)

func rate(r Rate) earshot.Rate { return earshot.Rate(r) }

var slackID = regexp.MustCompile(`^[CGDUW][A-Z0-9]{2,}$`)

func (r *reader) receivers() {
	r.unique("receivers", "receivers", r.receiverNames())
	for i, k := range r.file.Receivers {
		path := at("receivers", i)
		out := earshot.Receiver{Name: k.Name, Lang: k.Lang, Windows: k.Windows, Cap: rate(k.Cap), MinGap: time.Duration(k.MinGap),
			Group: time.Duration(k.Group), Fallback: k.Fallback}
		r.target(path, k, &out)
		r.calendar(path+".windows", k.Windows)
		r.receiver(path+".fallback", k.Fallback)
		r.out.Receivers = append(r.out.Receivers, out)
	}
	r.circles()
}

// target finds the one kind a receiver has.
func (r *reader) target(path string, k receiverKeys, out *earshot.Receiver) {
	var kinds []string
	if k.Slack != nil {
		kinds = append(kinds, "slack")
		out.Slack = &earshot.SlackTarget{Channel: k.Slack.Channel}
		r.channel(path+".slack.channel", k.Slack.Channel)
	}
	if k.Webhook != nil {
		kinds = append(kinds, "webhook")
		out.Webhook = &earshot.WebhookTarget{URL: k.Webhook.URL, Secret: r.signing(path+".webhook.secret", k.Webhook.Secret)}
		r.webURL(path+".webhook.url", k.Webhook.URL)
	}
	if k.Mail != nil {
		kinds = append(kinds, "mail")
		out.Mail = &earshot.MailTarget{To: k.Mail.To}
		for i, to := range k.Mail.To {
			r.mailAddress(at(path+".mail.to", i), to)
		}
	}
	switch {
	case len(kinds) > 1:
		r.fault(path, codeConflict, "is "+strings.Join(kinds, " and "), "one receiver is one of slack, webhook, mail: make it several")
	case len(kinds) == 0 && !r.faulty(path):
		r.fault(path, codeMissing, "no slack, webhook or mail", `write slack: {channel: "#care"}`)
	}
}

func (r *reader) channel(path, s string) {
	if s == "" || r.faulty(path) || slackID.MatchString(s) || (strings.HasPrefix(s, "#") && len(s) > 1 && !strings.ContainsAny(s, " \t")) {
		return
	}
	r.fault(path, codeValue, fmt.Sprintf("%q is no channel", s), fmt.Sprintf("write %q with its quotes, or the id of a channel or person", "#"+strings.TrimLeft(s, "#@ ")))
}

// signing resolves the one secret that a root type carries as text; "" if it
// may not be looked up.
func (r *reader) signing(path string, ref secretRef) string {
	s := r.secret(path, ref)
	if !s.IsSet() || r.secrets.skip {
		return ""
	}
	text, err := s.Reveal()
	if err != nil {
		return "" // reported by secret
	}
	return text
}

// circles reports fallbacks that lead back to where they began.
func (r *reader) circles() {
	next := map[string]string{}
	for _, k := range r.file.Receivers {
		next[k.Name] = k.Fallback
	}
	reported := map[string]bool{}
	for i, k := range r.file.Receivers {
		way := []string{k.Name}
		for at := next[k.Name]; at != "" && !slices.Contains(way, at); at = next[at] {
			way = append(way, at)
		}
		back := next[way[len(way)-1]]
		if back != k.Name || k.Name == "" || reported[k.Name] {
			continue
		}
		for _, name := range way {
			reported[name] = true
		}
		r.fault(at("receivers", i)+".fallback", codeConflict, "goes round in a circle: "+strings.Join(append(way, back), " -> "), "let one of them have no fallback")
	}
}
