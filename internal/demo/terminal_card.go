package demo

import (
	"encoding/json"
	"strings"
)

// card prints a message as it stands in its channel, from its blocks; without
// blocks, its text.
func (t *Terminal) card(m Message) {
	v := m.Last()
	var blocks []object
	if err := json.Unmarshal(v.Blocks, &blocks); err != nil || len(blocks) == 0 {
		blocks = []object{{"type": "section", "text": object{"type": "mrkdwn", "text": v.Text}}}
	}
	place := "#" + m.Name
	if m.Name == "" {
		place = "to one person"
	}
	var b strings.Builder
	b.WriteString("\n" + t.paint(place+"  "+v.At.In(t.opt.Zone).Format("15:04:05"), dim))
	if id := v.Metadata.Text("case"); id != "" {
		b.WriteString(t.paint("  "+id+"  "+v.Metadata.Text("status"), dim))
	}
	b.WriteString("\n")
	bar := t.paint("┃ ", tone(v.Metadata.Text("label")))
	for i, lines := range t.blocks(blocks) {
		if i > 0 {
			b.WriteString(strings.TrimRight(bar, " ") + "\n")
		}
		for _, l := range lines {
			b.WriteString(strings.TrimRight(bar+t.draw(l), " ") + "\n")
		}
	}
	t.print(b.String())
}

// tone colours the bar of a card; the header says the same in words.
func tone(label string) style {
	switch label {
	case "complaint":
		return warm | bold
	case "compliment":
		return cool | bold
	}
	return dim
}

// blocks draws every block that has something to show.
func (t *Terminal) blocks(list []object) [][][]cell {
	width := t.opt.Width - 2
	var out [][][]cell
	for _, b := range list {
		if lines := t.block(b, width); len(lines) > 0 {
			out = append(out, lines)
		}
	}
	return out
}

func (t *Terminal) block(b object, width int) [][]cell {
	switch str(b, "type") {
	case "header":
		return wrap(t.object(b["text"]).with(bold).cells(), width)
	case "section":
		return t.section(b, width)
	case "rich_text":
		return t.richText(b, width)
	case "actions":
		return wrap(t.buttons(b["elements"]).cells(), width)
	case "context":
		return wrap(t.join(b["elements"]).with(dim).cells(), width)
	case "divider":
		return [][]cell{plain(strings.Repeat("─", width)).with(dim).cells()}
	case "markdown":
		return wrap(plain(str(b, "text")).cells(), width)
	case "image":
		return wrap(plain("["+str(b, "alt_text")+"]").with(dim).cells(), width)
	}
	return nil
}

// section draws the text, quoted lines behind a bar of their own, then the
// fields in two columns, then what the accessory offers.
func (t *Terminal) section(b object, width int) [][]cell {
	var out [][]cell
	if b["text"] != nil {
		out = append(out, t.quoted(b["text"], width)...)
	}
	if fields, ok := b["fields"].([]any); ok {
		out = append(out, t.fields(fields, width)...)
	}
	if acc, ok := b["accessory"].(object); ok && str(acc, "type") == "button" {
		out = append(out, wrap(t.buttons([]any{acc}).cells(), width)...)
	}
	return out
}

// quoted draws lines that begin with ">" as quotations.
func (t *Terminal) quoted(text any, width int) [][]cell {
	o, ok := text.(object)
	if !ok || str(o, "type") != "mrkdwn" {
		return wrap(t.object(text).cells(), width)
	}
	var out [][]cell
	for line := range strings.SplitSeq(str(o, "text"), "\n") {
		q := line
		for _, mark := range []string{">", "&gt;"} {
			q = strings.TrimPrefix(q, mark)
		}
		if q != line {
			out = append(out, t.quote(t.mrkdwn(q), width)...)
			continue
		}
		out = append(out, wrap(t.mrkdwn(line).cells(), width)...)
	}
	return out
}

func (t *Terminal) quote(s spans, width int) [][]cell {
	var out [][]cell
	for _, l := range wrap(s.cells(), width-2) {
		out = append(out, append(plain("│ ").with(dim).cells(), l...))
	}
	return out
}

