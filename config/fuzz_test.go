package config

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzParse feeds Parse anything: it must not panic, must place each fault
// within the file, and must be ready to report on what it found.
func FuzzParse(f *testing.F) {
	files, err := filepath.Glob("testdata/broken/*.yaml")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range append(files, "testdata/contract.yaml", "example.yaml") {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, faults := Parse("fuzz.yaml", data, noSecrets())
		lines := strings.Count(string(data), "\n") + 1
		for _, fault := range faults {
			if line, col := c.Pos(fault.Path); line < 1 || line > lines || col < 1 {
				t.Errorf("%s is at %d:%d of %d lines", fault.Path, line, col, lines)
			}
			if fault.What == "" || (fault.Do == "" && !fault.Warn) {
				t.Errorf("%s says %q, %q", fault.Path, fault.What, fault.Do)
			}
		}
		reportOf(t, c, faults)
		if c.Fingerprint() == "" {
			t.Error("no fingerprint")
		}
	})
}
