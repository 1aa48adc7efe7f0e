package config

import (
	"fmt"
	"net/netip"
	"strings"
)

// file is the whole config as it stands in YAML. The tags are read by the
// decoder and by Schema; see field.
type file struct {
	Zone      zone                    `yaml:"zone" doc:"default time zone for windows, digests and dates; UTC if left out"`
	Storage   storageKeys             `yaml:"storage" doc:"where everything is kept"`
	HTTP      httpKeys                `yaml:"http" doc:"dashboard, API and metrics"`
	Crawl     crawlKeys               `yaml:"crawl" doc:"how the web is read"`
	People    []personKeys            `yaml:"people" doc:"who works with Earshot"`
	Brands    []brandKeys             `yaml:"brands" doc:"the names to listen for" need:"write brands: and under it - name: Delta Air Lines"`
	Accounts  []accountKeys           `yaml:"accounts" doc:"known customers, by author or site"`
	Sources   []sourceKeys            `yaml:"sources" doc:"where entries come from" need:"write sources: and under it - feed: https://example.org/feed.xml"`
	Calendars map[string]calendarKeys `yaml:"calendars" doc:"open hours by name; the calendar always is built in"`
	Receivers []receiverKeys          `yaml:"receivers" doc:"who is told: a Slack channel or person, a webhook, a mail address" need:"write receivers: and under it - {name: care, slack: {channel: \"#care\"}}"`
	Routes    []routeKeys             `yaml:"routes" doc:"which case goes to which receiver; the first match wins"`
	Digests   digestsKeys             `yaml:"digests" doc:"messages at fixed times"`
	Ops       string                  `yaml:"ops" doc:"receiver that hears when a source or a rule goes deaf"`
	Slack     slackKeys               `yaml:"slack" doc:"the Slack workspace: a bot token, or one incoming webhook without buttons"`
	Mail      mailKeys                `yaml:"mail" doc:"the server that takes our mail"`
	Classify  classifyKeys            `yaml:"classify" doc:"how mentions are judged"`
	Retention retentionKeys           `yaml:"retention" doc:"how long what is kept"`
}

type storageKeys struct {
	DSN dsnRef `yaml:"dsn" doc:"sqlite:PATH, or postgres://user@host/db, or env:NAME"`
}

type httpKeys struct {
	Listen    string `yaml:"listen" doc:"host:port; an address other than loopback needs people"`
	PublicURL string `yaml:"public_url" doc:"how people reach the dashboard"`
	Metrics   string `yaml:"metrics" doc:"who may read /metrics" enum:"open token off"`
}

type crawlKeys struct {
	UserAgent    string       `yaml:"user_agent" doc:"who we say we are, with a way to reach you"`
	PerHost      int          `yaml:"per_host" doc:"requests to one host at a time" min:"1"`
	Concurrency  int          `yaml:"concurrency" doc:"requests in all at a time" min:"1"`
	Interval     intervalKeys `yaml:"interval" doc:"shortest and longest time between two reads of a source"`
	Timeout      Duration     `yaml:"timeout" doc:"of one request" min:"1s"`
	MaxBody      Size         `yaml:"max_body" doc:"what is read of one answer" min:"1KiB"`
	Proxy        string       `yaml:"proxy" doc:"http, https or socks5 URL"`
	AllowPrivate []network    `yaml:"allow_private" doc:"private networks that may be read all the same"`
	Revisit      []Duration   `yaml:"revisit" doc:"when a thread with an open case is read again, counted from its first sight" min:"1s"`
}

type intervalKeys struct {
	Min Duration `yaml:"min" doc:"shortest" min:"1s"`
	Max Duration `yaml:"max" doc:"longest" min:"1s"`
}

type personKeys struct {
	Name   string `yaml:"name" doc:"unique; what owner, deputy and escalate refer to" need:"write name: ana"`
	Slack  string `yaml:"slack" doc:"Slack user id, such as U024BE7LH"`
	Mail   string `yaml:"mail" doc:"mail address"`
	Role   string `yaml:"role" doc:"what the person may do" enum:"viewer responder admin"`
	Zone   zone   `yaml:"zone" doc:"time zone; the default zone if left out"`
	Lang   string `yaml:"lang" doc:"language of what the person is shown" enum:"en es it zh"`
	Deputy string `yaml:"deputy" doc:"person who acts while this one is away"`
	Away   []days `yaml:"away" doc:"whole days, both ends included: 2026-12-24/2027-01-02"`
}

