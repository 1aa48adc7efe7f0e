package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
)

// fromEnv are options with an environment and files of their own.
func fromEnv(env map[string]string, files map[string]string) Options {
	return Options{
		Getenv: func(name string) (string, bool) { v, ok := env[name]; return v, ok },
		ReadFile: func(path string) ([]byte, error) {
			if text, ok := files[path]; ok {
				return []byte(text), nil
			}
			return nil, &os.PathError{Op: "open", Path: path, Err: os.ErrNotExist}
		},
	}
}

const withSecrets = minimal + `
mail: {smtp: "mail.example.org:587", from: earshot@example.org, password: "file:secrets/smtp"}
storage: {dsn: env:DATABASE_URL}
classify: {llm: {base_url: "http://127.0.0.1:11434/v1", model: small, key: file:/run/llm}}
`

func TestSecretsAreResolvedLate(t *testing.T) {
	env := map[string]string{"SLACK_BOT_TOKEN": "xoxb-planted", "DATABASE_URL": "postgres://earshot:planted@db/earshot"}
	files := map[string]string{filepath.Join("conf", "secrets", "smtp"): "planted-smtp\n", "/run/llm": "planted-llm"}
	c, faults := Parse("conf/earshot.yaml", []byte(withSecrets), fromEnv(env, files))
	if len(faults) > 0 {
		t.Fatal(reportOf(t, c, faults))
	}
	env["SLACK_BOT_TOKEN"] = "xoxb-planted-anew"
	for want, s := range map[string]Secret{"xoxb-planted-anew": c.Slack.BotToken, "planted-smtp": c.Mail.Password, "planted-llm": c.Classify.LLM.Key,
		"postgres://earshot:planted@db/earshot": c.Storage.DSN.Secret} {
		if got, err := s.Reveal(); err != nil || got != want {
			t.Errorf("Reveal = %q, %v, want %q", got, err, want)
		}
	}
	if _, err := c.Slack.AppToken.Reveal(); !errors.Is(err, errNoSecret) || c.Slack.AppToken.IsSet() {
		t.Errorf("a secret that is not configured: %v", err)
	}
}

func TestMissingSecretsAreFaults(t *testing.T) {
	c, faults := Parse("earshot.yaml", []byte(withSecrets), fromEnv(map[string]string{"DATABASE_URL": " "}, map[string]string{"/run/llm": "\n"}))
	want := `earshot.yaml:6:20: slack.bot_token: environment variable SLACK_BOT_TOKEN is not set (set it, or check with --no-secrets)
earshot.yaml:8:75: mail.password: secret file: open secrets/smtp: file does not exist (set it, or check with --no-secrets)
earshot.yaml:9:16: storage.dsn: environment variable DATABASE_URL is not set (set it, or check with --no-secrets)
earshot.yaml:10:76: classify.llm.key: secret file /run/llm is empty (set it, or check with --no-secrets)
`
	var got strings.Builder
	for _, f := range faults {
		got.WriteString(c.Describe(f) + "\n")
	}
	if got.String() != want {
		t.Errorf("got:\n%swant:\n%s", got.String(), want)
	}
}

// TestQ18SecretsPrintAsSecret prints secrets in every way a program prints.
func TestQ18SecretsPrintAsSecret(t *testing.T) {
	env := map[string]string{"SLACK_BOT_TOKEN": "xoxb-planted", "DATABASE_URL": "postgres://earshot:planted@db/earshot", "SMTP_PASSWORD": "planted"}
	c, _ := Parse("earshot.yaml", []byte(withSecrets), fromEnv(env, map[string]string{"secrets/smtp": "planted", "/run/llm": "planted"}))
	var b strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%t", "%p", "%w"} {
		fmt.Fprintf(&b, verb+" "+verb+" "+verb+"\n", c.Slack, c.Mail.Password, c.Storage)
		fmt.Fprintf(&b, verb+"\n", []any{c.Slack.BotToken, &c.Slack, c.Classify, *c.Classify.LLM, map[string]Secret{"x": c.Mail.Password}})
	}
	for _, v := range []any{c.Slack, c.Mail, c.Storage, c.Classify} {
		for _, encode := range []func(any) ([]byte, error){json.Marshal, func(v any) ([]byte, error) { return yaml.Marshal(v) }} {
			data, err := encode(v)
			if err != nil {
				t.Error(err)
			}
			b.Write(data)
		}
	}
	log := slog.New(slog.NewJSONHandler(&b, nil))
	log.Info("x", "slack", c.Slack, "token", c.Slack.BotToken, "dsn", c.Storage.DSN)
	slog.New(slog.NewTextHandler(&b, nil)).Info("x", "slack", c.Slack, "token", c.Slack.BotToken, "dsn", c.Storage.DSN)
	b.WriteString(fmt.Errorf("dial: %v", c.Storage.DSN).Error() + c.Slack.BotToken.String())
	if strings.Contains(b.String(), planted) || !strings.Contains(b.String(), hiddenSecret) {
		t.Error(b.String())
	}
}

