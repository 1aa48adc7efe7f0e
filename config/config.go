// Package config reads and checks the one YAML file: strictly, all faults at
// once, each with the place where it stands. It reads that file and nothing
// else; what env: and file: refer to is looked up when somebody asks for it.
package config

import (
	"encoding/json"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"time"

	"earshot"
)

// Options say how strictly a config is read, and where its secrets come from.
type Options struct {
	NoSecrets bool                              // do not look whether the secrets are there (for CI)
	Getenv    func(name string) (string, bool)  // nil is os.LookupEnv
	ReadFile  func(path string) ([]byte, error) // nil is os.ReadFile; also reads the config itself
	Later     []string                          // keys whose part comes later, such as "digests.weekly" or "people[].away"
}

// Config is the file, checked and ready to use. Printing it shows no more than
// its name and fingerprint.
type Config struct {
	Name      string // of the file, as the reports show it
	Zone      *time.Location
	Storage   Storage
	HTTP      HTTP
	Crawl     Crawl
	People    earshot.People
	Brands    []earshot.Brand
	Accounts  []earshot.Account
	Sources   []SourceSpec
	Calendars map[string]earshot.Calendar // with "always"
	Receivers []earshot.Receiver
	Routes    []earshot.Route
	Digests   []Digest
	Ops       string // receiver that hears that something is deaf, or ""
	Slack     Slack
	Mail      Mail
	Classify  Classify
	Retention Retention

	places map[string]place  // by path
	values map[string]string // scalars by path, as written
	lines  []string          // of the file, for Report
	hidden []string          // literals that stand where a secret belongs
}

// Storage is where everything is kept.
type Storage struct{ DSN DSN }

// HTTP is the dashboard's and the API's door.
type HTTP struct {
	Listen    string
	PublicURL string // how people reach it, without a slash at the end; "" is Listen
	Metrics   string // "open", "token" or "off"
}

// Crawl is how the web is read.
type Crawl struct {
	UserAgent    string
	PerHost      int // requests to one host at a time
	Concurrency  int // requests in all
	MinEvery     time.Duration
	MaxEvery     time.Duration
	Timeout      time.Duration
	MaxBody      int64  // bytes
	Proxy        string // URL, or ""
	AllowPrivate []netip.Prefix
	Revisit      []time.Duration // ascending, counted from the first sight of a thread
}

// Digest goes To a receiver At a local time.
type Digest struct {
	Name    string // "quality": daily, what was heard and why to believe it; "weekly": the report
	To      string
	At      string // as written: "09:45", "Tue 10:00"
	Weekly  bool   // only on Weekday
	Weekday time.Weekday
	Minute  int // since midnight
}

// Slack is the workspace: a bot token, or else one incoming webhook.
type Slack struct {
	BotToken      Secret
	AppToken      Secret
	SigningSecret Secret
	WebhookURL    Secret
	APIURL        string // with a slash at the end
}

// Mail is the server that takes our mail.
type Mail struct {
	SMTP     string // host:port
	From     string
	Password Secret
}

// Classify is how mentions are judged.
type Classify struct {
	Threshold      float64 // below it a verdict is unsure
	AlertThreshold float64 // below it nobody is escalated to
	Model          string  // a file, or "" for the built-in model
	LLM            *LLM    // nil: no second opinion
}

// LLM is an OpenAI-compatible endpoint that is asked for second opinions.
type LLM struct {
	BaseURL string
	Model   string
	Key     Secret
	Below   float64 // ask when the confidence is below
	Budget  earshot.Rate
}

// Retention is how long what is kept.
type Retention struct {
	History  time.Duration // full text of entries without a mention
	Mentions time.Duration
	Authors  time.Duration
}

// Load reads the file at path. The Config is never nil, so that Report can show
// the faults in it, but it may be used only if Broken(faults) is false.
func Load(path string, o Options) (*Config, []*earshot.Fault) {
	read := o.ReadFile
	if read == nil {
		read = os.ReadFile
	}
	data, err := read(path)
	if err != nil {
		f := &earshot.Fault{Code: codeUnreadable, What: "cannot read the config", Err: err, Do: "earshot init writes one"}
		return &Config{Name: path}, []*earshot.Fault{f}
	}
	return Parse(path, data, o)
}

// Parse reads a config from memory; name is what the reports call it, and what
// files named in it are relative to. See Load.
func Parse(name string, data []byte, o Options) (*Config, []*earshot.Fault) {
	d := newDecoder(name, data)
	r := &reader{decoder: d, out: d.config, secrets: newLookup(name, o)}
	if d.parse(data, &r.file) {
		r.build()
		r.later(o.Later)
	}
	return d.config, d.sorted()
}

// Broken says whether any of the faults is more than a warning.
func Broken(faults []*earshot.Fault) bool {
	for _, f := range faults {
		if !f.Warn {
			return true
		}
	}
	return false
}

// File returns where a path written in the config is: relative paths start at
// the config's own directory.
func (c *Config) File(path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(c.Name), path)
}

// Calendar returns the calendar of that name; "" is always.
func (c *Config) Calendar(name string) earshot.Calendar {
	if cal, ok := c.Calendars[name]; ok {
		return cal
	}
	return earshot.Always
}

// String names the config without saying what is in it.
func (c *Config) String() string { return fmt.Sprintf("config %s (%s)", c.Name, c.Fingerprint()) }

// Format keeps the config's content out of every log, whatever the verb.
func (c *Config) Format(f fmt.State, _ rune) {
	// A fmt.State never fails; what it writes to reports its own errors.
	if _, err := io.WriteString(f, c.String()); err != nil {
		return
	}
}

// MarshalJSON shows the same as String.
func (c *Config) MarshalJSON() ([]byte, error) { return json.Marshal(c.String()) }
