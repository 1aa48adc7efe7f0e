package daemon

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"earshot"
	"earshot/crawler"
)

// The least that a reply must say for its repetition to be worth a word, in
// letters and digits, and how long a greeting or a signature is at most.
const (
	leastSaid = 40
	greeting  = 32
)

// saidKey is what makes two replies of a brand the same one: all their letters
// and digits, without whom they greet and who signed. "" for what is no reply,
// or too short to be more than a courtesy.
func saidKey(r earshot.Response, e earshot.Entry) string {
	switch r.Kind {
	case earshot.EvidenceOfficial, earshot.EvidenceClaimed, earshot.EvidencePromise:
	default:
		return ""
	}
	if e.Kind != earshot.Comment || e.Revision > 1 {
		return ""
	}
	said := earshot.CauseKey(unsigned(ungreeted(strings.TrimSpace(e.Text))))
	least := leastSaid
	if strings.IndexFunc(said, func(r rune) bool { return unicode.Is(unicode.Han, r) }) >= 0 {
		least /= 3
	}
	if utf8.RuneCountInString(said) < least {
		return ""
	}
	return crawler.ContentHash("reply", said)
}

// ungreeted drops "Hi Amy," and "Hola, Ana:".
func ungreeted(text string) string {
	for range 2 {
		at := strings.IndexAny(text, ",，!！:：\n")
		if at < 0 || at > greeting || strings.ContainsAny(text[:at], ".。?？") {
			break
		}
		_, size := utf8.DecodeRuneInString(text[at:])
		text = strings.TrimSpace(text[at+size:])
	}
	return text
}

// unsigned drops "- Ann, Delta Cares" and "^AB" behind the last sentence.
func unsigned(text string) string {
	at := strings.LastIndexAny(text, ".。!！?？\n")
	if at < 0 || len(text)-at > greeting+8 {
		return text
	}
	return text[:at]
}
