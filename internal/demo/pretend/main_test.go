package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestDrivenFromOutside starts the command as tests of other packages do, tells
// it a step by hand and asks what it saw.
func TestDrivenFromOutside(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := run(ctx, []string{"--manual", "--story", "short", "--dir", dir, "--state", filepath.Join(dir, "slack.jsonl")}, in)
		in.CloseWithError(err)
		done <- err
	}()
	said := map[string]string{}
	for lines := bufio.NewScanner(out); lines.Scan() && lines.Text() != "ready"; {
		k, v, _ := strings.Cut(lines.Text(), "=")
		said[k] = v
	}
	if said["blogs"] == "" {
		t.Skip("no loopback addresses besides 127.0.0.1:", <-done)
	}
	post(t, said["blogs"]+"/_/step", "", 200)
	post(t, said["slack"]+"/hook/care", `{"text":"hello"}`, 200)
	var posts, messages []any
	get(t, said["blogs"]+"/_/posts.json", &posts)
	get(t, said["slack"]+"/_/messages.json", &messages)
	if len(posts) < 2 || len(messages) != 1 {
		t.Errorf("%d posts, %d messages", len(posts), len(messages))
	}
	raw, err := os.ReadFile(said["config"])
	if err != nil || !strings.Contains(string(raw), said["api"]) {
		t.Errorf("config: %v\n%s", err, raw)
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("does not end")
	}
}

func TestFlagsThatCannotBe(t *testing.T) {
	for _, args := range [][]string{{"--story", "none"}, {"--nonsense"}, {"--blogs", "nowhere:x"}} {
		if err := run(t.Context(), args, io.Discard); err == nil {
			t.Errorf("%v: no error", args)
		}
	}
}

func post(t *testing.T, url, body string, want int) {
	t.Helper()
	res, err := http.Post(url, "application/json", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if err := res.Body.Close(); err != nil || res.StatusCode != want {
		t.Errorf("%s: %d %v", url, res.StatusCode, err)
	}
}

func get(t *testing.T, url string, into any) {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if err := json.NewDecoder(res.Body).Decode(into); err != nil {
		t.Fatal(err)
	}
}
