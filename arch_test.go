package earshot

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// arrows says which rooms a room may import; "" is this package. Sibling rooms
// never meet except where one place joins them.
var arrows = map[string][]string{
	"":                      {},
	"config":                {""},
	"crawler":               {""},
	"classify":              {""},
	"classify/train":        {"", "classify"},
	"classify/llm":          {"", "classify"},
	"alert":                 {"", "internal/words"},
	"alert/slack":           {"", "alert", "internal/words"},
	"alert/webhook":         {"", "alert", "internal/words"},
	"alert/mail":            {"", "alert", "internal/words"},
	"alert/alerttest":       {"", "alert", "internal/words"},
	"internal/ledger":       {""},
	"internal/insight":      {""},
	"internal/words":        {""},
	"internal/store":        {""},
	"internal/web":          {"", "internal/store", "alert", "internal/ledger", "internal/insight", "alert/slack", "internal/words"},
	"internal/daemon":       {"", "config", "crawler", "classify", "classify/llm", "alert", "alert/slack", "alert/webhook", "alert/mail", "internal/ledger", "internal/insight", "internal/words", "internal/store", "internal/web"},
	"internal/demo":         {"", "internal/words"},
	"internal/demo/pretend": {"", "internal/demo"},
	"cmd/earshot-train":     {"", "classify", "classify/train"},
	"cmd/earshot":           {"", "config", "crawler", "classify", "classify/llm", "alert", "alert/slack", "alert/webhook", "alert/mail", "internal/ledger", "internal/insight", "internal/words", "internal/store", "internal/web", "internal/daemon", "internal/demo"},
}

// owners are the only folders or files that may import a library.
var owners = map[string][]string{
	"github.com/mmcdole/gofeed":                      {"crawler/feed.go"},
	"github.com/gocolly/colly/v2":                    {"crawler/page.go"},
	"github.com/slack-go/slack":                      {"alert/slack/"},
	"modernc.org/sqlite":                             {"internal/store/dialect.go"},
	"github.com/jackc/pgx/v5/stdlib":                 {"internal/store/dialect.go"},
	"github.com/coreos/go-systemd/v22":               {"cmd/earshot/run.go"},
	"github.com/prometheus/client_golang/prometheus": {"internal/daemon/metrics.go"},
	"golang.org/x/sys/cpu":                           {"classify/model_amd64.go"},
	"golang.org/x/crypto":                            {"internal/web/password.go"},
}

func TestArrows(t *testing.T) {
	for file, imports := range sources(t) {
		room := path.Dir(file)
		if room == "." {
			room = ""
		}
		allowed, known := arrows[room]
		if !known {
			t.Errorf("%s is in no room of the plan", file)
			continue
		}
		for _, imp := range imports {
			inner, ours := strings.CutPrefix(imp, "earshot/")
			if imp == "earshot" {
				inner, ours = "", true
			}
			if ours && inner != room && !slices.Contains(allowed, inner) {
				t.Errorf("%s imports %s: no arrow goes there", file, imp)
			}
			if room == "" && strings.Contains(imp, ".") {
				t.Errorf("%s imports %s: the root package uses the standard library only", file, imp)
			}
		}
	}
}

func TestLibrariesHaveOneOwner(t *testing.T) {
	for file, imports := range sources(t) {
		for _, imp := range imports {
			for lib, where := range owners {
				if (imp == lib || strings.HasPrefix(imp, lib+"/")) && !slices.ContainsFunc(where, func(w string) bool { return strings.HasPrefix(file, w) }) {
					t.Errorf("%s imports %s, which belongs to %v", file, imp, where)
				}
			}
		}
	}
}

// TestOneFileStartsGoroutines keeps concurrency where it can be seen.
func TestOneFileStartsGoroutines(t *testing.T) {
	for file := range sources(t) {
		if !strings.HasPrefix(file, "internal/daemon/") || file == "internal/daemon/loop.go" {
			continue
		}
		for n, line := range lines(t, file) {
			if strings.HasPrefix(strings.TrimSpace(line), "go ") {
				t.Errorf("%s:%d starts a goroutine; only loop.go may", file, n+1)
			}
		}
	}
}

func TestTheTopLevelIsTheOwnersChoice(t *testing.T) {
	want := []string{"cmd", "crawler", "classify", "alert", "config", "internal", "contrib", "docs"}
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !slices.Contains(want, e.Name()) && e.Name() != "bin" {
			t.Errorf("folder %s is not part of the house", e.Name())
		}
	}
}

// sources returns the imports of every Go file that is not a test.
func sources(t *testing.T) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	err := filepath.WalkDir(".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (strings.HasPrefix(d.Name(), ".") && p != "." || d.Name() == "testdata") {
			return fs.SkipDir
		}
		if !strings.HasSuffix(p, ".go") || strings.HasSuffix(p, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), p, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		file := filepath.ToSlash(p)
		out[file] = nil
		for _, i := range f.Imports {
			out[file] = append(out[file], strings.Trim(i.Path.Value, `"`))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func lines(t *testing.T, file string) []string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(string(text), "\n")
}
