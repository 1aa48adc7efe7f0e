package classify

import (
	"strings"

	"earshot"
)

// sarcasm is a cue, not a proof: mocking words, or praise in scare quotes, in a
// passage that complains.
func (d *passageReader) sarcasm(sum *cueSum) bool {
	if d.verdict.Intent != earshot.Complaint && d.verdict.Sentiment != earshot.Negative {
		return false
	}
	if sum[cueMockery] > 0 {
		return true
	}
	for _, q := range quotedParts(d.scope.text) {
		if q.end-q.start > 60 {
			continue
		}
		for _, h := range d.cues {
			at := d.fold.original(int(h.start))
			if h.has(cuePraise) && at >= q.start && at < q.end {
				return true
			}
		}
	}
	return false
}

// leaving says whether the writer goes to another brand, or says so.
func (d *passageReader) leaving() bool {
	if d.verdict.Intent != earshot.Complaint && d.verdict.Sentiment != earshot.Negative {
		return false
	}
	for _, h := range d.cues {
		if !h.has(cueLeaving) {
			continue
		}
		if i := d.sentenceOf(d.fold.original(int(h.start))); i >= 0 && d.near[i] >= .15 {
			return true
		}
	}
	return false
}

// quotePairs are opening and closing quotation marks.
var quotePairs = [...][2]string{{"“", "”"}, {"«", "»"}, {"「", "」"}, {"『", "』"}, {"\"", "\""}, {"„", "“"}}

// quotedParts are the stretches of a text inside quotation marks, without them;
// at most 64, each at most 2,000 bytes.
func quotedParts(text string) []textPart {
	var out []textPart
	for i := 0; i < len(text) && len(out) < 64; {
		at, pair := -1, 0
		for k, p := range quotePairs {
			if j := strings.Index(text[i:], p[0]); j >= 0 && (at < 0 || i+j < at) {
				at, pair = i+j, k
			}
		}
		if at < 0 {
			return out
		}
		open := at + len(quotePairs[pair][0])
		end := strings.Index(text[open:], quotePairs[pair][1])
		if end < 0 || end > 2000 || strings.Contains(text[open:open+end], "\n\n") {
			i = open
			continue
		}
		out = append(out, textPart{open, open + end})
		i = open + end + len(quotePairs[pair][1])
	}
	return out
}
