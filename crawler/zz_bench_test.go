package crawler

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	nurl "net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/markusmobius/go-trafilatura"
)

type ev struct {
	url, file, date, title  string
	with, without, comments []string
}

func loadEv(t *testing.T, root string) (out []ev) {
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, "scripts/comparison/data.go"), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	list := func(e ast.Expr) (out []string) {
		if c, ok := e.(*ast.CompositeLit); ok {
			for _, x := range c.Elts {
				if b, ok := x.(*ast.BasicLit); ok {
					s, _ := strconv.Unquote(b.Value)
					out = append(out, s)
				}
			}
		}
		return
	}
	ast.Inspect(f, func(n ast.Node) bool {
		kv, ok := n.(*ast.KeyValueExpr)
		if !ok {
			return true
		}
		k, ok := kv.Key.(*ast.BasicLit)
		if !ok {
			return true
		}
		c, ok := kv.Value.(*ast.CompositeLit)
		if !ok {
			return true
		}
		e := ev{}
		e.url, _ = strconv.Unquote(k.Value)
		for _, x := range c.Elts {
			f := x.(*ast.KeyValueExpr)
			switch f.Key.(*ast.Ident).Name {
			case "File":
				e.file, _ = strconv.Unquote(f.Value.(*ast.BasicLit).Value)
			case "Date":
				e.date, _ = strconv.Unquote(f.Value.(*ast.BasicLit).Value)
			case "Title":
				e.title, _ = strconv.Unquote(f.Value.(*ast.BasicLit).Value)
			case "With":
				e.with = list(f.Value)
			case "Without":
				e.without = list(f.Value)
			case "Comments":
				e.comments = list(f.Value)
			}
		}
		out = append(out, e)
		return false
	})
	return
}

func TestZZBench(t *testing.T) {
	root := os.Getenv("TRAF")
	if root == "" {
		t.Skip()
	}
	sq := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	type sc struct{ tp, fp, fn, tn int }
	var ours, traf sc
	add := func(s *sc, text string, e ev) (int, int) {
		text = sq(text)
		w, wo := 0, 0
		for _, x := range e.with {
			if strings.Contains(text, sq(x)) {
				s.tp++
				w++
			} else {
				s.fn++
			}
		}
		for _, x := range e.without {
			if strings.Contains(text, sq(x)) {
				s.fp++
				wo++
			} else {
				s.tn++
			}
		}
		return w, wo
	}
	var cTot, cFound, cLeak, dTot, dOK, dWrong, empty int
	var slow time.Duration
	for i, e := range loadEv(t, root) {
		if i%4 != 0 {
			continue
		}
		b, err := os.ReadFile(filepath.Join(root, "test-files/comparison", e.file))
		if err != nil {
			b, err = os.ReadFile(filepath.Join(root, "test-files/mock", e.file))
		}
		if err != nil {
			continue
		}
		began := time.Now()
		p, err := ParsePage(b, e.url, Hints{})
		slow = max(slow, time.Since(began))
		if err != nil || p.Text == "" {
			empty++
			fmt.Println("EMPTY", e.file, err)
		}
		w, wo := add(&ours, p.Text, e)
		cache := "/tmp/trafcache/" + strings.ReplaceAll(e.file, "/", "_")
		tt := ""
		if cb, err := os.ReadFile(cache); err == nil {
			tt = string(cb)
		} else {
			u, _ := nurl.Parse(e.url)
			res, err := trafilatura.Extract(bytes.NewReader(b), trafilatura.Options{OriginalURL: u, EnableFallback: true, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled})
			if err == nil {
				tt = res.ContentText
			}
			os.MkdirAll("/tmp/trafcache", 0o755)
			os.WriteFile(cache, []byte(tt), 0o644)
		}
		tw, two := add(&traf, tt, e)
		if os.Getenv("V") != "" && (w < tw || wo > two) {
			fmt.Printf("%s with %d/%d (traf %d) without %d/%d (traf %d) len %d/%d\n", e.file, w, len(e.with), tw, wo, len(e.without), two, len(p.Text), len(tt))
		}
		all := ""
		for _, c := range p.Comments {
			all += " " + sq(c.Text)
		}
		for _, c := range e.comments {
			cTot++
			if strings.Contains(all, sq(c)) {
				cFound++
			} else if os.Getenv("C") != "" {
				fmt.Println("COMMENT MISSING", e.file, len(p.Comments), c)
			}
			if strings.Contains(sq(p.Text), sq(c)) {
				cLeak++
			}
		}
		if e.date != "" {
			dTot++
			if p.Published.Format("2006-01-02") == e.date {
				dOK++
			} else if !p.Published.IsZero() {
				dWrong++
				if os.Getenv("D") != "" {
					fmt.Println("DATE", e.file, p.Published.Format("2006-01-02"), e.date)
				}
			} else if os.Getenv("D") != "" {
				fmt.Println("NODATE", e.file, e.date)
			}
		}
	}
	pr := func(n string, s sc) {
		P := float64(s.tp) / float64(s.tp+s.fp)
		R := float64(s.tp) / float64(s.tp+s.fn)
		fmt.Printf("%s P %.3f R %.3f F %.3f acc %.3f\n", n, P, R, 2*P*R/(P+R), float64(s.tp+s.tn)/float64(s.tp+s.tn+s.fp+s.fn))
	}
	pr("ours", ours)
	pr("traf", traf)
	fmt.Printf("comments %d/%d leak %d; dates %d/%d wrong %d; empty %d slow %s\n", cFound, cTot, cLeak, dOK, dTot, dWrong, empty, slow)
}
