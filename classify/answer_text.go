package classify

import (
	"regexp"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	answerWhole  = 12 << 10 // texts up to this size are read whole
	answerEdge   = 4 << 10  // of longer ones this much at either end
	answerAround = 1 << 10  // and this much on either side of the brand
	answerOwn    = "ⓑ"      // stands for the brand in normalised text
	answerOther  = "ⓞ"      // stands for another known brand
)

// answerToken is one word, one Han character or one mark of punctuation.
type answerToken struct {
	norm       string
	start, end int  // bytes of the original text
	punct      bool // separates clauses or sentences
	upper      bool // begins with a capital letter
	quoted     bool
}

// answerSpan is a stretch of the original text, in bytes, and what it is replaced by.
type answerSpan struct {
	start, end int
	as         string
}

// answerWindows gives the stretches of the text that are read.
func answerWindows(in AnswerInput) []answerSpan {
	n := len(in.Text)
	if n <= answerWhole {
		return []answerSpan{{start: 0, end: n}}
	}
	spans := []answerSpan{{start: 0, end: answerEdge}, {start: n - answerEdge, end: n}}
	for _, at := range []int{in.Start, strings.Index(in.Text, in.Brand), strings.LastIndex(in.Text, in.Brand)} {
		if at > 0 && at < n {
			spans = append(spans, answerSpan{start: max(0, at-answerAround), end: min(n, at+answerAround)})
		}
	}
	sort.Slice(spans, func(i, j int) bool { return spans[i].start < spans[j].start })
	var out []answerSpan
	for _, s := range spans {
		s.start, s.end = answerRuneStart(in.Text, s.start), answerRuneStart(in.Text, s.end)
		if len(out) > 0 && s.start <= out[len(out)-1].end {
			out[len(out)-1].end = max(out[len(out)-1].end, s.end)
			continue
		}
		out = append(out, s)
	}
	return out
}

// answerRuneStart moves i back to the beginning of a character.
func answerRuneStart(text string, i int) int {
	for i > 0 && i < len(text) && !utf8.RuneStart(text[i]) {
		i--
	}
	return i
}

// answerNames finds where the brand and the other brands stand in the text from a to b.
func answerNames(in AnswerInput, a, b int) []answerSpan {
	var spans []answerSpan
	add := func(names []string, as string) {
		re := answerNamePattern(names)
		if re == nil {
			return
		}
		for _, m := range re.FindAllStringIndex(in.Text[a:b], -1) {
			if s := (answerSpan{a + m[0], a + m[1], as}); answerWordEdges(in.Text, s) && !answerOverlaps(spans, s) {
				spans = append(spans, s)
			}
		}
	}
	if in.Start >= a && in.End <= b && in.Start < in.End {
		spans = append(spans, answerSpan{answerRuneStart(in.Text, in.Start), answerRuneStart(in.Text, in.End), answerOwn})
	}
	add(append([]string{in.Brand}, in.Aliases...), answerOwn)
	add(in.Others, answerOther)
	sort.Slice(spans, func(i, j int) bool { return spans[i].start < spans[j].start })
	return spans
}

// answerNamePattern matches any of the names in any case, the longest first; nil if there are none.
func answerNamePattern(names []string) *regexp.Regexp {
	var quoted []string
	for _, name := range names {
		if name = strings.TrimSpace(strings.ToValidUTF8(name, "")); name != "" && len(name) < 200 {
			quoted = append(quoted, regexp.QuoteMeta(name))
		}
	}
	if len(quoted) == 0 {
		return nil
	}
	sort.SliceStable(quoted, func(i, j int) bool { return len(quoted[i]) > len(quoted[j]) })
	re, err := regexp.Compile("(?i)[@#]?(?:" + strings.Join(quoted, "|") + ")")
	if err != nil {
		return nil // a name that cannot be searched is a name that does not stand in the text
	}
	return re
}

// answerWordEdges says whether a span of alphabetic text is a whole word; Han needs no edges.
func answerWordEdges(text string, s answerSpan) bool {
	alpha := func(r rune) bool { return unicode.IsLetter(r) && !unicode.Is(unicode.Han, r) || unicode.IsDigit(r) }
	before, _ := utf8.DecodeLastRuneInString(text[:s.start])
	first, _ := utf8.DecodeRuneInString(text[s.start:])
	last, _ := utf8.DecodeLastRuneInString(text[:s.end])
	after, _ := utf8.DecodeRuneInString(text[s.end:])
	if first == '@' || first == '#' {
		return true // a handle such as @AcmeHelp speaks for Acme
	}
	return !(alpha(before) && alpha(first)) && !(alpha(last) && alpha(after))
}

// answerOverlaps says whether s touches one of the spans.
func answerOverlaps(spans []answerSpan, s answerSpan) bool {
	for _, o := range spans {
		if s.start < o.end && o.start < s.end {
			return true
		}
	}
	return false
}

// answerScanner cuts a text into tokens.
type answerScanner struct {
	text   string
	spaced bool
	lang   string
	quoted bool
	out    []answerToken
}

// scan reads text from a to b; names are replaced by their signs.
func (s *answerScanner) scan(a, b int, names []answerSpan) {
	for i := a; i < b; {
		if len(names) > 0 && i >= names[0].start {
			if names[0].end > i {
				end := names[0].end
				for end < b && answerHandleTail(s.text, names[0], end) {
					end++
				}
				s.out = append(s.out, answerToken{norm: names[0].as, start: i, end: end, upper: true, quoted: s.quoted})
				i = end
			}
			names = names[1:]
			continue
		}
		stop := b
		if len(names) > 0 {
			stop = names[0].start
		}
		i = s.next(i, stop)
	}
}

