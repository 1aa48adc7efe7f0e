package crawler

import (
	"regexp"
	"strings"
)

// tailRE are short lines below which a page offers something else: other posts, a
// newsletter, an app.
var tailRE = regexp.MustCompile(`(?i)^[\s\pP\pS]*(?:` +
	`related(?: (?:articles?|posts?|stories|content|reading|links|topics|news|coverage))?|read (?:more|next|also)|more (?:from|on|like|about|stories|news|in) .{0,40}|more (?:stories|articles|posts|news)|you (?:may|might) (?:also )?(?:like|enjoy|be interested in)|recommended(?: (?:for you|reading|articles|stories))?|(?:most|also) (?:read|popular|on .{2,30})|what to read next|up next|trending(?: now)?|(?:get|sign up|subscribe) .{0,40}newsletters?|subscribe to .{0,50}|follow us .{0,40}|share this (?:article|post|story)|about the authors?|previous (?:post|article)|next (?:post|article)|` +
	`mehr zum thema|mehr (?:dazu|davon|von .{2,30}|aus .{2,30})|lesen sie auch|auch (?:interessant|spannend|lesenswert)|das k[oö]nnte (?:sie|dich|euch|ihnen) (?:auch )?(?:interessieren|gefallen)|weitere (?:artikel|beitr[aä]ge|themen|nachrichten|meldungen|informationen|infos).{0,30}|passend zum thema|verwandte (?:artikel|beitr[aä]ge|themen)|[aä]hnliche (?:artikel|beitr[aä]ge|themen)|meistgelesen|empfohlene beitr[aä]ge|(?:zum )?newsletter(?: abonnieren| anmelden)?|schon gelesen|[uü]ber den autor|[uü]ber die autorin|neueste (?:artikel|beitr[aä]ge)|anzeige|` +
	`art[ií]culos relacionados|noticias relacionadas|relacionad[oa]s?|te puede interesar|(?:le|te) (?:puede|podr[ií]a) interesar|tambi[eé]n te puede interesar|m[aá]s (?:noticias|informaci[oó]n|sobre .{2,40}|en .{2,40})|lea tambi[eé]n|lo m[aá]s le[ií]do|sigue leyendo|` +
	`articoli correlati|leggi anche|potrebbe(?:ro)? (?:anche )?interessar(?:ti|vi)|ti potrebbe(?:ro)? interessare|altri articoli|i pi[uù] letti|notizie correlate|` +
	`sur le m[eê]me (?:sujet|th[eè]me)|[aà] lire aussi|lire aussi|articles? (?:li[eé]s|similaires?|associ[eé]s)|les plus lus|dans la m[eê]me (?:rubrique|cat[eé]gorie)|` +
	`leia (?:tamb[eé]m|mais)|veja tamb[eé]m|not[ií]cias relacionadas|mais (?:lidas|not[ií]cias)|` +
	`czytaj (?:te[zż]|tak[zż]e|wi[eę]cej)|zobacz (?:te[zż]|tak[zż]e)|polecamy|powi[aą]zane|` +
	`相关(?:文章|阅读|新闻|推荐|链接)|推荐阅读|延伸阅读|上一篇.*|下一篇.*|関連(?:記事|リンク|ニュース)|あわせて読みたい)[\s\pP\pS]*$`)

// withoutTail cuts what a page offers below its article: from such a line on, if
// what follows is less than a third of it and made of short lines. A line of that kind
// within the text goes alone.
func withoutTail(text string) string {
	lines := strings.Split(text, "\n")
	size, at := 0, make([]int, len(lines)) // bytes before each line
	for i, line := range lines {
		at[i] = size
		size += len(line)
	}
	for i, line := range lines {
		if len(line) > 90 || at[i]*10 < size*7 || !tailRE.MatchString(line) {
			continue
		}
		if teasers(lines[i+1:]) {
			return strings.TrimSpace(strings.Join(lines[:i], "\n"))
		}
	}
	return text
}

// teasers says whether lines are headlines and their like: hardly one is a
// paragraph.
func teasers(lines []string) bool {
	long, all := 0, 0
	for _, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		all++
		if wordCount(line, 41) > 40 {
			long++
		}
	}
	return long == 0 || long*6 < all
}
