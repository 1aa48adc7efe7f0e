package config

import (
	"cmp"
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"earshot"
)

// The defaults of a config that leaves the keys out.
const (
	defaultDSN       = "sqlite:earshot.db"
	defaultListen    = "127.0.0.1:8080"
	defaultUserAgent = "Earshot (blog listener)"
	defaultAPIURL    = "https://slack.com/api/"
)

func defaultRevisit() []time.Duration {
	const day = 24 * time.Hour
	return []time.Duration{time.Hour, 6 * time.Hour, day, 3 * day, 7 * day, 14 * day, 30 * day}
}

func (r *reader) settings() {
	if r.out.Zone == nil {
		r.out.Zone = time.UTC
	}
	r.storage()
	r.http()
	r.crawl()
	r.classify()
	k := r.file.Retention
	const day = 24 * time.Hour
	r.out.Retention = Retention{History: orDefault(k.History, 30*day), Mentions: orDefault(k.Mentions, 400*day), Authors: orDefault(k.Authors, 400*day)}
}

func orDefault(d Duration, or time.Duration) time.Duration { return cmp.Or(time.Duration(d), or) }

// dsnRef is a DSN, or a reference to one.
type dsnRef struct{ text string }

func (s *dsnRef) read(text string) error {
	text = strings.TrimSpace(text)
	scheme, rest, ok := strings.Cut(text, ":")
	switch {
	case reference(text), ok && scheme == "sqlite" && rest != "":
		s.text = text
		return nil
	case ok && (scheme == "postgres" || scheme == "postgresql"):
		u, err := url.Parse(text)
		if err == nil && (u.Host != "" || u.RawQuery != "") {
			s.text = text
			return nil
		}
	}
	return &wrong{"this is no database", "write sqlite:earshot.db, postgres://user@host/db, or env:NAME"}
}

func (r *reader) storage() {
	text := cmp.Or(r.file.Storage.DSN.text, defaultDSN)
	r.out.Storage.DSN = DSN{r.secret("storage.dsn", secretRef{text})}
	if u, err := url.Parse(text); err == nil && u.User != nil {
		if password, has := u.User.Password(); has && password != "" {
			r.warn("storage.dsn", codeSecret, "a password stands in this file", "write dsn: env:DATABASE_URL and put it there")
		}
	}
}

func (r *reader) http() {
	k := r.file.HTTP
	h := HTTP{Listen: cmp.Or(k.Listen, defaultListen), PublicURL: strings.TrimRight(k.PublicURL, "/"), Metrics: cmp.Or(k.Metrics, "open")}
	host := r.hostPort("http.listen", h.Listen, defaultListen)
	if !loopback(host) && len(r.file.People) == 0 && !r.lost["people"] && !r.faulty("http.listen") {
		r.fault("http.listen", codeUnsafe, fmt.Sprintf("%q can be reached from elsewhere, and there are no people who must log in", h.Listen),
			"write people:, or listen on "+defaultListen)
	}
	r.webURL("http.public_url", h.PublicURL)
	r.out.HTTP = h
}

func (r *reader) crawl() {
	k := r.file.Crawl
	c := Crawl{UserAgent: cmp.Or(k.UserAgent, defaultUserAgent), PerHost: cmp.Or(k.PerHost, 1), Concurrency: cmp.Or(k.Concurrency, 64),
		Timeout: orDefault(k.Timeout, 30*time.Second), MaxBody: int64(cmp.Or(k.MaxBody, 10<<20)), Proxy: k.Proxy}
	c.MinEvery, c.MaxEvery = r.interval("crawl.interval", k.Interval, 5*time.Minute, 24*time.Hour)
	for _, n := range k.AllowPrivate {
		if n.prefix != (netip.Prefix{}) {
			c.AllowPrivate = append(c.AllowPrivate, n.prefix)
		}
	}
	for i, d := range k.Revisit {
		if i > 0 && d <= k.Revisit[i-1] && !r.faulty(at("crawl.revisit", i)) && !r.faulty(at("crawl.revisit", i-1)) {
			r.fault(at("crawl.revisit", i), codeConflict, "does not come after the one before it", "write the times in order")
		}
		c.Revisit = append(c.Revisit, time.Duration(d))
	}
	if len(k.Revisit) == 0 {
		c.Revisit = defaultRevisit()
	}
	if strings.ContainsAny(c.UserAgent, "\r\n") {
		r.fault("crawl.user_agent", codeValue, "holds a line break", "")
	}
	r.proxy(c.Proxy)
	r.out.Crawl = c
}

