package slack

import (
	"encoding/json"

	api "github.com/slack-go/slack"

	"earshot/alert"
)

// What a message may hold. Slack takes more, but refuses some messages from
// about 13,000 characters although each block is legal.
const (
	maxBlocks  = 12
	maxChars   = 10000
	maxField   = 1000
	maxButton  = 75
	maxHeader  = 150
	maxContext = 1500
)

// draw lays the card out in blocks, within the budget: what does not fit goes,
// from the end, and the last block says what.
func draw(c alert.Card, people map[string]string) []api.Block {
	for level := 0; ; level++ {
		short, cut := alert.Shorten(c, level)
		blocks := layout(short, people)
		if fits(blocks) || !cut {
			return blocks
		}
	}
}

// fits says whether the blocks are within the budget.
func fits(blocks []api.Block) bool {
	if len(blocks) > maxBlocks {
		return false
	}
	raw, err := json.Marshal(api.Blocks{BlockSet: blocks})
	return err == nil && len(raw) <= maxChars
}

func layout(c alert.Card, people map[string]string) []api.Block {
	var blocks []api.Block
	add := func(b api.Block, ok bool) {
		if ok {
			blocks = append(blocks, b)
		}
	}
	add(header(c))
	add(quote(c))
	for _, s := range c.Sections {
		add(section(s, c, people))
	}
	add(facts(c, people))
	add(notes(c, people))
	add(ping(c, people))
	add(actions(c))
	add(why(c, people))
	return blocks
}

func header(c alert.Card) (api.Block, bool) {
	if c.Struck {
		text := api.NewRichTextSectionTextElement(inert(c.Header), &api.RichTextSectionTextStyle{Strike: true})
		return api.NewRichTextBlock("head", api.NewRichTextSection(text)), c.Header != ""
	}
	return api.NewHeaderBlock(plainText(clipped(c.Header, maxHeader))), c.Header != ""
}

// plainText is text that Slack neither marks up nor turns into pictures.
func plainText(s string) *api.TextBlockObject {
	return api.NewTextBlockObject(api.PlainTextType, inert(s), false, false)
}

func markup(s string) *api.TextBlockObject {
	return api.NewTextBlockObject(api.MarkdownType, s, false, true)
}

// quote is what the writer said and the way there, in rich text: nothing in it
// can act, and Chinese stands as it is.
func quote(c alert.Card) (api.Block, bool) {
	var elements []api.RichTextElement
	if c.Quote != "" && !c.Struck {
		text := []api.RichTextSectionElement{api.NewRichTextSectionTextElement(inert(c.Quote), nil)}
		elements = append(elements, &api.RichTextQuote{Type: api.RTEQuote, Elements: text})
	}
	if c.Link != nil {
		if line := rich(alert.Line{*c.Link}, nil); len(line) > 0 {
			elements = append(elements, api.NewRichTextSection(line...))
		}
	}
	return api.NewRichTextBlock("quote", elements...), len(elements) > 0
}

// section is a list: its title, then a line for each item.
func section(s alert.Section, c alert.Card, people map[string]string) (api.Block, bool) {
	var line alert.Line
	if s.Title != "" {
		line = append(line, alert.Piece{Text: s.Title, Bold: true})
	}
	for _, item := range s.Items {
		if len(line) > 0 {
			line = append(line, alert.Piece{Text: "\n"})
		}
		line = append(line, item...)
	}
	if s.Left > 0 {
		line = append(line, alert.Piece{Text: "\n" + c.Words.MoreItems.N(s.Left)})
	}
	elements := rich(line, people)
	return api.NewRichTextBlock("", api.NewRichTextSection(elements...)), len(elements) > 0
}

// facts are two columns; in Chinese, where *bold* beside a character is not
// read as bold, they are lines of rich text.
func facts(c alert.Card, people map[string]string) (api.Block, bool) {
	if c.Words != nil && c.Words.Lang == "zh" {
		return factLines(c, people)
	}
	var fields []*api.TextBlockObject
	for _, f := range c.Fields {
		text := marked(alert.Line{{Text: f.Name, Bold: true}}, nil)
		for _, l := range f.Value {
			if next := marked(l, people); len(text)+len(next) < maxField*2 {
				text += "\n" + next
			}
		}
		fields = append(fields, markup(text))
	}
	return api.NewSectionBlock(nil, fields, nil, api.SectionBlockOptionBlockID("facts")), len(fields) > 0
}

func factLines(c alert.Card, people map[string]string) (api.Block, bool) {
	var line alert.Line
	for i, f := range c.Fields {
		if i > 0 {
			line = append(line, alert.Piece{Text: "\n"})
		}
		line = append(line, alert.Piece{Text: f.Name, Bold: true}, alert.Piece{Text: "  "})
		for j, l := range f.Value {
			if j > 0 {
				line = append(line, alert.Piece{Text: c.Words.Comma})
			}
			line = append(line, l...)
		}
	}
	return api.NewRichTextBlock("facts", api.NewRichTextSection(rich(line, people)...)), len(line) > 0
}

func notes(c alert.Card, people map[string]string) (api.Block, bool) {
	var elements []api.MixedElement
	for _, n := range c.Notes {
		elements = append(elements, plainText(clipped(n, 150)))
	}
	for _, f := range c.Facts {
		elements = append(elements, markup(marked(f, people)))
	}
	return api.NewContextBlock("notes", elements...), len(elements) > 0
}

func ping(c alert.Card, people map[string]string) (api.Block, bool) {
	elements := rich(c.Ping, people)
	return api.NewRichTextBlock("ping", api.NewRichTextSection(elements...)), len(elements) > 0
}

// actions are the buttons, and the menu beside them.
func actions(c alert.Card) (api.Block, bool) {
	var elements []api.BlockElement
	for i, b := range c.Buttons {
		if b.URL != "" && !safeURL(b.URL) {
			continue
		}
		button := api.NewButtonBlockElement(b.ID, clipped(b.Value, 2000), plainText(clipped(b.Text, maxButton)))
		if i > 0 && c.Buttons[i-1].ID == b.ID {
			button.ActionID += "_" + string(rune('a'+i)) // ids are unique within a message
		}
		button.URL = b.URL
		if b.Primary {
			button.Style = api.StylePrimary
		}
		elements = append(elements, button)
	}
	var options []*api.OptionBlockObject
	for _, b := range c.More {
		options = append(options, api.NewOptionBlockObject(b.Value, plainText(clipped(b.Text, maxButton)), nil))
	}
	if len(options) > 0 {
		elements = append(elements, api.NewOverflowBlockElement(alert.ButtonMore, options...))
	}
	return api.NewActionBlock("do", elements...), len(elements) > 0
}

func why(c alert.Card, people map[string]string) (api.Block, bool) {
	text := marked(c.Context, people)
	if len([]rune(text)) > maxContext {
		text = mrkdwn(clipped(c.Context.Plain(), maxContext/2))
	}
	return api.NewContextBlock("why", markup(text)), text != ""
}