type brandKeys struct {
	Name       string       `yaml:"name" doc:"as people are shown it; unique" need:"write name: Delta Air Lines"`
	Aliases    []string     `yaml:"aliases" doc:"other names; the name itself counts too"`
	Coded      []string     `yaml:"coded" doc:"what those write who avoid the name: rhymes with singular, a hate site, misspellings; always asked about, pages nobody"`
	Category   string       `yaml:"category" doc:"brings context words, so that an ambiguous name works without a query" enum:"airline bank delivery energy food hotel insurance media rail shop software tech telecom travel"`
	Query      string       `yaml:"query" doc:"rule in the query language; replaces name and aliases"`
	Context    contextKeys  `yaml:"context" doc:"words that tell the brand from its namesakes"`
	Official   officialKeys `yaml:"official" doc:"who may answer for the brand"`
	Owner      string       `yaml:"owner" doc:"person who gets its cases"`
	Competitor bool         `yaml:"competitor" doc:"listened to and counted, never alerted on"`
	FollowUp   Duration     `yaml:"followup" doc:"after a resolution: is it really fixed?"`
	SLA        slaLines     `yaml:"sla" doc:"time to answer; the first line that matches counts"`
	Tests      []testKeys   `yaml:"tests" doc:"what earshot test checks"`
}

type contextKeys struct {
	Any  []string `yaml:"any" doc:"one of these must stand near the name"`
	None []string `yaml:"none" doc:"none of these may stand near the name"`
}

type officialKeys struct {
	Domains  []string `yaml:"domains" doc:"hosts; their subdomains count too"`
	Names    []string `yaml:"names" doc:"names under which the brand comments"`
	Accounts []string `yaml:"accounts" doc:"profile URLs"`
	Feeds    []string `yaml:"feeds" doc:"the brand's own feeds"`
}

type slaKeys struct {
	Match    match    `yaml:"match" doc:"which cases; all if left out"`
	Answer   Duration `yaml:"answer" doc:"time to answer, in the calendar's open hours" need:"write answer: 4h" min:"1s"`
	Calendar string   `yaml:"calendar" doc:"a calendar's name; always if left out"`
}

type testKeys struct {
	Text   string `yaml:"text" doc:"what somebody might write" need:"write text: with what somebody might write"`
	Match  *bool  `yaml:"match" doc:"is the brand in it? true if left out"`
	Intent string `yaml:"intent" doc:"what it should be judged as" enum:"complaint compliment question request none"`
}

type accountKeys struct {
	Name  string           `yaml:"name" doc:"as people are shown it; unique" need:"write name: and the customer's name"`
	Match accountMatchKeys `yaml:"match" doc:"which entries are the customer's" need:"write match: {author: ...} or {site: ...}"`
	Tier  string           `yaml:"tier" doc:"key accounts pass windows and caps" enum:"key standard"`
	Owner string           `yaml:"owner" doc:"person who looks after it"`
}

type accountMatchKeys struct {
	Author string `yaml:"author" doc:"author name"`
	Site   string `yaml:"site" doc:"host of the author's site"`
}

type sourceKeys struct {
	Feed     string       `yaml:"feed" doc:"URL of an RSS, Atom or JSON feed"`
	Site     string       `yaml:"site" doc:"URL of a blog; its feed is discovered, else it is crawled"`
	OPML     string       `yaml:"opml" doc:"OPML file with feeds"`
	Preset   string       `yaml:"preset" doc:"a ready-made search" enum:"reddit hackernews mastodon-tag google-news"`
	Query    string       `yaml:"query" doc:"what a preset looks for"`
	Tags     []string     `yaml:"tags" doc:"for routes to match"`
	Lang     string       `yaml:"lang" doc:"language of its entries, such as en"`
	Zone     zone         `yaml:"zone" doc:"for dates without a zone"`
	Reach    int          `yaml:"reach" doc:"how far it carries, in your own judgement" min:"1" max:"5"`
	Comments bool         `yaml:"comments" doc:"read the comments of every post, not only of open cases"`
	Archive  Duration     `yaml:"archive" doc:"how far back it is read once, silently"`
	Interval intervalKeys `yaml:"interval" doc:"instead of crawl.interval"`
}

type calendarKeys struct {
	Zone     zone   `yaml:"zone" doc:"time zone of the hours; the default zone if left out"`
	Hours    hours  `yaml:"hours" doc:"open hours: Mon-Fri 09:00-17:00, Sat 10:00-12:00" need:"write hours: \"Mon-Fri 09:00-17:00\""`
	Holidays []date `yaml:"holidays" doc:"closed days"`
}

type receiverKeys struct {
	Name     string       `yaml:"name" doc:"unique; what routes refer to" need:"write name: care"`
	Slack    *slackToKeys `yaml:"slack" doc:"a Slack channel or person"`
	Webhook  *webhookKeys `yaml:"webhook" doc:"a signed HTTP POST"`
	Mail     *mailToKeys  `yaml:"mail" doc:"mail addresses"`
	Lang     string       `yaml:"lang" doc:"language of the messages" enum:"en es it zh"`
	Windows  string       `yaml:"windows" doc:"calendar in which messages are sent; always if left out"`
	Cap      Rate         `yaml:"cap" doc:"new messages at most, such as 20/d; edits do not count"`
	MinGap   Duration     `yaml:"min_gap" doc:"between two reminders of a case"`
	Group    Duration     `yaml:"group" doc:"wait this long and send what came together"`
	Fallback string       `yaml:"fallback" doc:"receiver that is told when this one is gone"`
}

type slackToKeys struct {
	Channel string `yaml:"channel" doc:"#channel, or the id of a channel or person" need:"write channel: \"#care\""`
}