// fields draws pairs side by side, as Slack does on a wide screen.
func (t *Terminal) fields(list []any, width int) [][]cell {
	const gap = 2
	half := (width - gap) / 2
	var out [][]cell
	for i := 0; i < len(list); i += 2 {
		left := wrap(t.object(list[i]).cells(), half)
		var right [][]cell
		if i+1 < len(list) {
			right = wrap(t.object(list[i+1]).cells(), half)
		}
		if i > 0 {
			out = append(out, nil)
		}
		for n := range max(len(left), len(right)) {
			var line []cell
			if n < len(left) {
				line = left[n]
			}
			if n < len(right) {
				line = append(pad(line, half+gap), right[n]...)
			}
			out = append(out, line)
		}
	}
	return out
}

// hardSpace keeps a button on one line; it is drawn as a space.
const hardSpace = "\u00a0"

// buttons draws [ Take it ]; the primary one is bold, a menu is [ ... ].
func (t *Terminal) buttons(elements any) spans {
	list, _ := elements.([]any)
	var out spans
	for _, e := range list {
		o, ok := e.(object)
		if !ok {
			continue
		}
		label, st := "...", style(0)
		if text, ok := o["text"].(object); ok {
			label = str(text, "text")
		}
		if str(o, "style") == "primary" {
			st = bold
		}
		if len(out) > 0 {
			out = append(out, span{"  ", 0})
		}
		out = append(out, span{strings.ReplaceAll("[ "+label+" ]", " ", hardSpace), st})
	}
	return out
}

// join draws the elements of a context block one after another.
func (t *Terminal) join(elements any) spans {
	list, _ := elements.([]any)
	var out spans
	for i, e := range list {
		if i > 0 {
			out = append(out, span{"  ", 0})
		}
		out = append(out, t.object(e)...)
	}
	return out
}

// object draws a text object in its own language.
func (t *Terminal) object(v any) spans {
	o, ok := v.(object)
	switch {
	case !ok:
		return nil
	case str(o, "type") == "mrkdwn":
		return t.mrkdwn(str(o, "text"))
	}
	return plain(str(o, "text"))
}

func (t *Terminal) richText(b object, width int) [][]cell {
	list, _ := b["elements"].([]any)
	var out [][]cell
	for _, e := range list {
		o, ok := e.(object)
		if !ok {
			continue
		}
		s := t.inline(o)
		switch str(o, "type") {
		case "rich_text_quote":
			out = append(out, t.quote(s, width)...)
		default:
			out = append(out, wrap(s.cells(), width)...)
		}
	}
	return out
}

// inline reads the words, links, dates and people of a rich text part.
func (t *Terminal) inline(o object) spans {
	list, _ := o["elements"].([]any)
	var out spans
	for i, e := range list {
		part, ok := e.(object)
		if !ok {
			continue
		}
		switch str(part, "type") {
		case "text":
			out = append(out, span{str(part, "text"), partStyle(part)})
		case "link":
			words := str(part, "text")
			if words == "" {
				words = str(part, "url")
			}
			out = append(out, span{words, under})
		case "date":
			if at, ok := part["timestamp"].(float64); ok {
				out = append(out, span{t.date(jsonNumber(at), str(part, "fallback")), 0})
			}
		case "user":
			out = append(out, span{"@" + t.name(str(part, "user_id")), bold})
		case "rich_text_section": // a list's item
			if i > 0 {
				out = append(out, span{"\n", 0})
			}
			out = append(append(out, span{"- ", 0}), t.inline(part)...)
		}
	}
	return trimEnd(out)
}

// trimEnd drops the line end after the last words.
func trimEnd(s spans) spans {
	if n := len(s); n > 0 {
		s[n-1].text = strings.TrimRight(s[n-1].text, "\n")
	}
	return s
}

func partStyle(part object) style {
	marks, _ := part["style"].(object)
	var st style
	for name, bit := range map[string]style{"bold": bold, "italic": italic, "strike": strike} {
		if on, ok := marks[name].(bool); ok && on {
			st |= bit
		}
	}
	return st
}
