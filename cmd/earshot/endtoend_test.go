package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"earshot/internal/demo"

	"github.com/rogpeppe/go-internal/testscript"
)

// The true world: the built binary, a blogosphere and a Slack in another
// process, loopback, real seconds.

var builtDir string

var binaries = sync.OnceValues(func() (map[string]string, error) {
	dir, err := os.MkdirTemp("", "earshot-bin-")
	if err != nil {
		return nil, err
	}
	builtDir = dir
	built := map[string]string{}
	for name, pkg := range map[string]string{"earshot": "earshot/cmd/earshot", "pretend": "earshot/internal/demo/pretend"} {
		built[name] = filepath.Join(dir, name)
		if out, err := exec.Command("go", "build", "-o", built[name], pkg).CombinedOutput(); err != nil {
			return nil, fmt.Errorf("build %s: %w\n%s", name, err, out)
		}
	}
	return built, nil
})

func TestMain(m *testing.M) {
	os.Exit(testscript.RunMain(cleanMain{m}, map[string]func() int{"earshot": earshotMain}))
}

// cleanMain removes the built binaries when all tests are done.
type cleanMain struct{ m *testing.M }

// Run implements testscript.TestingM.
func (c cleanMain) Run() int {
	code := c.m.Run()
	if builtDir != "" {
		if err := os.RemoveAll(builtDir); err != nil {
			fmt.Fprintln(os.Stderr, err)
		}
	}
	return code
}

// world is the pretend process and the earshot process that listens to it.
type world struct {
	t       *testing.T
	bin     map[string]string
	slack   string // base URL of the pretend Slack, with its control routes
	config  string
	listen  string
	earshot *exec.Cmd
	log     *bytes.Buffer
}

func openWorld(t *testing.T, args ...string) *world {
	t.Helper()
	bin, err := binaries()
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, bin: bin, listen: freePort(t)}
	cmd := exec.Command(bin["pretend"], append([]string{"--dir", t.TempDir(), "--listen", w.listen}, args...)...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { end(t, cmd, syscall.SIGTERM) })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		name, value, _ := strings.Cut(lines.Text(), "=")
		switch name {
		case "slack":
			w.slack = value
		case "config":
			w.config = value
		case "ready":
			return w
		}
	}
	t.Fatal("the pretend process ended")
	return nil
}

func end(t *testing.T, cmd *exec.Cmd, sig os.Signal) {
	t.Helper()
	if cmd.ProcessState != nil {
		return
	}
	if err := cmd.Process.Signal(sig); err != nil {
		t.Error(err)
	}
	if err := cmd.Wait(); err != nil && sig == syscall.SIGTERM {
		t.Errorf("%s: %v", filepath.Base(cmd.Path), err)
	}
}

func freePort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// run starts the daemon and returns how long it took to be ready.
func (w *world) run() time.Duration {
	w.t.Helper()
	w.log = &bytes.Buffer{}
	w.earshot = exec.Command(w.bin["earshot"], "run", "--config", w.config)
	w.earshot.Stderr = w.log
	began := time.Now()
	if err := w.earshot.Start(); err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() {
		if w.t.Failed() {
			w.t.Logf("the daemon's log:\n%s", w.log)
		}
		end(w.t, w.earshot, syscall.SIGKILL)
	})
	w.until("the daemon is ready", 20*time.Second, func() string {
		_, err := get("http://" + w.listen + "/-/ready")
		return words(err)
	})
	return time.Since(began)
}

func words(err error) string {
	if err == nil {
		return ""
	}
	return err.Error()
}

// until asks again and again until nothing is missing.
func (w *world) until(what string, patience time.Duration, missing func() string) {
	w.t.Helper()
	last := ""
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(50 * time.Millisecond) {
		if last = missing(); last == "" {
			return
		}
	}
	w.t.Fatalf("%s: not within %s: %s", what, patience, last)
}

func get(url string) ([]byte, error) {
	resp, err := http.Get(url)
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(resp.Body)
	if closing := resp.Body.Close(); err == nil {
		err = closing
	}
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s: %.200s", url, resp.Status, body)
	}
	return body, err
}

func ask[T any](w *world, name string) T {
	w.t.Helper()
	var v T
	body, err := get(w.slack + "/_/" + name + ".json")
	if err == nil {
		err = json.Unmarshal(body, &v)
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return v
}

func (w *world) order(name string, body any) {
	w.t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		w.t.Fatal(err)
	}
	resp, err := http.Post(w.slack+"/_/"+name, "application/json", bytes.NewReader(text))
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		w.t.Fatalf("%s: %s %s %v", name, resp.Status, answer, err)
	}
	if err := resp.Body.Close(); err != nil {
		w.t.Fatal(err)
	}
}

func TestEndToEndTheStoryIsTold(t *testing.T) {
	w := openWorld(t, "--story", "short")
	w.run()
	w.until("the story", 90*time.Second, func() string {
		missed := ask[[]demo.Missed](w, "missed")
		if len(missed) > 0 {
			return fmt.Sprint(missed)
		}
		return ""
	})
	if d := ask[[]demo.Duplicate](w, "duplicates"); len(d) > 0 {
		t.Errorf("told twice: %v", d)
	}
	metrics, err := get("http://" + w.listen + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`earshot_alerts_total{reason="sent"`, "earshot_watchdog 1", `earshot_sources{state="ok"}`} {
		if !strings.Contains(string(metrics), want) {
			t.Errorf("/metrics has no %s", want)
		}
	}
	page, err := get("http://" + w.listen + "/-/healthy")
	if err != nil {
		t.Errorf("healthy: %s %v", page, err)
	}
	end(t, w.earshot, syscall.SIGTERM)
}

func TestEndToEndABadReloadChangesNothing(t *testing.T) {
	w := openWorld(t, "--story", "short", "--manual")
	w.run()
	good, err := os.ReadFile(w.config)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(w.config, append(good, "\nbrandz: 3\n"...), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.earshot.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	w.until("the metric says so", 10*time.Second, func() string {
		metrics, err := get("http://" + w.listen + "/metrics")
		if err == nil && !strings.Contains(string(metrics), "earshot_config_last_reload_successful 0") {
			return "the reload counts as good"
		}
		return words(err)
	})
	if _, err := get("http://" + w.listen + "/-/ready"); err != nil {
		t.Errorf("after a bad reload: %v", err)
	}
	if err := os.WriteFile(w.config, good, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := w.earshot.Process.Signal(syscall.SIGHUP); err != nil {
		t.Fatal(err)
	}
	w.until("it heals", 10*time.Second, func() string {
		metrics, err := get("http://" + w.listen + "/metrics")
		if err == nil && !strings.Contains(string(metrics), "earshot_config_last_reload_successful 1") {
			return "the reload counts as bad"
		}
		return words(err)
	})
}
