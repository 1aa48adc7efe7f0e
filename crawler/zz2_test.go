package crawler

import (
	"bytes"
	"fmt"
	"golang.org/x/net/html"
	"net/url"
	"os"
	"strings"
	"testing"
)

func TestZZ2(t *testing.T) {
	root := os.Getenv("TRAF")
	if root == "" {
		t.Skip()
	}
	for _, f := range strings.Split(os.Getenv("F"), ",") {
		b, err := os.ReadFile(root + "/test-files/comparison/" + f)
		if err != nil {
			b, _ = os.ReadFile(root + "/test-files/mock/" + f)
		}
		td := tidy(toUTF8(b, ""))
		doc, _ := html.Parse(bytes.NewReader(td.html))
		base, _ := url.Parse("https://x.example/a/b")
		fmt.Println("##", f, len(b), len(td.html), td.elements, td.over, "text", len(nodeText(doc, nil)))
		dropHidden(doc)
		fmt.Println(" after hidden", len(nodeText(doc, nil)))
		_, nodes := readComments(doc, base, "", Hints{})
		for _, n := range nodes {
			fmt.Println("   comment node", n.Data, labels(n), len(nodeText(n, nil)))
			detach(n)
		}
		fmt.Println(" after comments", len(nodeText(doc, nil)))
		for _, d := range prune(doc) {
			fmt.Print(" [", d, "]")
		}
		fmt.Println("\n after prune", len(nodeText(doc, nil)))
	}
}