func (r *reader) proxy(s string) {
	if s == "" || r.faulty("crawl.proxy") {
		return
	}
	u, err := url.Parse(s)
	if err != nil || u.Hostname() == "" || (u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5") {
		r.fault("crawl.proxy", codeValue, fmt.Sprintf("%q is no proxy", s), "write http://host:port, https://host:port or socks5://host:port")
	}
}

// interval checks that a shortest time is not longer than the longest. What is
// left out is the default, moved if the other would cross it.
func (r *reader) interval(path string, k intervalKeys, low, high time.Duration) (from, to time.Duration) {
	from, to = orDefault(k.Min, low), orDefault(k.Max, high)
	switch {
	case from <= to:
	case k.Max == 0:
		to = from
	case k.Min == 0:
		from = to
	default:
		r.fault(path+".min", codeConflict, fmt.Sprintf("%s is more than max, %s", r.config.values[path+".min"], r.config.values[path+".max"]), "swap them")
	}
	return from, to
}

func (r *reader) classify() {
	k := r.file.Classify
	c := Classify{Threshold: 0.6, AlertThreshold: 0.7, Model: k.Model}
	if _, set := r.config.values["classify.threshold"]; set {
		c.Threshold = k.Threshold
	}
	if _, set := r.config.values["classify.alert_threshold"]; set {
		c.AlertThreshold = k.AlertThreshold
	}
	if k.LLM != nil {
		l := LLM{BaseURL: k.LLM.BaseURL, Model: k.LLM.Model, Key: r.secret("classify.llm.key", k.LLM.Key), Below: c.Threshold, Budget: rate(k.LLM.Budget)}
		if k.LLM.Below != nil {
			l.Below = *k.LLM.Below
		}
		if l.Budget.N == 0 {
			l.Budget = earshot.Rate{N: 200, Per: 24 * time.Hour}
		}
		r.webURL("classify.llm.base_url", l.BaseURL)
		c.LLM = &l
	}
	r.out.Classify = c
}

// services checks what speaks to Slack and to the mail server, and that the
// receivers have what they need.
func (r *reader) services() {
	k := r.file.Slack
	r.out.Slack = Slack{BotToken: r.secret("slack.bot_token", k.BotToken), AppToken: r.secret("slack.app_token", k.AppToken),
		SigningSecret: r.secret("slack.signing_secret", k.SigningSecret), WebhookURL: r.secret("slack.webhook_url", k.WebhookURL),
		APIURL: strings.TrimRight(cmp.Or(k.APIURL, defaultAPIURL), "/") + "/"}
	r.webURL("slack.api_url", k.APIURL)
	if k.BotToken.ref == "" && k.AppToken.ref != "" && !r.mistaken("slack") {
		r.fault("slack.app_token", codeConflict, "does nothing without a bot token", "write bot_token: env:SLACK_BOT_TOKEN")
	}
	if k.BotToken.ref != "" && k.WebhookURL.ref != "" {
		r.warn("slack.webhook_url", codeUnused, "is not used, because there is a bot token", "take one of them out")
	}
	m := r.file.Mail
	r.out.Mail = Mail{SMTP: m.SMTP, From: m.From, Password: r.secret("mail.password", m.Password)}
	if m.SMTP != "" {
		r.hostPort("mail.smtp", m.SMTP, "mail.example.org:587")
	}
	r.mailAddress("mail.from", m.From)
	r.needs()
}

// mistaken says whether a key of the section could not be read, or is a
// misspelling of one that now seems to be missing.
func (r *reader) mistaken(section string) bool {
	return r.lost[section] || slices.ContainsFunc(r.faults, func(f *earshot.Fault) bool {
		inside := f.Path == section || strings.HasPrefix(f.Path, section+".")
		return inside && (f.Code == codeSecret || f.Code == codeUnknownKey || f.Code == codeShape)
	})
}

// needs reports the first receiver of each kind that has no service to use.
func (r *reader) needs() {
	slack, mail := r.file.Slack, r.file.Mail
	noSlack := slack.BotToken.ref == "" && slack.WebhookURL.ref == "" && !r.mistaken("slack")
	noMail := (mail.SMTP == "" || mail.From == "") && !r.mistaken("mail")
	for i, k := range r.file.Receivers {
		if k.Slack != nil && noSlack {
			r.fault(at("receivers", i)+".slack", codeMissing, "there is no slack.bot_token to post with", "write slack: {bot_token: env:SLACK_BOT_TOKEN}")
			noSlack = false
		}
		if k.Mail != nil && noMail {
			r.fault(at("receivers", i)+".mail", codeMissing, "there is no server to send mail with", "write mail: {smtp: \"mail.example.org:587\", from: earshot@example.org}")
			noMail = false
		}
	}
}
