package classify

import (
	"sort"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// foldedText is a text in the form that names are looked up in: NFKC, case
// folded, Latin letters without their accents, every run of white space or
// hyphens one blank, a paragraph break one line feed. Shifts lead back to the
// original bytes.
type foldedText struct {
	bytes  []byte
	shifts []foldShift
	space  bool // the last byte is white space
}

// foldShift says that from folded byte at on, original = folded + delta.
type foldShift struct{ at, delta int32 }

// Classes of an ASCII byte in the fold table.
const (
	foldSpace = 1 // white space and hyphen
	foldLine  = 2 // line feed
	foldDrop  = 3 // control characters
)

// foldASCII maps an ASCII byte to its folded form, or to a class above.
var foldASCII = buildFoldASCII()

func buildFoldASCII() (t [128]byte) {
	for i := range t {
		switch c := byte(i); {
		case c >= 'A' && c <= 'Z':
			t[i] = c | 0x20
		case c == '\n':
			t[i] = foldLine
		case c == ' ' || c == '\t' || c == '\r' || c == '-':
			t[i] = foldSpace
		case c < ' ' || c == 0x7f:
			t[i] = foldDrop
		case c == '`':
			t[i] = '\''
		default:
			t[i] = c
		}
	}
	return t
}

// foldLatin holds the folded form of U+00C0..U+024F, "" where NFKC decides.
var foldLatin = buildFoldLatin()

const (
	foldLatinFirst = 0xC0
	foldLatinLast  = 0x24F
)

func buildFoldLatin() (t [foldLatinLast - foldLatinFirst + 1]string) {
	special := map[rune]string{'ß': "ss", 'æ': "ae", 'Æ': "ae", 'œ': "oe", 'Œ': "oe", 'ø': "o", 'Ø': "o", 'đ': "d", 'Đ': "d", 'ł': "l", 'Ł': "l", 'ı': "i", 'ð': "d", 'Ð': "d", 'þ': "th", 'Þ': "th"}
	for r := rune(foldLatinFirst); r <= foldLatinLast; r++ {
		if s, ok := special[r]; ok {
			t[r-foldLatinFirst] = s
			continue
		}
		if unicode.IsLetter(r) {
			t[r-foldLatinFirst] = foldMarks(norm.NFKD.String(string(r)))
		}
	}
	return t
}

// foldMarks drops combining marks and folds the case of what is left.
func foldMarks(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		if !unicode.Is(unicode.Mn, r) {
			out = utf8.AppendRune(out, foldCase(r))
		}
	}
	return string(out)
}

// foldCase is simple case folding: it brings final sigma and its like together.
func foldCase(r rune) rune { return unicode.ToLower(unicode.ToUpper(r)) }

// foldPool lends buffers, so that spotting allocates nothing per text.
var foldPool = sync.Pool{New: func() any { return new(foldedText) }}

// borrowFold returns the folded text; give it back with release.
func borrowFold(text string) *foldedText {
	f := foldPool.Get().(*foldedText)
	f.fold(text)
	return f
}

func (f *foldedText) release() {
	if cap(f.bytes) <= 4<<20 { // a giant's buffer is not worth keeping
		foldPool.Put(f)
	}
}

// foldString folds a short string, such as an alias.
func foldString(s string) string {
	var f foldedText
	f.fold(s)
	for len(f.bytes) > 0 && (f.bytes[len(f.bytes)-1] == ' ' || f.bytes[len(f.bytes)-1] == '\n') {
		f.bytes = f.bytes[:len(f.bytes)-1]
	}
	return string(f.bytes)
}

// fold reads text into f, replacing what f held.
func (f *foldedText) fold(text string) {
	f.bytes, f.shifts, f.space = f.bytes[:0], f.shifts[:0], true
	if cap(f.bytes) < len(text) {
		f.bytes = make([]byte, 0, len(text)+len(text)/8)
	}
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i = f.ascii(text, i)
			continue
		}
		i = f.wide(text, i)
	}
}

// ascii folds a run of ASCII and returns where it ends.
func (f *foldedText) ascii(text string, i int) int {
	out, space := f.bytes, f.space
	for i < len(text) {
		c := text[i]
		if c >= utf8.RuneSelf {
			break
		}
		b := foldASCII[c]
		if b > foldDrop {
			out = append(out, b)
			space = false
			i++
			continue
		}
		if b == foldSpace && !space {
			out = append(out, ' ')
			space = true
			i++
			continue
		}
		f.bytes, f.space = out, space
		f.blank(b)
		out, space = f.bytes, f.space
		i++
		f.mark(i)
	}
	f.bytes, f.space = out, space
	return i
}

// blank adds white space of a class where there may be some already. A second
// line feed makes the blank a paragraph break.
func (f *foldedText) blank(class byte) {
	n := len(f.bytes)
	switch {
	case class == foldDrop || n == 0:
	case class == foldLine && n > 0 && f.bytes[n-1] == foldSoft:
		f.bytes[n-1] = '\n'
	case class == foldLine && f.space:
		if f.bytes[n-1] == ' ' {
			f.bytes[n-1] = foldSoft
		}
	case f.space:
	case class == foldLine:
		f.bytes, f.space = append(f.bytes, foldSoft), true
	default:
		f.bytes, f.space = append(f.bytes, ' '), true
	}
}

