package crawler

import "testing"

// The machine's date inside a labelled element wins over what people read there:
// 02/04 on an English page is the second of April if the attribute says so.
func TestTheMachineDateInsideTheLabelWins(t *testing.T) {
	const page = `<!doctype html><html lang="en"><head><title>Post</title></head><body><article><h1>Post</h1>
<p>The fitter put the flue in upside down and the kitchen filled with smoke. I have waited for a week, and nobody came to look at it.</p></article>
<dl id="comments-block"><dt class="comment-author" id="c1"><a href="http://ann.example/">Ann</a> said...</dt><dd class="comment-body"><p>Same with me, they never came back.</p></dd>
<dd class="comment-footer"><span class="comment-timestamp"><a href="#c1" title="comment permalink"><time datetime="2026-04-02T07:38:00Z">02/04/2026 07:38</time></a></span></dd></dl></body></html>`
	p, err := ParsePage([]byte(page), "http://b.example/p", Hints{})
	if err != nil || len(p.Comments) != 1 {
		t.Fatalf("%d comments, %v", len(p.Comments), err)
	}
	if got := p.Comments[0].Published.Format("2006-01-02 15:04"); got != "2026-04-02 07:38" {
		t.Errorf("published %s", got)
	}
}
