package daemon

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"earshot"
	"earshot/config"
)

const contrib = "../../contrib"

// TestContribNamesMetricsThatExist: the dashboard and the alert rules ask for
// nothing that Earshot does not serve.
func TestContribNamesMetricsThatExist(t *testing.T) {
	asked := 0
	for _, name := range []string{"grafana/earshot.json", "prometheus/earshot.rules.yml", "prometheus/earshot_test.yml"} {
		text := readContrib(t, name)
		for _, m := range regexp.MustCompile(`earshot_([a-z_]+)`).FindAllStringSubmatch(strings.ReplaceAll(text, "earshot_test.yml", ""), -1) {
			base := strings.TrimSuffix(m[1], "_bucket")
			if !slices.Contains(contract, base) {
				t.Errorf("%s asks for earshot_%s, which is not served", name, m[1])
			}
			asked++
		}
		for _, m := range regexp.MustCompile(`(status|state|outcome)=~?\\?"([a-z_|0-9]+)`).FindAllStringSubmatch(text, -1) {
			for _, value := range strings.Split(m[2], "|") {
				if !known(m[1], value) {
					t.Errorf("%s asks for %s=%q, which never occurs", name, m[1], value)
				}
			}
		}
	}
	if asked < 40 {
		t.Errorf("only %d metrics were looked at", asked)
	}
}

// known says whether a label may have a value.
func known(label, value string) bool {
	var all []string
	switch label {
	case "state":
		for _, s := range earshot.SourceStates {
			all = append(all, string(s))
		}
	case "status":
		for _, s := range earshot.Statuses {
			all = append(all, string(s))
		}
	case "outcome":
		m := newMetrics("test")
		m.prime(nil)
		families, err := m.registry.Gather()
		if err != nil {
			return false
		}
		for _, f := range families {
			if f.GetName() != "earshot_fetches_total" {
				continue
			}
			for _, x := range f.GetMetric() {
				all = append(all, x.GetLabel()[0].GetValue())
			}
		}
	}
	return slices.Contains(all, value)
}

// TestContribDashboard: every panel says what it shows, and asks the data source
// that the reader chose.
func TestContribDashboard(t *testing.T) {
	var d struct {
		Panels []struct {
			Title, Type string
			Datasource  struct{ UID string }
			Targets     []struct{ Expr string }
		}
	}
	if err := json.Unmarshal([]byte(readContrib(t, "grafana/earshot.json")), &d); err != nil {
		t.Fatal(err)
	}
	for _, p := range d.Panels {
		if p.Type == "row" {
			continue
		}
		if p.Title == "" || len(p.Targets) == 0 || p.Datasource.UID != "${datasource}" {
			t.Errorf("panel %q: %+v", p.Title, p)
		}
	}
	if len(d.Panels) < 15 {
		t.Errorf("%d panels", len(d.Panels))
	}
}

// TestContribExamples: every example config passes the check, without a warning.
func TestContribExamples(t *testing.T) {
	names, err := filepath.Glob(contrib + "/examples/*.yaml")
	if err != nil || len(names) < 3 {
		t.Fatalf("examples: %v, %v", names, err)
	}
	for _, name := range names {
		cfg, faults := config.Load(name, config.Options{NoSecrets: true})
		for _, f := range Check(cfg, faults, Options{NoSecrets: true}) {
			t.Errorf("%s: %v", name, f)
		}
	}
}

// TestContribRules runs the rules' own tests.
func TestContribRules(t *testing.T) {
	tool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("promtool is not here: install Prometheus (Debian: apt-get install prometheus) to run the tests of the alert rules")
	}
	for _, args := range [][]string{{"check", "rules", "earshot.rules.yml"}, {"test", "rules", "earshot_test.yml"}} {
		cmd := exec.CommandContext(t.Context(), tool, args...)
		cmd.Dir = contrib + "/prometheus"
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("promtool %v: %v\n%s", args, err, out)
		}
	}
}

func readContrib(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(contrib, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
