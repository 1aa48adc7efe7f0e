package web

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// chromium is a headless browser driven through its DevTools protocol, with one
// tab. What the page said that it should not have said is kept in complaints.
type chromium struct {
	t       *testing.T
	conn    *websocket.Conn
	session string
	host    string // the only host that may be asked

	mu         sync.Mutex
	next       int
	answers    map[int]chan reply
	loaded     chan struct{}
	complaints []string
}

type reply struct {
	ID     int
	Result json.RawMessage
	Error  *struct{ Message string }
	Method string
	Params json.RawMessage
}

// launch starts the browser that EARSHOT_BROWSER names, or skips.
func launch(t *testing.T, host string) *chromium {
	t.Helper()
	program := os.Getenv("EARSHOT_BROWSER")
	if program == "" {
		t.Skip("set EARSHOT_BROWSER to a Chromium to walk the pages in it, or run make browser")
	}
	home := t.TempDir()
	cmd := exec.Command(program, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
		"--disable-sync", "--disable-extensions", "--hide-scrollbars", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "--remote-debugging-port=0", "--user-data-dir="+home, "about:blank")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	c := &chromium{t: t, host: host, answers: map[int]chan reply{}, loaded: make(chan struct{}, 100)}
	t.Cleanup(func() {
		if c.conn != nil {
			c.conn.Close()
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Log(err)
		}
		cmd.Wait()                         // killed: what it says on the way out is of no interest
		time.Sleep(100 * time.Millisecond) // its children let go of the folder
	})
	var port string
	for range 200 {
		if text, err := os.ReadFile(filepath.Join(home, "DevToolsActivePort")); err == nil && strings.Count(string(text), "\n") > 0 {
			port = string(text)
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	lines := strings.Split(port, "\n")
	if len(lines) < 2 {
		t.Fatal("the browser did not start")
	}
	var err error
	if c.conn, _, err = websocket.DefaultDialer.Dial("ws://127.0.0.1:"+lines[0]+lines[1], nil); err != nil {
		t.Fatal(err)
	}
	go c.listen()
	c.open()
	return c
}

// open makes the tab and asks to be told what happens in it.
func (c *chromium) open() {
	var made struct{ TargetID string }
	c.do("Target.createTarget", map[string]any{"url": "about:blank"}, &made)
	var attached struct{ SessionID string }
	c.do("Target.attachToTarget", map[string]any{"targetId": made.TargetID, "flatten": true}, &attached)
	c.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		c.do(domain+".enable", nil, nil)
	}
	c.do("Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": `
		window.__shift = 0; window.__refused = [];
		new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) window.__shift += e.value }).observe({type: "layout-shift", buffered: true});
		document.addEventListener("securitypolicyviolation", e => window.__refused.push(e.violatedDirective + " " + e.blockedURI));`}, nil)
}

func (c *chromium) listen() {
	for {
		var r reply
		if err := c.conn.ReadJSON(&r); err != nil {
			return // the browser is gone
		}
		if r.ID == 0 {
			c.heard(r)
			continue
		}
		c.mu.Lock()
		answer := c.answers[r.ID]
		delete(c.answers, r.ID)
		c.mu.Unlock()
		if answer != nil {
			answer <- r
		}
	}
}

// heard keeps what a page must never do: errors on the console, requests to others.
func (c *chromium) heard(r reply) {
	var p struct {
		Type             string
		Request          struct{ URL string }
		Args             []struct{ Value any }
		ExceptionDetails struct{ Text string }
		Entry            struct{ Level, Text, URL string }
		Message          string
	}
	if err := json.Unmarshal(r.Params, &p); err != nil {
		return
	}
	switch r.Method {
	case "Page.loadEventFired":
		c.loaded <- struct{}{}
	case "Page.javascriptDialogOpening":
		c.complain("a dialog: %s", p.Message)
	case "Runtime.exceptionThrown":
		c.complain("an exception: %s", p.ExceptionDetails.Text)
	case "Runtime.consoleAPICalled":
		if p.Type == "error" || p.Type == "assert" {
			c.complain("an error on the console: %v", p.Args)
		}
	case "Log.entryAdded":
		if p.Entry.Level == "error" && !strings.Contains(p.Entry.Text, "the server responded with a status of 4") {
			c.complain("an error in the log: %s %s", p.Entry.Text, p.Entry.URL)
		}
	case "Network.requestWillBeSent":
		if u, err := url.Parse(p.Request.URL); err != nil || u.Host != c.host && u.Scheme != "data" && u.Scheme != "about" {
			c.complain("a request to %s", p.Request.URL)
		}
	}
}

func (c *chromium) complain(format string, args ...any) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.complaints = append(c.complaints, fmt.Sprintf(format, args...))
}

// said returns the complaints since it was last asked.
func (c *chromium) said() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	all := c.complaints
	c.complaints = nil
	return all
}

// do asks the browser for something and waits for its answer.
func (c *chromium) do(method string, params, result any) {
	c.t.Helper()
	if params == nil {
		params = map[string]any{}
	}
	answer := make(chan reply, 1)
	c.mu.Lock()
	c.next++
	id := c.next
	c.answers[id] = answer
	err := c.conn.WriteJSON(map[string]any{"id": id, "method": method, "params": params, "sessionId": c.session})
	c.mu.Unlock()
	if err != nil {
		c.t.Fatal(err)
	}
	select {
	case r := <-answer:
		if r.Error != nil {
			c.t.Fatalf("%s: %s", method, r.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(r.Result, result); err != nil {
				c.t.Fatalf("%s: %v", method, err)
			}
		}
	case <-time.After(30 * time.Second):
		c.t.Fatalf("%s: no answer", method)
	}
}

// visit goes to an address and waits until the page and its fonts are there.
func (c *chromium) visit(address string) {
	c.t.Helper()
	c.expectLoad(func() { c.do("Page.navigate", map[string]any{"url": address}, nil) })
}

// expectLoad does something that loads a page, and waits for it.
func (c *chromium) expectLoad(f func()) {
	c.t.Helper()
	for len(c.loaded) > 0 {
		<-c.loaded
	}
	f()
	select {
	case <-c.loaded:
	case <-time.After(20 * time.Second):
		c.t.Fatal("no page came")
	}
	c.eval(`document.fonts.ready.then(() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(1)))))`, nil)
}

// eval runs a script in the page and returns its value.
func (c *chromium) eval(script string, into any) {
	c.t.Helper()
	var r struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	c.do("Runtime.evaluate", map[string]any{"expression": script, "awaitPromise": true, "returnByValue": true}, &r)
	if r.ExceptionDetails != nil {
		c.t.Fatalf("%.80s: %s %s", script, r.ExceptionDetails.Text, r.ExceptionDetails.Exception.Description)
	}
	if into != nil && len(r.Result.Value) > 0 {
		if err := json.Unmarshal(r.Result.Value, into); err != nil {
			c.t.Fatalf("%.80s: %v", script, err)
		}
	}
}

// look sets the size of the window and whether it is dark.
func (c *chromium) look(width, height int, dark bool) {
	c.do("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 500}, nil)
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	c.do("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
}

// press sends a key.
func (c *chromium) press(key string, code int) {
	for _, kind := range []string{"rawKeyDown", "keyUp"} {
		c.do("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code}, nil)
	}
}

// shoot keeps a picture of the whole page.
func (c *chromium) shoot(file string) {
	c.t.Helper()
	var shot struct{ Data string }
	c.do("Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": true}, &shot)
	data, err := base64.StdEncoding.DecodeString(shot.Data)
	if err == nil {
		err = os.WriteFile(file, data, 0o644)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}
