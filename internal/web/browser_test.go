package web

import (
	"fmt"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"earshot"
)

// looks are the ways each page is looked at.
var looks = []struct {
	name          string
	width, height int
	dark          bool
}{{"light", 1280, 900, false}, {"dark", 1280, 900, true}, {"phone", 360, 740, false}}

// gallery is where pictures of the pages are kept, and where axe-core may lie.
func gallery(t *testing.T) string {
	dir := os.Getenv("EARSHOT_BROWSER_DIR")
	if dir == "" {
		dir = filepath.Join(os.TempDir(), "earshot-browser")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestBrowserWalksEveryPage looks at every page as people do: in light, in dark
// and on a phone.
func TestBrowserWalksEveryPage(t *testing.T) {
	w, ids := populate(t)
	w.crowd()
	for i, cause := range []string{"Wrong depot after the merger", "Wrong depot after the merger", "Old timetable", "Wrong depot after the merger", "Nobody answers the telephone after six"} {
		w.closeWith(cause, []earshot.Outcome{earshot.OutcomeFixed, earshot.OutcomeExplained}[i%2], time.Duration(500-90*i)*time.Hour)
	}
	s := server(t, w)
	at := httptest.NewServer(s.Handler())
	defer at.Close()
	c := launch(t, strings.TrimPrefix(at.URL, "http://"))
	dir, axe := gallery(t), ""
	if text, err := os.ReadFile(filepath.Join(dir, "axe.min.js")); err == nil {
		axe = string(text)
	}
	if axe != "" { // an eye that sees nothing would find nothing
		c.visit(at.URL + "/")
		c.eval(`document.querySelector("main").insertAdjacentHTML("beforeend", "<input name=unnamed><p id=faint>faint</p>"); document.getElementById("faint").style.color = "#ddd"`, nil)
		if found := strings.Join(c.axe(axe), " "); !strings.Contains(found, "label") || !strings.Contains(found, "color-contrast") {
			t.Fatalf("axe-core does not see a field without a name or faint text: %s", found)
		}
	}
	views, shift, errors := 0, 0.0, 0
	for _, look := range looks {
		c.look(look.width, look.height, look.dark)
		for _, path := range walked(s, ids) {
			if only := os.Getenv("EARSHOT_BROWSER_ONLY"); only != "" && !strings.Contains(path, only) {
				continue
			}
			c.visit(at.URL + path)
			var saw struct {
				Shift       float64
				Refused     []string
				Width, Wide int
				Title       string
			}
			c.eval(`({Shift: __shift, Refused: __refused, Width: document.documentElement.scrollWidth, Wide: innerWidth, Title: document.title})`, &saw)
			where := look.name + " " + path
			if saw.Width > saw.Wide {
				t.Errorf("%s scrolls sideways: %d in %d", where, saw.Width, saw.Wide)
			}
			if saw.Shift > .01 {
				t.Errorf("%s moves while it loads: %.3f", where, saw.Shift)
			}
			for _, said := range append(c.said(), saw.Refused...) {
				t.Errorf("%s: %s", where, said)
			}
			for _, fault := range c.axe(axe) {
				errors++
				t.Errorf("%s: %s", where, fault)
			}
			shift, views = max(shift, saw.Shift), views+1
			c.shoot(filepath.Join(dir, look.name+pictureName(path)+".png"))
		}
	}
	checked := "axe-core found 0 errors"
	if axe == "" {
		checked = "axe-core was not there"
	}
	if errors > 0 {
		checked = fmt.Sprintf("axe-core found %d errors", errors)
	}
	fmt.Printf("browser: %d views, largest layout shift %.3f, %s, pictures in %s\n", views, shift, checked, dir)
}

// walked are the pages a person can come to, with some questions asked.
func walked(s *Server, ids map[string]string) []string {
	var out []string
	for _, p := range paths(s, ids["ledger"]) {
		if !forPrograms(p) {
			out = append(out, p)
		}
	}
	for _, state := range []string{"overdue", "question", "responded", "promised", "closed"} {
		if ids[state] != "" {
			out = append(out, "/cases/"+ids[state]+"?more")
		}
	}
	return append(out, "/mentions?q=train", "/mentions?q=nothing+like+this", "/cases?status=open", "/cases?status=dismissed&owner=nobody", "/cases/czzz", "/why?url=https://unread.example/post", "/sources?show=look")
}

var notName = regexp.MustCompile(`[^a-zA-Z0-9]+`)

func pictureName(path string) string {
	return "-" + strings.Trim(notName.ReplaceAllString(path, "-"), "-")
}

// axe asks axe-core what is wrong with the page.
func (c *chromium) axe(source string) (faults []string) {
	if source == "" {
		return nil
	}
	c.eval(source+"\n;0", nil)
	c.eval(`axe.run(document, {resultTypes: ["violations"]}).then(r => r.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + " " + (n.any[0] ? n.any[0].message : "")).join(" | ")))`, &faults)
	return faults
}

// TestBrowserShowsWhereTheFocusIs walks pages by the Tab key alone.
func TestBrowserShowsWhereTheFocusIs(t *testing.T) {
	w, ids := populate(t)
	s := server(t, w)
	at := httptest.NewServer(s.Handler())
	defer at.Close()
	c := launch(t, strings.TrimPrefix(at.URL, "http://"))
	c.look(1280, 900, false)
	stops := 0
	for _, path := range []string{"/", "/cases", "/cases/" + ids["ledger"] + "?more", "/mentions", "/sources", "/alerts", "/league"} {
		c.visit(at.URL + path)
		seen := map[string]bool{}
		for range 60 {
			c.press("Tab", 9)
			var f struct {
				Name    string
				Outline float64
				Inside  bool
				Body    bool
			}
			c.eval(`(() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
				return {Name: e.tagName + "." + e.className + " " + (e.textContent || e.name || "").trim().slice(0, 30) + Math.round(r.left) + "," + Math.round(r.top + scrollY), Body: e === document.body,
				Outline: s.outlineStyle === "none" ? 0 : parseFloat(s.outlineWidth), Inside: r.width > 0 && r.bottom > 0 && r.top < innerHeight} })()`, &f)
			if f.Body || seen[f.Name] {
				break
			}
			seen[f.Name] = true
			stops++
			if f.Outline < 2 || !f.Inside {
				t.Errorf("%s: the focus on %q cannot be seen (outline %.0f px, inside %v)", path, f.Name, f.Outline, f.Inside)
			}
		}
		if len(seen) < 15 {
			t.Errorf("%s: the keyboard comes to %d places only", path, len(seen))
		}
	}
	fmt.Printf("browser: the focus was seen at %d stops\n", stops)
}

// TestQ16BrowserRunsNothingThatStrangersWrote opens every page of a store whose
// every text tries to run.
func TestQ16BrowserRunsNothingThatStrangersWrote(t *testing.T) {
	w, id := hostileWorld(t, `"><script>window.__ran=1</script><img src=x onerror="window.__ran=2"><svg onload="window.__ran=3"><a href="javascript:window.__ran=4">x</a>'-window.__ran=5-'</textarea></title><iframe srcdoc="<script>parent.__ran=6</script>">`)
	s := server(t, w)
	at := httptest.NewServer(s.Handler())
	defer at.Close()
	c := launch(t, strings.TrimPrefix(at.URL, "http://"))
	c.look(1280, 900, false)
	views := 0
	for _, path := range append(hostilePaths(s, id), "/mentions?q="+url.QueryEscape(`"><script>window.__ran=7</script>`)) {
		if forPrograms(strings.SplitN(path, "?", 2)[0]) {
			continue
		}
		c.visit(at.URL + path)
		var ran any
		c.eval(`window.__ran === undefined ? null : window.__ran`, &ran)
		for _, said := range c.said() {
			t.Errorf("%s: %s", path, said)
		}
		if ran != nil {
			t.Errorf("%s ran what a stranger wrote: %v", path, ran)
		}
		views++
	}
	fmt.Printf("Q16 browser: %d views of hostile text, nothing ran\n", views)
}
