package crawler

import (
	"bytes"
	"mime"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

var (
	xmlDeclRE  = regexp.MustCompile(`^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']\s*([A-Za-z0-9._:-]+)\s*["']`)
	metaDeclRE = regexp.MustCompile(`(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]+)`)
	xmlEncRE   = regexp.MustCompile(`(<\?xml[^>]{0,200}?)\sencoding\s*=\s*(?:"[^"]*"|'[^']*')`)
)

// toUTF8 decodes a document. Bytes speak louder than labels: a byte order mark,
// then the pattern of zero bytes, then valid UTF-8, then what was declared
// (document, HTTP header), then a guess by what decodes cleanly.
func toUTF8(b []byte, contentType string) []byte {
	if enc, skip := byMark(b); enc != nil {
		return decodeWith(enc, b[skip:])
	}
	if enc := byZeros(b); enc != nil {
		return decodeWith(enc, b)
	}
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	if bytes.Contains(b, []byte("\x1b$B")) || bytes.Contains(b, []byte("\x1b$@")) {
		return decodeWith(japanese.ISO2022JP, b) // seven-bit, and so always valid UTF-8
	}
	declared := declaredEncodings(b, contentType)
	for _, enc := range declared {
		if enc == simplifiedchinese.HZGB2312 && bytes.Contains(b, []byte("~{")) {
			return decodeWith(enc, b)
		}
	}
	if utf8.Valid(b) {
		return b
	}
	if mostlyUTF8(b) {
		return bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	for _, enc := range append(declared, guesses(b)...) {
		if out, clean := tryDecode(enc, b); clean {
			return out
		}
	}
	return decodeWith(charmap.Windows1252, b)
}

// byMark reads a byte order mark. UTF-8's is left to the caller.
func byMark(b []byte) (encoding.Encoding, int) {
	switch {
	case bytes.HasPrefix(b, []byte{0, 0, 0xfe, 0xff}):
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(b, []byte{0xff, 0xfe, 0, 0}):
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), 4
	case bytes.HasPrefix(b, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), 2
	case bytes.HasPrefix(b, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), 2
	}
	return nil, 0
}

// byZeros knows UTF-16 and UTF-32 without a mark by where the first ASCII
// characters put their zeros.
func byZeros(b []byte) encoding.Encoding {
	if len(b) < 8 {
		return nil
	}
	z := [8]bool{}
	for i := range z {
		z[i] = b[i] == 0
	}
	switch {
	case z[0] && z[1] && z[2] && !z[3] && z[4] && z[5]:
		return utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)
	case !z[0] && z[1] && z[2] && z[3] && !z[4] && z[5]:
		return utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)
	case z[0] && !z[1] && z[2] && !z[3]:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	case !z[0] && z[1] && !z[2] && z[3]:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	}
	return nil
}

// declaredEncodings lists what the document and the HTTP header say, without UTF-8.
func declaredEncodings(b []byte, contentType string) []encoding.Encoding {
	head := b[:min(len(b), 2048)]
	var names []string
	for _, re := range []*regexp.Regexp{xmlDeclRE, metaDeclRE} {
		if m := re.FindSubmatch(head); m != nil {
			names = append(names, string(m[1]))
		}
	}
	if _, params, err := mime.ParseMediaType(contentType); err == nil && params["charset"] != "" {
		names = append(names, params["charset"])
	}
	var out []encoding.Encoding
	for _, name := range names {
		if enc := encodingNamed(name); enc != nil {
			out = append(out, enc)
		}
	}
	return out
}

func encodingNamed(name string) encoding.Encoding {
	name = strings.ToLower(strings.TrimSpace(name))
	switch {
	case name == "hz-gb-2312":
		return simplifiedchinese.HZGB2312
	case name == "" || strings.HasPrefix(name, "utf") || strings.HasPrefix(name, "ucs") || strings.Contains(name, "10646") || name == "us-ascii":
		return nil // refuted or confirmed by the bytes already
	}
	if enc, canonical := charset.Lookup(name); enc != nil && canonical != "utf-8" && canonical != "replacement" {
		return enc
	}
	enc, err := ianaindex.IANA.Encoding(name)
	if err != nil {
		return nil
	}
	return enc // may be nil: known but not supported
}

// mostlyUTF8 says whether a text is UTF-8 with a few broken bytes rather than
// another encoding: of what is not ASCII, nearly all forms whole characters.
func mostlyUTF8(b []byte) bool {
	good, bad := 0, 0
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		if r == utf8.RuneError && n == 1 {
			bad++
		} else {
			good++
		}
		b = b[n:]
	}
	return good > 4*bad
}

// guesses orders the encodings to try for bytes whose label is missing or wrong.
// Pairs of high bytes speak for a Chinese or Japanese set, single ones for a western one.
func guesses(b []byte) []encoding.Encoding {
	pairs, singles := highRuns(b)
	if pairs > 4*singles {
		return []encoding.Encoding{simplifiedchinese.GB18030, traditionalchinese.Big5, japanese.EUCJP, japanese.ShiftJIS}
	}
	return []encoding.Encoding{charmap.Windows1252}
}

func highRuns(b []byte) (pairs, singles int) {
	for i := 0; i < len(b); i++ {
		if b[i] < 0x80 {
			continue
		}
		j := i
		for j < len(b) && b[j] >= 0x80 {
			j++
		}
		if run := j - i; run%2 == 0 {
			pairs += run / 2
		} else {
			pairs += run / 2
			singles++
		}
		i = j
	}
	return pairs, singles
}

// tryDecode decodes and says whether no byte was left unexplained.
func tryDecode(enc encoding.Encoding, b []byte) ([]byte, bool) {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return nil, false
	}
	bad := bytes.Count(out, []byte("\uFFFD"))
	return out, bad*200 <= len(b)
}

func decodeWith(enc encoding.Encoding, b []byte) []byte {
	out, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return bytes.ToValidUTF8(b, []byte("\uFFFD"))
	}
	return out
}

// dropXMLEncoding removes the label of a document that is UTF-8 by now.
func dropXMLEncoding(b []byte) []byte {
	head := b[:min(len(b), 1024)]
	loc := xmlEncRE.FindSubmatchIndex(head)
	if loc == nil {
		return b
	}
	out := make([]byte, 0, len(b))
	out = append(out, b[:loc[3]]...)
	return append(out, b[loc[1]:]...)
}
