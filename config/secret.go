package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// lookup finds what env: and file: refer to.
type lookup struct {
	skip   bool
	dir    string
	getenv func(string) (string, bool)
	read   func(string) ([]byte, error)
}

func newLookup(name string, o Options) *lookup {
	l := &lookup{skip: o.NoSecrets, dir: filepath.Dir(name), getenv: o.Getenv, read: o.ReadFile}
	if l.getenv == nil {
		l.getenv = os.LookupEnv
	}
	if l.read == nil {
		l.read = os.ReadFile
	}
	return l
}

var envName = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*$`)

// reference says whether s is env:NAME or file:PATH.
func reference(s string) bool {
	if name, ok := strings.CutPrefix(s, "env:"); ok {
		return envName.MatchString(name)
	}
	path, ok := strings.CutPrefix(s, "file:")
	return ok && path != ""
}

// resolve reads what ref refers to. Its errors name the reference, never the value.
func (l *lookup) resolve(ref string) (string, error) {
	if name, ok := strings.CutPrefix(ref, "env:"); ok {
		v, set := l.getenv(name)
		if !set || strings.TrimSpace(v) == "" {
			return "", fmt.Errorf("environment variable %s is not set", name)
		}
		return strings.TrimSpace(v), nil
	}
	path := strings.TrimPrefix(ref, "file:")
	if !filepath.IsAbs(path) {
		path = filepath.Join(l.dir, path)
	}
	data, err := l.read(path)
	if err != nil {
		return "", fmt.Errorf("secret file: %w", err)
	}
	if data = bytes.TrimSpace(data); len(data) == 0 {
		return "", fmt.Errorf("secret file %s is empty", path)
	}
	return string(data), nil
}

// Secret refers to a secret that stands elsewhere. It prints as <secret>,
// whatever prints it; the value is read at each Reveal and never kept.
type Secret struct {
	ref  string
	from *lookup
}

// hiddenSecret is what every Secret prints as.
const hiddenSecret = "<secret>"

var errNoSecret = errors.New("no secret is configured")

// IsSet says whether the config names a secret.
func (s Secret) IsSet() bool { return s.ref != "" }

// Reveal reads the secret.
func (s Secret) Reveal() (string, error) {
	if s.ref == "" {
		return "", errNoSecret
	}
	if !reference(s.ref) {
		return s.ref, nil
	}
	return s.from.resolve(s.ref)
}

// String hides the secret.
func (s Secret) String() string { return hiddenSecret }

// Format hides the secret, whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { printHidden(f, hiddenSecret) }

func printHidden(w io.Writer, text string) {
	// fmt keeps no error of a Formatter; its own writer reports them.
	if _, err := io.WriteString(w, text); err != nil {
		return
	}
}

// MarshalText hides the secret from JSON, YAML and everything else that encodes text.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hiddenSecret), nil }

// LogValue hides the secret from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hiddenSecret) }

// DSN says where the database is. It may hold a password, so it prints without.
type DSN struct{ Secret }

// String shows the DSN without its password.
func (d DSN) String() string {
	if reference(d.ref) {
		return hiddenSecret
	}
	u, err := url.Parse(d.ref)
	if err != nil || strings.Contains(d.ref, "@") && u.User == nil { // a password that breaks the URL
		scheme, _, _ := strings.Cut(d.ref, ":")
		return scheme + "://" + hiddenSecret
	}
	return (&Config{}).mask(d.ref)
}

// Format shows the same as String, whatever the verb.
func (d DSN) Format(f fmt.State, _ rune) { printHidden(f, d.String()) }

// MarshalText shows the same as String.
func (d DSN) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// LogValue shows the same as String.
func (d DSN) LogValue() slog.Value { return slog.StringValue(d.String()) }

// secretRef is a secret as it stands in the file.
type secretRef struct{ ref string }

func (s *secretRef) decode(d *decoder, path string, n ast.Node) {
	text, ok := textOf(n)
	text = strings.TrimSpace(text)
	switch {
	case ok && text == "":
	case ok && (reference(text) || (strings.HasSuffix(path, ".webhook_url") && loopbackURL(text))):
		s.ref = text
		d.config.values[path] = text
	default:
		d.hideScalars(n)
		d.fault(path, codeSecret, "a secret does not belong in this file", "write env:NAME or file:PATH and put it there")
	}
}

// loopbackURL says whether the URL leads to this machine: a pretend Slack's
// hook is no secret.
func loopbackURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && loopback(u.Hostname())
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// secret makes a Secret of the reference and checks that it is there.
func (r *reader) secret(path string, s secretRef) Secret {
	out := Secret{ref: s.ref, from: r.secrets}
	if s.ref == "" || r.secrets.skip {
		return out
	}
	if _, err := out.Reveal(); err != nil {
		r.fault(path, codeSecret, err.Error(), "set it, or check with --no-secrets")
	}
	return out
}
