package slack

import (
	"fmt"
	"net/url"
	"strings"
	"unicode"

	api "github.com/slack-go/slack"

	"earshot/alert"
)

// nothing is a space without width. Put into a word of Slack's own language it
// takes the meaning away and leaves the look.
const nothing = "\u200b"

// inert takes the meaning from what somebody wrote on the web, for places where
// Slack reads plain text: no call to a channel or person, no link in disguise.
func inert(s string) string {
	if !strings.ContainsAny(s, "<@") {
		return s
	}
	var out strings.Builder
	r := []rune(s)
	for i, c := range r {
		out.WriteRune(c)
		next := rune(' ')
		if i+1 < len(r) {
			next = r[i+1]
		}
		if c == '<' && (strings.ContainsRune("!@#/", next) || unicode.IsLetter(next)) || c == '@' && unicode.IsLetter(next) && calls(r[i+1:]) {
			out.WriteString(nothing)
		}
	}
	return out.String()
}

// calls says whether the word after an @ is one that rings for many.
func calls(r []rune) bool {
	word := strings.ToLower(string(r[:min(len(r), 8)]))
	return strings.HasPrefix(word, "here") || strings.HasPrefix(word, "channel") || strings.HasPrefix(word, "everyone") || strings.HasPrefix(word, "group")
}

// mrkdwn makes text safe where Slack reads its markup.
func mrkdwn(s string) string {
	s = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(inert(s))
	var out strings.Builder
	for _, c := range s {
		if strings.ContainsRune("*_~`", c) {
			out.WriteString(nothing)
			out.WriteRune(c)
			out.WriteString(nothing)
			continue
		}
		out.WriteRune(c)
	}
	return out.String()
}

// dateFormat shows a time in each reader's own zone.
const dateFormat = "{date_short_pretty} {time}"

// marked draws a line in mrkdwn.
func marked(l alert.Line, people map[string]string) string {
	var out strings.Builder
	for _, p := range l {
		text := mrkdwn(p.Text)
		switch id := people[p.Person]; {
		case p.Text == "" && p.Person == "":
		case !p.At.IsZero():
			fmt.Fprintf(&out, "<!date^%d^%s|%s>", p.At.Unix(), dateFormat, strings.ReplaceAll(text, "|", "¦"))
		case p.Person != "" && id != "":
			out.WriteString("<@" + id + ">")
		case p.URL != "" && safeURL(p.URL):
			out.WriteString("<" + linkURL(p.URL) + "|" + strings.ReplaceAll(text, "|", "¦") + ">")
		case p.Code:
			out.WriteString("`" + strings.ReplaceAll(mrkdwn(p.Text), "`", "'") + "`")
		case p.Bold:
			out.WriteString("*" + text + "*")
		default:
			out.WriteString(text)
		}
	}
	return out.String()
}

// rich draws a line as elements of rich text, which Slack takes as they are.
func rich(l alert.Line, people map[string]string) []api.RichTextSectionElement {
	var out []api.RichTextSectionElement
	for _, p := range l {
		text := inert(p.Text)
		switch id := people[p.Person]; {
		case text == "":
		case !p.At.IsZero():
			out = append(out, api.NewRichTextSectionDateElement(p.At.Unix(), dateFormat, nil, &text))
		case p.Person != "" && id != "":
			out = append(out, api.NewRichTextSectionUserElement(id, nil))
		case p.URL != "" && safeURL(p.URL):
			out = append(out, api.NewRichTextSectionLinkElement(p.URL, text, nil))
		case p.Bold || p.Code:
			out = append(out, api.NewRichTextSectionTextElement(text, &api.RichTextSectionTextStyle{Bold: p.Bold, Code: p.Code}))
		default:
			out = append(out, api.NewRichTextSectionTextElement(text, nil))
		}
	}
	return out
}

// maxURL is as long an address as Slack takes in a button.
const maxURL = 3000

// safeURL says whether the address is a web page.
func safeURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && len(s) <= maxURL
}

// linkURL writes an address so that it cannot end the link it stands in.
func linkURL(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "%3C", ">", "%3E", "|", "%7C").Replace(s)
}

// clipped cuts s to n characters and says so.
func clipped(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