type webhookKeys struct {
	URL    string    `yaml:"url" doc:"where to post" need:"write url: https://..."`
	Secret secretRef `yaml:"secret" doc:"signs every message"`
}

type mailToKeys struct {
	To []string `yaml:"to" doc:"mail addresses" need:"write to: [care@example.org]"`
}

type routeKeys struct {
	Name     string           `yaml:"name" doc:"for logs and metrics; route-1, route-2 ... if left out"`
	Match    match            `yaml:"match" doc:"which cases; all if left out"`
	To       string           `yaml:"to" doc:"receiver; the parent's if left out"`
	Continue bool             `yaml:"continue" doc:"go on to the next route after a match"`
	Windows  string           `yaml:"windows" doc:"instead of the receiver's"`
	Cap      Rate             `yaml:"cap" doc:"instead of the receiver's"`
	MinGap   Duration         `yaml:"min_gap" doc:"instead of the receiver's"`
	Group    Duration         `yaml:"group" doc:"instead of the receiver's"`
	Remind   Duration         `yaml:"remind" doc:"repeat while unanswered" min:"1s"`
	Escalate []escalationKeys `yaml:"escalate" doc:"who else is told while a case stays unanswered"`
	Digest   clock            `yaml:"digest" doc:"no card of its own, one digest a day at this time"`
	Routes   []routeKeys      `yaml:"routes" doc:"tried before this route"`
}

type escalationKeys struct {
	After Duration `yaml:"after" doc:"open time since the first card" need:"write after: 2h" min:"1s"`
	To    string   `yaml:"to" doc:"person or receiver" need:"write to: and a person or a receiver"`
}

type digestsKeys struct {
	Quality *qualityKeys `yaml:"quality" doc:"daily: what was heard, and why to believe it"`
	Weekly  *weeklyKeys  `yaml:"weekly" doc:"weekly report"`
}

type qualityKeys struct {
	To string `yaml:"to" doc:"receiver" need:"write to: and a receiver"`
	At clock  `yaml:"at" doc:"local time, such as 09:45" need:"write at: \"09:45\""`
}

type weeklyKeys struct {
	To string    `yaml:"to" doc:"receiver" need:"write to: and a receiver"`
	At weekClock `yaml:"at" doc:"local time, such as Tue 10:00" need:"write at: \"Tue 10:00\""`
}

type slackKeys struct {
	BotToken      secretRef `yaml:"bot_token" doc:"xoxb token"`
	AppToken      secretRef `yaml:"app_token" doc:"xapp token, for Socket Mode"`
	SigningSecret secretRef `yaml:"signing_secret" doc:"for clicks over HTTP"`
	WebhookURL    secretRef `yaml:"webhook_url" doc:"incoming webhook, instead of a bot token: no buttons, no edits"`
	APIURL        string    `yaml:"api_url" doc:"of the Web API"`
}

type mailKeys struct {
	SMTP     string    `yaml:"smtp" doc:"host:port"`
	From     string    `yaml:"from" doc:"address mail comes from"`
	Password secretRef `yaml:"password" doc:"of the account in from"`
}

type classifyKeys struct {
	Threshold      float64  `yaml:"threshold" doc:"below it a verdict is unsure" min:"0" max:"1"`
	AlertThreshold float64  `yaml:"alert_threshold" doc:"below it nobody is escalated to or mentioned" min:"0" max:"1"`
	Model          string   `yaml:"model" doc:"model file; the built-in one if left out"`
	LLM            *llmKeys `yaml:"llm" doc:"asked for a second opinion on unsure mentions"`
}

type llmKeys struct {
	BaseURL string    `yaml:"base_url" doc:"OpenAI-compatible endpoint" need:"write base_url: http://127.0.0.1:11434/v1"`
	Model   string    `yaml:"model" doc:"the endpoint's name for the model" need:"write model: and the endpoint's name for it"`
	Key     secretRef `yaml:"key" doc:"API key"`
	Below   *float64  `yaml:"below" doc:"asked when the confidence is below" min:"0" max:"1"`
	Budget  Rate      `yaml:"budget" doc:"questions at most, such as 200/d"`
}

type retentionKeys struct {
	History  Duration `yaml:"history" doc:"full text of entries without a mention, kept for replay" min:"1h"`
	Mentions Duration `yaml:"mentions" doc:"mentions and their cases" min:"1d"`
	Authors  Duration `yaml:"authors" doc:"what is known of authors" min:"1d"`
}

// network is a range of addresses: 10.0.0.0/8.
type network struct{ prefix netip.Prefix }

func (n *network) read(text string) error {
	text = strings.TrimSpace(text)
	p, err := netip.ParsePrefix(text)
	if err == nil {
		n.prefix = p.Masked()
		return nil
	}
	if a, err := netip.ParseAddr(text); err == nil {
		return &wrong{fmt.Sprintf("%q is an address, not a network", text), fmt.Sprintf("write %s/%d", a, a.BitLen())}
	}
	return &wrong{fmt.Sprintf("%q is no network", text), "write address and length, such as 10.0.0.0/8"}
}
