package classify

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestTmpProse(t *testing.T) {
	brand := regexp.MustCompile(`\{\{([^=}]*)=[^}]*\}\}`)
	for _, lang := range []string{"en", "es", "it", "zh"} {
		n, hits := 0, 0
		for _, by := range []string{"stranger"} {
			src, _ := os.ReadFile(filepath.Join("train", "passages", lang+"-d-01.txt"))
			for _, line := range strings.Split(string(src), "\n") {
				f := strings.SplitN(line, "|", 3)
				if len(f) < 3 || strings.HasPrefix(line, "#") {
					continue
				}
				m := brand.FindStringSubmatch(f[2])
				b := ""
				if m != nil {
					b = m[1]
				}
				text := brand.ReplaceAllString(f[2], "$1")
				a := ReadAnswer(AnswerInput{Text: text, Brand: b, Lang: lang, By: by})
				n++
				if a.Label != AnswerNone {
					hits++
					end := a.End
					if end > len(text) {
						end = len(text)
					}
					t.Logf("%s %s %.2f %s: [%s] %s", lang, a.Label, a.Confidence, a.Why, text[a.Start:end], text)
				}
			}
		}
		t.Logf("%s: %d of %d", lang, hits, n)
	}
}
