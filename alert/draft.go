package alert

import (
	"cmp"

	"earshot"
	"earshot/internal/words"
)

// DraftReply begins an honest answer to the case in its author's language, for
// sign to finish and send: Earshot never posts on other people's pages.
func DraftReply(v earshot.CaseView, sign string) string {
	w := words.For(v.Lang)
	text, ok := w.Reply[string(v.Case.Label.Intent)]
	if !ok {
		text = w.Reply[string(earshot.NoIntent)]
	}
	return text.With("author", cmp.Or(name(v.Author.Name), w.Nameless), "sign", sign)
}