// foldSoft is a single line feed: a blank to names, but two of them end a
// paragraph. It is below every printable byte and counts as a blank.
const foldSoft = '\v'

// mark notes that the next folded byte comes from original byte orig.
func (f *foldedText) mark(orig int) {
	at, delta := int32(len(f.bytes)), int32(orig-len(f.bytes))
	n := len(f.shifts)
	if n > 0 && f.shifts[n-1].at == at {
		f.shifts[n-1].delta = delta
		return
	}
	if n > 0 && f.shifts[n-1].delta == delta || n == 0 && delta == 0 {
		return
	}
	f.shifts = append(f.shifts, foldShift{at, delta})
}

// wide folds one non-ASCII rune (or one stretch that NFKC must see whole) and
// returns where it ends.
func (f *foldedText) wide(text string, i int) int {
	r, n := utf8.DecodeRuneInString(text[i:])
	end := i + n
	switch {
	case r == utf8.RuneError && n <= 1:
		f.put(0xFFFD)
	case foldPlain(r):
		f.bytes = append(f.bytes, text[i:end]...)
		f.space = false
		return end // same length: the shift stays
	case r >= foldLatinFirst && r <= foldLatinLast && foldLatin[r-foldLatinFirst] != "":
		f.bytes = append(f.bytes, foldLatin[r-foldLatinFirst]...)
		f.space = false
	case r >= 0xFF01 && r <= 0xFF5E:
		f.single(byte(r - 0xFF01 + '!'))
	case r >= 0x300 && r <= 0x36F || r == 0xAD || r >= 0x200B && r <= 0x200F || r == 0x2060 || r == 0xFEFF || r >= 0xFE00 && r <= 0xFE0F:
		// accents, soft hyphens, zero-width and variation marks leave nothing
	case r == 0x2018 || r == 0x2019 || r == 0xB4 || r == 0x2BC || r == 0x2032:
		f.single('\'')
	case r == 0x3000 || r == 0xA0 || r >= 0x2010 && r <= 0x2015 || r >= 0x2000 && r <= 0x200A || r == 0x202F:
		f.blank(foldSpace)
	case r == 0x2028 || r == 0x2029:
		f.blank(foldLine)
	default:
		end = f.compose(text, i, n)
	}
	f.mark(end)
	return end
}

// foldPlain says whether a rune folds to itself: Han, kana, Hangul syllables,
// Chinese punctuation.
func foldPlain(r rune) bool {
	return r >= 0x4E00 && r <= 0x9FFF || r >= 0x3001 && r <= 0x303F || r >= 0x3041 && r <= 0x30FE || r >= 0x3400 && r <= 0x4DBF || r >= 0xAC00 && r <= 0xD7A3 || r == 0x201C || r == 0x201D
}

// single appends one ASCII character that stood there in another form.
func (f *foldedText) single(c byte) {
	if b := foldASCII[c]; b > foldDrop {
		f.bytes, f.space = append(f.bytes, b), false
		return
	}
	f.blank(foldASCII[c])
}

func (f *foldedText) put(r rune) {
	f.bytes, f.space = utf8.AppendRune(f.bytes, r), false
}

// foldStretch bounds how far NFKC looks: a rune and its marks are never longer
// in honest text.
const foldStretch = 64

// compose runs NFKC over one stretch and folds its case.
func (f *foldedText) compose(text string, i, n int) int {
	end := i + n
	limit := min(len(text), i+foldStretch)
	for end < limit {
		r, m := utf8.DecodeRuneInString(text[end:limit])
		if !unicode.Is(unicode.M, r) {
			break
		}
		end += m
	}
	var buf [4 * foldStretch]byte
	for _, r := range string(norm.NFKC.AppendString(buf[:0], text[i:end])) {
		switch {
		case r < utf8.RuneSelf:
			f.single(byte(r))
		case r >= foldLatinFirst && r <= foldLatinLast && foldLatin[r-foldLatinFirst] != "":
			f.bytes, f.space = append(f.bytes, foldLatin[r-foldLatinFirst]...), false
		case unicode.IsSpace(r):
			f.blank(foldSpace)
		default:
			f.put(foldCase(r))
		}
	}
	return end
}

// original returns the original byte of folded byte at (at may be the length).
func (f *foldedText) original(at int) int {
	i := sort.Search(len(f.shifts), func(i int) bool { return int(f.shifts[i].at) > at })
	if i == 0 {
		return at
	}
	return at + int(f.shifts[i-1].delta)
}

// span returns the original bytes of folded bytes [a, b). White space that was
// dropped after the name is not part of it.
func (f *foldedText) span(text string, a, b int) (int, int) {
	start, end := f.original(a), f.original(b)
	if b > a { // a shift at b belongs to what follows the name
		last := f.original(b - 1)
		if r, n := utf8.DecodeRuneInString(text[min(last, len(text)):]); r != utf8.RuneError && last+n <= end {
			end = max(last+n, start)
			for end < f.original(b) && end < len(text) { // keep marks of the last letter
				m, k := utf8.DecodeRuneInString(text[end:])
				if !unicode.Is(unicode.M, m) {
					break
				}
				end += k
			}
		}
	}
	return min(start, len(text)), min(max(end, start), len(text))
}
