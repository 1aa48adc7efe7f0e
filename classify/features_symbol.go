package classify

import (
	"unicode"
	"unicode/utf8"
)

// symbol reads punctuation (runs of ! ? . become one token), an ASCII
// emoticon, or an emoji.
func (s *featureScratch) symbol(text string, i, hi int, r rune, n int) int {
	if e := emoticonLen(text[i:hi]); e > 0 {
		s.fixed(i, i+e, text[i:i+e], kindEmoji)
		return i + e
	}
	if r >= 0x2190 && unicode.Is(unicode.So, r) {
		s.fixed(i, i+n, text[i:i+n], kindEmoji)
		return i + n
	}
	a := len(s.norm)
	r = asciiPunct(r)
	s.norm = utf8.AppendRune(s.norm, r)
	j := i + n
	if r == '!' || r == '?' || r == '.' {
		j = s.run(text, j, hi, a)
	}
	s.push(i, j, a, kindPunct, 0)
	t := s.last()
	t.stop = r == '.' || r == '!' || r == '?'
	t.cut = t.stop || cutsClause(r)
	return j
}

// run joins what follows of a run of ! ? . into one token of four at most.
func (s *featureScratch) run(text string, j, hi, a int) int {
	for j < hi {
		r, n := utf8.DecodeRuneInString(text[j:hi])
		r = asciiPunct(r)
		if r != '!' && r != '?' && r != '.' {
			break
		}
		if len(s.norm)-a < 4 {
			s.norm = append(s.norm, byte(r))
		}
		j += n
	}
	return j
}

// asciiPunct brings full-width and typographic punctuation to one form.
func asciiPunct(r rune) rune {
	switch r {
	case '。', '．', '…':
		return '.'
	case '、':
		return ','
	case '“', '”', '«', '»', '「', '」', '『', '』', '„':
		return '"'
	case '‘', '’':
		return '\''
	case '–', '—', '―':
		return '-'
	}
	if r >= '！' && r <= '～' {
		return r - '！' + '!'
	}
	return r
}

// cutsClause tells whether a punctuation mark ends a clause.
func cutsClause(r rune) bool {
	switch r {
	case ',', ';', ':', '(', ')', '-':
		return true
	}
	return false
}

// emoticonLen returns the length of an ASCII emoticon at the start, or 0.
func emoticonLen(t string) int {
	if len(t) < 2 || t[0] != ':' && t[0] != ';' && t[0] != '=' && t[0] != '<' {
		return 0
	}
	if t[0] == '<' {
		if t[1] == '3' {
			return 2
		}
		return 0
	}
	i := 1
	if len(t) > 2 && (t[1] == '-' || t[1] == '\'') {
		i = 2
	}
	switch t[i] {
	case ')', '(', 'D', 'P', 'p', '/', '|', '*':
		if i == 1 && t[i] == '/' && len(t) > 2 && t[2] == '/' {
			return 0
		}
		return i + 1
	}
	return 0
}