// answerHandleTail says whether the byte at i continues a handle such as @AcmeHelp.
func answerHandleTail(text string, name answerSpan, i int) bool {
	c := text[i]
	return (text[name.start] == '@' || text[name.start] == '#') && (c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')
}

// next reads the token at i and gives the place after it.
func (s *answerScanner) next(i, stop int) int {
	r, size := utf8.DecodeRuneInString(s.text[i:stop])
	switch {
	case r == '\n':
		s.add("\n", i, i+size, true)
	case unicode.IsSpace(r):
		if !s.spaced && len(s.out) > 0 && !s.out[len(s.out)-1].punct && s.hanBefore(i) {
			s.add(",", i, i+size, true) // a blank between Chinese phrases is a comma
		}
	case answerIsQuote(r):
		s.quote(r, i, i+size)
	case unicode.Is(unicode.Han, r):
		s.add(string(answerSimplify(r)), i, i+size, false)
	case answerIsWord(r):
		return s.word(i, stop)
	case r == '\'' || r == '’':
	default:
		s.add(answerMark(r), i, i+size, true)
	}
	return i + size
}

// hanBefore says whether the character before i is Han.
func (s *answerScanner) hanBefore(i int) bool {
	r, _ := utf8.DecodeLastRuneInString(s.text[:i])
	return unicode.Is(unicode.Han, r)
}

func answerIsWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r) || strings.ContainsRune("@#_$€£¥%", r)
}

func answerIsQuote(r rune) bool { return strings.ContainsRune("\"“”«»「」『』", r) }

// quote notes the beginning or end of quoted speech; the mark itself is a weak separator.
func (s *answerScanner) quote(r rune, start, end int) {
	switch {
	case strings.ContainsRune("“«「『", r):
		s.quoted = true
	case strings.ContainsRune("”»」』", r):
		s.quoted = false
	default:
		s.quoted = !s.quoted
	}
	s.add(",", start, end, true)
}

// word reads a run of letters and digits with inner apostrophes, hyphens, and marks inside numbers.
func (s *answerScanner) word(i, stop int) int {
	end := i
	for end < stop {
		r, size := utf8.DecodeRuneInString(s.text[end:stop])
		if !s.spaced && unicode.Is(unicode.Han, r) {
			break
		}
		if !answerIsWord(r) && !s.inner(i, end, end+size, stop, r) {
			break
		}
		end += size
	}
	first, _ := utf8.DecodeRuneInString(s.text[i:end])
	n := len(s.out)
	for _, part := range answerParts(s.lang, s.text[i:end]) {
		s.add(part, i, end, false)
	}
	if n < len(s.out) {
		s.out[n].upper = unicode.IsUpper(first)
	}
	return end
}

// inner says whether r, between start and after, joins two halves of one word.
func (s *answerScanner) inner(start, at, after, stop int, r rune) bool {
	if at == start || after >= stop {
		return false
	}
	next, _ := utf8.DecodeRuneInString(s.text[after:stop])
	last, _ := utf8.DecodeLastRuneInString(s.text[start:at])
	switch r {
	case '\'', '’', '-', '‐', '‑':
		return unicode.IsLetter(next) && unicode.IsLetter(last) || r == '-' && unicode.IsDigit(last) && unicode.IsDigit(next)
	case '.', '/', ':', ',':
		return unicode.IsDigit(next) && unicode.IsDigit(last)
	}
	return false
}

func (s *answerScanner) add(norm string, start, end int, punct bool) {
	if norm == "" {
		return
	}
	s.out = append(s.out, answerToken{norm: norm, start: start, end: end, punct: punct, quoted: s.quoted})
}

// answerMark folds punctuation to . ? ! or the weak separator ",".
func answerMark(r rune) string {
	switch r {
	case '.', '。', '…', ';', '；', '|', '•':
		return "."
	case '!', '！', '¡':
		return "!"
	case '?', '？':
		return "?"
	case '¿':
		return "¿"
	}
	if unicode.IsPunct(r) {
		return ","
	}
	return "," // emoji and other signs separate, but end nothing
}

// answerParts splits contractions, so that "didn't" is "did n't" and "l'hanno" is "l' hanno", and lowers the case.
func answerParts(lang, word string) []string {
	w := strings.ToLower(strings.ReplaceAll(word, "’", "'"))
	if !strings.ContainsAny(w, "0123456789") { // "call-back" is one word, "3-5" stays a range
		w = strings.NewReplacer("-", "", "‐", "", "‑", "").Replace(w)
	}
	if lang == "en" {
		return answerEnglishParts(w)
	}
	head, tail, ok := strings.Cut(w, "'")
	if !ok || tail == "" {
		return []string{w}
	}
	return []string{head + "'", tail}
}

// answerEnglishParts splits n't, 've, 'll and their like, also when the apostrophe was left out.
func answerEnglishParts(w string) []string {
	if bare := strings.ReplaceAll(w, "'", ""); strings.Contains(" didnt doesnt dont hasnt havent hadnt wont wasnt werent isnt arent couldnt wouldnt cant aint shouldnt ", " "+bare+" ") {
		return []string{bare[:len(bare)-2], "n't"}
	}
	head, tail, ok := strings.Cut(w, "'")
	switch {
	case !ok:
		return []string{w}
	case tail == "s" || tail == "ve" || tail == "ll" || tail == "d" || tail == "re" || tail == "m":
		return []string{head, "'" + tail}
	}
	return []string{head + tail}
}
