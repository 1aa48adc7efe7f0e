package demo

import (
	"encoding/json"
	"fmt"
	"slices"
	"unicode/utf8"
)

// surface is where blocks stand.
type surface string

const (
	inMessage surface = "message"
	inModal   surface = "modal"
	inHome    surface = "home"
)

// object is a decoded JSON object of Block Kit.
type object = map[string]any

// checker looks at blocks as Slack does and notes every fault it finds.
type checker struct {
	on    surface
	notes []string
	ids   map[string]bool // block ids seen
	total int             // characters of all texts
}

// checkBlocks returns Slack's refusal of the blocks, or nil.
func checkBlocks(raw json.RawMessage, on surface) error {
	var blocks []object
	if err := json.Unmarshal(raw, &blocks); err != nil {
		return refuse("invalid_blocks_format")
	}
	c := &checker{on: on, ids: map[string]bool{}}
	limit := 50
	if on != inMessage {
		limit = 100
	}
	if len(blocks) > limit {
		c.note("", "no more than %d items allowed", limit)
	}
	for i, b := range blocks {
		c.block(fmt.Sprintf("/blocks/%d", i), b)
	}
	switch {
	case len(c.notes) > 0:
		return refuse("invalid_blocks", c.notes...)
	case on == inMessage && c.total > maxBlocks:
		return refuse("msg_blocks_too_long")
	}
	return nil
}

func (c *checker) note(at, format string, args ...any) {
	c.notes = append(c.notes, "[ERROR] "+fmt.Sprintf(format, args...)+" [json-pointer:"+at+"]")
}

func (c *checker) block(at string, b object) {
	id := str(b, "block_id")
	if utf8.RuneCountInString(id) > 255 {
		c.note(at+"/block_id", "must be less than 256 characters")
	}
	if id != "" && c.ids[id] {
		c.note(at+"/block_id", "block_id already exists: %s", id)
	}
	c.ids[id] = true
	switch str(b, "type") {
	case "section":
		c.section(at, b)
	case "header":
		c.text(at+"/text", b["text"], 150, "plain_text")
	case "actions":
		c.elements(at, b, 25, actionElements)
	case "context":
		c.context(at, b)
	case "rich_text":
		c.richText(at, b)
	case "image":
		c.image(at, b)
	case "input":
		c.input(at, b)
	case "markdown":
		c.length(at+"/text", str(b, "text"), 12000)
	case "divider":
	default:
		c.note(at+"/type", "unsupported type: %q", str(b, "type"))
	}
}

func (c *checker) section(at string, b object) {
	fields, _ := b["fields"].([]any)
	if b["text"] == nil && len(fields) == 0 {
		c.note(at, "missing required field: text or fields")
	}
	if b["text"] != nil {
		c.text(at+"/text", b["text"], 3000, "")
	}
	if len(fields) > 10 {
		c.note(at+"/fields", "no more than 10 items allowed [fields]")
	}
	for i, f := range fields {
		c.text(fmt.Sprintf("%s/fields/%d", at, i), f, 2000, "")
	}
	if acc, ok := b["accessory"].(object); ok {
		c.element(at+"/accessory", acc, append([]string{"image"}, actionElements...))
	}
}

func (c *checker) context(at string, b object) {
	list, _ := b["elements"].([]any)
	if len(list) < 1 || len(list) > 10 {
		c.note(at+"/elements", "must have 1 to 10 items")
	}
	for i, e := range list {
		o, ok := e.(object)
		where := fmt.Sprintf("%s/elements/%d", at, i)
		if ok && str(o, "type") == "image" {
			c.image(where, o)
			continue
		}
		c.text(where, e, 2000, "")
	}
}

func (c *checker) image(at string, b object) {
	if str(b, "image_url") == "" && b["slack_file"] == nil {
		c.note(at, "missing required field: image_url")
	}
	if str(b, "alt_text") == "" {
		c.note(at, "missing required field: alt_text")
	}
	c.length(at+"/image_url", str(b, "image_url"), 3000)
	c.length(at+"/alt_text", str(b, "alt_text"), 2000)
}

func (c *checker) input(at string, b object) {
	c.text(at+"/label", b["label"], 2000, "plain_text")
	e, ok := b["element"].(object)
	if !ok {
		c.note(at, "missing required field: element")
		return
	}
	c.element(at+"/element", e, inputElements)
	if b["hint"] != nil {
		c.text(at+"/hint", b["hint"], 2000, "plain_text")
	}
}

// text looks at a text object; only is the type it must have, "" any.
func (c *checker) text(at string, v any, limit int, only string) {
	o, ok := v.(object)
	if !ok {
		c.note(at, "missing required field: text")
		return
	}
	kind := str(o, "type")
	if only != "" && kind != only || kind != "plain_text" && kind != "mrkdwn" {
		c.note(at+"/type", "unsupported text type: %q", kind)
	}
	if str(o, "text") == "" {
		c.note(at+"/text", "must be more than 0 characters")
	}
	if _, has := o["emoji"]; has && kind == "mrkdwn" {
		c.note(at+"/emoji", "emoji is for plain_text only")
	}
	c.length(at+"/text", str(o, "text"), limit)
}

func (c *checker) length(at, s string, limit int) {
	n := utf8.RuneCountInString(s)
	c.total += n
	if n > limit {
		c.note(at, "must be less than %d characters", limit+1)
	}
}

// richText looks at the parts of a rich_text block and at theirs.
func (c *checker) richText(at string, b object) {
	list, ok := b["elements"].([]any)
	if !ok || len(list) == 0 {
		c.note(at+"/elements", "missing required field: elements")
	}
	parts := []string{"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
	for i, e := range list {
		where := fmt.Sprintf("%s/elements/%d", at, i)
		o, ok := e.(object)
		if !ok || !slices.Contains(parts, str(o, "type")) {
			c.note(where+"/type", "unsupported rich text element")
			continue
		}
		c.inline(where, o)
	}
}

// inline looks at the words, links, dates and mentions inside a rich text part.
func (c *checker) inline(at string, b object) {
	list, _ := b["elements"].([]any)
	if b["elements"] == nil {
		c.note(at+"/elements", "missing required field: elements")
	}
	for i, e := range list {
		where := fmt.Sprintf("%s/elements/%d", at, i)
		o, _ := e.(object)
		switch str(o, "type") {
		case "text":
			if str(o, "text") == "" {
				c.note(where+"/text", "must be more than 0 characters")
			}
			c.total += utf8.RuneCountInString(str(o, "text"))
		case "link":
			c.require(where, o, "url")
			c.total += utf8.RuneCountInString(str(o, "text"))
		case "date":
			c.require(where, o, "timestamp", "format")
		case "user":
			c.require(where, o, "user_id")
		case "rich_text_section":
			c.inline(where, o)
		case "emoji", "channel", "usergroup", "broadcast", "color":
		default:
			c.note(where+"/type", "unsupported rich text element: %q", str(o, "type"))
		}
	}
}

func (c *checker) require(at string, o object, keys ...string) {
	for _, k := range keys {
		if o[k] == nil || o[k] == "" {
			c.note(at, "missing required field: %s", k)
		}
	}
}

func str(o object, key string) string {
	s, _ := o[key].(string)
	return s
}
