package daemon

import (
	"net/http"
	"slices"

	"earshot"
	"earshot/alert"
	"earshot/alert/mail"
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
		"mail":    mailNotifier,
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
		return slack.New(slack.Config{BotToken: token, APIURL: cfg.Slack.APIURL, HTTP: client, Interactive: interactive(cfg)}), nil
	}
	address, err := cfg.Slack.WebhookURL.Reveal()
	if err != nil {
		return nil, missing("slack", err)
	}
	return slack.NewIncoming(address, client), nil
}

// interactive says whether clicks on a card come back to us.
func interactive(cfg *config.Config) bool {
	return cfg.Slack.BotToken.IsSet() && (cfg.Slack.AppToken.IsSet() || cfg.Slack.SigningSecret.IsSet())
}

func mailNotifier(cfg *config.Config, _ *http.Client) (alert.Notifier, *earshot.Fault) {
	password := ""
	if cfg.Mail.Password.IsSet() {
		var err error
		if password, err = cfg.Mail.Password.Reveal(); err != nil {
			return nil, missing("mail.password", err)
		}
	}
	n, err := mail.New(mail.Config{Server: cfg.Mail.SMTP, From: cfg.Mail.From, Password: password})
	if err != nil {
		return nil, &earshot.Fault{Code: "mail", Path: "mail", What: "cannot send mail", Do: "correct smtp and from", Err: err}
	}
	return n, nil
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
