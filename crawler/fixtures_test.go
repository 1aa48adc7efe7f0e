package crawler

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the fixtures' expected halves anew")

// TestFixtures compares each page and feed under testdata with the JSON beside it.
// Each pair is named by the fault it once showed.
func TestFixtures(t *testing.T) {
	for _, pattern := range []string{"testdata/pages/*.html", "testdata/feeds/*.xml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatal("no fixtures", err)
		}
		for _, file := range files {
			got := fixture(t, file)
			want := strings.TrimSuffix(file, filepath.Ext(file)) + ".json"
			if *update {
				if err := os.WriteFile(want, got, 0o644); err != nil {
					t.Fatal(err)
				}
			}
			expected, err := os.ReadFile(want)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(expected), string(got)); diff != "" {
				t.Errorf("%s:\n%s", file, diff)
			}
		}
	}
}

func fixture(t *testing.T, file string) []byte {
	body, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if strings.HasSuffix(file, ".xml") {
		feed, err := ParseFeed(body, "https://f.example/feed", Hints{})
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		out = struct {
			Feed
			Entries []Item `json:"entries"`
		}{feed, feed.Items}
	} else if out, err = ParsePage(body, "https://p.example/2026/11/a-post/", Hints{Now: noon}); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	b, err := json.MarshalIndent(out, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	return append(b, '\n')
}