func TestDSNPrintsWithoutPassword(t *testing.T) {
	c, faults := Parse("earshot.yaml", []byte(minimal+"storage: {dsn: \"postgres://earshot:planted@db.example.org/earshot?password=planted\"}\n"), noSecrets())
	if len(faults) != 1 || Broken(faults) {
		t.Fatal(reportOf(t, c, faults))
	}
	if got := fmt.Sprint(c.Storage); strings.Contains(got, planted) || !strings.Contains(got, "db.example.org") {
		t.Error(got)
	}
	if got, err := c.Storage.DSN.Reveal(); err != nil || !strings.Contains(got, planted) {
		t.Error("the DSN itself lost its password")
	}
}

func TestDSNWithABrokenPassword(t *testing.T) {
	for _, text := range []string{"postgres://me:planted#planted@db/x", "postgres://me:planted/planted@db/x", "postgres://me:%planted@db/x", "postgres://me:p@planted@db/x"} {
		if got := (DSN{Secret{ref: text}}).String(); strings.Contains(got, planted) || !strings.HasPrefix(got, "postgres://") {
			t.Errorf("%s prints as %s", text, got)
		}
	}
}

// TestLoopbackHook: a pretend Slack's incoming webhook is no secret.
func TestLoopbackHook(t *testing.T) {
	c := good(t, []byte(strings.Replace(minimal, "bot_token: env:SLACK_BOT_TOKEN", `webhook_url: "http://127.0.0.1:4321/hook"`, 1)))
	if got, err := c.Slack.WebhookURL.Reveal(); err != nil || got != "http://127.0.0.1:4321/hook" {
		t.Error(got, err)
	}
}

// TestQ18PlantedSecrets plants a secret at each place of a broken config where
// one could stand, and looks for it in the report.
func TestQ18PlantedSecrets(t *testing.T) {
	places := []string{
		"slack: {bot_token: %s}", "slack: {bot_token: '%s'}", "slack: {bot_token: \"%s\"", "slack:\n  bot_token: %s\n  app_token: [", "slack: {bot_token: >-\n  %s\n  }",
		"slack: {token: %s}", "slack: {bottoken: %s}", "slack:\n  webhook: https://hooks.slack.com/services/T/B/%s\n",
		"slack: %s", "slack_token: %s", "password: %s", "mail: {password: [%s, {a: %s}]}", "mail: {passwd: %s, smtp: x}",
		"classify: {llm: {base_url: x, model: y, key: %s}}", "classify: {llm: {base_url: x, model: y, api_key: %s}}",
		"classify: {llm: {base_url: 'https://me:%s@example.org', model: y, below: 7}}",
		"storage: {dsn: 'postgres://me:%s@db/x', x: 1}", "storage: {dsn: 'postgres://me:a#%s@b/%s@db/x', x: 1}", "sources: [{feed: 'https://me:p@%s@example.org/', reach: 9}]", "storage: {dsn: 'mysql://me:%s@db/x'}", "storage: {dsn: 'postgres:///x?password=%s', y: 2}",
		"crawl: {proxy: 'ftp://me:%s@proxy:1'}", "crawl: {proxy: 'http://me:%s@proxy:1', per_host: 0}",
		"sources: [{feed: 'https://me:%s@example.org/', reach: 9}]", "sources: [{feed: 'ftp://me:%s@example.org/'}]",
		"sources: [{feed: 'https://example.org/?api_key=%s', reach: 9}]", "sources: [{feed: 'https://example.org/?access_token=%s', reach: 9",
		"receivers: [{name: hook, webhook: {url: 'https://example.org/', secret: %s}}]", "receivers: [{name: hook, webhook: {url: 'https://example.org/?sig=%s', secret: x}}]",
	}
	for _, secret := range []string{"planted1234", "xoxb-planted-5678"} {
		for _, place := range places {
			text := strings.ReplaceAll(place, "%s", secret) + "\n"
			c, faults := Parse("earshot.yaml", []byte(text), noSecrets())
			if report := reportOf(t, c, faults); strings.Contains(report, planted) {
				t.Errorf("%s\n%s", text, report)
			}
		}
	}
}
