package main

import (
	"os"
	"strings"
	"testing"

	"earshot/config"
	"earshot/internal/daemon"
)

// TestTheReadmesConfigPasses keeps the first config a reader copies a good one.
func TestTheReadmesConfigPasses(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(text), "```yaml\n")
	yaml, _, ok := strings.Cut(rest, "```")
	if !ok {
		t.Fatal("the README shows no config")
	}
	cfg, faults := config.Parse("README.md", []byte(yaml), config.Options{NoSecrets: true})
	for _, f := range daemon.Check(cfg, faults, daemon.Options{NoSecrets: true}) {
		t.Errorf("%s", cfg.Describe(f))
	}
	for _, target := range []string{"make demo", "make test"} {
		if !strings.Contains(string(text), target) {
			t.Errorf("the README does not name %q", target)
		}
	}
}
