package config

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"earshot"
)

var update = flag.Bool("update", false, "write the reports of the broken configs anew")

// planted stands in the test data wherever a secret was planted.
const planted = "planted"

func reportOf(t *testing.T, c *Config, faults []*earshot.Fault) string {
	t.Helper()
	var b strings.Builder
	if err := Report(&b, c, faults); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// noSecrets are the options of a test that has no environment.
func noSecrets() Options { return Options{NoSecrets: true} }

// TestQ20Config reads every broken config and compares its whole report: all
// faults at once, each with file, line and column and with what was expected.
func TestQ20Config(t *testing.T) {
	files, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	configs, faulty, placed := 0, 0, 0
	for _, file := range files {
		configs++
		t.Run(strings.TrimSuffix(filepath.Base(file), ".yaml"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c, faults := Parse("earshot.yaml", data, noSecrets())
			faulty += len(faults)
			placed += checkFaults(t, c, faults)
			compare(t, strings.TrimSuffix(file, ".yaml")+".txt", reportOf(t, c, faults))
		})
	}
	if configs < 60 {
		t.Errorf("%d broken configs, want 60 or more", configs)
	}
	fmt.Printf("Q20 config: %d broken configs, %d faults, %d with line, column and what was expected\n", configs, faulty, placed)
}

// checkFaults counts the faults that say where, what and what instead.
func checkFaults(t *testing.T, c *Config, faults []*earshot.Fault) int {
	t.Helper()
	if len(faults) == 0 {
		t.Error("no fault was found")
	}
	n := 0
	for _, f := range faults {
		line, col := c.Pos(f.Path)

		switch {
		case f.Do == "":
			t.Errorf("%s: no hint: %s", f.Path, f.What)
		case line < 1 || col < 1:
			t.Errorf("%s: no place: %s", f.Path, f.What)
		default:
			n++
		}
	}
	return n
}

func compare(t *testing.T, golden, got string) {
	t.Helper()
	if strings.Contains(got, planted) {
		t.Errorf("a secret is shown:\n%s", got)
	}
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}
