package daemon

import (
	"net/http"
	"slices"

	"earshot"
	"earshot/alert"
	"earshot/alert/slack"
	"earshot/alert/webhook"
	"earshot/config"
)

// buildNotifiers makes one notifier for each integration that receivers use.
func (d *Daemon) buildNotifiers(s *setup) (faults []*earshot.Fault) {
	s.notifiers = map[string]alert.Notifier{}
	client := &http.Client{Timeout: sendTime, Transport: d.opt.Transport}
	builders := map[string]func(*config.Config, *http.Client) (alert.Notifier, *earshot.Fault){
		"slack":   slackNotifier,
		"webhook": func(*config.Config, *http.Client) (alert.Notifier, *earshot.Fault) { return webhook.New(client), nil },
	}
	for kind, build := range builders {
		if !uses(s.cfg, kind) {
			continue
		}
		n, fault := build(s.cfg, client)
		if fault != nil {
			faults = append(faults, fault)
			continue
		}
		s.notifiers[kind] = n
	}
	return faults
}

// uses says whether any receiver, or a person who may be written to, needs the
// integration.
func uses(cfg *config.Config, kind string) bool {
	if slices.ContainsFunc(cfg.Receivers, func(r earshot.Receiver) bool { return r.Kind() == kind }) {
		return true
	}
	return kind == "mail" && cfg.Mail.SMTP != "" || kind == "slack" && cfg.Slack.BotToken.IsSet()
}

// slackNotifier prefers the bot token, with which cards change in place, to an
// incoming webhook, which only posts.
func slackNotifier(cfg *config.Config, client *http.Client) (alert.Notifier, *earshot.Fault) {
	if cfg.Slack.BotToken.IsSet() {
		token, err := cfg.Slack.BotToken.Reveal()
		if err != nil {
			return nil, missing("slack.bot_token", err)
		}
		return slack.New(slack.Config{BotToken: token, APIURL: cfg.Slack.APIURL, HTTP: client}), nil
	}
	address, err := cfg.Slack.WebhookURL.Reveal()
	if err != nil {
		return nil, missing("slack", err)
	}
	return slack.NewIncoming(address, client), nil
}

func missing(path string, err error) *earshot.Fault {
	return &earshot.Fault{Code: "secret_missing", Path: path, What: "the secret cannot be read", Do: "set it, or run check with --no-secrets", Err: err}
}

func digests(cfg *config.Config) []alert.DigestSpec {
	var out []alert.DigestSpec
	for _, g := range cfg.Digests {
		out = append(out, alert.DigestSpec{Name: g.Name, To: g.To, At: g.At})
	}
	return out
}

// notifier is the integration of a receiver; nil if it is not configured.
func (s *setup) notifier(r earshot.Receiver) alert.Notifier { return s.notifiers[r.Kind()] }
